"""Whether a sum was read whole, so that code may say of it that it is wrong.

The reader of sums takes what it understands out of a sentence. What stands around a sum, or was
passed over within it, can change what it means: a root, a power that is not read, a remainder, a
decimal comma, two units. Such a sum is never judged.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from assistant.tutor.steps.tokens import Sort, Token

_CHANGING_WORDS: Final = (
    "negative squared cubed root roots power factorial remainder remainders rem modulo mod percent "
    "million billion hundred thousand rest per approximately about roughly around rounded k "
    "pair pairs dozen dozens tens hundreds thousands tenths hundredths thousandths"
)
_CHANGING: Final = frozenset(_CHANGING_WORDS.split())
_BEFORE: Final = frozenset(["square", "cube", "log"])
_MEANS: Final = frozenset(["average", "mean", "median"])
"""The average 4 + 6 = 5 adds and divides; the average 10 / 2 = 5 says what it says."""
_AFTER: Final = frozenset(["r", "rem", "remainder", "rounded", "rounds"])
_REST: Final = frozenset(["with", "left", "over"])
"""What may begin a remainder behind a quotient: 17 / 5 = 3 with 2 left over."""
_FAMILIES: Final = (
    ("second sec minute min hour hr day week month year", "time"),
    ("mm cm dm km meter metre inche inch foot feet ft yard yd mile mi kilometer", "length"),
    ("cent dollar euro quid penny pennie penn nickel dime quarter $", "money"),
    ("mg kg gram pound lb ounce oz ton kilogram", "mass"),
    ("ml cl liter litre gallon quart pint cup", "volume"),
)
_FAMILY: Final = {unit: family for units, family in _FAMILIES for unit in units.split()}
_SHORT: Final = frozenset(["h", "m", "g", "l", "t"])
_SIGNS: Final = (Sort.SIGN, Sort.EQUALS)
_JOINED: Final = ",.:"


def read_whole(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether nothing in or around the tokens from ``start`` up to ``end`` was passed over."""
    inside = tokens[start:end]
    return not (
        any(token.strange for token in tokens[start : end + 1])
        or any(_changes(tokens, place) for place in range(start, end))
        or _shares_of_sums(inside)
        or _words_as_numbers(inside)
        or _two_units(tokens[start : end + (3 if _per(tokens, end) else 1)])
        or _hyphened(inside)
        or _amount_goes_on(tokens, end)
        or _second_of_two(tokens, start)
        or _goes_on_before(tokens, start)
        or _is_mean(tokens, start, end)
        or _goes_on_after(tokens, end)
    )


def _changes(tokens: Sequence[Token], place: int) -> bool:
    """Whether a word changes the sum it stands in; the per of a unit does not: km per hour."""
    token = tokens[place]
    return token.sort is Sort.WORD and token.text in _CHANGING and not _per(tokens, place)


def _per(tokens: Sequence[Token], place: int) -> bool:
    """Whether a unit is one of two: miles per hour; with a number, 5 per 2 divides."""
    pair = tokens[place : place + 2]
    return len(pair) > 1 and pair[0].text == "per" and pair[1].sort is Sort.WORD


def _shares_of_sums(inside: Sequence[Token]) -> bool:
    """Half of 6 + 4: of the sum, or of the 6?"""
    of = any(token.text == "of" for token in inside)
    return of and any(token.sort is Sort.SIGN and token.text in "+-" for token in inside)


def _words_as_numbers(inside: Sequence[Token]) -> bool:
    """48 halves are 48 things, socks a pair no division by 2; 1.5 quarts = 4 * 1.5 is a heading."""
    heading = len(inside) > 1 and inside[0].number is not None and inside[1].sort is Sort.WORD
    first = next((token for token in inside if token.sort in _SIGNS or _times(token)), None)
    equals = first is not None and first.sort is Sort.EQUALS
    headed = heading and inside[1].text != "of" and equals
    shares = any(token.spelled and " " in token.text for token in inside)
    per = any(one.text == "/" and other.spelled for one, other in pairwise(inside))
    letters = any(
        one.number is not None and len(other.text) == 1 and one.end == other.start
        for one, other in pairwise(inside)
        if other.sort is Sort.WORD
    )
    brackets = any(
        inside[at].text == "/" and inside[at + 2].sort is Sort.OPEN and inside[at + 1].number
        for at in range(len(inside) - 2)
    )
    return headed or shares or per or letters or brackets or bool(inside and inside[0].spelled)


def _times(token: Token) -> bool:
    return token.sort is Sort.NAME and token.text == "x"


