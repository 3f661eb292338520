"""Text that holds no markup as blocks, to be drawn like the text that does."""

import re
from typing import Final

from assistant.render.blocks import Inline, LineBreak, Paragraph, Text
from assistant.render.markdown import normalised

__all__ = ["literal"]

_MARGIN: Final = re.compile(r"\n(?:[^\S\n]*\n)+")


def literal(text: str) -> tuple[Paragraph, ...]:
    """Paragraphs, parted by empty lines, that say every character as it stands.

    Args:
        text: Any string; a star in it is a star.
    """
    parts = _MARGIN.split(normalised(text))
    return tuple(Paragraph(_lines(part)) for part in parts if part.strip())


def _lines(part: str) -> tuple[Inline, ...]:
    spans: list[Inline] = []
    for line in part.strip("\n").split("\n"):
        spans += [LineBreak(), Text(line)] if spans else [Text(line)]
    return tuple(spans)
