"""What a lesson is to whoever shows it, and a reply to a question about it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assistant.domain.course import Concept, Lesson
from assistant.domain.errors import UserFacingError
from assistant.domain.exercise import Exercise
from assistant.domain.ids import BookId, CourseId
from assistant.services.streams import EventStream, Reading, Text, Waiting
from assistant.tutor.books.grounding import Sentence


class LessonOrigin(StrEnum):
    """Who wrote a lesson."""

    AUTHORED = "authored"
    """It came with its course."""
    WRITTEN = "written"
    """A model wrote it, here."""
    NONE = "none"
    """There is none yet."""


@dataclass(frozen=True, slots=True)
class Check:
    """What is known of one part of a lesson.

    Args:
        checked: Whether code, or whoever wrote the course, answers for it.
        how: In words: “Every step was recomputed.”, “Nothing here could be checked.”
    """

    checked: bool
    how: str


@dataclass(frozen=True, slots=True)
class LessonView:
    """A lesson, and how far it can be trusted.

    Args:
        course: Of which course.
        concept: What it is about.
        lesson: What is read; empty where there is none.
        origin: Who wrote it.
        explanation: Of the explanation.
        worked: Of each worked example, in their order.
        faded: Of each faded one.
        practice: Exercises that were written with it and whose keys were proved; those of a
            course are given by ``PracticeService``.
        written_by: Name of the model; "" where none wrote it.
        written_at: When; None where no model wrote it.
        missing: Why there is none and what helps, in words; "" where there is one.
    """

    course: CourseId
    concept: Concept
    lesson: Lesson
    origin: LessonOrigin
    explanation: Check
    worked: tuple[Check, ...] = ()
    faded: tuple[Check, ...] = ()
    practice: tuple[Exercise, ...] = ()
    written_by: str = ""
    written_at: datetime | None = None
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A passage that an answer rests on.

    Args:
        number: From 1; what the marks of the sentences name.
        where: “Lesson: Slopes” or “Calculus, p. 12”.
        text: All of the passage.
        book: Of which book; None where it is the lesson.
        page: Page of the book, where it has pages.
        section: Heading in the book; "" where there is none.
        passage: Which passage of the book it is; 0 where it is the lesson.
        markdown: Whether it is Markdown; in a PDF a star is a star.
    """

    number: int
    where: str
    text: str
    book: BookId | None = None
    page: int | None = None
    section: str = ""
    passage: int = 0
    markdown: bool = False


@dataclass(frozen=True, slots=True)
class LessonReply:
    """An answer to a question about a lesson.

    Args:
        sentences: The answer, each with what code found of it; the passages' own words where no
            model could answer or too little of what it said stands in them; may be empty.
        sources: The passages that it rests on, or that are nearest to the question.
        model: Who wrote it; "" where no model did.
        missing: What could not be done, and what helps; "" where nothing is missing.
        stopped: Whether it was cancelled before its end.
    """

    sentences: tuple[Sentence, ...]
    sources: tuple[Source, ...]
    model: str = ""
    missing: str = ""
    stopped: bool = False

    @property
    def text(self) -> str:
        """The answer, with the marks of what was found: “It is so. [2]”."""
        return " ".join(
            one.text + "".join(f" [{number}]" for number in one.sources) for one in self.sentences
        )

    @property
    def cited(self) -> tuple[Source, ...]:
        """Those of the sources that a sentence rests on."""
        named = {number for one in self.sentences for number in one.sources}
        return tuple(source for source in self.sources if source.number in named)


@dataclass(frozen=True, slots=True)
class Replied:
    """The last event of a reply: what it came to. It takes the place of the text so far."""

    reply: LessonReply


@dataclass(frozen=True, slots=True)
class NotReplied:
    """The last event where not even passages could be given."""

    error: UserFacingError


LessonEvent = Waiting | Reading | Text | Replied | NotReplied


class LessonAnswer(EventStream[LessonEvent]):
    """A reply under way: any number of Waiting, Reading and Text, then one end."""

    def __init__(self) -> None:
        super().__init__((Replied, NotReplied))
