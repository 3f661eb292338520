"""Tab goes through the chat as one reads it, and back the same way."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from assistant.ui.chat.transcript.answer_row import AnswerRow
from assistant.ui.chat.transcript.question_row import QuestionRow
from assistant.ui.library.offer import OfferKeeper, OfferLine
from assistant.ui.theme.theme import Theme
from tests.helpers.desk import Sat, leave, saying, sit_down

ANSWER = "See [this](https://example.org).\n\n```python\nprint(1)\n```\n"


def _offers_nothing(_: OfferKeeper) -> None:
    """Nothing is offered after an answer."""


@pytest.fixture
def sat(
    qtbot: QtBot, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Sat]:
    # Whether a larger model is offered, and when, depends on the machine.
    monkeypatch.setattr(OfferKeeper, "answered", _offers_nothing)
    made = sit_down(qtbot, theme, tmp_path / "p", saying(ANSWER, "It is 4."))
    made.ask("What is the mean of 2 and 4?")
    made.ask("And of 3 and 5?")
    yield made
    leave(made)


def round_trip(start: QWidget, key: Qt.Key) -> list[QWidget]:
    """What has the focus, from ``start`` on until it has it again."""
    start.setFocus()
    seen: list[QWidget] = []
    for _ in range(120):
        focused = QApplication.focusWidget()
        assert focused is not None
        assert focused.isVisible()
        if seen and focused is start:
            return seen
        if seen[-1:] != [focused]:  # links in a text are stops of one widget
            seen.append(focused)
        QTest.keyClick(focused, key)
    pytest.fail("Tab never comes back to where it began")


def rests(sat: Sat, start: QWidget) -> bool:
    """Whether nothing joins the round of Tab or changes its place any more: rows fill late."""

    def chain() -> list[QWidget]:
        found = [start]
        after = start.nextInFocusChain()
        while after is not None and after is not start:
            found.append(after)
            after = after.nextInFocusChain()
        return found

    before = chain()
    sat.bot.wait(50)
    return chain() == before


@pytest.mark.parametrize("width", [1280, 640])
@pytest.mark.parametrize("panel", [False, True])
@pytest.mark.parametrize("offered", [False, True])
def test_every_stop_of_the_chat_is_seen_and_has_a_name(
    sat: Sat, width: int, *, panel: bool, offered: bool
) -> None:
    place = sat.desk.room.place
    line = place.findChild(OfferLine)
    assert isinstance(line, OfferLine)
    sat.desk.window.resize(width, 480)
    place.panel.set_open(panel)
    if offered:
        line.offer(sat.desk.core.models.chosen())
    if panel:
        full = place.panel.sizeHint().width()
        sat.bot.waitUntil(lambda: place.panel.width() >= full)
    sat.bot.waitUntil(lambda: rests(sat, place.composer.field))
    stops = [w for w in round_trip(place.composer.field, Qt.Key.Key_Tab) if place.isAncestorOf(w)]
    assert [w for w in stops if not w.accessibleName()] == []
    assert (stops[1:3] == line.tab_stops()) is offered
    stops = [w for w in stops if w not in line.tab_stops()]
    parts = (place.composer, place.bar, place.transcript, place.panel)
    visited = [next(n for n, part in enumerate(parts) if part.isAncestorOf(w)) for w in stops]
    assert visited == sorted(visited), "each part is visited once, in this order"
    assert set(visited) == ({0, 1, 2, 3} if panel else {0, 1, 2})


def test_the_way_back_is_the_way_there_reversed(sat: Sat) -> None:
    place = sat.desk.room.place
    there, back = (
        [w for w in round_trip(place.composer.field, key) if _lasts(w) and place.isAncestorOf(w)]
        for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
    )
    assert back[:1] + back[:0:-1] == there


def test_tab_visits_the_messages_in_order(sat: Sat) -> None:
    stops = round_trip(sat.desk.room.place.composer.field, Qt.Key.Key_Tab)
    rows = [type(w) for w in stops if isinstance(w, QuestionRow | AnswerRow)]
    assert rows == [QuestionRow, AnswerRow, QuestionRow, AnswerRow]
    outline = [each.id for each in sat.desk.room.session.outline]
    seen = [w.outline.id for w in stops if isinstance(w, QuestionRow | AnswerRow)]
    assert seen == outline


def test_a_line_above_the_field_comes_after_it(sat: Sat) -> None:
    composer = sat.desk.room.place.composer
    composer.notice.say("One message waits already.", action="Take back")
    stops = round_trip(composer.field, Qt.Key.Key_Tab)
    assert stops[1] is composer.notice.action


def _lasts(widget: QWidget) -> bool:
    """Not one of the icons beside a question, which are there only once that is reached."""
    row = widget.parentWidget()
    while row is not None and not isinstance(row, QuestionRow):
        row = row.parentWidget()
    return row is None
