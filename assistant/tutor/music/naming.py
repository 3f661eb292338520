"""Music in words, in other languages' names and in looser writing, put into one plain notation.

German names (H, Fis, Es, As) and the syllables of Romance languages (do re mi, fixed) are read as
notes; a B among German names is the German one, B flat.
"""

import re
import unicodedata
from types import MappingProxyType
from typing import Final

_SIGNS: Final = str.maketrans(
    {
        "♯": "#", "♭": "b", "♮": "n", "𝄪": "x", "º": "°", "˚": "°", "∘": "°", "$": " ", "`": " ",
        "\\": " ", "{": " ", "}": " ", "\u2044": "/", "*": " ", "_": " ", "^": "",
    }
)  # fmt: skip
_MAJOR_SEVENTH: Final = re.compile(r"[Δ△∆](?:7|⁷|₇)?")
_WORD_SIGNS: Final = re.compile(
    r"\b([A-Ga-g])[\s-]*(double[\s-]*)?(sharp|flat|natural)(?![a-z])", re.IGNORECASE
)
_JOINING: Final = re.compile(r"\b(?:and|then|und|et)\b", re.IGNORECASE)

_GERMAN: Final = re.compile(r"(?:(?P<flat>[EA])(?:s|ses|sas)|(?P<note>[A-H])(?:is|es|isis|eses))")
_SYLLABLES: Final = MappingProxyType(
    {"do": "C", "ut": "C", "re": "D", "ré": "D", "mi": "E", "fa": "F", "sol": "G", "so": "G"}
    | {"la": "A", "si": "B", "ti": "B"}
)
_SYLLABLE_SIGNS: Final = MappingProxyType(
    {"diesis": "#", "dièse": "#", "diese": "#", "sostenido": "#", "sharp": "#"}
    | {"bemolle": "b", "bémol": "b", "bemol": "b", "flat": "b"}
)
_SYLLABLE: Final = re.compile(
    rf"\b(?P<note>{'|'.join(_SYLLABLES)})(?P<sign>#{{1,2}}|b{{1,2}}|x)?(?P<octave>\d)?"
    rf"(?:[\s-]+(?P<word>{'|'.join(_SYLLABLE_SIGNS)}))?(?![\w#])",
    re.IGNORECASE,
)

_QUALITIES: Final = MappingProxyType(
    {
        "perfect": "P", "major": "M", "minor": "m", "augmented": "A", "diminished": "d",
        "perf": "P", "maj": "M", "min": "m", "aug": "A", "dim": "d", "rein": "P", "groß": "M",
        "gross": "M", "klein": "m", "übermäßig": "A", "vermindert": "d",
    }
)  # fmt: skip
_NUMBERS: Final = MappingProxyType(
    {
        "unison": 1, "prime": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6,
        "seventh": 7, "octave": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12,
        "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sekunde": 2, "terz": 3, "quarte": 4,
        "quinte": 5, "sexte": 6, "septime": 7, "oktave": 8, "none": 9,
    }
)  # fmt: skip
_INTERVAL: Final = re.compile(
    r"\b(?P<compound>compound\s+)?(?P<twice>doubly[\s-]+)?"
    rf"(?P<quality>{'|'.join(_QUALITIES)})(?:es?)?\.?\s*"
    rf"(?:(?P<word>{'|'.join(_NUMBERS)})|(?P<figure>\d{{1,2}})(?:st|nd|rd|th)?)\b",
    re.IGNORECASE,
)
_ALONE: Final = MappingProxyType({"octave": "P8", "unison": "P1", "prime": "P1", "tritone": "A4"})
_DEGREE: Final = re.compile(r"([b#°+])(\d{1,2})")
_PERFECT: Final = frozenset({1, 4, 5, 8, 11, 12, 15})

_CHORD_WORDS: Final = re.compile(
    r"\b(?P<root>[A-Ga-g](?:##?|bb?)?)[\s-]*"
    r"(?P<kind>half[\s-]*dim(?:inished)?|major|minor|maj|min|dominant|dom|diminished|dim|augmented"
    r"|aug|suspended|sus)\.?(?:[\s-]*(?P<size>7|6|4|2|seventh|sixth|fourth|second)(?:th|nd)?)?"
    r"(?:\s+(?:chord|triad))?(?![\w#])",
    re.IGNORECASE,
)
_KINDS: Final = MappingProxyType(
    {"maj": "maj", "min": "m", "dom": "", "dim": "dim", "aug": "aug", "sus": "sus", "hal": "ø"}
)
_SIZES: Final = MappingProxyType({"seventh": "7", "sixth": "6", "fourth": "4", "second": "2"})


