"""Blocks that are still open while Markdown is read, line by line.

Each holds the parts that are finished (blocks, items, rows or lines), which never change again,
so that a copy of what is open costs one flat list per level.
"""

from dataclasses import dataclass, field

from assistant.render.blocks import Alignment, Block, Inline, ListItem

Row = tuple[tuple[Inline, ...], ...]


@dataclass(slots=True)
class OpenDocument:
    """The root."""

    parts: list[Block] = field(default_factory=list[Block])
    end: int = 0
    child_end: int = 0


@dataclass(slots=True)
class OpenQuote:
    """A quotation."""

    parts: list[Block] = field(default_factory=list[Block])
    end: int = 0
    child_end: int = 0


@dataclass(slots=True)
class OpenList:
    """A list; ``child_end`` is the last line of the last finished item."""

    kind: str
    start: int | None
    parts: list[ListItem] = field(default_factory=list[ListItem])
    tight: bool = True
    end: int = 0
    child_end: int = 0


@dataclass(slots=True)
class OpenItem:
    """An item, whose further lines are indented by ``indent`` columns."""

    indent: int
    parts: list[Block] = field(default_factory=list[Block])
    checked: bool | None = None
    started: bool = False
    """Whether a block was opened in it."""
    end: int = 0
    child_end: int = 0


@dataclass(slots=True)
class OpenParagraph:
    """Running text; ``lazy`` tells that its last line lacked its containers' marks."""

    parts: list[str] = field(default_factory=list[str])
    lazy: bool = False
    end: int = 0


@dataclass(slots=True)
class OpenFence:
    """Fenced code."""

    character: str
    length: int
    indent: int
    language: str
    parts: list[str] = field(default_factory=list[str])
    closed: bool = False
    end: int = 0


@dataclass(slots=True)
class OpenIndented:
    """Indented code."""

    parts: list[str] = field(default_factory=list[str])
    end: int = 0


@dataclass(slots=True)
class OpenMath:
    """A formula; a blank line after some text ends it unless its closing comes next."""

    closing: str
    parts: list[str] = field(default_factory=list[str])
    blank_seen: bool = False
    closed: bool = False
    end: int = 0


@dataclass(slots=True)
class OpenTable:
    """A table's rows so far."""

    header: Row
    alignments: tuple[Alignment, ...]
    parts: list[Row] = field(default_factory=list[Row])
    end: int = 0


Parent = OpenDocument | OpenQuote | OpenItem
Leaf = OpenParagraph | OpenFence | OpenIndented | OpenMath | OpenTable
Open = Parent | OpenList | Leaf
