"""Equal forms of a key, made without the reader that is measured.

Half of them are made of the text itself (other spaces, other commands for the same sign), half by
another reader of LaTeX (latex2sympy) and sympy's own printing, expanding and factoring.
"""

import importlib
import random
import re
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

_MINUS: Final = "\u2212"
_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_DECIMAL: Final = re.compile(r"^-?\d+\.\d+$")


def textual(key: str) -> dict[str, str]:
    """Other ways to write the same signs, by the name of the rewrite."""
    plain = key.replace("$$", "")
    exponent = re.search(r"\dE[+-]", plain) is not None
    found = {
        "dollars": f"${plain}$",
        "brackets of LaTeX": f"\\({plain}\\)",
        "no \\left and \\right": re.sub(r"\\(?:left|right)(?![a-z])", "", plain),
        "\\dfrac": plain.replace("\\frac", "\\dfrac"),
        "\\tfrac": plain.replace("\\frac", "\\tfrac"),
        "minus sign": plain.replace("-", _MINUS),
        "spaces": key if exponent else re.sub(r"([+=])", r" \1 ", plain),
        "thin spaces": key if exponent else plain.replace("+", "\\,+\\,").replace("=", "\\;=\\;"),
        "space before and after": f"  {plain} ",
        "\\cdot": plain.replace("\\times", "\\cdot "),
        "times sign": plain.replace("\\times", "×"),  # noqa: RUF001 - the sign itself is meant
        "pi sign": re.sub(r"\\pi(?![a-z])", "π", plain),
        "raised digits": re.sub(
            r"(?<=[a-z)])\^(\d)(?!\d)", lambda m: m[1].translate(_RAISED), plain
        ),
        "braces around exponents": re.sub(r"\^(\d)(?!\d)", r"^{\1}", plain),
        "slashes": _slashes(plain),
    }
    if not re.search(r"\\(?:begin|sqrt\[|circ|pm)", plain):
        found |= {"typed": _typed(plain), "stars": _typed(plain).replace("^", "**")}
    return {name: text for name, text in found.items() if text != key}


def _slashes(text: str) -> str:
    """Fractions with a slash, also those that lie in each other."""
    while "\\frac" in text:
        at = text.index("\\frac")
        top, rest = _argument(text[at + len("\\frac") :])
        bottom, rest = _argument(rest)
        text = f"{text[:at]}(({top})/({bottom})){rest}"
    return text


def _argument(text: str) -> tuple[str, str]:
    """The braced argument that a text begins with, and what follows it."""
    depth = 0
    for at, sign in enumerate(text):
        depth += (sign == "{") - (sign == "}")
        if not depth:
            return text[1:at], text[at + 1 :]
    return text, ""


def _typed(text: str) -> str:
    """As typed on a keyboard, without LaTeX."""
    text = re.sub(r"\\(?:left|right)(?![a-z])", "", _slashes(text))
    text = text.replace("\\times", "*").replace("\\cdot", "*")
    text = re.sub(r"\\operatorname\{([a-z]+)\}", r"\1", text)
    while "\\sqrt{" in text:
        at = text.index("\\sqrt{")
        inner, rest = _argument(text[at + len("\\sqrt") :])
        text = f"{text[:at]}sqrt({inner}){rest}"
    text = re.sub(r"\^\{([^{}]*)\}", r"^(\1)", text)
    return re.sub(r"\\([a-z]+)", r"\1", text)


def of_sympy(tree: Any, draw: random.Random) -> dict[str, str]:  # noqa: ANN401 - sympy has no types
    """Equal forms that sympy writes, by the name of the rewrite."""
    sympy = importlib.import_module("sympy")
    if isinstance(tree, sympy.Equality):
        return _of_equation(tree, draw)
    found: dict[str, Any] = {"as sympy reads it": tree}
    if tree.free_symbols:
        found["expanded"] = sympy.expand(tree)
        found["factored"] = sympy.factor(tree)
        found["over one denominator"] = sympy.together(tree)
    shown: dict[str, str] = {}
    for name, form in found.items():
        shown[f"{name}, LaTeX"] = sympy.latex(form, ln_notation=True)
        shown[f"{name}, typed"] = str(form)
        shown[f"{name}, terms shuffled"] = _shuffled(form, draw)
    return shown


def _of_equation(tree: Any, draw: random.Random) -> dict[str, str]:  # noqa: ANN401 - as above
    sympy = importlib.import_module("sympy")
    left, right, expanded = (
        sympy.latex(side, ln_notation=True) for side in (tree.lhs, tree.rhs, sympy.expand(tree.rhs))
    )
    return {
        "sides exchanged": f"{right}={left}",
        "right side expanded": f"{left}={expanded}",
        "right side shuffled": f"{tree.lhs}={_shuffled(tree.rhs, draw)}",
    }


def _shuffled(tree: Any, draw: random.Random) -> str:  # noqa: ANN401 - as above
    """The terms of a sum, or the factors of a product, in another order."""
    sympy = importlib.import_module("sympy")
    parts = list(tree.args)
    draw.shuffle(parts)
    if isinstance(tree, sympy.Add):
        return "+".join(f"({part})" for part in parts)
    if isinstance(tree, sympy.Mul):
        return "*".join(f"({part})" for part in parts)
    return str(tree)


def numbers(key: str) -> dict[str, str]:
    """Equal ways to write a plain decimal or a plain fraction."""
    plain = key.replace("$$", "").strip()
    fraction = re.fullmatch(r"(-?)\\frac\{(-?\d+)\}\{(\d+)\}", plain)
    if _DECIMAL.match(plain):
        value = Fraction(plain)
        return {
            "decimal as fraction": f"{value.numerator}/{value.denominator}",
            "decimal as \\frac": f"\\frac{{{value.numerator}}}{{{value.denominator}}}",
            "zero at the end": plain + "0",
            "times a power of ten": f"{_decimal(value / 10)}\\times10^{{1}}",
        }
    if re.fullmatch(r"-?\d+", plain):
        found = {"point zero": plain + ".0", "over one": f"{plain}/1", "plus zero": f"{plain}+0"}
        if len(plain.lstrip("-")) > 3:  # noqa: PLR2004 - thousands
            found["thousands parted"] = f"{int(plain):,}"
        return found
    if fraction and int(fraction[3]):
        value = Fraction(int(fraction[2]), int(fraction[3])) * (-1 if fraction[1] else 1)
        found = {"twice above and below": f"{value.numerator * 2}/{value.denominator * 2}"}
        if _short(value):
            found["fraction as decimal"] = f"{float(value):.15g}"
        if abs(value) > 1 and value.denominator > 1:
            whole, rest = divmod(abs(value.numerator), value.denominator)
            sign = "-" if value < 0 else ""
            found["mixed number"] = f"{sign}{whole} {rest}/{value.denominator}"
        return found
    return {}


def _decimal(value: Fraction) -> str:
    """A decimal in full, without an exponent."""
    return format(Decimal(value.numerator) / Decimal(value.denominator), "f")


def _short(value: Fraction) -> bool:
    """Whether a fraction is a decimal of at most twelve digits."""
    return (value * 10**12).denominator == 1 and abs(value) < 10**9
