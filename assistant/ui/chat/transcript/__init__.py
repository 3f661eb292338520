"""The messages of a chat: a virtual list that stays fast at ten thousand of them."""

from assistant.ui.chat.transcript.asks import Asks
from assistant.ui.chat.transcript.source import Background, MessageHits, TranscriptSource
from assistant.ui.chat.transcript.view import TranscriptView

__all__ = ["Asks", "Background", "MessageHits", "TranscriptSource", "TranscriptView"]
