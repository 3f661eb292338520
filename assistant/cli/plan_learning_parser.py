"""The command line of what the planner learns; see ``plan_parser``."""

import argparse
from collections.abc import Callable
from pathlib import Path

Add = Callable[..., argparse.ArgumentParser]


def add_learning_actions(add: Add) -> None:
    """Adds every action that stands on what was learnt."""
    _add_evaluating(add)


def _add_evaluating(add: Add) -> None:
    estimates = add(
        "evaluate-estimates",
        "measure the correction of estimates on a table",
        "FILE has the columns person, text, category, priority, estimate_hours, actual_hours and "
        "start. Each task is foretold from those finished before it began; the figures are of the "
        "last 30 %.",
    )
    estimates.add_argument("file", type=Path, metavar="FILE")
    on_time = add(
        "evaluate-on-time",
        "measure chances of being on time on a table",
        "Both files have the columns student, module, presentation, type, weight, due_day and "
        "submitted_day. Chances of the second are learnt from the first and from what each "
        "student had handed in before.",
    )
    on_time.add_argument("train", type=Path, metavar="TRAIN")
    on_time.add_argument("test", type=Path, metavar="TEST")
    for action in (estimates, on_time):
        action.add_argument(
            "--predictions", type=Path, metavar="OUT", help="write each prediction to this table"
        )
