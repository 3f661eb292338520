"""Random settings of loads and answers on the starter model: nothing may end the process."""

import json
import random
import string
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from assistant.domain.cancel import CancelToken
from assistant.domain.conversation import Role
from assistant.domain.errors import UserFacingError
from assistant.domain.generation import (
    Adapter,
    GenerationFailed,
    GenerationRequest,
    Priority,
    SamplingParams,
    Turn,
)
from assistant.domain.model import LoadedModel, LoadOptions
from assistant.engine.local import local_engine
from assistant.engine.thread import EngineThread
from fuzzing.load_path import Outcome, starter
from tests.helpers.engine_calls import Heard
from tests.helpers.gguf_files import lora

_FLOATS = (
    *(0.0, -0.0, 1.0, -1.0, 0.5, 2.0, 1e-45, 1e-9, 1e9, 1e38, 1e300, -1e300),
    *(float("nan"), float("inf"), float("-inf")),
)
_WHOLES = (
    0,
    1,
    -1,
    2,
    40,
    1000,
    49_151,
    49_152,
    2**31 - 1,
    2**31,
    -(2**31),
    2**32,
    2**63,
    -(2**70),
)
_TEXTS = ("", " ", "\n", "the", "a", "\0", "é", "🌍", "\ud800", "<|im_end|>", "x" * 60)
_VALUES: tuple[object, ...] = (1, "a", None, 2.5, [], {}, '\n"\\')
_RELOAD_EVERY = 100
_DEEPEST = 3


def cases(seed: int, numbers: range) -> Iterator[Outcome]:
    """Asks with the settings of these numbers; the model is loaded anew with others at times."""
    engine = local_engine(kept_bytes=1 << 20)
    with tempfile.TemporaryDirectory(prefix="fuzz-") as name, closing(engine):
        folder = Path(name)
        loaded: LoadedModel | None = None
        for number in numbers:
            chance = random.Random(f"parameters-{seed}-{number}")  # noqa: S311 - to be repeatable
            if loaded is None or number % _RELOAD_EVERY == 0:
                loaded = _load(engine, chance)
            yield number, _ask(engine, loaded, request(chance, folder)), "parameters"


def _load(engine: EngineThread, chance: random.Random) -> LoadedModel:
    options = LoadOptions(
        context_length=chance.choice((-5, 0, 1, 255, 300, 512, 1024, 10**7)),
        threads=chance.choice((-1, 0, 1, 2, 3, 10**6)),
        gpu_layers=chance.choice((-(2**31), -2, -1, 0, 7, 10**6)),
    )
    try:
        return engine.load(starter(), options).result()
    except UserFacingError:
        return engine.load(starter(), LoadOptions(context_length=512)).result()


def _ask(engine: EngineThread, loaded: LoadedModel, wanted: GenerationRequest) -> str:
    heard = Heard()
    engine.generate(wanted, heard, CancelToken(), loaded)
    end = heard.end
    if isinstance(end, GenerationFailed):
        return f"said {end.code}"
    return "answered"


def request(chance: random.Random, folder: Path) -> GenerationRequest:
    """Any request, of a few tokens."""

    def real() -> float:
        return chance.choice(_FLOATS) if chance.random() < 0.5 else chance.uniform(-3, 3)  # noqa: PLR2004 - a coin

    def whole() -> int:
        return chance.choice(_WHOLES)

    bias = tuple((whole(), real()) for _ in range(chance.choice((0, 0, 0, 1, 20, 5000))))
    sampling = SamplingParams(
        temperature=real(),
        top_p=real(),
        top_k=whole(),
        min_p=real(),
        repeat_penalty=real(),
        presence_penalty=real(),
        dry_multiplier=real(),
        logit_bias=bias,
        max_tokens=chance.choice((-(2**70), -1, 0, 1, 2, 4, 8)),
        seed=chance.choice((None, *_WHOLES)),
    )
    return GenerationRequest(
        turns=_turns(chance),
        sampling=sampling,
        stop=tuple(chance.choice(_TEXTS) for _ in range(chance.choice((0, 0, 1, 3, 200)))),
        cache_key=chance.choice(("", "a", "b", "c")),
        json_schema=schema(chance) if chance.random() < 0.25 else "",  # noqa: PLR2004 - a quarter
        priority=chance.choice(tuple(Priority)),
        adapter=_adapter(chance, folder) if chance.random() < 0.15 else None,  # noqa: PLR2004 - some
        scores=chance.random() < 0.2,  # noqa: PLR2004 - some
        private=chance.random() < 0.2,  # noqa: PLR2004 - some
        read_only=chance.random() < 0.05,  # noqa: PLR2004 - few
    )


