"""The commands of ``scripts/dev.py``."""

import os
import subprocess
import sys
from collections.abc import Sequence

from devtool import gates, places
from devtool.console import clean_environment
from devtool.environment import DEV, RUNTIME, prepare
from devtool.locking import lock
from devtool.problem import Problem

_USAGE = """\
usage: python3 scripts/dev.py COMMAND

  run [ARGUMENTS]    set up what is missing, then start Lamplight with these arguments
  test [ARGUMENTS]   set up what is missing, then run every check; with arguments only
                     pytest with these
  coverage           every check, and each room's coverage held against its floor
  check              the checks that need no test run: style, types, contracts, house rules
  setup              set up everything that run and test need, start nothing
  lock [--upgrade]   make the lock files anew from pyproject.toml

Everything is kept in .venv in the checkout and in a cache folder of the user's; a call that was
interrupted is completed by the next one."""

_INTERRUPTED = 130
_WRONG_USAGE = 2


def main(arguments: Sequence[str]) -> int:
    """Runs a command; gives the exit code."""
    command, rest = (arguments[0], list(arguments[1:])) if arguments else ("", [])
    try:
        return _dispatch(command, rest)
    except Problem as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The same command goes on from here.", file=sys.stderr)
        return _INTERRUPTED


def _dispatch(command: str, rest: list[str]) -> int:
    if command == "run":
        prepare(RUNTIME)
        return _start(rest)
    if command in {"test", "coverage", "check", "setup"}:
        prepare(DEV)
        return _checks(command, rest)
    if command == "lock":
        lock(upgrade="--upgrade" in rest)
        return 0
    known = command in {"", "-h", "--help", "help"}
    print(_USAGE, file=sys.stdout if known else sys.stderr)
    return 0 if known else _WRONG_USAGE


def _checks(command: str, rest: list[str]) -> int:
    if command == "setup":
        print(f"Ready: {places.executable('assistant').relative_to(places.ROOT)}")
        return 0
    if command == "check":
        return gates.check()
    if command == "coverage":
        return gates.everything(measured=True)
    return gates.selected_tests(rest) if rest else gates.everything()


def _start(arguments: list[str]) -> int:
    """Hands over to the application; this process becomes it where the system can do that."""
    command = [str(places.executable("python")), "-m", "assistant", *arguments]
    if not places.WINDOWS:
        sys.stdout.flush()
        os.execve(command[0], command, clean_environment())  # noqa: S606 - the command is ours
    return subprocess.run(command, env=clean_environment(), check=False).returncode
