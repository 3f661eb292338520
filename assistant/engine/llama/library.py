"""libllama as one process has it: loaded late, silent, with a stop flag that needs no GIL."""

import ctypes
import os
import re
import sys
import threading
from collections import deque
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from assistant.domain.errors import EnvironmentProblem

_ERROR_LEVEL = 3
_KEPT_LINES = 16
_SPINS = "500"
_BUFFER = re.compile(rb"(model|KV|RS|output|compute) buffer size = +([0-9.]+) MiB")
_MEBIBYTE = 1 << 20
MLOCK = "failed to mlock"
"""A warning that counts as a complaint: what was asked for is not to be had."""


@dataclass(frozen=True, slots=True)
class Library:
    """The bound functions of libllama and what must outlive every call of them.

    Args:
        functions: The module of ctypes functions.
        complaints: The last error lines of the library; about models, never about what the user
            wrote, because they are only read after a load.
        buffers: What it has allocated: the thread, the kind and the bytes.
        log_callback: Kept alive here; libllama holds a bare pointer to it.
    """

    functions: Any
    complaints: deque[str]
    buffers: deque[tuple[int, str, int]]
    log_callback: Any = field(repr=False)

    def buffers_since(self, begin: int) -> dict[str, int]:
        """Bytes by kind of the buffers that this thread has had made since ``begin``.

        Args:
            begin: ``len(buffers)`` of then.
        """
        mine = threading.get_ident()
        sums: dict[str, int] = {}
        for thread, kind, size in tuple(self.buffers)[begin:]:
            if thread == mine:
                sums[kind] = sums.get(kind, 0) + size
        return sums


@cache
def library() -> Library:
    """Loads libllama on first use, once per process.

    Raises:
        EnvironmentProblem: It is not installed or does not run on this processor.
    """
    _wait_politely()
    # When it aborts it would call a debugger first, which holds the process for seconds.
    os.environ.setdefault("GGML_NO_BACKTRACE", "1")
    try:
        import llama_cpp.llama_cpp as functions
    except (ImportError, OSError, RuntimeError) as error:
        raise EnvironmentProblem(
            "The inference library could not be loaded.",
            "Install the application again; “assistant doctor” says more.",
            code="engine_missing",
        ) from error
    complaints: deque[str] = deque(maxlen=_KEPT_LINES)

    buffers: deque[tuple[int, str, int]] = deque()

    def note(level: int, text: bytes | None, _data: object) -> None:
        if text and (level == _ERROR_LEVEL or MLOCK.encode() in text):
            complaints.append(text.decode("utf-8", "replace").strip())
        elif text and (found := _BUFFER.search(text)):
            size = int(float(found[2]) * _MEBIBYTE)
            buffers.append((threading.get_ident(), found[1].decode().lower(), size))

    log_callback = functions.llama_log_callback(note)
    functions.llama_log_set(log_callback, ctypes.c_void_p())
    functions.llama_backend_init()
    return Library(functions, complaints, buffers, log_callback)


def _wait_politely() -> None:
    """Has the compute threads sleep soon when one of them is kept waiting; before the import.

    libgomp spins 300,000 times at every barrier. On two cores, with one other busy process, that
    took decoding from 140 to between 1 and 8 tokens per second; with 500 it keeps 40, and an idle
    machine shows no difference. What the user has set stays.
    """
    if sys.platform == "linux" and "OMP_WAIT_POLICY" not in os.environ:
        os.environ.setdefault("GOMP_SPINCOUNT", _SPINS)


class StopFlag:
    """A flag that libllama polls while it computes, some 500 times a token.

    A Python callback would take the GIL each time. libc's ``strlen`` over a buffer of two bytes
    needs none: it is 0, false, while the first byte is 0, and 1, true, once that is set.
    """

    def __init__(self) -> None:
        self._buffer = ctypes.create_string_buffer(2)
        self.callback_address = _strlen_address()

    @property
    def data_address(self) -> int:
        """What ``strlen`` is given."""
        return ctypes.addressof(self._buffer)

    def raise_it(self) -> None:
        """Stops the computation in hand; safe from any thread."""
        self._buffer[0] = b"\x01"

    def lower_it(self) -> None:
        """Makes ready for the next computation."""
        self._buffer[0] = b"\x00"


@cache
def _strlen_address() -> int | None:
    """Address of the C library's strlen, or None where it cannot be had.

    Without it a stop is noticed between two pieces of the prompt and between tokens.
    """
    try:
        runtime = ctypes.CDLL("msvcrt") if sys.platform == "win32" else ctypes.CDLL(None)
        strlen = runtime.strlen
    except (OSError, AttributeError):
        return None
    strlen.argtypes, strlen.restype = [ctypes.c_void_p], ctypes.c_size_t
    probe = ctypes.create_string_buffer(2)
    low = strlen(ctypes.addressof(probe))
    probe[0] = b"\x01"
    if low != 0 or strlen(ctypes.addressof(probe)) != 1:
        return None
    return ctypes.cast(strlen, ctypes.c_void_p).value
