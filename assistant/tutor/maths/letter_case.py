"""Short texts that case alone tells apart: chords as IV and iv, Cm7 and CM7, genes as Aa and AA."""

import re
from typing import Final

_PARTS: Final = re.compile(r"[\s\-–—,;|→>/()]+")  # noqa: RUF001 - the sign itself is meant
_ROMAN: Final = re.compile(r"[b#♭♯]?(?:[IV]|[IVX]{2,4})[°ø+]?\d{0,2}", re.IGNORECASE)
_CHORD: Final = re.compile(r"[A-G][b#♭♯]?[mM](?![aA][jJ]|[iI][nN])\d{0,2}")
_GENES: Final = re.compile(r"(?:([a-z])\1){1,4}", re.IGNORECASE)
_SYMBOLS: Final = "Bi|Cf|Cn|Co|Cs|Cu|Hf|Ho|Nb|Ni|Np|Os|Pb|Po|Pu|Sc|Si|Sn|Yb"
"""Elements whose two letters are elements as well: Co is cobalt, CO carbon monoxide."""
_ELEMENT: Final = re.compile(rf"(?:{_SYMBOLS})\d{{0,2}}")
_TWO_ELEMENTS: Final = re.compile(rf"(?:{_SYMBOLS.upper()})\d{{0,2}}")


def told_apart_by_case(one: str, other: str) -> bool:
    """Whether two texts that are equal but for case are two things.

    Args:
        one: Without LaTeX.
        other: As well.
    """
    pairs = list(zip(_PARTS.split(one.strip()), _PARTS.split(other.strip()), strict=False))
    every = all(_is_of_a_kind(word) for pair in pairs for word in pair if word[:1].isalpha())
    return every and any(first != second and _is_another(first, second) for first, second in pairs)


def _is_of_a_kind(word: str) -> bool:
    return any(kind.fullmatch(word) for kind in (_ROMAN, _CHORD, _GENES, _ELEMENT, _TWO_ELEMENTS))


def _is_another(one: str, other: str) -> bool:
    if one.casefold() != other.casefold():
        return False
    elements = {bool(_ELEMENT.fullmatch(one)), bool(_ELEMENT.fullmatch(other))}
    if elements == {True, False}:
        return bool(_TWO_ELEMENTS.fullmatch(one) or _TWO_ELEMENTS.fullmatch(other))
    return any(kind.fullmatch(one) and kind.fullmatch(other) for kind in (_ROMAN, _CHORD, _GENES))
