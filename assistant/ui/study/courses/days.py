"""Days and hours as people write them, and a plan's sessions in words."""

import re
from datetime import date, timedelta

from assistant.domain.course import Course
from assistant.services.study.planning import PlannedPath

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NEAR = {"yesterday": -1, "today": 0, "tomorrow": 1}
_SPANS = {"day": 1, "week": 7, "month": 30, "year": 365}
_MOST_NAMED = 2
_CENTURY = 2000
_NO_DAY = "Write a day: 19 Dec, 2026-12-19 or in 8 weeks."
_PAST = "That day is past. Write one from today on."
_NO_HOURS = "Write a number: 2.5."


class UnreadableError(ValueError):
    """What was written is no such thing; says how to write it."""


def read_day(text: str, today: date) -> date | None:
    """A day to come as it is written: ``2026-12-19``, ``19.12.``, ``19 Dec``, ``in 8 weeks``.

    Args:
        text: What was written.
        today: Gives the year where none is written: the next such day.

    Raises:
        UnreadableError: It is no day, or one before ``today``.

    Returns:
        None where nothing is written.
    """
    words = text.strip().casefold().removesuffix(".")
    if not words:
        return None
    day = _day(words, today)
    if day < today:
        raise UnreadableError(_PAST)
    return day


def read_hours(text: str) -> float | None:
    """Hours a week as they are written: ``3``, ``2,5``, ``2.5 h``.

    Raises:
        UnreadableError: They are no number above 0.

    Returns:
        None where nothing is written.
    """
    words = text.strip().casefold().replace(",", ".")
    words = re.sub(r"\s*(h|hours?)\.?$", "", words)
    if not words:
        return None
    if not re.fullmatch(r"\d{1,3}(\.\d{1,2})?", words) or float(words) <= 0:
        raise UnreadableError(_NO_HOURS)
    return float(words)


def written_day(day: date | None) -> str:
    """A day as ``read_day`` takes it: ``19 Dec 2026``."""
    return f"{day.day} {_MONTHS[day.month - 1].capitalize()} {day.year}" if day else ""


def sessions_in_words(planned: PlannedPath, most: int) -> list[tuple[str, str, str]]:
    """The first sessions of a plan: the day, how long, and what is done."""
    return [
        (
            f"{session.day:%a} {session.day.day} {session.day:%b}",
            f"{session.minutes:.0f} min",
            _pieces(planned, number),
        )
        for number, session in enumerate(planned.plan.sessions[:most])
    ]


def _pieces(planned: PlannedPath, number: int) -> str:
    pieces = planned.plan.sessions[number].pieces
    lessons = [_title(planned.course, piece.concept) for piece in pieces if not piece.due]
    reviews = sum(piece.due for piece in pieces)
    said = lessons[:_MOST_NAMED]
    if len(lessons) > _MOST_NAMED:
        said.append(f"{len(lessons) - _MOST_NAMED} more")
    if reviews:
        said.append(f"{reviews} to review")
    return " · ".join(said)  # titles have commas of their own


def _title(course: Course, concept: str) -> str:
    return next(one.title for one in course.concepts if one.id == concept).split(": ", 1)[0]


def _day(words: str, today: date) -> date:
    if words in _NEAR:
        return today + timedelta(days=_NEAR[words])
    for pattern, make in (
        (r"in (\d{1,3}|an?) (day|week|month|year)s?", _ahead),
        (r"(\d{1,3}|an?) (day|week|month|year)s? ago", _ago),
        (r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})", _written),
        (r"(?P<d>\d{1,2})\. ?(?P<m>\d{1,2})\.? ?(?P<y>\d{2,4})?", _written),
        (r"(?P<d>\d{1,2})\.? (?P<m>[a-z]{3,})\.?,? ?(?P<y>\d{4})?", _written),
        (r"(?P<m>[a-z]{3,})\.? (?P<d>\d{1,2}),? ?(?P<y>\d{4})?", _written),
    ):
        found = re.fullmatch(pattern, words)
        if found is not None:
            try:
                return make(found, today)
            except ValueError as error:
                raise UnreadableError(_NO_DAY) from error
    raise UnreadableError(_NO_DAY)


def _ahead(found: re.Match[str], today: date) -> date:
    count = int(found[1]) if found[1].isdigit() else 1
    return today + timedelta(days=count * _SPANS[found[2]])


def _ago(found: re.Match[str], today: date) -> date:
    return today - (_ahead(found, today) - today)


def _written(found: re.Match[str], today: date) -> date:
    """The day that is written; without a year the next one that comes."""
    named, month, year = found.group("d"), found.group("m"), found.group("y")
    number = int(month) if month.isdigit() else _month(month)
    if year:
        return date(int(year) + (_CENTURY if len(year) < len("2026") else 0), number, int(named))
    this = date(today.year, number, int(named))
    return this if this >= today else date(today.year + 1, number, int(named))


def _month(word: str) -> int:
    if word[:3] not in _MONTHS:
        raise ValueError(word)
    return _MONTHS.index(word[:3]) + 1
