"""Reading a prompt before it is sent, so that the first word of its answer comes sooner."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from assistant.domain.conversation import Message, MessageStatus, Role
from assistant.domain.errors import UserFacingError
from assistant.domain.generation import (
    GenerationDone,
    GenerationEvent,
    GenerationFailed,
    GenerationRequest,
    Priority,
    SamplingParams,
)
from assistant.domain.ids import ConversationId, MessageId
from assistant.domain.model import LoadedModel
from assistant.services.history import HistoryService
from assistant.services.jobs import Job, Workers
from assistant.services.models import ModelService
from assistant.services.prompts import Prompts, Said
from assistant.services.remembered import cache_key

_NOT_SENT: Final = MessageId(0)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A chat as it would be if its draft were sent now."""

    said: Said
    sampling: SamplingParams
    loaded: LoadedModel


class ReadingAhead:
    """Has the engine read what may soon be asked; nothing of it is stored.

    Args:
        workers: The store thread and the pool.
        history: Where conversations are.
        models: Where answers come from.
        prompts: Made as for an answer, so that the answer's prompt begins alike.
        sampling: The sampling settings of each model; called on the store thread.
    """

    def __init__(
        self,
        workers: Workers,
        history: HistoryService,
        models: ModelService,
        prompts: Prompts,
        sampling: Callable[[str], SamplingParams],
    ) -> None:
        self._workers = workers
        self._history = history
        self._models = models
        self._prompts = prompts
        self._sampling = sampling

    def begin(self, conversation_id: ConversationId, draft: str) -> Job[int]:
        """Reads a chat and a draft at its end, after everything that somebody waits for.

        Args:
            conversation_id: The chat.
            draft: What is written so far; empty reads the chat alone.

        Returns:
            A job that gives how many tokens are in the cache then, 0 where nothing was read: no
            model is loaded, or an answer is under way here. Cancelling it takes effect at once,
            and what was read until then stays.
        """
        ahead: Job[int] = Job()
        self._workers.on_store(lambda: self._look(conversation_id, draft)).on_done(
            lambda job: self._looked(job, ahead)
        )
        return ahead

    def _look(self, conversation_id: ConversationId, draft: str) -> _Draft | None:
        repository = self._history.repository(conversation_id)
        chat = repository.get(conversation_id)
        loaded = self._models.ready(chat.model)
        if loaded is None:
            return None
        said = Said.of(repository, chat)
        path = said.path
        if path and path[-1].status is MessageStatus.WRITING:
            return None
        last = Message(
            id=_NOT_SENT,
            conversation_id=conversation_id,
            parent_id=None,
            role=Role.USER,
            content=draft,
            status=MessageStatus.COMPLETE,
            created_at=datetime.now(UTC),
        )
        said = replace(said, path=[*path, last])
        return _Draft(said, self._sampling(chat.model), loaded)

    def _looked(self, job: Job[_Draft | None], ahead: Job[int]) -> None:
        if job.error is not None:
            ahead.fail(job.error)
            return
        draft = job.result()
        if draft is None or ahead.cancel_token.cancelled:
            ahead.run(lambda _: 0)
            return

        def handed_over(reading: Job[None]) -> None:
            if reading.error is not None:
                ahead.fail(reading.error)

        self._workers.in_pool(lambda _: self._read(draft, ahead)).on_done(handed_over)

    def _read(self, draft: _Draft, ahead: Job[int]) -> None:
        try:
            prompt = self._prompts.make(draft.said, draft.sampling, draft.loaded)
        except UserFacingError:
            ahead.run(lambda _: 0)  # whoever sends it is told why it cannot be read
            return

        def hear(event: GenerationEvent) -> None:
            if isinstance(event, GenerationDone):
                ahead.run(lambda _: event.numbers.prompt_tokens)
            elif isinstance(event, GenerationFailed):
                ahead.run(lambda _: 0)

        request = GenerationRequest(
            turns=prompt.turns,
            sampling=draft.sampling,
            cache_key=cache_key(draft.said.chat.id),
            priority=Priority.AHEAD,
            private=draft.said.chat.temporary,
            read_only=True,
        )
        self._models.generate(request, hear, ahead.cancel_token, draft.loaded)
