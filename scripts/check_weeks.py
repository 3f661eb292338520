"""Plans weeks made by chance around real calendars, and looks for broken rules.

    python scripts/check_weeks.py FOLDER [--weeks 1000] [--first 0] [--seconds 1] [--json]

FOLDER holds .ics files. Each week is planned, then mended three times: for an event that comes in,
for a task that comes in, and for a block that is dragged. Every plan is held against the rules by
the checker, which counts slots, and by the clock, which does not. Ends with 1 where a rule is
broken.
"""

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from time import monotonic

from weeks.by_clock import broken
from weeks.making import Shelf, draw_week, read_folder

from assistant.domain.ids import TaskId
from assistant.domain.schedule import Block, Busy, WeekPlan
from assistant.domain.task import Priority, Task
from assistant.planner.schedule.asking import asked
from assistant.planner.schedule.checker import violations
from assistant.planner.schedule.replan import Before, replan
from assistant.planner.schedule.solve import Request, solve
from assistant.planner.schedule.telling import week_plan
from assistant.planner.schedule.week import WeekAsk


@dataclass
class Tally:
    """What was counted."""

    faults: list[str] = field(default_factory=list[str])
    plan_s: list[float] = field(default_factory=list[float])
    mend_s: list[float] = field(default_factory=list[float])
    moved: Counter[str] = field(default_factory=Counter[str])
    stood: Counter[str] = field(default_factory=Counter[str])
    blocks: int = 0
    events: int = 0
    overflow: int = 0
    by_clock: int = 0


def main(words: Sequence[str]) -> int:
    """Prints what was found."""
    parser = argparse.ArgumentParser(description="Plans weeks, and looks for broken rules.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--weeks", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--no-solver", action="store_true", help="rules and local search only")
    arguments = parser.parse_args(words)
    shelf = read_folder(arguments.folder)
    tally = Tally()
    request = Request(arguments.seconds, solver=not arguments.no_solver)
    for seed in range(arguments.first, arguments.first + arguments.weeks):
        _week(shelf, seed, request, tally)
        if (seed + 1) % 50 == 0:
            print(json.dumps({"weeks": seed + 1 - arguments.first, **_figures(tally)}), flush=True)
    print(f"{len(shelf.calendars)} calendars with events, {len(shelf.refused)} without")
    for fault in tally.faults[:20]:
        print(fault)
    print(json.dumps({"weeks": arguments.weeks, **_figures(tally)}))
    return 1 if tally.faults else 0


def _week(shelf: Shelf, seed: int, request: Request, tally: Tally) -> None:
    week = draw_week(shelf, seed)
    ask = asked(week)
    began = monotonic()
    placing = solve(ask.problem, request)
    tally.plan_s.append(monotonic() - began)
    plan = week_plan(ask, placing, week.now, tried=1)
    tally.faults += [f"{seed}: {one}" for one in violations(ask.problem, placing.pieces)]
    tally.faults += [f"{seed}: {one}" for one in broken(week, plan)]
    tally.blocks += len(plan.blocks)
    tally.events += len(week.busy)
    tally.overflow += len(plan.overflow)
    tally.by_clock += placing.by_clock
    chance = random.Random(seed)  # noqa: S311 - nothing secret is drawn
    before = replace(week, blocks=plan.blocks)
    loose = [block for block in plan.blocks if not block.pinned]
    if not loose:
        return
    _mend(_with_event(before, loose, chance), plan, f"{seed} event", tally)
    _mend(_with_task(before, chance), plan, f"{seed} task", tally)
    _mend(_with_drag(before, loose, chance), plan, f"{seed} drag", tally)


def _mend(week: WeekAsk, plan: WeekPlan, name: str, tally: Tally) -> None:
    kind = name.split()[1]
    began = monotonic()
    ask = asked(week)
    lacked = {ask.key_of(one.task, one.occurrence): one.missing_min // 5 for one in plan.overflow}
    mended = replan(ask.problem, before=Before(lacked))
    tally.mend_s.append(monotonic() - began)
    after = week_plan(ask, mended.placing, week.now, tried=0)
    tally.faults += [f"{name}: {one}" for one in violations(ask.problem, mended.placing.pieces)]
    tally.faults += [f"{name}: {one}" for one in broken(week, after)]
    stands = {(one.task, one.start) for one in after.blocks}
    stood = [one for one in week.blocks if not one.pinned]
    hit = [one for one in stood if _covered(week, one)]
    tally.moved[kind] += sum((one.task, one.start) not in stands for one in stood) - len(hit)
    tally.stood[kind] += len(stood)


def _covered(week: WeekAsk, block: Block) -> bool:
    """Whether a block could not have stayed: its time is taken now."""
    pinned = [(one.start, one.end) for one in week.blocks if one.pinned]
    taken = [(one.start, one.end) for one in week.busy] + pinned
    return any(start < block.end and end > block.start for start, end in taken)


def _with_event(week: WeekAsk, blocks: Sequence[Block], chance: random.Random) -> WeekAsk:
    start = chance.choice(blocks).start
    event = Busy(start, start + timedelta(minutes=chance.choice((30, 60, 90))), "New event")
    return replace(week, busy=(*week.busy, event))


def _with_task(week: WeekAsk, chance: random.Random) -> WeekAsk:
    task = Task(
        TaskId(10_000),
        "New task",
        week.now,
        priority=chance.choice((None, Priority.HIGH, Priority.URGENT)),
        estimate_min=chance.choice((30, 60, 90)),
    )
    return replace(week, tasks=(*week.tasks, task))


def _with_drag(week: WeekAsk, blocks: Sequence[Block], chance: random.Random) -> WeekAsk:
    one, other = chance.choice(blocks), chance.choice(blocks)
    moved = replace(one, start=other.start, end=other.start + (one.end - one.start), pinned=True)
    return replace(week, blocks=tuple(moved if each == one else each for each in week.blocks))


def _figures(tally: Tally) -> dict[str, object]:
    stood = sum(tally.stood.values())
    return {
        "violations": len(tally.faults),
        "blocks": tally.blocks,
        "events": tally.events,
        "overflow": tally.overflow,
        "plan_s": _spread(tally.plan_s),
        "cut_by_clock": tally.by_clock,
        "replan_s": _spread(tally.mend_s),
        "moved_percent": round(100 * sum(tally.moved.values()) / max(1, stood), 2),
        "moved_percent_by": {
            kind: round(100 * tally.moved[kind] / max(1, tally.stood[kind]), 2)
            for kind in sorted(tally.stood)
        },
    }


def _spread(values: Sequence[float]) -> dict[str, float]:
    if not values:
        return {}
    ordered = sorted(values)
    return {
        "median": round(ordered[len(ordered) // 2], 3),
        "p95": round(ordered[int(len(ordered) * 0.95)], 3),
        "worst": round(ordered[-1], 3),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
