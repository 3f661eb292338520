"""The placement test on the courses that ship, taken by learners who slip and guess."""

import random
from collections import Counter

import pytest

from assistant.config.paths import resources
from assistant.tutor.courses.reading import read_course
from assistant.tutor.learner.placement import MOST_QUESTIONS, Places, next_question


@pytest.mark.parametrize("name", ["algebra-and-arithmetic", "python-from-zero", "music-theory"])
@pytest.mark.parametrize("part", [0.25, 0.5, 0.75])
def test_most_of_what_is_known_is_found_and_little_that_is_not(name: str, part: float) -> None:
    course = read_course(resources() / "courses" / name)
    order = [concept.id for concept in course.concepts]
    have = set(order[: round(len(order) * part)])
    places = Places({concept.id: concept.requires for concept in course.concepts})
    rng = random.Random(7)  # noqa: S311 - no secret
    asked = Counter(order[:0])
    while (question := next_question(places, asked)) is not None:
        asked[question.concept] += 1
        chance = 0.9 if question.concept in have else 0.06
        places.learn(question.concept, right=rng.random() < chance)
    assert sum(asked.values()) <= MOST_QUESTIONS
    found = places.known()
    assert len(found & have) >= 0.7 * len(have)
    assert len(found - have) <= 0.1 * len(order)
    for concept in course.concepts:
        assert concept.id not in found or set(concept.requires) <= found
