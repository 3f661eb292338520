"""Finds the strings that end an answer, wherever a token happens to cut them."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class StopStrings:
    """A filter over a stream of text that ends before the first stop string.

    The stop string that is complete first ends the stream; of several that are complete at the
    same character, the longest does. So the text does not depend on how the stream is split.

    Args:
        stops: The strings; empty ones are ignored.
    """

    stops: Sequence[str]
    stopped: bool = field(default=False, init=False)
    """Whether a stop string was found; nothing comes out after that."""
    _held: str = field(default="", init=False)
    _longest: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self.stops = tuple(dict.fromkeys(stop for stop in self.stops if stop))
        self._longest = max(map(len, self.stops), default=0)

    def feed(self, text: str) -> str:
        """Takes the next text; returns what is certain not to belong to a stop string."""
        if not self._longest:
            return text
        if self.stopped:
            return ""
        text = self._held + text
        found = [(at + len(stop), at) for stop in self.stops if (at := text.find(stop)) >= 0]
        if found:
            self.stopped = True
            self._held = ""
            return text[: min(found)[1]]
        keep = self._possible_start(text)
        self._held = text[len(text) - keep :]
        return text[: len(text) - keep]

    def flush(self) -> str:
        """What was held back, when the stream has ended without a stop string."""
        held, self._held = self._held, ""
        return held

    def _possible_start(self, text: str) -> int:
        """Length of the longest end of ``text`` with which a stop string begins."""
        for length in range(min(self._longest - 1, len(text)), 0, -1):
            end = text[-length:]
            if any(len(stop) > length and stop.startswith(end) for stop in self.stops):
                return length
        return 0
