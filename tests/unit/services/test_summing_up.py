"""A chat that fills the context goes on: its oldest part is summed up, pinned words stay."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.config.paths import profile_paths
from assistant.domain.cancel import CancelToken
from assistant.domain.conversation import FinishReason, Message, MessageNumbers, Summary
from assistant.domain.errors import UserFacingError
from assistant.domain.generation import (
    GenerationDone,
    GenerationRequest,
    Priority,
    SamplingParams,
)
from assistant.domain.ids import ConversationId
from assistant.domain.model import LoadedModel
from assistant.engine.base import EventSink
from assistant.services.answers import Finished
from assistant.services.chat import AskOptions
from assistant.services.core import Core, CoreOptions
from tests.unit.services.conftest import PASSPHRASE

SHORT = AskOptions(sampling=SamplingParams(temperature=0.0, max_tokens=6))
_PATIENCE_S = 60.0


@pytest.fixture
def core(tmp_path: Path, starter_model: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Core]:
    """A core whose model reads 512 tokens at once, and is large enough for summaries."""
    assert starter_model.is_file()
    monkeypatch.setattr("assistant.services.summing_up.LEAST_PARAMETERS", 1)
    made = Core(CoreOptions(profile_paths(tmp_path / "profile"), keyring=False))
    made.preferences.change("models", "context_length", 512).result(60)
    made.vault.open(PASSPHRASE).result(60)
    yield made
    made.close()


@pytest.fixture
def asked(core: Core, monkeypatch: pytest.MonkeyPatch) -> list[GenerationRequest]:
    """What was asked of the engine."""
    seen: list[GenerationRequest] = []
    generate = core.models.generate

    def note(request: GenerationRequest, *rest: object) -> None:
        seen.append(request)
        generate(request, *rest)  # pyright: ignore[reportArgumentType] - handed on as it came

    monkeypatch.setattr(core.models, "generate", note)
    return seen


def ask(core: Core, chat: ConversationId, number: int) -> Message:
    text = f"Fact {number}: river {number} is {number * 7} miles long and rather deep. Go on."
    [*_, last] = core.chat.send(chat, text, SHORT)
    assert isinstance(last, Finished), last
    assert last.error is None
    return last.message


def summed_up(core: Core, chat: ConversationId, first: int = 1) -> Summary:
    """Asks until there is a summary, or another one."""
    older = core.chat.summaries.of(chat).result(60)
    made = threading.Event()

    def look(_: object) -> None:
        if core.history.repository(chat).summaries.of(chat) not in (None, older):
            made.set()

    core.history.on_changes(look)
    for number in range(first, first + 20):
        numbers = ask(core, chat, number).numbers
        assert numbers is not None
        if numbers.prompt_tokens + numbers.completion_tokens > 384:
            break
    assert made.wait(_PATIENCE_S)
    summary = core.chat.summaries.of(chat).result(60)
    assert summary is not None
    return summary


def test_a_long_chat_goes_on_and_what_is_pinned_is_always_read(
    core: Core, asked: list[GenerationRequest]
) -> None:
    chat = core.history.create().result(60).id
    ask(core, chat, 0)
    pinned = core.history.path(chat).result(60)[0]
    core.history.set_message_pinned(chat, pinned.id, pinned=True).result(60)
    summary = summed_up(core, chat)
    assert summary.content
    assert summary.in_use

    begun = len(asked)
    for number in range(20, 30):
        ask(core, chat, number)
    answers = [each for each in asked[begun:] if not each.read_only and each.cache_key]
    assert len(answers) == 10
    for request in answers:
        assert pinned.content in [turn.content for turn in request.turns]
    with_summary = [r for r in answers if "Earlier in this conversation: " in r.turns[0].content]
    assert with_summary
    assert summed_up(core, chat, first=48).upto > summary.upto
    assert len(core.history.path(chat).result(60)) > 30


def test_the_words_of_a_summary_can_be_changed_and_switched_off(
    core: Core, asked: list[GenerationRequest]
) -> None:
    chat = core.history.create(system_prompt="Be brief.").result(60).id
    upto = summed_up(core, chat).upto
    changed = core.chat.summaries.change(chat, upto, content="They spoke\n of rivers.").result(60)
    assert changed.content == "They spoke of rivers."
    ask(core, chat, 50)
    said = "Be brief.\n\nEarlier in this conversation: They spoke of rivers."
    assert asked[-1].turns[0].content == said
    core.chat.summaries.change(chat, upto, in_use=False).result(60)
    ask(core, chat, 51)
    ahead_or_answer = [each for each in asked if each.cache_key]
    assert ahead_or_answer[-1].turns[0].content == "Be brief."


def test_a_summary_goes_with_its_messages(core: Core) -> None:
    chat = core.history.create().result(60).id
    upto = summed_up(core, chat).upto
    oldest = core.history.path(chat).result(60)[0]
    core.history.delete_message(chat, oldest.id).result(60)
    assert core.chat.summaries.of(chat).result(60) is None
    with pytest.raises(UserFacingError) as raised:
        core.chat.summaries.change(chat, upto, in_use=False).result(60)
    assert raised.value.code == "summary_gone"


def test_words_for_a_summary_that_another_one_replaced_are_refused(core: Core) -> None:
    chat = core.history.create().result(60).id
    first = summed_up(core, chat)
    second = summed_up(core, chat, first=30)
    with pytest.raises(UserFacingError) as raised:
        core.chat.summaries.change(chat, first.upto, content="Of the first one.").result(60)
    assert raised.value.code == "summary_changed"
    assert core.chat.summaries.of(chat).result(60) == second


def test_a_model_that_is_too_small_leaves_messages_out_and_makes_no_summary(
    core: Core, asked: list[GenerationRequest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.services.summing_up.LEAST_PARAMETERS", 1_000_000_000)
    chat = core.history.create().result(60).id
    for number in range(14):
        ask(core, chat, number)
    usage = core.chat.context_usage(chat).result(60)
    assert usage is not None
    assert usage.left_out > 0
    assert core.chat.summaries.of(chat).result(60) is None
    assert not any("Sum up" in turn.content for each in asked for turn in each.turns)


def test_a_summary_is_made_also_where_questions_come_without_a_pause(
    core: Core, monkeypatch: pytest.MonkeyPatch
) -> None:
    generate = core.models.generate
    held: list[Priority] = []

    def hold(
        request: GenerationRequest, sink: EventSink, cancel: CancelToken, loaded: LoadedModel
    ) -> None:
        """What is done in the background never has its turn."""
        if request.turns[0].content.startswith("Sum up"):
            held.append(request.priority)
        if request.priority is Priority.BACKGROUND:
            nothing = GenerationDone(FinishReason.CANCELLED, MessageNumbers(0, 0, 0.0, 0.0))
            cancel.watch(lambda: sink(nothing))
        else:
            generate(request, sink, cancel, loaded)

    monkeypatch.setattr(core.models, "generate", hold)
    chat = core.history.create().result(60).id
    made = threading.Event()
    core.history.on_changes(
        lambda _: made.set() if core.history.repository(chat).summaries.of(chat) else None
    )
    for number in range(20):
        ask(core, chat, number)
        if Priority.INTERACTIVE in held:
            break
    assert made.wait(_PATIENCE_S)
    assert held == [Priority.BACKGROUND, Priority.INTERACTIVE]


def test_it_ends_while_a_summary_is_made(
    core: Core, asked: list[GenerationRequest], starter_model: Path
) -> None:
    assert starter_model.is_file()
    chat = core.history.create().result(60).id
    for number in range(20):
        numbers = ask(core, chat, number).numbers
        assert numbers is not None
        if numbers.prompt_tokens + numbers.completion_tokens > 384:
            break
    core.close()
    assert len(asked) >= 5
