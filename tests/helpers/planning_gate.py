"""Plans whose computing is held, so that something can be done meanwhile."""

from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING, Any, Final

from assistant.domain.cancel import CancelToken
from assistant.domain.schedule import WeekPlan

if TYPE_CHECKING:
    from assistant.services.jobs import Job

PATIENCE_S: Final = 60


class Gate:
    """Holds what is computed until it is let through, or cancelled.

    Args:
        compute: What is held; the last thing that it is given can be cancelled.
    """

    def __init__(self, compute: Callable[..., WeekPlan]) -> None:
        self._compute = compute
        self._opened = Event()
        self._reached = Event()

    @property
    def reached(self) -> bool:
        """Whether something is held, or was."""
        return self._reached.is_set()

    def __call__(self, *parts: Any) -> WeekPlan:
        last: Job[Any] | CancelToken = parts[-1]
        token = last if isinstance(last, CancelToken) else last.cancel_token
        token.watch(self._opened.set)
        self._reached.set()
        assert self._opened.wait(PATIENCE_S)
        return self._compute(*parts)

    def wait(self) -> None:
        """Waits until something is held; not on the window's thread."""
        assert self._reached.wait(PATIENCE_S)

    def open(self) -> None:
        """Lets everything through."""
        self._opened.set()