def _turns(chance: random.Random) -> tuple[Turn, ...]:
    roles = tuple(Role)
    count = chance.choice((0, 1, 1, 1, 2, 3, 9))
    return tuple(
        Turn(chance.choice(roles), chance.choice(_TEXTS) * chance.choice((1, 1, 3)))
        for _ in range(count)
    )


def schema(chance: random.Random) -> str:
    """A JSON Schema, or what somebody takes for one."""
    if chance.random() < 0.3:  # noqa: PLR2004 - some are nonsense
        garbage = "".join(chance.choice(string.printable) for _ in range(40))
        return chance.choice(("{", "[]", "null", "1", garbage, '{"type":' * 2000, '{"$ref":"#"}'))
    return json.dumps(_schema(chance, 0))


def _schema(chance: random.Random, depth: int) -> dict[str, Any]:
    makes = [_plain, _plain, _plain, _written, _chosen]
    if depth < _DEEPEST:
        makes += [_object, _list, _either]
    return chance.choice(makes)(chance, depth)


def _object(chance: random.Random, depth: int) -> dict[str, Any]:
    names = chance.sample(("a", "b", 'q"', "ü", "", "c" * 80), chance.randint(0, 4))
    inside = {name: _schema(chance, depth + 1) for name in names}
    return {"type": "object", "required": names[:1], "properties": inside}


def _list(chance: random.Random, depth: int) -> dict[str, Any]:
    limits = {"minItems": chance.choice((0, 1, 5, -1)), "maxItems": chance.choice((0, 3, 10**9))}
    return {"type": "array", "items": _schema(chance, depth + 1), **limits}


def _either(chance: random.Random, depth: int) -> dict[str, Any]:
    kind = chance.choice(("anyOf", "allOf", "oneOf"))
    return {kind: [_schema(chance, depth + 1) for _ in range(chance.randint(0, 3))]}


def _plain(chance: random.Random, _depth: int) -> dict[str, Any]:
    kind = chance.choice(("string", "integer", "number", "boolean", "null", "nonsense"))
    length = chance.choice((0, 1, 10**6, -3))
    return {"type": kind, "minLength": length, "maximum": chance.choice((0, -(10**30), 1.5))}


def _written(chance: random.Random, _depth: int) -> dict[str, Any]:
    patterns = ("^a+$", "^(a|b)*$", "(", "^[", "^\\d{1,3}$", "^(?=x)$", "^.{0,100000}$", "\\p{L}")
    return {"type": "string", "pattern": chance.choice(patterns)}


def _chosen(chance: random.Random, _depth: int) -> dict[str, Any]:
    places = ("#", "#/$defs/x", "http://nowhere.invalid/x", "file:///x", 3)
    values = chance.sample(_VALUES, 3)
    return chance.choice(({"enum": values}, {"const": values[0]}, {"$ref": chance.choice(places)}))


def _adapter(chance: random.Random, folder: Path) -> Adapter:
    path = folder / f"adapter-{chance.randrange(10)}.gguf"
    how = chance.choice(("sound", "missing", "garbage", "cut", "patched", "other width", "strong"))
    width = 576 if how != "other width" else 64
    data = bytearray(lora(width, strength=1e30 if how == "strong" else 0.01).bytes())
    if how == "missing":
        path.unlink(missing_ok=True)
    elif how == "garbage":
        path.write_bytes(chance.randbytes(5000))
    elif how == "cut":
        path.write_bytes(data[: chance.randrange(len(data))])
    else:
        if how == "patched":
            for _ in range(4):
                data[chance.randrange(500)] = chance.randrange(256)
        path.write_bytes(data)
    return Adapter(path, chance.choice(_FLOATS))
