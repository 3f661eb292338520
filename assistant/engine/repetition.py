"""Notices, while an answer comes, that the model says the same over and over.

What a lost model does is periodic: its last part repeats with one period, word for word, many
times. So the end of the text is held against itself shifted by each period at which its last
words stood before. Text that people want repeats in part only: the rows of a table, the items of
a list, lines of code and the refrain of a poem share words, but something in each differs (a
number, a name), which breaks the period.
"""

import re
from collections import deque

_UNIT = re.compile(r"\w{1,24}|[^\w\s]|\n")
"""A word, a sign or a line's end; words without end come in parts, as do scripts without blanks."""
_WINDOW = 1200
"""Words and signs that are remembered."""
_EVERY = 16
"""Words and signs between two looks."""
_LONGEST_PERIOD = 160
_LEAST_LETTERS = 2


class RepetitionDetector:
    """Takes the text of one answer in pieces of any size; each look costs the same.

    A loop is a period that fills the end of the text: a single word or sign 48 times, a sentence
    of twelve words 8 times, a paragraph of a hundred 4 times. Rulers and blank cells, that is
    periods without a word, may be far longer.
    """

    def __init__(self) -> None:
        self._units: deque[str] = deque(maxlen=_WINDOW)
        self._tail = ""
        self._since = 0
        self._found = False

    @property
    def found(self) -> bool:
        """Whether the text had got into a loop; it stays so."""
        return self._found

    def feed(self, text: str) -> bool:
        """Takes the next piece; whether the text has got into a loop."""
        self._tail += text
        # The last unit may go on in the next piece.
        last = 0
        ends = list(_UNIT.finditer(self._tail))
        for match in ends[:-1]:
            self._units.append(match[0])
            self._since += 1
            last = match.end()
        self._tail = self._tail[last:][-200:]
        if not self._found and self._since >= _EVERY:
            self._since = 0
            self._found = self._loops()
        return self._found

    def _loops(self) -> bool:
        units = list(self._units)
        units.reverse()
        for period in range(1, min(_LONGEST_PERIOD, len(units) // 4) + 1):
            if units[0] != units[period] or units[1] != units[(period + 1) % len(units)]:
                continue
            needed = _repeats(period, units[:period]) * period
            if needed <= len(units) and units[period:needed] == units[: needed - period]:
                return True
        return False


def _repeats(period: int, units: list[str]) -> int:
    """How often a period has to come in a row to be a loop."""
    if not any(unit.isalnum() and len(unit) >= _LEAST_LETTERS for unit in units):
        return max(8, 400 // period)
    return max(4, min(48, 96 // period))
