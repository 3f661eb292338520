"""What the grammar of dates makes of sentences, against a Wednesday morning."""

from datetime import datetime

import pytest

from assistant.domain.when import Grain, Sense
from assistant.planner.dates.chart import Node, Rule
from assistant.planner.dates.customs import Customs
from assistant.planner.dates.finding import ALL_RULES, GRAMMAR, find
from assistant.planner.dates.holidays import holiday_seeds
from assistant.planner.dates.lexer import tokens_of
from assistant.planner.dates.seeds import Seeds

NOW = datetime(2026, 3, 4, 10, 0)  # noqa: DTZ001 - a moment without a zone is part of what is tested

POINTS = {
    "hand in tomorrow": "2026-03-05 00:00",
    "see you the day after tomorrow at 8": "2026-03-06 08:00",
    "friday 17:30": "2026-03-06 17:30",
    "on Wednesday": "2026-03-11 00:00",
    "next friday": "2026-03-13 00:00",
    "last friday": "2026-02-27 00:00",
    "this past sunday": "2026-03-01 00:00",
    "two fridays from now": "2026-03-13 00:00",
    "the 21st": "2026-03-21 00:00",
    "on the first": "2026-04-01 00:00",
    "2 March": "2027-03-02 00:00",
    "31st of May, 2027": "2027-05-31 00:00",
    "5 Nov '31": "2031-11-05 00:00",
    "2026-12-24T18:05:30": "2026-12-24 18:05:30",
    "24/12": "2026-12-24 00:00",
    "12/24/2026": "2026-12-24 00:00",
    "3.7.2026": "2026-03-07 00:00",
    "in 90 minutes": "2026-03-04 11:30",
    "in an hour and a half": "2026-03-04 11:30",
    "3 weeks ago": "2026-02-11 00:00",
    "10 days before Christmas": "2026-12-15 00:00",
    "at five": "2026-03-04 17:00",
    "at 9": "2026-03-04 21:00",
    "ten to noon": "2026-03-04 11:50",
    "quarter past four tomorrow": "2026-03-05 16:15",
    "half past six in the morning": "2026-03-05 06:30",
    "eleven tonight": "2026-03-04 23:00",
    "midnight": "2026-03-05 00:00",
    "third thursday of May": "2026-05-21 00:00",
    "last day of February 2028": "2028-02-29 00:00",
    "the monday after easter": "2026-04-06 00:00",
    "Sun 15 March": "2026-03-15 00:00",
    "tuesday next week at noon": "2026-03-10 12:00",
    "EOD": "2026-03-04 23:59:59",
    "May twenty first two thousand thirty at 7pm": "2030-05-21 19:00",
}

MORE_POINTS = {
    "two thursdays ago": "2026-02-19 00:00",
    "closest monday to 5 May": "2026-05-04 00:00",
    "the second closest monday to 5 May": "2026-05-11 00:00",
    "friday after next": "2026-03-13 00:00",
    "3 days after tomorrow": "2026-03-08 00:00",
    "a fortnight from friday": "2026-03-20 00:00",
    "end of this sunday": "2026-03-08 23:59:59",
    "the ides of march": "2026-03-15 00:00",
    "20th of next month": "2026-04-20 00:00",
    "fifth last day of May": "2026-05-27 00:00",
    "first week of October on friday": "2026-10-02 00:00",
    "Jan 22 (Thu) 9pm": "2026-01-22 21:00",
    "next 6 April": "2027-04-06 00:00",
    "right now": "2026-03-04 10:00",
    "noon tomorrow": "2026-03-05 12:00",
    "9 tomorrow evening": "2026-03-05 21:00",
    "1 at night": "2026-03-05 01:00",
    "8h GMT on friday": "2026-03-06 08:00",
    "call at 1430 today": "2026-03-04 14:30",
    "3 p . m .": "2026-03-04 15:00",
    "12/2/2026 10:30": "2026-12-02 10:30",
    "10 August 88 CE": "0088-08-10 00:00",
    "10 August 2569 BE": "2026-08-10 00:00",
}

