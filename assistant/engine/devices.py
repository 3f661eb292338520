"""The processors that models can run on, and what their memory holds.

The engine's own library is asked first: only what it was built for is of use. Where it was built
without, or cannot say, the driver's tools tell what is there all the same.
"""

import ctypes
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

from assistant.domain.machine import Gpu, Machine
from assistant.engine.machine import compute_threads, memory_now

_KINDS_OF_GPU = frozenset({1, 2})
"""``GGML_BACKEND_DEVICE_TYPE_GPU`` and ``_IGPU``."""
_INTEGRATED = 2
_MEBIBYTE = 1 << 20
_PATIENCE_S = 4
_AMD_VENDOR = "0x1002"
_WORKING_SET = 0.75
"""Of an Apple machine's memory, what Metal recommends to use where it does not say."""


def machine_now(bytes_per_s: float = 0.0, gpus: tuple[Gpu, ...] | None = None) -> Machine:
    """What there is now.

    Args:
        bytes_per_s: What the processor reads from memory, where it was measured.
        gpus: From an earlier look; looked for where None, which takes up to some seconds.
    """
    found = find_gpus() if gpus is None else gpus
    memory = memory_now()
    return Machine(memory, processor_name(), compute_threads(), found, bytes_per_s)


def find_gpus() -> tuple[Gpu, ...]:
    """The graphics processors of this machine, those that the engine can use first."""
    usable = _of_engine()
    if usable:
        return usable
    there = (*_nvidia(), *amd_cards(Path("/sys/class/drm")), *_apple())
    return tuple(sorted(there, key=lambda gpu: -gpu.total_bytes))


def _of_engine() -> tuple[Gpu, ...]:
    """Those that the inference library was built for, as it reports them."""
    try:
        import llama_cpp.llama_cpp as functions

        if not functions.llama_supports_gpu_offload():
            return ()
        import llama_cpp._ggml as ggml

        return reported(ggml.libggml)
    except (ImportError, OSError, AttributeError, RuntimeError):
        return ()


def reported(library: Any) -> tuple[Gpu, ...]:  # noqa: ANN401 - a ctypes library
    """Asks ggml for its devices; source: ``ggml-backend.h``."""
    device, size = ctypes.c_void_p, ctypes.c_size_t
    library.ggml_backend_dev_count.restype = size
    library.ggml_backend_dev_get.restype = device
    library.ggml_backend_dev_get.argtypes = (size,)
    library.ggml_backend_dev_type.argtypes = (device,)
    library.ggml_backend_dev_description.restype = ctypes.c_char_p
    library.ggml_backend_dev_description.argtypes = (device,)
    library.ggml_backend_dev_memory.restype = None
    library.ggml_backend_dev_memory.argtypes = (device, device, device)
    found: list[Gpu] = []
    for index in range(library.ggml_backend_dev_count()):
        one = library.ggml_backend_dev_get(index)
        kind = library.ggml_backend_dev_type(one)
        if kind not in _KINDS_OF_GPU:
            continue
        free, total = size(), size()
        library.ggml_backend_dev_memory(one, ctypes.byref(free), ctypes.byref(total))
        name = (library.ggml_backend_dev_description(one) or b"").decode("utf-8", "replace")
        unified = kind == _INTEGRATED or sys.platform == "darwin"
        found.append(Gpu(name, total.value, min(free.value, total.value), unified))
    return tuple(sorted(found, key=lambda gpu: -gpu.total_bytes))


def _nvidia() -> tuple[Gpu, ...]:
    said = _output(
        "nvidia-smi", "--query-gpu=name,memory.total,memory.free", "--format=csv,noheader,nounits"
    )
    return read_nvidia(said)


def read_nvidia(said: str) -> tuple[Gpu, ...]:
    """The answer of ``nvidia-smi``: name, total and free MiB in each line."""
    found: list[Gpu] = []
    for line in said.splitlines():
        name, _, rest = line.partition(",")
        figures = [word.strip() for word in rest.split(",")]
        if len(figures) == 2 and all(word.isdigit() for word in figures):  # noqa: PLR2004 - two
            total, free = (int(word) * _MEBIBYTE for word in figures)
            found.append(Gpu(name.strip(), total, free, usable=False))
    return tuple(found)


def amd_cards(folder: Path) -> tuple[Gpu, ...]:
    """Cards of AMD, as the kernel's driver describes them."""
    found: list[Gpu] = []
    for device in sorted(folder.glob("card[0-9]*/device")):
        try:
            if (device / "vendor").read_text("ascii").strip() != _AMD_VENDOR:
                continue
            total = int((device / "mem_info_vram_total").read_text("ascii"))
            used = int((device / "mem_info_vram_used").read_text("ascii"))
        except (OSError, ValueError):
            continue
        try:
            name = (device / "product_name").read_text("utf-8").strip()
        except (OSError, ValueError):
            name = ""
        found.append(Gpu(name or "AMD graphics", total, max(total - used, 0), usable=False))
    return tuple(found)


def _apple() -> tuple[Gpu, ...]:
    """The unified memory of an Apple machine; MLX computes there whatever libllama can."""
    if sys.platform != "darwin" or platform.machine() != "arm64":
        return ()
    memory = memory_now()
    if memory is None:
        return ()
    limit = _output("/usr/sbin/sysctl", "-n", "iogpu.wired_limit_mb").strip()
    chosen = int(limit) * _MEBIBYTE if limit.isdigit() else 0
    total = chosen or int(memory.total_bytes * _WORKING_SET)
    return (Gpu(processor_name(), total, min(total, memory.available_bytes), unified=True),)


def processor_name() -> str:
    """The name of the processor as its maker gives it; empty if the system does not say."""
    if sys.platform == "darwin":
        return _output("/usr/sbin/sysctl", "-n", "machdep.cpu.brand_string").strip()
    if sys.platform == "linux":
        try:
            text = Path("/proc/cpuinfo").read_text("utf-8", "replace")
        except OSError:
            return ""
        names = (line.partition(":")[2].strip() for line in text.splitlines() if "name" in line)
        return next((name for name in names if name), "")
    return platform.processor()


def _output(*command: str) -> str:
    """What a tool says; empty where there is none or it fails."""
    try:
        said = subprocess.run(  # noqa: S603 - fixed programs and words of our own
            command, capture_output=True, text=True, timeout=_PATIENCE_S, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return said.stdout
