"""A proposal made into an exercise with a proved key, or the reason why it is none."""

import ast
import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from assistant.domain.course import Concept
from assistant.domain.exercise import AnswerKind, Choice, Exercise, Key, Proof, ProvedBy
from assistant.domain.ids import CourseId, ExerciseId
from assistant.tutor.coding.mutations import mutants_of
from assistant.tutor.hints.leaks import Guard
from assistant.tutor.making.drafts import About, Claim
from assistant.tutor.making.maker import graded
from assistant.tutor.making.proving import forwards
from assistant.tutor.proposing.drafts import Draft, FormulaDraft, ProgramDraft
from assistant.tutor.proposing.frames import Frame, belongs, claim_for, fitting, plain, solved
from assistant.tutor.proposing.programs import Subject, gives_away, same_shape, why_not

Printed = Callable[[str], str | None]
"""What a program prints, sealed off; None where it did not end well."""
PREFIX: Final = "proposed"
TITLE: Final = "Proposed by a model, and proved"
_DIFFICULTY: Final = 2.5
PROGRAM: Final = re.compile(r"```(?:python|py)\n(.*?)```", re.DOTALL)
"""A program in a text."""
_LONGEST_LINE: Final = 40
_MOST_OUTPUT_LINES: Final = 5
_CHOICES: Final = 4
_FEWEST_CHOICES: Final = 3
_TRIED: Final = 24
_DUPLICATE: Final = "It was there before."


@dataclass(frozen=True, slots=True)
class Material:
    """What a proposal is held against.

    Args:
        concept: What it has to be about.
        frames: How the concept's own exercises ask; for mathematics and music.
        subject: What programs about it are made of; for programming.
        shown: Matter that the model has seen.
        known: Every exercise of the concept that is known, so that none comes twice.
        difficulty: Of the concept's own exercises.
    """

    concept: Concept
    frames: tuple[Frame, ...]
    subject: Subject | None
    shown: tuple[Draft, ...]
    known: tuple[Exercise, ...]
    difficulty: float = _DIFFICULTY


@dataclass(frozen=True, slots=True)
class Dropped:
    """A proposal that is no exercise.

    Args:
        why: In words, for whoever asks; the model is told it too.
    """

    why: str


class _DroppedError(Exception):
    """Says why, on the way out."""


def made_of(
    draft: Draft, material: Material, course: CourseId, printed: Printed
) -> Exercise | Dropped:
    """The exercise that a proposal makes.

    Args:
        draft: What a model wrote; nothing of it is taken on trust.
        material: What it is held against.
        course: For the id.
        printed: Runs programs.
    """
    try:
        return _made(draft, material, course, printed)
    except _DroppedError as dropped:
        return Dropped(str(dropped))


def programs_in(exercises: Iterable[Exercise]) -> list[str]:
    """The programs that stand in the prompts of exercises, and references of those to write."""
    found = [text for one in exercises for text in PROGRAM.findall(one.prompt)]
    return [text.strip("\n") for text in found if "___" not in text]


def _made(draft: Draft, material: Material, course: CourseId, printed: Printed) -> Exercise:
    if isinstance(draft, ProgramDraft):
        made = _of_program(draft.program.strip("\n"), material, printed)
    elif isinstance(draft, FormulaDraft):
        made = _of_formula(draft.formula.strip(" .$"), material)
    else:
        made = _of_notes(draft.matter.strip(" ."), material)
    mark = hashlib.sha256(_sense(made.prompt).encode()).hexdigest()[:10]
    name = ExerciseId(f"{PREFIX}/{course}/{material.concept.id}/{mark}")
    made = replace(made, id=name, title=TITLE, difficulty=material.difficulty)
    if _sense(made.prompt) in {_sense(one.prompt) for one in material.known}:
        raise _DroppedError(_DUPLICATE)
    return _sound(made, material.concept)


def _sound(exercise: Exercise, concept: Concept) -> Exercise:
    """Graded as right by its own key, and with a hint only where that does not hold the answer."""
    if not graded(exercise, exercise.key.answer).correct:
        raise _DroppedError("Its key cannot be graded.")
    if any(
        graded(exercise, one.text).correct
        for one in exercise.choices
        if one.text != exercise.key.answer
    ):
        raise _DroppedError("Two of its choices are right.")
    guard = Guard(replace(exercise, prompt=""))
    hint = concept.summary if concept.summary and guard.leak(concept.summary) is None else ""
    return replace(exercise, idea=hint)


def _of_formula(formula: str, material: Material) -> Exercise:
    from assistant.tutor.maths.latex import latex_of
    from assistant.tutor.maths.reading import Reading, read

    reading = read(formula)
    if not isinstance(reading, Reading):
        raise _DroppedError("It is no formula that can be read.")
    # What is shown is what is solved: two readers may see different things in one text.
    shown = latex_of(reading.shape)
    claim = claim_for(plain(shown))
    if claim is None:
        raise _DroppedError("It is no formula that can be read.")
    near = [frame for frame in material.frames if belongs(formula, frame)]
    if not near:
        raise _DroppedError("It is not like the exercises of its concept.")
    frame = near[int(hashlib.sha256(formula.encode()).hexdigest(), 16) % len(near)]
    try:
        key = solved(frame, claim)
    except Exception:  # noqa: BLE001 - the solver raises whatever it likes on what it cannot read
        key = None
    if key is None or not _plain_answer(key):
        raise _DroppedError("A solver found no answer to it.")
    if "sqrt" in key and not any("sqrt" in one.key.answer for one in material.known):
        raise _DroppedError("Its answer is of another kind than those of its concept.")
    if claim.about is About.VALUE and not _equal(key, formula):
        raise _DroppedError("Two ways of working it out do not agree.")
    if _squeezed(key) in {_squeezed(formula), _squeezed(formula.rsplit("=", maxsplit=1)[-1])}:
        raise _DroppedError("It says its answer.")
    how = "A model proposed it; a computer algebra system found the key from the question alone."
    return _exercise(
        material,
        frame.kind,
        frame.words.replace("{}", f"${shown}$"),
        Key(key, form=frame.form),
        Proof(ProvedBy.ALGEBRA, how),
    )


