"""``plan schedule``, ``week``, ``replan``, ``explain``, ``pin``, ``unpin``, ``move``, ``rcpsp``."""

import argparse
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from assistant.cli.opening import open_vault
from assistant.cli.output import Output
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import TaskId
from assistant.domain.schedule import Block, Overflow, WeekPlan
from assistant.domain.task import ENDED
from assistant.services.core import Core
from assistant.services.planning.blocks import Which
from assistant.services.planning.foreseeing import Landed
from assistant.services.planning.projects_in_files import plan_file

_MOST_SECONDS: Final = 600.0


def schedule(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Plans the days to come."""
    seconds = _seconds(arguments.seconds)
    open_vault(core, output)
    _show(core.planning.scheduling.plan(arguments.days, seconds).result(), output)


def week(core: Core, _: argparse.Namespace, output: Output) -> None:
    """Shows the plan there is."""
    open_vault(core, output)
    plan = core.planning.scheduling.current().result()
    if plan is None:
        raise UserFacingError(
            "There is no plan yet.", "“assistant plan schedule” makes one.", code="plan_missing"
        )
    _show(plan, output)


def replan(core: Core, _: argparse.Namespace, output: Output) -> None:
    """Mends the plan."""
    open_vault(core, output)
    _show(core.planning.scheduling.replan().result(), output)


def explain(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Says why the blocks of a task are where they are."""
    open_vault(core, output)
    told = core.planning.scheduling.told(TaskId(arguments.task)).result()
    rows = [row for block in told.blocks for row in _explained(block)]
    rows += [row for one in told.lacking for row in _without_room(one)]
    value = {
        "blocks": [_block(block) for block in told.blocks],
        "overflow": [_overflow(one) for one in told.lacking],
    }
    output.document(value, "\n".join(rows))


def remedies(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Says what would make a task fit."""
    open_vault(core, output)
    task = TaskId(arguments.task)
    at = _time_without_room(core, arguments)
    found = core.planning.scheduling.remedies(task, at).result()
    left_out = _left_out(core, task) if found is None and at is None else None
    shown = found or left_out
    rows = ["All of it is planned."] if shown is None else list(_without_room(shown))
    before: tuple[Overflow, ...] = ()
    if found is not None and not found.remedies:
        lacking = core.planning.scheduling.told(task).result().lacking
        before = tuple(one for one in lacking if one.task != task)
        rows += [row for one in before for row in _without_room(one)]
        if not any(one.remedies for one in before):
            rows.append("  Nothing that was tried makes it fit.")
    value = {
        "overflow": None if shown is None else _overflow(shown),
        "waits_for": [_overflow(one) for one in before],
    }
    output.document(value, "\n".join(rows))


def _left_out(core: Core, task: TaskId) -> Overflow | None:
    """Why a task that lacks nothing is not asked for at all; None where it is planned.

    Raises:
        UserFacingError: It has ended (``task_ended``).
    """
    if task > 0 and core.planning.tasks.get(task).result().state in ENDED:
        raise UserFacingError(
            "That task has ended: nothing of it is planned any more.",
            "“assistant plan week” shows what is planned and what found no room.",
            code="task_ended",
        )
    told = core.planning.scheduling.told(task).result()
    return next((one for one in told.lacking if (one.task, one.occurrence) == (task, None)), None)


def pin(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Keeps blocks of a task where they are, or lets them go."""
    open_vault(core, output)
    which = _which(core, arguments)
    plan = core.planning.scheduling.pin(which, keep=arguments.action == "pin")
    _show(plan.result(), output)


def move(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Puts a block elsewhere."""
    open_vault(core, output)
    to, which = _moment(core, arguments.to), _which(core, arguments)
    landed = core.planning.acting.move(which, to).result()
    if landed.plan is not None:
        _show(landed.plan, output, landed)


def rcpsp(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Plans a project of PSPLIB; nothing of the user's is touched."""
    seconds = _seconds(arguments.seconds)
    found = core.planning.workers.in_pool(
        lambda job: plan_file(arguments.file, seconds, job.cancel_token)
    ).result()
    value = {"makespan": found.makespan, "optimal": found.optimal, "bound": found.bound}
    best = "the shortest there is" if found.optimal else f"none is shorter than {found.bound}"
    output.document(value, f"{found.makespan} periods; {best}.")


def _which(core: Core, arguments: argparse.Namespace) -> Which:
    """The blocks that are named.

    Raises:
        UserFacingError: The day is none (``day_unclear``), or no later time is on it
            (``block_unknown``).
    """
    task = TaskId(arguments.task)
    if arguments.on is None:
        return Which(task, arguments.part)
    day = _day(arguments.on)
    plan = core.planning.scheduling.current().result()
    for block in plan.blocks if plan is not None else ():
        at = block.occurrence
        if block.task == task and at is not None and at.date() == day:
            return Which(task, arguments.part, at)
    raise UserFacingError(
        f"The plan has no later time of that task on {day}.",
        "“assistant plan week” shows the times with their days; leave --on out for the next one.",
        code="block_unknown",
    )


def _time_without_room(core: Core, arguments: argparse.Namespace) -> datetime | None:
    """The time of a recurring task that is named; None for the one that it stands at.

    Raises:
        UserFacingError: The day is none (``day_unclear``), or all of it is planned then
            (``time_has_room``).
    """
    if arguments.on is None:
        return None
    day = _day(arguments.on)
    plan = core.planning.scheduling.current().result()
    for one in plan.overflow if plan is not None else ():
        at = one.occurrence
        if one.task == TaskId(arguments.task) and at is not None and at.date() == day:
            return at
    raise UserFacingError(
        f"No time of that task lacks room on {day}.",
        "“assistant plan week” shows what found no room; leave --on out for the next time.",
        code="time_has_room",
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UserFacingError(
            f"“{text[:60]}” is no day.", "Write it like 2026-03-06.", code="day_unclear"
        ) from None


def _seconds(seconds: float) -> float:
    if not 0 < seconds <= _MOST_SECONDS:
        raise UserFacingError(
            f"The seconds should be above 0 and at most {_MOST_SECONDS:g}.",
            "Leave --seconds out for the usual time.",
            code="seconds_outside",
        )
    return seconds


def _moment(core: Core, text: str) -> datetime:
    """A moment by ISO 8601 or in words, in the user's zone.

    Raises:
        UserFacingError: It names no time (``moment_unclear``).
    """
    zone = core.planning.home.zone
    unclear = UserFacingError(
        f"“{text[:60]}” names no time of a day.",
        "Write it like “friday 10am” or 2026-03-06T10:00.",
        code="moment_unclear",
    )
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        found = core.planning.reading.read(text).contract()
        start = found.get("start") or found.get("due")
        if not isinstance(start, str) or "T" not in start:
            raise unclear from None
        moment = datetime.fromisoformat(start)
    else:
        if _is_day(text):
            raise unclear
    try:
        return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)
    except OverflowError:
        raise unclear from None


def _is_day(text: str) -> bool:
    """Whether it is a day by ISO 8601, without a time."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _show(plan: WeekPlan, output: Output, landed: Landed | None = None) -> None:
    lines = list(_lines(plan))
    value: dict[str, Any] = {
        "made": plan.made.isoformat(),
        "start": plan.start.isoformat(),
        "end": plan.end.isoformat(),
        "moved": plan.moved,
        "blocks": [_block(block) for block in plan.blocks],
        "overflow": [_overflow(one) for one in plan.overflow],
    }
    warnings = () if landed is None else landed.in_words()
    if warnings:
        value["warnings"] = list(warnings)
        lines += [f"But: {one}." for one in warnings]
    if landed is not None and landed.clash is not None:
        nearest = landed.clash.nearest
        value["nearest_free"] = None if nearest is None else nearest.isoformat()
    output.document(value, "\n".join(lines) or "There is nothing to plan.")


def _lines(plan: WeekPlan) -> Iterator[str]:
    day = None
    for block in plan.blocks:
        if block.end <= plan.start:
            continue
        if block.start.date() != day:
            day = block.start.date()
            yield f"{block.start:%A} {day.day} {block.start:%B}"
        part = f" ({block.part} of {block.parts})" if block.parts > 1 else ""
        on = f" on {block.occurrence.date()}" if block.occurrence is not None else ""
        pinned = ", pinned" if block.pinned else ""
        named = f"{block.task}{on}{pinned}"
        yield f"  {block.start:%H:%M}-{block.end:%H:%M}  {block.title}{part}  [{named}]"
    if plan.overflow:
        yield "No room was found for:"
    for one in plan.overflow:
        yield from (f"  {row}" for row in _without_room(one))
        if not one.remedies:
            asked = "" if one.occurrence is None else f" --on {one.occurrence.date()}"
            yield f"    What would help: “assistant plan remedies {one.task}{asked}”"


def _without_room(one: Overflow) -> Iterator[str]:
    yield f"{one.title}  [{one.task}]: {one.text}"
    yield from (f"  {remedy.text}" for remedy in one.remedies)


def _explained(block: Block) -> Iterator[str]:
    yield f"{block.start:%A %H:%M}-{block.end:%H:%M}  {block.title}"
    for reason in block.reasons:
        place = "nowhere" if reason.otherwise is None else f"{reason.otherwise:%A %H:%M}"
        hidden = reason.because.is_plain and reason.otherwise is None
        yield f"  {reason.text}." + ("" if hidden else f" Otherwise: {place}.")
    if not block.reasons:
        yield "  It could as well be elsewhere."


def _block(block: Block) -> dict[str, Any]:
    return {
        "task": block.task,
        "title": block.title,
        "occurrence": None if block.occurrence is None else block.occurrence.isoformat(),
        "start": block.start.isoformat(),
        "end": block.end.isoformat(),
        "kind": block.kind.value,
        "part": block.part,
        "parts": block.parts,
        "pinned": block.pinned,
        "reasons": [
            {
                "because": one.because.value,
                "text": one.text,
                "otherwise": None if one.otherwise is None else one.otherwise.isoformat(),
            }
            for one in block.reasons
        ],
    }


def _overflow(one: Overflow) -> dict[str, Any]:
    return {
        "task": one.task,
        "title": one.title,
        "occurrence": None if one.occurrence is None else one.occurrence.isoformat(),
        "missing_min": one.missing_min,
        "text": one.text,
        "remedies": [
            {"text": remedy.text, "action": remedy.action, "value": remedy.value}
            for remedy in one.remedies
        ],
    }
