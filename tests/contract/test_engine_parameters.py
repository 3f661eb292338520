"""What a load may set: how the context is kept, threads, memory, and another chat template."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.domain.errors import UserFacingError
from assistant.domain.generation import GenerationRequest, Notice
from assistant.domain.model import FlashAttention, KvType, LoadedModel, LoadOptions, MemoryUse
from assistant.engine.base import Engine
from assistant.engine.isolated import IsolatedEngine
from assistant.engine.local import local_engine
from assistant.engine.template_formats import NAMED_FORMATS
from tests.helpers.dict_shelf import DictShelf
from tests.helpers.engine_calls import ask, greedy, start, user

_ALPACA = next(each.source for each in NAMED_FORMATS if each.name == "alpaca")
_FAILS_ON_SECRETS = (
    "{% for m in messages %}{{ m.content }}{% if 'secret' in m.content %}"
    "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    "{% endif %}{% endfor %}"
)


@pytest.fixture(params=[local_engine, lambda: IsolatedEngine(local_engine)], ids=["here", "apart"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    make: Callable[[], Engine] = request.param
    engine = make()
    yield engine
    assert engine.close(30.0)


def load(engine: Engine, path: Path, options: LoadOptions) -> LoadedModel:
    return engine.load(path, options).result(60)


def memory_of(loaded: LoadedModel) -> MemoryUse:
    assert loaded.memory is not None
    return loaded.memory


@pytest.mark.parametrize(("kv_type", "bytes_"), [(KvType.Q8_0, 34 / 32), (KvType.Q4_0, 18 / 32)])
def test_a_context_that_is_kept_smaller_takes_less_and_still_answers(
    engine: Engine, starter_model: Path, kv_type: KvType, bytes_: float
) -> None:
    loaded = load(engine, starter_model, LoadOptions(context_length=1024, kv_type=kv_type))

    used = memory_of(loaded)
    assert used.kv_type is kv_type
    assert used.kv_bytes == pytest.approx(1024 * 30 * 3 * (64 + 64) * bytes_, rel=0.01)
    assert loaded.notes == ()
    question = "Name the capital of France."
    first = ask(engine, question, max_tokens=12)
    assert "Paris" in first.text
    second = ask(engine, question, first.text, "And of Italy?", max_tokens=12)
    known = first.done.numbers.prompt_tokens + first.done.numbers.completion_tokens - 1
    assert second.done.numbers.cached_tokens >= known


def test_what_is_left_out_of_a_small_context_is_moved_over_as_in_a_large_one(
    engine: Engine, starter_model: Path
) -> None:
    load(engine, starter_model, LoadOptions(context_length=2048, kv_type=KvType.Q8_0))
    turns = [f"Fact {n}: river {n} is {n * 7} miles long and deep. Go on." for n in range(16)]
    assert start(engine, GenerationRequest(user(*turns[:15]), greedy(2), cache_key="a")).done

    rest = start(engine, GenerationRequest(user(*turns[4:15]), greedy(2), cache_key="a"))

    numbers = rest.done.numbers
    assert numbers.cached_tokens > numbers.prompt_tokens // 2


def test_small_contexts_without_flash_attention_are_refused_in_words(
    engine: Engine, starter_model: Path
) -> None:
    options = LoadOptions(kv_type=KvType.Q8_0, flash_attention=FlashAttention.OFF)

    with pytest.raises(UserFacingError) as refused:
        load(engine, starter_model, options)

    assert refused.value.code == "kv_needs_flash"
    assert refused.value.hint


@pytest.mark.parametrize(
    "options",
    [
        LoadOptions(context_length=512, flash_attention=FlashAttention.OFF),
        LoadOptions(context_length=512, flash_attention=FlashAttention.ON),
        LoadOptions(context_length=512, mmap=False),
        LoadOptions(context_length=512, threads=-7, batch_threads=10**6, gpu_layers=-50),
        LoadOptions(context_length=512, threads=1, batch_threads=1, gpu_layers=10**6),
    ],
    ids=["no flash", "flash", "no mmap", "low", "high"],
)
def test_every_way_to_load_answers(
    engine: Engine, starter_model: Path, options: LoadOptions
) -> None:
    load(engine, starter_model, options)

    assert "Paris" in ask(engine, "Name the capital of France.", max_tokens=12).text


def test_weights_are_held_in_memory_or_it_is_said(engine: Engine, starter_model: Path) -> None:
    loaded = load(engine, starter_model, LoadOptions(context_length=512, mlock=True))

    assert all("held in memory" in note for note in loaded.notes)
    assert ask(engine, "Hello", max_tokens=2).done


def test_another_template_makes_another_prompt(engine: Engine, starter_model: Path) -> None:
    turns = user("Name the capital of France.")
    load(engine, starter_model, LoadOptions(context_length=512))
    own = engine.count_tokens(turns).result(60)

    loaded = load(engine, starter_model, LoadOptions(context_length=512, chat_template=_ALPACA))

    assert loaded.notes == ()
    other = engine.count_tokens(turns).result(60)
    assert other != own
    assert ask(engine, turns[0].content, max_tokens=2).done.numbers.prompt_tokens == other


def test_a_template_that_fails_later_gives_way_to_the_models_own_and_says_so(
    engine: Engine, starter_model: Path
) -> None:
    load(engine, starter_model, LoadOptions(context_length=512))
    own = engine.count_tokens(user("My secret")).result(60)
    options = LoadOptions(context_length=512, chat_template=_FAILS_ON_SECRETS)
    assert load(engine, starter_model, options).notes == ()

    heard = ask(engine, "My secret", max_tokens=2)

    notices = [event for event in heard.events if isinstance(event, Notice)]
    assert heard.events[0] is notices[0]
    assert len(notices) == 1
    assert "Your chat template cannot be used" in notices[0].text
    assert "secret" not in notices[0].text
    assert heard.done.numbers.prompt_tokens == own
    again = ask(engine, "Another secret", max_tokens=2)
    assert not [event for event in again.events if isinstance(event, Notice)]


def test_a_broken_template_is_said_at_the_load(engine: Engine, starter_model: Path) -> None:
    loaded = load(engine, starter_model, LoadOptions(context_length=512, chat_template="{% for %}"))

    assert len(loaded.notes) == 1
    assert "Your chat template cannot be used" in loaded.notes[0]
    assert "Paris" in ask(engine, "Name the capital of France.", max_tokens=12).text


def test_what_was_kept_under_other_settings_is_not_taken(starter_model: Path) -> None:
    shelf = DictShelf()
    request = GenerationRequest(user("Tell me about foxes. " * 20), greedy(8), cache_key="a")

    def cached_with(options: LoadOptions) -> int:
        engine = local_engine(shelf=shelf)
        try:
            load(engine, starter_model, options)
            return start(engine, request).done.numbers.cached_tokens
        finally:
            assert engine.close(30.0)

    plain = LoadOptions(context_length=1024)
    assert cached_with(plain) == 0
    assert cached_with(LoadOptions(context_length=1024, kv_type=KvType.Q8_0)) == 0
    assert cached_with(LoadOptions(context_length=1024, kv_type=KvType.Q8_0)) > 64
    other = next(each.source for each in NAMED_FORMATS if each.name == "chatml") + "{# mine #}"
    assert cached_with(LoadOptions(context_length=1024, chat_template=other)) == 0


def test_mlx_says_what_it_cannot_do_and_takes_the_template(mlx_model: Path) -> None:
    engine = local_engine()
    try:
        wishes = LoadOptions(
            context_length=512,
            threads=1,
            mlock=True,
            kv_type=KvType.Q8_0,
            chat_template=_FAILS_ON_SECRETS,
        )
        loaded = load(engine, mlx_model, wishes)
        assert len(loaded.notes) == 3
        heard = ask(engine, "My secret", max_tokens=2)
        assert isinstance(heard.events[0], Notice)
        assert load(engine, mlx_model, LoadOptions(context_length=512)).notes == ()
    finally:
        assert engine.close(30.0)
