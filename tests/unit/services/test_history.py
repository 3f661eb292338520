"""What a front end may do with chats, and who is told of it."""

from dataclasses import dataclass, field

import pytest

from assistant.domain.conversation import Conversation, Feedback, Message, Role
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ConversationId, PersonaId
from assistant.services.answers import Finished
from assistant.services.core import Core
from assistant.services.history import Changes


@dataclass
class Reader:
    """Somebody with one chat, who hears of changes."""

    core: Core
    chat: Conversation
    heard: list[Changes] = field(default_factory=list[Changes])

    def ask(self, text: str) -> Message:
        last = list(self.core.chat.send(self.chat.id, text))[-1]
        assert isinstance(last, Finished)
        self.core.workers.on_store(lambda: None).result(60)
        self.heard.clear()
        return last.message

    def shown(self) -> list[str]:
        return [message.content for message in self.core.history.path(self.chat.id).result(60)]

    def take_heard(self) -> Changes:
        [changes], self.heard[:] = tuple(self.heard), []
        return changes


@pytest.fixture
def reader(core: Core) -> Reader:
    made = Reader(core, core.history.create().result(60))
    core.history.on_changes(made.heard.append)
    return made


def test_each_change_of_a_chat_is_told_and_given_back(reader: Reader) -> None:
    history, chat = reader.core.history, reader.chat.id
    reader.ask("Where is the lighthouse?")
    both = Changes(frozenset({chat}), listing=True)
    assert history.rename(chat, "  By the \n sea ").result(60).title == "By the sea"
    assert reader.take_heard() == both
    assert history.set_pinned(chat, pinned=True).result(60).pinned
    assert reader.take_heard() == both
    assert history.set_archived(chat, archived=True).result(60).archived
    assert reader.take_heard() == both
    assert history.set_model(chat, "some-model").result(60).model == "some-model"
    assert reader.take_heard() == both
    told = history.set_persona(chat, PersonaId(1), "Be brief.").result(60)
    assert (told.persona_id, told.system_prompt) == (PersonaId(1), "Be brief.")
    assert reader.take_heard() == both
    assert [each.id for each in history.conversations(archived=True).result(60)] == [chat]
    assert history.conversations().result(60) == []


def test_a_draft_is_kept_without_a_word_to_anybody(reader: Reader) -> None:
    reader.core.history.set_draft(reader.chat.id, "half a thought").result(60)
    assert reader.heard == []
    opened = reader.core.history.open(reader.chat.id).result(60)
    assert opened.conversation.draft == "half a thought"


def test_a_title_needs_a_character(reader: Reader) -> None:
    with pytest.raises(UserFacingError) as caught:
        reader.core.history.rename(reader.chat.id, " \n ").result(60)
    assert caught.value.code == "title_empty"
    assert reader.heard == []


def test_a_deleted_chat_comes_back(reader: Reader) -> None:
    history, chat = reader.core.history, reader.chat.id
    reader.ask("Hi")
    assert history.trash(chat).result(60).deleted_at is not None
    assert history.conversations().result(60) == []
    assert [each.id for each in history.trashed().result(60)] == [chat]
    assert history.restore(chat).result(60).deleted_at is None
    assert history.trashed().result(60) == []


def test_messages_are_changed_in_place_and_taken_out_and_back(reader: Reader) -> None:
    history, chat = reader.core.history, reader.chat.id
    answer = reader.ask("What is this?")
    history.replace_text(chat, answer.id, "It is a lantern.").result(60)
    assert reader.take_heard() == Changes(frozenset({chat}), listing=False)
    history.set_feedback(answer.id, Feedback.UP).result(60)
    history.set_message_pinned(chat, answer.id, pinned=True).result(60)
    [kept] = history.messages([answer.id]).result(60)
    assert (kept.content, kept.feedback, kept.pinned) == ("It is a lantern.", Feedback.UP, True)
    history.delete_message(chat, answer.id).result(60)
    assert reader.shown() == ["What is this?"]
    history.restore_message(chat, answer.id).result(60)
    assert reader.shown() == ["What is this?", "It is a lantern."]
    assert history.messages([]).result(60) == []


def test_an_earlier_version_is_shown_again(reader: Reader) -> None:
    history, chat = reader.core.history, reader.chat.id
    first = reader.ask("One")
    history.replace_text(chat, first.id, "First").result(60)
    [*_, last] = reader.core.chat.regenerate(chat, first.id)
    assert isinstance(last, Finished)
    assert reader.shown() == ["One", "It is a lamp."]
    history.select_version(chat, first.id).result(60)
    assert reader.shown() == ["One", "First"]
    opened = history.open(chat).result(60)
    assert opened.outline[-1].versions == (first.id, last.message.id)


def test_words_are_found_in_one_chat_and_in_all(reader: Reader) -> None:
    history, chat = reader.core.history, reader.chat.id
    answer = reader.ask("A lamp, a lamp?")
    found = history.find_in(chat, lambda text: text.lower().count("lamp")).result(60)
    question = history.path(chat).result(60)[0]
    assert found == [(question.id, 2), (answer.id, 1)]
    assert history.find_in(chat, lambda text: text.count("whale")).result(60) == []
    hits = history.search("lamp").result(60)
    assert {hit.role for hit in hits} == {Role.USER, Role.ASSISTANT, Role.SYSTEM}
    assert history.search("lamp", limit=1, offset=1).result(60) == hits[1:2]


def test_a_branch_is_a_chat_of_its_own(reader: Reader) -> None:
    history = reader.core.history
    answer = reader.ask("One")
    reader.ask("Two")
    branch = history.branch(reader.chat.id, answer.id).result(60)
    assert reader.take_heard() == Changes(frozenset({branch.id}), listing=True)
    assert [m.content for m in history.path(branch.id).result(60)] == ["One", "It is a lamp."]
    assert len(reader.shown()) == 4


def test_a_temporary_chat_is_told_of_but_not_listed(reader: Reader) -> None:
    history = reader.core.history
    made = history.create(temporary=True, system_prompt="Be brief.").result(60)
    assert reader.take_heard() == Changes(frozenset({made.id}), listing=False)
    assert history.rename(made.id, "Passing").result(60).title == "Passing"
    assert history.conversations().result(60) == []
    reader.core.close_temporary()
    with pytest.raises(UserFacingError) as caught:
        history.open(made.id).result(60)
    assert caught.value.code == "chat_unknown"


def test_an_unknown_chat_is_told_to_nobody(reader: Reader) -> None:
    nowhere = ConversationId(99)
    for call in (
        lambda: reader.core.history.set_pinned(nowhere, pinned=True),
        lambda: reader.core.history.trash(nowhere),
        lambda: reader.core.history.open(nowhere),
    ):
        with pytest.raises(UserFacingError) as caught:
            call().result(60)
        assert caught.value.code == "chat_unknown"
    assert reader.heard == []
