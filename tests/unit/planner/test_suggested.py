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
