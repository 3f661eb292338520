"""``plan add``, ``list`` and ``show``."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from assistant.cli.opening import open_vault
from assistant.cli.output import Output
from assistant.cli.parser import spoken
from assistant.cli.plan_values import (
    Names,
    due_words,
    names_of,
    rows,
    task_value,
    when_words,
    work_value,
)
from assistant.cli.waiting import outcome
from assistant.domain.clock_face import PLAIN_FACE
from assistant.domain.ids import TaskId
from assistant.domain.lengths import length
from assistant.domain.task import Repeat, Task, TaskState
from assistant.domain.task_filter import Order, TaskFilter
from assistant.services.core import Core
from assistant.services.planning.task_values import Stretch


def add(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Adds a line."""
    open_vault(core, output)
    project = None
    if arguments.project:
        project = core.planning.projects.named(spoken(arguments.project)).result().id
    parent = None if arguments.parent is None else TaskId(arguments.parent)
    adding, text = core.planning.adding, spoken(arguments.text)
    if arguments.ask_model:
        line = adding.read(text).result()
        asked = outcome(core.planning.asking.ask(text, line.found, line.vocabulary, line.titles))
        task = adding.add(asked.found, text, project=project, parent=parent).result()
    else:
        task = adding.add_line(text, project=project, parent=parent).result()
    names = names_of(core.planning.projects.all().result())
    said = ", ".join(one for one in (when_words(task), _estimated(task)) if one)
    output.document(
        task_value(task, names), f"{task.id}  {task.title}" + (f"  ({said})" if said else "")
    )


def listing(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Lists tasks."""
    open_vault(core, output)
    names = names_of(core.planning.projects.all(archived=True).result())
    if arguments.today:
        _today(core, arguments.order, names, output)
    elif arguments.board:
        board = core.planning.tasks.board().result()
        _groups(
            {"columns": {}}, {state.value: found for state, found in board.items()}, names, output
        )
    else:
        found = _chosen(core, arguments)
        found = found if arguments.limit is None else found[: arguments.limit]
        output.document(
            {"tasks": [task_value(one, names) for one in found]},
            rows(found, names, output.width) or "There are no such tasks.",
        )


def _chosen(core: Core, arguments: argparse.Namespace) -> Sequence[Task]:
    lists = core.planning.listing
    order = None if arguments.order is None else Order(arguments.order)
    if arguments.inbox:
        found = lists.inbox(order or Order.HAND)
    elif arguments.upcoming:
        found = lists.upcoming(order=order or Order.DUE)
    elif arguments.project is not None:
        project = core.planning.projects.named(spoken(arguments.project)).result()
        found = lists.of_project(project.id, order or Order.HAND)
    elif arguments.filter is not None:
        words = spoken(arguments.filter)
        found = lists.filtered(words, arguments.limit, order or Order.DUE)
    else:
        wanted = TaskFilter(limit=arguments.limit, order=order or Order.DUE)
        if arguments.done:
            ended = order or Order.ENDED
            wanted = replace(wanted, states=frozenset({TaskState.DONE}), order=ended)
        found = lists.all(wanted)
    return found.result()[0]


def _today(core: Core, order: str | None, names: Names, output: Output) -> None:
    wanted = Order.DUE if order is None else Order(order)
    today = core.planning.listing.today(wanted).result()[0]
    groups = {
        "overdue": today.overdue,
        "due": today.due,
        "doing": today.doing,
        "done": today.done,
    }
    if wanted is Order.FIRST:
        groups = {"first": today.first, "done": today.done}
    stretches = [_stretch_value(one) for one in today.stretches]
    lines = [_stretch_line(one) for one in today.stretches]
    value = {"day": today.day.isoformat(), "stretches": stretches}
    _groups(value, groups, names, output, "\n".join(["Planned", *lines]) if lines else "")


def _stretch_value(one: Stretch) -> dict[str, Any]:
    """What has its time on the day, as JSON."""
    return {
        "start": one.start.isoformat(),
        "end": one.end.isoformat(),
        "whole_day": one.whole_day,
        "title": one.title,
        "kind": one.kind.value,
        "task": None if one.task is None else one.task.id,
        "part": one.part,
        "parts": one.parts,
        "place": one.place or None,
        "calendar": one.calendar or None,
    }


def _stretch_line(one: Stretch) -> str:
    time = "All day    " if one.whole_day else PLAIN_FACE.span(one.start, one.end, dash="-")
    part = f" ({one.part} of {one.parts})" if one.parts > 1 else ""
    said = f", {one.calendar}" if one.calendar else ""
    return f"  {time}  {one.title}{part}{said}"


def _groups(
    value: dict[str, Any],
    groups: dict[str, tuple[Task, ...]],
    names: Names,
    output: Output,
    before: str = "",
) -> None:
    found = {name: [task_value(one, names) for one in tasks] for name, tasks in groups.items()}
    if "columns" in value:
        value = {"columns": found}
    else:
        value |= found
    words = [before] if before else []
    words += [
        f"{name.capitalize()}\n{rows(tasks, names, output.width)}"
        for name, tasks in groups.items()
        if tasks
    ]
    output.document(value, "\n\n".join(words) or "There is nothing to do.")


def show(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Shows everything of one task."""
    open_vault(core, output)
    found = core.planning.tasks.details(TaskId(arguments.id)).result()
    names = names_of(core.planning.projects.all(archived=True).result())
    task = found.task
    value = task_value(task, names) | {
        "written": task.written,
        "blocked": found.blocked,
        "minutes": round(found.minutes, 2),
        "parts": [task_value(one, names) for one in found.parts],
        "first": [task_value(one, names) for one in found.first],
        "later": [task_value(one, names) for one in found.later],
        "work": [work_value(one) for one in found.work],
        "events": [
            {"at": one.at.isoformat(), "kind": one.kind.value, "value": one.value}
            for one in found.events
        ],
    }
    lines = [
        f"{task.title}  ({task.state.value})",
        *_line("When", "" if task.fixed_start is None else when_words(task)),
        *_line("Due", "" if task.due is None else due_words(task.due)),
        *_line("Priority", "" if task.priority is None else task.priority.value),
        *_line("Estimate", _estimated(task)),
        *_line("Spent", length(found.minutes) if found.minutes else ""),
        *_line("Repeats", "" if task.repeat is None else _comes_again(task.repeat)),
        *_line("Project", "" if found.project is None else found.project.name),
        *_line("Part of", "" if found.parent is None else found.parent.title),
        *_line("Tags", " ".join(f"#{tag}" for tag in task.tags)),
        *_line("Place", task.place),
        *_line("First", ", ".join(one.title for one in found.first)),
        *_line("Then", ", ".join(one.title for one in found.later)),
        *(f"  {'x' if not one.is_open else '-'} {one.id}  {one.title}" for one in found.parts),
        *([task.notes] if task.notes else []),
    ]
    output.document(value, "\n".join(lines))


def _line(head: str, text: str) -> list[str]:
    return [f"{head}: {text}"] if text else []


def _comes_again(repeat: Repeat) -> str:
    days = ", ".join(day.isoformat() for day in repeat.left_out)
    return f"{repeat.rule}, not {days}" if days else repeat.rule


def _estimated(task: Task) -> str:
    return "" if task.estimate_min is None else length(task.estimate_min)
