"""Recomputes a key from the question alone, with a computer algebra system or a music library.

The generators build backwards, from an answer to a question, in whole numbers; here the question is
solved forwards, by sympy, and what comes out is held against the key by the grader of answers.
"""

import importlib
from collections.abc import Callable
from string import ascii_letters
from typing import Any, Final

from assistant.domain.exercise import AnswerKind, Key, ProvedBy
from assistant.tutor.making.drafts import About, Claim, Draft
from assistant.tutor.making.proving_programs import Run, proved

_FORWARDS = {
    About.VALUE: "Worked out once more by a computer algebra system.",
    About.SOLUTIONS: "Built from its solutions, and solved by a computer algebra system.",
    About.POSITIVE: "Solved by a computer algebra system.",
    About.SYSTEM: "Built from its solution, and solved by a computer algebra system.",
    About.SECOND: "Built from its solution, and solved by a computer algebra system.",
    About.LINE: "Solved by a computer algebra system.",
    About.DOUBLE: "Found from the discriminant, by a computer algebra system.",
    About.DISCRIMINANT: "Worked out once more by a computer algebra system.",
    About.AXIS: "Found where the derivative is zero, by a computer algebra system.",
    About.VERTEX: "Found where the derivative is zero, by a computer algebra system.",
    About.EXTREME: "Found where the derivative is zero, by a computer algebra system.",
    About.OPENS: "Each choice was tested by a computer algebra system: one is true.",
    About.INEQUALITY: "Solved by a computer algebra system.",
    About.ONLY_TRUE: "Each choice was tested by a computer algebra system: one is true.",
    About.COMMON_FACTOR: "Computed by dividing on, by a computer algebra system.",
    About.COMMON_MULTIPLE: "Computed by dividing on, by a computer algebra system.",
    About.PRIME: "Each number was tested by a computer algebra system: one is prime.",
    About.TIMES_IN: "Divided until it divides no more, by a computer algebra system.",
    About.MUSIC: "Found once more by a music theory library.",
}
RUN: Final = frozenset({About.PROGRAM, About.GAP, About.CHANGE, About.ONLY_PRINTS, About.TESTS})
"""What only runs can prove."""


def prove(draft: Draft, run: Run | None = None) -> tuple[ProvedBy, str] | None:
    """What showed that the key is right, and how; None where it is not.

    Args:
        draft: The exercise.
        run: Runs programs. Without it no question about a program can be proved.
    """
    if draft.claim.about in RUN:
        how = proved(draft, run) if run is not None else None
        return (ProvedBy.TESTS, how) if how is not None else None
    result = forwards(draft.claim)
    if result is None:
        return None
    if draft.kind in {AnswerKind.CHOICE, AnswerKind.SHORT}:
        same = result == draft.answer
    elif draft.kind is AnswerKind.NOTES:
        from assistant.tutor.music import grade_notes

        same = grade_notes(draft.answer, Key(result)).correct is True
    else:
        from assistant.tutor.maths import grade

        kind = AnswerKind.NUMBER if draft.kind is AnswerKind.NUMBER else AnswerKind.MATH
        # The other way round, so that no form is asked of the machine's way to write.
        wanted = Key(result, unit=draft.unit, tolerance=draft.tolerance)
        same = grade(draft.answer, wanted, kind).correct is True
    by = ProvedBy.MUSIC if draft.claim.about is About.MUSIC else ProvedBy.ALGEBRA
    return (by, _FORWARDS[draft.claim.about]) if same else None


def forwards(claim: Claim) -> str | None:
    """The answer as it comes out of the question; None where none comes out."""
    return _WAYS[claim.about](claim)


def read(text: str) -> Any:  # noqa: ANN401 - sympy has no types
    """An expression in plain notation, exactly; decimals become fractions."""
    parser: Any = importlib.import_module("sympy.parsing.sympy_parser")
    ways = (
        *parser.standard_transformations,
        parser.convert_xor,
        parser.implicit_multiplication_application,
        parser.rationalize,
    )
    # Every letter is an unknown: the E and I of formulas are no constants.
    letters = {letter: _sympy().Symbol(letter) for letter in ascii_letters}
    return parser.parse_expr(text, local_dict=letters, transformations=ways)


def _sympy() -> Any:  # noqa: ANN401 - as above
    return importlib.import_module("sympy")


def _shown(value: Any) -> str:  # noqa: ANN401 - as above
    return str(value).replace("**", "^")


def _sides(equation: str) -> Any:  # noqa: ANN401 - as above
    left, right = equation.split("=")
    return read(left) - read(right)


def _value(claim: Claim) -> str:
    return _shown(read(claim.data[0]))


def _factor(claim: Claim) -> str:
    return str(_sympy().gcd(*(int(each) for each in claim.data)))


def _multiple(claim: Claim) -> str:
    return str(_sympy().lcm(*(int(each) for each in claim.data)))


def _times_in(claim: Claim) -> str:
    return str(_sympy().multiplicity(*(int(each) for each in claim.data)))


def _solutions(claim: Claim) -> str | None:
    sympy = _sympy()
    equation, unknown = claim.data[0], sympy.Symbol(claim.data[1])
    zero = _sides(equation)
    if zero.free_symbols != {unknown}:
        found = sympy.solve(zero, unknown)
        return f"{unknown} = {_shown(found[0])}" if len(found) == 1 else None
    found = sympy.solveset(zero, unknown, sympy.S.Reals)
    if not found.is_FiniteSet or not found:
        return None
    return " or ".join(f"{unknown} = {_shown(each)}" for each in found)


