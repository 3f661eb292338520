"""Chats listed, shown, searched, carried out and in, and forgotten from the command line."""

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from assistant.services.core import Core
from tests.unit.cli.conftest import CommandLine


def chat_file(folder: Path, *chats: dict[str, Any]) -> str:
    path = folder / "chats.json"
    content = {"format": "lamplight-chats", "version": 1, "conversations": list(chats)}
    path.write_text(json.dumps(content))
    return str(path)


def chat(**fields: Any) -> dict[str, Any]:
    sound: dict[str, Any] = {
        "uid": "0" * 32,
        "title": "Imported",
        "created": "2026-01-01T00:00:00Z",
        "updated": "2026-01-01T00:00:00Z",
        "messages": [],
    }
    return sound | fields


def message(**fields: Any) -> dict[str, Any]:
    sound = {"parent": None, "role": "user", "text": "a", "time": "2026-01-01T00:00:00Z"}
    return sound | fields


def test_an_empty_history_says_so_and_shows_its_recovery_key_once(cli: CommandLine) -> None:
    first = cli("history", "list", as_json=False)
    assert first.out == "There are no chats yet.\n"
    assert "recovery key" in first.err
    assert cli("history", "list").err == ""


def test_the_draft_of_a_new_chat_is_not_listed(cli: CommandLine) -> None:
    def begin(core: Core) -> None:
        assert core.vault.open(cli.passphrase.read_text().strip()).result(60)
        made = core.history.create().result(60)
        core.history.set_draft(made.id, "lighthouse").result(60)

    cli.on_core = begin
    assert cli("history", "list").value == {"conversations": []}
    cli.on_core = None
    assert cli("history", "list", as_json=False).out == "There are no chats yet.\n"
    assert cli("history", "search", "lighthouse").value["results"] == []
    assert cli("backup", "create").value["conversations"] == 0


def test_a_chat_is_found_exported_forgotten_and_imported_again(
    cli: CommandLine, tmp_path: Path
) -> None:
    chat_id = str(cli("ask", "Where is the lighthouse?").value["conversation"])
    assert "lighthouse" in cli("history", "list", as_json=False).out
    assert "[user]\nWhere" in cli("history", "show", chat_id, as_json=False).out
    assert "lighthouse" in cli("history", "search", "lighthouse", as_json=False).out
    hits = cli("history", "search", "lighthouse").value["results"]
    promised = {"conversation", "message", "role", "title", "snippet", "time", "by_meaning"}
    assert hits
    assert all(set(hit) == promised for hit in hits)
    for name, form in (("a.json", "json"), ("a.md", "markdown"), ("a.jsonl", "openai")):
        written = cli("history", "export", str(tmp_path / name)).value
        assert (written["format"], written["conversations"]) == (form, 1)
    only = ("--conversation", chat_id, "--format", "markdown")
    assert cli("history", "export", str(tmp_path / "b.txt"), *only).value["format"] == "markdown"
    assert cli("history", "forget", chat_id).value == {"forgotten": [int(chat_id)]}
    assert cli("history", "search", "lighthouse", as_json=False).out == "Nothing was found.\n"
    back = cli("history", "import", str(tmp_path / "a.json"))
    assert back.value == {"imported": 1, "already_here": 0}
    assert cli("history", "import", str(tmp_path / "a.json")).value["already_here"] == 1


@pytest.mark.parametrize(
    "bad",
    [
        chat(updated="9999-12-31T23:59:59-12:00"),
        chat(created="0001-01-01T00:00:00+14:00"),
        chat(messages=[message(time="9999-12-31T23:59:59-01:00")]),
        chat(messages=[message(parent=0)]),
        chat(messages=[message(), message(parent=-1)]),
        chat(active_leaf=0),
        chat(active_leaf=10**30),
        chat(uid="../../../etc/passwd".ljust(32, "0")),
        chat(
            messages=[
                message(
                    numbers={
                        "prompt_tokens": 10**25,
                        "completion_tokens": 0,
                        "ttft_ms": 0,
                        "tokens_per_second": 0,
                    }
                )
            ]
        ),
    ],
)
def test_one_bad_chat_in_a_file_brings_nothing_in(
    cli: CommandLine, tmp_path: Path, bad: dict[str, Any]
) -> None:
    path = chat_file(tmp_path, chat(uid="1" * 32), bad)
    assert cli("history", "import", path).error["code"] == "import_invalid"
    assert cli("history", "list").value == {"conversations": []}


