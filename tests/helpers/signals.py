"""Listening to Qt's signals in tests, with types."""

from PySide6.QtCore import SignalInstance


def record(signal: SignalInstance) -> list[tuple[object, ...]]:
    """A list that gets the arguments of every emission from now on."""
    heard: list[tuple[object, ...]] = []

    def note(*arguments: object) -> None:
        heard.append(arguments)

    signal.connect(note)
    return heard
