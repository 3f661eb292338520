"""What code makes sure of in a lesson that a model wrote.

A sum that is wrong is never shown: an example with one is left out. What nothing shows to be right
or wrong is kept, and says that it is not checked.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from assistant.domain.course import WorkedExample, WorkedStep
from assistant.domain.exercise import AnswerKind, Exercise, Key, Proof, ProvedBy
from assistant.domain.ids import ConceptId, CourseId, ExerciseId
from assistant.domain.trace import ProgramRun
from assistant.tutor.books.grounding import Support, grounded
from assistant.tutor.courses.goals import stems
from assistant.tutor.hints.pieces import flat
from assistant.tutor.lessons.drafts import (
    Draft,
    DraftTask,
    LessonDraft,
    ProgramLessonDraft,
    is_borrowed,
    without_borrowed,
)
from assistant.tutor.lessons.telling import told_of

RunProgram = Callable[[str], ProgramRun | None]
"""Runs a program, sealed off; None where nothing can be run here."""
_ASKED: Final = re.compile(
    r"^\W*(?:please\s+)?(?:work out|compute|calculate|evaluate|simplify|solve|find|what is)\b",
    re.IGNORECASE,
)
_LETTER: Final = re.compile(r"[a-z]", re.IGNORECASE)
_SIDES: Final = 2
_MADE: Final = "It was made by the app, and its key was proved."
_NO_SUM: Final = "There is nothing to compute."
_NEW_SHARE: Final = 0.2
"""An example with fewer words of its own than this share says nothing new."""
_PRACTICE_DIFFICULTY: Final = 2.5


@dataclass(frozen=True, slots=True)
class CheckedPart:
    """An example and what is known of it."""

    example: WorkedExample
    checked: bool
    how: str


@dataclass(frozen=True, slots=True)
class CheckedLesson:
    """A lesson as it may be shown.

    Args:
        explanation: Markdown.
        explained: Whether every sentence stands in the learner's books.
        how: What was found of the explanation, in words.
        worked: Examples without a wrong sum.
        faded: Made of those that were checked.
        practice: Exercises whose keys were proved.
        left_out: What was wrong and is not shown, a sentence each.
    """

    explanation: str
    explained: bool
    how: str
    worked: tuple[CheckedPart, ...] = ()
    faded: tuple[CheckedPart, ...] = ()
    practice: tuple[Exercise, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Aim:
    """What a lesson is for, and what it is held against.

    Args:
        course: For the ids of exercises.
        concept: The same.
        topic: Title and summary.
        passages: Of the learner's books.
        twin: A lesson that somebody wrote about the same, and a proved example; None where none is.
        computes: Whether an example without a sum is none: in mathematics.
    """

    course: CourseId
    concept: ConceptId
    topic: str
    passages: tuple[str, ...] = ()
    twin: "Twin | None" = None
    computes: bool = False


@dataclass(frozen=True, slots=True)
class Twin:
    """A concept of a course that ships which is about the same.

    Args:
        title: Of the course.
        words: What the concept is about, and where its lesson stands.
        texts: What was written of it.
        examples: That of its lesson, and one whose key was proved; None where there is none.
        generator: What makes more of them; "" for nothing.
    """

    title: str
    words: str
    texts: tuple[str, ...]
    examples: tuple[WorkedExample | None, WorkedExample | None] = (None, None)
    generator: str = ""


def checked(draft: Draft, aim: Aim, run: RunProgram) -> CheckedLesson:
    """Checks all of a draft; what is not good enough to be shown is left out.

    Args:
        draft: What a model wrote; nothing of it is taken on trust.
        aim: What it is for.
        run: Runs a program, sealed off.

    Returns:
        With an empty explanation where neither the model's words nor a twin's are there.
    """
    if isinstance(draft, LessonDraft):
        draft = without_borrowed(draft)
    left_out: list[str] = []
    texts = aim.twin.texts if aim.twin is not None else ()
    told = told_of(draft, aim.topic, (*texts, *aim.passages) if texts else ())
    left_out += told.dropped
    part = _part(draft, aim, run)
    worked: tuple[CheckedPart, ...] = ()
    if isinstance(part, str):
        left_out.append(part)
    elif part.checked or aim.twin is None:
        worked = (part,)
    if aim.twin is not None:
        worked = (*_lent(aim.twin), *worked)
    tasks = draft.practice if isinstance(draft, LessonDraft) else []
    place = (aim.course, aim.concept)
    practice = [one for at, task in enumerate(tasks) if (one := _exercise(task, place, at))]
    if len(practice) < len(tasks):
        left_out.append(f"{len(tasks) - len(practice)} exercises whose key nothing proves.")
    faded = tuple(made for one in worked if one.checked and (made := _faded(one)) is not None)
    text, explained, how = _explanation(told.text, aim)
    return CheckedLesson(text, explained, how, worked, faded, tuple(practice), tuple(left_out))


def _lent(twin: Twin) -> tuple[CheckedPart, ...]:
    hows = (f"It stands in “{twin.title}”.", _MADE)
    pairs = zip(twin.examples, hows, strict=True)
    return tuple(CheckedPart(one, checked=True, how=how) for one, how in pairs if one is not None)


def _part(draft: Draft, aim: Aim, run: RunProgram) -> CheckedPart | str:
    if is_borrowed(draft) or _repeats(draft):
        return "An example that only repeats what was said."
    part = _program(draft, run) if isinstance(draft, ProgramLessonDraft) else _example(draft)
    if isinstance(part, CheckedPart) and part.how == _NO_SUM:
        if aim.computes:
            return "An example in which nothing is computed."
        if not _in_books(part.example, aim.passages):
            return "An example of which nothing could be checked."
        return replace(part, how="Its words stand in your books.")
    return part


def _in_books(example: WorkedExample, passages: Sequence[str]) -> bool:
    told = [step.shown for step in example.steps]
    found = [one for text in told for one in grounded(text, passages)] if passages else []
    return bool(found) and all(one.support is Support.SUPPORTED for one in found)


def _repeats(draft: Draft) -> bool:
    """Whether the example is the explanation over again."""
    words = stems(draft.problem)
    if isinstance(draft, LessonDraft):
        words |= stems(" ".join(step.shown for step in draft.steps))
    said = " ".join((draft.idea, draft.way, draft.slip))
    return len(words - stems(said)) <= _NEW_SHARE * len(words)


def _explanation(text: str, aim: Aim) -> tuple[str, bool, str]:
    """The text to be shown, whether all of it was found, and what is known of it in words."""
    if not text and aim.twin is not None:
        how = f"The model's words were not good enough; this stands in “{aim.twin.title}”."
        return aim.twin.words, True, how
    texts = aim.twin.texts if aim.twin is not None else ()
    if not texts and not aim.passages:
        return text, False, "A model wrote this; nothing here was there to check it against."
    found = [
        one
        for one in grounded(text, (*texts, *aim.passages))
        if one.support is not Support.NO_CLAIM
    ]
    held = sum(one.support is Support.SUPPORTED for one in found)
    where = "your books" if aim.twin is None else f"“{aim.twin.title}”"
    whole = held == len(found) and bool(found)
    return text, whole, f"{held} of {len(found)} sentences were found in {where}."


def _example(draft: LessonDraft) -> CheckedPart | str:
    from assistant.tutor.steps.locating import located

    steps = [step.shown for step in draft.steps]
    example = WorkedExample(
        draft.problem,
        tuple(WorkedStep(step.shown, step.why) for step in draft.steps),
        draft.answer,
    )
    sums, asked = _sums_of(steps), _asked(draft.problem)
    verdict = located(draft.problem, steps).verdict
    computed = _is_sum(asked) and len(sums) == sum(step.count("=") for step in steps)
    if not all(sums) or (_is_sum(asked) and not _same(asked, draft.answer)):
        return "An example with a sum that does not hold."
    if not computed and verdict.step is not None and verdict.checked:
        return "An example with a wrong step."
    if computed or (verdict.checked and flat(draft.answer) in flat(steps[-1])):
        return CheckedPart(example, checked=True, how="Every step was worked out once more.")
    why = "Its sums hold, but nothing shows that they are the right ones."
    return CheckedPart(example, checked=False, how=why if sums else _NO_SUM)


def _program(draft: ProgramLessonDraft, run: RunProgram) -> CheckedPart | str:
    """The output is that of the run, whatever a model would have said."""
    ran = run(draft.program)
    program = WorkedStep(f"```python\n{draft.program.strip()}\n```")
    if ran is None:
        example = WorkedExample(draft.problem, (program,), "")
        return CheckedPart(example, checked=False, how="The program could not be run here.")
    if not ran.ended_well or not ran.output.strip():
        return "A program that does not run to its end, or prints nothing."
    steps = (
        program,
        WorkedStep(f"```text\n{ran.output.rstrip()}\n```", "This is what it printed when it ran."),
    )
    example = WorkedExample(draft.problem, steps, ran.output.strip())
    return CheckedPart(example, checked=True, how="The program was run.")


def _faded(part: CheckedPart) -> CheckedPart | None:
    """The same example with the right side of its last sum left blank."""
    steps = list(part.example.steps)
    for at in range(len(steps) - 1, -1, -1):
        sides = steps[at].shown.rsplit("=", 1)
        if len(sides) == _SIDES and sides[1].strip(" .$"):
            blank = sides[1].strip(" .$")
            tail = sides[1].replace(blank, "___", 1)
            steps[at] = WorkedStep(f"{sides[0]}={tail}", "", blank)
            example = WorkedExample(part.example.problem, tuple(steps), part.example.answer)
            return CheckedPart(example, checked=True, how=part.how)
    return None


def _exercise(task: DraftTask, place: tuple[CourseId, ConceptId], at: int) -> Exercise | None:
    """An exercise whose key follows from its question alone; None where it does not."""
    how = _proof(task)
    if how is None:
        return None
    course, concept = place
    return Exercise(
        ExerciseId(f"{course}/{concept}/written-{at + 1}"),
        concept,
        AnswerKind.MATH,
        task.question.strip(),
        Key(task.answer.strip()),
        Proof(ProvedBy.ALGEBRA, how),
        difficulty=_PRACTICE_DIFFICULTY,
        solution=(f"The answer is {task.answer.strip()}.",),
    )


def _proof(task: DraftTask) -> str | None:
    """What shows that the answer follows from the question; None where nothing does."""
    asked = _asked(task.question)
    sides = asked.split("=")
    if len(sides) == 1 and _is_sum(asked):
        return "The question was worked out once more." if _same(asked, task.answer) else None
    letters = set(_LETTER.findall(asked))
    linear = len(letters) == 1 and not re.search(r"\^|\*\*|[\u00b2\u00b3]|\\", asked)
    if len(sides) != _SIDES or not linear:
        return None
    letter = letters.pop()
    if any(side.count(letter) > 1 or re.search(rf"/[^+-]*{letter}", side) for side in sides):
        return None  # there may be other solutions
    value = re.sub(rf"^\s*{letter}\s*=\s*", "", task.answer.strip())
    if not _is_number(value):
        return None
    here, beside = (
        _same(*(_with(side, letter, number) for side in sides))
        for number in (value, f"({value} + 1)")
    )
    # An equation that holds for every number asks for nothing.
    return f"With {letter} = {value} both sides are equal." if here and not beside else None


def _asked(question: str) -> str:
    """What is to be worked out or solved; "" where the question is of another kind."""
    if not _ASKED.match(question):
        return ""
    rest = re.sub(r"^\s*[a-z]\s+(?:if|when|in|for)\s+", "", _ASKED.sub("", question))
    return rest.strip(" .?:$")


def _is_sum(text: str) -> bool:
    """Whether a text is an expression in numbers alone, with something to do in it."""
    bare = re.sub(r"\\(?:d?frac|cdot|times|div|left|right|sqrt)(?![a-z])", "", text)
    return "=" not in text and not _LETTER.search(bare) and bool(re.search(r"\d\D+\d", text))


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[-\u2212]?\d+(?:[./]\d+)?", text))


def _with(side: str, letter: str, value: str) -> str:
    """One side of an equation with the number in the place of the letter."""
    put_in = re.sub(rf"(?<=[\d)])\s*{letter}", f"*({value})", side)
    return re.sub(rf"{letter}(?=\s*\()", f"({value})*", put_in).replace(letter, f"({value})")


def _same(one: str, other: str) -> bool:
    from assistant.tutor.maths import grade

    found = grade(one.strip(" .$"), Key(other.strip(" .$")), AnswerKind.MATH)
    return bool(found.correct) or found.equivalent_only


def _sums_of(steps: Sequence[str]) -> list[bool]:
    """Of every equation in numbers alone, whether it holds."""
    held: list[bool] = []
    for step in steps:
        sides = step.strip(" .$").split("=")
        held += [_same(one, other) for one, other in pairwise(sides) if _numeric(one, other)]
    return held


def _numeric(one: str, other: str) -> bool:
    sides = (one.strip(" .$"), other.strip(" .$"))
    return all(_is_number(side.rstrip(" %")) or _is_sum(side) for side in sides)
