"""Taking a newer catalogue in the window."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pytestqt.qtbot import QtBot

from assistant.config.paths import resources
from assistant.hub.catalogue_refresh import fingerprint, seal
from assistant.ui.library.catalogue_card import CatalogueCard
from assistant.ui.library.catalogue_refresher import CatalogueRefresher
from assistant.ui.library.place import ModelsPlace
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.question import Question
from tests.helpers.desk import Sat, leave, saying, sit_down

KEY = Ed25519PrivateKey.generate()
PRINT = fingerprint(KEY.public_key().public_bytes_raw())


def _signed(path: Path, edition: int) -> Path:
    raw = json.loads((resources() / "catalogue.json").read_text(encoding="utf-8"))
    added = {**raw["models"][2], "id": "a-new-one", "name": "A new one"}
    raw |= {"edition": edition, "issued": "2027-05-04", "models": [*raw["models"], added]}
    path.write_bytes(seal(json.dumps(raw).encode(), KEY.private_bytes_raw()))
    return path


@pytest.fixture
def sat(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Sat]:
    made = sit_down(qtbot, theme, tmp_path / "p", saying("Yes."))
    yield made
    leave(made)


def _opened(sat: Sat) -> tuple[ModelsPlace, CatalogueCard, CatalogueRefresher]:
    sat.desk.window.show_place("models")
    place = sat.desk.window.place("models")
    assert isinstance(place, ModelsPlace)
    place.show_page("catalogue")
    [card] = place.findChildren(CatalogueCard)
    [refresher] = sat.desk.relay.findChildren(CatalogueRefresher)
    sat.bot.waitUntil(lambda: card.words.startswith("Edition 1 of 21 November 2026"))
    return place, card, refresher


def _question(sat: Sat) -> Question:
    def asked() -> list[Question]:
        return [each for each in sat.desk.window.findChildren(Question) if each.isVisible()]

    sat.bot.waitUntil(lambda: len(asked()) == 1)
    return asked()[0]


def test_a_key_is_asked_about_once_and_the_list_is_the_new_one(sat: Sat, tmp_path: Path) -> None:
    place, card, refresher = _opened(sat)
    assert "came with Lamplight" in card.words
    assert not card.refresh.isEnabled()
    assert card.forget.isHidden()
    refresher.take_file(_signed(tmp_path / "signed.json", 2))
    question = _question(sat)
    words = " ".join(label.text() for label in question.findChildren(PlainLabel))
    assert PRINT in words
    question.yes.click()
    sat.bot.waitUntil(lambda: card.words.startswith("Edition 2 of 4 May 2027 with 15 models"))
    assert PRINT in card.words
    sat.bot.waitUntil(
        lambda: any(entry.model.name == "A new one" for entry in place.catalogue.card.shown)
    )
    refresher.take_file(_signed(tmp_path / "signed.json", 3))
    sat.bot.waitUntil(lambda: card.words.startswith("Edition 3"))

    card.forget.click()
    _question(sat).yes.click()
    sat.bot.waitUntil(lambda: card.words.startswith("Edition 1"))
    assert card.forget.isHidden()
    sat.bot.waitUntil(
        lambda: all(entry.model.name != "A new one" for entry in place.catalogue.card.shown)
    )


def test_what_is_wrong_stands_on_the_card(sat: Sat, tmp_path: Path) -> None:
    _, card, refresher = _opened(sat)
    refresher.take_file(tmp_path / "none.json")
    sat.bot.waitUntil(lambda: "cannot be read" in card.words)
    assert card.file.isEnabled()
    changed = tmp_path / "changed.json"
    sealed = json.loads(_signed(changed, 2).read_bytes())
    sealed["catalogue"] = sealed["catalogue"].replace("TinyLlama", "TinyLlame", 1)
    changed.write_text(json.dumps(sealed), encoding="utf-8")
    refresher.take_file(changed)
    sat.bot.waitUntil(lambda: "signature of this catalogue is wrong" in card.words)
    assert card.words.startswith("Edition 1")


def test_an_address_is_asked_for_before_anything_connects(sat: Sat) -> None:
    sat.desk.core.settings.update("models", catalogue_source="https://127.0.0.1:9/c.json")
    _, card, _ = _opened(sat)
    assert card.refresh.isEnabled()
    card.refresh.click()
    question = _question(sat)
    assert question.windowTitle() == "Go online for the catalogue?"
    question.no.click()
    sat.settle()
    assert sat.desk.core.hub.connections.newest() == ()
