"""A download goes on from every byte at which it may break off, and accepts nothing wrong."""

import hashlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.domain.download import DownloadOrder, DownloadState
from assistant.domain.errors import Cancelled, EnvironmentProblem, UserFacingError
from assistant.hub.download import DiskBudget, ModelTransfer, Patience, Staging
from tests.helpers.hub import Faults, HubDouble, Reply
from tests.helpers.hub.orders import Seen, order_of, plain_link

pytestmark = pytest.mark.loopback

_SIZE = 3_000_017
_CONTENT = hashlib.shake_256(b"weights").digest(_SIZE)
_NAME = "ada/small/model.gguf"
_QUICK = Patience(first_s=0.001, longest_s=0.002, refusals=3)


@pytest.fixture
def hub() -> Iterator[HubDouble]:
    """With one model."""
    with HubDouble() as double:
        double.add_repo("ada/small", {"model.gguf": _CONTENT})
        yield double


@pytest.fixture
def staging(tmp_path: Path) -> Staging:
    """Empty."""
    return Staging(tmp_path / "downloads")


def _run(
    hub: HubDouble,
    staging: Staging,
    order: DownloadOrder | None = None,
    *,
    seen: Seen | None = None,
    budget: DiskBudget | None = None,
    token: str = "",
) -> dict[str, str]:
    order = order or order_of(hub, "ada/small")
    staging.root.mkdir(parents=True, exist_ok=True)
    transfer = ModelTransfer(
        order, staging, budget or DiskBudget(staging.root, spare_bytes=0), _QUICK
    )
    with plain_link(hub, token) as link:
        return transfer.run(link, (seen or Seen()).watch())


def _content(staging: Staging, order: DownloadOrder) -> bytes:
    return staging.whole(order, order.files[0]).read_bytes()


def test_a_file_is_fetched_checked_and_counted(hub: HubDouble, staging: Staging) -> None:
    seen = Seen()
    order = order_of(hub, "ada/small")
    hashes = _run(hub, staging, seen=seen)
    assert hashes == {"model.gguf": hashlib.sha256(_CONTENT).hexdigest()}
    assert _content(staging, order) == _CONTENT
    assert seen.counts == sorted(seen.counts)
    assert seen.counts[-1] == _SIZE
    assert [state for state, _ in seen.states] == [DownloadState.RUNNING, DownloadState.CHECKING]
    assert not staging.part(order, order.files[0]).exists()


@pytest.mark.parametrize("tenth", range(10))
def test_it_goes_on_where_the_connection_dropped(
    hub: HubDouble, staging: Staging, tenth: int
) -> None:
    at = _SIZE * tenth // 10
    hub.fault(_NAME).drop_at = [at]
    seen = Seen()
    _run(hub, staging, seen=seen)
    assert _content(staging, order_of(hub, "ada/small")) == _CONTENT
    ranges = [request.headers.get("range", "") for request in hub.seen("/cdn/")]
    assert ranges == ["", f"bytes={at}-" if at else ""]
    (waiting,) = [words for state, words in seen.states if state is DownloadState.WAITING]
    assert waiting.startswith("The connection was lost.")


def test_it_goes_on_where_an_earlier_run_ended(hub: HubDouble, staging: Staging) -> None:
    order = order_of(hub, "ada/small")
    staging.begin(order)
    staging.part(order, order.files[0]).write_bytes(_CONTENT[:2_000_000])
    seen = Seen()
    _run(hub, staging, seen=seen)
    assert hub.seen("/cdn/")[0].headers["range"] == "bytes=2000000-"
    assert seen.counts[0] == 2_000_000
    assert _content(staging, order) == _CONTENT


def test_what_is_whole_already_is_checked_without_a_request(
    hub: HubDouble, staging: Staging
) -> None:
    order = order_of(hub, "ada/small")
    staging.begin(order)
    staging.part(order, order.files[0]).write_bytes(_CONTENT)
    _run(hub, staging)
    assert hub.requests == []
    _run(hub, staging)
    assert _content(staging, order) == _CONTENT


def test_a_server_that_knows_no_ranges_costs_no_byte_on_the_disk(
    hub: HubDouble, staging: Staging
) -> None:
    hub.fault(_NAME).whole = True
    hub.fault(_NAME).drop_at = [1_000_000]
    seen = Seen()
    _run(hub, staging, seen=seen)
    assert _content(staging, order_of(hub, "ada/small")) == _CONTENT
    assert seen.counts == sorted(seen.counts)


@pytest.mark.parametrize("kept", [b"", bytes(1_000_000)])
def test_a_damaged_part_is_fetched_anew(hub: HubDouble, staging: Staging, kept: bytes) -> None:
    order = order_of(hub, "ada/small")
    staging.begin(order)
    part = staging.part(order, order.files[0])
    part.write_bytes(kept or _CONTENT + b"more than there can be")
    _run(hub, staging)
    assert _content(staging, order) == _CONTENT


