"""How often the first wrong step of pupils' ways is found, against teachers' marks.

    python scripts/check_steps.py DATA.jsonl

DATA is as for ``train_steps.py``. What is measured is what ``study locate`` says, with the shipped
weights: with a reference solution and without one. Where DATA is what the weights were learned
from, the figures are too good; ``train_steps.py`` gives those that are not. A step that is named
without a reference is one that arithmetic showed to be wrong, or that uses a number from nowhere;
the scorer's guess, which the app does not show, is measured besides.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

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


def main(arguments: Sequence[str]) -> int:
    """Prints the counts, as shares of all ways."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path)
    given = parser.parse_args(arguments)
    lines = given.data.read_text(encoding="utf-8").splitlines()
    rows: list[dict[str, Any]] = [json.loads(line) for line in lines if line.strip()]
    for with_reference in (True, False):
        counts = counted(rows, with_reference=with_reference)
        print(f"{'with' if with_reference else 'without'} reference, {len(rows)} ways")
        for name, count in counts.items():
            print(f"  {name:18} {count:5}  {count / max(1, len(rows)):.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
