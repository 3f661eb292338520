"""``plan done``, ``drop``, ``reopen``, ``delete``, ``edit``, ``undo`` and ``redo``."""

import argparse
from collections.abc import Sequence
from typing import Any

from assistant.cli.opening import open_vault
from assistant.cli.output import Output
from assistant.cli.parser import spoken
from assistant.cli.plan_values import names_of, rows, task_value
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import TaskId
from assistant.domain.task import Step
from assistant.services.core import Core
from assistant.services.planning.editing import Edit
from assistant.services.planning.task_values import Completed

_TEXTS = (
    "title",
    "notes",
    "due",
    "start",
    "estimate",
    "repeat",
    "priority",
    "project",
    "place",
    "prefers",
)


def done(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Completes tasks."""
    open_vault(core, output)
    job = core.planning.completing.complete(_ids(arguments), with_parts=arguments.with_parts)
    _tell_ended(core, job.result(), output)


def drop(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Drops tasks."""
    open_vault(core, output)
    job = core.planning.completing.drop(_ids(arguments), once=arguments.once)
    _tell_ended(core, job.result(), output)


def reopen(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Opens tasks again."""
    open_vault(core, output)
    core.planning.tasks.reopen(_ids(arguments)).result()
    _tell(core, _ids(arguments), output)


def delete(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Deletes tasks."""
    open_vault(core, output)
    core.planning.tasks.delete(_ids(arguments)).result()
    output.document({"deleted": arguments.ids}, "Deleted; “assistant plan undo” brings it back.")


def edit(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Changes tasks."""
    open_vault(core, output)
    ids = _ids(arguments)
    given = {name: getattr(arguments, name) for name in _TEXTS}
    wish = Edit(
        **{name: None if value is None else spoken(value) for name, value in given.items()},
        parent=None if arguments.parent is None else TaskId(arguments.parent),
        after=tuple(TaskId(one) for one in arguments.after),
        not_after=tuple(TaskId(one) for one in arguments.not_after),
        tags=tuple(spoken(one).lstrip("#") for one in arguments.tag),
        without_tags=tuple(spoken(one).lstrip("#") for one in arguments.untag),
        split=arguments.split,
    )
    if wish == Edit() and arguments.line is None:
        raise UserFacingError(
            "Nothing is to be changed.",
            "Name what: “assistant plan edit 3 --due friday”.",
            code="nothing_to_change",
        )
    if arguments.line is not None:
        if wish != Edit():
            raise UserFacingError(
                "A line of changes stands alone.",
                "Say all in the line, or all by options.",
                code="line_alone",
            )
        core.planning.adding.change_by_line(ids, spoken(arguments.line)).result()
    else:
        core.planning.editing.edit(ids, wish).result()
    _tell(core, ids, output)


def undo(core: Core, _: argparse.Namespace, output: Output) -> None:
    """Takes the last change back."""
    open_vault(core, output)
    _tell_step(core.planning.desk.undo().result(), "undone", output)


def redo(core: Core, _: argparse.Namespace, output: Output) -> None:
    """Does again what was undone last."""
    open_vault(core, output)
    _tell_step(core.planning.desk.redo().result(), "redone", output)


def _tell_step(step: Step | None, name: str, output: Output) -> None:
    if step is None:
        raise UserFacingError(
            f"There is nothing to be {name}.",
            "Every change of tasks and plans can be taken back once it was made.",
            code="nothing_to_undo",
        )
    output.document(
        {name: step.words, "at": step.at.isoformat()}, f"{name.capitalize()}: {step.words}"
    )


def _tell_ended(core: Core, ended: Completed, output: Output) -> None:
    names = names_of(core.planning.projects.all(archived=True).result())
    value: dict[str, Any] = {
        "ended": list(ended.done),
        "again": [task_value(one, names) for one in ended.again],
        "freed": [one.id for one in ended.freed],
    }
    words = [f"{len(ended.done)} ended."]
    if ended.again:
        words.append("Comes again:\n" + rows(ended.again, names, output.width))
    if ended.freed:
        words.append("Can be begun now:\n" + rows(ended.freed, names, output.width))
    output.document(value, "\n".join(words))


def _tell(core: Core, ids: Sequence[TaskId], output: Output) -> None:
    names = names_of(core.planning.projects.all(archived=True).result())
    tasks = [core.planning.tasks.get(one).result() for one in ids]
    output.document(
        {"tasks": [task_value(one, names) for one in tasks]}, rows(tasks, names, output.width)
    )


def _ids(arguments: argparse.Namespace) -> list[TaskId]:
    return [TaskId(one) for one in dict.fromkeys(arguments.ids)]
