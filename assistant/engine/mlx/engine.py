"""The engine that runs models in MLX's format in this process."""

from typing import TYPE_CHECKING

from assistant.engine.memory_shares import kept_share, resident_share
from assistant.engine.mlx.library import leave_thread
from assistant.engine.thread import EngineThread

if TYPE_CHECKING:
    from assistant.engine.backend import Backend
    from assistant.engine.residents import Residency


def mlx_engine(
    *, kept_bytes: int | None = None, residency: "Residency | None" = None
) -> EngineThread:
    """An ``Engine`` over MLX; whoever makes it closes it.

    Nothing of the inference libraries is imported before the first request.

    Args:
        kept_bytes: Memory for what was computed for conversations that are not being written, per
            model; None takes a twentieth of the machine's.
        residency: How many models may stay loaded; None lets them take up to 60 % of the memory.
    """
    kept = kept_share() if kept_bytes is None else kept_bytes

    def backend() -> "Backend":
        from assistant.engine.mlx.backend import MlxBackend

        return MlxBackend(kept)

    return EngineThread(
        backend, name="engine", residency=residency or resident_share(), at_end=leave_thread
    )
