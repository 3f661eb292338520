"""From a question to its answer: store, choose the prompt, generate, store again.

The way of a message: ``send`` puts the question and an empty answer into the database before
anything else (``_store_question``), waits for the model (``ModelService.ensure``), chooses the
turns that fit (``Prompts.make``), and hands them to the engine with a ``Recorder`` as
the sink, which passes text to the front end and back into the database.
"""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace

from assistant.config.settings import SettingsFile
from assistant.domain.conversation import (
    PLANNER,
    Conversation,
    Message,
    MessageStatus,
    Role,
)
from assistant.domain.errors import Cancelled, UserFacingError
from assistant.domain.generation import (
    GenerationFailed,
    GenerationRequest,
    SamplingParams,
    Task,
    Turn,
)
from assistant.domain.ids import ConversationId, MessageId, ModelId
from assistant.domain.model import LoadedModel, ModelState
from assistant.services.answers import Accepted, Answer, LeftOut, Refused, Waiting
from assistant.services.history import Changes, HistoryService
from assistant.services.jobs import Job, Workers
from assistant.services.last_saves import LastSaves
from assistant.services.models import ModelService
from assistant.services.noting import Notes, QuestionKeeper
from assistant.services.prompts import Prompts, Said
from assistant.services.reading_ahead import ReadingAhead
from assistant.services.recording import Recorder
from assistant.services.remembered import cache_key
from assistant.services.standby import BeforeFirstWord, Move, Standby
from assistant.services.summing_up import SummingUp
from assistant.services.task_presets import preset_of
from assistant.store.history import HistoryRepository

SamplingSource = Callable[[str], SamplingParams]
"""Gives the sampling of a model id; called on the store thread."""


@dataclass(frozen=True, slots=True)
class AskOptions:
    """What one question may set for itself; None keeps what the chat or the model says."""

    model: str | None = None
    sampling: SamplingParams | None = None
    json_schema: str = ""
    """A JSON Schema that the answer must satisfy; empty for free text."""


@dataclass(frozen=True, slots=True)
class ContextUsage:
    """How full the context of a chat is."""

    used_tokens: int
    context_length: int
    left_out: int


@dataclass(frozen=True, slots=True)
class _Stored:
    """An answer that has its row, and all that is needed to write it."""

    conversation: Conversation
    question: Message | None
    answer: Message
    before: str
    """Text to be continued; empty for a new answer."""
    said: Said
    sampling: SamplingParams


@dataclass(slots=True, eq=False)
class _Asking:
    """An answer on its way to a model."""

    answer: Answer
    stored: _Stored
    options: AskOptions
    recorder: Recorder
    tried: list[ModelId] = field(default_factory=list[ModelId])
    """The models that were asked, the last of them now."""
    why: str = ""
    """Why it is not the one that the chat asks for."""


