"""Questions and toasts: where the focus is, that it is seen, and where it goes afterwards."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from assistant.domain.errors import UserFacingError
from assistant.ui.library.search.page import SearchPage
from assistant.ui.library.search.token_dialog import TokenDialog
from assistant.ui.links import LinkQuestion, checked_address
from assistant.ui.settings.place import SettingsPlace
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.focus_ring import FocusRing
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.notices import ErrorCard
from assistant.ui.widgets.question import Question
from assistant.ui.widgets.toast import ToastHost
from tests.helpers.desk import leave, saying, sit_down

Make = Callable[[Theme, QWidget], QDialog]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """An active window of 800 by 600."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def _question(theme: Theme, window: QWidget) -> QDialog:
    return Question(theme, "Give it up?", "All of it is deleted.", "Give up", window)


def _token(theme: Theme, window: QWidget) -> QDialog:
    return TokenDialog(theme, has_token=True, window=window)


def _link(theme: Theme, window: QWidget) -> QDialog:
    return LinkQuestion(theme, checked_address("https://example.org/x"), window)


@pytest.mark.parametrize("make", [_question, _token, _link])
def test_what_has_the_focus_in_a_dialog_has_the_ring(
    qtbot: QtBot, theme: Theme, window: QWidget, make: Make
) -> None:
    dialog = make(theme, window)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    [ring] = dialog.findChildren(FocusRing)
    for _ in range(4):
        focused = dialog.focusWidget()
        if isinstance(focused, Button):
            assert ring.target is focused
            assert ring.isVisible()
            break
        QTest.keyClick(dialog, Qt.Key.Key_Tab)
    else:
        pytest.fail("no button has the focus")
    dialog.close()


@pytest.mark.parametrize("make", [_question, _token])
def test_a_dialog_follows_the_theme_while_it_is_open(
    qtbot: QtBot, theme: Theme, window: QWidget, make: Make
) -> None:
    dialog = make(theme, window)
    dialog.show()
    narrow = dialog.width()
    for mode in ("dark", "light"):
        theme.set(mode=mode)
        ground = dialog.grab().toImage().pixelColor(3, 3)
        assert ground == theme.color("page")
        [*labels] = [label for label in dialog.findChildren(PlainLabel) if label.text()]
        inks = {label.palette().color(label.foregroundRole()).name() for label in labels}
        assert inks == {theme.color("ink").name(), theme.color("ink2").name()}
    theme.set(text_size=22)
    assert dialog.width() > narrow, "larger words have room"
    for button in (each for each in dialog.findChildren(Button) if each.isVisible()):
        qtbot.waitUntil(lambda shown=button: shown.width() >= shown.sizeHint().width())
    dialog.close()


def test_a_toast_gives_the_focus_back_to_where_the_keys_were(
    qtbot: QtBot, theme: Theme, window: QWidget
) -> None:
    before, field, after = (
        Button(theme, words, parent=window) for words in ("Before", "Here", "After")
    )
    for button in (before, field, after):
        button.show()
    host = ToastHost(theme, window)
    field.setFocus()
    toast = host.show_toast("Done", action="Undo")
    [undo] = toast.findChildren(Button)
    undo.setFocus()
    QTest.keyClick(undo, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is field
    toast = host.show_toast("Done again", action="Undo")
    before.setFocus()
    toast.close_now()
    assert QApplication.focusWidget() is before, "it takes the focus from nobody"


@pytest.mark.parametrize(
    ("code", "tone", "offers"),
    [
        ("gated", "caution", ["Try again", "Give a token"]),
        ("token_wrong", "caution", ["Try again", "Give a token"]),
        ("hub_unreachable", "bad", ["Try again"]),
    ],
)
def test_a_gate_is_no_failure_and_takes_a_token(
    qtbot: QtBot, theme: Theme, code: str, tone: str, offers: list[str]
) -> None:
    page = SearchPage(theme)
    qtbot.addWidget(page)
    page.show()
    page.show_error(UserFacingError("It was refused.", "Ask them.", code=code))
    [card] = page.findChildren(ErrorCard)
    assert card.tone == tone
    buttons = card.findChildren(Button)
    assert [button.text() for button in buttons] == offers
    if tone == "caution":
        with qtbot.waitSignal(page.repository.token_wanted):
            buttons[-1].click()


def test_what_cannot_be_undone_in_the_settings_is_asked_as_everywhere(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    sat = sit_down(qtbot, theme, tmp_path / "p", saying("An answer."))
    try:
        sat.desk.window.show_settings()
        place = sat.desk.window.place("settings")
        assert isinstance(place, SettingsPlace)
        made: list[str] = []
        sat.desk.places.recovery_key_made.connect(made.append)
        for press, answered in ((False, 0), (True, 1)):
            place.vault.recovery_new.emit()
            [question] = [q for q in sat.desk.window.findChildren(Question) if q.isVisible()]
            assert question.windowTitle() == "Make a new recovery key?"
            assert question.focusWidget() is question.no
            (question.yes if press else question.no).click()
            sat.settle()
            qtbot.waitUntil(lambda wanted=answered: len(made) == wanted)
    finally:
        leave(sat)
