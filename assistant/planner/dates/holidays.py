"""Holidays by name, and the days on which they fall in a year."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import cache

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter

from assistant.domain.when import Grain
from assistant.planner.dates.arithmetic import Stretch
from assistant.planner.dates.calendars import (
    chinese_new_year,
    hebrew,
    hindu,
    islamic,
    sign_entry,
    star_day,
)
from assistant.planner.dates.chart import Node
from assistant.planner.dates.holiday_names import LONGEST, NAMES, RULES, plain
from assistant.planner.dates.lexer import Token
from assistant.planner.dates.shapes import Holiday

_TO_GIVE = ("shopping", "presents", "present", "gifts", "gift", "cards", "card", "wishlist")
_TO_BOOK = ("flight", "flights", "tickets", "invitations", "invites")
_TO_PUT_UP = ("tree", "decorations", "lights", "ornaments", "market")
_TO_HAVE = ("cookies", "costume", "costumes", "jumper", "sweater", "carols", "songs", "egg", "eggs")
_MADE_READY = frozenset((*_TO_GIVE, *_TO_BOOK, *_TO_PUT_UP, *_TO_HAVE))
FIRST_YEAR, LAST_YEAR = 1850, 2200
"""Between these the movements of sun and moon are good enough."""


def holiday_seeds(tokens: tuple[Token, ...]) -> Iterator[Node]:
    """The holidays that a text names, with where their names stand."""
    for start, token in enumerate(tokens):
        if not token.text[0].isalpha():
            continue
        words: list[str] = []
        place = start
        while place < len(tokens) and len(words) < LONGEST:
            if tokens[place].text == "-" and words:
                place += 1
                continue
            words.append(plain(tokens[place].lower))
            place += 1
            key = NAMES.get(tuple(words))
            if key is not None and not _is_of_it(tokens, place):
                yield Node("holiday", start, place, Holiday(key), 0.0)


def _is_of_it(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether what stands behind a holiday is got ready before it: “christmas shopping”."""
    return place < len(tokens) and tokens[place].lower in _MADE_READY


@cache
def holiday_spans(key: str, year: int) -> tuple[Stretch, ...]:
    """When a holiday falls in a year: seldom twice, and in some years not at all."""
    rule = RULES[key]
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return ()
    if rule.kind == "earthhour":
        return (_earth_hour(year),)
    found: list[Stretch] = []
    for day in _KINDS[rule.kind](year, *rule.figures):
        first = day - timedelta(rule.before)
        start = datetime.combine(first, time())
        end = start + timedelta(rule.length)
        found.append(Stretch(start, end, Grain.DAY))
    return tuple(found)


def _fixed(year: int, month: int, day: int) -> list[date]:
    try:
        return [date(year, month, day)]
    except ValueError:
        return []


def _nth_weekday(year: int, month: int, weekday: int, number: int) -> list[date]:
    if number > 0:
        first = date(year, month, 1)
        return [first + timedelta((weekday - first.weekday()) % 7 + 7 * (number - 1))]
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(1)
    return [last - timedelta((last.weekday() - weekday) % 7 + 7 * (-number - 1))]


def _near_weekday(year: int, month: int, day: int) -> list[date]:
    """The working day nearest to a date."""
    one = date(year, month, day)
    return [one + timedelta({5: -1, 6: 1}.get(one.weekday(), 0))]


def _easter(year: int, days: int) -> list[date]:
    return [easter(year, EASTER_WESTERN) + timedelta(days)]


def _orthodox(year: int, days: int) -> list[date]:
    return [easter(year, EASTER_ORTHODOX) + timedelta(days)]


def _administrative(year: int) -> list[date]:
    """The Wednesday of the last full week of April."""
    saturday = _nth_weekday(year, 4, 5, -1)[0]
    return [saturday - timedelta(3)]


def _victoria(year: int) -> list[date]:
    """The Monday before 25 May."""
    day = date(year, 5, 24)
    return [day - timedelta(day.weekday())]


def _king(year: int) -> list[date]:
    """27 April; the day before where that is a Sunday."""
    day = date(year, 4, 27)
    return [day - timedelta(1) if day.weekday() == 6 else day]


def _earth_hour(year: int) -> Stretch:
    """The last Saturday of March, a week earlier where Easter is the next day."""
    day = _nth_weekday(year, 3, 5, -1)[0]
    if easter(year) == day + timedelta(1):
        day -= timedelta(7)
    start = datetime.combine(day, time(20, 30))
    return Stretch(start, start + timedelta(hours=1), Grain.MINUTE)


def _hebrew(year: int, month: str, day: int, *rest: str) -> list[date]:
    one = hebrew(year, month, day)
    if rest == ("fast",) and one.weekday() == 5:
        one += timedelta(1)
    return [one]


def _chinese(year: int, days: int) -> list[date]:
    return [chinese_new_year(year) + timedelta(days)]


def _sign(year: int, sign: int, month: int, days: int) -> list[date]:
    return [sign_entry(year, sign, month) + timedelta(days)]


def _onam(year: int, days: int) -> list[date]:
    day = star_day(year, 4, 8, 22)
    return [] if day is None else [day + timedelta(days)]


def _wida(year: int) -> list[date]:
    """The last Friday of Ramadan."""
    ends = [day - timedelta(1) for day in islamic(year, 10, 1)]
    return [day - timedelta((day.weekday() - 4) % 7) for day in ends]


_KINDS: dict[str, Callable[..., list[date]]] = {
    "fixed": _fixed,
    "nth": _nth_weekday,
    "weekdaynear": _near_weekday,
    "easter": _easter,
    "orthodox": _orthodox,
    "admin": _administrative,
    "victoria": _victoria,
    "king": _king,
    "hebrew": _hebrew,
    "islamic": islamic,
    "chinese": _chinese,
    "hindu": hindu,
    "sign": _sign,
    "onam": _onam,
    "wida": _wida,
}
