"""Mathematics in English words, as it is typed where signs are hard to find: x squared, 5 or more.

Only what is words from end to end is turned into signs, and only where nothing is left over that
is none: what cannot be read stays as it was typed.
"""

import re
from typing import Final

from assistant.tutor.maths.number_words import in_figures

_LONGEST: Final = 120
_SEVERAL: Final = re.compile(r"[A-Za-z]{2,}")
_NOUGHT: Final = r"(?:there(?:'s|\s+is|\s+are)\s+|it\s+has\s+|(?:the\s+)?equation\s+has\s+|has\s+)?"
_SAID: Final = (
    (rf"{_NOUGHT}(?:no|not\s+any)\s+(?:real\s+)?(?:solutions?|answers?)(?:\s+exists?)?",
     "no solution"),
    (r"(?:it(?:'s|\s+is)\s+)?(?:impossible|not\s+possible)(?:\s+to\s+solve)?", "no solution"),
    (rf"{_NOUGHT}(?:an\s+)?infinite(?:ly\s+many)?(?:\s+number\s+of)?(?:\s+(?:solutions?|answers?))?",
     "infinitely many solutions"),
    (r"(?:[a-z]\s+(?:can|could|may)\s+be\s+)?(?:anything|everything|any\s+value|every\s+value)",
     "all real numbers"),
)  # fmt: skip
_SAYINGS: Final = tuple((re.compile(pattern, re.IGNORECASE), said) for pattern, said in _SAID)
_NUMBER: Final = r"(-?\d+(?:[.,/]\d+)?)"
_BETWEEN: Final = re.compile(
    rf"(?:([a-z])\s+(?:is|lies)\s+)?(?:strictly\s+)?between\s+{_NUMBER}\s+and\s+{_NUMBER}"
)
_RATIO: Final = re.compile(rf"{_NUMBER}\s+(?:is\s+)?to\s+{_NUMBER}")
_SMALL: Final = re.compile(
    r"\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b", re.IGNORECASE
)
_LEFT_OUT: Final = re.compile(r"^\s*[a-z]\s*≠[^a-z]+(?:(?:or|and)[^a-z]+)+$")
_JOINED: Final = re.compile(r"\s+(?:or|and)\s+")
_HALVES: Final = (
    (rf"(?:any\s+)?{_NUMBER}\s+(?:or|and)\s+(?:more|greater|above|higher|up)", "[{}, ∞)"),
    (rf"(?:any\s+)?{_NUMBER}\s+(?:or|and)\s+(?:less|fewer|below|lower|smaller)", "(-∞, {}]"),
    (rf"(?:at\s+least|no(?:t)?\s+(?:less|fewer|smaller)\s+than)\s+{_NUMBER}", "[{}, ∞)"),
    (rf"(?:at\s+most|no(?:t)?\s+(?:more|greater|larger)\s+than)\s+{_NUMBER}", "(-∞, {}]"),
    (rf"(?:more|greater|larger|bigger)\s+than\s+or\s+equal\s+to\s+{_NUMBER}", "[{}, ∞)"),
    (rf"(?:less|fewer|smaller)\s+than\s+or\s+equal\s+to\s+{_NUMBER}", "(-∞, {}]"),
    (rf"(?:(?:more|greater|larger|bigger)\s+than|above)\s+{_NUMBER}", "({}, ∞)"),
    (rf"(?:(?:less|fewer|smaller)\s+than|below|under)\s+{_NUMBER}", "(-∞, {})"),
)  # fmt: skip
_HALF_LINES: Final = tuple((re.compile(pattern), shown) for pattern, shown in _HALVES)
_NOT: Final = (
    r"(?:is\s+not|isn't|can(?:not|'t|\s+not)(?:\s+be)?|does(?:n't|\s+not)|must(?:n't|\s+not)(?:\s+be)?"
    r"|may\s+not\s+be)"
)  # fmt: skip
_SIGNS: Final = tuple(
    (re.compile(rf"\b{pattern}", re.IGNORECASE), sign)
    for pattern, sign in (
        (r"(?:is\s+|be\s+)?no(?:t)?\s+(?:less|fewer|smaller)\s+than\b", " ≥ "),
        (r"(?:is\s+|be\s+)?no(?:t)?\s+(?:more|greater|larger|bigger)\s+than\b", " ≤ "),
        (r"(?:is\s+)?(?:larger|bigger)\s+than\b|exceeds\b", " > "),
        (r"is\s+non-?zero\b", " ≠ 0"),
        (rf"{_NOT}\s*(?:equals?(?:\s+to)?\s+|be\s+)?(?=[-+\d√(]|[a-z]\b)", " ≠ "),
        (r"(?:is\s+)?not\s+equal\s+to\b", " ≠ "),
        (r"(?<=^[a-z]\s)is\s+(?=[a-z]{3}|[-\d√(])", "= "),
        (r"plus\s+or\s+minus\b|plus[\s/-]minus\b", " ± "),
        (r"(?:the\s+)?square\s+root\s+(?:of\s+)?(?=[\d(a-z])", " sqrt "),
        (r"(?:the\s+)?cube\s+root\s+(?:of\s+)?(?=[\d(a-z])", " cbrt "),
        (r"log(?:arithm)?\s+(?:to\s+(?:the\s+)?)?base\s+(\d+|[a-z])\s+(?:of\s+)?(?=[\d(a-z])",
         r" log _{\1} "),
        (r"(?:the\s+)?natural\s+log(?:arithm)?\s+(?:of\s+)?(?=[\d(a-z])", " ln "),
        (r"neg\.?\s+(?=\d)", " -"),
        (r"(?:is\s+)?(?:equals|equal\s+to)\b", " = "),
        (r"(?:raised\s+)?to\s+the\s+(?:power(?:\s+of)?)\s+", " ^ "),
        (r"(?<=[\w)])\s*squared\b", "^2"),
        (r"(?<=[\w)])\s*cubed\b", "^3"),
        (r"divided\s+by\b|(?<=[\w)]\s)over\b", " / "),
        (r"times\b|multiplied\s+by\b", " * "),
        (r"plus\b", " + "),
        (r"minus\b", " - "),
    )
)  # fmt: skip
_LEFT: Final = re.compile(
    r"(?<![\\A-Za-z])(?!(?:or|and|pi|ln|log|exp|sin|cos|tan|sqrt|cbrt|inf|infinity|theta)\b)[A-Za-z]{2,}"
)  # fmt: skip
_SUM: Final = re.compile(r"\s*([=<>≤≥≠≈])\s*|\s+([-+*/^±])\s+|\s+(or|and)\s+|,\s*")


