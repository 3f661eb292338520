"""A lesson that is open, with the course around it; no Qt."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.domain.course import Concept, Course
from assistant.domain.ids import ConceptId
from assistant.domain.study import Mastery
from assistant.render.blocks import Block
from assistant.services.study.lesson_values import LessonView


@dataclass(frozen=True, slots=True)
class OpenLesson:
    """A lesson, the course around it, and what is known of its concepts."""

    course: Course
    view: LessonView
    known: Mapping[ConceptId, Mastery]
    explanation: tuple[Block, ...] = ()
    """What the view's explanation says, parsed."""

    @property
    def number(self) -> int:
        """Its place in the course, from 0."""
        return self.course.concepts.index(self.course.concept(self.view.concept.id))

    @property
    def unit(self) -> str:
        """Title of its unit; "" where it is in none."""
        concept = self.view.concept.id
        return next((one.title for one in self.course.units if concept in one.concepts), "")

    @property
    def can_be_practised(self) -> bool:
        """Whether there is any exercise on its concept, or what makes some."""
        concept = self.course.concept(self.view.concept.id)
        return bool(concept.exercises or concept.generators or self.view.practice)

    @property
    def before(self) -> tuple[Concept, ...]:
        """What it requires."""
        return tuple(self.course.concept(one) for one in self.view.concept.requires)

    @property
    def opens(self) -> tuple[Concept, ...]:
        """What requires it."""
        concept = self.view.concept.id
        return tuple(one for one in self.course.concepts if concept in one.requires)

    def neighbour(self, step: int) -> Concept | None:
        """The one before (-1) or after (1) it in the course; None at its ends."""
        at = self.number + step
        return self.course.concepts[at] if 0 <= at < len(self.course.concepts) else None
