"""``study draft``, ``edit`` and ``discard``: courses of the learner's own."""

import argparse
from collections.abc import Callable
from typing import Any, Final

from assistant.cli.opening import open_vault
from assistant.cli.output import Output
from assistant.domain.course import Course
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ConceptId, CourseId
from assistant.services.core import Core
from assistant.services.study.syllabus import (
    Add,
    Edit,
    Link,
    Move,
    Remove,
    Rename,
    RenameUnit,
)

_SHOWN_REPAIRS = 12


def draft(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Drafts a course, keeps it and shows it."""
    open_vault(core, output)
    study = core.study.syllabus
    if arguments.outline or arguments.title:
        drafted = study.outline(
            arguments.subject, arguments.title or (), language=arguments.language
        ).result()
    else:
        job = study.draft(
            arguments.subject,
            concepts=arguments.concepts,
            language=arguments.language,
            seed=core.options.seed or 0,
        )
        job.on_progress(lambda _, doing: output.note(doing))
        drafted = job.result()
    course = drafted.course
    if not arguments.show:
        study.keep(course).result()
    lines = [drafted.missing, ""] if drafted.missing else []
    lines += [*_lines(course), ""]
    lines += [f"  {one}" for one in drafted.repairs[:_SHOWN_REPAIRS]]
    if drafted.model:
        lines.append(f"{drafted.model} proposed it and only its form was checked: look it over.")
    if not arguments.show:
        lines.append(
            f"“assistant study edit {course.id} …” changes it, “study enroll {course.id}” begins "
            f"it, “study discard {course.id}” throws it away."
        )
    value = _document(course) | {
        "kept": not arguments.show,
        "model": drafted.model,
        "repairs": list(drafted.repairs),
        "missing": drafted.missing,
    }
    output.document(value, "\n".join(lines))


def edit(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Changes a course of the learner's own."""
    open_vault(core, output)
    change = _EDITS[arguments.change](arguments)
    course = core.study.syllabus.edit(CourseId(arguments.course), change).result()
    output.document(_document(course), "\n".join(_lines(course)))


def discard(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Throws a course of the learner's own away."""
    open_vault(core, output)
    course_id = CourseId(arguments.course)
    core.study.syllabus.remove(course_id).result()
    words = f"The course “{course_id}” is gone. What was done in it is kept."
    output.document({"course": course_id, "discarded": True}, words)


def _rename(arguments: argparse.Namespace) -> Edit:
    title = _words(arguments, "the new title")
    return Rename(_concept(arguments), title, arguments.summary or "")


def _add(arguments: argparse.Namespace) -> Edit:
    # The first word of the title stands where other changes have the concept.
    title = " ".join((arguments.what, *arguments.words))
    needs = tuple(ConceptId(one) for one in arguments.requires or ())
    return Add(
        _unit(arguments, otherwise=1),
        title,
        arguments.summary or "",
        needs,
        unit_title=arguments.unit_title or "",
    )


def _remove(arguments: argparse.Namespace) -> Edit:
    return Remove(_concept(arguments))


def _move(arguments: argparse.Namespace) -> Edit:
    position = arguments.position if arguments.position is not None else 1
    return Move(_concept(arguments), _unit(arguments, otherwise=None), position - 1)


def _require(arguments: argparse.Namespace) -> Edit:
    return Link(_concept(arguments), tuple(ConceptId(one) for one in arguments.words))


def _rename_unit(arguments: argparse.Namespace) -> Edit:
    if not arguments.what.isascii() or not arguments.what.isdigit() or len(arguments.what) > 4:  # noqa: PLR2004 - no course has 10,000 units
        raise _missing("the number of the unit", "Units are counted from 1.")
    return RenameUnit(int(arguments.what) - 1, _words(arguments, "the new title"))


_EDITS: Final[dict[str, Callable[[argparse.Namespace], Edit]]] = {
    "rename": _rename,
    "add": _add,
    "remove": _remove,
    "move": _move,
    "requires": _require,
    "unit": _rename_unit,
}


def _concept(arguments: argparse.Namespace) -> ConceptId:
    return ConceptId(arguments.what)


def _words(arguments: argparse.Namespace, what: str) -> str:
    if not arguments.words:
        raise _missing(what, "Write it behind the rest.")
    return " ".join(arguments.words)


def _unit(arguments: argparse.Namespace, otherwise: int | None) -> int:
    unit = arguments.unit if arguments.unit is not None else otherwise
    if unit is None:
        raise _missing("the unit", "Name it with --unit; units are counted from 1.")
    return unit - 1


def _missing(what: str, hint: str) -> UserFacingError:
    words = f"{what[0].upper()}{what[1:]} is missing."
    return UserFacingError(words, hint, code="course_edit")


def _lines(course: Course) -> list[str]:
    lines = [f"{course.title}  ({course.id})"]
    for number, unit in enumerate(course.units, 1):
        lines.append(f"{number}. {unit.title}")
        for name in unit.concepts:
            concept = course.concept(name)
            after = ", ".join(concept.requires)
            lines.append(f"     {concept.title}  ({name}{f'; after {after}' if after else ''})")
    return lines


def _document(course: Course) -> dict[str, Any]:
    return {
        "id": course.id,
        "title": course.title,
        "version": course.version,
        "language": course.language,
        "units": [{"title": unit.title, "concepts": list(unit.concepts)} for unit in course.units],
        "concept_list": [
            {
                "id": concept.id,
                "title": concept.title,
                "summary": concept.summary,
                "requires": list(concept.requires),
                "minutes": concept.minutes,
            }
            for concept in course.concepts
        ],
    }
