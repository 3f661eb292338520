"""``bench engine``: what our loop, cache and cancel cost, beside bare libllama in one run."""

import statistics
import threading
import time
from collections.abc import Callable
from pathlib import Path

from assistant.domain.cancel import CancelToken
from assistant.domain.conversation import FinishReason, Role
from assistant.domain.errors import UserFacingError
from assistant.domain.generation import (
    GenerationDone,
    GenerationEvent,
    GenerationFailed,
    GenerationRequest,
    PrefillProgress,
    SamplingParams,
    TextDelta,
    Turn,
)
from assistant.domain.health import BenchRow
from assistant.domain.model import LoadOptions
from assistant.engine.base import Engine
from assistant.engine.llama.engine import llama_engine
from assistant.engine.llama.raw_loop import RawLoop

_CONTEXT_TOKENS = 4096
_TURNS = 10
_PATIENCE_S = 300.0
_GOAL_LOOP = 0.95
_GOAL_TENTH_TURN = 1.2
_GOAL_CANCEL_MS = 300.0
_WORDS = "Rivers carve valleys, and valleys carry rivers to the sea. "


def measure(
    model: Path, *, quick: bool = False, on_progress: Callable[[str], None]
) -> list[BenchRow]:
    """Measures the engine on a GGUF model.

    Args:
        model: The model file.
        quick: Fewer tokens and repetitions.
        on_progress: Receives what is being measured, in words.

    Raises:
        UserFacingError: The model cannot be loaded or fails.
    """
    repeats = 3 if quick else 5
    tokens = 48 if quick else 128
    engine = llama_engine()
    try:
        options = LoadOptions(context_length=_CONTEXT_TOKENS)
        engine.load(model, options, on_progress=lambda _: None).result(_PATIENCE_S)
        bench = _Bench(engine)
        rows: list[BenchRow] = []
        with RawLoop(model, _CONTEXT_TOKENS) as raw:
            on_progress("Writing, beside bare libllama")
            rows.append(_decode(bench, raw, tokens, repeats))
            on_progress("Reading, beside bare libllama")
            rows.append(_prefill(bench, raw, repeats))
        on_progress("The first word of the tenth turn, beside the first")
        rows.append(_turns(bench, 3 if quick else 5))
        on_progress("Stopping while a prompt is read")
        rows.append(_cancel(bench, repeats))
        return rows
    finally:
        engine.close(30.0)


