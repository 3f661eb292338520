"""Several answers, several models and several conversations, over every engine there is."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from assistant.domain.cancel import CancelToken
from assistant.domain.conversation import FinishReason
from assistant.domain.errors import EnvironmentProblem
from assistant.domain.generation import (
    GenerationEvent,
    GenerationRequest,
    PrefillProgress,
    Priority,
    TextDelta,
)
from assistant.domain.model import LoadedModel, LoadOptions
from assistant.engine.backend import Order, Work
from assistant.engine.base import Engine
from assistant.engine.local import local_engine
from assistant.engine.residents import Residency
from assistant.engine.scripted import Script, ScriptedAnswer, ScriptedBackend, scripted_engine
from assistant.engine.thread import EngineThread
from tests.helpers.engine_calls import Heard, greedy, start, user

_SCRIPT = Script(
    (ScriptedAnswer("one two three four five six seven eight nine ten " * 150),),
    tokens_per_second=2000,
)
_OPTIONS = LoadOptions(context_length=2048)


@dataclass(frozen=True)
class Stand:
    """An engine with a model, and where that lies."""

    engine: Engine
    path: Path


@pytest.fixture(params=["scripted", "llama", "mlx"])
def stand(request: pytest.FixtureRequest) -> Iterator[Stand]:
    if request.param == "scripted":
        stand = Stand(scripted_engine(_SCRIPT), Path(__file__))
    elif request.param == "mlx":
        stand = Stand(local_engine(), request.getfixturevalue("mlx_model"))
    else:
        stand = Stand(local_engine(), request.getfixturevalue("starter_model"))
    stand.engine.load(stand.path, _OPTIONS).result(60)
    yield stand
    assert stand.engine.close(30.0)


def story(text: str, tokens: int, key: str = "") -> GenerationRequest:
    return GenerationRequest(user(text), greedy(tokens), cache_key=key)


def test_answers_of_one_priority_are_written_in_turns(stand: Stand) -> None:
    texts: list[int] = []
    ends: list[int] = []

    def noted(number: int) -> GenerationRequest:
        return story(f"Tell me story number {number}.", 24)

    def on_event(number: int, event: GenerationEvent) -> None:
        if isinstance(event, TextDelta):
            texts.append(number)
        elif not isinstance(event, PrefillProgress):
            ends.append(len(texts))

    heard = [
        start(stand.engine, noted(n), on_event=lambda event, n=n: on_event(n, event))
        for n in range(3)
    ]

    assert all(each.done.finish_reason is FinishReason.LENGTH for each in heard)
    assert set(texts[: ends[0]]) == {0, 1, 2}
    assert all(each.text for each in heard)


def test_interactive_work_stops_what_goes_on_in_the_background(stand: Stand) -> None:
    order: list[str] = []
    writing = threading.Event()

    def background(event: GenerationEvent) -> None:
        if isinstance(event, TextDelta):
            order.append("background")
            writing.set()

    def chat(event: GenerationEvent) -> None:
        if isinstance(event, TextDelta):
            order.append("chat")

    cancel = CancelToken()
    quiet = replace(story("Tell me a long story.", 1500), priority=Priority.BACKGROUND)
    first = start(stand.engine, quiet, cancel=cancel, on_event=background)
    assert writing.wait(60)
    second = start(stand.engine, story("Tell me about a fox.", 24), on_event=chat)

    assert second.done.numbers.completion_tokens == 24
    chats = [at for at, who in enumerate(order) if who == "chat"]
    assert "background" not in order[chats[0] : chats[-1]]
    cancel.cancel()
    assert first.done.finish_reason is FinishReason.CANCELLED


def test_a_cancelled_background_answer_ends_while_somebody_else_is_served(stand: Stand) -> None:
    cancel, stop = CancelToken(), CancelToken()
    quiet = replace(story("Tell me a long story.", 1500), priority=Priority.BACKGROUND)
    first = start(stand.engine, quiet, cancel=cancel)
    writing = threading.Event()

    def on_event(event: GenerationEvent) -> None:
        if isinstance(event, TextDelta):
            writing.set()

    second = start(stand.engine, story("Tell me another.", 1500), cancel=stop, on_event=on_event)
    assert writing.wait(60)
    cancel.cancel()

    assert first.done.finish_reason is FinishReason.CANCELLED
    assert not second.ended.is_set()
    stop.cancel()
    assert second.end


def test_a_prompt_that_is_read_ahead_is_not_read_again(stand: Stand) -> None:
    typed = "Explain to me in simple words why rivers meander on their way to the sea"
    ahead = replace(story(typed, 1, "chat"), read_only=True, priority=Priority.AHEAD)
    read = start(stand.engine, ahead)
    assert read.done.finish_reason is FinishReason.STOP
    assert not read.text

    whole = start(stand.engine, story(typed + ", please.", 4, "chat"))

    assert whole.done.numbers.cached_tokens >= read.done.numbers.prompt_tokens - 1
    assert whole.text


def test_two_models_are_loaded_side_by_side(stand: Stand) -> None:
    small = stand.engine.load(stand.path, LoadOptions(context_length=2048)).result(60)
    other = stand.engine.load(_beside(stand.path), LoadOptions(context_length=512)).result(60)

    both = [
        ask_on(stand.engine, small, "Hello"),
        ask_on(stand.engine, other, "Hello"),
    ]

    assert all(each.done.numbers.completion_tokens for each in both)
    again = stand.engine.load(stand.path, LoadOptions(context_length=2048)).result(60)
    assert again is small
    stand.engine.unload(other).result(60)
    assert ask_on(stand.engine, other, "Hello").failed.code == "no_model"
    assert ask_on(stand.engine, small, "Hello").text


def ask_on(engine: Engine, model: LoadedModel, text: str) -> Heard:
    heard = Heard()
    engine.generate(story(text, 3), heard, CancelToken(), model)
    assert heard.end
    return heard


def _beside(path: Path) -> Path:
    return path.parent / ".." / path.parent.name / path.name


class _Large(ScriptedBackend):
    """Fits only while nothing else is loaded."""

    loaded = 0

    def load(
        self,
        path: Path,
        options: LoadOptions,
        *,
        on_progress: Callable[[float], None],
        cancel: CancelToken,
    ) -> LoadedModel:
        if _Large.loaded:
            raise EnvironmentProblem("It does not fit.", "", code="out_of_memory")
        result = super().load(path, options, on_progress=on_progress, cancel=cancel)
        _Large.loaded += 1
        return result

    def unload(self) -> None:
        _Large.loaded = 0
        super().unload()


def test_what_is_idle_makes_room_and_what_writes_is_waited_for(tmp_path: Path) -> None:
    _Large.loaded = 0
    slow = replace(_SCRIPT, tokens_per_second=400)
    engine = EngineThread(lambda: _Large(slow), name="large")
    one, two = tmp_path / "one", tmp_path / "two"
    one.touch()
    two.touch()
    try:
        first = engine.load(one, _OPTIONS).result(60)
        heard = start(engine, story("Hello", 20))
        second = engine.load(two, _OPTIONS).result(60)
        assert heard.ended.is_set()
        assert ask_on(engine, first, "Hello").failed.code == "no_model"
        assert ask_on(engine, second, "Hello").text
    finally:
        assert engine.close(30.0)


def test_an_answer_of_the_model_loaded_last_waits_for_a_load_that_was_asked_for(
    tmp_path: Path,
) -> None:
    _Large.loaded = 0
    slow = replace(_SCRIPT, tokens_per_second=100)
    engine = EngineThread(lambda: _Large(slow), name="large")
    one, two = tmp_path / "one", tmp_path / "two"
    one.touch()
    two.touch()
    try:
        engine.load(one, _OPTIONS).result(60)
        first = start(engine, story("Hello", 400))
        engine.unload()
        loading = engine.load(two, _OPTIONS)  # waits for the answer
        cancel = CancelToken()
        unwanted = start(engine, story("Hello", 3), cancel=cancel)
        asked = start(engine, story("Hello", 3))
        cancel.cancel()
        assert unwanted.done.finish_reason is FinishReason.CANCELLED
        assert not first.ended.is_set()
        assert asked.done.numbers.completion_tokens == 3
        assert first.done.numbers.completion_tokens == 400
        assert loading.result(60).path == two
    finally:
        assert engine.close(30.0)


def test_what_is_not_used_is_freed_in_time(tmp_path: Path) -> None:
    freed = threading.Event()

    class Watched(ScriptedBackend):
        loaded = False

        def begin(self, order: Order) -> Work:
            self.loaded = True
            return super().begin(order)

        def unload(self) -> None:
            if self.loaded:
                freed.set()
            super().unload()

    engine = EngineThread(lambda: Watched(_SCRIPT), residency=Residency(idle_s=1.5))
    try:
        path = tmp_path / "model"
        path.touch()
        loaded = engine.load(path, _OPTIONS).result(60)
        assert ask_on(engine, loaded, "Hello").text
        assert freed.wait(60)
        assert ask_on(engine, loaded, "Hello").failed.code == "no_model"
    finally:
        assert engine.close(30.0)


class _OneLane(ScriptedBackend):
    """Can have one answer in hand."""

    lanes = 1


def test_an_answer_is_never_locked_out_by_what_holds_every_lane(tmp_path: Path) -> None:
    path = tmp_path / "model"
    path.touch()
    engine = EngineThread(lambda: _OneLane(_SCRIPT), name="narrow")
    try:
        engine.load(path, _OPTIONS).result(60)
        writing = threading.Event()

        def on_event(event: GenerationEvent) -> None:
            if isinstance(event, TextDelta):
                writing.set()

        quiet = replace(story("Hello", 40), priority=Priority.BACKGROUND)
        first = start(engine, quiet, on_event=on_event)
        assert writing.wait(60)
        second = start(engine, story("Hello", 4))

        assert second.done.finish_reason is FinishReason.LENGTH
        assert first.done.finish_reason is FinishReason.LENGTH
    finally:
        assert engine.close(30.0)


def test_background_work_leaves_lanes_for_whoever_waits(stand: Stand) -> None:
    quiet = replace(story("Tell me a long story.", 900), priority=Priority.BACKGROUND)
    stops = [CancelToken() for _ in range(20)]
    began = threading.Semaphore(0)
    told: set[int] = set()

    def on_event(number: int, event: GenerationEvent) -> None:
        if isinstance(event, TextDelta) and number not in told:
            told.add(number)
            began.release()

    many = [
        start(stand.engine, quiet, cancel=stop, on_event=lambda event, n=n: on_event(n, event))
        for n, stop in enumerate(stops)
    ]
    for _ in range(3):
        assert began.acquire(timeout=60)

    second = start(stand.engine, story("Tell me about a fox.", 6))

    assert second.done.numbers.completion_tokens
    assert not all(each.ended.is_set() for each in many)
    for stop in stops:
        stop.cancel()
    assert all(each.end for each in many)


def test_what_is_refused_before_it_began_is_let_go(stand: Stand) -> None:
    cancel = CancelToken()
    heard = start(stand.engine, story("A word. " * 4000, 4), cancel=cancel)
    assert heard.failed.code == "prompt_too_long"
    assert start(stand.engine, story("Hello", 2)).end  # a step later
    assert stand.engine.count_tokens(user("Hello")).result(60)

    assert isinstance(stand.engine, EngineThread)
    assert not stand.engine.wanted
