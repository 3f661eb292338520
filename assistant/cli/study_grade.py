"""``study grade FILE --tests FILE``: what the tests say of a program."""

import argparse
from pathlib import Path

from assistant.cli.output import Output
from assistant.cli.waiting import outcome
from assistant.domain.errors import UserFacingError
from assistant.domain.exercise import CaseResult, Killed, RunReport
from assistant.services.core import Core
from assistant.services.study.program_files import read_program

_KILLED = {
    Killed.TIME: "It was stopped: it took too long.",
    Killed.MEMORY: "It was stopped: it took too much memory.",
}


def run(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Prints one row for each test; tests that fail are an answer, not an error."""
    program, tests = Path(arguments.file), Path(arguments.tests)
    source, test_source = read_program(program).source, read_program(tests).source
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
