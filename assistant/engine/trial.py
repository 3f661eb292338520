"""Loads a model file that nobody vouches for, in a process that may die of it."""

import contextlib
import json
import multiprocessing
import os
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.domain.cancel import CancelToken
from assistant.domain.conversation import Role
from assistant.domain.errors import UserFacingError
from assistant.domain.generation import (
    GenerationDone,
    GenerationEvent,
    GenerationFailed,
    GenerationRequest,
    SamplingParams,
    Turn,
)
from assistant.domain.model import LoadOptions
from assistant.engine.backend import Order
from assistant.engine.local import LocalBackend
from assistant.engine.mlx.library import leave_thread

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_TOKENS = 4
_CONTEXT_TOKENS = 512
_SECONDS = 60.0
_WORDS = "Hello! Grüß dich — 你好, مرحبا, שלום, 🌍 1 + 1 = 2.\n\tdef f(x): return x"

_LONGEST_BYTES = 1 << 16

Verdict = tuple[str, str, str] | None
"""Message, hint and code of what the trial ran into, or None."""
_CRASHES = (
    "This model file makes the engine crash.",
    "It is damaged or made for another version; choose another file.",
    "model_crashes",
)


def try_load(path: Path, *, timeout_s: float = _SECONDS, cancel: CancelToken | None = None) -> None:
    """Loads the file in a child process, reads a text in several scripts and writes 4 tokens.

    Args:
        path: The model file or folder.
        timeout_s: How long it may take.
        cancel: Ends the child at once.

    Raises:
        Cancelled: It was cancelled.
        UserFacingError: It does not load, crashes the child, or takes too long.
    """
    cancel = cancel or CancelToken()
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_trial, args=(theirs, str(path)), daemon=True)
    with ours:
        child.start()
        theirs.close()
        cancel.watch(child.kill)  # which also closes the pipe that is waited on
        try:
            verdict = _verdict(ours, timeout_s)
            cancel.raise_if_cancelled()
        finally:
            cancel.unwatch(child.kill)
            if child.is_alive():
                child.join(1.0)
            if child.is_alive():
                child.kill()
            child.join()
            child.close()
    if verdict is not None:
        message, hint, code = verdict
        raise UserFacingError(message, hint, code=code)


def _verdict(pipe: "Connection[object, object]", timeout_s: float) -> Verdict:
    try:
        if pipe.poll(timeout_s):
            # Plain data and no pickle: the file may have taken over who says it.
            match json.loads(pipe.recv_bytes(_LONGEST_BYTES)):
                case [str(message), str(hint), str(code)]:
                    return message, hint, code
                case []:
                    return None
                case _:
                    return _CRASHES
    except (EOFError, OSError, ValueError):
        return _CRASHES
    return (
        f"This model file was still not ready after {timeout_s:.0f} seconds.",
        "It is too large for this machine, or damaged; choose another file.",
        "model_too_slow",
    )


def _trial(pipe: "Connection[object, object]", path: str) -> None:
    """What the child does; it says one verdict, or dies without a word."""
    silence()
    verdict: Verdict = None
    try:
        _run(Path(path))
    except UserFacingError as error:
        verdict = (error.message, error.hint, error.code)
    pipe.send_bytes(json.dumps(verdict or ()).encode())
    pipe.close()


def _run(path: Path) -> None:
    backend = LocalBackend()
    options = LoadOptions(context_length=_CONTEXT_TOKENS, gpu_layers=0)
    backend.load(path, options, on_progress=lambda _: None, cancel=CancelToken())
    request = GenerationRequest(
        (Turn(Role.USER, _WORDS),), SamplingParams(temperature=0.0, max_tokens=_TOKENS)
    )
    ends: list[GenerationEvent] = []
    work = backend.begin(Order(request, CancelToken(), 0.0, ends.append))
    while not ends or not isinstance(ends[-1], GenerationDone | GenerationFailed):
        backend.step([work])
    backend.unload()
    leave_thread()
    if isinstance(ends[-1], GenerationFailed):
        raise UserFacingError(ends[-1].message, ends[-1].hint, code=ends[-1].code)


def silence() -> None:
    """Sends the standard streams of this process nowhere.

    Libllama writes its last words to standard error, which is the user's terminal.
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        with contextlib.suppress(OSError):
            os.dup2(nowhere, stream)
