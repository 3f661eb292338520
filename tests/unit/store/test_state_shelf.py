"""The shelf of computed states: back as they were, or not there; silent about what they are."""

import errno
import secrets
import stat
import sys
import threading
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.store import state_shelf
from assistant.store.sealed_file import seal, sealed_size
from assistant.store.state_shelf import StateShelf

SECRET = bytes(range(32))
MIB = 1 << 20

MakeShelf = Callable[..., StateShelf]


@pytest.fixture
def make_shelf(tmp_path: Path) -> Iterator[MakeShelf]:
    """Shelves over one folder, unlocked, closed at the end."""
    made: list[StateShelf] = []

    def build(secret: bytes = SECRET, budget: int = 64 * MIB) -> StateShelf:
        shelf = StateShelf(tmp_path / "shelf", lambda: budget)
        made.append(shelf)
        shelf.unlock(secret)
        return shelf

    yield build
    for shelf in made:
        shelf.lock()


def files(tmp_path: Path) -> list[Path]:
    return sorted(path for path in (tmp_path / "shelf").rglob("*") if path.is_file())


@pytest.mark.parametrize("size", [0, 1, MIB - 1, MIB, MIB + 1, 3 * MIB])
def test_what_was_put_is_there_at_the_next_start(make_shelf: MakeShelf, size: int) -> None:
    data = secrets.token_bytes(size)
    shelf = make_shelf()
    shelf.put("chat", "model", data)
    assert shelf.get("chat", "model") == data
    shelf.lock()
    assert shelf.get("chat", "model") is None

    later = make_shelf()
    assert later.get("chat", "model") == data
    assert later.get("chat", "another") is None
    assert later.get("another", "model") is None


def test_the_files_say_nothing_and_are_for_the_user_alone(
    make_shelf: MakeShelf, tmp_path: Path
) -> None:
    words = [f"xylograph-{secrets.token_hex(4)}" for _ in range(20)]
    tokens = [array("i", [secrets.randbelow(1 << 30) for _ in range(8)]) for _ in words]
    shelf = make_shelf()
    for number, (word, ids) in enumerate(zip(words, tokens, strict=True)):
        data = b"".join((word.encode(), word.encode("utf-16-le"), ids.tobytes())) * 100
        shelf.put(f"chat {word}", f"variant {number}", data)
    shelf.lock()

    found = files(tmp_path)
    assert len(found) == 20
    everything = b"".join(path.read_bytes() + str(path).encode() for path in found)
    for word, ids in zip(words, tokens, strict=True):
        for form in (word.encode(), word.encode("utf-16-le"), ids.tobytes()):
            assert form not in everything
    if sys.platform != "win32":
        modes = [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "shelf").rglob("*")]
        assert not any(mode & 0o077 for mode in modes)


def test_what_is_dropped_leaves_no_file_and_the_rest_stays(
    make_shelf: MakeShelf, tmp_path: Path
) -> None:
    shelf = make_shelf()
    for chat, variant in (("a", "1"), ("a", "2"), ("b", "1")):
        shelf.put(chat, variant, secrets.token_bytes(2 * MIB))
    shelf.drop("a")  # some of it is being written just now
    assert shelf.get("a", "1") is None
    assert shelf.get("a", "2") is None
    shelf.lock()
    assert len(files(tmp_path)) == 1

    later = make_shelf()
    assert later.get("b", "1") is not None
    later.drop("b")
    assert files(tmp_path) == []


def test_what_is_forgotten_is_not_taken_again(make_shelf: MakeShelf, tmp_path: Path) -> None:
    shelf = make_shelf()
    shelf.put("a", "1", b"x" * MIB)
    shelf.forget("a")
    shelf.put("a", "1", b"x" * MIB)
    shelf.put("b", "1", b"y")
    assert shelf.get("a", "1") is None
    shelf.lock()
    assert len(files(tmp_path)) == 1


