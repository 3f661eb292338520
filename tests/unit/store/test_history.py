"""Chats, their tree of messages, and what becomes of answers that end badly."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.domain.clock import Clock, FixedClock
from assistant.domain.conversation import (
    Conversation,
    Feedback,
    FinishReason,
    Message,
    MessageNumbers,
    MessageStatus,
    Role,
)
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ConversationId, MessageId, PersonaId
from assistant.store.history import HistoryCounts, HistoryRepository
from assistant.store.temporary import FIRST_ID, temporary_engine
from tests.helpers.store_engine import opened

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


class SteppingClock:
    """A clock that the test sets, also back."""

    def __init__(self) -> None:
        self.moment = NOON

    def now(self) -> datetime:
        return self.moment


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock()


@pytest.fixture
def history(clock: Clock) -> Iterator[HistoryRepository]:
    with opened() as engine:
        yield HistoryRepository(engine, clock)


@pytest.fixture
def chat(history: HistoryRepository) -> Conversation:
    return history.create_conversation()


def say(
    history: HistoryRepository, chat: Conversation, parent: Message | None, text: str
) -> Message:
    role = Role.ASSISTANT if parent and parent.role is Role.USER else Role.USER
    above = parent.id if parent else None
    return history.add_message(chat.id, above, role, text, MessageStatus.COMPLETE)


def shown(history: HistoryRepository, chat: Conversation) -> list[str]:
    texts = [message.content for message in history.path(chat.id)]
    assert [len(text) for text in texts] == [o.characters for o in history.outline(chat.id)]
    return texts


def test_a_new_chat_is_as_asked_for(history: HistoryRepository) -> None:
    made = history.create_conversation(
        persona_id=PersonaId(2), system_prompt="Be kind.", model="m", temporary=True
    )
    assert made == Conversation(
        id=made.id,
        title="",
        created_at=NOON,
        updated_at=NOON,
        temporary=True,
        persona_id=PersonaId(2),
        system_prompt="Be kind.",
        model="m",
    )
    assert history.get(made.id) == made
    assert not history.create_conversation(title="Mine").title_is_automatic


def test_an_unknown_chat_is_a_sentence(history: HistoryRepository) -> None:
    nowhere = ConversationId(99)
    for call in (
        lambda: history.get(nowhere),
        lambda: history.outline(nowhere),
        lambda: history.path(nowhere),
        lambda: history.rename(nowhere, "x"),
        lambda: history.trash(nowhere),
        lambda: history.export_conversation(nowhere),
        lambda: history.add_message(nowhere, None, Role.USER, "x", MessageStatus.COMPLETE),
    ):
        with pytest.raises(UserFacingError) as caught:
            call()
        assert caught.value.code == "chat_unknown"
    assert history.counts() == HistoryCounts(0, 0)


def test_lists_put_pinned_chats_first_and_then_the_last_written(
    history: HistoryRepository, clock: SteppingClock
) -> None:
    a, b, c, d = (history.create_conversation(title=title) for title in "abcd")
    for chat in (b, a, c):
        clock.moment += timedelta(minutes=1)
        say(history, chat, None, "hello")
    history.set_pinned(d.id, pinned=True)
    history.set_archived(b.id, archived=True)
    assert [chat.title for chat in history.list_conversations()] == ["d", "c", "a"]
    assert [chat.title for chat in history.list_conversations(archived=True)] == ["b"]

    history.trash(c.id)
    history.trash(b.id)
    assert [chat.title for chat in history.list_conversations()] == ["d", "a"]
    assert history.list_conversations(archived=True) == []
    assert {chat.title for chat in history.list_trashed()} == {"b", "c"}
    history.restore(c.id)
    assert history.get(c.id).deleted_at is None
    assert [chat.title for chat in history.list_conversations()] == ["d", "c", "a"]


def test_the_draft_of_a_new_chat_is_in_no_list_until_it_is_sent(
    history: HistoryRepository, chat: Conversation
) -> None:
    history.set_draft(chat.id, "not yet")
    assert history.list_conversations() == []
    [unsent] = history.list_conversations(unsent=True)
    assert (unsent.id, unsent.draft) == (chat.id, "not yet")
    history.trash(chat.id)
    assert history.list_trashed() == []
    history.restore(chat.id)
    say(history, chat, None, "now")
    assert [each.id for each in history.list_conversations()] == [chat.id]


def test_a_title_of_the_users_is_not_replaced(
    history: HistoryRepository, chat: Conversation
) -> None:
    assert history.set_automatic_title(chat.id, "Guess").title == "Guess"
    assert history.rename(chat.id, "Mine").title_is_automatic is False
    assert history.set_automatic_title(chat.id, "Guess again").title == "Mine"


def test_fields_of_a_chat_are_kept(history: HistoryRepository, chat: Conversation) -> None:
    history.set_persona(chat.id, PersonaId(1), "Short.")
    history.set_model(chat.id, "model-x")
    history.set_draft(chat.id, "half a thought")
    kept = history.get(chat.id)
    assert (kept.persona_id, kept.system_prompt) == (1, "Short.")
    assert (kept.model, kept.draft, kept.updated_at) == ("model-x", "half a thought", NOON)


def test_messages_follow_one_another(
    history: HistoryRepository, chat: Conversation, clock: SteppingClock
) -> None:
    question = say(history, chat, None, "Why?")
    clock.moment -= timedelta(days=400)
    answer = say(history, chat, question, "Because.")
    assert shown(history, chat) == ["Why?", "Because."]
    assert history.path(chat.id) == [question, answer]
    assert history.path(chat.id, upto=question.id) == [question]
    now = history.get(chat.id)
    assert (now.active_leaf, now.updated_at) == (answer.id, clock.moment)
    assert history.counts() == HistoryCounts(1, 2)


def test_a_message_goes_only_below_one_of_its_chat(
    history: HistoryRepository, chat: Conversation
) -> None:
    elsewhere = say(history, history.create_conversation(), None, "there")
    for parent in (elsewhere.id, MessageId(1234)):
        with pytest.raises(UserFacingError, match="not there"):
            history.add_message(chat.id, parent, Role.USER, "x", MessageStatus.COMPLETE)
    assert history.get(chat.id).active_leaf is None
    assert history.path(chat.id) == []


def test_an_answer_grows_and_ends(
    history: HistoryRepository, chat: Conversation, clock: SteppingClock
) -> None:
    answer = history.add_message(chat.id, None, Role.ASSISTANT, "", MessageStatus.WRITING)
    history.update_writing(answer.id, "Once upon")
    assert shown(history, chat) == ["Once upon"]
    history.set_source(answer.id, model="M", tier="small", route_reason="short")
    numbers = MessageNumbers(10, 20, 30.5, 40.25, 5)
    clock.moment += timedelta(seconds=9)
    done = history.finish_message(
        answer.id,
        "Once upon a time",
        status=MessageStatus.COMPLETE,
        finish_reason=FinishReason.STOP,
        numbers=numbers,
        error="",
    )
    assert history.messages([answer.id]) == [done]
    assert (done.content, done.numbers, done.finish_reason) == (
        "Once upon a time",
        numbers,
        FinishReason.STOP,
    )
    assert (done.model, done.tier, done.route_reason) == ("M", "small", "short")
    assert history.get(chat.id).updated_at == clock.moment

    history.update_writing(answer.id, "too late")
    assert shown(history, chat) == ["Once upon a time"]
    assert history.reopen(answer.id).status is MessageStatus.WRITING
    history.update_writing(answer.id, "Once upon a time there")
    assert shown(history, chat) == ["Once upon a time there"]


def test_answers_that_were_cut_off_keep_their_text(tmp_path: Path, clock: Clock) -> None:
    with opened(tmp_path / "vault.db") as engine:
        history = HistoryRepository(engine, clock)
        chat = history.create_conversation()
        done = say(history, chat, None, "done")
        cut = history.add_message(chat.id, done.id, Role.ASSISTANT, "", MessageStatus.WRITING)
        history.update_writing(cut.id, "so far")
        engine.dispose()
        assert history.mark_interrupted() == 1
        assert history.mark_interrupted() == 0
        found = history.messages([cut.id, done.id])
        assert [(m.content, m.status) for m in found] == [
            ("so far", MessageStatus.INTERRUPTED),
            ("done", MessageStatus.COMPLETE),
        ]


def test_marks_on_messages_are_kept(history: HistoryRepository, chat: Conversation) -> None:
    message = say(history, chat, None, "one")
    history.set_feedback(message.id, Feedback.DOWN)
    history.set_message_pinned(message.id, pinned=True)
    changed = history.replace_text(message.id, "two!")
    assert (changed.content, changed.feedback, changed.pinned) == ("two!", Feedback.DOWN, True)
    assert shown(history, chat) == ["two!"]
    with pytest.raises(UserFacingError) as caught:
        history.set_feedback(MessageId(404), Feedback.UP)
    assert caught.value.code == "message_unknown"


def test_messages_come_in_the_order_asked_for(
    history: HistoryRepository, chat: Conversation
) -> None:
    made = [say(history, chat, None, str(n)) for n in range(5)]
    history.delete_message(made[2].id)
    asked = [made[4].id, MessageId(77), made[0].id, made[2].id, made[3].id]
    assert [m.content for m in history.messages(asked)] == ["4", "0", "3"]
    assert history.messages([]) == []


def test_versions_are_siblings_and_each_keeps_what_follows(
    history: HistoryRepository, chat: Conversation
) -> None:
    q1 = say(history, chat, None, "q1")
    a1 = say(history, chat, q1, "a1")
    q2 = say(history, chat, a1, "q2")
    say(history, chat, q2, "a2")
    a1b = history.add_message(chat.id, q1.id, Role.ASSISTANT, "a1b", MessageStatus.COMPLETE)
    assert shown(history, chat) == ["q1", "a1b"]
    outline = history.outline(chat.id)
    assert [o.versions for o in outline] == [(q1.id,), (a1.id, a1b.id)]
    assert [o.role for o in outline] == [Role.USER, Role.ASSISTANT]

    history.select_version(chat.id, a1.id)
    assert shown(history, chat) == ["q1", "a1", "q2", "a2"]
    q2b = history.add_message(chat.id, a1.id, Role.USER, "q2b", MessageStatus.COMPLETE)
    history.select_version(chat.id, a1b.id)
    assert history.select_version(chat.id, a1.id).active_leaf == q2b.id
    with pytest.raises(UserFacingError):
        history.select_version(history.create_conversation().id, a1.id)


def test_what_follows_a_deleted_message_stays(
    history: HistoryRepository, chat: Conversation
) -> None:
    q1 = say(history, chat, None, "q1")
    a1 = say(history, chat, q1, "a1")
    q2 = say(history, chat, a1, "q2")
    history.delete_message(a1.id)
    history.delete_message(q1.id)
    assert shown(history, chat) == ["q2"]
    assert [o.versions for o in history.outline(chat.id)] == [(q2.id,)]
    assert history.restore_message(a1.id).active_leaf == q2.id
    assert shown(history, chat) == ["a1", "q2"]
    history.restore_message(q1.id)
    assert shown(history, chat) == ["q1", "a1", "q2"]


def test_deleting_the_last_message_shows_what_is_left(
    history: HistoryRepository, chat: Conversation
) -> None:
    q1 = say(history, chat, None, "q1")
    say(history, chat, q1, "a1")
    a1b = history.add_message(chat.id, q1.id, Role.ASSISTANT, "a1b", MessageStatus.COMPLETE)
    history.delete_message(a1b.id)
    assert shown(history, chat) == ["q1", "a1"]
    history.restore_message(a1b.id)
    assert shown(history, chat) == ["q1", "a1b"]

    for message in history.path(chat.id)[::-1]:
        history.delete_message(message.id)
    assert shown(history, chat) == ["a1"]
    history.delete_message(history.path(chat.id)[0].id)
    assert history.get(chat.id).active_leaf is None
    assert history.outline(chat.id) == ()
    history.restore_message(q1.id)
    assert shown(history, chat) == ["q1"]


def test_an_answer_deleted_while_it_is_written_still_ends(
    history: HistoryRepository, chat: Conversation
) -> None:
    answer = history.add_message(chat.id, None, Role.ASSISTANT, "", MessageStatus.WRITING)
    history.delete_message(answer.id)
    done = history.finish_message(answer.id, "all of it", MessageStatus.STOPPED)
    assert done.content == "all of it"
    assert shown(history, chat) == []
    history.restore_message(answer.id)
    assert shown(history, chat) == ["all of it"]


def test_a_branch_is_a_chat_of_its_own(history: HistoryRepository) -> None:
    chat = history.create_conversation(title="Trees", system_prompt="Short.", model="m")
    q1 = say(history, chat, None, "q1")
    gone = say(history, chat, q1, "gone")
    a1 = history.add_message(chat.id, gone.id, Role.ASSISTANT, "a1", MessageStatus.WRITING)
    history.set_feedback(q1.id, Feedback.UP)
    history.set_message_pinned(q1.id, pinned=True)
    history.delete_message(gone.id)
    say(history, chat, a1, "after")

    made = history.branch(chat.id, a1.id)
    assert (made.title, made.system_prompt, made.model) == ("Trees (branch)", "Short.", "m")
    assert shown(history, made) == ["q1", "a1"]
    copied = history.path(made.id)
    assert [m.status for m in copied] == [MessageStatus.COMPLETE, MessageStatus.INTERRUPTED]
    assert [m.created_at for m in copied] == [NOON, NOON]
    assert (copied[0].pinned, copied[0].feedback) == (True, Feedback.NONE)
    assert shown(history, chat) == ["q1", "a1", "after"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\0b", "a\0b"),
        ("half \ud83d pair", "half \ufffd pair"),
        ("\ud83d\ude00", "\N{GRINNING FACE}"),
        ("e\u0301 \u202e \N{GRINNING FACE}", "e\u0301 \u202e \N{GRINNING FACE}"),
    ],
)
def test_any_text_is_kept(
    history: HistoryRepository, chat: Conversation, text: str, kept: str
) -> None:
    message = say(history, chat, None, text)
    assert history.messages([message.id]) == [message]
    assert message.content == kept
    assert history.rename(chat.id, text).title == kept
    history.set_draft(chat.id, text)
    assert history.get(chat.id).draft == kept


@pytest.mark.parametrize("year", [1900, 1969, 1970, 2024, 9000])
def test_moments_survive_any_clock(year: int) -> None:
    moment = datetime(year, 3, 10, 2, 30, 0, 123457, tzinfo=UTC)
    with opened() as engine:
        history = HistoryRepository(engine, FixedClock(moment))
        assert history.create_conversation().created_at == moment


def test_temporary_chats_have_numbers_of_their_own(clock: Clock) -> None:
    engine = temporary_engine()
    history = HistoryRepository(engine, clock)
    chat = history.create_conversation(temporary=True)
    message = say(history, chat, None, "secret")
    assert (chat.id, message.id) == (FIRST_ID, FIRST_ID)
    assert shown(history, chat) == ["secret"]
    engine.dispose()
