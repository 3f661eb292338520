"""The face of the room: runs, traces and grades programs that nobody trusts."""

import keyword
import time
from pathlib import Path
from typing import Any

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import UserFacingError
from assistant.domain.exercise import Killed, RunReport
from assistant.domain.trace import ProgramError, ProgramRun, Step, Trace
from assistant.sandbox import words
from assistant.sandbox.limits import FOR_TESTS, MOST_SOURCE_BYTES, MOST_STDIN_BYTES, Limits
from assistant.sandbox.places import Places
from assistant.sandbox.sheet import Sheet, ended_words, error_of
from assistant.sandbox.steps import steps_of
from assistant.sandbox.worker import OnPreparing, Worker

_PROGRAM = "program.py"
_MARK = "\ufeff"
"""What some editors put before a text in UTF-8."""


class Sandbox:
    """Runs programs in a process of its own; safe from any thread, one program at a time.

    Args:
        installed: Folder of the component.
        cache: Where machine code that has to be compiled here is kept.
        notes: Where the hash of that code is noted; another folder than ``cache``.
    """

    def __init__(self, installed: Path, cache: Path, notes: Path) -> None:
        self._worker = Worker(Places(installed, cache, notes))

    def warm_up(self, on_preparing: OnPreparing | None = None) -> tuple[str, ...]:
        """Has a worker ready, so that the first program is as quick as the others.

        Args:
            on_preparing: Called when the component must be compiled, which takes ten seconds.

        Returns:
            The walls beside the component that hold here: ``limits``, ``landlock``, ``calls``.

        Raises:
            EnvironmentProblem: There is none to be had, and why.
        """
        self._worker.warm_up(on_preparing)
        return self._worker.walls

    def run(
        self,
        source: str,
        stdin: str = "",
        *,
        limits: Limits | None = None,
        cancel: CancelToken | None = None,
        on_preparing: OnPreparing | None = None,
    ) -> ProgramRun:
        """Runs a program from its first line to its end.

        Args:
            source: The program.
            stdin: What is typed into it; more than that it cannot read.
            limits: Other ones than usual.
            cancel: Ends it.
            on_preparing: See ``warm_up``.

        Raises:
            Cancelled: It was cancelled.
            UserFacingError: The program or its input is too large.
            EnvironmentProblem: Nothing can be run here, and why.
        """
        within(source, MOST_SOURCE_BYTES, "program")
        within(stdin, MOST_STDIN_BYTES, "input")
        limit = limits or Limits()
        order = ordered("run", limit) | {
            "source": source.removeprefix(_MARK),
            "stdin": stdin,
            "file": _PROGRAM,
        }
        output: list[str] = []
        began = time.perf_counter()
        end = self._worker.do(
            order,
            limit.seconds,
            lambda word: output.append(words.text_of(word, "out")),
            cancel=cancel,
            on_preparing=on_preparing,
        )
        seconds = time.perf_counter() - began
        error, killed = how_it_ended(end)
        return ProgramRun("".join(output), error, killed, seconds)

    def trace(
        self,
        source: str,
        stdin: str = "",
        *,
        limits: Limits | None = None,
        cancel: CancelToken | None = None,
        on_preparing: OnPreparing | None = None,
    ) -> Trace:
        """Runs a program and keeps its variables at every step; it ends with the last that is kept.

        Raises:
            Cancelled, UserFacingError, EnvironmentProblem: As of ``run``.
        """
        within(source, MOST_SOURCE_BYTES, "program")
        within(stdin, MOST_STDIN_BYTES, "input")
        limit = limits or Limits()
        order = ordered("trace", limit) | {
            "source": source.removeprefix(_MARK),
            "stdin": stdin,
            "file": _PROGRAM,
        }
        output: list[str] = []
        steps: list[Step] = []

        def note(word: dict[str, Any]) -> None:
            output.append(words.text_of(word, "out"))
            if len(steps) < limit.steps:
                steps.extend(steps_of(words.list_of(word, "steps")))

        began = time.perf_counter()
        end = self._worker.do(order, limit.seconds, note, cancel=cancel, on_preparing=on_preparing)
        seconds = time.perf_counter() - began
        error, killed = how_it_ended(end)
        cut = isinstance(end, dict) and words.dict_of(end, "answer").get("cut") is True
        run = ProgramRun("".join(output), error, killed, seconds)
        return Trace(tuple(steps[: limit.steps]), run, cut)

    def grade(
        self,
        source: str,
        tests: str,
        module: str,
        *,
        limits: Limits | None = None,
        cancel: CancelToken | None = None,
        on_preparing: OnPreparing | None = None,
    ) -> RunReport:
        """Runs tests against a program that they import.

        Args:
            source: The program.
            tests: unittest, or plain functions as pytest takes them.
            module: The name that the tests import the program by.
            limits: Other ones than usual.
            cancel: Ends it.
            on_preparing: See ``warm_up``.

        Raises:
            Cancelled: It was cancelled.
            UserFacingError: The program or its tests are too large, or its name is none.
            EnvironmentProblem: Nothing can be run here, and why.
        """
        within(source, MOST_SOURCE_BYTES, "program")
        within(tests, MOST_SOURCE_BYTES, "file of tests")
        checked_name(module)
        limit = limits or FOR_TESTS
        order = ordered("grade", limit) | {
            "source": source.removeprefix(_MARK),
            "tests": tests.removeprefix(_MARK),
            "module": module,
        }
        sheet = Sheet(module)
        began = time.perf_counter()
        first = 0
        while True:
            left = limit.seconds - (time.perf_counter() - began if first else 0.0)
            end = self._worker.do(
                order | {"first": first},
                left,
                sheet.note,
                case_seconds=limit.case_seconds,
                cancel=cancel,
                on_preparing=on_preparing,
            )
            spent = time.perf_counter() - began
            # The clock stopped one test: those behind it are run, in a new process.
            first = sheet.stop() if end is Killed.TIME and spent < limit.seconds else 0
            if not first:
                return sheet.report(end, spent)

    def close(self) -> None:
        """Ends the worker, and what it is at."""
        self._worker.close()


