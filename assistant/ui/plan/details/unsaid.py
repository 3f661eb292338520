"""What was written in the panel of a task and is kept nowhere yet."""

from dataclasses import dataclass

from assistant.domain.errors import UserFacingError


@dataclass(frozen=True, slots=True)
class Unsaid:
    """Words of a field whose task was left, to be shown there again.

    Args:
        words: As they were written.
        problem: Why they could not be taken; empty where they were not told yet.
    """

    words: str
    problem: str = ""

    @classmethod
    def refused(cls, words: str, error: UserFacingError) -> "Unsaid":
        """Words that were told and could not be taken."""
        return cls(words, problem_of(error))


def problem_of(error: UserFacingError) -> str:
    """What is said of an error at a field."""
    return f"{error.message} {error.hint}".strip()


def plain(text: str) -> str:
    """Words as they are told: in one line, with single spaces."""
    return " ".join(text.split())
