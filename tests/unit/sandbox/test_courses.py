"""The programs of the course that ships: every reference passes its tests, no starter does."""

from dataclasses import replace

import pytest

from assistant.config.paths import resources
from assistant.domain.course import Course
from assistant.sandbox.sandbox import Sandbox
from assistant.tutor.courses.reading import read_course
from scripts.check_course import problems_of_programs

_PARTS = 5


@pytest.fixture(scope="module")
def course() -> Course:
    return read_course(resources() / "courses" / "python-from-zero")


@pytest.mark.parametrize("part", range(_PARTS))
def test_every_program_of_the_course_does_what_it_should(
    sandbox: Sandbox, course: Course, part: int
) -> None:
    concepts = course.concepts[part::_PARTS]
    assert sum(each.code is not None for concept in concepts for each in concept.exercises) > 20
    assert list(problems_of_programs(replace(course, concepts=concepts), sandbox)) == []


def test_a_broken_reference_and_a_starter_that_passes_are_found(
    sandbox: Sandbox, course: Course
) -> None:
    concept = next(each for each in course.concepts if any(one.code for one in each.exercises))
    exercise = next(each for each in concept.exercises if each.code)
    assert exercise.code is not None
    turned = replace(
        exercise.code, starter=exercise.code.reference, reference=exercise.code.starter
    )
    seeded = replace(
        course, concepts=(replace(concept, exercises=(replace(exercise, code=turned),)),)
    )
    found = list(problems_of_programs(seeded, sandbox))
    assert len(found) == 2
    assert "the reference does not pass its tests" in found[0]
    assert "the starter passes the tests already" in found[1]
