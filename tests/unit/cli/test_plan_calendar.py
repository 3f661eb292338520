"""``plan import``, ``calendars``, ``events`` and ``export`` in one process."""

import json

from tests.unit.cli.conftest import CommandLine

MONDAY = ("--now", "2026-03-02T09:00:00+01:00")
FILE = (
    "BEGIN:VCALENDAR\r\nX-WR-CALNAME:Home\r\nBEGIN:VEVENT\r\nUID:a\r\n"
    "DTSTART:20260303T090000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=3\r\nSUMMARY:Walk\r\n"
    "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:b\r\nSUMMARY:Lost\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def test_a_calendar_is_brought_in_asked_and_written_out(cli: CommandLine) -> None:
    file = cli.folder / "home.ics"
    file.write_bytes(FILE.encode())
    assert cli("plan", "calendars", *MONDAY, as_json=False).out == "There is no calendar.\n"
    (told,) = cli("plan", "import", str(file), *MONDAY).value["files"]
    assert (told["calendars"], told["added"]) == (["Home"], 1)
    assert told["refused"] == [
        {"component": "VEVENT", "line": 10, "title": "Lost", "reason": "It has no DTSTART."}
    ]
    words = cli("plan", "import", str(file), *MONDAY, as_json=False).out
    assert "1 unchanged, 1 refused" in words
    assert "refused: VEVENT on line 10 “Lost”: It has no DTSTART." in words

    found = cli("plan", "events", *MONDAY).value
    assert found["notes"] == []
    assert [one["start"] for one in found["events"]] == [
        f"2026-03-0{day}T10:00:00+01:00" for day in (3, 4, 5)
    ]
    later = ("--from", "2026-03-05", "--to", "2026-03-06T12:00:00+01:00")
    assert len(cli("plan", "events", *later, *MONDAY).value["events"]) == 1
    assert cli("plan", "events", "--from", "soon").error["code"] == "moment_invalid"
    for far in (("9999-12-31",), ("9990-01-01", "--to", "9991-01-01"), ("0001-01-01",)):
        assert cli("plan", "events", "--from", *far).error["code"] == "moment_invalid"
    assert cli("plan", "events", "--from", "9000-12-31", *MONDAY).value["events"] == []
    assert cli("plan", "events", "--from", "2026-03-05", "--to", "2026-03-05").error["code"] == (
        "span_invalid"
    )

    (row,) = cli("plan", "calendars", "--hide", "Home", *MONDAY).value["calendars"]
    assert (row["items"], row["shown"]) == (1, False)
    assert "hidden" in cli("plan", "calendars", *MONDAY, as_json=False).out
    out = cli.folder / "out.ics"
    assert cli("plan", "export", str(out), *MONDAY).value["bytes"] == len(out.read_bytes())
    assert json.dumps(cli("plan", "export", *MONDAY).value["ics"]) == json.dumps(
        out.read_bytes().decode()
    )
    assert cli("plan", "export", str(cli.folder)).error["code"] == "file_unwritable"
    assert cli("plan", "calendars", "--remove", "Home").value == {"removed": "Home", "items": 1}
    assert cli("plan", "calendars", "--remove", "Home").error["code"] == "calendar_unknown"


def test_an_invitation_that_the_user_declined_is_free_time(cli: CommandLine) -> None:
    file = cli.folder / "work.ics"
    asked = "ATTENDEE;PARTSTAT={}:mailto:{}@example.org\r\n"
    people = asked.format("DECLINED", "kim") + asked.format("ACCEPTED", "sam")
    file.write_bytes(FILE.replace("SUMMARY:Walk\r\n", f"SUMMARY:Walk\r\n{people}").encode())
    cli("plan", "import", str(file), *MONDAY)

    def busy() -> set[bool]:
        return {one["busy"] for one in cli("plan", "events", *MONDAY).value["events"]}

    assert busy() == {True}
    me = cli("plan", "calendars", "--me", "mailto:Kim@example.org", "kim@work.example", *MONDAY)
    assert me.value == {"me": ["kim@example.org", "kim@work.example"]}
    assert busy() == {False}
    assert "nobody" in cli("plan", "calendars", "--me", *MONDAY, as_json=False).out
    assert busy() == {True}


def test_files_of_which_nothing_can_be_read_are_an_error_and_leave_no_calendar(
    cli: CommandLine,
) -> None:
    folder = cli.folder / "all"
    folder.mkdir()
    whole = FILE.encode()
    broken = {
        "text": b"hello\n",
        "empty": b"",
        "noise": bytes(range(256)) * 8,
        "head": b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPROD",
        "cut": whole[: whole.index(b"DURATION")],
    }
    for name, data in broken.items():
        (folder / f"{name}.ics").write_bytes(data)
        answer = cli("plan", "import", str(folder / f"{name}.ics"), *MONDAY)
        assert (answer.code, answer.error["code"]) == (1, "calendar_refused"), name
        assert f"{name}.ics: " in answer.error["message"]
    every = cli("plan", "import", str(folder), *MONDAY)
    assert (every.code, every.error["code"]) == (1, "calendar_refused")
    assert "And 2 more." in every.error["message"]
    assert cli("plan", "calendars", *MONDAY).value["calendars"] == []

    (folder / "whole.ics").write_bytes(whole)
    some = cli("plan", "import", str(folder), *MONDAY)
    assert some.code == 0
    refused = {one["file"]: len(one["refused"]) for one in some.value["files"]}
    assert refused == {f"{name}.ics": 1 for name in broken} | {"whole.ics": 1, "cut.ics": 2}
    assert [one["name"] for one in cli("plan", "calendars", *MONDAY).value["calendars"]] == ["Home"]


def test_a_file_that_was_cut_off_is_read_as_far_as_it_goes_and_takes_nothing_away(
    cli: CommandLine,
) -> None:
    file = cli.folder / "home.ics"
    second = FILE.replace("UID:b\r\n", "UID:b\r\nDTSTART:20260303T120000Z\r\n")
    file.write_bytes(second.encode())
    assert cli("plan", "import", str(file), *MONDAY).value["files"][0]["added"] == 2
    file.write_bytes(second[: second.index("UID:b")].encode())

    answer = cli("plan", "import", str(file), *MONDAY)
    (told,) = answer.value["files"]
    assert (answer.code, told["unchanged"], told["removed"]) == (0, 1, 0)
    assert [one["reason"] for one in told["refused"]] == ["VEVENT is begun but not ended."]
    assert "the rest of it is missing" in told["notes"][0]["reason"]
    assert cli("plan", "calendars", *MONDAY).value["calendars"][0]["items"] == 2
    file.write_bytes(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    assert cli("plan", "import", str(file), *MONDAY).value["files"][0]["removed"] == 2
    assert cli("plan", "calendars", *MONDAY).value["calendars"] == []


def test_the_plan_comes_over_with_everything_else_and_is_told(cli: CommandLine) -> None:
    cli("plan", "add", "write lab report by fri 5pm ~3h", *MONDAY)
    cli("plan", "add", "call kim", *MONDAY)
    cli("plan", "schedule", *MONDAY)
    out = cli.folder / "out.ics"
    cli("plan", "export", str(out), *MONDAY)
    words = cli("plan", "import", str(out), *MONDAY, as_json=False).out
    planned = out.read_text().count("UID:block-")
    assert words == f"out.ics: 2 unchanged; 2 tasks and {planned} planned blocks in it\n"
    cli("plan", "schedule", "--days", "1", "--now", "2026-03-16T09:00:00+01:00")
    told = cli("plan", "import", str(out), *MONDAY).value["files"][0]
    assert told["blocks_left_out"] == planned
    assert "there is a plan here" in told["notes"][0]["reason"]
    assert cli("plan", "events", *MONDAY).value["events"] == []
