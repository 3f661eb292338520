"""Searching the Hub in the window, over a Hub on loopback: all that can come of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from assistant.domain.download import DownloadState
from assistant.ui.library.connections.page import ConnectionsPage
from assistant.ui.library.place import ModelsPlace
from assistant.ui.library.search.page import SearchPage
from assistant.ui.library.search.token_dialog import TokenDialog
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.notices import EmptyState, ErrorCard
from assistant.ui.widgets.question import Question
from tests.helpers.desk import STORE_S, Sat, leave, saying, sit_down
from tests.helpers.hub import HubDouble
from tests.helpers.hub.faults import Reply

pytestmark = pytest.mark.loopback
SMALL, LARGE, GATED = "owner/Small-1B-GGUF", "owner/Large-900B-GGUF", "maker/Gated-1B-GGUF"
TOKEN, WRONG = "hf_therightone", "hf_anotherone"


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, starter_model: Path) -> Iterator[HubDouble]:
    with HubDouble(tokens={TOKEN: {GATED}}) as double:
        card = b"---\nlicense: mit\n---\n# A small model\n\nIt is small.\n"
        other = bytearray(starter_model.read_bytes())
        other[-1] ^= 1
        small = {"Small-Q4_K_M.gguf": bytes(other), "Small-Q8_0.gguf": b"GGUF", "README.md": card}
        gguf = {"architecture": "llama", "context_length": 2048}
        double.add_repo(
            SMALL, small, tags=("gguf", "license:mit"), gguf=gguf | {"total": 135 * 10**6}
        )
        double.add_repo(
            LARGE,
            {"Large-Q4_K_M.gguf": b"GGUF"},
            tags=("gguf", "license:apache-2.0"),
            downloads=9,
            gguf=gguf | {"total": 900 * 10**9},
        )
        double.add_repo(
            GATED,
            {"Gated-Q4_K_M.gguf": b"GGUF"},
            tags=("gguf",),
            gated="manual",
            downloads=5,
            gguf=gguf | {"total": 10**9},
        )
        monkeypatch.setenv("HF_ENDPOINT", double.url)
        yield double


class Searcher:
    """Somebody at the search page."""

    def __init__(self, sat: Sat) -> None:
        self.sat, self.bot = sat, sat.bot
        sat.desk.window.show_place("models")
        place = sat.desk.window.place("models")
        assert isinstance(place, ModelsPlace)
        self.place = place
        place.show_page("search")
        page = place.findChild(SearchPage)
        assert page is not None
        self.page = page

    @property
    def found(self) -> list[str]:
        rows = self.page.results.rows
        models = [rows.model_at(rows.index(at)) for at in range(rows.rowCount())]
        return [model.repo for model in models if model is not None]

    def questions(self) -> list[Question]:
        return [each for each in self.sat.desk.window.findChildren(Question) if each.isVisible()]

    def agree(self, title: str) -> None:
        [question] = self.questions()
        assert question.windowTitle() == title
        question.yes.click()

    def ask(self, words: str) -> None:
        self.page.bar.field.setText(words)
        self.page.bar.button.click()
        if self.questions():
            self.agree("Go online to search?")

    def search(self, words: str, *repos: str) -> None:
        self.ask(words)
        self.bot.waitUntil(lambda: self.found == list(repos))

    def look(self, repo: str) -> None:
        rows = self.page.results.rows
        at = self.found.index(repo)
        self.page.results.chosen.emit(rows.model_at(rows.index(at)))
        view = self.page.repository
        self.bot.waitUntil(lambda: view.isVisible() and bool(view.rows))

    def shown(self, kind: type[QWidget] = QWidget) -> list[str]:
        return [each.accessibleName() for each in self.page.findChildren(kind) if each.isVisible()]


@pytest.fixture
def at(qtbot: QtBot, theme: Theme, tmp_path: Path, hub: HubDouble) -> Iterator[Searcher]:
    sat = sit_down(qtbot, theme, tmp_path / "p", saying("An answer."))
    yield Searcher(sat)
    leave(sat)


def test_it_asks_once_and_no_word_leaves_before(at: Searcher, hub: HubDouble) -> None:
    at.page.bar.field.setText("1b")
    at.page.bar.button.click()
    [question] = at.questions()
    assert question.windowTitle() == "Go online to search?"
    question.no.click()
    at.sat.settle()
    assert hub.requests == []
    at.search("1b", GATED, SMALL)
    at.search("900b", LARGE)
    assert at.questions() == []
    at.place.show_page("installed")
    at.place.show_page("search")
    at.page.bar.button.click()
    assert at.questions(), "the leave held until the page was left"


def test_filters_leave_out_what_is_not_wanted(at: Searcher) -> None:
    at.search("owner", LARGE, SMALL)
    at.page.bar.fitting.click()
    at.bot.waitUntil(lambda: at.found == [SMALL])
    at.page.bar.fitting.click()
    at.bot.waitUntil(lambda: at.found == [LARGE, SMALL])
    licence = at.page.bar.licence
    licence.setCurrentIndex(licence.findData("apache-2.0"))
    licence.activated.emit(licence.currentIndex())
    at.bot.waitUntil(lambda: at.found == [LARGE])


def test_nothing_found_says_what_to_try_and_takes_the_filters_away(at: Searcher) -> None:
    size = at.page.bar.largest
    size.setCurrentIndex(1)
    at.ask("900b")
    at.bot.waitUntil(lambda: any("Nothing was found" in w for w in at.shown(EmptyState)))
    [state] = [each for each in at.page.findChildren(EmptyState) if each.isVisible()]
    clear = next(b for b in buttons(state) if b.text() == "Without filters")
    clear.click()
    at.bot.waitUntil(lambda: at.found == [LARGE])
    at.ask("no such thing")
    at.bot.waitUntil(lambda: any("Nothing was found" in w for w in at.shown(EmptyState)))
    [state] = [each for each in at.page.findChildren(EmptyState) if each.isVisible()]
    assert [b.text() for b in buttons(state) if b.isVisible()] == []


def test_a_repository_is_looked_at_and_downloaded_from(at: Searcher) -> None:
    at.search("small", SMALL)
    at.look(SMALL)
    view = at.page.repository
    rows = {row.choice.quantization: row for row in view.rows}
    assert set(rows) == {"Q4_K_M", "Q8_0"}
    assert rows["Q4_K_M"].choice.recommended
    card_view = view.card_view
    assert card_view is not None
    at.bot.waitUntil(card_view.isVisible)
    button = rows["Q4_K_M"].button
    assert button is not None
    button.click()
    at.agree("Go online for this file?")
    core = at.sat.desk.core
    at.bot.waitUntil(lambda: len(core.models.installed()) == 2, timeout=120_000)
    assert {model.repo for model in core.models.installed()} >= {SMALL}
    assert [d.state for d in core.downloads.all() if d.state is DownloadState.FAILED] == []
    view.back.click()
    assert not view.isVisible()
    assert at.page.results.isVisible()


def test_a_gated_repository_takes_a_token_that_the_hub_knows(at: Searcher, hub: HubDouble) -> None:
    at.search("gated", GATED)
    at.look(GATED)
    [notice] = at.page.repository.notices()
    assert notice.accessibleName().startswith("It is not open to everybody")
    assert notice.tone == "caution", "nothing has failed"
    next(b for b in buttons(notice) if b.text() == "Give a token").click()
    dialog = at.sat.desk.window.findChild(TokenDialog)
    assert dialog is not None
    dialog.field.setText(WRONG)
    dialog.keep.click()
    at.bot.waitUntil(lambda: "does not know the token" in " ".join(texts(dialog)))
    assert not at.sat.desk.core.hub.account.state().result(STORE_S).there
    dialog.field.setText(TOKEN)
    dialog.keep.click()
    at.bot.waitUntil(lambda: said(at, "You are reader on the Hub."))
    at.bot.waitUntil(
        lambda: any(
            "Use another token" in [b.text() for b in buttons(each)]
            for each in at.page.repository.notices()
        )
    )
    [notice] = at.page.repository.notices()
    assert notice.accessibleName().startswith("Your token is used for it")
    assert notice.tone == "plain"
    given = [request.headers.get("authorization") for request in hub.seen(GATED)]
    assert f"Bearer {TOKEN}" in given
    assert f"Bearer {WRONG}" not in given


def test_a_hub_that_is_busy_is_asked_again(at: Searcher, hub: HubDouble) -> None:
    hub.fault("/api/models").replies.extend([Reply.busy(30)] * 2)
    at.ask("small")
    at.bot.waitUntil(lambda: any("too many questions" in w for w in at.shown(ErrorCard)))
    [card] = [each for each in at.page.findChildren(ErrorCard) if each.isVisible()]
    assert "in 30 seconds" in card.accessibleName()
    assert "Give a token" not in [b.text() for b in buttons(card)], "it would change nothing"
    hub.fault("/api/models").replies.clear()
    next(b for b in buttons(card) if b.text() == "Try again").click()
    at.bot.waitUntil(lambda: at.found == [SMALL])


def test_a_hub_that_is_not_there_is_said_so(at: Searcher, hub: HubDouble) -> None:
    at.search("small", SMALL)
    hub.__exit__(None, None, None)
    at.ask("large")
    at.bot.waitUntil(lambda: any("cannot be reached" in w for w in at.shown(ErrorCard)))


def test_a_search_can_be_stopped(at: Searcher, hub: HubDouble) -> None:
    at.search("small", SMALL)
    fault = hub.fault("/api/models")
    fault.hold_first = True
    at.ask("large")
    at.bot.waitUntil(lambda: at.page.bar.button.text() == "Stop")
    assert fault.held.wait(60)
    at.page.bar.button.click()
    assert at.page.bar.button.text() == "Search"
    assert at.found == [SMALL], "what was found before stays"
    fault.hold_first = False
    fault.release.set()
    at.search("large", LARGE)


def test_the_log_says_what_was_asked_and_whom(at: Searcher) -> None:
    at.search("small", SMALL)
    at.look(SMALL)
    at.place.show_page("connections")
    log = at.place.findChild(ConnectionsPage)
    assert log is not None
    rows = log.list.rows
    at.bot.waitUntil(lambda: rows.rowCount() > 0)
    for row in reversed(range(rows.rowCount())):
        rows.toggle(rows.index(row))
    assert rows.rowCount() > 3, "each connection can be seen"
    said = [str(rows.data(rows.index(row), 11)) for row in range(rows.rowCount())]
    assert any("Search: A search for models" in words for words in said)
    assert any(f"Download: {SMALL}" in words for words in said)
    assert not any("small" in words.replace(SMALL, "") for words in said), "never the words"


def buttons(widget: QWidget) -> list[Button]:
    return widget.findChildren(Button)


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(PlainLabel) if label.isVisible()]


def said(at: Searcher, words: str) -> bool:
    toasts = at.sat.desk.window.toasts.toasts()
    return any(toast.accessibleName().startswith(words) for toast in toasts)


def test_sealed_says_so_and_takes_no_words(qtbot: QtBot, theme: Theme) -> None:
    page = SearchPage(theme)
    qtbot.addWidget(page)
    page.show_start(offline=True, sealed=True)
    page.show()
    [state] = page.findChildren(EmptyState)
    assert state.accessibleName().startswith("Searching is off. Lamplight was started offline")
    assert not page.bar.field.isEnabled()
    assert not page.bar.button.isEnabled()
