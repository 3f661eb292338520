"""Markdown that grows token by token."""

from dataclasses import dataclass

from assistant.render.blocks import Block
from assistant.render.inline import InlineParser
from assistant.render.machine import BlockMachine
from assistant.render.markdown import normalised


@dataclass(frozen=True, slots=True)
class StreamUpdate:
    """What a piece of text changed.

    Args:
        committed: Blocks finished by this piece; they follow those committed before and never
            change again.
        tail: The blocks after all committed ones, as far as they are known. Finished parts of an
            open list or table are the same objects as in the update before.
    """

    committed: tuple[Block, ...]
    tail: tuple[Block, ...]


class MarkdownStream:
    """Reads each line once; only the open line is read again with every piece.

    At every moment all committed blocks and the tail together equal ``parse`` of the text so
    far. The cost of a piece does not grow with the text, but for the copying of one list of
    references (items, rows or lines) per open block. Not to be shared between threads.
    """

    def __init__(self) -> None:
        self._machine = BlockMachine(InlineParser())
        self._partial = ""
        self._return_pending = False

    def feed(self, delta: str) -> StreamUpdate:
        """Take the next piece of the text; it may end anywhere, even between CR and LF."""
        self._read(delta)
        return StreamUpdate(self._machine.take(), self._machine.preview(self._partial))

    def finish(self) -> StreamUpdate:
        """Commit all that is left; the tail is empty. Nothing may be fed afterwards."""
        if self._partial:
            self._machine.read(self._partial)
            self._partial = ""
        return StreamUpdate(self._machine.finish(), ())

    def _read(self, delta: str) -> None:
        if self._return_pending and delta:
            # A CR ended the last piece and its line; an LF right after it is part of that end.
            self._return_pending = False
            delta = delta.removeprefix("\n")
        self._return_pending = self._return_pending or delta.endswith("\r")
        first, *others = normalised(delta).split("\n")
        self._partial += first
        for line in others:
            self._machine.read(self._partial)
            self._partial = line
