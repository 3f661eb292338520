"""What the planner has learnt, and how good that is."""

import argparse
import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from assistant.cli.output import Output
from assistant.domain.errors import UserFacingError
from assistant.planner.learning.measures import LengthMeasures
from assistant.services.core import Core
from assistant.services.planning.evaluating import EstimateReport


def evaluate_estimates(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """``plan evaluate-estimates``: estimates against their corrections, on a table."""
    report = core.planning.evaluating.estimates(arguments.file).result()
    user, model = report.user, report.model
    value: dict[str, Any] = {
        "n": len(report.tasks),
        "user": _lengths(user),
        "model": {**_lengths(model), "coverage_80": round(report.coverage, 4)},
    }
    if report.left_out.count:
        value["left_out"] = {
            "count": report.left_out.count,
            "first_rows": list(report.left_out.first_rows),
        }
    if arguments.predictions is not None:
        _write(arguments.predictions, _PREDICTED, _predictions(report))
    output.document(
        value,
        f"The last {len(report.tasks)} tasks:\n"
        f"  own estimates: {_length_words(user)}\n"
        f"  corrected:     {_length_words(model)}\n"
        f"  {report.coverage:.0%} took as long as their 80 % interval says.",
    )


def evaluate_on_time(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """``plan evaluate-on-time``: learns from one table, and foretells another."""
    report = core.planning.evaluating.on_time(arguments.train, arguments.test).result()
    found = report.measures
    value: dict[str, Any] = {
        "n": found.count,
        "auc": None if found.auc is None else round(found.auc, 4),
        "brier": round(found.brier, 4),
        "ece": round(found.ece, 4),
    }
    if report.skipped:
        value["without_due_day"] = report.skipped
    if arguments.predictions is not None:
        _write(arguments.predictions, ("chance",), ((f"{one:.6f}",) for one in report.chances))
    auc = "not defined, for all came out alike" if found.auc is None else f"{found.auc:.3f}"
    output.document(
        value,
        f"{found.count} submissions: AUC {auc}, Brier score {found.brier:.3f}, calibration error "
        f"{found.ece:.3f}.",
    )


def _lengths(measures: LengthMeasures) -> dict[str, float]:
    return {
        "mdmre": round(measures.mdmre, 4),
        "pred25": round(measures.pred25, 4),
        "mae": round(measures.mae, 4),
    }


def _length_words(measures: LengthMeasures) -> str:
    return (
        f"half of them within {measures.mdmre:.0%}, {measures.pred25:.0%} within a quarter, "
        f"{measures.mae:.2f} hours off on average"
    )


_PREDICTED = ("person", "start", "estimate_hours", "actual_hours", "hours", "low", "high")


def _predictions(report: EstimateReport) -> Iterable[Sequence[str]]:
    for task, told in zip(report.tasks, report.forecasts, strict=True):
        hours = (task.estimate_hours, task.actual_hours, told.hours, told.low, told.high)
        yield (
            task.person,
            task.start.isoformat(),
            *("" if one is None else f"{one:.4f}" for one in hours),
        )


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    try:
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(header)
            writer.writerows(rows)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise UserFacingError(
            f"{path} cannot be written: {reason or 'it is not the name of a file'}.",
            "Name a file in a folder that can be written to.",
            code="file_unwritable",
        ) from error
