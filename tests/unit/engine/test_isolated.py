"""An engine in a process of its own: the process dies, hangs or raves, and the parent goes on."""

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path

import psutil
import pytest

from assistant.domain.cancel import CancelToken
from assistant.domain.conversation import FinishReason, MessageNumbers
from assistant.domain.errors import AssistantError, Cancelled, EnvironmentProblem, UserFacingError
from assistant.domain.generation import (
    GenerationDone,
    GenerationEvent,
    GenerationFailed,
    GenerationRequest,
    PrefillProgress,
    TextDelta,
)
from assistant.domain.model import KvType, LoadedModel, LoadOptions, MemoryUse
from assistant.engine import isolated, isolated_words
from assistant.engine.isolated import IsolatedEngine
from assistant.engine.isolated_process import lost_words
from assistant.engine.isolated_words import Garbled
from assistant.engine.scripted import Script, ScriptedAnswer, scripted_engine
from tests.helpers.engine_calls import Heard, ask, engine_children, greedy, start, user

_STORY = "Once upon a time there was a fox who lived by a river. " * 50
_SLOW = partial(
    scripted_engine, Script((ScriptedAnswer(_STORY),), tokens_per_second=50, chunk_tokens=128)
)
_FILE = Path(__file__)
_LONG = GenerationRequest(user("Tell me a story."), greedy(2000))

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals")


@pytest.fixture
def engine() -> Iterator[IsolatedEngine]:
    engine = IsolatedEngine(_SLOW)
    yield engine
    assert engine.close(30.0)
    assert not engine_children()


def _child() -> BaseProcess:
    (child,) = engine_children()
    return child


def _first_text(engine: IsolatedEngine, cancel: CancelToken | None = None) -> Heard:
    writing = threading.Event()

    def on_event(event: GenerationEvent) -> None:
        if isinstance(event, TextDelta):
            writing.set()

    heard = start(engine, _LONG, cancel=cancel, on_event=on_event)
    assert writing.wait(60)
    return heard


@pytest.mark.parametrize("number", ["SIGKILL", "SIGABRT", "SIGSEGV", "SIGBUS"])
@posix
def test_a_child_that_dies_ends_its_answers_in_words(engine: IsolatedEngine, number: str) -> None:
    loaded = engine.load(_FILE, LoadOptions()).result(60)
    heard = [_first_text(engine), start(engine, _LONG)]
    counting = engine.count_tokens(user("How many?"))
    pid = _child().pid
    assert pid is not None
    os.kill(pid, getattr(signal, number))

    for each in heard:
        assert each.failed.code == "engine_crashed"
        assert each.failed.message
        assert each.failed.hint
    with contextlib.suppress(UserFacingError):
        counting.result(60)
    assert heard[0].text  # what was written stays
    # Whoever asks the lost model hears why; the next load starts a new process.
    assert ask(engine, "Hello").failed.code == "engine_crashed"
    with pytest.raises(UserFacingError) as failure:
        engine.count_tokens(user("Hello"), loaded).result(60)
    assert failure.value.code == "engine_crashed"
    again = engine.load(_FILE, LoadOptions()).result(60)
    assert again is not loaded
    assert again.isolated
    assert ask(engine, "Hello", max_tokens=2).text
    assert not psutil.pid_exists(pid)


@posix
def test_a_child_that_dies_idle_is_told_of_at_the_next_question(engine: IsolatedEngine) -> None:
    engine.load(_FILE, LoadOptions()).result(60)
    child = _child()
    child.kill()
    child.join()

    failed = ask(engine, "Hello").failed

    assert failed.code == "engine_crashed"
    assert "memory" in failed.message


@posix
def test_a_child_that_does_not_stop_is_ended(
    engine: IsolatedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolated, "_PATIENCE_S", 0.2)
    engine.load(_FILE, LoadOptions()).result(60)
    cancel = CancelToken()
    heard = _first_text(engine, cancel)
    other = start(engine, _LONG)
    os.kill(_child().pid or 0, signal.SIGSTOP)

    cancel.cancel()

    assert heard.done.finish_reason is FinishReason.CANCELLED
    assert "did not stop" in other.failed.message


@posix
def test_closing_does_not_wait_for_a_child_that_hangs() -> None:
    engine = IsolatedEngine(_SLOW)
    engine.load(_FILE, LoadOptions()).result(60)
    heard = _first_text(engine)
    pid = _child().pid or 0
    os.kill(pid, signal.SIGSTOP)

    assert engine.close(0.2)

    assert heard.done.finish_reason is FinishReason.CANCELLED
    assert not psutil.pid_exists(pid)


def test_a_call_may_be_cancelled_before_it_is_made(engine: IsolatedEngine) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        engine.load(_FILE, LoadOptions(), cancel=cancel).result(60)
    assert not engine_children()


