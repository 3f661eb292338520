"""How the concept's own exercises ask: the words around a formula or notes, to be used again."""

import importlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from assistant.domain.exercise import AnswerKind, Exercise, Form, Key
from assistant.tutor.making.drafts import About, Claim, Draft
from assistant.tutor.making.proving import forwards, read
from assistant.tutor.proposing.sizes import modest

_FORMULA: Final = re.compile(r"\$([^$]+)\$")
_COMMANDS: Final = (
    (re.compile(r"\\left|\\right|\\,"), ""),
    (re.compile(r"\\(?:times|cdot)"), "*"),
    (re.compile(r"\\d?frac\{([^{}]*)\}\{([^{}]*)\}"), r"((\1)/(\2))"),
    (re.compile(r"\\sqrt\{([^{}]*)\}"), r"sqrt(\1)"),
    (re.compile(r"\\le(?![a-z])"), "<="),
    (re.compile(r"\\ge(?![a-z])"), ">="),
    (re.compile(r"[{}]"), ""),
)
_PITCH: Final = re.compile(r"[A-G][#b]?\d?")
_NOTE_OR_CHORD: Final = re.compile(
    r"(?<![\w{#])[A-G][#b]?(?:\d|maj|m|dim|aug)*\b(?! [a-z]* ?minor chord)"
)
_OF_THESE_NOTES: Final = re.compile(r"\bflats?\b|\bsharps?\b|\bwhite\b|\bblack\b|\b\d{2,}\b")
"""What holds of some notes and not of others; numbers that were chosen to go with them."""
_MOST_FIXED: Final = 2
_SIGNS: Final = ("+", "*", "^", "sqrt", ".", "%", "=", "<", ">")
_SMALL: Final = 12
_MORE: Final = 3
"""How many times larger than in the concept's own exercises a number may be."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One way of asking, and what it is asked about.

    Args:
        words: The prompt, with ``{}`` in the place of each piece of matter.
        claim: What an exercise of the concept says; for mathematics its formula as plain text.
        pieces: Places in ``claim.data`` that change; the others stay.
        kind: How it is answered.
        form: What the answer has to look like.
    """

    words: str
    claim: Claim
    pieces: tuple[int, ...]
    kind: AnswerKind
    form: Form = Form.ANY


def plain(latex: str) -> str:
    """LaTeX of the kind that exercises are written in, as plain notation."""
    for pattern, new in _COMMANDS:
        latex = pattern.sub(new, latex)
    return " ".join(latex.split())


def formula_frames(exercises: Iterable[Exercise]) -> tuple[Frame, ...]:
    """The frames of exercises with one formula, whose key a solver finds from it alone."""
    found = (_formula_frame(one) for one in exercises)
    return tuple(frame for frame in found if frame is not None)


def note_frames(drafts: Iterable[Draft]) -> tuple[Frame, ...]:
    """The frames of questions of music whose notes stand in their words."""
    found = (_note_frame(one) for one in drafts)
    return tuple(frame for frame in found if frame is not None)


def claim_for(formula: str) -> Claim | None:
    """What is asked of a formula: its value, or its solutions; None where it is neither."""
    if re.search(r"[<>]", formula):
        return Claim(About.INEQUALITY, (formula,))
    if "=" not in formula:
        return Claim(About.VALUE, (formula,))
    letters = set(re.findall(r"[a-zA-Z]", formula.replace("sqrt", "")))
    if formula.count("=") != 1 or len(letters) != 1:
        return None
    return Claim(About.SOLUTIONS, (formula, letters.pop()))


def solved(frame: Frame, claim: Claim) -> str | None:
    """The key of a formula under a frame, by a solver; None where there is none.

    Numbers that would be too long are never worked out: see ``sizes``.

    Raises:
        Exception: Whatever the solver says of a text that is no formula.
    """
    if not modest(claim.data[0]):
        return None
    if claim.about is About.VALUE:
        return _value(claim.data[0], frame.form)
    result = forwards(claim)
    if result is None or frame.kind is not AnswerKind.NUMBER:
        return result
    return None if " or " in result else result.split("=")[-1].strip()


