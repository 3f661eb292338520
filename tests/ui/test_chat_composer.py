"""The composer: its keys, its growth, its words, and what is put into it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ModelId
from assistant.domain.model import ModelFormat, ModelInfo, ModelState, ModelStatus
from assistant.ui.chat.attachments import LARGEST_BYTES, quoted, read_quoted
from assistant.ui.chat.composer import Composer, model_words
from assistant.ui.chat.composer_text import MOST_LINES
from assistant.ui.chat.empty import TRIES, EmptyChat
from assistant.ui.chat.panel.context import left_out_words, usage_words
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.chip import Chip
from tests.helpers.signals import record

MODEL = ModelInfo(
    id=ModelId("m"),
    name="Phi-3.5 mini",
    format=ModelFormat.GGUF,
    architecture="phi3",
    parameters=3_800_000_000,
    quantization="Q4_K_M",
    size_bytes=2_400_000_000,
    context_length=4096,
    licence="MIT",
    sha256="0" * 64,
    tier="medium",
)


@pytest.fixture
def composer(qtbot: QtBot, theme: Theme) -> Composer:
    made = Composer(theme)
    qtbot.addWidget(made)
    made.resize(680, 90)
    made.show()
    made.field.setFocus()
    return made


def test_enter_sends_and_shift_enter_adds_a_line(composer: Composer) -> None:
    sent = record(composer.send_requested)
    QTest.keyClicks(composer.field, "one")
    QTest.keyClick(composer.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(composer.field, "two")
    QTest.keyClick(composer.field, Qt.Key.Key_Return)
    assert sent == [("one\ntwo",)]


def test_where_enter_adds_a_line_ctrl_enter_sends(composer: Composer) -> None:
    composer.field.enter_sends = False
    sent = record(composer.send_requested)
    QTest.keyClicks(composer.field, "one")
    QTest.keyClick(composer.field, Qt.Key.Key_Return)
    assert sent == []
    QTest.keyClick(composer.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert sent == [("one\n",)]


def test_nothing_is_sent_from_an_empty_field(composer: Composer) -> None:
    sent = record(composer.send_requested)
    assert not composer.send.isEnabled()
    composer.set_text("   \n ")
    QTest.keyClick(composer.field, Qt.Key.Key_Return)
    assert sent == []


def test_up_asks_for_the_last_message_only_in_an_empty_field(composer: Composer) -> None:
    asked = record(composer.field.edit_last_requested)
    QTest.keyClick(composer.field, Qt.Key.Key_Up)
    composer.set_text("words")
    QTest.keyClick(composer.field, Qt.Key.Key_Up)
    assert len(asked) == 1


def test_it_grows_to_eight_lines_and_no_further(composer: Composer) -> None:
    heights: list[int] = []
    for lines in (1, 2, MOST_LINES, MOST_LINES + 1, 40):
        composer.set_text("\n".join(["line"] * lines))
        heights.append(composer.field.height())
    assert heights[0] < heights[1] < heights[2]
    assert heights[2] == heights[3] == heights[4]


def test_a_large_paste_is_taken_whole(composer: Composer) -> None:
    data = QMimeData()
    data.setText("0123456789abcde\n" * 12_500 + "\0end")
    composer.field.insertFromMimeData(data)
    assert len(composer.text) == 200_003
    assert composer.text.endswith("end")


def test_formatted_text_is_pasted_as_plain_text(composer: Composer) -> None:
    data = QMimeData()
    data.setHtml("<b>bold</b>")
    data.setText("bold")
    composer.field.insertFromMimeData(data)
    assert composer.text == "bold"


def test_send_turns_into_stop_and_back(composer: Composer) -> None:
    composer.set_writing(writing=True)
    assert composer.send.isHidden()
    assert not composer.stop.isHidden()
    stopped = record(composer.stop_requested)
    composer.stop.click()
    assert len(stopped) == 1
    composer.set_writing(writing=False)
    assert composer.stop.isHidden()


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (ModelStatus(ModelState.NONE), "Choose a model"),
        (ModelStatus(ModelState.LOADING, MODEL, 0.62), "Loading · Phi-3.5 mini · 62 %"),
        (ModelStatus(ModelState.READY, MODEL), "Ready · Phi-3.5 mini"),
        (ModelStatus(ModelState.NOT_FOUND, MODEL), "Not found · Phi-3.5 mini"),
    ],
)
def test_the_picker_says_its_state_in_words(
    composer: Composer, status: ModelStatus, words: str
) -> None:
    assert model_words(status) == words
    composer.set_model(status)
    assert composer.model.accessibleName() == f"Model: {words}"


def test_the_meter_says_how_full_the_context_is(composer: Composer) -> None:
    assert composer.usage_words == ""
    composer.set_usage(1270, 4096)
    assert composer.usage_words == "Context 31 % of 4,096"
    composer.set_usage(None, 0)
    assert composer.usage_words == ""


def test_what_is_left_out_is_said() -> None:
    assert left_out_words(0) == ""
    assert left_out_words(1).startswith("The oldest message is not read any more")
    assert left_out_words(12).startswith("The oldest 12 messages are not read any more")
    assert usage_words(1024, 4096) == "1,024 of 4,096 tokens are used, 25 %."


@pytest.mark.parametrize("used", [4096, 5000])
def test_a_full_context_says_what_the_next_answer_does(composer: Composer, used: int) -> None:
    composer.set_usage(used, 4096)
    assert composer.usage_words == "Context 100 % of 4,096"
    said = usage_words(used, 4096)
    assert said == (
        f"This chat takes {used:,} tokens and the model reads 4,096 at once: "
        "the next answer is written without the oldest messages. Pinned ones stay."
    )
    told = [each.toolTip() for each in composer.findChildren(QWidget)]
    assert told.count(said) == 2, "the ring and the words beside it"


def test_a_text_file_is_quoted_so_that_nothing_in_it_ends_the_quote(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text("Before\n````\ncode\n````\n", encoding="utf-8")
    assert read_quoted(path) == "notes.md:\n\n`````\nBefore\n````\ncode\n````\n`````\n"
    assert quoted("a.py", "x = 1\n") == "a.py:\n\n```python\nx = 1\n```\n"


def test_files_that_are_no_text_are_refused_in_words(tmp_path: Path) -> None:
    binary, large, missing = (tmp_path / name for name in ("a.bin", "b.txt", "c.txt"))
    binary.write_bytes(b"\x00\xff\xfe\x80")
    large.write_bytes(b"a" * (LARGEST_BYTES + 1))
    for path, code in (
        (binary, "attachment_not_text"),
        (large, "attachment_too_large"),
        (missing, "attachment_unreadable"),
        (tmp_path, "attachment_unreadable"),
    ):
        with pytest.raises(UserFacingError) as caught:
            read_quoted(path)
        assert caught.value.code == code
        assert caught.value.hint


def test_a_block_goes_on_lines_of_its_own(composer: Composer) -> None:
    composer.set_text("Look:")
    composer.field.insert_block("a.py:\n")
    assert composer.text == "Look:\n\na.py:\n"


def test_a_chip_fills_the_composer(qtbot: QtBot, theme: Theme) -> None:
    empty = EmptyChat(theme)
    qtbot.addWidget(empty)
    tried = record(empty.tried)
    chips = empty.findChildren(Chip)
    assert [chip.text() for chip in chips] == [title for title, _ in TRIES]
    chips[1].click()
    assert tried == [(TRIES[1][1],)]


def test_every_control_has_a_name(composer: Composer) -> None:
    for control in (composer.field, composer.plus, composer.model, composer.send, composer.stop):
        assert control.accessibleName()
