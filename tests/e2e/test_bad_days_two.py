"""Two at once: one window a profile, whoever comes first, and nothing of either is lost."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.helpers.command_line import Assistant
from tests.helpers.ends import heard

pytestmark = pytest.mark.e2e


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="ends a window with a signal")
def test_of_two_windows_that_are_started_at_once_one_stays(tmp_path: Path) -> None:
    assistant = Assistant(tmp_path)
    assert assistant.json("history", "list") == {"conversations": []}
    with heard():
        windows = [subprocess.Popen(assistant.command()) for _ in range(2)]
    try:
        deadline = time.monotonic() + 120
        while not any(_ended(window) for window in windows):
            assert time.monotonic() < deadline, "both windows stay"
        (gone,) = [window for window in windows if window.poll() is not None]
        (stays,) = [window for window in windows if window.poll() is None]
        assert gone.returncode == 0
        while not (assistant.profile / "state" / "window").exists():
            assert not _ended(stays)
        stays.send_signal(signal.SIGTERM)
        assert stays.wait(60) == 0
        assert assistant.json("history", "list") == {"conversations": []}
    finally:
        for window in windows:
            if window.poll() is None:
                window.kill()
                window.wait(60)


def _ended(window: "subprocess.Popen[bytes]") -> bool:
    try:
        window.wait(1)
    except subprocess.TimeoutExpired:
        return False
    return True
