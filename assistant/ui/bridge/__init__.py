"""The only place where something crosses from a worker's thread to the window's.

A worker never touches a widget and never emits to a lambda: it posts to a ``Mailbox``, whose one
queued signal wakes the window's thread. May import services and domain.
"""
