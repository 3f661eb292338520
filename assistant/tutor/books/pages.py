"""A book as it was read: its pages or sections, in order."""

from collections.abc import Callable
from dataclasses import dataclass

from assistant.domain.book import BookFormat
from assistant.domain.errors import UserFacingError

Report = Callable[[float], None]
"""Hears how much of a file was read, 0 to 1; raises where it is not wanted any more."""

MOST_CHARACTERS = 40_000_000
"""Of one book: some 13,000 pages."""


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on one page, or under one heading.

    Args:
        text: Paragraphs with an empty line between them.
        number: From 1; None where the book has no pages.
        label: What is printed on it where that is something else: "xii"; else "".
        section: The heading that it stands under; "" for none.
    """

    text: str
    number: int | None = None
    label: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class ReadBook:
    """A book as it was read.

    Args:
        title: From the file, or its name.
        author: "" where the file does not say.
        format: Of the file.
        pages: In order; those without a word are left out.
        count: Pages of a PDF, sections of other books.
    """

    title: str
    author: str
    format: BookFormat
    pages: tuple[Page, ...]
    count: int


def damaged(name: str) -> UserFacingError:
    """The error for a file that is not what its name says."""
    return UserFacingError(
        f"{name} is damaged, or not what its name says.",
        "Get it anew, or save it again in the program that made it.",
        code="book_damaged",
    )


def too_large(name: str) -> UserFacingError:
    """The error for a file of which more would be read than a book can hold."""
    return UserFacingError(
        f"{name} is too large for a textbook.",
        "Split it, and bring in the parts that you need.",
        code="book_too_large",
    )


def empty(name: str) -> UserFacingError:
    """The error for a file without a word."""
    return UserFacingError(
        f"There is not a word in {name}.", "Choose another file.", code="book_empty"
    )
