"""Measures the reading of dates against cases that others wrote.

    python scripts/check_dates.py CASES.jsonl [--show] [--line]

Each line holds text, ref, kind, grain, start (one moment or all admissible ones) and end. A case
is right when the start agrees at its grain, and the end, where one is given, within one grain. A
deadline counts as a span from now, or as its last moment where the case names one moment. With
``--line`` each text is read as a task, and its start, end and deadline are compared.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from assistant.domain.when import Duration, Grain, Recurrence, Sense, When
from assistant.planner.dates.arithmetic import CLOCK_GRAINS
from assistant.planner.dates.finding import Found, find
from assistant.planner.quick_add.reading import parse_line

_LENGTHS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 7 * 86400}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_ZONE = timezone(timedelta(hours=-2))
"""Where the reader of one source sits, as its own tests say; others name no zone."""


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=None)
    except ValueError:
        return None


def _same(one: datetime, other: datetime, grain: str) -> bool:
    if grain in _MONTHS:
        size = _MONTHS[grain]
        return (one.year * 12 + one.month - 1) // size == (
            other.year * 12 + other.month - 1
        ) // size
    if grain in {"day", "week"}:
        return one.date() == other.date()
    length = _LENGTHS[grain]
    return int(one.timestamp() // length) == int(other.timestamp() // length)


def _near(one: datetime, other: datetime, grain: str) -> bool:
    if grain in _MONTHS:
        return abs((one - other).days) <= _MONTHS[grain] * 31
    return abs((one - other).total_seconds()) <= _LENGTHS[grain]


def _listed(value: object) -> list[str]:
    if value is None:
        return []
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] - JSON


def _fits(when: When, case: dict[str, Any]) -> bool:
    starts, ends = _listed(case["start"]), _listed(case["end"])
    spans = [(when.start, when.end)]
    if len(starts) > 1 or case["src"].startswith("rec"):
        spans += [(one.start, one.end) for one in when.alternatives]
    reference = datetime.fromisoformat(case["ref"][:26]) if case["ref"] else None
    for start, end in spans:
        begin = start
        if begin is None and when.sense is Sense.BY:
            begin = reference if ends else _last_moment(when, end)
        if begin is not None and _agrees(begin, end, (starts, ends), case["grain"]):
            return True
    return False


def _last_moment(when: When, end: datetime | None) -> datetime | None:
    """The deadline itself: of days that it ends, a moment before."""
    if end is None or when.has_clock or end.time() != datetime.min.time():
        return end
    return end - timedelta(seconds=1)


def _agrees(
    start: datetime, end: datetime | None, wanted: tuple[list[str], list[str]], grain: str
) -> bool:
    starts, ends = wanted
    start = start.replace(tzinfo=None)
    if grain == "time":
        return any(f"{start:%H:%M:%S}" == one for one in starts)
    for place, one in enumerate(starts):
        moment = _moment(one)
        if moment is None or not _same(start, moment, grain):
            continue
        if not ends or place >= len(ends):
            return True
        last = _moment(ends[place])
        if last is None or (end is not None and _near(end.replace(tzinfo=None), last, grain)):
            return True
    return False


def right(case: dict[str, Any], found: Found) -> bool:
    """Whether what was found is what the case wants."""
    kind = case["kind"]
    if kind == "negative":
        return not found.whens
    if kind == "duration":
        return bool(found.durations)
    if kind == "set":
        return bool(found.recurrences)
    if kind == "timerange":
        return bool(found.whens)
    return bool(found.whens) and _fits(found.whens[0], case)


def _read(case: dict[str, Any], *, line: bool) -> Found:
    ref = datetime.fromisoformat((case["ref"] or "2020-01-01T00:00:00")[:26])
    if case["src"] == "duckling":
        ref = ref.replace(tzinfo=_ZONE)
    return _as_task(case["text"], ref) if line else find(case["text"], ref)


def _as_task(text: str, ref: datetime) -> Found:
    """What a task made of the text says about time."""
    task = parse_line(text, ref)
    grain = task.grain or Grain.DAY
    lengths = (Duration(60.0 * task.duration_min, (0, 0)),) if task.duration_min else ()
    if task.recurrence:
        return Found((), lengths, (Recurrence(task.recurrence, (0, 0)),))
    if task.start is not None or task.end is not None:
        when = When(task.start, task.end, grain, Sense.SPAN, (0, 0), task.alternatives)
    elif task.due is not None:
        timed = grain in CLOCK_GRAINS
        end = task.due if timed else task.due + timedelta(1)
        when = When(None, end, grain, Sense.BY, (0, 0), task.alternatives, has_clock=timed)
    else:
        return Found((), lengths)
    return Found((when,), lengths)


def main(arguments: Iterable[str] | None = None) -> int:
    """Prints figures per source and kind, and with ``--show`` every failure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--line", action="store_true")
    options = parser.parse_args(None if arguments is None else list(arguments))
    lines = options.cases.read_text(encoding="utf-8").splitlines()
    cases: list[dict[str, Any]] = [json.loads(line) for line in lines]
    both = {case["text"] for case in cases if case["kind"] in {"single", "interval"}}
    good, of = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    spent: list[float] = []
    for case in cases:
        begun = time.perf_counter()
        found = _read(case, line=options.line)
        spent.append(time.perf_counter() - begun)
        kind = str({"single": "date", "interval": "date"}.get(case["kind"], case["kind"]))
        if kind in {"multi", "unresolved"}:
            continue
        kinds = [kind, str(case["kind"])] if kind == "date" else [kind]
        if kind == "negative" and case["text"] not in both:
            kinds.append("negative, not a date elsewhere")
        fits = right(case, found)
        for name in kinds:
            of.update([(str(case["src"]), name), ("all", name)])
            if fits:
                good.update([(str(case["src"]), name), ("all", name)])
        if options.show and not fits:
            print(_told(case, found))
    for key in sorted(of):
        print(f"{key[0]:28} {key[1]:32} {good[key]:4} of {of[key]:4} = {good[key] / of[key]:.1%}")
    spent.sort()
    middle, slow = spent[len(spent) // 2], spent[int(len(spent) * 0.99)]
    print(
        f"ms a case: mean {1000 * sum(spent) / len(spent):.2f}, median {1000 * middle:.2f}, "
        f"99th percentile {1000 * slow:.2f}"
    )
    return 0


def _told(case: dict[str, Any], found: Found) -> str:
    ours = [
        f"{when.start}..{when.end} {when.grain} {case['text'][when.found[0] : when.found[1]]!r}"
        for when in found.whens
    ]
    head = f"{case['src'][:20]} {case['kind']} {case.get('grain')} {case['text']!r} @{case['ref']}"
    return f"{head}\n    wanted {case.get('start')} .. {case.get('end')}\n    ours   {ours}"


if __name__ == "__main__":
    sys.exit(main())
