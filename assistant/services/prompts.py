"""What of a chat is put before the model, in the same way for whoever asks."""

from collections.abc import Sequence

from assistant.domain.conversation import Conversation, Message
from assistant.domain.generation import SamplingParams, Turn
from assistant.domain.model import LoadedModel
from assistant.services.context import (
    Prompt,
    PromptStarts,
    build_prompt,
    room_for_prompt,
    turns_from,
)
from assistant.services.models import ModelService


class Prompts:
    """Makes the prompts of all chats, and remembers where they started.

    Args:
        models: Counts tokens.
    """

    def __init__(self, models: ModelService) -> None:
        self._models = models
        self._starts = PromptStarts()

    def make(
        self,
        chat: Conversation,
        path: Sequence[Message],
        sampling: SamplingParams,
        loaded: LoadedModel,
    ) -> Prompt:
        """The turns for an answer to the last message; waits for the engine, never on its thread.

        Raises:
            UserFacingError: The last message alone does not fit.
        """
        return build_prompt(
            path,
            chat.system_prompt,
            room=room_for_prompt(loaded.context_length, sampling.max_tokens),
            count=lambda turns: self._models.count_tokens(turns).result(),
            starts_at=self._starts.of(chat.id),
        )

    def note(self, chat: Conversation, prompt: Prompt) -> None:
        """The prompt is used: the next one of this chat starts where it does."""
        self._starts.note(chat.id, prompt.starts_at)

    def read_now(self, chat: Conversation, path: Sequence[Message]) -> tuple[tuple[Turn, ...], int]:
        """The turns as they stand, and how many of the oldest messages are not among them."""
        return turns_from(path, chat.system_prompt, self._starts.of(chat.id))
