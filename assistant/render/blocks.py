"""The shape of rendered text: blocks of inline spans, as plain values without markup.

Raw HTML never becomes anything but text, an image never becomes anything but a chip with its
alternative text, and a link carries its address without ever opening it.
"""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Text:
    """A run of characters with one style."""

    text: str
    bold: bool = False
    italic: bool = False
    strike: bool = False
    code: bool = False
    link: str = ""
    """Address that the run points to; empty for none."""


@dataclass(frozen=True, slots=True)
class InlineMath:
    """A formula within a line; ``latex`` without its delimiters."""

    latex: str


@dataclass(frozen=True, slots=True)
class ImageChip:
    """Stands where the source asked for an image; nothing is loaded."""

    alt: str
    address: str


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A hard line break."""


Inline = Text | InlineMath | ImageChip | LineBreak


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    spans: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6."""

    level: int
    spans: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """A fenced or indented block of code.

    Args:
        language: As written after the fence, lower case; empty for none.
        code: The code, without the fences and the last line break.
        closed: Whether the closing fence has come; an open block is not coloured.
    """

    language: str
    code: str
    closed: bool = True


@dataclass(frozen=True, slots=True)
class MathBlock:
    """A formula on lines of its own; ``closed`` as for code."""

    latex: str
    closed: bool = True


class Alignment(StrEnum):
    """How a column of a table is set."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: ``alignments`` and every row have as many entries as ``header``."""

    header: tuple[tuple[Inline, ...], ...]
    alignments: tuple[Alignment, ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item; ``checked`` is None unless it is a task-list item."""

    blocks: "tuple[Block, ...]"
    checked: bool | None = None


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; ``start`` is the first number, None for bullets. ``tight`` has no gaps."""

    items: tuple[ListItem, ...]
    start: int | None = None
    tight: bool = True


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation."""

    blocks: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True)
class Rule:
    """A thematic break."""


Block = Paragraph | Heading | CodeBlock | MathBlock | Table | ListBlock | Quote | Rule


@dataclass(frozen=True, slots=True)
class CodeSpan:
    """A run of code of one kind.

    Args:
        text: The characters; a line break is always a span's last character.
        kind: ``keyword``, ``string``, ``number``, ``builtin``, ``comment`` or ``plain``.
    """

    text: str
    kind: str = "plain"


@dataclass(frozen=True, slots=True)
class FormulaImage:
    """A formula drawn as SVG.

    Args:
        svg: The drawing, in ``currentColor``-free SVG 1.1 that QtSvg draws.
        width: In pixels at scale 1.
        height: In pixels at scale 1.
        baseline: Distance from the top to the baseline, in pixels.
        latex: The source, as alternative text.
    """

    svg: bytes
    width: float
    height: float
    baseline: float
    latex: str
