"""What the planner has learnt, and how good that is."""

import argparse
import csv
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.cli.opening import open_vault
from assistant.cli.output import Output
from assistant.cli.waiting import outcome
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import TaskId
from assistant.domain.lengths import length
from assistant.planner.learning.measures import LengthMeasures
from assistant.services.core import Core
from assistant.services.planning.evaluating import EstimateReport

_HOUR = 60


def estimate(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """``plan estimate``: how long something will take, and why that is thought."""
    open_vault(core, output)
    core.planning.training.retrain_if_due().result()
    text: str = arguments.text
    if text.isdecimal() and text.isascii():
        found = core.planning.learning.length_of(TaskId(int(text[:18]))).result()
    else:
        line: dict[str, Any] = dict(core.planning.reading.read(text).contract())
        tags = line["tags"]
        found = core.planning.learning.estimate(
            str(line["title"] or text), line["duration_min"], f"#{tags[0]}" if tags else ""
        ).result()
    value: dict[str, Any] = {
        "title": found.title,
        "minutes": found.minutes,
        "low_80": found.low,
        "high_80": found.high,
        "own_minutes": found.own_min,
        "corrected": found.corrected,
        "because": list(found.because),
        "alike": [asdict(one) for one in found.alike],
    }
    words = (
        f"{found.title}: about {length(found.minutes)}, and in eight of ten cases from "
        f"{length(found.low)} to {length(found.high)}."
    )
    lines = [words, *(f"  {reason}" for reason in found.because)]
    output.document(value, "\n".join(lines))


def risk(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """``plan risk``: the chance that a task is done in time."""
    open_vault(core, output)
    core.planning.training.retrain_if_due().result()
    found = core.planning.learning.risk(TaskId(arguments.id)).result()
    value: dict[str, Any] = {
        "id": found.task,
        "title": found.title,
        "on_time": _rounded(found.on_time),
        "put_off": _rounded(found.put_off),
        "learnt": found.learnt,
        "lost": found.lost,
        "hours": round(found.hours, 2),
        "because": [
            {"name": one.name, "effect": round(one.effect, 3), "text": one.text}
            for one in found.causes
        ],
        "suggestion": found.suggestion or None,
        "urgency": {
            "points": round(found.urgency_points, 2),
            "terms": {term.name: round(term.points, 2) for term in found.urgency},
        },
    }
    if found.on_time is None:
        lines = [f"{found.title} is done or has no deadline, so there is no chance to tell."]
    else:
        lines = [f"{found.title}: {found.on_time:.0%} likely to be done in time."]
        lines += [f"  {'+' if one.effect > 0 else '-'} {one.text}" for one in found.causes]
        lines.append(found.suggestion)
    terms = ", ".join(f"{term.name} {term.points:.1f}" for term in found.urgency if term.points)
    lines.append(f"Urgency {found.urgency_points:.1f}: {terms}.")
    if found.lost:
        lines.append("Something that was learnt cannot be used any more; a rule stands for it.")
    output.document(value, "\n".join(lines))


def models(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """``plan models``: what was learnt, in versions."""
    open_vault(core, output)
    training = core.planning.training
    if arguments.rollback is not None:
        training.roll_back(arguments.rollback).result()
    elif arguments.retrain:
        training.retrain().result()
    found = training.versions().result()
    value = {
        "models": [
            {
                "name": one.kind,
                "version": one.version,
                "made": one.made.isoformat(),
                "live": one.live,
                "figures": dict(one.figures),
            }
            for one in found
        ]
    }
    lines = [
        f"{'*' if one.live else ' '} {one.kind} {one.version}, {one.made:%Y-%m-%d}: "
        + ("beat the rule" if one.figures.get("won") else "did not beat the rule")
        for one in found
    ]
    output.document(value, "\n".join(lines) or "Nothing is learnt yet; plain rules are used.")


def question(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """``plan question``: what the planner would like to know."""
    open_vault(core, output)
    questions = core.planning.questions
    asked = questions.question().result()
    if asked is not None and arguments.answer is not None:
        questions.answer(asked.id, arguments.answer).result()
        asked = questions.question().result()
    if asked is None:
        output.document({"question": None}, "There is nothing to ask today.")
        return
    value = {
        "question": {
            "id": asked.id,
            "text": asked.text,
            "choices": dict(asked.choices),
            "why": asked.why,
        }
    }
    lines = [asked.text, *(f"  {key}: {words}" for key, words in asked.choices), asked.why]
    output.document(value, "\n".join(lines))


def _rounded(chance: float | None) -> float | None:
    return None if chance is None else round(chance, 4)


def evaluate_estimates(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """``plan evaluate-estimates``: estimates against their corrections, on a table."""
    report = outcome(core.planning.evaluating.estimates(arguments.file))
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
    report = outcome(core.planning.evaluating.on_time(arguments.train, arguments.test))
    found = report.measures
    value: dict[str, Any] = {
        "n": found.count,
        "auc": None if found.auc is None else round(found.auc, 4),
        "brier": round(found.brier, 4),
        "ece": round(found.ece, 4),
    }
    if report.skipped:
        value["without_due_day"] = report.skipped
    if report.students_in_both:
        value["students_in_both"] = report.students_in_both
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
