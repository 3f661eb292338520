"""``plan import``, ``calendars``, ``events`` and ``export``: the user's calendars."""

import argparse
from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Any

from assistant.cli.opening import open_vault
from assistant.cli.output import Output
from assistant.domain.errors import UserFacingError
from assistant.planner.calendar import Occurrence, Remark
from assistant.services.core import Core
from assistant.services.planning.calendar_values import Imported

_LONGEST = timedelta(days=20 * 366)
_TOLD = 3
"""Of how many files it is said why they were refused, where all were."""
_YEARS = range(1000, 9001)
"""Years in which events are asked for: near the ends of the calendar no zone can be reckoned."""


def bring(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Brings in a file or a folder.

    Raises:
        UserFacingError: All that was found was refused (``calendar_refused``).
    """
    open_vault(core, output)
    files = core.planning.calendars.bring(arguments.place).result()
    if all(one.nothing_read for one in files):
        raise _refusal(files)
    output.document(
        {"files": [_file(one) for one in files]}, "\n".join(_file_words(one) for one in files)
    )


def _refusal(files: Sequence[Imported]) -> UserFacingError:
    reasons = [f"{one.file}: {one.refused[0].text}" for one in files]
    more = f" And {len(reasons) - _TOLD} more." if len(reasons) > _TOLD else ""
    return UserFacingError(
        f"Nothing could be read. {' '.join(reasons[:_TOLD])}{more}",
        "A calendar file begins with BEGIN:VCALENDAR; export it anew from where it came.",
        code="calendar_refused",
    )


def _file(found: Imported) -> dict[str, Any]:
    notes = [one for one in found.remarks if not one.refused]
    return {
        "file": found.file,
        "calendars": list(found.calendars),
        "added": found.added,
        "updated": found.updated,
        "unchanged": found.unchanged,
        "removed": found.removed,
        "tasks": found.tasks,
        "blocks": found.blocks,
        "blocks_left_out": found.blocks_left_out,
        "refused": [_remark(one) for one in found.refused],
        "notes": [_remark(one) for one in notes],
    }


def _remark(remark: Remark) -> dict[str, Any]:
    return {
        "component": remark.component,
        "line": remark.line,
        "title": remark.title,
        "reason": remark.text,
    }


def _file_words(found: Imported) -> str:
    counts = [
        (found.added, "added"),
        (found.updated, "updated"),
        (found.unchanged, "unchanged"),
        (found.removed, "removed"),
        (len(found.refused), "refused"),
    ]
    kinds = [(found.tasks, "task"), (found.blocks, "planned block")]
    told = ", ".join(f"{count} {words}" for count, words in counts if count)
    held = " and ".join(f"{n} {name}{'' if n == 1 else 's'}" for n, name in kinds if n)
    within = f"{held} in it" if held else ""
    rows = [f"{found.file}: {'; '.join(filter(None, (told, within))) or 'nothing in it'}"]
    for one in found.remarks:
        name = f"{one.component} on line {one.line}" if one.component else f"line {one.line}"
        title = f" “{one.title}”" if one.title else ""
        where = f"{name}{title}: " if one.line else ""
        rows.append(f"  {'refused' if one.refused else 'note'}: {where}{one.text}")
    return "\n".join(rows)


def calendars(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Lists calendars, removes one, says whether one counts, or who the user is in them."""
    open_vault(core, output)
    service = core.planning.calendars
    if arguments.remove is not None:
        gone = service.remove(arguments.remove).result()
        output.document({"removed": gone.name, "items": gone.count}, f"Removed “{gone.name}”.")
        return
    if arguments.me is not None:
        mine = service.set_addresses(arguments.me).result()
        output.document({"me": list(mine)}, f"You are {', '.join(mine) or 'nobody in particular'}.")
        return
    for name, shown in ((arguments.hide, False), (arguments.show, True)):
        if name is not None:
            service.show(name, shown=shown).result()
    rows = [
        {
            "id": one.id,
            "name": one.name,
            "items": one.count,
            "shown": one.shown,
            "source": one.source,
            "updated": one.updated.isoformat(),
        }
        for one in service.calendars().result()
    ]
    words = "\n".join(
        f"{row['name']}: {row['items']} items{'' if row['shown'] else ', hidden'}" for row in rows
    )
    output.document({"calendars": rows}, words or "There is no calendar.")


def events(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Lists what takes place."""
    open_vault(core, output)
    now = core.planning.now()
    zone = core.planning.home.zone
    start = _moment(arguments.start, zone, now.replace(hour=0, minute=0, second=0, microsecond=0))
    end = _moment(arguments.end, zone, start + timedelta(days=7))
    if not start < end <= start + _LONGEST:
        raise UserFacingError(
            "The stretch of time is empty or longer than twenty years.",
            "Name a moment after --from with --to.",
            code="span_invalid",
        )
    found = core.planning.calendars.events(start, end).result()
    rows = [_event(one, events.calendar) for events in found for one in events.occurrences]
    rows.sort(key=lambda row: (row["start"], row["end"], row["title"]))
    notes = [{"calendar": one.calendar, **_remark(note)} for one in found for note in one.remarks]
    words = "\n".join(f"{row['start']} to {row['end']}  {row['title']}" for row in rows)
    output.document({"events": rows, "notes": notes}, words or "Nothing takes place.")


def _event(one: Occurrence, calendar: str) -> dict[str, Any]:
    return {
        "uid": one.uid,
        "title": one.title,
        "start": one.start.isoformat(),
        "end": one.end.isoformat(),
        "all_day": one.whole_day,
        "busy": one.busy,
        "place": one.place,
        "status": one.status,
        "calendar": calendar,
    }


def _moment(text: str | None, zone: tzinfo, fallback: datetime) -> datetime:
    if text is None:
        return fallback
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UserFacingError(
            f"“{text}” is no moment.",
            "Write 2026-03-01 or 2026-03-01T09:00.",
            code="moment_invalid",
        ) from error
    if moment.year not in _YEARS:
        raise UserFacingError(
            f"“{text}” is too far away.",
            f"Name a moment of the years {_YEARS[0]} to {_YEARS[-1]}.",
            code="moment_invalid",
        )
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def export(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Writes calendars, tasks and the plan."""
    open_vault(core, output)
    calendars = core.planning.calendars
    if arguments.file is None:
        text = calendars.export().result()
        output.document({"ics": text}, text.rstrip("\r\n"))
        return
    size = calendars.write(arguments.file).result()
    output.document({"file": str(arguments.file), "bytes": size}, f"Wrote {arguments.file}.")
