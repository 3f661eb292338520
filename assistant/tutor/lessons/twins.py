"""The concept of a course that ships which is about the same as one of the learner's own."""

from collections.abc import Iterable, Iterator
from typing import Final

from assistant.domain.course import Concept, Course, WorkedExample, WorkedStep
from assistant.domain.errors import UserFacingError
from assistant.domain.exercise import AnswerKind, Exercise
from assistant.domain.making import Maker
from assistant.tutor.courses.goals import stems
from assistant.tutor.lessons.checking import Twin

_ALIKE: Final = 0.6
_LEVEL: Final = 2.0
_TRIED: Final = 12
_TYPED: Final = frozenset({AnswerKind.NUMBER, AnswerKind.MATH, AnswerKind.SHORT, AnswerKind.NOTES})


def twin_of(concept: Concept, subject: str, courses: Iterable[Course], maker: Maker) -> Twin | None:
    """The nearest concept of a course of the same subject and language; None where none is near.

    Args:
        concept: Of a course of the learner's own.
        subject: Of that course.
        courses: Those that ship.
        maker: Makes the example.
    """
    wanted = stems(concept.title)
    best: tuple[float, Course, Concept] | None = None
    for course in courses:
        for one in course.concepts if course.subject == subject else ():
            alike = max(_alike(wanted, stems(one.title)), _alike(wanted, stems(one.id)))
            if alike >= _ALIKE and (best is None or alike > best[0]):
                best = (alike, course, one)
    if best is None:
        return None
    _, course, found = best
    texts = [found.summary, found.lesson.explanation]
    texts += [f"{one.title}. {one.remedy}" for one in found.misconceptions]
    texts += [f"{card.front} {card.back}" for card in found.cards]
    example = _example(found, maker)
    generator = found.generators[0] if found.generators else ""
    written = found.lesson.worked[0] if found.lesson.worked else None
    words = f"{found.summary}\n\nThe lesson “{found.title}” of “{course.title}” explains it."
    return Twin(course.title, words, tuple(texts), (written, example), generator)


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(len(one | other), 1)


def made_examples(
    concept: Concept, maker: Maker, like: str = ""
) -> Iterator[tuple[AnswerKind, WorkedExample]]:
    """New exercises of a concept with every step shown; none where nothing can be made here.

    Args:
        concept: The concept.
        maker: Makes and proves them.
        like: The generator that comes first.
    """
    for generator in sorted(concept.generators, key=lambda name: name != like):
        for seed in range(_TRIED):
            try:
                made = maker.make(generator, concept.id, _LEVEL, seed)
            except UserFacingError:
                return
            if made.code is None:
                yield made.kind, _worked(made)


def _example(concept: Concept, maker: Maker) -> WorkedExample | None:
    """One that is typed where there is one."""
    first: WorkedExample | None = None
    for kind, example in made_examples(concept, maker):
        if kind in _TYPED:
            return example
        first = first or example
    return first


def _worked(exercise: Exercise) -> WorkedExample:
    steps = tuple(WorkedStep(line) for line in exercise.solution)
    return WorkedExample(exercise.prompt, steps, exercise.key.answer)
