"""Which lists of tasks there are."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Listing:
    """What one page lists.

    Args:
        key: “inbox”, “today”, “upcoming” or “project”.
        title: Of the page.
        empty: A title, and what to do, where there is nothing.
        by_hand: Whether its order is the user's own; the others go by when tasks are due.
    """

    key: str
    title: str
    empty: tuple[str, str]
    by_hand: bool = False


LISTINGS: Final = (
    Listing(
        "inbox",
        "Inbox",
        ("The inbox is empty", "Say what has to be done, in your own words; it comes here first."),
        by_hand=True,
    ),
    Listing(
        "today",
        "Today",
        (
            "Nothing for today",
            "What is planned, what takes place and what is due stands here on its day.",
        ),
    ),
    Listing(
        "upcoming",
        "Upcoming",
        ("Nothing is coming up", "Tasks with a day come here, four weeks ahead."),
    ),
    Listing(
        "project",
        "Project",
        ("Nothing is left here", "Tasks that you add on this page belong to the project."),
        by_hand=True,
    ),
)
