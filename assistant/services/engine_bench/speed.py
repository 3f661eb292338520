"""Writing and reading, beside bare libllama and beside the class that others use."""

from dataclasses import replace

from assistant.domain.errors import UserFacingError
from assistant.domain.health import BenchRow
from assistant.engine.llama.high_level import HighLevel
from assistant.engine.llama.raw_loop import RawLoop
from assistant.services.engine_bench.asking import (
    WORDS,
    Asker,
    Reply,
    greedy,
    paired,
    question,
    request,
)

_LONG_TALES = (
    "Write the numbers from 1 to 500, separated by commas: 1, 2, 3,",
    "Count from one to a thousand in words, one number a line, and do not stop.",
    "Write the numbers from 1 to 500, one in each line, and nothing else.",
    "Write a very long story about a lighthouse keeper, with many chapters.",
)
_PREFILL_TOKENS = 512
_LATE, _WINDOW = 900, 100


def decode(asker: Asker, raw: RawLoop, *, tokens: int, repeats: int, goal: float) -> BenchRow:
    """Tokens per second of an answer, sampling and text included, beside bare decoding."""
    ours: list[float] = []
    bare: list[float] = []
    for _ in range(repeats):
        numbers = _endless(asker, raw, tokens).numbers
        ours.append(numbers.tokens_per_second)
        bare.append(raw.decode_rate(numbers.prompt_tokens, numbers.completion_tokens))
    note = f"{tokens} tokens; reference: llama_decode and greedy pick, same flags"
    return paired("decode", "tokens/s", (ours, bare), goal=goal, at_least=True, note=note)


def prefill(asker: Asker, raw: RawLoop, *, repeats: int) -> BenchRow:
    """Tokens per second of a prompt that no cache holds, to the first word."""
    ours: list[float] = []
    bare: list[float] = []
    for number in range(repeats):
        reply = asker.ask(request(_prompt_of(asker, _PREFILL_TOKENS, number), 1))
        count = reply.numbers.prompt_tokens - reply.numbers.cached_tokens
        ours.append(count / reply.numbers.ttft_ms * 1000)
        bare.append(raw.prefill_rate(count))
    note = f"about {_PREFILL_TOKENS} tokens, to the first word"
    return paired("prefill", "tokens/s", (ours, bare), goal=0.99, at_least=True, note=note)


def late_tokens(asker: Asker, raw: RawLoop, *, repeats: int) -> BenchRow:
    """Tokens 900 to 1,000 of an answer over 1 to 100, less what raw decoding loses with depth."""
    ours: list[float] = []
    bare: list[float] = []
    for _ in range(repeats):
        reply = _endless(asker, raw, _LATE + _WINDOW)
        early = reply.times[_WINDOW] - reply.times[1]
        late = reply.times[-1] - reply.times[-_WINDOW]
        ours.append(early / late)
        bare.append(raw.depth_loss(reply.numbers.prompt_tokens, _LATE, _WINDOW))
    return paired("tokens 900 to 1,000 / 1 to 100", "", (ours, bare), goal=0.99, at_least=True)


def streamed_chat(
    asker: Asker, high: HighLevel, *, tokens: int, repeats: int, equal: bool
) -> BenchRow:
    """Tokens per second of a streamed answer beside the class ``Llama``."""
    tale = _long_tale(asker, tokens)
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(repeats):
        ours.append(asker.ask(request(tale, tokens)).numbers.tokens_per_second)
        theirs.append(high.streamed_rate(tale, tokens))
    name = "streamed chat / Llama, equal threads and flags" if equal else "streamed chat / Llama"
    goal = 1.15 if equal else 1.8
    return paired(
        name, "tokens/s", (ours, theirs), goal=goal, at_least=True, note=f"{tokens} tokens"
    )


def _endless(asker: Asker, raw: RawLoop, tokens: int) -> Reply:
    """An answer of exactly so many tokens: what would end it is forbidden."""
    never = tuple((token, -100.0) for token in raw.end_tokens())
    asked = request(_LONG_TALES[0], tokens)
    return asker.ask(replace(asked, sampling=replace(greedy(tokens), logit_bias=never)))


def _long_tale(asker: Asker, tokens: int) -> str:
    """A question that this model answers at such length by itself."""
    for tale in _LONG_TALES:
        if asker.ask(request(tale, tokens)).numbers.completion_tokens >= tokens:
            return tale
    raise UserFacingError("This model gives no answer that is long enough.", code="bench_failed")


def _prompt_of(asker: Asker, tokens: int, number: int) -> str:
    """Words that take about so many tokens, and that no cache knows."""
    head = f"{number} tales of {number * 7}. "
    count = asker.engine.count_tokens
    alone = count(question(head)).result()
    ten = count(question(head + WORDS * 10)).result() - alone
    return head + WORDS * max(1, (tokens - alone) * 10 // ten)
