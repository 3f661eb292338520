"""What is said of a removed model, of one that is used in place, and where the keys go then."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from assistant.domain.ids import ModelId
from assistant.domain.model import ModelInfo, ModelRole
from assistant.services.roles import RoleAssignment
from assistant.services.storage import Removed
from assistant.services.verifying import Verified
from assistant.ui.library.controller import sound_words
from assistant.ui.library.entries import Entry, entry_facts, spoken
from assistant.ui.library.removal import removed_words
from assistant.ui.library.table import LibraryTable
from assistant.ui.theme.theme import Theme
from tests.helpers.model_entries import FITS, OWN, STARTER

LINKED = replace(OWN, id=ModelId("in-place"), name="Theirs", owner="Ollama", path=Path("x"))
LENGTHS = (80, 45, 36, 28)


def passed(model: ModelInfo | None, *roles: ModelRole) -> tuple[RoleAssignment, ...]:
    return tuple(RoleAssignment(role, model, chosen=False) for role in roles)


@pytest.mark.parametrize(
    ("removed", "words"),
    [
        (Removed(OWN, None, was_default=False), "My model is removed."),
        (
            Removed(OWN, None, False, passed(LINKED, ModelRole.SMALL, ModelRole.MEDIUM)),
            "My model is removed. Theirs, in place from Ollama, is the small and medium model now.",
        ),
        (
            Removed(
                OWN,
                None,
                False,
                passed(STARTER, ModelRole.SMALL) + passed(None, ModelRole.CODE),
            ),
            "My model is removed. SmolLM2 135M is the small model now. There is no code model now.",
        ),
        (
            Removed(LINKED, None, was_default=False),
            "Theirs is not used any more; its file stays where it is.",
        ),
    ],
)
def test_a_removal_says_whose_file_stays_and_what_answers_now(removed: Removed, words: str) -> None:
    assert removed_words(removed) == words


def test_a_model_that_is_used_in_place_says_whose_it_is() -> None:
    entry = Entry(LINKED, FITS, roles=(ModelRole.CODE,))
    assert entry_facts(entry) == "Code model · in place from Ollama · Apache-2.0 · 4-bit"
    assert "in place from Ollama" in spoken(entry)
    found = replace(entry, found=True)
    assert "Ollama" not in entry_facts(found), "it stands under its owner's name"
    assert "in place" not in entry_facts(Entry(OWN, FITS))


def test_the_keys_stay_near_what_was_removed_and_go_back_to_it(qtbot: QtBot, theme: Theme) -> None:
    table = LibraryTable(theme, "Models")
    window = QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(table)
    window.resize(800, 400)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    entries = [Entry(replace(OWN, id=ModelId(name), name=name), FITS) for name in "abcd"]
    table.show_entries(entries)
    table.setFocus(Qt.FocusReason.TabFocusReason)
    table.setCurrentIndex(table.rows.index_of("c"))
    table.show_entries([entry for entry in entries if entry.key != "c"])
    assert current(table) == "d", "the next one, and not the first of all"
    table.await_key("c")
    table.show_entries([entry for entry in entries if entry.key != "c"])
    assert current(table) == "d", "it is not back yet"
    table.show_entries(entries)
    assert current(table) == "c"


def current(table: LibraryTable) -> str:
    entry = table.rows.entry_at(table.currentIndex())
    return entry.key if entry is not None else ""


@pytest.mark.parametrize(
    ("broken_files", "words"),
    [
        ((0,), "Model 0 is whole: every byte is as it was."),
        ((0, 0, 1), "2 models are whole: every byte is as it was."),
        (
            (0, None),
            "Model 0 is whole: every byte is as it was. There is nothing to compare Model 1 with.",
        ),
        ((1,), ""),
    ],
)
def test_a_check_of_all_says_it_in_one_line(
    broken_files: tuple[int | None, ...], words: str
) -> None:
    found = [
        Verified(replace(OWN, name=f"Model {at}"), broken) for at, broken in enumerate(broken_files)
    ]
    assert sound_words(found) == words


def test_in_a_narrow_row_the_owner_goes_before_the_size() -> None:
    assert entry_facts(Entry(LINKED, FITS), size=True, fits=lambda line: len(line) < 20) == (
        "Chat · from Ollama"
    )
    assert entry_facts(Entry(OWN, FITS), size=True, fits=lambda line: len(line) < 16) == (
        "Chat · 98 MB"
    )


def test_facts_leave_out_what_there_is_no_room_for_and_keep_whose_it_is() -> None:
    entry = Entry(LINKED, FITS, roles=(ModelRole.MEDIUM,))
    lines = [entry_facts(entry, fits=lambda line, most=most: len(line) <= most) for most in LENGTHS]
    assert lines == [
        "Medium model · in place from Ollama · Apache-2.0 · 4-bit",
        "Medium model · in place from Ollama · 4-bit",
        "Medium model · in place from Ollama",
        "Medium model · from Ollama",
    ]
