"""The engine that runs GGUF models with libllama in this process."""

from typing import TYPE_CHECKING

from assistant.engine.thread import EngineThread

if TYPE_CHECKING:
    from assistant.engine.backend import Backend


def llama_engine() -> EngineThread:
    """An ``Engine`` over libllama; whoever makes it closes it.

    Nothing of the inference libraries is imported before the first request.
    """
    return EngineThread(_backend, name="engine")


def _backend() -> "Backend":
    from assistant.engine.llama.backend import LlamaBackend

    return LlamaBackend()
