"""An answer is kept as it grows, whatever becomes of the engine, the row or the disk."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from assistant.domain.clock import SystemClock
from assistant.domain.conversation import (
    FinishReason,
    Message,
    MessageNumbers,
    MessageStatus,
    Role,
)
from assistant.domain.errors import Cancelled, EnvironmentProblem, UserFacingError
from assistant.domain.generation import (
    GenerationDone,
    GenerationFailed,
    PrefillProgress,
    TextDelta,
)
from assistant.domain.ids import ConversationId, MessageId
from assistant.services import recording
from assistant.services.answers import (
    Answer,
    AnswerEvent,
    Finished,
    NotSaved,
    Reading,
    Refused,
    Text,
)
from assistant.services.jobs import Workers
from assistant.services.last_saves import LastSaves
from assistant.services.recording import Recorder
from assistant.store.history import HistoryRepository
from assistant.store.temporary import temporary_engine

NUMBERS = MessageNumbers(5, 2, 12.5, 99.0)
FULL = EnvironmentProblem("The disk is full.", "Free some space.", code="disk_full")


@dataclass
class Row:
    """A row that is written to, and what stands in the way."""

    workers: Workers
    repository: HistoryRepository
    message: Message
    fault: BaseException | None = None
    room: int = 0
    """How often room can be made."""
    done: list[Message] = field(default_factory=list[Message])
    answer: Answer = field(default_factory=Answer)

    def __post_init__(self) -> None:
        self.last_saves = LastSaves(self.make_room)

    def recorder(self, before: str = "") -> Recorder:
        return Recorder(
            self.answer,
            self.message.id,
            before,
            workers=self.workers,
            repository=self.reach,
            last_saves=self.last_saves,
            done=self.done.append,
        )

    def reach(self) -> HistoryRepository:
        if self.fault is not None:
            raise self.fault
        return self.repository

    def make_room(self) -> bool:
        if not self.room:
            return False
        self.room, self.fault = self.room - 1, None
        return True

    def stored(self) -> Message:
        [message] = self.repository.messages([self.message.id])
        return message

    def events(self) -> list[AnswerEvent]:
        """Waits for the last one."""
        return list(self.answer)


@pytest.fixture
def row() -> Iterator[Row]:
    workers = Workers()
    engine = temporary_engine()
    repository = HistoryRepository(engine, SystemClock())
    chat: ConversationId = repository.create_conversation().id
    message = repository.add_message(chat, None, Role.ASSISTANT, "", MessageStatus.WRITING)
    yield Row(workers, repository, message)
    workers.close(engine.dispose)


@pytest.mark.parametrize(
    ("reason", "status"),
    [
        (FinishReason.STOP, MessageStatus.COMPLETE),
        (FinishReason.LENGTH, MessageStatus.COMPLETE),
        (FinishReason.CANCELLED, MessageStatus.STOPPED),
    ],
)
def test_an_end_is_kept_with_its_reason_and_numbers(
    row: Row, reason: FinishReason, status: MessageStatus
) -> None:
    recorder = row.recorder("Once ")
    for event in (PrefillProgress(1, 2), TextDelta("upon "), TextDelta("a time")):
        recorder(event)
    recorder(GenerationDone(reason, NUMBERS))
    [*shown, last] = row.events()
    assert shown == [Reading(0.5), Text("upon a time")]
    kept = row.stored()
    assert last == Finished(kept)
    assert row.done == [kept]
    assert (kept.content, kept.status, kept.finish_reason, kept.numbers) == (
        "Once upon a time",
        status,
        reason,
        NUMBERS,
    )


def test_what_the_engine_says_went_wrong_is_kept_with_the_text(row: Row) -> None:
    recorder = row.recorder()
    recorder(TextDelta("Half"))
    recorder(GenerationFailed("The model gave out.", "Try again.", "gave_out"))
    [text, last] = row.events()
    assert text == Text("Half")
    assert isinstance(last, Finished)
    assert last.error is not None
    assert last.error.code == "gave_out"
    kept = row.stored()
    assert (kept.content, kept.status) == ("Half", MessageStatus.FAILED)
    assert kept.error == "The model gave out. Try again."


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (UserFacingError("No.", code="no"), MessageStatus.FAILED, "no"),
        (ValueError("secret words"), MessageStatus.FAILED, "internal"),
        (Cancelled(), MessageStatus.STOPPED, None),
    ],
)
def test_an_answer_that_never_reached_the_engine_has_an_end_too(
    row: Row, error: BaseException, status: MessageStatus, code: str | None
) -> None:
    row.recorder().fail(error)
    [last] = row.events()
    assert isinstance(last, Finished)
    assert (last.error.code if last.error is not None else None) == code
    assert row.stored().status is status
    assert "secret" not in row.stored().error


def test_it_is_saved_as_it_grows_and_trouble_is_told_once(
    row: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "_SAVE_EVERY_S", 0.0)
    recorder = row.recorder()
    settle: Callable[[], None] = lambda: row.workers.on_store(lambda: None).result(60)  # noqa: E731 - reads as a step
    recorder(TextDelta("one "))
    settle()
    assert (row.stored().content, row.stored().status) == ("one ", MessageStatus.WRITING)
    row.fault = FULL
    for word in ("two ", "three "):
        recorder(TextDelta(word))
        settle()
    row.fault = None
    recorder(TextDelta("four"))
    settle()
    assert row.stored().content == "one two three four"
    recorder(GenerationDone(FinishReason.STOP, NUMBERS))
    events = row.events()
    assert [event for event in events if isinstance(event, NotSaved)] == [NotSaved(FULL)]
    assert isinstance(events[-1], Finished)


def test_a_full_disk_costs_no_end_where_room_can_be_made(row: Row) -> None:
    row.fault, row.room = FULL, 1
    recorder = row.recorder()
    recorder(TextDelta("All of it"))
    recorder(GenerationDone(FinishReason.STOP, NUMBERS))
    assert isinstance(row.events()[-1], Finished)
    assert row.stored().content == "All of it"


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (FULL, "disk_full"),
        (UserFacingError("It was forgotten.", code="message_unknown"), "message_unknown"),
        (ValueError("secret words"), "error"),
    ],
)
def test_an_end_that_cannot_be_kept_is_said(row: Row, fault: BaseException, code: str) -> None:
    row.fault = fault
    row.recorder()(GenerationDone(FinishReason.STOP, NUMBERS))
    [last] = row.events()
    assert isinstance(last, Refused)
    assert last.error.code == code
    assert "secret" not in last.error.message
    assert row.done == []
    assert row.stored().status is MessageStatus.WRITING


def test_a_row_that_was_forgotten_meanwhile_ends_the_answer(row: Row) -> None:
    recorder = row.recorder()
    row.repository.forget([row.message.conversation_id])
    recorder(TextDelta("x"))
    recorder(GenerationDone(FinishReason.STOP, NUMBERS))
    last = row.events()[-1]
    assert isinstance(last, Refused)
    assert last.error.code == "message_unknown"
    assert row.repository.messages([MessageId(row.message.id)]) == []


def test_an_end_that_the_disk_refused_is_made_up_once_there_is_room(row: Row) -> None:
    row.fault = FULL
    recorder = row.recorder()
    recorder(TextDelta("All of it."))
    recorder(GenerationDone(FinishReason.STOP, NUMBERS))
    assert isinstance(row.events()[-1], Refused)
    row.workers.on_store(row.last_saves.make_up).result(60)
    assert row.stored().status is MessageStatus.WRITING
    row.fault = None
    row.workers.on_store(row.last_saves.make_up).result(60)
    kept = row.stored()
    assert (kept.content, kept.status) == ("All of it.", MessageStatus.COMPLETE)


def test_an_end_whose_chat_is_gone_is_owed_no_longer(row: Row) -> None:
    row.fault = FULL
    recorder = row.recorder()
    recorder(GenerationDone(FinishReason.STOP, NUMBERS))
    assert isinstance(row.events()[-1], Refused)
    row.fault = UserFacingError("It is gone.", code="message_unknown")
    row.workers.on_store(row.last_saves.make_up).result(60)
    row.fault = None
    row.workers.on_store(row.last_saves.make_up).result(60)
    assert row.stored().status is MessageStatus.WRITING
