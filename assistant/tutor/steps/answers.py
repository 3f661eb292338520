"""Why an answer to an equation or inequality does not solve it: it is put in."""

import re
from typing import Final

from assistant.domain.exercise import AnswerKind, Exercise
from assistant.tutor.hints.leaks import Guard
from assistant.tutor.steps.beginning import beginning
from assistant.tutor.steps.judging import judged

_RELATION: Final = re.compile(r"[=<>\u2264\u2265]|\\[lg]e")
_LETTER: Final = re.compile(r"(?<![A-Za-z\\])[A-Za-z](?![A-Za-z])")
_LONGEST: Final = 200
_OF_AN_ANSWER: Final = (
    (", which solves this line, the line before has", " the exercise has"),
    ("solves this line, but not the one before", "is in your answer, but does not solve it"),
    ("solves the line before, but not this one", "solves it, but is not in your answer"),
)
"""The words for a line of a way, and those for an answer."""


def why_not_solved(exercise: Exercise, answer: str) -> str:
    """What an answer makes of the equation or inequality of an exercise.

    Args:
        exercise: With a number or a formula as its answer.
        answer: As it was typed; it is wrong.

    Returns:
        “At x = 13 the exercise has 22 on the left and 4 on the right.” Never with the right
        answer, nor with one of several; "" where there is no equation, or nothing was shown.
    """
    if exercise.kind not in {AnswerKind.NUMBER, AnswerKind.MATH} or len(answer) > _LONGEST:
        return ""
    begins = beginning(exercise.prompt)
    letters = set(_LETTER.findall(begins.text))
    if not _RELATION.search(begins.text) or len(letters) != 1 or not answer.strip():
        return ""
    line = answer if _RELATION.search(answer) else f"{letters.pop()} = {answer}"
    way = judged([line], begins.text, bare=begins.bare)
    if way is None or way.verdict.step is None or not way.verdict.checked:
        return ""
    words = way.verdict.why
    if "was lost" in words:
        return "Not all solutions are there."  # the words for a line would name the other one
    for of_a_line, of_an_answer in _OF_AN_ANSWER:
        words = words.replace(of_a_line, of_an_answer)
    return "" if "line" in words or Guard(exercise).leak(words) is not None else words
