"""``models downloads``: listed, paused, gone on with and cleared away without a window."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.config.paths import profile_paths
from assistant.domain.download import Download, DownloadOrder, DownloadState
from assistant.hub.download import Staging
from assistant.hub.trash import tree_bytes
from assistant.services.core import Core
from assistant.services.window_lock import WindowLock
from tests.helpers.gguf_files import tiny
from tests.helpers.hub import HubDouble
from tests.helpers.hub.orders import order_of
from tests.unit.cli.conftest import CommandLine

pytestmark = pytest.mark.loopback
REPO = "owner/Small-GGUF"
KEYS = {
    *("id", "name", "repo", "quantization", "state", "done_bytes", "size_bytes"),
    *("detail", "hint", "model"),
}


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[HubDouble]:
    content = tiny({"general.description": "long " * 20_000}).bytes()
    with HubDouble() as double:
        monkeypatch.setenv("HF_ENDPOINT", double.url)
        double.add_repo(
            REPO,
            {"Small-Q4_0.gguf": content, "Small-Q8_0.gguf": content + bytes(32)},
            tags=("gguf",),
            gguf={"total": 1_000_000, "architecture": "llama", "context_length": 128},
        )
        yield double


@pytest.fixture
def broken_off(cli: CommandLine, hub: HubDouble) -> Callable[[str], DownloadOrder]:
    """Orders a file, and ends in its middle."""

    def begin(name: str) -> DownloadOrder:
        fault = hub.fault(f"{REPO}/{name}")
        fault.hold_at = 40_000
        order = order_of(hub, REPO, name)

        def bring(core: Core) -> None:
            here = threading.Event()

            def hear(shown: tuple[Download, ...]) -> None:
                if any(each.order.id == order.id and each.done_bytes >= 40_000 for each in shown):
                    here.set()

            core.downloads.on_changes(hear)
            core.downloads.order(order)
            assert here.wait(60)

        cli.on_core = bring
        cli("models", "list")
        cli.on_core = None
        fault.hold_at = None
        fault.release.set()
        return order

    return begin


def listed(cli: CommandLine) -> list[dict[str, Any]]:
    return cli("models", "downloads").value["downloads"]


def staging(cli: CommandLine) -> Staging:
    return Staging(profile_paths(cli.profile).models / "downloads")


def test_there_are_none_at_first(cli: CommandLine) -> None:
    assert listed(cli) == []
    assert cli("models", "downloads", as_json=False).out == "There are no downloads.\n"
    assert cli("models", "downloads", "clear").value == {"cleared": [], "freed_bytes": 0}
    assert cli("models", "downloads", "resume").value == {"models": []}
    assert cli("models", "downloads", "pause", "x").error["code"] == "download_unknown"


def test_what_was_broken_off_is_listed_paused_and_gone_on_with(
    cli: CommandLine,
    hub: HubDouble,
    broken_off: Callable[[str], DownloadOrder],
    starter_model: Path,
) -> None:
    content = bytearray(starter_model.read_bytes())
    content[-1] ^= 1  # another model than the one that is installed
    hub.add_repo(REPO, {"Small-Q4_0.gguf": bytes(content)})
    order = broken_off("Small-Q4_0.gguf")
    asked = len(hub.requests)
    [one] = listed(cli)
    assert one["detail"] == ""
    assert set(one) == KEYS
    assert (one["id"], one["repo"], one["state"]) == (order.id, REPO, DownloadState.QUEUED)
    assert 40_000 <= one["done_bytes"] < one["size_bytes"] == order.size_bytes
    words = cli("models", "downloads", as_json=False).out
    assert f"{order.id}  {REPO}:Small-Q4_0.gguf  Broken off  " in words
    assert "  98 MB\n" in words
    assert "downloads resume" in words
    [paused] = cli("models", "downloads", "pause", order.id).value["downloads"]
    assert paused["state"] == DownloadState.PAUSED
    assert len(hub.requests) == asked, "looking and pausing connect to nothing"

    said = cli("models", "downloads", "resume", REPO)
    assert [model["installed"] for model in said.value["models"]] == [True]
    starts = [each.headers.get("range", "bytes=0-") for each in hub.seen("/cdn/")]
    assert starts[-1] == f"bytes={one['done_bytes']}-"
    [done] = listed(cli)
    assert (done["state"], done["model"]) == (DownloadState.DONE, said.value["models"][0]["id"])
    assert cli("models", "downloads", "clear").value["cleared"] == [order.id]
    assert listed(cli) == []
    assert cli("models", "info", done["model"]).value["installed"], "the model stays"


def test_one_is_cleared_with_what_came_of_it_and_the_other_stays(
    cli: CommandLine, broken_off: Callable[[str], DownloadOrder]
) -> None:
    first, second = broken_off("Small-Q4_0.gguf"), broken_off("Small-Q8_0.gguf")
    ambiguous = cli("models", "downloads", "clear", REPO).error
    assert ambiguous["code"] == "download_ambiguous"
    assert first.id in ambiguous["hint"]
    assert second.id in ambiguous["hint"]
    assert cli("models", "downloads", "clear").value["cleared"] == [], "only what has ended"
    said = cli("models", "downloads", "clear", f"{REPO}:small-q4_0.gguf").value
    assert said["cleared"] == [first.id]
    assert said["freed_bytes"] >= 40_000
    assert not staging(cli).folder(first).exists()
    assert [each["id"] for each in listed(cli)] == [second.id]


def test_what_was_refused_is_cleared_without_a_name_and_left_no_bytes(
    cli: CommandLine, hub: HubDouble
) -> None:
    hub.add_repo("owner/Junk-GGUF", {"Junk-Q4_0.gguf": b"GGUF\3\0\0\0 no" * 9999}, tags=("gguf",))
    refused = cli("models", "download", "owner/Junk-GGUF:Q4_0").error
    assert refused["code"] == "model_broken"
    assert "downloading it again changes nothing" in refused["hint"]
    [failed] = listed(cli)
    assert (failed["state"], failed["done_bytes"]) == (DownloadState.FAILED, 0)
    assert tree_bytes(staging(cli).root / failed["id"]) < 9999
    assert "Failed" in cli("models", "downloads", as_json=False).out
    assert cli("models", "downloads", "clear").value["cleared"] == [failed["id"]]
    assert listed(cli) == []


def test_while_a_window_downloads_they_can_be_looked_at_and_no_more(
    cli: CommandLine, broken_off: Callable[[str], DownloadOrder]
) -> None:
    order = broken_off("Small-Q4_0.gguf")
    window = WindowLock(staging(cli).root / "lock")
    assert window.take()
    try:
        [seen] = listed(cli)
        assert (seen["id"], seen["detail"]) == (
            order.id,
            "Another window or command of Lamplight sees to it.",
        )
        words = cli("models", "downloads", as_json=False).out
        assert "  Under way  " in words
        assert "resume" not in words
        for what in ("pause", "resume", "clear"):
            error = cli("models", "downloads", what, order.id).error
            assert error["code"] == "downloads_elsewhere"
            assert "window" in error["hint"]
    finally:
        window.release()
    assert staging(cli).folder(order).is_dir()


def test_ctrl_c_names_the_command_that_goes_on_with_the_same_file(
    cli: CommandLine, hub: HubDouble, broken_off: Callable[[str], DownloadOrder]
) -> None:
    order = broken_off("Small-Q8_0.gguf")
    fault = hub.fault(f"{REPO}/Small-Q8_0.gguf")
    fault.release.clear()
    fault.held.clear()
    fault.hold_at = 80_000

    def interrupt(core: Core) -> None:
        fetch = core.downloads.fetch

        def broken_off_again(wanted: DownloadOrder) -> object:
            job = fetch(wanted)

            def result(timeout_s: float | None = None) -> object:
                assert fault.held.wait(60)
                raise KeyboardInterrupt

            job.result = result  # pyright: ignore[reportAttributeAccessIssue] - as Ctrl-C does
            return job

        core.downloads.fetch = broken_off_again  # pyright: ignore[reportAttributeAccessIssue] - the same

    cli.on_core = interrupt
    said = cli("models", "downloads", "resume", order.id)
    assert said.code == 130
    assert f"“assistant models downloads resume {order.id}” goes on" in said.err
    cli.on_core = None
    assert listed(cli)[0]["state"] == DownloadState.PAUSED


def test_list_takes_no_name(cli: CommandLine) -> None:
    assert cli("models", "downloads", "list", "x").error["code"] == "download_list_all"
