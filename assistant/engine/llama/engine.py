"""The engine that runs GGUF models with libllama in this process."""

from typing import TYPE_CHECKING

from assistant.engine.machine import memory_now
from assistant.engine.residents import Residency
from assistant.engine.thread import EngineThread

if TYPE_CHECKING:
    from assistant.engine.backend import Backend
    from assistant.engine.llama.kept import StateShelf

_KEPT_BYTES = 256 << 20
"""For conversations that are not being written, where the system does not say what it has."""
_KEPT_SHARE, _RESIDENT_SHARE = 0.05, 0.6


def llama_engine(
    *,
    shelf: "StateShelf | None" = None,
    kept_bytes: int | None = None,
    residency: Residency | None = None,
) -> EngineThread:
    """An ``Engine`` over libllama; whoever makes it closes it.

    Nothing of the inference libraries is imported before the first request.

    Args:
        shelf: Keeps what was computed for conversations beyond the memory.
        kept_bytes: Memory for that, per model; None takes a twentieth of the machine's.
        residency: How many models may stay loaded; None lets them take up to 60 % of the memory.
    """
    memory = memory_now()
    if kept_bytes is None:
        kept_bytes = int(memory.total_bytes * _KEPT_SHARE) if memory else _KEPT_BYTES
    if residency is None:
        residency = Residency(int(memory.total_bytes * _RESIDENT_SHARE) if memory else 0)

    def backend() -> "Backend":
        from assistant.engine.llama.backend import LlamaBackend

        return LlamaBackend(kept_bytes, shelf)

    return EngineThread(backend, name="engine", residency=residency)
