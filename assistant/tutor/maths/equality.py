"""Whether an answer is equal to a key as mathematics, whatever shape the two have."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from assistant.tutor.maths.formulas import is_formula, is_held_by, rearranged, solves
from assistant.tutor.maths.lists import has_inequalities, is_sequence
from assistant.tutor.maths.nodes import (
    Constant,
    Negative,
    Node,
    Sum,
    Symbol,
    both_signs,
    symbols,
    walk,
)
from assistant.tutor.maths.realsets import RealSets
from assistant.tutor.maths.rounding import digits_match, places_of, rounded_only
from assistant.tutor.maths.sampling import Comparison
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
from assistant.tutor.maths.values import is_number
from assistant.tutor.maths.vectors import components, is_in_units

_TURNED: Final = {"<": ">", ">": "<", "≤": "≥", "≥": "≤", "=": "=", "≠": "≠", "≈": "≈"}
_HALF: Final = 0.5
_TOO_FAR: Final = "It is close, but rounded too far."
_NOT_EXACT: Final = "It is close: give it exactly."
_NOT_YET: Final = "It is not solved to the end yet."
_PAIR: Final = 2
_COUNTED: Final = re.compile(r"_\d$")
_MOST_ITEMS: Final = 40


@dataclass(frozen=True, slots=True)
class Match:
    """How far an answer is what the key is.

    Args:
        share: 1 for all of it; what is right of a list where it is a part.
        remark: What the learner should hear besides.
        unfinished: Equal, but not brought to the end: 2x = 6 where x = 3 was asked for.
    """

    share: float
    remark: str = ""
    unfinished: bool = False

    @property
    def whole(self) -> bool:
        """Whether the answer is the key."""
        return self.share == 1 and not self.unfinished


NO: Final = Match(0)
YES: Final = Match(1)


class Equality:
    """Compares an answer with a key.

    Args:
        comparison: Compares trees.
        tolerance: Relative, for numbers; 0 for exact ones or to the key's digits.
    """

    def __init__(self, comparison: Comparison, tolerance: float = 0.0) -> None:
        self._comparison = comparison
        self._tolerance = tolerance
        self._sets = RealSets(comparison)

    def match(self, key: Shape, answer: Shape) -> Match:
        """How far the answer is the key."""
        if key == answer or (key, answer) == (Saying.NOTHING, Saying.UNDEFINED):
            return YES
        if isinstance(key, Expression) and isinstance(answer, Expression):
            return self._expressions(key.node, answer.node)
        found = self._alike(key, answer)
        if found.share:
            return found
        listed = self._value_lists(key, answer)
        if listed is not None and listed.share:
            return listed
        sets = self._as_sets(key, answer) or self._as_assignments(key, answer)
        return sets or self._typed_back(key, answer) or found

    def _typed_back(self, key: Shape, answer: Shape) -> Match | None:
        """An equation in the place of its solutions."""
        values = values_of(key)
        if values is None or not isinstance(answer, Relation):
            return None
        return Match(0, _NOT_YET) if is_held_by(self._comparison, answer, *values) else None

    def _alike(self, key: Shape, answer: Shape) -> Match:  # noqa: PLR0911 - one return a case
        match key, answer:
            case Relation(), Relation():
                return self._relations(key, answer)
            case Expression(), Relation():
                return self._named(answer, key.node, answer_named=True)
            case Relation(), Expression():
                return self._named(key, answer.node, answer_named=False)
            case Bracketed(), Bracketed():
                return self._bracketed(key, answer)
            case Matrix(), Matrix():
                return self._matrices(key, answer)
            case Several(), Several():
                return self._lists(key, answer)
            case (Matrix() | Bracketed(), Matrix() | Bracketed() | Expression()) | (
                Expression(),
                Matrix() | Bracketed(),
            ):
                return self._vectors(key, answer)
            case Bracketed(items, "(" | "⟨"), Several(others, ",") if items == others:
                return Match(_HALF, "Write it as a point, with brackets.")
            case _:
                return NO

    def _expressions(self, key: Node, answer: Node) -> Match:
        keys, answers = both_signs(key), both_signs(answer)
        if len(keys) > 1 or len(answers) > 1:
            return self._unordered(
                [Expression(each) for each in keys], [Expression(each) for each in answers]
            )
        if self._same(key, answer):
            return YES
        if is_number(key) and is_number(answer):
            return self._numbers(key, answer)
        return NO

    def _same(self, key: Node, answer: Node) -> bool:
        if self._comparison.same(key, answer):
            return True
        return _endless(key) and _sign_of_endless(key) == _sign_of_endless(answer) != 0

    def _numbers(self, key: Node, answer: Node) -> Match:
        """Numbers that are not exactly equal: within the tolerance, or to the key's digits."""
        numbers = self._comparison.numbers
        if digits_match(numbers, key, answer, self._tolerance):
            return YES
        if rounded_only(numbers, key, answer):
            decimal = places_of(key) is not None
            return Match(_HALF, _TOO_FAR if decimal else _NOT_EXACT, unfinished=True)
        return NO

    def _relations(self, key: Relation, answer: Relation) -> Match:
        if len(key.signs) != 1 or len(answer.signs) != 1:
            return self._chains(key, answer)
        key, answer = _turned_like(key), _turned_like(answer)
        if key.signs != answer.signs:
            return NO
        sides = zip(key.sides, answer.sides, strict=True)
        if all(self._expressions(one, other).whole for one, other in sides):
            return YES
        if key.signs[0] in "=≠≈":
            return self._equations(key, answer)
        ratio = self._comparison.ratio(_difference(key), _difference(answer))
        positive = ratio is not None and self._comparison.numbers.context.re(ratio) > 0
        return self._finished(key, answer) if positive else NO

    def _equations(self, key: Relation, answer: Relation) -> Match:
        """Equal up to a factor that is a number, and to which side stands where."""
        turned = Relation((answer.sides[1], answer.sides[0]), answer.signs)
        sides = zip(key.sides, turned.sides, strict=True)
        if all(self._expressions(one, other).whole for one, other in sides):
            return YES
        defined = _defined(key), _defined(answer)
        if defined[0] is not None and defined[1] is not None:
            found = self._definitions(defined[0], defined[1])
            if found.share:
                return found
        ratio = self._comparison.ratio(_difference(key), _difference(answer))
        if ratio is not None:
            return self._finished(key, answer)
        name = "" if defined[1] is None else rearranged(self._comparison, key, defined[1])
        if name:
            return Match(1, f"It is the same formula, solved for {name}.")
        unsolved = defined[0] is not None and solves(self._comparison, answer, defined[0])
        return _not_solved(defined[0][0]) if defined[0] is not None and unsolved else NO

    def _definitions(self, key: tuple[str, Node], answer: tuple[str, Node]) -> Match:
        """Whether y = … and f(x) = … say the same, as x = 3 and y = 3 do not."""
        functions = ["(" in name for name in (key[0], answer[0])]
        if key[0] != answer[0] and functions[0] == functions[1]:
            return NO
        if key[0].count("'") != answer[0].count("'"):
            return NO
        return self._expressions(key[1], answer[1])

    def _finished(self, key: Relation, answer: Relation) -> Match:
        """An equal relation; unfinished where the key is solved for a letter and it is not."""
        wanted = _defined(key)
        if wanted is None or _is_solved_for(answer, wanted[0]):
            return YES
        if len(symbols(_difference(key))) == 1:
            return Match(_HALF, _NOT_YET, unfinished=True)
        other = _defined(answer)
        if other is not None and is_formula(key):
            return Match(1, f"It is the same formula, solved for {other[0]}.")
        return _not_solved(wanted[0])

    def _chains(self, key: Relation, answer: Relation) -> Match:
        turned = Relation(
            tuple(reversed(answer.sides)), tuple(_TURNED.get(s, s) for s in reversed(answer.signs))
        )
        for each in (answer, turned):
            if each.signs == key.signs and all(
                self._expressions(one, other).whole
                for one, other in zip(key.sides, each.sides, strict=True)
            ):
                return YES
        return NO

    def _named(self, relation: Relation, node: Node, *, answer_named: bool) -> Match:
        """Compares x = 3 with 3, y = 2x and 2x, 2 + 3 = 5 and 5."""
        if any(sign not in "=≈" for sign in relation.signs):
            return NO
        if answer_named and not symbols(_difference(relation)):
            same = all(self._comparison.same(relation.sides[0], s) for s in relation.sides[1:])
            return self._expressions(node, relation.sides[-1]) if same else NO
        defined = _defined(relation) if len(relation.signs) == 1 else None
        if defined is None and answer_named and self._is_posed(relation, node):
            return Match(0, _NOT_YET)
        if defined is None or defined[0] in symbols(node):
            return NO
        parts = (node, defined[1]) if answer_named else (defined[1], node)
        return self._expressions(*parts)

    def _is_posed(self, relation: Relation, node: Node) -> bool:
        """Whether a number is the one solution of an equation, as 5 is of 2x + 1 = 11."""
        names = symbols(_difference(relation)) if relation.signs == ("=",) else frozenset[str]()
        alone = len(names) == 1 and is_number(node)
        return alone and solves(self._comparison, relation, (min(names), node))

    def _bracketed(self, key: Bracketed, answer: Bracketed) -> Match:
        if len(key.items) != len(answer.items):
            return NO
        hits = sum(
            self.match(one, other).whole for one, other in zip(key.items, answer.items, strict=True)
        )
        alike = (key.opened, key.closed) == (answer.opened, answer.closed)
        ends = {key.opened, answer.opened, key.closed, answer.closed}
        interval = len(key.items) == _PAIR
        vectors = ends <= set("()⟨⟩" if interval else "()⟨⟩[]")
        if hits == len(key.items):
            if alike or vectors:
                return YES
            return Match(_HALF, "Look again at which ends belong to it.")
        plain = alike and key.opened in "(⟨" and key.closed in ")⟩"
        return Match(_HALF * hits / len(key.items)) if plain and not _has_end(key) else NO

    def _matrices(self, key: Matrix, answer: Matrix) -> Match:
        size = (len(key.rows), len(key.rows[0]))
        if size != (len(answer.rows), len(answer.rows[0])):
            return Match(0, "The matrix has another size.")
        pairs = zip(sum(key.rows, ()), sum(answer.rows, ()), strict=True)
        hits = sum(self._expressions(one, other).whole for one, other in pairs)
        return Match(1) if hits == size[0] * size[1] else Match(_HALF * hits / (size[0] * size[1]))

    def _vectors(self, key: Shape, answer: Shape) -> Match:
        """A column or a row and the same vector on one line, or by its unit vectors."""
        if isinstance(key, Expression) and not is_in_units(key.node):
            return NO
        sizes = [len(found.items) for each in (key, answer) if (found := _as_vector(each))]
        one, other = (_as_vector(shape, max(sizes, default=0)) for shape in (key, answer))
        return self._bracketed(one, other) if one is not None and other is not None else NO

    def _lists(self, key: Several, answer: Several) -> Match:
        if {key.joined, answer.joined} == {"and", "or"} and has_inequalities(key, answer):
            return NO
        if any(isinstance(item, Expression) for item in answer.items) and _assignments(key):
            return self._unnamed(key, answer)
        found = self._unordered(key.items, answer.items)
        if not found.whole or {key.joined, answer.joined} != {","} or not is_sequence(key.items):
            return found
        pairs = zip(key.items, answer.items, strict=False)
        if all(self.match(one, other).whole for one, other in pairs):
            return found
        return Match(_HALF, "They stand in another order.")

    def _unnamed(self, key: Several, answer: Several) -> Match:
        """Values without the unknowns that they are of: 2, -1 for x = 2, y = -1."""
        pairs = zip(key.items, answer.items, strict=False)
        whole = len(key.items) == len(answer.items)
        same = whole and all(self.match(one, other).whole for one, other in pairs)
        return Match(_HALF, "Say which unknown has which value.", unfinished=True) if same else NO

    def _unordered(self, key: Sequence[Shape], answer: Sequence[Shape]) -> Match:
        """The part of a list that is right, whatever its order; too much counts against it."""
        if max(len(key), len(answer)) > _MOST_ITEMS:
            return YES if tuple(key) == tuple(answer) else NO
        keys, answers = self._distinct(key), self._distinct(answer)
        rest = list(answers)
        hits = 0
        for wanted in keys:
            found = next((each for each in rest if self.match(wanted, each).whole), None)
            if found is not None:
                rest.remove(found)
                hits += 1
        if hits == len(keys) and not rest:
            return YES
        share = hits / max(len(keys), len(answers))
        remark = "Some are missing." if hits < len(keys) and not rest else ""
        remark = "There are more than there should be." if hits == len(keys) else remark
        return Match(share, remark) if hits else NO

    def _distinct(self, items: Sequence[Shape]) -> list[Shape]:
        found: list[Shape] = []
        for item in items:
            if not any(self._twin(item, each) for each in found):
                found.append(item)
        return found

    def _twin(self, one: Shape, other: Shape) -> bool:
        if isinstance(one, Expression) and isinstance(other, Expression):
            return self._same(one.node, other.node)
        return one == other

    def _value_lists(self, key: Shape, answer: Shape) -> Match | None:
        """{2, 3}, “x = 2 or x = 3”, “2, 3” and x = 2.5 ± 0.5 say the same."""
        keys, answers = values_of(key), values_of(answer)
        if keys is None or answers is None:
            return None
        if keys[0] and answers[0] and keys[0] != answers[0]:
            return None
        return self._unordered(
            [Expression(each) for each in keys[1]], [Expression(each) for each in answers[1]]
        )

    def _as_sets(self, key: Shape, answer: Shape) -> Match | None:  # noqa: PLR0911 - one return a case
        if isinstance(key, Expression | Matrix) or isinstance(answer, Expression | Matrix):
            return None
        names = _unknowns(key), _unknowns(answer)
        if names[0] and names[1] and names[0] != names[1]:
            return None
        spans = self._sets.of(key), self._sets.of(answer)
        if spans[0] is None or spans[1] is None:
            return None
        if self._sets.same(spans[0], spans[1]):
            return YES
        if spans[0] and self._sets.same_but_ends(spans[0], spans[1]):
            return Match(_HALF, "Look again at which ends belong to it.")
        return None

    def _as_assignments(self, key: Shape, answer: Shape) -> Match | None:
        """(1, 2) and “x = 1, y = 2”, in the order of the alphabet."""
        keys, answers = _assignments(key), _assignments(answer)
        if keys is not None and isinstance(answer, Bracketed):
            return self._point(tuple(Expression(keys[name]) for name in sorted(keys)), answer)
        if answers is not None and isinstance(key, Bracketed):
            items = tuple(Expression(answers[name]) for name in sorted(answers))
            return self._bracketed(key, Bracketed(items, "(", ")"))
        return None

    def _point(self, key: tuple[Shape, ...], answer: Bracketed) -> Match:
        return self._bracketed(Bracketed(key, "(", ")"), answer)


