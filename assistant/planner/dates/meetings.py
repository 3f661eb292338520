"""Times of what takes place where no “at” stands before them: “meet Tom 1730”."""

from assistant.planner.dates.lexer import Token
from assistant.planner.dates.neighbours import word_at
from assistant.planner.dates.words import MONTHS, WEEKDAYS

_MEETING = frozenset(["meet", "call", "phone", "ring", "facetime"])
_SEEING = _MEETING | frozenset(
    [
        "pick",
        "collect",
        "see",
        "visit",
        "lunch",
        "dinner",
        "coffee",
        "drinks",
        "dentist",
        "doctor",
        "appointment",
    ]
).union(["appt", "interview", "haircut", "mtg", "meeting"])
"""What takes place at a time, also where no “at” stands before that: “meet Tom 1730”."""
_HELD = _SEEING | frozenset(
    ["class", "lecture", "seminar", "tutorial", "lab", "practice", "training", "rehearsal", "sync"]
).union(
    ["standup", "assembly", "concert", "ballet", "football", "yoga", "gym", "train", "flight"]
).union(["opens", "closes", "starts", "begins", "ends", "leaves", "lands", "arrives"])
"""The same, where a day stands behind the time: “lecture 9.30 tomorrow”."""
_TOLD_APART = frozenset(
    ["ext", "extension", "order", "number", "code", "no", "version", "goal", "invoice", "ticket"]
) | frozenset(
    ["case", "bill", "class", "call", "phone", "ring", "of", "re", "about", "for", "from"]
).union(["appendix", "price", "fee", "fees", "target", "score", "average", "gpa", "rent", "dose"])
"""What a number is of, or a word that one of its own stands behind: “the class of 2010”."""
_PRICED = frozenset(["lunch", "dinner", "coffee", "drinks"])
_AFTER_TIME = frozenset(["", ",", ";", "!", "?", "(", "on"]) | frozenset(
    ["today", "tonight", "tomorrow", "tmrw", "tmr"]
)
_YEARS_NEAR = range(1900, 2060)


def is_time_of_meeting(tokens: tuple[Token, ...], first: int, last: int) -> bool:
    """Whether figures such as “1730” at the end of a line tell when somebody is met.

    Args:
        tokens: Those of the line.
        first: Where the figures begin.
        last: One past their end.
    """
    name = word_at(tokens, first - 1)
    follows = word_at(tokens, last)
    if not name.isalpha() or (follows not in _AFTER_TIME and follows not in WEEKDAYS):
        return False
    if name in _TOLD_APART | MONTHS.keys() or not _is_usual(tokens[last - 1].text, name):
        return False
    words = {token.lower for token in tokens[:first]}
    year = last - first == 1 and int(tokens[first].text) in _YEARS_NEAR
    named = _HELD if follows.isalpha() else _SEEING
    return not words.isdisjoint(_MEETING if year else named)


def _is_usual(figures: str, name: str) -> bool:
    """Whether the minutes are such as appointments have; “coffee 3.50” is a price."""
    minutes = int(figures[-2:])
    return minutes % (15 if name in _PRICED else 5) == 0 or figures.startswith("0")
