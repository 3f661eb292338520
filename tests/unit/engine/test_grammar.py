"""An answer under a JSON Schema is JSON of that schema; a bad schema is a sentence."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

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
from assistant.engine.llama.engine import llama_engine

COLOUR = {
    "type": "object",
    "properties": {"colour": {"enum": ["red", "green"]}, "n": {"type": "integer"}},
    "required": ["colour", "n"],
    "additionalProperties": False,
}


@pytest.fixture(scope="module")
def engine(starter_model: Path) -> Iterator[Engine]:
    made = llama_engine()
    made.load(starter_model, LoadOptions(context_length=512)).result(60)
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
        SamplingParams(max_tokens=60, seed=seed, temperature=1.5),
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


@pytest.mark.parametrize(
    "schema",
    [
        "not json",
        "[]",
        '{"type": "nonsense"}',
        '{"$ref": "http://example.org/schema"}',
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
