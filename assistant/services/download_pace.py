"""How fast a download goes, and how long it will still take: smoothed, and honest at once."""

from dataclasses import dataclass

_SETTLES_S = 6.0
"""What lies further back than this hardly counts."""
_SAYS_AFTER_S = 2.0


@dataclass(slots=True)
class Pace:
    """The speed of one download, from how far it was at times that are told to it.

    A mean that forgets exponentially (as the load averages of Unix do), over the time that it has
    really been running: right from the first seconds, and calm after them.
    """

    _at_s: float = 0.0
    _done: int = 0
    _weight_s: float = 0.0
    _bytes: float = 0.0
    _runs_s: float = 0.0

    def begin(self, at_s: float, done: int) -> None:
        """It starts, or starts again; what was before does not count."""
        self._at_s, self._done = at_s, done
        self._weight_s = self._bytes = self._runs_s = 0.0

    def tell(self, at_s: float, done: int) -> None:
        """So many bytes are here at this time."""
        passed = at_s - self._at_s
        if passed <= 0:
            return
        kept = 0.5 ** (passed / (_SETTLES_S / 2))
        self._weight_s = self._weight_s * kept + passed
        self._bytes = self._bytes * kept + max(done - self._done, 0)
        self._runs_s += passed
        self._at_s, self._done = at_s, done

    @property
    def bytes_per_s(self) -> float:
        """0 before there is anything to go by."""
        return self._bytes / self._weight_s if self._weight_s else 0.0

    def seconds_left(self, rest: int) -> float | None:
        """For so many bytes; None while it cannot be said."""
        if self._runs_s < _SAYS_AFTER_S or self.bytes_per_s < 1:
            return None
        return rest / self.bytes_per_s
