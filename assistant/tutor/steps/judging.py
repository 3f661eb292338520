"""The one way in which lines of mathematics are judged, wherever they were written."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from assistant.domain.exercise import Form, StepVerdict
from assistant.tutor.maths.shapes import Expression, Relation
from assistant.tutor.steps.algebra import judged_algebra
from assistant.tutor.steps.commas import with_points
from assistant.tutor.steps.computing import other_numerals
from assistant.tutor.steps.ending import MISSING, left_to_do
from assistant.tutor.steps.layout import layout_of
from assistant.tutor.steps.marks import AlgebraWay, Mark, gravest
from assistant.tutor.steps.points import judged_by_points
from assistant.tutor.steps.rational import shape_names
from assistant.tutor.steps.rearranging import Task, judged_formula
from assistant.tutor.steps.shaping import said, shape_of
from assistant.tutor.steps.statements import (
    as_solutions,
    statements,
    without_equals,
    without_note,
    without_roundings,
)
from assistant.tutor.steps.systems import SUPPOSING
from assistant.tutor.steps.wording import any_withdrawn
from assistant.tutor.steps.wording import told as plainly_told

_BESIDE: Final = re.compile(r"\u2248|\b[A-Za-z]{3,}\s*=")
"""A rounding, or something of its own with a name: LCD = 6."""
_TRIAL: Final = re.compile(r"^\s*[A-Za-z]\s*=[^:=]+:(?:\s|$)")
"""What comes out for a number that is put in: x = 3: 9."""
_CLAIM: Final = re.compile(r"=|[<>\u2264\u2265]")
_ROOT: Final = re.compile(r"=.*(?:\u221a|sqrt)")
"""A root that no exact way leads through; what is wrong may be wrong there."""
_ALONE: Final = re.compile(r"\s*[A-Za-z]\s*=")
_EXCLAIMED: Final = re.compile(r"=\s*[-\u2212]?\d+!\s*$")
_LOST: Final = ("only-one", "forgets-negative", "divides-by-x")
_REASON: Final = re.compile(
    r"\b(?:because|since|positive|negative|must|can(?:no|')t|reject\w*|discard\w*|lengths?)\b",
    re.IGNORECASE,
)
"""Why a solution is left out, in words that code does not judge."""
_TENTATIVE: Final = re.compile(
    r"\b(?:maybe|perhaps|possibly|probably|guess\w*|might|could be|suppos\w*|try|trying|or so|"
    r"not sure|unsure|about|roughly|approximately)\b"
    r"|\?\s*$",
    re.IGNORECASE,
)
_OPEN: Final = "No line is shown to be wrong, but some cannot be checked, or the end is missing."


def judged(
    lines: Sequence[str],
    given: str = "",
    *,
    form: Form = Form.SIMPLIFIED,
    bare: bool = True,
    loose: bool = False,
    task: Task | None = None,
) -> AlgebraWay | None:
    """Judges a way of equations, inequalities, a linear system, a formula or equal expressions.

    A line that says several things one after the other is judged by each of them. What may mean
    something else, or is only tried, is not judged at all.

    Args:
        lines: The steps, as they were written.
        given: What they begin with; "" where the first line does.
        form: How an expression has to look in the end.
        bare: Whether the problem says no more than what is given.
        loose: Whether solutions may come and go for a reason that is not in the lines.
        task: The formula that is to be solved for a letter; None for other problems.

    Returns:
        None where the lines are nothing of the kind.
    """
    layout = layout_of(lines, one_task=bool(given) or task is not None)
    readings = [each for each in (layout.lines, layout.other) if each]
    found = [
        _rearranged(each, task)
        if task is not None
        else _judged(each, given, form=form, bare=bare, loose=loose)
        for each in readings
    ]
    return _agreed(found, len(lines), sure=layout.sure)


def _agreed(found: Sequence[AlgebraWay | None], count: int, *, sure: bool) -> AlgebraWay | None:
    """What holds however a way is read: nothing is wrong that is right in one of its readings."""
    ways = [way for way in found if way is not None]
    steps = {way.verdict.step for way in ways}
    right = [way for way in ways if way.verdict.step is None]
    shown = next((way for way in right if way.verdict.checked), None)
    if sure or not ways or (len(steps) == 1 and len(ways) == len(found)):
        return shown or next(iter(found), None)
    if right:
        return shown or right[0]
    return AlgebraWay((Mark.UNREAD,) * count, StepVerdict(None, _OPEN, checked=False))


def _judged(
    lines: Sequence[str], given: str, *, form: Form, bare: bool, loose: bool
) -> AlgebraWay | None:
    (given,), told = with_points([given], lines)
    told = told if "!" in given else tuple(map(_unsure_of_factorial, told))
    begins = shape_of(given)
    expressions = isinstance(begins, Expression)
    told = tuple(map(without_equals, told)) if expressions else told
    names = shape_names(begins) if begins is not None else frozenset[str]()
    parts, owners = _said_by(told, given, names, expressions=expressions)
    sure = ["" if _TENTATIVE.search(part) else part for part in parts]
    found = judged_algebra(sure, given, loose=loose, bare=bare)
    if found is None and given:
        found = judged_by_points(parts, given, bare=bare)
    if found is None:
        return None
    way = _folded(found, owners, len(lines))
    way = _as_far_as_read(way, told, parts, owners)
    return _as_far_as_shown(way, lines, parts, given, form) if given else way


def _said_by(
    lines: Sequence[str], given: str, names: frozenset[str], *, expressions: bool
) -> tuple[list[str], list[int]]:
    """What the lines say, one after the other, and which line says it."""
    owners: list[int] = []
    parts: list[str] = []
    for place, line in enumerate(lines):
        for part in _parts(line, place, names, expressions=expressions):
            owners.append(place)
            parts.append(part)
    return _without_notes(parts, given), owners


def _rearranged(lines: Sequence[str], task: Task) -> AlgebraWay | None:
    """The way of a formula that is solved for a letter; None for any other."""
    (given,), told = with_points([task.formula], lines)
    begins = shape_of(given)
    names = shape_names(begins) if begins is not None else frozenset[str]()
    parts, owners = _said_by(told, given, names, expressions=False)
    if len(names) <= 1 or any(map(_TENTATIVE.search, parts)) or any(map(SUPPOSING.search, parts)):
        return None
    found = judged_formula(parts, replace(task, formula=given))
    if found is None:
        return None
    return _as_far_as_read(_folded(found, owners, len(lines)), told, parts, owners)


def _unsure_of_factorial(line: str) -> str:
    """Nothing where a sign may be joy or a factorial: x = 5!"""
    return "" if _EXCLAIMED.search(line) else line


def _parts(line: str, place: int, names: frozenset[str], *, expressions: bool) -> list[str]:
    """What a line says, one after the other; what may mean something else is left empty."""
    found: list[str] = []
    for one in statements(line, expressions=expressions, number=place + 1):
        part = as_solutions(without_roundings(one), names)
        said_there = None if _means_something_else(part) else plainly_told(part, names)
        if said_there is None:
            supposed = SUPPOSING.search(part)
            said_there = (f"{supposed.group()} something" if supposed else "",)
        found.extend(said_there)
    return found


def _without_notes(parts: Sequence[str], given: str) -> list[str]:
    """The same, less what lines end with that follow only without it: 3x = 15 :3.

    Nothing is to be done with x = 4, so that "x = 4 -3" is not read at all.
    """
    kept: list[str] = []
    before = given
    for part in parts:
        less = without_note(part)
        unread = bool(less) and shape_of(part) is None and shape_of(less) is not None
        follows = bool(less) and _follows(less, before) and not _follows(part, before)
        noted = unread or follows
        kept.append(part if not noted else "" if _ALONE.match(less) else less)
        before = less if noted else part if _CLAIM.search(part) else before
    return kept


def _follows(line: str, before: str) -> bool:
    way = judged_algebra([line], before)
    return way is not None and way.verdict.step is None


def _as_far_as_read(
    way: AlgebraWay, lines: Sequence[str], parts: Sequence[str], owners: Sequence[int]
) -> AlgebraWay:
    """The same, but no line is called wrong that may only follow from one that was not read."""
    step = way.verdict.step
    if step is None:
        return way
    before = {owner for owner, part in zip(owners, parts, strict=True) if owner < step
              and not _CLAIM.search(part)}  # fmt: skip
    unread = any(_CLAIM.search(lines[place]) for place in before) or any(
        way.marks[place] is Mark.UNREAD and _ROOT.search(lines[place]) for place in range(step)
    )
    if not unread and not any_withdrawn(lines):
        return way
    kept = tuple(mark if mark in (Mark.RIGHT, Mark.GIVEN) else Mark.UNREAD for mark in way.marks)
    return AlgebraWay(kept, StepVerdict(None, _OPEN, checked=False))


def _means_something_else(text: str) -> bool:
    return other_numerals(text) or any(each.search(text) for each in (_BESIDE, _TRIAL))


def _folded(way: AlgebraWay, owners: Sequence[int], count: int) -> AlgebraWay:
    """Marks and verdict for the lines, from those of what they say."""
    marks = tuple(
        gravest([mark for mark, owner in zip(way.marks, owners, strict=False) if owner == place])
        for place in range(count)
    )
    verdict = way.verdict
    if verdict.step is None:
        return AlgebraWay(marks, verdict)
    step = owners[verdict.step]
    told = StepVerdict(step, verdict.why, verdict.checked, verdict.misconception)
    return AlgebraWay(marks, told)


def _as_far_as_shown(
    way: AlgebraWay, lines: Sequence[str], parts: Sequence[str], given: str, form: Form
) -> AlgebraWay:
    """The same, but checked only if the end is there, and no case of |x| is called wrong."""
    verdict, begins = way.verdict, shape_of(given)
    if not verdict.checked or begins is None:
        return way
    if verdict.step is None:
        expressions = isinstance(begins, Expression)
        left = left_to_do([said(part, expressions=expressions) for part in parts], begins, form)
        if not left:
            return way
        why = _OPEN if left == MISSING else f"No line is wrong, but there is more to do: {left}"
        return AlgebraWay(way.marks, StepVerdict(None, why, checked=False))
    lost = verdict.misconception in _LOST
    reasoned = lost and (_REASON.search(lines[verdict.step]) or any(map(_TENTATIVE.search, lines)))
    one_case = "|" in given and (lost or not isinstance(begins, Relation))
    if not one_case and not reasoned:
        return way
    return AlgebraWay(way.marks, StepVerdict(None, _OPEN, checked=False))
