"""What a tree is worth: exactly where it is a rational number, else to sixty digits.

Everything is bounded before it is computed: powers whose result would have more than some
thousand bits, and factorials of large numbers, are worth nothing here.
"""

import importlib
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from assistant.tutor.maths.nodes import (
    Call,
    Constant,
    Mixed,
    Negative,
    Node,
    Number,
    PlusMinus,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
)

DIGITS: Final = 60
MOST_BITS: Final = 20_000
"""Bits of an exact number."""
MOST_STEPS: Final = 30_000
"""Operations that one answer may cost, half a second or so; after them nothing has a value."""
_LARGEST_EXPONENT: Final = 1_000_000
"""Powers of two beyond which a number is not computed at all."""
_LARGEST_FACTORIAL: Final = 500
_ONE_ARGUMENT: Final = 1


class Undefined(Exception):  # noqa: N818 - a state of the computation, not an error of the product
    """There is no value: a division by zero, the logarithm of zero, a number too large."""


def exact(node: Node) -> Fraction | None:  # noqa: C901, PLR0911, PLR0912 - one case a node
    """The value of a tree that is a rational number; None where it is not one or too large.

    Roots count where they come out whole: √(9/4) is 3/2.
    """
    match node:
        case Number(value):
            return value
        case Mixed(whole, top, bottom):
            return whole + Fraction(top, bottom)
        case Negative(of):
            value = exact(of)
            return None if value is None else -value
        case Sum(terms):
            return _folded(terms, lambda one, other: one + other)
        case Product(factors):
            return _folded(factors, lambda one, other: one * other)
        case Quotient(top, bottom):
            above, below = exact(top), exact(bottom)
            return None if above is None or not below else _bounded(above / below)
        case Power(base, exponent):
            return _exact_power(exact(base), exact(exponent))
        case Call("percent", (of,)):
            value = exact(of)
            return None if value is None else value / 100
        case Call("sqrt", (of,)):
            return _exact_root(exact(of), 2)
        case Call("sqrt", (of, index)):
            degree = exact(index)
            whole = degree is not None and degree.denominator == 1 and degree > 0
            return _exact_root(exact(of), int(degree)) if whole and degree else None
        case Call("cbrt", (of,)):
            return _exact_root(exact(of), 3)
        case Call("abs", (of,)):
            value = exact(of)
            return None if value is None else abs(value)
        case Call("factorial", (of,)):
            return _factorial(exact(of))
        case _:
            return None


def _folded(
    parts: Sequence[Node], join: Callable[[Fraction, Fraction], Fraction]
) -> Fraction | None:
    total = exact(parts[0])
    for part in parts[1:]:
        value = exact(part)
        if total is None or value is None:
            return None
        total = _bounded(join(total, value))
    return total


def _bounded(value: Fraction) -> Fraction | None:
    bits = max(value.numerator.bit_length(), value.denominator.bit_length())
    return value if bits <= MOST_BITS else None


def _exact_power(base: Fraction | None, exponent: Fraction | None) -> Fraction | None:  # noqa: PLR0911 - one return a case
    if base is None or exponent is None:
        return None
    if exponent.denominator != 1:
        root = _exact_root(base, exponent.denominator)
        return _exact_power(root, Fraction(exponent.numerator))
    if not base and exponent <= 0:
        return None
    bits = max(base.numerator.bit_length(), base.denominator.bit_length())
    if bits * abs(exponent) > MOST_BITS and abs(base) != 1:
        return None
    if abs(exponent) > MOST_BITS:
        return base if exponent.numerator % 2 else base * base
    return base ** int(exponent)


def _exact_root(value: Fraction | None, degree: int) -> Fraction | None:
    if value is None or degree > MOST_BITS or (value < 0 and degree % 2 == 0):
        return None
    top = _whole_root(abs(value.numerator), degree)
    bottom = _whole_root(value.denominator, degree)
    if top is None or bottom is None:
        return None
    return Fraction(top if value >= 0 else -top, bottom)


