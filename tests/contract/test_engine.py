"""What every engine promises: the scripted one, and libllama and MLX on a real model each."""

import random
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from assistant.domain.cancel import CancelToken
from assistant.domain.conversation import FinishReason, Role
from assistant.domain.errors import Cancelled, UserFacingError
from assistant.domain.generation import (
    GenerationDone,
    GenerationEvent,
    GenerationRequest,
    PrefillProgress,
    SamplingParams,
    TextDelta,
    Turn,
)
from assistant.domain.model import LoadOptions
from assistant.engine.base import Engine
from assistant.engine.by_trust import EngineByTrust
from assistant.engine.isolated import IsolatedEngine
from assistant.engine.local import local_engine
from assistant.engine.scripted import Script, ScriptedAnswer, scripted_engine
from tests.helpers.engine_calls import Heard, ask, greedy, start, user

if TYPE_CHECKING:
    from concurrent.futures import Future

_STORY = "Once upon a time there was a fox who lived by a river. " * 12
_LONG_PROMPT = "Summarise the following text. " + "The quick brown fox jumps over it. " * 150
_SCRIPT = Script(
    (ScriptedAnswer(_STORY),),
    tokens_per_second=2000,
    prompt_tokens_per_second=4000,
    chunk_tokens=128,
)


@dataclass(frozen=True)
class Kind:
    """One engine under test."""

    make: Callable[[], Engine]
    model: Path
    options: LoadOptions = field(default_factory=lambda: LoadOptions(context_length=2048))

    def loaded(self) -> Engine:
        engine = self.make()
        engine.load(self.model, self.options).result(60)
        return engine


@pytest.fixture(params=["scripted", "llama", "isolated", "by trust", "mlx"], scope="module")
def kind(request: pytest.FixtureRequest) -> Kind:
    if request.param == "scripted":
        return Kind(lambda: scripted_engine(_SCRIPT), Path(__file__))
    if request.param == "by trust":
        return Kind(
            lambda: EngineByTrust(scripted_engine(_SCRIPT), scripted_engine(_SCRIPT)),
            Path(__file__),
        )
    if request.param == "isolated":
        return Kind(lambda: IsolatedEngine(local_engine), request.getfixturevalue("starter_model"))
    if request.param == "mlx":
        return Kind(local_engine, request.getfixturevalue("mlx_model"))
    return Kind(local_engine, request.getfixturevalue("starter_model"))


@pytest.fixture
def engine(kind: Kind) -> Iterator[Engine]:
    engine = kind.loaded()
    yield engine
    assert engine.close(30.0)


def _cancel_at(wanted: type[GenerationEvent] | tuple[type, ...], cancel: CancelToken) -> Any:
    def on_event(event: GenerationEvent) -> None:
        if isinstance(event, wanted):
            cancel.cancel()

    return on_event


def test_events_come_in_order_and_end_once(engine: Engine) -> None:
    heard = ask(engine, "Tell me a story about a fox.")

    kinds = [type(event) for event in heard.events]
    first_text = kinds.index(TextDelta)
    assert set(kinds[:first_text]) == {PrefillProgress}
    assert set(kinds[first_text:-1]) == {TextDelta}
    assert kinds[-1] is GenerationDone
    assert all(event.text for event in heard.events if isinstance(event, TextDelta))
    assert len(heard.threads) == 1
    assert heard.threads.isdisjoint({threading.main_thread().name})


def test_progress_rises_to_the_size_of_the_prompt(engine: Engine) -> None:
    heard = ask(engine, _LONG_PROMPT, max_tokens=1)

    done = [progress.done_tokens for progress in heard.progress]
    assert done == sorted(done)
    assert len(done) >= 3
    assert {p.total_tokens for p in heard.progress} == {heard.done.numbers.prompt_tokens}
    assert done[-1] == heard.done.numbers.prompt_tokens


def test_numbers_are_exact(engine: Engine) -> None:
    turns = user("Tell me a story about a fox.")
    counted = engine.count_tokens(turns).result(60)

    heard = ask(engine, turns[0].content, max_tokens=7)

    numbers = heard.done.numbers
    assert heard.done.finish_reason is FinishReason.LENGTH
    assert numbers.prompt_tokens == counted
    assert numbers.completion_tokens == 7
    assert numbers.cached_tokens == 0
    assert numbers.ttft_ms > 0
    assert numbers.tokens_per_second > 0


