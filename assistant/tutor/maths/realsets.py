"""Sets on the real line: intervals, their unions, and what inequalities in one unknown say."""

from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from assistant.tutor.maths.nodes import Constant, Negative, Node, Symbol
from assistant.tutor.maths.sampling import Comparison
from assistant.tutor.maths.shapes import (
    Bracketed,
    Expression,
    Relation,
    Saying,
    Several,
    Shape,
    Union,
)
from assistant.tutor.maths.values import Undefined, is_number

_PAIR: Final = 2
_TURNED: Final = {"<": ">", ">": "<", "≤": "≥", "≥": "≤", "=": "=", "≠": "≠"}


@dataclass(frozen=True, slots=True)
class Span:
    """An interval; a point where both ends are one."""

    low: Any
    high: Any
    low_closed: bool = False
    high_closed: bool = False


def _point(value: Any) -> Span:  # noqa: ANN401 - a number of mpmath
    return Span(value, value, low_closed=True, high_closed=True)


Spans = tuple[Span, ...]


class RealSets:
    """Makes sets of shapes and compares them.

    Args:
        comparison: Computes the ends.
    """

    def __init__(self, comparison: Comparison) -> None:
        self._comparison = comparison
        self._numbers = comparison.numbers
        infinity = self._numbers.context.inf
        self._line = (Span(-infinity, infinity),)

    def of(self, shape: Shape) -> Spans | None:
        """The set that a shape says, its intervals apart and in order; None where it is none."""
        spans = self._of(shape)
        return None if spans is None else self._merged(spans)

    def same(self, one: Spans, other: Spans) -> bool:
        """Whether two sets have the same intervals."""
        return len(one) == len(other) and all(
            self._same_span(first, second) for first, second in zip(one, other, strict=True)
        )

    def same_but_ends(self, one: Spans, other: Spans) -> bool:
        """Whether two sets differ in nothing but which ends belong to them."""
        return len(one) == len(other) and all(
            self._at(first.low, second.low) and self._at(first.high, second.high)
            for first, second in zip(one, other, strict=True)
        )

    def _of(self, shape: Shape) -> Spans | None:  # noqa: PLR0911 - one return a case
        match shape:
            case Saying.EVERYTHING:
                return self._line
            case Saying.NOTHING:
                return ()
            case Bracketed(items, opened, closed):
                return self._interval(items, opened, closed)
            case Union(parts):
                return self._joined(parts)
            case Several(items, joined):
                return self._several(items, joined)
            case Relation():
                return self._relation(shape)
            case Expression(node):
                value = self._end(node)
                finite = value is not None and self._numbers.context.isfinite(value)
                return (_point(value),) if finite else None
            case _:
                return None

    def _several(self, items: tuple[Shape, ...], joined: str) -> Spans | None:
        """Numbers in a list, alternatives, or conditions that hold together."""
        conditions = all(isinstance(item, Relation) and "=" not in item.signs for item in items)
        if joined == "∩" or (joined == "and" and conditions):
            return self._common(items)
        if joined == "," and (conditions or all(isinstance(item, Bracketed) for item in items)):
            return self._listed(items, conditions=conditions)
        numbers = all(isinstance(item, Expression) for item in items)
        return self._joined(items) if numbers or joined == "or" else None

    def _listed(self, items: tuple[Shape, ...], *, conditions: bool) -> Spans | None:
        """Conditions or intervals with commas between, where only one meaning makes sense.

        What has nothing in common are alternatives, as in x < 2, x > 3; conditions each of which
        takes something away from the others hold together, as in x > 2, x < 3. Of x > 2, x > 3
        nobody knows which is meant.
        """
        found = [spans for item in items if (spans := self.of(item))]
        if len(found) < len(items):
            return None
        pairs = [(one, other, self._merged(self._overlaps(one, other)))
                 for one, other in combinations(found, 2)]  # fmt: skip
        if not any(common for _, _, common in pairs):
            return tuple(span for spans in found for span in spans)
        apart = all(
            common and not self.same(common, one) and not self.same(common, other)
            for one, other, common in pairs
        )
        return self._common(items) if conditions and apart else None

    def _joined(self, parts: tuple[Shape, ...]) -> Spans | None:
        found: list[Span] = []
        for part in parts:
            spans = self._of(part)
            if spans is None:
                return None
            found += spans
        return tuple(found)

    def _common(self, parts: tuple[Shape, ...]) -> Spans | None:
        common: Spans = self._line
        for part in parts:
            spans = self._of(part)
            if spans is None:
                return None
            common = tuple(
                span
                for one in common
                for other in spans
                if (span := self._overlap(one, other)) is not None
            )
        return common

    def _overlap(self, one: Span, other: Span) -> Span | None:
        low, low_closed = one.low, one.low_closed
        if self._at(one.low, other.low):
            low_closed = one.low_closed and other.low_closed
        elif other.low > one.low:
            low, low_closed = other.low, other.low_closed
        high, high_closed = one.high, one.high_closed
        if self._at(one.high, other.high):
            high_closed = one.high_closed and other.high_closed
        elif other.high < one.high:
            high, high_closed = other.high, other.high_closed
        return self._span(low, high, low_closed=low_closed, high_closed=high_closed)

    def _span(
        self,
        low: Any,  # noqa: ANN401 - a number of mpmath
        high: Any,  # noqa: ANN401 - as above
        *,
        low_closed: bool,
        high_closed: bool,
    ) -> Span | None:
        """An interval, or None where nothing lies in it."""
        if self._at(low, high):
            return _point(low) if low_closed and high_closed else None
        span = Span(low, high, low_closed=low_closed, high_closed=high_closed)
        return span if low < high else None

    def _interval(self, items: tuple[Shape, ...], opened: str, closed: str) -> Spans | None:
        if len(items) != _PAIR or opened not in "([" or closed not in ")]":
            return None
        ends = [self._end(item.node) for item in items if isinstance(item, Expression)]
        if len(ends) != _PAIR or ends[0] is None or ends[1] is None:
            return None
        finite = [self._numbers.context.isfinite(end) for end in ends]
        closings = (opened == "[", closed == "]")
        if any(shut and not reached for shut, reached in zip(closings, finite, strict=True)):
            return None  # nothing ends at infinity
        span = self._span(ends[0], ends[1], low_closed=closings[0], high_closed=closings[1])
        return None if span is None else (span,)

    def _end(self, node: Node) -> Any:  # noqa: ANN401 - a number of mpmath, or None
        if node == Constant("inf"):
            return self._numbers.context.inf
        if isinstance(node, Negative) and node.of == Constant("inf"):
            return -self._numbers.context.inf
        if not is_number(node):
            return None
        try:
            value = self._numbers.value(node, {})
        except Undefined:
            return None
        return None if isinstance(value, self._numbers.context.mpc) else value

    def _relation(self, relation: Relation) -> Spans | None:
        """Where the one unknown of a relation may lie that stands alone: x > 2, 1 < x ≤ 3."""
        names = [at for at, side in enumerate(relation.sides) if isinstance(side, Symbol)]
        if len(names) != 1 or len(relation.sides) > _PAIR + 1:
            return None
        at = names[0]
        if len(relation.sides) == _PAIR + 1 and at != 1:
            return None
        spans: Spans = self._line
        if at:
            left = self._half(_TURNED.get(relation.signs[at - 1], ""), relation.sides[at - 1])
            spans = () if left is None else left
        if at < len(relation.sides) - 1:
            right = self._half(relation.signs[at], relation.sides[at + 1])
            spans = () if right is None else self._overlaps(spans, right)
        return spans or None

    def _overlaps(self, ones: Spans, others: Spans) -> Spans:
        pairs = [(one, other) for one in ones for other in others]
        return tuple(span for pair in pairs if (span := self._overlap(*pair)) is not None)

    def _half(self, sign: str, node: Node) -> Spans | None:
        """Where an unknown may lie that stands before ``sign`` and the number after it."""
        end = self._end(node)
        infinity = self._numbers.context.inf
        if end is None or sign not in _TURNED:
            return None
        finite = bool(self._numbers.context.isfinite(end))
        if sign in "<≤":
            return (Span(-infinity, end, high_closed=sign == "≤" and finite),)
        if sign in ">≥":
            return (Span(end, infinity, low_closed=sign == "≥" and finite),)
        if sign == "=":
            return (_point(end),)
        return (Span(-infinity, end), Span(end, infinity))

    def _merged(self, spans: Spans) -> Spans:
        ordered = sorted(spans, key=lambda span: (span.low, not span.low_closed))
        merged: list[Span] = []
        for span in ordered:
            last = merged[-1] if merged else None
            if last is None or not self._touches(last, span):
                merged.append(span)
                continue
            if self._at(last.high, span.high):
                high, closed = last.high, last.high_closed or span.high_closed
            else:
                longer = last if last.high > span.high else span
                high, closed = longer.high, longer.high_closed
            low_closed = last.low_closed or (self._at(last.low, span.low) and span.low_closed)
            merged[-1] = Span(last.low, high, low_closed=low_closed, high_closed=closed)
        return tuple(merged)

    def _touches(self, left: Span, right: Span) -> bool:
        if self._at(left.high, right.low):
            return left.high_closed or right.low_closed
        return bool(right.low < left.high)

    def _same_span(self, one: Span, other: Span) -> bool:
        return (
            self._at(one.low, other.low)
            and self._at(one.high, other.high)
            and one.low_closed == other.low_closed
            and one.high_closed == other.high_closed
        )

    def _at(self, one: Any, other: Any) -> bool:  # noqa: ANN401 - numbers of mpmath
        if not self._numbers.context.isfinite(one) or not self._numbers.context.isfinite(other):
            return bool(one == other)
        return self._comparison.close(one, other)
