"""The side of the program: does with the learner's objects what the tests ask for.

Nothing here is trusted: a program can change all of it, and can only make itself fail.
"""

import contextlib
import functools
import io
import os
import sys
import types
import warnings
from typing import Any

from assistant.sandbox.guest.filing import Filing
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
        self.as_error = False
        """Whether it is standard error that comes."""

    def keep(self, text: str) -> None:
        """Notes what is shown."""
        self._peer.said.append((text, self.as_error))


class _Errors(io.RawIOBase):
    """Standard error, which goes to the same screen."""

    def __init__(self, screen: _Heard) -> None:
        super().__init__()
        self._screen = screen

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: Any) -> int:
        """Takes bytes of UTF-8."""
        self._screen.as_error = True
        try:
            return self._screen.write(data)
        finally:
            self._screen.as_error = False


def _stream(raw: io.RawIOBase) -> io.TextIOWrapper:
    return io.TextIOWrapper(
        io.BufferedWriter(raw), encoding="utf-8", errors="backslashreplace", line_buffering=True
    )


def run_learner(order: dict[str, Any], say: Say, talk: Talk) -> dict[str, Any]:
    """Runs the program as a module when the tests import it, and then does what they ask for.

    Args:
        order: ``source``, ``module``, ``output_chars``, ``output_lines``.
        say: Receives what it prints.
        talk: Hands a message to the tests.

    Returns:
        ``error``: why the module could not be run, or None once the tests are through.
    """
    begin("")
    served = _Served(order["module"], order["source"])
    peer = _Program(talk, 1, served.serve)
    screen = _Heard(say, order["output_chars"], order["output_lines"], peer)
    streams = sys.stdout, sys.stderr = _stream(screen), _stream(_Errors(screen))
    sys.stdin = _Keyboard(peer)
    Filing(functools.partial(peer.ask, "file")).install()
    _pass_on_warnings(peer)

    def flush() -> None:
        for stream in streams:
            with contextlib.suppress(ValueError):  # the program closed it
                stream.flush()
        screen.pass_on()

    peer.flush = flush
    with contextlib.suppress(Broken):  # the tests are through, or there is nothing to test
        peer.attend()
    flush()
    error = served.error
    return {
        "error": error and failure(error, served.file),
        "memory": isinstance(error, MemoryError),
    }


def _pass_on_warnings(peer: Peer) -> None:
    """Has the tests hear each warning, which is theirs to look for."""

    def show(message: Any, *_: Any, **__: Any) -> None:
        peer.ask("warn", message)

    warnings.simplefilter("always")
    warnings.showwarning = show


class _Served:
    """What the tests may ask for beside objects.

    Args:
        name: Of the module that the program is run as.
        source: The program.
    """

    def __init__(self, name: str, source: str) -> None:
        self._name = name
        self._source = source
        self._module: types.ModuleType | None = None
        self._originals: dict[tuple[str, str], Any] = {}
        self.file = f"{name}{PROGRAM}"
        self.error: BaseException | None = None
        """What ended the program when it was first imported."""

    def serve(self, what: str, words: list[Any]) -> Any:
        """Does what is asked."""
        if what == "module":
            return self._run_anew()
        if what == "names":
            names: list[str] = [*vars(self._module)]
            return list(getattr(self._module, "__all__", [n for n in names if n[:1] != "_"]))
        if what == "patch":
            place, name, value = words
            self._originals.setdefault((place, name), getattr(sys.modules[place], name))
            setattr(sys.modules[place], name, value)
        elif what == "mend":
            place, name = words
            if (place, name) in self._originals:
                setattr(sys.modules[place], name, self._originals[place, name])
        elif what == "environment":
            name, value = words
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        elif what == "seed":
            sys.modules["random"].seed(words[0])
        return None

    def _run_anew(self) -> types.ModuleType:
        """Runs the program from its first line, as an import does.

        Raises:
            Broken: It cannot be run at all, so that there is nothing to test.
        """
        first = self._module is None
        self._module = sys.modules[self._name] = new_module(self._name, self.file, self._source)
        error = execute(self._source, self.file, self._module, may_leave=False)
        if error is not None and first:
            self.error = error
            raise Broken
        if error is not None:
            raise error
        return self._module
