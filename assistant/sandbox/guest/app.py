"""The component's one export: takes an order as JSON, does it, and answers in JSON."""

import importlib
import json
import traceback
from typing import Any, Final

from assistant.sandbox.guest import library
from assistant.sandbox.guest.cases import run_tests
from assistant.sandbox.guest.learner import run_learner
from assistant.sandbox.guest.running import run_program
from assistant.sandbox.guest.tracing import run_traced

MISSING = library.load()
_MOST_CHARS: Final = 10_000


class WitWorld:
    """What the world of ``sandbox.wit`` asks of a component."""

    def start(self, request: str) -> str:
        """Does what ``request`` asks for.

        Args:
            request: An object with ``role``: ``run``, ``trace``, ``learner`` or ``tests``.
        """
        order = json.loads(request)
        try:
            return json.dumps(_ROLES[order["role"]](order))
        except BaseException as error:  # noqa: BLE001 - told, where a trap would say nothing
            return json.dumps({"bug": "".join(traceback.format_exception(error))[-_MOST_CHARS:]})


def _say(event: dict[str, Any]) -> None:
    _host.report(json.dumps(event))


def _run(order: dict[str, Any]) -> dict[str, Any]:
    return run_program(order, _say)


def _trace(order: dict[str, Any]) -> dict[str, Any]:
    return run_traced(order, _say)


def _learner(order: dict[str, Any]) -> dict[str, Any]:
    return run_learner(order, _say, _host.exchange)


def _tests(order: dict[str, Any]) -> dict[str, Any]:
    return run_tests(order, _say, _host.exchange)


# Made for the world when the component is.
_host: Any = importlib.import_module("wit_world")
_ROLES = {"run": _run, "trace": _trace, "learner": _learner, "tests": _tests}
