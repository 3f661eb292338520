"""A chat that fills the context goes on: its oldest part is summed up, pinned words stay."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.config.paths import profile_paths
from assistant.domain.conversation import Message, Summary
from assistant.domain.errors import UserFacingError
from assistant.domain.generation import GenerationRequest, SamplingParams
from assistant.domain.ids import ConversationId
from assistant.services.answers import Finished
from assistant.services.chat import AskOptions
from assistant.services.core import Core, CoreOptions
from tests.unit.services.conftest import PASSPHRASE

SHORT = AskOptions(sampling=SamplingParams(temperature=0.0, max_tokens=6))
_PATIENCE_S = 60.0


@pytest.fixture
def core(tmp_path: Path, starter_model: Path) -> Iterator[Core]:
    """A core whose model reads 512 tokens at once."""
    assert starter_model.is_file()
    made = Core(CoreOptions(profile_paths(tmp_path / "profile"), keyring=False))
    made.preferences.change("models", "context_length", 512).result(10)
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
    older = core.chat.summaries.of(chat).result(10)
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
    summary = core.chat.summaries.of(chat).result(10)
    assert summary is not None
    return summary


def test_a_long_chat_goes_on_and_what_is_pinned_is_always_read(
    core: Core, asked: list[GenerationRequest]
) -> None:
    chat = core.history.create().result(10).id
    ask(core, chat, 0)
    pinned = core.history.path(chat).result(10)[0]
    core.history.set_message_pinned(chat, pinned.id, pinned=True).result(10)
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
    assert len(core.history.path(chat).result(10)) > 30


def test_the_words_of_a_summary_can_be_changed_and_switched_off(
    core: Core, asked: list[GenerationRequest]
) -> None:
    chat = core.history.create(system_prompt="Be brief.").result(10).id
    summed_up(core, chat)
    changed = core.chat.summaries.change(chat, content="They spoke\n of rivers.").result(10)
    assert changed.content == "They spoke of rivers."
    ask(core, chat, 50)
    said = "Be brief.\n\nEarlier in this conversation: They spoke of rivers."
    assert asked[-1].turns[0].content == said
    core.chat.summaries.change(chat, in_use=False).result(10)
    ask(core, chat, 51)
    ahead_or_answer = [each for each in asked if each.cache_key]
    assert ahead_or_answer[-1].turns[0].content == "Be brief."


def test_a_summary_goes_with_its_messages(core: Core) -> None:
    chat = core.history.create().result(10).id
    summed_up(core, chat)
    oldest = core.history.path(chat).result(10)[0]
    core.history.delete_message(chat, oldest.id).result(10)
    assert core.chat.summaries.of(chat).result(10) is None
    with pytest.raises(UserFacingError):
        core.chat.summaries.change(chat, in_use=False).result(10)


def test_it_ends_while_a_summary_is_made(
    core: Core, asked: list[GenerationRequest], starter_model: Path
) -> None:
    assert starter_model.is_file()
    chat = core.history.create().result(10).id
    for number in range(20):
        numbers = ask(core, chat, number).numbers
        assert numbers is not None
        if numbers.prompt_tokens + numbers.completion_tokens > 384:
            break
    core.close()
    assert len(asked) >= 5
