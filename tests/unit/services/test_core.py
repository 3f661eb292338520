"""The whole below the front ends: closed in order, told of what goes wrong, silent about words."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.config.paths import profile_paths, resources
from assistant.domain.clock import FixedClock
from assistant.domain.errors import Cancelled, UserFacingError
from assistant.domain.generation import SamplingParams
from assistant.domain.health import CheckState
from assistant.domain.ids import ModelId
from assistant.domain.model import ModelFormat, ModelInfo
from assistant.domain.vault import VaultState
from assistant.engine.scripted import scripted_engine
from assistant.hub.catalogue import read_catalogue
from assistant.hub.model_store import ModelStore
from assistant.services.answers import Finished
from assistant.services.core import Core, CoreOptions
from assistant.services.history import Changes
from assistant.store.history import HistoryRepository
from tests.unit.services.conftest import PASSPHRASE, MakeCore

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)

CoreOn = Callable[[datetime], Core]


@pytest.fixture
def core_on(tmp_path: Path) -> Iterator[CoreOn]:
    """A core of one profile that stands at a moment, its vault open."""
    made: list[Core] = []

    def build(moment: datetime) -> Core:
        paths = profile_paths(tmp_path / "profile")
        core = Core(CoreOptions(paths, FixedClock(moment), keyring=False), scripted_engine())
        made.append(core)
        assert core.vault.open(PASSPHRASE).result(60).state is VaultState.OPEN
        return core

    yield build
    for core in made:
        core.close()


def looked_through(core: Core, *, days: int) -> None:
    """As if the trash had been looked through so many days ago, as it is each day of use."""
    moment = core.options.clock.now() - timedelta(days=days)
    (core.options.paths.state / "last-clearing").write_text(moment.isoformat())


def test_old_trash_is_forgotten_also_in_the_backups_and_the_list_is_told(core_on: CoreOn) -> None:
    core = core_on(NOON)
    chat = core.history.create().result(60)
    [*_, answered] = core.chat.send(chat.id, "Where is the lighthouse?")
    assert isinstance(answered, Finished)
    core.history.trash(chat.id).result(60)
    assert core.backups.create().result(60).messages == 2
    core.close()

    for days, left in ((30, [chat.id]), (31, [])):
        later = core_on(NOON + timedelta(days=days))
        looked_through(later, days=1)
        told = threading.Event()
        later.history.on_changes(lambda changes, told=told: told.set() if changes.listing else None)
        later.start_upkeep()
        if not left:
            assert told.wait(60)
        later.close()
        assert told.is_set() == (not left)
        again = core_on(NOON)
        assert [each.id for each in again.history.trashed().result(60)] == left
        [backup] = again.backups.list().result(60)
        assert backup.messages == 2 * len(left)
        again.close()


def test_trouble_that_nobody_asked_for_is_told(make_core: MakeCore) -> None:
    core = make_core()
    told: list[UserFacingError] = []
    heard = threading.Event()

    def listen(error: UserFacingError) -> None:
        told.append(error)
        heard.set()

    core.on_trouble(listen)
    looked_through(core, days=1)
    core.start_upkeep()  # the vault is not open yet
    assert heard.wait(60)
    assert [error.code for error in told] == ["vault_closed"]


def test_a_fault_of_ours_in_the_upkeep_is_noted_and_not_shown(
    core: Core, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[UserFacingError] = []
    core.on_trouble(told.append)
    begun = threading.Event()

    def stumble(_self: HistoryRepository, _days: int) -> None:
        begun.set()
        raise ValueError("heliotrope")

    monkeypatch.setattr(HistoryRepository, "forget_expired", stumble)
    looked_through(core, days=1)
    core.start_upkeep()
    assert begun.wait(60)
    core.close()
    [note] = core.crash_notes.unseen()
    assert "ValueError" in note.read_text("utf-8")
    assert told == []


def test_after_the_end_nothing_is_begun_and_nobody_waits(core: Core) -> None:
    kept = core.history.create().result(60)
    passing = core.history.create(temporary=True).result(60)
    core.close()
    assert core.vault.status.state is VaultState.CLOSED
    core.start_upkeep()
    core.close()
    for chat in (kept, passing):
        with pytest.raises(Cancelled):
            core.history.open(chat.id).result(60)
    assert core.crash_notes.unseen() == []


def test_an_answer_under_way_is_kept_when_the_application_ends(
    core: Core, make_core: MakeCore
) -> None:
    chat = core.history.create().result(60)
    answer = core.chat.send(chat.id, "Hi")
    core.close()
    [*_, last] = answer
    assert isinstance(last, Finished)
    again = make_core()
    assert again.vault.open(PASSPHRASE).result(60).notes == ()
    assert again.history.path(chat.id).result(60)[-1] == last.message


def test_the_diagnostics_hold_no_word_of_the_users(core: Core) -> None:
    chat = core.history.create().result(60)
    core.history.rename(chat.id, "heliotrope").result(60)
    report = core.diagnostics().result(60)
    assert "[ok] Lamplight" in report
    assert "[ok] database" in report
    assert "heliotrope" not in report


def test_a_fault_is_noted_by_its_place(core: Core) -> None:
    core.note_crash(ValueError("heliotrope"))
    [note] = core.crash_notes.unseen()
    assert "ValueError" in note.read_text("utf-8")
    assert "heliotrope" not in note.read_text("utf-8")


@pytest.mark.parametrize("harm", ["cut short", "no model"])
def test_the_doctor_names_a_model_that_cannot_be_used(
    core: Core, tmp_path: Path, harm: str
) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"no model at all")
    catalogue = replace(read_catalogue(resources() / "catalogue.json"), models=())
    store = ModelStore(core.options.paths.models, tmp_path / "shared", catalogue)
    staged, sha256 = store.stage(source, lambda _part, _doing: None)
    size = source.stat().st_size + (1 if harm == "cut short" else 0)
    info = ModelInfo(
        ModelId("file-odd"), "odd", ModelFormat.GGUF, "llama", 1, "", size, 512, "", sha256, "small"
    )
    store.admit(staged, info)
    checks = {check.name: check for check in core.doctor.examine()}
    assert checks["Model odd"].state is CheckState.PROBLEM
    assert checks["Model odd"].way_out


def test_settings_are_changed_off_the_callers_thread(core: Core) -> None:
    changed = core.preferences.change("chat", "trash_days", 7).result(60)
    assert (changed.chat.trash_days, core.preferences.current.chat.trash_days) == (7, 7)
    assert core.preferences.problem == ""
    with pytest.raises(UserFacingError):
        core.preferences.change("chat", "trash_days", -1).result(60)
    assert core.preferences.current.chat.trash_days == 7


def test_a_forgotten_chat_is_told_of_and_gone(core: Core) -> None:
    chat = core.history.create().result(60)
    core.history.rename(chat.id, "Gone soon").result(60)
    heard: list[Changes] = []
    core.history.on_changes(heard.append)
    core.exchange.forget([chat.id]).result(60)
    assert heard == [Changes(frozenset({chat.id}), listing=True)]
    assert core.history.search("gone").result(60) == []


def test_a_chat_that_names_no_model_has_the_sampling_of_the_default(core: Core) -> None:
    default = core.models.chosen()
    core.personas.set_sampling(default.id, SamplingParams(max_tokens=2)).result(60)
    chat = core.history.create().result(60)
    assert not chat.model

    [*_, answered] = core.chat.send(chat.id, "Where is the lighthouse?")

    assert isinstance(answered, Finished)
    assert answered.message.numbers is not None
    assert answered.message.numbers.completion_tokens == 2