def test_the_next_turn_finds_its_history_in_the_cache(engine: Engine) -> None:
    first = ask(engine, "Tell me a story about a fox.", max_tokens=24)
    second = ask(engine, "Tell me a story about a fox.", first.text, "Go on.", max_tokens=2)

    # all of the first prompt and all of the answer but its last token, which was never read
    known = first.done.numbers.prompt_tokens + first.done.numbers.completion_tokens - 1
    assert second.done.numbers.cached_tokens >= known


def test_an_answer_that_is_continued_goes_on_where_it_ended(engine: Engine) -> None:
    question = "Tell me a story about a fox."
    whole = ask(engine, question, max_tokens=20)
    begun = ask(engine, question, max_tokens=8)
    assert whole.text.startswith(begun.text)

    rest = ask(engine, question, begun.text, max_tokens=1)

    known = begun.done.numbers.prompt_tokens + begun.done.numbers.completion_tokens
    assert rest.done.numbers.prompt_tokens == known
    assert rest.done.numbers.cached_tokens == known - 1


def test_cancel_in_prefill_ends_the_answer_and_keeps_what_was_read(engine: Engine) -> None:
    cancel = CancelToken()
    request = GenerationRequest(user(_LONG_PROMPT), greedy())
    seen: list[PrefillProgress] = []

    def on_event(event: GenerationEvent) -> None:
        if isinstance(event, PrefillProgress):
            seen.append(event)
            if 0 < event.done_tokens < event.total_tokens:
                cancel.cancel()

    heard = start(engine, request, cancel=cancel, on_event=on_event)

    assert heard.done.finish_reason is FinishReason.CANCELLED
    assert heard.text == ""
    assert heard.done.numbers.completion_tokens == 0
    assert seen[-1].done_tokens < seen[-1].total_tokens
    again = ask(engine, _LONG_PROMPT, max_tokens=1)
    assert again.done.numbers.cached_tokens >= seen[-1].done_tokens


def test_cancel_from_another_thread_while_a_prompt_is_read(engine: Engine) -> None:
    cancel, reading = CancelToken(), threading.Event()

    def on_event(_event: GenerationEvent) -> None:
        reading.set()

    heard = start(
        engine, GenerationRequest(user(_LONG_PROMPT), greedy()), cancel=cancel, on_event=on_event
    )
    assert reading.wait(60)
    cancel.cancel()

    assert heard.done.finish_reason is FinishReason.CANCELLED
    assert ask(engine, "Hello", max_tokens=2).text


def test_cancel_while_writing_keeps_the_text_and_the_cache(engine: Engine) -> None:
    cancel = CancelToken()
    question = "Tell me a story about a fox."
    request = GenerationRequest(user(question), greedy(500))

    heard = start(engine, request, cancel=cancel, on_event=_cancel_at(TextDelta, cancel))

    assert heard.done.finish_reason is FinishReason.CANCELLED
    assert heard.text
    again = ask(engine, question, heard.text, max_tokens=1)
    assert again.done.numbers.cached_tokens >= heard.done.numbers.prompt_tokens


def test_a_cancelled_request_in_the_queue_ends_before_the_one_ahead_of_it(engine: Engine) -> None:
    ahead, behind = CancelToken(), CancelToken()
    order: list[str] = []
    writing = threading.Event()

    def on_ahead(event: GenerationEvent) -> None:
        if isinstance(event, TextDelta):
            writing.set()
        if isinstance(event, GenerationDone):
            order.append("ahead")

    def on_behind(event: GenerationEvent) -> None:
        if isinstance(event, GenerationDone):
            order.append("behind")
            ahead.cancel()

    request = GenerationRequest(user("Tell me a story."), greedy(2000))
    first = start(engine, request, cancel=ahead, on_event=on_ahead)
    second = start(engine, request, cancel=behind, on_event=on_behind)
    assert writing.wait(60)
    behind.cancel()

    assert second.done.finish_reason is FinishReason.CANCELLED
    assert first.end
    assert order == ["behind", "ahead"]


