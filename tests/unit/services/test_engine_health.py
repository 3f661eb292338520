"""Models that fail, repeat themselves or fall silent are noticed, counted and replaced."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from assistant.config.paths import resources
from assistant.config.settings import SettingsFile
from assistant.domain.cancel import CancelToken
from assistant.domain.clock import SystemClock
from assistant.domain.conversation import FinishReason, Message, MessageNumbers, MessageStatus
from assistant.domain.errors import UserFacingError
from assistant.domain.generation import Adapter, GenerationRequest, PrefillProgress, SamplingParams
from assistant.domain.health import CheckState
from assistant.domain.ids import ModelId
from assistant.domain.model import LoadedModel, LoadOptions, ModelFormat, ModelInfo
from assistant.engine.base import Engine, EventSink
from assistant.engine.scripted import Script, ScriptedAnswer, ScriptedBackend, scripted_engine
from assistant.engine.thread import EngineThread
from assistant.hub.catalogue import read_catalogue
from assistant.hub.model_store import ModelStore
from assistant.services.answers import AnswerEvent, Finished, Waiting
from assistant.services.batch import BatchService
from assistant.services.chat import AskOptions, ChatService
from assistant.services.completions import Completions
from assistant.services.engine_health import EngineHealth
from assistant.services.fitting import Fitting
from assistant.services.history import HistoryService
from assistant.services.jobs import Workers
from assistant.services.models import ModelService
from assistant.services.silence import Silence
from assistant.services.standby import Standby
from assistant.services.structured import StructuredService, Wish
from assistant.services.temporary import TemporaryHistory
from assistant.services.watched_engine import WatchedEngine
from tests.helpers.engine_calls import Heard, user

STARTER = "smollm2-135m-instruct-q4_1"
BROKEN = UserFacingError("The model's numbers are not sound.", "Reload it.", code="model_unsound")
FILE = Path("m.gguf")
MODEL = ModelInfo(
    ModelId("m"), "M", ModelFormat.GGUF, "llama", 1, "Q4_0", 1, 512, "", "", "small", FILE
)


class Hands:
    """A clock that is moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def numbers(tokens: int = 20, rate: float = 10.0, ttft_ms: float = 5.0) -> MessageNumbers:
    return MessageNumbers(3, tokens, ttft_ms, rate)


# The monitor


def test_what_happened_is_counted_and_the_last_hundred_are_measured() -> None:
    health = EngineHealth()
    assert health.snapshot([MODEL]) == []
    health.loaded(LoadedModel(FILE, 512, "llama", 1.0, memory_bytes=77))
    for number in range(150):
        health.answered(FILE, numbers(rate=float(number), ttft_ms=float(number)), cancelled=False)
    health.answered(FILE, numbers(0), cancelled=True)
    health.failed(FILE, "decode_failed", "It broke.")
    [seen] = health.snapshot([MODEL])
    assert (seen.requests, seen.cancelled, seen.memory_bytes) == (152, 1, 77)
    assert seen.failures == (("decode_failed", 1),)
    assert seen.last_error == "It broke."
    assert seen.tokens_per_second is not None
    assert seen.tokens_per_second.median == pytest.approx(99.5)
    assert seen.tokens_per_second.p90 == 60  # nine in ten were no slower
    assert seen.first_token_ms is not None
    assert seen.first_token_ms.p90 == 139
    assert health.checks([MODEL])[0].state is CheckState.NOTE


def test_three_failures_in_a_row_are_a_rest_and_a_good_answer_ends_the_row() -> None:
    clock = Hands()
    health = EngineHealth(clock)
    for _ in range(2):
        health.failed(FILE, "model_unsound", "No.")
    health.answered(FILE, numbers(), cancelled=False)
    health.failed(FILE, "model_unsound", "No.")
    health.load_failed(FILE, "model_broken", "No.")
    assert not health.rests(FILE)
    health.failed(FILE, "model_unsound", "No.")
    assert health.rests(FILE)
    [row] = health.checks([MODEL])
    assert row.state is CheckState.PROBLEM
    assert row.way_out
    clock.now = 601.0
    assert not health.rests(FILE)


