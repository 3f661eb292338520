"""What makes exercises, handed to whatever asks for some."""

from typing import Protocol

from assistant.domain.exercise import Exercise
from assistant.domain.ids import ConceptId


class Maker(Protocol):
    """Makes exercises whose keys are proved."""

    def make(self, generator: str, concept: ConceptId, difficulty: float, seed: int) -> Exercise:
        """One exercise, always the same for the same arguments."""
        ...
