"""Notices that the engine says nothing any more while somebody waits for it."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

_S_PER_PROMPT_TOKEN = 0.05
"""What reading takes on a slow machine."""
_MOST_PROMPT_TOKENS = 4096
"""The engine tells how far it is more often than that."""


@dataclass(slots=True, eq=False)
class Vigil:
    """One answer that is waited for."""

    give_up: Callable[[float], None]
    """Told, once, after how many seconds of silence."""
    unread_tokens: int
    """Tokens of its prompt that were not read when it last gave a sign."""


class Silence:
    """Gives up answers when nothing at all comes from the engine.

    Work in the background rests while somebody is answered, so one answer's silence means
    nothing: only that of all. A load keeps the engine's thread; meanwhile nothing is given up.

    Args:
        patience_s: How long the engine may be silent beyond what reading prompts takes.
        clock: Seconds that only ever grow.
    """

    def __init__(
        self, patience_s: float = 60.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._patience_s = patience_s
        self._clock = clock
        self._changed = threading.Condition()
        self._vigils: list[Vigil] = []
        self._loads = 0
        self._heard_at = 0.0
        self._thread: threading.Thread | None = None

    def begin(self, give_up: Callable[[float], None], prompt_tokens: int) -> Vigil:
        """Somebody waits for an answer; ``give_up`` is called on a thread of its own."""
        vigil = Vigil(give_up, prompt_tokens)
        with self._changed:
            if not self._vigils:  # else a stream of new questions would hide the silence
                self._heard_at = self._clock()
            self._vigils.append(vigil)
            if self._thread is None:
                self._thread = threading.Thread(target=self._watch, name="silence")
                self._thread.start()
            self._changed.notify()
        return vigil

    def heard(self, vigil: Vigil | None = None, unread_tokens: int = 0) -> None:
        """The engine gave a sign of life."""
        with self._changed:
            self._heard_at = self._clock()
            if vigil is not None:
                vigil.unread_tokens = unread_tokens

    def end(self, vigil: Vigil) -> None:
        """Nobody waits for this answer any more."""
        with self._changed:
            self._heard_at = self._clock()
            if vigil in self._vigils:
                self._vigils.remove(vigil)
                self._changed.notify()

    def load_begins(self) -> None:
        """A model is being loaded."""
        with self._changed:
            self._loads += 1

    def load_ended(self) -> None:
        """It is loaded, or not."""
        with self._changed:
            self._loads -= 1
            self._heard_at = self._clock()

    def close(self) -> None:
        """Watches no more, and ends the thread."""
        with self._changed:
            self._vigils.clear()
            thread = self._thread
            self._changed.notify()
        if thread is not None and thread is not threading.current_thread():
            thread.join()

    def _allowed_s(self) -> float:
        unread = max((min(v.unread_tokens, _MOST_PROMPT_TOKENS) for v in self._vigils), default=0)
        return self._patience_s + unread * _S_PER_PROMPT_TOKEN

    def _watch(self) -> None:
        while True:
            with self._changed:
                if not self._vigils:
                    self._thread = None
                    return
                allowed = self._allowed_s()
                left = self._heard_at + allowed - self._clock()
                if left > 0 or self._loads:
                    began = self._clock()
                    wait = left if left > 0 else self._patience_s
                    self._changed.wait(wait)
                    # The machine slept, or this thread could not run: the engine could not either.
                    if self._clock() - began > wait + self._patience_s:
                        self._heard_at = self._clock()
                    continue
                given_up, self._vigils = self._vigils, []
            for vigil in given_up:
                vigil.give_up(allowed)
