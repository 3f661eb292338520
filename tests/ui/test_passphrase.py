"""A new passphrase is typed twice, can be looked at, and is judged in words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from assistant.ui.settings.place import SettingsPlace
from assistant.ui.theme.theme import Theme
from assistant.ui.unlock.passphrase import NewPassphrase
from assistant.ui.unlock.strength import Strength, strength_of
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.secret import SecretField
from tests.helpers.desk import Sat, leave, saying, sit_down
from tests.helpers.signals import record

HIDDEN, SHOWN = QLineEdit.EchoMode.Password, QLineEdit.EchoMode.Normal


@pytest.fixture
def pair(qtbot: QtBot, theme: Theme) -> NewPassphrase:
    made = NewPassphrase(theme, "New passphrase")
    qtbot.addWidget(made)
    made.show()
    return made


def test_what_is_not_typed_twice_alike_is_not_taken_and_it_is_said_why(
    pair: NewPassphrase,
) -> None:
    assert pair.take() == ""
    assert "Type it first" in pair.line.text()
    QTest.keyClicks(pair.first, "orchard violin gravel tundra")
    assert pair.take() == ""
    assert "once more" in pair.line.text()
    QTest.keyClicks(pair.again, "orchard violin gravel")
    assert pair.take() == ""
    assert "not the same" in pair.line.text()
    assert pair.again.property("wrong") is True
    QTest.keyClicks(pair.again, "orchard violin gravel tundra")  # over what is selected
    assert pair.again.property("wrong") is False
    assert pair.take() == "orchard violin gravel tundra"


def test_the_eye_shows_both_and_is_reached_by_keys(pair: NewPassphrase, qtbot: QtBot) -> None:
    assert (pair.first.echoMode(), pair.again.echoMode()) == (HIDDEN, HIDDEN)
    pair.activateWindow()
    pair.first.setFocus()
    qtbot.waitUntil(pair.first.hasFocus)
    QTest.keyClick(pair.first, Qt.Key.Key_Tab)
    assert pair.first.eye.hasFocus()
    assert pair.first.eye.accessibleName() == "Show what is typed"
    QTest.keyClick(pair.first.eye, Qt.Key.Key_Space)
    assert (pair.first.echoMode(), pair.again.echoMode()) == (SHOWN, SHOWN)
    assert pair.first.eye.accessibleName() == "Hide what is typed"
    sent = record(pair.submitted)
    QTest.keyClick(pair.first.eye, Qt.Key.Key_Return)
    assert (pair.first.echoMode(), sent) == (HIDDEN, [])
    QTest.keyClick(pair.first.eye, Qt.Key.Key_Return)
    pair.clear()
    assert (pair.first.echoMode(), pair.again.echoMode()) == (HIDDEN, HIDDEN)


def test_a_recovery_key_has_no_eye(qtbot: QtBot, theme: Theme) -> None:
    field = SecretField(theme, "Recovery key")
    qtbot.addWidget(field)
    field.show()
    field.set_secret(secret=False)
    assert field.echoMode() is SHOWN
    assert not field.eye.isVisible()


@pytest.mark.parametrize(
    ("passphrase", "strength"),
    [
        ("password", Strength.EASY),
        ("Tr0ub4dor&3", Strength.EASY),
        ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", Strength.EASY),
        ("12345678901234567890", Strength.EASY),
        ("lamp lamp lamp lamp lamp lamp", Strength.EASY),
        ("orchard violin gravel", Strength.FAIR),
        ("correct horse battery staple", Strength.HARD),
        ("orchard violin gravel tundra spoon", Strength.HARD),
    ],
)
def test_the_strength_is_judged_by_what_does_not_follow(
    passphrase: str, strength: Strength
) -> None:
    assert strength_of(passphrase).strength is strength


def test_the_line_judges_while_one_types(pair: NewPassphrase) -> None:
    assert not pair.line.isVisible()
    QTest.keyClicks(pair.first, "lamp")
    assert pair.line.text().startswith("Easy to guess.")
    QTest.keyClicks(pair.first, " orchard violin gravel tundra")
    assert pair.line.text() == "Hard to guess."


@pytest.fixture
def sat(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Sat]:
    made = sit_down(qtbot, theme, tmp_path / "p", saying("An answer."))
    yield made
    leave(made)


def test_the_settings_change_the_passphrase_only_when_it_was_typed_twice(sat: Sat) -> None:
    sat.desk.window.show_settings()
    [place] = sat.desk.window.findChildren(SettingsPlace)
    rows = place.vault
    heard = record(rows.passphrase_set)
    rows.passphrase.first.setText("orchard violin gravel tundra")
    QTest.keyClick(rows.passphrase.first, Qt.Key.Key_Return)
    assert heard == []
    rows.passphrase.again.setText("orchard violin gravel tundra")
    next(b for b in place.findChildren(Button) if b.text() == "Set").click()
    assert len(heard) == 1
    sat.bot.waitUntil(lambda: not rows.passphrase.first.text())
    sat.settle()


def test_a_passphrase_that_is_too_short_is_refused_beside_the_field(sat: Sat) -> None:
    sat.desk.window.show_settings()
    [place] = sat.desk.window.findChildren(SettingsPlace)
    rows = place.vault
    rows.passphrase.first.setText("short")
    rows.passphrase.again.setText("short")
    rows.passphrase.submitted.emit()
    sat.bot.waitUntil(lambda: "at least 8" in rows.passphrase.line.text())
