"""Answers while they come, drained at the pace of the screen."""

import time
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from assistant.services.streams import EventStream
from assistant.ui.bridge.mailbox import Mailbox

INTERVAL_MS = 25
"""Forty times a second: text flows, and a burst of tokens costs one layout."""
SLOWEST_MS = 100
"""Ten times a second still reads as writing."""
WINDOW_SHARE = 0.025
"""The part of one processor that showing an answer may take from the model that writes it."""


class Pace:
    """How long to wait between two drains, so that the window leaves the processor to the model.

    The model computes on every core and waits for its slowest thread: what the window takes of
    one core, the model loses whole. So the interval follows what the window's thread really
    spent between two drains, layout and painting included.
    """

    def __init__(self) -> None:
        self._spent_s = 0.0
        self._cost_ms = 0.0

    def interval_ms(self) -> int:
        """The next interval; to be asked once per drain, on the window's thread."""
        now = time.thread_time()
        cost = (now - self._spent_s) * 1000 if self._spent_s else 0.0
        self._spent_s = now
        self._cost_ms += (cost - self._cost_ms) / 4
        return round(min(max(self._cost_ms / WINDOW_SHARE, INTERVAL_MS), SLOWEST_MS))

    def begin(self) -> None:
        """Forgets what was spent while nothing was written."""
        self._spent_s = 0.0


class AnswerPump(QObject):
    """Drains answers with one timer that runs only while something comes.

    A worker that puts an event into an empty buffer wakes the pump, unless it is awake already:
    so there is no signal per token, and nothing ticks while nothing is written.

    Args:
        parent: The owner.
    """

    drained = Signal(object, object)
    """An ``EventStream`` and the list of its events since the last time."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._answers: list[EventStream[Any]] = []
        self._awake = False
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._tick)
        self._since = QElapsedTimer()
        self._pace = Pace()
        self._mailbox = Mailbox(self._wake, self)

    @property
    def busy(self) -> bool:
        """Whether any answer is still to end."""
        return bool(self._answers)

    @property
    def resting(self) -> bool:
        """Whether nothing ticks now."""
        return not self._timer.isActive() and not self._awake

    def watch(self, answer: EventStream[Any]) -> None:
        """Drains this answer until its last event."""
        self._answers.append(answer)
        answer.on_wake(self._on_wake)

    def close(self) -> None:
        """Stops draining; the answers go on without the window."""
        self._mailbox.close()
        self._awake = False
        self._timer.stop()
        self._answers.clear()

    def _on_wake(self) -> None:
        """Called on a worker's thread."""
        if not self._awake:
            self._mailbox.post(None)

    def _wake(self, _: list[object]) -> None:
        if self._awake:
            return
        self._awake = True
        self._pace.begin()
        # The first words are shown at once, not an interval later.
        if not self._since.isValid() or self._since.elapsed() >= INTERVAL_MS:
            self._drain()
        if self._awake:
            self._timer.start()

    @Slot()
    def _tick(self) -> None:
        self._timer.setInterval(self._pace.interval_ms())
        if self._drain():
            return
        # Whoever puts something in from here on wakes us; what came before is drained here.
        self._awake = False
        if self._drain():
            self._awake = True
        else:
            self._timer.stop()

    def _drain(self) -> bool:
        self._since.start()
        anything = False
        for answer in tuple(self._answers):
            ended = answer.ended
            events = answer.drain()
            if ended and answer in self._answers:
                self._answers.remove(answer)
            if events:
                anything = True
                self.drained.emit(answer, events)
        return anything
