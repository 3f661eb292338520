"""The page of the log: what belongs together stands together, and each connection can be seen."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from assistant.domain.connection import Connection, ConnectionOutcome, Purpose
from assistant.services.connections import NetworkState
from assistant.ui.library.connections.groups import grouped
from assistant.ui.library.connections.log_model import MEANINGS, ConnectionsModel
from assistant.ui.library.connections.page import ConnectionsPage
from assistant.ui.theme.theme import Theme

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DONE, OPEN, STOPPED = (
    ConnectionOutcome.DONE,
    ConnectionOutcome.OPEN,
    ConnectionOutcome.STOPPED,
)


def of(
    minute: int,
    host: str = "huggingface.co",
    purpose: Purpose = Purpose.SEARCH,
    outcome: ConnectionOutcome = DONE,
    why: str = "A search for models",
) -> Connection:
    return Connection(NOON + timedelta(minutes=minute), host, purpose, why, 10, 100, outcome)


KNOWN = (
    of(9, "cdn.hf.co", Purpose.DOWNLOAD, OPEN, "Phi"),
    of(8, "cdn.hf.co", Purpose.DOWNLOAD, OPEN, "Qwen"),
    of(7),
    of(6, "cdn.hf.co", Purpose.DOWNLOAD, STOPPED, "Phi"),
    of(5, why="Phi"),
    of(4),
    of(-3000),
)


def spoken(rows: ConnectionsModel) -> list[str]:
    role = Qt.ItemDataRole.AccessibleTextRole
    return [str(rows.data(rows.index(row), role)) for row in range(rows.rowCount())]


def shown(qtbot: QtBot, theme: Theme) -> ConnectionsPage:
    page = ConnectionsPage(theme)
    qtbot.addWidget(page)
    page.resize(900, 600)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    state = NetworkState(offline=True, sealed=False, made=len(KNOWN), last=KNOWN[0])
    page.show_log(state, KNOWN)
    return page


def test_what_goes_on_stands_alone_and_the_rest_by_day_host_purpose_and_end() -> None:
    groups = grouped(KNOWN)
    assert [len(group.members) for group in groups] == [1, 1, 3, 1, 1]
    searched = groups[2]
    assert (searched.why, searched.received_bytes) == ("A search for models and 1 more", 300)
    assert sum(len(group.members) for group in groups) == len(KNOWN), "nothing is left out"


def test_a_group_opens_and_stays_open_when_more_comes(qtmodeltester: ModelTester) -> None:
    rows = ConnectionsModel()
    rows.show_connections(KNOWN)
    assert spoken(rows)[2].startswith("huggingface.co, 3 connections, ")
    assert spoken(rows)[2].endswith("300 bytes in, 30 bytes out, Done, Enter: show each")
    assert "Stopped" in spoken(rows)[3]
    rows.toggle(rows.index(2))
    assert rows.rowCount() == 8
    assert spoken(rows)[2].endswith("Enter: hide each")
    assert ["huggingface.co, Search: " in words for words in spoken(rows)[3:6]] == [True] * 3
    rows.show_connections((of(10), *KNOWN))
    assert rows.rowCount() == 9
    assert spoken(rows)[0].startswith("huggingface.co, 4 connections")
    rows.toggle(rows.index(0))
    assert rows.rowCount() == 5
    rows.toggle(rows.index(1))
    assert rows.rowCount() == 5, "one alone has nothing to show"
    qtmodeltester.check(rows)  # pyright: ignore[reportUnknownMemberType] - it has no types


def test_the_keys_open_a_group_and_are_seen(qtbot: QtBot, theme: Theme) -> None:
    page = shown(qtbot, theme)
    table = page.list
    plain = table.grab().toImage()
    table.setFocus(Qt.FocusReason.TabFocusReason)
    lit = table.grab().toImage()
    assert amber(lit, theme) > amber(plain, theme) + 100, "the row with the keys has a ring"
    for _ in range(2):
        QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert table.rows.rowCount() == 8
    assert table.currentIndex().row() == 2
    state = NetworkState(offline=True, sealed=False, made=8, last=KNOWN[0])
    page.show_log(state, (of(11, "other.co"), *KNOWN))
    assert table.currentIndex().row() == 3, "the keys stay on the row that they were on"


def test_the_page_follows_the_keys(qtbot: QtBot, theme: Theme) -> None:
    page = shown(qtbot, theme)
    many = tuple(of(-at, f"host{at}.co") for at in range(40))
    state = NetworkState(offline=True, sealed=False, made=40, last=many[0])
    page.show_log(state, many)
    page.list.setFocus(Qt.FocusReason.TabFocusReason)
    bar = page.scroller.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 1000)
    QTest.keyClick(page.list, Qt.Key.Key_End)
    assert page.list.currentIndex().row() == 39
    assert bar.value() > 1000


@pytest.mark.parametrize("outcome", list(ConnectionOutcome))
def test_each_end_says_what_it_means(outcome: ConnectionOutcome) -> None:
    rows = ConnectionsModel()
    rows.show_connections([of(0, outcome=outcome)])
    assert rows.data(rows.index(0), Qt.ItemDataRole.ToolTipRole) == MEANINGS[outcome]


def amber(image: QImage, theme: Theme) -> int:
    """How many points have the colour of the focus."""
    wanted = theme.color("lampline").rgb()
    return sum(
        image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height())
    )
