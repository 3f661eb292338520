"""Whoever ends a command early finds nothing half-made, and an exit code instead of a traceback."""

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from tests.helpers.command_line import Assistant
from tests.helpers.ends import heard

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals"),
]
ENDS = [signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if sys.platform != "win32" else [])]


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    with heard():
        yield Assistant(tmp_path)


def start(assistant: Assistant, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        assistant.command(*arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def read_until(stream: IO[str] | None, words: str) -> str:
    """The first line that holds ``words``; fails at the end of the stream."""
    assert stream is not None
    for line in stream:
        if words in line:
            return line
    pytest.fail(f"never said {words!r}")


def end(process: "subprocess.Popen[str]", by: signal.Signals) -> None:
    """Sends the signal and expects the exit code of a cancelled command."""
    process.send_signal(by)
    _, notes = process.communicate(timeout=240)
    assert process.returncode == 130, notes
    assert "Traceback" not in notes
    assert notes.endswith("Cancelled.\n")


@pytest.mark.model
@pytest.mark.parametrize("by", ENDS)
def test_an_import_that_is_ended_leaves_no_half_a_model(
    assistant: Assistant, tmp_path: Path, starter_model: Path, by: signal.Signals
) -> None:
    source = tmp_path / "another.gguf"
    shutil.copyfile(starter_model, source)
    process = start(assistant, "models", "import", str(source))
    read_until(process.stderr, "Copying")
    end(process, by)
    assert list((assistant.profile / "data" / "models").iterdir()) == []


@pytest.mark.model
@pytest.mark.parametrize("by", ENDS)
def test_an_answer_that_is_ended_keeps_all_that_was_shown(
    assistant: Assistant, by: signal.Signals
) -> None:
    process = start(
        assistant, "ask", "Tell a very long story.", "--max-tokens", "900", "--stream", "--json"
    )
    chat = json.loads(read_until(process.stdout, '"accepted"'))["conversation"]
    shown = json.loads(read_until(process.stdout, '"text"'))["text"]
    end(process, by)
    answer = assistant.json("history", "show", str(chat))["messages"][1]
    assert answer["status"] == "stopped"
    assert answer["text"].startswith(shown)


@pytest.mark.model
def test_nohup_is_obeyed(assistant: Assistant) -> None:
    process = subprocess.Popen(
        ["nohup", *assistant.command("ask", "Count.", "--max-tokens", "40", "--stream", "--json")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    read_until(process.stdout, '"text"')
    process.send_signal(signal.SIGHUP)
    words, notes = process.communicate(timeout=240)
    assert process.returncode == 0, notes
    assert json.loads(words.splitlines()[-1])["event"] == "done"


# Ctrl-C while the modules of the program are still being read.
AT_THE_START = """
import runpy, sys

class Interrupts:
    def find_spec(self, name, path=None, target=None):
        if name == "assistant.cli.parser":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupts())
sys.argv = ["assistant", "--help"]
runpy.run_module("assistant", run_name="__main__")
"""


def test_an_interrupt_at_the_very_start_is_no_traceback() -> None:
    done = subprocess.run(
        [sys.executable, "-c", AT_THE_START], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
