"""The tables of studying, as sqlmodel classes; see ``store.tables`` for how they are kept."""

from sqlmodel import Field, SQLModel


class Enrolment(SQLModel, table=True):
    """A course that is taken."""

    course_id: str = Field(primary_key=True)
    version: int
    begun_at_us: int
    deadline_at_us: int | None = None
    hours_a_week: float | None = None
    seed: int


class Attempt(SQLModel, table=True):
    """One answer, as it was graded."""

    id: int | None = Field(default=None, primary_key=True)
    course_id: str
    concept_id: str
    exercise_id: str
    kind: str
    at_us: int
    answer: str
    correct: bool
    credit: float
    rung: int
    try_number: int
    seconds: float
    difficulty: float
    predicted: float
    placement: int = 0
    """As ``Placing`` numbers it."""
    misconception: str = ""


class Working(SQLModel, table=True):
    """An exercise that was given and is not finished."""

    exercise_id: str = Field(primary_key=True)
    course_id: str
    concept_id: str
    given_at_us: int
    predicted: float
    rung: int
    tries: int
    draft: str
    placement: int
    item: str


class Card(SQLModel, table=True):
    """Something to be recalled."""

    id: int | None = Field(default=None, primary_key=True)
    course_id: str
    concept_id: str
    name: str
    """Unique within its concept: the card's id in the course, or the exercise's."""
    front: str
    back: str
    created_at_us: int
    exercise_id: str | None = None
    lapses: int = 0
    suspended: bool = False
    leech: bool = False
    stability_days: float | None = None
    difficulty: float | None = None
    due_at_us: int | None = None
    last_review_at_us: int | None = None
    learning_step: int | None = None
    relearning: bool = False
    rewritten: bool = False


class Review(SQLModel, table=True):
    """One recall of one card."""

    id: int | None = Field(default=None, primary_key=True)
    card_id: int = Field(foreign_key="card.id", ondelete="CASCADE")
    at_us: int
    recall: int
    seconds: float
    predicted: float


class OwnCourse(SQLModel, table=True):
    """A course that the learner made or brought: its files as a JSON object, text by path."""

    course_id: str = Field(primary_key=True)
    updated_at_us: int
    files: str


class Book(SQLModel, table=True):
    """A textbook."""

    id: int | None = Field(default=None, primary_key=True)
    sha256: str
    """Of the file it came from."""
    title: str
    author: str
    format: str
    pages: int
    passages: int
    added_at_us: int
    ready: bool
    """Whether all of it is there."""
    embedded_by: str
    """SHA-256 of the model that its vectors come from; "" for none."""


class BookPassage(SQLModel, table=True):
    """A piece of a book."""

    id: int | None = Field(default=None, primary_key=True)
    book_id: int = Field(foreign_key="book.id", ondelete="CASCADE")
    page: int | None = None
    label: str
    section: str
    text: str
    grams: str


class BookVector(SQLModel, table=True):
    """What a passage means; see ``store.tables.Passage``."""

    passage_id: int | None = Field(
        default=None, primary_key=True, foreign_key="bookpassage.id", ondelete="CASCADE"
    )
    vector: bytes


class WrittenLesson(SQLModel, table=True):
    """A lesson that a model wrote, as JSON."""

    course_id: str = Field(primary_key=True)
    concept_id: str = Field(primary_key=True)
    written_at_us: int
    model: str
    lesson: str


class ProposedExercise(SQLModel, table=True):
    """An exercise that a model proposed and code proved, as JSON."""

    id: str = Field(primary_key=True)
    course_id: str = Field(index=True)
    concept_id: str
    made_at_us: int
    model: str
    exercise: str
