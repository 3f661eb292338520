"""A chat goes out and comes in again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from assistant.domain.clock import FixedClock
from assistant.domain.conversation import (
    Feedback,
    FinishReason,
    MessageNumbers,
    MessageStatus,
    Role,
)
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ConversationId
from assistant.store.history import HistoryCounts, HistoryRepository
from assistant.store.search import SearchRepository
from assistant.store.transfer import ExportedConversation, ExportedMessage
from tests.helpers.store_engine import opened

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def engine() -> Iterator[Engine]:
    with opened() as engine:
        yield engine


@pytest.fixture
def history(engine: Engine) -> HistoryRepository:
    return HistoryRepository(engine, FixedClock(NOON))


def message(parent: int | None, content: str) -> ExportedMessage:
    moment = NOON - timedelta(days=3)
    return ExportedMessage(parent, Role.USER, content, MessageStatus.COMPLETE, moment)


def chat_with(*messages: ExportedMessage, leaf: int | None = None) -> ExportedConversation:
    return ExportedConversation(
        uid="0123456789abcdef" * 2,
        title="Imported \u5929\u6c14",
        title_is_automatic=True,
        created_at=NOON - timedelta(days=3),
        updated_at=NOON - timedelta(days=2),
        messages=messages,
        active_leaf=leaf,
        pinned=True,
        archived=True,
        system_prompt="Short.",
        model="m",
    )


FULL = chat_with(
    message(None, "question"),
    replace(
        message(0, "answer"),
        role=Role.ASSISTANT,
        status=MessageStatus.STOPPED,
        model="M",
        tier="small",
        route_reason="short",
        finish_reason=FinishReason.CANCELLED,
        numbers=MessageNumbers(1, 2, 3.5, 4.5, 5),
        feedback=Feedback.UP,
        pinned=True,
    ),
    replace(message(0, ""), role=Role.ASSISTANT, status=MessageStatus.FAILED, error="No memory."),
    message(1, "next"),
    message(None, "question, edited"),
    leaf=3,
)


def test_what_was_imported_is_exported_the_same(engine: Engine, history: HistoryRepository) -> None:
    added = history.import_conversation(FULL)
    assert added is not None
    assert history.export_conversation(added) == FULL
    assert [m.content for m in history.path(added)] == ["question", "answer", "next"]
    assert len(SearchRepository(engine).search("\u5929\u6c14")) == 1
    with opened() as elsewhere:
        there = HistoryRepository(elsewhere, FixedClock(NOON + timedelta(days=9)))
        there.create_conversation()
        again = there.import_conversation(history.export_conversation(added))
        assert again is not None
        assert there.export_conversation(again) == FULL


def test_what_is_there_is_not_imported_twice(history: HistoryRepository) -> None:
    added = history.import_conversation(FULL)
    assert added is not None
    assert history.import_conversation(FULL) is None
    history.rename(added, "Renamed")
    leaf = history.get(added).active_leaf
    history.add_message(added, leaf, Role.ASSISTANT, "more", MessageStatus.COMPLETE)
    assert history.import_conversation(FULL) is None
    assert len(history.list_conversations(archived=True)) == 1


def test_a_chat_in_the_trash_comes_back(history: HistoryRepository) -> None:
    added = history.import_conversation(FULL)
    assert added is not None
    history.trash(added)
    assert history.import_conversation(FULL) == added
    assert history.get(added).deleted_at is None


def test_other_content_of_the_same_chat_is_kept_beside_it(history: HistoryRepository) -> None:
    added = history.import_conversation(FULL)
    longer = replace(FULL, messages=(*FULL.messages, message(3, "went on elsewhere")))
    other = history.import_conversation(longer)
    assert other not in {None, added}
    assert history.import_conversation(longer) is None
    assert history.import_conversation(FULL) is None
    assert history.counts() == HistoryCounts(2, 11)


def test_deleted_messages_are_left_out_and_seen_through(history: HistoryRepository) -> None:
    added = history.import_conversation(FULL)
    assert added is not None
    history.delete_message(history.path(added)[1].id)
    exported = history.export_conversation(added)
    assert [(m.content, m.parent) for m in exported.messages] == [
        ("question", None),
        ("", 0),
        ("next", 0),
        ("question, edited", None),
    ]
    assert exported.active_leaf == 2


def test_an_answer_that_is_being_written_goes_out_as_interrupted(
    history: HistoryRepository,
) -> None:
    chat = history.create_conversation()
    history.add_message(chat.id, None, Role.ASSISTANT, "so f", MessageStatus.WRITING)
    exported = history.export_conversation(chat.id)
    assert exported.messages[0].status is MessageStatus.INTERRUPTED
    writing = replace(FULL.messages[0], status=MessageStatus.WRITING)
    added = history.import_conversation(chat_with(writing))
    assert history.path(added or ConversationId(0))[0].status is MessageStatus.INTERRUPTED


def test_an_empty_chat_can_be_imported(history: HistoryRepository) -> None:
    added = history.import_conversation(chat_with())
    assert added is not None
    assert history.outline(added) == ()


@pytest.mark.parametrize(
    "broken",
    [
        chat_with(message(0, "its own parent")),
        chat_with(message(None, "a"), message(2, "b"), message(None, "c")),
        chat_with(message(-1, "before the first")),
        chat_with(message(None, "a"), leaf=1),
        chat_with(leaf=0),
        replace(FULL, uid=""),
        replace(FULL, uid="../" * 8 + "etc/pass"),
    ],
)
def test_what_is_no_tree_is_refused(
    history: HistoryRepository, broken: ExportedConversation
) -> None:
    with pytest.raises(UserFacingError) as caught:
        history.import_conversation(broken)
    assert caught.value.code == "import_invalid"
    assert history.counts() == HistoryCounts(0, 0)
