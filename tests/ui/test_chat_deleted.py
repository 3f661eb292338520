"""A deleted chat is looked at first; only a button brings it back or forgets it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from assistant.domain.ids import ConversationId
from assistant.ui.chat.listing.deleted import DeletedChat, kept_words
from assistant.ui.models.chats import Shelf
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.question import Question
from tests.helpers.desk import STORE_S, Sat, leave, saying, sit_down

NOON = datetime(2026, 3, 10, 12).astimezone()


@pytest.fixture
def sat(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Sat]:
    made = sit_down(qtbot, theme, tmp_path / "p", saying("Because of the air."))
    yield made
    leave(made)


def looked_at(sat: Sat) -> tuple[ConversationId, DeletedChat]:
    """Asks, deletes the chat, and clicks on it among the deleted ones."""
    sat.ask("Why is the sky blue?")
    chat = sat.chat.id
    sat.desk.core.history.trash(chat).result(STORE_S)
    panel = sat.desk.room.chats
    panel.show_shelf(Shelf.DELETED)
    sat.bot.waitUntil(lambda: panel.model.index_of(chat).isValid())
    place = panel.list.visualRect(panel.model.index_of(chat)).center()
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    sat.bot.waitUntil(lambda: bool(sat.desk.window.findChildren(DeletedChat)))
    [dialog] = sat.desk.window.findChildren(DeletedChat)
    return chat, dialog


def test_a_click_shows_a_deleted_chat_and_changes_nothing(sat: Sat) -> None:
    chat, dialog = looked_at(sat)
    text = dialog.text.toPlainText()
    assert text.index("Why is the sky blue?") < text.index("Because of the air.")
    assert dialog.text.isReadOnly()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    sat.settle()
    assert [each.id for each in sat.desk.core.history.trashed().result(STORE_S)] == [chat]


def test_restore_brings_it_back_and_shows_it(sat: Sat) -> None:
    chat, dialog = looked_at(sat)
    QTest.keyClick(dialog.restore, Qt.Key.Key_Return)
    sat.bot.waitUntil(lambda: sat.desk.room.session.id == chat)
    assert [each.id for each in sat.chats()] == [chat]
    sat.bot.waitUntil(lambda: sat.desk.room.chats.model.index_of(chat).isValid())
    assert sat.desk.room.chats.model.shelf is Shelf.CHATS


def test_forgetting_for_good_asks_once(sat: Sat) -> None:
    chat, dialog = looked_at(sat)
    dialog.forget.click()
    [question] = sat.desk.window.findChildren(Question)
    assert [each.id for each in sat.desk.core.history.trashed().result(STORE_S)] == [chat]
    question.yes.click()
    panel = sat.desk.room.chats
    sat.bot.waitUntil(lambda: not panel.model.index_of(chat).isValid())
    assert sat.desk.core.history.trashed().result(STORE_S) == []


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (0, "Deleted today. It can be brought back until 9 April 2026."),
        (1, "Deleted yesterday. It can be brought back until 8 April 2026."),
        (5, "Deleted on 5 March 2026. It can be brought back until 4 April 2026."),
        (31, "Deleted on 7 February 2026. It is forgotten for good at the next start."),
    ],
)
def test_it_is_said_how_long_it_is_kept(ago: int, words: str) -> None:
    assert kept_words(NOON - timedelta(days=ago), 30, NOON) == words
