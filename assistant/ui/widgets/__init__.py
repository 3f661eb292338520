"""The kit: buttons, fields, meters, cards, menus and the like, without any knowledge of chats.

Each takes the theme first and repaints when it changes. May import ui.theme only.
"""
