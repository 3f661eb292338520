"""Steps with a clock, and child processes whose output goes to a log."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from devtool import places

_TICK_S = 0.5
_HEARTBEAT_S = 60.0
_GRACE_S = 10.0
_WIDTH = 100
_MINUTE_S = 60

# What would send pip or Python somewhere else than the environment that was asked for.
_STRIPPED = (
    "PYTHONHOME",
    "PYTHONPATH",
    "PIP_USER",
    "PIP_TARGET",
    "PIP_PREFIX",
    "PIP_REQUIRE_HASHES",
)


class ChildFailed(Exception):  # noqa: N818 - it says what happened
    """A child process ended with an error.

    Args:
        command: What was called.
        output: All that it printed.
    """

    def __init__(self, command: Sequence[str], output: str) -> None:
        super().__init__(command[0])
        self.command = tuple(command)
        self.output = output


def clean_environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment for a child, without what would lead pip or Python astray."""
    kept = {name: value for name, value in os.environ.items() if name not in _STRIPPED}
    kept["PYTHONUTF8"] = "1"
    kept["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    return kept | dict(extra or {})


def clock(seconds: float) -> str:
    """A duration as people read it."""
    if round(seconds, 1) < _MINUTE_S:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s"


@dataclass(slots=True)
class Steps:
    """Prints what is being done, one numbered line for each step.

    Args:
        total: How many steps there are.
    """

    total: int
    done: int = 0

    @contextmanager
    def step(self, title: str) -> Generator[None]:
        """One step; its time is printed when it ends well."""
        self.done += 1
        print(f"[{self.done}/{self.total}] {title}", flush=True)
        start = time.monotonic()
        yield
        print(f"      done in {clock(time.monotonic() - start)}", flush=True)


class _Ticker:
    """Shows that a quiet child is still at work: a moving line, or a line a minute."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._last_beat = self._start
        self._line = ""
        self._terminal = sys.stdout.isatty()

    def note(self, line: str) -> None:
        """What the child said last."""
        self._line = line.strip() or self._line

    def tick(self) -> None:
        """Called now and then while the child runs."""
        now = time.monotonic()
        if self._terminal:
            text = f"      {clock(now - self._start)}  {self._line}"[:_WIDTH]
            print(f"\r{text:<{_WIDTH}}", end="", flush=True)
        elif now - self._last_beat >= _HEARTBEAT_S:
            self._last_beat = now
            print(f"      {clock(now - self._start)} so far ...", flush=True)

    def clear(self) -> None:
        """Removes the moving line."""
        if self._terminal:
            print("\r" + " " * _WIDTH + "\r", end="", flush=True)


def run_logged(
    command: Sequence[str | Path],
    *,
    cwd: Path = places.ROOT,
    environment: Mapping[str, str] | None = None,
) -> str:
    """Runs a child quietly, its output in the log; gives what it printed.

    Raises:
        ChildFailed: It could not start, or ended with an error.
    """
    words = [str(part) for part in command]
    lines: list[str] = []
    try:
        child = subprocess.Popen(
            words,
            cwd=cwd,
            env=clean_environment(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
    except OSError as error:
        raise ChildFailed(words, str(error)) from error
    ticker = _Ticker()
    with child, places.LOG.open("a", encoding="utf-8") as log:
        log.write(f"\n$ {' '.join(words)}\n")

        def read() -> None:
            for line in child.stdout or ():
                lines.append(line)
                log.write(line)
                ticker.note(line)

        reader = threading.Thread(target=read, name="output")
        reader.start()
        try:
            _wait(child, ticker)
        finally:
            reader.join(_GRACE_S)
            ticker.clear()
    if child.returncode != 0:
        raise ChildFailed(words, "".join(lines))
    return "".join(lines)


def _wait(child: subprocess.Popen[str], ticker: _Ticker) -> None:
    """Waits for a child; on Ctrl-C it gets the time to end by itself before it is killed."""
    try:
        while True:
            try:
                child.wait(_TICK_S)
            except subprocess.TimeoutExpired:
                ticker.tick()
            else:
                return
    except KeyboardInterrupt:
        child.terminate()
        try:
            child.wait(_GRACE_S)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        raise
