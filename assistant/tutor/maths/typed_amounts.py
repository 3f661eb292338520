"""Amounts as people type them, brought to the one way that is read: 1h30, 5'6, about 5 km."""

import re
from fractions import Fraction
from typing import Final

from assistant.tutor.maths.number_words import in_figures

_LEAD: Final = re.compile(
    r"^\s*(?:(?:[≈~=]|about\b|approx(?:imately|\.)?(?![a-z])|ca\.|circa\b|around\b|roughly\b)\s*"
    r"(?=[-−+\d.(√½-¾$€£])|(?:(?:the|my|final)\s+)*ans(?:wer)?(?:\s+is\b|\s*[:=])\s*"  # noqa: RUF001 - the sign itself is meant
    r"|(?:it\s+is|it['’]?s|equals|i\s+got|we\s+get)\s+(?=[-−+\d.(√½-¾$€£]))",  # noqa: RUF001 - the sign itself is meant
    re.IGNORECASE,
)
_FEET: Final = re.compile(r"""(\d{1,6})\s*['’′]\s*(?:(\d{1,2}(?:\.\d+)?)\s*(?:["”″]|''|′′))?""")  # noqa: RUF001 - the sign itself is meant
_INCHES: Final = re.compile(r"""(\d{1,6}(?:\.\d+)?)\s*(?:["”″]|'')""")
_ANGLE: Final = re.compile(
    r"""(-?)(\d{1,4})\s*°\s*(\d{1,2})\s*['’′](?:\s*(\d{1,2}(?:\.\d{1,6})?)\s*(?:["”″]|''))?"""  # noqa: RUF001 - the sign itself is meant
)
_HOURS: Final = re.compile(
    r"(\d{1,4})\s*h(?:(?:ou)?rs?)?\.?\s*(?:and\s+)?([0-5]?\d)\s*m?(?![a-z\d.])", re.IGNORECASE
)
_CLOCK: Final = re.compile(r"(\d{1,4}):([0-5]\d)\s*h(?:(?:ou)?rs?)?", re.IGNORECASE)
_MINUTES: Final = re.compile(r"(\d{1,4})\s*m\s*([0-5]?\d)\s*s", re.IGNORECASE)
_PARTED: Final = (
    (_FEET, "ft", "in"),
    (_INCHES, "in", ""),
    (_HOURS, "h", "min"),
    (_CLOCK, "h", "min"),
    (_MINUTES, "min", "s"),
)
_RATIO: Final = re.compile(r"(-?[\d.,]{1,15})\s+(?:to|is\s+to)\s+(-?[\d.,]{1,15})", re.IGNORECASE)
_CHANCE: Final = re.compile(r"^(\d{1,9})\s+(?:in|out\s+of)\s+(\d{1,9})$")
_MUCH_MONEY: Final = re.compile(
    r"^(-?\s*[$€£¥₹]\s*)(\d{1,6}(?:\.\d{1,6})?)\s*(thousand|million|billion|trillion)$"
)
_LARGE: Final = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SCALE: Final = re.compile(r"(?<=\d)\s*([CF])$")
_SECONDS: Final = 3600


def plain_amount(text: str) -> str:
    """What was typed, without what stands before it, its parts with their units.

    Args:
        text: 1h30, 5'6, 30°15', 2 to 3, “about 5 km”, “five apples”; any other text stays.
    """
    text = without_lead(text).strip()
    text = _CHANCE.sub(r"\1/\2", _MUCH_MONEY.sub(_in_full, text))
    text = " to ".join(in_figures(side) for side in re.split(r"\s+to\s+", text, maxsplit=1))
    ratio = _RATIO.fullmatch(text)
    if ratio:
        return f"{ratio[1]}:{ratio[2]}"
    return _in_parts(text)


def _in_full(money: re.Match[str]) -> str:
    """$1.5 million as $1500000."""
    value = Fraction(money[2]) * _LARGE[money[3]]
    return f"{money[1]}{value}" if value.denominator == 1 else money[0]


def with_scale(text: str) -> str:
    """25 C as 25 °C, for where a temperature is asked for."""
    return _SCALE.sub(r" °\1", text.strip())


def without_lead(text: str) -> str:
    """An answer without “about”, “the answer is”, “=” before it."""
    return _LEAD.sub("", text, count=1)


def _in_parts(text: str) -> str:
    """Feet and inches, hours and minutes, degrees and minutes with the names of their units."""
    for pattern, first, second in _PARTED:
        found = pattern.fullmatch(text)
        if found:
            rest = f" {found[2]} {second}" if second and found[2] else ""
            return f"{found[1]} {first}{rest}"
    found = _ANGLE.fullmatch(text)
    if not found:
        return text
    size = Fraction(found[2]) + Fraction(found[3]) / 60 + Fraction(found[4] or 0) / _SECONDS
    return f"{found[1]}({size.numerator}/{size.denominator}) °"