_SPOILT: dict[str, Callable[[Faults], None]] = {
    "wrong bytes": lambda faults: setattr(faults, "wrong", True),
    "too short": lambda faults: setattr(faults, "shorter_bytes", 1000),
    "too long": lambda faults: setattr(faults, "longer_bytes", 1000),
}


@pytest.mark.parametrize("spoil", _SPOILT.values(), ids=_SPOILT)
@pytest.mark.parametrize("resumed", [False, True])
def test_wrong_content_is_refused_and_nothing_of_it_kept(
    hub: HubDouble, staging: Staging, spoil: Callable[[Faults], None], *, resumed: bool
) -> None:
    order = order_of(hub, "ada/small")
    staging.begin(order)
    part = staging.part(order, order.files[0])
    if resumed:
        part.write_bytes(_CONTENT[:500_000])
    spoil(hub.fault(_NAME))
    with pytest.raises(UserFacingError, match="on record") as refused:
        _run(hub, staging)
    assert refused.value.code == "hash_mismatch"
    assert not part.exists()
    assert list(staging.files(order).iterdir()) == []
    # A clean start is made once, not more.
    assert len(hub.seen("/resolve/")) == (2 if resumed else 1)


def test_an_answer_that_ends_early_without_a_word_is_gone_on_with(
    hub: HubDouble, staging: Staging
) -> None:
    hub.fault(_NAME).cut_bytes = 100_000
    seen = Seen()
    seen.states = _Release(hub.fault(_NAME))
    _run(hub, staging, seen=seen)
    assert _content(staging, order_of(hub, "ada/small")) == _CONTENT


class _Release(list[tuple[DownloadState, str]]):
    """Mends the server once the client waits."""

    def __init__(self, faults: Faults) -> None:
        super().__init__()
        self._faults = faults

    def append(self, item: tuple[DownloadState, str]) -> None:
        if item[0] is DownloadState.WAITING:
            self._faults.cut_bytes = 0
        super().append(item)


def test_the_branch_may_move_but_the_commit_stays(hub: HubDouble, staging: Staging) -> None:
    order = order_of(hub, "ada/small")
    hub.add_repo("ada/small", {"model.gguf": b"another model"})
    _run(hub, staging, order)
    assert _content(staging, order) == _CONTENT


def test_a_commit_that_is_gone_is_said(hub: HubDouble, staging: Staging) -> None:
    order = order_of(hub, "ada/small")
    repository = hub.repositories["ada/small"]
    repository.commits.clear()
    repository.commit({"model.gguf": b"another model"})
    with pytest.raises(UserFacingError) as refused:
        _run(hub, staging, order)
    assert refused.value.code == "revision_moved"


def test_a_hub_that_changed_the_content_of_a_commit_is_noticed_before_the_first_byte(
    hub: HubDouble, staging: Staging
) -> None:
    order = order_of(hub, "ada/small")
    repository = hub.repositories["ada/small"]
    other = repository.at(repository.commit({"model.gguf": bytes(_SIZE)}))
    assert other is not None
    repository.commits[order.commit] = other[1]
    with pytest.raises(UserFacingError) as refused:
        _run(hub, staging, order)
    assert refused.value.code == "revision_moved"
    assert staging.here_bytes(order) == 0


def test_refusals_are_told_apart(hub: HubDouble, staging: Staging) -> None:
    hub.tokens |= {"good": {"eva/closed"}, "other": set()}
    hub.add_repo("eva/closed", {"model.gguf": b"GGUF closed"}, gated="manual")
    order = order_of(hub, "eva/closed")
    for token, code in {"": "gated", "other": "gated", "unknown": "token_wrong"}.items():
        with pytest.raises(UserFacingError) as refused:
            _run(hub, staging, order, token=token)
        assert refused.value.code == code
        assert refused.value.hint
    _run(hub, staging, order, token="good")  # noqa: S106 - of the double
    assert all("authorization" not in request.headers for request in hub.seen("/cdn/"))
    del hub.repositories["ada/small"].commits[hub.repositories["ada/small"].head]
    missing = order_of(hub, "eva/closed")
    del hub.repositories["eva/closed"]
    with pytest.raises(UserFacingError) as refused:
        _run(hub, Staging(staging.root / "else"), missing)
    assert refused.value.code == "repo_unknown"


@pytest.mark.parametrize("header", ["Retry-After", "RateLimit"])
def test_it_waits_as_long_as_a_busy_hub_asks(hub: HubDouble, staging: Staging, header: str) -> None:
    hub.fault(_NAME).replies = [Reply.busy(55, header=header)]
    seen = Seen()
    seen.states = _Wake(seen.woken)
    _run(hub, staging, seen=seen)
    words = [words for state, words in seen.states if state is DownloadState.WAITING]
    assert words == ["The Hub asks for a pause. The next try is in 55 s."]


