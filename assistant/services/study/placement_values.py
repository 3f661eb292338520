"""A placement test as values: where it stands, what it found out, and that in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.domain.ids import ConceptId, CourseId
from assistant.domain.study import Attempt, Mastery, Standing
from assistant.services.study.enrolments import LearnerView
from assistant.services.study.practice import Given, Judged
from assistant.tutor.learner.next_up import NextUp

_KNOWN = frozenset({Standing.FIRM, Standing.MASTERED})


@dataclass(frozen=True, slots=True)
class PlacementResult:
    """What a placement test found out.

    Args:
        known: Mastery of each concept that is taken as known, in the course's order.
        concepts: How many concepts the course has.
        asked: How many questions were answered, “I don't know” among them.
        right: How many of them were answered right.
        ended: Whether the test is over; otherwise it was left and can be gone on with.
        replaced: Whether it took the place of a test before it.
        begin: Where to begin, and why; None where everything is mastered.
        titles: The title of every concept.
        words: All of it, in sentences.
    """

    known: tuple[Mastery, ...]
    concepts: int
    asked: int
    right: int
    ended: bool
    replaced: bool
    begin: NextUp | None
    titles: dict[ConceptId, str]
    words: str


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a placement test stands.

    Args:
        course: Of which course.
        title: The course's.
        most: How many questions there are at most.
        number: Which question it is, from 1; the number of answers where there is none.
        given: The question; None once the test is over.
        result: What was found out; None while it goes on.
        judged: What came of the answer that led here.
    """

    course: CourseId
    title: str
    most: int
    number: int
    given: Given | None = None
    result: PlacementResult | None = None
    judged: Judged | None = None


@dataclass(frozen=True, slots=True)
class PlacementOffer:
    """Whether a test would tell something, and what was tested before.

    Args:
        possible: There is anything to ask. A test can then be begun anew at any time.
        worthwhile: Little is known of the learner here, or a test was begun and left.
        answered: How many questions of the test that goes on, or is over, were answered.
        most: How many there are at most.
        before: When the test that counts was answered last; None where there is none.
        anew: Whether the one that goes on is taken again, so that the one before counts yet.
    """

    possible: bool
    worthwhile: bool
    answered: int
    most: int
    before: datetime | None = None
    anew: bool = False


def result_of(
    view: LearnerView, answers: Sequence[Attempt], *, ended: bool, replaced: bool = False
) -> PlacementResult:
    """What is known now that a test was answered so far.

    Args:
        view: What is known, the answers taken in.
        answers: Those of the test.
        ended: Whether nothing more would be asked.
        replaced: Whether it took the place of a test before it.
    """
    course = view.course
    found = tuple(one for one in view.masteries if one.standing in _KNOWN)
    right = sum(one.correct for one in answers)
    begin = view.next_up()
    titles = {one.id: one.title for one in course.concepts}
    words = [_evidence_words(len(answers), right), _known_words(len(found), len(titles))]
    if replaced:
        words.append("The test before this one is no longer looked at.")
    if begin is not None:
        words.append(f"Begin with “{titles[begin.concept]}”.")
    if not ended and answers:
        words.append("The test was left early: a few more answers make this surer.")
    said = " ".join(one for one in words if one)
    return PlacementResult(
        found, len(titles), len(answers), right, ended, replaced, begin, titles, said
    )


def _evidence_words(answers: int, right: int) -> str:
    if not answers:
        return "Nothing was answered yet."
    return f"You answered {right} of {answers} question{'s' if answers > 1 else ''} right."


def _known_words(known_count: int, concepts: int) -> str:
    if not known_count:
        return "Nothing is taken as known, so no lesson is left out."
    if known_count == concepts:
        return f"All {concepts} concepts are taken as known; practice makes them firm."
    return f"{known_count} of {concepts} concepts are taken as known: their lessons are left out."
