"""Where a sitting on one concept leads once it is sure."""

from dataclasses import dataclass

from assistant.domain.ids import ConceptId
from assistant.domain.study import Standing
from assistant.services.study.enrolments import LearnerView
from assistant.tutor.learner.next_up import NextUp
from assistant.ui.study.exercise.sitting import LENGTH
from assistant.ui.widgets.buttons import ButtonKind

SURE = frozenset({Standing.FIRM, Standing.MASTERED})
"""At these more practice of the same is not what helps most."""


@dataclass(frozen=True, slots=True)
class Onward:
    """What comes next.

    Args:
        next: Which concept, and what to do about it.
        title: The concept's.
    """

    next: NextUp
    title: str


def onward(view: LearnerView, practised: ConceptId) -> Onward | None:
    """What comes after a concept; None while it wants more practice, and where all is done."""
    if view.mastery(practised).standing not in SURE:
        return None
    up = view.next_up()
    if up is None or up.concept == practised:
        return None
    return Onward(up, view.course.concept(up.concept).title)


def end_buttons(after: Onward | None) -> list[tuple[str, ButtonKind]]:
    """The way on, where there is one; more of the same; and the way back, which is last."""
    if after is None:
        return [(f"{LENGTH} more", "primary"), ("Done", "plain")]
    return [
        (f"Go on with “{after.title}”", "primary"),
        (f"{LENGTH} more", "plain"),
        ("Done", "ghost"),
    ]
