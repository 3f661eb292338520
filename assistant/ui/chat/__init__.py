"""The chat: its messages, its composer and the page that holds them."""
