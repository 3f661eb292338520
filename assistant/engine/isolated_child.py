"""The other end of an ``IsolatedEngine``: an engine in a process of its own, and its words."""

import os
import signal
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from assistant.domain.cancel import CancelToken
from assistant.domain.generation import GenerationDone, GenerationEvent, GenerationFailed
from assistant.domain.model import LoadedModel
from assistant.engine.base import Engine
from assistant.engine.isolated_shelf import PipedShelf
from assistant.engine.isolated_words import (
    PROGRESS,
    RESULT,
    Cancel,
    Close,
    Command,
    Count,
    Forget,
    Generate,
    Load,
    Unload,
    Word,
    error_word,
    event_word,
    model_value,
    written,
)
from assistant.engine.trial import silence

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_END_S = 60.0
"""How long its models may take to be freed; the parent waits less and then ends the process."""


def run_child(
    pipe: "Connection[bytes, Command]",
    make_engine: Callable[..., Engine],
    prepare: Callable[[], object] | None,
    to_shelf: "Connection[bytes, bytes] | None" = None,
) -> None:
    """What the process does from its start to its end.

    It ends at once when the parent is no more: then the other end of the pipe is closed.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of the terminal; the parent sees to it
    silence()
    if prepare is not None:
        prepare()
    engine = make_engine() if to_shelf is None else make_engine(shelf=PipedShelf(to_shelf))
    if not serve(pipe, engine):
        os._exit(1)


def serve(pipe: "Connection[bytes, Command]", engine: Engine) -> bool:
    """Does what the parent asks for until it says that it is enough, and closes the engine.

    Returns:
        False, with the engine still at work, when the parent was gone instead.
    """
    speaker = _Speaker(pipe)
    host = _Host(engine, speaker.say)
    while True:
        try:
            command = pipe.recv()
        except (EOFError, OSError):
            return False
        if isinstance(command, Close):
            break
        host.do(command)
    engine.close(_END_S)
    speaker.close()
    return True


class _Speaker:
    """Sends words from a thread of its own: all that have gathered since the last time at once."""

    def __init__(self, pipe: "Connection[bytes, Command]") -> None:
        self._pipe = pipe
        self._words: deque[Word] = deque()
        self._changed = threading.Condition()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="speaker", daemon=True)
        self._thread.start()

    def say(self, word: Word) -> None:
        """Takes a word; returns at once."""
        with self._changed:
            self._words.append(word)
            self._changed.notify()

    def close(self) -> None:
        """Says what is left."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join()

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._words:
                    if self._closing:
                        return
                    self._changed.wait()
                words = list(self._words)
                self._words.clear()
            try:
                self._pipe.send_bytes(written(words))
            except OSError:
                return  # the parent is gone, which the reading thread finds too


class _Host:
    """Makes the calls of the parent on the engine.

    Args:
        engine: Where they are made.
        say: Takes the words of what comes of them.
    """

    def __init__(self, engine: Engine, say: Callable[[Word], None]) -> None:
        self._engine = engine
        self._say = say
        self._lock = threading.Lock()
        self._cancels: dict[int, CancelToken] = {}
        self._models: list[LoadedModel] = []
        """Every model that was loaded; its place is its number."""

    def do(self, command: Command) -> None:
        """Makes one call."""
        match command:
            case Cancel(number):
                with self._lock:
                    cancel = self._cancels.get(number)
                if cancel is not None:
                    cancel.cancel()
            case Load():
                self._load(command)
            case Generate():
                self._generate(command)
            case Count(number, turns, model):
                self._call(number, lambda: self._engine.count_tokens(turns, self._model(model)))
            case Forget(number, key):
                self._call(number, lambda: self._engine.forget(key))
            case Unload(number, model):
                self._call(number, lambda: self._engine.unload(self._model(model)))
            case Close():
                pass  # ends the loop that brings the commands

    def _model(self, number: int | None) -> LoadedModel | None:
        return None if number is None else self._models[number]

    def _load(self, command: Load) -> None:
        number = command.number
        cancel = self._begin(number)
        loading = self._engine.load(
            command.path,
            command.options,
            on_progress=lambda part: self._say([PROGRESS, number, part]),
            cancel=cancel,
        )

        def loaded(done: Future[LoadedModel]) -> None:
            self._forget(number)
            error = done.exception()
            if error is not None:
                self._say(error_word(number, error))
            else:
                self._say([RESULT, number, model_value(self._number(done.result()), done.result())])

        loading.add_done_callback(loaded)

    def _number(self, model: LoadedModel) -> int:
        for at, known in enumerate(self._models):
            if known is model:
                return at
        self._models.append(model)
        return len(self._models) - 1

    def _generate(self, command: Generate) -> None:
        number = command.number

        def sink(event: GenerationEvent) -> None:
            if isinstance(event, GenerationDone | GenerationFailed):
                self._forget(number)
            self._say(event_word(number, event))

        cancel = self._begin(number)
        self._engine.generate(command.request, sink, cancel, self._model(command.model))

    def _call(self, number: int, begin: Callable[[], Future[Any]]) -> None:
        def ended(done: Future[Any]) -> None:
            error = done.exception()
            if error is not None:
                self._say(error_word(number, error))
            else:
                self._say([RESULT, number, done.result()])

        begin().add_done_callback(ended)

    def _begin(self, number: int) -> CancelToken:
        with self._lock:
            return self._cancels.setdefault(number, CancelToken())

    def _forget(self, number: int) -> None:
        with self._lock:
            self._cancels.pop(number, None)
