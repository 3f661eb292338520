"""What tests of the window share."""

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QLocale
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from assistant.config.paths import resources
from assistant.ui.theme.theme import Theme

_PATIENCE_MS = 60_000


@pytest.fixture(autouse=True, scope="session")
def patient() -> Iterator[None]:
    """Waits give up late: on a busy machine the first import behind a page takes five seconds."""
    with pytest.MonkeyPatch.context() as patch:
        for wait in (QtBot.waitUntil, QtBot.waitSignal):
            patch.setattr(
                wait, "__kwdefaults__", {**(wait.__kwdefaults__ or {}), "timeout": _PATIENCE_MS}
            )
        yield


@pytest.fixture(autouse=True, scope="session")
def day_of_24_hours() -> Iterator[None]:
    """Times are written the same wherever the tests run."""
    before = QLocale()
    QLocale.setDefault(QLocale.c())
    yield
    QLocale.setDefault(before)


@pytest.fixture(autouse=True)
def collected_here(qapp: QApplication) -> Iterator[None]:
    """Garbage is collected on this thread, as in the application (``ui.bridge.collector``).

    What is left after a test are modules and what they keep; looking through them again after
    each test took a third of all tests' time.
    """
    gc.disable()
    yield
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """A light theme at the normal size, without motion."""
    made = Theme(qapp, resources(), mode="light", reduced_motion=True)
    yield made
    made.deleteLater()
