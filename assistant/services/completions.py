"""Whole answers for the services themselves: nothing of them is shown while they come."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

from assistant.domain.cancel import CancelToken
from assistant.domain.conversation import FinishReason, MessageNumbers
from assistant.domain.errors import Cancelled, UserFacingError
from assistant.domain.generation import (
    GenerationDone,
    GenerationEvent,
    GenerationFailed,
    GenerationRequest,
    TextDelta,
)
from assistant.domain.ids import ModelId
from assistant.domain.model import LoadedModel, ModelState
from assistant.services.jobs import Workers
from assistant.services.models import ModelService
from assistant.services.standby import Standby


@dataclass(frozen=True, slots=True)
class Completion:
    """One answer, whole.

    Args:
        text: What was written.
        finish_reason: STOP, or LENGTH where it was cut short.
        numbers: What it cost.
        model: Who wrote it.
    """

    text: str
    finish_reason: FinishReason
    numbers: MessageNumbers
    model: LoadedModel


class Completions:
    """Loads a model where it must and gathers its answers.

    Args:
        models: Where answers come from.
        workers: Look for another model where one fails.
        standby: Who answers then; None lets the failure stand.
    """

    def __init__(
        self, models: ModelService, workers: Workers, standby: Standby | None = None
    ) -> None:
        self._models = models
        self._workers = workers
        self._standby = standby

    @property
    def ready(self) -> bool:
        """Whether a model is loaded, so that an answer costs no more than itself."""
        return self._models.status.state is ModelState.READY

    @property
    def parameters(self) -> int:
        """Number of weights of the model that is loaded; 0 where unknown, or where none is."""
        model = self._models.status.model
        return 0 if model is None else model.parameters

    def model(self, wanted: str = "") -> Future[LoadedModel]:
        """A loaded model: the one that is wanted, else the one in use, else the default.

        Where it rests or cannot be loaded, the one that answers in its place.

        Raises (from the future):
            UserFacingError: It is not here or cannot be loaded, and nobody else can answer.
            Cancelled: Another one was chosen before it was loaded.
        """
        status = self._models.status
        if not wanted and status.state is ModelState.READY and status.model is not None:
            wanted = status.model.id
        if self._standby is None:
            return self._models.ensure(wanted)
        instead = self._standby.first(wanted)
        first = instead.model.id if instead is not None else self._standby.id_of(wanted)
        outcome: Future[LoadedModel] = Future()
        self._load(first or wanted, [first] if first is not None else [], outcome)
        return outcome

    def name_of(self, loaded: LoadedModel) -> str:
        """What a model is called; its file's name where it was freed or removed."""
        found = self._models.id_of(loaded)
        try:
            return self._models.chosen(found).name if found is not None else loaded.path.stem
        except UserFacingError:
            return loaded.path.stem

    def _load(self, wanted: str, tried: list[ModelId], outcome: Future[LoadedModel]) -> None:
        """Loads a model, or another where that fails and there is one."""

        def loaded(done: Future[LoadedModel]) -> None:
            error = done.exception()
            if error is None:
                outcome.set_result(done.result())
            else:
                self._move(tried, error, go_on, lambda: outcome.set_exception(error))

        def go_on(model: ModelId) -> None:
            self._load(model, [*tried, model], outcome)

        self._models.ensure(wanted).add_done_callback(loaded)

    def ask(
        self,
        request: GenerationRequest,
        cancel: CancelToken,
        loaded: LoadedModel,
        on_event: Callable[[GenerationEvent], None] | None = None,
    ) -> Future[Completion]:
        """One answer; callbacks of the future run on the engine's thread and must not wait.

        Another model answers where this one fails before its first word, unless what is asked
        for is bound to it by an adapter.

        Args:
            request: What is asked.
            cancel: Gives it up.
            loaded: Who is asked.
            on_event: Hears each event as it comes, on the engine's thread, for who shows the
                answer while it is written; it must not wait.

        Raises (from the future):
            UserFacingError: It failed, with the engine's code.
            Cancelled: It was given up.
        """
        answer: Future[Completion] = Future()
        first = self._models.id_of(loaded)
        self._ask(
            _Errand(request, cancel, answer, on_event), loaded, [first] if first is not None else []
        )
        return answer

    def _ask(self, errand: "_Errand", loaded: LoadedModel, tried: list[ModelId]) -> None:
        answer = errand.answer
        pieces: list[str] = []

        def hear(event: GenerationEvent) -> None:
            if errand.on_event is not None:
                errand.on_event(event)
            match event:
                case TextDelta(text):
                    pieces.append(text)
                case GenerationFailed(message, hint, code):
                    error = UserFacingError(message, hint, code=code)
                    if pieces or errand.bound:
                        answer.set_exception(error)
                    else:
                        self._ask_another(errand, tried, error)
                case GenerationDone(FinishReason.CANCELLED):
                    answer.set_exception(Cancelled())
                case GenerationDone(reason, numbers):
                    answer.set_result(Completion("".join(pieces), reason, numbers, loaded))
                case _:
                    pass

        self._models.generate(errand.request, hear, errand.cancel, loaded)

    def _ask_another(self, errand: "_Errand", tried: list[ModelId], error: UserFacingError) -> None:
        def go_on(model: ModelId) -> None:
            outcome: Future[LoadedModel] = Future()
            outcome.add_done_callback(lambda done: begin(done, model))
            self._load(model, [*tried, model], outcome)

        def begin(done: Future[LoadedModel], model: ModelId) -> None:
            if done.exception() is not None:
                errand.answer.set_exception(error)
            else:
                self._ask(errand, done.result(), [*tried, model])

        self._move(tried, error, go_on, lambda: errand.answer.set_exception(error))

    def _move(
        self,
        tried: list[ModelId],
        error: BaseException,
        go_on: Callable[[ModelId], None],
        give_up: Callable[[], None],
    ) -> None:
        """Looks for who answers after a failure, which reads the disk: in the pool."""
        standby = self._standby
        if standby is None:
            give_up()
            return

        def work() -> None:
            move = standby.after(tried, error)
            if move is None:
                give_up()
            else:
                go_on(move.model.id)

        self._workers.in_pool(lambda _: work()).on_done(
            lambda job: give_up() if job.error is not None else None
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Errand:
    """One answer that is asked for."""

    request: GenerationRequest
    cancel: CancelToken
    answer: Future[Completion]
    on_event: Callable[[GenerationEvent], None] | None = None

    @property
    def bound(self) -> bool:
        """Whether no other model may be asked."""
        return self.request.adapter is not None or self.cancel.cancelled
