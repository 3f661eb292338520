"""How many word problems a model solves alone, and how many with sums proposed and computed.

    python scripts/check_word_problems.py DATA.jsonl --model FILE.gguf [--count N] [--samples S]

DATA has a line of JSON for each problem: question, and answer ending with "#### 12", as GSM8K.
The N problems are those with the smallest hashes, so that they are the same on every machine.
"""

import argparse
import hashlib
import json
import re
import sys
import threading
import time
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from assistant.domain.cancel import CancelToken
from assistant.domain.conversation import Role
from assistant.domain.generation import (
    GenerationDone,
    GenerationEvent,
    GenerationFailed,
    GenerationRequest,
    SamplingParams,
    TextDelta,
    Turn,
)
from assistant.domain.model import LoadOptions
from assistant.engine.local import local_engine
from assistant.engine.thread import EngineThread
from assistant.services.study.word_problems import worked

_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_PLAIN = "Solve the problem step by step. End with a line “Answer:” and the number."


class Asking:
    """A model that answers, and is waited for."""

    def __init__(self, engine: EngineThread) -> None:
        self._engine = engine

    def __call__(self, request: GenerationRequest) -> str:
        """The whole answer; an empty one where it failed."""
        parts: list[str] = []
        ended = threading.Event()

        def hear(event: GenerationEvent) -> None:
            if isinstance(event, TextDelta):
                parts.append(event.text)
            elif isinstance(event, GenerationDone | GenerationFailed):
                if isinstance(event, GenerationFailed):
                    print("failed:", event.message, file=sys.stderr)
                ended.set()

        self._engine.generate(request, hear, CancelToken())
        ended.wait()
        return "".join(parts)


def number_in(text: str) -> Fraction | None:
    """The last number of a text."""
    found = _NUMBER.findall(text)
    return Fraction(found[-1].replace(",", "")) if found else None


def plain_answer(ask: Asking, problem: str) -> Fraction | None:
    """What the model alone says, with greedy sampling."""
    turns = (Turn(Role.SYSTEM, _PLAIN), Turn(Role.USER, problem))
    sampling = SamplingParams(temperature=0.0, repeat_penalty=1.0, max_tokens=400)
    text = ask(GenerationRequest(turns, sampling, cache_key="plain"))
    return number_in(text.rpartition("Answer:")[2] or text)


def chosen(path: Path, count: int) -> list[dict[str, str]]:
    """The problems with the smallest hashes."""
    rows: list[dict[str, str]] = [
        json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
    ]
    rows.sort(key=lambda row: hashlib.sha256(row["question"].encode()).hexdigest())
    return rows[:count]


def main(arguments: Sequence[str]) -> int:
    """Prints the counts after each problem, so that a run may be cut short."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--samples", type=int, default=5)
    given = parser.parse_args(arguments)
    engine = local_engine()
    try:
        engine.load(given.model, LoadOptions(context_length=2048)).result()
        measure(Asking(engine), chosen(given.data, given.count), given.samples)
    finally:
        engine.close()
    return 0


def measure(ask: Asking, rows: Sequence[dict[str, str]], samples: int) -> None:
    """Works every problem in both ways."""
    plain = piped = trusted = trusted_right = 0
    seconds = [0.0, 0.0]
    for number, row in enumerate(rows, 1):
        right = number_in(row["answer"])
        begun = time.perf_counter()
        plain += plain_answer(ask, row["question"]) == right
        seconds[0] += time.perf_counter() - begun
        begun = time.perf_counter()
        made = worked(row["question"], ask, samples=samples)
        seconds[1] += time.perf_counter() - begun
        hit = bool(made.answer) and Fraction(made.answer) == right
        piped += hit
        trusted += made.trusted
        trusted_right += made.trusted and hit
        print(
            f"{number}: plain {plain}, pipeline {piped}; trusted {trusted}, of them right "
            f"{trusted_right}; {seconds[0] / number:.1f} s and {seconds[1] / number:.1f} s each",
            flush=True,
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
