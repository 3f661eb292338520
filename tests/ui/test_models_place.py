"""The models place says which model answers, and asks before it changes anything."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from assistant.domain.ids import ModelId
from assistant.domain.model import (
    Fit,
    FitVerdict,
    ModelFormat,
    ModelInfo,
    ModelState,
    ModelStatus,
)
from assistant.services.engine_health import ModelHealth, Spread
from assistant.ui.library.place import ModelsPlace
from assistant.ui.library.row import ModelRow, facts
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.labels import ElidedLabel
from assistant.ui.widgets.notices import EmptyState
from assistant.ui.widgets.question import Question
from tests.helpers.signals import record

STARTER = ModelInfo(
    ModelId("starter"),
    "SmolLM2 135M",
    ModelFormat.GGUF,
    "llama",
    134515008,
    "Q4_1",
    98362432,
    8192,
    "Apache-2.0",
    "0" * 64,
    "small",
    path=Path("starter.gguf"),
    shared=True,
)
OWN = replace(STARTER, id=ModelId("own"), name="My model", shared=False)
FITS = Fit(FitVerdict.FITS, 1, 2, "Leaves 9 GB for the rest")


@pytest.fixture
def place(qtbot: QtBot, theme: Theme) -> ModelsPlace:
    made = ModelsPlace(theme)
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show_models([(STARTER, FITS), (OWN, FITS)])
    made.show()
    return made


def buttons(row: ModelRow) -> list[str]:
    return [
        b.text() or b.accessibleName() for b in row.findChildren(QAbstractButton) if b.isVisible()
    ]


def rows(place: ModelsPlace) -> dict[str, ModelRow]:
    return {row.accessibleName().split(",")[0]: row for row in place.findChildren(ModelRow)}


def test_the_loaded_model_can_be_ejected_and_another_used(place: ModelsPlace) -> None:
    place.show_status(ModelStatus(ModelState.READY, STARTER, 1.0))
    shown = rows(place)
    assert buttons(shown["SmolLM2 135M"]) == ["Eject"]
    assert buttons(shown["My model"]) == ["Use", "Remove My model"]
    heard = record(place.use_wanted)
    next(b for b in shown["My model"].findChildren(QAbstractButton) if b.text() == "Use").click()
    assert heard == [("own",)]


def test_a_load_is_shown_with_its_progress(place: ModelsPlace) -> None:
    place.show_status(ModelStatus(ModelState.LOADING, OWN, 0.62))
    assert rows(place)["My model"].accessibleName() == "My model, Loading 62%"


def test_a_file_that_is_dropped_is_asked_to_be_imported(place: ModelsPlace) -> None:
    heard = record(place.import_wanted)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/models/some.gguf")])
    event = QDropEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    place.dropEvent(event)
    assert [Path(str(path)).name for (path,) in heard] == ["some.gguf"]


def test_nothing_installed_says_what_to_do(place: ModelsPlace) -> None:
    place.show_models([])
    [empty] = place.findChildren(EmptyState)
    assert empty.isVisible()
    assert "Import" in empty.accessibleName()
    place.show_models([(STARTER, FITS)])
    assert not empty.isVisible()


@pytest.mark.parametrize(
    ("parameters", "words"), [(0, "Q4_1"), (134515008, "135 million"), (7 * 10**9, "7.0 billion")]
)
def test_facts_are_in_words(parameters: int, words: str) -> None:
    assert facts(replace(STARTER, parameters=parameters)).startswith(words)


def test_a_model_that_seems_not_to_fit_is_loaded_only_when_asked_again(place: ModelsPlace) -> None:
    asked: list[object] = []
    place.load_anyway_wanted.connect(asked.append)

    place.ask_to_load("large", "It needs 40.0 GB, and 8.0 GB are free.")
    question = place.findChild(Question)
    assert question is not None
    assert not asked
    question.yes.click()

    assert asked == ["large"]


def health(**changes: object) -> ModelHealth:
    whole = ModelHealth(
        OWN.id,
        OWN.name,
        12,
        (),
        0,
        Spread(107.2, 80.0),
        Spread(210.0, 400.0),
        251_000_000,
        "",
        False,
    )
    return replace(whole, **changes)  # pyright: ignore[reportArgumentType] - names of its fields


def test_a_model_that_was_used_says_how_it_does(place: ModelsPlace) -> None:
    place.show_health([health()])
    own = place.findChildren(ModelRow)[1]
    words = [label.text() for label in own.findChildren(ElidedLabel) if label.isVisible()]
    assert "12 answers · 107 tokens/s · first word after 0.2 s · 0.25 GB of memory" in words
    assert not any("Failed" in each for each in words)

    place.show_health(
        [health(failures=(("model_unsound", 3),), last_error="It computes nonsense.", rests=True)]
    )
    words = [label.text() for label in own.findChildren(ElidedLabel) if label.isVisible()]
    assert "Failed 3 times. It computes nonsense. Others answer for a while." in words
    other = place.findChildren(ModelRow)[0]
    assert not any(
        "answer" in each.text() for each in other.findChildren(ElidedLabel) if each.isVisible()
    )


def test_nobody_is_asked_how_models_do_while_the_place_is_hidden(place: ModelsPlace) -> None:
    looked: list[bool] = []
    place.looked_at.connect(looked.append)
    place.hide()
    place.show()
    assert looked == [False, True]
