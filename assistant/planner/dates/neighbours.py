"""The words beside a word or a number that say whether it is a date."""

from collections.abc import Mapping
from types import MappingProxyType

from assistant.planner.dates.lexer import Token, numbers_in_words
from assistant.planner.dates.words import MONTHS, PARTS, UNITS, WEEKDAYS

_SHY = frozenset(["may", "march", "mar", "jan", "sat", "sun", "wed", "dec"])
"""Words and names as often as dates: they need a neighbour that says so."""
_TAKES_A_DATE = frozenset(
    [
        "in",
        "of",
        "by",
        "on",
        "until",
        "till",
        "since",
        "last",
        "next",
        "this",
        "coming",
        "past",
        "to",
        "from",
        "through",
        "thru",
        "before",
        "after",
        "mid",
        "early",
        "late",
        "during",
        "every",
        "each",
        "between",
        "and",
        "starting",
        "ending",
        "beginning",
        "due",
        "early",
        "and",
        "or",
        "-",
        "/",
        ",",
        "(",
        "@",
        "between",
        "previous",
        "the",
        "upcoming",
        "for",
        "late",
        "&",
        "about",
        "around",
    ]
)
_BOOKS = (
    "chapter",
    "page",
    "section",
    "volume",
    "verse",
    "line",
    "act",
    "scene",
    "figure",
    "table",
)
_TASKS = ("exercise", "problem", "question", "lesson", "step", "level", "slide", "episode", "task")
_PLACES = ("room", "bus", "tram", "gate", "platform", "locker", "apartment")
_IN_SHORT = ("ch", "p", "pp", "ex", "exs", "nr", "no", "nos", "vol", "fig", "ep", "sec", "apt")
NUMBERED = frozenset(
    [*_IN_SHORT, *(f"{one}{end}" for one in _BOOKS + _TASKS + _PLACES for end in ("", "s"))]
)
"""What a number behind it counts, so that it is no date."""
_GROUPS = ("class", "seat", "row", "unit", "grade", "form", "group", "section", "block", "room")
_SET = ("homework", "hw", "exercise", "exercises", "ex", "problem", "problems", "task", "tasks")
_SUBJECTS_TAUGHT = (
    *("math", "maths", "english", "german", "french", "spanish", "latin", "history", "geography"),
    *("biology", "bio", "chemistry", "chem", "physics", "science", "art", "music", "economics"),
)
LETTERED = frozenset((*_GROUPS, *_SET, *_SUBJECTS_TAUGHT))
"""What is told apart by a number and a letter, as classes and seats are: “English 10a”."""


