"""LoRA adapters of one model: loaded once, put on and taken off between computations."""

import ctypes
from pathlib import Path
from typing import Any

from assistant.domain.errors import AssistantError, UserFacingError
from assistant.domain.generation import Adapter
from assistant.engine.bounds import clamped_scale
from assistant.engine.gguf_preflight import preflight_adapter
from assistant.engine.llama.library import Library


class Adapters:
    """The adapters of one model.

    Args:
        library: libllama.
        model: The model; must outlive this.
        architecture: Of the model.
    """

    def __init__(self, library: Library, model: int, architecture: str) -> None:
        self._functions: Any = library.functions
        self._model = model
        self._architecture = architecture
        self._loaded: dict[tuple[Path, int, int], Any] = {}
        self._worn: tuple[Any, float] | None = None

    def variant(self, adapter: Adapter | None) -> str:
        """Names what the keys and values computed under an adapter depend on.

        Raises:
            UserFacingError: It cannot be used with this model.
        """
        if adapter is None:
            return ""
        path, size, changed = key = _identity(adapter.path)
        if key not in self._loaded:
            self._loaded[key] = self._load(path)
        return f"{path}:{size}:{changed}:{clamped_scale(adapter):g}"

    def wear(self, context: int | None, adapter: Adapter | None) -> None:
        """Has a context compute with this adapter, or with none, from now on.

        Raises:
            UserFacingError: It cannot be used with this model.
        """
        wanted = None
        if adapter is not None:
            self.variant(adapter)
            wanted = (self._loaded[_identity(adapter.path)], clamped_scale(adapter))
        if wanted == self._worn:
            return
        if wanted is None:
            result = self._functions.llama_set_adapters_lora(context, None, 0, None)
        else:
            pointers = (self._functions.llama_adapter_lora_p_ctypes * 1)(wanted[0])
            scales = (ctypes.c_float * 1)(wanted[1])
            result = self._functions.llama_set_adapters_lora(context, pointers, 1, scales)
        if result != 0:
            raise AssistantError("libllama did not take an adapter")
        self._worn = wanted

    def _load(self, path: Path) -> Any:  # noqa: ANN401 - a native pointer
        preflight_adapter(path, self._architecture)
        pointer = self._functions.llama_adapter_lora_init(self._model, str(path).encode())
        # A pointer object that holds NULL is not None; only its truth tells.
        if not bool(pointer):
            raise UserFacingError(
                "This adapter does not fit the model.",
                "Use it with the model that it was trained on, or train it again.",
                code="adapter_unusable",
            )
        return pointer


def _identity(path: Path) -> tuple[Path, int, int]:
    try:
        facts = path.stat()
    except OSError as error:
        raise UserFacingError(
            "The adapter's file is not where it was.",
            "Put it back, or go on without it.",
            code="adapter_missing",
        ) from error
    return path, facts.st_size, facts.st_mtime_ns
