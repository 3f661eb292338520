"""One process at a time, and a process that keeps its memory to itself."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.domain.errors import EnvironmentProblem
from assistant.store.instance import AlreadyRunning, InstanceLock


def start(role: str, folder: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.unit.store.vault_worker", role, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_second_process_is_refused_and_a_killed_one_leaves_nothing(tmp_path: Path) -> None:
    lock = InstanceLock(tmp_path / "instance.lock")
    with start("lock", tmp_path) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"
        with pytest.raises(AlreadyRunning) as refused:
            lock.acquire()
        assert refused.value.hint
        first.kill()
    with lock, start("lock", tmp_path) as second:
        assert second.stdout is not None
        assert second.stdout.readline() == "already_running\n"
    with lock:
        pass


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as problem:
        InstanceLock(tmp_path / "gone" / "instance.lock").acquire()
    assert problem.value.code == "lock_unreachable"


HARDENED = """
import ctypes, os, resource, sys
from assistant.store.hardening import harden_process
if os.geteuid() == 0:
    os.setuid(int(sys.argv[1]))
    ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)
print("open", flush=True)
sys.stdin.readline()
print(harden_process().state.value, resource.getrlimit(resource.RLIMIT_CORE)[0], flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_no_core_dump_and_closed_to_other_processes() -> None:
    import pwd

    # The superuser may read everything, so the test gives up that right where it has it.
    nobody = pwd.getpwnam("nobody").pw_uid

    def read_by_the_same_user(pid: int, name: str) -> str:
        reader = subprocess.run(
            ["head", "-c", "1", f"/proc/{pid}/{name}"],
            user=nobody if os.geteuid() == 0 else None,
            capture_output=True,
            check=False,
        )
        return reader.stderr.decode()

    with subprocess.Popen(
        [sys.executable, "-c", HARDENED, str(nobody)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stdout.readline() == "open\n"
        assert read_by_the_same_user(process.pid, "environ") == ""
        process.stdin.write("harden\n")
        process.stdin.flush()
        assert process.stdout.readline() == "ok 0\n"
        for name in ("mem", "environ", "maps"):
            assert "denied" in read_by_the_same_user(process.pid, name)
        process.kill()
