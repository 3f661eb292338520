"""The component's one export: takes an order as JSON, does it, and answers in JSON."""

import importlib
import json
from typing import Any

from assistant.sandbox.guest import library
from assistant.sandbox.guest.running import run_program

MISSING = library.load()


class WitWorld:
    """What the world of ``sandbox.wit`` asks of a component."""

    def start(self, request: str) -> str:
        """Does what ``request`` asks for.

        Args:
            request: An object with ``role``: ``run``, ``trace``, ``learner`` or ``tests``.
        """
        order = json.loads(request)
        return json.dumps(_ROLES[order["role"]](order))


def _say(event: dict[str, Any]) -> None:
    _host.report(json.dumps(event))


def _run(order: dict[str, Any]) -> dict[str, Any]:
    return run_program(order, _say)


# Made for the world when the component is.
_host: Any = importlib.import_module("wit_world")
_ROLES = {"run": _run}
