"""The way of a question: stored first, answered from the branch that is shown, kept as it grows."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.config.paths import resources
from assistant.config.settings import SettingsFile
from assistant.domain.cancel import CancelToken
from assistant.domain.clock import SystemClock
from assistant.domain.conversation import Conversation, Message, MessageStatus, Role
from assistant.domain.errors import UserFacingError
from assistant.domain.generation import GenerationEvent, GenerationRequest, SamplingParams, Turn
from assistant.domain.ids import ConversationId
from assistant.engine.scripted import Script, ScriptedAnswer, scripted_engine
from assistant.hub.catalogue import read_catalogue
from assistant.hub.model_store import ModelStore
from assistant.services.answers import (
    Accepted,
    Answer,
    AnswerEvent,
    Finished,
    LeftOut,
    Refused,
    Text,
)
from assistant.services.chat import AskOptions, ChatService
from assistant.services.fitting import Fitting
from assistant.services.history import HistoryService
from assistant.services.jobs import Workers
from assistant.services.models import ModelService
from assistant.services.temporary import TemporaryHistory


@dataclass
class Desk:
    """The services that an answer goes through, over a history in memory."""

    history: HistoryService
    chat: ChatService
    models: ModelService
    settings: SettingsFile

    def new(self, system_prompt: str = "") -> Conversation:
        return self.history.create(temporary=True, system_prompt=system_prompt).result(60)

    def ask(self, chat: Conversation, text: str) -> Message:
        return finished(self.chat.send(chat.id, text))

    def shown(self, chat: Conversation) -> list[Message]:
        return self.history.path(chat.id).result(60)


def finished(answer: Answer) -> Message:
    last = list(answer)[-1]
    assert isinstance(last, Finished), last
    return last.message


def refused(answer: Answer) -> UserFacingError:
    [event] = list(answer)
    assert isinstance(event, Refused)
    return event.error


@pytest.fixture
def desk_with(tmp_path: Path, starter_model: Path) -> Iterator[Callable[[Script], Desk]]:
    ends: list[Callable[[], object]] = []

    def build(script: Script) -> Desk:
        workers = Workers()
        engine = scripted_engine(script)
        temporary = TemporaryHistory(SystemClock())
        settings = SettingsFile(tmp_path / "settings.json")
        catalogue = read_catalogue(resources() / "catalogue.json")
        store = ModelStore(tmp_path / "models", starter_model.parent, catalogue)
        models = ModelService(engine, store, catalogue, settings, workers, Fitting())

        def no_search() -> None:
            raise AssertionError

        history = HistoryService(workers, temporary.repository, temporary.repository, no_search)  # pyright: ignore[reportArgumentType] - nothing here searches
        chat = ChatService(workers, history, models, lambda _: SamplingParams(), settings)
        ends.extend([models.close, lambda: workers.close(temporary.close)])
        return Desk(history, chat, models, settings)

    yield build
    for end in ends:
        end()


def script(*texts: str, rate: float = 0.0) -> Script:
    return Script(tuple(ScriptedAnswer(text) for text in texts), tokens_per_second=rate)


def test_a_question_and_its_answer_are_kept(desk_with: Callable[[Script], Desk]) -> None:
    desk = desk_with(script("Four."))
    chat = desk.new()
    answer = desk.ask(chat, "What is two and two?")
    assert answer.content == "Four."
    assert answer.status is MessageStatus.COMPLETE
    assert answer.model == "SmolLM2 135M"
    assert answer.tier == "small"
    assert answer.numbers is not None
    assert answer.numbers.completion_tokens > 0
    assert [message.content for message in desk.shown(chat)] == ["What is two and two?", "Four."]
    assert desk.history.open(chat.id).result(60).conversation.title == "What is two and two?"


def test_the_question_is_accepted_before_any_text(desk_with: Callable[[Script], Desk]) -> None:
    desk = desk_with(script("One two three."))
    events: list[AnswerEvent] = list(desk.chat.send(desk.new().id, "Count."))
    kinds = [type(event) for event in events]
    assert kinds[0] is Accepted
    assert kinds.index(Accepted) < kinds.index(Text)
    assert kinds[-1] is Finished
    said = "".join(event.text for event in events if isinstance(event, Text))
    assert said == "One two three."


def test_regenerating_keeps_the_old_answer_as_a_version(
    desk_with: Callable[[Script], Desk],
) -> None:
    desk = desk_with(script("First.", "Second."))
    chat = desk.new()
    first = desk.ask(chat, "Say something.")
    second = finished(desk.chat.regenerate(chat.id, first.id))
    assert [m.content for m in desk.shown(chat)] == ["Say something.", "Second."]
    outline = desk.history.open(chat.id).result(60).outline
    assert outline[-1].versions == (first.id, second.id)
    desk.history.select_version(chat.id, first.id).result(60)
    assert desk.shown(chat)[-1].content == "First."


def test_an_edited_question_begins_a_branch(desk_with: Callable[[Script], Desk]) -> None:
    desk = desk_with(script("A.", "B.", "C."))
    chat = desk.new()
    desk.ask(chat, "One")
    desk.ask(chat, "Two")
    question = desk.shown(chat)[2]
    finished(desk.chat.edit(chat.id, question.id, "Two, in other words"))
    assert [m.content for m in desk.shown(chat)] == ["One", "A.", "Two, in other words", "C."]
    desk.history.select_version(chat.id, question.id).result(60)
    assert [m.content for m in desk.shown(chat)] == ["One", "A.", "Two", "B."]


def test_stopping_keeps_what_was_written_and_continuing_goes_on(
    desk_with: Callable[[Script], Desk],
) -> None:
    desk = desk_with(script("word " * 400, "and the end.", rate=200))
    chat = desk.new()
    answer = desk.chat.send(chat.id, "Write a lot.")
    for event in answer:
        if isinstance(event, Text):
            answer.cancel()
    stopped = desk.shown(chat)[-1]
    assert stopped.status is MessageStatus.STOPPED
    assert stopped.content.startswith("word")
    more = finished(desk.chat.continue_answer(chat.id, stopped.id))
    assert more.id == stopped.id
    assert more.content == stopped.content + "and the end."
    assert more.status is MessageStatus.COMPLETE


def test_a_failure_keeps_question_and_text_and_says_why(
    desk_with: Callable[[Script], Desk],
) -> None:
    broken = UserFacingError("The model gave out.", "Try again.", code="broken")
    desk = desk_with(Script((ScriptedAnswer("Half a", fails_with=broken), ScriptedAnswer("Whole"))))
    chat = desk.new()
    answer = desk.ask(chat, "Question")
    assert answer.status is MessageStatus.FAILED
    assert answer.content == "Half a"
    assert answer.error == "The model gave out. Try again."
    assert finished(desk.chat.regenerate(chat.id, answer.id)).content == "Whole"


def test_a_model_that_does_not_load_leaves_the_question_stored(
    desk_with: Callable[[Script], Desk],
) -> None:
    desk = desk_with(Script(load_fails_with=UserFacingError("It is broken.", "Take another.")))
    chat = desk.new()
    answer = desk.ask(chat, "Are you there?")
    assert answer.status is MessageStatus.FAILED
    assert "It is broken." in answer.error
    assert desk.shown(chat)[0].content == "Are you there?"


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_nothing_is_not_sent(desk_with: Callable[[Script], Desk], text: str) -> None:
    desk = desk_with(script("x"))
    chat = desk.new()
    assert refused(desk.chat.send(chat.id, text)).code == "empty_message"
    assert desk.shown(chat) == []


def test_a_model_that_is_not_here_is_named_in_the_answer(
    desk_with: Callable[[Script], Desk],
) -> None:
    desk = desk_with(script("x"))
    chat = desk.new()
    answer = finished(desk.chat.send(chat.id, "Hi", AskOptions(model="no-such-model")))
    assert answer.status is MessageStatus.FAILED
    assert "no-such-model" in answer.error


def test_a_conversation_longer_than_the_context_goes_on(
    desk_with: Callable[[Script], Desk],
) -> None:
    desk = desk_with(script("yes " * 60))
    desk.settings.update("models", context_length=512)
    desk.settings.update("chat", sum_up=False)
    chat = desk.new("Be brief.")
    left_out: list[int] = []
    for number in range(12):
        events = list(desk.chat.send(chat.id, f"question {number} " + "word " * 40))
        left_out += [event.messages for event in events if isinstance(event, LeftOut)]
        last = events[-1]
        assert isinstance(last, Finished)
        assert last.message.status is MessageStatus.COMPLETE
    assert left_out
    assert len(desk.shown(chat)) == 24
    usage = desk.chat.context_usage(chat.id).result(60)
    assert usage is not None
    assert usage.left_out == left_out[-1]
    assert usage.used_tokens <= usage.context_length == 512


def test_a_message_that_can_never_fit_says_so_and_is_kept(
    desk_with: Callable[[Script], Desk],
) -> None:
    desk = desk_with(script("x"))
    desk.settings.update("models", context_length=512)
    chat = desk.new()
    answer = desk.ask(chat, "word " * 2000)
    assert answer.status is MessageStatus.FAILED
    assert "tokens" in answer.error
    assert desk.shown(chat)[0].role is Role.USER


def test_two_chats_are_both_answered(desk_with: Callable[[Script], Desk]) -> None:
    desk = desk_with(script("First chat. " * 20, "Second chat."))
    one, two = desk.new(), desk.new()
    first, second = desk.chat.send(one.id, "a"), desk.chat.send(two.id, "b")
    texts = {finished(second).content, finished(first).content}
    assert texts == {"First chat. " * 20, "Second chat."}


def test_only_a_question_is_edited_and_only_an_answer_continued(
    desk_with: Callable[[Script], Desk],
) -> None:
    desk = desk_with(script("A."))
    chat, other = desk.new(), desk.new()
    answer = desk.ask(chat, "One")
    question = desk.shown(chat)[0]
    assert refused(desk.chat.edit(chat.id, answer.id, "x")).code == "not_a_question"
    assert refused(desk.chat.continue_answer(chat.id, question.id)).code == "not_an_answer"
    assert refused(desk.chat.edit(other.id, question.id, "x")).code == "message_unknown"
    assert refused(desk.chat.regenerate(other.id, answer.id)).code == "message_unknown"
    assert refused(desk.chat.continue_answer(other.id, answer.id)).code == "message_unknown"
    assert [m.content for m in desk.shown(chat)] == ["One", "A."]
    assert [m.status for m in desk.shown(chat)] == [MessageStatus.COMPLETE] * 2
    assert desk.shown(other) == []


def test_an_answer_is_not_continued_while_it_is_written(
    desk_with: Callable[[Script], Desk],
) -> None:
    desk = desk_with(script("word " * 400, rate=200))
    chat = desk.new()
    answer = desk.chat.send(chat.id, "Write.")
    accepted = next(event for event in answer if isinstance(event, Accepted))
    again = desk.chat.continue_answer(chat.id, accepted.answer.id)
    assert refused(again).code == "answer_under_way"
    answer.cancel()
    finished(answer)


def test_counting_what_is_read_keeps_nothing_else_waiting(
    desk_with: Callable[[Script], Desk],
) -> None:
    desk = desk_with(script("One.", "Two."))
    chat = desk.new("Be brief.")
    desk.ask(chat, "Hi")
    busy, go_on = threading.Event(), threading.Event()

    def hold(_: GenerationEvent) -> None:
        busy.set()
        go_on.wait(60)

    loaded = desk.models.ensure().result(60)
    desk.models.generate(GenerationRequest((Turn(Role.USER, "x"),)), hold, CancelToken(), loaded)
    assert busy.wait(60)
    usage = desk.chat.context_usage(chat.id)
    try:
        assert len(desk.history.path(chat.id).result(60)) == 2, "the store answers meanwhile"
        assert not usage.settled
    finally:
        go_on.set()
    counted = usage.result(60)
    assert counted is not None
    assert counted.used_tokens > 0


def test_what_cannot_be_counted_says_why_or_is_nothing(
    desk_with: Callable[[Script], Desk],
) -> None:
    desk = desk_with(script("One."))
    chat = desk.new()
    assert desk.chat.context_usage(chat.id).result(60) is None, "no model is loaded"
    desk.models.ensure().result(60)
    empty = desk.chat.context_usage(chat.id).result(60)
    assert empty is not None
    assert (empty.used_tokens, empty.left_out) == (0, 0)
    with pytest.raises(UserFacingError) as caught:
        desk.chat.context_usage(ConversationId(chat.id + 99)).result(60)
    assert caught.value.code == "chat_unknown"
