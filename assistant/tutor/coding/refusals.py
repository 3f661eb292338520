"""Texts that are no Python of today: nothing, too much, bytes, Python 2, another language."""

import re
from typing import Final

from assistant.domain.code_review import Unreadable

MOST_CHARS: Final = 200_000
_MOST_LINE: Final = 20_000
_PYTHON2: Final = (
    (re.compile(r"^[ \t]*print[ \t]+[\"'\w]", re.M), "`print` without brackets"),
    (re.compile(r"^[ \t]*except[ \t]+[\w.()]+[ \t]*,[ \t]*\w+[ \t]*:", re.M), "`except …, name`"),
    (re.compile(r"^[ \t]*raise[ \t]+\w+[ \t]*,", re.M), "`raise …, …`"),
    (re.compile(r"^[ \t]*exec[ \t]+[\"'\w]", re.M), "`exec` without brackets"),
    (re.compile(r"^[^#\"'\n]*<>", re.M), "`<>`"),
    (re.compile(r"\bur[\"']"), '`ur"…"`'),
    (re.compile(r"(?<![\w.])0\d+\b"), "a number that begins with 0"),
)
_OTHERS: Final = (
    (re.compile(r"^\s*#include\s*[<\"]|\bint\s+main\s*\(", re.M), "C or C++"),
    (re.compile(r"\bpublic\s+(static|class)\b|System\.out\.print"), "Java"),
    (re.compile(r"\bconsole\.log\(|^\s*(const|let|var)\s+\w+\s*=", re.M), "JavaScript"),
    (re.compile(r"\bfunction\s+\w*\(.*\)\s*\{"), "JavaScript"),
    (re.compile(r"^\s*<(!DOCTYPE|html|\?xml|\?php|svg)\b", re.M | re.I), "HTML, XML or PHP"),
    (re.compile(r"^\s*(fn|impl)\s+\w+.*\{|\bprintln!\(", re.M), "Rust"),
    (re.compile(r"^package\s+\w+\s*$|\bfmt\.Print", re.M), "Go"),
    (re.compile(r"^\s*SELECT\s.+\sFROM\s", re.M | re.I), "SQL"),
    (re.compile(r"^#!.*\b(ba|z)?sh\b|^\s*(echo|sudo|cd)\s+\S", re.M), "a shell"),
)  # fmt: skip


def refused(source: str) -> Unreadable | None:
    """Why a text is not even tried; None where it may be a program."""
    if not source.strip("\ufeff \t\r\n\f"):
        return Unreadable(
            "empty", 0, "There is nothing here yet.", "Paste or open a program in Python."
        )
    if len(source) > MOST_CHARS or max(map(len, source.splitlines())) > _MOST_LINE:
        return Unreadable(
            "too_large",
            0,
            f"The program is too long to be looked at: {len(source):,} characters.",
            "Take the part that the question is about; a file of at most 200,000 characters, no "
            "line of it longer than 20,000.",
        )
    if "\0" in source:
        return Unreadable(
            "not_text",
            source[: source.index("\0")].count("\n") + 1,
            "There are null bytes in it: this is no text, or one in another encoding.",
            "Open it in an editor and save it as UTF-8.",
        )
    return None


def python2_of(source: str) -> Unreadable | None:
    """What shows that a text that does not parse is Python 2; None where nothing does."""
    for pattern, shown in _PYTHON2:
        found = pattern.search(source)
        if found is not None:
            return Unreadable(
                "python2",
                source[: found.start()].count("\n") + 1,
                f"This looks like Python 2: {shown}.",
                "Python 2 ended in 2020. Write it for Python 3: `print(x)`, "
                "`except Error as name:`, `!=`.",
            )
    return None


def other_language_of(source: str) -> Unreadable | None:
    """Which other language a text that does not parse seems to be in."""
    for pattern, language in _OTHERS:
        found = pattern.search(source)
        if found is not None:
            return Unreadable(
                "another_language",
                source[: found.start()].count("\n") + 1,
                f"This does not look like Python, but like {language}.",
                "Only Python can be looked at here.",
            )
    return None
