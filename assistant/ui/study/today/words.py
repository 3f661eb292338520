"""What Today says in words: of reviews, of the next lesson, of a card, of a course."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from assistant.domain.course import Course
from assistant.domain.ids import ConceptId
from assistant.services.study.today import CardCurve, CourseStanding, Today
from assistant.ui.study.pictures.marks import NO_BREAK, count_words, percent_words
from assistant.ui.study.progress.words import plain_line

_SHORTEST_NAME = 4
_WEEK = 7
_HOUR = 60


def long_day(day: date) -> str:
    """``Wednesday 19 November``."""
    return f"{day:%A} {day.day} {day:%B}"


def short_names(titles: Sequence[str]) -> list[str]:
    """Course titles by their first word, where that tells them apart and says something."""
    firsts = [title.split()[0] if title.split() else title for title in titles]
    counts = Counter(firsts)
    return [
        first if counts[first] == 1 and len(first) >= _SHORTEST_NAME else title
        for first, title in zip(firsts, titles, strict=True)
    ]


def minutes_words(minutes: float) -> str:
    """``about 9 min``."""
    return f"about {max(1, round(minutes))} min"


def reviews_words(today: Today) -> str:
    """What the number of reviews counts."""
    session = today.session
    goal = percent_words(today.curve.goal if today.curve is not None else 0.9)
    if session.due and session.new:
        return f"{session.due} would slip below {goal}\n{session.new} are new"
    if session.due:
        return f"{'card' if session.due == 1 else 'cards'} would slip below {goal}"
    if session.new:
        return f"new {'card' if session.new == 1 else 'cards'} to meet"
    return "cards are due"


def nothing_due_words(today: Today) -> str:
    """When there is something to review again."""
    if today.next_due is None:
        return "Cards come here with the first exercise on each concept."
    return f"All is fresh. The next cards fall due {day_words_from(today.next_due, today.day)}."


def day_words_from(day: date, today: date) -> str:
    """``today``, ``tomorrow``, ``on Thursday`` or ``on 19 November``."""
    days = (day - today).days
    if days <= 0:
        return "today"
    if days == 1:
        return "tomorrow"
    return f"on {day:%A}" if days < _WEEK else f"on {day.day} {day:%B}"


def next_title(standing: CourseStanding) -> str:
    """What kind of thing comes next."""
    if standing.next_up is None:
        return "All is firm"
    doing = standing.next_up.doing.value
    return {"practise": "Practise next", "repair": "Repair this first"}.get(doing, "Next lesson")


def next_facts(standing: CourseStanding) -> str:
    """Where it stands in the course, and how long it takes."""
    count = len(standing.course.concepts)
    if standing.next_up is None:
        return f"{count} of {count}"
    return f"lesson {standing.next_number} of {count} · {standing.next_minutes} min"


def unit_words(course: Course, concept: ConceptId) -> str:
    """``Python from zero, unit 5``."""
    for number, unit in enumerate(course.units, start=1):
        if concept in unit.concepts:
            return f"{course.title}, unit {number}: {unit.title}"
    return course.title


def card_words(curve: CardCurve) -> str:
    """Which card the curve is of, and when it falls due."""
    days = round(curve.due_days)
    if curve.due_days < 0:
        when = "due now"
    elif days < 1:
        when = "due today"
    else:
        when = f"due in {count_words(days, 'day')}"
    return f"{when[:1].upper()}{when[1:]}: “{plain_line(curve.front)}”"


def course_facts(course: Course) -> str:
    """How much there is in a course."""
    exercises = sum(len(concept.exercises) for concept in course.concepts)
    hours = sum(concept.minutes for concept in course.concepts) / _HOUR
    return (
        f"{count_words(len(course.concepts), 'concept')} · {count_words(exercises, 'exercise')}"
        f" · about {max(1, round(hours))}{NO_BREAK}h"
    )


def units_words(course: Course, most: int = 5) -> str:
    """What is in it, by the titles of its units."""
    titles = [unit.title for unit in course.units]
    shown = ", ".join(title[:1].lower() + title[1:] for title in titles[:most])
    left = len(titles) - most
    words = f"{shown} and {count_words(left, 'more unit')}" if left > 0 else shown
    return f"{words[:1].upper()}{words[1:]}." if words else ""
