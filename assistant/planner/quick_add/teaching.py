"""Learns a person's own words from corrections of lines, and never what is a common word."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from assistant.planner.quick_add.reading import parse_line
from assistant.planner.quick_add.vocabulary import (
    MOST_WORDS,
    Correction,
    Entry,
    Vocabulary,
    corrected,
)

_ONE_DAY: Final = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_ANY_MOMENT: Final = datetime(2026, 1, 5, 9, tzinfo=UTC)
"""Whether words are known does not depend on when they are read."""


def is_own(words: str) -> bool:
    """Whether words are a person's own: short, without figures, and nothing to the grammar.

    “tomorrow”, “!high” and “half an hour” are everyone's: what they mean is never learnt anew.
    """
    plain = words.strip(" ,.;:")
    if not plain or len(plain.split()) > MOST_WORDS or any(map(str.isdigit, plain)):
        return False
    return not parse_line(plain, _ANY_MOMENT).parts


def remark_on(entry: Entry) -> str:
    """What speaks against an entry that is kept already, in words; empty where nothing does."""
    if parse_line(entry.phrase, _ANY_MOMENT).parts:
        return "hides a common word"
    if _ONE_DAY.search(entry.meaning):
        return "stands for one day only"
    return ""


def learn(vocabulary: Vocabulary, text: str, corrections: Iterable[Correction]) -> Vocabulary:
    """The vocabulary after a line was corrected.

    Only a person's own words are learnt, and never as one day: that day passes, and the word stays.

    Args:
        vocabulary: As it was.
        text: The line as it was written.
        corrections: What its words really mean.
    """
    lasting = [
        one
        for one in corrections
        if is_own(text[slice(*one.found)]) and not _ONE_DAY.search(one.meaning)
    ]
    return corrected(vocabulary, text, lasting)
