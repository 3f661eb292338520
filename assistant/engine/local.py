"""The engine that runs the models on this machine's disk, each with the library for its format."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.domain.cancel import CancelToken
from assistant.domain.generation import Turn
from assistant.domain.model import LoadedModel, LoadOptions
from assistant.engine.backend import Backend, Order, Work
from assistant.engine.memory_shares import kept_share, resident_share
from assistant.engine.mlx.library import leave_thread
from assistant.engine.residents import NO_MODEL
from assistant.engine.thread import EngineThread

if TYPE_CHECKING:
    from assistant.engine.residents import Residency
    from assistant.engine.state_shelf import StateShelf


class LocalBackend:
    """See ``Backend``: MLX for a folder, libllama for a file.

    Args:
        kept_bytes: Memory for what was computed for conversations that are not being written.
        shelf: Takes what no longer fits there.
    """

    def __init__(self, kept_bytes: int = 0, shelf: "StateShelf | None" = None) -> None:
        self._kept_bytes = kept_bytes
        self._shelf = shelf
        self._backend: Backend | None = None
        self.lanes = 1

    def load(
        self,
        path: Path,
        options: LoadOptions,
        *,
        on_progress: Callable[[float], None],
        cancel: CancelToken,
    ) -> LoadedModel:
        """See ``Backend.load``."""
        backend = self._made_for(path)
        loaded = backend.load(path, options, on_progress=on_progress, cancel=cancel)
        self._backend, self.lanes = backend, backend.lanes
        return loaded

    def unload(self) -> None:
        """See ``Backend.unload``."""
        backend, self._backend = self._backend, None
        if backend is not None:
            backend.unload()

    def begin(self, order: Order) -> Work:
        """See ``Backend.begin``."""
        return self._loaded().begin(order)

    def step(self, works: Sequence[Work]) -> None:
        """See ``Backend.step``."""
        self._loaded().step(works)

    def drop(self, work: Work) -> None:
        """See ``Backend.drop``."""
        self._loaded().drop(work)

    def interrupt(self) -> None:
        """See ``Backend.interrupt``."""
        backend = self._backend
        if backend is not None:
            backend.interrupt()

    def forget(self, cache_key: str) -> None:
        """See ``Backend.forget``."""
        if self._backend is not None:
            self._backend.forget(cache_key)

    def count_tokens(self, turns: Sequence[Turn]) -> int:
        """See ``Backend.count_tokens``."""
        return self._loaded().count_tokens(turns)

    def _made_for(self, path: Path) -> Backend:
        if path.is_dir():
            from assistant.engine.mlx.backend import MlxBackend

            return MlxBackend(self._kept_bytes, self._shelf)
        from assistant.engine.llama.backend import LlamaBackend

        return LlamaBackend(self._kept_bytes, self._shelf)

    def _loaded(self) -> Backend:
        if self._backend is None:
            raise NO_MODEL
        return self._backend


def local_engine(
    *,
    shelf: "StateShelf | None" = None,
    kept_bytes: int | None = None,
    residency: "Residency | None" = None,
) -> EngineThread:
    """An ``Engine`` over libllama and MLX; whoever makes it closes it.

    Nothing of the inference libraries is imported before the first request.

    Args:
        shelf: Keeps what was computed for conversations beyond the memory.
        kept_bytes: Memory for that, per model; None takes a twentieth of the machine's.
        residency: How many models may stay loaded; None lets them take up to 60 % of the memory.
    """
    kept = kept_share() if kept_bytes is None else kept_bytes
    return EngineThread(
        lambda: LocalBackend(kept, shelf),
        name="engine",
        residency=residency or resident_share(),
        at_end=leave_thread,
    )