def _positive(claim: Claim) -> str | None:
    """The root with the plus sign; letters stand for positive numbers, as in physics."""
    sympy = _sympy()
    zero = _sides(claim.data[0])
    positive = {letter: sympy.Symbol(str(letter), positive=True) for letter in zero.free_symbols}
    found = sympy.solve(zero.subs(positive), positive[sympy.Symbol(claim.data[1])])
    return f"{claim.data[1]} = {_shown(found[0])}" if len(found) == 1 else None


def _system(claim: Claim) -> str | None:
    pair = _meeting(claim)
    return pair and f"({pair[0]}, {pair[1]})"


def _second(claim: Claim) -> str | None:
    pair = _meeting(claim)
    return pair and str(pair[1])


def _meeting(claim: Claim) -> Any:  # noqa: ANN401 - as above
    sympy = _sympy()
    x, y = sympy.symbols("x y")
    found = list(sympy.linsolve([_sides(each) for each in claim.data], x, y))
    if len(found) != 1 or any(value.free_symbols for value in found[0]):
        return None
    return found[0]


def _line(claim: Claim) -> str:
    """As the equation between slopes: that of any point with the known one is the slope."""
    sympy = _sympy()
    x, y = sympy.symbols("x y")
    slope, u, v = (read(each) for each in claim.data)
    return f"y = {_shown(sympy.solve((y - v) - slope * (x - u), y)[0])}"


def _double(claim: Claim) -> str | None:
    sympy = _sympy()
    x, k = sympy.symbols("x " + claim.data[1])
    found = sympy.solve(sympy.discriminant(read(claim.data[0]), x), k)
    kept = [value for value in found if value >= 0]
    return str(kept[0]) if len(kept) == 1 else None


def _discriminant(claim: Claim) -> str:
    return str(_sympy().discriminant(read(claim.data[0]), _sympy().Symbol("x")))


def _axis(claim: Claim) -> str:
    return str(_top(claim)[0])


def _vertex(claim: Claim) -> str:
    at, value = _top(claim)
    return f"({at}, {value})"


def _extreme(claim: Claim) -> str:
    return str(_top(claim)[1])


def _top(claim: Claim) -> tuple[Any, Any]:
    """Where the derivative is zero, and the value there."""
    sympy = _sympy()
    x, curve = sympy.Symbol("x"), read(claim.data[0])
    at = sympy.solve(sympy.diff(curve, x), x)[0]
    return at, curve.subs(x, at)


def _opens(claim: Claim) -> str | None:
    sympy = _sympy()
    sign, crossing, *rows = claim.data
    true: list[str] = []
    for row in rows:
        text, curve = row.rsplit("|", maxsplit=1)
        poly = sympy.Poly(read(curve), sympy.Symbol("x"))
        if (poly.LC() > 0) == (sign == ">") and str(poly.eval(0)) == crossing:
            true.append(text)
    return true[0] if len(true) == 1 else None


def _inequality(claim: Claim) -> str | None:
    sympy, text = _sympy(), claim.data[0]
    sign = next(each for each in ("<=", ">=", "<", ">") if each in text)
    left, right = (read(side) for side in text.split(sign))
    x = sympy.Symbol("x")
    found = sympy.Rel(left, right, sign).as_set()
    if not isinstance(found, sympy.Interval):
        return None
    if found.start is sympy.S.NegativeInfinity:
        return f"{x} {'<' if found.right_open else '<='} {found.end}"
    return f"{x} {'>' if found.left_open else '>='} {found.start}"


def _only(claim: Claim) -> str | None:
    """The one choice whose statement is true."""
    sympy = _sympy()
    if claim.about is About.PRIME:
        true = [text for text in claim.data if sympy.isprime(int(text))]
    else:
        rows = [row.rsplit("|", maxsplit=1) for row in claim.data]
        true = [text for text, statement in rows if _is_true(statement)]
    return true[0] if len(true) == 1 else None


def _is_true(statement: str) -> bool:
    sympy = _sympy()
    sign = next(each for each in (">", "<", "=") if each in statement)
    left, right = (read(side) for side in statement.split(sign))
    difference = sympy.simplify(left - right)
    if sign == "=":
        return difference == 0
    return bool(difference > 0) if sign == ">" else bool(difference < 0)


def _music(claim: Claim) -> str | None:
    from assistant.tutor.making.proving_music import answer_of

    return answer_of(claim.data)


_WAYS: Final[dict[About, Callable[[Claim], str | None]]] = {
    About.VALUE: _value,
    About.SOLUTIONS: _solutions,
    About.POSITIVE: _positive,
    About.SYSTEM: _system,
    About.SECOND: _second,
    About.LINE: _line,
    About.DOUBLE: _double,
    About.DISCRIMINANT: _discriminant,
    About.AXIS: _axis,
    About.VERTEX: _vertex,
    About.EXTREME: _extreme,
    About.OPENS: _opens,
    About.INEQUALITY: _inequality,
    About.ONLY_TRUE: _only,
    About.COMMON_FACTOR: _factor,
    About.COMMON_MULTIPLE: _multiple,
    About.PRIME: _only,
    About.TIMES_IN: _times_in,
    About.MUSIC: _music,
}
