"""Cuts the pages of a book into passages that each are about one thing and can be cited."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from assistant.tutor.books.pages import Page
from assistant.tutor.books.sentences import sentences

LONGEST: Final = 900
"""Characters; some 220 tokens of English, which the model for meaning reads at once."""
_SHORTEST: Final = 250
"""What is shorter is joined with what follows on its page."""
_MARGIN: Final = re.compile(r"\n\s*\n")


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
    """Paragraphs; long ones by their sentences, and what has none by its words."""
    for paragraph in _MARGIN.split(text):
        row = ""
        for sentence in _short_enough(paragraph.strip()):
            if row and len(row) + len(sentence) >= LONGEST:
                yield row
                row = sentence
            else:
                row = f"{row} {sentence}".strip()
        if row:
            yield row


def _short_enough(paragraph: str) -> Iterator[str]:
    if len(paragraph) <= LONGEST:
        yield paragraph
        return
    for sentence in sentences(paragraph):
        left = sentence
        while len(left) > LONGEST:
            cut = left.rfind(" ", LONGEST // 2, LONGEST)
            cut = cut if cut > 0 else LONGEST
            yield left[:cut]
            left = left[cut:].strip()
        if left:
            yield left
