"""``study``: courses, exercises, answers and what is known, without a window."""

import argparse
import importlib
from collections.abc import Callable
from typing import Final

from assistant.cli.output import Output
from assistant.services.core import Core

Action = Callable[[Core, argparse.Namespace, Output], None]


def run(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Does one action of ``study``."""
    _ACTIONS[arguments.action](core, arguments, output)


# Each is imported when it is asked for: what they stand on takes long to import.


def _check(_: Core, arguments: argparse.Namespace, output: Output) -> None:
    from assistant.cli import study_check

    study_check.run(arguments, output)


def _later(module: str, function: str) -> Action:
    """An action in a module that is imported when it is done."""

    def act(core: Core, arguments: argparse.Namespace, output: Output) -> None:
        getattr(importlib.import_module(f"assistant.cli.{module}"), function)(
            core, arguments, output
        )

    return act


_ACTIONS: Final[dict[str, Action]] = {
    "analyse": _later("study_code", "analyse"),
    "answer": _later("study_practice", "answer"),
    "ask": _later("study_ask", "run"),
    "books": _later("study_books", "run"),
    "challenge": _later("study_code", "challenge"),
    "check": _check,
    "courses": _later("study_courses", "courses"),
    "discard": _later("study_syllabus", "discard"),
    "draft": _later("study_syllabus", "draft"),
    "edit": _later("study_syllabus", "edit"),
    "enroll": _later("study_courses", "enroll"),
    "export": _later("study_import", "export"),
    "generate": _later("study_generate", "run"),
    "grade": _later("study_grade", "run"),
    "hint": _later("study_practice", "hint"),
    "import": _later("study_import", "bring"),
    "leave": _later("study_courses", "leave"),
    "lesson": _later("study_lesson", "run"),
    "locate": _later("study_locate", "run"),
    "next": _later("study_practice", "next_exercise"),
    "place": _later("study_place", "run"),
    "plan": _later("study_courses", "plan"),
    "progress": _later("study_progress", "run"),
    "review": _later("study_review", "run"),
    "trace": _later("study_code", "trace"),
    "work": _later("study_work", "run"),
}