def test_what_is_not_the_models_fault_is_not_held_against_it() -> None:
    health = EngineHealth()
    for _ in range(9):
        health.failed(FILE, "prompt_too_long", "Too long.")
    assert not health.rests(FILE)
    assert health.snapshot([MODEL])[0].failures == (("prompt_too_long", 9),)


def test_only_so_many_models_are_remembered() -> None:
    health = EngineHealth()
    for number in range(200):
        health.failed(Path(f"{number}.gguf"), "x", "x")
    health.failed(FILE, "x", "x")
    files = [replace(MODEL, path=Path(f"{number}.gguf")) for number in range(200)]
    assert len(health.snapshot([*files, MODEL])) == 64
    assert health.snapshot([MODEL])


# Listening


def watched(engine: Engine, patience_s: float = 60.0) -> tuple[WatchedEngine, EngineHealth]:
    health = EngineHealth()
    return WatchedEngine(engine, health, Silence(patience_s)), health


def ask(engine: Engine, schema: str = "") -> Heard:
    heard = Heard()
    request = GenerationRequest(user("Go on."), SamplingParams(max_tokens=4000), json_schema=schema)
    engine.generate(request, heard, CancelToken())
    assert heard.end
    return heard


@pytest.fixture
def scripted(tmp_path: Path) -> Iterator[Callable[[Script], tuple[WatchedEngine, EngineHealth]]]:
    made: list[WatchedEngine] = []

    def build(script: Script) -> tuple[WatchedEngine, EngineHealth]:
        engine, health = watched(scripted_engine(script))
        made.append(engine)
        engine.load(Path(__file__), LoadOptions(context_length=8192)).result(60)
        return engine, health

    yield build
    assert all(engine.close() for engine in made)


def here() -> ModelInfo:
    return ModelInfo(
        ModelId("m"), "M", ModelFormat.GGUF, "", 1, "", 1, 1, "", "", "small", Path(__file__)
    )


Listening = Callable[[Script], tuple[WatchedEngine, EngineHealth]]


def test_a_loop_is_ended_and_its_text_is_kept(scripted: Listening) -> None:
    loop = "I like to help you with this. "
    engine, health = scripted(Script((ScriptedAnswer(loop * 300),)))
    heard = ask(engine)
    assert heard.failed.code == "repeats_itself"
    assert heard.text.startswith(loop)
    assert len(heard.text) < 20 * len(loop)
    assert health.snapshot([here()])[0].failures == (("repeats_itself", 1),)


def test_an_answer_under_a_schema_may_repeat_itself(scripted: Listening) -> None:
    engine, health = scripted(Script((ScriptedAnswer("[" + "0, " * 300),)))
    assert ask(engine, schema="{}").done.finish_reason is FinishReason.STOP
    assert health.snapshot([here()])[0].failures == ()


def test_a_cancel_goes_through_and_is_counted(scripted: Listening) -> None:
    engine, health = scripted(Script((ScriptedAnswer("word " * 500),), tokens_per_second=100))
    cancel = CancelToken()
    heard = Heard(lambda _: cancel.cancel())
    engine.generate(GenerationRequest(user("Hi")), heard, cancel)
    assert heard.done.finish_reason is FinishReason.CANCELLED
    assert health.snapshot([here()])[0].cancelled == 1


def test_reading_ahead_is_no_answer(scripted: Listening) -> None:
    engine, health = scripted(Script())
    heard = Heard()
    engine.generate(GenerationRequest(user("Hi"), read_only=True), heard, CancelToken())
    assert heard.done
    assert health.snapshot([here()])[0].requests == 0


