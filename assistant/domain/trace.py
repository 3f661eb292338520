"""What a program did when it was run: what it printed, how it ended, and each of its steps."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.domain.exercise import Killed


@dataclass(frozen=True, slots=True)
class ProgramError:
    """An error that ended a program."""

    kind: str
    """Name of its class: ``ZeroDivisionError``."""
    message: str
    line: int
    """In the program, from 1; 0 where it came from none of its lines."""
    trace: str = ""
    """As the interpreter prints it, of the program's own lines alone."""


@dataclass(frozen=True, slots=True)
class ProgramRun:
    """One run of a program from its first line to its end."""

    output: str
    """What it printed, cut at a limit."""
    error: ProgramError | None = None
    killed: Killed | None = None
    seconds: float = 0.0

    @property
    def ended_well(self) -> bool:
        """Whether it came to its end by itself."""
        return self.error is None and self.killed is None


class StepKind(StrEnum):
    """What happens at a step."""

    LINE = "line"
    """This line comes next."""
    CALL = "call"
    RETURN = "return"
    EXCEPTION = "exception"


@dataclass(frozen=True, slots=True)
class Variable:
    """A name and what it stands for at a step."""

    name: str
    value: str
    """Its repr, shortened."""
    kind: str
    """Name of its class."""
    object_id: int
    """The same number for the same object throughout a trace; 0 for values that cannot change."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A function that is being run."""

    name: str
    """``<module>`` for the program itself."""
    line: int
    variables: tuple[Variable, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One moment of a program."""

    kind: StepKind
    line: int
    frames: tuple[Frame, ...]
    """Outermost first; the last one is where it happens."""
    printed: int
    """How many characters of the trace's output had been printed before it."""
    value: str = ""
    """What is returned, or the exception that was raised."""

    def is_thrown_out(self, before: "Step") -> bool:
        """Whether an error that nobody caught there ends a function: it gives nothing back."""
        raised = before.kind is StepKind.EXCEPTION and len(before.frames) == len(self.frames)
        return self.kind is StepKind.RETURN and raised


@dataclass(frozen=True, slots=True)
class Trace:
    """Every step of a program, up to a limit."""

    steps: tuple[Step, ...]
    run: ProgramRun
    cut: bool = False
    """Whether it went on beyond the last step that was kept."""
