"""Textbooks that the learner brought, and passages of them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assistant.domain.ids import BookId


class BookFormat(StrEnum):
    """What kind of file a book came from."""

    PDF = "pdf"
    MARKDOWN = "markdown"
    TEXT = "text"
    EPUB = "epub"


@dataclass(frozen=True, slots=True)
class Book:
    """A textbook in the vault; its file is not needed any more."""

    id: BookId
    title: str
    author: str
    """"" where the file does not say."""
    format: BookFormat
    pages: int
    """Of a PDF; of others the number of their sections."""
    passages: int
    added: datetime
    by_meaning: int = 0
    """How many passages can be found by their meaning."""


@dataclass(frozen=True, slots=True)
class BookPassage:
    """A piece of a book and where it stands.

    Args:
        id: Its row; never used twice.
        book: Of which book.
        title: Of the book.
        page: Number from 1 as the reader counts them; None where the book has no pages.
        label: What is printed on the page, where it differs: "xii"; else "".
        section: Heading it stands under; "" for none.
        text: All of it.
        format: Of the book: Markdown says how it is shown, a star in a PDF is a star.
    """

    id: int
    book: BookId
    title: str
    page: int | None
    label: str
    section: str
    text: str
    format: BookFormat

    @property
    def citation(self) -> str:
        """Where it stands, in words: “Calculus, p. 12”, “Notes, Limits”."""
        return _citation(self.title, self.page, self.label, self.section)


@dataclass(frozen=True, slots=True)
class BookLeaf:
    """A page of a book as it is read; a section where the book has no pages.

    Args:
        book: Of which book.
        title: Of the book.
        page: See ``BookPassage``.
        label: What is printed on the page, where it differs.
        section: Heading that its first passage stands under; "" for none.
        passages: Ids and texts of what stands on it, from the top.
        number: Which leaf of the book it is, from 1.
        count: How many leaves the book has.
        format: See ``BookPassage``.
    """

    book: BookId
    title: str
    page: int | None
    label: str
    section: str
    passages: tuple[tuple[int, str], ...]
    number: int
    count: int
    format: BookFormat

    @property
    def citation(self) -> str:
        """Where it stands, in words."""
        return _citation(self.title, self.page, self.label, self.section)


def _citation(title: str, page: int | None, label: str, section: str) -> str:
    if page is not None:
        return f"{title}, p. {label or page}"
    return f"{title}, {section}" if section not in {"", title} else title
