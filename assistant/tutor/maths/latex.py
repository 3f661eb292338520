"""Mathematics that was read, as LaTeX: to show a learner how an answer was understood."""

from itertools import pairwise
from typing import Final

from assistant.tutor.maths.names import GREEK
from assistant.tutor.maths.nodes import (
    ZERO,
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
from assistant.tutor.maths.shapes import (
    Bracketed,
    Expression,
    Matrix,
    Relation,
    Saying,
    Several,
    Shape,
    Union,
)

_CONSTANTS: Final = {"pi": r"\pi", "inf": r"\infty", "e": "e", "i": "i"}
_SIGNS: Final = {"≤": r"\le", "≥": r"\ge", "≠": r"\ne", "≈": r"\approx", "<": "<", ">": ">"}
_BRACKETS: Final = {
    "(": "(", ")": ")", "[": "[", "]": "]", "{": r"\{", "}": r"\}", "⟨": r"\langle ",
    "⟩": r"\rangle ", "⦃": r"\{", "⦄": r"\}",
}  # fmt: skip
_FUNCTIONS: Final = {
    "asin": r"\arcsin", "acos": r"\arccos", "atan": r"\arctan", "sin": r"\sin", "cos": r"\cos",
    "tan": r"\tan", "cot": r"\cot", "sec": r"\sec", "csc": r"\csc", "sinh": r"\sinh",
    "cosh": r"\cosh", "tanh": r"\tanh", "ln": r"\ln", "exp": r"\exp", "gcd": r"\gcd",
}  # fmt: skip
_WIDE: Final = 1000
"""From this denominator on, a number without digits after a point is one with an exponent."""


def latex_of(shape: Shape) -> str:
    """An answer as LaTeX, without delimiters."""
    match shape:
        case Expression(node):
            return _node(node)
        case Relation(sides, signs):
            text = _node(sides[0])
            for sign, side in zip(signs, sides[1:], strict=True):
                text += f" {_SIGNS.get(sign, sign)} {_node(side)}"
            return text
        case Saying():
            return rf"\text{{{shape.value}}}"
        case Matrix(rows):
            lines = r" \\ ".join(" & ".join(_node(each) for each in row) for row in rows)
            return rf"\begin{{pmatrix}} {lines} \end{{pmatrix}}"
        case _:
            return _gathered(shape)


def _gathered(shape: Bracketed | Several | Union) -> str:
    """What is made of other answers."""
    if isinstance(shape, Union):
        return r" \cup ".join(latex_of(part) for part in shape.parts)
    items = [latex_of(item) for item in shape.items]
    listed = r",\; ".join(items)
    if isinstance(shape, Bracketed):
        return rf"\left{_BRACKETS[shape.opened]} {listed} \right{_BRACKETS[shape.closed]}"
    if shape.joined == "{":
        return rf"\left\{{ {listed} \right\}}"
    if shape.joined == ",":
        return listed
    return rf" \;\text{{{shape.joined}}}\; ".join(items)


def _node(node: Node) -> str:  # noqa: C901, PLR0911, PLR0912 - one case a node
    match node:
        case Number():
            return _number(node)
        case Mixed(whole, top, bottom):
            return rf"{whole}\frac{{{top}}}{{{bottom}}}"
        case Constant(name):
            return _CONSTANTS.get(name, name)
        case Symbol(name):
            return _symbol(name)
        case Negative(of):
            return f"-{_term(of)}"
        case Sum(terms):
            return _sum(terms)
        case Product(factors):
            return _product(factors)
        case Quotient(top, bottom):
            return rf"\frac{{{_node(top)}}}{{{_node(bottom)}}}"
        case Power(base, exponent):
            return rf"{_base(base)}^{{{_node(exponent)}}}"
        case PlusMinus(left, right):
            return rf"{'' if left == ZERO else _node(left)} \pm {_term(right)}".strip()
        case Call(name, arguments):
            return _call(name, arguments)


def _number(node: Number) -> str:
    value = node.value
    if value.denominator == 1 and not node.places:
        return str(value)
    if node.places is not None and 0 < node.places <= _WIDE:
        scaled = abs(value) * 10**node.places
        if scaled.denominator == 1:
            digits = str(scaled.numerator).rjust(node.places + 1, "0")
            sign = "-" if value < 0 else ""
            return f"{sign}{digits[: -node.places]}.{digits[-node.places :]}"
    if value.denominator == 1:
        return str(value)
    return rf"\frac{{{value.numerator}}}{{{value.denominator}}}"


def _symbol(name: str) -> str:
    base, _, index = name.partition("_")
    shown = f"\\{base}" if base in GREEK else base if len(base) == 1 else rf"\mathrm{{{base}}}"
    if "(" in base:
        shown = base
    return f"{shown}_{{{index}}}" if index else shown


def _sum(terms: tuple[Node, ...]) -> str:
    text = _node(terms[0])
    for term in terms[1:]:
        if isinstance(term, Negative):
            text += f" - {_term(term.of)}"
        else:
            text += f" + {_term(term) if isinstance(term, PlusMinus) else _node(term)}"
    return text


def _product(factors: tuple[Node, ...]) -> str:
    text = _factor(factors[0], first=True)
    for before, factor in pairwise(factors):
        shown = _factor(factor, first=False)
        close = not isinstance(factor, Number | Mixed) and not isinstance(before, Mixed)
        if isinstance(factor, Power) and isinstance(factor.base, Number | Mixed):
            close = False
        both = isinstance(factor, Quotient) and isinstance(before, Quotient | Number)
        text += f" {shown}" if close and not both else rf" \cdot {shown}"
    return text


def _factor(node: Node, *, first: bool) -> str:
    loose = isinstance(node, Sum | PlusMinus) or (isinstance(node, Negative) and not first)
    return _bracketed(node) if loose else _node(node)


def _term(node: Node) -> str:
    return _bracketed(node) if isinstance(node, Sum | PlusMinus | Negative) else _node(node)


def _base(node: Node) -> str:
    plain = isinstance(node, Number | Symbol | Constant) and not _node(node).startswith("-")
    upright = isinstance(node, Call) and node.name == "abs"
    return _node(node) if plain or upright else _bracketed(node)


def _bracketed(node: Node) -> str:
    return rf"\left({_node(node)}\right)"


def _call(name: str, arguments: tuple[Node, ...]) -> str:  # noqa: PLR0911 - one case a function
    parts = [_node(each) for each in arguments]
    first = parts[0] if parts else ""
    match name:
        case "sqrt":
            return rf"\sqrt[{parts[1]}]{{{first}}}" if len(parts) > 1 else rf"\sqrt{{{first}}}"
        case "cbrt":
            return rf"\sqrt[3]{{{first}}}"
        case "abs":
            return rf"\left|{first}\right|"
        case "percent":
            return rf"{_base(arguments[0])}\,\%"
        case "degrees":
            return rf"{_base(arguments[0])}^{{\circ}}"
        case "factorial":
            return f"{_base(arguments[0])}!"
        case "binomial":
            return rf"\binom{{{first}}}{{{parts[1]}}}"
        case "log" if len(parts) > 1:
            return rf"\log_{{{parts[1]}}}\left({first}\right)"
        case _:
            shown = _FUNCTIONS.get(name, rf"\mathrm{{{name}}}")
            return rf"{shown}\left({', '.join(parts)}\right)"