def test_a_cancelled_request_never_begins(engine: Engine) -> None:
    cancel = CancelToken()
    cancel.cancel()

    heard = start(engine, GenerationRequest(user("Hello"), greedy()), cancel=cancel)

    assert heard.done.finish_reason is FinishReason.CANCELLED
    assert len(heard.events) == 1


def test_tokens_are_counted_while_an_answer_is_written(engine: Engine) -> None:
    cancel = CancelToken()
    counted: list[Future[int]] = []

    def on_event(event: GenerationEvent) -> None:
        if isinstance(event, TextDelta) and not counted:
            counted.append(engine.count_tokens(user("Hello")))
            counted[0].add_done_callback(lambda _: cancel.cancel())

    request = GenerationRequest(user("Tell me a story."), greedy(2000))
    heard = start(engine, request, cancel=cancel, on_event=on_event)

    assert heard.done.finish_reason is FinishReason.CANCELLED
    assert counted[0].result(60) > 0


def test_answers_are_given_in_the_order_in_which_they_were_asked_for(engine: Engine) -> None:
    order: list[int] = []
    heard: list[Heard] = []
    for number in range(4):

        def on_event(event: GenerationEvent, number: int = number) -> None:
            if isinstance(event, GenerationDone):
                order.append(number)

        request = GenerationRequest(user(f"Count from {number}."), greedy(3))
        heard.append(start(engine, request, on_event=on_event))

    assert [one.done.finish_reason for one in heard]
    assert order == [0, 1, 2, 3]


def test_a_stop_string_ends_the_answer_and_is_not_part_of_it(engine: Engine) -> None:
    whole = ask(engine, "Tell me a story about a fox.", max_tokens=30).text
    words = whole.split(" ")
    stop = f"{words[4][-1]} {words[5][:2]}"  # over the border of two words, so of two tokens

    heard = ask(engine, "Tell me a story about a fox.", max_tokens=30, stop=(stop,))

    assert heard.done.finish_reason is FinishReason.STOP
    assert heard.text == whole[: whole.index(stop)]


def test_generate_without_a_model_fails_in_words(kind: Kind) -> None:
    engine = kind.make()
    try:
        heard = ask(engine, "Hello")
        assert heard.failed.code == "no_model"
        assert heard.failed.message
        with pytest.raises(UserFacingError, match="No model"):
            engine.count_tokens(user("Hello")).result(60)
    finally:
        assert engine.close(30.0)


def test_a_prompt_that_is_too_long_says_both_figures(engine: Engine) -> None:
    heard = ask(engine, "The quick brown fox. " * 1000)

    assert heard.failed.code == "prompt_too_long"
    assert "2,048" in heard.failed.message
    assert ask(engine, "Hello", max_tokens=2).text


def test_an_answer_ends_where_the_context_does(kind: Kind) -> None:
    engine = kind.make()
    try:
        loaded = engine.load(kind.model, LoadOptions(context_length=256)).result(60)
        prompt = "Count as far as you can: " + "one two three four " * 48
        heard = start(
            engine,
            GenerationRequest(
                user(prompt), SamplingParams(temperature=2.0, seed=1, max_tokens=5000)
            ),
        )
        numbers = heard.done.numbers
        assert heard.done.finish_reason is FinishReason.LENGTH
        assert numbers.prompt_tokens + numbers.completion_tokens == loaded.context_length
    finally:
        assert engine.close(30.0)


