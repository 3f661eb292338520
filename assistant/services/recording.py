"""Keeps an answer while it grows: every second, off the engine's thread, one save at a time."""

import time
from collections.abc import Callable

from assistant.domain.conversation import FinishReason, Message, MessageNumbers, MessageStatus
from assistant.domain.errors import AssistantError, Cancelled, EnvironmentProblem, UserFacingError
from assistant.domain.generation import (
    GenerationDone,
    GenerationEvent,
    GenerationFailed,
    Notice,
    PrefillProgress,
    TextDelta,
)
from assistant.domain.ids import MessageId
from assistant.services.answers import Answer, Finished, NotSaved, Reading, Refused, Text
from assistant.services.jobs import Job, Workers
from assistant.services.last_saves import LastSaves
from assistant.store.history import HistoryRepository

_SAVE_EVERY_S = 1.0
_STATUS = {
    FinishReason.STOP: MessageStatus.COMPLETE,
    FinishReason.LENGTH: MessageStatus.COMPLETE,
    FinishReason.CANCELLED: MessageStatus.STOPPED,
    FinishReason.ERROR: MessageStatus.FAILED,
}


class Recorder:
    """The sink of one generation: passes text on to the reader and to the vault.

    Args:
        answer: The buffer that the front end drains.
        message_id: The row that is written to.
        before: Text that the row had already, when an answer is continued.
        workers: The store thread.
        repository: Where the row is; called on the store thread.
        last_saves: Makes the last save; used on the store thread.
        done: Called on the store thread after the last save.
    """

    def __init__(  # noqa: PLR0913 - what it writes to, and the two that it calls
        self,
        answer: Answer,
        message_id: MessageId,
        before: str,
        *,
        workers: Workers,
        repository: Callable[[], HistoryRepository],
        last_saves: LastSaves,
        done: Callable[[Message], None],
    ) -> None:
        self._answer = answer
        self._message_id = message_id
        self._pieces = [before] if before else []
        self._workers = workers
        self._repository = repository
        self._last_saves = last_saves
        self._done = done
        self._saved_at = time.monotonic()
        self._saving: Job[None] | None = None
        self._trouble_told = False
        self._error: UserFacingError | None = None

    def __call__(self, event: GenerationEvent) -> None:
        """Takes one event of the engine, on the engine's thread."""
        match event:
            case TextDelta(text):
                self._pieces.append(text)
                self._answer.put(Text(text))
                self._save_if_due()
            case PrefillProgress(done, total):
                self._answer.put(Reading(done / max(total, 1)))
            case GenerationDone(reason, numbers):
                self._finish(_STATUS[reason], reason, numbers)
            case GenerationFailed(message, hint, code):
                self.fail(UserFacingError(message, hint, code=code))
            case Notice():
                pass  # about the model, not about this answer

    def fail(self, error: BaseException) -> None:
        """Ends the answer before the engine had it."""
        if isinstance(error, Cancelled):
            self.stop()
            return
        if not isinstance(error, UserFacingError):
            error = UserFacingError(
                "Something went wrong in Lamplight.", "Try again.", code="internal"
            )
        self._error = error
        self._finish(MessageStatus.FAILED, FinishReason.ERROR, None)

    def stop(self) -> None:
        """Ends the answer because the user gave it up before the engine had it."""
        self._finish(MessageStatus.STOPPED, FinishReason.CANCELLED, None)

    def _text(self) -> str:
        # Joined in place, so that a long answer is not joined from its tokens every second.
        self._pieces[:] = ["".join(self._pieces)]
        return self._pieces[0]

    def _save_if_due(self) -> None:
        now = time.monotonic()
        busy = self._saving is not None and not self._saving.settled
        if now - self._saved_at < _SAVE_EVERY_S or busy:
            return
        self._saved_at = now
        text = self._text()
        self._saving = self._workers.on_store(
            lambda: self._repository().update_writing(self._message_id, text)
        ).on_done(self._tell_trouble)

    def _tell_trouble(self, job: Job[None]) -> None:
        error = job.error
        if isinstance(error, UserFacingError) and not self._trouble_told:
            self._trouble_told = True
            self._answer.put(NotSaved(error))

    def _finish(
        self,
        status: MessageStatus,
        reason: FinishReason,
        numbers: MessageNumbers | None,
    ) -> None:
        text = self._text()
        error = self._error
        words = "" if error is None else f"{error.message} {error.hint}".strip()

        def keep() -> Message:
            return self._repository().finish_message(
                self._message_id,
                text,
                status=status,
                finish_reason=reason,
                numbers=numbers,
                error=words,
            )

        saves, message_id = self._last_saves, self._message_id
        self._workers.on_store(lambda: saves.save(message_id, keep)).on_done(self._finished)

    def _finished(self, job: Job[Message]) -> None:
        error = job.error
        if error is None:
            message = job.result()
            self._done(message)
            self._answer.put(Finished(message, self._error))
            return
        if not isinstance(error, AssistantError):
            error = EnvironmentProblem(
                "The answer could not be saved.", "Copy it before you close Lamplight."
            )
        if not isinstance(error, UserFacingError):
            error = UserFacingError("The answer could not be saved.", "Copy it now.")
        self._answer.put(Refused(error))
