"""Measures the checking of answers on OATutor's steps.

    python scripts/check_answers.py DATA [--seed N] [--pairs N] [--show N]

DATA is a file of JSON lines with the fields ``answer`` (a list), ``answer_type``, ``problem_type``
and ``choices``. Three figures: equal forms of a key that are refused, answers of other steps that
are accepted, wrong choices that are accepted; each failure is shown with its cause.
"""

import argparse
import json
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from answers.judge import equal, parsed  # noqa: E402 - the path comes first
from answers.rewriting import numbers, of_sympy, textual  # noqa: E402 - the path comes first

from assistant.domain.exercise import AnswerKind, Key  # noqa: E402 - the path comes first
from assistant.tutor.maths import Trouble, grade, read  # noqa: E402 - the path comes first

GOALS: Final = {"rewrites": 0.005, "shuffled": 0.002, "choices": 0.002}


@dataclass(slots=True)
class Count:
    """One of the three figures."""

    tried: int = 0
    failed: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])
    seconds: list[float] = field(default_factory=list[float])

    def check(self, cause: str, key: str, answer: str, *, accepted: bool) -> None:
        """Grades an answer and keeps what went otherwise than it should."""
        began = time.perf_counter()
        correct = grade(answer, Key(key), AnswerKind.MATH).correct is True
        self.seconds.append(time.perf_counter() - began)
        self.tried += 1
        if correct is not accepted:
            self.failed.append((cause, key, answer))


def rewrites(keys: list[str], draw: random.Random) -> Count:
    """Equal forms: each has to be accepted."""
    count = Count()
    for key in keys:
        tree = parsed(key)
        forms = textual(key) | numbers(key)
        if tree is not None:
            forms |= of_sympy(tree, draw)
        for name, form in forms.items():
            count.check(name, key, form, accepted=True)
    return count


def shuffled(keys: list[str], draw: random.Random, pairs: int) -> Count:
    """Answers of other steps: each has to be refused, but where the judge finds them equal."""
    count = Count()
    trees: dict[str, Any] = {key: parsed(key) for key in set(keys)}
    for key in keys:
        for other in draw.sample(keys, pairs):
            same_text = "".join(key.split()) == "".join(other.split())
            known = trees[key] is not None and trees[other] is not None
            if same_text or (known and equal(trees[key], trees[other])):
                continue
            count.check("another step's", key, other, accepted=False)
    return count


def choices(rows: list[dict[str, Any]]) -> tuple[Count, list[tuple[str, str]]]:
    """Wrong choices of questions whose choices are mathematics: each has to be refused.

    Also gives those that are the right one again, by the judge or letter by letter: they are
    mistakes of the data, and not counted.
    """
    count = Count()
    twins: list[tuple[str, str]] = []
    for row in rows:
        right = row["answer"][0]
        if row["problem_type"] != "MultipleChoice" or right not in row["choices"]:
            continue
        for wrong in row["choices"]:
            if wrong in row["answer"]:
                continue
            if _twin(right, wrong):
                twins.append((right, wrong))
            elif not isinstance(read(wrong), Trouble):
                count.check("wrong choice", right, wrong, accepted=False)
    return count, twins


def _twin(right: str, wrong: str) -> bool:
    letters = ["".join(filter(str.isalnum, text.casefold())) for text in (right, wrong)]
    if letters[0] == letters[1] and letters[0].isalpha():
        return True
    trees = parsed(right), parsed(wrong)
    return trees[0] is not None and trees[1] is not None and equal(*trees)


def report(name: str, count: Count, show: int) -> bool:
    """Prints one figure; says whether its goal is met."""
    rate = len(count.failed) / max(count.tried, 1)
    times = sorted(count.seconds) or [0.0]
    middle, late = times[len(times) // 2], times[int(len(times) * 0.99)]
    met = rate < GOALS[name]
    print(
        f"{name}: {len(count.failed)} of {count.tried} = {rate:.3%} "
        f"(goal {GOALS[name]:.1%}, {'met' if met else 'MISSED'}); "
        f"median {middle * 1000:.2f} ms, 99 % below {late * 1000:.1f} ms, "
        f"slowest {times[-1] * 1000:.1f} ms"
    )
    for cause, number in Counter(cause for cause, *_ in count.failed).most_common():
        print(f"    {number:4} {cause}")
    for cause, key, answer in count.failed[:show]:
        print(f"        {cause}: {key!r} and {answer!r}")
    return met


def main() -> int:
    """Measures; 0 where all goals are met."""
    parser = argparse.ArgumentParser(description="Measures the checking of answers.")
    parser.add_argument("data", type=Path, metavar="DATA")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pairs", type=int, default=10, help="other answers tried for each key")
    parser.add_argument("--show", type=int, default=20, help="failures shown of each kind")
    given = parser.parse_args()
    with given.data.open(encoding="utf-8") as lines:
        rows: list[dict[str, Any]] = [json.loads(line) for line in lines]
    keys = [
        row["answer"][0]
        for row in rows
        if row["answer_type"] == "arithmetic" and not isinstance(read(row["answer"][0]), Trouble)
    ]
    unread = [
        row["answer"][0]
        for row in rows
        if row["answer_type"] == "arithmetic" and isinstance(read(row["answer"][0]), Trouble)
    ]
    print(f"{len(keys)} keys; {len(unread)} more cannot be read: {sorted(set(unread))}")
    draw = random.Random(given.seed)  # noqa: S311 - a sample, not secrets
    wrong, twins = choices(rows)
    met = [
        report("rewrites", rewrites(keys, draw), given.show),
        report("shuffled", shuffled(keys, draw, given.pairs), given.show),
        report("choices", wrong, given.show),
    ]
    print(f"choices that are the right one again: {len(twins)}: {twins}")
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
