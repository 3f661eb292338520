"""All chats go to a file and come back, from the settings, over a real history."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from assistant.config.paths import resources
from assistant.config.settings import Settings
from assistant.services.exchange import ExportFormat
from assistant.ui.settings.chats_section import ChatsSection
from assistant.ui.settings.place import SettingsPlace
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from tests.helpers.desk import Sat, leave, saying, sit_down
from tests.helpers.signals import record


@pytest.fixture
def sat(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Sat]:
    made = sit_down(qtbot, theme, tmp_path / "p", saying("Because of the air.", "Red light."))
    yield made
    leave(made)


def section_of(sat: Sat) -> ChatsSection:
    sat.desk.window.show_settings()
    [place] = sat.desk.window.findChildren(SettingsPlace)
    place.go_to("chats")
    return place.chats


def outcome(sat: Sat, section: ChatsSection) -> str:
    sat.bot.waitUntil(section.outcome.isVisible)
    return section.outcome.text()


def test_all_chats_are_written_counted_and_passed_over_when_they_come_again(
    sat: Sat, tmp_path: Path
) -> None:
    sat.ask("Why is the sky blue?")
    section, path = section_of(sat), tmp_path / "chats.json"
    section.export_wanted.emit(path, ExportFormat.JSON)
    assert outcome(sat, section) == (
        "Wrote 1 chat with 2 messages to chats.json. The file is not encrypted."
    )
    section.import_wanted.emit(path)
    sat.bot.waitUntil(lambda: "here already" in section.outcome.text())
    assert section.outcome.text() == "Nothing new came in. 1 chat was here already."


def test_what_comes_in_is_listed_at_once(sat: Sat, tmp_path: Path) -> None:
    sat.ask("Why is the sky blue?")
    path = tmp_path / "chats.json"
    sat.desk.core.exchange.export_to(path, ExportFormat.JSON).result(60)
    sat.desk.core.exchange.forget([sat.chat.id]).result(60)
    section = section_of(sat)
    section.import_wanted.emit(path)
    assert outcome(sat, section) == "1 chat with 2 messages came in."
    [chat] = sat.chats()
    sat.bot.waitUntil(lambda: sat.desk.room.chats.model.index_of(chat.id).isValid())


def test_a_file_with_one_bad_chat_brings_none_and_says_what_to_do(sat: Sat, tmp_path: Path) -> None:
    sat.ask("Why is the sky blue?")
    path = tmp_path / "chats.json"
    sat.desk.core.exchange.export_to(path, ExportFormat.JSON).result(60)
    content = json.loads(path.read_text("utf-8"))
    good, bad = content["conversations"][0], dict(content["conversations"][0])
    good["uid"] = "0" * 32
    bad |= {"uid": "1" * 32, "messages": [{"parent": 7}]}
    content["conversations"] = [good, bad]
    path.write_text(json.dumps(content), "utf-8")
    section = section_of(sat)
    section.import_wanted.emit(path)
    words = outcome(sat, section)
    assert words.startswith("This is not a file of chats that can be imported")
    assert words.endswith("Choose a JSON file that Lamplight exported.")
    assert len(sat.chats()) == 1


def test_who_has_left_the_settings_is_told_by_a_toast(sat: Sat, tmp_path: Path) -> None:
    section = section_of(sat)
    sat.desk.window.show_place("chat")
    section.export_wanted.emit(tmp_path / "a.md", ExportFormat.MARKDOWN)
    toasts = sat.desk.window.toasts
    sat.bot.waitUntil(lambda: any("0 chats" in toast.accessibleName() for toast in toasts.toasts()))


def test_a_cancelled_import_changes_nothing(sat: Sat, tmp_path: Path) -> None:
    sat.ask("Why is the sky blue?")
    path = tmp_path / "chats.json"
    sat.desk.core.exchange.export_to(path, ExportFormat.JSON).result(60)
    sat.desk.core.exchange.forget([sat.chat.id]).result(60)
    section, held = section_of(sat), threading.Event()
    sat.desk.core.workers.on_store(lambda: held.wait(60))
    section.import_wanted.emit(path)
    next(each for each in section.findChildren(Button) if each.text() == "Cancel").click()
    held.set()
    sat.settle()
    assert section.outcome.text() == "Cancelled. Nothing was changed."
    assert sat.chats() == []


@pytest.fixture
def section(qtbot: QtBot, theme: Theme) -> ChatsSection:
    made = ChatsSection(theme)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(
    ("typed", "line", "name", "form"),
    [
        ("mine", 0, "mine.json", ExportFormat.JSON),
        ("mine", 1, "mine.md", ExportFormat.MARKDOWN),
        ("mine.jsonl", 0, "mine.jsonl", ExportFormat.OPENAI),
        ("mine.txt", 1, "mine.txt", ExportFormat.MARKDOWN),
    ],
)
def test_the_file_gets_the_ending_of_its_format(
    section: ChatsSection, tmp_path: Path, typed: str, line: int, name: str, form: ExportFormat
) -> None:
    wanted = record(section.export_wanted)
    dialog = section.choose_export()
    dialog.setDirectory(str(tmp_path))
    words = dialog.nameFilters()[line]
    dialog.selectNameFilter(words)
    dialog.filterSelected.emit(words)
    field = dialog.findChild(QLineEdit)
    assert field is not None
    field.setText(typed)
    dialog.accept()
    assert wanted == [(tmp_path / name, form)]


def test_while_one_goes_on_no_other_is_begun_and_it_can_be_cancelled(
    section: ChatsSection,
) -> None:
    cancelled = record(section.cancelled)
    buttons = {each.text(): each for each in section.findChildren(Button)}
    assert not buttons["Cancel"].isVisible()
    section.show_progress(0.25, "Importing")
    assert not buttons["Import chats…"].isEnabled()
    assert not buttons["Export all chats…"].isEnabled()
    buttons["Cancel"].click()
    assert cancelled == [()]
    section.show_outcome("It is done.", good=True)
    assert buttons["Import chats…"].isEnabled()
    assert not buttons["Cancel"].isVisible()


def test_the_search_of_the_settings_finds_export_and_import(qtbot: QtBot, theme: Theme) -> None:
    place = SettingsPlace(theme, Settings(), resources())
    qtbot.addWidget(place)
    place.show()
    buttons = {each.text(): each for each in place.chats.findChildren(Button)}
    place.findChildren(QLineEdit)[0].setText("import chats")
    assert buttons["Import chats…"].isVisible()
    assert not buttons["Export all chats…"].isVisible()
    place.findChildren(QLineEdit)[0].setText("keyboard")
    assert not place.chats.isVisible()
