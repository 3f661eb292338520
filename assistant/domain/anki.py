"""What another program's deck of cards holds: text, and how well each card is known."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AnkiState(StrEnum):
    """Where a card stands in Anki's schedule."""

    NEW = "new"
    LEARNING = "learning"
    REVIEW = "review"
    RELEARNING = "relearning"


@dataclass(frozen=True, slots=True)
class AnkiSchedule:
    """How a card was scheduled."""

    state: AnkiState
    suspended: bool = False
    due: datetime | None = None
    """None for a new card."""
    interval_days: float = 0.0
    ease: float = 0.0
    """Of the old scheduler (2.5 at first); 0 where there is none."""
    reps: int = 0
    lapses: int = 0
    last_review: datetime | None = None
    stability_days: float | None = None
    """Of FSRS, where it was on."""
    difficulty: float | None = None
    """Of FSRS, from 1 to 10."""


@dataclass(frozen=True, slots=True)
class AnkiCard:
    """One card."""

    key: str
    """The same each time the deck is read, also after it was exported again."""
    deck: tuple[str, ...]
    """Names from the outermost deck to the one that holds it."""
    front: str
    """Markdown, with LaTeX between dollar signs; pictures and sounds are named in brackets."""
    back: str
    tags: tuple[str, ...]
    created: datetime
    schedule: AnkiSchedule


@dataclass(frozen=True, slots=True)
class AnkiDeck:
    """All that could be read of a package."""

    cards: tuple[AnkiCard, ...]
    skipped: tuple[str, ...]
    """What could not be used, a sentence each."""