def test_a_file_that_cannot_be_deleted_is_told(
    make_shelf: MakeShelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = make_shelf()
    shelf.put("a", "1", b"x")
    shelf.lock()
    shelf = make_shelf()

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(state_shelf.EnvironmentProblem) as problem:
        shelf.forget("a")
    assert problem.value.code == "shelf_not_cleared"


def cut(raw: bytes) -> bytes:
    return raw[:-1]


def cut_a_chunk(raw: bytes) -> bytes:
    return raw[: -(MIB + 16)]


def grow(raw: bytes) -> bytes:
    return raw + b"\0"


def flip_first(raw: bytes) -> bytes:
    return bytes([raw[0] ^ 1]) + raw[1:]


def flip_salt(raw: bytes) -> bytes:
    return raw[:10] + bytes([raw[10] ^ 1]) + raw[11:]


def flip_middle(raw: bytes) -> bytes:
    return raw[: len(raw) // 2] + bytes([raw[len(raw) // 2] ^ 1]) + raw[len(raw) // 2 + 1 :]


def flip_last(raw: bytes) -> bytes:
    return raw[:-1] + bytes([raw[-1] ^ 1])


def empty(_: bytes) -> bytes:
    return b""


def swap_chunks(raw: bytes) -> bytes:
    size, begin = MIB + 16, 44
    first, second = raw[begin : begin + size], raw[begin + size : begin + 2 * size]
    return raw[:begin] + second + first + raw[begin + 2 * size :]


@pytest.mark.parametrize(
    "harm",
    [
        *(cut, cut_a_chunk, grow, flip_first, flip_salt, flip_middle, flip_last),
        *(empty, swap_chunks),
    ],
)
def test_a_file_that_was_harmed_is_not_there_and_goes(
    make_shelf: MakeShelf, tmp_path: Path, harm: Callable[[bytes], bytes]
) -> None:
    shelf = make_shelf()
    shelf.put("a", "1", secrets.token_bytes(3 * MIB))
    shelf.lock()
    [path] = files(tmp_path)
    path.write_bytes(harm(path.read_bytes()))

    assert make_shelf().get("a", "1") is None
    assert files(tmp_path) == []


def test_files_that_were_exchanged_are_not_taken_for_each_other(
    make_shelf: MakeShelf, tmp_path: Path
) -> None:
    shelf = make_shelf()
    shelf.put("a", "1", b"a" * 100)
    shelf.put("b", "1", b"b" * 100)
    shelf.lock()
    one, other = files(tmp_path)
    mine, its = one.read_bytes(), other.read_bytes()
    one.write_bytes(its)
    other.write_bytes(mine)

    later = make_shelf()
    assert later.get("a", "1") is None
    assert later.get("b", "1") is None


def test_what_was_used_longest_ago_leaves_when_the_budget_is_used_up(
    make_shelf: MakeShelf,
) -> None:
    budget = 3 * sealed_size(MIB)
    shelf = make_shelf(budget=budget)
    for chat in "abc":
        shelf.put(chat, "", secrets.token_bytes(MIB))
    shelf.lock()
    shelf = make_shelf(budget=budget)
    assert shelf.get("a", "") is not None
    shelf.put("d", "", secrets.token_bytes(MIB))
    shelf.put("big", "", bytes(budget))
    shelf.lock()

    later = make_shelf(budget=budget)
    there = [chat for chat in "abcd" if later.get(chat, "") is not None]
    assert there == ["a", "c", "d"]
    assert later.get("big", "") is None
    later.lock()
    smaller = make_shelf(budget=sealed_size(MIB))
    assert [chat for chat in "acd" if smaller.get(chat, "") is not None] == ["d"]


def test_switched_off_it_keeps_nothing_and_what_was_there_goes(
    make_shelf: MakeShelf, tmp_path: Path
) -> None:
    shelf = make_shelf()
    shelf.put("a", "", b"x")
    shelf.lock()
    off = make_shelf(budget=0)
    off.put("b", "", b"x")
    assert off.get("b", "") is None
    assert files(tmp_path) == []


def test_the_shelf_of_another_vault_goes(make_shelf: MakeShelf, tmp_path: Path) -> None:
    shelf = make_shelf()
    shelf.put("a", "", b"x")
    shelf.lock()
    other = make_shelf(secret=bytes(32))
    assert other.get("a", "") is None
    assert files(tmp_path) == []
    assert make_shelf().get("a", "") is None


def test_what_an_earlier_run_left_half_written_goes(make_shelf: MakeShelf, tmp_path: Path) -> None:
    shelf = make_shelf()
    shelf.put("a", "", b"x")
    shelf.lock()
    [path] = files(tmp_path)
    path.rename(path.with_name(path.name + ".part"))
    assert make_shelf().get("a", "") is None
    assert files(tmp_path) == []


def test_a_full_disk_costs_the_state_and_nothing_else(
    make_shelf: MakeShelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(key: bytes, name: str, data: bytes) -> Iterator[bytes]:
        yield next(seal(key, name, data))
        raise OSError(errno.ENOSPC, "no space")

    shelf = make_shelf()
    with monkeypatch.context() as patch:
        patch.setattr(state_shelf, "seal", full)
        shelf.put("a", "", b"x" * MIB)
        shelf.lock()
    assert files(tmp_path) == []
    later = make_shelf()
    later.put("a", "", b"y")
    later.lock()
    assert make_shelf().get("a", "") == b"y"


def test_the_last_of_the_disk_is_left_alone(
    make_shelf: MakeShelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state_shelf, "_LEAST_FREE_BYTES", 1 << 62)
    shelf = make_shelf()
    shelf.put("a", "", b"x")
    shelf.lock()
    assert files(tmp_path) == []


def test_put_does_not_wait_for_the_disk(
    make_shelf: MakeShelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(key: bytes, name: str, data: bytes) -> Iterator[bytes]:
        begun.set()
        assert go_on.wait(60)
        yield from seal(key, name, data)

    monkeypatch.setattr(state_shelf, "seal", slow)
    shelf = make_shelf()
    shelf.put("a", "", b"old")
    assert begun.wait(60)
    shelf.put("a", "", b"new")
    assert shelf.get("a", "") == b"new"
    go_on.set()
    shelf.lock()
    assert make_shelf().get("a", "") == b"new"


def test_clearing_removes_all(make_shelf: MakeShelf, tmp_path: Path) -> None:
    shelf = make_shelf()
    for chat in "abc":
        shelf.put(chat, "", secrets.token_bytes(MIB))
    shelf.clear()
    assert not (tmp_path / "shelf").exists()
    assert shelf.get("a", "") is None
