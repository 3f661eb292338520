"""What is wrong with a course, gathered so that an author sees all of it at once."""

from dataclasses import dataclass

from assistant.domain.errors import UserFacingError

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and where."""

    file: str
    """Relative to the course's folder, with forward slashes."""
    field: str
    """Path of the field, as an author finds it: ``exercises[flatten].answer``; "" for the file."""
    words: str
    """What is wrong and what to do: one or two sentences."""

    def __str__(self) -> str:
        place = f"{self.file}: {self.field}" if self.field else self.file
        return f"{place}: {self.words}"


class CourseBroken(UserFacingError):  # noqa: N818 - what the learner is told
    """A course cannot be used as it is.

    Args:
        problems: Everything that was found; never empty.
        name: What the course is called, for the sentence.
    """

    def __init__(self, problems: tuple[Problem, ...], name: str = "") -> None:
        self.problems = problems
        shown = [str(problem) for problem in problems[:_SHOWN]]
        if len(problems) > _SHOWN:
            shown.append(f"… and {len(problems) - _SHOWN} more")
        which = f"The course “{name}”" if name else "The course"
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        super().__init__(
            f"{which} cannot be used: it has {count}.\n" + "\n".join(shown),
            "Mend what is named, then open the course again.",
            code="course_broken",
        )
