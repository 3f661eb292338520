"""Whether two trees are equal as functions, by their values at many points.

Unequal values at one point where both are defined refute equality for good. Equal values to
forty digits at several points drawn at random show it with overwhelming probability: two
different expressions of school size agree at a random point with a probability near zero
(Schwartz and Zippel, for polynomials). No simplification is tried, so nothing can run away.
"""

import random
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Final

from assistant.tutor.maths.nodes import Constant, Node, Number, symbols, walk
from assistant.tutor.maths.values import Numbers, Undefined, exact, is_number

ENOUGH: Final = 5
"""Points at which both have a value and agree."""
_FEWEST: Final = 2
_TRIES: Final = 30
_AGREE: Final = 25
"""Digits to which values have to agree."""
_AGREE_ROUNDED: Final = 9
_DIGITS_AT_LAST: Final = 200
_AGREE_AT_LAST: Final = 80
"""Of numbers without unknowns, with as many digits lost to cancelling."""
_LONG: Final = 10
"""Digits after the point from which on a decimal is taken for a rounded one."""
_NEGLIGIBLE: Final = 40
_SCALES: Final = (3, 2, 1, Fraction(1, 2), 12, 40)
_MOST_SYMBOLS: Final = 12


class Comparison:
    """Compares trees; one for each answer, since it keeps the points it drew."""

    def __init__(self) -> None:
        self.numbers = Numbers()

    def same_number(self, one: Node, other: Node) -> bool:
        """Whether two trees without unknowns have the same value."""
        first, second = exact(one), exact(other)
        if first is not None and second is not None:
            if _digits(one, other) == _AGREE:
                return first == second
            return abs(first - second) * 10**_AGREE_ROUNDED <= max(abs(first), abs(second))
        digits = _digits(one, other)
        try:
            near = self.close(self.numbers.value(one, {}), self.numbers.value(other, {}), digits)
            return near and (digits < _AGREE or self._to_the_last(one, other))
        except Undefined:
            return one == other

    def _to_the_last(self, one: Node, other: Node) -> bool:
        """Whether two values agree far beyond what chance gives: e^(π√163) is no whole number."""
        context = self.numbers.context
        before = context.dps
        context.dps = _DIGITS_AT_LAST
        try:
            first, second = self.numbers.value(one, {}), self.numbers.value(other, {})
            size = max(abs(first), abs(second))
            return bool(abs(first - second) <= size * context.mpf(10) ** -_AGREE_AT_LAST) or (
                size <= context.mpf(10) ** -_AGREE_AT_LAST
            )
        finally:
            context.dps = before

    def same(self, one: Node, other: Node) -> bool:
        """Whether two trees are equal wherever both have a real value.

        Where there is no such place, the complex values decide.
        """
        if one == other:
            return True
        if is_number(one) and is_number(other):
            return self.same_number(one, other)
        names = symbols(one) | symbols(other)
        if len(names) > _MOST_SYMBOLS or _endless(one) or _endless(other):
            return False
        verdict = self._agree(one, other, names)
        return bool(verdict)

    def ratio(self, one: Node, other: Node) -> Any:  # noqa: ANN401 - a number of mpmath
        """The constant that ``one`` is of ``other``; None where there is none or it is zero."""
        names = symbols(one) | symbols(other)
        if len(names) > _MOST_SYMBOLS or _endless(one) or _endless(other):
            return None
        found: Any = None
        seen = 0
        values_seen: list[Any] = []
        for places in self._points(names):
            values = self._both(one, other, places)
            if values is None or not self.visible(values[1]):
                continue
            share = values[0] / values[1]
            if not self.visible(share):
                return None
            if found is not None and not self.close(found, share):
                return None
            found = share
            values_seen.append(values[1])
            seen += 1
            if seen >= ENOUGH or not names:
                break
        # 0x = 15 and 0x = 3 are both false, and not the same for that.
        constant = all(self.close(value, values_seen[0]) for value in values_seen)
        return found if seen >= _FEWEST and not constant else None

    def close(self, one: Any, other: Any, digits: int = _AGREE) -> bool:  # noqa: ANN401 - numbers of mpmath
        """Whether two values agree to that many digits, or both are as good as nothing."""
        size = max(abs(one), abs(other))
        if not self.visible(size):
            return True
        return bool(abs(one - other) <= size * self.numbers.context.mpf(10) ** -digits)

    def visible(self, value: Any) -> bool:  # noqa: ANN401 - a number of mpmath
        """Whether a value is more than the rounding of a sum that comes out as zero."""
        return abs(value) > self.numbers.context.mpf(10) ** -_NEGLIGIBLE

    def _agree(self, one: Node, other: Node, names: frozenset[str]) -> bool | None:
        """True, False, or None where they are never defined together."""
        real = seen = apart = 0
        digits = _digits(one, other)
        for places in self._points(names):
            values = self._both(one, other, places)
            if values is None:
                continue
            complex_values = [isinstance(value, self.numbers.context.mpc) for value in values]
            if all(complex_values) or not any(complex_values):
                if self.close(*values, digits):
                    seen += 1
                    real += not any(complex_values)
                elif not any(complex_values) or self._has_i(one, other):
                    return False
                else:  # outside of the real domain, where roots have several values
                    apart += 1
            elif self._has_i(one, other):
                return False
            if real >= ENOUGH:
                return True
        if real >= _FEWEST or (seen >= ENOUGH and not apart):
            return True
        return None if not seen and not apart else False

    def _has_i(self, one: Node, other: Node) -> bool:
        return any(node == Constant("i") for tree in (one, other) for node in walk(tree))

    def _both(self, one: Node, other: Node, places: dict[str, Any]) -> tuple[Any, Any] | None:
        try:
            return self.numbers.value(one, places), self.numbers.value(other, places)
        except Undefined:
            return None

    def _points(self, names: frozenset[str]) -> Iterator[dict[str, Any]]:
        """Points of both signs and of several sizes, the same ones for every comparison."""
        # Not for secrets: the points are the same each time, so that a grade can be repeated.
        draw = random.Random(20_260_301)  # noqa: S311 - not for secrets
        ordered = sorted(names)
        for turn in range(_TRIES):
            if self.numbers.spent:
                return
            scale = _SCALES[(turn // 3) % len(_SCALES)]
            places: dict[str, Any] = {}
            for name in ordered:
                size = Fraction(draw.randint(10**8, 10**9), 10**9) * scale
                negative = turn % 3 and draw.random() < 0.6  # noqa: PLR2004 - rather more than half
                places[name] = self.numbers.of(-size if negative else size)
            yield places
            if not names:
                return


def _endless(node: Node) -> bool:
    return any(each == Constant("inf") for each in walk(node))


def _digits(one: Node, other: Node) -> int:
    """To how many digits two trees have to agree: decimals with many were rounded."""
    return _AGREE_ROUNDED if _long_decimal(one) or _long_decimal(other) else _AGREE


def _long_decimal(node: Node) -> bool:
    return any(
        isinstance(each, Number)
        and (each.places or 0) >= _LONG
        and abs(each.value.numerator) >= 10**_AGREE_ROUNDED
        for each in walk(node)
    )
