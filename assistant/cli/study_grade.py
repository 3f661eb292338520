"""``study grade FILE --tests FILE``: what the tests say of a program."""

import argparse
from pathlib import Path

from assistant.cli.output import Output
from assistant.cli.waiting import outcome
from assistant.domain.errors import UserFacingError
from assistant.domain.exercise import CaseResult, Killed, RunReport
from assistant.services.core import Core

_KILLED = {
    Killed.TIME: "It was stopped: it took too long.",
    Killed.MEMORY: "It was stopped: it took too much memory.",
}
_MOST_BYTES = 1 << 20


def run(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Prints one row for each test; tests that fail are an answer, not an error."""
    program, tests = Path(arguments.file), Path(arguments.tests)
    source, test_source = _read(program), _read(tests)
    job = core.study.grading.grade(source, test_source, program.stem.replace("-", "_"))
    job.on_progress(lambda _, doing: output.note(f"{doing} …"))
    report = outcome(job)
    if not report.cases and not report.trouble and report.killed is None:
        raise UserFacingError(
            f"There are no tests in {tests.name}.",
            "Write classes of unittest, or functions whose names begin with “test”.",
            code="no_tests",
        )
    output.document(_value(report), _words(report))


def _read(path: Path) -> str:
    """A source file.

    Raises:
        UserFacingError: It is not there, cannot be read, or is not text.
    """
    try:
        # Read with a bound, whatever its size is said to be: a device never ends.
        with path.open(encoding="utf-8-sig") as stream:
            text = stream.read(_MOST_BYTES + 1)
        if len(text) > _MOST_BYTES:
            raise UserFacingError(
                f"{path.name} is larger than {_MOST_BYTES >> 20} MB.",
                "Name a file with the program alone.",
                code="too_large",
            )
    except UnicodeDecodeError as error:
        raise UserFacingError(
            f"{path.name} is not text in UTF-8.",
            "Save it in your editor with this encoding, and try it again.",
            code="not_text",
        ) from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise UserFacingError(
            f"{path} cannot be read: {reason or 'it is not the name of a file'}.",
            "Check the name of the file.",
            code="file_not_found" if isinstance(error, FileNotFoundError) else "file_unreadable",
        ) from error
    return text


def _value(report: RunReport) -> dict[str, object]:
    return {
        "passed": report.passed,
        "failed": report.failed,
        "cases": [
            {
                "name": case.name,
                "passed": case.passed,
                "message": case.message,
                "wanted": case.wanted,
                "got": case.got,
                "call": case.call,
            }
            for case in report.cases
        ],
        "killed": report.killed,
        "trouble": report.trouble,
        "output": report.output,
        "seconds": round(report.seconds, 4),
    }


def _words(report: RunReport) -> str:
    lines = [line for case in report.cases for line in _row(case)]
    lines += [report.trouble] if report.trouble else []
    lines += [_KILLED[report.killed]] if report.killed else []
    if report.cases:
        lines.append(f"{report.passed} of {len(report.cases)} tests passed.")
    return "\n".join(lines)


def _row(case: CaseResult) -> list[str]:
    if case.passed:
        return [f"ok    {case.name}"]
    lines = [f"FAIL  {case.name}"]
    if case.call and case.wanted:
        lines += [f"      {case.call}", f"      wanted  {case.wanted}", f"      got     {case.got}"]
    else:
        lines += [f"      {line}" for line in (case.call, *case.message.splitlines()) if line]
    return lines
