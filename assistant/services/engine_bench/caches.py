"""What is not computed twice: the next turn, a chat one comes back to, words that are typed."""

import statistics
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.domain.cancel import CancelToken
from assistant.domain.conversation import Role
from assistant.domain.errors import UserFacingError
from assistant.domain.generation import (
    GenerationFailed,
    GenerationRequest,
    PrefillProgress,
    Priority,
    Turn,
)
from assistant.domain.health import BenchRow
from assistant.domain.model import LoadedModel, LoadOptions
from assistant.services.engine_bench.asking import (
    PATIENCE_S,
    WORDS,
    Asker,
    greedy,
    paired,
    question,
    request,
)
from assistant.store.state_shelf import StateShelf

_TURNS = 10
_RETURN_TOKENS = 1500
_CANCEL_GOAL_MS = 50.0


def tenth_turn(asker: Asker, *, repeats: int) -> BenchRow:
    """First word of the tenth turn over the first word of the first, with equal new text.

    Each chat has instructions of its own, so that its first turn finds nothing in the cache.
    """
    firsts: list[float] = []
    tenths: list[float] = []
    for repeat in range(repeats):
        turns = (Turn(Role.SYSTEM, f"{repeat}: you are a helpful guide to the rivers of earth."),)
        for number in range(_TURNS):
            turns += question(f"Part {number}: " + WORDS * 4)
            reply = asker.ask(GenerationRequest(turns, greedy(24), cache_key=f"turns {repeat}"))
            turns += (Turn(Role.ASSISTANT, reply.text),)
            if number == 0:
                firsts.append(reply.numbers.ttft_ms)
            if number == _TURNS - 1:
                tenths.append(reply.numbers.ttft_ms)
    return paired("first word, turn 10 / turn 1", "ms", (tenths, firsts), goal=1.2)


def coming_back(asker: Asker, *, repeats: int) -> BenchRow:
    """First word in a chat that left the cache for the memory, over computing it again."""
    back: list[float] = []
    anew: list[float] = []
    for repeat in range(repeats):
        key = f"evicted {repeat}"
        turns = _long_chat(asker, key, repeat)
        asker.ask(request("Something else. " * 20, 4, key="other"))
        again = GenerationRequest((*turns, *question("And then?")), greedy(4), cache_key=key)
        back.append(asker.ask(again).numbers.ttft_ms)
        anew.append(_computed_again(asker, again))
    note = f"a chat of about {_RETURN_TOKENS} tokens"
    return paired("coming back, from memory", "ms", (back, anew), goal=0.03, note=note)


@dataclass(frozen=True, slots=True)
class Store:
    """What a chat is found with after the model was loaded anew.

    Args:
        path: The model.
        options: How it is loaded.
        shelf: What its engine keeps on the disk.
        secret: Unlocks it.
    """

    path: Path
    options: LoadOptions
    shelf: StateShelf
    secret: bytes


def coming_back_from_disk(asker: Asker, store: Store, *, repeats: int) -> BenchRow:
    """The same over a new load of the model: what was computed lies encrypted on the disk."""
    back: list[float] = []
    anew: list[float] = []
    for repeat in range(repeats):
        key = f"stored {repeat}"
        turns = _long_chat(asker, key, 100 + repeat)
        asker.engine.unload().result(PATIENCE_S)
        # Written out, and forgotten where it still lies in memory.
        store.shelf.lock()
        store.shelf.unlock(store.secret)
        asker.engine.load(store.path, store.options).result(PATIENCE_S)
        again = GenerationRequest((*turns, *question("And then?")), greedy(4), cache_key=key)
        reply = asker.ask(again)
        if reply.numbers.cached_tokens < _RETURN_TOKENS // 2:
            raise UserFacingError("The disk gave nothing back.", code="bench_failed")
        back.append(reply.numbers.ttft_ms)
        anew.append(_computed_again(asker, again))
    note = f"a chat of about {_RETURN_TOKENS} tokens, decryption included"
    return paired("coming back, from encrypted disk", "ms", (back, anew), goal=0.10, note=note)


