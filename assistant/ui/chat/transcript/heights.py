"""Where each message of a long list lies, without laying them all out; no Qt."""

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.domain.conversation import MessageOutline, Role


class HeightIndex:
    """Heights of a list of rows in pixels, with their running sums.

    A Fenwick tree: changing one height and finding a row by its place both cost O(log n), so
    that ten thousand rows can be corrected one by one while the list is scrolled.

    Args:
        heights: One non-negative height per row, in pixels.
    """

    __slots__ = ("_heights", "_top_bit", "_tree")

    def __init__(self, heights: Iterable[int] = ()) -> None:
        self._heights = list(heights)
        count = len(self._heights)
        self._tree = [0, *self._heights]
        for index in range(1, count + 1):
            parent = index + (index & -index)
            if parent <= count:
                self._tree[parent] += self._tree[index]
        self._top_bit = 1 << count.bit_length()

    def __len__(self) -> int:
        return len(self._heights)

    @property
    def total(self) -> int:
        """The height of all rows together."""
        return self.offset(len(self._heights))

    def height(self, row: int) -> int:
        """The height of one row."""
        return self._heights[row]

    def set_height(self, row: int, height: int) -> int:
        """Corrects one height and returns by how much it grew."""
        delta = height - self._heights[row]
        if delta:
            self._heights[row] = height
            index = row + 1
            while index <= len(self._heights):
                self._tree[index] += delta
                index += index & -index
        return delta

    def offset(self, row: int) -> int:
        """Distance from the top of the list to the top of ``row``; the total for one past it."""
        total = 0
        index = row
        while index > 0:
            total += self._tree[index]
            index -= index & -index
        return total

    def row_at(self, y: int) -> int:
        """The row that covers ``y``, the nearest one outside the list; -1 if it is empty."""
        if not self._heights:
            return -1
        position, left, bit = 0, max(0, y), self._top_bit
        while bit:
            step = position + bit
            if step <= len(self._heights) and self._tree[step] <= left:
                position = step
                left -= self._tree[step]
            bit >>= 1
        return min(position, len(self._heights) - 1)


@dataclass(frozen=True, slots=True)
class HeightEstimate:
    """Guesses a row's height from the number of its characters.

    Args:
        characters_per_line: Of an answer's prose at the present width.
        line: Height of a line of prose, in pixels.
        answer_extra: What stands around an answer: gaps, actions, the blocks that are taller
            than prose.
        question_extra: What stands around a question.
    """

    characters_per_line: int
    line: int
    answer_extra: int
    question_extra: int
    question_lines: int = 14
    """A longer question is folded to this many lines."""

    def of(self, outline: MessageOutline) -> int:
        """The guess for one message, in pixels."""
        return self.of_all((outline,))[0]

    def of_all(self, outlines: Iterable[MessageOutline]) -> list[int]:
        """The guesses for many messages; one flat loop, as there may be ten thousand."""
        per_line, line = max(1, self.characters_per_line), self.line
        question_most, user = self.question_lines, Role.USER
        answer_extra, question_extra = self.answer_extra, self.question_extra
        return [
            min(1 + outline.characters // per_line, question_most) * line + question_extra
            if outline.role is user
            else (1 + outline.characters // per_line) * line + answer_extra
            for outline in outlines
        ]
