"""What stands at the end of a review: when the next card is due, and what can be done now."""

from dataclasses import dataclass
from datetime import datetime

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ConceptId, CourseId
from assistant.services.study.services import StudyServices
from assistant.tutor.learner.next_up import Doing
from assistant.ui.widgets.buttons import ButtonKind


@dataclass(frozen=True, slots=True)
class Onward:
    """What comes next in a course.

    Args:
        course: Which one.
        concept: What about.
        title: The concept's.
        learn: Whether its lesson comes first.
    """

    course: CourseId
    concept: ConceptId
    title: str
    learn: bool


@dataclass(frozen=True, slots=True)
class Ending:
    """The end of a review.

    Args:
        next_due: When the next card is asked; None where there is none.
        onward: What comes next; None where no course is taken or all is mastered.
    """

    next_due: datetime | None
    onward: Onward | None = None

    @property
    def buttons(self) -> list[tuple[str, ButtonKind]]:
        """The way on, where there is one, and the way back, which is last."""
        if self.onward is None:
            return [("Done", "primary")]
        return [(f"Go on with “{self.onward.title}”", "primary"), ("Done", "plain")]


def ending_of(study: StudyServices, course: CourseId | None) -> Ending:
    """What stands at the end; in the pool.

    Args:
        study: The services.
        course: Whose cards were reviewed; None for all, and then the course begun last goes on.
    """
    next_due = study.reviews.next_due(course).result()
    taken = [one.course for one in study.enrolments.enrolments().result()]
    wanted = course if course in taken else next(iter(taken), None)
    if wanted is None or (course is not None and wanted != course):
        return Ending(next_due)
    try:
        view = study.enrolments.view(wanted)
    except UserFacingError:  # a course that is gone
        return Ending(next_due)
    up = view.next_up()
    if up is None:
        return Ending(next_due)
    title = view.course.concept(up.concept).title
    return Ending(next_due, Onward(wanted, up.concept, title, up.doing is Doing.LEARN))
