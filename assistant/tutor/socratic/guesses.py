"""Whether a learner asks for a verdict: those come from the grader alone.

Were guesses answered here, asking often enough would be as good as being told. A right guess and
a wrong one therefore get the same reply.
"""

import re
from typing import Final

from assistant.domain.exercise import AnswerKind, Exercise
from assistant.tutor.hints.pieces import flat, pieces
from assistant.tutor.socratic.watching import Watch

_ASKS: Final = re.compile(
    r"\b(?:is (?:it|this|that|the (?:answer|result|solution))|would it be|could it be|am i right|"
    r"is (?:it|this|that) (?:right|correct)|right\?|correct\?|yes or no|true or false|warm|cold"
    r"|ist (?:es|das|die (?:antwort|lösung))|stimmt|richtig|c'est|est-ce|es correcto"
    r"|higher or lower|bigger or smaller|more or less than|greater than|less than)\b",
    re.IGNORECASE,
)
_ONES: Final = re.compile(
    r"\b(?:this|that|the|which|each|every|another|similar|right|wrong|first|second|next|last|any)\s+one\b"
    r"|\bone\s+(?:more|like|by\s+one|of|that)\b",
    re.IGNORECASE,
)
"""Stands for a thing, not for a number."""
_NUMERIC: Final = frozenset({AnswerKind.NUMBER, AnswerKind.MATH, AnswerKind.STEPS})
_LONG: Final = 25


def is_guess(exercise: Exercise, message: str) -> bool:
    """Whether a message offers an answer and waits for a yes or a no.

    Args:
        exercise: What it is about.
        message: What the learner said.
    """
    message = _ONES.sub("it", message)
    if Watch(exercise).leak(message) is not None:
        return True
    if _ASKS.search(message):
        return _offers(exercise, message)
    short = len(message.split()) <= _LONG
    return short and exercise.kind in _NUMERIC and bool(_new(exercise, message))


def _offers(exercise: Exercise, message: str) -> bool:
    if exercise.kind in _NUMERIC:
        return bool(_new(exercise, message))
    if exercise.kind is AnswerKind.CODE:
        return "`" in message or "\n" in message
    return True


def _new(exercise: Exercise, message: str) -> set[str]:
    """Numbers and expressions that the exercise does not say."""
    known = {flat(piece) for piece in pieces(f"{exercise.prompt}\n{exercise.given}")}
    return {
        bare
        for piece in pieces(message)
        if any(map(str.isdigit, bare := flat(piece))) and bare not in known
    }
