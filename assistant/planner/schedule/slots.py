"""Between moments with zones and slots: elapsed time, so that clock changes are right."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from assistant.domain.schedule import Hours
from assistant.planner.schedule.problem import SLOT_MIN
from assistant.planner.schedule.spans import Span, merged

_SLOT = timedelta(minutes=SLOT_MIN)
_MOST_SLOTS = 400 * 288


class SlotLine:
    """Slots from a moment on until the end of a day.

    Args:
        now: The moment; the first slot begins at the next five minutes.
        days: How many local days, with today.
        zone: Of the user; days and hours are by it.
    """

    def __init__(self, now: datetime, days: int, zone: tzinfo) -> None:
        self.zone = zone
        since = now.astimezone(UTC)
        over = timedelta(minutes=since.minute % SLOT_MIN, seconds=since.second)
        over += timedelta(microseconds=since.microsecond)
        self.origin = since - over + (_SLOT if over else timedelta())
        first = self.origin.astimezone(zone).date()
        self.dates = tuple(first + timedelta(days=at) for at in range(days))
        self.horizon = min(_MOST_SLOTS, max(0, self.ceil(self._midnight(days))))
        self.days = tuple(max(0, self.ceil(self._midnight(at))) if at else 0 for at in range(days))

    def _midnight(self, after: int) -> datetime:
        return datetime.combine(self.dates[0] + timedelta(days=after), time(), self.zone)

    def floor(self, moment: datetime) -> int:
        """The slot in which a moment lies."""
        return (moment.astimezone(UTC) - self.origin) // _SLOT

    def ceil(self, moment: datetime) -> int:
        """The first slot that begins at a moment or after it."""
        return -((self.origin - moment.astimezone(UTC)) // _SLOT)

    def moment(self, slot: int) -> datetime:
        """When a slot begins, in the user's zone."""
        return (self.origin + slot * _SLOT).astimezone(self.zone)

    @property
    def start(self) -> datetime:
        """When the first slot begins."""
        return self.moment(0)

    @property
    def end(self) -> datetime:
        """When the last slot has ended."""
        return self.moment(self.horizon)

    def hours(self, hours: Sequence[Hours]) -> tuple[Span, ...]:
        """Working time, as whole slots."""
        return merged(
            (max(0, start), min(end, self.horizon))
            for day in self.dates
            for one in hours
            if one.weekday == day.weekday()
            for start, end in self._spans(day, one)
        )

    def _spans(self, day: date, hours: Hours) -> Iterator[Span]:
        for opens, closes in hours.spans:
            ends = day + timedelta(days=1) if closes <= opens else day
            start = self.ceil(datetime.combine(day, opens, self.zone))
            yield start, self.floor(datetime.combine(ends, closes, self.zone))

    def between(self, opens: time, closes: time) -> tuple[Span, ...]:
        """The same stretch of each day, where ``closes`` of 00:00 is the day's end."""
        every = [Hours(weekday, ((opens, closes),)) for weekday in range(7)]
        return self.hours(every)

    def by_hour(self, curve: Sequence[Sequence[float]]) -> tuple[int, ...]:
        """Of each slot what a curve of 7 weekdays by 24 hours says, 0 to 1, as 0 to 100."""
        found: list[int] = []
        for slot in range(self.horizon):
            if slot % (60 // SLOT_MIN) == 0 or not found or self._turns(slot):
                moment = self.moment(slot)
                value = round(100 * curve[moment.weekday()][moment.hour])
            else:
                value = found[-1]
            found.append(max(0, min(100, value)))
        return tuple(found)

    def _turns(self, slot: int) -> bool:
        """Whether an hour begins with a slot."""
        return (self.origin + slot * _SLOT).minute % 15 == 0
