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
_PERIOD: Final = re.compile(r"^(-?\d{1,12})[.,](\d{0,12})\((\d{1,12})\)$")
_AND_PART: Final = re.compile(r"^(-?\d{1,9})\s+and\s+(\d{1,4}/\d{1,4})(?=\s|$)")
_AND_A_HALF: Final = re.compile(
    r"^(an?|one|\d{1,4})\s+([a-z]+?)s?\s+and\s+(?:a|one)\s+(half|quarter)$", re.IGNORECASE
)
_PARTS: Final = {"half": Fraction(1, 2), "quarter": Fraction(1, 4)}
_AND_CENTS: Final = re.compile(
    r"^(\d{1,9})\s+(pounds?|dollars?|euros?)\s+(?:and\s+)?([0-9]{2})(?:\s*(?:p|pence|cents?|c))?$",
    re.IGNORECASE,
)
_MONEY: Final = {"pound": "£", "dollar": "$", "euro": "€"}
_SHORT: Final = re.compile(r"^(-?\d[\d.,]{0,12})\s?([kM])$")
_THOUSANDS: Final = {"k": 10**3, "M": 10**6}
_SCALE: Final = re.compile(r"(?<=\d)\s*([CF])$")
_SECONDS: Final = 3600


def plain_amount(text: str) -> str:
    """What was typed, without what stands before it, its parts with their units.

    Args:
        text: 1h30, 5'6, 30°15', 2 to 3, “about 5 km”, “five apples”; any other text stays.
    """
    text = without_lead(text).strip()
    text = _PERIOD.sub(r"\1.\2\\overline{\3}", text)
    text = _AND_A_HALF.sub(_and_part, _AND_CENTS.sub(_and_cents, text))
    text = _AND_PART.sub(r"\1 \2", text)
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


def _and_part(amount: re.Match[str]) -> str:
    """An hour and a half as 3/2 hour."""
    whole = int(amount[1]) if amount[1].isdigit() else 1
    value = whole + _PARTS[amount[3].lower()]
    return f"({value.numerator}/{value.denominator}) {amount[2]}"


def _and_cents(money: re.Match[str]) -> str:
    """3 pounds 20 as £3.20."""
    return f"{_MONEY[money[2].lower().removesuffix('s')]}{money[1]}.{money[3]}"


def without_short(text: str) -> str:
    """1.5k as 1.5 * 1000, for where a number without a unit is asked for."""
    found = _SHORT.match(text.strip())
    return f"{found[1]} * {_THOUSANDS[found[2]]}" if found else text


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
