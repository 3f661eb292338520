"""Renders the kit to pictures, to be held beside the design. For developers only.

Usage: python scripts/gallery.py FOLDER [--text-size 16] [--high-contrast]
"""

import argparse
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from assistant.config.paths import resources
from assistant.ui.theme.fonts import Role
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button, IconButton
from assistant.ui.widgets.chip import Chip, Pill, Tone
from assistant.ui.widgets.fields import SearchField, TextField
from assistant.ui.widgets.focus_ring import FocusRing
from assistant.ui.widgets.icon_label import IconLabel
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.lamp import DeskLamp, LampMark
from assistant.ui.widgets.menu import Menu
from assistant.ui.widgets.meters import ProgressBar, RingMeter
from assistant.ui.widgets.notices import EmptyState, ErrorCard
from assistant.ui.widgets.painting import box
from assistant.ui.widgets.segmented import Segmented
from assistant.ui.widgets.slider import Slider
from assistant.ui.widgets.state_button import DotState, StateButton
from assistant.ui.widgets.switch import CheckBox, RadioButton, Switch
from assistant.ui.widgets.toast import ToastHost

_SWATCHES = (
    *("desk", "page", "card", "well", "press", "line", "line2", "control", "ink3", "ink2"),
    *("ink", "lamp", "lampline", "lampink", "lampsoft", "good", "caution", "bad"),
    *("slate.graphic", "teal.graphic", "plum.graphic", "clay.graphic"),
)
_ICONS = (
    "message-square graduation-cap calendar-days box sprout search settings wifi-off badge-check "
    "circle-dashed triangle-alert circle-x copy pencil refresh-cw git-branch step-forward trash-2 "
    "thumbs-up thumbs-down play pause square arrow-up pin undo-2 download lock"
)
_TYPE: tuple[tuple[Role, str], ...] = (
    ("display", "Display 28"),
    ("title", "Page title 20"),
    ("card_title", "Card title 15"),
    ("reading", "Reading 16 / 26, some 70 characters"),
    ("interface_medium", "Interface 13 / 20 medium"),
    ("small", "Small 12 / 16, secondary ink"),
    ("axis", "Axis and note 11 / 14, tertiary ink"),
    ("code", "mono 13 / 20: 0O 1lI {} =>"),
)
_STATES: tuple[tuple[DotState, str], ...] = (
    ("none", "Choose a model"),
    ("loading", "Loading · Phi-3.5 mini · 62 %"),
    ("ready", "Ready · SmolLM2 135M"),
    ("missing", "Not found · Phi-3.5 mini"),
)
_PILLS: tuple[tuple[str, Tone, str | None], ...] = (
    ("Fits", "good", "circle-check"),
    ("May be slow", "caution", "gauge"),
    ("Will not fit", "bad", "circle-x"),
    ("Kept", "neutral", None),
)


