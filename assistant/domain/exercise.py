"""An exercise with its proved key, and what a grade says of an answer."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.domain.ids import ConceptId, ExerciseId


class AnswerKind(StrEnum):
    """How an answer is given, and so how it is graded."""

    NUMBER = "number"
    """A number with or without a unit; equal within the tolerance."""
    MATH = "math"
    """An expression, equation, inequality, set, interval or list; equal as mathematics."""
    STEPS = "steps"
    """A way to an answer, a line a step."""
    CHOICE = "choice"
    SHORT = "short"
    """A word or a few; equal but for case, spaces, accents and the like."""
    CODE = "code"
    """A program, graded by running tests."""
    NOTES = "notes"
    """Music: pitches, intervals, scales, chords, Roman numerals."""


class Form(StrEnum):
    """What an equal answer has to look like besides."""

    ANY = "any"
    SIMPLIFIED = "simplified"
    FACTORED = "factored"
    EXPANDED = "expanded"
    LOWEST_TERMS = "lowest_terms"


class ProvedBy(StrEnum):
    """What showed that the key is right."""

    ALGEBRA = "algebra"
    """A computer algebra system, on another way than the one that made the key."""
    TESTS = "tests"
    """The reference passed the tests in the sandbox, and the stub did not."""
    MUSIC = "music"
    """A music theory library, on another way than the one that made the key."""
    AUTHOR = "author"
    """A person wrote it; nothing was computed."""
    NOTHING = "nothing"
    """Nobody: shown as not checked, and never counted."""


@dataclass(frozen=True, slots=True)
class Proof:
    """How the key was shown to be right."""

    by: ProvedBy
    how: str
    """In words, for whoever looks: “At x = 5 both sides are 27.”"""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several answers to choose from."""

    text: str
    misconception: str = ""
    """Id of the wrong idea that leads to it; "" for the right one, or where none is known."""


@dataclass(frozen=True, slots=True)
class Key:
    """What a right answer is."""

    answer: str
    """As text: LaTeX or plain for mathematics, the text of the choice, notes, or "" for code."""
    others: tuple[str, ...] = ()
    """Further answers that are as right."""
    form: Form = Form.ANY
    unit: str = ""
    tolerance: float = 0.0
    """Relative; 0 means exact, or to the digits that the key gives where it is a decimal."""
    wrong: tuple[tuple[str, str], ...] = ()
    """Wrong answers to be expected, each with the id of the misconception that leads there."""


@dataclass(frozen=True, slots=True)
class CodeTask:
    """A program to be written or mended."""

    module: str
    """Name that the tests import it by: "flatten"."""
    starter: str
    """What stands in the editor at first."""
    tests: str
    """unittest or plain pytest functions that import ``module``."""
    reference: str
    """Passes all of them; never shown before the last hint."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """One thing to be answered."""

    id: ExerciseId
    """Stable: for an authored one ``course/concept/name``, for a generated one
    ``generator:difficulty:seed``."""
    concept: ConceptId
    kind: AnswerKind
    prompt: str
    """Markdown, with LaTeX between dollar signs."""
    key: Key
    proof: Proof
    difficulty: float = 3.0
    """From 1 (nearly everyone gets it right) to 5 (few do)."""
    title: str = ""
    nudge: str = ""
    """First rung of the hints; none of the first three holds the answer."""
    idea: str = ""
    """Second rung: the concept that helps."""
    part: str = ""
    """Third rung: a step partly worked."""
    solution: tuple[str, ...] = ()
    """Last rung: every step worked, the answer in the last."""
    choices: tuple[Choice, ...] = ()
    code: CodeTask | None = None
    given: str = ""
    """For steps: the equation or expression to begin with."""


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What became of one test."""

    name: str
    passed: bool
    message: str = ""
    """Why it failed, in a line or a few."""
    wanted: str = ""
    got: str = ""
    call: str = ""
    """What was called, where the test says so: ``flatten([])``."""


class Killed(StrEnum):
    """What ended a program that did not end by itself."""

    TIME = "time"
    MEMORY = "memory"


@dataclass(frozen=True, slots=True)
class RunReport:
    """What the tests said of a program."""

    cases: tuple[CaseResult, ...]
    killed: Killed | None = None
    output: str = ""
    """What the program printed, cut at a limit."""
    trouble: str = ""
    """Why nothing could be run: a syntax error, a name that is missing; "" otherwise."""
    seconds: float = 0.0

    @property
    def passed(self) -> int:
        """How many tests passed."""
        return sum(case.passed for case in self.cases)

    @property
    def failed(self) -> int:
        """How many did not."""
        return len(self.cases) - self.passed

    @property
    def all_passed(self) -> bool:
        """Whether there were tests, every one passed and nothing ended the run."""
        return bool(self.cases) and not self.failed and self.killed is None and not self.trouble


@dataclass(frozen=True, slots=True)
class StepVerdict:
    """Where a way goes wrong first."""

    step: int | None
    """Index from 0 of the first wrong step; None where none was found."""
    why: str
    """What is wrong with it, in words; "" where none was found."""
    checked: bool
    """Whether algebra or arithmetic showed it; otherwise it is a guess, and shown as one."""
    misconception: str = ""


@dataclass(frozen=True, slots=True)
class Grade:
    """What an answer is worth."""

    correct: bool | None
    """None where it could not be judged (nothing was read): it counts as no attempt."""
    credit: float
    """0 to 1: the part that is right."""
    words: str
    """What to tell the learner: one or two sentences, never with the key in it."""
    checked_by: ProvedBy
    equivalent_only: bool = False
    """Right as mathematics, but not in the form that was asked for."""
    misconception: str = ""
    """Id of a known wrong idea that leads to this very answer."""
    first_wrong: StepVerdict | None = None
    tests: RunReport | None = None
