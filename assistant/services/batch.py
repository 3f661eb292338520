"""Many answers in the background: lessons, exercises, menus."""

import contextlib
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from typing import Final

from assistant.domain.conversation import FinishReason, MessageNumbers
from assistant.domain.errors import Cancelled, UserFacingError
from assistant.domain.generation import GenerationRequest, Priority
from assistant.domain.model import LoadedModel
from assistant.services.completions import Completion, Completions
from assistant.services.jobs import Job

_AT_ONCE = 16
"""Twice what the engine writes together: the next ones wait at its door."""

CANCELLED: Final = "cancelled"
"""The code of what was given up before it was done."""


@dataclass(frozen=True, slots=True)
class BatchAnswer:
    """One answer of a batch.

    Args:
        text: What was written; empty where it failed.
        finish_reason: ERROR where it failed, CANCELLED where it was given up.
        numbers: What it cost; None where it failed.
        error: Why it failed; its code is ``cancelled`` where the batch was given up before.
    """

    text: str
    finish_reason: FinishReason
    numbers: MessageNumbers | None = None
    error: UserFacingError | None = None


class BatchService:
    """Has many requests answered, in the background, by one model.

    Args:
        completions: Where answers come from.
    """

    def __init__(self, completions: Completions) -> None:
        self._completions = completions

    def run(
        self,
        requests: Sequence[GenerationRequest],
        *,
        model: str = "",
        on_answer: Callable[[int, BatchAnswer], None] | None = None,
    ) -> Job[list[BatchAnswer]]:
        """Answers all requests; the outcome is in their order.

        Equal requests are answered once. Those that begin alike follow one another, so that the
        engine computes their beginning once. One that fails stops no other. A batch that is
        cancelled has an outcome all the same, with what was done by then. Somebody who waits
        for an answer meanwhile goes first.

        Args:
            requests: Whatever their priority says, they are done in the background.
            model: Its id; empty for the one in use, else the default.
            on_answer: Gets each answer with its place among the requests as soon as it is
                there; on the engine's thread, and must return at once.

        Raises (from the job):
            UserFacingError: The model cannot be loaded.
        """
        job: Job[list[BatchAnswer]] = Job()
        if not requests:
            return job.done_with([])

        def loaded(done: Future[LoadedModel]) -> None:
            error = done.exception()
            if error is not None:
                job.fail(error)
            else:
                _Run(self._completions, done.result(), requests, job, on_answer).advance()

        self._completions.model(model).add_done_callback(loaded)
        return job


@dataclass(slots=True, eq=False)
class _Run:
    """One batch under way. Answers come on the engine's thread, a cancel from any."""

    completions: Completions
    loaded: LoadedModel
    requests: Sequence[GenerationRequest]
    job: Job[list[BatchAnswer]]
    on_answer: Callable[[int, BatchAnswer], None] | None
    _places: dict[GenerationRequest, list[int]] = field(
        default_factory=dict[GenerationRequest, list[int]]
    )
    _waiting: deque[GenerationRequest] = field(default_factory=deque[GenerationRequest])
    _answers: dict[int, BatchAnswer] = field(default_factory=dict[int, BatchAnswer])
    _asked: int = 0
    _advancing: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        for place, request in enumerate(self.requests):
            quiet = replace(request, priority=Priority.BACKGROUND)
            self._places.setdefault(quiet, []).append(place)
        alike = sorted(self._places, key=lambda each: [(t.role, t.content) for t in each.turns])
        self._waiting.extend(alike)

    def advance(self) -> None:
        """Asks for as many as may be asked for at once; ends the job after the last."""
        with self._lock:
            if self._advancing:  # an engine that refuses at once calls back from within
                return
            self._advancing = True
        while True:
            with self._lock:
                request = self._next()
                if request is None:
                    self._advancing = False
                    ended = not self._asked and not self.job.settled
                    break
                self._asked += 1
            self._ask(request)
        if ended:
            self.job.finish([self._answers[place] for place in range(len(self.requests))])

    def _next(self) -> GenerationRequest | None:
        if self.job.cancel_token.cancelled:
            while self._waiting:
                self._note(self._waiting.popleft(), _given_up())
        if not self._waiting or self._asked >= _AT_ONCE:
            return None
        return self._waiting.popleft()

    def _ask(self, request: GenerationRequest) -> None:
        asked = self.completions.ask(request, self.job.cancel_token, self.loaded)
        asked.add_done_callback(lambda done: self._answered(request, done))

    def _answered(self, request: GenerationRequest, done: Future[Completion]) -> None:
        answer = _answer_of(done)
        with self._lock:
            self._asked -= 1
            self._note(request, answer)
            part = len(self._answers) / len(self.requests)
        if self.on_answer is not None:
            for place in self._places[request]:
                self.on_answer(place, answer)
        with contextlib.suppress(Cancelled):
            self.job.report(part, f"{len(self._answers)} of {len(self.requests)}")
        self.advance()

    def _note(self, request: GenerationRequest, answer: BatchAnswer) -> None:
        for place in self._places[request]:
            self._answers[place] = answer


def _answer_of(done: Future[Completion]) -> BatchAnswer:
    error = done.exception()
    if error is None:
        completion = done.result()
        return BatchAnswer(completion.text, completion.finish_reason, completion.numbers)
    if isinstance(error, Cancelled):
        return _given_up()
    if not isinstance(error, UserFacingError):
        error = UserFacingError("Something went wrong in Lamplight.", "Try again.", code="internal")
    return BatchAnswer("", FinishReason.ERROR, error=error)


def _given_up() -> BatchAnswer:
    error = UserFacingError("It was given up before it was done.", code=CANCELLED)
    return BatchAnswer("", FinishReason.CANCELLED, error=error)