class Mute:
    """An engine that takes a request and says nothing more."""

    def __init__(self) -> None:
        self.asked: list[tuple[EventSink, CancelToken]] = []

    def generate(
        self, request: GenerationRequest, sink: EventSink, cancel: CancelToken, model: object = None
    ) -> None:
        self.asked.append((sink, cancel))
        sink(PrefillProgress(0, 1))

    def load(self, path: Path, options: LoadOptions, **_: object) -> Future[LoadedModel]:
        done: Future[LoadedModel] = Future()
        done.set_result(LoadedModel(path, 512, "mute", 1.0))
        return done

    def close(self, timeout_s: float = 5.0) -> bool:
        return True


def test_silence_ends_an_answer_once_and_what_comes_later_is_not_heard() -> None:
    mute = Mute()
    engine, health = watched(mute, patience_s=0.05)  # pyright: ignore[reportArgumentType] - nothing else is asked of it
    engine.load(FILE, LoadOptions()).result(60)
    heard = ask(engine)
    assert heard.failed.code == "engine_silent"
    [(sink, cancel)] = mute.asked
    assert cancel.cancelled
    sink(PrefillProgress(1, 1))
    assert len(heard.events) == 2
    assert health.snapshot([MODEL])[0].failures == (("engine_silent", 1),)
    assert engine.close()


def test_nothing_is_given_up_while_a_model_is_loaded() -> None:
    silence = Silence(0.02)
    given_up = threading.Event()
    silence.load_begins()
    silence.begin(lambda _: given_up.set(), 0)
    assert not given_up.wait(0.2)
    silence.load_ended()
    assert given_up.wait(60)
    silence.close()


# Moving on


@dataclass
class Desk:
    chat: ChatService
    history: HistoryService
    health: EngineHealth
    completions: Completions
    workers: Workers
    models: ModelService

    def path(self) -> Path:
        found = self.models.find(STARTER).path
        assert found is not None
        return found

    def ask(self, model: str = STARTER) -> tuple[Message, list[AnswerEvent]]:
        chat = self.history.create(temporary=True).result(60)
        events = list(self.chat.send(chat.id, "Hi", AskOptions(model=model)))
        last = events[-1]
        assert isinstance(last, Finished)
        return last.message, events


MakeDesk = Callable[..., Desk]


@pytest.fixture
def desk(tmp_path: Path, starter_model: Path) -> Iterator[MakeDesk]:
    ends: list[Callable[[], object]] = []

    def build(*answers: ScriptedAnswer, others: tuple[str, ...] = ("medium", "small")) -> Desk:
        workers, health = Workers(), EngineHealth()
        each = iter(answers)  # one for each model, in the order in which they are loaded
        inner = EngineThread(lambda: ScriptedBackend(Script((next(each),))))
        engine = WatchedEngine(inner, health, Silence())
        settings = SettingsFile(tmp_path / "settings.json")
        catalogue = read_catalogue(resources() / "catalogue.json")
        store = ModelStore(tmp_path / "models", starter_model.parent, catalogue)
        for tier in others:
            bring_in(store, tmp_path, tier)
        models = ModelService(engine, store, catalogue, settings, workers, Fitting())
        temporary = TemporaryHistory(SystemClock())

        def no_search() -> None:
            raise AssertionError

        history = HistoryService(workers, temporary.repository, temporary.repository, no_search)  # pyright: ignore[reportArgumentType] - nothing here searches
        chat = ChatService(
            workers,
            history,
            models,
            lambda _: SamplingParams(),
            settings,
            standby=Standby(models, health),
        )
        ends.extend([models.close, lambda: workers.close(temporary.close)])
        completions = Completions(models, workers, Standby(models, health))
        return Desk(chat, history, health, completions, workers, models)

    yield build
    for end in ends:
        end()


def bring_in(store: ModelStore, folder: Path, tier: str) -> None:
    source = folder / "source"
    source.write_bytes(tier.encode())
    staged, sha256 = store.stage(source, lambda _part, _doing: None)
    store.admit(
        staged,
        ModelInfo(
            ModelId(f"file-{sha256[:12]}"),
            f"The {tier} one",
            ModelFormat.GGUF,
            "llama",
            1,
            "Q4_0",
            len(tier),
            512,
            "",
            sha256,
            tier,
        ),
    )


