"""Exercises made by chance for concepts of a course, none of them twice."""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Final

from assistant.domain.course import Concept
from assistant.domain.errors import UserFacingError
from assistant.domain.exercise import Exercise
from assistant.domain.ids import ConceptId, CourseId
from assistant.domain.making import Maker
from assistant.services.jobs import Job, Workers
from assistant.services.study.course_library import CourseLibrary, concept_of
from assistant.tutor.making.sameness import asked_of

_TRIES: Final = 40
_LEVELS: Final = (1.0, 2.0, 3.0, 4.0, 5.0)
MOST_ITEMS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be made.

    Args:
        count: How many exercises.
        seed: The same exercises come for the same seed.
        course: Of which course; all that ship where it is None.
        concept: About which concept; all of them in turn where it is None.
        difficulty: From 1 to 5; all of them in turn where it is None.
    """

    count: int
    seed: int
    course: CourseId | None = None
    concept: ConceptId | None = None
    difficulty: float | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """An exercise, and the course that it was made for."""

    course: CourseId
    exercise: Exercise


class GeneratingService:
    """Makes exercises in the pool; needs no vault for courses that ship, and no model.

    Args:
        workers: The pool.
        library: The courses.
        maker: Makes one exercise.
    """

    def __init__(self, workers: Workers, library: CourseLibrary, maker: Maker) -> None:
        self._workers = workers
        self._library = library
        self._maker = maker

    def make(self, wish: Wish) -> Job[tuple[Made, ...]]:
        """As many different exercises as are wished, or as can be made.

        Raises (from the job):
            UserFacingError: The course or the concept is not known, or has no generator; or the
                number or the difficulty is out of bounds.
        """

        def work(job: Job[tuple[Made, ...]]) -> tuple[Made, ...]:
            made: list[Made] = []
            for one in self._made(self._rows(wish), wish):
                job.cancel_token.raise_if_cancelled()
                made.append(one)
                job.report(len(made) / wish.count, "")
            return tuple(made)

        return self._workers.in_pool(work)

    def _rows(self, wish: Wish) -> "list[_Row]":
        if not 1 <= wish.count <= MOST_ITEMS:
            raise UserFacingError(
                f"{wish.count} exercises cannot be made at once.",
                f"Ask for 1 to {MOST_ITEMS}.",
                code="count_out_of_bounds",
            )
        if wish.difficulty is not None and not _LEVELS[0] <= wish.difficulty <= _LEVELS[-1]:
            raise UserFacingError(
                "There is no such difficulty.",
                "It goes from 1 (nearly everyone gets it right) to 5 (few do).",
                code="difficulty_out_of_bounds",
            )
        named = (wish.course,) if wish.course is not None else self._library.shipped()
        courses = [self._library.course(course) for course in named]
        rows = [
            _Row(course.id, concept, generator)
            for course in courses
            for concept in (
                course.concepts if wish.concept is None else (concept_of(course, wish.concept),)
            )
            for generator in concept.generators
        ]
        if not rows:
            raise UserFacingError(
                "No exercises can be made by chance here; there are only written ones.",
                "Name another concept; “assistant study courses COURSE” lists them.",
                code="no_generator",
            )
        return rows

    def _made(self, rows: "Sequence[_Row]", wish: Wish) -> Iterator[Made]:
        """One of each in turn, until there are enough or no row finds a new one."""
        seen: set[object] = set()
        left = list(rows)
        count = 0
        levels = {row: cycle(_LEVELS) for row in left}
        while left and count < wish.count:
            for row in tuple(left):
                exercise = self._at_a_level(row, wish, levels[row], seen)
                if exercise is None:
                    left.remove(row)
                    continue
                yield Made(row.course, exercise)
                count += 1
                if count == wish.count:
                    return

    def _at_a_level(
        self, row: "_Row", wish: Wish, levels: Iterator[float], seen: set[object]
    ) -> Exercise | None:
        """A new one of the wished difficulty, or of the next that still has one."""
        if wish.difficulty is not None:
            return self._new(row, wish.difficulty, wish.seed, seen)
        for level in islice(levels, len(_LEVELS)):
            exercise = self._new(row, level, wish.seed, seen)
            if exercise is not None:
                return exercise
        return None

    def _new(self, row: "_Row", level: float, seed: int, seen: set[object]) -> Exercise | None:
        for turn in range(_TRIES):
            number = zlib.crc32(f"{seed}/{row.generator}/{level}/{len(seen)}/{turn}".encode())
            exercise = self._maker.make(row.generator, row.concept.id, level, number)
            asked = (row.generator, asked_of(exercise))
            if asked not in seen:
                seen.add(asked)
                return exercise
        return None


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    """A generator and what it is for; equal only to itself."""

    course: CourseId
    concept: Concept
    generator: str
