"""How many word problems a model solves alone, and how many with sums proposed and computed.

    python scripts/check_word_problems.py DATA.jsonl --model FILE.gguf [--first N] [--count N]

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
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from assistant.domain.cancel import CancelToken
from assistant.domain.generation import (
    GenerationDone,
    GenerationEvent,
    GenerationFailed,
    GenerationRequest,
    TextDelta,
)
from assistant.domain.model import LoadOptions
from assistant.engine.local import local_engine
from assistant.engine.thread import EngineThread
from assistant.services.study.word_problems import WorkedProblem, said_alone, worked

_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")


class Asking:
    """A model that answers, and is waited for; asked the same again, it has said it already."""

    def __init__(self, engine: EngineThread) -> None:
        self._engine = engine
        self._said: dict[GenerationRequest, str] = {}

    def __call__(self, request: GenerationRequest) -> str:
        """The whole answer; an empty one where it failed."""
        if request not in self._said:
            self._said[request] = self._ask(request)
        return self._said[request]

    def _ask(self, request: GenerationRequest) -> str:
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
    parser.add_argument("--first", type=int, default=0, help="go on after so many problems")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--samples", type=int, default=5)
    parser.add_argument("--at-once", type=int, default=8, help="problems worked together")
    given = parser.parse_args(arguments)
    engine = local_engine()
    try:
        engine.load(given.model, LoadOptions(context_length=1024 * given.at_once)).result()
        rows = chosen(given.data, given.first + given.count)[given.first :]
        measure(Asking(engine), rows, given.samples, given.at_once)
    finally:
        engine.close()
    return 0


def measure(ask: Asking, rows: Sequence[dict[str, str]], samples: int, at_once: int) -> None:
    """Works every problem in both ways, several problems at a time."""
    tally = Tally()
    begun = time.perf_counter()

    def work(row: dict[str, str]) -> tuple[bool, WorkedProblem, Fraction | None]:
        right = number_in(row["answer"])
        alone = said_alone(row["question"], ask) == right
        return alone, worked(row["question"], ask, samples=samples), right

    with ThreadPoolExecutor(at_once) as pool:
        for alone, made, right in pool.map(work, rows):
            tally.add(alone=alone, made=made, right=right)
            print(f"{tally.words()}; {time.perf_counter() - begun:.0f} s in all", flush=True)


@dataclass
class Tally:
    """What came out so far."""

    problems: int = 0
    plain: int = 0
    piped: int = 0
    trusted: int = 0
    trusted_right: int = 0

    def add(self, *, alone: bool, made: WorkedProblem, right: Fraction | None) -> None:
        """Counts one problem."""
        hit = bool(made.answer) and Fraction(made.answer) == right
        self.problems += 1
        self.plain += alone
        self.piped += hit
        self.trusted += made.trusted
        self.trusted_right += made.trusted and hit

    def words(self) -> str:
        """The counts in a line."""
        return (
            f"{self.problems}: plain {self.plain}, pipeline {self.piped}; "
            f"trusted {self.trusted}, of them right {self.trusted_right}"
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
