"""The screen in front of a locked history asks for the right thing and hands it over."""

import stat
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from assistant.domain.ids import BackupId
from assistant.domain.vault import BackupInfo, VaultState, VaultStatus
from assistant.ui.theme.theme import Theme
from assistant.ui.unlock.recovery import RecoveryCard
from assistant.ui.unlock.screen import UnlockScreen
from assistant.ui.welcome.screen import WelcomeScreen
from assistant.ui.widgets.labels import PlainLabel
from tests.helpers.signals import record

BACKUP = BackupInfo(BackupId("one"), datetime(2026, 3, 1, tzinfo=UTC), 1000, 3, 40, verified=True)


@pytest.fixture
def screen(qtbot: QtBot, theme: Theme) -> UnlockScreen:
    made = UnlockScreen(theme)
    qtbot.addWidget(made)
    made.show()
    return made


def fields(screen: UnlockScreen) -> list[QLineEdit]:
    return [field for field in screen.findChildren(QLineEdit) if field.isVisible()]


def press(screen: UnlockScreen, words: str) -> None:
    button = next(b for b in screen.findChildren(QPushButton) if b.text() == words)
    assert button.isVisible()
    button.click()


def test_a_passphrase_is_typed_hidden_and_sent_by_enter(screen: UnlockScreen) -> None:
    screen.show_status(VaultStatus(VaultState.NEEDS_PASSPHRASE))
    [field] = fields(screen)
    assert field.echoMode() is QLineEdit.EchoMode.Password
    QTest.keyClicks(field, "four unrelated words here")
    heard = record(screen.secret_given)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert heard == [("four unrelated words here",)]


def test_a_new_passphrase_must_be_typed_twice_alike(screen: UnlockScreen, qtbot: QtBot) -> None:
    screen.show_status(VaultStatus(VaultState.NEW_PASSPHRASE))
    first, again = fields(screen)
    QTest.keyClicks(first, "one passphrase")
    QTest.keyClicks(again, "another")
    with qtbot.assertNotEmitted(screen.secret_given):
        press(screen, "Start")
    again.setText("one passphrase")
    with qtbot.waitSignal(screen.secret_given):
        press(screen, "Start")


def test_a_wrong_answer_says_why_and_can_be_tried_again(screen: UnlockScreen, qtbot: QtBot) -> None:
    screen.show_status(VaultStatus(VaultState.NEEDS_PASSPHRASE))
    [field] = fields(screen)
    field.setText("wrong")
    press(screen, "Unlock")
    screen.show_status(
        VaultStatus(VaultState.NEEDS_PASSPHRASE, "This is not the passphrase.", "Try again.")
    )
    assert any("not the passphrase" in label.text() for label in screen.findChildren(PlainLabel))
    with qtbot.waitSignal(screen.secret_given):
        press(screen, "Unlock")


def test_a_forgotten_passphrase_leads_to_the_recovery_key(screen: UnlockScreen) -> None:
    screen.show_status(VaultStatus(VaultState.NEEDS_PASSPHRASE))
    press(screen, "Use the recovery key")
    [field] = fields(screen)
    assert field.accessibleName() == "Recovery key"
    assert field.echoMode() is QLineEdit.EchoMode.Normal


def test_a_damaged_vault_offers_its_backups_newest_first(screen: UnlockScreen) -> None:
    screen.show_status(VaultStatus(VaultState.DAMAGED, "A page is broken.", backups=(BACKUP,)))
    listed = screen.findChild(QListWidget)
    assert isinstance(listed, QListWidget)
    assert "40 messages" in listed.item(0).text()
    heard = record(screen.restore_chosen)
    press(screen, "Restore this backup")
    assert heard == [("one",)]


@pytest.mark.parametrize("state", [VaultState.NEWER, VaultState.BUSY, VaultState.DAMAGED])
def test_what_cannot_be_mended_here_can_be_tried_again(
    screen: UnlockScreen, qtbot: QtBot, state: VaultState
) -> None:
    screen.show_status(VaultStatus(state, "Something is wrong.", "Do this."))
    assert fields(screen) == []
    with qtbot.waitSignal(screen.retry_wanted):
        press(screen, "Try again")


def test_the_recovery_key_is_saved_for_the_user_alone(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    card = RecoveryCard(theme, "ABCDE-FGHJK")
    qtbot.addWidget(card)
    target = tmp_path / "key.txt"
    card.write_to(str(target))
    assert "ABCDE-FGHJK" in target.read_text()
    if sys.platform != "win32":
        assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with qtbot.waitSignal(card.save_failed):
        card.write_to(str(tmp_path / "no" / "such" / "folder.txt"))


def test_one_can_go_back_from_the_recovery_key_to_the_passphrase(screen: UnlockScreen) -> None:
    screen.show_status(VaultStatus(VaultState.NEEDS_PASSPHRASE))
    press(screen, "Use the recovery key")
    press(screen, "Use the passphrase")
    [field] = fields(screen)
    assert field.placeholderText() == "Passphrase"
    assert field.echoMode() is QLineEdit.EchoMode.Password


def test_what_happened_is_told_with_what_to_do(screen: UnlockScreen) -> None:
    screen.show_status(VaultStatus(VaultState.CLOSED, "The disk is full.", "Free some room."))
    words = [label.text() for label in screen.findChildren(PlainLabel) if label.isVisible()]
    assert "The disk is full. Free some room." in words


def test_damage_without_a_backup_offers_none(screen: UnlockScreen) -> None:
    screen.show_status(VaultStatus(VaultState.DAMAGED, "The file is damaged."))
    words = " ".join(label.text() for label in screen.findChildren(PlainLabel))
    assert "Choose a backup" not in words
    assert "no backup" in words
    press(screen, "Try again")


def test_enter_is_enough_at_the_welcome_and_at_the_recovery_key(qtbot: QtBot, theme: Theme) -> None:
    welcome = WelcomeScreen(theme)
    card = RecoveryCard(theme, "AAAA-BBBB")
    for widget, heard, words in (
        (welcome, record(welcome.started), "Start"),
        (card, record(card.acknowledged), "I have written it down"),
    ):
        qtbot.addWidget(widget)
        widget.show()
        button = next(b for b in widget.findChildren(QPushButton) if b.text() == words)
        QTest.keyClick(button, Qt.Key.Key_Return)
        assert len(heard) == 1


def test_the_welcome_keeps_its_words_whole_in_a_small_window(qtbot: QtBot, theme: Theme) -> None:
    welcome = WelcomeScreen(theme)
    qtbot.addWidget(welcome)
    welcome.resize(640, 480)
    welcome.show()
    for label in welcome.findChildren(PlainLabel):
        assert label.height() >= label.heightForWidth(label.width())
    theme.set(mode="dark")
    welcome.resize(1280, 800)
    claim = max(welcome.findChildren(PlainLabel), key=lambda label: label.font().pixelSize())
    assert claim.font().pixelSize() == theme.px(38)
