"""The engine's bad days: a file that changes in use, no memory, a death in the middle of a load."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from assistant.domain.errors import UserFacingError
from assistant.domain.generation import GenerationRequest, TextDelta
from assistant.domain.model import LoadOptions
from assistant.engine.isolated import IsolatedEngine
from assistant.engine.local import local_engine
from tests.helpers.command_line import Assistant
from tests.helpers.engine_calls import ask, greedy, start, user

pytestmark = [pytest.mark.e2e, pytest.mark.model]
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows locks a mapped file")
linux = pytest.mark.skipif(sys.platform != "linux", reason="the limit is Linux's")

_OPTIONS = LoadOptions(context_length=1024)
_LONG = GenerationRequest(user("Tell me a very long story."), greedy(900))


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    return Assistant(tmp_path)


@pytest.fixture
def engine() -> Iterator[IsolatedEngine]:
    engine = IsolatedEngine(local_engine)
    yield engine
    assert engine.close(30.0)


@pytest.fixture
def copy(starter_model: Path, tmp_path: Path) -> Path:
    path = tmp_path / "model.gguf"
    shutil.copyfile(starter_model, path)
    return path


@posix
def test_a_model_file_that_is_cut_short_in_use_ends_only_its_process(
    engine: IsolatedEngine, copy: Path, starter_model: Path
) -> None:
    engine.load(copy, _OPTIONS).result(60)

    def cut(event: object) -> None:
        if isinstance(event, TextDelta) and copy.stat().st_size > 100_000:
            os.truncate(copy, 100_000)

    heard = start(engine, _LONG, on_event=cut)

    assert heard.failed.code == "engine_crashed"
    assert heard.text
    with pytest.raises(UserFacingError) as failure:
        engine.load(copy, _OPTIONS).result(60)
    assert failure.value.code == "model_broken"
    engine.load(starter_model, _OPTIONS).result(60)
    assert ask(engine, "Hello", max_tokens=2).text


@posix
def test_a_model_file_that_is_written_over_in_use_is_survived(
    engine: IsolatedEngine, copy: Path
) -> None:
    engine.load(copy, _OPTIONS).result(60)
    with copy.open("r+b") as stream:
        stream.seek(2_000_000)
        stream.write(b"\xff" * 90_000_000)
    assert ask(engine, "Hello", max_tokens=2).end  # nonsense, or the words for it
    with pytest.raises(UserFacingError):
        engine.load(copy, LoadOptions(context_length=512)).result(60)


@posix
def test_a_model_file_that_is_removed_in_use_is_used_to_the_end(
    engine: IsolatedEngine, copy: Path
) -> None:
    engine.load(copy, _OPTIONS).result(60)
    copy.unlink()
    assert ask(engine, "Hello", max_tokens=4).text
    with pytest.raises(UserFacingError) as failure:
        engine.load(copy, LoadOptions(context_length=512)).result(60)
    assert failure.value.code == "model_missing"


_UNDER_A_LIMIT = """
import resource, sys
from pathlib import Path
from assistant.domain.errors import UserFacingError
from assistant.domain.model import LoadOptions
from assistant.engine.llama.library import library
from assistant.engine.local import local_engine

library()
used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
limit = used + (int(sys.argv[1]) << 20)
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
engine = local_engine(kept_bytes=0)
try:
    engine.load(Path(sys.argv[2]), LoadOptions(context_length=4096)).result()
    print("loaded")
except UserFacingError as error:
    print(error.code)
assert engine.close(30.0)
"""


@linux
@pytest.mark.parametrize("megabytes", [20, 80, 120, 200, 1500])
def test_where_memory_is_short_a_load_is_refused_and_nothing_aborts(
    starter_model: Path, megabytes: int
) -> None:
    command = [sys.executable, "-c", _UNDER_A_LIMIT, str(megabytes), str(starter_model)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ("loaded" if megabytes == 1500 else "out_of_memory")


def _die_while_loading(assistant: Assistant) -> None:
    """Ends a start in the middle of its load; again where the load was over before it ended."""
    note = assistant.profile / "state" / "engine-at-work.json"
    command = assistant.command("ask", "Hello", "--json")
    for _ in range(20):
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
            while not note.exists():
                assert process.poll() is None
            process.kill()
        if note.exists() and json.loads(note.read_text())["doing"] == "loading":
            return
        note.unlink(missing_ok=True)
    pytest.fail("each load was over before it could be ended")


def test_a_start_after_a_death_in_a_load_is_careful_and_says_so(assistant: Assistant) -> None:
    _die_while_loading(assistant)

    (check,) = [c for c in assistant.json("doctor")["checks"] if c["name"] == "Last start"]

    assert check["detail"].startswith("The last start ended while SmolLM2")
    assert "process of its own" in check["way_out"]
    # Asked for, the model runs apart, answers, and is trusted again.
    assert assistant.json("ask", "Hello", "--max-tokens", "2")["text"]
    names = [c["name"] for c in assistant.json("doctor")["checks"]]
    assert "Last start" not in names


@posix
def test_an_imported_model_answers_from_a_process_of_its_own_which_may_die(
    assistant: Assistant, copy: Path
) -> None:
    with copy.open("ab") as stream:
        stream.write(b"\0" * 32)  # now it is a file that the catalogue does not know
    model = str(assistant.json("models", "import", str(copy))["id"])
    arguments = ("ask", "Tell a very long story.", "--model", model, "--max-tokens", "900")
    command = assistant.command(*arguments, "--stream", "--json")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if json.loads(line).get("text"):
                break
        children = psutil.Process(process.pid).children(recursive=True)
        (apart,) = [each for each in children if "spawn_main" in " ".join(each.cmdline())]
        apart.send_signal(signal.SIGSEGV)
        rest = process.stdout.read()
        assert process.wait(60) == 1
    assert "engine_crashed" in rest
    again = assistant.json("ask", "Hello", "--model", model, "--max-tokens", "2")
    assert again["completion_tokens"] == 2
