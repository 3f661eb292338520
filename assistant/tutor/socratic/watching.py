"""Whether a reply may be shown: no answer in any dress, no verdict, nothing made up."""

import re
from collections.abc import Sequence
from typing import Final

from assistant.domain.exercise import AnswerKind, Exercise
from assistant.tutor.books.grounding import holds
from assistant.tutor.books.sentences import sentences
from assistant.tutor.courses.goals import stems
from assistant.tutor.hints.leaks import Guard, Leak
from assistant.tutor.hints.pieces import flat, pieces
from assistant.tutor.socratic.disguises import views

_FEW: Final = 3
_PLACES: Final = ("first", "second", "third", "fourth", "fifth", "sixth")
_PLACE: Final = re.compile(
    r"\b(first|second|third|fourth|fifth|sixth|last|1st|2nd|3rd|4th|5th|6th)\s+"
    r"(?:one|option|choice|answer|possibility|alternative)\b"
    r"|\b(?:number|no\.?|option|choice|answer)\s*[#(]?([1-6])\b",
    re.IGNORECASE,
)
_BARE_LETTER: Final = re.compile(r"(?:^|[\s*\"\u201c:(])([A-H])(?:[.)*\"\u201d]|\s*$)")
_SHARE: Final = 0.5
"""Share of the words of a question that have to be of the exercise or the lesson."""
_CLAIM_SHARE: Final = 0.8
"""Share of the words of a claim that have to stand in the one text that says it."""
_NUMBER: Final = re.compile(r"\d+(?:[.,/]\d+)*")
_FRAGMENT: Final = re.compile(
    r":\s*$|```|^\s*(?:[-#>]|def |class )"
    r"|^\W*(?:is|are|was|were|be|been|does|has|have|had|can|and|or|but|which|whose)\b",
    re.IGNORECASE,
)
_LETTERS: Final = 3
_WORD: Final = re.compile(r"\w+[#\u266f\u266d]?")
OF_ANY_TASK: Final = stems(
    "answer solution result question exercise step final right correct number next do stuck begin "
    "show tell give write explain mean work once more idea program example teacher student whole"
)
"""Words that everybody uses of every exercise."""
_OPERATOR: Final = re.compile(r"[=+*/^<>\\]|.-")
_LABEL: Final = re.compile(
    r"\b(?:exercise|choices|given|(?:good )?hint|learner|tutor|student|answer)\s*:"
    r"|\b(?:two sentences|this exercise is|the answer is|a learner)\b",
    re.IGNORECASE,
)
_VERDICT: Final = re.compile(
    r"\b(?:that(?:'s| is)|you(?:'re| are)|it(?:'s| is)|is|are|exactly|absolutely)\s+"
    r"(?:(?:exactly|absolutely|quite|the|completely)\s+)*(?:right|correct|wrong|incorrect)\b"
    r"|^\W*(?:correct|right|yes|no|exactly|well done|good job|great job|perfect)\s*[!,.]"
    r"|\b(?:you got it|the (?:correct|right|final) (?:answer|choice|option|result))\b"
    r"|\b(?:in)?correct(?:ly)?\b",
    re.IGNORECASE,
)
_EMPTY: Final = re.compile(
    r"^(?:sure|of course|certainly|okay|ok|hello|hi|great|thanks?|thank you|as an? |let me know"
    r"|feel free|i\b|i['\u2019])",
    re.IGNORECASE,
)


