"""The planner's words in a chat are kept, found, carried out and in, and read by the next model."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.config.paths import profile_paths
from assistant.domain.conversation import PLANNER, Message, Role
from assistant.domain.generation import GenerationRequest, SamplingParams
from assistant.domain.ids import ConversationId
from assistant.services.answers import Finished
from assistant.services.chat import AskOptions
from assistant.services.core import Core, CoreOptions
from assistant.services.exchange import ExportFormat
from tests.unit.services.conftest import PASSPHRASE, MakeCore

WORDS = "move chemistry to friday"
SAID = "Done: Move “Chemistry sheet”\n\n- Starts on Friday, 10:00"
SHORT = AskOptions(sampling=SamplingParams(temperature=0.0, max_tokens=6))


def noted(core: Core, chat: ConversationId | None = None) -> Message:
    """A chat that holds what was said to the planner."""
    where = core.history.create().result(60).id if chat is None else chat
    return core.chat.notes.keep(where, WORDS, SAID).result(60)


def ask(core: Core, chat: ConversationId, text: str) -> Message:
    [*_, last] = core.chat.send(chat, text, SHORT)
    assert isinstance(last, Finished), last
    assert last.error is None
    return last.message


def test_it_is_there_after_a_restart_and_found_by_its_words(
    core: Core, make_core: MakeCore
) -> None:
    note = noted(core)
    core.close()
    later = make_core()
    later.vault.open(PASSPHRASE).result(60)
    asked, said = later.history.path(note.conversation_id).result(60)
    assert (asked.role, asked.content) == (Role.USER, WORDS)
    assert said == note
    assert (said.model, said.content) == (PLANNER, SAID)
    hits = later.history.search("sheet").result(60)
    assert [hit.message_id for hit in hits] == [note.id]
    places = later.history.find_in(
        note.conversation_id, lambda text: text.casefold().count("chemistry")
    ).result(60)
    assert places == [(asked.id, 1), (note.id, 1)]


def test_exports_say_who_spoke_and_an_import_keeps_it(core: Core, tmp_path: Path) -> None:
    note = noted(core)
    ask(core, note.conversation_id, "Thank you")
    path = tmp_path / "chats.json"
    core.exchange.export_to(path, ExportFormat.JSON).result(60)
    core.exchange.export_to(tmp_path / "a.md", ExportFormat.MARKDOWN).result(60)
    core.exchange.export_to(tmp_path / "a.jsonl", ExportFormat.OPENAI).result(60)
    core.exchange.forget([note.conversation_id]).result(60)
    assert core.exchange.import_from(path).result(60).messages == 4
    [back] = core.history.conversations().result(60)
    messages = core.history.path(back.id).result(60)
    assert [one.content for one in messages[:2]] == [WORDS, SAID]
    assert [one.model == PLANNER for one in messages] == [False, True, False, False]

    text = (tmp_path / "a.md").read_text("utf-8")
    assert text.count(f"({PLANNER})") == 1
    assert SAID in text
    [line] = (tmp_path / "a.jsonl").read_text("utf-8").splitlines()
    told = json.loads(line)["messages"]
    assert told[1] == {"role": "assistant", "name": PLANNER, "content": SAID}
    assert [set(one) for one in (told[0], told[3])] == [{"role", "content"}] * 2


def test_the_next_answer_reads_both_as_turns(core: Core, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[GenerationRequest] = []
    generate = core.models.generate

    def note(request: GenerationRequest, *rest: object) -> None:
        seen.append(request)
        generate(request, *rest)  # pyright: ignore[reportArgumentType] - handed on as it came

    monkeypatch.setattr(core.models, "generate", note)
    kept = noted(core)
    chat = kept.conversation_id
    answer = ask(core, chat, "When is that?")
    assert [(turn.role, turn.content) for turn in seen[-1].turns] == [
        (Role.USER, WORDS),
        (Role.ASSISTANT, SAID),
        (Role.USER, "When is that?"),
    ]
    assert answer.model not in ("", PLANNER)
    assert [one.model == PLANNER for one in core.history.path(chat).result(60)] == [
        *(False, True, False, False)
    ]


def test_the_model_of_the_chat_and_the_chosen_one_stay_as_they_were(core: Core) -> None:
    before = core.models.status
    chat = core.history.create().result(60)
    noted(core, chat.id)
    after = core.history.open(chat.id).result(60).conversation
    assert (chat.model, after.model) == ("", "")
    assert core.models.status == before
    answer = ask(core, chat.id, "Thank you")
    status = core.models.status
    noted(core, chat.id)
    assert core.models.status == status
    assert core.history.open(chat.id).result(60).conversation.model == ""
    assert ask(core, chat.id, "And now?").model == answer.model


@pytest.fixture
def real(tmp_path: Path, starter_model: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Core]:
    """With the model that ships, which reads 512 tokens at once and may sum up here."""
    assert starter_model.is_file()
    monkeypatch.setattr("assistant.services.summing_up.LEAST_PARAMETERS", 1)
    made = Core(CoreOptions(profile_paths(tmp_path / "profile"), keyring=False))
    made.preferences.change("models", "context_length", 512).result(60)
    made.vault.open(PASSPHRASE).result(60)
    yield made
    made.close()


def test_it_is_read_ahead_and_not_read_again(real: Core) -> None:
    real.models.ensure().result(60)
    chat = noted(real).conversation_id
    ahead = real.chat.read_ahead(chat, "And what").result(60)
    assert ahead > 0
    numbers = ask(real, chat, "And what of the sea?").numbers
    assert numbers is not None
    assert numbers.cached_tokens >= ahead - 2


def test_a_chat_of_the_planner_is_summed_up_and_goes_on(real: Core) -> None:
    chat = real.history.create().result(60).id
    summary = None
    for number in range(40):
        noted(real, chat)
        answer = ask(real, chat, f"Fact {number}: river {number} is deep. Go on.")
        assert answer.model != PLANNER
        summary = real.chat.summaries.of(chat).result(60)
        if summary is not None:
            break
    assert summary is not None
    covered = real.history.path(chat).result(60)
    upto = next(place for place, one in enumerate(covered) if one.id == summary.upto)
    assert any(one.model == PLANNER for one in covered[: upto + 1])
    assert ask(real, chat, "What is next?").content


def test_the_planners_words_are_said_in_other_words_and_kept(core: Core) -> None:
    note = noted(core)
    chat = note.conversation_id
    ask(core, chat, "Thank you")
    core.history.replace_text(chat, note.id, "Done, and taken back: Move").result(60)
    changed = core.history.path(chat).result(60)[1]
    assert (changed.id, changed.model) == (note.id, PLANNER)
    assert changed.content == "Done, and taken back: Move"
    assert core.history.search("sheet").result(60) == []