def _whole_root(value: int, degree: int) -> int | None:
    """The whole number that gives ``value`` when raised; None where there is none."""
    low, high = 0, 1 << (value.bit_length() // degree + 1)
    while low < high:
        middle = (low + high) // 2
        if middle**degree < value:
            low = middle + 1
        else:
            high = middle
    return low if low**degree == value else None


def _factorial(value: Fraction | None) -> Fraction | None:
    if value is None or value.denominator != 1 or not 0 <= value <= _LARGEST_FACTORIAL:
        return None
    total = 1
    for factor in range(2, int(value) + 1):
        total *= factor
    return Fraction(total)


class Numbers:
    """Computes to ``DIGITS`` digits, with real values where they exist.

    Odd roots of negative numbers are real, as at school: the third root of -8 is -2.
    """

    def __init__(self) -> None:
        # A context of its own: mpmath's global one would be shared between threads.
        self.context: Any = importlib.import_module("mpmath").MPContext()
        self.context.dps = DIGITS
        self._left = MOST_STEPS

    @property
    def spent(self) -> bool:
        """Whether the answer has cost all that it may, and nothing more has a value."""
        return self._left < 0

    def of(self, value: Fraction) -> Any:  # noqa: ANN401 - a number of mpmath, which has no types
        """A rational number to ``DIGITS`` digits."""
        return self.context.mpf(value.numerator) / value.denominator

    def value(self, node: Node, places: Mapping[str, Any]) -> Any:  # noqa: ANN401 - as above
        """The value where the unknowns have those in ``places``.

        Raises:
            Undefined: There is none.
        """
        try:
            found = self._value(node, places)
        except (ZeroDivisionError, ValueError, OverflowError, TypeError) as error:
            raise Undefined from error
        if not self.context.isfinite(found):
            raise Undefined
        return self._real(found)

    def _real(self, value: Any) -> Any:  # noqa: ANN401 - as above
        """A complex number whose imaginary part is rounding only becomes a real one."""
        if hasattr(value, "imag") and abs(value.imag) <= abs(value) * self.context.mpf(10) ** -50:
            return value.real
        return value

    def _value(self, node: Node, places: Mapping[str, Any]) -> Any:  # noqa: ANN401, PLR0911 - as above; one return a case
        self._left -= 1
        if self._left < 0:
            raise Undefined
        match node:
            case Number(value):
                return self.of(value)
            case Mixed(whole, top, bottom):
                return self.of(whole + Fraction(top, bottom))
            case Constant(name):
                return self._constant(name)
            case Symbol(name):
                return places[name]
            case Call(name, arguments):
                return self._call(name, [self._value(each, places) for each in arguments])
            case _:
                return self._composed(node, places)

    def _composed(self, node: Node, places: Mapping[str, Any]) -> Any:  # noqa: ANN401 - as above
        match node:
            case Sum(terms):
                return sum((self._value(term, places) for term in terms), self.context.mpf(0))
            case Product(factors):
                total = self.context.mpf(1)
                for factor in factors:
                    total *= self._value(factor, places)
                return total
            case Quotient(top, bottom):
                below = self._real(self._value(bottom, places))
                if abs(below) < self.context.mpf(10) ** -40:
                    raise Undefined
                return self._value(top, places) / below
            case Negative(of):
                return -self._value(of, places)
            case Power(base, exponent):
                return self._power(self._value(base, places), exponent, places)
            case _:
                raise Undefined

    def _constant(self, name: str) -> Any:  # noqa: ANN401 - as above
        if name == "pi":
            return +self.context.pi
        if name == "e":
            return +self.context.e
        if name == "i":
            return self.context.mpc(0, 1)
        raise Undefined

    def _power(self, base: Any, exponent: Node, places: Mapping[str, Any]) -> Any:  # noqa: ANN401 - as above
        base = self._real(base)
        rational = exact(exponent)
        if rational is not None:
            return self._rational_power(base, rational)
        return self._guarded_power(base, self._real(self._value(exponent, places)))

    def _rational_power(self, base: Any, exponent: Fraction) -> Any:  # noqa: ANN401 - as above
        if exponent.denominator == 1:
            whole = exponent.numerator
            if whole <= 0 and abs(base) < self.context.mpf(10) ** -40:
                raise Undefined
            return self._guarded_power(base, whole)
        odd = exponent.denominator % 2 == 1
        if odd and not isinstance(base, self.context.mpc) and base < 0:
            size = self._guarded_power(-base, self.of(exponent))
            return -size if exponent.numerator % 2 else size
        return self._guarded_power(base, self.of(exponent))

    def _guarded_power(self, base: Any, exponent: Any) -> Any:  # noqa: ANN401 - as above
        size = abs(base)
        if not size:
            if self.context.re(exponent) > 0:
                return self.context.mpf(0)
            raise Undefined
        if abs(exponent) * (abs(self.context.mag(size)) + 1) > _LARGEST_EXPONENT:
            raise Undefined
        return self.context.power(base, exponent)

    def _call(self, name: str, arguments: list[Any]) -> Any:  # noqa: ANN401 - as above
        arguments = [self._real(each) for each in arguments]
        if len(arguments) == _ONE_ARGUMENT:
            return self._of_one(name, arguments[0])
        first, second, *rest = arguments
        if rest:
            raise Undefined
        if name == "sqrt":
            degree = self._whole(second)
            return self._rational_power(first, Fraction(1, degree)) if degree else self._no_value()
        if name == "log":
            return self._ln(first) / self._ln(second)
        if name == "binomial":
            return self._binomial(first, second)
        if name in {"gcd", "lcm"}:
            return self._of_wholes(name, self._whole(first), self._whole(second))
        raise Undefined

    def _binomial(self, one: Any, other: Any) -> Any:  # noqa: ANN401 - as above
        """By the gamma function, so that it holds between whole numbers as well."""
        context = self.context
        if isinstance(one, context.mpc) or isinstance(other, context.mpc):
            raise Undefined
        if not 0 <= other <= one <= _LARGEST_FACTORIAL:
            raise Undefined
        return context.gamma(one + 1) / context.gamma(other + 1) / context.gamma(one - other + 1)

    def _no_value(self) -> Any:  # noqa: ANN401 - as above
        raise Undefined

    def _whole(self, value: Any) -> int:  # noqa: ANN401 - as above
        nearest = int(self.context.nint(self.context.re(value)))
        if abs(value - nearest) > self.context.mpf(10) ** -40 or abs(nearest) > 10**15:
            raise Undefined
        return nearest

    def _of_wholes(self, name: str, one: int, other: int) -> Any:  # noqa: ANN401 - as above
        import math

        if name == "gcd":
            return self.context.mpf(math.gcd(one, other))
        return self.context.mpf(math.lcm(one, other))

    def _ln(self, value: Any) -> Any:  # noqa: ANN401 - as above
        if not value:
            raise Undefined
        return self.context.ln(value)

    def _of_one(self, name: str, value: Any) -> Any:  # noqa: ANN401 - as above
        context = self.context
        if name in {"exp", "sinh", "cosh", "tanh"} | _TURNING and abs(value) > _LARGEST_EXPONENT:
            raise Undefined
        if name in _DIRECT:
            return getattr(context, _DIRECT[name])(value)
        if name == "sqrt":
            return context.sqrt(value)
        if name == "cbrt":
            return self._rational_power(value, Fraction(1, 3))
        if name in {"ln", "log"}:
            return self._ln(value) / (1 if name == "ln" else context.ln(10))
        return self._of_real(name, value)

    def _of_real(self, name: str, value: Any) -> Any:  # noqa: ANN401 - as above
        context = self.context
        if name == "abs":
            return abs(value)
        if name == "percent":
            return value / 100
        if name == "degrees":
            return value * context.pi / 180
        if isinstance(value, context.mpc):
            raise Undefined
        if name == "factorial":
            if not 0 <= value <= _LARGEST_FACTORIAL:
                raise Undefined
            return context.gamma(value + 1)
        if name in {"floor", "ceil", "sign"}:
            return getattr(context, name)(value)
        raise Undefined


_TURNING: Final = {"sin", "cos", "tan", "cot", "sec", "csc"}
_DIRECT: Final = {
    "sin": "sin", "cos": "cos", "tan": "tan", "cot": "cot", "sec": "sec", "csc": "csc",
    "asin": "asin", "acos": "acos", "atan": "atan", "acot": "acot", "asec": "asec",
    "acsc": "acsc", "sinh": "sinh", "cosh": "cosh", "tanh": "tanh", "exp": "exp",
}  # fmt: skip


def is_number(node: Node) -> bool:
    """Whether a tree has no unknowns, no ± and no infinity."""
    if isinstance(node, Symbol | PlusMinus) or node == Constant("inf"):
        return False
    match node:
        case Sum(parts) | Product(parts) | Call(_, parts):
            return all(is_number(part) for part in parts)
        case Quotient(one, other) | Power(one, other):
            return is_number(one) and is_number(other)
        case Negative(of):
            return is_number(of)
        case _:
            return True
