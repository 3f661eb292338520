"""Plan by keys alone: the ring follows the block, Esc closes what lies nearest."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from assistant.domain.clock import FixedClock
from assistant.ui.plan.setup.own_words import WordsCard
from assistant.ui.plan.week.controller import WeekController
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.focus_ring import FocusRing
from assistant.ui.widgets.labels import PlainLabel
from tests.helpers.desk import leave, saying, sit_down
from tests.helpers.plan_place import Plan

NOW = datetime(2025, 11, 17, 7, 10, tzinfo=UTC)
KEY = Qt.Key
CALENDAR = """BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\nBEGIN:VEVENT\r\nUID:1@x\r
DTSTAMP:20251101T000000Z\r\nDTSTART:20251118T090000Z\r\nDTEND:20251118T100000Z\r
SUMMARY:Lecture\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"""


@pytest.fixture
def plan(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Plan]:
    sat = sit_down(qtbot, theme, tmp_path / "p", saying("An answer."), FixedClock(NOW))
    services = sat.desk.core.planning
    services.settings.set_zone("UTC").result(60)
    services.adding.add_line("essay by fri ~1h").result(60)
    services.adding.add_line("report by fri ~1h").result(60)
    services.scheduling.plan().result(60)
    (tmp_path / "Home.ics").write_text(CALENDAR)
    services.calendars.bring(tmp_path / "Home.ics").result(60)
    yield Plan(sat)
    leave(sat)


def week(plan: Plan) -> WeekController:
    plan.place.show_page("week")
    shown = plan.room.week
    assert shown is not None
    plan.sat.bot.waitUntil(lambda: len(shown.page.canvas.placed()) == 3)
    return shown


def ring(plan: Plan) -> QRect:
    """What the ring goes around in the window; empty where none is drawn."""
    drawn = plan.sat.desk.window.findChildren(FocusRing)[0]
    return drawn.geometry() if drawn.isVisible() else QRect()


def test_the_ring_goes_from_block_to_block_with_the_keys(plan: Plan) -> None:
    canvas = week(plan).page.canvas
    window = plan.sat.desk.window
    canvas.setFocus()
    assert ring(plan).isEmpty()
    for _ in range(3):
        QTest.keyClick(canvas, KEY.Key_Down)
        current = canvas.current()
        assert current is not None
        area = next(one.area for one in canvas.placed() if one.shown == current).toRect()
        around = area.translated(canvas.mapTo(window, area.topLeft()) - area.topLeft())
        assert ring(plan).contains(around.center())
        assert ring(plan).height() < around.height() + 12
    QTest.keyClick(canvas, KEY.Key_Escape)
    assert canvas.current() is None
    assert ring(plan).width() > canvas.width() // 2


def test_escape_closes_the_panel_before_it_lets_the_block_go(plan: Plan) -> None:
    page = week(plan).page
    canvas = page.canvas
    canvas.setFocus()
    QTest.keyClick(canvas, KEY.Key_Down)
    QTest.keyClick(canvas, KEY.Key_Return)
    assert page.why.isVisible()
    QTest.keyClick(canvas, KEY.Key_Escape)
    assert not page.why.isVisible()
    assert canvas.current() is not None
    assert QApplication.focusWidget() is canvas
    QTest.keyClick(canvas, KEY.Key_Escape)
    assert canvas.current() is None


def test_the_own_words_say_which_chips_teach(plan: Plan) -> None:
    plan.place.show_page("setup")
    setup = plan.place.page("setup")
    assert setup is not None
    words = setup.findChildren(WordsCard)[0]
    wanted = "that of the title does for words that were not understood"
    plan.sat.bot.waitUntil(
        lambda: any(wanted in one.text() for one in words.findChildren(PlainLabel))
    )
