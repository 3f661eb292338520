"""From a click in the catalogue to a model that can be used, over a Hub on loopback."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from assistant.config.paths import shared_models
from assistant.domain.connection import ConnectionOutcome
from assistant.ui.library.entries import Action, Entry
from assistant.ui.library.place import ModelsPlace
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.question import Question
from tests.helpers.desk import Sat, leave, saying, sit_down
from tests.helpers.hub import HubDouble

pytestmark = pytest.mark.loopback
REPO, FILE = "TheBloke/TinyLlama-1.1B-Chat-v1.0-GGUF", "tinyllama-1.1b-chat-v1.0.Q4_K_M.gguf"


@pytest.fixture
def sat(
    qtbot: QtBot, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Sat]:
    [starter, *_] = sorted(
        shared_models().glob("*.gguf"), key=lambda path: path.stat().st_size, reverse=True
    )
    content = starter.read_bytes()
    assert b"smollm" in content[:4096].lower(), "its name is changed, so that it is another model"
    at = content[:4096].lower().index(b"smollm")
    content = content[:at] + b"Other " + content[at + 6 :]
    with HubDouble() as hub:
        hub.add_repo(REPO, {FILE: content})
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        made = sit_down(qtbot, theme, tmp_path / "p", saying("An answer."))
        yield made
        leave(made)


def had(sat: Sat) -> tuple[ModelsPlace, Entry]:
    """A model of the catalogue, downloaded with a click."""
    window = sat.desk.window
    window.show_place("models")
    place = window.place("models")
    assert isinstance(place, ModelsPlace)
    sat.bot.waitUntil(lambda: len(place.catalogue.card.shown) > 5)
    entry = next(e for e in place.catalogue.card.shown if e.model.repo == REPO)
    place.acted.emit(Action.DOWNLOAD, entry)
    [question] = [each for each in window.findChildren(Question) if each.isVisible()]
    question.yes.click()
    sat.bot.waitUntil(
        lambda: any(
            toast.accessibleName() == f"{entry.model.name} is here, checked and tried."
            for toast in window.toasts.toasts()
        )
    )
    sat.bot.waitUntil(lambda: len(place.installed.card.shown) == 2)
    [mine] = [e for e in place.installed.card.shown if e.model.repo == REPO]
    return place, mine


def test_a_model_of_the_catalogue_is_had_with_one_question(sat: Sat) -> None:
    _, mine = had(sat)
    assert mine.model.installed
    made = sat.desk.core.hub.connections.newest()
    assert made
    assert {each.outcome for each in made} <= {ConnectionOutcome.DONE}
    sat.bot.waitUntil(lambda: sat.desk.wires.network.title == "Offline")


def test_a_damaged_model_is_fetched_again_and_is_the_same(sat: Sat) -> None:
    place, mine = had(sat)
    path = mine.model.path
    assert path is not None
    whole = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    place.acted.emit(Action.VERIFY, mine)

    def asked() -> list[Question]:
        every = sat.desk.window.findChildren(Question)
        return [each for each in every if each.windowTitle() == f"{mine.model.name} is damaged"]

    sat.bot.waitUntil(lambda: bool(asked()))
    sat.bot.waitUntil(lambda: mine.key not in [e.key for e in place.installed.card.shown])
    asked()[0].yes.click()
    sat.bot.waitUntil(lambda: mine.key in [e.key for e in place.installed.card.shown])
    assert path.read_bytes() == whole
    assert sat.desk.core.storage.read_now().aside_bytes >= len(whole)
