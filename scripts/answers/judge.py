"""Another reader and another way to compare: latex2sympy and sympy's own evaluation."""

import importlib
import random
import re
from typing import Any, Final

_POINTS: Final = 4
_FUNCTION: Final = re.compile(r"(?<![A-Za-z\\])(sin|cos|tan|sec|csc|cot|ln|log)(?![a-z])")
_WORD: Final = re.compile(r"(?<![A-Za-z\\{])[A-Za-z]{2,}(?![A-Za-z])(?<!\\frac)")
_CLOSE: Final = 1e-12


def parsed(text: str) -> Any:  # noqa: ANN401 - sympy has no types
    """What latex2sympy reads, worked out, as sympy's; None where it reads nothing or not all.

    Texts with words or strokes in them are left out: it reads the words as products and leaves
    the strokes away.
    """
    sympy = importlib.import_module("sympy")
    reader = importlib.import_module("latex2sympy2_extended")
    plain = _FUNCTION.sub(r"\\\1", text.replace("$$", "").strip())
    if "'" in plain or "log{" in plain or _WORD.search(plain):
        return None
    try:
        found = reader.latex2sympy(plain)
        found = found.doit() if isinstance(found, sympy.Expr) else found
    except Exception:  # noqa: BLE001 - its parser raises whatever it meets
        return None
    if isinstance(found, sympy.Equality):
        sides = (found.lhs, found.rhs)
        return found if all(isinstance(side, sympy.Expr) for side in sides) else None
    return found if isinstance(found, sympy.Expr) else None


def equal(one: Any, other: Any) -> bool:  # noqa: ANN401 - sympy has no types
    """Whether two expressions of sympy have the same values at some points."""
    sympy = importlib.import_module("sympy")
    if isinstance(one, sympy.Equality) or isinstance(other, sympy.Equality):
        return _equal_equations(one, other)
    try:
        difference = one - other
    except (TypeError, AttributeError):
        return one == other
    return _vanishes(difference)


def _equal_equations(one: Any, other: Any) -> bool:  # noqa: ANN401 - as above
    """Equal equations; also x = 3 and 3."""
    sympy = importlib.import_module("sympy")
    if isinstance(one, sympy.Equality) and isinstance(other, sympy.Equality):
        first, second = one.lhs - one.rhs, other.lhs - other.rhs
        return _vanishes(first - second) or _vanishes(first + second)
    equation, expression = (one, other) if isinstance(one, sympy.Equality) else (other, one)
    try:
        return any(_vanishes(side - expression) for side in (equation.lhs, equation.rhs))
    except (TypeError, AttributeError):
        return False


def _vanishes(tree: Any) -> bool:  # noqa: ANN401 - as above
    sympy = importlib.import_module("sympy")
    draw = random.Random(7)  # noqa: S311 - points, not secrets
    unknowns = sorted(tree.free_symbols, key=str)
    for _ in range(_POINTS):
        places = {name: sympy.Rational(draw.randint(3, 400), 97) for name in unknowns}
        try:
            value = complex(tree.subs(places).evalf(30))
        except (TypeError, ValueError, ZeroDivisionError, OverflowError):
            return False
        if not abs(value) < _CLOSE:
            return False
    return True
