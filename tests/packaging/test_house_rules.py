"""The house check and the coverage floors notice what they are for."""

from pathlib import Path

import check_coverage
import check_house
import pytest


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("assistant/ui/utils.py", "names no concept"),
        ("assistant/misc/chat.py", "names no concept"),
        ("scripts/helpers.py", "names no concept"),
        ("assistant/ui/a/b/c/d.py", "more than 3 folders"),
    ],
)
def test_a_place_against_the_rules_is_named(place: str, words: str) -> None:
    assert words in "".join(check_house.problems_of_place(Path(place)))


@pytest.mark.parametrize("place", ["assistant/ui/a/b/c.py", "tests/helpers/x.py", "assistant/a.py"])
def test_a_place_within_the_rules_is_not(place: str) -> None:
    assert check_house.problems_of_place(Path(place)) == []


@pytest.mark.parametrize(
    "line",
    [
        "open('" + "/home" + "/runner/x')",
        "see " + "/Users" + "/runner",
        "C:" + "\\Users" + "\\runner",
        "in /srv/checkout/lamplight/x",
        "x = 1  #" + " noqa",
        "x = 1  #" + " noqa: E501",
        "x = 1  #" + " type: ignore",
        "x = 1  #" + " pyright: ignore[reportAny]",
    ],
)
def test_a_line_against_the_rules_is_named(line: str) -> None:
    found = check_house.problems_of_text(Path("a.py"), f"ok\n{line}\n", ["/srv/checkout"])
    assert [problem.split(": ")[0] for problem in found] == ["a.py:2"]


@pytest.mark.parametrize(
    "line",
    [
        "see " + "/home" + "/you/lamplight and /api/models",
        "not /srv/checkouts and not a/srv/checkout",
        "x = 1  #" + " noqa: E501 - a table",
        "x = 1  #" + " pyright: ignore[reportAny] - from C",
    ],
)
def test_a_line_within_the_rules_is_not(line: str) -> None:
    assert check_house.problems_of_text(Path("a.py"), line, ["/srv/checkout"]) == []


def test_a_file_may_have_500_lines_and_no_more() -> None:
    assert check_house.problems_of_text(Path("a.py"), "x\n" * 500) == []
    assert len(check_house.problems_of_text(Path("a.py"), "x\n" * 501)) == 1


def test_a_room_says_what_it_is_for(tmp_path: Path) -> None:
    for room, text in {"ui": '"""The window."""\n', "store": "x = 1\n", "hub": None}.items():
        folder = tmp_path / "assistant" / room
        folder.mkdir(parents=True)
        (folder / "code.py").touch()
        if text is not None:
            (folder / "__init__.py").write_text(text, encoding="utf-8")
    assert check_house.rooms_without_docstring(tmp_path) == [
        "assistant/hub: no __init__.py",
        "assistant/store/__init__.py: no docstring",
    ]


def _file(hit: int, missed: int) -> dict[str, dict[str, int]]:
    numbers = {"covered_lines": hit, "covered_branches": hit, "num_branches": hit + missed}
    return {"summary": numbers | {"num_statements": hit + missed}}


def test_coverage_is_added_up_by_room() -> None:
    files = {
        "assistant/__main__.py": _file(1, 0),
        "assistant/store/keys.py": _file(1, 1),
        "assistant\\store\\deep\\tables.py": _file(2, 0),
    }
    rooms = check_coverage.rooms_of({"files": files})
    assert {name: room.percent for name, room in rooms.items()} == {"assistant": 100, "store": 75}


def test_a_room_below_its_floor_is_named() -> None:
    rooms = {"store": check_coverage.Room(hit=75, all=100)}
    assert check_coverage.shortfalls(rooms, {"store": 75.0}) == []
    assert check_coverage.shortfalls(rooms, {"store": 75.1}) == [
        "store is at 75.0 %, its floor is 75.1 %"
    ]
    assert check_coverage.shortfalls({}, {"store": 1.0}) == [
        "store has a floor of 1.0 % and was not measured"
    ]
