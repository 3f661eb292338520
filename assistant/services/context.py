"""Which messages of a conversation are put before the model, when not all of them fit."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.domain.conversation import Message, Role, Summary
from assistant.domain.errors import UserFacingError
from assistant.domain.generation import Turn
from assistant.domain.ids import ConversationId, MessageId

_REFILL = 0.6
"""After leaving messages out the prompt fills this part of its room, so that the prefix that
the engine has in its cache then stays the same for many turns."""
_REMEMBERED = 64


@dataclass(frozen=True, slots=True)
class Prompt:
    """The turns for the engine and what they cost."""

    turns: tuple[Turn, ...]
    tokens: int
    left_out: int
    """How many of the oldest messages are not read, neither they nor a summary of them."""
    starts_at: MessageId | None
    """The oldest message that is read, pinned ones aside; the next prompt starts there too."""


class PromptStarts:
    """Where the last prompt of each chat started; from any thread.

    Of the chats that were answered last: one that is not remembered is read from its beginning,
    or from where it fits, as if it had just been opened.

    Args:
        most: How many chats are remembered.
    """

    def __init__(self, most: int = _REMEMBERED) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._starts: dict[ConversationId, MessageId | None] = {}

    def of(self, conversation_id: ConversationId) -> MessageId | None:
        """The message at which it started; None when that is not known."""
        with self._lock:
            return self._starts.get(conversation_id)

    def note(self, conversation_id: ConversationId, starts_at: MessageId | None) -> None:
        """Takes where a prompt starts."""
        with self._lock:
            self._starts.pop(conversation_id, None)
            self._starts[conversation_id] = starts_at
            while len(self._starts) > self._most:
                del self._starts[next(iter(self._starts))]


def room_for_prompt(context_length: int, max_tokens: int) -> int:
    """Tokens a prompt may take so that an answer still fits: at least three quarters."""
    return context_length - min(max_tokens, context_length // 4)


def build_prompt(
    path: Sequence[Message],
    system_prompt: str,
    *,
    room: int,
    count: Callable[[Sequence[Turn]], int],
    starts_at: MessageId | None,
    summary: Summary | None = None,
) -> Prompt:
    """Chooses the turns: system prompt and pinned messages always, then the newest that fit.

    A summary that is in use stands in the place of its messages, as a part of the system prompt.

    Args:
        path: The conversation from its first message to the one to be answered.
        system_prompt: May be empty.
        room: Tokens that the prompt may take.
        count: Tokens of given turns, template included.
        starts_at: Where the last prompt of this conversation started; kept while it fits.
        summary: Of the oldest part.

    Raises:
        UserFacingError: The last message alone does not fit.
    """
    readable = [message for message in path if message.content or message is path[-1]]
    floor, system = _beginning(readable, system_prompt, summary)
    start = max(floor, _place(readable, starts_at))
    turns = _turns(readable, start, system)
    tokens = count(turns)
    if tokens > room:
        start = _first_that_fits(readable, start, system, int(room * _REFILL), count)
        turns = _turns(readable, start, system)
        tokens = count(turns)
    if tokens > room:
        raise UserFacingError(
            f"This message takes {tokens:,} tokens with what must stay beside it; "
            f"the model can read {room:,} before it answers.",
            "Shorten it or send it in parts, or raise the context length in the settings.",
            code="prompt_too_long",
        )
    return Prompt(
        turns=turns,
        tokens=tokens,
        left_out=_left_out(readable, floor, start),
        starts_at=readable[start].id if readable else None,
    )


def turns_from(
    path: Sequence[Message],
    system_prompt: str,
    starts_at: MessageId | None,
    summary: Summary | None = None,
) -> tuple[tuple[Turn, ...], int]:
    """What of a conversation is read when its prompt starts at a message.

    Returns:
        The turns, and how many of the oldest messages are not among them.
    """
    readable = [message for message in path if message.content]
    floor, system = _beginning(readable, system_prompt, summary)
    start = max(floor, _place(readable, starts_at))
    return _turns(readable, start, system), _left_out(readable, floor, start)


def oldest_part(
    path: Sequence[Message],
    system_prompt: str,
    *,
    summary: Summary | None,
    target: int,
    count: Callable[[Sequence[Turn]], int],
) -> Sequence[Message]:
    """The messages that are to be summed up so that the rest takes ``target`` tokens.

    Args:
        path: The conversation, with its last answer.
        system_prompt: May be empty.
        summary: Of what came before; its messages are not among those returned.
        target: Tokens that the prompt may take without them.
        count: Tokens of given turns, template included.

    Returns:
        From the oldest on, up to an answer; none where the last question alone takes as much.
    """
    readable = [message for message in path if message.content]
    floor, system = _beginning(readable, system_prompt, summary)
    if not readable:
        return ()
    end = _first_that_fits(readable, floor, system, target, count)
    while end > floor and readable[end].role is not Role.USER:
        end -= 1
    return readable[floor:end]


def _beginning(
    readable: Sequence[Message], system_prompt: str, summary: Summary | None
) -> tuple[int, str]:
    """How many messages the summary stands for, and the system prompt with it."""
    if summary is None or not summary.in_use:
        return 0, system_prompt
    place = next((i for i, m in enumerate(readable) if m.id == summary.upto), None)
    if place is None or place + 1 >= len(readable):
        return 0, system_prompt
    earlier = f"Earlier in this conversation: {summary.content}"
    return place + 1, f"{system_prompt}\n\n{earlier}".strip()


def _place(readable: Sequence[Message], starts_at: MessageId | None) -> int:
    return next((i for i, m in enumerate(readable) if m.id == starts_at), 0)


def _left_out(readable: Sequence[Message], floor: int, start: int) -> int:
    return sum(1 for message in readable[floor:start] if not message.pinned)


def _turns(readable: Sequence[Message], start: int, system_prompt: str) -> tuple[Turn, ...]:
    turns = [Turn(Role.SYSTEM, system_prompt)] if system_prompt.strip() else []
    turns += [Turn(m.role, m.content) for m in readable[:start] if m.pinned]
    turns += [Turn(m.role, m.content) for m in readable[start:]]
    return tuple(turns)


def _first_that_fits(
    readable: Sequence[Message],
    start: int,
    system_prompt: str,
    target: int,
    count: Callable[[Sequence[Turn]], int],
) -> int:
    """By bisection: fewer messages never take more tokens. The last message always stays."""
    low, high = start, len(readable) - 1
    while low < high:
        middle = (low + high) // 2
        if count(_turns(readable, middle, system_prompt)) <= target:
            high = middle
        else:
            low = middle + 1
    # A chat template wants the user to speak first after the system prompt.
    while low < len(readable) - 1 and readable[low].role is not Role.USER:
        low += 1
    return low
