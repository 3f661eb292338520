"""An answer under a JSON Schema is JSON of that schema; a bad schema is a sentence."""

import ctypes
import json
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from enum import Enum
from pathlib import Path
from typing import Literal
from uuid import UUID

import pytest
from pydantic import BaseModel, ConfigDict, Field

from assistant.domain.cancel import CancelToken
from assistant.domain.conversation import FinishReason, Role
from assistant.domain.generation import (
    GenerationDone,
    GenerationEvent,
    GenerationFailed,
    GenerationRequest,
    SamplingParams,
    TextDelta,
    Turn,
)
from assistant.domain.model import LoadOptions
from assistant.engine.base import Engine
from assistant.engine.llama.constraint import Constraint
from assistant.engine.llama.library import library
from assistant.engine.llama.model import LlamaModel, check, open_model
from assistant.engine.llama.sampling import Chain
from assistant.engine.local import local_engine

COLOUR = {
    "type": "object",
    "properties": {"colour": {"enum": ["red", "green"]}, "n": {"type": "integer"}},
    "required": ["colour", "n"],
    "additionalProperties": False,
}


class Mood(Enum):
    GOOD = "good"
    ODD = 'a "b" \\ c\n'


class Step(BaseModel):
    text: str = Field(max_length=20)
    minutes: int = Field(ge=5, le=180)


class Node(BaseModel):
    n: bool
    below: list["Node"] = Field(default_factory=list["Node"], max_length=1)


class Walk(BaseModel):
    kind: Literal["walk"]
    km: float = Field(gt=0, lt=5)


class Rest(BaseModel):
    kind: Literal["rest"]
    why: str = Field(max_length=8)


class Lists(BaseModel):
    model_config = ConfigDict(extra="forbid")
    title: str = Field(min_length=3, max_length=20)
    steps: list[Step] = Field(min_length=1, max_length=2)
    mood: Mood
    note: int | None
    more: int | None = None
    tags: dict[Literal["a", "b"], int] = Field(max_length=2)


class Times(BaseModel):
    day: date
    at: time
    when: datetime
    took: timedelta
    id: UUID


class Numbers(BaseModel):
    share: float = Field(gt=0, lt=1)
    score: float = Field(ge=-2.5, le=10)
    even: int = Field(multiple_of=2, ge=0, le=20)
    year: int = Field(gt=1998, lt=2031)
    pair: tuple[int, bool]
    one_of: Literal[1, 2, "three"] | None


class Shapes(BaseModel):
    act: Walk | Rest = Field(discriminator="kind")
    code: str = Field(pattern=r"^[A-Z]{2}-\d{3,5}( \"x\")?$")
    tree: Node


@pytest.fixture(scope="module")
def engine(starter_model: Path) -> Iterator[Engine]:
    made = local_engine()
    made.load(starter_model, LoadOptions(context_length=1024)).result(60)
    yield made
    assert made.close()


def answer(engine: Engine, schema: str, seed: int) -> tuple[str, GenerationEvent]:
    events: list[GenerationEvent] = []
    ended = threading.Event()

    def sink(event: GenerationEvent) -> None:
        events.append(event)
        if isinstance(event, GenerationDone | GenerationFailed):
            ended.set()

    request = GenerationRequest(
        (Turn(Role.USER, "Pick a colour and a number."),),
        SamplingParams(max_tokens=400, seed=seed, temperature=1.5),
        json_schema=schema,
    )
    engine.generate(request, sink, CancelToken())
    assert ended.wait(60)
    return "".join(e.text for e in events if isinstance(e, TextDelta)), events[-1]


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_drawn_is_json_of_the_schema(engine: Engine, seed: int) -> None:
    text, end = answer(engine, json.dumps(COLOUR), seed)
    assert isinstance(end, GenerationDone)
    assert end.finish_reason is FinishReason.STOP
    value = json.loads(text)
    assert set(value) == {"colour", "n"}
    assert value["colour"] in ("red", "green")
    assert isinstance(value["n"], int)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("model", [Lists, Times, Numbers, Shapes])
def test_a_hot_small_model_writes_valid_values_of_every_kind(
    engine: Engine, model: type[BaseModel], seed: int
) -> None:
    text, end = answer(engine, json.dumps(model.model_json_schema()), seed)
    assert isinstance(end, GenerationDone)
    assert end.finish_reason is FinishReason.STOP
    assert isinstance(model.model_validate_json(text), model)


@pytest.mark.parametrize(
    "schema",
    [
        "not json",
        "[]",
        '{"type": "nonsense"}',
        '{"$ref": "http://example.org/schema"}',
        '{"$ref": "#"}',
        '{"type": "object", "properties": 3}',
        '{"type": "string", "pattern": "["}',
        json.dumps({"type": "object", "description": "x" * 70_000}),
        '{"a":' * 5000 + "1" + "}" * 5000,
    ],
)
def test_a_schema_that_cannot_be_kept_to_is_refused_and_the_engine_goes_on(
    engine: Engine, schema: str
) -> None:
    _, end = answer(engine, schema, 1)
    assert isinstance(end, GenerationFailed)
    assert end.code == "schema_unusable"
    assert end.hint
    _, end = answer(engine, "", 1)
    assert isinstance(end, GenerationDone)