def ordered(role: str, limits: Limits) -> dict[str, Any]:
    """What every order says."""
    return {
        "role": role,
        "fuel": limits.fuel,
        "case_fuel": limits.case_fuel,
        "memory_bytes": limits.memory_bytes,
        "output_chars": limits.output_chars,
        "output_lines": limits.output_lines,
        "steps": limits.steps,
    }


def within(text: str, most_bytes: int, what: str) -> None:
    """Refuses what is too large.

    Raises:
        UserFacingError: It is.
    """
    if len(text) > most_bytes or len(text.encode(errors="replace")) > most_bytes:
        raise UserFacingError(
            f"The {what} is larger than {most_bytes >> 20} MB.",
            "Make it shorter.",
            code="too_large",
        )


def how_it_ended(end: dict[str, Any] | Killed) -> tuple[ProgramError | None, Killed | None]:
    """The error that ended a program, or what killed it.

    Raises:
        Garbled: The worker says what it never says.
    """
    if isinstance(end, Killed):
        return None, end
    how = words.text_of(end, "how")
    if how:
        return ended_words(how)
    answer = words.dict_of(end, "answer")
    if "bug" in answer:
        return ended_words("crash")
    killed = Killed.MEMORY if answer.get("memory") is True else None
    return error_of(words.dict_of(answer, "error")), killed


def checked_name(module: str) -> None:
    """Refuses what cannot be imported.

    Raises:
        UserFacingError: It cannot.
    """
    if not module.isidentifier() or keyword.iskeyword(module):
        raise UserFacingError(
            f"“{module}” is not a name that Python can import.",
            "Give the file a name of letters, digits and underscores, such as flatten.py.",
            code="not_a_module",
        )
