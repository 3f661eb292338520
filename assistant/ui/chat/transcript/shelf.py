"""Contents that were fetched, and the text parsed from them; the oldest give way. No Qt."""

from collections import OrderedDict
from collections.abc import Iterable

from assistant.domain.conversation import Message, Role
from assistant.domain.ids import MessageId
from assistant.render.markdown import parse
from assistant.ui.chat.transcript.flow import Piece, ended, flatten, group

Groups = tuple[tuple[Piece, ...], ...]
_KEPT = 240
_KEPT_PARSED = 60


class Shelf:
    """Keeps the messages that were shown lately."""

    def __init__(self) -> None:
        self._messages: OrderedDict[MessageId, Message] = OrderedDict()
        self._parsed: OrderedDict[MessageId, tuple[str, Groups]] = OrderedDict()

    def clear(self) -> None:
        """Forgets all."""
        self._messages.clear()
        self._parsed.clear()

    def put(self, messages: Iterable[Message]) -> None:
        """Takes new or changed messages."""
        for message in messages:
            self._messages[message.id] = message
            self._messages.move_to_end(message.id)
        while len(self._messages) > _KEPT:
            self._messages.popitem(last=False)

    def get(self, message_id: MessageId) -> Message | None:
        """A message that is there."""
        message = self._messages.get(message_id)
        if message is not None:
            self._messages.move_to_end(message_id)
        return message

    def missing(self, ids: Iterable[MessageId]) -> tuple[MessageId, ...]:
        """Those that would have to be fetched."""
        return tuple(each for each in ids if each not in self._messages)

    def put_groups(self, message: Message, groups: Groups) -> None:
        """Keeps what was parsed while it was written."""
        self._parsed[message.id] = (message.content, ended(groups))
        self._parsed.move_to_end(message.id)
        while len(self._parsed) > _KEPT_PARSED:
            self._parsed.popitem(last=False)

    def groups(self, message: Message) -> Groups:
        """The text of an answer, laid flat."""
        if message.role is Role.USER:
            return ()
        kept = self._parsed.get(message.id)
        if kept is not None and kept[0] == message.content:
            self._parsed.move_to_end(message.id)
            return kept[1]
        groups = tuple(group(flatten(parse(message.content))))
        self.put_groups(message, groups)
        return self._parsed[message.id][1]
