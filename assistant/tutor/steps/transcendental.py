"""Equations with logarithms, unknown exponents, e and π: all their real solutions, to many digits.

Each is brought to polynomials: logarithms are put together into one, both sides of powers are
taken the logarithm of, and where the unknown stands in one power or one logarithm only, that is
the unknown first. What cannot be brought to this is left.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any, Final

from assistant.tutor.maths.nodes import (
    Call,
    Constant,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    children,
    symbols,
)
from assistant.tutor.maths.values import Undefined
from assistant.tutor.steps.polynomials import Named, Polynomial, Polynomials, Ratio
from assistant.tutor.steps.radicals import Unsolved

_LOGS: Final = frozenset({"ln", "log"})
_MOST_TIMES: Final = 12
_AGREE: Final = 40
_E: Final = Constant("e")
_TEN: Final = Number(Fraction(10))


@dataclass(frozen=True, slots=True)
class RealSolutions:
    """The real numbers that solve an equation, and those that solve what follows from it only."""

    right: tuple[Any, ...]
    astray: tuple[Any, ...]


def real_solutions(left: Node, right: Node, name: str) -> RealSolutions:
    """All real solutions of an equation.

    Args:
        left: One side.
        right: The other.
        name: The unknown, and the only one.

    Raises:
        Unsolved: It is none of those that are solved here.
    """
    if symbols(left) | symbols(right) != frozenset({name}):
        raise Unsolved
    solver = _Solver(name)
    found = solver.candidates(left, right)
    held = [solver.holds(left, right, value) for value in found]
    told = list(zip(found, held, strict=True))
    return RealSolutions(
        tuple(value for value, each in told if each),
        tuple(value for value, each in told if not each),
    )


class _Solver:
    def __init__(self, name: str) -> None:
        self._polynomials = Polynomials(name)
        self._context: Any = self._polynomials.context
        self._name = name

    def candidates(self, left: Node, right: Node) -> list[Any]:
        """Numbers among which all solutions are."""
        gap = Sum((left, Negative(right)))
        for solve in (self._polynomial, self._powers, self._logs, self._in_powers, self._in_log):
            try:
                return solve(gap, left, right)
            except Unsolved:
                continue
        raise Unsolved

    def holds(self, left: Node, right: Node, value: Any) -> bool:  # noqa: ANN401 - a number of mpmath
        """Whether both sides are real there and equal."""
        numbers = self._polynomials.numbers
        try:
            one, other = (numbers.value(side, {self._name: value}) for side in (left, right))
        except Undefined:
            return False
        if any(isinstance(each, self._context.mpc) for each in (one, other)):
            return False
        return bool(abs(one - other) <= self._context.mpf(10) ** -_AGREE * max(1, abs(one)))

    def _polynomial(self, gap: Node, *_: Node) -> list[Any]:
        top, _bottom = self._polynomials.ratio(gap)
        return self._polynomials.roots(top)

    def _powers(self, _: Node, left: Node, right: Node) -> list[Any]:
        """5^(x + 1) = 3 · 2^x by the logarithm of both sides."""
        one, other = self._log_of(left), self._log_of(right)
        return self._polynomials.roots(self._polynomials.difference(one, other))

    def _log_of(self, node: Node) -> Polynomial:
        if not symbols(node):
            value = self._polynomials.value(node)
            if value <= 0:
                raise Unsolved
            return (self._context.ln(value),)
        match node:
            case Product(factors):
                return self._added([self._log_of(factor) for factor in factors])
            case Quotient(top, bottom):
                return self._polynomials.difference(self._log_of(top), self._log_of(bottom))
            case Power(base, exponent):
                return self._polynomials.product(self._log_of(base), self._whole(exponent))
            case Call("exp", (exponent,)):
                return self._whole(exponent)
            case _:
                raise Unsolved

    def _whole(self, node: Node) -> Polynomial:
        """A tree that is a polynomial, divided by nothing but a number."""
        top, bottom = self._polynomials.ratio(node)
        under, *more = bottom
        if more:
            raise Unsolved
        return tuple(each / under for each in top)

    def _added(self, parts: Sequence[Polynomial]) -> Polynomial:
        found: Polynomial = ()
        for part in parts:
            found = self._polynomials.difference(found, tuple(-each for each in part))
        return found

    def _logs(self, gap: Node, *_: Node) -> list[Any]:
        """The equation ln x + ln(x - 3) = 2 as x(x - 3) = e²."""
        known = self._context.mpf(0)
        logs: list[tuple[Any, Node]] = []
        for times, term in self._terms(gap, self._context.mpf(1)):
            if not symbols(term):
                known += times * self._polynomials.value(term)
                continue
            of, base = _log(term)
            logs.append((times / self._context.ln(self._polynomials.value(base)), of))
        unit, powers = self._measured([times for times, _ in logs])
        top: Ratio = ((self._context.mpf(1),), (self._context.mpf(1),))
        for power, (_, of) in zip(powers, logs, strict=True):
            over, under = self._polynomials.raised(self._polynomials.ratio(of), power)
            top = self._polynomials.product(top[0], over), self._polynomials.product(top[1], under)
        other = tuple(each * self._context.exp(-known / unit) for each in top[1])
        return self._polynomials.roots(self._polynomials.difference(top[0], other))

    def _terms(self, node: Node, times: Any) -> list[tuple[Any, Node]]:  # noqa: ANN401 - a number of mpmath
        """The terms of a sum, each with the number that it is multiplied by."""
        match node:
            case Sum(terms):
                return [each for term in terms for each in self._terms(term, times)]
            case Negative(of):
                return self._terms(of, -times)
            case Product(factors):
                numbers = [factor for factor in factors if not symbols(factor)]
                rest = [factor for factor in factors if symbols(factor)]
                if len(rest) == 1:
                    for number in numbers:
                        times *= self._polynomials.value(number)
                    return self._terms(rest[0], times)
            case Quotient(top, bottom) if not symbols(bottom) and symbols(top):
                under = self._polynomials.value(bottom)
                return self._terms(top, times / under) if under else [(times, node)]
            case _:
                pass
        return [(times, node)]

    def _measured(self, values: Sequence[Any]) -> tuple[Any, list[int]]:
        """A number of which all of these are small multiples, and which."""
        if not values or not all(values):
            raise Unsolved
        shares = [self._fraction(value / values[0]) for value in values]
        parts = lcm(*(share.denominator for share in shares))
        times = [int(share * parts) for share in shares]
        if max(map(abs, times)) > _MOST_TIMES:
            raise Unsolved
        return values[0] / parts, times

    def _fraction(self, value: Any) -> Fraction:  # noqa: ANN401 - a number of mpmath
        """A number that is a fraction of small ones."""
        for bottom in range(1, _MOST_TIMES + 1):
            top = int(self._context.nint(value * bottom))
            if abs(value * bottom - top) <= self._context.mpf(10) ** -_AGREE:
                return Fraction(top, bottom)
        raise Unsolved

    def _in_powers(self, gap: Node, *_: Node) -> list[Any]:
        """e^(2x) - 3e^x + 2 = 0 as u² - 3u + 2 = 0, with u = e^x."""
        atoms = _atoms(gap, _is_power)
        exponents = {atom: self._log_of(atom) for atom in atoms}
        if not atoms or any(len(each) != 2 for each in exponents.values()):  # noqa: PLR2004 - a number and the unknown times another
            raise Unsolved
        rate, times = self._measured([each[1] for each in exponents.values()])
        put = {
            atom: self._power_of_u(self._context.exp(exponents[atom][0]), power)
            for atom, power in zip(atoms, times, strict=True)
        }
        top, _bottom = self._polynomials.ratio(gap, put.get)
        values = [value for value in self._polynomials.roots(top) if value > 0]
        return sorted(self._context.ln(value) / rate for value in values)

    def _power_of_u(self, factor: Any, power: int) -> Ratio:  # noqa: ANN401 - a number of mpmath
        one = (self._context.mpf(1),)
        high = (*[self._context.mpf(0)] * abs(power), factor if power > 0 else self._context.mpf(1))
        return (high, one) if power > 0 else ((factor,), high)

    def _in_log(self, gap: Node, *_: Node) -> list[Any]:
        """(ln x)² - 3 ln x + 2 = 0 as u² - 3u + 2 = 0, with u = ln x."""
        atoms = _atoms(gap, _is_log)
        told = [_log(atom) for atom in atoms]
        if len({of for of, _ in told}) != 1:
            raise Unsolved
        zero, one = self._context.mpf(0), self._context.mpf(1)
        put: dict[Node, Ratio] = {
            atom: ((zero, one / self._context.ln(self._polynomials.value(base))), (one,))
            for atom, (_, base) in zip(atoms, told, strict=True)
        }
        named: Named = put.get
        top, _bottom = self._polynomials.ratio(gap, named)
        over, under = self._polynomials.ratio(told[0][0])
        found: list[Any] = []
        for value in self._polynomials.roots(top):
            other = tuple(each * self._context.exp(value) for each in under)
            found += self._polynomials.roots(self._polynomials.difference(over, other))
        return sorted(found)


def _is_log(node: Node) -> bool:
    return isinstance(node, Call) and node.name in _LOGS


def _is_power(node: Node) -> bool:
    power = isinstance(node, Power) and symbols(node.exponent) and not symbols(node.base)
    return bool(power) or (isinstance(node, Call) and node.name == "exp")


def _log(node: Node) -> tuple[Node, Node]:
    """What a logarithm is of, and its base."""
    if not isinstance(node, Call) or node.name not in _LOGS:
        raise Unsolved
    if node.name == "ln":
        return node.arguments[0], _E
    return node.arguments[0], node.arguments[1] if len(node.arguments) > 1 else _TEN


def _atoms(node: Node, wanted: Callable[[Node], bool]) -> list[Node]:
    """The parts of a tree that are such, with the unknown in them and each once."""
    if not symbols(node):
        return []
    if wanted(node):
        return [node]
    return list(dict.fromkeys(atom for part in children(node) for atom in _atoms(part, wanted)))
