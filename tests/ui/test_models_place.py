"""The models place says what can be done with each model, and asks before it changes anything."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from assistant.domain.download import DownloadState
from assistant.domain.model import (
    FitVerdict,
    ModelRole,
    ModelState,
    ModelStatus,
    Skill,
)
from assistant.ui.library.entries import (
    Action,
    Entry,
    entry_facts,
    main_action,
    more_actions,
    reason_words,
    spoken,
    state_in,
)
from assistant.ui.library.ordering import Choosing, Order, arranged
from assistant.ui.library.place import ModelsPlace
from assistant.ui.library.table import LibraryTable
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.menu import Menu
from assistant.ui.widgets.question import Question
from tests.helpers.model_entries import FITS, OWN, STARTER, WONT_FIT, download_of, fit, health
from tests.helpers.signals import record


@pytest.fixture
def place(qtbot: QtBot, theme: Theme) -> ModelsPlace:
    made = ModelsPlace(theme)
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.installed.show_entries([Entry(STARTER, FITS), Entry(OWN, FITS)])
    made.show_page("installed")
    made.show()
    return made


def names(rows: Sequence[Entry]) -> list[str]:
    return [entry.model.name for entry in rows]


def act(table: LibraryTable, name: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
    """Goes to a row by its name and presses a key."""
    entry = next(entry for entry in table.rows.entries if entry.model.name == name)
    table.setFocus()
    table.setCurrentIndex(table.rows.index_of(entry.key))
    QTest.keyClick(table, key)


def actions_of(place: ModelsPlace) -> list[tuple[Action, str]]:
    """What is asked of the place from now on: the action, and the id of the model."""
    heard: list[tuple[Action, str]] = []

    def hear(action: Action, entry: Entry) -> None:
        heard.append((action, entry.key))

    place.acted.connect(hear)
    return heard


# What a row offers


@pytest.mark.parametrize(
    ("entry", "action"),
    [
        (Entry(STARTER, FITS), Action.USE),
        (Entry(STARTER, FITS, state=ModelState.READY), Action.EJECT),
        (Entry(STARTER, FITS, state=ModelState.LOADING), None),
        (Entry(STARTER, FITS, state=ModelState.FAILED), Action.USE),
        (Entry(STARTER, WONT_FIT), Action.TRY_ANYWAY),
        (Entry(replace(STARTER, path=None), FITS), Action.DOWNLOAD),
        (Entry(replace(STARTER, path=None), WONT_FIT), Action.TRY_ANYWAY),
        (Entry(replace(OWN, trouble="Its file is gone."), FITS), None),
    ],
)
def test_the_button_of_a_row_follows_from_its_state(entry: Entry, action: Action | None) -> None:
    assert main_action(entry) is action


@pytest.mark.parametrize(
    ("state", "action"),
    [
        (DownloadState.QUEUED, Action.PAUSE),
        (DownloadState.RUNNING, Action.PAUSE),
        (DownloadState.WAITING, Action.PAUSE),
        (DownloadState.PAUSED, Action.RESUME),
        (DownloadState.CHECKING, None),
        (DownloadState.TRYING, None),
        (DownloadState.FAILED, Action.RETRY),
    ],
)
def test_a_download_is_paused_resumed_and_tried_again_in_its_row(
    state: DownloadState, action: Action | None
) -> None:
    absent = replace(OWN, path=None)
    entry = Entry(absent, FITS, download_of(absent, state))
    assert main_action(entry) is action
    assert Action.STOP in more_actions(entry)
    assert Action.REMOVE not in more_actions(entry)


def test_what_came_with_lamplight_cannot_be_removed() -> None:
    assert Action.REMOVE not in more_actions(Entry(STARTER, FITS))
    assert Action.REMOVE in more_actions(Entry(OWN, FITS))


def test_only_the_chosen_model_has_its_state() -> None:
    status = ModelStatus(ModelState.LOADING, OWN, 0.62)
    assert state_in(status, OWN) == (ModelState.LOADING, 0.62, "")
    assert state_in(status, STARTER) == (ModelState.NONE, 0.0, "")


def test_a_row_is_a_sentence_for_screen_readers() -> None:
    entry = Entry(OWN, fit(speed=17), state=ModelState.LOADING, progress=0.62)
    words = spoken(entry)
    assert words.startswith("My model, Chat · Apache-2.0 · 4-bit, 98 MB, 17 tokens per second")
    assert words.endswith("Loading 62 %")
    assert spoken(Entry(OWN, FITS)).endswith("Enter: Use")


def test_a_download_says_how_far_it_is() -> None:
    large = replace(OWN, path=None, size_bytes=2_390_000_000)
    running = download_of(large, DownloadState.RUNNING, 0.594, rate=11.8e6, left=82)
    assert reason_words(Entry(large, FITS, running)) == (
        "1.42 of 2.39 GB · 11.8 MB/s · 1 min 22 s left"
    )
    paused = download_of(large, DownloadState.PAUSED, 0.38)
    assert reason_words(Entry(large, FITS, paused)) == "Paused at 38 %, 908 MB kept"
    failed = replace(
        download_of(large, DownloadState.FAILED), detail="The disk is full.", hint="Free 2 GB."
    )
    assert reason_words(Entry(large, FITS, failed)) == "The disk is full. Free 2 GB."


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"languages": tuple("abcdefgh")}, "8 languages · Apache-2.0 · 4-bit"),
        ({"skills": (Skill.CODE,), "quantization": "Q8_0"}, "Code · Apache-2.0 · 8-bit"),
        ({"licence": "llama3.2", "skills": ()}, "135 million · Llama licence · 4-bit"),
        ({"licence": "", "quantization": "F16"}, "Chat · licence not stated · 16-bit"),
    ],
)
def test_facts_are_in_words(change: dict[str, object], words: str) -> None:
    model = replace(OWN, **change)  # pyright: ignore[reportArgumentType] - names of its fields
    assert entry_facts(Entry(model)) == words


# Order and filter


def test_the_best_fit_comes_first_and_the_filter_leaves_out() -> None:
    small = Entry(replace(OWN, name="small", path=None), fit(speed=9))
    large = Entry(replace(OWN, name="large", path=None, parameters=7 * 10**9), fit(speed=5))
    slow = Entry(replace(OWN, name="slow", path=None), fit(FitVerdict.SLOW, speed=2))
    huge = Entry(
        replace(OWN, name="huge", path=None, size_bytes=9 * 10**9, skills=(Skill.CODE,)), WONT_FIT
    )
    rows = [huge, slow, small, large]
    assert names(arranged(rows, Order.BEST, Choosing())) == ["large", "small", "slow", "huge"]
    assert names(arranged(rows, Order.SPEED, Choosing()))[:2] == ["small", "large"]
    assert names(arranged(rows, Order.SIZE, Choosing()))[-1] == "huge"
    assert names(arranged(rows, Order.NAME, Choosing())) == ["huge", "large", "slow", "small"]
    assert names(arranged(rows, Order.BEST, Choosing(skill=Skill.CODE))) == ["huge"]
    assert "huge" not in names(arranged(rows, Order.BEST, Choosing(largest_bytes=4 * 10**9)))


def test_a_filter_that_leaves_nothing_says_so(place: ModelsPlace) -> None:
    card = place.installed.card
    card.set_choosing(Choosing(skill=Skill.CODE))
    assert card.shown == []
    assert card.filter_button.text() == "Filter · 1"
    assert not card.table.isVisible()
    card.set_choosing(Choosing())
    assert len(card.shown) == 2


# The table


def test_rows_are_a_sound_item_model(place: ModelsPlace, qtmodeltester: ModelTester) -> None:
    rows: QAbstractItemModel = place.installed.card.table.rows
    qtmodeltester.check(rows)  # pyright: ignore[reportUnknownMemberType] - it has no types


def test_a_change_redraws_one_row_and_keeps_the_place_of_the_keys(place: ModelsPlace) -> None:
    table = place.installed.card.table
    table.setCurrentIndex(table.rows.index_of("own"))
    changed = record(table.rows.dataChanged)
    ready = Entry(OWN, FITS, state=ModelState.READY)
    place.installed.show_entries([Entry(STARTER, FITS), ready])
    assert len(changed) == 1
    place.installed.show_entries([ready])
    entry = table.rows.entry_at(table.currentIndex())
    assert entry is not None
    assert entry.key == "own"


def test_enter_does_what_the_button_says_and_del_removes(place: ModelsPlace) -> None:
    heard = actions_of(place)
    table = place.installed.card.table
    act(table, "My model")
    act(table, "My model", Qt.Key.Key_Delete)
    act(table, "SmolLM2 135M", Qt.Key.Key_Delete)
    assert heard == [(Action.USE, "own"), (Action.REMOVE, "own")]


def test_a_click_on_the_drawn_button_acts(place: ModelsPlace) -> None:
    heard = actions_of(place)
    table = place.installed.card.table
    row = table.visualRect(table.rows.index_of("own"))
    spot = QPoint(row.right() - 80, row.center().y())
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert heard == [(Action.USE, "own")]
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, row.center().y()))
    assert len(heard) == 1, "the name is no button"


def test_the_menu_of_a_row_gives_roles(place: ModelsPlace) -> None:
    heard = record(place.role_wanted)
    menu = place.menu_of(Entry(OWN, FITS, roles=(ModelRole.SMALL,)))
    lines = {action.text(): action for action in menu.actions()}
    assert lines["Use as small model"].isChecked()
    assert not lines["Use as code model"].isChecked()
    assert {"Use", "Settings", "Show in folder", "Remove"} <= set(lines)
    lines["Use as code model"].trigger()
    assert heard == [(ModelRole.CODE, "own")]
    assert "Use as embedding model" not in lines, "search by meaning works with one model alone"


def test_a_role_that_cannot_be_given_says_why(place: ModelsPlace) -> None:
    place.offer_models(ModelRole.EMBEDDING, [OWN], str(OWN.id), QPoint(0, 0))
    [menu] = [each for each in place.findChildren(Menu) if each.isVisible()]
    last = menu.actions()[-1]
    assert last.text() == "Search by meaning works with this one alone"
    assert not last.isEnabled()
    menu.close()


def test_what_seems_not_to_fit_is_had_only_when_asked_again(place: ModelsPlace) -> None:
    acted = actions_of(place)
    agreed: list[Entry] = []
    place.agreed.connect(agreed.append)
    place.installed.show_entries([Entry(OWN, WONT_FIT)])
    act(place.installed.card.table, "My model")
    question = place.findChild(Question)
    assert question is not None
    assert (acted, agreed) == ([], [])
    question.yes.click()
    assert [entry.key for entry in agreed] == ["own"]


def test_two_hundred_models_are_listed_in_rows_of_one_widget(place: ModelsPlace) -> None:
    many = [Entry(replace(OWN, id=f"m{n}", name=f"Model {n}"), FITS) for n in range(200)]  # pyright: ignore[reportArgumentType] - an id is a string
    place.installed.show_entries(many)
    table = place.installed.card.table
    assert len(place.installed.card.shown) == 200
    assert table.height() == 200 * 51
    assert not table.viewport().findChildren(QAbstractButton)


# Pages


def test_pages_are_reached_from_the_sidebar_and_from_the_title(place: ModelsPlace) -> None:
    shown = record(place.page_shown)
    place.sections.page_chosen.emit("activity")
    assert place.current == "activity"
    assert shown == [("activity",)]
    assert place.chooser.text() == "Activity"
    assert place.chooser.isVisible(), "the list of the sidebar is not there"
    place.show_page("nothing of this kind")
    assert place.current == "activity"


def test_a_page_that_is_not_there_is_not_offered(place: ModelsPlace) -> None:
    titles = [b.text() for b in place.sections.findChildren(QAbstractButton) if not b.isHidden()]
    assert "Activity" in titles
    assert "Search the Hub" not in titles


def test_a_page_without_a_control_leaves_the_focus_at_the_way_to_the_others(
    place: ModelsPlace,
) -> None:
    place.installed.card.table.setFocus()
    place.show_page("activity")
    assert not place.activity.hasFocus()
    assert place.chooser.hasFocus()


def test_nothing_installed_says_what_to_do(place: ModelsPlace) -> None:
    place.installed.show_entries([])
    empty = place.installed.empty
    assert empty is not None
    assert empty.isVisible()
    assert "Import" in empty.accessibleName()
    place.installed.show_entries([Entry(STARTER, FITS)])
    assert not empty.isVisible()


def test_activity_stands_in_a_table(place: ModelsPlace) -> None:
    place.show_page("activity")
    assert place.activity.empty.isVisible()
    place.activity.show_health([health(requests=0, failures=())])
    assert place.activity.empty.isVisible(), "one that was only loaded has done nothing yet"
    place.activity.show_health([health(failures=(("model_unsound", 3),), last_error="It broke.")])
    table = place.activity.table
    cells = [table.item(0, column) for column in range(table.columnCount())]
    assert [cell.text() for cell in cells if cell is not None] == [
        "My model",
        "12",
        "3",
        "None",
        "107, at worst 80",
        "0.2 s, at worst 0.4 s",
        "251 MB",
    ]
    table.setFocus(Qt.FocusReason.TabFocusReason)
    assert table.currentRow() == 0, "the keys are seen"
    assert "Failed 3 times. It broke." in str(
        table.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    )


# Import and looking


def test_files_and_folders_that_are_dropped_are_asked_to_be_imported(place: ModelsPlace) -> None:
    heard: list[list[str]] = []
    place.import_wanted.connect(heard.append)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/models/some.gguf"), QUrl.fromLocalFile("/models/folder")])
    drop(place, data)
    [paths] = heard
    assert [Path(path).name for path in paths] == ["some.gguf", "folder"]
    elsewhere = QMimeData()
    elsewhere.setUrls([QUrl("https://example.org/some.gguf")])
    drop(place, elsewhere)
    assert len(heard) == 1


def drop(place: ModelsPlace, data: QMimeData) -> None:
    none = Qt.KeyboardModifier.NoModifier
    spot, button = QPoint(5, 5), Qt.MouseButton.LeftButton
    place.dropEvent(QDropEvent(spot, Qt.DropAction.CopyAction, data, button, none))


def test_an_import_shows_how_far_it_is_and_can_be_given_up(place: ModelsPlace) -> None:
    heard = record(place.import_cancelled)
    place.strip.show_progress(0.4, "Copying 1 of 2")
    assert place.strip.isVisible()
    assert place.strip.accessibleName() == "Import: Copying 1 of 2, 40 %"
    next(b for b in place.strip.findChildren(QAbstractButton) if b.text() == "Cancel").click()
    assert heard == [()]


def test_nobody_is_asked_how_models_do_while_the_place_is_hidden(place: ModelsPlace) -> None:
    looked: list[bool] = []
    place.looked_at.connect(looked.append)
    place.hide()
    place.show()
    assert looked == [False, True]
