"""Rounds of everything that can be asked of an engine, in random order and all at once."""

import random
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from assistant.domain.cancel import CancelToken
from assistant.domain.conversation import Role
from assistant.domain.generation import (
    GenerationEvent,
    GenerationRequest,
    PrefillProgress,
    Priority,
    SamplingParams,
    TextDelta,
    Turn,
)
from assistant.domain.model import LoadedModel, LoadOptions
from assistant.engine.base import Engine
from assistant.engine.by_trust import EngineByTrust
from assistant.engine.isolated import IsolatedEngine
from assistant.engine.local import local_engine
from fuzzing.load_path import Outcome, starter
from fuzzing.odd_files import sound
from tests.helpers.engine_calls import Heard

_STEPS = ("generate",) * 4 + ("cancel", "cancel", "unload", "switch", "count", "forget", "wait")
_MOST_STEPS = 12


def make_engine() -> Engine:
    """As the application makes it."""
    return EngineByTrust(local_engine(), IsolatedEngine(local_engine))


def cases(seed: int, numbers: range) -> Iterator[Outcome]:
    """Plays these rounds; each has an engine of its own, and ends by closing it."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as name:
        tiny = Path(name) / "tiny.gguf"
        tiny.write_bytes(sound("gpt2").bytes())
        for number in numbers:
            chance = random.Random(f"rounds-{seed}-{number}")  # noqa: S311 - to be repeatable
            before = set(threading.enumerate())
            outcome = Round(chance, tiny).play()
            left = [each.name for each in set(threading.enumerate()) - before if each.is_alive()]
            yield number, f"left {left}" if left else outcome, "round"


class Round:
    """One round.

    Args:
        chance: Decides everything.
        tiny: A second model.
    """

    def __init__(self, chance: random.Random, tiny: Path) -> None:
        self._chance = chance
        self._files = (starter(), tiny)
        self._engine = make_engine()
        self._models: list[LoadedModel | None] = [None]
        self._heard: list[Heard] = []
        self._cancels: list[CancelToken] = []

    def play(self) -> str:
        """Plays it to its end; says how it went."""
        self._switch()
        for _ in range(self._chance.randint(1, _MOST_STEPS)):
            self._step(self._chance.choice(_STEPS))
        if not self._engine.close(60.0):
            return "did not close"
        answers = {type(heard.end).__name__ for heard in self._heard}  # raises where one has none
        return "sound, with answers" if "GenerationDone" in answers else "sound"

    def _step(self, step: str) -> None:
        chance, engine = self._chance, self._engine
        model = chance.choice(self._models)
        match step:
            case "generate":
                self._generate(model)
            case "cancel" if self._cancels:
                chance.choice(self._cancels).cancel()
            case "unload":
                engine.unload(model)
            case "switch":
                self._switch()
            case "count":
                engine.count_tokens((Turn(Role.USER, "How many?"),), model)
            case "forget":
                engine.forget(chance.choice(("a", "b", "")))
            case "wait" if self._heard:
                chance.choice(self._cancels).cancel()
                self._heard[0].ended.wait(chance.choice((0.01, 0.2, 1.0)))
            case _:
                pass

    def _switch(self) -> None:
        chance = self._chance
        length, apart = chance.choice((512, 1024)), chance.random() < 0.4  # noqa: PLR2004 - some
        cancel = CancelToken()
        self._cancels.append(cancel)
        loading = self._engine.load(
            chance.choice(self._files),
            LoadOptions(context_length=length, isolated=apart),
            cancel=cancel,
        )
        if chance.random() < 0.5 and loading.exception() is None:  # noqa: PLR2004 - a coin
            self._models.append(loading.result())

    def _generate(self, model: LoadedModel | None) -> None:
        chance = self._chance
        cancel = CancelToken()
        at: tuple[type, ...] = chance.choice(((), (), (PrefillProgress,), (TextDelta,)))

        def on_event(event: GenerationEvent) -> None:
            if isinstance(event, at):
                cancel.cancel()

        heard = Heard(on_event)
        request = GenerationRequest(
            (Turn(Role.USER, "Tell me a story. " * chance.choice((1, 20, 200))),),
            SamplingParams(max_tokens=chance.choice((1, 5, 40)), seed=1),
            cache_key=chance.choice(("", "a", "b")),
            priority=chance.choice(tuple(Priority)),
            json_schema=chance.choice(("", "", '{"type":"object"}')),
            read_only=chance.random() < 0.1,  # noqa: PLR2004 - few
        )
        self._engine.generate(request, heard, cancel, model)
        self._heard.append(heard)
        self._cancels.append(cancel)
