"""Whatever is done to a chat, its tree stays a tree and what is shown stays a path in it."""

from datetime import UTC, datetime

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from assistant.domain.clock import FixedClock
from assistant.domain.conversation import Conversation, MessageStatus, Role
from assistant.domain.ids import MessageId
from assistant.store.history import HistoryRepository
from assistant.store.search import SearchRepository
from assistant.store.temporary import temporary_engine

TEXT = st.text(max_size=12)
PICK = st.integers(0, 1000)


class ChatMachine(RuleBasedStateMachine):
    """A chat, beside a plain dict of what was put into it."""

    def __init__(self) -> None:
        super().__init__()
        self.engine = temporary_engine()
        self.history = HistoryRepository(self.engine, FixedClock(datetime(2024, 5, 1, tzinfo=UTC)))
        self.parents: dict[MessageId, MessageId | None] = {}
        self.texts: dict[MessageId, str] = {}
        self.deleted: list[MessageId] = []

    def teardown(self) -> None:
        self.engine.dispose()

    @initialize()
    def make_chat(self) -> None:
        self.chat: Conversation = self.history.create_conversation()

    def alive(self) -> list[MessageId]:
        return [message_id for message_id in self.parents if message_id not in self.deleted]

    def above(self, message_id: MessageId) -> MessageId | None:
        """The nearest message above that is not deleted, by the plain definition."""
        parent = self.parents[message_id]
        while parent is not None and parent in self.deleted:
            parent = self.parents[parent]
        return parent

    def add(self, parent: MessageId | None, text: str) -> None:
        added = self.history.add_message(
            self.chat.id, parent, Role.USER, text, MessageStatus.COMPLETE
        )
        self.parents[added.id] = parent
        self.texts[added.id] = added.content
        assert self.history.get(self.chat.id).active_leaf == added.id

    @rule(text=TEXT)
    def send(self, text: str) -> None:
        self.add(self.history.get(self.chat.id).active_leaf, text)

    @precondition(lambda self: self.alive())
    @rule(pick=PICK, text=TEXT)
    def edit_or_regenerate(self, pick: int, text: str) -> None:
        old = self.alive()[pick % len(self.alive())]
        self.add(self.parents[old], text)

    @precondition(lambda self: self.alive())
    @rule(pick=PICK, text=TEXT)
    def replace_text(self, pick: int, text: str) -> None:
        which = self.alive()[pick % len(self.alive())]
        self.texts[which] = self.history.replace_text(which, text).content

    @precondition(lambda self: self.alive())
    @rule(pick=PICK)
    def select(self, pick: int) -> None:
        which = self.alive()[pick % len(self.alive())]
        leaf = self.history.select_version(self.chat.id, which).active_leaf
        assert which in self.shown()
        below = [m for m in self.alive() if which in self.chain(m)]
        assert leaf == max(below)

    @precondition(lambda self: self.alive())
    @rule(pick=PICK)
    def delete(self, pick: int) -> None:
        which = self.alive()[pick % len(self.alive())]
        self.deleted.append(which)
        self.history.delete_message(which)
        assert which not in self.shown()

    @precondition(lambda self: self.deleted)
    @rule(pick=PICK)
    def restore(self, pick: int) -> None:
        which = self.deleted.pop(pick % len(self.deleted))
        self.history.restore_message(which)
        assert which in self.shown()

    @precondition(lambda self: self.deleted)
    @rule()
    def forget_deleted(self) -> None:
        gone = set(self.deleted)
        parents = {m: self.above(m) for m in self.alive()}
        self.history.forget_expired(0)
        self.parents, self.deleted = parents, []
        self.texts = {m: text for m, text in self.texts.items() if m not in gone}

    @precondition(lambda self: self.alive())
    @rule(pick=PICK)
    def branch(self, pick: int) -> None:
        upto = self.alive()[pick % len(self.alive())]
        made = self.history.branch(self.chat.id, upto)
        copied = [message.content for message in self.history.path(made.id)]
        assert copied == [self.texts[m] for m in self.chain(upto)]

    @rule()
    def round_trip(self) -> None:
        exported = self.history.export_conversation(self.chat.id)
        assert self.history.import_conversation(exported) is None
        engine = temporary_engine()
        elsewhere = HistoryRepository(engine, FixedClock(datetime(1999, 1, 1, tzinfo=UTC)))
        added = elsewhere.import_conversation(exported)
        assert added is not None
        assert elsewhere.export_conversation(added) == exported
        assert len(exported.messages) == len(self.alive())
        engine.dispose()

    def chain(self, message_id: MessageId) -> list[MessageId]:
        chain = [message_id]
        while (parent := self.above(chain[-1])) is not None:
            chain.append(parent)
        return chain[::-1]

    def shown(self) -> list[MessageId]:
        return [message.id for message in self.history.outline(self.chat.id)]

    @invariant()
    def what_is_shown_is_a_path_to_a_leaf(self) -> None:
        leaf = self.history.get(self.chat.id).active_leaf
        alive = self.alive()
        assert (leaf is None) == (not alive)
        if leaf is not None:
            assert leaf not in {self.above(m) for m in alive}
            assert self.shown() == self.chain(leaf)
        path = self.history.path(self.chat.id)
        assert [message.id for message in path] == self.shown()
        assert [message.content for message in path] == [self.texts[m] for m in self.shown()]

    @invariant()
    def versions_are_all_siblings(self) -> None:
        for outline in self.history.outline(self.chat.id):
            above = self.above(outline.id)
            siblings = tuple(m for m in sorted(self.alive()) if self.above(m) == above)
            assert outline.versions == siblings
            assert outline.characters == len(self.texts[outline.id])

    @invariant()
    def the_index_holds_what_is_there(self) -> None:
        with self.engine.begin() as connection:
            connection.exec_driver_sql(
                "INSERT INTO message_search (message_search, rank) VALUES ('integrity-check', 1)"
            )
        assert SearchRepository(self.engine).search("") == []


TestChat = ChatMachine.TestCase
TestChat.settings = settings(
    max_examples=max(10, settings().max_examples // 5), stateful_step_count=20, deadline=None
)
