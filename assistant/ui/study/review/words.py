"""Times in words, as a learner would say them."""

from datetime import datetime, timedelta

from assistant.ui.clock import clock_words

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
_MONTH_DAYS, _YEAR_DAYS, _WEEK = 30.44, 365.25, 7


def span_words(span: timedelta) -> str:
    """How long, short: “10 min”, “4 d”, “2.1 mo”."""
    seconds = max(span.total_seconds(), 0.0)
    if seconds < _HOUR:
        return f"{max(1, round(seconds / _MINUTE))} min"
    if seconds < _DAY:
        return f"{round(seconds / _HOUR)} h"
    days = seconds / _DAY
    if days < _MONTH_DAYS:
        return f"{round(days)} d"
    if days < _YEAR_DAYS:
        return f"{days / _MONTH_DAYS:.1f} mo"
    return f"{days / _YEAR_DAYS:.1f} y"


def moment_words(moment: datetime, now: datetime) -> str:
    """When: “in 8 minutes”, “today at 17:30”, “tomorrow”, “on 3 March”."""
    then, here = moment.astimezone(), now.astimezone()
    away = (moment - now).total_seconds()
    if away <= _MINUTE:
        return "now"
    if away < _HOUR:
        minutes = round(away / _MINUTE)
        return f"in {minutes} minute{'s' if minutes != 1 else ''}"
    days = (then.date() - here.date()).days
    return f"today at {clock_words(then)}" if days == 0 else _day_words(then, days, here.year)


def _day_words(then: datetime, days: int, this_year: int) -> str:
    """A day that is ``days`` away."""
    if days == 1:
        return "tomorrow"
    if days < _WEEK:
        return f"on {then:%A}"
    year = f" {then.year}" if then.year != this_year else ""
    return f"on {then.day} {then:%B}{year}"


def done_words(cards: int, counts: dict[str, int], seconds: float) -> str:
    """What was done: how many cards and answers, how they came back, how long it took."""
    total = sum(counts.values())
    if not total:
        return "No card was reviewed."
    several = f", {total} answers" if total != cards else ""
    done = f"{cards} card{'s' if cards != 1 else ''}{several} in {_length(seconds)}"
    parts = [f"{count} {name.lower()}" for name, count in counts.items() if count]
    return f"{done}: {', '.join(parts)}."


def _length(seconds: float) -> str:
    minutes = round(seconds / _MINUTE)
    if minutes < 1:
        return "less than a minute"
    return f"{minutes} minute{'s' if minutes != 1 else ''}"