def in_signs(text: str) -> str:
    """What was typed in words, in signs; else the text itself.

    Args:
        text: As it was typed.
    """
    plain = " ".join(text.replace("’", "'").split()).rstrip(".! ")  # noqa: RUF001 - the sign itself is meant
    if len(plain) > _LONGEST or "\\" in plain or not _SEVERAL.search(plain):
        return text
    for saying, said in _SAYINGS:
        if saying.fullmatch(plain):
            return said
    signs = plain if _figures(plain) != plain else _SMALL.sub(_in_digits, plain)
    range_of = _range(signs)
    if range_of:
        return range_of
    for pattern, sign in _SIGNS:
        signs = pattern.sub(sign, signs)
    signs = _LEFT_OUT.sub(lambda found: _JOINED.sub(", ", found[0]), _with_figures(signs))
    return text if signs == plain or _LEFT.search(signs) else " ".join(signs.split())


def _in_digits(word: re.Match[str]) -> str:
    return in_figures(word[0])


def _range(text: str) -> str:
    """Where a number may lie: between 2 and 5, 5 or more; "" where the text says no such thing."""
    between = _BETWEEN.fullmatch(text)
    if between:
        name, low, high = between.groups()
        return f"{low} < {name} < {high}" if name else f"({low}, {high})"
    ratio = _RATIO.fullmatch(text)
    if ratio:
        return f"{ratio[1]}:{ratio[2]}"
    for pattern, shown in _HALF_LINES:
        found = pattern.fullmatch(text)
        if found:
            return shown.format(found[1])
    return ""


def _with_figures(text: str) -> str:
    """With the numbers between signs in figures: x = three, seven or eight."""
    whole = _figures(text)
    if whole != text:
        return whole
    parts: list[str] = []
    at = 0
    for sign in _SUM.finditer(text):
        parts += [_figures(text[at : sign.start()]), sign[0]]
        at = sign.end()
    return "".join([*parts, _figures(text[at:])])


def _figures(text: str) -> str:
    words = text.strip()
    if not _SEVERAL.search(words):
        return text
    found = in_figures(words)
    if found == words or _SEVERAL.search(found):
        return text
    return f"({found})" if "/" in found else found
