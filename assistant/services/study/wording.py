"""Has a model word something while somebody reads along."""

from collections.abc import Callable
from concurrent.futures import Future

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import UserFacingError
from assistant.domain.generation import (
    GenerationEvent,
    GenerationRequest,
    PrefillProgress,
    TextDelta,
)
from assistant.domain.model import LoadedModel
from assistant.services.completions import Completion, Completions
from assistant.services.jobs import Workers
from assistant.services.streams import Reading, Text, Waiting

Hear = Callable[[Waiting | Reading | Text], None]
Done = Callable[[Completion | BaseException], None]

NO_MODEL = "No model could answer, so these are the words of the passages."


class Wording:
    """Streams answers to the services of studying.

    Args:
        completions: Where answers come from.
        workers: Where it goes on once something is there.
    """

    def __init__(self, completions: Completions, workers: Workers) -> None:
        self._completions = completions
        self._workers = workers

    def stream(
        self, request: GenerationRequest, cancel: CancelToken, hear: Hear, done: Done
    ) -> None:
        """Has one answer written; never waits.

        Args:
            request: What is asked.
            cancel: Gives it up.
            hear: Gets what comes, on the engine's thread, and must not wait.
            done: Called in the pool, with the whole answer or with why there is none; once more,
                with what it raised, where it raises.
        """
        hear(Waiting("The model is being made ready."))

        def end(outcome: Completion | BaseException) -> None:
            job = self._workers.in_pool(lambda _: done(outcome))
            # Whoever waits must be told also where the pool has ended, or it went wrong there.
            job.on_done(lambda ended: done(ended.error) if ended.error is not None else None)

        def event(one: GenerationEvent) -> None:
            if isinstance(one, TextDelta):
                hear(Text(one.text))
            elif isinstance(one, PrefillProgress) and one.total_tokens:
                hear(Reading(one.done_tokens / one.total_tokens))

        def loaded(future: Future[LoadedModel]) -> None:
            error = future.exception()
            if error is not None:
                end(error)
                return
            asked = self._completions.ask(request, cancel, future.result(), event)
            asked.add_done_callback(lambda one: end(one.exception() or one.result()))

        self._completions.model().add_done_callback(loaded)

    def model_name(self) -> str:
        """What the model that answers now is called; waits where it is being loaded."""
        return self._completions.name_of(self._completions.model().result())

    def name_of(self, completion: Completion) -> str:
        """What the model that answered is called."""
        return self._completions.name_of(completion.model)


def missing_words(error: BaseException) -> str:
    """Why a model could not answer and what helps, in words."""
    if isinstance(error, UserFacingError):
        return f"{NO_MODEL} {error.message} {error.hint}".strip()
    return NO_MODEL
