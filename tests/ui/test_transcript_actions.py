"""What can be done with messages: every wish, by mouse and by key; finding; states in words."""

import itertools
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from assistant.domain.conversation import (
    Feedback,
    FinishReason,
    MessageNumbers,
    MessageOutline,
    MessageStatus,
    Role,
)
from assistant.domain.ids import MessageId
from assistant.ui.chat.transcript.words import (
    PIN,
    UNPIN,
    numbers_line,
    spoken,
    state_note,
    writing_line,
)
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import IconButton
from tests.helpers.signals import record
from tests.helpers.transcript_stand import Stand, answer, outline, question

NUMBERS = MessageNumbers(300, 212, 400.0, 41.2)
FULL = answer(
    2,
    "The **answer**.",
    model="SmolLM2 135M",
    tier="small",
    route_reason="short factual question",
    numbers=NUMBERS,
    finish_reason=FinishReason.STOP,
)


def stand_of(qtbot: QtBot, theme: Theme) -> Stand:
    return Stand(qtbot, theme, [question(1, "first *line*\nsecond"), FULL], (900, 700))


def button(row: QWidget, name: str) -> IconButton:
    return next(each for each in row.findChildren(IconButton) if each.accessibleName() == name)


def test_the_numbers_in_words() -> None:
    assert spoken(numbers_line(FULL)) == (
        "41 tok/s · 212 tokens · first word 0.4 s · SmolLM2 135M · "
        "small: short factual question · stayed on this machine"
    )
    long = replace(FULL, finish_reason=FinishReason.LENGTH)
    assert "reached the length limit" in spoken(numbers_line(long))
    assert spoken(writing_line(38.2, 151)) == "Writing · 38 tok/s · 151 tokens"


@pytest.mark.parametrize(
    ("status", "reason", "says"),
    [
        (MessageStatus.STOPPED, FinishReason.CANCELLED, "Stopped. Continue"),
        (MessageStatus.INTERRUPTED, None, "Interrupted. Lamplight closed"),
        (MessageStatus.FAILED, FinishReason.ERROR, "No memory left. Continue to pick up"),
        (MessageStatus.COMPLETE, FinishReason.LENGTH, "Reached the length limit. Continue"),
    ],
)
def test_states_say_what_to_do(
    qtbot: QtBot, theme: Theme, status: MessageStatus, reason: FinishReason | None, says: str
) -> None:
    error = "No memory left." if status is MessageStatus.FAILED else ""
    one = replace(FULL, status=status, finish_reason=reason, error=error)
    stand = Stand(qtbot, theme, [one], (900, 600))
    note = stand.answer(2).note
    assert note is not None
    assert note.isVisible()
    assert note.text().startswith(says)
    stand.view.provide([FULL])
    assert not note.isVisible()
    assert state_note(FULL) is None


@pytest.mark.parametrize("status", [MessageStatus.STOPPED, MessageStatus.INTERRUPTED])
def test_an_answer_without_a_word_is_not_offered_to_be_continued(status: MessageStatus) -> None:
    note = state_note(replace(FULL, content="", status=status))
    assert note is not None
    assert (note.title, note.hint) == (
        "Stopped before the first word",
        "Regenerate answers the question.",
    )


@pytest.mark.parametrize(
    ("name", "signal"),
    [
        ("Regenerate", "regenerate_requested"),
        ("Branch into a new chat", "branch_requested"),
        ("Continue", "continue_requested"),
        ("Delete", "delete_requested"),
    ],
)
def test_wishes_carry_the_message(qtbot: QtBot, theme: Theme, name: str, signal: str) -> None:
    stand = stand_of(qtbot, theme)
    wishes = record(getattr(stand.view.asks, signal))
    QTest.mouseClick(button(stand.row(2), name), Qt.MouseButton.LeftButton)
    assert wishes == [(2,)]


def test_copy_takes_the_markdown_source(qtbot: QtBot, theme: Theme) -> None:
    stand = stand_of(qtbot, theme)
    copy = button(stand.row(2), "Copy")
    QTest.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == "The **answer**."
    assert copy.accessibleName() == "Copied"
    qtbot.waitUntil(lambda: copy.accessibleName() == "Copy")