def test_a_load_that_fails_leaves_the_loaded_model_usable(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(UserFacingError) as failure:
        engine.load(tmp_path / "nowhere.gguf", LoadOptions()).result(60)

    assert failure.value.code == "model_missing"
    assert ask(engine, "Hello", max_tokens=2).text


def test_a_load_reports_progress_and_can_be_given_up(kind: Kind) -> None:
    engine = kind.make()
    try:
        parts: list[float] = []
        engine.load(kind.model, kind.options, on_progress=parts.append).result(60)
        assert parts == sorted(parts)
        assert 0.0 <= parts[0] <= parts[-1] <= 1.0
        cancel = CancelToken()
        loading = engine.load(
            kind.model, kind.options, on_progress=lambda _: cancel.cancel(), cancel=cancel
        )
        with pytest.raises(Cancelled):
            loading.result(60)
        engine.load(kind.model, kind.options).result(60)
        assert ask(engine, "Hello", max_tokens=2).text
    finally:
        assert engine.close(30.0)


def test_unload_waits_for_the_answer_ahead_of_it(engine: Engine) -> None:
    heard = start(engine, GenerationRequest(user("Tell me a story."), greedy(12)))
    unloaded = engine.unload()

    unloaded.result(60)

    assert heard.ended.is_set()
    assert heard.done.finish_reason is FinishReason.LENGTH
    assert ask(engine, "Hello").failed.code == "no_model"


def test_close_while_writing_ends_everything(kind: Kind) -> None:
    engine = kind.loaded()
    writing = threading.Event()

    def on_event(event: GenerationEvent) -> None:
        if isinstance(event, TextDelta):
            writing.set()

    request = GenerationRequest(user("Tell me a story."), greedy(2000))
    first = start(engine, request, on_event=on_event)
    second = start(engine, request)
    assert writing.wait(60)

    assert engine.close(30.0)

    assert first.done.finish_reason is FinishReason.CANCELLED
    assert second.done.finish_reason is FinishReason.CANCELLED
    assert ask(engine, "Hello").failed.code == "engine_closed"
    with pytest.raises(UserFacingError, match="closing"):
        engine.unload().result(0)
    assert engine.close(1.0)


def test_a_sink_that_raises_does_not_end_the_engine(
    engine: Engine, expect_log: Callable[[str], None]
) -> None:
    expect_log("an answer failed with RuntimeError")

    def on_event(event: GenerationEvent) -> None:
        if not isinstance(event, TextDelta):
            return
        raise RuntimeError

    heard = start(engine, GenerationRequest(user("Hello"), greedy()), on_event=on_event)

    assert heard.failed.code == "engine_failed"
    assert ask(engine, "Hello", max_tokens=2).text


def test_every_value_out_of_range_is_clamped(engine: Engine) -> None:
    wild = SamplingParams(
        temperature=float("nan"),
        top_p=-3.0,
        top_k=-5,
        min_p=7.0,
        repeat_penalty=float("inf"),
        presence_penalty=-99.0,
        max_tokens=-4,
        seed=2**70,
    )
    hot = SamplingParams(temperature=1e9, top_k=10**9, repeat_penalty=-1.0, max_tokens=3, seed=-1)

    first = start(engine, GenerationRequest(user("Hello"), wild))
    second = start(engine, GenerationRequest(user("Hello"), hot))

    assert first.done.numbers.completion_tokens == 1
    assert second.done.numbers.completion_tokens <= 3


def test_the_same_seed_gives_the_same_answer(engine: Engine) -> None:
    sampling = SamplingParams(temperature=1.0, seed=7, max_tokens=12)
    request = GenerationRequest(user("Tell me a story."), sampling)

    first, second = start(engine, request), start(engine, request)

    assert first.done
    assert second.done
    assert first.text == second.text


def test_many_rounds_of_everything_at_once(kind: Kind) -> None:
    """Thirty rounds of asking, cancelling, counting, loading, unloading and closing."""
    chance = random.Random(11)  # noqa: S311 - the same rounds each time, no secret
    engine = kind.loaded()
    heard: list[Heard] = []
    for _ in range(30):
        cancel = CancelToken()
        turns = (Turn(Role.USER, "Tell me a story. " * chance.randint(1, 30)),)
        request = GenerationRequest(turns, greedy(chance.randint(1, 12)))
        at = (PrefillProgress, TextDelta) if chance.random() < 0.5 else ()
        heard.append(start(engine, request, cancel=cancel, on_event=_cancel_at(at, cancel)))
        step = chance.choice(["count", "cancel", "unload", "load", "wait", "close"])
        if step == "count":
            engine.count_tokens(turns)
        elif step == "cancel":
            cancel.cancel()
        elif step == "unload":
            engine.unload()
        elif step == "load":
            engine.load(kind.model, kind.options, cancel=cancel)
        elif step == "wait":
            assert heard[-1].end
        elif step == "close":
            assert engine.close(30.0)
            engine = kind.loaded()
    assert engine.close(30.0)
    assert all(one.end for one in heard)
