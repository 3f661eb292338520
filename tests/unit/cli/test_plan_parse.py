"""``plan parse``: lines read as tasks, one or a file of them."""

import json

from tests.unit.cli.conftest import CommandLine

MONDAY = "2026-03-02T09:00:00+01:00"
EXAMPLE = {"text": "call Mum tomorrow 5pm #family", "now": "2026-03-02T09:00:00"}


def test_a_line_is_read_without_a_vault(cli: CommandLine) -> None:
    said = cli("plan", "parse", "essay by fri 5pm ~3h !high #chem", "--now", MONDAY)
    found = said.value
    assert found["title"] == "essay"
    assert found["due"] == "2026-03-06T17:00:00+01:00"
    assert (found["duration_min"], found["priority"], found["tags"]) == (180, "high", ["chem"])
    assert found["recurrence"] is None
    assert {part["kind"] for part in found["found"]} == {"due", "duration", "priority", "tag"}
    assert not (cli.profile / "data" / "vault.db").exists()
    words = cli("plan", "parse", "essay by fri 5pm", "--now", MONDAY, as_json=False).out
    assert "due: 2026-03-06 17:00" in words


def test_a_file_is_read_line_by_line_and_a_bad_line_stops_nothing(cli: CommandLine) -> None:
    file = cli.folder / "lines.jsonl"
    lines = [
        json.dumps(EXAMPLE),
        "not JSON",
        '{"text": 5}',
        '{"text": ""}',
        json.dumps({"text": "x" * 100_000}),
        json.dumps(EXAMPLE | {"text": "a\x00b \ud83d tomorrow"}),
        json.dumps(EXAMPLE | {"now": "2026-03-02T09:00:00+05:30"}),
    ]
    file.write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    said = cli("plan", "parse", "--batch", str(file))
    assert said.code == 0
    found = [json.loads(line) for line in said.out.splitlines()]
    assert found[0]["start"] == "2026-03-03T17:00:00"
    assert found[0]["tags"] == ["family"]
    codes = [one["error"]["code"] for one in found[1:5]]
    assert codes == ["line_invalid", "line_invalid", "line_empty", "line_long"]
    assert (found[5]["title"], found[5]["start"]) == ("a b", "2026-03-03T00:00:00")
    assert found[6]["start"] == "2026-03-03T17:00:00+05:30"
    assert len(found) == len(lines)


def test_what_cannot_be_read_is_said(cli: CommandLine) -> None:
    assert cli("plan", "parse").error["code"] == "nothing_to_read"
    assert cli("plan", "parse", "x", "--batch", "y").error["code"] == "nothing_to_read"
    assert cli("plan", "parse", "--batch", str(cli.folder / "no")).error["code"] == "file_not_found"
    assert cli("plan", "parse", "--batch", str(cli.folder)).error["code"] == "file_unreadable"
    both = cli("plan", "parse", "--batch", "y", "--ask-model").error
    assert both["code"] == "ask_alone"
    assert cli("plan", "parse", " ").error["code"] == "line_empty"
