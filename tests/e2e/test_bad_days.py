"""The process dies, the disk lies, a file is wrong: nothing that was acknowledged is lost."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.helpers.command_line import Assistant

pytestmark = [pytest.mark.e2e, pytest.mark.model]


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    return Assistant(tmp_path)


def begin_a_story(assistant: Assistant) -> "subprocess.Popen[str]":
    arguments = ("ask", "Tell a very long story.", "--max-tokens", "900", "--stream", "--json")
    return subprocess.Popen(assistant.command(*arguments), stdout=subprocess.PIPE, text=True)


def test_a_kill_while_an_answer_is_written_keeps_the_question_and_the_text(
    assistant: Assistant,
) -> None:
    process = begin_a_story(assistant)
    assert process.stdout is not None
    accepted = json.loads(process.stdout.readline())
    written = ""
    # The text is saved at least every second: what came more than a few seconds ago is safe.
    while len(written) < 400:
        line = process.stdout.readline()
        written += json.loads(line).get("text", "")
    process.kill()
    process.communicate(timeout=240)
    shown = assistant.json("history", "show", str(accepted["conversation"]))
    question, answer = shown["messages"]
    assert question["text"] == "Tell a very long story."
    assert answer["status"] == "interrupted"
    assert written.startswith(answer["text"][:20])
    # The next start works as any other, and goes on in the same chat.
    more = assistant.json(
        "ask", "Go on.", "--conversation", str(accepted["conversation"]), "--max-tokens", "2"
    )
    assert more["conversation"] == accepted["conversation"]


def test_a_second_process_on_the_same_profile_is_told_so(assistant: Assistant) -> None:
    process = begin_a_story(assistant)
    assert process.stdout is not None
    process.stdout.readline()
    try:
        error = assistant.error("history", "list")
        assert error["code"] == "already_running"
        assert error["hint"]
    finally:
        process.kill()
        process.communicate(timeout=240)
    assert assistant.json("history", "list")["conversations"]


def test_a_damaged_history_is_refused_and_a_backup_brings_it_back(assistant: Assistant) -> None:
    first = assistant.json("ask", "Remember the lighthouse", "--max-tokens", "2")
    assistant.json("backup", "create")
    database = assistant.profile / "data" / "vault.db"
    content = bytearray(database.read_bytes())
    content[len(content) // 2] ^= 0x40
    database.write_bytes(content)
    error = assistant.error("history", "list")
    assert error["code"] == "vault_damaged"
    assert "backup" in error["hint"].casefold()
    assert database.read_bytes() == bytes(content)
    report = assistant.json("doctor")
    assert report["checks"]
    assistant.json("backup", "restore")
    shown = assistant.json("history", "show", str(first["conversation"]))
    assert shown["messages"][0]["text"] == "Remember the lighthouse"
    assert [path for path in database.parent.iterdir() if ".damaged-" in path.name]


@pytest.mark.parametrize("harm", ["missing", "empty", "truncated"])
def test_a_history_that_is_gone_never_becomes_a_new_one(assistant: Assistant, harm: str) -> None:
    assistant.json("ask", "Remember", "--max-tokens", "1")
    database = assistant.profile / "data" / "vault.db"
    if harm == "missing":
        database.unlink()
    else:
        size = 0 if harm == "empty" else database.stat().st_size // 2 + 100
        with database.open("r+b") as stream:
            stream.truncate(size)
    before = database.read_bytes() if database.exists() else None
    assert assistant.error("ask", "Hello", "--max-tokens", "1")["code"] == "vault_damaged"
    assert (database.read_bytes() if database.exists() else None) == before


@pytest.mark.parametrize("harm", ["junk", "truncated"])
def test_a_broken_model_file_is_refused_and_leaves_nothing(
    assistant: Assistant, tmp_path: Path, starter_model: Path, harm: str
) -> None:
    source = tmp_path / "broken.gguf"
    with starter_model.open("rb") as reader, source.open("wb") as writer:
        if harm == "junk":
            writer.write(b"GGUF" + bytes(1000))
        else:
            shutil.copyfileobj(reader, writer)
            writer.truncate(40_000_000)
    error = assistant.error("models", "import", str(source))
    assert error["message"]
    assert error["hint"]
    assert list((assistant.profile / "data" / "models").iterdir()) == []


def test_a_clock_set_back_changes_no_order(assistant: Assistant) -> None:
    for year, text in (("2030", "first"), ("1971", "second"), ("2026", "third")):
        arguments = ["ask", text, "--max-tokens", "1", "--now", f"{year}-05-01T10:00:00+00:00"]
        if text != "first":
            arguments += ["--conversation", "1"]
        assistant.json(*arguments)
    messages = assistant.json("history", "show", "1")["messages"]
    assert [m["text"] for m in messages if m["role"] == "user"] == ["first", "second", "third"]
