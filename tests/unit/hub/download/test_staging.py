"""What a Hub lists can only ever become files inside of the folder of its order."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.domain.download import DownloadId, DownloadOrder
from assistant.domain.errors import UserFacingError
from assistant.domain.hub import HubFile
from assistant.domain.ids import ModelId
from assistant.domain.model import ModelFormat, ModelInfo
from assistant.hub.download import Staging, download_id

_HASH = "a" * 64
_HOSTILE = (
    "../model.gguf",
    "a/../../model.gguf",
    "/etc/model.gguf",
    "C:/model.gguf",
    "C:model.gguf",
    "//host/share/model.gguf",
    "\\\\host\\share\\model.gguf",
    "..\\model.gguf",
    "con.gguf",
    "sub/NUL",
    "model.gguf ",
    "model.gguf.",
    "a//model.gguf",
    "-rf.gguf",
    "model\0.gguf",
    "model\n.gguf",
    "\u202emodel.gguf",
    "model.gguf:stream",
    "x" * 400 + ".gguf",
    "",
    ".",
    "..",
)


def _order(*files: HubFile) -> DownloadOrder:
    model = ModelInfo(*(ModelId(""), "small", ModelFormat.GGUF, "", 0, "", 10, 0, "", "", "small"))
    commit = "c" * 40
    name = download_id("ada/small", commit, files)
    return DownloadOrder(name, "ada/small", commit, files, model, datetime.now(UTC))


@pytest.fixture
def staging(tmp_path: Path) -> Staging:
    return Staging(tmp_path / "models" / "downloads")


@pytest.mark.parametrize("name", _HOSTILE)
def test_hostile_names_make_no_file(staging: Staging, tmp_path: Path, name: str) -> None:
    order = _order(HubFile("good.gguf", 5, _HASH), HubFile(name, 5, _HASH))
    with pytest.raises(UserFacingError) as refused:
        staging.begin(order)
    assert refused.value.code == "unsafe_name"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "order",
    [
        _order(),
        _order(HubFile("a/m.gguf", 5, _HASH), HubFile("b/M.gguf", 5, _HASH)),
        _order(HubFile("m.gguf", 5, "", "")),
        _order(HubFile("m.gguf", -5, _HASH)),
        _order(HubFile("m.gguf", 1 << 60, _HASH)),
        replace(_order(HubFile("m.gguf", 5, _HASH)), id=DownloadId("../../../etc")),
    ],
    ids=["no files", "same names", "no hash", "negative", "endless", "id"],
)
def test_orders_that_cannot_be_right_are_refused(staging: Staging, order: DownloadOrder) -> None:
    with pytest.raises(UserFacingError) as refused:
        staging.begin(order)
    assert refused.value.code == "repo_refused"


@pytest.mark.parametrize(
    ("repo", "commit", "code"),
    [("../up", "c" * 40, "repo_unknown"), ("ada/small", "main", "hub_unreachable")],
)
def test_only_a_repository_at_a_commit_is_fetched_from(
    staging: Staging, repo: str, commit: str, code: str
) -> None:
    order = replace(_order(HubFile("m.gguf", 5, _HASH)), repo=repo, commit=commit)
    with pytest.raises(UserFacingError) as refused:
        staging.begin(order)
    assert refused.value.code == code


def test_a_link_in_the_place_of_a_folder_is_not_followed(staging: Staging, tmp_path: Path) -> None:
    order = _order(HubFile("m.gguf", 5, _HASH))
    staging.begin(order)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (staging.folder(order) / "parts").rmdir()
    try:
        (staging.folder(order) / "parts").symlink_to(elsewhere)
    except OSError:
        pytest.skip("no links here")
    with pytest.raises(UserFacingError) as refused:
        staging.part(order, order.files[0])
    assert refused.value.code == "unsafe_name"
    staging.discard(order)
    assert elsewhere.is_dir()


def test_orders_are_found_again_and_what_is_none_is_left_or_removed(staging: Staging) -> None:
    order = _order(HubFile("m.gguf", 5, _HASH))
    staging.begin(order)
    (staging.root / ("b" * 12)).mkdir()
    (staging.root / ("c" * 12)).mkdir()
    (staging.root / ("c" * 12) / "order.json").write_text("{", encoding="utf-8")
    (staging.root / "notes").mkdir()
    assert staging.orders() == [order]
    assert sorted(path.name for path in staging.root.iterdir()) == sorted(
        [order.id, "c" * 12, "notes"]
    )


def test_the_same_files_at_the_same_commit_are_one_order() -> None:
    one, two = HubFile("a.gguf", 5, _HASH), HubFile("b.gguf", 5, _HASH)
    name = download_id("ada/small", "c" * 40, [one, two])
    assert download_id("ada/small", "c" * 40, [two, one]) == name
    assert download_id("ada/small", "d" * 40, [one, two]) != name
    assert download_id("ada/small", "c" * 40, [one]) != name
