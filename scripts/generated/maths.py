"""Whether an answer to a question of mathematics holds, by putting numbers in."""

import random
from collections.abc import Callable, Sequence
from math import gcd
from typing import Final

from generated.arithmetic import Number, UnreadableError, close, mpf, names, value

Data = Sequence[str]
_TRIES: Final = 4
_PAIR: Final = 2


def holds(about: str, data: Data, answer: str) -> bool:
    """Whether ``answer`` is right, and all of what is right.

    Args:
        about: The kind of question, as ``About`` names it.
        data: The question in plain notation.
        answer: As text: a value, ``x = 2 or x = -5``, ``(1, 2)``, ``y = 2x + 1``, ``x <= 3``.

    Raises:
        UnreadableError: It is written in a way that is not known here.
    """
    return _WAYS[about](data, answer)


def _chance(letters: Sequence[str], seed: int) -> dict[str, Number]:
    draw = random.Random(f"{seed}{''.join(letters)}")  # noqa: S311 - only variety is wanted
    return {letter: mpf(draw.randint(21, 900)) / 101 for letter in letters}


def _plain(answer: str) -> str:
    """The right side of ``x = …``, or the answer itself."""
    return answer.rsplit("=", maxsplit=1)[-1]


def _value(data: Data, answer: str) -> bool:
    text, answer = data[0], _plain(answer)
    letters = sorted({*names(text), *names(answer)})
    for seed in range(_TRIES):
        there = _chance(letters, seed)
        if not close(value(text, there), value(answer, there)):
            return False
    return True


def _sides(equation: str, letters: dict[str, Number]) -> Number:
    left, right = equation.split("=")
    return value(left, letters) - value(right, letters)


def _solutions(data: Data, answer: str) -> bool:
    equation, unknown = data
    others = [letter for letter in names(equation.replace("=", "+")) if letter != unknown]
    for seed in range(_TRIES):
        there = _chance(others, seed)
        if any(unknown in names(_plain(each)) for each in answer.split(" or ")):
            return False
        given = [value(_plain(each), there) for each in answer.split(" or ")]
        if not all(close(_sides(equation, {**there, unknown: each}), mpf(0)) for each in given):
            return False
        if len(given) != _how_many(equation, unknown, there) or len(set(given)) != len(given):
            return False
    return True


def _how_many(equation: str, unknown: str, there: dict[str, Number]) -> int:
    """Of how many solutions a linear or quadratic equation has, or one that grows throughout."""

    def at(point: int) -> Number:
        found = _sides(equation, {**there, unknown: mpf(point)})
        return found * point if f"/{unknown}" in equation else found

    if f"^{unknown}" in equation:
        return 1
    a, b, c = _curve(at)
    if f"/{unknown}" in equation or close(a, mpf(0)):
        return 1
    return 0 if b * b - 4 * a * c < 0 else 1 if close(b * b, 4 * a * c) else _PAIR


def _curve(at: Callable[[int], Number]) -> tuple[Number, Number, Number]:
    """The three numbers of a quadratic, from three of its values; a fourth has to fit."""
    one, two, three = at(1), at(2), at(3)
    a = (three - 2 * two + one) / 2
    b = two - one - 3 * a
    c = one - a - b
    if not close(at(5), 25 * a + 5 * b + c):
        raise UnreadableError("it is no quadratic")
    return a, b, c


def _positive(data: Data, answer: str) -> bool:
    formula, letter = data
    others = [each for each in names(formula.replace("=", "+")) if each != letter]
    for seed in range(_TRIES):
        there = _chance(others, seed)
        biggest = max(others)
        there[biggest] = there[biggest] + 100 if formula.startswith(biggest) else there[biggest]
        there = {**there, formula[0]: there[formula[0]] + 100}
        root = value(_plain(answer), there)
        if not close(_sides(formula, {**there, letter: root}), mpf(0)) or root < 0:
            return False
    return True


def _pair(answer: str) -> tuple[Number, Number]:
    inner = answer.strip().removeprefix("(").removesuffix(")").split(", ")
    if len(inner) != _PAIR:
        raise UnreadableError(answer)
    return value(inner[0]), value(inner[1])


def _cramer(data: Data) -> tuple[Number, Number]:
    rows: list[tuple[Number, Number, Number]] = []
    for equation in data:
        zero = _sides(equation, {"x": mpf(0), "y": mpf(0)})
        a = _sides(equation, {"x": mpf(1), "y": mpf(0)}) - zero
        b = _sides(equation, {"x": mpf(0), "y": mpf(1)}) - zero
        rows.append((a, b, -zero))
    (a, b, p), (c, d, q) = rows
    base = a * d - b * c
    return (p * d - b * q) / base, (a * q - p * c) / base


