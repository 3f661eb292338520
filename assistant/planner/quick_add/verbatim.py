"""What is read as it stands: addresses, code, metres, and what quotation marks hold."""

import re
from collections.abc import Iterator
from typing import Final

_AS_IT_STANDS: Final = re.compile(
    r"(?<!\w)(?:[a-z][a-z0-9+.-]*://|www\.)[^\s<>]+"  # an address
    r"|(?<!\S)[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # of mail
    r"|`[^`\n]+`"  # code
    r"|(?<![\w.,:])\d{1,3} ?[x\u00d7*] ?\d{1,3}(?:[.,]\d{1,2})? ?m(?!\w)",  # metres
    re.IGNORECASE,
)
_QUOTED: Final = re.compile(r"(?<!\w)(?:\"[^\"\n]+\"|\u201c[^\u201d\n]+\u201d)(?!\w)")
_NAME: Final = re.compile(r"[^\W_]{2}")
_WORDS: Final = re.compile(r"[^\W\d_]{2}")


def verbatim_in(text: str) -> Iterator[tuple[int, int]]:
    """Where addresses, code and “8x50 m” stand: no part of it is a date, tag or estimate."""
    return (match.span() for match in _AS_IT_STANDS.finditer(text))


def quoted_in(text: str) -> Iterator[tuple[int, int]]:
    """Where a title such as “1984” stands in quotation marks; not a whole line."""
    for match in _QUOTED.finditer(text):
        rest = text[: match.start()] + text[match.end() :]
        if _NAME.search(match[0]) and _WORDS.search(rest):
            yield match.span()