class _Swatches(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedHeight(56)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        step = self.width() / len(_SWATCHES)
        for index, token in enumerate(_SWATCHES):
            area = QRect(round(index * step), 0, round(step) - 6, 34)
            box(painter, area, 6, self._theme.color(token), self._theme.color("line"))
            painter.setFont(self._theme.font("axis"))
            painter.setPen(self._theme.color("ink2"))
            words = token.removesuffix(".graphic")
            painter.drawText(area.adjusted(0, 36, 8, 20), int(Qt.AlignmentFlag.AlignLeft), words)


def _row(*widgets: QWidget, gap: int = 8) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(gap)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


def _note(theme: Theme, text: str) -> PlainLabel:
    return PlainLabel(theme, text, "small", "ink2")


def _left(theme: Theme) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(8)
    column.addWidget(_note(theme, "Buttons: primary, plain, ghost, destructive, disabled"))
    off = Button(theme, "Replan")
    off.setEnabled(False)
    column.addLayout(
        _row(
            Button(theme, "Start reviewing", "primary"),
            Button(theme, "Open lesson"),
            Button(theme, "Not now", "ghost"),
            Button(theme, "Delete", "destructive", icon="trash-2"),
            off,
        )
    )
    down = Button(theme, "Pressed")
    down.setDown(True)
    hover = Button(theme, "Hover")
    hover.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    liked = IconButton(theme, "thumbs-up", "Good answer")
    liked.setCheckable(True)
    liked.setChecked(True)
    focused = Button(theme, "Focused")
    focused.setObjectName("focused")
    small = Button(theme, "Small", small=True)
    icons = (IconButton(theme, "copy", "Copy"), IconButton(theme, "pencil", "Edit"), liked)
    column.addLayout(_row(hover, down, focused, small, *icons))
    column.addSpacing(10)
    column.addWidget(_note(theme, "Meters"))
    meters: list[QWidget] = []
    for share, words in ((0.31, "31 %"), (0.78, "78 %"), (0.96, "96 %, oldest part will go")):
        ring = RingMeter(theme, "Context")
        ring.set_share(share)
        meters += [ring, _note(theme, words)]
    column.addLayout(_row(*meters))
    for share, state in ((0.59, "running"), (0.38, "paused")):
        bar = ProgressBar(theme, "Download")
        bar.set_share(share)
        bar.set_state("paused" if state == "paused" else "running")
        column.addWidget(bar)
    column.addSpacing(10)
    column.addWidget(_note(theme, "Icons: 18 and 16 px, stroke 1.75"))
    names = _ICONS.split()
    for line in (names[:14], names[14:]):
        column.addLayout(_row(*(IconLabel(theme, name, 18) for name in line), gap=15))
    column.addSpacing(10)
    card = ErrorCard(
        theme,
        "The disk is full",
        "Your last message is safe; new ones are not kept. Free 200 MB, then try again.",
    )
    card.add_button("Try again")
    card.add_button("Copy diagnostics", "ghost")
    column.addWidget(card)
    column.addStretch(1)
    return column


def _middle(theme: Theme) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(8)
    column.addWidget(_note(theme, "Pills, chips, marks"))
    column.addLayout(_row(*(Pill(theme, text, tone, icon=icon) for text, tone, icon in _PILLS)))
    column.addLayout(
        _row(
            Chip(theme, "Fri 21 Nov, 17:00", "due", icon="flag"),
            Chip(theme, "school", icon="hash", action="x"),
        )
    )
    column.addSpacing(10)
    column.addWidget(_note(theme, "Switches, boxes, fields"))
    switches = [Switch(theme, name) for name in ("off", "on", "disabled")]
    switches[1].setChecked(True)
    switches[2].setEnabled(False)
    boxes = [CheckBox(theme, ""), CheckBox(theme, "Tick")]
    boxes[1].setChecked(True)
    radio = RadioButton(theme, "Auto")
    radio.setChecked(True)
    segmented = Segmented(theme, "View", ("Day", "Week"))
    segmented.set_current(1)
    column.addLayout(_row(*switches, *boxes, radio, segmented))
    search = SearchField(theme, "Search settings")
    typed = SearchField(theme, "Search settings")
    typed.setText("theme")
    typed.setObjectName("typed")
    wrong = TextField(theme, "Time")
    wrong.field.setText("25:70")
    wrong.set_error("Not a time of day. Write it as 17:30.")
    slider = Slider(theme, "Text size", 12, 24)
    slider.setValue(16)
    for widget in (search, typed, wrong, slider):
        column.addWidget(widget)
    column.addSpacing(10)
    column.addWidget(_note(theme, "Menu"))
    column.addStretch(1)
    return column


def _right(theme: Theme) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(_note(theme, "Type"))
    for role, words in _TYPE:
        colour = {"small": "ink2", "axis": "ink3"}.get(role, "ink")
        column.addWidget(PlainLabel(theme, words, role, colour))
    column.addSpacing(10)
    column.addWidget(_note(theme, "Model picker, its states in words"))
    for state, words in _STATES:
        button = StateButton(theme)
        button.set_state(state, words)
        column.addWidget(button)
        column.addSpacing(2)
    marks = _row(LampMark(theme, 22), LampMark(theme, 22, lit=False), LampMark(theme, 48))
    column.addSpacing(10)
    column.addLayout(marks)
    lamp = DeskLamp(theme)
    lamp.setMinimumHeight(190)
    column.addWidget(lamp)
    column.addStretch(1)
    return column


def _kit(theme: Theme) -> QWidget:
    window = QWidget()
    window.resize(1280, 800)
    outer = QVBoxLayout(window)
    outer.setContentsMargins(32, 22, 32, 22)
    outer.setSpacing(20)
    outer.addWidget(_Swatches(theme))
    columns = QHBoxLayout()
    columns.setSpacing(32)
    for column, stretch in ((_left(theme), 10), (_middle(theme), 8), (_right(theme), 8)):
        columns.addLayout(column, stretch)
    outer.addLayout(columns, 1)
    return window


def _menu(theme: Theme, window: QWidget) -> Menu:
    menu = Menu(theme, "Chat", window)
    nothing = window.update
    menu.add("Rename", nothing, icon="pencil", shortcut="F2")
    pin = menu.add("Pin", nothing, icon="pin")
    menu.add("Archive", nothing, icon="archive")
    menu.add("Export", nothing, icon="file-down")
    menu.addSeparator()
    menu.add("Delete", nothing, icon="trash-2", shortcut="Del", destructive=True)
    menu.setActiveAction(pin)
    return menu


def _draw(app: QApplication, theme: Theme, target: Path) -> None:
    window = _kit(theme)
    ring = FocusRing(theme, window)
    window.show()
    window.activateWindow()
    app.processEvents()
    host = ToastHost(theme, window)
    host.show_toast("“Dorian or natural minor?” deleted", icon="trash-2", action="Undo")
    focused = window.findChild(Button, "focused")
    if focused is not None:
        focused.setFocus(Qt.FocusReason.TabFocusReason)
    app.processEvents()
    menu = _menu(theme, window)
    menu.ensurePolished()
    menu.resize(menu.sizeHint())
    empty = EmptyState(
        theme,
        "No chats yet",
        "Ask something, in your own words.",
        tries=("Explain it with pictures",),
    )
    empty.resize(280, empty.sizeHint().height())
    picture = QPixmap(window.size())
    window.render(picture)
    painter = QPainter(picture)
    overlay = menu.grab()
    painter.drawPixmap(525, 520, overlay)
    painter.end()
    picture.save(str(target))
    empty.grab().save(str(target.with_name(f"empty-{target.name}")))
    print(f"{target}: ring around {ring.target}")
    window.close()


def main() -> None:
    """Draws the kit in light and dark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--text-size", type=int, default=16)
    parser.add_argument("--high-contrast", action="store_true")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    theme = Theme(
        app,
        resources(),
        mode="light",
        text_size=arguments.text_size,
        high_contrast=arguments.high_contrast,
        reduced_motion=True,
    )
    for mode in ("light", "dark"):
        theme.set(mode=mode)
        _draw(app, theme, arguments.folder / f"kit-{mode}.png")


if __name__ == "__main__":
    main()
