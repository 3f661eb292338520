"""An answer that grows: what is finished stays as it is, the rest is told anew; no Qt."""

from dataclasses import dataclass

from assistant.render.stream import MarkdownStream, StreamUpdate
from assistant.ui.chat.transcript.flow import Line, Piece, flatten, group

Groups = list[tuple[Piece, ...]]


@dataclass(frozen=True, slots=True)
class GroupsFrom:
    """Groups that take the place of all from number ``start`` on."""

    start: int
    groups: tuple[tuple[Piece, ...], ...]


class LiveText:
    """Text that is parsed while it comes.

    The run of prose that a new block may still join is the only finished part that is told
    again, and a run never grows long, so the cost of a piece does not depend on what came before.
    """

    __slots__ = ("_closed", "_open", "_parts", "_stream")

    def __init__(self) -> None:
        self._stream = MarkdownStream()
        self._parts: list[str] = []
        self._open: tuple[Piece, ...] = ()
        self._closed = 0

    @property
    def text(self) -> str:
        """All that came, as it came."""
        return "".join(self._parts)

    def feed(self, text: str) -> GroupsFrom:
        """Takes the next piece and tells what is shown differently now."""
        self._parts.append(text)
        return self._advance(self._stream.feed(text))

    def finish(self) -> GroupsFrom:
        """Ends the text; nothing may be fed afterwards."""
        return self._advance(self._stream.finish())

    def _advance(self, update: StreamUpdate) -> GroupsFrom:
        start = self._closed
        settled: Groups = []
        if update.committed:
            settled = group((*self._open, *flatten(update.committed)))
            last_is_open = bool(settled) and isinstance(settled[-1][0], Line)
            self._open = settled[-1] if last_is_open else ()
            settled = settled[: len(settled) - last_is_open]
            self._closed += len(settled)
        rest = group((*self._open, *flatten(update.tail)))
        return GroupsFrom(start, (*settled, *rest))
