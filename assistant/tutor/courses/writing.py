"""Writes a course as a folder in the content format, and never a broken one."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from assistant.domain.course import Concept, Course, Lesson, WorkedExample, WorkedStep
from assistant.domain.errors import EnvironmentProblem
from assistant.domain.exercise import AnswerKind, Exercise
from assistant.tutor.courses.files import CONCEPTS, COURSE_FILE
from assistant.tutor.courses.reading import read_course
from assistant.tutor.courses.schema import FORMAT

_ODD = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_ODD_OR_QUOTE = re.compile(r"[\x00-\x1f\x7f\"\\]")
_SHORT_ESCAPES = {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"}

Value: TypeAlias = "str | int | float | Sequence[Value] | Mapping[str, Value]"
Fields: TypeAlias = Mapping[str, Value]


def write_course(course: Course, folder: Path) -> None:
    """Writes a course where none was, or in place of an earlier version of it.

    The new folder is complete and was read back before the old one goes.

    Args:
        course: What to write.
        folder: Made, or replaced; its parent is made where it is missing.

    Raises:
        CourseBroken: The course would not pass its own check; nothing was changed.
        EnvironmentProblem: The disk is full or not to be written.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".course-", dir=folder.parent) as place:
            fresh = Path(place) / folder.name
            (fresh / CONCEPTS).mkdir(parents=True)
            for name, text in texts_of(course).items():
                (fresh / name).write_text(text, encoding="utf-8", newline="\n")
            read_course(fresh)
            _swap(fresh, folder, Path(place) / "old")
    except OSError as error:
        raise EnvironmentProblem(
            "The course could not be saved.",
            f"Make room or choose another folder ({error.strerror or 'no reason given'}).",
            code="course_not_saved",
        ) from error


def _swap(fresh: Path, folder: Path, old: Path) -> None:
    if folder.exists():
        folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        if old.exists():
            shutil.move(os.fspath(old), os.fspath(folder))
        raise


def texts_of(course: Course) -> dict[str, str]:
    """The files of a course, by their names in its folder."""
    files = {COURSE_FILE: _document(_course_fields(course))}
    for concept in course.concepts:
        files[f"{CONCEPTS}/{concept.id}.toml"] = _document(_concept_fields(concept))
    return files


def _course_fields(course: Course) -> Fields:
    return {
        "format": FORMAT,
        "id": course.id,
        "version": course.version,
        "title": course.title,
        "description": course.description,
        "language": course.language,
        "subject": course.subject,
        "licence": course.licence,
        "source": course.source,
        "units": [{"title": u.title, "concepts": list(u.concepts)} for u in course.units],
    }


def _concept_fields(concept: Concept) -> Fields:
    return {
        "format": FORMAT,
        "title": concept.title,
        "summary": concept.summary,
        "requires": list(concept.requires),
        "minutes": concept.minutes,
        "generators": list(concept.generators),
        "lesson": _lesson_fields(concept.lesson),
        "misconceptions": [
            {"id": one.id, "title": one.title, "remedy": one.remedy}
            for one in concept.misconceptions
        ],
        "cards": [{"id": o.id, "front": o.front, "back": o.back} for o in concept.cards],
        "exercises": [exercise_fields(exercise) for exercise in concept.exercises],
    }


def _lesson_fields(lesson: Lesson) -> Fields:
    return {
        "explanation": lesson.explanation,
        "worked": [_example_fields(example) for example in lesson.worked],
        "faded": [_example_fields(example) for example in lesson.faded],
    }


def _example_fields(example: WorkedExample) -> Fields:
    steps = [_step_fields(step) for step in example.steps]
    return {"problem": example.problem, "answer": example.answer, "steps": steps}


def _step_fields(step: WorkedStep) -> Fields:
    return {"shown": step.shown, "why": step.why, "blank": step.blank}


def exercise_fields(exercise: Exercise) -> Fields:
    """An exercise as the fields of ``[[exercises]]``, empty ones included."""
    key, code = exercise.key, exercise.code
    return {
        "id": exercise.id.rsplit("/", 1)[-1],
        "kind": exercise.kind.value,
        "title": exercise.title,
        "difficulty": exercise.difficulty,
        "prompt": exercise.prompt,
        "given": exercise.given,
        "nudge": exercise.nudge,
        "idea": exercise.idea,
        "part": exercise.part,
        "solution": list(exercise.solution),
        "answer": "" if exercise.kind is AnswerKind.CODE else key.answer,
        "others": list(key.others),
        "form": "" if key.form.value == "any" else key.form.value,
        "unit": key.unit,
        "tolerance": key.tolerance or "",
        "wrong": [{"answer": answer, "misconception": why} for answer, why in key.wrong],
        "choices": [{"text": o.text, "misconception": o.misconception} for o in exercise.choices],
        "code": {}
        if code is None
        else {
            "module": code.module,
            "starter": code.starter,
            "tests": code.tests,
            "reference": code.reference,
        },
    }


def _document(fields: Fields) -> str:
    return "\n".join(_lines(fields, "")).strip() + "\n"


def _lines(fields: Fields, prefix: str) -> Iterable[str]:
    """TOML with plain fields first, then the tables; what is empty is left out."""
    tables: list[tuple[str, Fields]] = []
    for name, value in fields.items():
        path = f"{prefix}{name}"
        if isinstance(value, Mapping):
            tables.append((f"[{path}]", value))
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            tables += [(f"[[{path}]]", entry) for entry in value if isinstance(entry, Mapping)]
        elif value not in ("", []):
            yield f"{name} = {_value(value)}"
    for header, table in tables:
        inner = list(_lines(table, header.strip("[]") + "."))
        yield from (["", header, *inner] if inner else [])


def _value(value: Value) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_value(entry) for entry in value) + "]"
    return _text(value) if isinstance(value, str) else repr(value)


def _text(text: str) -> str:
    """A string as an author would write it: literal over lines, escaped where it must be."""
    if "\n" in text and "'''" not in text and not text.endswith("'") and not _ODD.search(text):
        return f"'''\n{text}'''"
    return '"' + _ODD_OR_QUOTE.sub(_escaped, text) + '"'


def _escaped(found: re.Match[str]) -> str:
    char = found[0]
    if char in _SHORT_ESCAPES:
        return _SHORT_ESCAPES[char]
    return f"\\u{ord(char):04x}"
