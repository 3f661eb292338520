"""The cards on the space that models take, and on those of other applications."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from assistant.domain.ids import ModelId
from assistant.domain.model import Fit, FitVerdict, ModelFormat, ModelInfo
from assistant.services.found_models import FoundApplication, FoundModel
from assistant.services.storage import Storage, StoredModel
from assistant.ui.library.found_card import FoundCard
from assistant.ui.library.storage_card import StorageCard, storage_parts
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.labels import PlainLabel

GB = 1_000_000_000


def model(name: str, size: int, *, shared: bool = False, owner: str = "") -> ModelInfo:
    return ModelInfo(
        ModelId(name),
        name,
        ModelFormat.GGUF,
        "llama",
        1,
        "Q4_0",
        size,
        512,
        "",
        "",
        "small",
        path=Path("x"),
        shared=shared,
        owner=owner,
    )


def storage(limit: int = 20 * GB) -> Storage:
    models = (
        StoredModel(model("one", GB), GB, None),
        StoredModel(model("two", GB // 2), GB // 2, None),
        StoredModel(model("starter", GB // 10, shared=True), 0, None),
        StoredModel(model("theirs", 9 * GB, owner="Ollama"), 0, None),
    )
    return Storage(Path("/models"), models, 2 * GB, 0, 90 * GB, limit)


def found(*names: str, trouble: str = "") -> FoundApplication:
    models = tuple(
        FoundModel(model(name, GB, owner="Ollama"), (), Fit(FitVerdict.FITS, 0, 0, ""))
        for name in names
    )
    return FoundApplication("Ollama", models, (trouble,) if trouble else ())


def texts(card: FoundCard | StorageCard) -> list[str]:
    return [each.text() for each in card.findChildren(PlainLabel) if each.text()]


def test_the_bar_says_who_takes_what_and_what_is_left() -> None:
    parts = {part.name: part.words for part in storage_parts(storage())}
    assert parts == {
        "2 models": "1.50 GB",
        "Came with Lamplight": "0.10 GB",
        "Unfinished downloads": "2.00 GB",
        "Left": "16.5 GB",
    }
    assert storage_parts(storage(GB))[-1].words == "nothing"
    assert storage_parts(storage(0))[-1].words == "90.0 GB"


def test_the_card_says_what_is_allowed_and_how_far_a_move_is(qtbot: QtBot, theme: Theme) -> None:
    card = StorageCard(theme)
    qtbot.addWidget(card)
    card.show_storage(storage())
    assert not card.grab().isNull()  # each colour of the bar is a token
    assert "of 20 GB allowed" in texts(card)
    assert card.move_button.isVisibleTo(card)
    assert not card.cancel_button.isVisibleTo(card)
    card.show_progress("Copying, 12 %")
    assert "Copying, 12 %" in texts(card)
    assert card.cancel_button.isVisibleTo(card)
    with qtbot.waitSignal(card.cancel_wanted):
        card.cancel_button.click()


def test_all_of_an_application_is_used_with_one_button(qtbot: QtBot, theme: Theme) -> None:
    card = FoundCard(theme)
    qtbot.addWidget(card)
    ollama = found("one", "two")
    card.show_found((ollama,))
    [button] = [each for each in card.findChildren(Button) if each.text() == "Use in place"]
    assert button.accessibleName() == "Use 2 models of Ollama in place"
    asked: list[object] = []
    card.use_wanted.connect(asked.append)
    button.click()
    assert asked == [ollama.offered]


@pytest.mark.parametrize("trouble", ["", "The disk cannot be read."])
def test_where_there_is_nothing_new_the_card_says_so(
    qtbot: QtBot, theme: Theme, trouble: str
) -> None:
    card = FoundCard(theme)
    qtbot.addWidget(card)
    card.show_found((found(trouble=trouble),))
    assert any("no models that are not here" in text for text in texts(card))
    assert any(trouble in text for text in texts(card))
