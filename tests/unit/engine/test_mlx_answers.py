"""What the MLX engine writes, and what it does not compute twice."""

import json
import math
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.domain.conversation import FinishReason, Role
from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.domain.generation import (
    Adapter,
    GenerationRequest,
    SamplingParams,
    TextDelta,
    Turn,
)
from assistant.domain.model import LoadOptions
from assistant.engine.base import Engine
from assistant.engine.local import local_engine
from assistant.engine.machine import Memory
from assistant.engine.mlx.safetensors_header import read_header
from assistant.engine.trial import try_load
from tests.helpers.dict_shelf import DictShelf
from tests.helpers.engine_calls import Heard, ask, greedy, start, user
from tests.helpers.mlx_folders import adapter, change_config, copied, quantised, random_model

_QUESTION = "Tell me about foxes. " * 12
_WIDTH = 576


@pytest.fixture(scope="module")
def engine(mlx_model: Path) -> Iterator[Engine]:
    engine = local_engine()
    engine.load(mlx_model, LoadOptions(context_length=2048)).result(60)
    yield engine
    assert engine.close(30.0)


@pytest.fixture
def other() -> Iterator[Engine]:
    """An engine for a model of the test's own."""
    engine = local_engine()
    yield engine
    assert engine.close(30.0)


def chat(key: str, *contents: str, tokens: int = 8) -> GenerationRequest:
    return GenerationRequest(user(*contents), greedy(tokens), cache_key=key)


def test_code_that_a_configuration_names_is_never_run(
    mlx_model: Path, tmp_path: Path, other: Engine
) -> None:
    """Such a folder is not taken in; where one lies here all the same, its code stays unread."""
    folder, trace = copied(mlx_model, tmp_path / "odd"), tmp_path / "was-run"
    for name in ("configuration_odd", "modeling_odd", "tokenization_odd"):
        code = f"open({str(trace)!r}, 'w').close()\nclass Odd: pass\n"
        (folder / f"{name}.py").write_text(code, encoding="utf-8")
    names = {"AutoConfig": "configuration_odd.Odd", "AutoModelForCausalLM": "modeling_odd.Odd"}
    change_config(folder, auto_map=names)
    path = folder / "tokenizer_config.json"
    said = json.loads(path.read_text()) | {"auto_map": {"AutoTokenizer": "tokenization_odd.Odd"}}
    path.write_text(json.dumps(said), encoding="utf-8")
    other.load(folder, LoadOptions(context_length=512)).result(60)
    assert start(other, chat("", "Hello.")).text_when_done()
    assert not trace.exists()
    assert not {"configuration_odd", "modeling_odd", "tokenization_odd"} & set(sys.modules)


def test_answers_written_together_are_those_written_alone(engine: Engine) -> None:
    texts = ["Tell me a story.", "What is two and two? " * 5, "Name a river."]
    alone = [start(engine, chat("", text, tokens=24)).text_when_done() for text in texts]

    heard = [start(engine, chat("", text, tokens=24 - 6 * at)) for at, text in enumerate(texts)]

    together = [each.text_when_done() for each in heard]
    assert together[0] == alone[0]
    assert all(one.startswith(part) for one, part in zip(alone, together, strict=True))
    assert all(together)


def test_a_conversation_that_one_comes_back_to_is_not_read_again(engine: Engine) -> None:
    first = start(engine, chat("a", _QUESTION))
    assert first.done
    assert start(engine, chat("b", "Something else. " * 30)).done

    again = start(engine, chat("a", _QUESTION, first.text, "Go on."))

    known = first.done.numbers.prompt_tokens + first.done.numbers.completion_tokens - 1
    assert again.done.numbers.cached_tokens >= known


def test_a_beginning_that_several_share_is_read_once(engine: Engine) -> None:
    preamble = "You are given a lesson about rivers. " * 20
    heard = [start(engine, chat("", f"{preamble}{n}", tokens=12)) for n in range(4)]

    cached = [each.done.numbers.cached_tokens for each in heard]
    shared = heard[0].done.numbers.prompt_tokens - 16
    assert all(each >= shared for each in cached[1:])


def test_what_is_forgotten_is_read_again(engine: Engine) -> None:
    secret = "A sentence that nobody else has said. " * 12
    assert start(engine, chat("gone", secret)).done
    assert start(engine, chat("gone", secret)).done.numbers.cached_tokens > 64

    engine.forget("gone").result(60)

    assert start(engine, chat("gone", secret)).done.numbers.cached_tokens < 64


