"""A text as it reads once what hides an answer in it is taken off.

Learners ask for it: spelled out, letter by letter, backwards, in another language. Each view is
read like the text itself.
"""

import base64
import binascii
import re
from collections.abc import Iterator
from typing import Final

_ONES: Final = (
    "null eins zwei drei vier fünf sechs sieben acht neun zehn",
    "zéro un deux trois quatre cinq six sept huit neuf dix",
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez",
    "zero uno due tre quattro cinque sei sette otto nove dieci",
    "zero um dois três quatro cinco seis sete oito nove dez",
)
_FROM_ELEVEN: Final = (
    "elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn",
    "onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf",
    "once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve",
    "undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove",
    "onze doze treze catorze quinze dezasseis dezassete dezoito dezanove",
)
_TENS: Final = (
    ("zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig", 20),
    ("veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa", 20),
    ("venti trenta quaranta cinquanta sessanta settanta ottanta novanta", 20),
    ("vingt trente quarante cinquante soixante", 20),
)
_GERMAN: Final = ("ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun")
_LETTERS: Final = re.compile(r"\b\w(?:(?:\s*[-.,·_*|/]\s*|\s+)\w\b){1,40}")
_GAPS: Final = re.compile(r"[\s\-.,·_*|/]+")
_DIGIT_ROW: Final = re.compile(r"(?:\b\d\b[\s,\-·_|]+)+\d\b")
_ENCODED: Final = re.compile(
    r"\b(?:[A-Za-z0-9+/]{4}){0,40}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})"
)


def views(text: str) -> Iterator[str]:
    """The text in other readings; never the text itself.

    Args:
        text: What was said.
    """
    together = _LETTERS.sub(lambda match: _GAPS.sub("", match[0]), text)
    if together != text:
        yield together
    for one in dict.fromkeys((text, together)):
        in_numbers = _numbers(one)
        if in_numbers != one:
            yield in_numbers
    digits = _DIGIT_ROW.sub(lambda match: re.sub(r"\D", "", match[0]), text)
    if digits not in {text, together}:
        yield digits
    if re.search(r"revers|backward|rückwärts|envers|revés", text, re.IGNORECASE):
        yield text[::-1]
    yield from _decoded(text)


def _decoded(text: str) -> Iterator[str]:
    for match in _ENCODED.finditer(text):
        if "=" not in match[0] and not re.search(r"base ?64", text, re.IGNORECASE):
            continue
        try:
            yield base64.b64decode(match[0], validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            continue


def number_words() -> dict[str, int]:
    """Words of numbers in German, French, Spanish, Italian and Portuguese."""
    found: dict[str, int] = {}
    for first, rows in ((0, _ONES), (11, _FROM_ELEVEN)):
        found |= {word: first + at for row in rows for at, word in enumerate(row.split())}
    for row, first in _TENS:
        found |= {word: first + 10 * at for at, word in enumerate(row.split())}
    for at, ten in enumerate(_TENS[0][0].split()):
        found |= {f"{one}und{ten}": 20 + 10 * at + n for n, one in enumerate(_GERMAN, 1)}
    english = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    ones = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    # Written together by who leaves out what stands between the letters.
    found |= {
        f"{t}{o}": 20 + 10 * i + n for i, t in enumerate(english) for n, o in enumerate(ones, 1)
    }
    # These are words of English as well, or articles of their own language.
    return {word: value for word, value in found.items() if word not in {"six", "un", "um", "once"}}


def _numbers(text: str) -> str:
    words = number_words()
    return re.sub(
        r"[^\W\d_]+(?:-[^\W\d_]+)?",
        lambda match: str(words.get(match[0].casefold(), match[0])),
        text,
    )
