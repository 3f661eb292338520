"""Courses from elsewhere: read with limits, and what could not be used is said in words."""

import json
import stat
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from assistant.domain.course import Concept, Course
from assistant.domain.exercise import Exercise
from assistant.tutor.courses.checks import problems_of_exercise
from assistant.tutor.courses.naming import plain
from assistant.tutor.courses.problems import Problem
from assistant.tutor.courses.schema import MOST_ITEMS, ExerciseFile
from assistant.tutor.courses.syllabus import arranged
from assistant.tutor.courses.writing import exercise_fields

MOST_FILE_BYTES = 1024 * 1024
MOST_ENTRIES = 50_000

Heard = Callable[[float], None]
"""Hears how much of a folder is read, 0 to 1; it may raise to end the reading."""

_Shape = TypeVar("_Shape", bound=BaseModel)


def unheard(_: float) -> None:
    """For who does not wait."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A course made of another format."""

    course: Course
    skipped: tuple[Problem, ...]
    """What could not be used, and why."""


class ForeignFolder:
    """Files of a folder from elsewhere; nothing outside of it is read.

    Args:
        folder: The root.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.skipped: list[Problem] = []

    def skip(self, file: str, words: str) -> None:
        """Keeps what could not be used."""
        self.skipped.append(Problem(file, "", words))

    def names(self, place: str) -> list[str]:
        """Names of the folders inside one, sorted; links are left out."""
        try:
            entries = sorted((self.folder / place).iterdir())
        except OSError:
            return []
        if len(entries) > MOST_ENTRIES:
            self.skip(place, f"{len(entries)} entries; at most {MOST_ENTRIES} are read.")
        return [one.name for one in entries[:MOST_ENTRIES] if one.is_dir() and not one.is_symlink()]

    def has(self, name: str) -> bool:
        """Whether there is such a plain file inside the folder."""
        path = self.folder / name
        try:
            inside = path.resolve().is_relative_to(self.folder.resolve())
            return inside and stat.S_ISREG(path.lstat().st_mode)
        except (OSError, ValueError):
            return False

    def text(self, name: str) -> str:
        """A file's text; "" where it is missing, too large or no UTF-8 (which is kept)."""
        if not self.has(name):
            return ""
        try:
            with (self.folder / name).open("rb") as file:
                raw = file.read(MOST_FILE_BYTES + 1)
            if len(raw) > MOST_FILE_BYTES:
                self.skip(name, f"Larger than {MOST_FILE_BYTES // 1024} KiB.")
                return ""
            return plain_lines(raw.decode("utf-8-sig"))
        except UnicodeDecodeError:
            self.skip(name, "This is not UTF-8.")
        except OSError as error:
            self.skip(name, f"This cannot be read ({error.strerror or 'no reason given'}).")
        return ""

    def json(self, name: str) -> object:
        """A file's JSON; None where there is none that can be read (which is kept)."""
        text = self.text(name)
        if not text:
            return None
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            self.skip(name, "This is not valid JSON.")
            return None

    def shaped(self, name: str, shape: type[_Shape], value: object) -> _Shape | None:
        """JSON as a value; None where it has another shape (which is kept)."""
        try:
            return shape.model_validate(value)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(str(part) for part in first["loc"]) or "the whole"
            self.skip(name, f"{where}: {first['msg']}.")
            return None

    def sound(self, file: str, exercise: Exercise) -> bool:
        """Whether an exercise keeps to the content format; if not, why is kept."""
        fields = {name: v for name, v in exercise_fields(exercise).items() if v not in ("", [], {})}
        checked = self.shaped(file, ExerciseFile, fields)
        if checked is None:
            return False
        troubles = problems_of_exercise(checked)
        if troubles:
            self.skip(file, troubles[0])
        return not troubles


def plain_lines(text: str) -> str:
    """Text with every line kept, without control characters and halves of characters."""
    return plain(f"|{text}|", len(text) + 2)[1:-1]


def finished(course: Course) -> Course:
    """A course with distinct titles and lists that are not too long, in an order of its graph."""
    taken: set[str] = set()
    concepts: list[Concept] = []
    for concept in course.concepts:
        title, number = concept.title, 2
        while title.casefold() in taken:
            title, number = f"{concept.title} ({number})", number + 1
        taken.add(title.casefold())
        concepts.append(replace(concept, title=title, exercises=concept.exercises[:MOST_ITEMS]))
    return arranged(replace(course, concepts=tuple(concepts)))
