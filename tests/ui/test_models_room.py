"""The models place over the real services: what is done there, and what comes of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from assistant.domain.connection import Connection, ConnectionOutcome, Purpose
from assistant.domain.download import Download, DownloadState
from assistant.domain.model import ModelRole
from assistant.ui.library.connections.page import ConnectionsPage
from assistant.ui.library.entries import Action, Entry
from assistant.ui.library.found_card import FoundCard
from assistant.ui.library.network_words import foot_words, network_view, open_hosts
from assistant.ui.library.offer import OfferLine
from assistant.ui.library.place import ModelsPlace
from assistant.ui.library.search.page import SearchPage
from assistant.ui.library.sections import RoleRow
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.question import Question
from tests.helpers.desk import STORE_S, Sat, leave, saying, sit_down
from tests.helpers.model_entries import FITS, OWN, download_of


@pytest.fixture
def sat(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Sat]:
    made = sit_down(qtbot, theme, tmp_path / "p", saying("An answer.", "Another."))
    yield made
    leave(made)


def opened(sat: Sat) -> ModelsPlace:
    """The place, once it has been told all."""
    sat.desk.window.show_place("models")
    place = sat.desk.window.place("models")
    assert isinstance(place, ModelsPlace)
    sat.bot.waitUntil(
        lambda: (
            len(place.catalogue.card.shown) > 5
            and len(place.installed.card.shown) > 0
            and place.machine.small.entry is not None
        )
    )
    return place


def toasts(sat: Sat) -> list[str]:
    return [toast.accessibleName() for toast in sat.desk.window.toasts.toasts()]


def questions(sat: Sat) -> list[Question]:
    return [each for each in sat.desk.window.findChildren(Question) if each.isVisible()]


def test_the_first_page_is_made_of_what_the_services_know(sat: Sat) -> None:
    place = opened(sat)
    machine = place.machine
    assert machine.small.entry is not None
    named = {machine.small.entry.key, machine.medium.entry.key if machine.medium.entry else ""}
    more = {entry.key for entry in machine.more.shown}
    assert more
    assert not more & named, "what is recommended is not listed a second time"
    here = [entry.model.name for entry in place.installed.card.shown]
    assert here == ["SmolLM2 135M"]
    sat.bot.waitUntil(machine.memory.isVisible)
    sat.bot.waitUntil(
        lambda: any(
            row.accessibleName() == "Small: SmolLM2 135M"
            for row in place.sections.findChildren(RoleRow)
        )
    )


def test_nothing_connects_before_the_user_says_so(sat: Sat) -> None:
    place = opened(sat)
    entry = next(e for e in place.catalogue.card.shown if not e.model.installed)
    place.acted.emit(Action.DOWNLOAD, entry)
    [question] = questions(sat)
    assert question.windowTitle() == "Go online for this file?"
    question.no.click()
    sat.settle()
    assert sat.desk.core.hub.connections.newest() == ()
    assert sat.desk.core.downloads.all() == ()


def test_what_is_no_model_is_refused_in_a_sentence(sat: Sat, tmp_path: Path) -> None:
    place = opened(sat)
    files = [tmp_path / "one.gguf", tmp_path / "two.gguf"]
    for file in files:
        file.write_text("no model", encoding="utf-8")
    place.import_wanted.emit([str(file) for file in files])
    assert place.strip.isVisible()
    sat.bot.waitUntil(lambda: len(toasts(sat)) >= 2)
    assert not place.strip.isVisible()
    for file in files:
        assert any(words.startswith(f"{file.name}: ") for words in toasts(sat))


def test_a_role_is_given_in_the_sidebar_and_kept(sat: Sat) -> None:
    place = opened(sat)
    key = place.installed.card.shown[0].key
    place.role_wanted.emit(ModelRole.CODE, key)
    sat.bot.waitUntil(lambda: sat.desk.core.settings.current.models.roles.get("code", "") == key)


def test_a_model_is_checked_byte_by_byte(sat: Sat) -> None:
    place = opened(sat)
    place.acted.emit(Action.VERIFY, place.installed.card.shown[0])
    assert place.check.isVisible()
    assert place.check.accessibleName() == "Check: Checking SmolLM2 135M, 0 %"
    sat.bot.waitUntil(lambda: "SmolLM2 135M is whole: every byte is as it was." in toasts(sat))
    assert not place.check.isVisible()


def test_a_check_can_be_given_up(sat: Sat) -> None:
    place = opened(sat)
    place.acted.emit(Action.VERIFY, place.installed.card.shown[0])
    place.check.cancel.click()
    assert not place.check.isVisible()
    sat.desk.core.workers.in_pool(lambda _: None).result(STORE_S)
    sat.settle()
    assert not any("is whole" in words for words in toasts(sat))
    place.acted.emit(Action.VERIFY, place.installed.card.shown[0])
    assert place.check.isVisible(), "another can begin"
    sat.bot.waitUntil(lambda: not place.check.isVisible())


def test_all_models_are_checked_with_one_button(sat: Sat) -> None:
    place = opened(sat)
    place.show_page("installed")
    [button] = [b for b in place.installed.findChildren(Button) if b.text() == "Check all"]
    assert not button.isVisible(), "one alone is checked from its menu"
    place.set_count("installed", 2)
    assert button.isVisible()
    button.click()
    assert place.check.isVisible()
    sat.bot.waitUntil(lambda: "SmolLM2 135M is whole: every byte is as it was." in toasts(sat))


def test_the_keys_go_into_the_page_that_a_button_leads_to(sat: Sat) -> None:
    place = opened(sat)
    button = place.machine.network.log_button
    button.setFocus(Qt.FocusReason.TabFocusReason)
    button.click()
    assert place.current == "connections"
    focused = QApplication.focusWidget()
    page = place.findChild(ConnectionsPage)
    assert page is not None
    assert isinstance(focused, Button), "and not to another page's line in the sidebar"
    assert page.isAncestorOf(focused)
    assert focused.text() == "For this machine", "the way back, while nothing else is here"
    focused.click()
    assert place.current == "machine"
    place.machine.search_button.setFocus(Qt.FocusReason.TabFocusReason)
    place.machine.search_button.click()
    search = place.findChild(SearchPage)
    assert search is not None
    assert QApplication.focusWidget() is search.bar.field
    place.show_page("machine")
    assert QApplication.focusWidget() is place.machine.search_button, "the topmost"
    assert place.machine.scroller.verticalScrollBar().value() == 0


def test_a_new_profile_has_no_unfinished_downloads(sat: Sat) -> None:
    opened(sat)
    assert sat.desk.core.storage.read().result(STORE_S).unfinished_bytes == 0


def test_buttons_at_the_foot_of_a_card_stand_under_its_title(sat: Sat) -> None:
    place = opened(sat)
    network = place.machine.network
    padding = place.machine.theme.px(10)
    title = next(
        label
        for label in network.findChildren(PlainLabel)
        if label.text() == "No connection was ever made."
    )
    assert network.log_button.x() + padding == title.x()
    found = place.findChild(FoundCard)
    assert found is not None
    sat.bot.waitUntil(lambda: any("Other applications" in w for w in words_of(found)))
    sat.bot.waitUntil(lambda: cut_short(found) == [])


def cut_short(widget: QWidget) -> list[str]:
    return [
        label.text()
        for label in widget.findChildren(PlainLabel)
        if label.height() < label.heightForWidth(label.width())
    ]


def words_of(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(PlainLabel)]


def test_the_settings_of_a_model_open_beside_it(sat: Sat) -> None:
    place = opened(sat)
    place.acted.emit(Action.SETTINGS, place.installed.card.shown[0])
    sat.bot.waitUntil(
        lambda: any(
            each.accessibleName() == "Model settings" and each.isVisible()
            for each in place.findChildren(QWidget)
        )
    )


def test_pages_do_without_the_sidebar_in_a_small_window(sat: Sat) -> None:
    place = opened(sat)
    assert not place.chooser.isVisible()
    sat.desk.window.resize(900, 600)
    sat.bot.waitUntil(place.chooser.isVisible)
    assert place.chooser.text() == "For this machine"
    place.show_page("downloads")
    assert place.chooser.isVisible()
    sat.desk.window.resize(1280, 800)
    sat.bot.waitUntil(lambda: not place.chooser.isVisible())


def test_names_stay_readable_in_a_small_window_with_large_text(sat: Sat, theme: Theme) -> None:
    sat.ask("One")  # what has answered stands under Activity
    place = opened(sat)
    sat.desk.window.resize(900, 600)
    theme.set(text_size=24)
    place.show_page("activity")
    table = place.activity.table
    sat.bot.waitUntil(lambda: table.rowCount() == 1)
    sat.bot.waitUntil(lambda: table.columnWidth(0) >= table.sizeHintForColumn(0))
    place.show_page("installed")
    words = QFontMetrics(theme.font("title")).horizontalAdvance(place.chooser.text())
    assert place.chooser.sizeHint().width() > words, "the way to the pages keeps its large letters"


# The offer in the chat


def test_the_stronger_model_is_offered_once_after_an_answer(sat: Sat) -> None:
    line = sat.desk.window.findChild(OfferLine)
    assert line is not None
    assert not line.isVisible()
    sat.ask("One")
    advice = sat.desk.core.recommending.advise().result(STORE_S)
    if advice.medium is None:
        pytest.skip("this machine has no room for a stronger model")
    sat.bot.waitUntil(line.isVisible)
    assert line.words.startswith(f"{advice.medium.model.name} would be stronger")
    line.not_now.click()
    assert not line.isVisible()
    key = str(advice.medium.model.id)
    sat.bot.waitUntil(lambda: sat.desk.core.settings.current.general.declined_offer == key)
    sat.ask("Two")
    assert not line.isVisible()


def test_a_model_that_has_come_can_be_used_from_anywhere(sat: Sat) -> None:
    sat.desk.wires.downloads.installed.emit(OWN)
    toast = sat.desk.window.toasts.toasts()[-1]
    assert toast.accessibleName() == "My model is here, checked and tried."
    assert [b.text() for b in toast.findChildren(QAbstractButton)] == ["Use it"]


# What is said about the network


def connection(outcome: ConnectionOutcome, host: str = "huggingface.co") -> Connection:
    moment = datetime(2026, 1, 2, 13, 4, tzinfo=UTC)
    return Connection(moment, host, Purpose.DOWNLOAD, "My model", 200, 0, outcome)


RUNNING = download_of(replace(OWN, path=None), DownloadState.RUNNING)


@pytest.mark.parametrize(
    ("connections", "downloads", "offline", "sealed", "card", "foot"),
    [
        ([], [], True, False, "Offline", ("Offline", "No connection ever made")),
        (
            [connection(ConnectionOutcome.REFUSED)],
            [],
            True,
            False,
            "Offline",
            ("Offline", "No connection ever made"),
        ),
        (
            [connection(ConnectionOutcome.OPEN)],
            [RUNNING],
            True,
            False,
            "Online for one file",
            ("Downloading", "1 file, 1 host allowed"),
        ),
        (
            [connection(ConnectionOutcome.OPEN), connection(ConnectionOutcome.OPEN, "cdn.hf.co")],
            [RUNNING, RUNNING],
            True,
            False,
            "Online for 2 files",
            ("Downloading", "2 files, 2 hosts allowed"),
        ),
        ([], [], False, False, "Online when you ask", None),
        ([connection(ConnectionOutcome.OPEN)], [RUNNING], True, True, "Offline", None),
    ],
)
def test_the_foot_and_the_card_tell_the_truth_of_the_gate(
    connections: list[Connection],
    downloads: list[Download],
    offline: bool,
    sealed: bool,
    card: str,
    foot: tuple[str, str] | None,
) -> None:
    view = network_view(connections, downloads, offline=offline, sealed=sealed)
    assert view.title == card
    said = foot_words(view, downloads, open_hosts(connections))
    if foot is not None:
        assert said == foot
    if not view.online:
        assert said[0] == card


def test_the_foot_follows_the_switch(sat: Sat) -> None:
    sidebar = sat.desk.window.sidebar
    job = sat.desk.core.preferences.change("privacy", "offline", value=False)
    job.result(STORE_S)
    sat.desk.places.settings_changed.emit(sat.desk.core.settings.current)
    names = [each.accessibleName() for each in sidebar.findChildren(QWidget)]
    assert any(name.startswith("Online when you ask") for name in names)


def test_an_entry_of_a_paused_download_is_gone_on_with_after_leave_was_given(sat: Sat) -> None:
    place = opened(sat)
    absent = replace(OWN, path=None)
    entry = Entry(absent, FITS, download_of(absent, DownloadState.PAUSED))
    asked: list[str] = []
    sat.desk.wires.fetching.resume_wanted.connect(asked.append)
    place.acted.emit(Action.RESUME, entry)
    assert asked == ["0" * 12]
