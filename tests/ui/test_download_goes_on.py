"""The application is closed during a download, and at its next start finds it going on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from assistant.domain.download import DownloadState
from assistant.ui.library.downloads.page import DownloadsPage
from assistant.ui.library.downloads.row import DownloadRow
from assistant.ui.library.place import ModelsPlace
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.question import Question
from tests.helpers.desk import Sat, leave, saying, sit_down
from tests.helpers.hub import HubDouble
from tests.ui.test_models_download import FILE, REPO

pytestmark = pytest.mark.loopback
HALF = 40_000_000


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, starter_model: Path) -> Iterator[HubDouble]:
    content = bytearray(starter_model.read_bytes())
    content[-1] ^= 1
    with HubDouble() as double:
        double.add_repo(REPO, {FILE: bytes(content)})
        monkeypatch.setenv("HF_ENDPOINT", double.url)
        yield double


def models_of(sat: Sat) -> ModelsPlace:
    sat.desk.window.show_place("models")
    place = sat.desk.window.place("models")
    assert isinstance(place, ModelsPlace)
    return place


def foot(sat: Sat) -> list[str]:
    return [each.accessibleName() for each in sat.desk.window.sidebar.findChildren(QWidget)]


def test_a_download_goes_on_by_itself_at_the_next_start(
    qtbot: QtBot, theme: Theme, tmp_path: Path, hub: HubDouble
) -> None:
    profile, fault = tmp_path / "p", hub.fault(f"{REPO}/{FILE}")
    fault.hold_at = HALF
    first = sit_down(qtbot, theme, profile, saying("An answer."))
    place = models_of(first)
    qtbot.waitUntil(lambda: len(place.catalogue.card.shown) > 5)
    entry = next(e for e in place.catalogue.card.shown if e.model.repo == REPO)
    first.desk.wires.fetching.want(entry.model)
    [question] = [q for q in first.desk.window.findChildren(Question) if q.isVisible()]
    question.yes.click()
    core = first.desk.core
    qtbot.waitUntil(lambda: any(d.done_bytes > HALF // 2 for d in core.downloads.all()))
    leave(first)
    before = len(hub.seen("/cdn/"))

    second = sit_down(qtbot, theme, profile, saying("An answer."))
    try:
        qtbot.waitUntil(lambda: len(hub.seen("/cdn/")) > before)
        [download] = second.desk.core.downloads.all()
        assert download.state is DownloadState.RUNNING
        assert "range" in hub.seen("/cdn/")[-1].headers, "what is here is not fetched again"
        qtbot.waitUntil(lambda: any(w.startswith("Downloading") for w in foot(second)))
        assert not [q for q in second.desk.window.findChildren(Question) if q.isVisible()]
        place = models_of(second)
        place.show_page("downloads")
        page = place.findChild(DownloadsPage)
        assert page is not None
        qtbot.waitUntil(lambda: bool(page.findChildren(DownloadRow)))
        fault.hold_at = None
        fault.release.set()
        qtbot.waitUntil(lambda: len(second.desk.core.models.installed()) == 2)
    finally:
        leave(second)
