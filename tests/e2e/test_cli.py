"""The headless face as a program sees it: real processes, the real model, a vault of its own."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.command_line import Assistant
from tests.helpers.ends import heard

pytestmark = [pytest.mark.e2e, pytest.mark.model]


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    with heard():
        yield Assistant(tmp_path)


def test_a_question_is_answered_kept_found_and_forgotten(assistant: Assistant) -> None:
    asked = assistant.json(
        "ask", "What is a xylophone?", "--max-tokens", "12", "--temperature", "0", "--seed", "1"
    )
    assert asked["text"]
    assert asked["model"] == "SmolLM2 135M"
    assert asked["tier"] == "small"
    assert asked["finish_reason"] in ("stop", "length")
    assert 0 < asked["completion_tokens"] <= 12
    assert asked["prompt_tokens"] > 0
    assert asked["ttft_ms"] > 0
    assert asked["tokens_per_second"] > 0
    chat = str(asked["conversation"])

    more = assistant.json("ask", "And a zither?", "--conversation", chat, "--max-tokens", "4")
    assert more["conversation"] == asked["conversation"]
    shown = assistant.json("history", "show", chat)
    assert [message["role"] for message in shown["messages"]] == ["user", "assistant"] * 2
    assert shown["messages"][1]["text"] == asked["text"]
    assert shown["title"] == "What is a xylophone?"

    found = assistant.json("history", "search", "xylophone")["results"]
    assert found
    assert {hit["conversation"] for hit in found} == {asked["conversation"]}
    assert "xylophone" in found[0]["snippet"].casefold()

    assert assistant.json("history", "forget", chat) == {"forgotten": [asked["conversation"]]}
    assert assistant.json("history", "search", "xylophone")["results"] == []
    assert assistant.error("history", "show", chat)["code"] == "chat_unknown"


def test_the_same_seed_gives_the_same_answer(assistant: Assistant) -> None:
    call = ("ask", "Tell me about the sea.", "--max-tokens", "10", "--seed", "7")
    assert assistant.json(*call)["text"] == assistant.json(*call)["text"]


def test_a_stream_tells_that_the_question_is_stored_before_any_text(
    assistant: Assistant,
) -> None:
    done = assistant.run("ask", "Count to five.", "--max-tokens", "10", "--stream", "--json")
    assert done.returncode == 0, done.stderr
    events = [json.loads(line) for line in done.stdout.splitlines()]
    kinds = [event["event"] for event in events]
    assert kinds[0] == "accepted"
    assert kinds[-1] == "done"
    assert set(kinds[1:-1]) == {"text"}
    assert "".join(event["text"] for event in events[1:-1]) == events[-1]["text"]
    shown = assistant.json("history", "show", str(events[0]["conversation"]))
    assert shown["messages"][0]["id"] == events[0]["message"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
def test_an_interrupt_keeps_what_was_written(assistant: Assistant) -> None:
    process = subprocess.Popen(
        assistant.command(
            "ask", "Tell a very long story.", "--max-tokens", "900", "--stream", "--json"
        ),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    accepted = json.loads(process.stdout.readline())
    written = [json.loads(process.stdout.readline())["text"] for _ in range(5)]
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=240)
    assert process.returncode == 130, rest
    shown = assistant.json("history", "show", str(accepted["conversation"]))
    assert shown["messages"][1]["status"] == "stopped"
    assert shown["messages"][1]["text"].startswith("".join(written))


def test_export_and_import_carry_every_chat_to_another_profile(
    assistant: Assistant, tmp_path: Path
) -> None:
    asked = assistant.json("ask", "Hello there, lamp", "--max-tokens", "4")
    exported = tmp_path / "chats.json"
    assert assistant.json("history", "export", str(exported))["conversations"] == 1
    (tmp_path / "elsewhere").mkdir()
    other = Assistant(tmp_path / "elsewhere")
    assert other.json("history", "import", str(exported)) == {"imported": 1, "already_here": 0}
    assert other.json("history", "import", str(exported)) == {"imported": 0, "already_here": 1}
    [listed] = other.json("history", "list")["conversations"]
    shown = other.json("history", "show", str(listed["id"]))
    assert shown["messages"][1]["text"] == asked["text"]
    for name in ("chats.md", "chats.jsonl"):
        assistant.json("history", "export", str(tmp_path / name))
    assert "Hello there, lamp" in (tmp_path / "chats.md").read_text("utf-8")
    line = json.loads((tmp_path / "chats.jsonl").read_text("utf-8").splitlines()[0])
    assert [message["role"] for message in line["messages"]] == ["user", "assistant"]


def test_backups_are_made_listed_verified_and_restored(assistant: Assistant) -> None:
    first = assistant.json("ask", "Before the backup", "--max-tokens", "2")
    made = assistant.json("backup", "create")
    assert made["verified"]
    assistant.json("ask", "After the backup", "--max-tokens", "2")
    listed = assistant.json("backup", "list")["backups"]
    assert made["id"] in [backup["id"] for backup in listed]
    assert assistant.json("backup", "verify", made["id"])["messages"] == 2
    assistant.json("backup", "restore", made["id"])
    [chat] = assistant.json("history", "list")["conversations"]
    assert chat["id"] == first["conversation"]


def test_models_and_doctor_speak_of_the_starter(assistant: Assistant) -> None:
    models = assistant.json("models", "list")["models"]
    starter = next(model for model in models if model["installed"])
    assert starter["name"] == "SmolLM2 135M"
    assert starter["fit"]["verdict"] in ("fits", "slow", "wont_fit")
    assert starter["fit"]["why"]
    report = assistant.json("doctor")
    assert {"name", "state", "detail", "way_out"} == set(report["checks"][0])
    problems = [check for check in report["checks"] if check["state"] == "problem"]
    assert all(check["way_out"] for check in problems)


def test_a_schema_is_kept_to(assistant: Assistant, tmp_path: Path) -> None:
    schema = tmp_path / "schema.json"
    schema.write_text(
        json.dumps(
            {
                "type": "object",
                "properties": {"colour": {"enum": ["red", "green"]}, "n": {"type": "integer"}},
                "required": ["colour", "n"],
                "additionalProperties": False,
            }
        )
    )
    asked = assistant.json(
        "ask", "Pick a colour.", "--schema", str(schema), "--max-tokens", "60", "--seed", "3"
    )
    value = json.loads(asked["text"])
    assert value["colour"] in ("red", "green")
    assert isinstance(value["n"], int)


def test_bad_input_is_a_sentence_and_never_a_traceback(
    assistant: Assistant, tmp_path: Path
) -> None:
    assert assistant.error("ask", "   ")["code"] == "empty_message"
    assert assistant.error("ask", "x", "--model", "no-such-model")["code"] == "model_unknown"
    assert assistant.error("ask", "x", "--conversation", "99")["code"] == "chat_unknown"
    assert assistant.error("ask", "x", "--max-tokens", "0")["code"] == "setting_invalid"
    assert assistant.error("ask", "word " * 6000)["code"] == "prompt_too_long"
    junk = tmp_path / "junk.gguf"
    junk.write_bytes(b"not a model at all" * 100)
    assert "GGUF" in assistant.error("models", "import", str(junk))["message"]
    assert assistant.error("history", "import", str(junk))["hint"]
    assert assistant.error("backup", "verify", "../../etc/passwd")["code"]
    assistant.passphrase.write_text("another passphrase\n")
    wrong = assistant.error("history", "list")
    assert wrong["code"] == "passphrase_needed"
    assert wrong["hint"]


@pytest.mark.parametrize("arguments", [["ask"], ["nonsense"], ["models"], ["history", "show", "x"]])
def test_wrong_usage_is_exit_code_two(assistant: Assistant, arguments: list[str]) -> None:
    done = assistant.run(*arguments)
    assert done.returncode == 2
    assert "usage:" in done.stderr
    assert done.stdout == ""


def test_common_options_may_stand_before_the_command(assistant: Assistant) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "assistant",
            "--json",
            "--profile",
            str(assistant.profile),
            "models",
            "list",
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=os.environ,
    )
    assert done.returncode == 0
    assert json.loads(done.stdout)["models"]