def test_without_a_budget_nothing_is_kept(mlx_model: Path) -> None:
    engine = local_engine(kept_bytes=0)
    try:
        engine.load(mlx_model, LoadOptions(context_length=2048)).result(60)
        assert start(engine, chat("a", _QUESTION)).done
        assert start(engine, chat("a", _QUESTION)).done.numbers.cached_tokens == 0
    finally:
        assert engine.close(30.0)


def test_scores_are_log_probabilities_of_what_was_said(engine: Engine) -> None:
    request = replace(chat("", "Tell me a story."), scores=True)
    heard = start(engine, request)
    assert heard.done

    scores = [score for e in heard.events if isinstance(e, TextDelta) for score in e.scores]
    assert len(scores) == heard.done.numbers.completion_tokens
    assert all(math.log(1 / 4096) < score <= 0 for score in scores)  # the likeliest of them


_SCHEMA = {
    "type": "object",
    "properties": {"city": {"enum": ["Rome", "Paris"]}, "count": {"type": "boolean"}},
    "required": ["city", "count"],
    "additionalProperties": False,
}


@pytest.mark.parametrize("temperature", [0.0, 1.5])
def test_an_answer_keeps_to_its_schema(engine: Engine, temperature: float) -> None:
    sampling = SamplingParams(temperature=temperature, seed=3, max_tokens=200)
    request = replace(chat("", "Which city?"), json_schema=json.dumps(_SCHEMA), sampling=sampling)

    heard = [start(engine, request), start(engine, chat("", "Something else.", tokens=40))]

    assert heard[0].done.finish_reason is FinishReason.STOP
    found = json.loads(heard[0].text)
    assert found["city"] in {"Rome", "Paris"}
    assert found["count"] in {True, False}
    assert heard[1].done


def test_an_answer_under_a_schema_is_continued_as_one(engine: Engine) -> None:
    begun = '{"city": "Ro'
    turns = (*user("Which city?"), Turn(Role.ASSISTANT, begun))
    request = replace(chat("", "Which city?", tokens=200), turns=turns)
    request = replace(request, json_schema=json.dumps(_SCHEMA))
    value = json.loads(begun + start(engine, request).text_when_done())
    assert value["city"].startswith("Ro")

    off = replace(request, turns=(*user("Which city?"), Turn(Role.ASSISTANT, "Rome is")))
    assert start(engine, off).failed.code == "schema_unusable"


@pytest.mark.parametrize("schema", ["[]", "{", '{"type": "starfish"}', "{" * 70_000])
def test_a_schema_that_cannot_be_kept_to_is_refused(engine: Engine, schema: str) -> None:
    heard = start(engine, replace(chat("", "Hello"), json_schema=schema))

    assert heard.failed.code == "schema_unusable"
    assert start(engine, chat("", "Hello")).done


def test_penalties_and_biases_change_what_is_said(engine: Engine) -> None:
    def said(**changed: Any) -> str:
        sampling = replace(
            SamplingParams(1.5, seed=5, repeat_penalty=1.0, max_tokens=48), **changed
        )
        return start(engine, GenerationRequest(user("Tell me."), sampling)).text_when_done()

    plain = said()
    assert said() == plain
    assert said(repeat_penalty=2.0) != plain
    assert said(presence_penalty=2.0) != plain
    assert said(dry_multiplier=5.0, temperature=0.0) != said(temperature=0.0)
    assert said(logit_bias=((300, 100.0), (-1, 5.0), (10**9, 5.0))) != plain


def test_an_adapter_is_put_on_for_one_request(engine: Engine, tmp_path: Path) -> None:
    none = adapter(tmp_path / "none", _WIDTH)
    some = adapter(tmp_path / "some", _WIDTH, strength=3.0)
    request = chat("", "Tell me a story.", tokens=16)
    plain = start(engine, request).text_when_done()

    def under(path: Path, scale: float = 1.0) -> Heard:
        return start(engine, replace(request, adapter=Adapter(path, scale)))

    assert under(none).text_when_done() == plain
    changed = under(some / "adapters.safetensors")
    assert changed.text_when_done() != plain
    assert changed.done.numbers.cached_tokens == 0  # what was computed without it is of no use
    assert under(some, 0.0).text_when_done() == plain
    both = [start(engine, request), under(some)]
    assert [each.text_when_done() for each in both] == [plain, changed.text]


def _of_another_width(folder: Path) -> Path:
    return adapter(folder, 64)


def _of_a_missing_layer(folder: Path) -> Path:
    return adapter(folder, _WIDTH, layer=29)