SPANS = {
    "the 5 past years": ("2021-03-04", "2026-03-04"),
    "in the last 30 minutes": ("2026-03-04 09:30", "2026-03-04 10:00"),
    "next 3 hours": ("2026-03-04 10:00", "2026-03-04 13:00"),
    "this season": ("2025-12-21", "2026-03-20"),
    "next winter": ("2026-12-21", "2027-03-20"),
    "the middle of next week": ("2026-03-11", "2026-03-13"),
    "beginning of 2027": ("2027-01-01", "2027-04-01"),
    "start of next quarter": ("2026-04-01", "2026-05-01"),
    "last 3 business days": ("2026-02-27", "2026-03-04"),
    "earlier this month": ("2026-03-01", "2026-03-04"),
    "15th century": ("1400-01-01", "1500-01-01"),
    "the 1990s": ("1990-01-01", "2000-01-01"),
    "H2 2027": ("2027-07-01", "2028-01-01"),
    "the first ten days of May": ("2026-05-01", "2026-05-11"),
    "last two months of 2027": ("2027-11-01", "2028-01-01"),
    "last weekend of July": ("2026-07-25", "2026-07-27"),
    "the week of 14 May": ("2026-05-11", "2026-05-18"),
    "this working week": ("2026-03-02", "2026-03-07"),
    "4th of July weekend": ("2026-07-04", "2026-07-06"),
    "Memorial Day weekend": ("2026-05-23", "2026-05-26"),
    "tomorrow in the late afternoon": ("2026-03-05 15:00", "2026-03-05 18:00"),
    "between August and October 2027": ("2027-08-01", "2027-11-01"),
    "from december to june": ("2025-12-01", "2026-07-01"),
    "between now and 5pm": ("2026-03-04 10:00", "2026-03-04 17:00"),
    "from 2027 to 2029": ("2027-01-01", "2030-01-01"),
    "4-23 in next month": ("2026-04-04", "2026-04-24"),
    "22-23 Feb 2027 at 7pm": ("2027-02-22 19:00", "2027-02-23 19:00"),
    "a week starting tomorrow": ("2026-03-05", "2026-03-12"),
    "this week": ("2026-03-02", "2026-03-09"),
    "next 3 days": ("2026-03-05", "2026-03-08"),
    "the last two months": ("2026-01-01", "2026-03-01"),
    "at the end of april": ("2026-04-21", "2026-05-01"),
    "mid-June": ("2026-06-10", "2026-06-21"),
    "rest of the week": ("2026-03-04", "2026-03-09"),
    "from 3 to 5 june": ("2026-06-03", "2026-06-06"),
    "28 Dec - 2 Jan": ("2026-12-28", "2027-01-03"),
    "Q3 2027": ("2027-07-01", "2027-10-01"),
    "week 20": ("2026-05-11", "2026-05-18"),
    "next weekend": ("2026-03-14", "2026-03-16"),
    "the next 4 business days": ("2026-03-05", "2026-03-11"),
    "monday afternoon": ("2026-03-09 12:00", "2026-03-09 18:00"),
    "9:15-10:45 tomorrow": ("2026-03-05 09:15", "2026-03-05 10:45"),
    "from 11pm to 2 on friday": ("2026-03-06 23:00", "2026-03-07 02:00"),
    "between two and four pm": ("2026-03-04 14:00", "2026-03-04 16:00"),
    "for 2 hours from 3pm": ("2026-03-04 15:00", "2026-03-04 17:00"),
    "friday from 9am for 90 minutes": ("2026-03-06 09:00", "2026-03-06 10:30"),
}

NOTHING = (
    "",
    "read chapter 5",
    "buy 2 apples and 3 pears",
    "call 555-1234",
    "phone 020 7946 0958",
    "release v1.2.3",
    "they won 3-2",
    "room 12, desk A4",
    "you may march on",
    "the second attempt",
    "costs $12.50",
    "50% done",
    "https://example.org/2026/plan-a",
    "one of the boys",
    "30 February 2027",
    "29.2.2027",
    "13/13/2026",
    "25:61",
    "nice day",
    "I sat in the sun",
)

LENGTHS = {"for 3h": 180, "1h 30m": 90, "half an hour": 30, "2.5 hours": 150, "45 min": 45}

