"""The one way in which lines of mathematics are judged, wherever they were written."""

import re
from collections.abc import Sequence
from typing import Final

from assistant.domain.exercise import Form, StepVerdict
from assistant.tutor.maths.shapes import Expression
from assistant.tutor.steps.algebra import judged_algebra
from assistant.tutor.steps.commas import with_points
from assistant.tutor.steps.computing import other_numerals
from assistant.tutor.steps.ending import MISSING, left_to_do
from assistant.tutor.steps.marks import AlgebraWay, gravest
from assistant.tutor.steps.points import judged_by_points
from assistant.tutor.steps.shaping import said, shape_of
from assistant.tutor.steps.statements import statements

_BESIDE: Final = re.compile(r"\u2248|\b[A-Za-z]{3,}\s*=")
"""A rounding, or something of its own with a name: LCD = 6."""
_TRIAL: Final = re.compile(r"^\s*[A-Za-z]\s*=[^:=]+:(?:\s|$)")
"""What comes out for a number that is put in: x = 3: 9."""
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
) -> AlgebraWay | None:
    """Judges a way of equations, inequalities, a linear system or equal expressions.

    A line that says several things one after the other is judged by each of them. What may mean
    something else, or is only tried, is not judged at all.

    Args:
        lines: The steps, as they were written.
        given: What they begin with; "" where the first line does.
        form: How an expression has to look in the end.
        bare: Whether the problem says no more than what is given.
        loose: Whether solutions may come and go for a reason that is not in the lines.

    Returns:
        None where the lines are nothing of the kind.
    """
    (given,), told = with_points([given], lines)
    expressions = isinstance(shape_of(given), Expression)
    owners: list[int] = []
    parts: list[str] = []
    for place, line in enumerate(told):
        for part in statements(line, expressions=expressions, number=place + 1):
            owners.append(place)
            parts.append("" if _means_something_else(part) else part)
    sure = ["" if _TENTATIVE.search(part) else part for part in parts]
    found = judged_algebra(sure, given, loose=loose, bare=bare)
    if found is None and given:
        found = judged_by_points(parts, given, bare=bare)
    if found is None:
        return None
    way = _folded(found, owners, len(lines))
    return _as_far_as_shown(way, lines, parts, given, form) if given else way


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
    if "|" not in given and not reasoned:
        return way
    return AlgebraWay(way.marks, StepVerdict(None, _OPEN, checked=False))
