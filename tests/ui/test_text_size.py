"""The window follows the text size while it is open."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from assistant.ui.theme.theme import Theme
from tests.helpers.desk import Sat, leave, saying, sit_down


@pytest.fixture
def sat(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Sat]:
    made = sit_down(qtbot, theme, tmp_path / "p", saying("Yes."))
    yield made
    leave(made)


def test_the_sidebar_unfolds_again_when_the_text_shrinks(sat: Sat, theme: Theme) -> None:
    window = sat.desk.window
    window.resize(1280, 800)
    assert not window.sidebar.is_folded()
    theme.set(text_size=24)
    assert window.sidebar.is_folded()
    theme.set(text_size=16)
    assert not window.sidebar.is_folded()
