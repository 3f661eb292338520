"""Everything in a text that may be a number or an expression."""

import re
from collections.abc import Iterator
from fractions import Fraction

_FORMULAS = re.compile(
    r"\$\$(?P<display>.+?)\$\$|\$(?P<inline>[^$\n]+)\$|\\\((?P<round>.+?)\\\)"
    r"|\\\[(?P<square>.+?)\\\]|`(?P<code>[^`\n]+)`",
    re.DOTALL,
)
# Signs that look like others are named by their numbers: minus, times, divided by, middle dot.
_SIGN = r"[+\-\u2212]"
_OPERATOR = r"[+\-\u2212*/^\u00d7\u00b7\u00f7=<>\u2264\u2265]"
_TERM = r"(?:\d[\d,]*(?:\.\d+)?%?|[\u00bc-\u00be\u2150-\u215e]|[a-z](?![\w\u2019']))"
_PLAIN = re.compile(
    rf"(?<![\w.]){_SIGN}?{_TERM}(?:\s*{_OPERATOR}\s*{_SIGN}?{_TERM})*", re.IGNORECASE
)
_SPLIT = re.compile(
    r"=|\\approx|\u2248|\\to|\u2192|\\Rightarrow|\u21d2|,|;|\bor\b|\band\b|\\text\{[^}]*\}"
)
_LONGEST = 300
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ONES: tuple[str, ...] = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8}
_NUMBER_WORD = re.compile(
    rf"\b(?:(?P<minus>minus|negative)\s+)?"
    rf"(?:(?P<tens>{'|'.join(_TENS)})(?:[\s-](?P<unit>{'|'.join(_ONES[1:10])}))?"
    rf"|(?P<ones>{'|'.join(sorted(_ONES, key=len, reverse=True))}))\b",
    re.IGNORECASE,
)
_PART_WORD = re.compile(
    rf"\b(?P<count>a|one|two|three|four|five|seven)[\s-](?P<part>{'|'.join(_PARTS)})s?\b",
    re.IGNORECASE,
)
_DRESS = re.compile(r"\\(?:left|right|displaystyle|,|;|!|:)(?![A-Za-z])|[\s$`]")


def pieces(text: str) -> Iterator[str]:
    """The formulas, the plain expressions and the spelled numbers of a text, and their parts.

    Args:
        text: Markdown.
    """
    for match in _FORMULAS.finditer(text):
        yield from _with_parts(next(group for group in match.groups() if group is not None))
    for match in _PLAIN.finditer(_FORMULAS.sub(" ", text)):
        yield from _with_parts(match[0])
    yield from _spelled(text)


def flat(text: str) -> str:
    """As it is compared letter by letter: without dollars, spaces and the dress of LaTeX."""
    bare = _DRESS.sub("", text).replace("\u2212", "-").replace("\\dfrac", "\\frac")
    return bare.rstrip(".,;:!?")


def _with_parts(whole: str) -> Iterator[str]:
    whole = whole.strip()[:_LONGEST]
    if not whole:
        return
    yield whole
    parts = [part.strip() for part in _SPLIT.split(whole)]
    if len(parts) > 1:
        yield from (part for part in parts if part)


def _spelled(text: str) -> Iterator[str]:
    for match in _NUMBER_WORD.finditer(text):
        found: dict[str, str] = {name: word.lower() for name, word in match.groupdict("").items()}
        value = _ONES.index(found["ones"]) if found["ones"] else 0
        value += 10 * (_TENS.index(found["tens"]) + 2) if found["tens"] else 0
        value += _ONES.index(found["unit"]) if found["unit"] else 0
        yield f"{'-' if found['minus'] else ''}{value}"
    for match in _PART_WORD.finditer(text):
        count: str = match["count"].lower()
        share = Fraction(
            1 if count == "a" else _ONES.index(count), _PARTS[str(match["part"]).lower()]
        )
        yield f"{share.numerator}/{share.denominator}"
