"""``plan``: tasks in the user's own words, calendars and weeks, without a window."""

import argparse
import importlib
from collections.abc import Callable
from typing import Final

from assistant.cli.output import Output
from assistant.services.core import Core

Action = Callable[[Core, argparse.Namespace, Output], None]


def run(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Does one action of ``plan``."""
    _ACTIONS[arguments.action](core, arguments, output)


def _later(module: str, function: str) -> Action:
    """An action in a module that is imported when it is done: some stand on what is slow."""

    def act(core: Core, arguments: argparse.Namespace, output: Output) -> None:
        getattr(importlib.import_module(f"assistant.cli.{module}"), function)(
            core, arguments, output
        )

    return act


_ACTIONS: Final[dict[str, Action]] = {
    "parse": _later("plan_parse", "run"),
    "do": _later("plan_do", "run"),
    "add": _later("plan_tasks", "add"),
    "list": _later("plan_tasks", "listing"),
    "show": _later("plan_tasks", "show"),
    "done": _later("plan_changes", "done"),
    "drop": _later("plan_changes", "drop"),
    "reopen": _later("plan_changes", "reopen"),
    "delete": _later("plan_changes", "delete"),
    "edit": _later("plan_changes", "edit"),
    "undo": _later("plan_changes", "undo"),
    "redo": _later("plan_changes", "redo"),
    "start": _later("plan_time", "start"),
    "stop": _later("plan_time", "stop"),
    "log": _later("plan_time", "log"),
    "hours": _later("plan_time", "hours"),
    "customs": _later("plan_time", "customs"),
    "zone": _later("plan_time", "zone"),
    "projects": _later("plan_words", "projects"),
    "vocabulary": _later("plan_words", "vocabulary"),
    "import": _later("plan_calendar", "bring"),
    "calendars": _later("plan_calendar", "calendars"),
    "events": _later("plan_calendar", "events"),
    "export": _later("plan_calendar", "export"),
    "schedule": _later("plan_schedule", "schedule"),
    "week": _later("plan_schedule", "week"),
    "replan": _later("plan_schedule", "replan"),
    "explain": _later("plan_schedule", "explain"),
    "remedies": _later("plan_schedule", "remedies"),
    "pin": _later("plan_schedule", "pin"),
    "unpin": _later("plan_schedule", "pin"),
    "move": _later("plan_schedule", "move"),
    "rcpsp": _later("plan_schedule", "rcpsp"),
    "estimate": _later("plan_learning", "estimate"),
    "risk": _later("plan_learning", "risk"),
    "insights": _later("plan_insights", "run"),
    "models": _later("plan_learning", "models"),
    "question": _later("plan_learning", "question"),
    "evaluate-estimates": _later("plan_learning", "evaluate_estimates"),
    "evaluate-on-time": _later("plan_learning", "evaluate_on_time"),
}
