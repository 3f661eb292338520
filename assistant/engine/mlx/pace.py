"""How much of a prompt is read in one computation."""

_LONGEST_S = 0.1
"""MLX cannot be stopped within a computation: so long may a stop take."""
_LEAST, _MOST = 32, 1024
_FIRST = 64
_FASTER = 4
_BESIDE_WRITING = 4


class ReadingPace:
    """As much as the machine reads in a moment."""

    def __init__(self) -> None:
        self._tokens = _FIRST

    def tokens(self, *, beside_writing: bool) -> int:
        """Tokens of the next computation; fewer while somebody else's answer is being written."""
        return max(_LEAST, self._tokens // _BESIDE_WRITING) if beside_writing else self._tokens

    def note(self, tokens: int, took_s: float) -> None:
        """Learns from a computation."""
        if tokens < _LEAST or took_s <= 0:
            return
        fitting = min(int(tokens / took_s * _LONGEST_S), self._tokens * _FASTER)
        self._tokens = min(max(fitting, _LEAST), _MOST)
