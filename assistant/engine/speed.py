"""How fast a model writes here: what the memory delivers, over what one token reads.

Source: writing is bound by memory, so tokens per second are bytes per second over the bytes of the
active weights and of the context; measured on many machines, 0.5 to 0.8 of that is reached.
"""

import ctypes
import sys
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial

from assistant.domain.model import KvType, ModelShape, Speed
from assistant.engine.memory_fit import kv_bytes

EFFICIENCY = 0.6
"""Of the bandwidth, what a token gets before anything was measured here."""
_BUFFER_BYTES = 64 << 20
"""For each thread; more than the caches hold."""
_LEAST_S, _LONGEST_S = 0.5, 1.5
_START_S = 5.0
_FEWEST_PASSES, _ALIKE = 20, 0.05
"""It goes on where fewer were made, or the best two differ: then the machine is busy."""
_TOKEN_S = 0.002
"""What a token costs beside its reading."""
_FILLED = 0.25
"""Of the context, what an answer sees on the average."""
_FEW_BYTES = 1


def bytes_per_token(shape: ModelShape, context_length: int, kv_type: KvType = KvType.F16) -> int:
    """What is read for one token of an answer of the usual length."""
    seen = int(kv_bytes(shape, context_length, kv_type) * _FILLED)
    return max((shape.token_bytes or shape.weights_bytes) + seen, _FEW_BYTES)


def estimate_speed(
    token_bytes: int, bytes_per_s: float, gpu_share: float = 0.0, gpu_bytes_per_s: float = 0.0
) -> Speed | None:
    """Tokens per second by what the memories deliver; None where that is not known.

    Args:
        token_bytes: See ``bytes_per_token``.
        bytes_per_s: What models reach in main memory.
        gpu_share: Of a token, what lies on the GPU.
        gpu_bytes_per_s: What models reach there; 0 before the first ran there.
    """
    host = 1 - gpu_share
    if (host > 0 and bytes_per_s <= 0) or (gpu_share > 0 and gpu_bytes_per_s <= 0):
        return None
    took = token_bytes * host / bytes_per_s if host > 0 else 0.0
    took += token_bytes * gpu_share / gpu_bytes_per_s if gpu_share > 0 else 0.0
    return Speed(1 / (took + _TOKEN_S), measured=False)


def reached_bytes_per_s(token_bytes: int, tokens_per_second: float) -> float:
    """What a model that really ran had of the memory; 0 where it says nothing."""
    reading_s = 1 / tokens_per_second - _TOKEN_S if tokens_per_second > 0 else 0.0
    return token_bytes / reading_s if reading_s > 0 else 0.0


def usual(reached: Sequence[float], otherwise: float) -> float:
    """The middle of what models reached here; something else before the first."""
    sound = sorted(one for one in reached if one > 0)
    return sound[len(sound) // 2] if sound else otherwise


def read_speed(threads: int, buffer_bytes: int = _BUFFER_BYTES) -> float:
    """Bytes per second that so many threads read from memory together; in 0.5 to 1.5 s.

    The C library's ``memchr`` looks for a byte that is not there, which is as fast as reading gets
    and holds no lock of Python's.
    """
    find = _memchr()
    buffers = [ctypes.create_string_buffer(buffer_bytes) for _ in range(max(threads, 1))]
    for buffer in buffers:
        ctypes.memset(buffer, 0, buffer_bytes)  # so that its pages are there
    found: list[float] = []
    began = time.perf_counter()
    while True:
        took = _together([partial(find, buffer, 1, buffer_bytes) for buffer in buffers])
        if took is not None:
            found.append(len(buffers) * buffer_bytes / took)
        passed_s = time.perf_counter() - began
        if not found:
            continue
        if passed_s >= _LONGEST_S or (passed_s >= _LEAST_S and _settled(found)):
            return undisturbed(found)


def undisturbed(speeds: Sequence[float]) -> float:
    """The second best of several: another program makes some slow, and nothing makes two fast."""
    return sorted(speeds)[-2:][0]


def _settled(speeds: Sequence[float]) -> bool:
    second, best = sorted([0.0, *speeds])[-2:]
    return len(speeds) >= _FEWEST_PASSES and best - second <= best * _ALIKE


def _together(works: Sequence[Callable[[], object]]) -> float | None:
    """Runs each on a thread of its own; returns the seconds from the common start to the end.

    None where one of the threads never came to the start: the others do not wait for it for ever.
    """
    start = threading.Barrier(len(works))
    times: list[float] = []

    def run(work: Callable[[], object]) -> None:
        try:
            start.wait(_START_S)
        except threading.BrokenBarrierError:
            return
        # Taken here: on a busy machine this function comes to run when the half is done.
        times.append(time.perf_counter())
        work()
        times.append(time.perf_counter())

    threads = [threading.Thread(target=run, args=(work,), daemon=True) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return max(max(times) - min(times), 1e-6) if len(times) == 2 * len(works) else None


def _memchr() -> Callable[..., object]:
    library = ctypes.CDLL("ucrtbase" if sys.platform == "win32" else None)
    find = library.memchr
    find.restype = ctypes.c_void_p
    find.argtypes = (ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t)
    return find
