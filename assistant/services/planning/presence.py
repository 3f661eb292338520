"""Whether somebody is at the machine: by the system's own clock of inputs, and by its sleep.

Only how long ago a key, the mouse or the screen was touched is asked for, never what was done.
"""

import ctypes
import os
import sys
from ctypes import wintypes
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

LEAST: Final = timedelta(minutes=10)
"""Shorter absences are a part of work."""
_BACK_S: Final = 60
"""Who touched something within this many seconds is there."""
_HALF: Final = 2**31
"""Of two ticks that lie further apart than this the first is the later one."""
_HID_STATE, _ANY_INPUT = 1, 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Away:
    """A stretch in which nobody was there. Moments are in UTC."""

    start: datetime
    end: datetime


class AbsenceWatch:
    """Notices absences; it is told at regular times how long nothing was touched.

    An answer may come late, where much else is done: that is no sleep of the machine.

    Args:
        least: Shorter ones are not told.
    """

    def __init__(self, least: timedelta = LEAST) -> None:
        self._least = least
        self._looked: datetime | None = None
        self._heard: datetime | None = None
        self._since: datetime | None = None

    def look(self, now: datetime) -> None:
        """Notices by its own gaps that the machine slept; called at regular times.

        Args:
            now: The present moment; long after the last one the machine slept in between.
        """
        now = now.astimezone(UTC)
        before = self._looked
        if before is not None and now < before:  # the clock of the machine was set back
            self.forget()
        elif before is not None and now - before >= self._least:
            self._since = before if self._since is None else min(self._since, before)
            self._heard = now
        self._looked = now

    def tell(self, now: datetime, quiet_s: float | None) -> Away | None:
        """Gives an absence once it is over.

        Args:
            now: The moment at which it was asked; one from before the last is passed over.
            quiet_s: For how many seconds nothing was touched; None where that is not known.
        """
        now = now.astimezone(UTC)
        back = self._heard
        if back is not None and now < back:
            return None
        self._heard = now
        touched = now - timedelta(seconds=quiet_s or 0)
        if now - touched >= self._least:
            self._since = touched if self._since is None else min(self._since, touched)
        if self._since is None or (quiet_s or 0) > _BACK_S:
            return None
        start, self._since = self._since, None
        end = back if quiet_s is None and back is not None else touched
        return Away(start, max(start, end))

    def forget(self) -> None:
        """Begins anew: nothing before counts."""
        self._looked = self._heard = self._since = None


def quiet_s() -> float | None:
    """For how many seconds nothing was touched, in any program; None where nobody can tell.

    Asks GetLastInputInfo on Windows, CGEventSourceSecondsSinceLastEventType on macOS, and the
    screen saver extension of X11; under Wayland no program is told.
    """
    try:
        if sys.platform == "win32":
            return _windows()
        if sys.platform == "darwin":
            return _macos()
        return _x11()
    except (OSError, AttributeError):  # a library, or a function of it, is not there
        return None


class _LastInput(ctypes.Structure):
    _fields_ = (("size", wintypes.UINT), ("ticks", wintypes.DWORD))


def _windows() -> float | None:
    user, kernel = ctypes.CDLL("user32"), ctypes.CDLL("kernel32")
    found = _LastInput(size=ctypes.sizeof(_LastInput))
    if not user.GetLastInputInfo(ctypes.byref(found)):
        return None
    kernel.GetTickCount.restype = wintypes.DWORD
    return elapsed_ms(found.ticks, kernel.GetTickCount()) / 1000


def elapsed_ms(since: int, now: int) -> int:
    """How long since a tick of Windows' count, which begins anew after 49.7 days.

    An input that a program sends may carry a tick that lies ahead; it is one of now.

    Args:
        since: In milliseconds, of 32 bits.
        now: The count now, in milliseconds, of 32 bits.
    """
    passed = (now - since) & 0xFFFFFFFF
    return passed if passed < _HALF else 0


def _macos() -> float | None:
    place = "/System/Library/Frameworks/ApplicationServices.framework/ApplicationServices"
    ask = ctypes.CDLL(place).CGEventSourceSecondsSinceLastEventType
    ask.restype, ask.argtypes = ctypes.c_double, (ctypes.c_int32, ctypes.c_uint32)
    seconds = float(ask(_HID_STATE, _ANY_INPUT))
    return seconds if seconds >= 0 else None


class _ScreenSaver(ctypes.Structure):
    _fields_ = (
        ("window", ctypes.c_ulong),
        ("state", ctypes.c_int),
        ("kind", ctypes.c_int),
        ("til_or_since", ctypes.c_ulong),
        ("idle_ms", ctypes.c_ulong),
        ("event_mask", ctypes.c_ulong),
    )


def _x11() -> float | None:
    # Below Wayland an X11 server sees a part of the inputs only.
    if os.environ.get("WAYLAND_DISPLAY") or not os.environ.get("DISPLAY"):
        return None
    x11, saver = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXss.so.1")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XDefaultRootWindow.restype = ctypes.c_ulong
    display = ctypes.c_void_p(x11.XOpenDisplay(None))
    if not display:
        return None
    try:
        first = ctypes.c_int()
        if not saver.XScreenSaverQueryExtension(display, ctypes.byref(first), ctypes.byref(first)):
            return None
        found = _ScreenSaver()
        root = ctypes.c_ulong(x11.XDefaultRootWindow(display))
        if not saver.XScreenSaverQueryInfo(display, root, ctypes.byref(found)):
            return None
        return float(found.idle_ms) / 1000
    finally:
        x11.XCloseDisplay(display)
