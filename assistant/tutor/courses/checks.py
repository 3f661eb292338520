"""What one concept's file must keep to beyond the shape of its fields."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from assistant.tutor.courses.problems import Problem
from assistant.tutor.courses.revealing import reveals, reveals_program
from assistant.tutor.courses.schema import ConceptFile, ExampleFile, ExerciseFile

_BLANK = re.compile(r"_{3,}")
_DIGIT = re.compile(r"\d")
_FEWEST_CHOICES = 2
_WINDOWS_DEVICES = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)}
)

Found = Iterator[tuple[str, str]]
"""Field and words."""


def problems_of_concept(file: str, concept: ConceptFile) -> list[Problem]:
    """Everything that is wrong inside one file whose fields have the right shape."""
    found = [*_ids(concept), *_examples(concept)]
    for exercise in concept.exercises:
        known = {one.id for one in concept.misconceptions}
        found += [
            (f"exercises[{exercise.id}]{field}", words)
            for field, words in _exercise(exercise, known)
        ]
    return [Problem(file, field, words) for field, words in found]


def problems_of_exercise(exercise: ExerciseFile) -> list[str]:
    """What is wrong with an exercise that names no misconceptions, in words."""
    return [f"{field.lstrip('.')}: {words}" for field, words in _exercise(exercise, set())]


def name_is_usable(concept_id: str) -> bool:
    """Whether a file may be called so on every system."""
    return concept_id not in _WINDOWS_DEVICES


def repeated(values: Iterable[str]) -> list[str]:
    """What occurs more than once, in order."""
    return [value for value, count in Counter(values).items() if count > 1]


def _ids(concept: ConceptFile) -> Found:
    for kind, ids in (
        ("exercises", [one.id for one in concept.exercises]),
        ("cards", [one.id for one in concept.cards]),
        ("misconceptions", [one.id for one in concept.misconceptions]),
    ):
        for twice in repeated(ids):
            yield f"{kind}[{twice}].id", "This id is used more than once; give each its own."
    for twice in repeated(concept.requires):
        yield "requires", f"“{twice}” is named more than once; once is enough."


def _examples(concept: ConceptFile) -> Found:
    if concept.lesson is None:
        return
    for number, example in enumerate(concept.lesson.worked, start=1):
        for step_number, step in enumerate(example.steps, start=1):
            if step.blank:
                field = f"lesson.worked[{number}].steps[{step_number}].blank"
                yield field, "A worked example has no blanks; move it to lesson.faded."
    for number, example in enumerate(concept.lesson.faded, start=1):
        yield from _faded(f"lesson.faded[{number}]", example)


def _faded(place: str, example: ExampleFile) -> Found:
    if not any(step.blank for step in example.steps):
        yield f"{place}.steps", "No step has a blank; give at least one, or move it to worked."
    for number, step in enumerate(example.steps, start=1):
        field = f"{place}.steps[{number}]"
        marked = bool(_BLANK.search(step.shown))
        if step.blank and not marked:
            yield f"{field}.shown", "Write ___ where the learner fills in the blank."
        if marked and not step.blank.strip():
            yield f"{field}.blank", "Say what belongs where ___ stands."


def _exercise(exercise: ExerciseFile, known: set[str]) -> Found:
    if exercise.kind == "code":
        yield from _code(exercise)
    else:
        yield from _answered(exercise)
    yield from _choices(exercise)
    yield from _steps(exercise)
    yield from _misconceptions(exercise, known)
    yield from _hints(exercise)


def _code(exercise: ExerciseFile) -> Found:
    if exercise.answer or exercise.others or exercise.wrong:
        yield ".answer", "A code exercise is graded by its tests; take answer, others, wrong out."
    code = exercise.code
    if code is None:
        yield ".code", "A code exercise needs [exercises.code] with module, tests and reference."
        return
    if not re.search(rf"^\s*(from|import)\s+{code.module}\b", code.tests, re.MULTILINE):
        yield ".code.tests", f"The tests must import the learner's module “{code.module}”."
    if code.starter.strip() == code.reference.strip():
        yield ".code.starter", "The starter is the reference already; leave something to do."


def _answered(exercise: ExerciseFile) -> Found:
    if not exercise.answer.strip():
        yield ".answer", "This is missing; give the key."
    if not exercise.solution:
        yield ".solution", "This is missing; give the steps, with the answer in the last."
    if exercise.code is not None:
        yield ".code", "Only an exercise of kind “code” has this; change the kind or take it out."
    if exercise.kind == "number" and exercise.answer and not _DIGIT.search(exercise.answer):
        yield ".answer", "The answer of a number exercise has digits; else use “math” or “short”."
    keys = [exercise.answer, *exercise.others]
    for twice in repeated(key.strip() for key in keys):
        yield ".others", f"“{twice}” is given more than once; once is enough."
    for wrong in exercise.wrong:
        if wrong.answer.strip() in {key.strip() for key in keys}:
            yield ".wrong", f"“{wrong.answer}” is given as right and as wrong; take one out."


def _choices(exercise: ExerciseFile) -> Found:
    if exercise.kind != "choice":
        if exercise.choices:
            yield ".choices", "Only an exercise of kind “choice” has these; take them out."
        return
    texts = [choice.text for choice in exercise.choices]
    if len(texts) < _FEWEST_CHOICES:
        yield ".choices", "Give at least two choices."
    for twice in repeated(text.strip().casefold() for text in texts):
        yield ".choices", f"“{twice}” is offered more than once; change one."
    if exercise.answer and exercise.answer not in texts:
        yield ".choices", "None of the choices is the answer, letter by letter; add it."
    if any(one.misconception for one in exercise.choices if one.text == exercise.answer):
        yield ".choices", "The right choice has a misconception; take it out there."


def _steps(exercise: ExerciseFile) -> Found:
    if exercise.kind == "steps" and not exercise.given.strip():
        yield ".given", "Give the equation or expression that the steps begin with."
    if exercise.kind != "steps" and exercise.given:
        yield ".given", "Only an exercise of kind “steps” has this; take it out."


def _misconceptions(exercise: ExerciseFile, known: set[str]) -> Found:
    named = [choice.misconception for choice in exercise.choices if choice.misconception]
    named += [wrong.misconception for wrong in exercise.wrong]
    for missing in dict.fromkeys(one for one in named if one not in known):
        yield "", f"The misconception “{missing}” is not in this file; add it or mend the name."


def _hints(exercise: ExerciseFile) -> Found:
    """Hints that hold the answer, save where the prompt says it already."""
    for field in ("nudge", "idea", "part"):
        hint: str = getattr(exercise, field)
        if hint and _gives_away(exercise, hint):
            yield f".{field}", "This hint holds the answer; the learner should still find it."


def _gives_away(exercise: ExerciseFile, hint: str) -> bool:
    if exercise.code is not None:
        return reveals_program(hint, exercise.code.reference)
    keys = [key for key in (exercise.answer, *exercise.others) if not reveals(exercise.prompt, key)]
    if exercise.kind == "choice":
        others = [one.text for one in exercise.choices if one.text != exercise.answer]
        if any(reveals(hint, other) for other in others):
            return False
    return any(reveals(hint, key) for key in keys)
