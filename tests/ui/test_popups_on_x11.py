"""Menus and popovers have no black frame where nothing can be translucent."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets import shadow
from assistant.ui.widgets.compositing import composited
from assistant.ui.widgets.menu import Menu
from assistant.ui.widgets.popover import Popover
from assistant.ui.widgets.shadow import SHADOW_MARGIN

ON_X11 = """
import ctypes, sys
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from assistant.config.paths import resources
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.compositing import composited
from assistant.ui.widgets.menu import Menu

app = QApplication([])
theme = Theme(app, resources(), mode="light", reduced_motion=True)
ground = QWidget()
ground.setStyleSheet("background: #00ff00")
ground.resize(500, 400)
ground.show()
QTest.qWaitForWindowExposed(ground)
print("composited", composited())
menu = Menu(theme, "Menu", ground)
menu.add("Rename", app.quit)
menu.open_at(ground.mapToGlobal(QPoint(100, 100)))
QTest.qWaitForWindowExposed(menu)
shot = ground.screen().grabWindow(0, ground.x(), ground.y(), 500, 400).toImage()
black = sum(shot.pixelColor(x, y).lightness() < 5 for x in range(500) for y in range(50, 150))
print("black", black)
menu.hide()

xcb = ctypes.CDLL("libxcb.so.1")
class Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)
xcb.xcb_intern_atom.restype = Cookie
xcb.xcb_intern_atom_reply.restype = ctypes.POINTER(ctypes.c_uint32)
display = ctypes.c_void_p(app.nativeInterface().connection())
name = b"_NET_WM_CM_S0"
asked = xcb.xcb_intern_atom(display, 0, ctypes.c_uint16(len(name)), name)
xcb.xcb_intern_atom_reply.argtypes = (ctypes.c_void_p, Cookie, ctypes.c_void_p)
atom = xcb.xcb_intern_atom_reply(display, asked, None)[2]
xcb.xcb_set_selection_owner(display, ctypes.c_uint32(int(ground.winId())), ctypes.c_uint32(atom), 0)
print("composited", composited())
"""


@pytest.fixture
def display() -> Iterator[str]:
    """A display of its own, without a compositor."""
    server = shutil.which("Xvfb")
    if server is None:
        pytest.skip("there is no Xvfb here")
    read, write = os.pipe()
    with subprocess.Popen(
        [server, "-displayfd", str(write), "-screen", "0", "800x600x24", "-nolisten", "tcp"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    ) as running:
        os.close(write)
        with os.fdopen(read) as answer:
            number = answer.readline().strip()
        yield f":{number}"
        running.terminate()


@pytest.mark.skipif(sys.platform != "linux", reason="X11 is asked on Linux only")
def test_on_a_display_without_a_compositor_nothing_is_black(display: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ON_X11],
        env={**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    lines = done.stdout.splitlines()
    assert lines[:1] == ["composited False"], done.stderr
    # The words of the menu are dark, but not as much as a frame of 20 px would be.
    assert int(lines[1].removeprefix("black ")) == 0
    assert lines[2:] == ["composited True"], done.stderr


def test_elsewhere_windows_are_translucent(qtbot: QtBot) -> None:
    assert composited()


@pytest.fixture
def flat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shadow, "composited", lambda: False)


@pytest.mark.usefixtures("flat")
def test_without_a_compositor_the_card_is_the_whole_window(qtbot: QtBot, theme: Theme) -> None:
    anchor = QWidget()
    qtbot.addWidget(anchor)
    anchor.show()
    menu = Menu(theme, "Menu", anchor)
    menu.add("Rename", anchor.hide)
    popover = Popover(theme, "Popover", QLabel("Words"), parent=anchor)
    menu.open_at(QPoint(50, 60))
    assert menu.pos() == QPoint(50, 60)
    popover.open_at(anchor)
    for popup in (menu, popover):
        picture = popup.grab().toImage()
        for corner in (picture.rect().topLeft(), picture.rect().bottomRight()):
            assert QColor(picture.pixel(corner)).name() == theme.color("line2").name()
        popup.hide()


def test_with_a_compositor_the_shadow_has_its_room(qtbot: QtBot, theme: Theme) -> None:
    anchor = QWidget()
    qtbot.addWidget(anchor)
    anchor.show()
    menu = Menu(theme, "Menu", anchor)
    menu.add("Rename", anchor.hide)
    menu.open_at(QPoint(50, 60))
    margin = theme.px(SHADOW_MARGIN)
    assert menu.pos() == QPoint(50 - margin, 60 - margin)
    menu.hide()
