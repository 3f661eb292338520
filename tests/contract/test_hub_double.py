"""The double of the Hub speaks as the real one does: the real client is satisfied with it."""

import hashlib
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import cast

import pytest

from tests.helpers.hub import HubDouble, Reply

pytestmark = pytest.mark.loopback

_READER, _STRANGER, _UNKNOWN = "reader", "stranger", "unknown"
_LARGE = bytes(range(256)) * 4096
_FILES = {"README.md": b"# Small\n", "model.gguf": _LARGE, "sub/deep/notes.txt": b"notes"}


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[HubDouble]:
    """With one repository, for the library's own client; one that passes the gate is put back."""
    client = import_module("huggingface_hub.utils._http")
    before = client._GLOBAL_CLIENT_FACTORY
    client.set_client_factory(client.default_client_factory)
    # Progress bars start a thread that nobody ends.
    monkeypatch.setattr(import_module("tqdm").tqdm, "monitor_interval", 0)
    with HubDouble() as double:
        double.add_repo("ada/small", _FILES, downloads=5, likes=9, tags=("gguf", "en"))
        yield double
        client.set_client_factory(before)


def _api(hub: HubDouble, token: str | bool = False):
    from huggingface_hub import HfApi

    return HfApi(endpoint=hub.url, token=token)


def _fetched(hub: HubDouble, name: str, into: Path, token: str | bool = False) -> bytes:
    # Not imported by name: the library leaves a part of its type open.
    fetch = cast("Callable[..., str]", import_module("huggingface_hub").hf_hub_download)
    path = fetch("ada/small", name, local_dir=into, endpoint=hub.url, token=token)
    return Path(path).read_bytes()


def test_a_model_is_described_with_the_records_of_its_files(hub: HubDouble) -> None:
    info = _api(hub).model_info("ada/small", files_metadata=True)
    assert info.sha == hub.repositories["ada/small"].head
    records = {sibling.rfilename: sibling for sibling in info.siblings or []}
    large = records["model.gguf"].lfs
    assert large is not None
    assert large.sha256 == hashlib.sha256(_LARGE).hexdigest()
    assert records["README.md"].lfs is None
    blob = b"blob 8\0# Small\n"
    assert records["README.md"].blob_id == hashlib.sha1(blob, usedforsecurity=False).hexdigest()


def test_the_tree_and_its_paths_carry_sizes_and_hashes(hub: HubDouble) -> None:
    from huggingface_hub.hf_api import RepoFile

    entries = list(_api(hub).list_repo_tree("ada/small", recursive=True))
    files = {entry.path: entry for entry in entries if isinstance(entry, RepoFile)}
    assert set(files) == set(_FILES)
    record = files["model.gguf"].lfs
    assert record is not None
    assert (record.size, files["model.gguf"].size) == (len(_LARGE), len(_LARGE))
    (again,) = _api(hub).get_paths_info("ada/small", ["model.gguf"])
    assert again == files["model.gguf"]


def test_lists_are_sorted_filtered_and_paged(hub: HubDouble) -> None:
    hub.page_size = 2
    for number in range(5):
        hub.add_repo(f"bea/m{number}", {}, downloads=number, tags=("mlx",), gguf={"total": 7})
    api = _api(hub)
    found = [model.id for model in api.list_models(sort="downloads", filter="mlx")]
    assert found == [f"bea/m{number}" for number in (4, 3, 2, 1, 0)]
    assert [model.id for model in api.list_models(search="SMALL ada")] == ["ada/small"]
    (first, *_) = api.list_models(sort="downloads", expand=["gguf", "downloads"], limit=3)
    assert (first.id, first.downloads, first.likes) == ("ada/small", 5, None)
    sized = api.list_models(sort="downloads", num_parameters="min:5,max:8", limit=1)
    assert [model.id for model in sized] == ["bea/m4"]


def test_files_are_fetched_and_large_ones_come_from_elsewhere(
    hub: HubDouble, tmp_path: Path
) -> None:
    hub.tokens[_READER] = set()
    for name, content in _FILES.items():
        assert _fetched(hub, name, tmp_path, _READER) == content
    (fetched,) = hub.seen("/cdn/")
    assert "authorization" not in fetched.headers
    assert "authorization" in hub.seen("/resolve/", "HEAD")[0].headers


def test_a_dropped_answer_can_be_gone_on_with_from_where_it_broke_off(hub: HubDouble) -> None:
    import httpx2

    hub.fault("ada/small/model.gguf").drop_at = [300_000]
    address = f"{hub.url}/ada/small/resolve/main/model.gguf"
    with httpx2.Client(follow_redirects=True, trust_env=False) as client:
        with pytest.raises(httpx2.RemoteProtocolError):
            client.get(address)
        answer = client.get(address, headers={"Range": "bytes=300000-"})
        assert answer.status_code == 206
        assert answer.content == _LARGE[300_000:]
        assert answer.headers["content-range"] == f"bytes 300000-{len(_LARGE) - 1}/{len(_LARGE)}"
        beyond = client.get(address, headers={"Range": f"bytes={len(_LARGE)}-"})
        assert beyond.status_code == 416


def test_what_is_missing_closed_or_too_much_is_refused_as_the_hub_refuses(
    hub: HubDouble, tmp_path: Path
) -> None:
    from huggingface_hub import errors

    hub.tokens |= {_READER: {"eva/closed"}, _STRANGER: set()}
    hub.add_repo("eva/closed", _FILES, gated="manual")
    with pytest.raises(errors.RepositoryNotFoundError):
        _api(hub).model_info("ada/none")
    with pytest.raises(errors.RevisionNotFoundError):
        _api(hub).model_info("ada/small", revision="0" * 40)
    with pytest.raises(errors.RemoteEntryNotFoundError):
        _fetched(hub, "none.gguf", tmp_path)
    assert _api(hub).model_info("eva/closed").gated == "manual"
    for token in (False, _STRANGER):
        with pytest.raises(errors.GatedRepoError):
            _api(hub, token=token).auth_check("eva/closed")
    _api(hub, token=_READER).auth_check("eva/closed")
    with pytest.raises(errors.HfHubHTTPError, match="401") as wrong:
        _api(hub, token=_UNKNOWN).model_info("ada/small")
    assert "Invalid credentials" in str(wrong.value)
    hub.fault("/api/models/ada/small").replies = [Reply.busy(55, header="RateLimit")]
    with pytest.raises(errors.HfHubHTTPError, match="Retry after 55 seconds"):
        _api(hub).model_info("ada/small")


def test_a_commit_stays_when_the_branch_moves(hub: HubDouble) -> None:
    before = hub.repositories["ada/small"].head
    hub.add_repo("ada/small", {"model.gguf": b"other"})
    api = _api(hub)
    assert api.model_info("ada/small").sha != before
    then = api.model_info("ada/small", revision=before, files_metadata=True)
    assert then.sha == before
    assert {file.rfilename for file in then.siblings or []} == set(_FILES)