def _not_solved(name: str) -> Match:
    return Match(_HALF, f"It is not solved for {name} yet.", unfinished=True)


def _is_solved_for(relation: Relation, name: str) -> bool:
    """Whether the letter stands alone on one side and nowhere on the other."""
    one, other = relation.sides
    alone = Symbol(name)
    return (one == alone and name not in symbols(other)) or (
        other == alone and name not in symbols(one)
    )


def _difference(relation: Relation) -> Node:
    return Sum((relation.sides[0], Negative(relation.sides[1])))


def _turned_like(relation: Relation) -> Relation:
    """With < or ≤ in place of > or ≥."""
    if relation.signs[0] in ">≥":
        return Relation((relation.sides[1], relation.sides[0]), (_TURNED[relation.signs[0]],))
    return relation


def _defined(relation: Relation) -> tuple[str, Node] | None:
    """The name that an equation is solved for, and what it is equal to."""
    for one, other in (relation.sides, relation.sides[::-1]):
        if isinstance(one, Symbol) and one.name not in symbols(other):
            return one.name, other
    return None


def values_of(shape: Shape) -> tuple[str, list[Node]] | None:
    """The unknown (“” for none) and the values that a list gives for it."""
    match shape:
        case Expression(node):
            return "", list(both_signs(node))
        case Relation(_, ("=",)):
            defined = _defined(shape)
            return (defined[0], list(both_signs(defined[1]))) if defined is not None else None
        case Several(items, joined) if joined != "and" or not _assignments(shape):
            return _listed(items)
        case _:
            return None


