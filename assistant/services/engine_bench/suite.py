"""The table of ``bench engine``, row by row."""

import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path

from assistant.domain.errors import UserFacingError
from assistant.domain.health import BenchRow
from assistant.domain.model import LoadOptions
from assistant.engine.llama.high_level import HighLevel
from assistant.engine.llama.raw_loop import RawLoop
from assistant.engine.local import local_engine
from assistant.engine.machine import compute_threads
from assistant.services.engine_bench import caches, speed, together
from assistant.services.engine_bench.asking import PATIENCE_S, Asker
from assistant.store.state_shelf import StateShelf

_CONTEXT_TOKENS = 4096
_SHELF_BYTES = 4 << 30
_SMALL_BYTES = 200_000_000
_GOAL, _GOAL_SMALL = 0.97, 0.95


def measure(
    model: Path, *, quick: bool = False, on_progress: Callable[[str], None]
) -> list[BenchRow]:
    """Measures the engine on a GGUF model; every row beside a reference of the same run.

    Args:
        model: The model file.
        quick: Fewer tokens and repetitions; the rows that take longest are left out.
        on_progress: Receives what is being measured, in words.

    Raises:
        UserFacingError: The model cannot be loaded or fails.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        shelf = StateShelf(folder / "shelf", lambda: _SHELF_BYTES)
        secret = secrets.token_bytes(32)
        shelf.unlock(secret)
        engine = local_engine(shelf=shelf)
        try:
            suite = _Suite(Asker(engine), model, quick=quick, on_progress=on_progress)
            return suite.rows(folder, caches.Store(model, suite.options, shelf, secret))
        finally:
            engine.close(30.0)
            shelf.lock()


class _Suite:
    def __init__(
        self, asker: Asker, model: Path, *, quick: bool, on_progress: Callable[[str], None]
    ) -> None:
        self._asker = asker
        self._model = model
        self._quick = quick
        self._say = on_progress
        self.options = LoadOptions(context_length=_CONTEXT_TOKENS)

    def rows(self, folder: Path, store: caches.Store) -> list[BenchRow]:
        """All rows."""
        asker, quick = self._asker, self._quick
        asker.engine.load(self._model, self.options).result(PATIENCE_S)
        with RawLoop(self._model, _CONTEXT_TOKENS) as raw:
            rows = self._beside_raw(raw, folder)
        rows += self._beside_the_class()
        self._say("What is not computed twice")
        repeats = 2 if quick else 5
        rows.append(caches.tenth_turn(asker, repeats=3 if quick else 5))
        rows.append(caches.coming_back(asker, repeats=repeats))
        rows.append(caches.coming_back_from_disk(asker, store, repeats=repeats))
        rows.append(caches.typing(asker, repeats=repeats))
        self._say("Stopping, and switching models")
        rows.append(caches.stopping(asker, repeats=10 if quick else 100))
        rows += caches.switch(asker, self._model, self.options, repeats=repeats)
        return rows

    def _beside_raw(self, raw: RawLoop, folder: Path) -> list[BenchRow]:
        asker, quick = self._asker, self._quick
        small = self._model.stat().st_size < _SMALL_BYTES
        goal = _GOAL_SMALL if small else _GOAL
        repeats = 3 if quick else 7
        tokens = 64 if quick else 256
        self._say("Writing and reading, beside bare libllama")
        rows = [
            speed.decode(asker, raw, tokens=tokens, repeats=repeats, goal=goal),
            speed.prefill(asker, raw, repeats=repeats),
        ]
        if not quick:
            rows.append(speed.late_tokens(asker, raw, repeats=3))
        self._say("JSON, adapters and batches")
        rows.append(together.structured(asker, tokens=tokens, repeats=repeats))
        rows += together.adapters(asker, raw, self._model, folder, repeats=repeats)
        if not quick:
            rows.append(together.shared_batch(asker, raw, count=16, repeats=2))
            rows += together.different_batch(asker, raw, count=8, repeats=3)
        return rows

    def _beside_the_class(self) -> list[BenchRow]:
        self._say("A streamed chat, beside the class Llama")
        rows: list[BenchRow] = []
        tokens, repeats = (128, 1) if self._quick else (512, 3)
        for threads in (0, compute_threads()):
            high = HighLevel(self._model, _CONTEXT_TOKENS, threads)
            try:
                row = speed.streamed_chat(
                    self._asker, high, tokens=tokens, repeats=repeats, equal=threads > 0
                )
            except UserFacingError as error:
                row = BenchRow("streamed chat / Llama", 0.0, "", note=error.message)
            finally:
                high.close()
            rows.append(row)
        return rows