def typing(asker: Asker, *, repeats: int) -> BenchRow:
    """First word of a question that was read while it was typed, over one that was not."""
    ahead: list[float] = []
    plain: list[float] = []
    for repeat in range(repeats):
        for read, into in ((True, ahead), (False, plain)):
            words = f"{repeat} {read} thoughts. " + WORDS * 30
            if read:
                draft = request(words, 1, key="typed")
                asker.ask(replace(draft, read_only=True, priority=Priority.AHEAD))
            into.append(asker.ask(request(words + "Why?", 4, key="typed")).numbers.ttft_ms)
    return paired("first word, read while typing", "ms", (ahead, plain), goal=0.15)


def switch(asker: Asker, path: Path, options: LoadOptions, *, repeats: int) -> list[BenchRow]:
    """From the wish for another resident model to its first word, over a load from cold."""
    here: list[float] = []
    cold: list[float] = []
    other = replace(options, context_length=options.context_length // 2)
    for _ in range(repeats):
        asker.engine.unload().result(PATIENCE_S)
        first = asker.engine.load(path, options).result(PATIENCE_S)
        second = asker.engine.load(path.parent / ".." / path.parent.name / path.name, other).result(
            PATIENCE_S
        )
        cold.append(second.load_ms)
        here.append(_switch_ms(asker, path, options, first))
    slowest = BenchRow("switch between resident models", max(here), "ms", goal=1000.0)
    row = paired("switch / load from cold", "ms", (here, cold), goal=0.05)
    return [row, slowest]


def stopping(asker: Asker, *, repeats: int) -> BenchRow:
    """From a stop while a prompt is read to the end of the answer: the slowest of all."""
    took: list[float] = []
    for number in range(repeats):
        cancel, reading = CancelToken(), threading.Event()
        pending = asker.start(
            request(f"{number} stories. " + WORDS * 200, 1),
            cancel=cancel,
            on_event=lambda event, reading=reading: (
                reading.set() if isinstance(event, PrefillProgress | GenerationFailed) else None
            ),
        )
        reading.wait(PATIENCE_S)
        time.sleep(0.02 + 0.011 * (number % 10))  # into the middle of a computation
        asked = time.perf_counter()
        cancel.cancel()
        pending.reply()
        took.append((time.perf_counter() - asked) * 1000)
    took.sort()
    p99 = took[min(len(took) - 1, int(len(took) * 0.99))]
    note = f"{len(took)} stops, median {statistics.median(took):.0f} ms"
    return BenchRow("stop while a prompt is read, p99", p99, "ms", goal=_CANCEL_GOAL_MS, note=note)


def _switch_ms(asker: Asker, path: Path, options: LoadOptions, model: LoadedModel) -> float:
    began = time.perf_counter()
    again = asker.engine.load(path, options).result(PATIENCE_S)
    if again is not model:
        raise UserFacingError("The model did not stay loaded.", code="bench_failed")
    return (time.perf_counter() - began) * 1000


def _long_chat(asker: Asker, key: str, number: int) -> tuple[Turn, ...]:
    """A chat of some 1,500 tokens, read and answered once."""
    words = f"{number} rivers. "
    per = asker.engine.count_tokens(question(WORDS * 10)).result(PATIENCE_S)
    turns = question(words + WORDS * (_RETURN_TOKENS * 10 // per))
    reply = asker.ask(GenerationRequest(turns, greedy(8), cache_key=key))
    return (*turns, Turn(Role.ASSISTANT, reply.text))


def _computed_again(asker: Asker, again: GenerationRequest) -> float:
    """The same question to a cache that has forgotten the chat."""
    asker.ask(request("Something else. " * 20, 4, key="other"))
    asker.engine.forget(again.cache_key).result(PATIENCE_S)
    reply = asker.ask(replace(again, cache_key=""))
    if reply.numbers.cached_tokens > _RETURN_TOKENS // 10:
        raise UserFacingError("The chat was not forgotten.", code="bench_failed")
    return reply.numbers.ttft_ms
