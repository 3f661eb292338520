"""The buffer between an engine and a reader loses nothing and wakes once."""

import threading
from datetime import UTC, datetime

from assistant.domain.conversation import Message, MessageStatus, Role
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ConversationId, MessageId
from assistant.services.answers import Answer, Finished, Reading, Refused, Text

MESSAGE = Message(
    MessageId(1),
    ConversationId(1),
    None,
    Role.ASSISTANT,
    "ab",
    MessageStatus.COMPLETE,
    datetime(2026, 1, 1, tzinfo=UTC),
)


def test_neighbouring_texts_are_joined_and_nothing_else() -> None:
    answer = Answer()
    for event in (Reading(0.5), Text("a"), Text("b"), Reading(1.0), Text("c")):
        answer.put(event)
    assert answer.drain() == [Reading(0.5), Text("ab"), Reading(1.0), Text("c")]
    assert answer.drain() == []


def test_the_reader_is_woken_once_until_it_drains() -> None:
    answer = Answer()
    wakes: list[int] = []
    answer.on_wake(lambda: wakes.append(1))
    answer.put(Text("a"))
    answer.put(Text("b"))
    assert len(wakes) == 1
    answer.drain()
    answer.put(Text("c"))
    assert len(wakes) == 2


def test_events_put_in_before_anyone_listened_wake_as_well() -> None:
    answer = Answer()
    answer.put(Text("a"))
    wakes: list[int] = []
    answer.on_wake(lambda: wakes.append(1))
    assert wakes == [1]


def test_iterating_waits_for_every_event_from_another_thread() -> None:
    answer = Answer()

    def write() -> None:
        for letter in "hello":
            answer.put(Text(letter))
        answer.put(Finished(MESSAGE))

    thread = threading.Thread(target=write)
    thread.start()
    events = list(answer)
    thread.join()
    assert "".join(event.text for event in events if isinstance(event, Text)) == "hello"
    assert events[-1] == Finished(MESSAGE)
    assert answer.ended


def test_a_refusal_is_an_end() -> None:
    answer = Answer()
    answer.put(Refused(UserFacingError("No room.")))
    assert answer.ended
    assert len(list(answer)) == 1


def test_a_second_iteration_ends_where_the_first_had_the_last_event() -> None:
    answer = Answer()
    for event in (Text("a"), Reading(1.0), Finished(MESSAGE)):
        answer.put(event)
    for _ in answer:
        break  # as an interrupt would leave it
    assert list(answer) == []