class _Wake(list[tuple[DownloadState, str]]):
    """Wakes the client at once when it waits."""

    def __init__(self, woken: threading.Event) -> None:
        super().__init__()
        self._woken = woken

    def append(self, item: tuple[DownloadState, str]) -> None:
        if item[0] is DownloadState.WAITING:
            self._woken.set()
        super().append(item)


def test_a_server_in_trouble_is_asked_again_and_given_up_in_the_end(
    hub: HubDouble, staging: Staging
) -> None:
    hub.fault(_NAME).replies = [Reply(503), Reply(500)]
    _run(hub, staging)
    hub.add_repo("ada/other", {"model.gguf": _CONTENT[:1000]})
    hub.fault("ada/other/model.gguf").replies = [Reply(503)] * 3
    with pytest.raises(UserFacingError) as refused:
        _run(hub, staging, order_of(hub, "ada/other"))
    assert refused.value.code == "hub_unreachable"


@pytest.mark.parametrize("before_head", [True, False])
def test_a_cancel_takes_effect_while_nothing_comes(
    hub: HubDouble, staging: Staging, *, before_head: bool
) -> None:
    faults = hub.fault("/ada/small/resolve/" + hub.repositories["ada/small"].head + "/model.gguf")
    if before_head:
        faults.hold_first = True
    else:
        faults = hub.fault(_NAME)
        faults.hold_at = 1_000_000
    seen = Seen()
    seen.counts = counts = _Reached(0 if before_head else 1_000_000)

    def cancel_when_held() -> None:
        faults.held.wait()
        counts.reached.wait()
        seen.cancel.cancel()

    thread = threading.Thread(target=cancel_when_held)
    thread.start()
    with pytest.raises(Cancelled):
        _run(hub, staging, seen=seen)
    thread.join()
    faults.release.set()
    order = order_of(hub, "ada/small")
    assert staging.here_bytes(order) == (0 if before_head else 1_000_000)
    faults.hold_first, faults.hold_at = False, None
    _run(hub, staging)
    assert _content(staging, order) == _CONTENT


class _Reached(list[int]):
    """Tells when so many bytes are here."""

    def __init__(self, wanted: int) -> None:
        super().__init__()
        self._wanted = wanted
        self.reached = threading.Event()

    def append(self, item: int) -> None:
        super().append(item)
        if item >= self._wanted:
            self.reached.set()


def test_no_byte_is_fetched_when_there_is_no_room(hub: HubDouble, staging: Staging) -> None:
    staging.root.mkdir()
    for budget, code in (
        (DiskBudget(staging.root, spare_bytes=1 << 60), "disk_full"),
        (DiskBudget(staging.root, spare_bytes=0, promised=lambda: 1 << 60), "disk_full"),
        (
            DiskBudget(staging.root, limit=lambda: 4_000_000, taken=lambda: 2_000_000),
            "storage_limit",
        ),
    ):
        with pytest.raises(EnvironmentProblem) as refused:
            _run(hub, staging, budget=budget)
        assert refused.value.code == code
    assert hub.requests == []


def test_a_snapshot_is_one_download_and_small_files_are_checked_by_their_git_hash(
    hub: HubDouble, staging: Staging
) -> None:
    files = {
        "config.json": b"{}",
        "empty.txt": b"",
        "model.safetensors": _CONTENT,
        "weights/more.safetensors": _CONTENT[:70_000],
    }
    hub.add_repo("ada/mlx", files)
    order = order_of(hub, "ada/mlx")
    seen = Seen()
    hashes = _run(hub, staging, order, seen=seen)
    flat = {name.rpartition("/")[2]: content for name, content in files.items()}
    assert hashes == {name: hashlib.sha256(data).hexdigest() for name, data in flat.items()}
    assert {path.name: path.read_bytes() for path in staging.files(order).iterdir()} == flat
    assert seen.counts[-1] == order.size_bytes
    hub.add_repo("ada/mlx2", {"config.json": b"{}", "model.safetensors": _CONTENT})
    hub.fault("ada/mlx2/config.json").wrong = True
    with pytest.raises(UserFacingError) as refused:
        _run(hub, staging, order_of(hub, "ada/mlx2"))
    assert refused.value.code == "hash_mismatch"


def test_a_machine_that_slept_connects_anew(hub: HubDouble, staging: Staging) -> None:
    hub.fault(_NAME).hold_at = 1_000_000
    order = order_of(hub, "ada/small")
    staging.root.mkdir()
    transfer = ModelTransfer(order, staging, DiskBudget(staging.root, spare_bytes=0), _QUICK)

    counts = _Reached(1_000_000)

    def wake_when_held() -> None:
        counts.reached.wait()
        hub.fault(_NAME).hold_at = None
        transfer.wake()

    thread = threading.Thread(target=wake_when_held)
    thread.start()
    with plain_link(hub) as link:
        transfer.run(link, Seen(counts).watch())
    thread.join()
    assert _content(staging, order) == _CONTENT
    assert hub.seen("/cdn/")[1].headers["range"] == "bytes=1000000-"
