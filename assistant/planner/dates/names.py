"""Names that have a weekday in them: “Friday Night Lights”, “the Sunday Times”."""

from typing import Final

from assistant.planner.dates.lexer import Token, tokens_of
from assistant.planner.dates.words import MONTHS, PARTS, UNITS, WEEKDAYS

_PAPERS: Final = frozenset(
    [
        "times",
        "telegraph",
        "mirror",
        "mail",
        "express",
        "post",
        "herald",
        "tribune",
        "observer",
        "newspaper",
        "paper",
    ]
)
"""“the Sunday Times”, “Sunday paper”."""
_BEFORE: Final = frozenset(["manic", "freaky", "blue", "ruby", "bloody"])
"""“Manic Monday”, “Freaky Friday”: films and songs, of which no day is called so."""
_WATCHED: Final = frozenset(
    [
        "watch",
        "rewatch",
        "binge",
        "stream",
        "see",
        "read",
        "reread",
        "listen",
        "play",
        "sing",
        "hear",
        "record",
        "learn",
        "practise",
        "practice",
    ]
)
_SMALL: Final = frozenset(
    ["a", "an", "the", "of", "and", "or", "with", "at", "by", "for", "from", "in", "on", "to", "s"]
)


def is_in_name(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether the weekday at a place is a part of a name, so that it names no day.

    Only the way of writing tells it: a name has capitals where the words around it have none. A
    line that has capitals everywhere tells nothing by them.
    """
    word = tokens[place]
    if word.lower not in WEEKDAYS or not _is_capital(word) or len(word.text) < 6:
        return False
    before, after = _at(tokens, place - 1), _at(tokens, place + 1)
    paper = after is not None and after.lower in _PAPERS and _is_capital(after)
    song = before is not None and before.lower in _BEFORE and _is_capital(before)
    return paper or song or _is_on_a_night(tokens, place)


def _is_on_a_night(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether it begins a name of the form “Friday Night Lights”."""
    after, named = _at(tokens, place + 1), _at(tokens, place + 2)
    if after is None or named is None or after.lower not in PARTS:
        return False
    if not (_is_capital(after) and _is_capital(named)) or _is_of_time(named):
        return False
    rest = (*tokens[:place], *tokens[place + 3 :])
    plain = any(one.text.islower() and one.lower not in _SMALL | WEEKDAYS.keys() for one in rest)
    return plain or tokens[0].lower in _WATCHED


def without_names(text: str) -> str:
    """A text without the weekdays that are no dates.

    These are those of names, with the part of the day behind, and those that tell whose.
    """
    tokens = tokens_of(text)
    left = text
    for place, token in enumerate(tokens):
        if is_in_name(tokens, place) or _is_owner(token):
            after = _at(tokens, place + 1)
            end = after.end if after is not None and after.lower in PARTS else token.end
            left = left[: token.start] + " " * (end - token.start) + left[end:]
    return left


def _is_owner(token: Token) -> bool:
    """Whether it is “Friday's”."""
    return token.lower.endswith("'s") and token.lower.removesuffix("'s") in WEEKDAYS


def _is_capital(token: Token) -> bool:
    return token.text[0].isupper() and token.text[1:].islower()


def _is_of_time(token: Token) -> bool:
    return any(token.lower in words for words in (WEEKDAYS, MONTHS, PARTS, UNITS))


def _at(tokens: tuple[Token, ...], place: int) -> Token | None:
    return tokens[place] if 0 <= place < len(tokens) else None
