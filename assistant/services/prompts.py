"""What of a chat is put before the model, in the same way for whoever asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from assistant.domain.conversation import Conversation, Message, Summary
from assistant.domain.generation import SamplingParams, Turn
from assistant.domain.ids import MessageId
from assistant.domain.model import LoadedModel
from assistant.services.context import (
    Prompt,
    PromptStarts,
    build_prompt,
    room_for_prompt,
    turns_from,
)
from assistant.services.models import ModelService
from assistant.store.history import HistoryRepository


@dataclass(frozen=True, slots=True)
class Said:
    """What was said in a chat, from its first message to the one that is to be answered."""

    chat: Conversation
    path: Sequence[Message]
    summary: Summary | None

    @classmethod
    def of(
        cls, repository: HistoryRepository, chat: Conversation, upto: MessageId | None = None
    ) -> Self:
        """Reads it; on the store thread."""
        path = repository.path(chat.id, upto=upto)
        return cls(chat, path, repository.summaries.of(chat.id))


class Prompts:
    """Makes the prompts of all chats, and remembers where they started.

    Args:
        models: Counts tokens.
    """

    def __init__(self, models: ModelService) -> None:
        self._models = models
        self._starts = PromptStarts()

    def make(self, said: Said, sampling: SamplingParams, loaded: LoadedModel) -> Prompt:
        """The turns for an answer to the last message; waits for the engine, never on its thread.

        Raises:
            UserFacingError: The last message alone does not fit.
        """
        return build_prompt(
            said.path,
            said.chat.system_prompt,
            room=room_for_prompt(loaded.context_length, sampling.max_tokens),
            count=lambda turns: self._models.count_tokens(turns).result(),
            starts_at=self._starts.of(said.chat.id),
            summary=said.summary,
        )

    def note(self, chat: Conversation, prompt: Prompt) -> None:
        """The prompt is used: the next one of this chat starts where it does."""
        self._starts.note(chat.id, prompt.starts_at)

    def read_now(self, said: Said) -> tuple[tuple[Turn, ...], int]:
        """The turns as they stand, and how many of the oldest messages are not among them."""
        starts_at = self._starts.of(said.chat.id)
        return turns_from(said.path, said.chat.system_prompt, starts_at, said.summary)
