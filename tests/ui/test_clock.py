"""Times of day over 12 and over 24 hours, as the locale has them."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
from PySide6.QtCore import QLocale

from assistant.domain.ids import TaskId
from assistant.domain.task import Due, Task
from assistant.ui.clock import clock_words, hour_words, read_clock, span_words
from assistant.ui.plan.setup.hours import hours_words, read_hours, such_hours
from assistant.ui.plan.words import due_words, moment_words, when_words

NOW = datetime(2025, 11, 19, 9, 5, tzinfo=UTC)
AFTER, EVENING = NOW + timedelta(hours=4), NOW + timedelta(hours=10)


@pytest.fixture
def twelve() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    yield
    QLocale.setDefault(before)


def plain(words: str) -> str:
    return words.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("name", ["en_GB", "de_DE", "fr_CA", "bg_BG", "ja_JP", "C"])
def test_a_day_of_24_hours(name: str) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(name))
    said = (clock_words(NOW), clock_words(NOW, padded=False), span_words(NOW, AFTER), hour_words(9))
    QLocale.setDefault(before)
    assert said == ("09:05", "9:05", "09:05\N{EN DASH}13:05", "9:00")


@pytest.mark.parametrize("name", ["en_US", "en_AU", "hi_IN", "ko_KR", "ar_EG"])
def test_a_day_of_twice_twelve_hours(name: str) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(name))
    said = [clock_words(NOW), clock_words(AFTER, half=False), hour_words(0), hour_words(12)]
    said += [span_words(NOW, AFTER), span_words(AFTER, EVENING)]
    said.append(span_words(EVENING, EVENING + timedelta(days=1)))
    QLocale.setDefault(before)
    assert [plain(words) for words in said] == [
        "9:05 AM",
        "1:05",
        "12 AM",
        "12 PM",
        "9:05 AM\N{EN DASH}1:05 PM",
        "1:05\N{EN DASH}7:05 PM",
        "7:05 PM\N{EN DASH}7:05 PM",
    ]


@pytest.mark.usefixtures("twelve")
def test_the_words_of_the_plan_follow() -> None:
    task = Task(TaskId(1), "Dentist", NOW, fixed_start=AFTER, fixed_end=EVENING)
    said = [
        moment_words(AFTER, NOW.date()),
        due_words(Due(EVENING, whole_day=False), NOW.date()),
        when_words(task, NOW.date()),
    ]
    expected = ["Today, 1:05 PM", "Today, 7:05 PM", "Today, 1:05\N{EN DASH}7:05 PM"]
    assert [plain(words) for words in said] == expected


@pytest.mark.usefixtures("twelve")
def test_what_is_shown_can_be_written_again() -> None:
    for minutes in range(0, 24 * 60, 45):
        moment = time(minutes // 60, minutes % 60)
        assert read_clock(clock_words(moment)) == moment
    spans = [(time(9), time(12, 30)), (time(13, 30), time(0))]
    assert read_hours(hours_words(spans)) == spans
    such = plain(such_hours())
    assert such == "9:00 AM\N{EN DASH}12:30 PM, 1:30 PM\N{EN DASH}6:00 PM"
    assert read_hours(such) == [(time(9), time(12, 30)), (time(13, 30), time(18))]


def test_halves_of_the_day_are_read() -> None:
    found = [read_clock(words) for words in ("9pm", "12 AM", "12:15 p.m.", "0905", "9")]
    assert found == [time(21), time(0), time(12, 15), time(9, 5), time(9)]
    assert [read_clock(words) for words in ("13pm", "0 am", "24", "9:60", "pm", "")] == [None] * 6
    assert read_hours("9-5pm, 6 - 8:30 pm") == [(time(9), time(17)), (time(18), time(20, 30))]
    assert read_hours("11am to 1pm") == [(time(11), time(13))]
    assert read_hours("9-12am") == read_hours("9pm-12am") == [(time(21), time(0))]
    assert read_hours("12-12 a.m., 9am-12am, 9-24") == [
        (time(12), time(0)),
        (time(9), time(0)),
        (time(9), time(0)),
    ]
