"""The list of chats in the sidebar."""