class ChatService:
    """Answers questions in conversations.

    Args:
        workers: The store thread.
        history: Where conversations are.
        models: Where answers come from.
        sampling: The sampling settings of each model.
        settings: Whether chats are named by themselves.
        make_room: Frees a little space on a full disk, so that an answer can be kept.
        standby: Who answers where a model fails; None lets the failure stand.
        task_sampling: The sampling settings of each model at what is no chatting.
    """

    def __init__(  # noqa: PLR0913 - what an answer passes through on its way
        self,
        workers: Workers,
        history: HistoryService,
        models: ModelService,
        sampling: SamplingSource,
        settings: SettingsFile,
        make_room: Callable[[], bool] = lambda: False,
        *,
        standby: Standby | None = None,
        task_sampling: Callable[[str, Task], SamplingParams] = lambda _, task: preset_of(task),
    ) -> None:
        self._standby = standby
        self._workers = workers
        self._history = history
        self._models = models
        self._sampling = sampling
        self._settings = settings
        self._last_saves = LastSaves(make_room)
        self._prompts = Prompts(models)
        self._questions = QuestionKeeper(settings)
        self.notes = Notes(workers, history, self._questions)
        self._ahead = ReadingAhead(workers, history, models, self._prompts, sampling)
        self.summaries = SummingUp(
            workers,
            history,
            models,
            settings,
            lambda chat_id: self.read_ahead(chat_id, ""),
            task_sampling,
        )

    # What a front end may ask for

    def send(
        self, conversation_id: ConversationId, text: str, options: AskOptions | None = None
    ) -> Answer:
        """Asks a question at the end of the shown branch."""

        def store(repository: HistoryRepository, chat: Conversation) -> _Stored:
            return self._new_question(repository, chat, chat.active_leaf, text)

        return self._start(conversation_id, store, options, required_text=text)

    def edit(self, conversation_id: ConversationId, message_id: MessageId, text: str) -> Answer:
        """Asks an earlier question again in other words, as a new version beside it."""

        def store(repository: HistoryRepository, chat: Conversation) -> _Stored:
            old = _one(repository, chat, message_id)
            if old.role is not Role.USER:
                raise UserFacingError(
                    "Only a question can be asked in other words.",
                    "Regenerate the answer instead.",
                    code="not_a_question",
                )
            return self._new_question(repository, chat, old.parent_id, text)

        return self._start(conversation_id, store, None, required_text=text)

    def regenerate(
        self,
        conversation_id: ConversationId,
        message_id: MessageId,
        options: AskOptions | None = None,
    ) -> Answer:
        """Writes another version of an answer, or the answer that a question never got."""

        def store(repository: HistoryRepository, chat: Conversation) -> _Stored:
            old = _one(repository, chat, message_id)
            parent = old.id if old.role is Role.USER else old.parent_id
            if parent is None:
                raise UserFacingError(
                    "There is no question before this answer.", code="nothing_to_answer"
                )
            return self._new_answer(repository, chat, parent, None)

        return self._start(conversation_id, store, options)

    def continue_answer(
        self,
        conversation_id: ConversationId,
        message_id: MessageId,
        options: AskOptions | None = None,
    ) -> Answer:
        """Goes on with an answer that was stopped, cut short or interrupted."""

        def store(repository: HistoryRepository, chat: Conversation) -> _Stored:
            answer = _one(repository, chat, message_id)
            if answer.role is not Role.ASSISTANT:
                raise UserFacingError(
                    "Only an answer can be continued.", "Regenerate it.", code="not_an_answer"
                )
            if answer.model == PLANNER:
                raise UserFacingError(
                    "The planner said this: there is nothing to continue.",
                    "Regenerate it, and the model answers in its place.",
                    code="not_an_answer",
                )
            if answer.status is MessageStatus.WRITING:
                raise UserFacingError(
                    "This answer is still being written.",
                    "Wait for its end, or stop it first.",
                    code="answer_under_way",
                )
            repository.reopen(answer.id)
            said = Said.of(repository, chat, answer.id)
            reopened = replace(answer, status=MessageStatus.WRITING)
            return _Stored(chat, None, reopened, answer.content, said, self._sampling(chat.model))

        return self._start(conversation_id, store, options)

    def read_ahead(self, conversation_id: ConversationId, draft: str) -> Job[int]:
        """Reads a chat and what is being written in it; see ``ReadingAhead.begin``."""
        if not self._settings.current.chat.read_ahead:
            return Job[int].done_with(0)
        return self._ahead.begin(conversation_id, draft)

    def context_usage(self, conversation_id: ConversationId) -> Job[ContextUsage | None]:
        """How full the context is; None while no model is loaded.

        The engine counts when it is free to; nothing else waits for that.
        """
        usage: Job[ContextUsage | None] = Job()

        def read() -> tuple[tuple[Turn, ...], int]:
            repository = self._history.repository(conversation_id)
            said = Said.of(repository, repository.get(conversation_id))
            return self._prompts.read_now(said)

        self._workers.on_store(read).on_done(lambda reading: self._count(reading, usage))
        return usage

    def _count(
        self, reading: Job[tuple[tuple[Turn, ...], int]], usage: Job[ContextUsage | None]
    ) -> None:
        """Hands what was read to the engine; on the store thread, which does not wait for it."""
        if reading.error is not None:
            usage.fail(reading.error)
            return
        status = self._models.status
        if status.state is not ModelState.READY:
            usage.run(lambda _: None)
            return
        turns, left_out = reading.result()
        if not turns:
            usage.run(lambda _: ContextUsage(0, status.context_length, left_out))
            return

        def counted(tokens: Future[int]) -> None:
            error = tokens.exception()
            if isinstance(error, UserFacingError) and error.code == "no_model":
                usage.run(lambda _: None)  # ejected meanwhile
            else:
                length = status.context_length
                usage.run(lambda _: ContextUsage(tokens.result(), length, left_out))

        self._models.count_tokens(turns).add_done_callback(counted)

    def make_up_saves_now(self) -> None:
        """Saves the ends of answers that a full disk refused; on the store thread."""
        self._last_saves.make_up()

    # The question goes into the database

    def _new_question(
        self,
        repository: HistoryRepository,
        chat: Conversation,
        parent_id: MessageId | None,
        text: str,
    ) -> _Stored:
        question = self._questions.keep(repository, chat, parent_id, text)
        repository.set_draft(chat.id, "")
        return self._new_answer(repository, chat, question.id, question)

    def _new_answer(
        self,
        repository: HistoryRepository,
        chat: Conversation,
        parent_id: MessageId,
        question: Message | None,
    ) -> _Stored:
        said = Said.of(repository, chat, parent_id)
        answer = repository.add_message(
            chat.id, parent_id, Role.ASSISTANT, "", MessageStatus.WRITING
        )
        return _Stored(
            repository.get(chat.id), question, answer, "", said, self._sampling(chat.model)
        )

    # From there to the engine

    def _start(
        self,
        conversation_id: ConversationId,
        store: Callable[[HistoryRepository, Conversation], _Stored],
        options: AskOptions | None,
        *,
        required_text: str = "?",
    ) -> Answer:
        answer = Answer()
        chosen = options or AskOptions()

        def work() -> _Stored:
            if not required_text.strip():
                raise UserFacingError("There is nothing to send.", code="empty_message")
            self._last_saves.make_up()
            repository = self._history.repository(conversation_id)
            if chosen.model is not None:
                repository.set_model(conversation_id, chosen.model)
            stored = store(repository, repository.get(conversation_id))
            self._announce(conversation_id)
            return stored

        def stored(job: Job[_Stored]) -> None:
            if job.error is not None:
                answer.put(Refused(_as_user_facing(job.error)))
                return
            self._accepted(answer, job.result(), chosen)

        self._workers.on_store(work).on_done(stored)
        return answer

    def _accepted(self, answer: Answer, stored: _Stored, options: AskOptions) -> None:
        chat = stored.conversation
        answer.put(Accepted(chat, stored.question, stored.answer))
        recorder = Recorder(
            answer,
            stored.answer.id,
            stored.before,
            workers=self._workers,
            repository=lambda: self._history.repository(chat.id),
            last_saves=self._last_saves,
            done=self._answered,
        )
        asking = _Asking(answer, stored, options, recorder)
        instead = self._standby.first(chat.model) if self._standby is not None else None
        if instead is not None:
            self._move(asking, instead)
            return
        first = self._standby.id_of(chat.model) if self._standby is not None else None
        asking.tried = [first] if first is not None else []
        loading = self._models.ensure(chat.model)
        if not loading.done():
            answer.put(Waiting("Sent. It will be answered when the model is loaded."))
        self._when_loaded(asking, loading)

    def _when_loaded(self, asking: _Asking, loading: Future[LoadedModel]) -> None:
        answer, recorder = asking.answer, asking.recorder

        def loaded(done: Future[LoadedModel]) -> None:
            if answer.cancel_token.cancelled or self._models.closing:
                recorder.stop()
            elif isinstance(done.exception(), Cancelled):
                recorder.fail(UserFacingError("Another model was chosen.", "Regenerate it."))
            elif (error := done.exception()) is not None:
                # Looking for another model reads the disk: not on the engine's thread either.
                self._workers.in_pool(lambda _: self._failed(asking, error)).on_done(ended)
            else:
                # Choosing the prompt counts tokens, which waits for the engine's thread:
                # never on that thread, which is the one that calls back here.
                self._workers.in_pool(lambda _: self._generate(asking, done.result())).on_done(
                    ended
                )

        def ended(job: Job[None]) -> None:
            if job.error:
                recorder.fail(job.error)

        loading.add_done_callback(loaded)

    def _failed(self, asking: _Asking, error: BaseException) -> None:
        """Nothing was written yet: another model takes it over, or the answer says why not."""
        move = self._standby.after(asking.tried, error) if self._standby is not None else None
        if move is None or asking.answer.cancel_token.cancelled:
            asking.recorder.fail(error)
        else:
            self._move(asking, move)

    def _move(self, asking: _Asking, move: Move) -> None:
        asking.tried.append(move.model.id)
        asking.why = move.why
        asking.answer.put(Waiting(move.why))
        self._when_loaded(asking, self._models.ensure(move.model.id))

    def _generate(self, asking: _Asking, loaded: LoadedModel) -> None:
        answer, stored, options = asking.answer, asking.stored, asking.options
        chat = stored.conversation
        sampling = options.sampling or stored.sampling
        prompt = self._prompts.make(stored.said, sampling, loaded)
        if prompt.left_out:
            answer.put(LeftOut(prompt.left_out))
        self._prompts.note(chat, prompt)
        self._label(stored.answer.id, loaded, asking.why)
        request = GenerationRequest(
            turns=prompt.turns,
            sampling=sampling,
            cache_key=cache_key(chat.id),
            private=chat.temporary,
            json_schema=options.json_schema,
        )

        def failed(event: GenerationFailed) -> None:
            error = UserFacingError(event.message, event.hint, code=event.code)
            self._workers.in_pool(lambda _: self._failed(asking, error)).on_done(
                lambda job: asking.recorder.fail(job.error) if job.error else None
            )

        sink = BeforeFirstWord(asking.recorder, failed)
        self._models.generate(request, sink, answer.cancel_token, loaded)

    def _label(self, message_id: MessageId, loaded: LoadedModel, why: str) -> None:
        """Notes on the answer's row which model writes it, and why where another was asked."""
        model = self._models.status.model
        if model is None or model.path != loaded.path:
            return
        self._workers.on_store(
            lambda: self._history.repository(message_id).set_source(
                message_id, model=model.name, tier=model.tier, route_reason=why
            )
        )

    def _answered(self, answer: Message) -> None:
        """An answer is kept; on the store thread."""
        self._announce(answer.conversation_id)
        self.summaries.consider(answer)

    def _announce(self, conversation_id: ConversationId) -> None:
        self._history.announce(Changes(frozenset({conversation_id}), listing=True))


def _one(repository: HistoryRepository, chat: Conversation, message_id: MessageId) -> Message:
    found = repository.messages([message_id])
    if not found or found[0].conversation_id != chat.id:
        raise UserFacingError("This message is not there any more.", code="message_unknown")
    return found[0]


def _as_user_facing(error: BaseException) -> UserFacingError:
    if isinstance(error, UserFacingError):
        return error
    return UserFacingError(
        "Something went wrong in Lamplight.", "Try again; the words are kept.", code="internal"
    )
