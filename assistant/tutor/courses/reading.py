"""Reads a course folder: the whole course as a value, or everything that is wrong with it."""

import ast
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar, cast

from pydantic import BaseModel, ValidationError

from assistant.domain.course import Course
from assistant.domain.ids import ConceptId
from assistant.tutor.courses.building import build_course
from assistant.tutor.courses.checks import name_is_usable, problems_of_concept, repeated
from assistant.tutor.courses.files import CONCEPTS, COURSE_FILE, FolderReader
from assistant.tutor.courses.graph import cycles
from assistant.tutor.courses.problems import CourseBroken, Problem
from assistant.tutor.courses.schema import ConceptFile, CourseFile
from assistant.tutor.courses.wording import words_of

_Unit = tuple[str, list[str]]
_Shape = TypeVar("_Shape", bound=BaseModel)


def read_course(folder: Path) -> Course:
    """The course in a folder.

    Args:
        folder: Holds ``course.toml`` and ``concepts/``.

    Raises:
        CourseBroken: With every problem that was found.
    """
    course, problems = _read(folder)
    if course is None:
        raise CourseBroken(problems, folder.name)
    return course


def check_course(folder: Path) -> tuple[Problem, ...]:
    """Everything that is wrong with a course, its programs' syntax included; empty if sound.

    Programs are parsed, never run.
    """
    course, problems = _read(folder)
    return problems if course is None else tuple(_problems_of_programs(course))


def _read(folder: Path) -> tuple[Course | None, tuple[Problem, ...]]:
    reader = FolderReader(folder)
    if not folder.is_dir():
        reader.note(COURSE_FILE, "There is no such folder; give the folder that holds this file.")
        return None, tuple(reader.problems)
    course_file = _shaped(reader, COURSE_FILE, CourseFile)
    files = _concepts(reader)
    units = _units_of(reader, course_file)
    if units is not None:
        _check_units(reader, units, present=reader.concept_names())
    _check_graph(reader, _links(reader, files))
    _check_titles(reader, files)
    if reader.problems or course_file is None:
        return None, tuple(dict.fromkeys(reader.problems))
    in_order = [name for unit in course_file.units for name in unit.concepts]
    return build_course(course_file, {name: files[name] for name in in_order}), ()


def _shaped(reader: FolderReader, name: str, shape: type[_Shape]) -> _Shape | None:
    table = reader.table(name)
    if table is None:
        return None
    try:
        return shape.model_validate(table)
    except ValidationError as error:
        reader.problems += words_of(name, error, shape, table)
        return None


def _concepts(reader: FolderReader) -> dict[str, ConceptFile]:
    """The files of the right shape, by id."""
    files: dict[str, ConceptFile] = {}
    for name in reader.concept_names():
        file = f"{CONCEPTS}/{name}.toml"
        concept = _shaped(reader, file, ConceptFile)
        if concept is not None:
            files[name] = concept
            reader.problems += problems_of_concept(file, concept)
    return files


def _units_of(reader: FolderReader, course: CourseFile | None) -> list[_Unit] | None:
    """Title and concepts of each unit, as far as they can be known; None where nothing can.

    A wrong type elsewhere in the file hides nothing that is wrong with them.
    """
    if course is not None:
        return [(unit.title, list(unit.concepts)) for unit in course.units]
    table = reader.table(COURSE_FILE) or {}
    units = [_table_of(one) for one in _list_of(table.get("units"))]
    if not units:
        return None
    return [
        (title if isinstance(title := unit.get("title"), str) else "", _names_of(unit, "concepts"))
        for unit in units
    ]


def _links(reader: FolderReader, files: dict[str, ConceptFile]) -> dict[str, list[str]]:
    """What each concept requires, of files with a wrong type elsewhere as well."""
    found: dict[str, list[str]] = {}
    for name in reader.concept_names():
        if name in files:
            found[name] = list(files[name].requires)
        else:
            found[name] = _names_of(reader.table(f"{CONCEPTS}/{name}.toml") or {}, "requires")
    return found


def _list_of(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else []


def _table_of(value: object) -> dict[str, object]:
    return cast("dict[str, object]", value) if isinstance(value, dict) else {}


def _names_of(table: Mapping[str, object], field: str) -> list[str]:
    return [one for one in _list_of(table.get(field)) if isinstance(one, str)]


def _check_units(reader: FolderReader, units: list[_Unit], present: list[str]) -> None:
    named = [name for _, concepts in units for name in concepts]
    for unit_number, (_, concepts) in enumerate(units, start=1):
        for name in concepts:
            if name not in present:
                words = f"“{name}” has no file; add {CONCEPTS}/{name}.toml or take the name out."
                reader.note(COURSE_FILE, words, f"units[{unit_number}].concepts")
            elif not name_is_usable(name):
                words = f"“{name}” cannot be the name of a file on Windows; choose another id."
                reader.note(COURSE_FILE, words, f"units[{unit_number}].concepts")
    for twice in repeated(named):
        reader.note(COURSE_FILE, f"“{twice}” is named more than once; once is enough.", "units")
    for twice in repeated(title.strip().casefold() for title, _ in units if title):
        reader.note(COURSE_FILE, f"Two units have the title “{twice}”; rename one.", "units")
    for name in present:
        if name not in named:
            words = f"No unit names this concept; add “{name}” to a unit in {COURSE_FILE}."
            reader.note(f"{CONCEPTS}/{name}.toml", words)


def _check_graph(reader: FolderReader, links: dict[str, list[str]]) -> None:
    there = set(links)
    for name, requires in links.items():
        for needed in requires:
            if needed not in there:
                words = f"“{needed}” is no concept of this course; add it or take it out."
                reader.note(f"{CONCEPTS}/{name}.toml", words, "requires")
    graph = {
        ConceptId(name): tuple(ConceptId(one) for one in requires if one in there)
        for name, requires in links.items()
    }
    for cycle in cycles(graph):
        way = " → ".join([*cycle, cycle[0]])
        words = f"These concepts wait for each other: {way}. Take one of the requirements out."
        reader.note(f"{CONCEPTS}/{cycle[0]}.toml", words, "requires")


def _check_titles(reader: FolderReader, files: dict[str, ConceptFile]) -> None:
    for twice in repeated(concept.title.strip().casefold() for concept in files.values()):
        same = [n for n, concept in files.items() if concept.title.strip().casefold() == twice]
        words = f"The title is the same as that of {', '.join(same[:-1])}; rename one."
        reader.note(f"{CONCEPTS}/{same[-1]}.toml", words, "title")


def _problems_of_programs(course: Course) -> list[Problem]:
    found: list[Problem] = []
    for concept in course.concepts:
        for exercise in concept.exercises:
            if exercise.code is None:
                continue
            place = f"exercises[{exercise.id.rsplit('/', 1)[-1]}].code"
            file = f"{CONCEPTS}/{concept.id}.toml"
            for field, text in (
                ("tests", exercise.code.tests),
                ("reference", exercise.code.reference),
            ):
                if trouble := _syntax(text):
                    found.append(Problem(file, f"{place}.{field}", trouble))
    return found


def _syntax(text: str) -> str:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError) as error:
        where = f"line {error.lineno}: " if isinstance(error, SyntaxError) else ""
        what = error.msg if isinstance(error, SyntaxError) else str(error)
        return f"This is not valid Python ({where}{what}); mend it."
    except (RecursionError, MemoryError):
        return "This program is nested too deeply to be read; simplify it."
    return ""
