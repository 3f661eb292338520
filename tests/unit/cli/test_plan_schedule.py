"""``plan schedule`` and what belongs to it, in one process."""

from pathlib import Path

from rcpsp.progen import CELLS, make

from assistant.planner.schedule.psplib import write_project
from tests.unit.cli.conftest import CommandLine

MONDAY = ("--now", "2026-03-02T09:00:00+01:00")


def test_a_week_is_planned_shown_and_explained(cli: CommandLine) -> None:
    cli("plan", "add", "thesis by today 6pm ~9h", *MONDAY)
    said = cli("plan", "schedule", "--seconds", "0.3", *MONDAY).value
    assert said["blocks"][0]["kind"] == "task"
    assert [one["title"] for one in said["overflow"]] == ["thesis"]
    assert said["overflow"][0]["remedies"]
    words = cli("plan", "week", *MONDAY, as_json=False).out
    assert "Monday 2 March" in words
    assert "No room was found for:" in words
    why = cli("plan", "explain", str(said["blocks"][0]["task"]), *MONDAY, as_json=False).out
    assert "Otherwise" in why or "elsewhere" in why


def test_a_block_is_moved_pinned_and_let_go(cli: CommandLine) -> None:
    cli("plan", "add", "essay by fri 5pm ~1h !high", *MONDAY)
    said = cli("plan", "schedule", "--seconds", "0.3", *MONDAY).value
    task = str(said["blocks"][0]["task"])
    moved = cli("plan", "move", task, "--to", "thursday 8pm", *MONDAY).value
    assert [one["start"] for one in moved["blocks"]] == ["2026-03-05T20:00:00+01:00"]
    for to, code in (
        ("soon", "moment_unclear"),
        ("2026-03-06", "moment_unclear"),
        ("20260306", "moment_unclear"),
        ("9999-12-31T23:59-05:00", "moment_unclear"),
        ("9999-12-31T23:59", "move_beyond"),
        ("2026-03-09T00:00", "move_beyond"),
    ):
        assert cli("plan", "move", task, "--to", to, *MONDAY).error["code"] == code
    assert "You put it here" in cli("plan", "explain", task, *MONDAY, as_json=False).out
    assert not cli("plan", "unpin", task, *MONDAY).value["blocks"][0]["pinned"]
    assert cli("plan", "pin", task, *MONDAY).value["blocks"][0]["pinned"]
    assert cli("plan", "replan", *MONDAY).value["moved"] == 0


def test_a_move_tells_what_it_breaks(cli: CommandLine) -> None:
    first, essay = (
        cli("plan", "add", line, *MONDAY).value["id"]
        for line in ("read novel ~1h", "essay by thursday 5pm ~1h")
    )
    cli("plan", "edit", str(essay), "--after", str(first), *MONDAY)
    cli("plan", "schedule", "--seconds", "0.3", *MONDAY)
    late = cli("plan", "move", str(essay), "--to", "fri 9am", *MONDAY)
    assert late.value["warnings"] == ["It is due Thursday 5 March, 17:00: this is late"]
    assert "nearest_free" not in late.value
    cli("plan", "move", str(first), "--to", "wed 10am", *MONDAY)
    early = cli("plan", "move", str(essay), "--to", "tue 10am", *MONDAY, as_json=False).out
    assert "But: It waits for “read novel”, which is planned until Wednesday 4 March" in early
    well = cli("plan", "move", str(essay), "--to", "thu 3pm", *MONDAY).value
    assert "warnings" not in well


def test_a_move_onto_an_appointment_says_so_and_where_there_is_room(cli: CommandLine) -> None:
    task = str(cli("plan", "add", "maths sheet ~1h", *MONDAY).value["id"])
    cli("plan", "add", "dentist thu 10:00-11:00", *MONDAY)
    cli("plan", "schedule", "--seconds", "0.3", *MONDAY)
    moved = cli("plan", "move", task, "--to", "thu 10:15", *MONDAY).value
    (warning,) = moved["warnings"]
    assert warning.startswith("It lies on “dentist”, Thu 05 Mar 10:00-11:00. ")
    assert warning.endswith("The nearest free room is Thursday 5 March, 11:00")
    assert moved["nearest_free"] == "2026-03-05T11:00:00+01:00"
    free = cli("plan", "move", task, "--to", moved["nearest_free"], *MONDAY)
    assert "warnings" not in free.value
    again = cli("plan", "move", task, "--to", "thu 9:45", *MONDAY, as_json=False).out
    assert "But: It lies on “dentist”" in again


