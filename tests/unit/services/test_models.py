"""The choice of a model: removed, changed and closed while other things go on."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from assistant.config.paths import resources
from assistant.config.settings import SettingsFile
from assistant.domain.cancel import CancelToken
from assistant.domain.conversation import Role
from assistant.domain.errors import Cancelled, EnvironmentProblem, UserFacingError
from assistant.domain.generation import (
    GenerationRequest,
    Turn,
)
from assistant.domain.ids import ModelId
from assistant.domain.model import (
    LoadedModel,
    LoadOptions,
    MemoryUse,
    ModelFormat,
    ModelInfo,
    ModelState,
    ModelStatus,
)
from assistant.engine.local import local_engine
from assistant.engine.scripted import scripted_engine
from assistant.hub.catalogue import read_catalogue
from assistant.hub.model_store import ModelStore
from assistant.services.fitting import Fitting
from assistant.services.installing import InstallingService
from assistant.services.jobs import Workers
from assistant.services.models import ModelService
from tests.helpers.engine_calls import Heard

STARTER = ModelId("smollm2-135m-instruct-q4_1")
REQUEST = GenerationRequest((Turn(Role.USER, "Hi"),))


@dataclass
class Bench:
    models: ModelService
    installing: InstallingService
    store: ModelStore
    settings: SettingsFile
    folder: Path

    def bring_in(self, name: str) -> ModelInfo:
        source = self.folder / "source"
        source.write_bytes(name.encode())
        staged, sha256 = self.store.stage(source, lambda _part, _doing: None)
        info = ModelInfo(
            ModelId(f"file-{sha256[:12]}"),
            name,
            ModelFormat.GGUF,
            "llama",
            1,
            "Q4_0",
            len(name),
            512,
            "",
            sha256,
            "small",
        )
        return self.store.admit(staged, info)


@pytest.fixture
def bench(tmp_path: Path, starter_model: Path) -> Iterator[Bench]:
    workers = Workers()
    settings = SettingsFile(tmp_path / "settings.json")
    catalogue = read_catalogue(resources() / "catalogue.json")
    store = ModelStore(tmp_path / "models", starter_model.parent, catalogue)
    engine = scripted_engine()
    models = ModelService(engine, store, catalogue, settings, workers, Fitting())
    installing = InstallingService(models, store, catalogue, workers)
    yield Bench(models, installing, store, settings, tmp_path)
    models.close()
    workers.close()


def test_a_model_removed_and_brought_in_again_is_loaded_anew(bench: Bench) -> None:
    mine = bench.bring_in("mine")
    first = bench.models.use(mine.id).result(60)
    bench.installing.remove(mine.id)
    assert bench.models.status.state is ModelState.NONE
    bench.bring_in("mine")
    assert bench.models.ensure(mine.id).result(60) is not first
    assert bench.models.count_tokens(REQUEST.turns).result(60) > 0


def test_the_default_falls_back_when_its_model_is_removed(bench: Bench) -> None:
    mine = bench.bring_in("mine")
    bench.models.use(mine.id).result(60)
    assert bench.models.chosen().id == mine.id
    bench.installing.remove(mine.id)
    assert bench.models.chosen().id == STARTER
    assert SettingsFile(bench.folder / "settings.json").current.models.default_model == ""


def test_a_shared_model_that_cannot_be_removed_stays_loaded(bench: Bench) -> None:
    loaded = bench.models.ensure().result(60)
    with pytest.raises(UserFacingError) as caught:
        bench.installing.remove(STARTER)
    assert caught.value.code == "model_shared"
    assert bench.models.status.state is ModelState.READY
    assert bench.models.ensure().result(60) is loaded


def test_the_model_that_a_request_was_made_for_answers_it_or_nobody(bench: Bench) -> None:
    old = bench.models.ensure().result(60)
    mine = bench.bring_in("mine")
    new = bench.models.ensure(mine.id).result(60)
    assert _answered(bench, old).text
    bench.installing.remove(mine.id)
    assert _answered(bench, new).failed.code == "model_changed"
    assert _answered(bench, old).text


def _answered(bench: Bench, model: LoadedModel) -> Heard:
    heard = Heard()
    bench.models.generate(REQUEST, heard, CancelToken(), model)
    assert heard.end
    return heard


def test_an_eject_does_not_hide_the_model_that_was_chosen_after_it(bench: Bench) -> None:
    mine = bench.bring_in("mine")
    told: list[ModelState] = []
    bench.models.on_status(lambda status: told.append(status.state))
    bench.models.ensure().result(60)
    bench.models.eject()
    again = bench.models.ensure(mine.id)
    assert again.result(60).path == mine.path
    bench.models.count_tokens(REQUEST.turns).result(60)
    assert told[-1] is ModelState.READY
    assert bench.models.status.model is not None
    assert bench.models.status.model.id == mine.id


def test_two_who_ask_for_the_same_model_at_once_share_one_load(bench: Bench) -> None:
    mine = bench.bring_in("mine")
    bench.models.ensure().result(60)
    start = threading.Barrier(4)
    loads: list[object] = []

    def ask() -> None:
        start.wait(60)
        loads.append(bench.models.ensure(mine.id).result(60))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(loads) == 4
    assert len({id(load) for load in loads}) == 1


def test_a_load_after_the_end_is_refused_and_not_waited_for(bench: Bench) -> None:
    bench.models.close()
    assert bench.models.closing
    with pytest.raises((UserFacingError, Cancelled)):
        bench.models.ensure().result(60)


def test_background_calls_do_the_same(bench: Bench) -> None:
    mine = bench.bring_in("mine")
    bench.models.use_in_background(mine.id).result(60)
    assert bench.settings.current.models.default_model == mine.id
    listed: list[ModelInfo] = [m for m, _ in bench.installing.listed_with_fit().result(60)]
    assert {m.id for m in listed} == {STARTER, mine.id}
    assert bench.installing.remove_in_background(mine.id).result(60).id == mine.id


def test_a_model_that_cannot_be_loaded_does_not_become_the_default(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, lost = bench.bring_in("mine"), bench.bring_in("lost")
    bench.models.use(mine.id).result(60)
    assert lost.path is not None
    lost.path.unlink()
    before = [mine, lost]  # the list was read before
    monkeypatch.setattr(ModelStore, "installed", lambda _store: before)  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType] - stands for a method
    for use in (bench.models.use, bench.models.use_in_background):
        with pytest.raises(UserFacingError) as caught:
            use(lost.id).result(60)
        assert caught.value.code == "model_missing"
    assert bench.settings.current.models.default_model == mine.id
    assert bench.models.status.state is ModelState.FAILED
    assert bench.models.ensure().result(60).path == mine.path


def test_a_model_is_no_default_when_another_was_chosen_meanwhile(bench: Bench) -> None:
    first, second = bench.bring_in("first"), bench.bring_in("second")
    blocked = threading.Event()
    loading = threading.Event()

    def hold(status: ModelStatus) -> None:
        if status.model is not None and status.model.id == first.id and status.progress == 0.5:
            loading.set()
            blocked.wait(60)

    bench.models.on_status(hold)
    given_up = bench.models.use(first.id)
    assert loading.wait(60)
    kept = bench.models.use(second.id)
    assert bench.settings.current.models.default_model == ""
    blocked.set()
    assert kept.result(60).path == second.path
    with pytest.raises(Cancelled):
        given_up.result(60)
    assert bench.settings.current.models.default_model == second.id


def test_what_is_not_installed_is_neither_used_nor_removed(bench: Bench) -> None:
    absent = next((m for m in bench.models.all() if not m.installed), None)
    calls: list[Callable[[], object]] = [
        lambda: bench.models.use("no such"),
        lambda: bench.installing.remove("no such"),
    ]
    if absent is not None:
        calls += [lambda: bench.models.use(absent.id), lambda: bench.installing.remove(absent.id)]
    for call in calls:
        with pytest.raises(UserFacingError) as caught:
            call()
        assert caught.value.code in ("model_unknown", "model_not_installed")
    assert bench.settings.current.models.default_model == ""


def test_what_a_load_took_corrects_the_estimate_and_is_remembered(
    tmp_path: Path, starter_model: Path
) -> None:
    engine = local_engine()
    try:
        loaded = engine.load(starter_model, LoadOptions(context_length=512)).result(60)
    finally:
        assert engine.close(30.0)
    assert loaded.memory is not None
    assert loaded.memory.weights_bytes >= starter_model.stat().st_size * 0.95
    assert loaded.memory.kv_bytes == 512 * 30 * 3 * (64 + 64) * 2
    info = replace(_starter(starter_model), sha256="a" * 64)
    fitting = Fitting(tmp_path)
    guessed = fitting.judge(info, 4096).needed_bytes
    fitting.learn(info, loaded)

    known = Fitting(tmp_path)
    corrected = known.judge(info, 4096).needed_bytes
    assert known.known(info).use == loaded.memory
    assert corrected != guessed
    took = loaded.memory.weights_bytes + loaded.memory.kv_bytes * 8 + loaded.memory.working_bytes
    assert took < corrected < took * 1.25  # the library and its tables are in it as well
    (tmp_path / "fits.json").write_text("{not json", encoding="utf-8")
    assert Fitting(tmp_path).known(info).use is None


def test_a_model_that_cannot_fit_is_refused_with_figures_and_loaded_anyway_on_demand(
    starter_model: Path,
) -> None:
    huge = MemoryUse(256, 1 << 20, 1 << 50, 1 << 20)
    engine = local_engine()
    try:
        options = LoadOptions(context_length=256, known=huge)
        with pytest.raises(EnvironmentProblem, match=r"needs .* GB") as refused:
            engine.load(starter_model, options).result(60)
        assert refused.value.code == "out_of_memory"
        assert "anyway" in refused.value.hint
        loaded = engine.load(starter_model, replace(options, anyway=True)).result(60)
        assert loaded.context_length == 256
    finally:
        assert engine.close(30.0)


def test_what_is_allowed_once_is_allowed_from_then_on(bench: Bench) -> None:
    mine = bench.bring_in("mine")
    bench.models.use(mine.id, anyway=True).result(60)
    options = bench.models.options_of(mine)
    assert options.anyway


def test_a_model_that_is_not_used_is_freed_and_comes_back(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = bench.models.ensure().result(60)
    assert _answered(bench, first).text
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + 29 * 60)
    bench.models.free_unused()
    assert bench.models.status.state is ModelState.READY

    monkeypatch.setattr(time, "monotonic", lambda: now + 31 * 60)
    bench.models.free_unused()
    assert isinstance(bench.models.count_tokens(REQUEST.turns).exception(10), UserFacingError)
    assert bench.models.status.state is ModelState.NONE
    assert _answered(bench, first).failed.code == "model_changed"
    again = bench.models.ensure().result(60)
    assert again is not first
    assert _answered(bench, again).text


def test_a_model_is_kept_for_good_where_the_settings_say_so(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.settings.update("models", keep_loaded_min=0)
    bench.models.ensure().result(60)
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + 10**6)
    bench.models.free_unused()
    assert bench.models.status.state is ModelState.READY


def _starter(path: Path) -> ModelInfo:
    catalogue = read_catalogue(resources() / "catalogue.json")
    known = next(model for model in catalogue.models if model.id == STARTER)
    return replace(known, path=path)
