"""A disk without a free byte: it is said in words, nothing is lost, and deleting works."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.helpers import small_disk
from tests.helpers.command_line import Assistant
from tests.helpers.small_disk import SmallDisk

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not small_disk.can_be_made(), reason="no way to a small disk here"),
]


class OnDisk(Assistant):
    """The application with its profile on a small disk."""

    def __init__(self, disk: SmallDisk, mounted: Path, beside: Path) -> None:
        super().__init__(beside)
        self.disk = disk
        self.profile = mounted / "profile"

    def command(self, *arguments: str) -> list[str]:
        return self.disk.inside(super().command(*arguments))

    def chats(self) -> list[dict[str, Any]]:
        return self.json("history", "list")["conversations"]


def exported(*texts: str) -> dict[str, Any]:
    """A file of chats, each of one message."""
    at = "2026-09-01T10:00:00Z"
    chats = [
        {
            "uid": f"{number:032x}",
            "title": text[:20],
            "created": at,
            "updated": at,
            "active_leaf": 0,
            "messages": [{"parent": None, "role": "user", "text": text, "time": at}],
        }
        for number, text in enumerate(texts)
    ]
    return {"format": "lamplight-chats", "version": 1, "conversations": chats}


@pytest.fixture
def mounted(tmp_path: Path) -> Path:
    folder = tmp_path / "disk"
    folder.mkdir()
    return folder


@pytest.fixture
def assistant(tmp_path: Path, mounted: Path) -> Iterator[OnDisk]:
    with SmallDisk(mounted, "80m") as disk:
        yield OnDisk(disk, mounted, tmp_path)


@pytest.fixture
def cramped(tmp_path: Path, mounted: Path) -> Iterator[OnDisk]:
    """On a disk too small for space to be held back."""
    with SmallDisk(mounted, "3m") as disk:
        yield OnDisk(disk, mounted, tmp_path)


@pytest.mark.model
def test_a_full_disk_still_opens_reads_and_forgets(assistant: OnDisk) -> None:
    for text in ("Remember the lighthouse", "Remember the harbour"):
        assistant.json("ask", text, "--max-tokens", "2")
    with assistant.disk.full():
        assert len(assistant.chats()) == 2
        assert assistant.json("history", "search", "lighthouse")["results"]
        assistant.json("history", "forget", "1")
        assert [chat["id"] for chat in assistant.chats()] == [2]
    assert assistant.json("ask", "Go on", "--conversation", "2", "--max-tokens", "2")["text"]


@pytest.mark.model
@pytest.mark.parametrize("free_kb", [24, 32, 40, 48, 56])
def test_a_nearly_full_disk_is_searched_by_what_has_been_read(
    assistant: OnDisk, free_kb: int
) -> None:
    assistant.json("ask", "Remember the lighthouse", "--max-tokens", "2")
    with assistant.disk.full(but_for=free_kb << 10):
        assert assistant.json("history", "search", "lighthouse")["results"]
    found = assistant.json("history", "search", "lighthouse")
    assert found["results"]
    assert found["by_words_only"] == 0


def test_a_short_chat_leaves_also_a_backup_larger_than_what_is_lent(assistant: OnDisk) -> None:
    chats = assistant.passphrase.with_name("chats.json")
    long = "".join(f"The harbour and lighthouse number {number}. " for number in range(60_000))
    chats.write_text(json.dumps(exported(long, "Good morning")))
    assistant.json("history", "import", str(chats))
    assistant.json("backup", "create")
    (backup,) = (assistant.disk.folder / "profile").rglob("*.backup")
    assert backup.stat().st_size > 2 << 20
    (short,) = (chat["id"] for chat in assistant.chats() if chat["title"] == "Good morning")
    with assistant.disk.full():
        assistant.json("history", "forget", str(short))
        assert len(assistant.chats()) == 1
    assert assistant.json("backup", "verify", backup.name)


@pytest.mark.model
def test_a_full_disk_without_any_room_is_named_and_loses_nothing(cramped: OnDisk) -> None:
    cramped.json("ask", "Remember the lighthouse", "--max-tokens", "2")
    with cramped.disk.full():
        for arguments in (("history", "list"), ("ask", "Hello")):
            error = cramped.error(*arguments)
            assert error["code"] == "disk_full"
            assert "full" in error["message"]
            assert "Free some space" in error["hint"]
    (chat,) = cramped.chats()
    shown = cramped.json("history", "show", str(chat["id"]))
    assert shown["messages"][0]["text"] == "Remember the lighthouse"


def test_no_history_is_begun_on_a_full_disk(cramped: OnDisk) -> None:
    with cramped.disk.full():
        assert cramped.error("history", "list")["code"] in ("disk_full", "profile_unwritable")
    assert cramped.chats() == []


@pytest.mark.model
def test_an_answer_that_fills_the_disk_is_kept_whole(assistant: OnDisk) -> None:
    process = subprocess.Popen(
        assistant.command(
            "ask", "Tell a very long story.", "--max-tokens", "400", "--stream", "--json"
        ),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    chat = json.loads(process.stdout.readline())["conversation"]
    written = json.loads(process.stdout.readline())["text"]
    with assistant.disk.full():
        rest, notes = process.communicate(timeout=240)
        events = [json.loads(line) for line in rest.splitlines()]
        assert events[-1]["event"] == "done", notes
        written += "".join(each["text"] for each in events[:-1])
        answer = assistant.json("history", "show", str(chat))["messages"][1]
        assert answer["text"] == written
        assert answer["status"] == "complete"
