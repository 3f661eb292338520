"""The checks, in the order in which they are cheap: style, types, contracts, rules, tests."""

import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from devtool import places
from devtool.console import clean_environment, clock

_COVERAGE = places.ROOT / ".coverage-data"
_CHECK_COVERAGE = "scripts/check_coverage.py"
_COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped|xfailed)")
_CLOSING = re.compile(r"\d+ (?:passed|failed|error|skipped|deselected|xfailed)")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")

# The rooms under the window are tested with no Qt to be had, all else with it; nothing runs twice.
CORE_TESTS = ("tests/unit", "tests/contract", "tests/property")
OTHER_TESTS = ("tests/ui", "tests/e2e", "tests/packaging")
_WITHOUT_QT = ("-p", "tests.helpers.without_qt", "-p", "no:pytest-qt")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one check ended.

    Args:
        closing: The last line of pytest's that counts tests; empty for other checks.
    """

    name: str
    code: int
    seconds: float
    closing: str = ""

    @property
    def line(self) -> str:
        """One line of the summary."""
        verdict = "ok" if self.code == 0 else "FAILED"
        return f"{self.name:<26} {verdict:<7} {clock(self.seconds)}"


def _python(*arguments: str) -> list[str]:
    return [str(places.executable("python")), *arguments]


def _gate_commands() -> list[tuple[str, list[str]]]:
    return [
        ("ruff check", _python("-m", "ruff", "check", ".")),
        ("ruff format", _python("-m", "ruff", "format", "--check", ".")),
        ("pyright, strict", _python("-m", "pyright", "--pythonpath", _python()[0])),
        ("import contracts", [str(places.executable("lint-imports")), "--no-cache"]),
        ("house rules", _python("scripts/check_house.py")),
    ]


def _environment(extra: dict[str, str] | None = None) -> dict[str, str]:
    return clean_environment({"QT_QPA_PLATFORM": "offscreen"} | (extra or {}))


def _call(name: str, command: Sequence[str], extra: dict[str, str] | None = None) -> Outcome:
    """Runs one check with its output on the terminal."""
    print(f"\n== {name}", flush=True)
    start = time.monotonic()
    closing = ""
    with subprocess.Popen(
        command,
        cwd=places.ROOT,
        env=_environment(extra),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as child:
        for line in child.stdout or ():
            print(line, end="", flush=True)
            closing = line.strip() if _CLOSING.search(line) else closing
    seconds = time.monotonic() - start
    return Outcome(name, child.returncode, seconds, _COLOUR.sub("", closing))


def _pytest(*arguments: str) -> list[str]:
    colour = "yes" if sys.stdout.isatty() else "no"
    return ["-m", "pytest", f"--color={colour}", *arguments]


def check() -> int:
    """The checks that run no test; gives the exit code."""
    return _summary([_call(name, command) for name, command in _gate_commands()])


def selected_tests(arguments: Sequence[str]) -> int:
    """Pytest alone, with the caller's arguments; gives its exit code."""
    command = _python("-m", "pytest", *arguments)
    return subprocess.run(command, cwd=places.ROOT, env=_environment(), check=False).returncode


def everything(*, measured: bool = False) -> int:
    """Every check, each even if one before it failed; gives the exit code.

    Args:
        measured: Whether coverage is held against its floors as well, which takes twice as long.
    """
    outcomes = [_call(name, command) for name, command in _gate_commands()]
    tests = _tests_with_coverage() if measured else _tests(())
    code = _summary([*outcomes, *tests])
    print(together([outcome.closing for outcome in tests]), flush=True)
    return code


def together(closings: Sequence[str]) -> str:
    """One closing line of several runs of pytest: ``12 passed, 1 skipped``."""
    counts: dict[str, int] = {}
    for closing in closings:
        for count, what in _COUNT.findall(closing):
            counts[what] = counts.get(what, 0) + int(count)
    return ", ".join(f"{count} {what}" for what, count in counts.items()) or "no tests ran"


def _tests_with_coverage() -> list[Outcome]:
    for old in _COVERAGE.glob("*") if _COVERAGE.is_dir() else ():
        old.unlink()
    _COVERAGE.mkdir(exist_ok=True)
    measured = _tests(("-m", "coverage", "run"), {"COVERAGE_FILE": str(_COVERAGE / "run")})
    return [*measured, _call("coverage floors", _python(_CHECK_COVERAGE, str(_COVERAGE)))]


def _tests(under: Sequence[str], extra: dict[str, str] | None = None) -> list[Outcome]:
    """All tests, with Python run under a tool or by itself.

    A file's tests stay together and in order: some share a vault that takes long to set up.
    """
    legs = (
        ("core tests without Qt", (*_WITHOUT_QT, *CORE_TESTS)),
        ("tests of the whole", OTHER_TESTS),
    )
    return [
        _call(name, _python(*under, *_pytest("-n", "2", "--dist", "loadfile", *which)), extra)
        for name, which in legs
    ]


def _summary(outcomes: Sequence[Outcome]) -> int:
    print("\n== summary")
    for outcome in outcomes:
        print(outcome.line)
    failed = [outcome.name for outcome in outcomes if outcome.code != 0]
    total = sum(outcome.seconds for outcome in outcomes)
    print(
        f"{len(failed)} of {len(outcomes)} checks failed" if failed else "all checks passed", end=""
    )
    print(f" in {clock(total)}", flush=True)
    return 1 if failed else 0
