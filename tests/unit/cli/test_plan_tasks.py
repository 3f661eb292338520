"""Tasks from the command line."""

from tests.unit.cli.conftest import CommandLine

NOW = ("--now", "2026-03-02T09:00:00+01:00")


def test_a_task_from_its_line_to_its_end(cli: CommandLine) -> None:
    added = cli("plan", "add", "essay by fri 5pm ~3h !high #chem +School", *NOW).value
    assert (added["title"], added["project"], added["estimate_min"]) == ("essay", "School", 180)
    assert (added["due"], added["due_whole_day"]) == ("2026-03-06T17:00:00+01:00", False)
    essay = str(added["id"])
    part = cli("plan", "add", "outline", "--parent", essay, *NOW).value
    gym = cli("plan", "add", "gym every mon 6pm for 1h", *NOW).value
    assert gym["recurrence"] == "FREQ=WEEKLY;BYDAY=MO"
    listed = cli("plan", "list", *NOW).value["tasks"]
    assert [one["title"] for one in listed] == ["gym", "essay", "outline"]
    words = cli("plan", "list", "--filter", "#chem due:week", *NOW, as_json=False).out
    assert "Fri 06 Mar 2026 17:00" in words
    assert "outline" not in words
    assert cli("plan", "list", "--filter", "due:blue", *NOW).error["code"] == "filter_unknown"
    assert [
        one["id"] for one in cli("plan", "list", "--project", "school", *NOW).value["tasks"]
    ] == [
        added["id"],
        part["id"],
    ]
    assert cli("plan", "list", "--inbox", "--limit", "1", *NOW).value["tasks"][0] == gym
    assert cli("plan", "done", essay, *NOW).error["code"] == "parts_open"
    done = cli("plan", "done", essay, str(gym["id"]), "--with-parts", *NOW).value
    assert set(done["ended"]) == {added["id"], part["id"], gym["id"]}
    assert done["again"][0]["start"] == "2026-03-09T18:00:00+01:00"
    assert len(cli("plan", "list", "--done", *NOW).value["tasks"]) == 3
    today = cli("plan", "list", "--today", *NOW).value
    assert (today["day"], len(today["done"])) == ("2026-03-02", 3)
    assert today["stretches"] == []
    assert cli("plan", "undo", *NOW).value["undone"] == "Complete 2 tasks"
    assert cli("plan", "redo", *NOW).value["redone"] == "Complete 2 tasks"
    assert cli("plan", "redo", *NOW).error["code"] == "nothing_to_undo"
    again = cli("plan", "reopen", essay, *NOW).value["tasks"]
    assert again[0]["state"] == "open"
    assert cli("plan", "delete", essay, *NOW).value["deleted"] == [added["id"]]
    assert cli("plan", "show", essay, *NOW).error["code"] == "task_unknown"
    assert len(cli("plan", "list", "--board", *NOW).value["columns"]["open"]) == 1


def test_tasks_are_changed_and_shown(cli: CommandLine) -> None:
    first = str(cli("plan", "add", "buy paper", *NOW).value["id"])
    second = str(cli("plan", "add", "print", *NOW).value["id"])
    cli("plan", "projects", "--add", "Home")
    options = [
        *("--due", "fri 5pm", "--start", "wed", "--estimate", "1h 30m", "--repeat", "every week"),
        *("--priority", "low", "--project", "home", "--place", "office", "--prefers", "morning"),
        *("--after", first, "--tag", "#ink", "--no-split", "--notes", "in colour"),
    ]
    changed = cli("plan", "edit", second, *options, *NOW).value["tasks"][0]
    assert changed["due"] == "2026-03-06T17:00:00+01:00"
    assert changed["not_before"] == "2026-03-04T00:00:00+01:00"
    assert (changed["estimate_min"], changed["recurrence"]) == (90, "FREQ=WEEKLY")
    assert (changed["priority"], changed["project"], changed["place"]) == ("low", "Home", "office")
    assert (changed["prefers"], changed["after"], changed["tags"]) == (
        "morning",
        [int(first)],
        ["ink"],
    )
    assert (changed["split"], changed["notes"]) == (False, "in colour")
    shown = cli("plan", "show", second, *NOW).value
    assert shown["blocked"]
    assert [one["kind"] for one in shown["events"]] == ["added", "due_moved", "estimated"]
    words = cli("plan", "show", second, *NOW, as_json=False).out
    for said in ("Estimate: 1 h 30 min", "First: buy paper", "Project: Home", "in colour"):
        assert said in words
    assert "Then: print" in cli("plan", "show", first, *NOW, as_json=False).out
    gone = ["due", "start", "estimate", "repeat", "priority", "project", "place", "prefers"]
    nothing = [word for name in gone for word in (f"--{name}", "none")]
    plain = cli(
        "plan", "edit", second, *nothing, "--notes", "none", "--untag", "INK", "--not-after", first
    ).value["tasks"][0]
    assert [plain[name] for name in ("due", "estimate_min", "project", "prefers")] == [None] * 4
    assert (plain["tags"], plain["after"], plain["notes"]) == ([], [], "")
    line = cli("plan", "edit", second, "--line", "tomorrow 3pm for 1h", *NOW).value["tasks"][0]
    assert (line["title"], line["end"]) == ("print", "2026-03-03T16:00:00+01:00")
    moved = cli("plan", "edit", second, "--start", "fri 10:00", *NOW).value["tasks"][0]
    assert moved["end"] == "2026-03-06T11:00:00+01:00"
    for wrong in (
        ("--due", "whenever"),
        ("--start", "blue"),
        ("--estimate", "x"),
        ("--repeat", "now and then"),
        ("--priority", "huge"),
        ("--prefers", "noon"),
    ):
        assert cli("plan", "edit", second, *wrong, *NOW).error["code"] == "edit_unreadable"
    assert cli("plan", "edit", second, "--project", "no").error["code"] == "project_unknown"
    assert cli("plan", "edit", second).error["code"] == "nothing_to_change"
    assert cli("plan", "edit", second, first, "--line", "x").error["code"] == "line_titled"
    circle = cli("plan", "edit", first, "--after", second).value["tasks"]
    assert circle[0]["after"] == [int(second)]
    error = cli("plan", "edit", second, "--after", first).error
    assert error["code"] == "task_cycle"
    assert "“print” waits for “buy paper”, and that waits for “print”" in error["message"]