def plain(text: str) -> str:
    """Signs as ``#``, ``b``, ``x`` and figures as digits; words for signs as signs."""
    signs = _MAJOR_SEVENTH.sub("maj7", text).replace("𝄫", "bb").translate(_SIGNS)
    flat = unicodedata.normalize("NFKC", signs)
    return _JOINING.sub(" ", _WORD_SIGNS.sub(_sign, flat))


def plain_notes(text: str) -> str:
    """German names and syllables as the letters of English."""
    lettered = _SYLLABLE.sub(_letter, text)
    german = [word for word in re.split(r"[\s,;|\-]+", lettered) if _is_german(word)]
    if not german:
        return lettered
    return re.sub(r"[A-Za-zäöü]+[#\d]*", _from_german, lettered)


def plain_intervals(text: str) -> str:
    """Names of intervals as their short forms: ``m3`` for “a minor third”."""
    short = _INTERVAL.sub(_interval, re.sub(r"\b(?:an?|the)\s+", "", text, flags=re.IGNORECASE))
    short = re.sub(r"\b([PMmAd]{1,2}\d{1,2})(?:st|nd|rd|th)\b", r"\1", short)
    short = re.sub(r"(?<!\S)(\d{1,2})([PMmAd])(?!\S)", r"\2\1", short)
    short = re.sub(r"\b[a-z]+\b", lambda m: _ALONE.get(m[0].lower(), m[0]), short, flags=re.I)
    return re.sub(rf"(?<!\S){_DEGREE.pattern}(?!\S)", _degree, short)


def plain_chords(text: str) -> str:
    """Chords in words and with brackets or a minus as symbols without them."""
    joined = re.sub(r"(?<=\w)\(([\w#+]{1,5})\)", r"\1", text)
    joined = _CHORD_WORDS.sub(_chord, joined)
    return re.sub(r"\b([A-G](?:#|b)?)-(7|6|maj7)(?![\w#])", r"\1m\2", joined)


def plain_romans(text: str) -> str:
    """Figures that stand apart, put together; the Neapolitan by its degree."""
    joined = re.sub(r"half[\s-]*dim(?:inished)?[\s-]*", "ø", text, flags=re.IGNORECASE)
    joined = re.sub(r"(?<=[IViv])\s+(?=[ø°])", "", joined)
    joined = re.sub(r"\s*/\s*", "/", joined)
    joined = re.sub(r"(?<=[IViv°ø])(6|4)\s+([2345])(?!\d)", r"\1\2", joined)
    return re.sub(r"(?<!\S)N(6?)(?!\S)", r"bII\1", joined)


def _sign(match: re.Match[str]) -> str:
    sign = {"sharp": "#", "flat": "b", "natural": ""}[match[3].lower()]
    return match[1] + sign * (2 if match[2] else 1)


def _letter(match: re.Match[str]) -> str:
    # FA in capitals is two letters.
    if match["note"].isupper():
        return match[0]
    sign = (match["sign"] or "") + _SYLLABLE_SIGNS.get((match["word"] or "").lower(), "")
    return _SYLLABLES[match["note"].lower()] + sign + (match["octave"] or "")


def _is_german(word: str) -> bool:
    name = word.rstrip("0123456789").capitalize()
    return name == "H" or _GERMAN.fullmatch(name) is not None


def _from_german(match: re.Match[str]) -> str:
    name = match[0].rstrip("0123456789#")
    rest = match[0][len(name) :]
    head = name.capitalize()
    if head in ("H", "B"):
        return ("B" if head == "H" else "Bb") + rest
    found = _GERMAN.fullmatch(head)
    if found is None:
        return match[0]
    letter = found["flat"] or found["note"]
    ending = head[1:]
    signs = "#" * ending.count("is") if "i" in ending else "b" * ending.count("s")
    return ("B" if letter == "H" else letter) + signs + rest


def _interval(match: re.Match[str]) -> str:
    quality = _QUALITIES[match["quality"].lower()] * (2 if match["twice"] else 1)
    number = int(match["figure"] or _NUMBERS[match["word"].lower()])
    return f"{quality}{number + 7 if match['compound'] else number}"


def _degree(match: re.Match[str]) -> str:
    sign, number = match[1], int(match[2])
    if sign in "#+":
        return f"A{number}"
    if sign == "°" or number in _PERFECT:
        return f"d{number}"
    return f"m{number}"


def _chord(match: re.Match[str]) -> str:
    size = (match["size"] or "").lower()
    root = match["root"][0].upper() + match["root"][1:]
    kind = _KINDS[match["kind"].lower()[:3]]
    return f"{root}{kind}{_SIZES.get(size, size)}"
