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
