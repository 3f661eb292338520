"""An exercise as the text that is kept of it, and back."""

from pydantic import TypeAdapter, ValidationError

from assistant.domain.exercise import Exercise


def to_text(exercise: Exercise) -> str:
    """The exercise as JSON."""
    return TypeAdapter(Exercise).dump_json(exercise).decode()


def from_text(text: str) -> Exercise | None:
    """The exercise that was kept; None where it cannot be read any more."""
    try:
        return TypeAdapter(Exercise).validate_json(text)
    except ValidationError:
        return None
