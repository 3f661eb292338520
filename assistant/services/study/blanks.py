"""What is put into the blank of a faded example, held against what belongs there."""

import ast
import re

from assistant.domain.course import WorkedStep
from assistant.domain.exercise import AnswerKind, Form, Grade, Key, ProvedBy

_LONGEST = 500
_NUMERAL = re.compile(r"[-\u2212+]?\d+([.,]\d+)?( ?%)?")
_FORMULA = re.compile(r"[\d+\-*/^().,√ a-z]*(\d|sqrt)[\d+\-*/^().,√ a-z]*")
_RIGHT = "That is right."
_NOT_YET = "That is not right yet."
_WORK_IT_OUT = "It is equal, but it can be worked out further."


def check_blank(step: WorkedStep, answer: str, subject: str) -> Grade:
    """What an answer is worth; never raises on what a learner typed.

    Programs are compared as programs (spaces and kinds of quotes do not count), notes by their
    spelling, formulas by their value, words but for case and small slips.

    Args:
        step: One with a blank.
        answer: As it was typed.
        subject: Of the course: ``programming``, ``mathematics``, ``music`` or another.
    """
    wanted, given = step.blank.strip(), answer.strip()
    if not given:
        return Grade(None, 0.0, "There is no answer yet.", ProvedBy.NOTHING)
    if len(given) > _LONGEST:
        return Grade(None, 0.0, "The answer is too long to be read.", ProvedBy.NOTHING)
    if given == wanted:
        return _grade(right=True, by=ProvedBy.AUTHOR)
    program = "```" in step.shown or subject == "programming"
    check = _code if program else _music if subject == "music" else _mathematics
    return check(wanted, given)


def _code(wanted: str, given: str) -> Grade:
    one, other = _tree(wanted), _tree(given)
    if one and other:
        return _grade(right=one == other, by=ProvedBy.AUTHOR)
    squeezed = ["".join(each.split()).strip(":") for each in (wanted, given)]
    return _grade(right=squeezed[0] == squeezed[1], by=ProvedBy.AUTHOR)


def _tree(source: str) -> str:
    """A program's shape, the same for the same program; "" for what is only a part of one."""
    try:
        return ast.dump(ast.parse(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""


def _music(wanted: str, given: str) -> Grade:
    from assistant.tutor.music import grade_notes

    if _NUMERAL.fullmatch(wanted):
        return _mathematics(wanted, given)
    found = grade_notes(given, Key(wanted))
    known = grade_notes(wanted, Key(wanted))
    return found if known.correct is not None else _words(wanted, given)


def _mathematics(wanted: str, given: str) -> Grade:
    from assistant.tutor.maths import grade

    if _NUMERAL.fullmatch(wanted):
        found = grade(given, Key(wanted, form=Form.SIMPLIFIED), AnswerKind.NUMBER)
    elif _FORMULA.fullmatch(wanted):
        found = grade(given, Key(wanted), AnswerKind.MATH)
    else:
        return _words(wanted, given)
    if found.equivalent_only and not found.correct:
        return Grade(correct=False, credit=0.0, words=_WORK_IT_OUT, checked_by=found.checked_by)
    return found


def _words(wanted: str, given: str) -> Grade:
    from assistant.tutor.maths import grade

    if len(wanted) == 1:  # an operator, or a letter whose case means something
        return _grade(right=wanted == given, by=ProvedBy.AUTHOR)
    return grade(given, Key(wanted), AnswerKind.SHORT)


def _grade(*, right: bool, by: ProvedBy) -> Grade:
    return Grade(right, float(right), _RIGHT if right else _NOT_YET, by)
