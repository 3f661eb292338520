"""The words beside a word or a number that say whether it is a date."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from assistant.planner.dates.lexer import Token, numbers_in_words
from assistant.planner.dates.words import MONTHS, PARTS, PLURAL_WEEKDAYS, UNITS, WEEKDAYS

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
_IN_SHORT = (
    "pr",
    "ch",
    "p",
    "pp",
    "ex",
    "exs",
    "nr",
    "no",
    "nos",
    "vol",
    "fig",
    "ep",
    "sec",
    "apt",
)
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
_SAYING = frozenset(["talk", "speak", "write", "reply", "listen", "explain", "apologise"])
"""“talk to April”."""
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
SCORED = frozenset(["score", "scored", "scores", "got", "rated", "rate", "rating", "mark", "grade"])
"""What a fraction behind it is no date of: “score 10/10”."""
_SCRIPTURE = frozenset(
    ["genesis", "exodus", "psalm", "psalms", "proverbs", "isaiah", "romans", "corinthians"]
) | frozenset(["ephesians", "philippians", "hebrews", "revelation", "leviticus", "deuteronomy"])
_EVANGELISTS = frozenset(["matthew", "mark", "luke", "john", "acts", "james", "peter", "daniel"])
_OF_SCRIPTURE = frozenset(
    ["verse", "verses", "bible", "gospel", "read", "memorise", "memorize", "study", "memory"]
)


def is_verse(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether figures at a place name a verse: “Psalm 23:4”, “read John 3:16”."""
    book = word_at(tokens, place - 1)
    if book in _EVANGELISTS:
        return any(token.lower in _OF_SCRIPTURE for token in tokens)
    return book in _SCRIPTURE


_ENDED_BY_OF = frozenset(["fall", "spring"])


