"""What was computed for a chat comes back after a start, and goes with the chat."""

import secrets
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.config.paths import Paths, profile_paths
from assistant.domain.clock import FixedClock
from assistant.domain.conversation import Conversation, Message
from assistant.domain.generation import SamplingParams
from assistant.domain.ids import ConversationId
from assistant.domain.vault import VaultState
from assistant.services.answers import Finished
from assistant.services.chat import AskOptions
from assistant.services.core import Core, CoreOptions
from tests.unit.services.conftest import PASSPHRASE

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SHORT = AskOptions(sampling=SamplingParams(temperature=0.0, max_tokens=4))
LONG = "Rivers carve valleys, and lakes keep what they bring. " * 20

CoreWithModel = Callable[..., Core]


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return profile_paths(tmp_path / "profile")


@pytest.fixture
def core_at(paths: Paths, starter_model: Path) -> Iterator[CoreWithModel]:
    """Cores of one profile that run the real model, their vault open."""
    assert starter_model.is_file()
    made: list[Core] = []

    def build(moment: datetime = NOON) -> Core:
        core = Core(CoreOptions(paths, FixedClock(moment), keyring=False))
        made.append(core)
        assert core.vault.open(PASSPHRASE).result(60).state is VaultState.OPEN
        return core

    yield build
    for core in made:
        core.close()


def ask(core: Core, chat_id: ConversationId, text: str) -> Message:
    [*_, last] = core.chat.send(chat_id, text, SHORT)
    assert isinstance(last, Finished), last
    assert last.error is None
    return last.message


def cached(message: Message) -> int:
    assert message.numbers is not None
    return message.numbers.cached_tokens


def new(core: Core, *, temporary: bool = False) -> Conversation:
    return core.history.create(temporary=temporary).result(60)


def states(paths: Paths) -> list[Path]:
    return [path for path in paths.cache.rglob("*") if path.is_file()]


def test_a_long_chat_is_not_read_again_after_a_start(core_at: CoreWithModel, paths: Paths) -> None:
    core = core_at()
    chat = new(core)
    first = ask(core, chat.id, LONG * 7)
    assert first.numbers is not None
    assert first.numbers.prompt_tokens > 1500
    core.close()
    assert len(states(paths)) == 1

    again = ask(core_at(), chat.id, "Go on.")
    assert cached(again) >= first.numbers.prompt_tokens


def test_a_forgotten_chat_leaves_no_file(core_at: CoreWithModel, paths: Paths) -> None:
    core = core_at()
    kept, gone = new(core), new(core)
    ask(core, gone.id, LONG)
    ask(core, kept.id, LONG + "Another.")
    core.close()
    assert len(states(paths)) == 2

    core = core_at()  # no model is loaded
    core.exchange.forget([gone.id]).result(60)
    assert len(states(paths)) == 1
    ask(core, kept.id, "Go on.")
    late = new(core)
    ask(core, late.id, LONG + "And another.")
    core.exchange.forget([kept.id, late.id]).result(60)  # both are in the engine's memory
    assert states(paths) == []
    core.close()
    assert states(paths) == []


def test_what_the_trash_gives_up_leaves_no_file(core_at: CoreWithModel, paths: Paths) -> None:
    core = core_at()
    chat, other = new(core), new(core)
    ask(core, chat.id, LONG)
    asked = ask(core, other.id, LONG + "Another.")
    core.history.trash(chat.id).result(60)
    core.history.delete_message(other.id, asked.id).result(60)
    core.close()
    assert len(states(paths)) == 2

    later = core_at(NOON + timedelta(days=32))
    (paths.state / "last-clearing").write_text((NOON + timedelta(days=31)).isoformat())
    told = threading.Event()
    later.history.on_changes(lambda changes: told.set() if changes.listing else None)
    later.start_upkeep()
    assert told.wait(60)
    later.close()
    assert states(paths) == []


def test_the_shelf_says_nothing_and_temporary_chats_are_not_on_it(
    core_at: CoreWithModel, paths: Paths
) -> None:
    core = core_at()
    words = [f"xylograph{secrets.token_hex(3)}" for _ in range(20)]
    chat, hidden = new(core), new(core, temporary=True)
    ask(core, chat.id, " ".join(words) + LONG)
    before = len(states(paths))
    ask(core, hidden.id, "Something hidden. " + LONG)
    core.close()

    found = states(paths)
    assert (before, len(found)) == (0, 1)
    everything = b"".join(path.read_bytes() + path.name.encode() for path in found)
    for word in words:
        for form in (word.encode(), word.encode("utf-16-le"), word.encode("utf-32-le")):
            assert form not in everything


def test_another_history_finds_an_empty_shelf(core_at: CoreWithModel, paths: Paths) -> None:
    core = core_at()
    backup = core.backups.create().result(60)
    ask(core, new(core).id, LONG)
    core.close()
    assert states(paths)

    core = core_at()
    assert core.vault.restore(backup.id).result(60).state is VaultState.OPEN
    assert states(paths) == []


def test_switched_off_it_keeps_nothing(core_at: CoreWithModel, paths: Paths) -> None:
    core = core_at()
    core.preferences.change("models", "remembered_mb", 0).result(60)
    ask(core, new(core).id, LONG)
    core.close()
    assert states(paths) == []