RULES = {
    "every other week": "FREQ=WEEKLY;INTERVAL=2",
    "every monday and thursday at 7pm": "FREQ=WEEKLY;BYDAY=MO,TH",
    "last friday of each month": "FREQ=MONTHLY;BYDAY=-1FR",
    "every 3rd tuesday": "FREQ=MONTHLY;BYDAY=3TU",
    "every weekday": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "on the 15th of every month": "FREQ=MONTHLY;BYMONTHDAY=15",
    "every 4 July": "FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=4",
    "quarterly": "FREQ=MONTHLY;INTERVAL=3",
    "every day until 10 March": "FREQ=DAILY;UNTIL=20260310T235959",
    "every 3 days after completion": "FREQ=DAILY;INTERVAL=3",
}


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(("text", "wanted"), (POINTS | MORE_POINTS).items())
def test_a_moment(text: str, wanted: str) -> None:
    found = find(text, NOW)
    assert [when.start for when in found.whens] == [moment(wanted)]
    assert found.whens[0].sense is Sense.POINT


@pytest.mark.parametrize(("text", "wanted"), SPANS.items())
def test_a_span(text: str, wanted: tuple[str, str]) -> None:
    found = find(text, NOW)
    assert [(one.start, one.end) for one in found.whens] == [tuple(map(moment, wanted))]


@pytest.mark.parametrize("text", NOTHING)
def test_no_date_where_there_is_none(text: str) -> None:
    assert find(text, NOW).whens == ()


@pytest.mark.parametrize(("text", "minutes"), LENGTHS.items())
def test_a_length(text: str, minutes: int) -> None:
    found = find(text, NOW)
    assert [one.minutes for one in found.durations] == [minutes]
    assert found.whens == ()


@pytest.mark.parametrize(("text", "rule"), RULES.items())
def test_a_recurrence(text: str, rule: str) -> None:
    found = find(text, NOW)
    assert [one.rule for one in found.recurrences] == [rule]
    first = found.recurrences[0].first
    assert first is not None
    assert first >= NOW.replace(hour=0)


@pytest.mark.parametrize(
    ("text", "end"),
    [("by friday", "2026-03-07"), ("before friday", "2026-03-06"), ("by 5pm", "2026-03-04 17:00")],
)
def test_a_deadline(text: str, end: str) -> None:
    (when,) = find(text, NOW).whens
    assert (when.sense, when.start, when.end) == (Sense.BY, None, moment(end))


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("after friday", "2026-03-07"),
        ("since monday", "2026-03-09"),
        ("after 3pm", "2026-03-04 15:00"),
        ("from May on", "2026-05-01"),
        ("friday or later", "2026-03-06"),
        ("after 2027", "2028-01-01"),
    ],
)
def test_an_open_end(text: str, start: str) -> None:
    (when,) = find(text, NOW).whens
    assert (when.sense, when.start, when.end) == (Sense.SPAN, moment(start), None)


def test_what_the_words_leave_open_is_told() -> None:
    (when,) = find("at 9 on Wednesday", NOW).whens
    assert when.start == moment("2026-03-11 09:00")
    others = {span.start for span in when.alternatives}
    assert {moment("2026-03-11 21:00"), moment("2026-03-04 09:00")} <= others


def test_the_place_in_the_text() -> None:
    text = "Hand in the essay (draft) next Friday at 5pm, please"
    (when,) = find(text, NOW).whens
    assert text[slice(*when.found)] == "next Friday at 5pm"
    assert when.grain is Grain.HOUR


def test_customs_decide_what_is_open() -> None:
    british = Customs(day_first=True, week_start=6, prefer_future=False)
    assert find("3/4", NOW).whens[0].start == moment("2026-03-04")
    assert find("3/4", NOW, british).whens[0].start == moment("2025-04-03")
    assert find("this week", NOW, british).whens[0].start == moment("2026-03-01")
    assert find("this summer", NOW).whens[0].start == moment("2026-06-21")
    assert find("this summer", NOW, Customs(southern=True)).whens[0].start == moment("2025-12-21")


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: f"{rule.name}: {rule.example}")
def test_every_rule_reads_its_example(rule: Rule) -> None:
    tokens = tokens_of(rule.example)
    seeds: list[Node] = [
        *Seeds(rule.example, tokens, day_first=False).all(),
        *holiday_seeds(tokens),
    ]
    whole = [node for node in GRAMMAR.parse(tokens, seeds) if node.end - node.start == len(tokens)]
    assert whole, "no reading covers the example"
