"""Compares boosting on figures with a small recurrent network on sequences of submissions.

    python scripts/compare_sequence_models.py FOLDER/on_time_submissions.csv [--held 20]

Both learn from one part of the students and foretell the others, each row from what its due
morning shows. The better one ships.
"""

import argparse
import math
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from learnt.recurrent import RecurrentNetwork, Sequences

from assistant.planner.learning.measures import measure_chances
from assistant.planner.learning.on_time import OnTimeModel, one_thread
from assistant.planner.learning.submissions import (
    Others,
    Submission,
    first_days,
    read_submissions,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_KINDS = ("TMA", "CMA")
_STEPS = 28


def main() -> None:
    """Prints a line for each way, and for their mean."""
    import numpy as np

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--held", type=int, default=20, help="per cent of the students held out")
    parser.add_argument("--epochs", type=int, default=30)
    given = parser.parse_args()
    rows, _ = read_submissions(given.file.read_bytes(), given.file.name)
    students = sorted({row.student for row in rows})
    order = np.random.default_rng(0).permutation(len(students))
    held = {students[int(at)] for at in order[: len(students) * given.held // 100]}
    train = [row for row in rows if row.student not in held]
    test = [row for row in rows if row.student in held]
    happened = np.array([row.on_time for row in test], dtype=np.float64)
    begun = time.monotonic()
    boosted = OnTimeModel(train).chances(test)
    _tell("boosting", boosted, happened, begun)
    begun = time.monotonic()
    others = Others(train)
    known, _ = _sequences(train, others)
    asked, places = _sequences(test, others)
    said = np.zeros(len(test))
    with one_thread():
        for seed in (1, 2):
            network = RecurrentNetwork(known.inputs.shape[2], seed=seed)
            network.fit(known, given.epochs)
            told = network.chances(asked)
            said += np.array([told[place] for place in places]) / 2
    _tell("recurrent", said, happened, begun)
    _tell("their mean", (boosted + said) / 2, happened, begun)


def _tell(
    name: str, chances: "NDArray[np.float64]", happened: "NDArray[np.float64]", begun: float
) -> None:
    found = measure_chances(chances, happened)
    print(
        f"{name:<12} AUC {found.auc or 0:.4f}  Brier {found.brier:.4f}  ECE {found.ece:.4f}  "
        f"({found.count} rows, {time.monotonic() - begun:.0f} s)",
        flush=True,
    )


def _sequences(
    rows: Sequence[Submission], others: Others
) -> tuple[Sequences, list[tuple[int, int]]]:
    """Sequences by student in the order of due days, and where each row lies in them."""
    import numpy as np

    days = first_days(row.presentation for row in rows)
    modules = sorted({row.module for row in rows})
    by_student: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        by_student.setdefault(row.student, []).append(at)
    places = [(0, 0)] * len(rows)
    width = 15 + len(modules)
    shape = (len(by_student), _STEPS)
    inputs = np.zeros((*shape, width))
    outcomes, there = np.zeros(shape), np.zeros(shape)
    for person, mine in enumerate(by_student.values()):
        due = {at: days[rows[at].presentation] + rows[at].due_day for at in mine}
        mine.sort(key=lambda at: (due[at], at))
        for step, at in enumerate(mine[:_STEPS]):
            places[at] = (person, step)
            before = [other for other in mine[:step] if due[other] < due[at]]
            same = modules.index(rows[at].module)
            inputs[person, step] = _step(rows, due, before, at, others) + [
                float(place == same) for place in range(len(modules))
            ]
            outcomes[person, step] = rows[at].on_time
            there[person, step] = 1.0
    return Sequences(inputs, outcomes, there), places


def _step(
    rows: Sequence[Submission],
    due: dict[int, float],
    before: Sequence[int],
    at: int,
    others: Others,
) -> list[float]:
    """What is fed in for one row: the row itself, and the one before it as known by then."""
    row = rows[at]
    rate, alike = others.rate(row)
    found = [
        math.log(rate / (1 - rate)),
        math.log(alike / (1 - alike)),
        row.due_day / 250,
        0.0 if math.isnan(row.weight) else row.weight / 20,
        *(float(row.kind == kind) for kind in _KINDS),
    ]
    if not before:
        return found + [0.0] * 9
    last = before[-1]
    lead = rows[last].due_day - rows[last].submitted_day
    handed_in = due[last] - lead < due[at]
    lead = lead if handed_in else due[last] - due[at]
    last_rate, _ = others.rate(rows[last])
    return [
        *found,
        1.0,
        max(-3.0, min(3.0, lead / 7)),
        float(handed_in and lead >= 0) - last_rate,
        others.rank(rows[last].work, lead) - 0.5,
        float(handed_in),
        (due[at] - due[last]) / 50,
        float(lead == 0),
        float(-3 <= lead < 0),  # noqa: PLR2004 - just late
        float(rows[last].kind == row.kind),
    ]


if __name__ == "__main__":
    main()
