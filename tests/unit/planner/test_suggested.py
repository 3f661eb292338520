"""A model's reading of a line counts only as far as it stands in the line."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.planner.quick_add.parts import PartKind, QuickAdd
from assistant.planner.quick_add.reading import parse_line
from assistant.planner.quick_add.suggested import Suggestion, checked
from assistant.planner.quick_add.vocabulary import Vocabulary

NOW = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Europe/Berlin"))
LINE = "lab report due tommorrow, say 2 hours #chem +School"


def read(text: str, suggestion: Suggestion) -> QuickAdd | None:
    return checked(text, parse_line(text, NOW), suggestion, NOW, Vocabulary())


def test_a_slip_is_mended_and_the_marked_parts_are_kept() -> None:
    found = read(LINE, Suggestion("lab report", due="tomorrow", duration="2 hours"))
    assert found is not None
    assert (found.title, found.duration_min) == ("lab report", 120)
    assert found.due == datetime(2026, 3, 3, tzinfo=NOW.tzinfo)
    assert (found.tags, found.project) == (("chem",), "School")
    places = {part.kind: part.words for part in found.parts}
    assert places[PartKind.DUE] == "tommorrow"
    assert places[PartKind.DURATION] == "2 hours"


@pytest.mark.parametrize(
    "suggestion",
    [
        Suggestion("lab report", due="friday"),  # it is not there
        Suggestion("lab report", duration="3 hours"),  # nor is this figure
        Suggestion("lab report", due="tomorrow 2 tomorrow"),  # it is there only once
        Suggestion("chemistry report", due="tomorrow"),
        Suggestion("report lab", due="tomorrow"),  # another order
        Suggestion("", due="tomorrow"),
        Suggestion("lab report"),  # nothing new
        Suggestion("lab report", due="chem"),  # not readable as a date
        Suggestion("lab", due="report"),
        Suggestion("lab report", recurrence="2 hours"),
        Suggestion("lab report say", when="due hours"),
    ],
)
def test_nothing_is_invented(suggestion: Suggestion) -> None:
    assert read(LINE, suggestion) is None


def test_short_words_and_figures_may_have_no_slip() -> None:
    assert read("call mum fry 3pm", Suggestion("call mum", when="fri 3pm")) is None
    assert read("call mum fryday 3pm", Suggestion("call mum", when="friday 4pm")) is None
    found = read("call mum fryday at 3pm", Suggestion("call mum", when="friday at 3pm"))
    assert found is not None
    assert found.start == datetime(2026, 3, 6, 15, tzinfo=NOW.tzinfo)
    found = read("water plants evrey week", Suggestion("water plants", recurrence="every week"))
    assert found is not None
    assert found.recurrence == "FREQ=WEEKLY"


@pytest.mark.parametrize(
    ("text", "suggestion", "taken"),
    [
        ("essay with Anna ~3h tomorow", Suggestion("essay", when="tomorrow"), False),
        ("essay with Anna ~3h tomorow", Suggestion("essay with Anna", when="tomorrow"), False),
        ("essay with Anna ~3h tomorow", Suggestion("essay", "tomorrow", duration="3h"), False),
        (
            "essay with Anna ~3h tomorow",
            Suggestion("essay with Anna", when="tomorrow", duration="3h"),
            True,
        ),
        ("essay dealine is tomorow, about 2 hours", Suggestion("essay", due="tomorow"), False),
        (
            "essay dealine is tomorow, about 2 hours",
            Suggestion("essay", due="tomorrow", duration="2 hours"),
            True,
        ),
        ("weekly red draft fryday", Suggestion("draft", when="friday"), False),
        ("weekly red draft fryday", Suggestion("red draft", when="friday"), False),
    ],
)
def test_nothing_is_lost(text: str, suggestion: Suggestion, taken: bool) -> None:
    found = read(text, suggestion)
    assert (found is not None) == taken
    if found is not None:
        assert found.duration_min in {120, 180}


def test_a_line_that_names_a_task_to_come_first_can_be_taken() -> None:
    text, tasks = "essay fryday after lab report", ("lab report",)
    found = parse_line(text, NOW, tasks=tasks)
    said = Suggestion("essay", when="friday")
    assert checked(text, found, said, NOW, Vocabulary()) is None
    again = checked(text, found, said, NOW, Vocabulary(), tasks)
    assert again is not None
    assert (again.title, again.after) == ("essay", tasks)
