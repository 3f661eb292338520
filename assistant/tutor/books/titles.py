"""What a textbook is called: one line that lists, citations and a terminal can show."""

import unicodedata
from typing import Final

from assistant.domain.errors import UserFacingError
from assistant.tutor.courses.naming import one_line

LONGEST_TITLE: Final = 200
_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of what follows would show other words than there are."""


def checked_title(text: str) -> str:
    """A title that the learner gives, without the space around it.

    Raises:
        UserFacingError: It is empty, too long, or more than a line of text (``book_title``).
    """
    title = text.strip()
    if not title:
        raise _refused("A textbook needs a title.", "Write a few words.")
    if len(title) > LONGEST_TITLE:
        raise _refused(
            f"The title has {len(title):,} characters; {LONGEST_TITLE} are the most.", "Shorten it."
        )
    if any(map(_steers, title)):
        raise _refused(
            "The title has line breaks or control characters in it.", "Take them out, or type it."
        )
    return " ".join(title.split())


def title_in_file(text: str, otherwise: str) -> str:
    """A title as a file gives it, on one line and not endless.

    Args:
        text: What the file says.
        otherwise: The name of the file, where that is nothing.
    """
    return _line(text) or _line(otherwise) or "Untitled"


def author_in_file(text: str) -> str:
    """As ``title_in_file``; "" where there is none."""
    return _line(text)


def _line(text: str) -> str:
    return one_line("".join(one for one in text if one not in _TURNING), LONGEST_TITLE)


def _steers(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs"} or character in _TURNING


def _refused(message: str, hint: str) -> UserFacingError:
    return UserFacingError(message, hint, code="book_title")
