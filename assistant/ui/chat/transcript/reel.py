"""Where the list stands: which messages are in view, and what stays put when heights change; no Qt.

Heights of messages that were never shown are estimates. As they are corrected, what the reader
looks at must not move: the reel holds the message at the top of the view in its place.
"""

from collections.abc import Sequence

from assistant.domain.conversation import MessageOutline
from assistant.domain.ids import MessageId
from assistant.ui.chat.transcript.heights import HeightEstimate, HeightIndex

_AT_END_WITHIN = 6


class Reel:
    """The messages of a chat as one long column, seen through a view.

    Attributes:
        top: Distance from the top of the column to that of the view, in pixels.
        follow: Whether the view stays at the end when the column grows.
    """

    __slots__ = ("_heights", "_places", "bottom", "follow", "outlines", "top", "view")

    def __init__(self) -> None:
        self.outlines: tuple[MessageOutline, ...] = ()
        self._places: dict[MessageId, int] = {}
        self._heights = HeightIndex()
        self.top = 0
        self.view = 0
        self.bottom = 0
        self.follow = True

    def __len__(self) -> int:
        return len(self.outlines)

    @property
    def total(self) -> int:
        """Height of the column, with the space below the last message."""
        return self._heights.total + self.bottom

    @property
    def max_top(self) -> int:
        """The furthest that ``top`` can be."""
        return max(0, self.total - self.view)

    @property
    def at_end(self) -> bool:
        """Whether the end is in view."""
        return self.top >= self.max_top - _AT_END_WITHIN

    def place(self, message_id: MessageId) -> int:
        """The number of a message in the column; -1 if it is not there."""
        return self._places.get(message_id, -1)

    def offset(self, index: int) -> int:
        """Distance from the top of the column to a message."""
        return self._heights.offset(index)

    def height(self, index: int) -> int:
        """The height of a message, known or guessed."""
        return self._heights.height(index)

    def set_items(
        self,
        outlines: Sequence[MessageOutline],
        estimate: HeightEstimate,
        known: dict[MessageId, int],
    ) -> None:
        """Takes other messages, or other heights after a change of width.

        Args:
            outlines: All messages, oldest first.
            estimate: Guesses heights.
            known: Heights that need no guess.
        """
        held = self._hold()
        self.outlines = tuple(outlines)
        self._places = {outline.id: index for index, outline in enumerate(self.outlines)}
        heights = estimate.of_all(self.outlines)
        for message_id, height in known.items():
            index = self.place(message_id)
            if index >= 0:
                heights[index] = height
        self._heights = HeightIndex(heights)
        self._restore(held)

    def set_view(self, height: int) -> None:
        """The view has another height."""
        self.view = height
        self._clamp()

    def scroll_to(self, top: int) -> None:
        """The reader goes somewhere."""
        self.top = min(max(0, top), self.max_top)
        self.follow = self.at_end

    def go_to_end(self) -> None:
        """Goes to the end and stays there."""
        self.follow = True
        self._clamp()

    def correct(self, index: int, height: int, *, fresh: bool = False) -> int:
        """Sets a height and keeps what is in view where it is.

        Args:
            index: Which message.
            height: Its height.
            fresh: It was only guessed until now, so nobody has seen its upper part: where a later
                message begins in view, that one is held rather than this one's top.

        Returns:
            By how much the message grew.
        """
        first = self._heights.row_at(self.top)
        straddles = index == first and self._heights.offset(index) < self.top
        later_in_view = self._heights.offset(index + 1) < self.top + self.view
        above = index < first or (fresh and straddles and later_in_view)
        grown = self._heights.set_height(index, height)
        if grown and above and not self.follow:
            self.top += grown
        self._clamp()
        return grown

    def in_view(self, margin: int = 0) -> range:
        """Numbers of the messages in view, ``margin`` pixels above and below included."""
        if not self.outlines:
            return range(0)
        first = self._heights.row_at(max(0, self.top - margin))
        last = self._heights.row_at(max(0, self.top + self.view - 1 + margin))
        return range(first, last + 1)

    def bring_into_view(self, index: int, start: int, end: int) -> None:
        """Scrolls as little as it takes to show a stretch of a message, with some space around.

        Args:
            index: Which message.
            start: Upper edge, from the message's top.
            end: Lower edge, likewise.
        """
        base = self._heights.offset(index)
        room = min(self.view // 3, 160)
        if base + start < self.top:
            self.scroll_to(base + start - room)
        elif base + end > self.top + self.view:
            self.scroll_to(min(base + start - room, base + end - self.view + room))

    def _hold(self) -> tuple[MessageId, int] | None:
        if self.follow or not self.outlines:
            return None
        first = self._heights.row_at(self.top)
        return self.outlines[first].id, self.top - self._heights.offset(first)

    def _restore(self, held: tuple[MessageId, int] | None) -> None:
        if held is not None:
            index = self.place(held[0])
            if index >= 0:
                inside = min(held[1], self._heights.height(index))
                self.top = self._heights.offset(index) + inside
        self._clamp()

    def _clamp(self) -> None:
        self.top = self.max_top if self.follow else min(max(0, self.top), self.max_top)