def _listed(items: tuple[Shape, ...]) -> tuple[str, list[Node]] | None:
    found: list[Node] = []
    names: set[str] = set()
    for item in items:
        values = values_of(item) if isinstance(item, Expression | Relation) else None
        if values is None:
            return None
        names |= {values[0]} - {""}
        found += values[1]
    if len(names) == len(items) > 1:
        names = {_COUNTED.sub("", name) for name in names}  # x_1 = 3, x_2 = -3
    return (next(iter(names), ""), found) if len(names) <= 1 else None


def _assignments(shape: Shape) -> dict[str, Node] | None:
    """The values of several unknowns: x = 1, y = 2."""
    if not isinstance(shape, Several):
        return None
    found: dict[str, Node] = {}
    for item in shape.items:
        defined = _defined(item) if isinstance(item, Relation) and item.signs == ("=",) else None
        if defined is None or defined[0] in found:
            return None
        found[defined[0]] = defined[1]
    return found if len(found) >= _PAIR else None


def _unknowns(shape: Shape) -> frozenset[str]:
    match shape:
        case Relation(sides):
            return frozenset[str]().union(*(symbols(side) for side in sides))
        case Several(items) | Bracketed(items) | Union(items):
            return frozenset[str]().union(*(_unknowns(item) for item in items))
        case _:
            return frozenset()


def _endless(node: Node) -> bool:
    return any(each == Constant("inf") for each in walk(node))


def _sign_of_endless(node: Node) -> int:
    if node == Constant("inf"):
        return 1
    if isinstance(node, Negative) and node.of == Constant("inf"):
        return -1
    return 0


def _as_vector(shape: Shape, size: int = 0) -> Bracketed | None:
    """A shape as a vector; one in unit vectors with as many components as are wanted."""
    if isinstance(shape, Matrix):
        if 1 not in (len(shape.rows), len(shape.rows[0])):
            return None
        return Bracketed(tuple(Expression(each) for row in shape.rows for each in row), "(", ")")
    if isinstance(shape, Expression):
        parts = components(shape.node, size)
        return None if parts is None else Bracketed(tuple(map(Expression, parts)), "(", ")")
    if not isinstance(shape, Bracketed):
        return None
    return shape if shape.opened in "(⟨" or len(shape.items) > _PAIR else None


def _has_end(shape: Bracketed) -> bool:
    return any(isinstance(item, Expression) and _endless(item.node) for item in shape.items)
