"""Sentences act through structured tools: first a preview, then one step that can be undone."""

from tests.unit.cli.conftest import CommandLine

NOW = ("--now", "2026-03-02T09:00:00+01:00")


def test_a_sentence_is_shown_confirmed_and_undone(cli: CommandLine) -> None:
    task = cli("plan", "add", "Chemistry sheet by tuesday ~1h", *NOW).value["id"]
    refused = cli("plan", "do", "move chemistry to Thursday", *NOW).error
    assert refused["code"] == "move_past_deadline"
    moving = "move the deadline of chemistry to Thursday"
    seen = cli("plan", "do", moving, *NOW).value
    assert (seen["action"], seen["task"], seen["applied"]) == ("due", task, False)
    assert "Due: Tue 03 Mar → Thu 05 Mar" in seen["changes"]
    assert cli("plan", "show", str(task), *NOW).value["due"] == "2026-03-03T00:00:00+01:00"
    done = cli("plan", "do", moving, "--yes", *NOW).value
    assert (done["applied"], done["tasks"], done["blocks"]) == (True, [task], None)
    assert cli("plan", "show", str(task), *NOW).value["due"] == "2026-03-05T00:00:00+01:00"
    assert cli("plan", "do", moving, *NOW).error["code"] == "nothing_to_change"
    planned = cli("plan", "do", "plan my week", "--yes", *NOW).value
    assert planned["blocks"] >= 1
    moved = cli("plan", "do", "move chemistry to wednesday", "--yes", *NOW).value
    assert moved["changes"][0].startswith("Planned: Mon 02 Mar")
    assert (moved["blocks"], moved["warnings"]) == (1, [])
    undone = cli("plan", "undo", *NOW).value["undone"]
    assert undone == "Move “Chemistry sheet”"
    assert cli("plan", "show", str(task), *NOW).value["due"] == "2026-03-05T00:00:00+01:00"
    assert cli("plan", "undo", *NOW).value["undone"] == "Plan the week"


def test_the_other_sentences(cli: CommandLine) -> None:
    essay = cli("plan", "add", "History essay", *NOW).value["id"]
    cli("plan", "add", "outline", "--parent", str(essay), *NOW)
    cli("plan", "add", "Biology essay", *NOW)
    added = cli("plan", "do", "remind me to call Mum tomorrow 5pm", "--yes", *NOW).value
    assert added["changes"][0] == "New task: call Mum"
    assert "when: 2026-03-03 17:00" in added["changes"]
    words = cli("plan", "do", "history essay takes 3 hours", "--yes", *NOW, as_json=False).out
    assert "Estimate: none → 180 min" in words
    assert "takes it back" in words
    done = cli("plan", "do", "i've finished the history essay", *NOW).value
    assert done["changes"][1] == "1 open part is done as well"
    assert cli("plan", "do", "mark history essay as done", "--yes", *NOW).value["applied"]
    assert cli("plan", "do", "done with physics", *NOW).error["code"] == "task_unknown"
    cli("plan", "add", "English essay", *NOW)
    error = cli("plan", "do", "done with essay", *NOW).error
    assert error["code"] == "task_ambiguous"
    assert "Biology essay" in error["message"]
    asked = cli("plan", "do", "what is due this week?", *NOW).value
    assert (asked["action"], asked["applied"]) == ("list", False)
    assert asked["changes"][0].startswith("“call Mum”, Tue 03 Mar 17:00")
    assert cli("plan", "do", "sing a song", "--no-model", *NOW).error["code"] == "command_unclear"
