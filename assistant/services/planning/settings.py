"""Settings of the planner: working hours, the zone of home, and answers of the user's."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any, Final

from assistant.domain.errors import UserFacingError
from assistant.domain.schedule import Hours
from assistant.domain.task_filter import Order
from assistant.domain.zones import zone_named
from assistant.services.jobs import Job
from assistant.services.planning.desk import PlanningDesk
from assistant.store.plan_settings import PlanSettingsRepository

_WORKDAYS: Final = 5
DEFAULT_HOURS: Final = tuple(
    Hours(day, ((time(9), time(12, 30)), (time(13, 30), time(18)))) for day in range(_WORKDAYS)
)
"""Until the user sets their own; none at the weekend."""
_DAYS: Final = 7
HIDDEN: Final = "week_hidden"
"""The setting with what the week leaves out; it is planned around all the same."""
ORDERS: Final = "list_orders"
"""The setting with the order of lists where the user chose one."""
CUSTOMS: Final = "customs"
"""The setting with how the user works; it holds only what they said."""
BOUNDS: Final[Mapping[str, tuple[int, int]]] = {
    "focus_min": (15, 480),
    "rest_min": (5, 120),
    "travel_min": (0, 240),
}
"""Of lengths of customs, in minutes."""


@dataclass(frozen=True, slots=True)
class WayOfWork:
    """How the user works, where they said so; None goes by what was learnt, or by what is usual.

    Args:
        focus_min: The longest stretch without a rest.
        rest_min: How long a rest is.
        travel_min: The way between two places.
        late: Whether what cannot meet its deadline is planned after it.
    """

    focus_min: int | None = None
    rest_min: int | None = None
    travel_min: int | None = None
    late: bool = False


class PlanSettings:
    """What the user set for planning.

    Args:
        desk: Where planning is written.
        settings: Gives the vault's repository, on the store thread.
    """

    def __init__(self, desk: PlanningDesk, settings: Callable[[], PlanSettingsRepository]) -> None:
        self._desk = desk
        self._settings = settings

    def hours(self) -> Job[tuple[Hours, ...]]:
        """When work may be planned, of each weekday that has such hours."""
        return self._desk.work(lambda _: self.hours_now())

    def set_hours(self, weekday: int, spans: Sequence[tuple[time, time]]) -> Job[None]:
        """Sets when work may be planned on a weekday, 0 for Monday; no spans: never.

        Raises (from the job):
            UserFacingError: They overlap or end before they begin (``hours_outside``).
        """

        def work(_: object) -> None:
            ordered = _checked(weekday, spans)
            hours = {one.weekday: one.spans for one in self.hours_now()} | {weekday: ordered}
            value = {
                str(day): [[_text(start), _text(end)] for start, end in of_day]
                for day, of_day in sorted(hours.items())
            }
            with self._desk.step("Set working hours") as writes:
                writes.keep_setting("hours", value)

        return self._desk.work(work)

    def customs(self) -> Job[WayOfWork]:
        """How the user works, where they said so."""
        return self._desk.work(lambda _: WayOfWork(**self._customs_now()))

    def set_custom(self, name: str, minutes: int | None) -> Job[WayOfWork]:
        """Sets one length of ``BOUNDS``; None goes by what was learnt, or by what is usual.

        Raises (from the job):
            UserFacingError: It is too short or too long (``custom_outside``).
        """
        least, most = BOUNDS[name]

        def work(_: object) -> WayOfWork:
            if minutes is not None and not least <= minutes <= most:
                raise UserFacingError(
                    f"It takes {least} to {most} minutes.",
                    "Write one such as 30 min.",
                    code="custom_outside",
                )
            return self._keep_custom(name, minutes)

        return self._desk.work(work)

    def set_late(self, *, late: bool) -> Job[WayOfWork]:
        """Sets whether what cannot meet its deadline is planned after it."""
        return self._desk.work(lambda _: self._keep_custom("late", late or None))

    def hidden(self) -> Job[frozenset[str]]:
        """What the week leaves out, by the keys that it was kept under."""
        return self._desk.work(lambda _: frozenset(self._settings().get(HIDDEN) or ()))

    def set_hidden(self, keys: frozenset[str]) -> Job[None]:
        """Sets what the week leaves out; it is planned around all the same."""

        def work(_: object) -> None:
            with self._desk.step("Choose what the week shows") as writes:
                writes.keep_setting(HIDDEN, sorted(keys) or None)

        return self._desk.work(work)

    def order_of(self, listing: str) -> Job[Order | None]:
        """The order that was chosen for a list; None where its own stands.

        Args:
            listing: “inbox”, “today”, “upcoming”, or “project:” with its id.
        """

        def work(_: object) -> Order | None:
            chosen: dict[str, str] = self._settings().get(ORDERS) or {}
            name = chosen.get(listing, "")
            return Order(name) if name in set(Order) else None

        return self._desk.work(work)

    def set_order(self, listing: str, order: Order | None) -> Job[None]:
        """Chooses the order of a list; None for its own."""

        def work(_: object) -> None:
            before: dict[str, str] = self._settings().get(ORDERS) or {}
            after = {name: one for name, one in before.items() if name != listing}
            if order is not None:
                after[listing] = order.value
            if after != before:
                with self._desk.step("Choose the order of a list") as writes:
                    writes.keep_setting(ORDERS, after or None)

        return self._desk.work(work)

    def zone(self) -> Job[str]:
        """The name of the zone of home; empty for that of the machine."""
        return self._desk.work(lambda _: self.zone_name_now())

    def set_zone(self, name: str) -> Job[None]:
        """Sets the zone of home by its name; empty for that of the machine.

        Raises (from the job):
            UserFacingError: There is no such zone (``zone_unknown``).
        """

        def work(_: object) -> None:
            if name and zone_named(name) is None:
                raise UserFacingError(
                    f"There is no time zone “{name[:60]}”.",
                    "Name one such as Europe/Berlin or America/New_York.",
                    code="zone_unknown",
                )
            with self._desk.step("Set the time zone") as writes:
                writes.keep_setting("zone", name or None)

        return self._desk.work(work)

    # On the store thread

    def hours_now(self) -> tuple[Hours, ...]:
        """As ``hours``."""
        value = self._settings().get("hours")
        if value is None:
            return DEFAULT_HOURS
        return tuple(
            Hours(
                int(day),
                tuple((_time(start), _time(end)) for start, end in spans),
            )
            for day, spans in sorted(value.items())
            if spans
        )

    def _customs_now(self) -> dict[str, Any]:
        return self._settings().get(CUSTOMS) or {}

    def _keep_custom(self, name: str, value: int | None) -> WayOfWork:
        before = self._customs_now()
        after = {key: one for key, one in before.items() if key != name}
        if value is not None:
            after[name] = value
        if after != before:
            with self._desk.step("Set how you work") as writes:
                writes.keep_setting(CUSTOMS, after or None)
        return WayOfWork(**after)

    def zone_name_now(self) -> str:
        """As ``zone``."""
        return str(self._settings().get("zone") or "")


def _checked(weekday: int, spans: Sequence[tuple[time, time]]) -> list[tuple[time, time]]:
    """Spans in order; an end of 00:00 is the end of the day.

    Raises:
        UserFacingError: They cannot be (``hours_outside``).
    """
    ordered = sorted(spans)
    ends = [_minutes(end) or 24 * 60 for _, end in ordered]
    starts = [_minutes(start) for start, _ in ordered]
    sound = all(start < end for start, end in zip(starts, ends, strict=True))
    apart = all(end <= start for end, start in zip(ends, starts[1:], strict=False))
    if not (0 <= weekday < _DAYS and sound and apart):
        raise UserFacingError(
            "Working hours begin before they end, and do not overlap.",
            "Write them as 09:00-12:30 13:30-18:00.",
            code="hours_outside",
        )
    return ordered


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _text(moment: time) -> str:
    return f"{moment:%H:%M}"


def _time(text: str) -> time:
    return time.fromisoformat(text)