def _of_garbage(folder: Path) -> Path:
    made = adapter(folder, _WIDTH)
    (made / "adapters.safetensors").write_bytes(b"\x08" + bytes(200))
    return made


def _of_another_method(folder: Path) -> Path:
    made = adapter(folder, _WIDTH)
    (made / "adapter_config.json").write_text('{"fine_tune_type": "dora"}')
    return made


@pytest.mark.parametrize(
    "make", [_of_another_width, _of_a_missing_layer, _of_garbage, _of_another_method]
)
def test_a_wrong_adapter_is_an_error(engine: Engine, tmp_path: Path, make: Any) -> None:
    heard = start(engine, replace(chat("", "Hello"), adapter=Adapter(make(tmp_path / "wrong"))))

    assert heard.failed.code == "adapter_unusable"
    assert start(engine, chat("", "Hello")).done


def test_an_adapter_that_is_gone_is_an_error(engine: Engine, tmp_path: Path) -> None:
    heard = start(engine, replace(chat("", "Hello"), adapter=Adapter(tmp_path / "gone")))

    assert heard.failed.code == "adapter_missing"


def test_quantised_weights_are_computed_with(
    other: Engine, engine: Engine, mlx_model: Path, tmp_path: Path
) -> None:
    folder = quantised(tmp_path / "quantised", mlx_model, bits=8)
    loaded = other.load(folder, LoadOptions(context_length=512)).result(60)

    assert loaded.memory_bytes > 0
    expected = ask(engine, "Tell me a story.", max_tokens=4)
    assert ask(other, "Tell me a story.", max_tokens=4).text == expected.text


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("gemma3_text", {"sliding_window": 32, "sliding_window_pattern": 2}),
        ("gemma2", {"attn_logit_softcapping": 50.0, "final_logit_softcapping": 30.0}),
        (
            "lfm2",
            {
                "conv_bias": False,
                "conv_L_cache": 3,
                "norm_eps": 1e-5,
                "block_dim": 64,
                "block_ff_dim": 128,
                "block_multiple_of": 8,
                "block_ffn_dim_multiplier": 1.0,
                "block_auto_adjust_ff_dim": False,
                "layer_types": ["conv", "full_attention", "conv", "full_attention"],
            },
        ),
    ],
)
def test_models_with_other_caches_keep_the_same_promises(
    other: Engine, mlx_model: Path, tmp_path: Path, kind: str, values: dict[str, Any]
) -> None:
    """Sliding windows and states that cannot be shortened, and one that has no batches."""
    if kind.startswith("gemma"):
        values = values | {"query_pre_attn_scalar": 16}
    folder = random_model(tmp_path / kind, mlx_model, model_type=kind, **values)
    other.load(folder, LoadOptions(context_length=2048)).result(60)
    texts = [f"{_QUESTION}{n}" for n in range(3)]
    alone = [start(other, chat("", text, tokens=16)).text_when_done() for text in texts]

    heard = [start(other, chat(f"c{n}", text, tokens=16 - n)) for n, text in enumerate(texts)]
    together = [each.text_when_done() for each in heard]
    again = start(other, chat("c0", texts[0], together[0], "Go on."))

    assert all(one.startswith(part) for one, part in zip(alone, together, strict=True))
    numbers = heard[0].done.numbers
    known = numbers.prompt_tokens + numbers.completion_tokens - 1
    assert again.done.numbers.cached_tokens >= known

    shelved = local_engine(kept_bytes=0, shelf=DictShelf())
    try:
        shelved.load(folder, LoadOptions(context_length=2048)).result(60)
        first = start(shelved, chat("c0", texts[0], tokens=16)).text_when_done()
        later = start(shelved, chat("c0", texts[0], first, "Go on."))
        assert (first, later.text_when_done()) == (together[0], again.text)
        assert later.done.numbers.cached_tokens >= known
    finally:
        assert shelved.close(30.0)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"hidden_size": 64}, "model_broken"),
        ({"num_hidden_layers": 3}, "model_broken"),
        ({"num_attention_heads": 7}, "model_broken"),
        ({"rope_scaling": {"type": "starfish", "factor": 2.0}}, "model_broken"),
        ({"quantization_config": {"quant_method": "gptq"}}, "model_unsupported"),
        ({"model_type": "starfish"}, "model_unsupported"),
    ],
)
def test_a_configuration_that_does_not_fit_is_refused_in_words(
    other: Engine, mlx_model: Path, tmp_path: Path, values: dict[str, Any], code: str
) -> None:
    folder = copied(mlx_model, tmp_path / "odd")
    change_config(folder, **values)

    with pytest.raises(UserFacingError) as failure:
        other.load(folder, LoadOptions()).result(60)

    assert failure.value.code == code


