"""Ids and plain text from whatever people, models and other formats wrote."""

import re
import unicodedata
from collections.abc import Collection

from assistant.tutor.courses.checks import name_is_usable

_LONGEST_ID = 60
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def plain(text: str, limit: int) -> str:
    """Text that any file can hold: no control characters, no halves of characters, not endless."""
    unix = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", unix)[:limit].strip()


def one_line(text: str, limit: int) -> str:
    """The same on one line."""
    return " ".join(plain(text, 4 * limit).split())[:limit].strip()


def kebab(text: str, otherwise: str) -> str:
    """An id in kebab-case out of a title; ``otherwise`` where no Latin letter or digit is left."""
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", ascii_only.casefold().replace("'", ""))
    name = "-".join(words)[:_LONGEST_ID].strip("-")
    return name if name and name_is_usable(name) else otherwise


def unused(name: str, taken: Collection[str]) -> str:
    """The name, or the name with the first number that makes it new."""
    number = 2
    found = name
    while found in taken:
        found = f"{name}-{number}"
        number += 1
    return found
