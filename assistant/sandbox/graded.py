"""Grades a program: its tests in one instance, the program in another, and a wire between them.

Only the instance of the tests can say what became of a test. The program's instance is a separate
memory, in which there is neither the text of the tests nor anything that reports results.

The program has so much fuel for each test. Where one takes it all, the tests behind it are run in
new instances, as long as there is fuel for all of them together.
"""

import json
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from assistant.sandbox.instances import CRASH, FUEL, Ended, NobodyThere, Role

_GONE = ""
"""What either hears when the other has ended."""
_TOLD = ("named", "plan", "begun", "case")
_Say = Callable[[dict[str, Any]], None]


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


@dataclass(slots=True)
class _Tank:
    """The fuel of the program: so much for a test, and so much for all.

    Args:
        left: For all.
        case: For one.
    """

    left: int
    case: int
    given: int = 0
    begun: bool = False
    """Whether another test has begun since the tank was filled."""

    def fill(self) -> int:
        """What an instance has at first, or when a test begins."""
        self.begun = False
        self.given = max(min(self.case, self.left), 1)
        return self.given

    def refill(self, left: int) -> int | None:
        """See ``Role.run``."""
        if not self.begun:
            return None
        self.left -= self.given - left
        return self.fill()

    def empty(self) -> None:
        """Counts what an instance took that ran out of it."""
        self.left -= self.given


class _Teller:
    """Passes on what the tests tell, and notes which test took too long.

    Args:
        say: Takes what is passed on.
        tank: Is filled anew for each test.
    """

    def __init__(self, say: _Say, tank: _Tank) -> None:
        self._say = say
        self._tank = tank
        self._plan: list[Any] = []
        self._running = 0
        self.ends: list[Ended] = []
        """How the program ended, if it has."""
        self.next = 0
        """The test to go on with; 0 where there is none."""

    def again(self) -> int:
        """Makes ready for the tests that are left; gives the first of them."""
        first, self.next, self.ends = self.next, 0, []
        return first

    def hear(self, event: str) -> None:
        """Takes an event of the tests."""
        word = _word(event)
        if self.next or not word:
            return  # what is told of a program that has ended
        if "plan" in word or "named" in word:
            if self._plan:
                return
            self._plan = word.get("plan", [])
        if isinstance(word.get("begun"), int):
            self._running, self._tank.begun = word["begun"], True
        case = word.get("case")
        if isinstance(case, dict) and self._took_too_long(cast("dict[str, Any]", case)):
            self.next = self._running + 1
            case["slow"] = True
        self._say(word)

    def _took_too_long(self, case: dict[str, Any]) -> bool:
        """Whether the program ran out of fuel in this test, and there are others to be run."""
        if case.get("gone") is not True or not self.ends or self.ends[0].how != FUEL:
            return False
        self._tank.empty()
        return self._tank.left > 0 and self._running + 1 < len(self._plan)


def grade(
    program: Role,
    tests: Role,
    order: dict[str, Any],
    say: _Say,
    on_output: Callable[[str], None],
) -> dict[str, Any]:
    """Runs the tests against the program.

    Args:
        program: Makes its instance.
        tests: Makes theirs.
        order: ``source``, ``tests``, ``module``, the limits, and the ``first`` test to be run.
        say: Takes what the tests tell.
        on_output: Takes what the program tells, which it may have made up.

    Returns:
        ``program`` and ``tests``: how each of them ended at last.
    """
    tank = _Tank(order["fuel"], order.get("case_fuel", order["fuel"]))
    teller = _Teller(say, tank)
    first = order.get("first", 0)
    while True:
        ended = _once(program, tests, order | {"first": first}, teller, tank, on_output)
        if not teller.next:
            return ended
        first = teller.again()


def _once(
    program: Role,
    tests: Role,
    order: dict[str, Any],
    teller: _Teller,
    tank: _Tank,
    on_output: Callable[[str], None],
) -> dict[str, Any]:
    wire = _Wire(queue.SimpleQueue(), queue.SimpleQueue())
    ends = teller.ends

    def run_program() -> None:
        end = Ended(how=CRASH)
        try:
            end = program.run(
                order | {"role": "learner", "tests": ""},
                fuel=tank.fill(),
                memory_bytes=order["memory_bytes"],
                report=on_output,
                exchange=wire.of_program,
                refill=tank.refill,
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
            report=teller.hear,
            exchange=wire.of_tests,
        )
    early, wire.over = bool(ends), True
    wire.to_program.put(None)
    thread.join()
    # How it ended when it was told to says nothing.
    return {"program": _end(ends[0] if early else Ended()), "tests": _end(ended)}


def _word(event: str) -> dict[str, Any]:
    try:
        word = json.loads(event)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(word, dict):
        return {}
    told = cast("dict[str, Any]", word)
    return {key: told[key] for key in _TOLD if key in told}


def _end(ended: Ended) -> dict[str, Any]:
    return {"how": ended.how, "answer": ended.answer}
