"""How long an exercise takes; no Qt but its clock."""

from PySide6.QtCore import QElapsedTimer


class Stopwatch:
    """Counts while it runs; what is done elsewhere meanwhile is not counted."""

    def __init__(self) -> None:
        self._clock = QElapsedTimer()
        self._before_ms = 0

    @property
    def seconds(self) -> float:
        """Counted since the last start."""
        running_ms = self._clock.elapsed() if self._clock.isValid() else 0
        return (self._before_ms + running_ms) / 1000

    def start(self) -> None:
        """Counts from nothing."""
        self._before_ms = 0
        self._clock.start()

    def pause(self) -> None:
        """Counts no more until it goes on."""
        if self._clock.isValid():
            self._before_ms += self._clock.elapsed()
            self._clock.invalidate()

    def go_on(self) -> None:
        """Counts again."""
        if not self._clock.isValid():
            self._clock.start()
