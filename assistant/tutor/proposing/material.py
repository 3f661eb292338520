"""What a concept's own exercises and lessons tell of how a proposal has to be."""

import contextlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from assistant.domain.course import Concept, Course, Lesson
from assistant.domain.errors import UserFacingError
from assistant.domain.exercise import Exercise
from assistant.domain.ids import ConceptId
from assistant.domain.making import Maker
from assistant.tutor.making import drafts as making
from assistant.tutor.proposing.drafts import Draft, FormulaDraft, NotesDraft, ProgramDraft
from assistant.tutor.proposing.exercises import PROGRAM, Material, programs_in
from assistant.tutor.proposing.frames import formula_frames, note_frames
from assistant.tutor.proposing.programs import subject_of

PROGRAMMING: Final = "programming"
MUSIC: Final = "music"
_SHOWN_LINES: Final = 8
_FEWEST_LINES: Final = 2
_DIFFICULTY: Final = 2.5
_OF_EACH_LEVEL: Final = 4


@dataclass(frozen=True, slots=True)
class Known:
    """What there is on a concept.

    Args:
        exercises: Written, made and proposed ones.
        made: Drafts of its generators, for what their keys say.
    """

    exercises: tuple[Exercise, ...]
    made: tuple[making.Draft, ...] = ()


def gathered(
    concept: Concept, maker: Maker
) -> tuple[tuple[Exercise, ...], tuple[making.Draft, ...]]:
    """Some exercises of a concept's generators, and drafts of them; none where nothing is made."""
    from assistant.tutor.making.registry import GENERATORS

    exercises: list[Exercise] = []
    drafts: list[making.Draft] = []
    for name in concept.generators:
        for level in range(1, 6):
            for seed in range(_OF_EACH_LEVEL):
                draw = making.Draw(f"{name}/{seed}", level)
                drafts += [GENERATORS[name](draw)] if name in GENERATORS else []
                # Without a sandbox, or where nothing could be proved, there are the written ones.
                with contextlib.suppress(UserFacingError):
                    exercises.append(maker.make(name, concept.id, level, seed))
    return tuple(exercises), tuple(drafts)


def material_for(course: Course, concept: Concept, known: Known) -> Material:
    """What proposals on a concept are held against, and what the model is shown."""
    levels = [one.difficulty for one in concept.exercises]
    level = sum(levels) / len(levels) if levels else _DIFFICULTY
    if course.subject == PROGRAMMING:
        own = _programs(concept, known.exercises)
        before = chain.from_iterable(
            _programs(course.concept(one), course.concept(one).exercises)
            for one in _rests_on(course, concept.id)
        )
        shown: Sequence[Draft] = [ProgramDraft(program=one) for one in own if _short(one)]
        subject = subject_of(own, before) if own else None
        return Material(concept, (), subject, tuple(shown), known.exercises, level)
    if course.subject == MUSIC:
        frames = note_frames(known.made)
        matters = [", ".join(frame.claim.data[at] for at in frame.pieces) for frame in frames]
        shown = [NotesDraft(matter=one) for one in dict.fromkeys(matters)]
    else:
        frames = formula_frames(known.exercises)
        formulas = dict.fromkeys(_bare(frame.claim.data[0]) for frame in frames)
        shown = [FormulaDraft(formula=one) for one in formulas]
    return Material(concept, frames, None, tuple(shown), known.exercises, level)


def draft_kind(course: Course) -> type[Draft]:
    """What a model fills in for a course's subject."""
    kinds: dict[str, type[Draft]] = {PROGRAMMING: ProgramDraft, MUSIC: NotesDraft}
    return kinds.get(course.subject, FormulaDraft)


def _bare(formula: str) -> str:
    """``((2)/(9)) + ((1)/(3))`` as it is typed: ``2/9 + 1/3``."""
    simple = re.sub(r"\((\w+)\)", r"\1", formula)
    return re.sub(r"\((\w+/\w+)\)", r"\1", simple)


def _programs(concept: Concept, exercises: Iterable[Exercise]) -> list[str]:
    exercises = tuple(exercises)
    found = programs_in(exercises)
    found += [one.code.reference for one in exercises if one.code is not None]
    return found + _in_lesson(concept.lesson)


def _in_lesson(lesson: Lesson) -> list[str]:
    texts = [lesson.explanation]
    texts += [step.shown for one in lesson.worked for step in one.steps]
    return [text for one in texts for text in PROGRAM.findall(one) if ">>>" not in text]


def _short(program: str) -> bool:
    lines = program.strip().splitlines()
    return (
        _FEWEST_LINES <= len(lines) <= _SHOWN_LINES
        and program.count("print(") == 1
        and len(program) <= ProgramDraft.model_json_schema()["properties"]["program"]["maxLength"]
    )


def _rests_on(course: Course, concept: ConceptId) -> tuple[ConceptId, ...]:
    """All that a concept requires, and what that requires."""
    found: dict[ConceptId, None] = {}
    waiting = list(course.concept(concept).requires)
    while waiting:
        one = waiting.pop()
        if one not in found and one in course.by_id:
            found[one] = None
            waiting += course.concept(one).requires
    return tuple(found)
