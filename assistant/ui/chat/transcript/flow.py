"""Nested blocks laid flat: lines of prose, and the blocks that get a widget of their own; no Qt.

A list or a quotation is a run of lines that know how far they are indented. So code within a
list item becomes a card between two runs, and everything that is shown is one flat column.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from unicodedata import bidirectional

from assistant.render.blocks import (
    Block,
    CodeBlock,
    Heading,
    Inline,
    ListBlock,
    ListItem,
    MathBlock,
    Paragraph,
    Quote,
    Rule,
    Table,
    Text,
)

BULLETS = ("•", "◦", "▪")
RUN_CHARACTERS = 3000
RUN_LINES = 60
_STRONG = ("L", "R", "AL")


@dataclass(frozen=True, slots=True)
class LineShape:
    """How a line stands in the column; lines with one shape share a block format.

    Args:
        heading: Level 1 to 6, 0 for plain text.
        depth: How many lists it lies in.
        quotes: The quotations it lies in, from the outermost: in how many lists each of them lies.
        marked: A marker stands before it, in the indent of its list.
        close: It follows the line before without a gap.
        rule: It is a thematic break.
    """

    heading: int = 0
    depth: int = 0
    quotes: tuple[int, ...] = ()
    marked: bool = False
    close: bool = False
    rule: bool = False

    @property
    def quote(self) -> int:
        """How many quotations it lies in."""
        return len(self.quotes)


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of prose.

    Args:
        shape: How it stands.
        spans: What it says.
        marker: Bullet or number; empty for none.
        checked: State of a task's box; None where there is no box.
    """

    shape: LineShape
    spans: tuple[Inline, ...] = ()
    marker: str = ""
    checked: bool | None = None

    @property
    def right_to_left(self) -> bool:
        """Whether its first letter belongs to a script that runs to the left."""
        for span in self.spans:
            for character in span.text if isinstance(span, Text) else "":
                direction = bidirectional(character)
                if direction in _STRONG:
                    return direction != "L"
        return False


@dataclass(frozen=True, slots=True)
class Island:
    """A block with a widget of its own, ``depth`` lists and ``quote`` quotations deep."""

    block: CodeBlock | MathBlock | Table
    depth: int = 0
    quote: int = 0


Piece = Line | Island


def flatten(blocks: Iterable[Block]) -> tuple[Piece, ...]:
    """Lays blocks out as one column of pieces."""
    return tuple(_flat(blocks, LineShape()))


def _flat(blocks: Iterable[Block], shape: LineShape) -> Iterator[Piece]:
    for block in blocks:
        match block:
            case Paragraph(spans):
                yield Line(shape, spans)
            case Heading(level, spans):
                yield Line(
                    LineShape(heading=level, depth=shape.depth, quotes=shape.quotes, marked=False),
                    spans,
                )
            case Rule():
                yield Line(LineShape(depth=shape.depth, quotes=shape.quotes, rule=True))
            case Quote(inner):
                quotes = (*shape.quotes, shape.depth)
                yield from _flat(inner, LineShape(depth=shape.depth, quotes=quotes))
            case ListBlock():
                yield from _list_lines(block, shape)
            case CodeBlock() | MathBlock() | Table():
                yield Island(block, shape.depth, shape.quote)


def _list_lines(block: ListBlock, outer: LineShape) -> Iterator[Piece]:
    bullet = BULLETS[min(outer.depth, len(BULLETS) - 1)]
    for index, item in enumerate(block.items):
        marker = bullet if block.start is None else f"{block.start + index}."
        close = block.tight and (index > 0 or outer.depth > 0)
        yield from _item_lines(
            item, marker, LineShape(0, outer.depth + 1, outer.quotes, close=close)
        )


def _item_lines(item: ListItem, marker: str, shape: LineShape) -> Iterator[Piece]:
    first = LineShape(0, shape.depth, shape.quotes, marked=True, close=shape.close)
    rest = LineShape(0, shape.depth, shape.quotes)
    blocks = item.blocks
    if blocks and isinstance(blocks[0], Paragraph):
        yield Line(first, blocks[0].spans, marker, item.checked)
        blocks = blocks[1:]
    elif blocks and isinstance(blocks[0], Heading):
        spans = tuple(_strong(span) for span in blocks[0].spans)
        yield Line(first, spans, marker, item.checked)
        blocks = blocks[1:]
    else:
        yield Line(first, (), marker, item.checked)
    yield from _flat(blocks, rest)


def _strong(span: Inline) -> Inline:
    if isinstance(span, Text):
        return Text(span.text, True, span.italic, span.strike, span.code, span.link)  # noqa: FBT003 - the field's place
    return span


def length(line: Line) -> int:
    """Roughly how many characters a line has."""
    return sum(len(span.text) if isinstance(span, Text) else 1 for span in line.spans)


def group(pieces: Sequence[Piece]) -> list[tuple[Piece, ...]]:
    """Splits a column into runs of lines and single islands.

    A run ends before it grows long, so that adding to an answer never costs more the longer it
    already is. A run never ends because of what follows it: the groups of a prefix are a prefix
    of the groups, but for the last.
    """
    groups: list[tuple[Piece, ...]] = []
    run: list[Piece] = []
    characters = 0
    for piece in pieces:
        if isinstance(piece, Line) and len(run) < RUN_LINES and characters < RUN_CHARACTERS:
            run.append(piece)
            characters += length(piece)
            continue
        if run:
            groups.append(tuple(run))
            run, characters = [], 0
        if isinstance(piece, Line):
            run.append(piece)
            characters = length(piece)
        else:
            groups.append((piece,))
    if run:
        groups.append(tuple(run))
    return groups


def ended(groups: Iterable[tuple[Piece, ...]]) -> tuple[tuple[Piece, ...], ...]:
    """The pieces of an answer that will not grow: code without its last fence is whole now."""
    return tuple(tuple(_ended(piece) for piece in pieces) for pieces in groups)


def _ended(piece: Piece) -> Piece:
    if isinstance(piece, Island) and isinstance(piece.block, CodeBlock) and not piece.block.closed:
        return replace(piece, block=replace(piece.block, closed=True))
    return piece
