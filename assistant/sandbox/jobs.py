"""The kinds of orders that a worker takes: to run a program, to trace one, to grade one."""

import json
from collections.abc import Callable
from typing import Any, Final, cast

from wasmtime import Engine
from wasmtime.component import Component

from assistant.sandbox.graded import grade
from assistant.sandbox.instances import Ended, Role

Say = Callable[[dict[str, Any]], None]
_MOST_STEPS_CHARS: Final = 64 << 20
"""Of a trace, which whoever asked for it keeps."""


class Jobs:
    """Does orders, one at a time.

    Args:
        engine: Runs the component.
        component: The Python inside.
        say: Takes events while an order is being done.
    """

    def __init__(self, engine: Engine, component: Component, say: Say) -> None:
        self._say = say
        self._program = Role(engine, component)
        self._tests = Role(engine, component)

    def rehearse(self) -> str:
        """Runs nothing much once, so that all code of this process has been loaded.

        Returns:
            How that failed; "" if it did not.
        """
        order = {"role": "run", "source": "", "stdin": "", "file": "program.py"}
        limits = {"output_chars": 1, "output_lines": 1, "fuel": 10**9, "memory_bytes": 256 << 20}
        single = str(self.do(order | limits)["how"])
        graded = self.do(order | limits | {"role": "grade", "module": "nothing", "tests": ""})
        return single or str(graded["program"]["how"]) or str(graded["tests"]["how"])

    def do(self, order: dict[str, Any]) -> dict[str, Any]:
        """Does one and gives its end: ``how`` it ended, and what it answered where it did."""
        if order["role"] == "grade":
            output = self._pass_on(order["output_chars"])
            return grade(self._program, self._tests, order, self._say, output)
        return _end(self._single(order))

    def _single(self, order: dict[str, Any]) -> Ended:
        return self._program.run(
            order,
            fuel=order["fuel"],
            memory_bytes=order["memory_bytes"],
            report=self._pass_on(order["output_chars"], traced=order["role"] == "trace"),
        )

    def _pass_on(self, left: int, *, traced: bool = False) -> Callable[[str], None]:
        """Takes what a program tells; it may have written that itself, so it is looked at."""
        left_of_steps = _MOST_STEPS_CHARS

        def report(event: str) -> None:
            nonlocal left, left_of_steps
            try:
                word = json.loads(event)
            except (ValueError, RecursionError):
                return
            if isinstance(word, dict):
                told = cast("dict[str, Any]", word)
                out = told.get("out")
                if isinstance(out, str) and left > 0:
                    self._say({"out": out[:left]})
                    left -= len(out)
                if traced and isinstance(told.get("steps"), list) and left_of_steps > 0:
                    left_of_steps -= len(event)
                    self._say({"steps": told["steps"]})

        return report


def _end(ended: Ended) -> dict[str, Any]:
    return {"how": ended.how, "answer": ended.answer}
