"""A line of a way as mathematics, or nothing where it may mean something else."""

import re
from typing import Final

from assistant.tutor.maths.reading import Reading, read
from assistant.tutor.maths.shapes import Expression, Relation, Saying, Several, Shape
from assistant.tutor.steps.prose import equation_within, expression_within, has_words
from assistant.tutor.steps.rational import shape_names

_LONGEST_LINE: Final = 400
_DIVIDED: Final = re.compile(r"÷|(?<=[\d)])\s+[:/]\s+(?=[\d(])")
_FRACTION: Final = re.compile(r"(?<![\w/.)])((?:\d{1,6} )?\d{1,6}/\d{1,6})(?![\w/.(])")
"""A fraction, or a mixed number."""
_REMAINDER: Final = re.compile(
    r"=\s*[-\u2212]?\d+\s*[,;(]?\s*(?:with|and|und|mit|avec|con)?\s*(?:a\s+)?"
    r"(?:(?:rem|remainder|rest|reste|resto)\b"
    r"|(?:\d+\s+)?(?:(?:is|are)\s+)?(?:left|over|leftover)\b)",
    re.IGNORECASE,
)
"""A quotient with its remainder, which is no number: 17 : 5 = 3 with 2 left over."""
_NUMBERED: Final = re.compile(
    r"\b([A-Za-z])(?:_?[12\u2081\u2082]|_\{[12](?:[,;/]\s?[12])?\})(?=\s*=)"
)
"""One of two solutions: x1 = 2, x2 = -2."""
_NOT_READ: Final = re.compile(
    r"(?<![A-Za-z\\\d])[A-Za-z](?:_\{?)?\d|\d\s*[Rr]\s*\d|/\s*[-\u2212]|(?<=\S):(?=\s)"
    r"|(?<![A-Za-z\\])[A-Za-z)]\.\d"
    r"|(?<![A-Za-z])(?:ln|log|lg)(?:_\{?\w+\}?)?\s*[\w.^]+\s*/\s*\d"
    r"|(?<![A-Za-z\\])(?:e|\d)\s*\^\s*[-\u2212]?\d+[A-Za-z](?![A-Za-z^\u00b2\u00b3])"
)
"""What may mean something else than it says: x1 + x2, 3 R 2, x = 3/-3, x = 5: 25 - 35 = -10, x.3,
ln 5/2, e^2x"""
_CLAUSE: Final = re.compile(r"[,.;(]")
_HEADING: Final = re.compile(r"(?<=\S):(?=\s)")
_UNDER: Final = re.compile(r"/\s*\d*(?!pi(?!\s*[A-Za-z\d(]))[A-Za-z]{2}")
"""A product below a line that has no brackets: (x + y)/xy."""
_SINGLE: Final = re.compile(r"[A-Za-z]|Delta")


def shape_of(line: str, names: frozenset[str] = frozenset()) -> Shape | None:
    """What a line says in signs; None for sentences and what cannot be read.

    Where a fraction is divided, "3/4 ÷ 2/5", each fraction is one number.

    Args:
        line: As it was written.
        names: Unknowns, so that "5xy" is a product of them.
    """
    if not line.strip() or len(line) > _LONGEST_LINE:
        return None
    line = _NUMBERED.sub(r"\1", _divided(line))
    if len(names) > 1:
        if _UNDER.search(line):
            return None
        line = re.sub(
            rf"(?<![\\A-Za-z])[{''.join(sorted(names))}]{{2,}}(?![A-Za-z])", _spaced, line
        )
    if _NOT_READ.search(line):
        return None
    found = read(line)
    if not isinstance(found, Reading):
        return None
    shape = found.shape
    single = all(_SINGLE.fullmatch(name) for name in shape_names(shape))
    kinds = Expression | Relation | Several | Saying
    return shape if single and isinstance(shape, kinds) else None


def _divided(line: str) -> str:
    """With one sign for a division, and brackets around the fractions beside it."""
    return _DIVIDED.sub(" ÷ ", _FRACTION.sub(r"(\1)", line)) if _DIVIDED.search(line) else line


def _spaced(found: re.Match[str]) -> str:
    return "*".join(found.group())


def said(line: str, *, expressions: bool, names: frozenset[str] = frozenset()) -> Shape | None:
    """What a line says in signs: itself, or the equation or the one expression in a sentence."""
    if _REMAINDER.search(line):
        return None
    whole = shape_of(line, names)
    products = whole is not None and len(names) > 1 and shape_names(whole) <= names
    head = shape_of(_CLAUSE.split(line, maxsplit=1)[0])
    if isinstance(head, Saying):
        return head
    headed = whole is None and _HEADING.search(line) is not None
    if products or isinstance(whole, Saying) or not (headed or has_words(line)):
        return whole
    line = _divided(line)
    found = equation_within(line) or (expression_within(line) if expressions else "")
    within = shape_of(found)
    return within if isinstance(within, Relation | Several | Expression) else None
