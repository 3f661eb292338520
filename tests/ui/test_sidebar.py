"""The sidebar: places, folding, what it says about the network."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from assistant.ui.shell.sidebar import Place, Sidebar
from assistant.ui.theme.theme import Theme
from assistant.ui.theme.tokens import LIGHT
from assistant.ui.widgets.section_item import SectionItem

_PLACES = (Place("chat", "message-square", "Chat", "Ctrl+1"), Place("models", "box", "Models"))


@pytest.fixture
def sidebar(qtbot: QtBot, theme: Theme) -> Sidebar:
    """A sidebar of two places on the screen."""
    made = Sidebar(theme, _PLACES)
    qtbot.addWidget(made)
    made.resize(made.width(), 600)
    made.show()
    made.activateWindow()
    return made


def _button(sidebar: Sidebar, name: str) -> QAbstractButton:
    for button in sidebar.findChildren(QAbstractButton):
        if name in (button.accessibleName(), button.text()):
            return button
    raise AssertionError(f"no button called {name}")


def test_only_places_that_exist_are_there(sidebar: Sidebar) -> None:
    assert [item.text() for item in sidebar.findChildren(SectionItem)] == ["Chat", "Models"]
    assert sidebar.current() == "chat"
    assert _button(sidebar, "Chat").toolTip() == "Chat  (Ctrl+1)"


def test_choosing_a_place_is_told_once_and_lights_it(sidebar: Sidebar) -> None:
    heard: list[str] = []
    sidebar.place_chosen.connect(heard.append)
    QTest.mouseClick(_button(sidebar, "Models"), Qt.MouseButton.LeftButton)
    assert heard == ["models"]
    assert sidebar.current() == "models"
    sidebar.set_current("chat")
    assert (heard, sidebar.current()) == (["models"], "chat")
    sidebar.set_current("")
    assert sidebar.current() == ""
    QTest.mouseClick(_button(sidebar, "Chat"), Qt.MouseButton.LeftButton)
    assert sidebar.current() == "chat"


def test_search_and_settings_are_asked_for(qtbot: QtBot, sidebar: Sidebar) -> None:
    with qtbot.waitSignal(sidebar.search_requested):
        QTest.mouseClick(_button(sidebar, "Search your chats"), Qt.MouseButton.LeftButton)
    settings = _button(sidebar, "Settings")
    settings.setFocus()
    with qtbot.waitSignal(sidebar.settings_requested):
        QTest.keyClick(settings, Qt.Key.Key_Space)


def test_folding_leaves_a_rail_from_which_it_unfolds(qtbot: QtBot, sidebar: Sidebar) -> None:
    heard: list[bool] = []
    sidebar.fold_changed.connect(heard.append)
    listed = QWidget()
    sidebar.set_list(listed)
    assert (sidebar.width(), listed.isVisible()) == (240, True)
    QTest.mouseClick(_button(sidebar, "Fold the sidebar"), Qt.MouseButton.LeftButton)
    assert (sidebar.width(), listed.isVisible(), sidebar.is_folded()) == (56, False, True)
    QTest.mouseClick(_button(sidebar, "Unfold the sidebar"), Qt.MouseButton.LeftButton)
    assert (sidebar.width(), listed.isVisible(), sidebar.is_folded()) == (240, True, False)
    assert heard == [True, False]


def test_a_narrow_window_folds_it_without_forgetting_the_choice(sidebar: Sidebar) -> None:
    heard: list[bool] = []
    sidebar.fold_changed.connect(heard.append)
    sidebar.fit_window(999)
    assert sidebar.is_folded()
    sidebar.toggle_fold()
    assert not sidebar.is_folded()
    sidebar.fit_window(1000)
    assert not sidebar.is_folded()
    sidebar.fit_window(999)
    assert sidebar.is_folded()
    assert heard == []


def test_the_list_of_the_place_takes_the_room_between(sidebar: Sidebar) -> None:
    first, second = QWidget(), QWidget()
    sidebar.set_list(first)
    sidebar.set_list(second)
    assert (first.isVisible(), second.isVisible()) == (False, True)
    assert first.parentWidget() is sidebar
    sidebar.set_list(first)
    assert (first.isVisible(), second.isVisible()) == (True, False)
    sidebar.set_list(None)
    assert not first.isVisible()


def test_it_says_whether_anything_leaves_the_machine(sidebar: Sidebar) -> None:
    names = [child.accessibleName() for child in sidebar.findChildren(QWidget)]
    assert "Offline. No connection ever made" in names
    sidebar.set_network_state("Downloading", "1 file, 1 host allowed", "download")
    names = [child.accessibleName() for child in sidebar.findChildren(QWidget)]
    assert "Downloading. 1 file, 1 host allowed" in names


def test_it_stands_on_the_desk_and_grows_with_the_text(sidebar: Sidebar, theme: Theme) -> None:
    image = sidebar.grab().toImage()
    assert image.pixelColor(120, 500) == QColor(LIGHT.desk)
    assert image.pixelColor(239, 500) == QColor(LIGHT.line)
    theme.set(text_size=24)
    assert sidebar.width() == 360