class _Bench:
    """Asks an engine and waits; greedy, so that every run computes the same."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def ask(
        self,
        turns: tuple[Turn, ...],
        max_tokens: int,
        *,
        cancel: CancelToken | None = None,
        on_event: Callable[[GenerationEvent], None] | None = None,
    ) -> tuple[str, GenerationDone]:
        """One answer and its end.

        Raises:
            UserFacingError: It failed.
        """
        ended = threading.Event()
        texts: list[str] = []
        ends: list[GenerationDone | GenerationFailed] = []

        def sink(event: GenerationEvent) -> None:
            if on_event is not None:
                on_event(event)
            if isinstance(event, TextDelta):
                texts.append(event.text)
            elif isinstance(event, GenerationDone | GenerationFailed):
                ends.append(event)
                ended.set()

        sampling = SamplingParams(temperature=0.0, repeat_penalty=1.0, max_tokens=max_tokens)
        request = GenerationRequest(turns, sampling, cache_key="bench")
        self._engine.generate(request, sink, cancel or CancelToken())
        if not ended.wait(_PATIENCE_S):
            raise UserFacingError("The engine does not answer.", code="bench_failed")
        if isinstance(ends[0], GenerationFailed):
            raise UserFacingError(ends[0].message, ends[0].hint, code=ends[0].code)
        return "".join(texts), ends[0]


def _user(text: str) -> tuple[Turn, ...]:
    return (Turn(Role.USER, text),)


def _decode(bench: _Bench, raw: RawLoop, tokens: int, repeats: int) -> BenchRow:
    """Tokens per second of a long answer; the two take turns, so that noise meets both."""
    ours: list[float] = []
    bare: list[float] = []
    for _ in range(repeats):
        _, done = bench.ask(_user("Count from one to a thousand in words."), tokens)
        ours.append(done.numbers.tokens_per_second)
        bare.append(raw.decode_rate(done.numbers.prompt_tokens, done.numbers.completion_tokens))
    return _rate("decode", "tokens/s", ours, bare)


def _prefill(bench: _Bench, raw: RawLoop, repeats: int) -> BenchRow:
    """Tokens per second of a prompt that the cache does not hold, to the first word."""
    ours: list[float] = []
    bare: list[float] = []
    for number in range(repeats):
        prompt = f"{number} tales. " + _WORDS * 80
        began = time.perf_counter()
        _, done = bench.ask(_user(prompt), 1)
        took = time.perf_counter() - began
        count = done.numbers.prompt_tokens - done.numbers.cached_tokens
        ours.append(count / took)
        bare.append(raw.prefill_rate(count))
    return _rate("prefill", "tokens/s", ours, bare)


def _rate(name: str, unit: str, ours: list[float], bare: list[float]) -> BenchRow:
    value, reference = statistics.median(ours), statistics.median(bare)
    return BenchRow(
        name=name,
        value=value,
        unit=unit,
        reference=reference,
        ratio=statistics.median(a / b for a, b in zip(ours, bare, strict=True)),
        goal=_GOAL_LOOP,
        at_least=True,
        note="reference: bare llama_decode and greedy sampling, same flags, alternating",
    )


def _turns(bench: _Bench, repeats: int) -> BenchRow:
    """First word of the tenth turn over the first word of the first, with equal new text.

    Each chat has instructions of its own, so that its first turn finds nothing in the cache.
    """
    firsts: list[float] = []
    tenths: list[float] = []
    cached = 0
    for repeat in range(repeats):
        turns = (Turn(Role.SYSTEM, f"{repeat}: you are a helpful guide to the rivers of earth."),)
        for number in range(_TURNS):
            turns += _user(f"Part {number}: " + _WORDS * 4)
            text, done = bench.ask(turns, 24)
            turns += (Turn(Role.ASSISTANT, text),)
            if number == 0:
                firsts.append(done.numbers.ttft_ms)
            if number == _TURNS - 1:
                tenths.append(done.numbers.ttft_ms)
                cached = done.numbers.cached_tokens
    value, reference = min(tenths), min(firsts)
    return BenchRow(
        name="first word, turn 10 / turn 1",
        value=value,
        unit="ms",
        reference=reference,
        ratio=value / reference,
        goal=_GOAL_TENTH_TURN,
        note=f"the best of {repeats} chats; {cached} tokens of the tenth prompt were in the cache",
    )


def _cancel(bench: _Bench, repeats: int) -> BenchRow:
    """From a stop that comes while a prompt is read to the end of the answer."""
    took: list[float] = []
    for number in range(repeats):
        cancel, reading = CancelToken(), threading.Event()
        asked = [0.0]

        def stop(
            cancel: CancelToken = cancel,
            reading: threading.Event = reading,
            asked: list[float] = asked,
        ) -> None:
            reading.wait(_PATIENCE_S)
            time.sleep(0.05)  # into the middle of a computation
            asked[0] = time.perf_counter()
            cancel.cancel()

        def on_event(event: GenerationEvent, reading: threading.Event = reading) -> None:
            if isinstance(event, PrefillProgress):
                reading.set()

        stopper = threading.Thread(target=stop, name="bench stop")
        stopper.start()
        prompt = _user(f"{number} stories. " + _WORDS * 200)
        _, done = bench.ask(prompt, 1, cancel=cancel, on_event=on_event)
        ended = time.perf_counter()
        stopper.join()
        if done.finish_reason is not FinishReason.CANCELLED:
            raise UserFacingError("The prompt was read before the stop.", code="bench_failed")
        took.append((ended - asked[0]) * 1000)
    return BenchRow(
        name="stop while a prompt is read",
        value=max(took),
        unit="ms",
        goal=_GOAL_CANCEL_MS,
        note="the slowest of all, until the answer has ended",
    )