def test_a_failure_before_the_first_word_moves_along_the_tiers(desk: MakeDesk) -> None:
    made = desk(ScriptedAnswer("", BROKEN), ScriptedAnswer("", BROKEN), ScriptedAnswer("Hello."))
    message, events = made.ask()
    assert message.content == "Hello."
    assert message.status is MessageStatus.COMPLETE
    assert message.model == "The medium one"
    assert "could not answer" in message.route_reason
    told = [event.reason for event in events if isinstance(event, Waiting)]
    assert any("The small one does" in words for words in told)
    assert any("The medium one does" in words for words in told)


def test_values_and_batches_move_on_as_chats_do(desk: MakeDesk) -> None:
    made = desk(ScriptedAnswer("", BROKEN), ScriptedAnswer("", BROKEN), ScriptedAnswer("[1]"))
    structured = StructuredService(made.workers, made.completions)
    assert structured.value({"type": "array"}, Wish(user("Hi"), model=STARTER)).result(60) == [1]
    answers = BatchService(made.completions).run([GenerationRequest(user("Hi"))]).result(60)
    assert [answer.text for answer in answers] == ["[1]"]


def test_a_model_that_rests_is_not_asked_for_a_value(desk: MakeDesk) -> None:
    made = desk(ScriptedAnswer("{}"))
    for _ in range(3):
        made.health.failed(made.path(), "model_unsound", "Nonsense.")
    structured = StructuredService(made.workers, made.completions)
    assert structured.value({}, Wish(user("Hi"), model=STARTER)).result(60) == {}
    loaded = made.completions.model(STARTER).result(60)
    assert loaded.path != made.path()


def test_what_is_bound_to_its_model_or_has_begun_fails_with_it(desk: MakeDesk) -> None:
    made = desk(ScriptedAnswer("A word ", BROKEN), others=("small",))
    loaded = made.completions.model(STARTER).result(60)
    asked = GenerationRequest(user("Hi"))
    with pytest.raises(UserFacingError, match="not sound"):
        made.completions.ask(asked, CancelToken(), loaded).result(60)
    adapted = replace(asked, adapter=Adapter(Path("a.gguf")), sampling=SamplingParams())
    with pytest.raises(UserFacingError):
        made.completions.ask(adapted, CancelToken(), loaded).result(60)


def test_when_all_have_failed_the_last_failure_stands(desk: MakeDesk) -> None:
    message, _ = desk(*[ScriptedAnswer("", BROKEN)] * 3).ask()
    assert message.status is MessageStatus.FAILED
    assert "not sound" in message.error


def test_a_failure_after_the_first_word_keeps_the_words(desk: MakeDesk) -> None:
    message, _ = desk(ScriptedAnswer("So far", BROKEN), ScriptedAnswer("Hello.")).ask()
    assert message.status is MessageStatus.FAILED
    assert message.content == "So far"


def test_what_no_other_model_would_mend_is_not_moved(desk: MakeDesk) -> None:
    long = UserFacingError("Too long.", "Shorten it.", code="prompt_too_long")
    message, _ = desk(ScriptedAnswer("", long), ScriptedAnswer("Hello.")).ask()
    assert message.status is MessageStatus.FAILED
    assert "Too long" in message.error


def test_one_that_failed_three_times_is_not_asked_for_a_while(desk: MakeDesk) -> None:
    made = desk(ScriptedAnswer("", BROKEN), ScriptedAnswer("Hello."), others=("medium",))
    for _ in range(3):
        assert made.ask()[0].content == "Hello."
    message, events = made.ask()
    assert message.content == "Hello."
    assert message.model == "The medium one"
    assert "several times in a row" in message.route_reason
    assert any(isinstance(event, Waiting) and "in a row" in event.reason for event in events)
