"""Models on this disk, in the real window: linked, accepted, checked, moved."""

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from assistant.domain.ids import ModelId
from assistant.domain.model import ModelFormat, ModelInfo
from assistant.hub.store_move import StoreMove
from assistant.ui.library.entries import Action, Entry
from assistant.ui.library.found_card import FoundKeeper
from assistant.ui.library.found_page import FoundPage
from assistant.ui.library.place import ModelsPlace
from assistant.ui.library.storage_card import StorageCard, StorageKeeper
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.question import Question
from tests.helpers.desk import STORE_S, Sat, leave, saying, sit_down
from tests.helpers.gguf_files import tiny

Part = TypeVar("Part", bound=QObject)


@pytest.fixture
def sat(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Sat]:
    made = sit_down(qtbot, theme, tmp_path / "p", saying("An answer."))
    yield made
    leave(made)


def opened(sat: Sat) -> ModelsPlace:
    """The place, once it has been told all."""
    sat.desk.window.show_place("models")
    place = sat.desk.window.place("models")
    assert isinstance(place, ModelsPlace)
    sat.bot.waitUntil(lambda: bool(place.installed.card.shown))
    return place


def part(sat: Sat, kind: type[Part]) -> Part:
    """The only one of its kind in the window."""
    [found] = sat.desk.window.findChildren(kind)
    return found


def row(place: ModelsPlace, name: str) -> Entry | None:
    return next((e for e in place.installed.card.shown if e.model.name == name), None)


def keeper(sat: Sat, kind: type[Part]) -> Part:
    """The only one of its kind behind the window."""
    [found] = sat.desk.wires.relay.findChildren(kind)
    return found


def test_a_model_in_a_folder_is_used_in_place_and_taken_as_it_is_now(
    sat: Sat, tmp_path: Path
) -> None:
    place = opened(sat)
    folder = tmp_path / "mine"
    folder.mkdir()
    file = folder / "some-model.gguf"
    file.write_bytes(tiny({"general.name": "some"}).bytes())
    page = part(sat, FoundPage)
    place.sections.find_wanted.emit()
    assert place.current == "found"
    keeper(sat, FoundKeeper).look_into(folder)
    sat.bot.waitUntil(lambda: "your folder" in page.cards)

    [entry] = page.cards["your folder"].shown
    page.acted.emit(Action.LINK, entry)
    sat.bot.waitUntil(lambda: row(place, entry.model.name) is not None)
    sat.bot.waitUntil(
        lambda: [e.note for e in page.cards["your folder"].shown] == ["Used in place already"]
    )

    file.write_bytes(tiny({"general.name": "another"}).bytes())
    sat.desk.core.installing.listed_with_fit().result(STORE_S)
    page.look_wanted.emit()
    sat.bot.waitUntil(lambda: [e.model.changed for e in page.cards["your folder"].shown] == [True])
    [entry] = page.cards["your folder"].shown
    page.acted.emit(Action.ACCEPT, entry)
    sat.bot.waitUntil(lambda: [e.model.changed for e in page.cards["your folder"].shown] == [False])
    assert file.exists()


def own_model(sat: Sat) -> ModelInfo:
    """A model of the profile's own that came from the Hub."""
    content = tiny({"general.name": "mine"}).bytes()
    folder = sat.desk.core.storage.read_now().folder
    folder.mkdir(parents=True, exist_ok=True)
    sha256 = hashlib.sha256(content).hexdigest()
    (folder / f"{sha256}.gguf").write_bytes(content)
    (folder / f"{sha256}.json").write_text(
        '{"id": "mine", "name": "Mine", "format": "gguf", "architecture": "llama", '
        f'"parameters": 1, "quantization": "F32", "size_bytes": {len(content)}, '
        f'"context_length": 128, "licence": "", "sha256": "{sha256}", "tier": "small", '
        '"repo": "ada/mine"}',
        encoding="utf-8",
    )
    [model] = [m for m in sat.desk.core.models.installed() if m.id == ModelId("mine")]
    assert model.format is ModelFormat.GGUF
    return model


def test_a_damaged_model_is_offered_to_be_downloaded_again_and_deleted(sat: Sat) -> None:
    model = own_model(sat)
    place = opened(sat)
    sat.bot.waitUntil(lambda: row(place, "Mine") is not None)
    assert model.path is not None
    model.path.write_bytes(model.path.read_bytes()[:-1] + b"?")
    entry = row(place, "Mine")
    assert entry is not None
    place.acted.emit(Action.VERIFY, entry)
    sat.bot.waitUntil(
        lambda: (
            [q.windowTitle() for q in sat.desk.window.findChildren(Question)] == ["Mine is damaged"]
        )
    )
    [question] = sat.desk.window.findChildren(Question)
    assert question.yes.text() == "Download again"
    assert sat.desk.core.hub.connections.newest() == (), "nothing connects before the answer"
    question.no.click()
    sat.bot.waitUntil(lambda: row(place, "Mine") is None)

    card = part(sat, StorageCard)
    sat.bot.waitUntil(lambda: card.aside.isVisibleTo(card))
    card.aside.buttons[0].click()
    sat.bot.waitUntil(lambda: not card.aside.isVisibleTo(card))
    assert sat.desk.core.storage.read_now().aside_bytes == 0


def test_the_models_are_moved_and_a_move_that_was_begun_is_taken_back(
    sat: Sat, tmp_path: Path
) -> None:
    own_model(sat)
    opened(sat)
    card, moving = part(sat, StorageCard), keeper(sat, StorageKeeper)
    folder = sat.desk.core.storage.read_now().folder
    StoreMove(folder, tmp_path / "begun").copy(lambda _part, _doing: None)
    moving.refresh()
    sat.bot.waitUntil(lambda: card.unfinished.isVisibleTo(card))
    back = next(b for b in card.unfinished.findChildren(Button) if b.text() == "Take back")
    back.click()
    sat.bot.waitUntil(lambda: not card.unfinished.isVisibleTo(card))
    assert not (tmp_path / "begun").exists()

    moving.move(tmp_path / "disk")
    assert card.cancel_button.isVisibleTo(card)
    sat.bot.waitUntil(lambda: sat.desk.core.storage.read_now().folder == tmp_path / "disk")
    sat.bot.waitUntil(lambda: not card.cancel_button.isVisibleTo(card))
    [model] = [m for m in sat.desk.core.models.installed() if m.id == ModelId("mine")]
    assert model.path is not None
    assert model.path.parent == tmp_path / "disk"
    shutil.rmtree(tmp_path / "disk")