def test_thumbs_exclude_each_other_and_can_be_taken_back(qtbot: QtBot, theme: Theme) -> None:
    stand = stand_of(qtbot, theme)
    heard = record(stand.view.asks.feedback_changed)
    up, down = (button(stand.row(2), name) for name in ("Good answer", "Bad answer"))
    for thumb in (up, down, down):
        QTest.mouseClick(thumb, Qt.MouseButton.LeftButton)
    assert heard == [(2, Feedback.UP), (2, Feedback.DOWN), (2, Feedback.NONE)]
    assert not up.isChecked()
    assert not down.isChecked()
    stand.view.provide([replace(FULL, feedback=Feedback.UP)])
    assert up.isChecked()


@pytest.mark.parametrize("number", [1, 2])
def test_a_message_is_pinned_and_says_so(qtbot: QtBot, theme: Theme, number: int) -> None:
    stand = stand_of(qtbot, theme)
    row = stand.row(number)
    row.setFocus(Qt.FocusReason.TabFocusReason)
    heard = record(stand.view.asks.pin_requested)
    pin = button(row, PIN)
    assert pin in row.focus_chain()
    for _ in range(2):
        QTest.mouseClick(pin, Qt.MouseButton.LeftButton)
    assert heard == [(number, True), (number, False)]
    stand.view.stage.setFocus()
    QApplication.sendEvent(row, QEvent(QEvent.Type.Leave))
    message = stand.source.messages[MessageId(number)]
    stand.view.provide([replace(message, pinned=True)])
    assert pin.isVisible(), "also where the actions come and go"
    assert (pin.isChecked(), pin.accessibleName()) == (True, UNPIN)
    stand.view.provide([message])
    assert (pin.isChecked(), pin.accessibleName()) == (False, PIN)
    assert pin.isVisible() is (number == 2)


def test_actions_that_do_not_fit_go_on_in_another_line(qtbot: QtBot, theme: Theme) -> None:
    theme.set(text_size=24)
    stand = Stand(qtbot, theme, [question(1), FULL], (584, 500))
    first, second = stand.view.outline
    stand.view.set_messages([first, replace(second, versions=(MessageId(7), MessageId(2)))])
    row = stand.answer(2)
    actions = row.action_row
    assert actions is not None
    shown = actions.buttons()
    assert len(shown) > 8
    for each in shown:
        assert actions.rect().contains(each.geometry())
    for one, two in itertools.combinations(shown, 2):
        assert not one.geometry().intersects(two.geometry())
    assert actions.geometry().bottom() < row.height()


def test_versions(qtbot: QtBot, theme: Theme) -> None:
    stand = stand_of(qtbot, theme)
    versions = (MessageId(7), MessageId(2), MessageId(8))
    first, second = stand.view.outline
    stand.view.set_messages([first, replace(second, versions=versions)])
    later = button(stand.row(2), "Later version")
    earlier = button(stand.row(2), "Earlier version")
    heard = record(stand.view.asks.version_requested)
    QTest.mouseClick(later, Qt.MouseButton.LeftButton)
    QTest.mouseClick(earlier, Qt.MouseButton.LeftButton)
    assert heard == [(8,), (7,)]
    stand.view.set_messages([first, replace(second, versions=(MessageId(2),))])
    assert not later.isVisible()


def test_a_question_is_shown_as_typed_and_edited_in_its_place(qtbot: QtBot, theme: Theme) -> None:
    stand = stand_of(qtbot, theme)
    assert stand.shown(1) == "first *line*\nsecond"
    stand.view.edit(MessageId(1))
    editor = stand.row(1).editor
    assert editor is not None
    qtbot.waitUntil(editor.field.hasFocus)
    editor.field.setPlainText("changed")
    sent = record(stand.view.asks.edit_submitted)
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    assert sent == [(1, "changed")]
    assert stand.row(1).editor is None
    assert stand.texts(1)[0].isVisible()


