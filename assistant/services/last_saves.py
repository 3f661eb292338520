"""The last save of an answer, which must not fail for good because a disk is full just then."""

from collections.abc import Callable

from assistant.domain.conversation import Message
from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.domain.ids import MessageId


class LastSaves:
    """Makes them, and makes those up later that the disk refused. On the store thread only.

    Args:
        make_room: Frees a little space on a full disk; tells whether it could.
    """

    def __init__(self, make_room: Callable[[], bool]) -> None:
        self._make_room = make_room
        self._owed: dict[MessageId, Callable[[], Message]] = {}

    def save(self, message_id: MessageId, work: Callable[[], Message]) -> Message:
        """Does ``work``, with a little more room if it needs that.

        Raises:
            EnvironmentProblem: It could not be saved; ``make_up`` tries again.
        """
        self._owed[message_id] = work
        try:
            message = work()
        except EnvironmentProblem as problem:
            if problem.code != "disk_full" or not self._make_room():
                raise
            message = work()
        except UserFacingError:
            del self._owed[message_id]  # the answer was deleted meanwhile
            raise
        del self._owed[message_id]
        return message

    def make_up(self) -> None:
        """Saves what is still owed, as far as the disk takes it now."""
        for message_id, work in tuple(self._owed.items()):
            try:
                work()
            except EnvironmentProblem:
                return
            except UserFacingError:
                pass  # the answer was deleted meanwhile
            del self._owed[message_id]