class Watch:
    """Tells whether texts about one exercise hold its answer, also in disguise.

    Args:
        exercise: The exercise.
    """

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._guard = Guard(exercise)

    def leak(self, text: str) -> Leak | None:
        """The first part of a text that holds the answer; None where there is none.

        Args:
            text: Markdown; for a stream: all of it so far.
        """
        found = self._guard.leak(text) or self._place(text)
        if found is not None or self._exercise.kind is AnswerKind.CODE:
            return found
        return next((leak for view in views(text) if (leak := self._guard.leak(view))), None)

    def _place(self, text: str) -> Leak | None:
        """The right choice by its place or its bare letter."""
        choices = [choice.text for choice in self._exercise.choices]
        if self._exercise.kind is not AnswerKind.CHOICE or self._exercise.key.answer not in choices:
            return None
        right = choices.index(self._exercise.key.answer)
        for match in _PLACE.finditer(text):
            word = (match[1] or match[2]).lower()
            at = int(word[0]) - 1 if word[0].isdigit() else _place_of(word, len(choices))
            if at == right:
                return Leak(match[0], "the place of the right choice")
        for match in _BARE_LETTER.finditer(text):
            if ord(match[1]) - ord("A") == right:
                return Leak(match[0], "the letter of the right choice")
        return None


def _place_of(word: str, size: int) -> int:
    return size - 1 if word == "last" else _PLACES.index(word)


def shown(text: str, about: Sequence[str], *, questions_only: bool = False, most: int = 4) -> str:
    """What is shown of a reply: whole sentences that stand on what is known.

    A claim has to stand in a hint or the lesson; a question has to be about them. Verdicts are left
    out, for only a grader says what is right and a model says it of anything; and empty words.

    Args:
        text: What the model wrote, already watched.
        about: What is known: the exercise first, then its hints so far, and the lesson.
        questions_only: Whether anything but questions is left out: before the first try.
        most: Sentences at most.
    """
    kept = [
        one
        for one in sentences(text)
        if not (_VERDICT.search(one) or _EMPTY.match(one) or _LABEL.search(one))
        and (_asks(one) or not questions_only)
        and _stands(one, about)
    ]
    return " ".join(kept[:most])


def _stands(sentence: str, about: Sequence[str]) -> bool:
    whole = "\n".join(about)
    words = frozenset(word for word in stems(sentence) if len(word) >= _LETTERS)
    if not _formulas(sentence) <= _formulas(whole) or _said(sentence, about[:1]):
        return False
    if not _asks(sentence):
        begins = not sentence.lstrip('*_ "\u201c')[:1].islower()
        whole_sentence = begins and len(words) >= _FEW and not _FRAGMENT.search(sentence)
        # What a claim says has to stand in a hint or the lesson: the exercise itself only asks.
        return whole_sentence and any(_says(text, sentence, words) for text in about[1:])
    numbers = frozenset(_NUMBER.findall(sentence)) <= frozenset(_NUMBER.findall(whole))
    shared = (words & stems(whole)) - OF_ANY_TASK
    return numbers and len(shared) >= max(2.0, _SHARE * len(words))


def _says(text: str, claim: str, words: frozenset[str]) -> bool:
    """Whether a hint or a lesson says a claim, with nearly all of its words and all its names."""
    most = len(words & stems(text)) >= _CLAIM_SHARE * len(words)
    named = _names_of(claim) <= frozenset(_WORD.findall(text))
    return most and named and holds(text, claim)


def _names_of(sentence: str) -> frozenset[str]:
    """Words with a capital letter behind the first: notes, chords, names."""
    return frozenset(word for word in _WORD.findall(sentence)[1:] if word != word.lower())


def _said(sentence: str, texts: Sequence[str]) -> bool:
    """Whether it only says again what the exercise says."""
    bare = " ".join(re.findall(r"\w+", sentence.casefold()))
    return any(bare in " ".join(re.findall(r"\w+", text.casefold())) for text in texts)


def _formulas(text: str) -> frozenset[str]:
    """Equations and sums of a text, letter by letter."""
    return frozenset(bare for piece in pieces(text) if _OPERATOR.search(bare := flat(piece)))


def helps(text: str) -> bool:
    """Whether a reply says something, besides asking: then it counts as a hint."""
    return any(not _asks(one) and len(one.split()) > _FEW for one in sentences(text))


def _asks(sentence: str) -> bool:
    return sentence.rstrip('*_ "\u201d)').endswith("?")
