"""Difficulty of questions about programs: it follows what they demand, not what was asked for."""

import re
from collections import defaultdict
from itertools import pairwise
from statistics import mean

import pytest

from assistant.domain.exercise import AnswerKind
from assistant.domain.ids import ConceptId
from assistant.tutor.making import ExerciseMaker
from assistant.tutor.making.demands import demand_of, scale_of
from assistant.tutor.making.drafts import About, Claim, Draft, Draw
from assistant.tutor.making.registry import GENERATORS

PROGRAMS = ("numbers", "comparisons", "for-loops", "dictionaries", "functions-as-values", "classes")


def asked(program: str, *, choices: bool = True) -> Draft:
    """What a program prints, chosen or typed."""
    return Draft(
        kind=AnswerKind.CHOICE if choices else AnswerKind.SHORT,
        prompt="",
        answer="1",
        claim=Claim(About.PROGRAM, (program,)),
        nudge="",
        idea="",
        part="",
        solution=(),
        choices=(("1", ""), ("2", "")) if choices else (),
    )


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_higher_wish_gives_harder_questions_not_other_labels(
    name: str, maker: ExerciseMaker
) -> None:
    labels: dict[str, list[float]] = defaultdict(list)
    means: list[float] = []
    for wanted in (1.0, 2.0, 3.0, 4.0, 5.0):
        made = [maker.make(name, ConceptId(name), wanted, seed) for seed in range(6)]
        means.append(mean(exercise.difficulty for exercise in made))
        for exercise in made:
            program = exercise.prompt.split("\n", 1)[-1]
            labels[re.sub(r"\d+", "#", program)].append(exercise.difficulty)
    # Where the questions of two wishes are the same, their means differ by chance alone.
    assert all(later > before - 0.25 for before, later in pairwise(means))
    assert means[-1] - means[0] > 2
    assert max(max(found) - min(found) for found in labels.values()) <= 1


def test_numbers_change_a_difficulty_by_half_a_step_at_most() -> None:
    scale = scale_of("numbers")
    small, two, large = (
        scale.difficulty(asked(f"print({a} + {b})")) for a, b in ((3, 4), (20, 7), (912, 655))
    )
    assert small <= two <= large <= small + 0.51


def test_more_steps_deeper_code_and_no_choices_demand_more() -> None:
    flat = demand_of(asked("n = 3\nprint(n + 1)"))
    deep = demand_of(asked("n = 3\nfor i in range(4):\n    if i % 2:\n        n += i\nprint(n)"))
    assert flat < demand_of(asked("n = 3\nprint(n + 1)", choices=False)) < deep
    assert demand_of(asked('print("a")')) == demand_of(asked('print("another word")'))


def test_a_scale_is_the_same_each_time_and_reaches_from_easy_to_hard() -> None:
    scale = scale_of("dictionaries")
    again = scale_of.__wrapped__("dictionaries")
    assert scale == again
    level = [
        scale.difficulty(GENERATORS["dictionaries"](Draw(f"any:{n}", n % 5 + 1))) for n in range(60)
    ]
    assert min(level) < 2
    assert max(level) > 4
