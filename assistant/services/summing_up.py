"""The oldest part of a long chat, summed up by the model while nobody waits for it."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from assistant.config.settings import SettingsFile
from assistant.domain.cancel import CancelToken
from assistant.domain.conversation import FinishReason, Message, MessageStatus, Role, Summary
from assistant.domain.errors import AssistantError, Cancelled, UserFacingError
from assistant.domain.generation import (
    GenerationDone,
    GenerationEvent,
    GenerationFailed,
    GenerationRequest,
    Priority,
    SamplingParams,
    Task,
    TextDelta,
    Turn,
)
from assistant.domain.ids import ConversationId, MessageId
from assistant.domain.model import LoadedModel
from assistant.services.context import oldest_part
from assistant.services.history import Changes, HistoryService
from assistant.services.jobs import Job, Workers
from assistant.services.models import ModelService
from assistant.services.prompts import Said

_log = logging.getLogger(__name__)

_FULL: Final = 0.75
"""From this part of the context on the oldest messages are summed up."""
_KEPT: Final = 0.4
"""So much of the context the newest messages fill, which stay as they are."""
_PRESSING: Final = 0.9
"""From this part on a summary that still waits is made beside the answers instead of after them."""
LEAST_PARAMETERS: Final = 300_000_000
"""Smaller models make things up when they sum up: theirs would be worse than none."""
_ASK: Final = (
    "Sum up this part of a conversation in a few short sentences, for somebody who goes on with "
    "it. Keep names, numbers, dates and what was decided. Write the summary only.\n\n"
)
_CHARACTERS: Final = (4000, 1000, 250)
"""Of each message are read for it; fewer where the context is too small."""
_SPEAKERS: Final = {Role.USER: "User", Role.ASSISTANT: "Assistant", Role.SYSTEM: "System"}


@dataclass(frozen=True, slots=True)
class _Part:
    """What is summed up."""

    said: Said
    messages: tuple[Message, ...]
    sampling: SamplingParams

    @property
    def request(self) -> Callable[[int, int], GenerationRequest]:
        """Of at most so many characters a message and so many tokens of summary."""

        def build(characters: int, max_tokens: int) -> GenerationRequest:
            before = self.said.summary
            lines = [f"Before: {before.content}"] if before is not None else []
            for message in self.messages:
                if not message.pinned:
                    text = " ".join(message.content.split())[:characters]
                    lines.append(f"{_SPEAKERS[message.role]}: {text}")
            return GenerationRequest(
                turns=(Turn(Role.USER, _ASK + "\n".join(lines)),),
                sampling=replace(self.sampling, max_tokens=max_tokens),
                private=True,
            )

        return build


@dataclass(slots=True, eq=False)
class _Making:
    """A summary under way; ``priority`` is only ever changed on the store thread.

    Args:
        said: The chat as it was when it was begun.
        loaded: Who makes it.
        sampling: How it is sampled.
    """

    said: Said
    loaded: LoadedModel
    sampling: SamplingParams
    priority: Priority = Priority.BACKGROUND
    cancel: CancelToken = field(default_factory=CancelToken)

    def press(self) -> None:
        """It is made at once from now on, whoever else waits for an answer."""
        if self.priority is Priority.BACKGROUND:
            self.priority = Priority.INTERACTIVE
            waiting, self.cancel = self.cancel, CancelToken()
            waiting.cancel()


class SummingUp:
    """Makes summaries after answers in chats that become long, and keeps what the user changes.

    Args:
        workers: The store thread and the pool.
        history: Where conversations are.
        models: Where summaries come from.
        settings: Whether they are wanted.
        made: Told of a chat that has a new one; its prompt begins otherwise from then on.
        sampling: How a model is sampled at a task; called on the store thread.
    """

    def __init__(
        self,
        workers: Workers,
        history: HistoryService,
        models: ModelService,
        settings: SettingsFile,
        made: Callable[[ConversationId], object],
        sampling: Callable[[str, Task], SamplingParams],
    ) -> None:
        self._sampling = sampling
        self._workers = workers
        self._history = history
        self._models = models
        self._settings = settings
        self._made = made
        self._making: dict[ConversationId, _Making] = {}
        """On the store thread only."""

    # For the front ends

    def of(self, conversation_id: ConversationId) -> Job[Summary | None]:
        """The summary of a chat; None while it has none."""
        return self._workers.on_store(
            lambda: self._history.repository(conversation_id).summaries.of(conversation_id)
        )

    def change(
        self,
        conversation_id: ConversationId,
        upto: MessageId,
        *,
        content: str | None = None,
        in_use: bool | None = None,
    ) -> Job[Summary]:
        """Gives a summary other words, or switches it off and on; None leaves it as it is.

        Args:
            conversation_id: The chat.
            upto: The last message that the summary to be changed stands for.
            content: The words.
            in_use: Whether the model reads it.

        Raises (from the job):
            UserFacingError: There is none any more, because a message of it was changed
                (``summary_gone``), or a newer one took its place (``summary_changed``).
        """

        def work() -> Summary:
            summaries = self._history.repository(conversation_id).summaries
            summary = summaries.of(conversation_id)
            if summary is None:
                raise UserFacingError(
                    "There is no summary any more: a message of it was changed.",
                    "A new one is made when the chat fills up again.",
                    code="summary_gone",
                )
            if summary.upto != upto:
                raise UserFacingError(
                    "A newer summary was made meanwhile, which stands for more messages.",
                    "Read it, and change it where that is still needed.",
                    code="summary_changed",
                )
            words = summary.content if content is None else " ".join(content.split())
            wanted = summary.in_use if in_use is None else in_use
            changed = replace(summary, content=words, in_use=wanted and bool(words))
            summaries.keep(changed)
            self._history.announce(Changes(frozenset({conversation_id})))
            return changed

        return self._workers.on_store(work)

    # For the services

    def consider(self, answer: Message) -> None:
        """After an answer: sums up the oldest part where the chat fills the context.

        On the store thread; the work is done elsewhere.
        """
        chat_id, numbers = answer.conversation_id, answer.numbers
        if numbers is None or answer.status is not MessageStatus.COMPLETE:
            return
        used = numbers.prompt_tokens + numbers.completion_tokens
        making = self._making.get(chat_id)
        if making is not None:
            if used >= making.loaded.context_length * _PRESSING:
                making.press()
            return
        if not self._settings.current.chat.sum_up:
            return
        repository = self._history.repository(chat_id)
        said = Said.of(repository, repository.get(chat_id))
        loaded = self._able(said.chat.model)
        if loaded is None or (said.summary is not None and not said.summary.in_use):
            return
        if used < loaded.context_length * _FULL:
            return
        making = self._making[chat_id] = _Making(
            said, loaded, self._sampling(said.chat.model, Task.SUMMARY)
        )
        self._workers.in_pool(lambda _: self._begin(making)).on_done(
            lambda job: self._failed(chat_id, job.error) if job.error is not None else None
        )

    def _able(self, wanted: str) -> LoadedModel | None:
        """A chat's model where it is loaded and large enough for summaries."""
        loaded = self._models.ready(wanted)
        if loaded is None:
            return None
        parameters = self._models.chosen(wanted).parameters
        return loaded if not parameters or parameters >= LEAST_PARAMETERS else None

    def _begin(self, making: _Making) -> None:
        said, loaded = making.said, making.loaded

        def count(turns: Sequence[Turn]) -> int:
            return self._models.count_tokens(turns).result()

        messages = oldest_part(
            said.path,
            said.chat.system_prompt,
            summary=said.summary,
            target=int(loaded.context_length * _KEPT),
            count=count,
        )
        fitting = self._fitting(_Part(said, tuple(messages), making.sampling), loaded, count)
        if fitting is None:
            self._failed(said.chat.id, None)
            return
        self._ask(making, *fitting)

    def _ask(self, making: _Making, part: _Part, request: GenerationRequest) -> None:
        cancel, priority = making.cancel, making.priority
        pieces: list[str] = []

        def hear(event: GenerationEvent) -> None:
            if isinstance(event, TextDelta):
                pieces.append(event.text)
            elif isinstance(event, GenerationDone):
                if cancel.cancelled and event.finish_reason is FinishReason.CANCELLED:
                    self._ask(making, part, request)  # it was pressed
                else:
                    self._ended(part, "".join(pieces), event.finish_reason)
            elif isinstance(event, GenerationFailed):
                self._ended(part, "", FinishReason.ERROR)

        asked = replace(request, priority=priority)
        self._models.generate(asked, hear, cancel, making.loaded)

    def _fitting(
        self, part: _Part, loaded: LoadedModel, count: Callable[[Sequence[Turn]], int]
    ) -> tuple[_Part, GenerationRequest] | None:
        """As much of it as the model reads at once; the rest has its turn after a later answer."""
        max_tokens = min(part.sampling.max_tokens, loaded.context_length // 8)
        while part.messages:
            for characters in _CHARACTERS:
                request = part.request(characters, max_tokens)
                if count(request.turns) + max_tokens < loaded.context_length:
                    return part, request
            part = replace(part, messages=_first_half(part.messages))
        return None

    def _ended(self, part: _Part, text: str, reason: FinishReason) -> None:
        content = _whole_sentences(text, reason)
        chat_id = part.said.chat.id
        self._workers.on_store(lambda: self._keep(part, content)).on_done(
            lambda job: self._failed(chat_id, job.error) if job.error is not None else None
        )

    def _keep(self, part: _Part, content: str) -> None:
        chat_id = part.said.chat.id
        self._making.pop(chat_id, None)
        if not content:
            return
        repository = self._history.repository(chat_id)
        now = {message.id: message.content for message in repository.path(chat_id)}
        same = all(now.get(message.id) == message.content for message in part.messages)
        if not same or repository.summaries.of(chat_id) != part.said.summary:
            return  # something was changed meanwhile
        repository.summaries.keep(Summary(chat_id, part.messages[-1].id, content))
        self._history.announce(Changes(frozenset({chat_id})))
        self._made(chat_id)

    def _failed(self, chat_id: ConversationId, error: BaseException | None) -> None:
        """Without a summary the chat goes on as well: its oldest messages are left out."""
        if error is not None and not isinstance(error, AssistantError | Cancelled):
            _log.error("a summary failed with %s", type(error).__name__)
        self._workers.on_store(lambda: self._making.pop(chat_id, None))


def _first_half(messages: tuple[Message, ...]) -> tuple[Message, ...]:
    """About half of them, up to an answer; none where there is no question further on."""
    end = len(messages) // 2
    while end > 0 and messages[end].role is not Role.USER:
        end -= 1
    return messages[:end]


def _whole_sentences(text: str, reason: FinishReason) -> str:
    """The text on one line; of one that was cut short, the sentences that came to their end."""
    words = " ".join(text.split())
    if reason is FinishReason.STOP:
        return words
    if reason is not FinishReason.LENGTH:
        return ""
    end = max(words.rfind(mark) for mark in (". ", "! ", "? ", "。"))
    if words.endswith((".", "!", "?")) or end < 0:
        return words
    return words[: end + 1]
