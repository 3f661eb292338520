"""The virtual list: what exists, what stays in its place, what follows the end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from assistant.domain.conversation import Message, MessageOutline, Role
from assistant.domain.ids import MessageId
from assistant.ui.chat.transcript.heights import HeightEstimate, HeightIndex
from assistant.ui.chat.transcript.reel import Reel
from assistant.ui.theme.theme import Theme
from tests.helpers.transcript_stand import Stand, answer, question

ESTIMATE = HeightEstimate(70, 26, 60, 40)


def long_chat(count: int) -> list[Message]:
    return [
        question(n, f"Question {n}") if n % 2 else answer(n, f"Answer {n}. " + "word " * (n % 90))
        for n in range(1, count + 1)
    ]


@given(
    st.lists(st.integers(0, 900), max_size=60),
    st.lists(st.tuples(st.integers(0, 59), st.integers(0, 900))),
    st.integers(0, 20_000),
)
def test_heights_agree_with_plain_sums(
    heights: list[int], changes: list[tuple[int, int]], y: int
) -> None:
    index = HeightIndex(heights)
    for row, height in changes:
        if row < len(heights):
            grown = index.set_height(row, height)
            assert grown == height - heights[row]
            heights[row] = height
    assert index.total == sum(heights)
    assert [index.offset(row) for row in range(len(heights) + 1)] == [
        sum(heights[:row]) for row in range(len(heights) + 1)
    ]
    row = index.row_at(y)
    if not heights:
        assert row == -1
    elif y < sum(heights):
        assert sum(heights[:row]) <= y < sum(heights[: row + 1])
    else:
        assert row == len(heights) - 1


@given(
    st.lists(st.integers(1, 4000), min_size=2, max_size=80),
    st.integers(0, 100_000),
    st.lists(st.tuples(st.integers(0, 79), st.integers(20, 2000), st.booleans()), max_size=30),
)
def test_corrections_never_move_a_message_that_begins_in_view(
    characters: list[int], top: int, corrections: list[tuple[int, int, bool]]
) -> None:
    reel = Reel()
    reel.set_items(
        [
            MessageOutline(MessageId(n), Role.ASSISTANT, size, (MessageId(n),))
            for n, size in enumerate(characters)
        ],
        ESTIMATE,
        {},
    )
    reel.set_view(600)
    reel.follow = False
    reel.scroll_to(top)
    for index, height, fresh in corrections:
        if index >= len(characters) or reel.follow:
            continue
        held = next((n for n in reel.in_view() if reel.offset(n) >= reel.top), None)
        if held is None or index == held or reel.offset(held) >= reel.top + reel.view:
            continue
        above = index < reel.in_view().start or (fresh and index < held)
        if not above and index < held:
            continue  # a message whose top is out of view grows downwards
        before = reel.offset(held) - reel.top
        reel.correct(index, height, fresh=fresh)
        if 0 < reel.top < reel.max_top:
            assert reel.offset(held) - reel.top == before


def test_only_what_is_near_exists(qtbot: QtBot, theme: Theme) -> None:
    stand = Stand(qtbot, theme, long_chat(10_000), (1040, 700))
    assert len(stand.view.stage.rows) < 60
    assert len(stand.source.asked) < 200
    assert 10_000 in stand.view.stage.rows
    bar = stand.view.stage.verticalScrollBar()
    for share in (0.1, 0.5, 0.9, 0.3):
        bar.setValue(round(bar.maximum() * share))
        stand.settle()
        qtbot.waitUntil(lambda: len(stand.view.stage.rows) < 60)


def test_a_chat_opens_at_its_end_and_follows_it(qtbot: QtBot, theme: Theme) -> None:
    stand = Stand(qtbot, theme, long_chat(40), (900, 600))
    assert stand.view.at_end
    stand.add(question(41, "one more\n" * 8))
    stand.settle()
    assert stand.view.at_end
    assert stand.row(41).y() + stand.row(41).height() <= stand.view.stage.viewport().height()


def test_who_reads_further_up_is_left_there(qtbot: QtBot, theme: Theme) -> None:
    stand = Stand(qtbot, theme, long_chat(60), (900, 600))
    stand.view.stage.go_to(2000)
    stand.settle()
    reel = stand.view.stage.reel
    first = reel.outlines[next(n for n in reel.in_view() if reel.offset(n) >= reel.top)].id
    before = stand.view.stage.rows[first].y()
    stand.add(question(61, "more\n" * 12))
    stand.view.begin_answer(MessageId(62))
    stand.add(answer(62, ""))
    for _ in range(30):
        stand.view.append_text(MessageId(62), "growing text, word by word\n\n")
        stand.view.flush()
    stand.settle()
    assert stand.view.stage.rows[first].y() == before
    jump = stand.view.jump_button
    assert jump.isVisible()
    QTest.mouseClick(jump, Qt.MouseButton.LeftButton)
    stand.settle()
    assert stand.view.at_end
    assert not jump.isVisible()


def test_scrolling_up_through_guessed_heights_moves_evenly(qtbot: QtBot, theme: Theme) -> None:
    stand = Stand(qtbot, theme, long_chat(300), (900, 600))
    reel = stand.view.stage.reel
    stand.view.stage.go_to(reel.total // 2)
    stand.settle()
    for _ in range(60):
        held = [
            (row.outline.id, row.y())
            for row in stand.view.stage.rows.values()
            if 40 <= row.y() <= 300
        ]
        stand.view.stage.go_to(reel.top - 80)
        stand.settle()
        for message_id, y in held:
            assert stand.view.stage.rows[message_id].y() == y + 80


def test_width_changes_keep_the_message_at_the_top(qtbot: QtBot, theme: Theme) -> None:
    stand = Stand(qtbot, theme, long_chat(200), (1040, 600))
    stand.view.stage.go_to(stand.view.stage.reel.total // 3)
    stand.settle()
    reel = stand.view.stage.reel
    first = reel.in_view().start
    stand.view.resize(620, 600)
    stand.settle()
    assert reel.in_view().start == first
    for row in stand.view.stage.rows.values():
        assert row.height() == row.lay_out()


def test_messages_that_stay_keep_their_widgets(qtbot: QtBot, theme: Theme) -> None:
    messages = long_chat(6)
    stand = Stand(qtbot, theme, messages, (900, 900))
    kept = stand.row(2)
    stand.view.set_messages([each for each in stand.view.outline if each.id != 5])
    stand.settle()
    assert stand.row(2) is kept
    assert MessageId(5) not in stand.view.stage.rows


def test_another_chat_forgets_the_first(qtbot: QtBot, theme: Theme) -> None:
    stand = Stand(qtbot, theme, long_chat(6), (900, 900))
    other = [question(101, "elsewhere"), answer(102, "yes")]
    stand.source.messages = {each.id: each for each in other}
    stand.view.set_messages([MessageOutline(m.id, m.role, 9, (m.id,)) for m in other])
    stand.settle()
    assert set(stand.view.stage.rows) == {101, 102}
    assert stand.view.message(MessageId(1)) is None


def test_an_empty_chat_shows_what_it_is_given(qtbot: QtBot, theme: Theme) -> None:
    stand = Stand(qtbot, theme, [], (900, 600))
    label = QLabel("Ask anything")
    stand.view.set_empty_widget(label)
    assert label.isVisible()
    stand.add(question(1))
    stand.settle()
    assert not label.isVisible()
    stand.view.clear()
    assert label.isVisible()


@pytest.mark.parametrize(
    ("key", "moves"),
    [
        (Qt.Key.Key_Up, -40),
        (Qt.Key.Key_Down, 40),
        (Qt.Key.Key_PageUp, -540),
        (Qt.Key.Key_PageDown, 540),
    ],
)
def test_keys_scroll(qtbot: QtBot, theme: Theme, key: Qt.Key, moves: int) -> None:
    stand = Stand(qtbot, theme, long_chat(80), (900, 600))
    stage = stand.view.stage
    stage.go_to(3000)
    stand.settle()
    before = stage.reel.top
    held = stage.reel.total
    QTest.keyClick(stage, key)
    stand.settle()
    assert stage.reel.top - before == moves + (stage.reel.total - held) * (moves < 0)


def test_home_and_end(qtbot: QtBot, theme: Theme) -> None:
    stand = Stand(qtbot, theme, long_chat(80), (900, 600))
    QTest.keyClick(stand.view.stage, Qt.Key.Key_Home)
    stand.settle()
    assert stand.row(1).y() == 0
    QTest.keyClick(stand.view.stage, Qt.Key.Key_End)
    stand.settle()
    assert stand.view.at_end


def test_tab_goes_through_the_messages_in_order(qtbot: QtBot, theme: Theme) -> None:
    messages = [question(1), answer(2, "see [this](https://a.org)"), question(3), answer(4)]
    stand = Stand(qtbot, theme, messages, (900, 900))
    stand.view.activateWindow()
    stand.view.stage.setFocus()
    qtbot.waitUntil(stand.view.stage.hasFocus)
    seen: list[int] = []
    for _ in range(60):
        focused = QApplication.focusWidget()
        assert focused is not None
        for number in (1, 2, 3, 4):
            row = stand.row(number)
            if (focused is row or row.isAncestorOf(focused)) and seen[-1:] != [number]:
                seen.append(number)
        assert focused.accessibleName() or focused.accessibleDescription() or focused.toolTip()
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert seen[:4] == [1, 2, 3, 4]


@pytest.mark.parametrize("size", [(1040, 700), (844, 500), (584, 380), (420, 300)])
def test_the_way_to_the_end_covers_nothing_that_is_read(
    qtbot: QtBot, theme: Theme, size: tuple[int, int]
) -> None:
    stand = Stand(qtbot, theme, [answer(n, "word " * 200) for n in range(1, 9)], size)
    stand.view.stage.go_to(0)
    jump = stand.view.jump_button
    qtbot.waitUntil(jump.isVisible)
    left, column = stand.view.stage.column()
    assert jump.x() >= left + column
    bar = stand.view.stage.verticalScrollBar()
    assert jump.geometry().right() < bar.mapTo(stand.view, bar.rect().topLeft()).x()
    assert jump.geometry().bottom() < stand.view.height()
    assert bool(jump.text()) is (size[0] > 1000)
    assert jump.accessibleName() == "Jump to latest"
