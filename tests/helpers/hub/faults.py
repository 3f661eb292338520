"""What goes wrong on a bad day, per file or per address of the interface."""

import threading
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Reply:
    """A refusal: a status with what the Hub says beside it."""

    status: int
    headers: dict[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""

    @classmethod
    def busy(cls, seconds: int, *, header: str = "Retry-After") -> "Reply":
        """Too many requests: try again after so many seconds.

        Args:
            header: ``Retry-After``, or ``RateLimit`` as the Hub itself says it.
        """
        if header == "Retry-After":
            return cls(429, {"Retry-After": str(seconds)})
        return cls(
            429,
            {
                "RateLimit": f'"resolvers";r=0;t={seconds}',
                "RateLimit-Policy": '"fixed window";"resolvers";q=3000;w=300',
            },
        )


@dataclass
class Faults:
    """Of one file (``owner/name/path``) or one address (``/api/models``).

    Args:
        replies: Given instead of an answer, one per request, then no more.
        drop_at: Offsets in the file; the answer that reaches the first of them is cut there,
            which uses it up.
        wrong: The content has the right size and wrong bytes.
        shorter_bytes: The content lacks so many bytes at its end.
        longer_bytes: The content has so many bytes too many.
        cut_bytes: The answer promises all and ends so many bytes early, each time.
        bytes_per_s: Not faster than this; 0 for no limit.
        hold_at: The answer waits at this offset of the file until ``release`` is set.
        hold_first: No answer, not even its head, before ``release`` is set.
        whole: Ranges are not served; every answer is the whole file.
        endless: The answer says no length and never ends.
        etag: Another ETag than the real one; empty for the real one.
    """

    replies: list[Reply] = field(default_factory=list[Reply])
    drop_at: list[int] = field(default_factory=list[int])
    wrong: bool = False
    shorter_bytes: int = 0
    longer_bytes: int = 0
    cut_bytes: int = 0
    bytes_per_s: int = 0
    hold_at: int | None = None
    hold_first: bool = False
    whole: bool = False
    endless: bool = False
    etag: str = ""
    release: threading.Event = field(default_factory=threading.Event)
    held: threading.Event = field(default_factory=threading.Event)
    """Set when an answer waits for ``release``."""

    def next_reply(self) -> Reply | None:
        """The refusal that is due, taken off the list."""
        return self.replies.pop(0) if self.replies else None