def test_a_tokenizer_that_cannot_be_used_is_refused_in_words(
    other: Engine, mlx_model: Path, tmp_path: Path
) -> None:
    folder = copied(mlx_model, tmp_path / "odd")
    (folder / "tokenizer.json").write_text('{"model": {"type": "BPE", "vocab": 3}}')

    with pytest.raises(UserFacingError, match="tokenizer"):
        other.load(folder, LoadOptions()).result(60)


def test_each_format_is_run_by_its_own_library(mlx_model: Path, starter_model: Path) -> None:
    engine = local_engine()
    try:
        for path in (mlx_model, starter_model):
            loaded = engine.load(path, LoadOptions(context_length=512)).result(60)
            assert loaded.path == path
            assert ask(engine, "Hello", max_tokens=4).text
    finally:
        assert engine.close(30.0)


def test_a_folder_is_tried_in_a_process_of_its_own(mlx_model: Path, tmp_path: Path) -> None:
    try_load(mlx_model)

    broken = copied(mlx_model, tmp_path / "broken")
    change_config(broken, hidden_size=64)
    with pytest.raises(UserFacingError) as failure:
        try_load(broken)
    assert failure.value.code == "model_broken"


def test_what_a_load_took_is_counted_and_the_next_is_judged_by_it(
    other: Engine, mlx_model: Path
) -> None:
    weights = sum(each.size_bytes for each in read_header(mlx_model / "model.safetensors").values())
    config = json.loads((mlx_model / "config.json").read_text())
    layers, heads = config["num_hidden_layers"], config["num_key_value_heads"]
    head = config["hidden_size"] // config["num_attention_heads"]

    loaded = other.load(mlx_model, LoadOptions(context_length=1024)).result(60)
    use = loaded.memory

    assert use is not None
    assert use.weights_bytes == weights
    token = layers * heads * head * 2 * 2
    assert use.kv_bytes in {token * 1024, 2 * token * 1024}  # at 16 bits or 32
    longer = other.load(mlx_model, LoadOptions(context_length=2048, known=use)).result(60)
    assert longer.memory is not None
    assert longer.memory.kv_bytes == 2 * use.kv_bytes
    assert 0 < longer.memory_bytes - loaded.memory_bytes < 3 * use.kv_bytes


def test_a_window_bounds_what_a_load_is_said_to_take(
    other: Engine, mlx_model: Path, tmp_path: Path
) -> None:
    window: dict[str, Any] = {"sliding_window": 32, "sliding_window_pattern": 2}
    folder = random_model(
        tmp_path / "m", mlx_model, model_type="gemma3_text", query_pre_attn_scalar=16, **window
    )
    kv: list[int] = []
    for length in (1024, 2048):
        use = other.load(folder, LoadOptions(context_length=length)).result(60).memory
        assert use is not None
        kv.append(use.kv_bytes)
    assert kv[0] < kv[1] < 2 * kv[0]


def test_a_model_that_does_not_fit_is_refused_unless_it_is_wanted_anyway(
    other: Engine, mlx_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.engine.mlx.model.memory_now", lambda: Memory(1 << 20, 1 << 34))

    with pytest.raises(EnvironmentProblem, match=r"needs \d+ MB, and \d+ MB (is|are) free"):
        other.load(mlx_model, LoadOptions(context_length=512)).result(60)

    assert other.load(mlx_model, LoadOptions(context_length=512, anyway=True)).result(60)


def test_neither_the_hub_nor_transformers_is_ever_imported(mlx_model: Path) -> None:
    """In a process of its own, which also has to end well."""
    code = f"""
import sys
from pathlib import Path
from assistant.domain.model import LoadOptions
from assistant.engine.machine import Memory
from assistant.engine.local import local_engine
from assistant.engine.trial import try_load
from tests.helpers.engine_calls import ask
engine = local_engine()
engine.load(Path({str(mlx_model)!r}), LoadOptions(context_length=512)).result(60)
assert ask(engine, "Hello", max_tokens=4).done
assert engine.close(30.0)
print(sorted({{"transformers", "huggingface_hub", "torch"}} & sys.modules.keys()))
"""
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False
    )

    assert (ended.stdout.strip(), ended.stderr.strip(), ended.returncode) == ("[]", "", 0)
