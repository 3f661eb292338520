"""Windows in processes of their own, and what a process takes of memory."""

import subprocess
import sys
from pathlib import Path

_REPORT = """
    import json, os, sys
    from assistant.ui.bench_process import rss_bytes
    print(json.dumps({"shown_ms": shown, "rss_bytes": rss_bytes()}), flush=True)
    os._exit(0)
"""

EMPTY_WINDOW = (
    """
import time
start = time.perf_counter()
from PySide6.QtWidgets import QApplication, QWidget

class Window(QWidget):
    def paintEvent(self, event):
        global painted
        painted = True

painted = False
app = QApplication([])
window = Window()
window.resize(1280, 800)
window.show()
while not painted:
    app.processEvents()
shown = (time.perf_counter() - start) * 1000
if True:"""
    + _REPORT
)
"""Shows an empty window and reports; a program for ``python -c``."""


def app_window(profile: Path) -> str:
    """A program that starts the application without a model and reports.

    ``shown_ms`` ends at the window's first paint, ``ready_ms`` when the vault is open and the
    chat stands in the window; memory is taken then.

    Args:
        profile: An empty folder for its data; not used again.
    """
    return f"""
import time
start = time.perf_counter()
from pathlib import Path
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from assistant.config.paths import profile_paths
from assistant.services.options import CoreOptions
from assistant.ui.app import Lamplight

class Watch(QObject):
    painted = False
    def eventFilter(self, watched, event):
        self.painted = self.painted or event.type() == QEvent.Type.Paint
        return False

app = QApplication([])
folder = Path({str(profile)!r})
options = CoreOptions(
    paths=profile_paths(folder), passphrase_file=folder / "passphrase.txt", keyring=False
)
lamplight = Lamplight(app, options)
watch = Watch()
lamplight.window.installEventFilter(watch)
lamplight.show()
while not watch.painted:
    app.processEvents()
shown = (time.perf_counter() - start) * 1000
from assistant.ui.bench_process import rss_bytes
shown_rss = rss_bytes()
seen = []
lamplight.started.connect(lambda: lamplight.desk.ready.connect(lambda: seen.append(1)))
while not seen:
    app.processEvents()
    time.sleep(0.001)
for _ in range(50):
    app.processEvents()
    time.sleep(0.001)
ready = (time.perf_counter() - start) * 1000
if True:""" + _REPORT.replace(
        '"shown_ms": shown', '"shown_ms": shown, "shown_rss": shown_rss, "ready_ms": ready'
    )


def prepare_profile(folder: Path) -> None:
    """Makes a profile in ``folder`` whose vault opens by itself and which loads no model."""
    (folder / "passphrase.txt").write_text("for measuring only", encoding="utf-8")
    settings = folder / "config" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(
        '{"general": {"first_run_done": true}, "models": {"load_at_start": false}}',
        encoding="utf-8",
    )


def rss_bytes() -> int:
    """Memory of this process that is in RAM, in bytes."""
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        import resource

        return pages * resource.getpagesize()
    if sys.platform == "darwin":
        import os

        done = subprocess.run(  # noqa: S603 - a fixed command
            ["/bin/ps", "-o", "rss=", "-p", str(os.getpid())],
            capture_output=True,
            text=True,
            check=True,
        )
        return int(done.stdout) * 1024
    return _windows_rss()


def _windows_rss() -> int:
    """The working set, by GetProcessMemoryInfo."""
    import ctypes
    from ctypes import wintypes

    class Counters(ctypes.Structure):
        _fields_ = (
            ("cb", wintypes.DWORD),
            ("page_fault_count", wintypes.DWORD),
            ("peak_working_set", ctypes.c_size_t),
            ("working_set", ctypes.c_size_t),
            ("quota_peak_paged", ctypes.c_size_t),
            ("quota_paged", ctypes.c_size_t),
            ("quota_peak_nonpaged", ctypes.c_size_t),
            ("quota_nonpaged", ctypes.c_size_t),
            ("pagefile", ctypes.c_size_t),
            ("peak_pagefile", ctypes.c_size_t),
        )

    counters = Counters(cb=ctypes.sizeof(Counters))
    process = ctypes.c_void_p(-1)  # the pseudo handle of the process itself
    library = ctypes.CDLL("kernel32")
    if not library.K32GetProcessMemoryInfo(process, ctypes.byref(counters), counters.cb):
        raise OSError("GetProcessMemoryInfo failed")
    return int(counters.working_set)
