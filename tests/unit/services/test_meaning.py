"""Search by meaning over a real vault with the real model."""

import gc
import threading
from pathlib import Path

import pytest

from assistant.domain.conversation import Conversation, MessageStatus, Role, SearchHit
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ConversationId, MessageId
from assistant.engine.llama.embedder import llama_embedder
from assistant.services.answers import Finished
from assistant.services.core import Core
from assistant.services.history import Changes
from assistant.services.meaning import MeaningService, fused
from assistant.store.rows import from_us
from tests.unit.services.conftest import PASSPHRASE, MakeCore

WAIT_S = 60
NOODLES = "Stir the noodles during the first minute and use plenty of boiling water."
HACKED = "Choose long passwords and switch on the second factor."
RIVERS = "The Danube rises in the Black Forest and flows through ten countries."


@pytest.fixture
def core(core: Core, embedding_model_file: Path) -> Core:
    assert embedding_model_file.is_file()
    return core


@pytest.fixture
def said(core: Core) -> Conversation:
    """A chat of three things, read already."""
    chat = core.history.create().result(WAIT_S)
    say(core, chat, NOODLES, HACKED, RIVERS)
    assert core.meaning.make_up_to(100).result(WAIT_S) == 0
    return chat


def say(core: Core, chat: Conversation, *texts: str) -> list[MessageId]:
    def work() -> list[MessageId]:
        repository = core.history.repository(chat.id)
        made: list[MessageId] = []
        for text in texts:
            leaf = repository.get(chat.id).active_leaf
            message = repository.add_message(chat.id, leaf, Role.USER, text, MessageStatus.COMPLETE)
            made.append(message.id)
        core.history.announce(Changes(frozenset({chat.id})))
        return made

    return core.workers.on_store(work).result(WAIT_S)


def find(core: Core, query: str) -> list[SearchHit]:
    return core.meaning.search(query).result(WAIT_S)


@pytest.mark.usefixtures("said")
def test_other_words_for_the_same_are_found_and_say_so(core: Core) -> None:
    assert core.history.search("pasta sticks together").result(WAIT_S) == []
    hits = find(core, "pasta sticks together")
    assert [(hit.snippet, hit.by_meaning) for hit in hits] == [(NOODLES, True)]


@pytest.mark.usefixtures("said")
def test_a_word_is_marked_though_its_meaning_was_found_as_well(core: Core) -> None:
    hit = find(core, "noodles")[0]
    assert not hit.by_meaning
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["noodles"]


@pytest.mark.usefixtures("said")
def test_nothing_is_found_that_speaks_of_something_else(core: Core) -> None:
    assert find(core, "tax return for last year") == []


def test_what_is_forgotten_or_edited_is_found_no_more(core: Core, said: Conversation) -> None:
    assert find(core, "pasta sticks together")
    (added,) = say(core, said, "Spaghetti glues itself to the pot.")
    assert core.meaning.make_up_to(100).result(WAIT_S) == 0
    assert added in {hit.message_id for hit in find(core, "pasta sticks together")}
    core.history.replace_text(said.id, added, RIVERS).result(WAIT_S)
    assert added not in {hit.message_id for hit in find(core, "pasta sticks together")}
    core.exchange.forget([said.id]).result(WAIT_S)
    assert find(core, "pasta sticks together") == []


def test_of_what_is_forgotten_no_vector_stays_in_memory(core: Core, said: Conversation) -> None:
    assert find(core, "pasta sticks together")
    assert vectors_in_memory() == 3
    core.exchange.forget([said.id]).result(WAIT_S)
    assert vectors_in_memory() == 0


def vectors_in_memory() -> int:
    """How many vectors lie in the memory of this process for searching."""
    gc.collect()
    tables = [each for each in gc.get_objects() if type(each).__name__ == "_Table"]
    return sum(len(each.facts) for each in tables)


def test_a_temporary_chat_is_never_read(core: Core, said: Conversation) -> None:
    secret = core.history.create(temporary=True).result(WAIT_S)
    say(core, secret, "Spaghetti glues itself to the pot.")
    assert core.meaning.make_up_to(100).result(WAIT_S) == 0
    assert {hit.conversation_id for hit in find(core, "pasta sticks together")} == {said.id}


