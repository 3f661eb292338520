"""A summary stands for its messages: kept with the chat, gone with any of them."""

from datetime import UTC, datetime

import pytest

from assistant.domain.clock import FixedClock
from assistant.domain.conversation import MessageStatus, Role, Summary
from assistant.domain.ids import ConversationId, MessageId
from assistant.store.history import HistoryRepository
from tests.helpers.store_engine import opened

NOON = FixedClock(datetime(2026, 3, 1, 12, tzinfo=UTC))


def chat_of(
    history: HistoryRepository, messages: int = 4
) -> tuple[ConversationId, list[MessageId]]:
    chat = history.create_conversation()
    ids: list[MessageId] = []
    for number in range(messages):
        role = Role.ASSISTANT if number % 2 else Role.USER
        parent = ids[-1] if ids else None
        added = history.add_message(chat.id, parent, role, f"No. {number}", MessageStatus.COMPLETE)
        ids.append(added.id)
    return chat.id, ids


def test_it_is_kept_replaced_and_switched_off() -> None:
    with opened() as engine:
        history = HistoryRepository(engine, NOON)
        chat, ids = chat_of(history)
        assert history.summaries.of(chat) is None
        history.summaries.keep(Summary(chat, ids[1], "Rivers."))
        assert history.summaries.of(chat) == Summary(chat, ids[1], "Rivers.", in_use=True)
        history.summaries.keep(Summary(chat, ids[2], "Lakes.", in_use=False))
        assert history.summaries.of(chat) == Summary(chat, ids[2], "Lakes.", in_use=False)


@pytest.mark.parametrize("change", ["delete", "correct", "forget"])
@pytest.mark.parametrize(("at", "gone"), [(0, True), (1, True), (2, False)])
def test_it_goes_when_a_message_of_it_changes(change: str, at: int, *, gone: bool) -> None:
    with opened() as engine:
        history = HistoryRepository(engine, NOON)
        chat, ids = chat_of(history)
        history.summaries.keep(Summary(chat, ids[1], "Rivers."))
        if change == "delete":
            history.delete_message(ids[at])
        elif change == "correct":
            with engine.begin() as connection:
                connection.exec_driver_sql(
                    "UPDATE message SET content = 'x' WHERE id = ?", (ids[at],)
                )
        else:
            with engine.begin() as connection:
                connection.exec_driver_sql("DELETE FROM message WHERE id = ?", (ids[at],))
        assert (history.summaries.of(chat) is None) == gone


def test_what_says_nothing_of_the_text_leaves_it() -> None:
    with opened() as engine:
        history = HistoryRepository(engine, NOON)
        chat, ids = chat_of(history)
        history.summaries.keep(Summary(chat, ids[1], "Rivers."))
        history.set_message_pinned(ids[0], pinned=True)
        assert history.summaries.of(chat) is not None


def test_it_is_forgotten_with_its_chat() -> None:
    with opened() as engine:
        history = HistoryRepository(engine, NOON)
        chat, ids = chat_of(history)
        history.summaries.keep(Summary(chat, ids[1], "Rivers."))
        history.forget([chat])
        with engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT count(*) FROM summary").scalar_one()
        assert rows == 0
