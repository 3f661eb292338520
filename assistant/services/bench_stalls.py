"""By how much a thread that beats every few milliseconds, as the window does, is held up.

While three downloads run as fast as a server on the same processor gives them, and, for what the
processor alone does to such a thread, beside as many processes of machine code that share nothing
with this one.
"""

import hashlib
import multiprocessing
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Final

from assistant.domain.health import BenchRow

BEAT_S: Final = 0.005
_GOAL_MS: Final = 16.7
BUSY: Final = 3
_READ_BYTES: Final = 1 << 20
_ENDS_S: Final = 5.0


def stall_row(downloading: Callable[[], bool], seconds: float) -> BenchRow:
    """Measures while downloads run, then beside busy processes.

    Args:
        downloading: Whether they still run; there is nothing to measure after that.
        seconds: The longest for each of the two.
    """
    beside = _late_ms(downloading, seconds)
    with busy_processes():
        alone = _late_ms(lambda: True, seconds)
    value, reference = _p99(beside), _p99(alone)
    return BenchRow(
        "stall of a beating thread, three downloads running",
        value,
        "ms",
        reference,
        goal=_GOAL_MS,
        note=f"99th percentile of {len(beside)} beats of {BEAT_S * 1000:.0f} ms; reference: beside "
        f"{BUSY} processes of machine code that share nothing with this one",
    )


def _late_ms(go_on: Callable[[], bool], seconds: float) -> list[float]:
    late: list[float] = []
    end_s = last_s = time.perf_counter()
    end_s += seconds
    while last_s < end_s and go_on():
        time.sleep(BEAT_S)
        now_s = time.perf_counter()
        late.append(max(0.0, (now_s - last_s - BEAT_S) * 1000))
        last_s = now_s
    return late


def _p99(values: list[float]) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))] if ordered else 0.0


@contextmanager
def busy_processes() -> Generator[None]:
    """Inside, as many processes of machine code compute as there are downloads."""
    fresh = multiprocessing.get_context("spawn")
    begun = [fresh.Event() for _ in range(BUSY)]
    processes = [fresh.Process(target=_hash_on, args=(event,), daemon=True) for event in begun]
    try:
        for process in processes:
            process.start()
        for event in begun:
            event.wait(_ENDS_S)
        yield
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.join(_ENDS_S)


def _hash_on(begun: threading.Event) -> None:
    """A process that hashes until it is ended."""
    piece = bytes(_READ_BYTES)
    begun.set()
    while True:
        hashlib.sha256(piece)
