"""The page of downloads: every state in words, every wish to the queue, by keys as well."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from assistant.domain.download import Download, DownloadId, DownloadState
from assistant.services.core import Core
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.library.downloads import DownloadsController, DownloadsPage
from assistant.ui.library.downloads.row import DownloadRow
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.question import Question
from tests.helpers.hub import HubDouble
from tests.helpers.hub.orders import order_of
from tests.helpers.model_entries import OWN, download_of
from tests.helpers.profile import options_for
from tests.helpers.signals import record


@pytest.fixture
def page(qtbot: QtBot, theme: Theme) -> DownloadsPage:
    made = DownloadsPage(theme)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


def _one(number: int, state: DownloadState, part: float = 0.5, **facts: object) -> Download:
    made = download_of(OWN, state, part, rate=11_800_000.0, left=82.0)
    order = replace(made.order, id=DownloadId(f"{number:012x}"))
    return replace(made, order=order, **facts)  # pyright: ignore[reportArgumentType] - its fields


def _words(row: DownloadRow) -> list[str]:
    labels = row.findChildren(PlainLabel)
    return [label.text() for label in labels if label.text() and not label.isHidden()]


def test_with_nothing_to_show_it_says_what_belongs_here(page: DownloadsPage) -> None:
    assert page.empty.isVisible()
    page.show_downloads([_one(1, DownloadState.RUNNING)])
    assert not page.empty.isVisible()
    page.show_downloads([])
    assert page.empty.isVisible()
    assert page.rows() == []


def test_a_running_download_says_how_far_how_fast_and_how_long(page: DownloadsPage) -> None:
    page.show_downloads([_one(1, DownloadState.RUNNING, 0.59)])
    (row,) = page.rows()
    words = " ".join(_words(row))
    assert "59 %" in words
    assert "11.8 MB/s · 1 min 22 s left" in words
    assert "59 %" in row.accessibleName()


@pytest.mark.parametrize(
    ("state", "detail", "button", "words"),
    [
        (DownloadState.QUEUED, "", "Pause", "Waiting for its turn"),
        (DownloadState.CHECKING, "", "Pause", "Checking"),
        (DownloadState.TRYING, "", "Pause", "Trying"),
        (DownloadState.PAUSED, "", "Resume", "Paused at 50 %"),
        (DownloadState.PAUSED, "Lamplight works offline.", "Resume", "works offline"),
        (DownloadState.WAITING, "The Hub cannot be reached.", "Try now", "cannot be reached"),
        (DownloadState.FAILED, "The disk is full.", "Retry", "The disk is full."),
        (DownloadState.DONE, "", "Use", "Done"),
    ],
)
def test_each_state_is_said_with_its_way_out(
    page: DownloadsPage, state: DownloadState, detail: str, button: str, words: str
) -> None:
    page.show_downloads([_one(1, state, detail=detail)])
    (row,) = page.rows()
    assert row.main.text() == button
    assert words in " ".join(_words(row))


def test_buttons_ask_for_what_they_say(page: DownloadsPage) -> None:
    asked = {
        "pause": record(page.pause_wanted),
        "resume": record(page.resume_wanted),
        "use": record(page.use_wanted),
    }
    states = (DownloadState.RUNNING, DownloadState.PAUSED, DownloadState.DONE)
    page.show_downloads([_one(n, state, model_id=OWN.id) for n, state in enumerate(states)])
    for row in page.rows():
        QTest.keyClick(row.main, Qt.Key.Key_Return)
    assert asked["pause"] == [("0" * 12,)]
    assert asked["resume"] == [("0" * 11 + "1",)]
    assert asked["use"] == [(OWN.id,)]


def test_the_order_can_be_changed_and_the_focus_goes_along(page: DownloadsPage) -> None:
    moves = record(page.move_wanted)
    first, second = _one(1, DownloadState.RUNNING), _one(2, DownloadState.QUEUED)
    page.show_downloads([first, second])
    top, bottom = page.rows()
    for row, words in ((top, "Move up"), (bottom, "Move up"), (top, "Move down")):
        menu = row.menu()
        next(action for action in menu.actions() if action.text().startswith(words)).trigger()
        menu.deleteLater()
    assert moves == [(second.order.id, 0), (first.order.id, 1)]
    bottom.main.setFocus()
    page.show_downloads([second, first])
    assert page.rows() == [bottom, top]
    assert bottom.main.hasFocus()


def test_cancelling_asks_before_gigabytes_are_thrown_away(
    page: DownloadsPage, qtbot: QtBot
) -> None:
    cancelled = record(page.cancel_wanted)
    page.show_downloads([_one(1, DownloadState.RUNNING, 0.0), _one(2, DownloadState.PAUSED, 0.9)])
    for row in page.rows():
        menu = row.menu()
        next(action for action in menu.actions() if action.text() == "Cancel").trigger()
        menu.deleteLater()
    assert cancelled == [("0" * 11 + "1",)]
    (question,) = page.findChildren(Question)
    question.yes.click()
    assert cancelled[1:] == [("0" * 11 + "2",)]
    qtbot.waitUntil(lambda: not page.findChildren(Question))


def test_what_is_finished_can_be_cleared(page: DownloadsPage) -> None:
    cleared = record(page.clear_wanted)
    page.show_downloads([_one(1, DownloadState.RUNNING)])
    assert not page.clear.isVisible()
    page.show_downloads([_one(1, DownloadState.DONE)])
    assert page.clear.isVisible()
    page.clear.click()
    assert cleared == [()]


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[HubDouble]:
    with HubDouble() as double:
        monkeypatch.setenv("HF_ENDPOINT", double.url)
        yield double


@pytest.mark.loopback
def test_the_page_and_the_queue_work_together(
    hub: HubDouble, page: DownloadsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    core = Core(options_for(tmp_path))
    relay = JobRelay(page)
    controller = DownloadsController(core, page, relay, page)
    try:
        hub.add_repo("ada/small", {"model.gguf": bytes(1_000_000)})
        faults = hub.fault("ada/small/model.gguf")
        faults.hold_at = 500_000
        core.downloads.order(order_of(hub, "ada/small"))
        qtbot.waitUntil(lambda: len(page.rows()) == 1)
        (row,) = page.rows()
        qtbot.waitUntil(lambda: row.download.done_bytes == 500_000)
        row.main.click()
        qtbot.waitUntil(lambda: row.main.text() == "Resume")
        assert core.downloads.all()[0].state is DownloadState.PAUSED
        faults.hold_at = None
        faults.release.set()
        row.main.click()
        # What comes is no model: it says so, and offers nothing.
        qtbot.waitUntil(lambda: row.main.text() == "Retry")
        page.cancel_wanted.emit(row.download.order.id)
        qtbot.waitUntil(lambda: page.rows() == [])
    finally:
        controller.close()
        core.close()
        relay.close()


@pytest.mark.loopback
def test_going_on_while_offline_asks_first(
    hub: HubDouble, page: DownloadsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    core = Core(options_for(tmp_path))
    relay = JobRelay(page)
    core.settings.update("privacy", offline=False)
    controller = DownloadsController(core, page, relay, page)
    try:
        hub.add_repo("ada/small", {"model.gguf": bytes(1_000_000)})
        hub.fault("ada/small/model.gguf").hold_at = 500_000
        core.downloads.order(order_of(hub, "ada/small"))
        qtbot.waitUntil(lambda: len(page.rows()) == 1)
        (row,) = page.rows()
        qtbot.waitUntil(lambda: row.download.done_bytes == 500_000)
        core.settings.update("privacy", offline=True)
        qtbot.waitUntil(lambda: row.main.text() == "Resume")
        row.main.click()
        (question,) = page.findChildren(Question)
        assert core.downloads.all()[0].state is DownloadState.PAUSED
        question.yes.click()
        qtbot.waitUntil(lambda: row.main.text() == "Pause")
    finally:
        controller.close()
        core.close()
        relay.close()