def test_time_and_hours(cli: CommandLine) -> None:
    task = str(cli("plan", "add", "read", *NOW).value["id"])
    assert cli("plan", "start", task, *NOW).value["end"] is None
    later = ("--now", "2026-03-02T10:00:00+01:00")
    assert cli("plan", "stop", "--at", "2026-03-02T09:30", *later).value["minutes"] == 30
    assert cli("plan", "stop", *later).error["code"] == "work_not_running"
    span = ("--from", "2026-03-01T09:00", "--to", "2026-03-01T10:30")
    logged = cli("plan", "log", task, *span, *NOW).value
    assert logged["minutes"] == 90
    longer = ("--from", "2026-03-01T08:30", "--to", "2026-03-01T10:30")
    stretch = str(logged["id"])
    assert cli("plan", "log", stretch, "--correct", *longer, *NOW).value["minutes"] == 120
    assert "2 h 30 min" in cli("plan", "show", task, *NOW, as_json=False).out
    assert cli("plan", "log", stretch, "--remove", *NOW).value["task"] == int(task)
    assert cli("plan", "log", task, *NOW).error["code"] == "work_outside"
    hours = cli("plan", "hours", "sat", "10-12", "13:00-24:00").value["hours"]
    assert hours["sat"] == [["10:00", "12:00"], ["13:00", "00:00"]]
    assert cli("plan", "hours", "mon", "none").value["hours"]["mon"] == []
    for wrong in (("mon",), ("someday", "9-10"), ("mon", "9"), ("mon", "9-25"), ("mon", "12-9")):
        assert cli("plan", "hours", *wrong).error["code"] == "hours_outside"
    assert cli("plan", "hours", "mon", "9:75-12:00").error["code"] == "hours_outside"


def test_zone_words_and_projects(cli: CommandLine) -> None:
    assert cli("plan", "zone", "Asia/Tokyo", *NOW).value["now"] == "2026-03-02T17:00:00+09:00"
    assert cli("plan", "parse", "call at 5pm", *NOW).value["start"].endswith("+09:00")
    assert cli("plan", "zone", "none", *NOW).value["zone"] is None
    assert cli("plan", "zone", "Nowhere").error["code"] == "zone_unknown"
    assert cli("plan", "vocabulary", "add", "after class", "15:30").value["vocabulary"] == [
        {"phrase": "after class", "meaning": "15:30", "taught": 1}
    ]
    example = "write lab report by fri 5pm ~3h !high #chem every other week after class"
    found = cli("plan", "parse", example, *NOW).value
    assert (found["title"], found["recurrence"]) == ("write lab report", "FREQ=WEEKLY;INTERVAL=2")
    assert "after class  =  15:30" in cli("plan", "vocabulary", as_json=False).out
    cli("plan", "vocabulary", "add", "tomorrow", "by 2026-03-05")
    told = cli("plan", "vocabulary", as_json=False).out
    assert "tomorrow  =  by 2026-03-05  (hides a common word; " in told
    cli("plan", "vocabulary", "remove", "tomorrow")
    assert cli("plan", "vocabulary", "remove", "after class").value["vocabulary"] == []
    assert cli("plan", "vocabulary", "add").error["code"] == "phrase_unusable"
    cli("plan", "projects", "--add", "Home")
    cli("plan", "projects", "--rename", "home", "House")
    cli("plan", "projects", "--archive", "house")
    assert cli("plan", "projects").value["projects"] == []
    assert cli("plan", "projects", "--archived").value["projects"][0]["archived"]
    cli("plan", "projects", "--bring-back", "House")
    assert "House  (0 open)" in cli("plan", "projects", as_json=False).out
    assert cli("plan", "projects", "--delete", "House").value["projects"] == []
    assert cli("plan", "projects", "--delete", "House").error["code"] == "project_unknown"


