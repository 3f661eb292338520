"""Learns the weights of the signs of wrong steps from teachers' marks, and says how good they are.

    python scripts/train_steps.py DATA.jsonl [--write]

DATA has a line of JSON for each way of a pupil: problem, reference_solution,
student_incorrect_solution (a list) and incorrect_index (from 0), as in MathDial / StepVerify of
ETH Zurich (CC BY 4.0). Said is the exact accuracy: by cross-validation where no problem is in two
parts, where only the ways are parted, and on a held part that a hash of the problem chose and no
setting was tuned on. ``--write`` learns from all lines and writes the weights.
"""

import argparse
import hashlib
import importlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.tutor.steps.scorer import WEIGHTS, WITH_REFERENCE, WITHOUT_REFERENCE, Scorer
from assistant.tutor.steps.signs import Signs, signs_of
from assistant.tutor.steps.way import read_way

_NOTE = (
    "Learned by scripts/train_steps.py from teachers' marks on pupils' ways (MathDial/StepVerify, "
    "Macina et al. 2023 and Daheim et al. 2024, CC BY 4.0); the weights are no text of theirs."
)
PENALTY = {WITH_REFERENCE: 60.0, WITHOUT_REFERENCE: 200.0}
FOLDS = 10
HELD = 3
"""Of ten parts, those that are held back."""
_ROUNDS = 25
_CLOSE = 1e-6


@dataclass(frozen=True, slots=True)
class Example:
    """A way with the teacher's mark."""

    problem: str
    rows: tuple[Signs, ...]
    marked: int


def examples_of(path: Path, *, with_reference: bool) -> list[Example]:
    """Reads the data and computes the signs."""
    found: list[Example] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        reference = row["reference_solution"] if with_reference else ""
        way = read_way(row["problem"], row["student_incorrect_solution"], reference)
        found.append(Example(row["problem"], signs_of(way), row["incorrect_index"]))
    return found


def learned(examples: Sequence[Example], penalty: float) -> Scorer:
    """Fits the conditional logit by Newton's method on standardised signs."""
    np: Any = importlib.import_module("numpy")
    names = sorted({name for example in examples for row in example.rows for name in row})
    signs = np.array([[row.get(n, 0.0) for n in names] for e in examples for row in e.rows])
    group = np.repeat(np.arange(len(examples)), [len(e.rows) for e in examples])
    marked = np.array([float(p == e.marked) for e in examples for p in range(len(e.rows))])
    spread = signs.std(0)
    kept = spread > _CLOSE
    signs, spread = (signs[:, kept] - signs[:, kept].mean(0)) / spread[kept], spread[kept]
    weights = np.zeros(signs.shape[1])
    for _ in range(_ROUNDS):
        parts = np.exp(signs @ weights)
        total = np.zeros(len(examples))
        np.add.at(total, group, parts)
        shares = parts / total[group]
        means = np.zeros((len(examples), signs.shape[1]))
        np.add.at(means, group, signs * shares[:, None])
        bend = (signs * shares[:, None]).T @ signs - means.T @ means
        slope = signs.T @ (marked - shares) - penalty * weights
        step = np.linalg.solve(bend + penalty * np.eye(len(weights)), slope)
        weights += step
        if abs(step).max() < _CLOSE:
            break
    names = [name for name, keep in zip(names, kept, strict=True) if keep]
    return Scorer(
        {n: round(float(w / s), 5) for n, w, s in zip(names, weights, spread, strict=True)}
    )


def exact(scorer: Scorer, examples: Sequence[Example]) -> int:
    """In how many ways the likeliest step is the marked one."""
    hits = 0
    for example in examples:
        shares = scorer.shares(example.rows)
        hits += shares.index(max(shares)) == example.marked
    return hits


def crossed(examples: Sequence[Example], penalty: float, parts: Sequence[int]) -> float:
    """Accuracy by cross-validation; ``parts`` gives the fold of each example."""
    hits = 0
    for fold in range(FOLDS):
        seen = [e for e, part in zip(examples, parts, strict=True) if part != fold]
        unseen = [e for e, part in zip(examples, parts, strict=True) if part == fold]
        hits += exact(learned(seen, penalty), unseen) if unseen else 0
    return hits / len(examples)


def part_of(text: str, salt: str = "") -> int:
    """A part from 0 to 9, by a hash."""
    return int(hashlib.sha256((salt + text).encode()).hexdigest(), 16) % FOLDS


def measured(examples: Sequence[Example], penalty: float) -> str:
    """The accuracies, in words."""
    problems = [example.problem for example in examples]
    runs = [
        crossed(examples, penalty, [part_of(problem, str(salt)) for problem in problems])
        for salt in range(5)
    ]
    ways = crossed(examples, penalty, [part_of(str(place)) for place in range(len(examples))])
    held = [e for e in examples if part_of(e.problem, "held") < HELD]
    fit = [e for e in examples if part_of(e.problem, "held") >= HELD]
    scorer = learned(fit, penalty)
    return "\n".join(
        (
            f"  cross-validated, problems apart: {sum(runs) / len(runs):.3f}",
            f"    lowest {min(runs):.3f}, highest {max(runs):.3f} of {len(runs)} partings",
            f"  cross-validated, ways apart: {ways:.3f}",
            f"  fit {exact(scorer, fit) / len(fit):.3f} of {len(fit)}",
            f"  held {exact(scorer, held) / len(held):.3f} of {len(held)}",
        )
    )


def main(arguments: Sequence[str]) -> int:
    """Learns, measures, and writes where asked to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", action="store_true", help="learn from all and write the file")
    given = parser.parse_args(arguments)
    result: dict[str, object] = {"note": _NOTE}
    for kind, penalty in PENALTY.items():
        examples = examples_of(given.data, with_reference=kind == WITH_REFERENCE)
        print(f"{kind}: {len(examples)} ways\n{measured(examples, penalty)}")
        result[kind] = dict(learned(examples, penalty).weights)
    if given.write:
        place = Path(__file__).parents[1] / "assistant" / "tutor" / "steps" / WEIGHTS
        place.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
