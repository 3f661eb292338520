"""The Study place in the real window: its pages, and the way between them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from assistant.ui.study.place import StudyPlace
from assistant.ui.study.programs.page import ProgramsPage
from assistant.ui.theme.theme import Theme
from tests.helpers.desk import Sat, leave, saying, sit_down


@pytest.fixture
def sat(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Sat]:
    made = sit_down(qtbot, theme, tmp_path / "p", saying("An answer."))
    yield made
    leave(made)


def opened(sat: Sat) -> StudyPlace:
    QTest.keyClick(sat.desk.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    place = sat.desk.window.place("study")
    assert isinstance(place, StudyPlace)
    return place


def test_the_place_opens_by_its_keys_and_says_its_pages_itself_in_a_small_window(sat: Sat) -> None:
    place = opened(sat)
    assert sat.desk.window.current == "study"
    assert place.current == "today"
    assert not place.chooser.isVisible()
    sat.desk.window.resize(900, 600)
    sat.bot.waitUntil(place.chooser.isVisible)
    assert place.chooser.text() == "Today"
    place.show_page("programs")
    assert isinstance(place.page("programs"), ProgramsPage)
    assert place.chooser.text() == "Programs"
