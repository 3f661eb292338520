"""What the code tutor gives to whoever shows it: an analysis, an explanation, challenges."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.domain.code_review import CheckedBy, CodeReading, Finding
from assistant.domain.errors import UserFacingError
from assistant.domain.exercise import CodeTask
from assistant.domain.trace import ProgramRun, Trace
from assistant.services.streams import EventStream, Reading, Text, Waiting
from assistant.tutor.books.grounding import Sentence


class CodeLevel(StrEnum):
    """To whom a program is explained."""

    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


class SectionKind(StrEnum):
    """The parts of an analysis, in the order in which they are shown."""

    UNREADABLE = "unreadable"
    DOES = "does"
    RUN = "run"
    WRONG = "wrong"
    STYLE = "style"
    MEASURES = "measures"
    NAMES = "names"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a section says.

    Args:
        words: Markdown.
        line: Of the program, from 1; 0 where it is of no line.
        depth: How far it is to be indented.
        remedy: What to do about it; "" where nothing is to be done.
    """

    words: str
    line: int = 0
    depth: int = 0
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One part of an analysis.

    Args:
        kind: Which.
        title: Of the part.
        checked_by: What showed that it is so.
        how: That in words, with how far it goes.
        lines: What it says; empty where there was nothing to say.
        estimate: Whether it was estimated, not proved.
    """

    kind: SectionKind
    title: str
    checked_by: CheckedBy
    how: str
    lines: tuple[Line, ...]
    estimate: bool = False

    @property
    def checked(self) -> bool:
        """Whether code answers for it."""
        return self.checked_by is not CheckedBy.NOTHING


@dataclass(frozen=True, slots=True)
class CodeAnalysis:
    """All that code could find of a program.

    Args:
        source: The program.
        reading: What was read off its structure; why it could not be, where ``unreadable`` is set.
        style: What ruff found beyond that.
        run: How it ran; None where it was not run.
        sections: The same in words, ready to be shown.
        missing: What could not be done, and what helps: no sandbox, no ruff.
    """

    source: str
    reading: CodeReading
    style: tuple[Finding, ...]
    run: ProgramRun | None
    sections: tuple[Section, ...]
    missing: tuple[str, ...] = ()

    @property
    def readable(self) -> bool:
        """Whether it is a program at all."""
        return self.reading.unreadable is None

    def section(self, kind: SectionKind) -> Section | None:
        """One part; None where there is none."""
        return next((each for each in self.sections if each.kind is kind), None)

    @property
    def facts(self) -> tuple[str, ...]:
        """What is known, a sentence each, as the model is given it and its words are held to it."""
        return tuple(
            f"Line {line.line}: {line.words}" if line.line else line.words
            for section in self.sections
            for line in section.lines
        )


@dataclass(frozen=True, slots=True)
class CodeExplanation:
    """A model's words about a program.

    Args:
        sentences: Each with what code found of it: its words stand in the analysis and nothing
            in the program speaks against it, or it is not checked.
        objections: For each sentence what in the program speaks against it; "" where nothing does.
        facts: What the numbers of its sources mean: the first is 1.
        model: Who wrote it; "" where no model did.
        missing: What could not be done, and what helps; "" where nothing is missing.
        stopped: Whether it was cancelled before its end.
    """

    sentences: tuple[Sentence, ...]
    facts: tuple[str, ...]
    objections: tuple[str, ...] = ()
    model: str = ""
    missing: str = ""
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Explained:
    """The last event of an explanation: it takes the place of the text so far."""

    explanation: CodeExplanation


@dataclass(frozen=True, slots=True)
class NotExplained:
    """The last event where something went wrong."""

    error: UserFacingError


class CodeAnswer(EventStream[Waiting | Reading | Text | Explained | NotExplained]):
    """An explanation under way: any number of Waiting, Reading and Text, then one end."""

    def __init__(self) -> None:
        super().__init__((Explained, NotExplained))


@dataclass(frozen=True, slots=True)
class TracedProgram:
    """A run step by step, with a sentence for each step.

    Args:
        trace: The steps, with all variables.
        words: For each step what changed before it; "" where nothing did.
    """

    trace: Trace
    words: tuple[str, ...]


class ChallengeKind(StrEnum):
    """What is to be done."""

    WRITE = "write"
    MEND = "mend"


@dataclass(frozen=True, slots=True)
class Challenge:
    """A program to write, or to mend.

    Args:
        id: Gives the same one again.
        kind: What is to be done.
        title: In a few words.
        topic: A concept of the course, such as ``recursion``.
        topic_title: The same in words.
        level: From 1 (nearly everyone) to 5 (few).
        prompt: Markdown.
        task: Module, starter (the broken program, where it is to be mended), tests, reference.
        hint: A nudge without the answer.
        proof: What showed that it can be solved, and is not solved yet; "" where nothing did.
        slip: Of a program to be mended: what was done to it, for when it has been found.
        slip_line: Its line.
    """

    id: str
    kind: ChallengeKind
    title: str
    topic: str
    topic_title: str
    level: int
    prompt: str
    task: CodeTask
    hint: str = ""
    proof: str = ""
    slip: str = ""
    slip_line: int = 0
