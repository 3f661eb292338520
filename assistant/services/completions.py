"""Whole answers for the services themselves: nothing of them is shown while they come."""

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
from assistant.domain.model import LoadedModel, ModelState
from assistant.services.models import ModelService


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
    """

    def __init__(self, models: ModelService) -> None:
        self._models = models

    def model(self, wanted: str = "") -> Future[LoadedModel]:
        """A loaded model: the one that is wanted, else the one in use, else the default.

        Raises (from the future):
            UserFacingError: It is not here or cannot be loaded.
            Cancelled: Another one was chosen before it was loaded.
        """
        status = self._models.status
        if not wanted and status.state is ModelState.READY and status.model is not None:
            wanted = status.model.id
        return self._models.ensure(wanted)

    def ask(
        self, request: GenerationRequest, cancel: CancelToken, loaded: LoadedModel
    ) -> Future[Completion]:
        """One answer; callbacks of the future run on the engine's thread and must not wait.

        Raises (from the future):
            UserFacingError: It failed, with the engine's code.
            Cancelled: It was given up.
        """
        answer: Future[Completion] = Future()
        pieces: list[str] = []

        def hear(event: GenerationEvent) -> None:
            match event:
                case TextDelta(text):
                    pieces.append(text)
                case GenerationFailed(message, hint, code):
                    answer.set_exception(UserFacingError(message, hint, code=code))
                case GenerationDone(FinishReason.CANCELLED):
                    answer.set_exception(Cancelled())
                case GenerationDone(reason, numbers):
                    answer.set_result(Completion("".join(pieces), reason, numbers, loaded))
                case _:
                    pass

        self._models.generate(request, hear, cancel, loaded)
        return answer
