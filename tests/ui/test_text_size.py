"""The window follows the text size while it is open."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from assistant.ui.chat.composer_text import ComposerText
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


def test_the_composer_follows_a_change_made_in_the_settings(sat: Sat, theme: Theme) -> None:
    window, composer = sat.desk.window, sat.desk.room.place.composer
    small = _ink_width(composer.field)
    for size in (20, 24):
        window.show_settings()
        theme.set(text_size=size)
        window.show_place("chat")
    assert _ink_width(composer.field) > 1.4 * small, "the placeholder"
    composer.set_text("Ask anything")
    assert composer.field.document().defaultFont().pixelSize() == 24
    composer.notice.say("One message waits already.", action="Take back")
    for widget in (composer.model, composer.notice.action):
        assert widget.font().pixelSize() == theme.font("interface_medium").pixelSize()


def _ink_width(field: ComposerText) -> int:
    """How far what is drawn in a field reaches."""
    image = field.viewport().grab().toImage()
    ground = image.pixelColor(image.width() - 1, 0)
    drawn = [
        x
        for x in range(image.width())
        if any(image.pixelColor(x, y) != ground for y in range(image.height()))
    ]
    return max(drawn, default=0)
