"""What a learner did and knows: attempts, mastery, cards and their reviews."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from assistant.domain.exercise import AnswerKind
from assistant.domain.ids import AttemptId, CardId, ConceptId, CourseId, ExerciseId


class Rung(IntEnum):
    """The highest rung of the hints that was shown before an attempt."""

    NONE = 0
    NUDGE = 1
    IDEA = 2
    PART = 3
    SOLUTION = 4
    """All was shown, or asked for by “Just tell me”."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A course that the learner takes."""

    course: CourseId
    version: int
    begun: datetime
    deadline: datetime | None = None
    hours_a_week: float | None = None
    seed: int = 0
    """Makes the course's generated exercises differ between learners, and stay the same here."""


class Placing(IntEnum):
    """What an answer has to do with a placement test."""

    NO = 0
    """It is practice."""
    COUNTS = 1
    """Of a test that tells where the learner stands."""
    ANEW = 2
    """Of a test that is taken again: until it is ended, the one before counts."""
    REPLACED = 3
    """Of a test that another one took the place of: it tells nothing any more."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One answer, as it was graded."""

    id: AttemptId
    course: CourseId
    concept: ConceptId
    exercise: ExerciseId
    kind: AnswerKind
    when: datetime
    answer: str
    correct: bool
    credit: float
    """After what the hints cost: 0 to 1."""
    rung: Rung
    try_number: int
    """From 1 within the exercise."""
    seconds: float
    difficulty: float
    predicted: float
    """Chance of a right answer that was foretold before it, 0 to 1."""
    placement: Placing = Placing.NO
    misconception: str = ""

    @property
    def unaided(self) -> bool:
        """Whether it may raise mastery: a first try, right or wrong, with no hint before it."""
        return self.rung is Rung.NONE and self.try_number == 1


class Standing(StrEnum):
    """Mastery in a word; the steps of light of the course map."""

    NOT_STARTED = "not_started"
    BEGUN = "begun"
    GROWING = "growing"
    FIRM = "firm"
    MASTERED = "mastered"


@dataclass(frozen=True, slots=True)
class Mastery:
    """How sure a concept is."""

    concept: ConceptId
    chance: float
    """Of a right, unaided answer of middling difficulty now: 0 to 1."""
    low: float
    """Lower end of the 80 % interval."""
    high: float
    attempts: int
    """Unaided ones that it rests on."""
    standing: Standing
    due: int = 0
    """Cards of the concept that are due."""


class Recall(IntEnum):
    """How well a card came back; the four buttons of spaced review."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True)
class Memory:
    """What the forgetting model knows of a card (FSRS-6)."""

    stability_days: float
    """Days until the chance of recall has fallen to 90 %."""
    difficulty: float
    """From 1 to 10."""
    due: datetime
    last_review: datetime
    learning_step: int | None = None
    """Index of the short step it is on; None once it is in long-term review."""
    relearning: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """Something to be recalled: a flashcard, or an exercise asked again."""

    id: CardId
    course: CourseId
    concept: ConceptId
    front: str
    back: str
    created: datetime
    exercise: ExerciseId | None = None
    """Set where it is an exercise; its answer is then graded, not self-judged."""
    memory: Memory | None = None
    """None until it was seen for the first time."""
    lapses: int = 0
    suspended: bool = False
    leech: bool = False
    """Failed so often that it should be rewritten rather than repeated."""
    rewritten: bool = False
    """Whether the learner gave it other words, which a deck or a course does not replace."""


@dataclass(frozen=True, slots=True)
class Review:
    """One recall of one card."""

    card: CardId
    when: datetime
    recall: Recall
    seconds: float
    predicted: float
    """Chance of recall that was foretold, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Working:
    """An exercise that was given and is not finished: where the learner stands with it."""

    exercise: ExerciseId
    course: CourseId
    concept: ConceptId
    given_at: datetime
    predicted: float
    """Chance of a right answer that was foretold when it was given, 0 to 1."""
    rung: Rung = Rung.NONE
    tries: int = 0
    draft: str = ""
    """What the learner has written so far."""
    placement: Placing = Placing.NO
    item: str = ""
    """The exercise itself as JSON where it can't be made again from its id; "" otherwise."""
