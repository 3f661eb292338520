"""Measures the correction of estimates on made tasks of many worlds.

    python scripts/check_durations.py [--tasks 3000] [--world NAME] [--seeds 1]

As ``plan evaluate-estimates`` measures: over the last 30 %, each task foretold from what was
finished before it began.
"""

import argparse
import time

from learnt.made_tasks import WORLDS, made_tasks

from assistant.planner.learning.durations import foretell
from assistant.planner.learning.measures import measure_lengths
from assistant.planner.learning.timed_tasks import TimedTask


def main() -> None:
    """Prints a line for each world."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tasks", type=int, default=3000)
    parser.add_argument("--world", choices=list(WORLDS))
    parser.add_argument("--seeds", type=int, default=1)
    given = parser.parse_args()
    print(f"{'world':<20}{'MdMRE':>7}{'':>3}{'model':>6}{'MAE':>8}{'':>3}{'model':>6}  less  80 %")
    for name, world in WORLDS.items():
        if given.world not in (None, name):
            continue
        for seed in range(given.seeds):
            _measure(name, made_tasks(world, given.tasks, seed))


def _measure(name: str, tasks: list[TimedTask]) -> None:
    import numpy as np

    begun = time.monotonic()
    told = foretell(tasks)
    last = int(len(tasks) * 0.7)
    actual = np.array([task.actual_hours or 0.0 for task in tasks[last:]])
    user = measure_lengths(np.array([task.estimate_hours for task in tasks[last:]]), actual)
    model = measure_lengths(np.array([one.hours for one in told[last:]]), actual)
    inside = [one.low <= hours <= one.high for one, hours in zip(told[last:], actual, strict=True)]
    print(
        f"{name:<20}{user.mdmre:>7.3f}{'':>3}{model.mdmre:>6.3f}{user.mae:>8.2f}{'':>3}"
        f"{model.mae:>6.2f}{1 - model.mae / user.mae:>6.1%}{np.mean(inside):>6.1%}"
        f"  ({time.monotonic() - begun:.0f} s)",
        flush=True,
    )


if __name__ == "__main__":
    main()
