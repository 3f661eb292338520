"""Nothing is ever connected unasked: shown from outside, by the system calls of the whole program.

The program runs in a network namespace of its own, which has no network, under a trace of every
system call that has to do with sockets. Where the tools for that are missing, Python's own audit
hook still watches the same run.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.command_line import Assistant

pytestmark = [pytest.mark.e2e, pytest.mark.model, pytest.mark.slow]
_CALLS = "connect,sendto,sendmsg,sendmmsg"
_AWAY = re.compile(r"(?:AF_INET6?\b|nscd|/run/systemd/resolve|io\.systemd\.Resolve)")
_STEPS = ["start", "vault", "answer", "search", "settings", "machine", "installed", "catalogue"]
_TRACED = ["unshare", "--map-root-user", "--net", "strace", "--follow-forks", f"--trace={_CALLS}"]


def _traced(command: list[str], trace: Path) -> subprocess.CompletedProcess[str]:
    return _run([*_TRACED, f"--output={trace}", *command])


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).resolve().parents[2]
    return subprocess.run(
        command,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        timeout=270,
        check=False,
    )


def _attempts(trace: Path) -> list[str]:
    return [line for line in trace.read_text(errors="replace").splitlines() if _AWAY.search(line)]


@pytest.fixture
def traced(tmp_path: Path) -> Path:
    """A file for the trace; skips where no trace can be had."""
    if sys.platform != "linux" or not all(map(shutil.which, ("unshare", "strace"))):
        pytest.skip("a trace of system calls needs Linux with unshare and strace")
    trial = _traced([sys.executable, "-c", ""], tmp_path / "trial")
    if trial.returncode != 0:
        pytest.skip(f"no namespace or no trace here: {trial.stderr.strip()[:200]}")
    return tmp_path / "trace"


def _whole_run(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert done.returncode == 0, done.stderr[-4000:]
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert said["done"][: len(_STEPS)] == _STEPS
    assert said["done"][-1] == "end"
    return said


def test_the_trace_sees_an_attempt(traced: Path) -> None:
    """What follows would be worth nothing if this did not fail."""
    program = "import socket; socket.create_connection(('203.0.113.1', 9), 1)"
    assert _traced([sys.executable, "-c", program], traced).returncode != 0
    assert len(_attempts(traced)) == 1
    program = "import socket; socket.getaddrinfo('example.org', 80)"
    _traced([sys.executable, "-c", program], traced)
    assert _attempts(traced), "a question to a name server is an attempt as well"


def test_the_whole_window_attempts_nothing(traced: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.helpers.offline_run", str(tmp_path / "profile")]
    said = _whole_run(_traced(command, traced))
    assert _attempts(traced) == []
    assert said["seen"] == []
    assert not list((tmp_path / "profile").rglob("connections.jsonl"))


def test_python_itself_sees_no_attempt_and_loads_no_library_for_one(tmp_path: Path) -> None:
    said = _whole_run(
        _run([sys.executable, "-m", "tests.helpers.offline_run", str(tmp_path / "profile")])
    )
    assert said["seen"] == []
    assert said["at_first_paint"] == []
    assert said["loaded"] == []


def test_no_command_attempts_anything_offline(traced: Path, tmp_path: Path) -> None:
    assistant = Assistant(tmp_path)
    for code, words in (
        (0, ("ask", "Say yes.", "--max-tokens", "2")),
        (0, ("history", "list")),
        (0, ("models", "list")),
        (0, ("models", "fit", "smollm2-135m-instruct-q4_1")),
        (1, ("models", "search", "qwen", "--offline")),
        (1, ("models", "info", "Qwen/Qwen2.5-7B-Instruct-GGUF", "--offline")),
        (1, ("models", "download", "Qwen/Qwen2.5-7B-Instruct-GGUF", "--offline")),
        (0, ("backup", "create")),
        (0, ("doctor",)),
    ):
        done = _traced(assistant.command(*words), traced)
        assert done.returncode == code, (words, done.stdout + done.stderr)
        assert _attempts(traced) == [], words
