"""Reads a PDF page by page, with pypdf.

The text of a PDF is lines on a page, not paragraphs: words that a line cuts are joined, lines are
joined to paragraphs, and what stands at the head or the foot of most pages is left out.
"""

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from assistant.domain.book import BookFormat
from assistant.domain.errors import UserFacingError
from assistant.tutor.books.pages import (
    MOST_CHARACTERS,
    Page,
    ReadBook,
    Report,
    damaged,
    empty,
    too_large,
)

if TYPE_CHECKING:
    from pypdf import PdfReader

_MOST_PAGES: Final = 20_000
_FEWEST_LETTERS: Final = 16
"""A page of print has hundreds; a scan has none, or what a stamp left."""
_MOST_BLANK: Final = 0.9
_CUT_WORD: Final = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad]\n(?=[a-z\u00df-\u00ff])")
_FROM_A_FILE: Final = re.compile(
    r"^(microsoft (word|powerpoint)|powerpoint presentation|untitled|document\s?\d*$|slide 1$)"
    r"|\.(docx?|odt|rtf|pptx?|tex|dvi|indd|qxd|pages|pdf|html?)$",
    re.I,
)
"""What programs write where a title should stand: the name of the book's own file says more."""
_DIGITS: Final = re.compile(r"\d+")
_EDGE: Final = 2
"""Lines at the head and at the foot of a page that may be the same on others."""
_FEWEST_REPEATS: Final = 4


def read_pdf(path: Path, report: Report) -> ReadBook:
    """Reads the text of a PDF; its pictures are not read.

    Raises:
        UserFacingError: It is locked, scanned, damaged or too large.
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    # It says much about files that are a little out of order, some of it in their own words.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        with path.open("rb") as stream:
            reader = PdfReader(stream)
            if reader.is_encrypted and not reader.decrypt(""):
                raise _locked(path.name)
            return _read(reader, path, report)
    except DependencyError as error:
        raise _locked(path.name) from error
    except (PyPdfError, *_ODD) as error:
        raise damaged(path.name) from error


_ODD: Final = (
    *(ArithmeticError, AttributeError, AssertionError, LookupError, NotImplementedError),
    *(RecursionError, TypeError, ValueError),
)
"""What pypdf raises besides its own where a file is not as the standard says."""


def _read(reader: "PdfReader", path: Path, report: Report) -> ReadBook:
    count = len(reader.pages)
    if not count:
        raise empty(path.name)
    if count > _MOST_PAGES:
        raise too_large(path.name)
    raw: list[str] = []
    characters = 0
    for at in range(count):
        report(at / count)
        raw.append(_text_of(reader, at))
        characters += len(raw[-1])
        if characters > MOST_CHARACTERS:
            raise too_large(path.name)
    blank = sum(sum(map(str.isalpha, text)) < _FEWEST_LETTERS for text in raw)
    if blank > _MOST_BLANK * count:
        raise _scanned(path.name)
    labels, sections = _labels(reader, count), _sections(reader, count)
    pages = tuple(
        Page(text, at + 1, labels[at], sections[at])
        for at, text in enumerate(_paragraphs(_without_edges(raw)))
        if text
    )
    title, author = _about(reader)
    return ReadBook(title or path.stem, author, BookFormat.PDF, pages, count)


def _text_of(reader: "PdfReader", at: int) -> str:
    """One page that is out of order does not cost the others."""
    from pypdf.errors import PyPdfError

    try:
        return reader.pages[at].extract_text().replace("\0", "")
    except (PyPdfError, *_ODD):
        return ""


def _labels(reader: "PdfReader", count: int) -> list[str]:
    """What is printed on each page, where that is not its number."""
    try:
        labels = [str(label) for label in reader.page_labels]
    except _ODD:
        return [""] * count
    if len(labels) != count:
        return [""] * count
    return ["" if label == str(at + 1) else label for at, label in enumerate(labels)]


def _sections(reader: "PdfReader", count: int) -> list[str]:
    """The heading of the outline that each page stands under."""
    from pypdf.errors import PyPdfError

    try:
        begins = {page: title for title, page in _entries(reader, reader.outline)}
    except (PyPdfError, *_ODD):
        return [""] * count
    sections: list[str] = []
    for at in range(count):
        sections.append(begins.get(at, sections[-1] if sections else ""))
    return sections


def _entries(reader: "PdfReader", outline: Sequence[Any]) -> Iterator[tuple[str, int]]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _entries(reader, entry)  # pyright: ignore[reportUnknownArgumentType] - pypdf's lists say nothing of what they hold
            continue
        page = reader.get_destination_page_number(entry)
        if page is not None and page >= 0 and entry.title:
            yield " ".join(str(entry.title).split()), page


def _about(reader: "PdfReader") -> tuple[str, str]:
    try:
        about = reader.metadata
        if about is None:
            return "", ""
        title = " ".join(str(about.title or "").split())
        return "" if _FROM_A_FILE.search(title) else title, str(about.author or "").strip()
    except _ODD:
        return "", ""


def _without_edges(raw: Sequence[str]) -> list[list[str]]:
    """The lines of each page without those that head or foot most pages, numbers aside."""
    pages = [[line.rstrip() for line in text.splitlines()] for text in raw]
    edges = Counter(
        edge
        for lines in pages
        for edge in {_edge(line) for line in (*lines[:_EDGE], *lines[-_EDGE:]) if line.strip()}
    )
    least = max(_FEWEST_REPEATS, len(pages) // 3)
    repeated = {edge for edge, times in edges.items() if times >= least}
    out: list[list[str]] = []
    for lines in pages:
        last = len(lines) - _EDGE
        out.append(
            [
                line
                for at, line in enumerate(lines)
                if not ((at < _EDGE or at >= last) and _edge(line) in repeated)
            ]
        )
    return out


def _edge(line: str) -> str:
    return _DIGITS.sub("#", " ".join(line.split()))


def _paragraphs(pages: Sequence[Sequence[str]]) -> Iterator[str]:
    for lines in pages:
        text = _CUT_WORD.sub("", "\n".join(lines))
        parts = re.split(r"\n\s*\n", text)
        joined = (" ".join(part.split()) for part in parts)
        yield "\n\n".join(part for part in joined if part)


def _locked(name: str) -> UserFacingError:
    return UserFacingError(
        f"{name} is locked with a password.",
        "Open it in a reader, print or export it as a new PDF without the password, and choose "
        "that.",
        code="book_locked",
    )


def _scanned(name: str) -> UserFacingError:
    return UserFacingError(
        f"{name} holds pictures of its pages and no text.",
        "Have a program for text recognition (OCR) make a searchable PDF of it, and choose that.",
        code="book_scanned",
    )
