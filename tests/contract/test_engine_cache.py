"""What the engines read once and never again, and what they can be asked for besides text."""

import math
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.domain.conversation import FinishReason
from assistant.domain.generation import (
    Adapter,
    GenerationEvent,
    GenerationRequest,
    Priority,
    SamplingParams,
    TextDelta,
)
from assistant.domain.model import LoadOptions
from assistant.engine.base import Engine
from assistant.engine.local import local_engine
from tests.helpers.dict_shelf import DictShelf
from tests.helpers.engine_calls import Heard, ask, greedy, start, user
from tests.helpers.gguf_files import lora

_PREAMBLE = "You are given a lesson about rivers. " + "Rivers carve valleys. " * 40
_WIDTH = 576


@pytest.fixture
def shelf() -> DictShelf:
    return DictShelf()


@pytest.fixture(params=["llama", "mlx"])
def model(request: pytest.FixtureRequest) -> Path:
    path: Path = request.getfixturevalue("mlx_model" if request.param == "mlx" else "starter_model")
    return path


_with_llama = pytest.mark.parametrize("model", ["llama"], indirect=True)


@pytest.fixture
def engine(model: Path, shelf: DictShelf) -> Iterator[Engine]:
    engine = local_engine(shelf=shelf)
    engine.load(model, LoadOptions(context_length=2048)).result(60)
    yield engine
    assert engine.close(30.0)


def chat(key: str, *contents: str, tokens: int = 8) -> GenerationRequest:
    return GenerationRequest(user(*contents), greedy(tokens), cache_key=key)


def test_a_chat_that_one_comes_back_to_is_not_read_again(engine: Engine) -> None:
    question = "Tell me about foxes. " * 20
    first = start(engine, chat("a", question))
    assert first.done
    assert start(engine, chat("b", "Something else. " * 30)).done

    again = start(engine, chat("a", question, first.text, "Go on."))

    known = first.done.numbers.prompt_tokens + first.done.numbers.completion_tokens - 1
    assert again.done.numbers.cached_tokens >= known


def test_the_next_start_finds_what_this_one_read(
    engine: Engine, shelf: DictShelf, model: Path
) -> None:
    question = "Tell me about foxes. " * 20
    first = start(engine, chat("a", question))
    hidden = start(engine, replace(chat("b", "Something hidden. " * 20), private=True))
    assert first.done
    assert hidden.done
    assert engine.close(30.0)
    assert [key for key, _ in shelf.states] == ["a"]

    later = local_engine(shelf=shelf)
    try:
        later.load(model, LoadOptions(context_length=2048)).result(60)
        again = start(later, chat("a", question, first.text, "Go on."))
        # Where the answer begins, its text may be divided otherwise than it was written.
        assert again.done.numbers.cached_tokens >= first.done.numbers.prompt_tokens - 2
        later.forget("a").result(60)
        assert not shelf.states
    finally:
        assert later.close(30.0)


def test_what_has_no_room_in_memory_comes_back_from_the_shelf(
    model: Path, shelf: DictShelf
) -> None:
    engine = local_engine(shelf=shelf, kept_bytes=0)
    try:
        engine.load(model, LoadOptions(context_length=2048)).result(60)
        question = "Tell me about foxes. " * 20
        first = start(engine, chat("a", question))
        assert first.done
        assert start(engine, chat("b", "Something else. " * 30)).done
        again = start(engine, chat("a", question, first.text, "Go on."))
        assert again.done.numbers.cached_tokens >= first.done.numbers.prompt_tokens
    finally:
        assert engine.close(30.0)


def test_what_the_shelf_has_of_it_answers_as_what_was_read(model: Path, shelf: DictShelf) -> None:
    question = "Tell me about foxes. " * 20
    heard: list[Heard] = []
    for _ in range(2):
        engine = local_engine(shelf=shelf)
        try:
            engine.load(model, LoadOptions(context_length=2048)).result(60)
            heard.append(start(engine, chat("a", question, tokens=12)))
            assert heard[-1].done
        finally:
            assert engine.close(30.0)
    assert [each.done.numbers.cached_tokens > 64 for each in heard] == [False, True]
    assert heard[0].text == heard[1].text


