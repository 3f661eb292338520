"""A chat whose first messages are summed up says so, and shows the summary to be changed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from assistant.domain.conversation import Summary
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ConversationId
from assistant.services.history import Changes
from assistant.services.jobs import Job
from assistant.ui.chat.summary import SummaryDialog
from assistant.ui.chat.summary_bar import SummaryBar, summed_up_words
from assistant.ui.theme.theme import Theme
from tests.helpers.desk import STORE_S, Sat, leave, saying, sit_down

LONG = " ".join(f"River {n} is {n * 7} miles long." for n in range(150))
"""About a thousand tokens of a scripted engine that reads 4,096."""
WORDS = "They spoke of rivers."
IN_USE = "The first 2 messages are summed up for the model"
SWITCHED_OFF = "The first 2 messages have a summary that is switched off"


@pytest.fixture
def sat(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Sat]:
    """A chat of four messages."""
    made = sit_down(qtbot, theme, tmp_path / "p", saying("It is 3.", "It is 4."))
    made.ask("What is the mean of 2 and 4?")
    made.ask("And of 3 and 5?")
    yield made
    leave(made)


def line(sat: Sat) -> SummaryBar:
    return sat.desk.room.place.summary


def kept(sat: Sat, chat: ConversationId | None = None) -> Summary | None:
    return sat.desk.core.chat.summaries.of(chat or sat.chat.id).result(STORE_S)


def sum_up(sat: Sat, words: str = WORDS, messages: int = 2) -> None:
    """Keeps a summary of the first messages, as the services do."""
    core, chat = sat.desk.core, sat.chat.id
    upto = sat.desk.room.session.outline[messages - 1].id

    def work() -> None:
        core.history.repository(chat).summaries.keep(Summary(chat, upto, words))
        core.history.announce(Changes(frozenset({chat})))

    core.workers.on_store(work).result(STORE_S)
    sat.settle()


def forget_first(sat: Sat) -> None:
    """Deletes the oldest message; its summary goes with it."""
    chat, first = sat.chat.id, sat.desk.room.session.outline[0].id
    sat.desk.core.history.delete_message(chat, first).result(STORE_S)


def opened(sat: Sat) -> SummaryDialog:
    """Presses the line by Enter, and waits for what opens."""
    sat.bot.waitUntil(lambda: bool(line(sat).words))
    line(sat).setFocus()
    QTest.keyClick(line(sat), Qt.Key.Key_Return)
    [dialog] = sat.desk.window.findChildren(SummaryDialog)
    sat.bot.waitUntil(lambda: QApplication.focusWidget() is dialog.text)
    return dialog


def retype(dialog: SummaryDialog, words: str) -> None:
    dialog.text.selectAll()
    QTest.keyClicks(dialog.text, words)


def notes(dialog: SummaryDialog) -> list[QLabel]:
    return [each for each in dialog.findChildren(QLabel) if each.isVisible() and each.wordWrap()]


def said(dialog: SummaryDialog) -> str:
    return " ".join(label.text() for label in notes(dialog))


def gone(sat: Sat) -> bool:
    return not sat.desk.window.findChildren(SummaryDialog)


def test_the_line_comes_when_a_summary_was_made_meanwhile(
    qtbot: QtBot, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.services.summing_up.LEAST_PARAMETERS", 1)
    sat = sit_down(qtbot, theme, tmp_path / "p", saying(LONG, LONG, LONG, WORDS))
    try:
        for question in ("One?", "Two?"):
            sat.ask(question)
            assert line(sat).words == ""
        sat.ask("Three?")
        qtbot.waitUntil(lambda: bool(line(sat).words))
        assert line(sat).words == "The first 4 messages are summed up for the model"
        assert line(sat).isVisible()
        summary = kept(sat)
        assert summary is not None
        assert summary.content == WORDS
    finally:
        leave(sat)


def test_it_is_there_in_its_own_chat_only(sat: Sat) -> None:
    room, chat = sat.desk.room, sat.chat.id
    assert line(sat).words == ""
    sum_up(sat)
    sat.bot.waitUntil(lambda: line(sat).words == IN_USE)
    room.new_chat()
    sat.bot.waitUntil(lambda: room.session.id is None)
    assert line(sat).words == ""
    room.open(chat)
    sat.bot.waitUntil(lambda: line(sat).words == IN_USE)


def test_it_goes_when_a_message_of_it_is_deleted(sat: Sat) -> None:
    sum_up(sat)
    sat.bot.waitUntil(lambda: line(sat).words == IN_USE)
    forget_first(sat)
    sat.bot.waitUntil(lambda: line(sat).words == "")


def test_a_summary_that_is_not_read_in_this_branch_is_not_told(sat: Sat) -> None:
    sum_up(sat, messages=4)
    sat.bot.waitUntil(lambda: kept(sat) is not None)
    sat.settle()
    assert line(sat).words == "", "nothing follows the messages that it stands for"
    sat.ask("And of 5 and 7?")
    sat.bot.waitUntil(lambda: line(sat).words != "")
    assert line(sat).words == summed_up_words(4, in_use=True)


def test_it_is_reached_and_left_by_the_keyboard(sat: Sat) -> None:
    sum_up(sat)
    sat.bot.waitUntil(lambda: line(sat).isVisible())
    bar = sat.desk.room.place.bar
    bar.panel_button.setFocus()
    QTest.keyClick(bar.panel_button, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is line(sat)
    assert line(sat).accessibleName() == IN_USE

    dialog = opened(sat)
    assert dialog.text.toPlainText() == WORDS
    stops: list[QWidget] = []
    for _ in range(3):
        focused = QApplication.focusWidget()
        assert focused is not None
        stops.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert stops == [dialog.text, dialog.use, dialog.close_button]
    names = [dialog.text.accessibleName(), dialog.use.accessibleName(), dialog.windowTitle()]
    assert all(names)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    sat.bot.waitUntil(lambda: gone(sat))
    assert sat.desk.window.focusWidget() is line(sat)


def test_a_click_opens_it_and_close_changes_nothing(sat: Sat) -> None:
    sum_up(sat)
    sat.bot.waitUntil(lambda: line(sat).isVisible())
    QTest.mouseClick(line(sat), Qt.MouseButton.LeftButton)
    [dialog] = sat.desk.window.findChildren(SummaryDialog)
    retype(dialog, "Other words")
    dialog.close_button.click()
    sat.bot.waitUntil(lambda: gone(sat))
    summary = kept(sat)
    assert summary is not None
    assert summary.content == WORDS
    assert sat.desk.window.focusWidget() is line(sat)


def test_its_words_can_be_changed(sat: Sat) -> None:
    sum_up(sat)
    dialog = opened(sat)
    assert not dialog.save.isEnabled(), "nothing was changed"
    dialog.text.clear()
    assert not dialog.save.isEnabled(), "without words there is nothing to read"
    retype(dialog, "They counted.")
    QTest.keyClick(dialog.save, Qt.Key.Key_Return)
    sat.bot.waitUntil(lambda: gone(sat))
    summary = kept(sat)
    assert summary is not None
    assert (summary.content, summary.in_use) == ("They counted.", True)
    assert opened(sat).text.toPlainText() == "They counted."


def test_it_can_be_switched_off_and_stays_so_when_its_words_change(sat: Sat) -> None:
    sum_up(sat)
    dialog = opened(sat)
    assert dialog.use.isChecked()
    QTest.keyClick(dialog.use, Qt.Key.Key_Space)
    sat.bot.waitUntil(lambda: line(sat).words == SWITCHED_OFF)
    assert "Switched off:" in said(dialog)
    retype(dialog, "They counted.")
    dialog.save.click()
    sat.bot.waitUntil(lambda: gone(sat))
    summary = kept(sat)
    assert summary is not None
    assert (summary.content, summary.in_use) == ("They counted.", False)
    again = opened(sat)
    assert not again.use.isChecked()
    again.use.click()
    sat.bot.waitUntil(lambda: line(sat).words == IN_USE)


def test_what_can_not_be_stored_is_told_and_no_word_is_lost(sat: Sat) -> None:
    sum_up(sat)
    dialog = opened(sat)
    retype(dialog, "They counted.")
    forget_first(sat)
    toasts = sat.desk.window.toasts
    dialog.save.click()
    sat.bot.waitUntil(lambda: len(toasts.toasts()) == 1)
    assert "no summary any more" in toasts.toasts()[0].accessibleName()
    assert dialog.isVisible()
    assert dialog.text.toPlainText() == "They counted."
    assert dialog.save.isEnabled()


def test_a_switch_that_can_not_be_stored_goes_back(
    sat: Sat, monkeypatch: pytest.MonkeyPatch
) -> None:
    sum_up(sat)
    dialog = opened(sat)
    core = sat.desk.core

    def work() -> Summary:
        raise UserFacingError("The disk is full.", "Make room.", code="disk_full")

    def change(*_: object, **__: object) -> Job[Summary]:
        return core.workers.on_store(work)

    monkeypatch.setattr(core.chat.summaries, "change", change)
    QTest.keyClick(dialog.use, Qt.Key.Key_Space)
    assert not dialog.use.isChecked()
    sat.bot.waitUntil(dialog.use.isChecked)
    sat.bot.waitUntil(lambda: len(sat.desk.window.toasts.toasts()) == 1)
    assert line(sat).words == IN_USE


def test_a_newer_summary_does_not_take_words_away_that_are_being_written(sat: Sat) -> None:
    sum_up(sat)
    dialog = opened(sat)
    sum_up(sat, "They spoke of seas.")
    sat.bot.waitUntil(lambda: dialog.text.toPlainText() == "They spoke of seas.")
    retype(dialog, "My own words")
    sum_up(sat, "They spoke of lakes.", messages=3)
    sat.bot.waitUntil(lambda: line(sat).words == summed_up_words(3, in_use=True))
    assert dialog.text.toPlainText() == "My own words"
    assert "A newer summary was made meanwhile." in said(dialog)
    lowest = max(label.geometry().bottom() for label in notes(dialog))
    assert lowest < dialog.save.geometry().top()
    for label in notes(dialog):
        assert not label.geometry().intersects(dialog.text.geometry())


def test_leaving_the_chat_closes_it(sat: Sat) -> None:
    sum_up(sat)
    opened(sat)
    sat.desk.room.new_chat()
    sat.bot.waitUntil(lambda: gone(sat))


@pytest.mark.parametrize(
    ("messages", "in_use", "words"),
    [
        (1, True, "The first message is summed up for the model"),
        (2, True, IN_USE),
        (1_200, True, "The first 1,200 messages are summed up for the model"),
        (1, False, "The first message has a summary that is switched off"),
        (2, False, SWITCHED_OFF),
    ],
)
def test_it_is_said_how_many_messages_it_stands_for(
    messages: int, words: str, *, in_use: bool
) -> None:
    assert summed_up_words(messages, in_use=in_use) == words


def test_a_long_line_never_widens_the_window(sat: Sat) -> None:
    before = sat.desk.window.minimumSizeHint().width()
    line(sat).say(WORDS * 40)
    assert line(sat).seen_words.endswith("…")
    assert sat.desk.window.minimumSizeHint().width() == before


@pytest.mark.parametrize("in_use", [True, False])
def test_words_that_fit_are_not_cut(sat: Sat, *, in_use: bool) -> None:
    for messages in range(1, 60):
        words = summed_up_words(messages, in_use=in_use)
        line(sat).say(words)
        assert line(sat).seen_words == words
