"""What became of each line of a way."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from assistant.domain.exercise import StepVerdict


class Mark(StrEnum):
    """What became of a line."""

    GIVEN = "given"
    """The line to begin with, where the problem does not say it."""
    RIGHT = "right"
    WRONG = "wrong"
    FOLLOWS = "follows"
    """Right in itself, but it builds on a wrong one."""
    WRONG_TOO = "wrong_too"
    """Wrong again, after the first wrong one."""
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class AlgebraWay:
    """A way of algebra, judged."""

    marks: tuple[Mark, ...]
    verdict: StepVerdict


_GRAVEST: Final = (
    Mark.WRONG,
    Mark.WRONG_TOO,
    Mark.UNREAD,
    Mark.FOLLOWS,
    Mark.RIGHT,
    Mark.GIVEN,
)


def mark_of(same: bool | None, *, wrong_before: bool) -> Mark:  # noqa: FBT001 - three states
    """The mark of a line that says the same as the one before, does not, or cannot be told."""
    if same is None:
        return Mark.UNREAD
    if same:
        return Mark.FOLLOWS if wrong_before else Mark.RIGHT
    return Mark.WRONG_TOO if wrong_before else Mark.WRONG


def gravest(marks: Sequence[Mark]) -> Mark:
    """The mark of a line that says several things one after the other."""
    return next((mark for mark in _GRAVEST if mark in marks), Mark.UNREAD)
