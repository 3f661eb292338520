"""A line becomes a task, and corrections become words of one's own."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.domain.when import Grain
from assistant.planner.quick_add.parts import PartKind, Priority
from assistant.planner.quick_add.reading import parse_line
from assistant.planner.quick_add.teaching import is_own, learn, remark_on
from assistant.planner.quick_add.vocabulary import Correction, Entry, Vocabulary, corrected

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NOW.tzinfo)


def test_a_line_with_everything_in_it() -> None:
    words = Vocabulary().with_entry("after class", "15:30")
    text = "write lab report by fri 5pm ~3h !high #chem every other week after class"
    task = parse_line(text, NOW, words)
    assert task.title == "write lab report"
    assert task.due == at("2026-03-06 17:00")
    assert task.start == at("2026-03-04 15:30")
    assert task.duration_min == 180
    assert task.recurrence == "FREQ=WEEKLY;INTERVAL=2"
    assert task.priority is Priority.HIGH
    assert task.tags == ("chem",)
    kinds = [part.kind for part in task.parts]
    assert kinds == [
        PartKind.DUE,
        PartKind.DURATION,
        PartKind.PRIORITY,
        PartKind.TAG,
        PartKind.RECURRENCE,
    ]
    assert task.parts[-1].learnt


@pytest.mark.parametrize(
    ("text", "title", "kind", "value"),
    [
        ("read !!", "read", PartKind.PRIORITY, "medium"),
        ("read p1", "read", PartKind.PRIORITY, "high"),
        ("read !urgent now or never", "read or never", PartKind.PRIORITY, "urgent"),
        ('solder +lab "x"', 'solder "x"', PartKind.PROJECT, "lab"),
        ('solder +"power supply"', "solder", PartKind.PROJECT, "power supply"),
        ("meet @library", "meet", PartKind.PLACE, "library"),
        ("lunch with Anna", "lunch with Anna", PartKind.PERSON, "Anna"),
        ('paint after "wash car"', "paint", PartKind.AFTER, "wash car"),
        ("paint after [[wash car]]", "paint", PartKind.AFTER, "wash car"),
        ("paint for 1.5 hours", "paint", PartKind.DURATION, "90 min"),
        ("paint, takes about 20 min", "paint", PartKind.DURATION, "20 min"),
    ],
)
def test_one_part(text: str, title: str, kind: PartKind, value: str) -> None:
    task = parse_line(text, NOW)
    assert task.title == title
    assert value in [part.value for part in task.parts if part.kind is kind]


@pytest.mark.parametrize(
    "text",
    [
        "buy milk",
        "essay of 10 pages",
        "the 3 musketeers",
        "stay 5 days",
        "C# and +1",
        "a! b",
        "e-4",
        "chapter 12 may be hard",
        "the 3rd man",
    ],
)
def test_plain_words_stay_the_title(text: str) -> None:
    task = parse_line(text, NOW)
    assert (task.title, task.parts, task.start, task.due) == (text, (), None, None)


def test_a_task_that_is_known_comes_first() -> None:
    task = parse_line("paint door after wash the car", NOW, tasks=["Wash the car", "wash"])
    assert (task.title, task.after) == ("paint door", ("Wash the car",))


def test_a_day_and_a_time_that_stand_apart() -> None:
    task = parse_line("fri lab report 5pm", NOW)
    assert (task.title, task.start) == ("lab report", at("2026-03-06 17:00"))
    daily = parse_line("daily standup 9:15-9:30", NOW)
    assert (daily.title, daily.start, daily.end) == (
        "standup",
        at("2026-03-05 09:15"),
        at("2026-03-05 09:30"),
    )


def test_a_recurrence_with_both_its_times() -> None:
    lab = parse_line("lab every thursday 2-4pm until june", NOW)
    assert (lab.title, lab.start, lab.end) == (
        "lab",
        at("2026-03-05 14:00"),
        at("2026-03-05 16:00"),
    )
    gym = parse_line("gym mon/wed/fri 7am", NOW)
    assert (gym.title, gym.recurrence) == ("gym", "FREQ=WEEKLY;BYDAY=MO,WE,FR")
    pills = parse_line("pills every 8 hours", NOW)
    assert (pills.start, pills.recurrence) == (NOW, "FREQ=HOURLY;INTERVAL=8")


def test_a_deadline_of_a_day_is_that_day() -> None:
    task = parse_line("thesis due 3 May", NOW)
    assert (task.due, task.grain) == (at("2026-05-03"), Grain.DAY)


def test_after_completion() -> None:
    task = parse_line("water plants every 3 days after completion", NOW)
    assert (task.recurrence, task.after_completion) == ("FREQ=DAILY;INTERVAL=3", True)


def test_the_contract_is_plain_json() -> None:
    line = "dentist 14 June 9am-10am #teeth with Dr. Bo"
    told = json.loads(json.dumps(parse_line(line, NOW).contract()))
    assert told["start"] == "2026-06-14T09:00:00+02:00"
    assert told["end"] == "2026-06-14T10:00:00+02:00"
    assert told["alternatives"][0]["start"] == "2025-06-14T09:00:00+02:00"
    assert told["due"] is told["priority"] is told["recurrence"] is None
    assert [part["text"] for part in told["found"]] == ["14 June 9am-10am", "#teeth", "Dr. Bo"]


def test_it_says_when_words_of_time_are_left() -> None:
    assert parse_line("revise someday soon", NOW).unsure
    assert not parse_line("revise on friday", NOW).unsure


def test_a_correction_teaches_a_word() -> None:
    text = "read notes after class"
    before = parse_line(text, NOW)
    assert before.title == text
    place = (text.index("after"), len(text))
    words = learn(Vocabulary(), text, [Correction(place, "15:30")])
    after = parse_line("Essay After  Class tomorrow", NOW, words)
    assert (after.title, after.start) == ("Essay", at("2026-03-05 15:30"))
    assert {part.words for part in after.parts} == {"After  Class tomorrow"}


def test_a_correction_can_make_a_word_plain() -> None:
    text = "read the sun"
    words = corrected(Vocabulary(), "buy sun dial", [Correction((4, 7), "")])
    assert parse_line("sun dial", NOW).start is not None
    task = parse_line("sun dial", NOW, words)
    assert (task.title, task.start) == ("sun dial", None)
    assert parse_line(text, NOW, words).title == text


@pytest.mark.parametrize(
    ("text", "words", "meaning"),
    [
        ("hand in essay tomorrow", "tomorrow", "by 2026-03-05"),
        ("essay by friday", "by friday", "by 2026-02-28"),
        ("essay !high", "!high", "!low"),
        ("essay half an hour", "half an hour", "~15min"),
        ("essay #chem", "#chem", "+chem"),
        ("buy sun dial", "sun", ""),
        ("gym after class", "after class", "2026-03-05 15:30"),
        ("gym at 5", "at 5", "17:30"),
    ],
)
def test_common_words_and_single_days_are_never_learnt(text: str, words: str, meaning: str) -> None:
    place = (text.index(words), text.index(words) + len(words))
    correction = Correction(place, meaning)
    assert learn(Vocabulary(), text, [correction]) == Vocabulary()
    assert corrected(Vocabulary(), text, [correction]).meaning(words) == meaning


def test_what_earlier_versions_learnt_is_remarked_on() -> None:
    assert remark_on(Entry("tomorrow", "by 2026-03-05")) == "hides a common word"
    assert remark_on(Entry("after class", "2026-03-05 15:30")) == "stands for one day only"
    assert remark_on(Entry("after class", "15:30")) == ""


def test_what_is_a_word_of_ones_own() -> None:
    assert is_own("after class")
    assert is_own("the usual")
    assert not is_own("one two three four five six seven")
    assert not is_own(" ")


def test_ones_own_words_stand_in_the_title_as_what_they_mean() -> None:
    words = Vocabulary().with_entry("the usual", "gym ~1h @hall 18:00").with_entry("hw", "homework")
    usual = parse_line("the usual tomorrow", NOW, words)
    assert (usual.title, usual.place, usual.duration_min) == ("gym", "hall", 60)
    assert usual.start == at("2026-03-05 18:00")
    assert parse_line("math hw tomorrow", NOW, words).title == "math homework"


def test_what_the_vocabulary_keeps() -> None:
    words = Vocabulary().with_entry("the usual", "~45m @gym").with_entry("The  Usual", "~45m @gym")
    assert [(one.phrase, one.taught) for one in words.entries] == [("the usual", 2)]
    changed = words.with_entry("the usual", "~30m")
    assert [(one.meaning, one.taught) for one in changed.entries] == [("~30m", 1)]
    assert changed.without("THE usual").entries == ()
    assert learn(words, "at 5pm", [Correction((3, 6), "17:30")]) == words
    assert learn(words, "x", [Correction((0, 9), "17:30")]) == words
    task = parse_line("the usual every monday at 18:00", NOW, words)
    assert (task.place, task.duration_min, task.title) == ("gym", 45, "")
    assert task.start == at("2026-03-09 18:00")


@pytest.mark.parametrize(
    ("text", "title", "due", "rule"),
    [
        ("lab report by fri 5pm ~3h every other week", "lab report", "2026-03-06 17:00", 2),
        ("by fri 5pm #x every week write it", "write it", "2026-03-06 17:00", 1),
        ("essay by fri every week", "essay", "2026-03-06 00:00", 1),
        ("pay rent every month on the 1st by 5pm", "pay rent", "2026-04-01 17:00", 0),
        ("homework every week due thu", "homework", "2026-03-05 00:00", 1),
    ],
)
def test_a_deadline_beside_a_recurrence_is_told_apart(
    text: str, title: str, due: str, rule: int
) -> None:
    task = parse_line(text, NOW)
    rules = ["FREQ=MONTHLY;BYMONTHDAY=1", "FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2"]
    assert (task.title, task.due, task.recurrence) == (title, at(due), rules[rule])
    assert task.start is None


@pytest.mark.parametrize(
    ("text", "start", "minutes"),
    [
        ("gym every mon 6pm for 1h", "2026-03-02 18:00", 60),
        ("run every weekday at 7:30 for 45 minutes", "2026-03-02 07:30", 45),
        ("read every day for 1.5 hours", "2026-03-02 00:00", 90),
    ],
)
def test_a_length_beside_a_recurrence_is_told_apart(text: str, start: str, minutes: int) -> None:
    task = parse_line(text, NOW)
    assert task.recurrence is not None
    assert task.duration_min == minutes
    assert task.start is not None
    assert task.start.time() == at(start).time()


def test_a_beginning_is_taken_out_of_the_title_behind_it_alone() -> None:
    task = parse_line("essay start thu by friday", NOW)
    assert (task.title, task.start, task.due) == ("essay", at("2026-03-05"), at("2026-03-06"))
    assert parse_line("start essay wed", NOW).title == "start essay"
    assert parse_line("how to start", NOW).title == "how to start"
