"""The model is asked where the grammar is unsure, and held to the line."""

import json

from assistant.engine.scripted import Script, ScriptedAnswer
from tests.unit.cli.conftest import CommandLine

NOW = ("--now", "2026-03-02T09:00:00+01:00")
LINE = "weekly review, deadlin is fryday, with slides"
NONE = {"when": "", "due": "", "duration": "", "recurrence": ""}


def says(cli: CommandLine, **parts: str) -> None:
    cli.script = Script((ScriptedAnswer(json.dumps(NONE | parts)),))


def test_the_model_is_asked_only_where_the_grammar_is_unsure(cli: CommandLine) -> None:
    says(cli, title="review with slides", due="friday", recurrence="weekly")
    found = cli("plan", "parse", LINE, "--ask-model", *NOW).value
    assert found["by_model"]
    assert (found["title"], found["due"]) == ("review with slides", "2026-03-06T00:00:00+01:00")
    assert found["recurrence"] == "FREQ=WEEKLY"
    sure = cli("plan", "parse", "review by fri", "--ask-model", *NOW).value
    assert not sure["by_model"]
    assert sure["title"] == "review"
    assert "by_model" not in cli("plan", "parse", LINE, *NOW).value
    added = cli("plan", "add", LINE, "--ask-model", *NOW).value
    assert (added["title"], added["recurrence"]) == ("review with slides", "FREQ=WEEKLY")


def test_what_the_model_invents_changes_nothing(cli: CommandLine) -> None:
    plain = cli("plan", "parse", LINE, *NOW).value
    says(cli, title="weekly review with slides", due="monday")
    said = cli("plan", "parse", LINE, "--ask-model", *NOW)
    assert said.value == plain | {"by_model": False}
    assert "does not stand in the line" in said.err
    cli.script = Script((ScriptedAnswer("No JSON at all."),))
    said = cli("plan", "parse", LINE, "--ask-model", *NOW)
    assert said.value == plain | {"by_model": False}
