"""The chat in windows that have no room to spare."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from assistant.ui.theme.theme import Theme
from tests.helpers.desk import Sat, leave, saying, sit_down


@pytest.fixture
def sat(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Sat]:
    made = sit_down(qtbot, theme, tmp_path / "p", saying("The **mean** is 3. " * 60))
    yield made
    leave(made)


def test_the_panel_lies_over_the_chat_in_a_narrow_window(sat: Sat) -> None:
    place = sat.desk.room.place
    sat.desk.window.resize(640, 480)
    sat.bot.waitUntil(lambda: place.composer.width() > 500)
    before = place.composer.geometry()
    panel = place.panel
    panel.set_open(True)
    sat.bot.waitUntil(lambda: panel.width() > 320)
    assert place.composer.geometry() == before
    assert panel.geometry().bottomRight() == place.rect().bottomRight()
    assert panel.height() == place.height()
    assert panel.geometry().intersects(place.composer.geometry())
    on_top = place.childAt(place.width() - 10, place.composer.geometry().center().y())
    assert on_top is not None
    assert on_top is panel or panel.isAncestorOf(on_top)


def test_the_panel_takes_its_room_from_a_wide_window_again(sat: Sat) -> None:
    place, window = sat.desk.room.place, sat.desk.window
    window.resize(640, 480)
    place.panel.set_open(True)
    window.resize(1280, 800)
    sat.bot.waitUntil(lambda: place.panel.width() == 320)
    sat.bot.waitUntil(lambda: place.composer.geometry().right() < place.panel.x())
    window.resize(640, 480)
    sat.bot.waitUntil(lambda: place.panel.geometry().intersects(place.composer.geometry()))


@pytest.mark.parametrize("width", [640, 1280])
def test_escape_closes_the_panel_and_leads_back(sat: Sat, width: int) -> None:
    place = sat.desk.room.place
    sat.desk.window.resize(width, 480)
    opener = place.bar.panel_button
    opener.setFocus()
    QTest.keyClick(opener, Qt.Key.Key_Space)
    assert place.panel.is_open()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert place.panel.isAncestorOf(focused)
    QTest.keyClick(focused, Qt.Key.Key_Escape)
    assert not place.panel.is_open()
    assert QApplication.focusWidget() is opener
    assert not opener.isChecked()


def test_escape_in_the_chat_uncovers_it_first(sat: Sat) -> None:
    place = sat.desk.room.place
    sat.desk.window.resize(640, 480)
    place.panel.set_open(True)
    place.write()
    QTest.keyClick(place.composer.field, Qt.Key.Key_Escape)
    assert not place.panel.is_open()
    assert QApplication.focusWidget() is place.composer.field


def test_the_meter_opens_the_panel_and_the_field_has_the_focus_back(sat: Sat) -> None:
    sat.ask("Hello?")
    place = sat.desk.room.place
    place.write()
    sat.bot.waitUntil(lambda: place.composer.usage_words != "")
    spot = QPoint(place.composer.send.x() - 30, place.composer.send.geometry().center().y())
    QTest.mouseClick(place.composer, Qt.MouseButton.LeftButton, pos=spot)
    assert place.panel.is_open()
    place.panel.set_open(False)
    assert QApplication.focusWidget() is place.composer.field