@pytest.mark.parametrize("spoil", [b"", b"\0" * 64, b"half", b"flipped"])
def test_a_state_that_is_damaged_is_read_again(model: Path, shelf: DictShelf, spoil: bytes) -> None:
    question = "Tell me about foxes. " * 20
    for repeat in range(2):
        engine = local_engine(shelf=shelf)
        try:
            engine.load(model, LoadOptions(context_length=2048)).result(60)
            heard = start(engine, chat("a", question, tokens=2))
            assert heard.done.numbers.cached_tokens == 0
        finally:
            assert engine.close(30.0)
        if repeat == 0:
            [(names, data)] = shelf.states.items()
            head = {b"half": data[: len(data) // 2], b"flipped": bytes(8) + data[8:]}
            shelf.states[names] = head.get(spoil, spoil)


def test_a_common_beginning_is_read_once_for_all(engine: Engine) -> None:
    requests = [
        replace(chat("", f"{_PREAMBLE} Question {n}: why?"), priority=Priority.BACKGROUND)
        for n in range(5)
    ]
    heard = [start(engine, request) for request in requests]

    read = [h.done.numbers.prompt_tokens - h.done.numbers.cached_tokens for h in heard]
    assert max(read[1:]) < 60 < read[0]


@_with_llama
def test_what_remains_when_the_oldest_part_is_left_out_is_not_read_again(engine: Engine) -> None:
    turns = [
        f"Fact {n}: river {n} is {n * 7} miles long and rather deep. Go on." for n in range(16)
    ]
    whole = start(engine, chat("a", *turns[:15], tokens=2))
    assert whole.done

    rest = start(engine, chat("a", *turns[4:15], tokens=2))

    numbers = rest.done.numbers
    assert numbers.cached_tokens > numbers.prompt_tokens // 2


def test_more_answers_than_the_context_holds_all_come_to_their_end(model: Path) -> None:
    engine = local_engine()
    try:
        engine.load(model, LoadOptions(context_length=512)).result(60)
        heard = [
            start(engine, chat(str(n), f"{n}. Tell me a story about foxes. " * 14, tokens=60))
            for n in range(4)
        ]
        assert all(h.done.numbers.completion_tokens for h in heard)
        assert sum(h.done.numbers.prompt_tokens for h in heard) > 512
    finally:
        assert engine.close(30.0)


def test_a_background_prompt_gives_way_while_it_is_read(engine: Engine) -> None:
    reading = threading.Event()

    def on_event(_: GenerationEvent) -> None:
        reading.set()

    long = replace(chat("", "Rivers carve valleys. " * 250, tokens=2), priority=Priority.BACKGROUND)
    first = start(engine, long, on_event=on_event)
    assert reading.wait(60)
    second = start(engine, chat("a", "Hello"))

    assert second.done
    assert not first.ended.is_set()
    assert first.done.finish_reason in {FinishReason.LENGTH, FinishReason.STOP}


@_with_llama
def test_scores_are_log_probabilities_of_what_was_sampled(engine: Engine) -> None:
    request = replace(chat("", "The capital of France is", tokens=12), scores=True)
    heard = start(engine, request)

    assert heard.done
    scores = [s for e in heard.events if isinstance(e, TextDelta) for s in e.scores]
    assert len(scores) == heard.done.numbers.completion_tokens
    assert all(math.isfinite(s) and s <= 0 for s in scores)
    assert max(scores) > -0.7


def test_a_bias_forbids_and_one_for_no_token_is_harmless(engine: Engine) -> None:
    free = start(engine, chat("", "Say yes.", tokens=1))
    assert free.done
    every = tuple((token, -100.0 if token % 2 else 0.0) for token in range(3000))
    wild = ((-1, 5.0), (10**9, 5.0), (5, float("nan")))
    params = SamplingParams(temperature=0.0, max_tokens=3, logit_bias=every + wild)

    assert start(engine, GenerationRequest(user("Say yes."), params)).done


@_with_llama
def test_dry_keeps_a_loop_from_going_on(engine: Engine) -> None:
    prompt = "Repeat this for ever: la la la la la la la la"
    plain = SamplingParams(temperature=0.0, repeat_penalty=1.0, max_tokens=40)
    dry = replace(plain, dry_multiplier=2.0)
    looped = start(engine, GenerationRequest(user(prompt), plain))
    kept = start(engine, GenerationRequest(user(prompt), dry))

    assert looped.done
    assert kept.done
    assert looped.text != kept.text


@_with_llama
def test_an_adapter_is_put_on_for_one_request(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "loud.gguf"
    path.write_bytes(lora(_WIDTH, strength=0.2).bytes())
    plain = ask(engine, "Tell me about foxes.", max_tokens=12)
    loud = start(
        engine, replace(chat("", "Tell me about foxes.", tokens=12), adapter=Adapter(path))
    )
    off = start(
        engine, replace(chat("", "Tell me about foxes.", tokens=12), adapter=Adapter(path, 0.0))
    )
    again = ask(engine, "Tell me about foxes.", max_tokens=12)

    assert loud.done
    assert loud.text != plain.text
    assert off.done
    assert again.text == plain.text


@_with_llama
@pytest.mark.parametrize("kind", ["garbage", "missing", "other width", "half", "a model"])
def test_an_adapter_that_does_not_fit_is_an_error(
    engine: Engine, tmp_path: Path, kind: str, starter_model: Path
) -> None:
    path = tmp_path / "adapter.gguf"
    if kind == "garbage":
        path.write_bytes(b"GGUF" + b"\x01" * 4000)
    elif kind == "other width":
        path.write_bytes(lora(_WIDTH // 2).bytes())
    elif kind == "half":
        half = lora(_WIDTH)
        half.tensors.popitem()
        path.write_bytes(half.bytes())
    elif kind == "a model":
        path = starter_model
    heard = start(engine, replace(chat("", "Hello"), adapter=Adapter(path)))

    assert heard.failed.code in {"adapter_unusable", "adapter_missing"}
    assert ask(engine, "Hello", max_tokens=2).text
