"""``bench fit``: what models were predicted to take and to reach, beside what they did here."""

import multiprocessing
import queue
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

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
from assistant.domain.health import BenchRow
from assistant.domain.model import LoadedModel, LoadOptions, ModelFormat, ModelInfo
from assistant.engine.base import Engine
from assistant.engine.gguf_preflight import preflight
from assistant.engine.local import local_engine
from assistant.engine.memory_fit import needed_bytes
from assistant.engine.speed import EFFICIENCY, bytes_per_token, estimate_speed
from assistant.services.fitting import Fitting
from assistant.services.machine import MachineService

CONTEXT_LENGTHS = (512, 4096, 8192)
_MODELS = 200
_GOAL_MS = 50.0
_OFF_BY = 0.15
_SPARE_TOKENS = 100
_LONGEST_PROMPT = 1200
_ANSWER_TOKENS = 48
_PATIENCE_S = 600.0


@dataclass(frozen=True, slots=True)
class Taken:
    """What one process found.

    Args:
        grown_bytes: Its peak of main memory, beyond what it held before the load.
        tokens_per_second: Of its answer.
    """

    grown_bytes: int
    tokens_per_second: float


def measure(
    models: Sequence[ModelInfo], *, quick: bool = False, on_progress: Callable[[str], None]
) -> list[BenchRow]:
    """Judges many models quickly, and loads those that are here to see what they take.

    Args:
        models: The installed ones; those in GGUF format are loaded, each in fresh processes.
        quick: Only the shortest context.
        on_progress: Receives what is being measured, in words.

    Raises:
        UserFacingError: A model cannot be loaded.
    """
    machine = MachineService()
    on_progress("The memory of this machine")
    speed = machine.measured().bytes_per_s
    files = [m.path for m in models if m.path is not None and m.format is ModelFormat.GGUF]
    rows = [BenchRow("memory read", speed / 1e9, "GB/s")]
    rows += [_judging(machine, path) for path in files[:1]]
    for model, path in zip((m for m in models if m.path in files), files, strict=True):
        lengths = [n for n in CONTEXT_LENGTHS if n <= model.context_length]
        for length in lengths[:1] if quick else lengths:
            on_progress(f"{model.name} at {length} tokens")
            rows += _beside(model.name, path, length, speed)
    return rows


def _judging(machine: MachineService, path: Path) -> BenchRow:
    fitting, shape = Fitting(None, machine), preflight(path).shape
    began = time.perf_counter()
    for count in range(_MODELS):
        fitting.judge_shape(shape, 512 + count)
    took = (time.perf_counter() - began) * 1000
    return BenchRow(f"judging {_MODELS} models", took, "ms", goal=_GOAL_MS)


def _beside(name: str, path: Path, length: int, speed: float) -> list[BenchRow]:
    shape = preflight(path).shape
    taken = in_a_fresh_process(path, length)
    rows: list[BenchRow] = []
    if taken.grown_bytes:
        ratio = needed_bytes(shape, length) / taken.grown_bytes
        note = f"{needed_bytes(shape, length) >> 20} MiB predicted, ratio {ratio:.3f}"
        rows.append(
            BenchRow(
                f"memory off by, {name}, {length} tokens",
                abs(ratio - 1),
                "",
                goal=_OFF_BY,
                note=f"{note}, {taken.grown_bytes >> 20} MiB measured",
            )
        )
    guessed = estimate_speed(bytes_per_token(shape, length), speed * EFFICIENCY)
    if guessed is not None and taken.tokens_per_second > 0:
        rows.append(
            BenchRow(
                f"speed before the first run, {name}, {length} tokens",
                guessed.tokens_per_second,
                "tok/s",
                taken.tokens_per_second,
                guessed.tokens_per_second / taken.tokens_per_second,
            )
        )
    return rows


def in_a_fresh_process(path: Path, context_length: int) -> Taken:
    """Loads a model, reads a prompt and writes an answer in a process of its own.

    Raises:
        UserFacingError: It cannot.
    """
    fresh = multiprocessing.get_context("spawn")
    ours, theirs = fresh.Pipe(duplex=False)
    process = fresh.Process(target=_try, args=(path, context_length, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        found = ours.recv() if ours.poll(_PATIENCE_S) else None
    except EOFError:
        found = None
    process.join(10.0)
    if isinstance(found, Taken):
        return found
    process.kill()
    message = found if isinstance(found, str) else "The process that measured ended."
    raise UserFacingError(message, "Close other programs and try again.", code="bench_failed")


def _try(path: Path, context_length: int, answer: Connection) -> None:
    """Runs in the fresh process."""
    before, _ = held_bytes()
    engine = local_engine()
    try:
        options = LoadOptions(context_length=context_length, anyway=True)
        loaded = engine.load(path, options).result(_PATIENCE_S)
        rate = _answer(engine, loaded)
        _, peak = held_bytes()
        answer.send(Taken(max(peak - before, 0), rate))
    except UserFacingError as error:
        answer.send(error.message)
    finally:
        engine.close(10.0)
        answer.close()


def _answer(engine: Engine, loaded: LoadedModel) -> float:
    words = min(loaded.context_length - _SPARE_TOKENS, _LONGEST_PROMPT)
    question = Turn(Role.USER, "river " * words + "\nTell me a long story about this river.")
    sampling = SamplingParams(temperature=0.0, max_tokens=_ANSWER_TOKENS)
    events: queue.SimpleQueue[GenerationEvent] = queue.SimpleQueue()
    request = GenerationRequest(turns=(question,), sampling=sampling)
    engine.generate(request, events.put, CancelToken(), loaded)
    while True:
        event = events.get(timeout=_PATIENCE_S)
        if isinstance(event, GenerationFailed):
            raise UserFacingError(event.message, event.hint, code=event.code)
        if isinstance(event, GenerationDone):
            return event.numbers.tokens_per_second


def held_bytes() -> tuple[int, int]:
    """Bytes of main memory that this process holds now, and its peak; zeros where unknown."""
    if sys.platform == "linux":  # a peak of its own: others inherit that of their parent
        lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
        said = {line.partition(":")[0]: line.split()[1] for line in lines if "kB" in line}
        return int(said["VmRSS"]) * 1024, int(said["VmHWM"]) * 1024
    if sys.platform == "darwin":
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak, peak
    return 0, 0
