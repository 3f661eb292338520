"""Lengths in a line that no task can have: refused, where they would be words of a title."""

import re
from typing import Final

from assistant.domain.errors import UserFacingError
from assistant.planner.tasks.rules import LONGEST_MIN

_LENGTH: Final = re.compile(
    r"(?<!\w)[~≈] ?([-\u2212]?)(\d+(?:[.,]\d+)?) ?(h|m|d)"
    r"(?:r|rs|our|ours|in|ins|inute|inutes|ay|ays)?(?: ?(\d{1,2}) ?m(?:in|ins)?)?(?!\w)",
    re.IGNORECASE,
)
_MINUTES: Final = {"h": 60.0, "m": 1.0, "d": 1440.0}


def check_lengths(text: str) -> None:
    """Refuses a line with a length behind a tilde that can't be: “~-3h”, “~0h”, “~99999h”.

    Raises:
        UserFacingError: Names it (``estimate_outside``).
    """
    for found in _LENGTH.finditer(text):
        minutes = float(found[2].replace(",", ".")) * _MINUTES[found[3].lower()]
        minutes += float(found[4] or 0)
        if found[1] or not 1 <= minutes <= LONGEST_MIN:
            raise UserFacingError(
                f"“{found[0][:40]}” is no length that a task can have.",
                "Write ~30min, ~2h or ~1h 30min: between one minute and sixty days.",
                code="estimate_outside",
            )
