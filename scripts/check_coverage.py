"""Holds each room to the coverage that it has reached: a room with a floor may not fall below it.

    python scripts/check_coverage.py FOLDER

FOLDER holds the data files of a run. The floors are percentages of lines and branches together,
in ``scripts/coverage_floor.toml``; a room that is not named there is shown and not held.
"""

import json
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

_SCRIPTS = Path(__file__).resolve().parent
_FLOORS = _SCRIPTS / "coverage_floor.toml"


@dataclass(slots=True)
class Room:
    """What of a room was run.

    Args:
        hit: Lines and branches that were run.
        all: Lines and branches that there are.
    """

    hit: int = 0
    all: int = 0

    @property
    def percent(self) -> float:
        """How much of it was run; an empty room counts as whole."""
        return 100.0 * self.hit / self.all if self.all else 100.0


def rooms_of(report: dict[str, dict[str, dict[str, dict[str, int]]]]) -> dict[str, Room]:
    """Adds up coverage's JSON report by the folder below ``assistant/``."""
    rooms: defaultdict[str, Room] = defaultdict(Room)
    for name, file in report["files"].items():
        *folders, _ = name.replace("\\", "/").split("/")
        room = folders[1] if folders[1:] else "assistant"
        numbers = file["summary"]
        rooms[room].hit += numbers["covered_lines"] + numbers["covered_branches"]
        rooms[room].all += numbers["num_statements"] + numbers["num_branches"]
    return dict(rooms)


def shortfalls(rooms: dict[str, Room], floors: dict[str, float]) -> list[str]:
    """A sentence for each room that is below its floor, or that has a floor and is not there."""
    found: list[str] = []
    for name, floor in sorted(floors.items()):
        room = rooms.get(name)
        if room is None:
            found.append(f"{name} has a floor of {floor:.1f} % and was not measured")
        elif room.percent < floor:
            found.append(f"{name} is at {room.percent:.1f} %, its floor is {floor:.1f} %")
    return found


def main(folder: Path) -> int:
    """Combines the data files, prints the table, and says which room fell; gives the exit code."""
    floors: dict[str, float] = tomllib.loads(_FLOORS.read_text(encoding="utf-8")).get("floors", {})
    coverage = [sys.executable, "-m", "coverage"]
    data = f"--data-file={folder / 'run'}"
    subprocess.run([*coverage, "combine", "-q", "--keep", data, str(folder)], check=True)
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "coverage.json"
        subprocess.run([*coverage, "json", "-q", data, "-o", str(out)], check=True)
        rooms = rooms_of(json.loads(out.read_text(encoding="utf-8")))
    for name, room in sorted(rooms.items()):
        floor = f"{floors[name]:.1f}" if name in floors else "-"
        print(
            f"{name:<12} {room.percent:6.1f} %   floor {floor:>5}   {room.all} lines and branches"
        )
    fallen = shortfalls(rooms, floors)
    for sentence in fallen:
        print(f"BELOW ITS FLOOR: {sentence}")
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
