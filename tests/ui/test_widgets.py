"""The kit by hand: keys, names, sizes, states."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from assistant.ui.theme.theme import Theme
from assistant.ui.theme.tokens import LIGHT
from assistant.ui.widgets.buttons import Button, IconButton
from assistant.ui.widgets.chip import Chip, Pill
from assistant.ui.widgets.fields import LineField, SearchField, TextField
from assistant.ui.widgets.flow import FlowLayout
from assistant.ui.widgets.labels import ElidedLabel, KeyCap, PlainLabel
from assistant.ui.widgets.meters import ProgressBar, RingMeter
from assistant.ui.widgets.section_item import SectionItem
from assistant.ui.widgets.segmented import Segmented
from assistant.ui.widgets.slider import Slider
from assistant.ui.widgets.state_button import StateButton
from assistant.ui.widgets.switch import CheckBox, RadioButton, Switch
from tests.helpers.signals import record

_PRESSED: dict[str, Callable[[Theme], QAbstractButton]] = {
    "button": lambda theme: Button(theme, "Start"),
    "small button": lambda theme: Button(theme, "Start", small=True),
    "primary": lambda theme: Button(theme, "Start", "primary", icon="play"),
    "icon button": lambda theme: IconButton(theme, "copy", "Copy"),
    "chip": lambda theme: Chip(theme, "17:00", "due"),
    "switch": lambda theme: Switch(theme, "Work offline"),
    "box": lambda theme: CheckBox(theme, "Remember"),
    "bare box": lambda theme: CheckBox(theme, ""),
    "radio": lambda theme: RadioButton(theme, "Auto"),
    "section item": lambda theme: SectionItem(theme, "box", "Models", "place"),
    "state button": StateButton,
}


@pytest.fixture(params=list(_PRESSED))
def pressed(
    request: pytest.FixtureRequest, qtbot: QtBot, theme: Theme
) -> Iterator[QAbstractButton]:
    """Each widget that is pressed, on the screen."""
    window = QWidget()
    qtbot.addWidget(window)
    widget = _PRESSED[request.param](theme)
    QVBoxLayout(window).addWidget(widget)
    window.resize(400, 120)
    window.show()
    yield widget
    window.close()


def test_it_is_reached_and_pressed_by_keyboard(qtbot: QtBot, pressed: QAbstractButton) -> None:
    assert pressed.focusPolicy() & Qt.FocusPolicy.TabFocus
    pressed.setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(pressed.clicked):
        QTest.keyClick(pressed, Qt.Key.Key_Space)


def test_it_is_large_enough_to_hit_and_has_a_name(pressed: QAbstractButton) -> None:
    assert pressed.height() >= 28
    assert pressed.width() >= 28
    bare = isinstance(pressed, CheckBox) and not pressed.text()
    assert bare or pressed.accessibleName() or pressed.text()


def test_all_of_it_takes_clicks(qtbot: QtBot, pressed: QAbstractButton) -> None:
    corner = QPoint(pressed.width() - 2, pressed.height() - 2)
    with qtbot.waitSignal(pressed.clicked):
        QTest.mouseClick(pressed, Qt.MouseButton.LeftButton, pos=corner)


def test_it_looks_otherwise_when_it_cannot_be_used(pressed: QAbstractButton) -> None:
    before = pressed.grab().toImage()
    pressed.setEnabled(False)
    assert pressed.grab().toImage() != before


def test_it_grows_with_the_text(pressed: QAbstractButton, theme: Theme) -> None:
    before = pressed.sizeHint()
    theme.set(text_size=24)
    assert pressed.sizeHint().height() > before.height()
    assert pressed.sizeHint().width() > before.width()


def test_the_primary_button_is_amber_and_darkens_when_pressed(theme: Theme) -> None:
    button = Button(theme, "", "primary")
    button.resize(100, 32)
    assert button.grab().toImage().pixelColor(50, 16) == QColor(LIGHT.lamp)
    button.setDown(True)
    assert button.grab().toImage().pixelColor(50, 16).lightness() < QColor(LIGHT.lamp).lightness()
    button.deleteLater()


def test_enter_presses_a_button(qtbot: QtBot, theme: Theme) -> None:
    button = Button(theme, "Go")
    qtbot.addWidget(button)
    pressed = record(button.clicked)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        QTest.keyClick(button, key)
    assert len(pressed) == 3


def test_an_icon_button_says_what_it_does_and_by_which_keys(qtbot: QtBot, theme: Theme) -> None:
    button = IconButton(theme, "panel-left", "Fold the sidebar")
    qtbot.addWidget(button)
    button.set_name("Fold the sidebar", "Ctrl+B")
    assert button.accessibleName() == "Fold the sidebar"
    assert button.toolTip() == "Fold the sidebar  (Ctrl+B)"


def test_labels_never_take_words_for_html(qtbot: QtBot, theme: Theme) -> None:
    for label in (PlainLabel(theme, "<b>x</b>"), ElidedLabel(theme, "<b>x</b>"), KeyCap(theme, "")):
        qtbot.addWidget(label)
        assert label.textFormat() == Qt.TextFormat.PlainText


def test_an_elided_label_shows_the_whole_as_its_tooltip(qtbot: QtBot, theme: Theme) -> None:
    label = ElidedLabel(theme, "<i>a long\ntitle</i> that does not fit")
    qtbot.addWidget(label)
    label.resize(600, 20)
    label.show()
    assert label.toolTip() == ""
    label.resize(60, 20)
    assert label.toolTip() == "<p>&lt;i>a long title&lt;/i> that does not fit</p>"


def test_the_switch_moves_its_knob_and_tells(qtbot: QtBot, theme: Theme) -> None:
    switch = Switch(theme, "Work offline")
    qtbot.addWidget(switch)
    switch.show()
    off = switch.grab().toImage()
    with qtbot.waitSignal(switch.toggled):
        switch.click()
    on = switch.grab().toImage()
    middle = on.height() // 2
    assert off.pixelColor(11, middle) == QColor(LIGHT.control)
    assert on.pixelColor(27, middle) == QColor(LIGHT.onlamp)
    assert switch.accessibleName() == "Work offline"


def test_the_switch_slides_unless_motion_is_reduced(qtbot: QtBot, theme: Theme) -> None:
    theme.set(reduced_motion=False)
    switch = Switch(theme, "Work offline")
    qtbot.addWidget(switch)
    switch.show()
    switch.click()
    arrived = QColor(LIGHT.onlamp)

    def knob_is_right() -> None:
        assert switch.grab().toImage().pixelColor(27, switch.height() // 2) == arrived

    qtbot.waitUntil(knob_is_right)


def test_segments_are_chosen_by_arrows_and_clicks(qtbot: QtBot, theme: Theme) -> None:
    segmented = Segmented(theme, "View", ("Day", "Week", "Month"))
    qtbot.addWidget(segmented)
    segmented.show()
    segmented.activateWindow()
    qtbot.waitUntil(segmented.isActiveWindow)
    heard: list[int] = []
    segmented.chosen.connect(heard.append)
    buttons = segmented.findChildren(QAbstractButton)
    buttons[0].setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        QTest.keyClick(buttons[segmented.current()], key)
    assert heard == [1, 2, 1]
    assert segmented.current() == 1
    assert buttons[1].accessibleName() == "View: Week"


def test_a_slider_follows_keys_and_clicks(qtbot: QtBot, theme: Theme) -> None:
    slider = Slider(theme, "Text size", 12, 24)
    qtbot.addWidget(slider)
    slider.resize(200, 28)
    slider.show()
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert slider.value() == 13
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(199, 14))
    assert slider.value() == 24
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(100, 14))
    assert slider.value() == 18


def test_a_field_says_what_is_wrong(qtbot: QtBot, theme: Theme) -> None:
    field = TextField(theme, "Time")
    qtbot.addWidget(field)
    field.show()
    field.set_error("Not a time of day. Write it as 17:30.")
    assert field.field.accessibleDescription() == field.error() != ""
    image = field.field.grab().toImage()
    assert image.pixelColor(image.width() // 2, 0) == QColor(LIGHT.bad)
    field.set_error("")
    image = field.field.grab().toImage()
    assert image.pixelColor(image.width() // 2, 0) != QColor(LIGHT.bad)


def test_a_focused_field_has_a_thick_amber_border(qtbot: QtBot, theme: Theme) -> None:
    field = LineField(theme, "Title")
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    image = field.grab().toImage()
    assert [image.pixelColor(60, y).name().upper() for y in (0, 1, 2)] == [
        LIGHT.lampline,
        LIGHT.lampline,
        LIGHT.card,
    ]


def test_a_search_field_can_be_emptied_at_once(qtbot: QtBot, theme: Theme) -> None:
    field = SearchField(theme, "Search settings")
    qtbot.addWidget(field)
    field.setText("theme")
    clear = field.actions()[0]
    assert clear.isVisible()
    clear.trigger()
    assert field.text() == ""
    assert not clear.isVisible()


@pytest.mark.parametrize(("given", "shown"), [(-1.0, 0.0), (0.31, 0.31), (7.0, 1.0)])
def test_the_ring_keeps_to_its_bounds(
    qtbot: QtBot, theme: Theme, given: float, shown: float
) -> None:
    ring = RingMeter(theme, "Context")
    qtbot.addWidget(ring)
    ring.set_share(given)
    assert ring.share() == shown
    assert ring.accessibleName() == f"Context: {shown:.0%}"


def test_a_paused_bar_is_not_lit(qtbot: QtBot, theme: Theme) -> None:
    bar = ProgressBar(theme, "Download")
    qtbot.addWidget(bar)
    bar.resize(200, 6)
    bar.set_share(0.5)
    assert bar.grab().toImage().pixelColor(50, 3) == QColor(LIGHT.lamp)
    assert bar.grab().toImage().pixelColor(150, 3) == QColor(LIGHT.press)
    bar.set_state("paused")
    assert bar.grab().toImage().pixelColor(50, 3) == QColor(LIGHT.control)


def test_only_the_current_place_has_an_amber_bar(qtbot: QtBot, theme: Theme) -> None:
    item = SectionItem(theme, "box", "Models", "place")
    qtbot.addWidget(item)
    item.resize(240, 32)
    assert item.grab().toImage().pixelColor(1, 16) != QColor(LIGHT.lamp)
    item.setChecked(True)
    assert item.grab().toImage().pixelColor(1, 16) == QColor(LIGHT.lamp)
    item.set_count(3)
    assert item.accessibleName() == "Models, 3"
    item.set_folded(True)
    assert item.toolTip() == "Models"


def test_a_pill_and_a_model_state_say_it_in_words(qtbot: QtBot, theme: Theme) -> None:
    pill = Pill(theme, "Fits", "good", icon="circle-check")
    state = StateButton(theme)
    for widget in (pill, state):
        qtbot.addWidget(widget)
    pill.set_state("Will not fit", "bad", "circle-x")
    state.set_state("ready", "Ready · Q&A 1B")
    assert (pill.text(), pill.accessibleName()) == ("Will not fit", "Will not fit")
    assert (state.state(), state.accessibleName()) == ("ready", "Model: Ready · Q&A 1B")


def test_a_flow_goes_on_in_the_next_line(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    flow = FlowLayout(window, gap=8)
    buttons = [Button(theme, "Button") for _ in range(4)]
    for button in buttons:
        flow.addWidget(button)
    width = buttons[0].sizeHint().width()
    assert flow.heightForWidth(4 * width + 3 * 8) == 32
    assert flow.heightForWidth(4 * width + 3 * 8 - 1) == 32 * 2 + 8
    assert flow.heightForWidth(width) == 32 * 4 + 8 * 3
    window.resize(2 * width + 8, 200)
    window.show()
    assert [button.y() for button in buttons] == [0, 0, 40, 40]
