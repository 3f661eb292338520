"""What the page of progress says in words; no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.domain.course import Course
from assistant.domain.ids import ConceptId, CourseId
from assistant.domain.study import Mastery, Standing
from assistant.render.markdown import parse
from assistant.render.plain import to_plain
from assistant.services.study.progress import Calibration, CourseProgress, StudyDay

ENOUGH = 20
"""Below this many answers nothing is said about how well it foretells."""
_HOUR = 60
_MANY_HOURS = 10
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Totals:
    """Time and answers.

    Args:
        week_minutes: Of the last seven days, today among them.
        before_minutes: Of the seven days before those.
        all_minutes: Of all days.
        answers: Of all days.
        reviews: Of all days.
        days: On how many days something was done.
    """

    week_minutes: float
    before_minutes: float
    all_minutes: float
    answers: int
    reviews: int
    days: int


@dataclass(frozen=True, slots=True)
class ConceptRow:
    """A line of the table of concepts."""

    course: CourseId
    concept: ConceptId
    title: str
    unit: str
    mastery: Mastery

    @property
    def begun(self) -> bool:
        """Whether there is anything to say about it."""
        return self.mastery.standing is not Standing.NOT_STARTED


def totals(days: Sequence[StudyDay], today: date) -> Totals:
    """Adds days up."""
    week, before = today - timedelta(days=6), today - timedelta(days=13)
    return Totals(
        sum(one.minutes for one in days if week <= one.day <= today),
        sum(one.minutes for one in days if before <= one.day < week),
        sum(one.minutes for one in days),
        sum(one.answers for one in days),
        sum(one.reviews for one in days),
        len(days),
    )


def time_words(minutes: float) -> str:
    """``35 min``, ``2 h 10 min``, ``14 h``."""
    whole = round(minutes)
    hours, rest = divmod(whole, _HOUR)
    if not hours:
        return f"{whole} min"
    return f"{hours:,} h {rest} min" if rest and hours < _MANY_HOURS else f"{hours:,} h"


def foretelling_words(found: Calibration, *, reviews: bool = False) -> str:
    """What was foretold most often, and what came of it, in one sentence."""
    what = "review" if reviews else "answer"
    if found.count < ENOUGH:
        left = ENOUGH - found.count
        so_far = f"{found.count} so far" if found.count else "none so far"
        return f"It takes {left} more {what}{'' if left == 1 else 's'} to tell ({so_far})."
    best = max(found.bins, key=lambda one: one.count)
    said, came = f"{100 * best.foretold:.0f}\u00a0%", f"{100 * best.came:.0f}\u00a0%"
    if reviews:
        return f"When I said {said}, you still knew {came} of {best.count:,} cards."
    return f"When I said {said}, you were right {came} of the time, in {best.count:,} answers."


def concept_rows(found: CourseProgress) -> tuple[ConceptRow, ...]:
    """The concepts of a course in its order."""
    units = units_of(found.course)
    return tuple(
        ConceptRow(
            found.course.id,
            mastery.concept,
            found.course.concept(mastery.concept).title,
            units.get(mastery.concept, ""),
            mastery,
        )
        for mastery in found.mastery
    )


def units_of(course: Course) -> dict[ConceptId, str]:
    """The title of each concept's unit."""
    return {concept: unit.title for unit in course.units for concept in unit.concepts}


def lapses_words(lapses: int) -> str:
    """``forgotten 9 times``."""
    return "forgotten once" if lapses == 1 else f"forgotten {lapses:,} times"


def plain_line(markdown: str) -> str:
    """A card's side in one line without marks; the rest of a long one is left out."""
    return " ".join(to_plain(parse(markdown[:_LONGEST])).split())
