"""A checked lesson as the text that is kept of it, and back."""

from pydantic import TypeAdapter

from assistant.tutor.lessons.checking import CheckedLesson


def to_text(lesson: CheckedLesson) -> str:
    """The lesson as JSON."""
    return TypeAdapter(CheckedLesson).dump_json(lesson).decode()


def from_text(text: str) -> CheckedLesson:
    """The lesson that was kept.

    Raises:
        ValueError: It is not what was kept.
    """
    return TypeAdapter(CheckedLesson).validate_json(text)
