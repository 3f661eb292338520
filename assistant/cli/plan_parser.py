"""The command line of ``plan``: what may be said of planning, and nothing of what it does.

An action is a function here that adds it, in ``_ACTIONS``, and a line in ``assistant.cli.plan``.
"""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Final

Add = Callable[..., argparse.ArgumentParser]
"""Adds an action by its name, a line of help, and a longer description."""


def add_plan_actions(add: Add) -> None:
    """Adds every action of ``plan``."""
    for action in _ACTIONS:
        action(add)


def _add_parse(add: Add) -> None:
    parse = add(
        "parse",
        "read a line as a task",
        "Says what a line such as “write lab report by fri 5pm ~3h !high #chem” means; nothing is "
        "added. Your own words are known where the history can be opened.",
    )
    parse.add_argument("text", metavar="TEXT", nargs="?", help="the line")
    parse.add_argument(
        "--batch",
        type=Path,
        metavar="FILE",
        help='one JSON object {"text", "now"} a line in, one result a line out',
    )


_ACTIONS: Final[tuple[Callable[[Add], None], ...]] = (_add_parse,)