def _plain_answer(key: str) -> bool:
    """Whether a solver's answer is one that a learner could write."""
    return not re.search(r"zoo|nan|oo|I\b|RootOf|Piecewise|\d{7}", key)


def _equal(key: str, formula: str) -> bool:
    """Whether our own reader finds both equal: another way than the solver's."""
    from assistant.tutor.maths import grade

    found = grade(formula, Key(key), AnswerKind.MATH)
    return bool(found.correct) or found.equivalent_only


def _of_notes(matter: str, material: Material) -> Exercise:
    fits = [(frame, data) for frame in material.frames if (data := fitting(matter, frame))]
    if not fits:
        raise _DroppedError("It is not like the exercises of its concept.")
    frame, data = fits[int(hashlib.sha256(matter.encode()).hexdigest(), 16) % len(fits)]
    if "up to" in frame.words and not _rises([data[at] for at in frame.pieces]):
        raise _DroppedError("The second note is not above the first.")
    try:
        key = forwards(Claim(About.MUSIC, data))
    except Exception:  # noqa: BLE001 - the library raises whatever it likes on notes it cannot read
        key = None
    if key is None or re.search(r"##|bb|x|/|\.", key):
        raise _DroppedError("The music library found no plain answer to it.")
    words = frame.words
    for at in frame.pieces:
        words = words.replace(f"{{{at}}}", data[at])
    how = "A model proposed the notes; a music theory library found the key from the question."
    return _exercise(material, frame.kind, words, Key(key), Proof(ProvedBy.MUSIC, how))


def _rises(notes: Sequence[str]) -> bool:
    from assistant.tutor.music.pitches import pitch_named

    pitches = [pitch for note in notes if (pitch := pitch_named(note)) is not None]
    return all(one.sound < other.sound for one, other in pairwise(pitches))


def _of_program(source: str, material: Material, printed: Printed) -> Exercise:
    if material.subject is None:
        raise _DroppedError("Nothing tells which programs belong to the concept.")
    why = why_not(source, material.subject)
    if why:
        raise _DroppedError(why)
    shapes = {same_shape(one) for one in programs_in(material.known) if _reads(one)}
    seen = {same_shape(one.program) for one in material.shown if isinstance(one, ProgramDraft)}
    if same_shape(source) in shapes | seen:
        raise _DroppedError(_DUPLICATE)
    output = printed(source)
    if output is None or not output.strip():
        raise _DroppedError("It does not run to its end, or prints nothing.")
    if output != printed(source):
        raise _DroppedError("It prints something else each time.")
    output = output.strip("\n")
    lines = output.splitlines()
    if len(lines) > _MOST_OUTPUT_LINES or max(map(len, lines)) > _LONGEST_LINE:
        raise _DroppedError("It prints too much to be foretold.")
    if gives_away(source, output):
        raise _DroppedError("All that it prints stands in it as it is.")
    return _question(source, output, material, printed)


def _question(source: str, output: str, material: Material, printed: Printed) -> Exercise:
    """To be typed where it is one line; else to be chosen among what slips would give."""
    how = "A model proposed the program; it was run in the sandbox, and this is what it printed."
    proof = Proof(ProvedBy.TESTS, how)
    shown = f"\n\n```python\n{source}\n```"
    if "\n" not in output:
        number = re.fullmatch(r"-?\d+", output) is not None
        kind = AnswerKind.NUMBER if number else AnswerKind.SHORT
        words = f"What does this program print? Type it.{shown}"
        return _exercise(material, kind, words, Key(output), proof)
    others: dict[str, None] = {}
    for mutant, _ in zip(mutants_of(source), range(_TRIED), strict=False):
        if len(others) == _CHOICES - 1:
            break
        other = (printed(mutant.source) or "").strip("\n")
        if other.strip() and other != output and len(other.splitlines()) <= _MOST_OUTPUT_LINES:
            others.setdefault(other)
    texts = [output, *list(others)[: _CHOICES - 1]]
    if len(texts) < _FEWEST_CHOICES:
        raise _DroppedError("There are no wrong answers that would be plausible.")
    texts.sort(key=lambda text: hashlib.sha256(f"{source}{text}".encode()).hexdigest())
    made = _exercise(
        material, AnswerKind.CHOICE, f"What does this program print?{shown}", Key(output), proof
    )
    return replace(made, choices=tuple(map(Choice, texts)))


def _exercise(
    material: Material, kind: AnswerKind, prompt: str, key: Key, proof: Proof
) -> Exercise:
    return Exercise(
        ExerciseId(PREFIX),
        material.concept.id,
        kind,
        prompt,
        key,
        proof,
        solution=(proof.how, key.answer),
    )


def _reads(source: str) -> bool:
    try:
        ast.parse(source)
    except (SyntaxError, ValueError):
        return False
    return True


def _squeezed(text: str) -> str:
    return "".join(text.split()).casefold()


def _sense(prompt: str) -> str:
    """A prompt without what does not make it another question."""
    matter = re.findall(r"\$([^$]+)\$|```\w+\n(.*?)```", prompt, re.DOTALL)
    return _squeezed("".join(map("".join, matter)) or prompt)