@pytest.mark.usefixtures("said")
def test_switched_off_the_words_are_searched_alone(core: Core) -> None:
    core.settings.update("chat", search_by_meaning=False)
    assert find(core, "pasta sticks together") == []
    assert find(core, "noodles")[0].marks
    chat = core.history.create().result(WAIT_S)
    say(core, chat, "unread")
    assert core.meaning.make_up_to(100).result(WAIT_S) == 1


def test_a_long_answer_is_found_by_what_it_says_at_its_end(core: Core, said: Conversation) -> None:
    (long,) = say(
        core, said, f"{RIVERS} {RIVERS} {RIVERS}\n\n" * 4 + "A lighthouse guides ships at night."
    )
    core.meaning.make_up_to(100).result(WAIT_S)
    hit = find(core, "beacon for vessels in the dark")[0]
    assert hit.message_id == long
    assert hit.snippet == "…A lighthouse guides ships at night."


def test_messages_are_read_when_nothing_else_is_going_on(core: Core) -> None:
    chat = core.history.create().result(WAIT_S)
    say(core, chat, NOODLES)
    read = threading.Event()
    core.meaning.on_read(read.set)
    core.meaning.start()
    assert read.wait(WAIT_S)
    assert find(core, "pasta sticks together")


def test_another_start_goes_on_with_what_is_left(make_core: MakeCore) -> None:
    first = make_core()
    first.vault.open(PASSPHRASE).result(WAIT_S)
    chat = first.history.create().result(WAIT_S)
    say(first, chat, *[f"{RIVERS} {number}" for number in range(12)])
    assert first.meaning.make_up_to(1).result(WAIT_S) == 4
    first.close()
    second = make_core()
    second.vault.open(PASSPHRASE).result(WAIT_S)
    assert second.meaning.make_up_to(100).result(WAIT_S) == 0
    assert len(find(second, "which stream crosses many nations")) == 12


@pytest.mark.usefixtures("said")
def test_a_model_that_cannot_be_used_leaves_the_words_and_is_told_of_once(
    core: Core, tmp_path: Path
) -> None:
    told: list[BaseException] = []
    broken = tmp_path / "model.gguf"
    broken.write_bytes(b"GGUF")
    meaning = MeaningService(
        core.workers,
        core.vault,
        core.settings,
        llama_embedder(broken, "0" * 64),
        core.meaning.model_sha256,
        told.append,
    )
    for _ in range(2):
        (found,) = meaning.search("noodles").result(WAIT_S)
        assert found.marks
    assert [error.code for error in told if isinstance(error, UserFacingError)] == ["model_broken"]
    assert not meaning.wanted
    meaning.stop()


@pytest.mark.usefixtures("said")
def test_without_the_model_the_words_are_searched_alone(core: Core) -> None:
    told: list[BaseException] = []
    meaning = MeaningService(core.workers, core.vault, core.settings, None, "0" * 64, told.append)
    meaning.start()
    meaning.touch()
    meaning.give_way(busy=True)
    assert meaning.search("noodles").result(WAIT_S)[0].marks
    assert meaning.search("pasta sticks together").result(WAIT_S) == []
    assert told == []
    meaning.stop()


def test_reading_rests_while_an_answer_is_written(core: Core) -> None:
    heard: list[bool] = []
    core.models.on_busy(heard.append)
    chat = core.history.create().result(WAIT_S)
    assert any(isinstance(event, Finished) for event in core.chat.send(chat.id, "What is this?"))
    assert heard == [True, False]
    core.meaning.give_way(busy=True)
    waiting = core.meaning.make_up_to(100)
    assert find(core, "a question, which is answered all the same") == []
    assert not waiting.settled
    core.meaning.give_way(busy=False)
    assert waiting.result(WAIT_S) == 0


def hit(number: int, *, by_meaning: bool = False) -> SearchHit:
    return SearchHit(
        ConversationId(1), MessageId(number), Role.USER, "", "", (), from_us(0), by_meaning
    )


def test_what_both_find_comes_first_and_keeps_its_marks() -> None:
    words = [hit(1), hit(2), hit(3)]
    near = [hit(9, by_meaning=True), hit(3, by_meaning=True)]
    assert fused(words, near) == [hit(3), hit(1), hit(9, by_meaning=True), hit(2)]
    assert fused(words, []) == words
    assert fused([], near) == near
