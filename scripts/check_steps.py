"""How often the first wrong step of pupils' ways is found, against teachers' marks.

    python scripts/check_steps.py DATA.jsonl [--model FILE.gguf [--first N] [--count N]]

DATA is as for ``train_steps.py``. What is measured is what ``study locate`` says, with the shipped
weights: with a reference solution and without one. Where DATA is what the weights were learned
from, the figures are too good; ``train_steps.py`` gives those that are not. A step that is named
without a reference is one that arithmetic showed to be wrong, or that uses a number from nowhere;
the scorer's guess, which the app does not show, is measured besides.

With a model it is what ``study locate --with-model`` says without a reference: the model works the
problems that have the smallest hashes, and each way through them is held against its sums.
"""

import argparse
import hashlib
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from check_word_problems import Asking

from assistant.domain.model import LoadOptions
from assistant.engine.local import local_engine
from assistant.services.study.locating import WayFile, located_beside, located_in
from assistant.services.study.word_problems import Ask, WorkedProblem, worked
from assistant.tutor.steps.locating import located


def counted(rows: Sequence[dict[str, Any]], *, with_reference: bool) -> Counter[str]:
    """Counts of what was said of the ways."""
    counts: Counter[str] = Counter()
    for row in rows:
        reference = row["reference_solution"] if with_reference else ""
        found = located(row["problem"], row["student_incorrect_solution"], reference)
        marked, named = row["incorrect_index"], found.verdict.step
        counts["exact"] += named == marked
        counts["none named"] += named is None
        counts["one step beside"] += named is not None and abs(named - marked) == 1
        counts["checked"] += found.verdict.checked
        counts["checked and exact"] += found.verdict.checked and named == marked
        guess = found.shares.index(max(found.shares)) if found.shares else None
        counts["likeliest exact"] += guess == marked
    return counts


def beside_the_models(rows: Sequence[dict[str, Any]], ask: Ask, samples: int, at_once: int) -> None:
    """Prints what is said beside the model's own sums, after each problem."""
    ways: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        ways.setdefault(row["problem"], []).append(row)
    counts: Counter[str] = Counter()
    begun = time.perf_counter()

    def work(problem: str) -> tuple[str, WorkedProblem]:
        return problem, worked(problem, ask, samples=samples)

    with ThreadPoolExecutor(at_once) as pool:
        for problem, made in pool.map(work, ways):
            counts["problems"] += 1
            counts["problems with trusted sums"] += made.trusted
            for row in ways[problem]:
                way = WayFile(problem=problem, steps=row["student_incorrect_solution"])
                said = located_beside(way, made).step
                counts["ways"] += 1
                counts["none named"] += said is None
                counts["exact"] += said == row["incorrect_index"]
                alone = located_in(way).step
                counts["exact without the model"] += alone == row["incorrect_index"]
                counts["none named without the model"] += alone is None
            words = ", ".join(f"{name} {count}" for name, count in counts.items())
            print(f"{words}; {time.perf_counter() - begun:.0f} s in all", flush=True)


def with_model(given: argparse.Namespace, rows: Sequence[dict[str, Any]]) -> None:
    """Works the problems with the smallest hashes."""
    problems = sorted(
        {row["problem"] for row in rows}, key=lambda one: hashlib.sha256(one.encode()).hexdigest()
    )
    chosen = problems[given.first : given.first + given.count]
    some = sorted(
        (row for row in rows if row["problem"] in chosen),
        key=lambda row: chosen.index(row["problem"]),
    )
    engine = local_engine()
    try:
        engine.load(given.model, LoadOptions(context_length=1024 * given.at_once)).result()
        beside_the_models(some, Asking(engine), given.samples, given.at_once)
    finally:
        engine.close()


def main(arguments: Sequence[str]) -> int:
    """Prints the counts, as shares of all ways."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--first", type=int, default=0, help="go on after so many problems")
    parser.add_argument("--count", type=int, default=100, help="problems for the model")
    parser.add_argument("--samples", type=int, default=5)
    parser.add_argument("--at-once", type=int, default=4, help="problems worked together")
    given = parser.parse_args(arguments)
    lines = given.data.read_text(encoding="utf-8").splitlines()
    rows: list[dict[str, Any]] = [json.loads(line) for line in lines if line.strip()]
    if given.model is not None:
        with_model(given, rows)
        return 0
    for with_reference in (True, False):
        counts = counted(rows, with_reference=with_reference)
        print(f"{'with' if with_reference else 'without'} reference, {len(rows)} ways")
        for name, count in counts.items():
            print(f"  {name:18} {count:5}  {count / max(1, len(rows)):.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
