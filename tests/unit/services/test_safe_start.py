"""A process that dies in the engine leaves a note, and the next start is careful with its model."""

import errno
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from assistant.config.paths import resources
from assistant.config.settings import SettingsFile
from assistant.domain.cancel import CancelToken
from assistant.domain.generation import GenerationRequest, Turn
from assistant.domain.health import CheckState
from assistant.domain.model import LoadedModel, LoadOptions, ModelState
from assistant.engine.base import EventSink
from assistant.engine.scripted import Script, ScriptedAnswer, scripted_engine
from assistant.engine.thread import EngineThread
from assistant.hub.catalogue import read_catalogue
from assistant.services.core import Core
from assistant.services.guarded_engine import GuardedEngine, Trust
from assistant.services.load_marker import Doing, LoadMarker, Mark
from tests.helpers.engine_calls import Heard, greedy, user

MakeCore = Callable[[], Core]
_MARK = Mark("a.gguf", Doing.LOADING)
_ASK = GenerationRequest(user("Hello"), greedy(4))


def _died(folder: Path, mark: Mark = _MARK) -> None:
    """Another process writes the note and dies."""
    code = (
        "import os, sys; from pathlib import Path\n"
        "from assistant.services.load_marker import Doing, LoadMarker, Mark\n"
        "LoadMarker(Path(sys.argv[1])).begin(Mark(sys.argv[2], Doing(sys.argv[3])))\n"
        "os._exit(6)"
    )
    command = [sys.executable, "-c", code, str(folder), mark.file, mark.doing.value]
    assert subprocess.run(command, check=False, timeout=60).returncode == 6


def test_a_note_is_found_only_after_a_death(tmp_path: Path) -> None:
    marker = LoadMarker(tmp_path)
    assert marker.found is None
    marker.end(marker.begin(_MARK))
    marker.begin(_MARK)
    assert LoadMarker(tmp_path).found is None  # its writer lives
    marker.close()
    assert LoadMarker(tmp_path).found is None  # a clean end

    _died(tmp_path)

    later = LoadMarker(tmp_path)
    assert later.found == _MARK
    later.close()
    assert LoadMarker(tmp_path).found == _MARK  # until it is forgiven
    later.forgive()
    assert LoadMarker(tmp_path).found is None


def test_only_the_latest_note_counts(tmp_path: Path) -> None:
    marker = LoadMarker(tmp_path)
    first, second = marker.begin(_MARK), marker.begin(Mark("b.gguf", Doing.ANSWERING))
    marker.end(first)
    assert "b.gguf" in (tmp_path / "engine-at-work.json").read_text()
    marker.end(second)
    assert not (tmp_path / "engine-at-work.json").exists()


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"file": 3, "doing": "loading"}', "\x00" * 99])
def test_a_note_that_is_damaged_is_no_note(tmp_path: Path, text: str) -> None:
    (tmp_path / "engine-ended-here.json").write_text(text)
    assert LoadMarker(tmp_path).found is None


