"""What is put into the blank of a faded example, held against what belongs there."""

import ast
import operator
import re
from collections.abc import Callable

from assistant.domain.course import WorkedStep
from assistant.domain.exercise import AnswerKind, Form, Grade, Key, ProvedBy

_LONGEST = 500
_NUMERAL = re.compile(r"[-\u2212+]?\d+([.,]\d+)?( ?%)?")
_FORMULA = re.compile(r"[\d+\-*/^().,√ a-z]*(\d|sqrt)[\d+\-*/^().,√ a-z]*")
_RIGHT = "That is right."
_NOT_YET = "That is not right yet."
_WORK_IT_OUT = "It is equal, but it can be worked out further."
_LET_IT_WORK = "The value is right. Write how it is reckoned, so that the program works it out."
_SUMS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: lambda one, other: one / other,
    ast.FloorDiv: lambda one, other: one // other,
    ast.Mod: operator.mod,
}


def check_blank(step: WorkedStep, answer: str, subject: str) -> Grade:
    """What an answer is worth; never raises on what a learner typed.

    Programs are compared as programs (spaces and kinds of quotes do not count), calculations
    with figures by their value (the program is to work it out, not the learner), notes by their
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
        if one != other and _same_value(wanted, given):
            sums = isinstance(ast.parse(given, mode="eval").body, ast.BinOp)
            return Grade(sums, float(sums), _RIGHT if sums else _LET_IT_WORK, ProvedBy.AUTHOR)
        return _grade(right=one == other, by=ProvedBy.AUTHOR)
    squeezed = ["".join(each.split()).strip(":") for each in (wanted, given)]
    return _grade(right=squeezed[0] == squeezed[1], by=ProvedBy.AUTHOR)


def _tree(source: str) -> str:
    """A program's shape, the same for the same program; "" for what is only a part of one."""
    try:
        return ast.dump(ast.parse(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""


def _same_value(wanted: str, given: str) -> bool:
    """Whether figures are to be reckoned with, and what was given has the same value and type."""
    try:
        sums, other = ast.parse(wanted, mode="eval").body, ast.parse(given, mode="eval").body
        if not isinstance(sums, ast.BinOp):
            return False
        value, came = _value(sums), _value(other)
    except (SyntaxError, ValueError, ArithmeticError, RecursionError, MemoryError):
        return False
    return type(value) is type(came) and value == came


def _value(node: ast.expr) -> float:
    """What a calculation with figures comes to; no powers, so that it cannot grow beyond measure.

    Raises:
        ValueError: It is made of anything else than figures.
        ArithmeticError: It has no value.
    """
    if isinstance(node, ast.Constant):
        figure = node.value
        if isinstance(figure, int | float) and not isinstance(figure, bool):
            return figure
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_value(node.operand)
    if isinstance(node, ast.BinOp) and (how := _SUMS.get(type(node.op))) is not None:
        return how(_value(node.left), _value(node.right))
    raise ValueError(type(node).__name__)


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
