"""The answer that is being written, and how often it is shown; no Qt."""

from collections.abc import Callable

from assistant.ui.chat.transcript.live_text import Groups, GroupsFrom, LiveText
from assistant.ui.chat.transcript.words import Phrase, writing_line

SHORTEST_MS, LONGEST_MS = 16.0, 250.0
_DEAR_MS = 8.0
_SHARE = 4.0


class Pace:
    """How long to wait between two updates of the screen.

    An update that costs more than 8 ms makes the next ones rarer, so that showing text never
    takes more than about a quarter of the window's time.

    Args:
        clock: Seconds, rising.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._last_end = float("-inf")
        self.window_ms = SHORTEST_MS

    def wait_ms(self) -> float:
        """How long to wait until the next update may come; 0 for none."""
        since = (self._clock() - self._last_end) * 1000
        return max(0.0, self.window_ms - since)

    def measure(self, work: Callable[[], None]) -> float:
        """Does one update; returns what it cost in milliseconds."""
        start = self._clock()
        work()
        self._last_end = self._clock()
        cost = (self._last_end - start) * 1000
        if cost > _DEAR_MS:
            self.window_ms = min(LONGEST_MS, max(self.window_ms, cost * _SHARE))
        else:
            self.window_ms = max(SHORTEST_MS, self.window_ms * 0.8)
        return cost


class LiveAnswer:
    """What has come of an answer so far."""

    __slots__ = ("_text", "groups", "pending", "phrases")

    def __init__(self) -> None:
        self._text = LiveText()
        self.pending: list[str] = []
        self.groups: Groups = []
        self.phrases: tuple[Phrase, ...] = writing_line(0.0, 0)

    @property
    def text(self) -> str:
        """All that was taken in."""
        return self._text.text

    def take_pending(self) -> GroupsFrom | None:
        """Parses what came since the last time; None when nothing did."""
        if not self.pending:
            return None
        text = "".join(self.pending)
        self.pending.clear()
        return self._note(self._text.feed(text))

    def finish(self) -> GroupsFrom:
        """Parses the end; tells all groups."""
        self.take_pending()
        self._note(self._text.finish())
        return GroupsFrom(0, tuple(self.groups))

    def _note(self, change: GroupsFrom) -> GroupsFrom:
        self.groups[change.start :] = change.groups
        return change
