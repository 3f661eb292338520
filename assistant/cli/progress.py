"""How far something is, told on standard error: not more often than a person wants to read it."""

import time

from assistant.cli.output import Output

_EVERY_S = 2.0


class Progress:
    """Notes a line when something else begins, and one every two seconds while that goes on.

    Args:
        output: Takes the lines.
    """

    def __init__(self, output: Output) -> None:
        self._output = output
        self._doing = ""
        self._said = ""
        self._at_s = 0.0

    def tell(self, doing: str, line: str) -> None:
        """Hears how far it is, on any thread.

        Args:
            doing: What is done; a new one is noted at once.
            line: What is noted.
        """
        now_s = time.monotonic()
        same = doing == self._doing
        if line == self._said or (same and now_s - self._at_s < _EVERY_S):
            return
        self._doing, self._said, self._at_s = doing, line, now_s
        self._output.note(line)

    def part(self, part: float, doing: str) -> None:
        """As ``tell``, for a job that reports a part of 1 and what it does."""
        words = doing.rstrip(".")
        self.tell(words, f"{words}: {part:.0%}" if 0 < part < 1 else words)
