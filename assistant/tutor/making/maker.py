"""Makes exercises by name, level and seed, and gives out only those whose key was proved."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from assistant.domain.errors import UserFacingError
from assistant.domain.exercise import (
    AnswerKind,
    Choice,
    Exercise,
    Grade,
    Key,
    Proof,
    ProvedBy,
)
from assistant.domain.ids import ConceptId, ExerciseId
from assistant.tutor.hints.leaks import Guard
from assistant.tutor.making.demands import scale_of
from assistant.tutor.making.drafts import Claim, Draft, Draw
from assistant.tutor.making.proving import RUN, prove
from assistant.tutor.making.proving_programs import Run

_ATTEMPTS = 60
_AT_ITS_LEVEL = 40
"""After so many attempts a question about a program is looked for at the other levels as well."""
NEAR_ENOUGH = 0.75
"""How far the measured difficulty may be from the wanted one."""
_FEWEST_CHOICES = 2
_SAME_TO_BE_MADE = 256


class ExerciseMaker:
    """Makes exercises whose keys are proved; the same arguments give the same exercise.

    Args:
        run: Runs a program sealed off, and gives what it prints; without it there are no questions
            about programs.
    """

    def __init__(self, run: Run | None = None) -> None:
        self.run = run
        """Runs programs; None where nothing can be run."""

    def make(self, generator: str, concept: ConceptId, difficulty: float, seed: int) -> Exercise:
        """One exercise.

        Args:
            generator: Its name in ``GENERATORS``.
            concept: What it is about.
            difficulty: The wanted one, from 1 to 5. A question about a program has the one that
                was measured, which is the nearest that the generator can make.
            seed: Any whole number.

        Raises:
            UserFacingError: There is no such generator.
        """
        from assistant.tutor.making.registry import GENERATORS

        if generator not in GENERATORS:
            raise UserFacingError(
                f"There is no generator “{generator}”.",
                "Use the exercises that the course brings, or name another generator.",
                code="no_generator",
            )
        level = round(min(max(difficulty, 1.0), 5.0), 2)
        exercise, _ = _made(generator, concept, level, seed, self.run)
        return exercise

    def again(self, exercise: ExerciseId, concept: ConceptId) -> Exercise | None:
        """The exercise of an id that ``make`` once gave out; None for any other id."""
        from assistant.tutor.making.registry import GENERATORS

        name, _, rest = exercise.partition(":")
        level, _, number = rest.partition(":")
        try:
            difficulty, seed = float(level), int(number)
        except ValueError:
            return None
        if name not in GENERATORS or not 1 <= difficulty <= 5:  # noqa: PLR2004 - the scale
            return None
        made = self.make(name, concept, difficulty, seed)
        return made if made.id == exercise else None


def claim_of(exercise: Exercise) -> Claim:
    """What the key of a made exercise says, for whoever recomputes it; not for programs."""
    name, level, seed = exercise.id.split(":")
    return _made(name, exercise.concept, float(level), int(seed), None)[1]


@lru_cache(maxsize=_SAME_TO_BE_MADE)
def _made(
    generator: str, concept: ConceptId, difficulty: float, seed: int, run: Run | None
) -> tuple[Exercise, Claim]:
    """The first attempt that can be proved, has no leak in its hints and is not trivial."""
    name = f"{generator}:{difficulty:g}:{seed}"
    for draft, real in _drafts(generator, name, difficulty):
        how = prove(draft, run)
        exercise = how and _exercise(draft, how, ExerciseId(name), concept, real)
        if exercise is not None:
            return exercise, draft.claim
        if draft.claim.about in RUN and run is None:
            break
    raise UserFacingError(
        f"The generator “{generator}” found no exercise that could be checked.",
        "Try another seed or difficulty.",
        code="nothing_proved",
    )


def _drafts(generator: str, name: str, wanted: float) -> Iterator[tuple[Draft, float]]:
    """Drafts with their difficulty: those near the wanted one first, then the nearest of the rest.

    Of questions about programs it is measured; of others the numbers follow from the level.
    """
    from assistant.tutor.making.registry import GENERATORS

    level = min(max(round(wanted), 1), 5)
    far: list[tuple[float, int, Draft, float]] = []
    for attempt in range(_ATTEMPTS):
        at = level if attempt < _AT_ITS_LEVEL or not far else attempt % 5 + 1
        draft = GENERATORS[generator](Draw(f"{name}:{attempt}", at))
        if draft.claim.about not in RUN:
            yield draft, wanted
            continue
        real = scale_of(generator).difficulty(draft)
        off = abs(real - wanted)
        if off <= NEAR_ENOUGH:
            yield draft, real
        else:
            far.append((off, attempt, draft, real))
    for _, _, draft, real in sorted(far, key=lambda one: one[:2]):
        yield draft, real


def graded(exercise: Exercise, answer: str) -> Grade:
    """What an answer to a made exercise is worth; the last line counts for steps."""
    from assistant.tutor.maths import grade
    from assistant.tutor.music import grade_notes

    if exercise.kind is AnswerKind.NOTES:
        return grade_notes(answer, exercise.key)
    judged = AnswerKind.MATH if exercise.kind is AnswerKind.STEPS else exercise.kind
    return grade(answer, exercise.key, judged)


def _exercise(
    draft: Draft,
    how: tuple[ProvedBy, str],
    name: ExerciseId,
    concept: ConceptId,
    difficulty: float,
) -> Exercise | None:
    """The draft as an exercise; None where anything about it does not hold."""
    by, words = how
    choices = tuple(Choice(text, idea) for text, idea in draft.choices)
    wrong = draft.wrong
    if choices:
        wrong = tuple((one.text, one.misconception) for one in choices if one.text != draft.answer)
    texts = [one.text for one in choices]
    if choices and (
        len(set(texts)) < max(len(texts), _FEWEST_CHOICES) or draft.answer not in texts
    ):
        return None
    exercise = Exercise(
        id=name,
        concept=concept,
        kind=draft.kind,
        prompt=draft.prompt,
        key=Key(draft.answer, draft.others, draft.form, draft.unit, draft.tolerance),
        proof=Proof(by, words),
        difficulty=difficulty,
        nudge=draft.nudge,
        idea=draft.idea,
        part=draft.part,
        solution=draft.solution,
        choices=choices,
        given=draft.given,
        title=draft.title,
        code=draft.code,
    )
    if exercise.code is None:
        if not all(graded(exercise, text).correct for text in (draft.answer, *draft.others)):
            return None
        exercise = _with_wrong(exercise, wrong)
        if any(graded(exercise, text).correct for text in texts if text != draft.answer):
            return None  # choices that differ only in what is not looked at
    guard = Guard(exercise)
    leaks = any(guard.leak(text) for text in (draft.nudge, draft.idea, draft.part))
    return None if leaks else exercise


def _with_wrong(exercise: Exercise, wrong: tuple[tuple[str, str], ...]) -> Exercise:
    """Takes out what is right after all, cannot be read, or is the same as one before."""
    kept: list[tuple[str, str]] = []
    for text, idea in wrong:
        tried = replace(exercise, key=replace(exercise.key, wrong=(*kept, (text, idea))))
        found = graded(tried, text)
        known = graded(replace(exercise, key=replace(exercise.key, wrong=tuple(kept))), text)
        if (
            idea
            and found.correct is False
            and (found.misconception, known.misconception) == (idea, "")
        ):
            kept.append((text, idea))
    return replace(exercise, key=replace(exercise.key, wrong=tuple(kept)))
