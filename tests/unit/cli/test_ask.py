"""Questions from the command line: what is printed, what is kept, what is refused."""

import io
import json
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.domain.errors import UserFacingError
from assistant.engine.scripted import Script, ScriptedAnswer
from assistant.services.answers import Answer, AnswerEvent, Text
from assistant.services.core import Core
from tests.helpers.ends import heard
from tests.unit.cli.conftest import CommandLine


def chats(cli: CommandLine) -> list[dict[str, object]]:
    return cli("history", "list").value["conversations"]


def test_an_answer_has_every_field_that_is_promised(cli: CommandLine) -> None:
    asked = cli(
        "ask", "What is this?", "--system", "Be brief.", "--temperature", "0", "--seed", "3"
    )
    value = asked.value
    assert set(value) == {
        "text",
        "model",
        "tier",
        "finish_reason",
        "prompt_tokens",
        "completion_tokens",
        "ttft_ms",
        "tokens_per_second",
        "conversation",
    }
    assert value["text"] == "It is a lamp."
    assert value["finish_reason"] == "stop"
    assert "recovery key" in asked.err
    [chat] = chats(cli)
    assert chat["system_prompt"] == "Be brief."


def test_a_chat_goes_on_under_another_system_prompt(cli: CommandLine) -> None:
    first = cli("ask", "One").value["conversation"]
    more = cli("ask", "Two", "--conversation", str(first), "--system", "Shout.").value
    assert more["conversation"] == first
    shown = cli("history", "show", str(first)).value
    assert shown["system_prompt"] == "Shout."
    assert [m["text"] for m in shown["messages"] if m["role"] == "user"] == ["One", "Two"]


def test_a_stream_is_one_object_a_line(cli: CommandLine) -> None:
    lines = [json.loads(line) for line in cli("ask", "Hi", "--stream").out.splitlines()]
    assert lines[0]["event"] == "accepted"
    assert {line["event"] for line in lines[1:-1]} == {"text"}
    assert lines[-1]["event"] == "done"
    assert "".join(line["text"] for line in lines[1:-1]) == lines[-1]["text"] == "It is a lamp."


@pytest.mark.parametrize("options", [(), ("--stream",)])
def test_a_person_reads_the_words_alone(cli: CommandLine, options: tuple[str, ...]) -> None:
    assert cli("ask", "Hi", *options, as_json=False).out == "It is a lamp.\n"


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_nothing_to_send_makes_no_chat(cli: CommandLine, text: str) -> None:
    assert cli("ask", text).error["code"] == "empty_message"
    assert chats(cli) == []


def test_the_question_may_come_from_standard_input(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"caf\xff?")))
    assert cli("ask", "-").value["text"]
    [chat] = chats(cli)
    assert chat["title"] == "Caf�?"
    monkeypatch.setattr(sys, "stdin", None)
    assert cli("ask", "-").error["code"] == "empty_message"


def test_half_a_surrogate_is_kept_as_a_mark(cli: CommandLine) -> None:
    cli("ask", "caf\udcff")
    [chat] = chats(cli)
    assert chat["title"] == "Caf�"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--max-tokens", "0"), "setting_invalid"),
        (("--max-tokens", "-1"), "setting_invalid"),
        (("--temperature", "nan"), "setting_invalid"),
        (("--temperature", "inf"), "setting_invalid"),
        (("--temperature", "-0.1"), "setting_invalid"),
        (("--model", "no such"), "model_unknown"),
        (("--conversation", "99"), "chat_unknown"),
        (("--schema", "/dev/null"), "schema_unreadable"),
        (("--schema", "missing.json"), "schema_unreadable"),
    ],
)
def test_what_cannot_be_is_refused_before_a_chat_is_made(
    cli: CommandLine, options: tuple[str, ...], code: str
) -> None:
    assert cli("ask", "Hi", *options).error["code"] == code
    assert chats(cli) == []


@pytest.mark.parametrize("content", ["[1]", "{", '{"a":' * 5000 + "1" + "}" * 5000])
def test_a_schema_file_must_hold_one_object(cli: CommandLine, tmp_path: Path, content: str) -> None:
    schema = tmp_path / "schema.json"
    schema.write_text(content)
    assert cli("ask", "Hi", "--schema", str(schema)).error["code"] == "schema_unreadable"


