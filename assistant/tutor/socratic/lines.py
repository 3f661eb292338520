"""What is said of a line that a learner has in between: the step is checked, never the answer."""

import re
from dataclasses import dataclass
from typing import Final

from assistant.domain.exercise import AnswerKind, Exercise
from assistant.tutor.socratic.watching import Watch

_EQUATION: Final = re.compile(
    r"[-+(\d\w\\$][^,;:?!\n]*?(?:<=|>=|[=<>\u2264\u2265])[^,;:?!\n]*[\w)}$]", re.UNICODE
)
_LEAD: Final = re.compile(
    r"^(?:(?:is|so|then|now|i|we|you|have|get|got|it|that|this|gives?|becomes?|would|be|and|next"
    r"|line|step|my|first|equation|write|wrote|think|say|if|the|a|to|from|with|there|are|was|right)"
    r"\b[\s:]*)+",
    re.IGNORECASE,
)
_TAIL: Final = re.compile(
    r"\s+(?:right|correct|ok|okay|true|so far|then|and|now|is|or|but)\b.*$", re.I
)
_ALONE: Final = re.compile(r"\$?\s*[A-Za-z]\s*(?:=|<=|>=|[<>\u2264\u2265])\s*(.*)")
_LETTER: Final = re.compile(r"(?<![A-Za-z\\])[A-Za-z](?![A-Za-z])")
_MATHEMATICAL: Final = frozenset({AnswerKind.NUMBER, AnswerKind.MATH, AnswerKind.STEPS})
_RELATION: Final = re.compile(r"[=<>\u2264\u2265]|\\[lg]e")
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)?")
_FEWEST_NUMBERS: Final = 3
"""In an equation with its letter once: with fewer it is the answer in a thin dress."""
_LOOK: Final = (
    "That line does not follow. Hold it against the one before: what was done to each side?"
)


@dataclass(frozen=True, slots=True)
class SaidOfLine:
    """The words for a line of the learner's.

    Args:
        text: What is said.
        right: Whether algebra or arithmetic showed it to be right; otherwise it showed it wrong.
        misconception: The known wrong idea that leads to it; "" for none.
    """

    text: str
    right: bool
    misconception: str = ""


def said_of_line(exercise: Exercise, message: str) -> SaidOfLine | None:
    """Checks an equation in between, or a sum on the way, that a learner asks about.

    None where there is no such line in the message, where nothing decides it, and where it may be
    the answer: a letter that stands alone, or what is worth as much as the key. Those are handed
    in, right or wrong, so that no guess is answered here.

    Args:
        exercise: What it is about.
        message: What the learner said.
    """
    line = _line_in(message) if exercise.kind in _MATHEMATICAL else ""
    if not line or Watch(exercise).leak(line) is not None or _is_answer(line):
        return None
    found = _of_algebra(exercise, line) if _LETTER.search(line) else _of_sum(line)
    if found is None or Watch(exercise).leak(found.text) is not None:
        return None
    return found


def _line_in(message: str) -> str:
    found = _EQUATION.search(" ".join(message.split()))
    return _TAIL.sub("", _LEAD.sub("", found[0])).strip(" $`*") if found is not None else ""


def _is_answer(line: str) -> bool:
    alone = _ALONE.fullmatch(line)
    return alone is not None and not _LETTER.search(alone[1])


def _of_algebra(exercise: Exercise, line: str) -> SaidOfLine | None:
    from assistant.tutor.steps.beginning import beginning
    from assistant.tutor.steps.judging import judged
    from assistant.tutor.steps.marks import Mark

    begins = beginning(exercise.prompt)
    given = exercise.given or begins.text
    if not _RELATION.search(given):
        return None if given else _of_words(exercise, line)
    way = judged([line], given, bare=begins.bare)
    if way is None or not way.marks:
        return None
    if way.marks[0] is Mark.RIGHT:
        return SaidOfLine("That line is right: go on from there.", right=True)
    if way.marks[0] is Mark.WRONG and way.verdict.checked:
        return SaidOfLine(_LOOK, right=False, misconception=way.verdict.misconception)
    return None


def _of_words(exercise: Exercise, line: str) -> SaidOfLine | None:
    """An equation that the learner made of words: it fits where the key alone solves it.

    That it does not is no verdict: the letter may stand for something else.
    """
    from assistant.tutor.steps.judging import judged
    from assistant.tutor.steps.marks import Mark

    letters = _LETTER.findall(line)
    says_enough = len(letters) > 1 or len(_NUMBER.findall(line)) >= _FEWEST_NUMBERS
    if exercise.kind is not AnswerKind.NUMBER or len(set(letters)) != 1 or not says_enough:
        return None
    way = judged([f"{letters[0]} = {exercise.key.answer}"], line)
    if way is None or way.marks[:1] != (Mark.RIGHT,):
        return None
    return SaidOfLine("That equation fits the exercise: solve it.", right=True)


def _of_sum(line: str) -> SaidOfLine | None:
    from assistant.tutor.steps.locating import first_wrong_sum
    from assistant.tutor.steps.way import read_way

    way = read_way("", [line])
    wrong = first_wrong_sum(way)
    if wrong is not None:
        return SaidOfLine("That sum is not right: work it out once more.", right=False)
    whole = way.steps and way.steps[0].chains
    return SaidOfLine("That sum is right. What does it tell you?", right=True) if whole else None