def test_one_time_of_a_recurring_task_is_named_by_its_day(cli: CommandLine) -> None:
    cli("plan", "add", "gym every day 1h", *MONDAY)
    said = cli("plan", "schedule", "--days", "3", "--seconds", "0.3", *MONDAY).value
    assert [one["occurrence"] for one in said["blocks"]] == [
        None,
        "2026-03-03T00:00:00+01:00",
        "2026-03-04T00:00:00+01:00",
    ]
    task = str(said["blocks"][0]["task"])
    assert f"[{task} on 2026-03-04]" in cli("plan", "week", *MONDAY, as_json=False).out
    to = ("--to", "tuesday 3pm", "--on", "2026-03-03")
    moved = cli("plan", "move", task, *to, *MONDAY).value["blocks"]
    assert [one["pinned"] for one in moved] == [False, True, False]
    assert moved[1]["start"] == "2026-03-03T15:00:00+01:00"
    free = cli("plan", "unpin", task, "--on", "2026-03-03", *MONDAY).value["blocks"]
    assert not any(one["pinned"] for one in free)
    why = cli("plan", "explain", task, *MONDAY, as_json=False).out
    assert "It comes every day: this time of Wednesday 4 March" in why
    for on, code in (("soon", "day_unclear"), ("2026-03-09", "block_unknown")):
        assert cli("plan", "pin", task, "--on", on, *MONDAY).error["code"] == code


def test_a_project_is_planned_without_a_vault(cli: CommandLine) -> None:
    file = cli.folder / "made.sm"
    file.write_text(write_project(make(10, CELLS[0], 1)), encoding="utf-8")
    found = cli("plan", "rcpsp", str(file), "--seconds", "5").value
    assert set(found) == {"makespan", "optimal", "bound"}
    assert found["optimal"]
    assert found["makespan"] == found["bound"]
    assert not Path(cli.profile / "data" / "vault.db").exists()
    assert "periods" in cli("plan", "rcpsp", str(file), as_json=False).out
    assert cli("plan", "rcpsp", str(cli.folder / "no.sm")).error["code"] == "file_not_found"
    assert cli("plan", "rcpsp", str(file), "--seconds", "0").error["code"] == "seconds_outside"
    file.write_text("nothing", encoding="utf-8")
    assert cli("plan", "rcpsp", str(file)).error["code"] == "psplib_format"


def test_all_that_found_no_room_has_its_remedies_when_asked_also_what_waits(
    cli: CommandLine,
) -> None:
    for line in ("draft by today 6pm ~11h", "read ~1h"):
        cli("plan", "add", line, *MONDAY)
    cli("plan", "schedule", "--seconds", "0.3", *MONDAY)
    draft = 1
    late = cli("plan", "add", "poster by today 6pm ~9h", *MONDAY).value["id"]
    sums = cli("plan", "add", "proof by today 6pm ~2h", *MONDAY).value["id"]
    cli("plan", "edit", str(sums), "--after", str(late), *MONDAY)
    said = cli("plan", "replan", *MONDAY).value
    lacking = {one["task"] for one in said["overflow"]}
    assert {draft, late, sums} <= lacking

    for task in (draft, late):
        found = cli("plan", "remedies", str(task), *MONDAY).value
        assert found["overflow"]["remedies"]
    why = cli("plan", "explain", str(late), *MONDAY).value
    assert [one["task"] for one in why["overflow"]] == [late]
    waits = cli("plan", "explain", str(sums), *MONDAY).value
    assert waits["blocks"] == []
    assert [one["task"] for one in waits["overflow"]] == [sums, late]
    assert "waits for “poster”" in waits["overflow"][0]["text"]
    found = cli("plan", "remedies", str(sums), *MONDAY).value
    assert found["overflow"]["remedies"] == []
    assert found["waits_for"][0]["remedies"]

    assert cli("plan", "remedies", "2", *MONDAY).value["overflow"] is None
    assert "All of it is planned" in cli("plan", "remedies", "2", *MONDAY, as_json=False).out
    assert cli("plan", "remedies", "999", *MONDAY).error["code"] == "task_unknown"
    assert cli("plan", "explain", "999", *MONDAY).error["code"] == "task_unknown"
    assert cli("plan", "remedies", "2", "--on", "2026-03-06", *MONDAY).error["code"] == (
        "time_has_room"
    )


def test_what_is_not_asked_for_is_not_told_as_planned(cli: CommandLine) -> None:
    draft, whole = (
        cli("plan", "add", line, *MONDAY).value["id"] for line in ("draft ~1h", "move house ~5h")
    )
    part = cli("plan", "add", "boxes ~1h", "--parent", str(whole), *MONDAY).value["id"]
    cli("plan", "done", str(draft), *MONDAY)
    cli("plan", "schedule", "--seconds", "0.3", *MONDAY)

    assert cli("plan", "remedies", str(draft), *MONDAY).error["code"] == "task_ended"
    left_out = cli("plan", "remedies", str(whole), *MONDAY).value["overflow"]
    assert left_out["text"] == "Its parts are planned in its place"
    said = cli("plan", "remedies", str(whole), *MONDAY, as_json=False).out
    assert said.splitlines() == [f"move house  [{whole}]: Its parts are planned in its place"]
    assert cli("plan", "remedies", str(part), *MONDAY).value["overflow"] is None
