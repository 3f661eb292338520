"""Files that may not be read or written: a sentence that says what to do, in both front ends."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from assistant.config.paths import profile_paths
from assistant.engine.scripted import scripted_engine
from assistant.services.core import Core
from assistant.services.options import CoreOptions
from assistant.ui.app import Lamplight
from tests.helpers.command_line import Assistant
from tests.helpers.signals import record
from tests.helpers.small_disk import SmallDisk, can_be_made

pytestmark = pytest.mark.e2e
POWERLESS = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")
IS_ROOT = sys.platform != "win32" and os.geteuid() == 0


class Powerless(Assistant):
    """The application without the superuser's right to read everything."""

    def command(self, *arguments: str) -> list[str]:
        command = super().command(*arguments)
        return [*POWERLESS, *command] if IS_ROOT else command


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Powerless]:
    made = Powerless(tmp_path)
    assert made.json("history", "list") == {"conversations": []}
    yield made
    for path in (made.profile / "data", *(made.profile / "data").iterdir()):
        path.chmod(0o700)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
@pytest.mark.skipif(IS_ROOT and shutil.which("setpriv") is None, reason="the superuser reads all")
@pytest.mark.parametrize("name", ["vault.db", "vault.tail", "vault.json", "vault.lock", "."])
def test_a_file_that_may_not_be_read_is_no_mystery(assistant: Powerless, name: str) -> None:
    (assistant.profile / "data" / name).chmod(0o000)
    error = assistant.error("history", "list")
    assert error["code"] in ("vault_unreachable", "lock_unreachable", "profile_unwritable")
    assert "Something went wrong" not in error["message"]
    assert error["hint"]


@pytest.mark.skipif(not can_be_made(), reason="no way to a disk of its own here")
def test_a_disk_that_became_read_only_names_the_folder(tmp_path: Path) -> None:
    mounted = tmp_path / "disk"
    mounted.mkdir()
    plain = Assistant(tmp_path)
    plain.profile = mounted / "profile"
    with SmallDisk(mounted, "80m") as disk:

        class Inside(Assistant):
            def command(self, *arguments: str) -> list[str]:
                return disk.inside(plain.command(*arguments))

        inside = Inside(tmp_path)
        assert inside.json("history", "list") == {"conversations": []}
        disk.make_read_only()
        error = inside.error("history", "list")
        assert error["code"] == "lock_unreachable"
        assert str(plain.profile / "data") in error["message"]


@pytest.fixture
def lamplight(qapp: QApplication, tmp_path: Path) -> Iterator[Lamplight]:
    """Its passphrase file is missing."""
    options = CoreOptions(
        paths=profile_paths(tmp_path / "p"), passphrase_file=tmp_path / "none", keyring=False
    )
    made = Lamplight(qapp, options, lambda given: Core(given, scripted_engine()))
    yield made
    made.window.close()
    made.deleteLater()


def test_a_window_whose_passphrase_file_is_missing_asks(qtbot: QtBot, lamplight: Lamplight) -> None:
    lamplight.show()
    qtbot.waitUntil(lambda: lamplight.window.current == "unlock", timeout=60_000)
    (toast,) = lamplight.window.toasts.toasts()
    assert "passphrase file cannot be read" in toast.accessibleName()


def test_a_window_that_cannot_start_says_why_for_as_long_as_it_stands(
    qtbot: QtBot, lamplight: Lamplight, tmp_path: Path
) -> None:
    (tmp_path / "p").write_text("a file where the folder should be", "utf-8")
    said = record(lamplight.failed)
    lamplight.show()
    qtbot.waitUntil(lambda: bool(said), timeout=60_000)
    assert "--profile" in str(said[0][0])
    (toast,) = lamplight.window.toasts.toasts()
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    assert not [timer for timer in toast.findChildren(QTimer) if timer.isActive()]