def test_a_note_that_could_not_be_written_whole_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(path: Path, content: bytes) -> int:
        with path.open("wb") as stream:
            stream.write(content[: len(content) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", half)
    marker = LoadMarker(tmp_path)
    marker.begin(_MARK)
    assert [path.name for path in tmp_path.iterdir()] == ["engine-at-work.lock"]


def test_a_folder_that_cannot_be_written_to_hinders_nothing(tmp_path: Path) -> None:
    marker = LoadMarker(tmp_path / "nowhere")
    marker.end(marker.begin(_MARK))
    marker.close()


@dataclass
class Noted:
    """An engine that writes down how it was asked to load, and looks for the note meanwhile."""

    folder: Path
    apart: list[bool] = field(default_factory=list[bool])
    notes: list[str] = field(default_factory=list[str])
    inner: EngineThread = field(
        default_factory=lambda: scripted_engine(Script((ScriptedAnswer("It is a lamp."),)))
    )

    def note(self) -> str:
        path = self.folder / "engine-at-work.json"
        return str(json.loads(path.read_text())["doing"]) if path.exists() else ""

    def load(
        self,
        path: Path,
        options: LoadOptions,
        *,
        on_progress: Callable[[float], None] | None = None,
        cancel: CancelToken | None = None,
    ) -> "Future[LoadedModel]":
        self.apart.append(options.isolated)
        self.notes.append(self.note())
        loaded = self.inner.load(path, options, on_progress=on_progress, cancel=cancel).result()
        done: Future[LoadedModel] = Future()
        done.set_result(replace(loaded, isolated=options.isolated))
        return done

    def generate(
        self,
        request: GenerationRequest,
        sink: EventSink,
        cancel: CancelToken,
        model: LoadedModel | None = None,
    ) -> None:
        del model
        self.notes.append(self.note())
        self.inner.generate(request, sink, cancel)

    def unload(self, model: LoadedModel | None = None) -> "Future[None]":
        return self.inner.unload(model)

    def count_tokens(
        self, turns: Sequence[Turn], model: LoadedModel | None = None
    ) -> "Future[int]":
        del model
        return self.inner.count_tokens(turns)

    def forget(self, cache_key: str) -> "Future[None]":
        return self.inner.forget(cache_key)

    def close(self, timeout_s: float = 5.0) -> bool:
        return self.inner.close(timeout_s)


@pytest.fixture
def noted(tmp_path: Path) -> Iterator[Noted]:
    noted = Noted(tmp_path)
    yield noted
    assert noted.close(30.0)


def _ask(engine: GuardedEngine, loaded: LoadedModel) -> None:
    heard = Heard()
    engine.generate(_ASK, heard, CancelToken(), loaded)
    assert heard.done


def test_a_note_lies_there_while_a_model_is_loaded_and_until_its_first_words(
    noted: Noted, tmp_path: Path
) -> None:
    engine = GuardedEngine(noted, LoadMarker(tmp_path), lambda _: True)
    loaded = engine.load(Path(__file__), LoadOptions()).result(60)
    assert noted.note() == ""
    _ask(engine, loaded)
    assert noted.note() == ""
    _ask(engine, loaded)
    assert noted.notes == ["loading", "answering", ""]
    assert noted.apart == [False]


def test_a_model_that_is_not_trusted_runs_apart_and_needs_no_note(
    noted: Noted, tmp_path: Path
) -> None:
    engine = GuardedEngine(noted, LoadMarker(tmp_path), lambda _: False)
    _ask(engine, engine.load(Path(__file__), LoadOptions()).result(60))
    assert noted.apart == [True]
    assert noted.notes == ["", ""]


def test_the_model_that_a_start_ended_over_runs_apart_until_it_has_answered(
    noted: Noted, tmp_path: Path
) -> None:
    _died(tmp_path, Mark(Path(__file__).name, Doing.ANSWERING))
    marker = LoadMarker(tmp_path)
    engine = GuardedEngine(noted, marker, lambda _: True)
    loaded = engine.load(Path(__file__), LoadOptions()).result(60)
    assert noted.apart == [True]
    assert LoadMarker(tmp_path).found is not None
    _ask(engine, loaded)
    # It has answered: from the next start on it runs as before, in this one where it is.
    assert LoadMarker(tmp_path).found is None
    engine.load(Path(__file__), LoadOptions()).result(60)
    assert noted.apart == [True, True]


def test_trust_is_the_catalogues_and_the_users(tmp_path: Path, starter_model: Path) -> None:
    settings = SettingsFile(tmp_path / "settings.json")
    trust = Trust(read_catalogue(resources() / "catalogue.json"), settings, lambda path: path.stem)
    imported = tmp_path / f"{'0' * 64}.gguf"
    assert trust.covers(starter_model)
    assert not trust.covers(imported)
    settings.update("models", isolate_imported=False)
    assert trust.covers(imported)


def test_a_start_after_a_death_says_so_and_loads_nothing_by_itself(
    make_core: MakeCore, tmp_path: Path, starter_model: Path
) -> None:
    state = tmp_path / "profile" / "state"
    state.mkdir(parents=True)
    _died(state, Mark(starter_model.name, Doing.LOADING))
    core = make_core()

    core.safe_start.load()

    status = core.models.status
    assert status.state is ModelState.FAILED
    assert status.detail.startswith("The last start ended while SmolLM2")
    assert "process of its own" in status.detail
    (check,) = [check for check in core.doctor.examine() if check.name == "Last start"]
    assert check.state is CheckState.NOTE
    assert check.way_out
    assert core.models.ensure().result(60)  # who asks gets it
    assert core.models.status.state is ModelState.READY


def test_an_ordinary_start_loads_the_model(make_core: MakeCore) -> None:
    core = make_core()
    core.safe_start.load()
    assert core.models.ensure().result(60)
    assert core.models.status.state is ModelState.READY
    assert not [check for check in core.doctor.examine() if check.name == "Last start"]
