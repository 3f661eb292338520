"""Grades a program: its tests in one instance, the program in another, and a wire between them.

Only the instance of the tests can say what became of a test. The program's instance is a separate
memory, in which there is neither the text of the tests nor anything that reports results.
"""

import json
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from assistant.sandbox.instances import CRASH, Ended, NobodyThere, Role

_GONE = ""
"""What either hears when the other has ended."""
_TOLD = ("named", "plan", "case")


@dataclass(slots=True)
class _Wire:
    """Messages between two instances, of which one always waits."""

    to_program: "queue.SimpleQueue[str | None]"
    to_tests: "queue.SimpleQueue[str | None]"
    over: bool = False
    """Whether the tests have ended."""

    def of_program(self, message: str) -> str:
        """The program's ``exchange``."""
        if self.over:
            raise NobodyThere
        self.to_tests.put(message)
        answer = self.to_program.get()
        return _GONE if answer is None else answer

    def of_tests(self, message: str) -> str:
        """The tests' ``exchange``."""
        self.to_program.put(message)
        answer = self.to_tests.get()
        return _GONE if answer is None else answer


def grade(
    program: Role,
    tests: Role,
    order: dict[str, Any],
    say: Callable[[dict[str, Any]], None],
    on_output: Callable[[str], None],
) -> dict[str, Any]:
    """Runs the tests against the program.

    Args:
        program: Makes its instance.
        tests: Makes theirs.
        order: ``source``, ``tests``, ``module`` and the limits.
        say: Takes what the tests tell.
        on_output: Takes what the program tells, which it may have made up.

    Returns:
        ``program`` and ``tests``: how each of them ended.
    """
    wire = _Wire(queue.SimpleQueue(), queue.SimpleQueue())
    ends: list[Ended] = []

    def run_program() -> None:
        end = Ended(how=CRASH)
        try:
            end = program.run(
                order | {"role": "learner", "tests": ""},
                fuel=order["fuel"],
                memory_bytes=order["memory_bytes"],
                report=on_output,
                exchange=wire.of_program,
            )
        finally:
            ends.append(end)
            wire.to_tests.put(None)

    thread = threading.Thread(target=run_program, name="learner")
    thread.start()
    ended = Ended()
    # Its first message says that it listens; it is run when the tests import it.
    if wire.to_tests.get() is not None:
        ended = tests.run(
            order | {"role": "tests", "source": order["tests"], "program": order["source"]},
            fuel=order["fuel"],
            memory_bytes=order["memory_bytes"],
            report=lambda event: _pass_on(event, say),
            exchange=wire.of_tests,
        )
    early, wire.over = bool(ends), True
    wire.to_program.put(None)
    thread.join()
    # How it ended when it was told to says nothing.
    return {"program": _end(ends[0] if early else Ended()), "tests": _end(ended)}


def _pass_on(event: str, say: Callable[[dict[str, Any]], None]) -> None:
    try:
        word = json.loads(event)
    except (ValueError, RecursionError):
        return
    if isinstance(word, dict):
        told = cast("dict[str, Any]", word)
        word = {key: told[key] for key in _TOLD if key in told}
        if word:
            say(word)


def _end(ended: Ended) -> dict[str, Any]:
    return {"how": ended.how, "answer": ended.answer}
