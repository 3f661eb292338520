"""Lines in the user's own words, read as tasks."""

import unicodedata
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from assistant.domain.errors import UserFacingError
from assistant.planner.quick_add.parts import QuickAdd
from assistant.planner.quick_add.reading import MOST_CHARACTERS, parse_line
from assistant.planner.quick_add.vocabulary import Vocabulary

_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class LineReader:
    """Reads lines; any thread.

    Args:
        now: Tells the present moment in the user's zone.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    def read(
        self,
        text: str,
        vocabulary: Vocabulary | None = None,
        *,
        now: datetime | None = None,
        tasks: Sequence[str] = (),
    ) -> QuickAdd:
        """Reads one line.

        Args:
            text: As it was typed.
            vocabulary: The user's own words.
            now: Against which moment; now where none is named.
            tasks: Titles of tasks that “after …” may name.

        Raises:
            UserFacingError: It says nothing (``line_empty``) or is too long (``line_long``).
        """
        if len(text) > MOST_CHARACTERS:
            raise UserFacingError(
                f"The line is longer than {MOST_CHARACTERS} characters.",
                "Keep the line short, and put the rest into the notes.",
                code="line_long",
            )
        line = "".join(" " if _is_control(one) else one for one in text)
        if not line.strip():
            raise UserFacingError(
                "The line is empty.", "Write what is to be done.", code="line_empty"
            )
        try:
            return parse_line(line, now or self._now(), vocabulary or Vocabulary(), tasks=tasks)
        except OverflowError as error:
            raise UserFacingError(
                "The line names a date outside of the calendar.",
                "Name a year between 1 and 9999.",
                code="date_outside",
            ) from error


def _is_control(character: str) -> bool:
    """What steers instead of being read: places in the line must not move, so it becomes a space.

    Marks that turn the direction of what follows would have a title show other words than it has.
    """
    return unicodedata.category(character) in {"Cc", "Cs"} or character in _TURNING
