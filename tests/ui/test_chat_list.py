"""The list of chats: headings, small changes, keys and menus."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from assistant.domain.conversation import Conversation
from assistant.domain.ids import ConversationId, MessageId
from assistant.ui.chat.listing.view import ChatList
from assistant.ui.models.chats import ROW_ROLE, ChatListModel, ChatRow, RowKind, Shelf, heading_of
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.menu import Menu
from tests.helpers.signals import record

NOON = datetime.now().astimezone().replace(hour=12, minute=0, second=0, microsecond=0)
TODAY = NOON.date()


def chat(number: int, title: str, days_ago: int = 0, *, pinned: bool = False) -> Conversation:
    when = (NOON - timedelta(days=days_ago)).astimezone(UTC)
    return Conversation(
        ConversationId(number), title, when, when, pinned=pinned, active_leaf=MessageId(number)
    )


def texts(model: ChatListModel) -> list[str]:
    return [str(model.data(model.index(row))) for row in range(model.rowCount())]


def row(model: ChatListModel, index: QModelIndex) -> ChatRow:
    found = model.data(index, ROW_ROLE)
    assert isinstance(found, ChatRow)
    return found


@pytest.fixture
def model(qapp: object) -> Iterator[ChatListModel]:
    made = ChatListModel()
    tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Warning)
    yield made
    tester.deleteLater()
    made.deleteLater()


@pytest.mark.parametrize(
    ("days", "heading"),
    [
        (0, "Today"),
        (-1, "Today"),  # a clock that was set back
        (1, "Yesterday"),
        (2, "Previous 7 days"),
        (7, "Previous 7 days"),
        (8, "Previous 30 days"),
        (30, "Previous 30 days"),
    ],
)
def test_headings(days: int, heading: str) -> None:
    assert heading_of(NOON - timedelta(days=days), TODAY) == heading


def test_older_chats_stand_under_their_month() -> None:
    day = date(2025, 11, 20)
    local = datetime(2025, 3, 5, 12).astimezone()
    assert heading_of(local, day) == "March"
    assert heading_of(local.replace(year=2024), day) == "March 2024"


def test_pinned_first_then_by_day(model: ChatListModel) -> None:
    chats = [chat(1, "Pinned one", 40, pinned=True), chat(2, "Now"), chat(3, "Then", 3)]
    model.show_chats(chats, Shelf.CHATS, TODAY)
    assert texts(model) == [
        *("Pinned", "Pinned one", "Today", "Now", "Previous 7 days", "Then"),
        *("Archived", "Recently deleted"),
    ]


def test_a_chat_in_which_nothing_was_sent_is_not_listed(model: ChatListModel) -> None:
    unsent = replace(chat(1, ""), active_leaf=None)
    model.show_chats([unsent], Shelf.CHATS, TODAY)
    assert texts(model)[0] == "Your chats will stand here."


def test_a_change_moves_only_what_differs(model: ChatListModel) -> None:
    chats = [chat(n, f"Chat {n}", 0) for n in range(50, 0, -1)]
    model.show_chats(chats, Shelf.CHATS, TODAY)
    removed, inserted = record(model.rowsRemoved), record(model.rowsInserted)
    reset, changed = record(model.modelReset), record(model.dataChanged)
    model.show_chats(chats[:20] + chats[21:], Shelf.CHATS, TODAY)
    assert [(r[1], r[2]) for r in removed] == [(21, 21)]
    assert inserted == reset == []
    renamed = [replace(c, title="Other") if c.id == 10 else c for c in chats]
    model.show_chats(renamed, Shelf.CHATS, TODAY)
    assert len(changed) >= 1
    assert "Other" in texts(model)


@pytest.mark.parametrize("seed", range(20))
def test_any_change_ends_in_the_same_rows_as_a_fresh_list(model: ChatListModel, seed: int) -> None:
    import random

    pick = random.Random(seed)  # noqa: S311 - no secret
    fresh = ChatListModel()
    for _ in range(6):
        some = [
            chat(n, f"Chat {n}", pick.randrange(40), pinned=pick.random() < 0.1)
            for n in pick.sample(range(1, 30), pick.randrange(20))
        ]
        model.show_chats(some, Shelf.CHATS, TODAY)
        fresh.show_chats(some, Shelf.CHATS, TODAY)
        assert texts(model) == texts(fresh)


def test_other_shelves_lead_back(model: ChatListModel) -> None:
    model.show_chats([], Shelf.DELETED, TODAY)
    assert texts(model) == ["All chats", "Recently deleted", "Nothing was deleted."]
    back = row(model, model.index(0))
    assert (back.kind, back.shelf) == (RowKind.SHELF, Shelf.CHATS)


@pytest.fixture
def listing(qtbot: QtBot, theme: Theme) -> ChatList:
    model = ChatListModel()
    view = ChatList(theme, model)
    model.setParent(view)
    qtbot.addWidget(view)
    model.show_chats([chat(1, "One"), chat(2, "Two", 1)], Shelf.CHATS, TODAY)
    view.resize(220, 400)
    view.show()
    view.show_open(ConversationId(1))
    view.setFocus()
    return view


def test_arrows_pass_headings_by_and_enter_opens(listing: ChatList) -> None:
    opened = record(listing.open_requested)
    QTest.keyClick(listing, Qt.Key.Key_Down)
    QTest.keyClick(listing, Qt.Key.Key_Return)
    assert opened == [(2,)]


def test_f2_renames_in_place(listing: ChatList, qtbot: QtBot) -> None:
    model = listing.model()
    assert isinstance(model, ChatListModel)
    renamed = record(model.rename_requested)
    QTest.keyClick(listing, Qt.Key.Key_F2)
    (field,) = listing.findChildren(QLineEdit)
    assert field.text() == "One"
    field.setText("  A   better title ")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: renamed == [(1, "A better title")])


def test_del_deletes_and_in_the_trash_forgets(listing: ChatList) -> None:
    deleted, forgotten = record(listing.delete_requested), record(listing.forget_requested)
    QTest.keyClick(listing, Qt.Key.Key_Delete)
    assert [c[0].id for c in deleted if isinstance(c[0], Conversation)] == [1]
    model = listing.model()
    assert isinstance(model, ChatListModel)
    model.show_chats([chat(1, "One")], Shelf.DELETED, TODAY)
    listing.setCurrentIndex(model.index_of(ConversationId(1)))
    QTest.keyClick(listing, Qt.Key.Key_Delete)
    assert len(forgotten) == 1


def test_the_menu_is_the_one_of_the_design(listing: ChatList) -> None:
    words = [a.text() for a in listing.menu_for(chat(1, "One")).actions() if a.text()]
    assert words == ["Rename", "Pin", "Archive", "Export…", "Delete"]


def test_a_click_on_a_shelf_asks_for_it(listing: ChatList) -> None:
    wanted = record(listing.shelf_requested)
    model = listing.model()
    listing.clicked.emit(model.index(model.rowCount() - 2, 0))
    assert wanted == [(Shelf.ARCHIVED,)]


def test_five_thousand_chats_are_listed_without_laying_out_each(qtbot: QtBot, theme: Theme) -> None:
    model = ChatListModel()
    view = ChatList(theme, model)
    model.setParent(view)
    qtbot.addWidget(view)
    model.show_chats([chat(n, f"Chat {n}", n // 10) for n in range(1, 5001)], Shelf.CHATS, TODAY)
    view.resize(220, 600)
    view.show()
    view.show_open(ConversationId(4990))
    qtbot.waitUntil(lambda: view.visualRect(model.index_of(ConversationId(4990))).isValid())
    assert not view.grab().isNull()


def spot(listing: ChatList, number: int) -> QPoint:
    model = listing.model()
    assert isinstance(model, ChatListModel)
    return listing.visualRect(model.index_of(ConversationId(number))).center()


def point_at(listing: ChatList, place: QPoint) -> None:
    """Moves the pointer as the window system does; ``QCursor`` moves nothing offscreen."""
    QTest.mouseMove(
        listing.window().windowHandle(), listing.viewport().mapTo(listing.window(), place)
    )


def test_the_row_under_the_pointer_has_a_button_with_its_menu(
    listing: ChatList, qtbot: QtBot
) -> None:
    listing.clearFocus()
    assert not listing.more_button.isVisible()
    point_at(listing, spot(listing, 2))
    qtbot.waitUntil(listing.more_button.isVisible)
    assert listing.more_button.accessibleName() == "Actions for “Two”"
    row = listing.visualRect(listing.indexAt(spot(listing, 2)))
    assert row.contains(listing.more_button.geometry())
    QTest.mouseClick(listing.more_button, Qt.MouseButton.LeftButton)
    [menu] = listing.findChildren(Menu)
    assert menu.actions()[0].text() == "Rename"
    deleted = record(listing.delete_requested)
    menu.actions()[-1].trigger()
    assert [c[0].id for c in deleted if isinstance(c[0], Conversation)] == [2]
    menu.hide()


def test_by_keys_the_button_stands_in_the_chosen_row_and_is_one_tab_away(
    listing: ChatList, qtbot: QtBot
) -> None:
    listing.activateWindow()
    listing.setFocus()
    qtbot.waitUntil(listing.hasFocus)
    assert listing.more_button.accessibleName() == "Actions for “One”"
    QTest.keyClick(listing, Qt.Key.Key_Down)
    assert listing.more_button.accessibleName() == "Actions for “Two”"
    QTest.keyClick(listing, Qt.Key.Key_Tab)
    assert listing.more_button.hasFocus()
    QTest.keyClick(listing.more_button, Qt.Key.Key_Space)
    [menu] = listing.findChildren(Menu)
    qtbot.waitUntil(menu.isVisible)
    menu.hide()
    listing.clearFocus()
    listing.more_button.clearFocus()
    assert not listing.more_button.isVisible()


def test_a_row_that_is_no_chat_has_no_button(listing: ChatList, qtbot: QtBot) -> None:
    listing.clearFocus()
    model = listing.model()
    shelf = listing.visualRect(model.index(model.rowCount() - 1, 0)).center()
    point_at(listing, spot(listing, 1))
    qtbot.waitUntil(listing.more_button.isVisible)
    point_at(listing, shelf)
    qtbot.waitUntil(lambda: not listing.more_button.isVisible())
