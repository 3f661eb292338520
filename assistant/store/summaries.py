"""The summaries of the oldest parts of chats."""

from sqlalchemy import Engine
from sqlmodel import Session

from assistant.domain.conversation import Summary
from assistant.domain.ids import ConversationId, MessageId
from assistant.store import tables
from assistant.store.rows import storable


class SummaryRepository:
    """At most one a chat.

    Args:
        engine: Of the vault, or of the temporary chats.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, conversation_id: ConversationId) -> Summary | None:
        """The summary of a chat."""
        with Session(self._engine) as session:
            row = session.get(tables.Summary, conversation_id)
            if row is None:
                return None
            upto = MessageId(row.upto)
            return Summary(conversation_id, upto, row.content, in_use=row.in_use)

    def keep(self, summary: Summary) -> None:
        """Keeps a summary in place of an older one of the same chat."""
        with Session(self._engine) as session:
            session.merge(
                tables.Summary(
                    conversation_id=summary.conversation_id,
                    upto=summary.upto,
                    content=storable(summary.content),
                    in_use=summary.in_use,
                )
            )
            session.commit()
