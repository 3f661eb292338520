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
    "import": _later("plan_calendar", "bring"),
    "calendars": _later("plan_calendar", "calendars"),
    "events": _later("plan_calendar", "events"),
    "export": _later("plan_calendar", "export"),
}
