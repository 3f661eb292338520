"""Whether a learner asks for a verdict: those come from the grader alone.

Were guesses answered here, asking often enough would be as good as being told. A right guess and
a wrong one therefore get the same reply.
"""

import re
from dataclasses import replace
from typing import Final

from assistant.domain.exercise import AnswerKind, Exercise, Key
from assistant.tutor.hints.pieces import flat, pieces
from assistant.tutor.socratic.disguises import views
from assistant.tutor.socratic.watching import Watch
from assistant.tutor.socratic.wishes import Wish, wish_of

HAND_IN: Final = "Hand that in as your answer: it is checked at once, and a try teaches you more."
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
_BARE: Final = 3
_FEW: Final = 6
"""Words of a message that is no question: an answer, as likely as not."""
_SAYS: Final = re.compile(r"\d|[\u00bc-\u00be]|\w[-+*/^=<>]\(?\w")
_CODE: Final = re.compile(r"`|\n|\w\(|\w\[|=|\b(?:def|return|print|import|lambda)\b")
_QUESTION: Final = re.compile(
    r"\W*(?:what|how|why|when|where|which|who|can|could|do|does|should|may|must|are|will|would)\b",
    re.IGNORECASE,
)
_YES_OR_NO: Final = re.compile(r"\W*(?:yes|no|true|false)\W*", re.IGNORECASE)


def is_guess(exercise: Exercise, message: str) -> bool:
    """Whether a message offers an answer and waits for a yes or a no.

    Told by its form and by the choices, never by the key: what a right answer gets, a wrong one
    gets as well.

    Args:
        exercise: What it is about.
        message: What the learner said.
    """
    message = _ONES.sub("it", message)
    asks = _ASKS.search(message) is not None
    if exercise.kind in _NUMERIC:
        short = len(message.split()) <= _LONG
        return (asks or short) and bool(_new(exercise, message))
    if exercise.kind is AnswerKind.CHOICE:
        return asks or _chooses(exercise, message)
    told = wish_of(message)
    if exercise.kind is AnswerKind.CODE:
        return (asks or told is Wish.OTHER) and _CODE.search(message) is not None
    bare = told is Wish.OTHER and len(message.split()) <= _FEW and not _QUESTION.match(message)
    return asks or bare or _YES_OR_NO.fullmatch(message) is not None


def _chooses(exercise: Exercise, message: str) -> bool:
    """Whether some of the choices are named, by their words, their letters or their places."""
    keys = (Key(choice.text) for choice in exercise.choices)
    return any(Watch(replace(exercise, key=key)).leak(message) is not None for key in keys)


def _new(exercise: Exercise, message: str) -> set[str]:
    """Numbers and expressions that the exercise does not say."""
    known = {flat(piece) for piece in pieces(f"{exercise.prompt}\n{exercise.given}")}
    # A word or two may be a number of another language; in a sentence they are words of English.
    disguised = views(message) if len(message.split()) <= _BARE else ()
    return {
        bare
        for text in (message, *disguised)
        for piece in pieces(text)
        if _SAYS.search(bare := flat(piece)) and bare not in known
    }