def test_escape_leaves_a_message_as_it_was(qtbot: QtBot, theme: Theme) -> None:
    stand = stand_of(qtbot, theme)
    QTest.mouseClick(button(stand.row(2), "Edit"), Qt.MouseButton.LeftButton)
    editor = stand.answer(2).editor
    assert editor is not None
    assert editor.field.toPlainText() == FULL.content
    before = stand.row(2).height()
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    assert stand.answer(2).editor is editor, "Enter adds a line to an answer"
    with qtbot.assertNotEmitted(stand.view.asks.edit_submitted):
        QTest.keyClick(editor.field, Qt.Key.Key_Escape)
    assert stand.answer(2).editor is None
    assert stand.answer(2).body.isVisible()
    assert stand.row(2).height() != before or before > 0


def test_a_pasted_wall_is_folded(qtbot: QtBot, theme: Theme) -> None:
    wall = "\n".join(f"line {n}" for n in range(400))
    stand = Stand(qtbot, theme, [question(1, wall)], (900, 700))
    assert "line 300" not in stand.shown(1)
    fold = next(each for each in stand.row(1).focus_chain() if each is not stand.row(1))
    QTest.mouseClick(fold, Qt.MouseButton.LeftButton)
    assert stand.shown(1) == wall


def test_the_actions_of_a_question_come_with_the_focus(qtbot: QtBot, theme: Theme) -> None:
    stand = stand_of(qtbot, theme)
    stand.view.activateWindow()
    stand.view.stage.setFocus()
    qtbot.waitUntil(stand.view.stage.hasFocus)
    QApplication.sendEvent(stand.row(1), QEvent(QEvent.Type.Leave))
    stand.row(1).setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: button(stand.row(1), "Edit").isVisible())
    stand.row(2).setFocus(Qt.FocusReason.TabFocusReason)
    assert not button(stand.row(1), "Edit").isVisible()


def test_an_answer_is_written(qtbot: QtBot, theme: Theme) -> None:
    stand = stand_of(qtbot, theme)
    new = answer(3, "")
    stand.add(new)
    stand.view.begin_answer(new.id)
    stand.view.set_progress(new.id, reading=0.6)
    row = stand.answer(3)
    assert row.words.accessibleName() == "Reading · 60 %"
    for word in ["It", "**is**", "`so`."]:
        stand.view.append_text(new.id, word + " ")
    stand.view.set_progress(new.id, tokens_per_second=38.0, tokens=3)
    qtbot.waitUntil(lambda: stand.shown(3).strip() == "It is so.")
    assert row.writing
    assert row.words.accessibleName() == "Writing · 38 tok/s · 3 tokens"
    done = replace(new, content="It **is** `so`. ", numbers=NUMBERS, model="M")
    stand.view.finish_answer(done)
    assert not row.writing
    assert not row.words.isVisible()
    assert button(row, "Regenerate").isVisible()
    numbers = row.action_row.numbers if row.action_row else None
    assert numbers is not None
    before = row.height()
    QTest.mouseClick(numbers, Qt.MouseButton.LeftButton)
    assert row.words.isVisible()
    assert row.height() == before + 20


def test_a_continued_answer_keeps_what_it_says(qtbot: QtBot, theme: Theme) -> None:
    stand = stand_of(qtbot, theme)
    stand.view.begin_answer(FULL.id, FULL.content)
    stand.view.append_text(FULL.id, " And on.")
    stand.view.flush()
    assert stand.shown(2) == "The answer. And on."


def test_a_theme_restyles_at_once_and_keeps_a_stream(qtbot: QtBot, theme: Theme) -> None:
    stand = stand_of(qtbot, theme)
    stand.add(answer(3, ""))
    stand.view.begin_answer(MessageId(3))
    stand.view.append_text(MessageId(3), "some **words** so far")
    stand.view.flush()
    height = stand.row(2).height()
    theme.set(mode="dark", text_size=22)
    stand.settle()
    assert stand.row(2).height() > height
    assert stand.shown(3) == "some words so far"
    page = stand.view.grab().toImage().pixelColor(3, 3)
    assert page.name().upper() == theme.tokens.page
    stand.view.append_text(MessageId(3), " and on")
    stand.view.flush()
    assert stand.shown(3) == "some words so far and on"


