"""A Hub that means harm: each attack ends in a sentence, and leaves nothing that looks ready."""

import gzip
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from assistant.domain.clock import SystemClock
from assistant.domain.connection import Purpose
from assistant.domain.download import DownloadOrder
from assistant.domain.errors import UserFacingError
from assistant.domain.hub import HubFile
from assistant.hub.connection_log import ConnectionLog
from assistant.hub.download import DiskBudget, HubLink, ModelTransfer, Patience, Staging
from assistant.hub.egress import Egress
from assistant.hub.failures import asked_wait_s
from tests.helpers.hub import Faults, HubDouble, Reply
from tests.helpers.hub.orders import Seen, order_of

pytestmark = pytest.mark.loopback

_SIZE = 300_000
_CONTENT = hashlib.shake_256(b"weights").digest(_SIZE)
_TOKEN = "hf_secret"  # noqa: S105 - of the double
_OFTEN = 40


@dataclass
class Stand:
    """A download by the real gate from a Hub on this machine."""

    hub: HubDouble
    folder: Path

    def __post_init__(self) -> None:
        self.staging = Staging(self.folder / "models" / "downloads")
        self.staging.root.mkdir(parents=True)
        log = ConnectionLog(self.folder / "state" / "connections.jsonl")
        self.egress = Egress(
            log, SystemClock(), sealed=False, offline=lambda: False, endpoint=self.hub.url
        )

    @property
    def order(self) -> DownloadOrder:
        """Of the one model."""
        return order_of(self.hub, "ada/small")

    @property
    def page(self) -> Faults:
        """Of what the Hub itself answers when it is asked for the file."""
        return self.hub.fault(f"/ada/small/resolve/{self.order.commit}/model.gguf")

    @property
    def content(self) -> Faults:
        """Of what its store of files answers."""
        return self.hub.fault("ada/small/model.gguf")

    def run(self, order: DownloadOrder | None = None) -> UserFacingError | None:
        """Downloads; what it ended with."""
        order = order or self.order
        budget = DiskBudget(self.staging.root, spare_bytes=0)
        patience = Patience(first_s=0.001, longest_s=0.001, refusals=3)
        transfer = ModelTransfer(order, self.staging, budget, patience)
        with (
            self.egress.grant(Purpose.DOWNLOAD, "a test") as grant,
            self.egress.client(grant) as client,
        ):
            link = HubLink(client, self.egress.endpoint, self.egress.authorization(_TOKEN))
            try:
                transfer.run(link, Seen().watch())
            except UserFacingError as error:
                return error
        return None

    def assert_nothing_ready(self) -> None:
        """No file is taken for whole, and nothing lies outside of the one folder."""
        assert list(self.staging.root.glob("*/files/*")) == []
        strangers = [
            path
            for path in self.folder.rglob("*")
            if path.is_file()
            and not path.is_relative_to(self.staging.root)
            and path.parent != self.folder / "state"
        ]
        assert strangers == []


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Stand]:
    """With one model that is fine."""
    with HubDouble(tokens={_TOKEN: {"ada/small"}}) as hub:
        hub.add_repo("ada/small", {"model.gguf": _CONTENT})
        made = Stand(hub, tmp_path)
        yield made
        made.egress.close()


def _redirect(address: str) -> Callable[[Stand], None]:
    def attack(stand: Stand) -> None:
        stand.page.replies = [Reply(302, {"Location": address})] * _OFTEN

    return attack


def _in_circles(stand: Stand) -> None:
    here = f"/ada/small/resolve/{stand.order.commit}/model.gguf"
    stand.page.replies = [Reply(302, {"Location": here})] * (_OFTEN * 10)


def _bomb(stand: Stand) -> None:
    packed = gzip.compress(bytes(50 << 20))
    stand.page.replies = [Reply(200, {"Content-Encoding": "gzip"}, packed)] * _OFTEN


def _other_part(stand: Stand) -> None:
    order = stand.order
    stand.staging.begin(order)
    stand.staging.part(order, order.files[0]).write_bytes(_CONTENT[:100_000])
    span = {"Content-Range": f"bytes 0-9/{_SIZE}"}
    stand.page.replies = [Reply(206, span, _CONTENT[:10])] * _OFTEN


def _part_with_odd_numbers(stand: Stand) -> None:
    span = {"Content-Range": f"bytes {'0' * 5000}-9/{'9' * 5000}"}
    stand.page.replies = [Reply(206, span, _CONTENT[:10])] * _OFTEN


def _nothing(stand: Stand) -> None:
    head = {"Content-Range": f"bytes 0-0/{_SIZE}"}
    stand.page.replies = [Reply(206, head)] * _OFTEN


def _endless(stand: Stand) -> None:
    stand.content.endless = True


def _other_record(stand: Stand) -> None:
    head = {"X-Linked-Etag": f'"{"0" * 64}"', "X-Linked-Size": str(_SIZE)}
    stand.page.replies = [Reply(200, head, _CONTENT)]


def _other_commit(stand: Stand) -> None:
    stand.page.replies = [Reply(200, {"X-Repo-Commit": "e" * 40}, _CONTENT)]


