"""The list of keys: other keys, a conflict said in words, back to the built-in ones, kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from assistant.config.settings import SettingsFile
from assistant.domain.errors import UserFacingError
from assistant.ui.keys import KeyList
from assistant.ui.shortcuts import Shortcuts
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from tests.helpers.desk import Sat, leave, saying, sit_down
from tests.helpers.profile import options_for
from tests.helpers.signals import record

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def shortcuts(qapp: QApplication) -> Iterator[Shortcuts]:
    made = Shortcuts({}, qapp)
    yield made
    made.deleteLater()


@pytest.fixture
def keys(qtbot: QtBot, theme: Theme, shortcuts: Shortcuts) -> Iterator[KeyList]:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    made = KeyList(theme, shortcuts, window)
    made.open()
    yield made
    window.close()


def native(keys: str) -> str:
    """Keys as this system writes them."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def press(keys: KeyList, action_id: str, key: Qt.Key) -> None:
    button = keys.buttons[action_id]
    button.click()
    assert button.text() == "Press the keys"
    QTest.keyClick(button, key, CTRL)


def test_other_keys_are_shown_and_in_force_at_once(keys: KeyList, shortcuts: Shortcuts) -> None:
    press(keys, "find", Qt.Key.Key_J)
    assert keys.buttons["find"].accessibleName() == f"Find in this chat: {native('Ctrl+J')}"
    assert shortcuts.sequence("find").toString() == "Ctrl+J"


def test_keys_that_do_something_else_are_refused_by_name(
    keys: KeyList, shortcuts: Shortcuts
) -> None:
    changed = record(keys.bindings_changed)
    press(keys, "find", Qt.Key.Key_B)
    assert keys.problem.text() == (
        f"{native('Ctrl+B')} does “Fold or unfold the sidebar” already. "
        "Choose other keys, or change those first."
    )
    assert keys.buttons["find"].text() == native("Ctrl+F")
    assert (changed, shortcuts.text("sidebar")) == ([], native("Ctrl+B"))
    press(keys, "sidebar", Qt.Key.Key_J)
    press(keys, "find", Qt.Key.Key_B)
    assert (shortcuts.text("find"), shortcuts.text("sidebar")) == (
        native("Ctrl+B"),
        native("Ctrl+J"),
    )
    assert keys.problem.text() == ""


def test_keys_that_edit_text_are_refused(keys: KeyList, shortcuts: Shortcuts) -> None:
    press(keys, "find", Qt.Key.Key_C)
    assert "belongs to writing" in keys.problem.text()
    assert shortcuts.text("find") == native("Ctrl+F")


def test_two_actions_can_change_keys_with_each_other(keys: KeyList, shortcuts: Shortcuts) -> None:
    press(keys, "new_chat", Qt.Key.Key_J)
    press(keys, "search", Qt.Key.Key_N)
    press(keys, "new_chat", Qt.Key.Key_K)
    assert (shortcuts.text("new_chat"), shortcuts.text("search")) == (
        native("Ctrl+K"),
        native("Ctrl+N"),
    )


def test_of_two_with_the_same_keys_neither_takes_the_built_in_ones_of_another(
    shortcuts: Shortcuts,
) -> None:
    shortcuts.set_bindings({"search": "Ctrl+N", "new_chat": "Ctrl+J", "find": "Ctrl+J"})
    texts = [shortcuts.text(one) for one in ("search", "new_chat", "find")]
    assert texts == [native(keys) for keys in ("Ctrl+K", "Ctrl+N", "Ctrl+J")]


def test_backspace_takes_keys_away_and_esc_keeps_them(keys: KeyList, shortcuts: Shortcuts) -> None:
    button = keys.buttons["find"]
    button.click()
    QTest.keyClick(button, Qt.Key.Key_Escape)
    assert (button.text(), keys.isVisible()) == (native("Ctrl+F"), True)
    button.click()
    QTest.keyClick(button, Qt.Key.Key_Backspace)
    assert (button.text(), shortcuts.text("find")) == ("None", "")


def test_whoever_goes_elsewhere_keeps_the_keys(keys: KeyList, qtbot: QtBot) -> None:
    button = keys.buttons["find"]
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    button.click()
    keys.buttons["search"].setFocus()
    assert button.text() == native("Ctrl+F")


def test_all_are_as_built_in_again(keys: KeyList, shortcuts: Shortcuts) -> None:
    press(keys, "find", Qt.Key.Key_J)
    changed = record(keys.bindings_changed)
    next(b for b in keys.findChildren(Button) if b.text() == "All as built in").click()
    assert changed == [({},)]
    assert (keys.buttons["find"].text(), shortcuts.text("find")) == (
        native("Ctrl+F"),
        native("Ctrl+F"),
    )


def test_keys_of_a_field_cannot_be_changed(keys: KeyList, shortcuts: Shortcuts) -> None:
    assert not keys.buttons["send"].isEnabled()
    with pytest.raises(UserFacingError, match="cannot be changed"):
        shortcuts.rebound("send", "Ctrl+J")


@pytest.fixture
def sat(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Sat]:
    made = sit_down(qtbot, theme, tmp_path / "p", saying("An answer."))
    yield made
    leave(made)


def test_other_keys_are_kept_and_do_what_they_say(sat: Sat, tmp_path: Path) -> None:
    sat.desk.places.show_keys()
    [keys] = sat.desk.window.findChildren(KeyList)
    press(keys, "search", Qt.Key.Key_J)
    keys.accept()
    sat.settle()
    file = SettingsFile(options_for(tmp_path / "p").paths.settings)
    assert file.current.keys.bindings == {"search": "Ctrl+J"}
    window = sat.desk.window
    window.activateWindow()
    sat.bot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_K, CTRL)
    assert not sat.desk.search.isVisible()
    QTest.keyClick(window, Qt.Key.Key_J, CTRL)
    assert sat.desk.search.isVisible()