def test_find_counts_jumps_and_marks(qtbot: QtBot, theme: Theme) -> None:
    chat = [question(n, "plain") if n % 2 else answer(n, f"word {n} Word") for n in range(1, 201)]
    stand = Stand(qtbot, theme, chat, (900, 600))
    stand.view.stage.go_to(0)
    stand.settle()
    stand.view.open_find()
    bar = stand.view.find_bar
    found = record(stand.view.found)
    QTest.keyClicks(bar.field, "word")
    qtbot.waitUntil(lambda: bar.words.text() == "1 of 200")
    assert found[-1] == (200,)
    marked = stand.texts(2)[0].extraSelections()
    assert [each.cursor.selectedText() for each in marked] == ["word", "Word"]
    QTest.keyClick(bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: MessageId(200) in stand.view.stage.rows)
    stand.settle()
    assert bar.words.text() == "200 of 200"
    last = stand.row(200)
    assert 0 <= last.y() <= stand.view.stage.viewport().height()
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    stand.settle()
    assert bar.words.text() == "1 of 200"
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert stand.texts(2)[0].extraSelections() == []


def test_the_search_covers_no_match_and_moves_nothing_that_is_read(
    qtbot: QtBot, theme: Theme
) -> None:
    chat = [question(1, "the needle"), *(answer(n, "words " * 200) for n in range(2, 9))]
    stand = Stand(qtbot, theme, chat, (900, 600))
    stand.view.stage.go_to(900)
    stand.settle()
    first = stand.view.stage.reel.outlines[stand.view.stage.reel.in_view().start].id
    row = stand.row(first)
    before = row.mapTo(stand.view, row.rect().topLeft())
    stand.view.open_find()
    assert row.mapTo(stand.view, row.rect().topLeft()) == before
    stand.view.find_bar.field.setText("needle")
    qtbot.waitUntil(lambda: stand.view.find_bar.words.text() == "1 of 1")
    stand.settle()
    (found,) = stand.texts(1)[0].extraSelections()
    text = stand.texts(1)[0]
    spot = text.cursorRect(found.cursor)
    there = spot.translated(text.text_widget().mapTo(stand.view, spot.topLeft()) - spot.topLeft())
    assert stand.view.rect().contains(there)
    assert there.top() > stand.view.find_bar.geometry().bottom()
    stand.view.close_find()
    assert stand.view.stage.geometry() == stand.view.rect()


def test_jumping_to_a_message_marks_its_words(qtbot: QtBot, theme: Theme) -> None:
    chat = [answer(n, f"words of {n}, some words") for n in range(1, 301)]
    stand = Stand(qtbot, theme, chat, (900, 600))
    stand.view.scroll_to(MessageId(40), ("some",))
    stand.settle()
    row = stand.row(40)
    assert 0 <= row.y() <= stand.view.stage.viewport().height() - 40
    assert len(stand.texts(40)[0].extraSelections()) == 1
    assert stand.texts(41)[0].extraSelections() == []
    stand.view.scroll_to(MessageId(999))
    assert stand.row(40).y() == row.y()


def test_a_late_answer_to_an_older_search_is_dropped(qtbot: QtBot, theme: Theme) -> None:
    stand = stand_of(qtbot, theme)
    stand.view.find_text("answer")
    with qtbot.assertNotEmitted(stand.view.found):
        stand.view.provide_hits("older", [])


def test_every_control_has_a_name(qtbot: QtBot, theme: Theme) -> None:
    stand = stand_of(qtbot, theme)
    stand.row(1).setFocus(Qt.FocusReason.TabFocusReason)
    for number in (1, 2):
        chain = stand.row(number).focus_chain()
        assert len(chain) > 1
        assert [each.accessibleName() for each in chain if not each.accessibleName()] == []


def test_messages_out_of_view_can_be_written(qtbot: QtBot, theme: Theme) -> None:
    chat = [answer(n, "text " * 60) for n in range(1, 120)]
    stand = Stand(qtbot, theme, chat, (900, 600))
    new = answer(120, "")
    stand.source.messages[new.id] = new
    stand.view.begin_answer(new.id)
    entry = MessageOutline(new.id, Role.ASSISTANT, 0, (new.id,))
    stand.view.set_messages([*outline(chat), entry])
    stand.view.stage.go_to(0)
    stand.settle()
    qtbot.waitUntil(lambda: new.id not in stand.view.stage.rows)
    stand.view.append_text(new.id, "written **meanwhile**")
    stand.view.flush()
    stand.view.scroll_to_end()
    stand.settle()
    assert stand.shown(120) == "written meanwhile"