def test_an_answer_that_fails_says_why_and_keeps_the_question(cli: CommandLine) -> None:
    broken = UserFacingError("The model gave out.", "Try again.", code="broken")
    cli.script = Script((ScriptedAnswer("Half", fails_with=broken),))
    error = cli("ask", "Hi").error
    assert error == {"code": "broken", "message": "The model gave out.", "hint": "Try again."}
    [chat] = chats(cli)
    messages = cli("history", "show", str(chat["id"])).value["messages"]
    assert [(m["text"], m["status"]) for m in messages] == [("Hi", "complete"), ("Half", "failed")]


def test_what_is_left_out_is_noted_beside_the_answer(cli: CommandLine) -> None:

    def smallest(core: Core) -> None:
        core.settings.update("models", context_length=512)

    cli.on_core = smallest
    first = cli("ask", "word " * 150, "--max-tokens", "5").value["conversation"]
    notes = [
        cli("ask", "word " * 150, "--conversation", str(first), "--max-tokens", "5").err
        for _ in range(3)
    ]
    assert any("not read any more" in note for note in notes)


ENDS = [signal.SIGINT, signal.SIGTERM]
posix = pytest.mark.skipif(sys.platform == "win32", reason="a signal is sent to the own process")


@posix
@pytest.mark.parametrize("number", ENDS)
def test_an_end_that_is_asked_for_keeps_the_text(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    story = " ".join(f"word{at}" for at in range(3000))
    cli.script = Script((ScriptedAnswer(story),), tokens_per_second=100)
    as_it_comes = Answer.__iter__

    def interrupted(answer: Answer) -> Iterator[AnswerEvent]:
        for event in as_it_comes(answer):
            yield event
            if isinstance(event, Text) and not answer.cancel_token.cancelled:
                # On this thread, which waits for more: one that came late would end the tests.
                signal.raise_signal(number)

    with monkeypatch.context() as patch:
        patch.setattr(Answer, "__iter__", interrupted)
        with heard():
            ended = cli("ask", "Go on for ever.")
    assert ended.code == 130
    assert ended.out == ""
    [chat] = chats(cli)
    answer = cli("history", "show", str(chat["id"])).value["messages"][-1]
    assert answer["status"] == "stopped"
    assert answer["text"].startswith("word0")


@posix
@pytest.mark.parametrize("number", ENDS)
def test_an_end_that_is_asked_for_while_it_closes_leaves_nothing_running(
    cli: CommandLine, number: signal.Signals
) -> None:
    def interrupt(core: Core) -> None:
        close = core.downloads.close

        def closing() -> None:
            signal.raise_signal(number)
            close()

        core.downloads.close = closing  # pyright: ignore[reportAttributeAccessIssue] - stands in for an interrupt

    before = set(threading.enumerate())
    cli.on_core = interrupt
    with heard():
        assert cli("ask", "Hi").value["text"] == "It is a lamp."
    assert set(threading.enumerate()) <= before
    cli.on_core = None
    assert len(chats(cli)) == 1


def test_json_that_the_limit_cuts_is_written_to_its_end(cli: CommandLine, tmp_path: Path) -> None:
    cli.script = Script((ScriptedAnswer('["It is a'), ScriptedAnswer(' lamp."]')))
    schema = tmp_path / "schema.json"
    schema.write_text('{"type": "array"}')
    said = cli("ask", "Hi", "--schema", str(schema), "--max-tokens", "2").value
    assert said["finish_reason"] == "stop"
    assert said["text"] == '[" lamp."]'


@pytest.mark.parametrize(
    ("text", "words"),
    [("It is a lamp.", "it is no JSON"), ('{"n": "3"}', "it.n must be integer")],
)
def test_json_that_is_not_of_its_schema_is_an_error(
    cli: CommandLine, tmp_path: Path, text: str, words: str
) -> None:
    cli.script = Script((ScriptedAnswer(text),))
    schema = tmp_path / "schema.json"
    schema.write_text('{"properties": {"n": {"type": "integer"}}}')
    error = cli("ask", "Hi", "--schema", str(schema)).error
    assert error["code"] == "answer_invalid"
    assert words in error["message"]


def test_json_that_does_not_end_in_the_context_is_an_error(
    cli: CommandLine, tmp_path: Path
) -> None:
    cli.script = Script((ScriptedAnswer("[" + "1, 2, " * 4000),))
    schema = tmp_path / "schema.json"
    schema.write_text("{}")
    assert cli("ask", "Hi", "--schema", str(schema)).error["code"] == "answer_cut"
