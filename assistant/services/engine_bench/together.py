"""Many prompts at once, JSON, and adapters."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from assistant.domain.generation import Adapter, GenerationRequest, Priority
from assistant.domain.health import BenchRow
from assistant.engine.llama.blank_adapter import write_blank_adapter
from assistant.engine.llama.raw_loop import RawLoop
from assistant.services.engine_bench.asking import PATIENCE_S, WORDS, Asker, paired, request

_PREAMBLE_TOKENS, _NEW = 800, 32
_SCHEMA = {
    "type": "object",
    "properties": {
        "facts": {
            "type": "array",
            "minItems": 24,
            "maxItems": 24,
            "items": {"type": "string", "maxLength": 60},
        }
    },
    "required": ["facts"],
    "additionalProperties": False,
}


def structured(asker: Asker, *, tokens: int, repeats: int) -> BenchRow:
    """Tokens per second under a JSON Schema over free writing of as many tokens."""
    bound: list[float] = []
    free: list[float] = []
    for number in range(repeats):
        asked = request(f"{number}. List twenty-four facts about rivers as JSON.", tokens)
        held = asker.ask(replace(asked, json_schema=json.dumps(_SCHEMA)))
        loose = asker.ask(replace(asked, sampling=asked.sampling))
        bound.append(held.numbers.tokens_per_second)
        free.append(loose.numbers.tokens_per_second)
    return paired("JSON by grammar / free", "tokens/s", (bound, free), goal=0.97, at_least=True)


def shared_batch(
    asker: Asker, raw: RawLoop, *, count: int, repeats: int, shared: int = _PREAMBLE_TOKENS
) -> BenchRow:
    """Prompts with a long common beginning: one after another without reuse, over a batch."""
    batch: list[float] = []
    serial: list[float] = []
    ends = raw.end_tokens()
    per = asker.engine.count_tokens(request(WORDS * 10, 1).turns).result(PATIENCE_S)
    for repeat in range(repeats):
        head = f"Lesson {repeat}. " + WORDS * (shared * 10 // per)
        together = [_endless(f"{head} Question {n}: why?", _NEW, ends) for n in range(count)]
        batch.append(asker.all_at_once(together)[1])
        # A first word of its own keeps each prompt from finding the one before in the cache.
        alone = [_endless(f"{n} {repeat} {head} Question: why?", _NEW, ends) for n in range(count)]
        serial.append(asker.one_by_one(alone)[1])
    note = f"{count} prompts sharing about {shared} tokens, {_NEW} new each"
    return paired(
        "one by one without reuse / batch", "s", (serial, batch), goal=8, at_least=True, note=note
    )


def different_batch(asker: Asker, raw: RawLoop, *, count: int, repeats: int) -> list[BenchRow]:
    """Different prompts as a batch over one after another, beside what this machine can gain.

    N sequences decoded together gain at most min(N, prefill rate / decode rate); the second row
    says what bare libllama gains on the same tokens; batches so small keep it well below that.
    """
    gains: list[float] = []
    bounds: list[float] = []
    bare: list[float] = []
    ends = raw.end_tokens()
    for repeat in range(repeats):
        prompts = [_endless(f"{repeat} {n}: tell me a tale.", 64, ends) for n in range(count)]
        replies, together = asker.all_at_once(prompts)
        again = [_endless(f"{n} {repeat}: tell me a tale.", 64, ends) for n in range(count)]
        gains.append(asker.one_by_one(again)[1] / together)
        single = raw.decode_rate(32, 64)
        reading = raw.prefill_rate(512)
        bounds.append(min(float(count), reading / single))
        read = sum(r.numbers.prompt_tokens - r.numbers.cached_tokens for r in replies) / reading
        written = sum(r.numbers.completion_tokens for r in replies)
        bare.append((read + written / single) / (read + written / raw.batched_rate(count, 64)))
    name = "different prompts as a batch"
    note = f"gain of {count} prompts; reference: min({count}, prefill rate / decode rate)"
    return [
        paired(name, "x", (gains, bounds), goal=0.95, at_least=True, note=note),
        paired(f"{name} / bare batch", "x", (gains, bare), goal=0.95, at_least=True),
    ]


def adapters(
    asker: Asker, raw: RawLoop, path: Path, folder: Path, *, repeats: int
) -> list[BenchRow]:
    """Writing under a LoRA adapter of rank 8 over writing without, and putting one on.

    What it costs is libllama's own affair; the second row says what bare libllama loses.
    """
    files = [folder / "one.gguf", folder / "two.gguf"]
    for file in files:
        write_blank_adapter(path, file, rank=8)
    with_one: list[float] = []
    without: list[float] = []
    bare: list[float] = []
    for number in range(repeats):
        asked = request(f"{number}. Write the numbers from 1 to 500: 1, 2, 3,", 96)
        worn = replace(asked, adapter=Adapter(files[0]))
        with_one.append(asker.ask(worn).numbers.tokens_per_second)
        without.append(asker.ask(asked).numbers.tokens_per_second)
        bare.append(raw.adapter_loss(files[0], 96))
    kept = [worn / plain for worn, plain in zip(with_one, without, strict=True)]
    name = "decode under an adapter"
    return [
        paired(name, "tokens/s", (with_one, without), goal=0.95, at_least=True),
        paired(f"{name} / bare libllama", "x", (kept, bare), goal=0.95, at_least=True),
        BenchRow("adapter swap", raw.adapter_swap_ms(files[0], files[1]), "ms", goal=1.0),
    ]


def _endless(text: str, tokens: int, ends: Sequence[int]) -> GenerationRequest:
    """In the background, as long as it may be: what is compared writes equally much."""
    asked = request(text, tokens)
    sampling = replace(asked.sampling, logit_bias=tuple((end, -100.0) for end in ends))
    return replace(asked, sampling=sampling, priority=Priority.BACKGROUND)
