"""Mathematics as it was written: a tree that keeps the form, so that 2/4 is not yet 1/2."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Number:
    """A numeral, exact: 0.1 is one tenth."""

    value: Fraction
    places: int | None = None
    """Digits after the point for a decimal (1.50 has 2, 1.36E28 has -26); None for a whole one."""


@dataclass(frozen=True, slots=True)
class Mixed:
    """A mixed number: 1 1/2."""

    whole: int
    top: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Constant:
    """A number with a name: ``pi``, ``e``, ``i`` or ``inf``."""

    name: str


@dataclass(frozen=True, slots=True)
class Symbol:
    """An unknown; ``x``, ``x_1``, ``theta``, ``f(x)`` where a function is being defined."""

    name: str


@dataclass(frozen=True, slots=True)
class Sum:
    """Two terms or more; one that is taken away is a ``Negative``."""

    terms: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Product:
    """Two factors or more."""

    factors: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Quotient:
    """A fraction or a division."""

    top: "Node"
    bottom: "Node"


@dataclass(frozen=True, slots=True)
class Power:
    """A base and its exponent."""

    base: "Node"
    exponent: "Node"


@dataclass(frozen=True, slots=True)
class Negative:
    """What is taken away or has a minus before it."""

    of: "Node"


@dataclass(frozen=True, slots=True)
class Call:
    """A function of its arguments; the names are in ``names.FUNCTIONS``."""

    name: str
    arguments: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class PlusMinus:
    """Both signs at once: a ± b."""

    left: "Node"
    right: "Node"


Node: TypeAlias = (
    Number
    | Mixed
    | Constant
    | Symbol
    | Sum
    | Product
    | Quotient
    | Power
    | Negative
    | Call
    | PlusMinus
)

ZERO = Number(Fraction(0))
ONE = Number(Fraction(1))


def children(node: Node) -> tuple[Node, ...]:  # noqa: PLR0911 - one return a case
    """The parts of a node, from left to right."""
    match node:
        case Sum(terms):
            return terms
        case Product(factors):
            return factors
        case Quotient(first, second) | Power(first, second) | PlusMinus(first, second):
            return (first, second)
        case Negative(of):
            return (of,)
        case Call(_, arguments):
            return arguments
        case _:
            return ()


def with_children(node: Node, parts: tuple[Node, ...]) -> Node:  # noqa: PLR0911 - one return a case
    """The same node with other parts, as many as ``children`` gives."""
    match node:
        case Sum():
            return Sum(parts)
        case Product():
            return Product(parts)
        case Quotient():
            return Quotient(*parts)
        case Power():
            return Power(*parts)
        case PlusMinus():
            return PlusMinus(*parts)
        case Negative():
            return Negative(*parts)
        case Call(name):
            return Call(name, parts)
        case _:
            return node


def walk(node: Node) -> Iterator[Node]:
    """The node and everything in it."""
    todo = [node]
    while todo:
        current = todo.pop()
        yield current
        todo.extend(children(current))


def depth_of(node: Node) -> int:
    """How many nodes lie in each other."""
    level: list[Node] = [node]
    depth = 0
    while level:
        depth += 1
        level = [part for each in level for part in children(each)]
    return depth


def symbols(node: Node) -> frozenset[str]:
    """The names of the unknowns."""
    return frozenset(each.name for each in walk(node) if isinstance(each, Symbol))


def renamed(node: Node, names: dict[str, str]) -> Node:
    """The same with other names of unknowns."""
    if isinstance(node, Symbol):
        return Symbol(names.get(node.name, node.name))
    return with_children(node, tuple(renamed(part, names) for part in children(node)))


def put_in(node: Node, name: str, value: Node) -> Node:
    """The same with ``value`` in an unknown's place."""
    if isinstance(node, Symbol):
        return value if node.name == name else node
    return with_children(node, tuple(put_in(part, name, value) for part in children(node)))


def both_signs(node: Node) -> tuple[Node, ...]:
    """The readings of an expression with ±: the upper signs, the lower signs; itself without."""
    if not any(isinstance(each, PlusMinus) for each in walk(node)):
        return (node,)
    return (_signed(node, upper=True), _signed(node, upper=False))


def _signed(node: Node, *, upper: bool) -> Node:
    if isinstance(node, PlusMinus):
        right = _signed(node.right, upper=upper)
        left = _signed(node.left, upper=upper)
        term = right if upper else Negative(right)
        return term if left == ZERO else Sum((left, term))
    return with_children(node, tuple(_signed(part, upper=upper) for part in children(node)))
