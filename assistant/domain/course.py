"""A course: units of concepts that build on each other, with what is taught about each."""

from dataclasses import dataclass, field

from assistant.domain.exercise import Exercise
from assistant.domain.ids import ConceptId, CourseId


@dataclass(frozen=True, slots=True)
class Misconception:
    """A known wrong idea, and what helps against it."""

    id: str
    """Unique within its concept, in kebab-case."""
    title: str
    """What the learner believes, in a few words: “moved a term and kept its sign”."""
    remedy: str
    """What to say to someone who believes it; never holds the answer of an exercise."""


@dataclass(frozen=True, slots=True)
class WorkedStep:
    """One step of an example: what is done, and why."""

    shown: str
    """Markdown, with LaTeX between dollar signs."""
    why: str = ""
    blank: str = ""
    """In a faded example: what the learner has to fill in; "" where the step is given."""


@dataclass(frozen=True, slots=True)
class WorkedExample:
    """A problem with its whole way; faded where steps are blank."""

    problem: str
    steps: tuple[WorkedStep, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class Flashcard:
    """A question to be asked again before it fades."""

    id: str
    """Unique within its concept."""
    front: str
    back: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is read before practice."""

    explanation: str
    """Markdown, with LaTeX between dollar signs."""
    worked: tuple[WorkedExample, ...] = ()
    faded: tuple[WorkedExample, ...] = ()


@dataclass(frozen=True, slots=True)
class Concept:
    """One knowledge component: what can be learnt, practised and measured by itself."""

    id: ConceptId
    title: str
    summary: str
    """One sentence: what someone can do who has mastered it."""
    lesson: Lesson
    requires: tuple[ConceptId, ...] = ()
    """Concepts of the same course that come first."""
    minutes: int = 15
    """How long its lesson and first practice take most people."""
    exercises: tuple[Exercise, ...] = ()
    """Authored ones."""
    generators: tuple[str, ...] = ()
    """Names of generators that make further exercises."""
    misconceptions: tuple[Misconception, ...] = ()
    cards: tuple[Flashcard, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """Concepts that are taught together."""

    title: str
    concepts: tuple[ConceptId, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """What can be enrolled in."""

    id: CourseId
    version: int
    title: str
    description: str
    language: str
    """BCP 47, the language it is written in: "en"."""
    subject: str
    """"programming", "mathematics", "music" or any other word."""
    units: tuple[Unit, ...]
    concepts: tuple[Concept, ...]
    """In an order in which each comes after what it requires."""
    licence: str = ""
    source: str = ""
    """Where it came from, with the credit that its licence asks for; "" for our own."""
    by_id: dict[ConceptId, Concept] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {concept.id: concept for concept in self.concepts})

    def concept(self, concept_id: ConceptId) -> Concept:
        """The concept of that id.

        Raises:
            KeyError: The course has none.
        """
        return self.by_id[concept_id]
