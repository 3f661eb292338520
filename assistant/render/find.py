"""Find words in plain text as people mean them: case and diacritics do not count."""

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass

_BLANKS = str.maketrans("\n\t\r", "   ")


@dataclass(frozen=True, slots=True)
class Found:
    """A place in a text, ``text[start:end]``, in characters."""

    start: int
    end: int


def find(text: str, needle: str) -> tuple[Found, ...]:
    """All places of ``needle``, from the left and without overlap.

    ``cafe`` finds ``Café`` and the other way round, ``strasse`` finds ``Straße``, and a space
    finds a line break. A place always holds whole letters with their marks.

    Args:
        text: Where to look, as `assistant.render.plain.to_plain` makes it.
        needle: What to look for; nothing is found for one that is empty.
    """
    wanted, _ = _folded(needle)
    if not wanted:
        return ()
    folded, origins = _folded(text)
    places: list[Found] = []
    at = folded.find(wanted)
    while at >= 0:
        behind = at + len(wanted)
        if origins is None:
            places.append(Found(at, behind))
        else:
            end = _after_marks(text, origins[behind - 1] + 1)
            places.append(Found(origins[at], end))
            behind = bisect_left(origins, end)  # the rest of a letter begins no other place
        at = folded.find(wanted, behind)
    return tuple(places)


def _folded(text: str) -> tuple[str, list[int] | None]:
    """The text as it is compared, and which letter each of its letters comes from.

    None stands for letter by letter.
    """
    if text.isascii():
        return text.lower().translate(_BLANKS), None
    letters: list[str] = []
    origins: list[int] = []
    for index, character in enumerate(text):
        if character.isascii():
            bare = character.lower()
        else:
            # Folding may compose or decompose, so that marks are taken off on both sides of it.
            bare = _without_marks(_without_marks(character).casefold())
        letters.append(bare)
        origins.extend([index] * len(bare))
    return "".join(letters).translate(_BLANKS), origins


def _without_marks(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text)
    return "".join(part for part in parts if not unicodedata.combining(part))


def _after_marks(text: str, end: int) -> int:
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end
