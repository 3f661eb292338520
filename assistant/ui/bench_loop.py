"""What measures the window's event loop."""

import time
from collections.abc import Sequence

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer

HEARTBEAT_MS = 5


class Heartbeat(QObject):
    """Beats every five milliseconds and notes by how much each beat comes late.

    Beside that it notes the processor time that this thread took between two beats: a late beat
    with little of it was the machine's doing and not ours.
    """

    def __init__(self) -> None:
        super().__init__()
        self.late_ms: list[float] = []
        self.work_ms: list[float] = []
        self._last_work = time.thread_time()
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(HEARTBEAT_MS)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Begins anew."""
        self.late_ms.clear()
        self.work_ms.clear()
        self._last, self._last_work = time.perf_counter(), time.thread_time()
        self._timer.start()

    def stop(self) -> None:
        """Ends."""
        self._timer.stop()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.late_ms.append(max(0.0, (now - self._last) * 1000 - HEARTBEAT_MS))
        work = time.thread_time()
        self.work_ms.append((work - self._last_work) * 1000)
        self._last, self._last_work = now, work


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` (0 to 1) of all lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def spin(seconds: float) -> None:
    """Runs the event loop, as the application does."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()
