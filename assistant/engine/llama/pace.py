"""How much of a prompt is read in one computation."""

from assistant.engine.llama.context import BATCH_TOKENS

_LONGEST_S = 2.0
_LEAST, _STEP = 64, 64
_FIRST = 256
_TELLING = 32


class ReadingPace:
    """As much as libllama takes at once, unless that would leave the reader without a sign.

    On a slow machine 512 tokens of a large model take half a minute: there less is read between
    two reports of progress.
    """

    def __init__(self) -> None:
        self.tokens = _FIRST
        """Tokens of the next computation."""

    def note(self, tokens: int, took_s: float) -> None:
        """Learns from a computation."""
        if tokens < _TELLING or took_s <= 0:
            return
        fitting = int(tokens / took_s * _LONGEST_S) // _STEP * _STEP
        self.tokens = min(max(fitting, _LEAST), BATCH_TOKENS)
