"""Holidays on the days that almanacs give them."""

from datetime import date, datetime

import pytest

from assistant.planner.dates.calendars import chinese_new_year, hebrew, islamic
from assistant.planner.dates.finding import find
from assistant.planner.dates.holiday_names import RULES
from assistant.planner.dates.holidays import holiday_spans

KNOWN = {
    "Christmas Eve 2026": "2026-12-24",
    "thanksgiving 2026": "2026-11-26",
    "Black Friday 2025": "2025-11-28",
    "Memorial Day 2026": "2026-05-25",
    "Labor Day 2024": "2024-09-02",
    "Mother's Day 2026": "2026-05-10",
    "Victoria Day 2026": "2026-05-18",
    "Easter 2025": "2025-04-20",
    "Good Friday 2024": "2024-03-29",
    "Whit Monday 2026": "2026-05-25",
    "orthodox easter 2024": "2024-05-05",
    "Chinese New Year 2033": "2033-01-31",
    "Lunar New Year 2024": "2024-02-10",
    "Yom Kippur 2024": "2024-10-11",
    "Purim 2024": "2024-03-23",
    "Hanukkah 2024": "2024-12-25",
    "Passover 2025": "2025-04-12",
    "Eid al-Fitr 2024": "2024-04-10",
    "Eid al-Adha 2023": "2023-06-28",
    "Ramadan 2025": "2025-03-01",
    "Islamic New Year 2024": "2024-07-07",
    "Diwali 2022": "2022-10-24",
    "Diwali 2023": "2023-11-12",
    "Holi 2024": "2024-03-25",
    "Raksha Bandhan 2022": "2022-08-11",
    "Ganesh Chaturthi 2023": "2023-09-19",
    "Janmashtami 2021": "2021-08-30",
    "Maha Shivaratri 2025": "2025-02-26",
    "Makar Sankranti 2024": "2024-01-15",
}

_FEWER = {"fixed 2 29": 7, "hindu 10 7 12": 20}
"""Those of leap years, and at the turn of the year, where some years have none and some two."""


@pytest.mark.parametrize(("text", "day"), KNOWN.items())
def test_a_holiday_of_a_year(text: str, day: str) -> None:
    (when,) = find(text, datetime(2026, 3, 4, 10)).whens  # noqa: DTZ001 - zone plays no part
    assert when.start is not None
    assert when.start.date() == date.fromisoformat(day)


def test_the_coming_and_the_last_one() -> None:
    now = datetime(2026, 3, 4, 10)  # noqa: DTZ001 - zone plays no part
    coming, last = find("easter", now).whens[0], find("last easter", now).whens[0]
    assert coming.start is not None
    assert last.start is not None
    assert (coming.start.date(), last.start.date()) == (date(2026, 4, 5), date(2025, 4, 20))


def test_hebrew_years_have_their_lengths() -> None:
    lengths = {
        (hebrew(year + 1, "tishri", 1) - hebrew(year, "tishri", 1)).days
        for year in range(1900, 2100)
    }
    assert lengths == {353, 354, 355, 383, 384, 385}
    weekdays = {hebrew(year, "tishri", 1).weekday() for year in range(1900, 2100)}
    assert weekdays == {0, 1, 3, 5}, "never on a Sunday, Wednesday or Friday"


def test_moons_follow_each_other() -> None:
    for year in range(1950, 2080):
        assert date(year, 1, 21) <= chinese_new_year(year) <= date(year, 2, 20)
        assert 1 <= len(islamic(year, 10, 1)) <= 2


def test_every_holiday_falls_in_most_years() -> None:
    for key in RULES:
        years = [year for year in range(2000, 2030) if holiday_spans(key, year)]
        assert len(years) >= _FEWER.get(key, 29), key
    assert holiday_spans("fixed 1 1", 1500) == ()
