"""A switch of theme or size reaches everything at once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QFontMetrics,
    QGuiApplication,
    QPalette,
    QTextLayout,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from assistant.config.paths import resources
from assistant.ui.theme.fonts import STYLES, Role
from assistant.ui.theme.theme import Theme
from assistant.ui.theme.tokens import DARK, LIGHT, LIGHT_CONTRAST
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.labels import PlainLabel

_FAMILIES: dict[Role, str] = {
    "display": "Inter Display",
    "title": "Inter Display",
    "card_title": "Inter Display",
    "code": "JetBrains Mono",
}


def _glyphs(font: QFont, text: str) -> list[int]:
    layout = QTextLayout(text, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return [glyph for run in layout.glyphRuns() for glyph in run.glyphIndexes()]


@pytest.mark.parametrize("role", list(STYLES))
def test_each_role_is_drawn_with_a_font_that_ships(theme: Theme, role: Role) -> None:
    info = QFontInfo(theme.font(role))
    assert info.family() == _FAMILIES.get(role, "Inter")
    assert info.weight() == STYLES[role].weight
    assert info.pixelSize() == STYLES[role].size


def test_fonts_have_the_letters_of_the_languages_we_promise(theme: Theme) -> None:
    for role in ("reading", "code", "title"):
        metrics = QFontMetrics(theme.font(role))
        missing = [c for c in "aßéłđởЖщλΩ“”…→≤≠∑√½²₂€" if not metrics.inFontUcs4(ord(c))]
        assert missing == [], role


def test_code_has_no_ligatures_and_columns_have_figures_of_one_width(theme: Theme) -> None:
    code = theme.font("code")
    assert _glyphs(code, "!= =>") == [g for c in "!= =>" for g in _glyphs(code, c)]
    columns = QFontMetrics(theme.font("interface", tabular=True))
    assert columns.horizontalAdvance("1111") == columns.horizontalAdvance("0000")
    running = QFontMetrics(theme.font("interface"))
    assert running.horizontalAdvance("1111") < running.horizontalAdvance("0000")


def test_every_face_that_ships_can_be_loaded(theme: Theme) -> None:
    assert theme.load_rest() == []


def test_switching_restyles_what_is_already_there(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    window.resize(200, 200)
    qtbot.addWidget(window)
    label = PlainLabel(theme, "words", "reading", parent=window)
    field = QLineEdit(window)
    field.move(0, 60)
    window.show()
    with qtbot.waitSignal(theme.changed):
        theme.set(mode="dark", text_size=24)
    assert theme.tokens is DARK
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(DARK.ink)
    assert label.font().pixelSize() == 24
    picture = window.grab().toImage()
    assert picture.pixelColor(190, 190) == QColor(DARK.page)
    assert picture.pixelColor(field.geometry().center()) == QColor(DARK.card)


def test_everything_scales_with_the_text(theme: Theme) -> None:
    button = Button(theme, "Start")
    before = button.sizeHint()
    theme.set(text_size=24)
    assert (theme.px(32), theme.px(1), theme.px(0)) == (48, 2, 0)
    assert button.sizeHint().height() == 48
    assert button.sizeHint().width() > before.width()
    assert theme.icons.pixmap("copy", 16).deviceIndependentSize().width() == 24
    button.deleteLater()


@pytest.mark.parametrize(("asked", "got"), [(3, 12), (12, 12), (24, 24), (500, 24)])
def test_text_size_stays_in_bounds(theme: Theme, asked: int, got: int) -> None:
    theme.set(text_size=asked)
    assert theme.text_size == got


def test_setting_what_holds_already_changes_nothing(qtbot: QtBot, theme: Theme) -> None:
    with qtbot.assertNotEmitted(theme.changed):
        theme.set(mode="light", text_size=16, high_contrast=False)


def test_high_contrast_and_motion(theme: Theme) -> None:
    theme.set(high_contrast=True)
    assert theme.tokens is LIGHT_CONTRAST
    assert theme.motion(160) == 0
    theme.set(reduced_motion=False)
    assert theme.motion(160) == 160


def test_auto_follows_the_system(qtbot: QtBot, qapp: QApplication) -> None:
    hints = QGuiApplication.styleHints()
    theme = Theme(qapp, resources(), mode="auto")
    try:
        assert theme.tokens is LIGHT
        hints.setColorScheme(Qt.ColorScheme.Dark)
        hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
        dark = hints.colorScheme() == Qt.ColorScheme.Dark
        assert theme.tokens is (DARK if dark else LIGHT)
        theme.set(mode="light")
        assert theme.tokens is LIGHT
    finally:
        hints.unsetColorScheme()
        theme.deleteLater()
        qapp.setStyleSheet("")


def test_colours_are_found_by_name(theme: Theme) -> None:
    assert theme.color("ink2") == QColor(LIGHT.ink2)
    assert theme.color("plum.tint") == QColor(LIGHT.plum.tint)
    with pytest.raises(AttributeError):
        theme.color("pink")


def test_every_icon_draws_something_in_its_colour(theme: Theme) -> None:
    names = sorted(path.stem for path in (resources() / "icons").glob("*.svg"))
    assert len(names) > 100
    for name in names:
        if name.startswith("lamp"):
            continue
        image = theme.icons.pixmap(name, 16, "bad", ratio=2.0).toImage()
        assert image.width() == 32
        inked = [
            image.pixelColor(x, y)
            for x in range(32)
            for y in range(32)
            if image.pixelColor(x, y).alpha() == 255
        ]
        assert inked, name
        assert {colour.name().upper() for colour in inked} == {LIGHT.bad}, name


def test_icons_are_drawn_once_per_colour(theme: Theme) -> None:
    first = theme.icons.pixmap("copy")
    assert theme.icons.pixmap("copy").cacheKey() == first.cacheKey()
    theme.set(mode="dark")
    assert theme.icons.pixmap("copy").cacheKey() != first.cacheKey()


def test_an_unknown_icon_is_an_error(theme: Theme) -> None:
    with pytest.raises(FileNotFoundError):
        theme.icons.pixmap("no-such-icon")