def _hyphened(inside: Sequence[Token]) -> bool:
    """1-1/2 cups: a mixed number, or a difference?"""
    for place in range(len(inside) - 4):
        one, dash, over, bar, under = inside[place : place + 5]
        close = all(a.end == b.start for a, b in pairwise((one, dash, over, bar, under)))
        if close and dash.text == "-" and bar.text == "/" and one.number:
            share = over.number and under.number and over.number.value < under.number.value
            return bool(share)
    return False


def _amount_goes_on(tokens: Sequence[Token], end: int) -> bool:
    """5 ft 4 in, 4 h 15 min: an amount in two units."""
    unit = tokens[end].text.rstrip("s") if end + 1 < len(tokens) else ""
    return (unit in _FAMILY or unit in _SHORT) and tokens[end + 1].sort is Sort.NUMBER


def _second_of_two(tokens: Sequence[Token], start: int) -> bool:
    """What follows a sum that was not finished: 20 + 10 to the 29 + 24 = 83."""
    if tokens[start].sort is Sort.EQUALS:
        return False
    for place in range(start - 1, 0, -1):
        token = tokens[place]
        if token.sort in (Sort.STOP, Sort.EQUALS):
            return False
        if token.sort is Sort.SIGN and (token.text != "-" or tokens[place - 1].number is not None):
            word = tokens[place + 1].sort is Sort.WORD
            hyphen = token.text == "-" and tokens[place + 1].start == token.end
            if not (word and (token.text == "/" or hyphen)):
                return True
    return False


def _two_units(inside: Sequence[Token]) -> bool:
    """2 hours + 30 minutes."""
    found: dict[str, set[str]] = {}
    for place, token in enumerate(inside):
        unit = "$" if token.money else token.text.rstrip("s")
        inches = unit == "in" and place > 0 and inside[place - 1].number is not None
        unit = "inch" if inches else unit
        unit = "$" if unit == "dollar" else unit
        if unit in _FAMILY:
            found.setdefault(_FAMILY[unit], set()).add(unit)
    return any(len(units) > 1 for units in found.values())


def _is_mean(tokens: Sequence[Token], start: int, end: int) -> bool:
    adds = any(token.text == "+" for token in tokens[start:end])
    return adds and any(token.text in _MEANS for token in tokens[max(0, start - 3) : start])


def _goes_on_before(tokens: Sequence[Token], start: int) -> bool:
    if start == 0:
        return False
    before, first = tokens[start - 1], tokens[start]
    touching = before.end == first.start
    further = tokens[start - 2] if start > 1 else None
    if before.sort is Sort.WORD:
        near = range(max(0, start - 2), start)
        return any(tokens[at].text in _BEFORE or _changes(tokens, at) for at in near)
    if before.sort is Sort.STOP and further is not None and further.sort is Sort.NUMBER:
        ratio = before.text == ":" and not _numbered(tokens, start - 2)
        return ratio or (touching and further.end == before.start and before.text in _JOINED)
    if before.sort in (Sort.NUMBER, Sort.NAME):
        return not _numbered(tokens, start - 1)
    return before.sort is Sort.SIGN or (before.sort is Sort.CLOSE and touching)


def _numbered(tokens: Sequence[Token], place: int) -> bool:
    """The number of a step: "Step 2: 3 + 4 = 7"."""
    return place > 0 and tokens[place - 1].text in ("step", "part", "line")


def _goes_on_after(tokens: Sequence[Token], end: int) -> bool:  # noqa: PLR0911 - one case a kind
    if end >= len(tokens):
        return False
    after, last = tokens[end], tokens[end - 1]
    touching = last.end == after.start
    further = tokens[end + 1] if end + 1 < len(tokens) else None
    if after.sort is Sort.SIGN:
        dash = after.text == "-" and not touching
        return further is None or further.sort is not Sort.WORD or not (dash or after.text == "/")
    if after.sort is Sort.WORD:
        if after.text == "and" and further is not None:
            share = further.number is not None and 0 < further.number.value < 1
            return share or further.text == "a"
        rest = after.text in _REST and any(token.text == "/" for token in tokens[:end])
        return rest or after.text in _AFTER or _changes(tokens, end)
    if after.sort is Sort.NAME:
        return touching or after.text in "rx"
    if after.sort is Sort.STOP and further is not None and further.sort is Sort.NUMBER:
        return touching and further.start == after.end and after.text in _JOINED
    if after.sort is Sort.STOP and after.text == ",":
        return further is not None and further.text in _AFTER | _REST
    return after.sort is Sort.NUMBER or (after.sort is Sort.OPEN and touching)