@pytest.mark.parametrize("content", [b"", b"{}", b"[" * 50_000, b'{"a":' * 50_000, b"\xff\x00"])
def test_junk_is_no_file_of_chats(cli: CommandLine, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "junk.json"
    path.write_bytes(content)
    assert cli("history", "import", str(path)).error["code"].startswith("import_")


def test_only_a_plain_file_is_read(cli: CommandLine, tmp_path: Path) -> None:
    places = [tmp_path, tmp_path / "missing", tmp_path / ("x" * 300)]
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")  # reading it would wait for ever
        places.append(tmp_path / "pipe")
    for place in places:
        assert cli("history", "import", str(place)).error["code"] == "import_unreadable"


def test_an_export_goes_through_a_link_and_never_over_what_is_no_file(
    cli: CommandLine, tmp_path: Path
) -> None:
    target, link = tmp_path / "target.json", tmp_path / "link.json"
    link.symlink_to(target)
    assert cli("history", "export", str(link)).code == 0
    assert link.is_symlink()
    assert target.read_text().startswith("{")
    for place in ("/", ".", str(tmp_path), str(tmp_path / "no" / "x"), str(tmp_path / ("x" * 300))):
        assert cli("history", "export", place).error["code"] == "export_failed"
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        assert cli("history", "export", str(tmp_path / "pipe")).error["code"] == "export_failed"
        assert (tmp_path / "pipe").is_fifo()
    assert list(tmp_path.glob("*.part")) == []


@pytest.mark.parametrize("words", [["show", "-5"], ["forget", str(2**63 - 1)]])
def test_a_chat_that_is_not_there_is_said_to_be_gone(cli: CommandLine, words: list[str]) -> None:
    assert cli("history", *words).error["code"] == "chat_unknown"


@pytest.mark.parametrize("words", [[""], ['"*('], ["NOT", "a:b"], ["\udcff"], ["NEAR("]])
def test_no_words_break_the_search(cli: CommandLine, words: list[str]) -> None:
    assert cli("history", "search", *words, "--limit", "-3").value["results"] == []


def test_a_search_reads_what_was_just_said_and_names_what_it_found_by_meaning(
    cli: CommandLine, embedding_model_file: Path
) -> None:
    assert embedding_model_file.is_file()
    cli("ask", "Stir the noodles and use plenty of boiling water.")
    found = cli("history", "search", "pasta sticks together").value
    assert found["by_words_only"] == 0
    (hit,) = found["results"]
    assert hit["by_meaning"]
    assert "noodles" in hit["snippet"]
    shown = cli("history", "search", "pasta sticks together", as_json=False).out
    assert "(by meaning)" in shown


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the time zone cannot be set here")
def test_times_are_those_of_the_clock_on_the_wall(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("ask", "Hello", "--now", "2026-03-01T22:00:00+00:00")
    monkeypatch.setenv("TZ", "IST-5:30")
    time.tzset()
    try:
        assert "2026-03-02 03:30  Hello" in cli("history", "list", as_json=False).out
        [chat] = cli("history", "list").value["conversations"]
        assert chat["updated"] == "2026-03-01T22:00:00+00:00", "programs get it with its zone"
    finally:
        monkeypatch.undo()
        time.tzset()


def test_what_the_planner_said_is_shown_as_its_words(cli: CommandLine) -> None:
    def note(core: Core) -> None:
        assert core.vault.open(cli.passphrase.read_text().strip()).result(60)
        if not core.history.conversations().result(60):
            made = core.history.create().result(60)
            core.chat.notes.keep(made.id, "plan my week", "Done: Plan the week").result(60)

    cli.on_core = note
    [listed] = cli("history", "list").value["conversations"]
    cli.on_core = None
    asked, said = cli("history", "show", str(listed["id"])).value["messages"]
    assert (asked["role"], asked["text"], asked["model"]) == ("user", "plan my week", "")
    assert (said["role"], said["text"]) == ("assistant", "Done: Plan the week")
    assert said["model"] == "Planner"
