"""Stock that does not run out: how many different questions come of so many seeds."""

import re

import pytest

from assistant.domain.ids import ConceptId
from assistant.tutor.making import ExerciseMaker
from assistant.tutor.making.sameness import asked_of


@pytest.mark.parametrize(
    ("name", "level", "fewest"),
    [
        ("other-minors", 1, 22),
        ("other-minors", 2, 24),
        ("key-signatures", 1, 27),
        ("key-signatures", 3, 24),
        ("accumulating", 5, 26),
        ("order-of-operations", 1, 38),
    ],
)
def test_forty_seeds_make_many_different_questions(
    maker: ExerciseMaker, name: str, level: int, fewest: int
) -> None:
    made = [maker.make(name, ConceptId(name), level, seed) for seed in range(40)]
    assert len({asked_of(each) for each in made}) >= fewest


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_the_order_of_operations_is_asked_in_many_shapes(maker: ExerciseMaker, level: int) -> None:
    name = "order-of-operations"
    made = [maker.make(name, ConceptId(name), level, seed) for seed in range(40)]
    formulas = [re.findall(r"\$[^$]+\$", each.prompt) or [each.prompt] for each in made]
    shapes = {re.sub(r"\d+", "n", found[0]) for found in formulas}
    assert len(shapes) >= 5, shapes
    kinds = {each.kind for each in made}
    assert len(kinds) == (1 if level == 1 else 2)
