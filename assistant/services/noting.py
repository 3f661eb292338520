"""What the planner said and did in a chat: kept among its messages, as if a model had answered."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from assistant.config.settings import SettingsFile
from assistant.domain.conversation import PLANNER, Conversation, Message, MessageStatus, Role
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ConversationId, MessageId
from assistant.services.history import Changes, HistoryService
from assistant.services.jobs import Job, Workers
from assistant.services.titles import title_from

if TYPE_CHECKING:
    from assistant.store.history import HistoryRepository

_MARKED: Final = re.compile(
    r"[\\`*<$]|(?<!\w)_|_(?!\w)|~(?=~)|&(?=#?\w+;)|^[>#+=-]|(?<=^\d)\.|(?<=^\d\d)\."
)
"""What Markdown would take for more than it is: a title is what somebody typed."""
_BRACKET: Final = re.compile(r"(?<=\])\(|(?<=^\d)\)|(?<=^\d\d)\)")
"""Of links and lists; a backslash before a bracket would begin a formula."""


def planner_words(
    title: str, lines: Sequence[str] = (), warnings: Sequence[str] = (), *, before: str = ""
) -> str:
    """Markdown of what the planner says: a headline, and a list of what belongs to it.

    Args:
        title: One sentence, as it was shown.
        lines: What changed, or the answer.
        warnings: What was lost or broken by it.
        before: What became of it, such as “Done”.
    """
    head = f"{before}: {_plain(title)}" if before else _plain(title)
    told = [f"- {_plain(one)}" for one in lines]
    told += [f"- Mind: {_plain(one)}" for one in warnings]
    return "\n".join((head, "", *told)) if told else head


def _plain(words: str) -> str:
    marked = _MARKED.sub(r"\\\g<0>", " ".join(words.split()))
    return _BRACKET.sub(lambda found: f"&#{ord(found[0])};", marked)


class QuestionKeeper:
    """Puts the user's words at the end of a branch; on the store thread.

    Args:
        settings: Whether chats are named by themselves.
    """

    def __init__(self, settings: SettingsFile) -> None:
        self._settings = settings

    def keep(
        self,
        repository: "HistoryRepository",
        chat: Conversation,
        parent_id: MessageId | None,
        text: str,
    ) -> Message:
        """Stores the words, and names a chat that begins with them."""
        question = repository.add_message(
            chat.id, parent_id, Role.USER, text, MessageStatus.COMPLETE
        )
        automatic = self._settings.current.chat.automatic_titles
        if parent_id is None and chat.title_is_automatic and automatic:
            repository.set_automatic_title(chat.id, title_from(text))
        return question


class Notes:
    """Keeps in a chat what was said to the planner, and what came of it.

    Args:
        workers: The store thread.
        history: Where conversations are.
        questions: Stores the user's words.
    """

    def __init__(
        self, workers: Workers, history: HistoryService, questions: QuestionKeeper
    ) -> None:
        self._workers = workers
        self._history = history
        self._questions = questions

    def keep(self, conversation_id: ConversationId, words: str, said: str) -> Job[Message]:
        """Puts a question and the planner's answer at the end of the shown branch.

        A draft of other words stays.

        Args:
            conversation_id: The chat; a temporary one keeps it in memory.
            words: What the user wrote.
            said: The answer, in Markdown.

        Returns:
            The answer as it is stored.

        Raises (from the job):
            UserFacingError: The chat is gone, or there is nothing to keep (``empty_message``).
        """

        def work() -> Message:
            if not (words.strip() and said.strip()):
                raise UserFacingError("There is nothing to keep.", code="empty_message")
            repository = self._history.repository(conversation_id)
            chat = repository.get(conversation_id)
            question = self._questions.keep(repository, chat, chat.active_leaf, words)
            if chat.draft.strip() == words.strip():
                repository.set_draft(chat.id, "")
            answer = repository.add_message(
                chat.id, question.id, Role.ASSISTANT, said, MessageStatus.COMPLETE, model=PLANNER
            )
            self._history.announce(Changes(frozenset({chat.id}), listing=True))
            return answer

        return self._workers.on_store(work)
