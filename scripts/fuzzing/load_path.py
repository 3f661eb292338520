"""Model files through the path that an imported one takes: header, trial, load, some words."""

import random
import shutil
import tempfile
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from assistant.config.paths import shared_models
from assistant.domain.cancel import CancelToken
from assistant.domain.conversation import Role
from assistant.domain.errors import UserFacingError
from assistant.domain.generation import (
    GenerationFailed,
    GenerationRequest,
    SamplingParams,
    Turn,
)
from assistant.domain.model import LoadOptions
from assistant.engine.base import Engine
from assistant.engine.gguf_preflight import preflight
from assistant.engine.isolated import IsolatedEngine
from assistant.engine.local import local_engine
from assistant.engine.trial import try_load
from fuzzing.mutants import damaged, tiny_mutant
from fuzzing.odd_files import odd
from tests.helpers.engine_calls import Heard

Outcome = tuple[int, str, str]
"""Number of the case, what came of it, and what it was."""
_WORDS = "Grüß dich — 你好, \u202e\u05e9\u05dc 🌍\n\tdef f(x): return x" + " words" * 40
_OPTIONS = LoadOptions(context_length=512, gpu_layers=0)


def starter() -> Path:
    """The starter model of this installation."""
    return next(iter(sorted(shared_models().glob("*.gguf"))))


def cases(
    seed: int, numbers: range, *, odd_ones: int, in_process: bool = False
) -> Iterator[Outcome]:
    """Makes and loads the files of these numbers; the first ``odd_ones`` are well formed."""
    engine = local_engine() if in_process else IsolatedEngine(partial(local_engine, kept_bytes=0))
    with tempfile.TemporaryDirectory(prefix="fuzz-") as name, closing(engine):
        folder = Path(name)
        for number in numbers:
            chance = random.Random(f"{seed}-{number}")  # noqa: S311 - it has to be repeatable
            with _file(folder, chance, odd_one=number < odd_ones) as (path, what):
                yield number, one(path, engine), what


@contextmanager
def _file(folder: Path, chance: random.Random, *, odd_one: bool) -> Generator[tuple[Path, str]]:
    tiny = folder / "tiny.gguf"
    if odd_one:
        what, draft = odd(chance)
        tiny.write_bytes(draft.bytes())
        yield tiny, what
    elif chance.random() < 0.5:  # noqa: PLR2004 - half of them
        what, data = tiny_mutant(chance)
        tiny.write_bytes(data)
        yield tiny, what
    else:
        copy = folder / "starter.gguf"
        if not copy.exists():
            shutil.copyfile(starter(), copy)
        with damaged(copy, chance) as what:
            yield copy, f"starter, {what}"


def one(path: Path, engine: Engine) -> str:
    """Takes one file along the whole path; says how far it came."""
    try:
        preflight(path)
    except UserFacingError:
        return "refused by its header"
    try:
        try_load(path, timeout_s=60)
    except UserFacingError as error:
        return {
            "model_crashes": "ended the trial",
            "model_too_slow": "too slow for the trial",
        }.get(error.code, "refused by the trial")
    return _use(path, engine)


def _use(path: Path, engine: Engine) -> str:
    try:
        loaded = engine.load(path, _OPTIONS).result()
    except UserFacingError as error:
        return "ended its process" if error.code == "engine_crashed" else "refused by the load"
    heard = Heard()
    request = GenerationRequest(
        (Turn(Role.SYSTEM, "Be brief."), Turn(Role.USER, _WORDS)),
        SamplingParams(max_tokens=8, seed=1, dry_multiplier=0.5),
    )
    engine.generate(request, heard, CancelToken(), loaded)
    end = heard.end
    engine.unload().result()
    if isinstance(end, GenerationFailed):
        return "ended its process" if end.code == "engine_crashed" else "answered with an error"
    return "loaded and answered"
