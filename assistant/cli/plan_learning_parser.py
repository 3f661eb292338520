"""The command line of what the planner learns; see ``plan_parser``."""

import argparse
from collections.abc import Callable
from pathlib import Path

Add = Callable[..., argparse.ArgumentParser]


def add_learning_actions(add: Add) -> None:
    """Adds every action that stands on what was learnt."""
    _add_asking(add)
    _add_models(add)
    _add_evaluating(add)


def _add_asking(add: Add) -> None:
    estimate = add(
        "estimate",
        "say how long something will take",
        "TEXT is a line such as “write lab report ~3h #chem”, or the number of a task. Your own "
        "estimate is corrected where that has proved right on your own past.",
    )
    estimate.add_argument("text", metavar="TEXT|ID")
    risk = add(
        "risk",
        "say how likely a task is done in time",
        "With the reasons, what would help, and the terms of its urgency.",
    )
    risk.add_argument("id", type=int, metavar="ID", help="the number of the task")
    add(
        "insights",
        "show what can be seen in what was done",
        "Where time went against estimates, how good they were, patterns, and when work goes well.",
    )


def _add_models(add: Add) -> None:
    models = add(
        "models",
        "list what was learnt",
        "Every version of each model with its figures on later tasks than it was trained on; the "
        "one that is asked is marked.",
    )
    group = models.add_mutually_exclusive_group()
    group.add_argument(
        "--rollback", metavar="NAME", help="ask the version before, or the plain rule"
    )
    group.add_argument("--retrain", action="store_true", help="train everything anew, now")
    question = add(
        "question",
        "see what the planner would like to know",
        "A few things at first; later at most one a day, and only where it would change a plan.",
    )
    question.add_argument("--answer", metavar="ANSWER", help="answer it")


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
