"""Cuts the pages of a book into passages that each are about one thing and can be cited."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from assistant.tutor.books.fences import fence_after
from assistant.tutor.books.pages import Page
from assistant.tutor.books.sentences import sentences

LONGEST: Final = 900
"""Characters; some 220 tokens of English, which the model for meaning reads at once."""
_SHORTEST: Final = 250
"""What is shorter is joined with what follows on its page."""
_ROW: Final = re.compile(r"^\s*(?:\||```|~~~)", re.MULTILINE)
"""How the lines of a table or of code begin, which are kept whole."""


def passages_of(pages: Iterable[Page]) -> Iterator[Page]:
    """Passages in order; none reaches over the end of a page or a section."""
    for page in pages:
        for text in _pieces(page.text):
            if any(map(str.isalnum, text)):
                yield Page(text, page.number, page.label, page.section)


def _pieces(text: str) -> Iterator[str]:
    waiting = ""
    for part in _parts(text):
        joined = f"{waiting}\n\n{part}" if waiting else part
        if waiting and (len(waiting) >= _SHORTEST or len(joined) > LONGEST):
            yield waiting
            waiting = part
        else:
            waiting = joined
    if waiting:
        yield waiting


def _parts(text: str) -> Iterator[str]:
    """Paragraphs; of long ones stretches that end with a sentence or a line, as they stand."""
    for paragraph in _paragraphs(text):
        first = last = 0
        for end in _ends(paragraph):
            if end - first > LONGEST and last > first:
                yield _trimmed(paragraph, first, last)
                first = last
            last = end
        yield _trimmed(paragraph, first, len(paragraph))


def _paragraphs(text: str) -> Iterator[str]:
    """What empty lines part; those in a fence of code belong to it."""
    lines, fence = list[str](), ""
    for line in text.split("\n"):
        if line.strip() or fence:
            lines.append(line)
        elif lines:
            yield "\n".join(lines)
            lines.clear()
        fence = fence_after(line, fence)
    if lines:
        yield "\n".join(lines)


def _ends(paragraph: str) -> Iterator[int]:
    """Where it may be cut: behind sentences, behind the lines of code and tables."""
    by_line = _ROW.search(paragraph) is not None
    wholes = paragraph.split("\n") if by_line else sentences(paragraph)
    at = 0
    for whole in wholes:
        at = paragraph.index(whole, at)
        end = at + len(whole)
        while end - at > LONGEST:
            cut = paragraph.rfind(" ", at + LONGEST // 2, at + LONGEST)
            at = cut if cut > 0 else at + LONGEST
            yield at
        at = end
        yield end


def _trimmed(paragraph: str, first: int, last: int) -> str:
    """Without the space at its edges, but for what indents its first line."""
    piece = paragraph[first:last]
    return (piece.lstrip(" ") if first else piece).strip("\n").rstrip()
