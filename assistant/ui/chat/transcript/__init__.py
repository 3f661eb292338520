"""The messages of a chat: a virtual list that stays fast at ten thousand of them."""
