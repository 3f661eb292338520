"""The side of the program: does with the learner's objects what the tests ask for.

Nothing here is trusted: a program can change all of it, and can only make itself fail.
"""

import contextlib
import io
import sys
from typing import Any

from assistant.sandbox.guest.peer import PROGRAM, Peer, Talk
from assistant.sandbox.guest.running import Say, Screen, begin, execute, failure, new_module
from assistant.sandbox.guest.values import Broken


class _Program(Peer):
    """The learner's end of the conversation."""

    def find_function(self, module: str, name: str) -> Any:
        """A function of the library that the tests hand over by name."""
        found: Any = sys.modules[module]
        for part in name.split("."):
            found = getattr(found, part)
        return found


class _Keyboard(io.TextIOBase):
    """What is typed, which is the tests' to say."""

    def __init__(self, peer: Peer) -> None:
        super().__init__()
        self._peer = peer

    def readable(self) -> bool:
        """It is."""
        return True

    def readline(self, size: int | None = -1, /) -> str:
        """One line."""
        del size
        return self._peer.ask("input")

    def read(self, size: int | None = -1, /) -> str:
        """All lines."""
        del size
        return "".join(iter(self.readline, ""))


class _Heard(Screen):
    """A screen of which the tests see everything."""

    def __init__(self, say: Say, limit: int, lines: int, peer: Peer) -> None:
        super().__init__(say, limit, lines)
        self._peer = peer

    def keep(self, text: str) -> None:
        """Notes what is shown."""
        self._peer.said.append(text)


def run_learner(order: dict[str, Any], say: Say, talk: Talk) -> dict[str, Any]:
    """Runs the program as a module, and then does what the tests ask for.

    Args:
        order: ``source``, ``module``, ``output_chars``, ``output_lines``.
        say: Receives what it prints.
        talk: Hands a message to the tests.

    Returns:
        ``error``: why the module could not be run, or None once the tests are through.
    """
    begin("")
    name = order["module"]
    file = f"{name}{PROGRAM}"
    module = new_module(name, file, order["source"])
    sys.modules[name] = module
    originals: dict[tuple[str, str], Any] = {}
    peer = _Program(talk, 1, lambda what, words: _serve(module, originals, what, words))
    screen = _Heard(say, order["output_chars"], order["output_lines"], peer)
    stream = io.TextIOWrapper(
        io.BufferedWriter(screen), encoding="utf-8", errors="backslashreplace", line_buffering=True
    )
    sys.stdout = sys.stderr = stream
    error = execute(order["source"], file, module)
    if error is not None:
        screen.pass_on()
        return {"error": failure(error, file), "memory": isinstance(error, MemoryError)}
    sys.stdin = _Keyboard(peer)

    def flush() -> None:
        with contextlib.suppress(ValueError):  # the program closed it
            stream.flush()
        screen.pass_on()

    peer.flush = flush
    with contextlib.suppress(Broken):  # the tests are through
        peer.attend()
    return {"error": None}


def _serve(module: Any, originals: dict[tuple[str, str], Any], what: str, words: list[Any]) -> Any:
    if what == "module":
        return module
    if what == "names":
        names: list[str] = [*module.__dict__]
        return list(getattr(module, "__all__", [n for n in names if not n.startswith("_")]))
    if what == "patch":
        place, name, value = words
        originals.setdefault((place, name), getattr(sys.modules[place], name))
        setattr(sys.modules[place], name, value)
    elif what == "mend":
        place, name = words
        if (place, name) in originals:
            setattr(sys.modules[place], name, originals[place, name])
    elif what == "seed":
        sys.modules["random"].seed(words[0])
    return None