_ATTACKS: dict[str, tuple[Callable[[Stand], None], str]] = {
    "to another host": (_redirect("https://example.com/model.gguf"), "host_refused"),
    "to its twin": (_redirect("https://xn--huggingace-r1i.co/model.gguf"), "host_refused"),
    "to a host like it": (_redirect("https://huggingface.co.example.com/m"), "host_refused"),
    "to another scheme": (_redirect("ftp://127.0.0.1/model.gguf"), "host_refused"),
    "to a file": (_redirect("file:///etc/passwd"), "host_refused"),
    "with a user": (_redirect("http://u:p@127.0.0.1/model.gguf"), "host_refused"),
    "in circles": (_in_circles, "hub_unreachable"),
    "a bomb": (_bomb, "hub_unreachable"),
    "another part": (_other_part, "hub_unreachable"),
    "odd numbers": (_part_with_odd_numbers, "hub_unreachable"),
    "nothing again and again": (_nothing, "hub_unreachable"),
    "no end": (_endless, "hash_mismatch"),
    "another record": (_other_record, "revision_moved"),
    "another commit": (_other_commit, "revision_moved"),
}


@pytest.mark.parametrize(("attack", "code"), _ATTACKS.values(), ids=_ATTACKS)
def test_an_attack_ends_in_a_sentence(
    stand: Stand, attack: Callable[[Stand], None], code: str
) -> None:
    attack(stand)
    error = stand.run()
    assert error is not None
    assert (error.code, error.message.endswith("."), bool(error.hint)) == (code, True, True)
    stand.assert_nothing_ready()
    assert stand.staging.here_bytes(stand.order) <= _SIZE


@pytest.mark.parametrize("lie", [-1, 1, -_SIZE])
@pytest.mark.parametrize("length_said", [False, True])
def test_a_record_whose_size_lies_is_not_believed(
    stand: Stand, lie: int, *, length_said: bool
) -> None:
    order = stand.order
    stand.content.endless = not length_said and lie < 0
    lying = replace(order, files=(replace(order.files[0], size_bytes=_SIZE + lie),))
    error = stand.run(lying)
    assert error is not None
    assert error.code == "hash_mismatch"
    stand.assert_nothing_ready()


@pytest.mark.parametrize(
    "after", ["Mon, 01 Jan 99999 00:00:00 GMT", "9" * 5000, "-5", "\u00b2", ""]
)
def test_a_wait_that_is_none_is_not_believed(after: str) -> None:
    wait_s = asked_wait_s({"retry-after": after})
    assert wait_s is None


_TWINS = {
    "the same name": ("a/m.gguf", "b/m.gguf"),
    "other case": ("M.gguf", "m.gguf"),
    "sharp s": ("stra\u00dfe.gguf", "strasse.gguf"),
    "composed": ("e\u0301.gguf", "\u00e9.gguf"),
    "kelvin": ("\u212a.gguf", "k.gguf"),
    "ligature": ("\ufb01.gguf", "fi.gguf"),
}


@pytest.mark.parametrize("names", _TWINS.values(), ids=_TWINS)
def test_names_that_one_disk_takes_for_the_same_are_refused(
    stand: Stand, names: tuple[str, str]
) -> None:
    files = tuple(HubFile(name, 5, "a" * 64) for name in names)
    error = stand.run(replace(stand.order, files=files))
    assert error is not None
    assert error.code in {"repo_refused", "unsafe_name"}
    assert stand.hub.requests == []
    assert list(stand.staging.root.iterdir()) == []


_MISSHAPEN: dict[str, Callable[[DownloadOrder], DownloadOrder]] = {
    "ten thousand files": lambda order: replace(
        order, files=tuple(HubFile(f"{n}.gguf", 1, "a" * 64) for n in range(10_000))
    ),
    "negative": lambda order: replace(order, files=(HubFile("m.gguf", -1, "a" * 64),)),
    "no commit": lambda order: replace(order, commit="main"),
    "a path for a commit": lambda order: replace(order, commit="../../../../etc"),
    "a long commit": lambda order: replace(order, commit="c" * 41),
    "a hash that is none": lambda order: replace(order, files=(HubFile("m.gguf", 1, "zz"),)),
}


@pytest.mark.parametrize("misshape", _MISSHAPEN.values(), ids=_MISSHAPEN)
def test_what_cannot_be_right_is_refused_before_anything_connects(
    stand: Stand, misshape: Callable[[DownloadOrder], DownloadOrder]
) -> None:
    error = stand.run(misshape(stand.order))
    assert error is not None
    assert stand.hub.requests == []
    assert list(stand.staging.root.iterdir()) == []


def test_a_snapshot_that_changes_between_listing_and_fetching_is_noticed(stand: Stand) -> None:
    stand.hub.add_repo("ada/mlx", {"config.json": b"{}", "model.safetensors": _CONTENT})
    order = order_of(stand.hub, "ada/mlx")
    repository = stand.hub.repositories["ada/mlx"]
    changed = repository.at(
        repository.commit({"config.json": b'{"a": 1}', "model.safetensors": bytes(_SIZE)})
    )
    assert changed is not None
    repository.commits[order.commit] = changed[1]
    error = stand.run(order)
    assert error is not None
    assert error.code in {"hash_mismatch", "revision_moved"}
    stand.assert_nothing_ready()


def test_the_token_goes_to_the_hub_alone(stand: Stand) -> None:
    assert stand.run() is None
    told = [request.path for request in stand.hub.requests if "authorization" in request.headers]
    assert told
    assert all("/cdn/" not in path for path in told)
