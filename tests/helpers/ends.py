"""Signals that ask for an end, heard where the tests themselves were started with them ignored.

A shell without job control has what it puts into the background ignore Ctrl-C, and ``nohup`` has it
ignore the end of the terminal. Whatever a test starts would inherit that.
"""

import signal
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any


@contextmanager
def heard() -> Generator[None]:
    """Inside of it this process, and what it starts, hears Ctrl-C, a polite end and a hang-up."""
    before: dict[int, Any] = {}
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_IGN:
            # A handler that is Python's own is the system's default again in whatever is started.
            hear = signal.default_int_handler if number == signal.SIGINT else _go_on
            before[number] = signal.signal(number, hear)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _go_on(*_: object) -> None:
    """Is told to this process by nobody but a test."""
