"""What is read while it is written is not read again when it is sent, and leaves no trace."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.config.paths import profile_paths
from assistant.domain.conversation import Message
from assistant.domain.errors import Cancelled
from assistant.domain.generation import SamplingParams
from assistant.domain.ids import ConversationId
from assistant.domain.model import ModelState
from assistant.services.answers import Accepted, Finished
from assistant.services.chat import AskOptions
from assistant.services.core import Core, CoreOptions
from tests.unit.services.conftest import PASSPHRASE

SHORT = AskOptions(sampling=SamplingParams(temperature=0.0, max_tokens=4))
LONG = "Rivers carve valleys, and lakes keep what they bring along. " * 12


@pytest.fixture
def core(tmp_path: Path, starter_model: Path) -> Iterator[Core]:
    assert starter_model.is_file()
    made = Core(CoreOptions(profile_paths(tmp_path / "profile"), keyring=False))
    made.vault.open(PASSPHRASE).result(60)
    yield made
    made.close()


def new(core: Core, *, temporary: bool = False) -> ConversationId:
    return core.history.create(temporary=temporary).result(60).id


def ask(core: Core, chat: ConversationId, text: str) -> Message:
    [*_, last] = core.chat.send(chat, text, SHORT)
    assert isinstance(last, Finished), last
    return last.message


@pytest.mark.parametrize("temporary", [False, True])
def test_what_was_read_ahead_is_not_read_again(core: Core, *, temporary: bool) -> None:
    core.models.ensure().result(60)
    chat = new(core, temporary=temporary)
    half = core.chat.read_ahead(chat, LONG[:300]).result(60)
    most = core.chat.read_ahead(chat, LONG + "And what").result(60)
    assert 0 < half < most
    assert core.history.path(chat).result(60) == []

    numbers = ask(core, chat, LONG + "And what of the sea?").numbers
    assert numbers is not None
    assert numbers.cached_tokens >= most - 2
    assert numbers.prompt_tokens - numbers.cached_tokens < 24


def test_a_chat_that_is_opened_is_read_before_anything_is_written(core: Core) -> None:
    chat, other = new(core), new(core)
    first = ask(core, chat, LONG).numbers
    assert first is not None
    ask(core, other, "Something else.")
    read = core.chat.read_ahead(chat, "").result(60)
    assert read > first.prompt_tokens
    again = ask(core, chat, "Go on.").numbers
    assert again is not None
    assert again.cached_tokens >= read - 1


def test_nothing_is_read_where_no_model_is_loaded_or_it_is_switched_off(core: Core) -> None:
    chat = new(core)
    assert core.chat.read_ahead(chat, LONG).result(60) == 0
    assert core.models.status.state is ModelState.NONE
    core.models.ensure().result(60)
    core.preferences.change("chat", "read_ahead", value=False).result(60)
    assert core.chat.read_ahead(chat, LONG).result(60) == 0


def test_a_draft_that_is_too_long_is_not_read_and_no_error(core: Core) -> None:
    core.models.ensure().result(60)
    assert core.chat.read_ahead(new(core), LONG * 60).result(60) == 0


def test_what_is_given_up_ends_at_once_and_the_answer_comes(core: Core) -> None:
    core.models.ensure().result(60)
    chat = new(core)
    reading = [core.chat.read_ahead(chat, LONG * 4 + str(number)) for number in range(5)]
    for each in reading:
        each.cancel()
    answered = ask(core, chat, "What is a lake?")
    assert answered.content
    for each in reading:
        with pytest.raises(Cancelled):
            each.result(60)


def test_beside_an_answer_under_way_nothing_is_read(core: Core) -> None:
    core.models.ensure().result(60)
    chat = new(core)
    answer = core.chat.send(
        chat, "Tell me a long story.", AskOptions(sampling=SamplingParams(max_tokens=500, seed=1))
    )
    assert isinstance(next(iter(answer)), Accepted)
    assert core.chat.read_ahead(chat, LONG).result(60) == 0
    answer.cancel()
    assert isinstance(list(answer)[-1], Finished)