def test_customs_are_said_and_taken_back(cli: CommandLine) -> None:
    unset = {"focus_min": None, "rest_min": None, "travel_min": None, "late": False}
    assert cli("plan", "customs").value == unset
    said = cli("plan", "customs", "--focus", "60", "--travel", "0", "--late", "yes").value
    assert said == unset | {"focus_min": 60, "travel_min": 0, "late": True}
    assert cli("plan", "customs", "--rest", "soon").error["code"] == "custom_outside"
    assert cli("plan", "customs", "--rest", "500").error["code"] == "custom_outside"
    assert cli("plan", "customs", "--focus", "none", "--late", "no").value["focus_min"] is None
    words = cli("plan", "customs", as_json=False).out
    assert "focus   not set" in words
    assert "travel  0 min" in words


def test_a_filter_is_turned_round_by_a_minus(cli: CommandLine) -> None:
    cli("plan", "add", "sweep @home !high by tomorrow", *NOW)
    cli("plan", "add", "essay on homes !high by tomorrow", *NOW)
    for words in (("--filter", "-@home"), ("--filter=-@home",)):
        titles = [one["title"] for one in cli("plan", "list", *words, *NOW).value["tasks"]]
        assert "essay on homes" in titles
        assert "sweep" not in titles
    whole = cli("plan", "list", "--filter", "due:week !high -@home essay", *NOW).value["tasks"]
    assert [one["title"] for one in whole] == ["essay on homes"]


def test_lists_are_put_by_what_to_do_first(cli: CommandLine) -> None:
    for line in ("sort box", "pay rent !urgent", "read by next friday", "old form by yesterday"):
        cli("plan", "add", line, *NOW)

    def titles(*options: str) -> list[str]:
        return [one["title"] for one in cli("plan", "list", *options, *NOW).value["tasks"]]

    assert titles() == ["old form", "read", "pay rent", "sort box"]
    assert titles("--order", "first")[::3] == ["old form", "sort box"]
    assert titles("--inbox") == ["sort box", "pay rent", "read", "old form"]
    assert titles("--inbox", "--order", "newest") == ["old form", "read", "pay rent", "sort box"]
    assert titles("--order", "first", "--limit", "1") == ["old form"]
    assert titles("--filter", "sort", "--order", "first") == ["sort box"]
    today = cli("plan", "list", "--today", "--order", "first", *NOW).value
    assert [one["title"] for one in today["first"]] == ["old form"]
    assert "First\n" in cli("plan", "list", "--today", "--order", "first", *NOW, as_json=False).out


def test_a_length_that_cannot_be_is_refused_when_added_and_parsed_as_before(
    cli: CommandLine,
) -> None:
    refused = cli("plan", "add", "foo ~0h", *NOW)
    assert (refused.code, refused.error["code"]) == (1, "estimate_outside")
    assert cli("plan", "list", *NOW).value["tasks"] == []
    read = cli("plan", "parse", "foo ~0h", *NOW).value
    assert (read["title"], read["duration_min"]) == ("foo ~0h", None)


def test_days_that_are_left_out_are_told(cli: CommandLine) -> None:
    line = "swim every monday 6pm except 9 and 16 march"
    parsed = cli("plan", "parse", line, *NOW).value
    assert (parsed["title"], parsed["left_out"]) == ("swim", ["2026-03-09", "2026-03-16"])
    swim = cli("plan", "add", line, *NOW).value
    assert swim["left_out"] == parsed["left_out"]
    number = str(swim["id"])
    words = cli("plan", "show", number, *NOW, as_json=False).out
    assert "Repeats: FREQ=WEEKLY;BYDAY=MO, not 2026-03-09, 2026-03-16" in words
    told = cli("plan", "do", "add run daily except 4 march", *NOW, as_json=False).out
    assert "except: 2026-03-04" in told
    done = cli("plan", "done", number, *NOW).value
    (again,) = done["again"]
    assert (again["start"], again["left_out"]) == ("2026-03-23T18:00:00+01:00", [])
