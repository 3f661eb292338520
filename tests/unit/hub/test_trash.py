"""What was removed can be put back, and a process that ends in the middle loses nothing."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assistant.config.paths import resources
from assistant.domain.errors import EnvironmentProblem
from assistant.domain.ids import ModelId
from assistant.domain.model import ModelFormat, ModelInfo
from assistant.hub.catalogue import read_catalogue
from assistant.hub.model_store import ModelStore
from assistant.hub.trash import Trash

CONTENT = b"GGUF and more"


@pytest.fixture
def store(tmp_path: Path) -> ModelStore:
    catalogue = read_catalogue(resources() / "catalogue.json")
    return ModelStore(tmp_path / "own", tmp_path / "shared", catalogue)


def bring_in(store: ModelStore, content: bytes = CONTENT) -> ModelInfo:
    store.folder.mkdir(exist_ok=True)
    source = store.folder / "source"
    source.write_bytes(content)
    staged, sha256 = store.stage(source, lambda _part, _doing: None)
    source.unlink()
    info = ModelInfo(
        ModelId(f"file-{sha256[:12]}"),
        "Mine",
        ModelFormat.GGUF,
        "llama",
        1,
        "Q4_0",
        len(content),
        512,
        "",
        sha256,
        "small",
    )
    return store.admit(staged, info)


def test_a_model_that_was_removed_is_put_back_as_it_was(store: ModelStore) -> None:
    mine = bring_in(store)
    store.remove(mine)
    assert store.installed() == []
    assert store.trash.entries() == [mine.sha256]
    assert store.trash.size_bytes() > len(CONTENT)

    assert store.trash.restore(mine.sha256)

    assert store.installed() == [mine]
    assert mine.path is not None
    assert mine.path.read_bytes() == CONTENT
    assert store.trash.entries() == []
    assert not store.trash.restore(mine.sha256)


def test_what_is_emptied_is_gone(store: ModelStore) -> None:
    mine = bring_in(store)
    store.remove(mine)
    store.trash.empty()
    assert not store.trash.restore(mine.sha256)
    assert store.trash.size_bytes() == 0
    assert [path.name for path in store.folder.iterdir()] == ["trash"]


def test_one_of_two_is_deleted_for_good(store: ModelStore) -> None:
    first, second = bring_in(store), bring_in(store, b"another")
    store.remove(first)
    store.remove(second)
    store.trash.delete(first.sha256)
    assert store.trash.entries() == [second.sha256]


def test_the_same_model_can_be_brought_in_and_removed_again(store: ModelStore) -> None:
    store.remove(bring_in(store))
    mine = bring_in(store)
    assert store.trash.restore(mine.sha256)
    assert store.installed() == [mine]
    store.remove(mine)
    store.remove(bring_in(store))
    assert store.trash.entries() == [mine.sha256]


@pytest.mark.parametrize("name", ["..", "../other", "", "/", "x"])
def test_a_name_that_is_no_hash_touches_nothing(store: ModelStore, name: str) -> None:
    mine = bring_in(store)
    assert not store.trash.restore(name)
    store.trash.delete(name)
    assert store.installed() == [mine]


def half_way(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """The process ends after so many renames."""
    real = Path.replace
    count = 0

    def replace(self: Path, target: Path) -> Path:
        nonlocal count
        if count == after:
            raise KeyboardInterrupt
        count += 1
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)


@pytest.mark.parametrize("after", range(3))
@pytest.mark.parametrize("what", ["removing", "restoring"])
def test_an_end_at_any_step_leaves_the_model_or_all_of_its_way_back(
    store: ModelStore, monkeypatch: pytest.MonkeyPatch, after: int, what: str
) -> None:
    mine = bring_in(store)
    if what == "restoring":
        store.remove(mine)
    with monkeypatch.context() as patch:
        half_way(patch, after)
        try:
            if what == "restoring":
                store.trash.restore(mine.sha256)
            else:
                store.remove(mine)
            removed = what == "removing"
        except KeyboardInterrupt:
            removed = False  # it was not finished: the next start puts it back

    Trash(store.folder).empty()

    assert store.installed() == ([] if removed else [mine])


def test_a_trash_that_cannot_be_written_says_so(
    store: ModelStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = bring_in(store)

    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(EnvironmentProblem) as error:
        store.remove(mine)
    assert error.value.code == "model_not_removed"
    assert mine.path is not None
    assert mine.path.exists()


_CHURN = """
import sys
from pathlib import Path
from assistant.hub.trash import Trash
store = Path(sys.argv[1])
model = next(store.glob("*.gguf"))
trash = Trash(store)
print("ready", flush=True)
while True:
    trash.put(model)
    trash.restore(model.stem)
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
@pytest.mark.parametrize("after_ms", [1, 3, 7, 12, 20])
def test_a_kill_between_removing_and_putting_back_loses_nothing(
    store: ModelStore, after_ms: int
) -> None:
    mine = bring_in(store)
    child = subprocess.Popen(
        [sys.executable, "-c", _CHURN, str(store.folder)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    with child.stdout:
        assert child.stdout.readline() == "ready\n"
        time.sleep(after_ms / 1000)  # anywhere in the work
        child.send_signal(signal.SIGKILL)
        child.wait()

    trash = Trash(store.folder)
    for sha256 in trash.entries():
        trash.restore(sha256)
    trash.empty()

    [kept] = store.installed()
    assert kept == mine
    assert kept.path is not None
    assert hashlib.sha256(kept.path.read_bytes()).hexdigest() == mine.sha256
