"""Gathers what is told of a run of tests, and makes a report of it."""

import itertools
import re
from typing import Any

from assistant.domain.exercise import CaseResult, Killed, RunReport
from assistant.domain.trace import ProgramError
from assistant.sandbox import words

_MOST_CASES = 5_000
_ASKED_FOR = re.compile(r"cannot import name '([^']+)' from ")
_TOO_LONG = "It took too long and was stopped."
_NOT_RUN = "It was not run: the program had ended before."
_NOT_RUN_EITHER = "It was not run, for the same reason."
_UNKNOWN = "tests"
"""Stands for tests whose names cannot be read."""
_WHYS = {
    "fuel": _TOO_LONG,
    "exit": "The program ended itself while it was being tested.",
    "stack": "The program called itself too deeply, and ended.",
    "crash": "The program brought its interpreter down.",
}


class Sheet:
    """What has become of each test so far.

    Args:
        module: Name of the program.
    """

    def __init__(self, module: str) -> None:
        self._module = module
        self._named: list[str] = []
        self._plan: list[str] | None = None
        self._cases: list[dict[str, Any]] = []
        self._output: list[str] = []
        self._running: int | None = None
        self._after = 0
        self._slow = False

    def note(self, word: dict[str, Any]) -> None:
        """Takes an event of the run.

        Raises:
            Garbled: It is none.
        """
        self._output.append(words.text_of(word, "out"))
        if self._plan is None:
            self._named += [str(name) for name in words.list_of(word, "named")][:_MOST_CASES]
        if words.BEGUN in word:
            self._running = words.whole_of(word, words.BEGUN)
            self._after = self._running + 1
        if "plan" in word and self._plan is None:
            self._plan = [str(name) for name in words.list_of(word, "plan")]
        case = words.dict_of(word, "case")
        if case and len(self._cases) < _MOST_CASES:
            self._running = None
            self._add(case)

    def stop(self) -> int:
        """Notes that the test that is being run took too long.

        Returns:
            The number of the next one; 0 where no test was being run, or it was the last.
        """
        at, plan = self._running, self._plan
        if at is None or plan is None or not 0 <= at < len(plan) - 1:
            return 0
        self._running = None
        self._add({"name": plan[at], "slow": True})
        return at + 1

    def _add(self, case: dict[str, Any]) -> None:
        if case.get("slow") is True:
            self._slow = True
            case = case | {"message": _TOO_LONG, "gone": False, "passed": False}
        self._cases.append(case)

    def report(self, end: dict[str, Any] | Killed, seconds: float) -> RunReport:
        """The report, when it has ended.

        Raises:
            Garbled: The worker says what it never says.
        """
        trouble, why = "", ""
        if isinstance(end, Killed):
            killed: Killed | None = end
            why = _TOO_LONG
        else:
            killed, trouble, why = self._of_end(end)
        killed = killed or (Killed.TIME if self._slow else None)
        whys = itertools.chain([why or trouble], itertools.repeat(_NOT_RUN))
        cases = [
            _case(told, next(whys) if told.get("gone") is True else "") for told in self._cases
        ]
        if self._plan is None:
            cases = self._never_run(trouble or why)
        elif why:
            left = self._plan[self._after if self._running is None else self._running :]
            gone = any(told.get("gone") is True for told in self._cases)
            for name in left:
                cases.append(CaseResult(name, passed=False, message=_NOT_RUN if gone else why))
                gone = True
        return RunReport(tuple(cases), killed, "".join(self._output), trouble, seconds)

    def _never_run(self, why: str) -> list[CaseResult]:
        """All tests as failed: none was even found out by running the file."""
        whys = itertools.chain([why], itertools.repeat(_NOT_RUN_EITHER))
        names = self._named or [_UNKNOWN]
        return [CaseResult(name, passed=False, message=next(whys)) for name in names]

    def _of_end(self, end: dict[str, Any]) -> tuple[Killed | None, str, str]:
        """What killed it, the trouble, and why tests could not be run to their end."""
        program, tests = words.dict_of(end, "program"), words.dict_of(end, "tests")
        how, of_tests = words.text_of(program, "how"), words.text_of(tests, "how")
        answer, said = words.dict_of(program, "answer"), words.dict_of(tests, "answer")
        how, of_tests = how or _bug(answer), of_tests or _bug(said)
        error = error_of(words.dict_of(answer, "error"))
        memory = answer.get("memory") is True
        if error is not None:
            return Killed.MEMORY if memory else None, _in_words(error, self._module), ""
        memory = any(told.get("memory") is True for told in self._cases)
        killed = Killed.MEMORY if memory else None
        if "fuel" in (how, of_tests):
            killed = Killed.TIME
        why = _WHYS.get(how, "") or (_WHYS["fuel"] if of_tests == "fuel" else "")
        if of_tests and of_tests != "fuel":
            why = why or "The tests ended before they were through."
        trouble = ""
        of_error = error_of(words.dict_of(said, "error"))
        if of_error is not None:
            trouble = why or _of_tests(of_error)
        elif why and self._plan is None:
            trouble = why
        return killed, trouble, why


def _case(told: dict[str, Any], why: str) -> CaseResult:
    message = words.text_of(told, "message")
    if told.get("gone") is True:
        message = why or message
    return CaseResult(
        words.text_of(told, "name"),
        passed=told.get("passed") is True,
        message=message,
        wanted=words.text_of(told, "wanted"),
        got=words.text_of(told, "got"),
        call=words.text_of(told, "call"),
    )


def _bug(answer: dict[str, Any]) -> str:
    return "crash" if "bug" in answer else ""


def _in_words(error: ProgramError, module: str) -> str:
    where = f" (line {error.line} of {module}.py)" if error.line else ""
    if error.kind == "SystemExit":
        return f"The program ends itself where it is imported{where}."
    return f"{error.kind}: {error.message}{where}" if error.message else f"{error.kind}{where}"


def _of_tests(error: ProgramError) -> str:
    if error.kind in {"ImportError", "ModuleNotFoundError"}:
        name = _ASKED_FOR.match(error.message)
        if name is not None:
            return f"Your program has no “{name[1]}”, which the tests ask for."
        return f"The tests ask for something that is not there: {error.message}."
    return f"The tests cannot be run: {_in_words(error, 'tests')}."


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