def is_lettered(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether the letter behind a number is of a class or a seat, or counts what is read: “12p”."""
    before = word_at(tokens, place - 1)
    read = any(token.lower == "read" for token in tokens[:place]) and before not in BEFORE_CLOCK
    return before in LETTERED or (read and word_at(tokens, place + 1) == "p")


COUNTED = frozenset(
    ["draft", "drafts", "period", "grade", "graders", "floor", "lesson", "class", "place", "round"]
) | frozenset(
    [
        "hour",
        "hr",
        "half",
        "attempt",
        "try",
        "edition",
        "chapter",
        "version",
        "birthday",
        "anniversary",
    ]
)
"""What “2nd” in front of it counts, so that it is no day."""
_NAMES = frozenset(["april", "may", "june", "august", "jan"])
"""Months that people are called, too."""
_TO_SOMEBODY = frozenset(["meet", "call", "phone", "text", "email", "ask", "tell", "thank", "with"])
"""What a name of somebody follows: “meet April”, “lunch with June”."""
_SUBJECTS = frozenset(
    [
        "i",
        "you",
        "he",
        "she",
        "it",
        "we",
        "they",
        "who",
        "that",
        "cat",
        "dog",
        "there",
        "theresa",
    ]
)
_WEIGHTS = ("kg", "g", "mg", "lb", "lbs", "oz", "pound", "pounds")
_VOLUMES = ("l", "ml", "cl", "litre", "litres", "liter", "liters", "cup", "cups", "pint", "pints")
_SPOONS = ("tsp", "tbsp", "teaspoon", "teaspoons", "tablespoon", "tablespoons")
_WAYS = ("mile", "miles", "km", "m", "cm", "inch", "inches")
_STATES = ("of", "price", "off", "full", "done", "way")
_PIECES = (
    "time",
    "size",
    "scale",
    "portion",
    "portions",
    "recipe",
    "batch",
    "dozen",
    "day",
    "marathon",
    "term",
    "semester",
)
PARTED = frozenset((*_WEIGHTS, *_VOLUMES, *_SPOONS, *_WAYS, *_STATES, *_PIECES))
"""What stands behind a fraction: “2/3 of it”, “1/2 kg”."""
TOLD_OF = frozenset(
    [
        "documentary",
        "attack",
        "attacks",
        "memorial",
        "museum",
        "essay",
        "paper",
        "report",
        "project",
    ]
) | frozenset(["presentation", "film", "movie", "story", "lesson", "unit", "commission"])
"""What is told or shown of what has happened: “9/11 documentary”."""
BEFORE_DOTTED = frozenset(["on", "by", "due", "until", "till", "before", "after", "from", "am"])
"""What stands before a date that ends in a full stop: “on 12.3.”."""
BEFORE_CLOCK = BEFORE_DOTTED | frozenset(["at", "@", "to", "-", "\u2013", "around", "about"])
"""What stands before a time of day."""
STREETS = frozenset(["street", "road", "avenue", "lane", "drive", "square", "boulevard"])
"""What makes an address of a number and a name: “12 May Street”."""
_SUNNY = ["cream", "screen", "lotion", "hat", "block", "protection", "burn", "glasses", "lamp"]
_EXAM = ["test", "tests", "exam", "exams", "prep", "score", "scores", "vocab", "practice", "nav"]
_COMPOUNDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "sun": frozenset(_SUNNY),
        "sat": frozenset(_EXAM),
        "may": frozenset(["be", "not", "have", "need", "also"]),
    }
)
"""What makes another word of a short name: “sun cream”, “SAT test”, “may be”."""


_ON_TIME_FOR = frozenset(["by", "before", "until", "till", "due", "on"])


def tells_whose(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether a day only tells which of several: “Friday's notes”, but not “by Friday's class”."""
    if not tokens[place].lower.endswith(("'s", "s'")):
        return False
    following = word_at(tokens, place + 1)
    noun = following.isalpha() and following not in {*UNITS, *PARTS, "at", "and", "by", "or"}
    return noun and word_at(tokens, place - 1) not in _ON_TIME_FOR


def word_at(tokens: tuple[Token, ...], place: int) -> str:
    """The word at a place, in lower case; empty beyond the text."""
    return tokens[place].lower if 0 <= place < len(tokens) else ""


_THROUGH = frozenset(["-", "\u2013", "to", ",", "and", "&", "/", "+"])
_MOST_NUMBERED = 12


def is_numbered(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether a number counts pages or the like, also behind another: “chapters 4-6”.

    A unit behind it makes it a length (“room 20 min”), “am” or a colon a time (“bus 42, 8:15”).
    """
    following = word_at(tokens, place + 1)
    if following in {"am", "pm", *UNITS} or (following == ":" and tokens[place + 1].glued):
        return False
    before = place - 1
    while place - before < _MOST_NUMBERED and word_at(tokens, before) in _THROUGH:
        if not word_at(tokens, before - 1).isdigit():
            return False
        before -= 2
    if word_at(tokens, before) == "." and tokens[before].glued:
        before -= 1
    return word_at(tokens, before) in NUMBERED


_MARCHING = frozenset(["to", "towards", "against", "on", "into", "through", "past", "for"])
"""“March to the sea”, “march on Rome”: what one does, if no day or month follows."""


def _is_verb(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether “March” at the beginning is what is to be done."""
    if tokens[place].lower != "march" or place:
        return False
    follows = word_at(tokens, place + 2)
    return word_at(tokens, place + 1) in _MARCHING and (
        follows in {"the", "a", "an", "my", "our", "your"}
        or (follows.isalpha() and follows not in MONTHS | WEEKDAYS)
    )


def _is_somebody(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether a month is a name: “meet April”, but not “meet April 5”."""
    addressed = word_at(tokens, place - 1) in _TO_SOMEBODY
    named = tokens[place].lower in _NAMES and addressed
    return named and not _numbers_near(tokens, place)


def is_meant(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether a word that is also a name or a verb stands where a date would."""
    token = tokens[place]
    if token.lower not in _SHY:
        return not _is_somebody(tokens, place)
    before, after = word_at(tokens, place - 1), word_at(tokens, place + 1)
    other = after in _COMPOUNDS.get(token.lower, ()) or _is_verb(tokens, place)
    if other or _is_somebody(tokens, place):
        return False
    beside = after[:1].isdigit() or before[:1].isdigit() or before in {"st", "nd", "rd", "th"}
    if beside or (before != "one" and _numbers_near(tokens, place)):
        return True
    if token.lower in {"sat", "sun", "wed"}:
        return before not in _SUBJECTS | {"the", "a"} or after in {",", "morning"}
    return _is_month(token, before, after, alone=len(tokens) == 1)


def _is_month(token: Token, before: str, after: str, *, alone: bool) -> bool:
    """Whether “may”, “march” and the like, without a number beside them, are months."""
    if token.lower == "may" and token.text.islower():
        return before in {"in", "of", "by", "until", "since", "till"}
    if token.lower == "march" and token.text[0].isupper():
        return True
    if alone:
        return token.text[0].isupper()
    return before in _TAKES_A_DATE and after not in {"i", "be", "not", "the", "have"}


def _numbers_near(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether a number stands next to a word, past “of”, “the” or a comma."""
    after = place + 1
    while after < len(tokens) and tokens[after].lower in {"of", "the", ",", "-", "/", "."}:
        after += 1
    if after < len(tokens) and (tokens[after].is_number or numbers_in_words(tokens, after)):
        return True
    before = place - 1
    while before >= 0 and tokens[before].lower in {"of", "the", ",", "-", "/", "."}:
        before -= 1
    if before < 0:
        return False
    word = tokens[before]
    return (
        word.is_number
        or any(end >= before + 1 for _, end, _ in numbers_in_words(tokens, before))
        or word.lower in {"th", "st", "nd", "rd"}
    )
