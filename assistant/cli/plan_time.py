"""``plan start``, ``stop``, ``log``, ``hours``, ``customs`` and ``zone``."""

import argparse
import re
from dataclasses import asdict
from datetime import time

from assistant.cli.opening import open_vault
from assistant.cli.output import Output
from assistant.cli.plan_values import aware, work_value
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import TaskId, WorkId
from assistant.domain.lengths import length
from assistant.domain.task import Work
from assistant.services.core import Core
from assistant.services.planning.settings import BOUNDS

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN = re.compile(r"(\d{1,2})(?::?([0-5]\d))?-(\d{1,2})(?::?([0-5]\d))?")
_DAY = 24 * 60


def start(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Begins work on a task."""
    open_vault(core, output)
    work = core.planning.timing.start(TaskId(arguments.id)).result()
    output.document(work_value(work), f"Time is being tracked on task {work.task}.")


def stop(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Ends what runs."""
    open_vault(core, output)
    at = None if arguments.at is None else aware(arguments.at, core.planning.now())
    _tell(core.planning.timing.stop(at=at).result(), output)


def log(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Adds, corrects or removes a stretch of work."""
    open_vault(core, output)
    timing, now = core.planning.timing, core.planning.now()
    if arguments.remove:
        _tell(timing.remove(WorkId(arguments.id)).result(), output)
        return
    if arguments.start is None or arguments.end is None:
        raise UserFacingError(
            "Two moments are needed.",
            "Name them: --from 2026-03-01T09:00 --to 2026-03-01T10:30.",
            code="work_outside",
        )
    begin, end = aware(arguments.start, now), aware(arguments.end, now)
    if arguments.correct:
        _tell(timing.correct(WorkId(arguments.id), begin, end).result(), output)
    else:
        _tell(timing.log(TaskId(arguments.id), begin, end).result(), output)


def hours(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Shows or sets when work may be planned."""
    open_vault(core, output)
    settings = core.planning.settings
    if arguments.day is not None:
        settings.set_hours(_day(arguments.day), [_span(one) for one in _spans(arguments)]).result()
    found = {one.weekday: one.spans for one in settings.hours().result()}
    value = {
        name: [[f"{begin:%H:%M}", f"{end:%H:%M}"] for begin, end in found.get(day, ())]
        for day, name in enumerate(_DAYS)
    }
    words = [
        f"{name}  {'  '.join('-'.join(span) for span in spans) or 'none'}"
        for name, spans in value.items()
    ]
    output.document({"hours": value}, "\n".join(words))


def customs(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Shows or sets how the user works."""
    open_vault(core, output)
    settings = core.planning.settings
    for name in BOUNDS:
        given: str | None = getattr(arguments, name)
        if given is not None:
            settings.set_custom(name, None if given == "none" else _minutes(given)).result()
    if arguments.late is not None:
        settings.set_late(late=arguments.late == "yes").result()
    found = settings.customs().result()
    words = [
        f"{label}  {'not set' if minutes is None else length(minutes)}"
        for label, minutes in (
            ("focus ", found.focus_min),
            ("rest  ", found.rest_min),
            ("travel", found.travel_min),
        )
    ]
    words.append(f"late    {'planned after the deadline' if found.late else 'left out'}")
    output.document(asdict(found), "\n".join(words))


def _minutes(text: str) -> int:
    if not text.isdecimal():
        raise UserFacingError(
            f"“{text[:20]}” is no number of minutes.",
            "Write 45, or “none” to go by what was learnt.",
            code="custom_outside",
        )
    return int(text)


def zone(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Shows or sets the zone of home."""
    open_vault(core, output)
    if arguments.name is not None:
        name = "" if arguments.name.lower() == "none" else arguments.name
        core.planning.settings.set_zone(name).result()
    name = core.planning.settings.zone().result()
    now = core.planning.now()
    value = {"zone": name or None, "now": now.isoformat()}
    output.document(value, f"{name or 'as the machine has it'}: {now:%a %d %b %Y %H:%M}")


def _spans(arguments: argparse.Namespace) -> list[str]:
    if not arguments.spans:
        raise UserFacingError(
            "No hours are named.",
            "Write them as 9:00-12:30, or “none” for a day without work.",
            code="hours_outside",
        )
    return [] if arguments.spans == ["none"] else arguments.spans


def _day(text: str) -> int:
    if text[:3].lower() not in _DAYS:
        raise UserFacingError(
            f"“{text[:20]}” is no day of the week.", "Write mon to sun.", code="hours_outside"
        )
    return _DAYS.index(text[:3].lower())


def _span(text: str) -> tuple[time, time]:
    found = _SPAN.fullmatch(text)
    ends = [] if found is None else [(found[1], found[2]), (found[3], found[4])]
    minutes = [int(hour) * 60 + int(minute or 0) for hour, minute in ends]
    if not minutes or max(minutes) > _DAY:
        raise UserFacingError(
            f"“{text[:20]}” is no span of hours.",
            "Write it as 9:00-12:30; a day ends at 24:00.",
            code="hours_outside",
        )
    begin, end = (time(one % _DAY // 60, one % 60) for one in minutes)
    return begin, end


def _tell(work: Work, output: Output) -> None:
    output.document(work_value(work), f"{length(work.minutes)} on task {work.task}.")
