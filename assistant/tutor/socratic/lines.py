"""What is said of a line that a learner has in between: the step is checked, never the answer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import TYPE_CHECKING, Final

from assistant.domain.exercise import AnswerKind, Exercise, Form
from assistant.tutor.socratic.guesses import HAND_IN

if TYPE_CHECKING:
    from assistant.tutor.maths.shapes import Relation, Shape

_MATHEMATICAL: Final = frozenset({AnswerKind.NUMBER, AnswerKind.MATH, AnswerKind.STEPS})
_RELATION: Final = re.compile(r"[=<>\u2264\u2265]")
_SAID: Final = re.compile(r"[=<>\u2264\u2265]|\\[lg]eq?(?![A-Za-z])")
_SIGNS: Final = (
    (re.compile(r"\\leq?(?:slant)?(?![A-Za-z])|=<|<="), "\u2264"),
    (re.compile(r"\\geq?(?:slant)?(?![A-Za-z])|>="), "\u2265"),
    (re.compile(r"\\(?:Rightarrow|to|implies)(?![A-Za-z])|=>|-+>|\u2192|\u21d2|;"), "\n"),
    (re.compile(r"\\?\$|`|\*\*"), " "),
    (re.compile(r"[?!]+(?=\s|$)"), "\n"),
)
_NEXT_PART: Final = re.compile(r",(?!\d)|(?<!\d),|\band\b")
_FOR: Final = re.compile(r"\bsolve\b.*?\bfor\s+\$?([A-Za-z])\b", re.IGNORECASE | re.DOTALL)
_TIMES: Final = re.compile(r"\\(?:cdot|times)(?![A-Za-z])|[\u00b7\u00d7]")
_OVER: Final = re.compile(r"\\[dt]?frac\{(\w+)\}\{(\w+)\}")
_IN_DOLLARS: Final = re.compile(r"\$([^$]*=[^$]*)\$")
_COMMAND: Final = re.compile(r"\\[A-Za-z]+")
_RUN: Final = re.compile(r"(?<![A-Za-z\\])[A-Za-z]{2,4}(?![A-Za-z])")
_AS_ANSWER: Final = re.compile(r"\b(?:answer|solution|result)\b", re.IGNORECASE)
_FEWEST_NUMBERS: Final = 3
"""In an equation with its letter once: with fewer it is the answer in a thin dress."""
_GO_ON: Final = (
    "Of that line nothing is said here: it may lie one small step from the answer. Go on from it, "
    "and hand in what comes out."
)
_COUNT: Final = (
    "How did you come to so many `{name}`? Gather them once more. Of the rest of that line nothing "
    "is said here: it may lie one small step from the answer."
)
_LOOK: Final = "does not follow. Hold it against the line before: what was done to each side?"


@dataclass(frozen=True, slots=True)
class SaidOfLine:
    """The words for a line of the learner's.

    Args:
        text: What is said.
        right: Whether algebra or arithmetic showed it to be right, or wrong; None where it gets
            no verdict.
        misconception: The known wrong idea that leads to it; "" for none.
    """

    text: str
    right: bool | None
    misconception: str = ""


@dataclass(frozen=True, slots=True)
class _Given:
    """What an exercise begins with.

    Args:
        relations: Its equation, inequality or system; none in a word problem.
        text: The same, as it stands; or an expression.
        target: The letter that a formula is to be solved for.
        bare: Whether the exercise says nothing else.
    """

    relations: tuple["Relation", ...] = ()
    text: str = ""
    target: str = ""
    bare: bool = True


def said_of_line(exercise: Exercise, message: str) -> SaidOfLine | None:
    """Checks the equations in between, and the sums on the way, that a learner asks about.

    Which lines get a verdict is told by their form (``fair_lines``), never by the key: a line that
    may be the answer, right or wrong, in whatever dress, is to be handed in.

    Args:
        exercise: What it is about.
        message: What the learner said.

    Returns:
        The first line that is wrong, or else the last that is right; None where there is no line,
        and nothing but what the exercise says itself.
    """
    if exercise.kind not in _MATHEMATICAL or not _SAID.search(message):
        return None
    given = _given(exercise)
    lines = [one for one in _lines_in(exercise, message) if one[1] not in given.relations]
    if not lines:
        return None
    said = [_said(exercise, given, text, relation) for text, relation in lines]
    if _AS_ANSWER.search(message):
        return SaidOfLine(HAND_IN, None)
    wrong = next((one for one in said if one.right is False), None)
    right = next((one for one in reversed(said) if one.right), None)
    return wrong or right or next((one for one in said if one.text != HAND_IN), said[0])


def _said(exercise: Exercise, given: _Given, text: str, line: "Relation") -> SaidOfLine:
    from assistant.tutor.socratic.fair_lines import is_alone, is_step, letter_of_other_number
    from assistant.tutor.steps.rational import shape_names

    if not shape_names(line):
        return _of_sum(exercise, given, text, line) or SaidOfLine(HAND_IN, None)
    if is_alone(line, given.target):
        return SaidOfLine(HAND_IN, None)
    if given.text and not given.relations:
        found = _of_expression(exercise, given, text, line)
    elif _is_worked_out(given):
        if name := letter_of_other_number(line, given.relations):
            return SaidOfLine(_COUNT.format(name=name), None)
        found = _of_algebra(given, text) if is_step(line, given.relations, given.target) else None
    else:
        found = _of_words(exercise, text, line)
    return found or SaidOfLine(_GO_ON, None)


def _given(exercise: Exercise) -> _Given:
    from assistant.tutor.steps.beginning import beginning
    from assistant.tutor.steps.systems import relations_of

    asked, formula = _FOR.search(exercise.prompt), _IN_DOLLARS.search(exercise.prompt)
    names = _letters_of_formula(exercise)
    if asked is not None and formula is not None and len(names) > 1:
        text = _apart(formula[1], names)
        return _Given(tuple(_relations(text)), text, asked[1])
    begins = beginning(exercise.prompt)
    text = exercise.given or begins.text
    shape = _shape(text)
    told = tuple(relations_of(shape)) if shape is not None else ()
    return _Given(told, text, bare=begins.bare)


def _letters_of_formula(exercise: Exercise) -> frozenset[str]:
    """All letters of the formula that is to be solved for one of them; none elsewhere."""
    formula = _IN_DOLLARS.search(exercise.prompt)
    if formula is None or _FOR.search(exercise.prompt) is None:
        return frozenset()
    return frozenset(re.findall(r"[A-Za-z]", _COMMAND.sub(" ", formula[1])))


def _apart(text: str, names: frozenset[str]) -> str:
    """With a sign between letters that are each a size of a formula: gh is g times h."""
    return _RUN.sub(lambda run: "*".join(run[0]) if set(run[0]) <= names else run[0], text)


def _is_worked_out(given: _Given) -> bool:
    """Whether lines follow from what is given alone: as many letters as equations, or a formula."""
    from assistant.tutor.steps.rational import shape_names

    names = frozenset[str]().union(*map(shape_names, given.relations))
    return bool(given.target) or (bool(names) and len(names) == len(given.relations))


def _plain(text: str) -> str:
    return reduce(lambda said, pair: pair[0].sub(pair[1], said), _SIGNS, text)


def _shape(text: str) -> "Shape | None":
    from assistant.tutor.steps.shaping import shape_of

    return shape_of(text)


def _relations(text: str) -> list["Relation"]:
    from assistant.tutor.maths.shapes import Relation

    shape = _shape(text)
    return [shape] if isinstance(shape, Relation) else []


def _lines_in(exercise: Exercise, message: str) -> Iterator[tuple[str, "Relation"]]:
    """The equations and inequalities of a message, in order, each as it stands and as read."""
    from assistant.tutor.steps.commas import with_points
    from assistant.tutor.steps.prose import relations_within

    told = _plain(_apart(message, _letters_of_formula(exercise)))
    _, (said,) = with_points([exercise.prompt], [told])
    for run in relations_within(said):
        found = _relations(run)
        parts = [run] if found else [one.strip() for one in _NEXT_PART.split(run)]
        for part in parts:
            if _RELATION.search(part):
                yield from ((part, one) for one in _relations(part))


def _of_algebra(given: _Given, line: str) -> SaidOfLine | None:
    from assistant.tutor.steps.judging import judged
    from assistant.tutor.steps.marks import Mark
    from assistant.tutor.steps.rearranging import Task

    task = Task(given.text, given.target) if given.target else None
    way = judged([line], "" if task else given.text, bare=given.bare, task=task)
    if way is None or not way.marks:
        return None
    if way.marks[0] is Mark.RIGHT:
        return SaidOfLine(f"`{line}` is right: go on from there.", right=True)
    if way.marks[0] is Mark.WRONG and way.verdict.checked:
        return SaidOfLine(f"`{line}` {_LOOK}", right=False, misconception=way.verdict.misconception)
    return None


def _of_expression(
    exercise: Exercise, given: _Given, text: str, line: "Relation"
) -> SaidOfLine | None:
    """What is given, and the same in other words that are not yet as short as they can be."""
    from assistant.tutor.socratic.fair_lines import is_unfinished

    begins, _, ends = text.rpartition("=")
    known = _squeezed(begins).partition("=")[0] == _squeezed(given.text)
    if not known or exercise.key.form is Form.FACTORED or not is_unfinished(line.sides[-1]):
        return None
    return _of_algebra(given, ends.strip())


def _of_words(exercise: Exercise, text: str, line: "Relation") -> SaidOfLine | None:
    """An equation that the learner made of words: it fits where it holds for the key.

    That it does not is no verdict: the letter may stand for something else.
    """
    from assistant.tutor.maths.nodes import Number, Symbol, walk
    from assistant.tutor.socratic.fair_lines import is_made_of
    from assistant.tutor.steps.rational import shape_names
    from assistant.tutor.steps.systems import holds

    key = _number(exercise.key.answer) if exercise.kind is AnswerKind.NUMBER else None
    parts = [part for side in line.sides for part in walk(side)]
    once = sum(isinstance(part, Symbol) for part in parts) == 1
    numbers = sum(isinstance(part, Number) for part in parts)
    names = shape_names(line)
    thin = once and numbers < _FEWEST_NUMBERS
    if key is None or len(names) != 1 or thin or set(line.signs) != {"="}:
        return None
    (name,) = names
    fits = is_made_of(line, exercise.prompt) and holds(line, {name: key})
    # What holds for every number says nothing: x + 8 = 8 + x.
    if not fits or holds(line, {name: key + Fraction(1, 7)}):
        return None
    return SaidOfLine(f"`{text}` fits the exercise: solve it.", right=True)


def _number(text: str) -> Fraction | None:
    from assistant.tutor.maths.shapes import Expression
    from assistant.tutor.maths.values import exact

    shape = _shape(text)
    return exact(shape.node) if isinstance(shape, Expression) else None


def _of_sum(exercise: Exercise, given: _Given, text: str, line: "Relation") -> SaidOfLine | None:
    """Whether a sum is worked out rightly; that says nothing of what it is good for."""
    from assistant.tutor.steps.locating import first_wrong_sum
    from assistant.tutor.steps.way import read_way

    if not _is_on_the_way(exercise, given, text, line):
        return None
    way = read_way("", [text])
    if first_wrong_sum(way) is not None:
        return SaidOfLine(f"The sum `{text}` is not right: work it out once more.", right=False)
    if not way.steps or not way.steps[0].chains:
        return None
    words = f"As a sum, `{text}` is right. Whether it is of use here is for you to find out."
    return SaidOfLine(words, right=True)


def _is_on_the_way(exercise: Exercise, given: _Given, text: str, line: "Relation") -> bool:
    """Whether a sum is no more than a part of the way.

    Where the exercise is a sum itself, it is a part of that. What puts a number in for the unknown
    has all the numbers of the exercise in it, and is the answer in another dress.
    """
    from assistant.tutor.maths.nodes import Number
    from assistant.tutor.socratic.fair_lines import numbers_in, numbers_said

    if isinstance(line.sides[0], Number):
        return False
    if given.text and not given.relations:
        whole, part = _squeezed(given.text), _squeezed(text.partition("=")[0])
        return part in whole and part != whole
    return not numbers_said(exercise.prompt) <= numbers_in(line)


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", _OVER.sub(r"\1/\2", _TIMES.sub("*", text)))
