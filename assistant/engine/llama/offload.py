"""How many layers of a model go to the graphics card where nobody says."""

from collections.abc import Callable
from typing import Any

from assistant.domain.machine import Gpu
from assistant.domain.model import LoadOptions, ModelShape
from assistant.engine.devices import find_gpus
from assistant.engine.llama.settings import ContextSettings
from assistant.engine.memory_fit import need_of, place

_ALL = -1


def layers_for(
    options: LoadOptions,
    shape: ModelShape,
    settings: ContextSettings,
    functions: Any,  # noqa: ANN401 - the ctypes module
    look: Callable[[], tuple[Gpu, ...]] = find_gpus,
) -> int:
    """The layers for the card: as chosen, else as many as its free memory takes.

    libllama itself would try to put all of them there, and fail.

    Returns:
        A number of layers, or -1 for all.
    """
    if options.gpu_layers >= 0:
        return options.gpu_layers
    if not functions.llama_supports_gpu_offload():
        return 0
    gpu = next((one for one in look() if one.usable), None)
    if gpu is None or gpu.unified:
        return _ALL
    need = need_of(shape, settings.length, options.known, settings.kv_type)
    placement = place(shape, need, gpu)
    return _ALL if placement.gpu_layers == placement.all_layers else placement.gpu_layers