def _system(data: Data, answer: str) -> bool:
    return all(close(one, other) for one, other in zip(_cramer(data), _pair(answer), strict=True))


def _second(data: Data, answer: str) -> bool:
    return close(_cramer(data)[1], value(answer))


def _line(data: Data, answer: str) -> bool:
    slope, x, y = (value(each) for each in data)
    text = _plain(answer)
    there, beside = (value(text, {"x": at}) for at in (x, x + 1))
    return close(there, y) and close(beside - there, slope)


def _of(text: str, **letters: Number) -> tuple[Number, Number, Number]:
    return _curve(lambda point: value(text, {**letters, "x": mpf(point)}))


def _double(data: Data, answer: str) -> bool:
    a, b, c = _of(data[0], **{data[1]: value(answer)})
    return close(b * b, 4 * a * c) and value(answer) > 0


def _discriminant(data: Data, answer: str) -> bool:
    a, b, c = _of(data[0])
    return close(b * b - 4 * a * c, value(answer))


def _top(data: Data) -> tuple[Number, Number]:
    a, b, c = _of(data[0])
    return -b / (2 * a), c - b * b / (4 * a)


def _axis(data: Data, answer: str) -> bool:
    return close(_top(data)[0], value(answer))


def _extreme(data: Data, answer: str) -> bool:
    return close(_top(data)[1], value(answer))


def _vertex(data: Data, answer: str) -> bool:
    return all(close(one, other) for one, other in zip(_top(data), _pair(answer), strict=True))


def _opens(data: Data, answer: str) -> bool:
    sign, crossing, *rows = data
    text = dict(row.rsplit("|", maxsplit=1) for row in rows)[answer]
    a, _, c = _of(text)
    return bool(a > 0) == (sign == ">") and close(c, value(crossing))


def _true(statement: str, letters: dict[str, Number]) -> bool:
    sign = next(each for each in ("<=", ">=", "<", ">", "=") if each in statement)
    left, right = (value(side, letters) for side in statement.split(sign))
    same = close(left, right)
    if sign in {"<=", ">=", "="} and same:
        return True
    return not same and bool(left < right if "<" in sign else left > right) and sign != "="


def _inequality(data: Data, answer: str) -> bool:
    """At its own end, at both sides of it near by, and far away, both have to say the same."""
    end = value(answer.replace("<=", "<").replace(">=", ">").replace(">", "<").split("<")[1])
    points = [end, *(end + sign * size for sign in (1, -1) for size in (mpf("0.01"), 1, 50, 9999))]
    return all(_true(data[0], {"x": at}) == _true(answer, {"x": at}) for at in points)


def _only_true(data: Data, answer: str) -> bool:
    statements = dict(row.rsplit("|", maxsplit=1) for row in data)
    if answer not in statements:
        return False
    text = statements[answer]
    letters = sorted({*names(_expression(text))})
    return all(_true(text, _chance(letters, seed)) for seed in range(_TRIES))


def _expression(statement: str) -> str:
    for sign in ("<=", ">=", "<", ">", "="):
        statement = statement.replace(sign, "+")
    return statement


def _factor(data: Data, answer: str) -> bool:
    return gcd(*map(int, data)) == int(answer)


def _multiple(data: Data, answer: str) -> bool:
    one, other = map(int, data)
    return one * other // gcd(one, other) == int(answer)


def _prime(_: Data, answer: str) -> bool:
    number = int(answer)
    return number > 1 and all(number % each for each in range(2, number))


def _times_in(data: Data, answer: str) -> bool:
    prime, number = map(int, data)
    count = 0
    while number % prime == 0:
        number, count = number // prime, count + 1
    return count == int(answer)


_WAYS: Final[dict[str, Callable[[Data, str], bool]]] = {
    "value": _value, "solutions": _solutions, "positive": _positive, "system": _system,
    "second": _second, "line": _line, "double": _double, "discriminant": _discriminant,
    "axis": _axis, "vertex": _vertex, "extreme": _extreme, "opens": _opens,
    "inequality": _inequality, "only true": _only_true, "common factor": _factor,
    "common multiple": _multiple, "prime": _prime, "times in": _times_in,
}  # fmt: skip
