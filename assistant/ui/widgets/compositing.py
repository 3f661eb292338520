"""Whether a window may be translucent: without a compositor on X11 it is black instead."""

import os

from PySide6.QtGui import QGuiApplication, QNativeInterface


def composited() -> bool:
    """Whether translucent parts of a window show what lies below.

    Always on Wayland, Windows and macOS. On X11 a compositor says that it is there by owning the
    selection ``_NET_WM_CM_Sn`` of screen n (Extended Window Manager Hints 1.5, "Compositing
    Managers"). It may come and go, so this is asked anew for each popup; one round trip to the
    display each.
    """
    application = QGuiApplication.instance()
    if not isinstance(application, QGuiApplication) or application.platformName() != "xcb":
        return True
    # ``nativeInterface`` is made for any platform by the stubs; on xcb it is this one.
    native: object = application.nativeInterface()
    if not isinstance(native, QNativeInterface.QX11Application):
        return False
    from assistant.ui.widgets.x11_selection import has_owner  # ctypes, on X11 alone

    return has_owner(native.connection(), f"_NET_WM_CM_S{_screen_number()}")


def _screen_number() -> int:
    """The n of ``DISPLAY=host:display.n``."""
    _, _, display = os.environ.get("DISPLAY", "").rpartition(":")
    _, _, screen = display.partition(".")
    return int(screen) if screen.isdecimal() else 0
