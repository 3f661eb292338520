"""What is read when not everything fits."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from assistant.domain.conversation import Message, MessageStatus, Role
from assistant.domain.errors import UserFacingError
from assistant.domain.generation import Turn
from assistant.domain.ids import ConversationId, MessageId
from assistant.services.context import PromptStarts, build_prompt, room_for_prompt, turns_from


def count(turns: Sequence[Turn]) -> int:
    """One token a character and four for the template of each turn."""
    return sum(len(turn.content) + 4 for turn in turns)


def chat(*texts: str, pinned: Sequence[int] = ()) -> list[Message]:
    return [
        Message(
            MessageId(n + 1),
            ConversationId(1),
            MessageId(n) if n else None,
            Role.USER if n % 2 == 0 else Role.ASSISTANT,
            text,
            MessageStatus.COMPLETE,
            datetime(2026, 1, 1, tzinfo=UTC),
            pinned=n in pinned,
        )
        for n, text in enumerate(texts)
    ]


def test_everything_is_read_while_it_fits() -> None:
    prompt = build_prompt(chat("a", "b", "c"), "Be kind.", room=100, count=count, starts_at=None)
    assert [turn.content for turn in prompt.turns] == ["Be kind.", "a", "b", "c"]
    assert prompt.left_out == 0
    assert prompt.tokens == count(prompt.turns)


def test_the_oldest_go_first_and_the_last_stays() -> None:
    path = chat(*(f"{n}" * 16 for n in range(9)))
    prompt = build_prompt(path, "S", room=100, count=count, starts_at=None)
    assert prompt.turns[0] == Turn(Role.SYSTEM, "S")
    assert prompt.turns[-1].content == path[-1].content
    assert prompt.turns[1].role is Role.USER
    assert prompt.tokens <= 100
    assert prompt.left_out == len(path) - (len(prompt.turns) - 1)


def test_the_next_prompt_starts_at_the_same_message_so_that_the_prefix_holds() -> None:
    path = chat(*(f"{n}" * 16 for n in range(9)))
    first = build_prompt(path, "", room=100, count=count, starts_at=None)
    longer = [*path, *chat(*"abcdefghijk")[9:]]
    second = build_prompt(longer, "", room=100, count=count, starts_at=first.starts_at)
    assert second.turns[: len(first.turns)] == first.turns


def test_a_pinned_message_is_read_though_it_is_old() -> None:
    path = chat(*(f"{n}" * 16 for n in range(9)), pinned=(0,))
    prompt = build_prompt(path, "", room=100, count=count, starts_at=None)
    assert prompt.turns[0].content == "0" * 16
    assert prompt.tokens <= 100


def test_a_message_that_cannot_fit_says_by_how_much() -> None:
    with pytest.raises(UserFacingError, match=r"504 tokens.*100") as caught:
        build_prompt(chat("x" * 500), "", room=100, count=count, starts_at=None)
    assert caught.value.code == "prompt_too_long"


@pytest.mark.parametrize(("length", "most", "room"), [(4096, 1024, 3072), (2048, 9999, 1536)])
def test_an_answer_always_has_room(length: int, most: int, room: int) -> None:
    assert room_for_prompt(length, most) == room


def test_what_is_counted_is_what_the_next_prompt_would_read() -> None:
    path = chat("a" * 20, "b" * 20, "c" * 20, "d" * 20, "e" * 20, pinned=[0])
    prompt = build_prompt(path, "Be kind.", room=110, count=count, starts_at=None)
    assert prompt.left_out > 0
    turns, left_out = turns_from(path, "Be kind.", prompt.starts_at)
    assert (turns, left_out) == (prompt.turns, prompt.left_out)
    # On another branch the start is not there, and all of that branch is read.
    assert turns_from(path[:1], "", prompt.starts_at) == (turns_from(path[:1], "", None))
    assert turns_from([], "", None) == ((), 0)


def test_starts_are_remembered_of_the_chats_that_were_answered_last() -> None:
    starts = PromptStarts(most=2)
    one, two, three = (ConversationId(number) for number in (1, 2, 3))
    starts.note(one, MessageId(10))
    starts.note(two, MessageId(20))
    starts.note(one, MessageId(11))
    starts.note(three, None)
    assert [starts.of(each) for each in (one, two, three)] == [MessageId(11), None, None]
