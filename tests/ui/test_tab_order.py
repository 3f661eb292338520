"""Tab goes round each place, and every stop of it is seen and has a name."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from assistant.ui.chat.listing.deleted import DeletedChat
from assistant.ui.keys import KeyList
from assistant.ui.models.chats import Shelf
from assistant.ui.theme.theme import Theme
from tests.helpers.desk import STORE_S, Sat, leave, saying, sit_down

MANY = 300


@pytest.fixture
def sat(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Sat]:
    made = sit_down(qtbot, theme, tmp_path / "p", saying("An answer.", "Another."))
    yield made
    leave(made)


def name_of(widget: QWidget) -> str:
    """What a screen reader says of a widget."""
    words = widget.text() if isinstance(widget, QAbstractButton) else ""
    parent = widget.parentWidget()
    if widget.objectName() == "qt_spinbox_lineedit" and parent is not None:
        return parent.accessibleName()
    return widget.accessibleName() or words


def seen(widget: QWidget) -> bool:
    return widget.isVisible() and not widget.visibleRegion().isEmpty()


def stops(window: QWidget, bot: QtBot) -> list[QWidget]:
    """Every widget that Tab comes to, from the one that has the focus and round to it.

    Backwards first: it has to be the same way.
    """
    back = gone_round(window, bot, Qt.Key.Key_Backtab)
    forth = gone_round(window, bot, Qt.Key.Key_Tab)
    assert [forth[0], *reversed(forth[1:])] == back
    return forth


def gone_round(window: QWidget, bot: QtBot, key: Qt.Key) -> list[QWidget]:
    window.activateWindow()
    bot.waitUntil(window.isActiveWindow)
    first = QApplication.focusWidget()
    assert first is not None
    passed = [first]
    for _ in range(MANY):
        now = QApplication.focusWidget()
        assert now is not None
        QTest.keyClick(now, key)
        after = QApplication.focusWidget()
        assert after is not None
        assert after is not now, f"Tab stays in {type(now).__name__} “{name_of(now)}”"
        assert seen(after), f"{type(after).__name__} “{name_of(after)}” has the focus unseen"
        if after is first:
            return passed
        assert after not in passed, f"Tab comes back to “{name_of(after)}” before the beginning"
        passed.append(after)
    raise AssertionError("Tab never comes round")


def unnamed(passed: list[QWidget]) -> list[str]:
    return [repr(widget) for widget in passed if not name_of(widget)]


@pytest.mark.parametrize("size", [(1280, 800), (900, 600)])
def test_round_the_settings(sat: Sat, size: tuple[int, int]) -> None:
    window = sat.desk.window
    window.resize(*size)
    window.show_settings()
    sat.settle()
    passed = stops(window, sat.bot)
    assert unnamed(passed) == []
    names = {name_of(widget) for widget in passed}
    assert {"Search settings", "New passphrase", "Import chats…", "Text size"} <= names
    assert any(isinstance(widget, QComboBox) for widget in passed)


def test_round_the_models(sat: Sat) -> None:
    window = sat.desk.window
    window.show_place("models")
    sat.settle()
    sat.bot.waitUntil(
        lambda: any(
            b.text() == "Import a file" and b.isVisible()
            for b in window.findChildren(QAbstractButton)
        )
    )
    button = next(b for b in window.findChildren(QAbstractButton) if b.text() == "Import a file")
    button.setFocus()
    passed = stops(window, sat.bot)
    assert unnamed(passed) == []
    assert "Import a file" in {name_of(widget) for widget in passed}


def test_round_the_deleted_chats(sat: Sat) -> None:
    window, panel = sat.desk.window, sat.desk.room.chats
    for words in ("One", "Two"):
        sat.desk.room.new_chat()
        sat.ask(words)
        sat.desk.core.history.trash(sat.chat.id).result(STORE_S)
    panel.show_shelf(Shelf.DELETED)
    sat.settle()
    sat.bot.waitUntil(sat.desk.room.place.empty.isVisible)
    panel.list.setFocus()
    assert unnamed(stops(window, sat.bot)) == []
    [chat, _] = sat.desk.core.history.trashed().result(STORE_S)
    sat.desk.deleted.look_at(chat)
    sat.bot.waitUntil(lambda: bool(window.findChildren(DeletedChat)))
    [dialog] = window.findChildren(DeletedChat)
    names = [name_of(widget) for widget in stops(dialog, sat.bot)]
    assert sorted(names) == sorted(
        ["Restore", "Close", "Forget for good…", "What was written in the deleted chat"]
    )


def test_round_the_list_of_keys(sat: Sat) -> None:
    sat.desk.places.show_keys()
    [keys] = sat.desk.window.findChildren(KeyList)
    keys.buttons["find"].setFocus()
    passed = stops(keys, sat.bot)
    assert unnamed(passed) == []
    assert len(passed) == sum(button.isEnabled() for button in keys.buttons.values()) + 2
