"""The worker's own process: loads the component, shuts itself in, and runs program after program.

It is replaced after it was killed, and ends when its parent does: then the pipe is closed.
"""

import json
import os
import signal
import threading
from typing import TYPE_CHECKING, Any, cast

from assistant.sandbox import hardening, words
from assistant.sandbox.places import Places

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from assistant.sandbox.jobs import Jobs, Say

_STACK_BYTES = 16 << 20


def run_worker(pipe: "Connection[bytes, bytes]", places: Places) -> None:
    """What the process does from its start to its end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of the terminal; the parent sees to it
    hardening.forget_surroundings()
    _let_go_of_streams()
    try:
        _serve(pipe, places)
    except (EOFError, OSError):
        os._exit(0)  # the parent is gone


def _let_go_of_streams() -> None:
    """A process that is left behind for a moment must not hold the terminal or a pipe open."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nowhere, number)
    os.close(nowhere)


def _serve(pipe: "Connection[bytes, bytes]", places: Places) -> None:
    from assistant.sandbox.compiled import ComponentMissing, compile_into, kept, new_engine
    from assistant.sandbox.jobs import Jobs

    def say(word: dict[str, Any]) -> None:
        pipe.send_bytes(words.written(word))

    engine = new_engine()
    try:
        component = kept(engine, places)
        if component is None:
            say({words.PREPARING: True})
            compile_into(engine, places.installed, places.cache, places.notes)
            # Compiling leaves threads behind, which could not be shut in: another process runs it.
            say({words.COMPILED: True})
            return
    except ComponentMissing:
        say({words.MISSING: True})
        return
    except OSError as error:
        say({words.FAILED: error.strerror or "it cannot be kept"})
        return
    jobs = Jobs(engine, component, say)
    # Whatever is loaded late is loaded now, while files can still be read.
    if jobs.rehearse():
        say({words.MISSING: True})
        return
    walls = hardening.harden()
    say({words.READY: True, "walls": walls})
    threading.stack_size(_STACK_BYTES)
    while True:
        order = cast("dict[str, Any]", json.loads(pipe.recv_bytes(words.LONGEST_BYTES)))
        worker = threading.Thread(target=_do, args=(jobs, order, say), name="program")
        worker.start()
        worker.join()


def _do(jobs: "Jobs", order: dict[str, Any], say: "Say") -> None:
    try:
        say({words.DONE: jobs.do(order)})
    except BaseException:  # noqa: BLE001 - it ends here
        # Nothing that a program does leads here; were it so, the next must not meet it.
        os._exit(1)