def is_season(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether a word is a season: not “the fall of Rome”, but “the fall of 2027”."""
    of = word_at(tokens, place) in _ENDED_BY_OF and word_at(tokens, place + 1) == "of"
    return not of or word_at(tokens, place + 2).isdigit()


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


_MATERIAL = frozenset(
    ["note", "notes", "homework", "hw", "handout", "handouts", "worksheet", "worksheets", "slides"]
) | frozenset(["recording", "recordings", "minutes", "script", "summary", "reading", "readings"])
"""What is left of a day or was handed out on it: “Friday's notes”."""
_ON_TIME_FOR = frozenset(["by", "before", "until", "till", "due", "on", "for"])


def is_whose(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether a day is that of something: “Friday's game”, but not “by Friday's class”."""
    if not word_at(tokens, place).endswith(("'s", "s'")):
        return False
    following = word_at(tokens, place + 1)
    noun = following.isalpha() and following not in {*UNITS, *PARTS, "at", "and", "by", "or"}
    return noun and word_at(tokens, place - 1) not in _ON_TIME_FOR - {"for"}


def tells_whose(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether a day only tells which of several: “Friday's notes”, “Friday's maths homework”."""
    behind = {word_at(tokens, place + 1), word_at(tokens, place + 2)}
    for_it = word_at(tokens, place - 1) in _ON_TIME_FOR
    return not for_it and is_whose(tokens, place) and not behind.isdisjoint(_MATERIAL)


def word_at(tokens: tuple[Token, ...], place: int) -> str:
    """The word at a place, in lower case; empty beyond the text."""
    return tokens[place].lower if 0 <= place < len(tokens) else ""


def is_beside_plural(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether a list of weekdays goes on before or behind a place with “Fridays” or “fris”."""
    for step in (-1, 1):
        at = place
        while word_at(tokens, at + step) in {"and", "&", ",", "/"}:
            at += 2 * step
            if word_at(tokens, at) in PLURAL_WEEKDAYS:
                return True
            if word_at(tokens, at) not in WEEKDAYS:
                break
    return False


def begins_row_of_days(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether a weekday goes on with another, so that “mon” is no month: “3.15 mon-fri”."""
    joint = word_at(tokens, place + 1) in _THROUGH
    return word_at(tokens, place) in WEEKDAYS and joint and word_at(tokens, place + 2) in WEEKDAYS


_THROUGH = frozenset(["-", "\u2013", "to", ",", "and", "&", "/", "+"])
_MOST_NUMBERED = 12
_DIGITS_OF_A_DATE = re.compile(
    r"\d{4}-\d\d?-\d\d?(?!\d)|\d\d?([./-])\d\d?\1(?:\d\d){1,2}(?!\d)"
    r"|(?:\d\d\.\d\d|(?:1[3-9]|2\d|3[01])\.\d\d?)\.(?!\d)"
)
"""A date in digits that is nothing else: no “3/4”, which may be two of them, and no “3.4.”."""
_SLASHED = re.compile(r"(\d\d?)/(\d\d?)(?![\d/])")
_HANDED_IN = frozenset(["task", "exercise", "lesson", "bus", "tram"])
"""What there is one of, seldom the third of four: “task 5/12” is due then."""
_LASTING = frozenset(["lesson", "lessons", "exercise", "bus", "tram"])
"""What takes from the one hour to the other, too: “driving lessons 10-12”."""
_WORKED_THROUGH = frozenset(
    ["read", "do", "study", "finish", "learn", "revise", "review", "complete", "solve", "watch"]
)
"""Of what is worked through each has a number: “study lessons 4-6”."""


def is_numbered(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether a number counts pages or the like, also behind another: “chapters 4-6”.

    It does not where it is a length (“room 20 min”), a time (“bus 42, 8:15”), a date (“task
    12/12”, “bus 8 dec”) or one of two hours (“lesson 4-5pm”).
    """
    if word_at(tokens, place + 1) in UNITS or _is_time(tokens, place):
        return False
    first = _first_of_row(tokens, place)
    before = first - 1
    if word_at(tokens, before) == "." and tokens[before].glued:
        before -= 1
    if word_at(tokens, before) not in NUMBERED:
        return False
    dated = any(_begins_a_date(tokens, one, before) for one in (first, place))
    return not (dated or _is_of_hours(tokens, first, before))


def _first_of_row(tokens: tuple[Token, ...], place: int) -> int:
    """Where the first of some numbers stands that “to”, “and” and the like put in a row."""
    first = place
    while place - first < _MOST_NUMBERED and word_at(tokens, first - 1) in _THROUGH:
        if not word_at(tokens, first - 2).isdigit():
            break
        first -= 2
    return first


def _is_time(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether “am” or minutes stand behind a number."""
    following = word_at(tokens, place + 1)
    return following in {"am", "pm"} or (following == ":" and tokens[place + 1].glued)


def _begins_a_date(tokens: tuple[Token, ...], place: int, word: int) -> bool:
    """Whether a number is the day of a month named behind it, or begins a date in digits."""
    after = place + 1
    if word_at(tokens, after) in {"st", "nd", "rd", "th"}:
        after += 1
    if word_at(tokens, after) in MONTHS and is_meant(tokens, after):
        day = word_at(tokens, after + 1)
        return not day.isdigit() or len(day) == len("2026") or _is_time(tokens, after + 1)
    end = place + 1
    while end < len(tokens) and tokens[end].glued:
        end += 1
    digits = "".join(token.text for token in tokens[place:end])
    pair = _SLASHED.match(digits)
    if pair is None or word_at(tokens, place - 1) in _THROUGH:
        return _DIGITS_OF_A_DATE.match(digits) is not None
    return tokens[word].lower in _HANDED_IN or (
        tokens[word].lower.rstrip("s") in _HANDED_IN and int(pair[1]) >= int(pair[2])
    )


def _is_of_hours(tokens: tuple[Token, ...], first: int, word: int) -> bool:
    """Whether two numbers are the hours from which and to which something takes place."""
    if word_at(tokens, first + 1) not in {"-", "\u2013", "to"}:
        return False
    if not word_at(tokens, first + 2).isdigit() or _is_time(tokens, first + 2):
        return _is_time(tokens, first + 2)
    through = any(token.lower in _WORKED_THROUGH for token in tokens[:word])
    return tokens[word].lower in _LASTING and not through


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
    if tokens[place].lower not in _NAMES or _numbers_near(tokens, place):
        return False
    before, further = word_at(tokens, place - 1), word_at(tokens, place - 2)
    if before == "and" and further in _NAMES:
        return _is_somebody(tokens, place - 2)
    return before in _TO_SOMEBODY or (before == "to" and further in _SAYING)


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
