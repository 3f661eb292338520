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


def transcript_window(resources: Path) -> str:
    """A program that shows a list of messages and reports."""
    return (
        f"""
import time
start = time.perf_counter()
from pathlib import Path
from PySide6.QtWidgets import QApplication
from assistant.ui.theme.theme import Theme
from assistant.ui.bench_chat import BenchSource, chat
from assistant.ui.bridge.background import WindowPool
from assistant.ui.chat.transcript import TranscriptView
from assistant.render.formula import FormulaRenderer
from assistant.domain.conversation import MessageOutline

app = QApplication([])
theme = Theme(app, Path({str(resources)!r}), mode="light")
messages = chat(4)
source = BenchSource(messages)
view = TranscriptView(theme, FormulaRenderer(), WindowPool(app), source)
source.attach(view)
view.resize(1040, 700)
view.show()
view.set_messages([MessageOutline(m.id, m.role, len(m.content), (m.id,)) for m in messages])
while not view.stage.rows:
    app.processEvents()
app.processEvents()
shown = (time.perf_counter() - start) * 1000
if True:"""
        + _REPORT
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
