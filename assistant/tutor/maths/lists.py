"""What kind of list an answer is: conditions, or numbers whose order counts."""

from itertools import pairwise
from typing import Final

from assistant.tutor.maths.shapes import Expression, Relation, Several, Shape
from assistant.tutor.maths.values import exact

_SHORTEST_SEQUENCE: Final = 4


def has_inequalities(*lists: Several) -> bool:
    """Whether some conditions in lists are no equations: x < 1 or x > 2."""
    return any(
        isinstance(each, Relation) and "=" not in each.signs for one in lists for each in one.items
    )


def is_sequence(items: tuple[Shape, ...]) -> bool:
    """Whether a list of numbers is one whose order counts: 1, 2, 4, 8 or 1, -4, 9, -16.

    Four or more that grow by steps or factors of one size, or that are not in order of size.
    """
    values = [exact(item.node) for item in items if isinstance(item, Expression)]
    numbers = [value for value in values if value is not None]
    if len(numbers) < _SHORTEST_SEQUENCE or len(numbers) < len(items):
        return False
    pairs = list(pairwise(numbers))
    steps = {second - first for first, second in pairs}
    factors = {second / first for first, second in pairs if first}
    return len(steps) == 1 or len(factors) == 1 or numbers != sorted(numbers)
