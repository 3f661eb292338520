"""What words mean here: where the week begins, how far the morning goes, which day comes first."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_PARTS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "morning": (8, 12),
        "breakfast": (7, 9),
        "lunch": (12, 14),
        "after lunch": (13, 17),
        "after school": (15, 21),
        "after work": (17, 21),
        "afternoon": (12, 18),
        "dinner": (18, 21),
        "evening": (18, 24),
        "tonight": (18, 24),
        "night": (20, 24),
    }
)


@dataclass(frozen=True, slots=True)
class Customs:
    """How open words are read."""

    week_start: int = 0
    """0 is Monday, 6 is Sunday."""
    day_first: bool = False
    """Whether 3/4 is the third of April; decides only where both would be a date."""
    prefer_future: bool = True
    """Whether a date without a year, or a weekday, is the coming one."""
    waking_hour: int = 7
    """“At 5” is in the afternoon, because 5 is before this hour."""
    parts: Mapping[str, tuple[float, float]] = field(default_factory=lambda: _PARTS)
    """Hours of each part of the day: from, to."""
    weekend: tuple[int, int] = (5, 2)
    """Its first weekday and its number of days."""
    southern: bool = False
    """Whether summer is in January."""
