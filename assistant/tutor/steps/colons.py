"""Colons that divide, as in many countries: "360 : 6 = 60" as "360 ÷ 6 = 60"."""

import re
from collections.abc import Sequence
from typing import Final

_DIVIDED: Final = re.compile(
    r"(?P<one>(?<![\d.:])\d+(?:\.\d+)?(?:\s?(?:\u20ac|[a-z]{1,2}))?|\))(?:\s+:\s+|:)"
    r"(?P<other>\d+(?:\.\d+)?)(?![\d.]|\s*:)(?=[^;?!\n]*=)"
)
_CLOCK: Final = re.compile(r"(?:[01]?\d|2[0-4]):[0-5]\d")
_LINKS: Final = frozenset(
    ["so", "then", "is", "are", "we", "have", "has", "get", "and", "to", "with", "calculate"]
)
_BEFORE: Final = frozenset("=(+*/-\u2212\u00b7\u00d7÷,;:.$\u20ac")
_RATIO: Final = re.compile(
    r"\b(?:ratio\w*|proportion\w*|scale\w*|odds|map|verh\u00e4ltnis\w*|ma\u00dfstab|rapport|raz\u00f3n)\b"
    r"|\d\s*:\s*\d+\s*:\s*\d|\d\s*:\s*\d[^=\n]*=[^=\n]*\d\s?[a-z]*\s*:\s*\d",
    re.IGNORECASE,
)


def with_divisions(problem: str, steps: Sequence[str]) -> tuple[str, ...]:
    """The steps with ÷ for colons that divide; those of a ratio, a time or a heading are kept."""
    told = "\n".join(steps)
    if ":" not in told or _RATIO.search(problem) or _RATIO.search(told):
        return tuple(steps)
    return tuple(_DIVIDED.sub(_divided, step) if ":" in step else step for step in steps)


def _divided(found: re.Match[str]) -> str:
    before = found.string[: found.start()].rstrip()
    words = before.split()
    begins = not before or before[-1] in _BEFORE or words[-1].lower() in _LINKS
    if _CLOCK.fullmatch(found.group()) or not (begins or found["one"] == ")"):
        return found.group()
    return f"{found['one']} ÷ {found['other']}"