def features(formula: str) -> frozenset[str]:
    """What a formula is made of: its signs, fractions, brackets, minus signs, how many letters."""
    bare = formula.replace("sqrt", "")
    found = {sign for sign in _SIGNS if sign in formula}
    found |= {f"{len(set(re.findall(r'[a-zA-Z]', bare)))} letters"}
    if "/" in formula:
        found.add("/")
    if re.search(r"(?<!/)\((?!\()[^()]*[+\-][^()]*\)(?!/)", formula):
        found.add("bracket")
    if re.search(r"(?:^|[(=*/^<>])\s*-", formula):
        found.add("minus sign")
    if re.search(r"[\w)]\s*-", formula):
        found.add("-")
    return frozenset(found)


def belongs(formula: str, frame: Frame) -> bool:
    """Whether a formula is like that of a frame: the same signs, and numbers of its size."""
    own = frame.claim.data[0]
    sizes = [
        max(map(float, re.findall(r"\d+(?:\.\d+)?", one)), default=0) for one in (formula, own)
    ]
    counts = [len(re.findall(r"\d+(?:\.\d+)?|[a-zA-Z]", one)) for one in (formula, own)]
    return (
        features(formula) == features(own)
        and sizes[0] <= max(_MORE * sizes[1], 12)
        and counts[1] // 2 < counts[0] <= counts[1] + 2
    )


def fitting(matter: str, frame: Frame) -> tuple[str, ...] | None:
    """The data of a question of music with other notes; None where the matter does not fit."""
    parts = [part.strip() for part in re.split(r"[,;]", matter) if part.strip()]
    if len(parts) != len(frame.pieces):
        return None
    data = list(frame.claim.data)
    for at, part in zip(frame.pieces, parts, strict=True):
        if _shape(part) != _shape(data[at]):
            return None
        data[at] = part
    return tuple(data)


def _formula_frame(exercise: Exercise) -> Frame | None:
    found = _FORMULA.findall(exercise.prompt)
    words = _FORMULA.sub("{}", exercise.prompt)
    kinds = {AnswerKind.NUMBER, AnswerKind.MATH}
    if len(found) != 1 or re.search(r"\d", words) or exercise.kind not in kinds:
        return None
    claim = claim_for(plain(found[0]))
    if claim is None or exercise.key.unit:
        return None
    frame = Frame(words, claim, (0,), exercise.kind, exercise.key.form)
    try:
        key = solved(frame, claim)
    except Exception:  # noqa: BLE001 - the solver raises whatever it likes on what it cannot read
        return None
    return frame if key is not None and _same(key, exercise.key, exercise.kind) else None


def _note_frame(draft: Draft) -> Frame | None:
    data, words = draft.claim.data, draft.prompt
    if draft.claim.about is not About.MUSIC or draft.choices or _OF_THESE_NOTES.search(words):
        return None
    pieces = [at for at, part in enumerate(data) if at and _PITCH.fullmatch(part)]
    for at in pieces:
        pattern = rf"(?<![\w#]){re.escape(data[at])}(?![\w#])"
        if not re.search(pattern, words):
            return None
        words = re.sub(pattern, f"{{{at}}}", words)
    # Notes and chords in the words that would not change with the others make them untrue.
    if not pieces or len(pieces) < len(data[1:]) - _MOST_FIXED or _NOTE_OR_CHORD.search(words):
        return None
    return Frame(words, draft.claim, tuple(pieces), draft.kind, draft.form)


def _shape(part: str) -> str:
    """A note by how it is written: a letter, with or without an octave; "" for anything else."""
    if not _PITCH.fullmatch(part):
        return ""
    return "octave" if part[-1].isdigit() else "letter"


def _value(formula: str, form: Form) -> str:
    sympy: Any = importlib.import_module("sympy")
    value = read(formula)
    if form is Form.FACTORED:
        value = sympy.factor(value)
    elif form is Form.EXPANDED:
        value = sympy.expand(value)
    elif value.free_symbols:
        value = sympy.simplify(sympy.expand(value))
    return str(value).replace("**", "^")


def _same(one: str, key: Key, kind: AnswerKind) -> bool:
    from assistant.tutor.maths import grade

    return grade(one, key, kind).correct is True