def test_nothing_is_started_for_nothing(engine: IsolatedEngine) -> None:
    assert engine.unload().result(60) is None
    assert engine.forget("conversation-1").result(60) is None
    assert ask(engine, "Hello").failed.code == "no_model"
    assert not engine_children()


def test_a_process_that_cannot_be_started_is_an_error_in_words(
    engine: IsolatedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: object) -> None:
        raise BlockingIOError

    monkeypatch.setattr(multiprocessing.get_context("spawn").Process, "start", refuse)
    with pytest.raises(EnvironmentProblem) as failure:
        engine.load(_FILE, LoadOptions()).result(60)
    assert failure.value.code == "engine_not_started"


_ORPHANS = """
import multiprocessing, sys, time
from pathlib import Path
from assistant.domain.model import LoadOptions
from assistant.engine.isolated import IsolatedEngine
from assistant.engine.scripted import scripted_engine

if __name__ == "__main__":
    engine = IsolatedEngine(scripted_engine)
    engine.load(Path(sys.argv[0]), LoadOptions()).result(60)
    print(multiprocessing.active_children()[0].pid, flush=True)
    time.sleep(60)
"""


def test_the_child_dies_with_its_parent(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(_ORPHANS)
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
        gone, _ = psutil.wait_procs([child], timeout=30)
    assert gone


def _raving() -> object:
    """Not an engine: what a child becomes that a file has taken over."""
    os._exit(7)


def test_a_child_that_cannot_even_begin_is_told_of() -> None:
    engine = IsolatedEngine(_raving)  # pyright: ignore[reportArgumentType] - on purpose
    with pytest.raises(UserFacingError) as failure:
        engine.load(_FILE, LoadOptions()).result(60)
    assert failure.value.code == "engine_crashed"
    assert engine.close(30.0)


@pytest.mark.parametrize(
    "event",
    [
        TextDelta("“ü” \U0001f30d\n"),
        TextDelta("a", (-0.5, float("-inf"))),
        PrefillProgress(3, 7),
        GenerationDone(FinishReason.STOP, MessageNumbers(1, 2, 3.5, 4.0, 5)),
        GenerationFailed("What", "Why", "code"),
    ],
)
def test_events_come_through_as_they_were(event: GenerationEvent) -> None:
    (word,) = isolated_words.read(isolated_words.written([isolated_words.event_word(3, event)]))
    assert isolated_words.event_of(word) == event


@pytest.mark.parametrize(
    "error",
    [
        UserFacingError("a", "b", code="c"),
        EnvironmentProblem("a", "b", code="c"),
        Cancelled(),
        AssistantError("x"),
    ],
)
def test_errors_keep_their_kind_and_words(error: Exception) -> None:
    said = isolated_words.error_of(isolated_words.error_word(1, error))
    assert type(said) is type(error)
    if isinstance(error, UserFacingError) and isinstance(said, UserFacingError):
        assert (said.message, said.hint, said.code) == (error.message, error.hint, error.code)


@pytest.mark.parametrize(
    "data", [b"", b"\xff", b"{}", b"[1]", b'[["t"]]', b'[["t",true]]', b"[[1,2]]", b"[" * 100000]
)
def test_what_is_no_word_is_garbled(data: bytes) -> None:
    with pytest.raises(Garbled):
        isolated_words.read(data)


@pytest.mark.parametrize(
    "word",
    [["t", 1], ["t", 1, 2], ["t", 1, "a", "b"], ["p", 1, "x", 2], ["d", 1, "never", 1, 1, 1, 1, 1]],
)
def test_an_event_of_another_shape_is_garbled(word: list[object]) -> None:
    with pytest.raises(Garbled):
        isolated_words.event_of(word)


def test_a_model_of_another_shape_is_garbled() -> None:
    loaded = LoadedModel(_FILE, 512, "llama", 1.5, 7, isolated=True)
    small = MemoryUse(512, 1, 2, 3, KvType.Q8_0)
    for model in (loaded, replace(loaded, memory=small, notes=("It could not be had.",))):
        assert isolated_words.model_of(isolated_words.model_value(4, model), _FILE) == (4, model)
    word = isolated_words.model_value(4, replace(loaded, memory=small))
    for value in (None, [], [1, 2, 3, 4, 5, None], word[:-1], [*word[:-1], [3]], "model"):
        with pytest.raises(Garbled):
            isolated_words.model_of(value, _FILE)
    for memory in ([1, 2, 3, 4], [1, 2, 3, 4, "f3"], 7):
        value = [*word[:-2], memory, []]
        with pytest.raises(Garbled):
            isolated_words.model_of(value, _FILE)


@posix
def test_the_reason_of_a_death_is_told() -> None:
    assert "memory" in lost_words(-signal.SIGKILL, stuck=False).message
    assert "file" in lost_words(-signal.SIGBUS, stuck=False).message
    assert "crashed" in lost_words(-signal.SIGSEGV, stuck=False).message
    assert "crashed" in lost_words(3, stuck=False).message
