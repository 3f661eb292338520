"""Python's cyclic collector, kept on the window's thread.

The collector runs on whatever thread happens to allocate. When that is a worker, it takes the
window's objects apart there while Qt uses them here, and the process dies. Seen: a segmentation
fault in one of ten windows that were opened and closed while the database thread was busy.
"""

import gc

from PySide6.QtCore import QObject, Qt, QTimer

_LOOK_MS = 1000


class Collector(QObject):
    """Collects on the thread that made it, once a second at most; nowhere else until closed.

    Args:
        parent: The owner.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def settle(self) -> None:
        """Leaves what is there now out of later collections: modules and classes, which stay."""
        gc.freeze()

    def look(self) -> None:
        """Collects the generations whose counts are over their thresholds."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > thresholds[generation]:
                gc.collect(generation)
                return

    def close(self) -> None:
        """Gives the collector back to Python."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
