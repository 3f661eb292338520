"""Every setting can be found, read and changed, by keyboard as well."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QScrollArea, QSpinBox
from pytestqt.qtbot import QtBot

from assistant.config.describe import describe
from assistant.config.paths import resources
from assistant.config.settings import Settings
from assistant.ui.settings.card import SettingLine
from assistant.ui.settings.place import SettingsPlace
from assistant.ui.settings.text_size import TextSize
from assistant.ui.settings.theme_picker import ThemePicker
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.switch import Switch
from tests.helpers.signals import record


@pytest.fixture
def place(qtbot: QtBot, theme: Theme) -> SettingsPlace:
    made = SettingsPlace(theme, Settings(), resources())
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    return made


def named(place: SettingsPlace, name: str) -> Switch | QSpinBox | ThemePicker | TextSize:
    for kind in (Switch, QSpinBox, ThemePicker, TextSize):
        for widget in place.findChildren(kind):
            if widget.accessibleName() == name:
                return widget
    raise AssertionError(name)


def test_every_shown_setting_has_a_control_that_says_what_it_is(place: SettingsPlace) -> None:
    kinds = (Switch, QSpinBox, QComboBox, ThemePicker, TextSize)
    names = {w.accessibleName() for kind in kinds for w in place.findChildren(kind)}
    assert {row.title for section in describe() for row in section.rows} <= names


def test_a_change_is_asked_for_and_showing_a_value_is_no_change(
    place: SettingsPlace, qtbot: QtBot
) -> None:
    contrast = named(place, "High contrast")
    assert isinstance(contrast, Switch)
    heard = record(place.changed)
    contrast.setFocus()
    QTest.keyClick(contrast, Qt.Key.Key_Space)
    assert heard == [
        (
            "appearance",
            "high_contrast",
            True,
        )
    ]
    with qtbot.assertNotEmitted(place.changed):
        place.show_settings(Settings())
    assert not contrast.isChecked()


def test_the_theme_is_chosen_from_pictures(place: SettingsPlace) -> None:
    picker = named(place, "Theme")
    dark = next(b for b in picker.findChildren(QAbstractButton) if b.text() == "Dark")
    heard = record(place.changed)
    dark.click()
    assert heard == [
        (
            "appearance",
            "theme",
            "dark",
        )
    ]


def test_search_hides_all_but_what_was_found(place: SettingsPlace) -> None:
    search = next(
        w for w in place.findChildren(QLineEdit) if w.accessibleName() == "Search settings"
    )
    QTest.keyClicks(search, "contrast")
    assert named(place, "High contrast").isVisible()
    assert not named(place, "Text size").isVisible()
    assert not named(place, "Enter sends").isVisible()
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert named(place, "Enter sends").isVisibleTo(place)


def test_escape_leaves(place: SettingsPlace, qtbot: QtBot) -> None:
    with qtbot.waitSignal(place.back_wanted):
        QTest.keyClick(place, Qt.Key.Key_Escape)


def test_the_texts_of_licences_can_be_read(place: SettingsPlace, qtbot: QtBot) -> None:
    choice = next(
        w for w in place.findChildren(QComboBox) if w.accessibleName() == "Document or licence"
    )
    place.go_to("about")
    qtbot.waitUntil(lambda: choice.count() > 0)
    titles = [choice.itemText(n) for n in range(choice.count())]
    assert "Lucide" in titles


@pytest.mark.parametrize("words", ["recovery", "passphrase", "verify"])
def test_search_finds_what_is_not_a_plain_setting(place: SettingsPlace, words: str) -> None:
    place.findChildren(QLineEdit)[0].setText(words)
    shown = [row for row in place.vault.rows if row.isVisible()]
    assert shown
    assert len(shown) < len(place.vault.rows)


@pytest.mark.parametrize("text_size", [16, 24])
def test_every_control_can_be_reached_in_a_small_window(
    place: SettingsPlace, theme: Theme, text_size: int, qtbot: QtBot
) -> None:
    theme.set(text_size=text_size)
    place.resize(*((640, 480) if text_size == 16 else (900, 600)))
    line = next(line for line in place.findChildren(SettingLine) if line.stacked)
    qtbot.waitUntil(lambda: line.width() <= place.width())
    switch = named(place, "High contrast")
    qtbot.waitUntil(lambda: switch.mapTo(place, switch.rect().topRight()).x() < place.width())
    bars = [area.horizontalScrollBar() for area in place.findChildren(QScrollArea)]
    qtbot.waitUntil(lambda: all(bar.maximum() == 0 for bar in bars))