_EMPTY_AND_HUGE: list[dict[str, object]] = [
    {"const": []},
    {"enum": [[], {}]},
    {"const": ""},
    {"type": "string", "maxLength": 0},
    {"type": "array", "maxItems": 10**9},
    {"enum": [[[]]], "maxItems": 10**9},
]


@pytest.mark.parametrize("schema", _EMPTY_AND_HUGE)
def test_empty_and_huge_parts_make_grammars_that_can_be_read(
    engine: Engine, schema: dict[str, object], capfd: pytest.CaptureFixture[str]
) -> None:
    _, end = answer(engine, json.dumps(schema), 1)
    assert isinstance(end, GenerationDone)
    assert "r0" not in capfd.readouterr().err


_VALUES = [1, 23, 4, True, False, None]


@pytest.fixture(scope="module")
def model(starter_model: Path) -> Iterator[LlamaModel]:
    options = LoadOptions(context_length=256)
    made = open_model(
        library(),
        starter_model,
        options,
        check(starter_model, options),
        on_progress=lambda _: None,
        cancel=CancelToken(),
    )
    yield made
    made.close()


@pytest.mark.parametrize(
    "sampling",
    [
        SamplingParams(temperature=1.5, top_k=40, top_p=1.0, min_p=0.0, repeat_penalty=1.0, seed=1),
        SamplingParams(temperature=1.0, top_k=0, top_p=0.9, min_p=0.0, repeat_penalty=1.0, seed=2),
        SamplingParams(temperature=1.5, top_k=0, top_p=1.0, min_p=0.0, repeat_penalty=1.0, seed=3),
    ],
)
def test_what_is_drawn_again_has_the_distribution_of_what_the_grammar_allows(
    model: LlamaModel, sampling: SamplingParams
) -> None:
    """Of the candidates that the chain leaves over, and of nothing else."""
    import numpy as np

    size, vocab = len(model.pieces), model.tokenizer.vocab
    rng = np.random.default_rng(7)
    logits = rng.normal(0.0, 1.0, size).astype(np.float32)
    pieces = [model.pieces.piece(token) for token in range(size)]
    texts = [json.dumps(value).encode() for value in _VALUES]
    begin = {text[:end] for text in texts for end in range(1, len(text) + 1)}
    allowed = [token for token in range(size) if pieces[token] in begin]
    logits[rng.choice(size, 60, replace=False)] += 8.5
    for step, token in enumerate(allowed):
        logits[token] = 8.0 + 0.1 * step

    values = logits.astype(np.float64)
    order = np.argsort(-values)
    if sampling.top_k:
        order = order[: sampling.top_k]
    share = np.exp(values[order] - values.max())
    share /= share.sum()
    if sampling.top_p < 1.0:
        order = order[: int(np.searchsorted(np.cumsum(share), sampling.top_p)) + 1]
    left = [token for token in allowed if token in order]
    assert len(left) >= 4
    weights = np.exp(values[left] / sampling.temperature)
    expected = weights / weights.sum()

    constraint = Constraint(model.library, vocab, size, json.dumps({"enum": _VALUES}))
    chain = Chain(model.library, vocab, size, sampling)
    pointer = logits.ctypes.data_as(ctypes.POINTER(ctypes.c_float))
    draws = 600
    counts = Counter(constraint.pick(chain.pointer, pointer) for _ in range(draws))
    chain.close()
    constraint.close()
    assert set(counts) <= set(left)
    for token, probability in zip(left, expected, strict=True):
        error = (probability * (1 - probability) / draws) ** 0.5
        assert abs(counts[token] / draws - probability) < 4 * error


def test_the_vocabulary_is_masked_only_where_no_candidate_is_allowed(
    model: LlamaModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    import numpy as np

    size, vocab = len(model.pieces), model.tokenizer.vocab
    logits = np.zeros(size, dtype=np.float32)
    quote = next(t for t in range(size) if model.pieces.piece(t) == b'"')
    constraint = Constraint(model.library, vocab, size, '{"type": "string"}')
    masks: list[bool] = []
    fill = constraint._fill  # pyright: ignore[reportPrivateUsage] - counts what costs the time

    def counted(values: object, *, masked: bool) -> object:
        masks.append(masked)
        return fill(values, masked=masked)  # pyright: ignore[reportArgumentType] - as it came

    monkeypatch.setattr(constraint, "_fill", counted)
    pointer = logits.ctypes.data_as(ctypes.POINTER(ctypes.c_float))
    letters = [t for t in range(size) if model.pieces.piece(t) in (b"x", b"y", b"z")]
    for temperature in (0.0, 1.5):
        sampling = SamplingParams(temperature=temperature, top_k=4, top_p=1.0, min_p=0.0, seed=1)
        chain = Chain(model.library, vocab, size, sampling)
        logits[letters], logits[quote] = 20.0, 10.0
        assert constraint.pick(chain.pointer, pointer) == quote
        assert True not in masks, "it is among the candidates"
        chain.close()
    chain = Chain(model.library, vocab, size, replace(sampling, top_k=2))
    assert constraint.pick(chain.pointer, pointer) == quote
    assert True in masks, "it is not among them"
    chain.close()
    constraint.close()
