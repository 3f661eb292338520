"""Trees of mathematics as a line of plain text, for sentences about them."""

from itertools import pairwise

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

MINUS = "\u2212"
_MOST_PLACES = 12


def written(node: Node) -> str:  # noqa: C901, PLR0911 - one case a node
    """The text of a tree: the square of x + 1 is "(x + 1)^2"."""
    match node:
        case Number(value):
            text = str(value) if not node.places or node.places < 0 else _decimal(node)
            return text.replace("-", MINUS)
        case Mixed(whole, top, bottom):
            return f"{whole} {top}/{bottom}"
        case Constant(name) | Symbol(name):
            return name
        case Negative(of):
            return MINUS + _tight(of)
        case Sum(terms):
            return _sum(terms)
        case Product(factors):
            return _product(factors)
        case Quotient(top, bottom):
            return f"{_close(top, Quotient)}/{_close(bottom, Quotient, Product, Mixed)}"
        case Power(base, exponent):
            inside = (Quotient, Product, Mixed, Power)
            return f"{_close(base, *inside)}^{_close(exponent, *inside)}"
        case PlusMinus(left, right):
            return f"{written(left)} ± {_tight(right)}"
        case Call(name, arguments):
            return f"{name}({', '.join(written(each) for each in arguments)})"


def _decimal(node: Number) -> str:
    return f"{float(node.value):.{min(node.places or 0, _MOST_PLACES)}f}"


def _sum(terms: tuple[Node, ...]) -> str:
    text = written(terms[0])
    for term in terms[1:]:
        if isinstance(term, Negative):
            text += f" {MINUS} {_tight(term.of)}"
        else:
            text += f" + {written(term)}"
    return text


def _product(factors: tuple[Node, ...]) -> str:
    if len(factors) == 1:
        return written(factors[0])
    text = _tight(factors[0])
    for before, factor in pairwise(factors):
        close = not isinstance(factor, Number | Mixed | Quotient | Negative)
        plain = isinstance(before, Number | Symbol | Sum)
        text += _tight(factor) if close and plain else f" · {_tight(factor)}"
    return text


def _tight(node: Node) -> str:
    """With brackets where it would fall apart."""
    text = written(node)
    return f"({text})" if isinstance(node, Sum | PlusMinus | Negative) else text


def _close(node: Node, *kinds: type[Node]) -> str:
    """With brackets where a power or a stroke beside it would take only a part of it."""
    single = isinstance(node, Product) and len(node.factors) == 1
    negative = isinstance(node, Number) and (node.value < 0 or "/" in written(node))
    inside = negative or (isinstance(node, kinds) and not single)
    return f"({written(node)})" if inside else _tight(node)


def unlike(one: Node, other: Node, worth: str, now: str) -> str:
    """That two numbers are not the same, in a sentence.

    Args:
        one: What is right.
        other: What was written for it.
        worth: What the first is worth, as text.
        now: What the other is worth.
    """
    first, second = written(one), written(other)
    if first != worth:
        return f"{first} is {worth}, not {second}."
    return f"{first} is not {second}." if second == now else f"{second} is {now}, not {first}."
