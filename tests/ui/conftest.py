"""What tests of the window share."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from assistant.config.paths import resources
from assistant.ui.theme.theme import Theme


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """A light theme at the normal size, without motion."""
    made = Theme(qapp, resources(), mode="light", reduced_motion=True)
    yield made
    made.deleteLater()
