"""What a model fills in to propose an exercise: one short field."""

from collections.abc import Sequence
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from assistant.domain.conversation import Role
from assistant.domain.course import Concept
from assistant.domain.generation import Turn

MOST_SHOWN: Final = 3
"""Examples that a model sees: small ones copy where there are more."""


class FormulaDraft(BaseModel):
    """The matter of a question in mathematics."""

    model_config = ConfigDict(frozen=True)

    formula: Annotated[str, Field(min_length=1, max_length=60)]


class NotesDraft(BaseModel):
    """The matter of a question in music: notes, scales or chords, parted by commas."""

    model_config = ConfigDict(frozen=True)

    matter: Annotated[str, Field(min_length=1, max_length=60)]


class ProgramDraft(BaseModel):
    """A short program whose output is asked for."""

    model_config = ConfigDict(frozen=True)

    program: Annotated[str, Field(min_length=8, max_length=360)]


Draft = FormulaDraft | NotesDraft | ProgramDraft


def turns_for(
    concept: Concept, shown: Sequence[Draft], kind: type[Draft], told: str = ""
) -> tuple[Turn, ...]:
    """The prompt for one proposal.

    Args:
        concept: What it has to be about.
        shown: Of the concept's own exercises: each is an answer that was given before.
        kind: What is asked for.
        told: Why the last proposal was dropped.
    """
    what = {
        FormulaDraft: "one formula to be worked out",
        NotesDraft: "the notes of one question",
        ProgramDraft: "one short Python program of three to eight lines that prints one line",
    }[kind]
    system = (
        f"You make exercises for learners. Each time you give {what}, about the same idea as the "
        "ones before, with other numbers, names or words. Answer with JSON."
    )
    ask = f"An exercise about: {concept.title}."
    turns = [Turn(Role.SYSTEM, system)]
    for one in shown[:MOST_SHOWN]:
        turns += [Turn(Role.USER, ask), Turn(Role.ASSISTANT, one.model_dump_json())]
    last = f"{ask} Another one, unlike those before."
    turns.append(Turn(Role.USER, f"{last} {told}".strip()))
    return tuple(turns)
