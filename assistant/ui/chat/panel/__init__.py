"""The panel at the right of a chat: persona, sampling and context."""
