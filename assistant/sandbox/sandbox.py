"""The face of the room: runs, traces and grades programs that nobody trusts."""

import time
from pathlib import Path
from typing import Any

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import UserFacingError
from assistant.domain.exercise import Killed
from assistant.domain.trace import ProgramError, ProgramRun
from assistant.sandbox import words
from assistant.sandbox.limits import MOST_SOURCE_BYTES, MOST_STDIN_BYTES, Limits
from assistant.sandbox.places import Places
from assistant.sandbox.worker import OnPreparing, Worker

_PROGRAM = "program.py"


class Sandbox:
    """Runs programs in a process of its own; safe from any thread, one program at a time.

    Args:
        installed: Folder of the component.
        cache: Where machine code that has to be compiled here is kept.
        notes: Where the hash of that code is noted; another folder than ``cache``.
        limits: What a run may take.
    """

    def __init__(
        self, installed: Path, cache: Path, notes: Path, limits: Limits | None = None
    ) -> None:
        self._worker = Worker(Places(installed, cache, notes))
        self._limits = limits or Limits()

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
        limit = limits or self._limits
        order = ordered("run", limit) | {"source": source, "stdin": stdin, "file": _PROGRAM}
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

    def close(self) -> None:
        """Ends the worker, and what it is at."""
        self._worker.close()


def ordered(role: str, limits: Limits) -> dict[str, Any]:
    """What every order says."""
    return {
        "role": role,
        "fuel": limits.fuel,
        "memory_bytes": limits.memory_bytes,
        "output_chars": limits.output_chars,
        "output_lines": limits.output_lines,
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
    killed = Killed.MEMORY if answer.get("memory") is True else None
    return error_of(words.dict_of(answer, "error")), killed


def ended_words(how: str) -> tuple[ProgramError | None, Killed | None]:
    """What is said of a program whose interpreter ended with it."""
    if how == "fuel":
        return None, Killed.TIME
    if how == "exit":
        return None, None
    if how == "stack":
        return ProgramError("RecursionError", "It went too deep, and nothing was left.", 0), None
    return ProgramError("Crash", "The program brought its interpreter down.", 0), None


def error_of(told: dict[str, Any]) -> ProgramError | None:
    """An error as the component tells it; None where there is none."""
    if not told:
        return None
    return ProgramError(
        words.text_of(told, "kind"),
        words.text_of(told, "message"),
        words.whole_of(told, "line"),
        words.text_of(told, "trace"),
    )
