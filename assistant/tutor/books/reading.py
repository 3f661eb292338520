"""Reads a textbook: PDF, EPUB, Markdown or plain text."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from assistant.domain.book import BookFormat
from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.tutor.books.epub import read_epub
from assistant.tutor.books.pages import ReadBook, Report, empty, too_large
from assistant.tutor.books.pdf import read_pdf
from assistant.tutor.books.plain import read_markdown, read_text

_READERS: Final[dict[str, tuple[BookFormat, Callable[[Path, Report], ReadBook]]]] = {
    ".pdf": (BookFormat.PDF, read_pdf),
    ".epub": (BookFormat.EPUB, read_epub),
    ".md": (BookFormat.MARKDOWN, read_markdown),
    ".markdown": (BookFormat.MARKDOWN, read_markdown),
    ".txt": (BookFormat.TEXT, read_text),
    ".text": (BookFormat.TEXT, read_text),
}
MOST_BYTES: Final = {
    BookFormat.PDF: 1 << 30,
    BookFormat.EPUB: 512 << 20,
    BookFormat.MARKDOWN: 64 << 20,
    BookFormat.TEXT: 64 << 20,
}
"""Pictures make a PDF large, and are not read."""


def read_book(path: Path, report: Report) -> ReadBook:
    """Reads a file.

    Args:
        path: Its ending says what it is.
        report: Hears how far it is; what it raises ends the reading.

    Raises:
        UserFacingError: It is no book that can be read, and why: locked, scanned, protected,
            damaged, empty, too large or of another format.
        EnvironmentProblem: The file cannot be read.
    """
    kind = _READERS.get(path.suffix.lower())
    if kind is None:
        raise UserFacingError(
            f"{path.name} is no book that Lamplight can read.",
            "Choose a PDF, an EPUB, Markdown (.md) or text (.txt).",
            code="book_format_unknown",
        )
    book_format, read = kind
    try:
        if not path.is_file():
            raise UserFacingError(
                f"{path} is not there.", "Check the name of the file.", code="file_not_found"
            )
        size = path.stat().st_size
        if size == 0:
            raise empty(path.name)
        if size > MOST_BYTES[book_format]:
            raise too_large(path.name)
        book = read(path, report)
    except OSError as error:
        raise EnvironmentProblem(
            f"{path.name} cannot be read: {error.strerror or 'the disk does not give it'}.",
            "Check the file and your right to read it.",
            code="file_unreadable",
        ) from error
    if not any(any(map(str.isalnum, page.text)) for page in book.pages):
        raise empty(path.name)
    return book
