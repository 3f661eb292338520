"""The cards on the space that models take, and on those of other applications."""

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from assistant.domain.ids import ModelId
from assistant.domain.model import Fit, FitVerdict, ModelFormat, ModelInfo
from assistant.services.found_models import FoundApplication, FoundModel
from assistant.services.storage import Storage, StoredModel
from assistant.ui.library.entries import Action, main_action, reason_words
from assistant.ui.library.found_card import FoundCard
from assistant.ui.library.found_page import FoundPage
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
        "Came with Lamplight": "100 MB",
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


def test_what_can_be_deleted_or_taken_back_is_said_with_its_way(qtbot: QtBot, theme: Theme) -> None:
    card = StorageCard(theme)
    qtbot.addWidget(card)
    card.show_storage(storage())
    notices = (card.trash, card.aside, card.unfinished)
    assert not any(notice.isVisibleTo(card) for notice in notices)

    full = replace(storage(), trash_bytes=GB, aside_bytes=GB, moving_to=Path("/disk"))
    card.show_storage(full)
    assert all(notice.isVisibleTo(card) for notice in notices)
    assert {part.name for part in storage_parts(full)} >= {"Removed", "Damaged, set aside"}
    assert not card.grab().isNull()
    assert not card.move_button.isVisibleTo(card), "the one that was begun comes first"
    for wanted, button in (
        (card.empty_wanted, card.trash.buttons[0]),
        (card.delete_wanted, card.aside.buttons[0]),
        (card.go_on_wanted, card.unfinished.buttons[0]),
        (card.take_back_wanted, card.unfinished.buttons[1]),
    ):
        with qtbot.waitSignal(wanted):
            button.click()
    card.show_progress("Copying, 12 %")
    card.show_storage(full)
    assert not card.unfinished.isVisibleTo(card), "it goes on"


def test_each_model_that_was_found_has_its_own_button(qtbot: QtBot, theme: Theme) -> None:
    page = FoundPage(theme)
    qtbot.addWidget(page)
    ollama = found("one", "two", "three", "four", trouble="A folder cannot be read.")
    one, two, three, four = ollama.models
    changed = replace(three.info, trouble="It was changed by Ollama since.", changed=True)
    ollama = replace(
        ollama,
        models=(one, replace(two, in_use=True), replace(three, info=changed, in_use=True), four),
    )
    page.show_found((ollama,))
    card = page.cards["Ollama"]
    offers = {entry.model.name: main_action(entry) for entry in card.shown}
    assert offers == {
        "one": Action.LINK,
        "two": None,
        "three": Action.ACCEPT,
        "four": Action.LINK,
    }
    assert reason_words(next(e for e in card.shown if e.key == "two")) == "Used in place already"
    assert "Ollama: A folder cannot be read." in [
        each.text() for each in page.findChildren(PlainLabel)
    ]
    [use] = [each for each in page.findChildren(Button) if each.text() == "Use all"]
    asked: list[object] = []
    page.use_wanted.connect(asked.append)
    use.click()
    assert asked == [(one, four)]
    assert page.offered("one") == one
    assert page.offered("two") is None

    page.show_found(())
    assert page.cards == {}
    assert page.empty.isVisibleTo(page)


@pytest.mark.parametrize("trouble", ["", "The disk cannot be read."])
def test_where_there_is_nothing_new_the_card_says_so(
    qtbot: QtBot, theme: Theme, trouble: str
) -> None:
    card = FoundCard(theme)
    qtbot.addWidget(card)
    card.show_found((found(trouble=trouble),))
    assert any("no models that are not here" in text for text in texts(card))
    assert any(trouble in text for text in texts(card))
