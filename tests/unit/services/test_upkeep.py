"""Chores wait until nobody writes, are done once, and tell what went wrong."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.config.settings import SettingsFile
from assistant.domain.errors import EnvironmentProblem
from assistant.services.jobs import Workers
from assistant.services.upkeep import Chores, Upkeep

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
IDLE_S = 0.06


@dataclass
class House:
    """What was done in it, and what stands in the way."""

    newest: datetime | None = None
    full: bool = False
    done: list[str] = field(default_factory=list[str])
    failed: list[BaseException] = field(default_factory=list[BaseException])
    cleared: threading.Event = field(default_factory=threading.Event)
    examined: threading.Event = field(default_factory=threading.Event)
    removed_cleared: threading.Event = field(default_factory=threading.Event)
    told: threading.Event = field(default_factory=threading.Event)

    def chores(self, stamp: Path) -> Chores:
        return Chores(
            checkpoint=lambda: self.done.append("checkpoint"),
            newest_backup=lambda: self.newest,
            back_up=self.back_up,
            forget_expired=self.clear,
            examine=self.examine,
            stamp=stamp,
            clear_models=self.removed_cleared.set,
        )

    def clear(self, days: int) -> None:
        self.done.append(f"forget {days}")
        self.cleared.set()

    def back_up(self) -> None:
        if self.full:
            raise EnvironmentProblem("The disk is full.", "Free some space.", code="disk_full")
        self.done.append("back up")

    def examine(self) -> None:
        self.done.append("examine")
        self.examined.set()

    def tell(self, error: BaseException) -> None:
        self.failed.append(error)
        self.told.set()


class MovingClock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.moment = NOON

    def now(self) -> datetime:
        return self.moment


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock()


@pytest.fixture
def workers() -> Iterator[Workers]:
    made = Workers()
    yield made
    made.close()


@pytest.fixture
def keep(
    tmp_path: Path, workers: Workers, clock: MovingClock
) -> Iterator[Callable[[House], Upkeep]]:
    made: list[Upkeep] = []

    def build(house: House) -> Upkeep:
        note = tmp_path / "last-clearing"
        if not note.exists():
            note.write_text((NOON - timedelta(days=1)).isoformat())
        settings = SettingsFile(tmp_path / "settings.json")
        upkeep = Upkeep(
            workers,
            clock,
            settings,
            house.chores(tmp_path / "stamp"),
            house.tell,
            IDLE_S,
        )
        made.append(upkeep)
        upkeep.start()
        return upkeep

    yield build
    for upkeep in made:
        upkeep.stop()


def test_the_trash_is_seen_to_at_once_and_the_rest_when_idle(
    keep: Callable[[House], Upkeep],
) -> None:
    house = House()
    keep(house)
    assert house.examined.wait(60)
    assert house.done[0] == "forget 31", "what had expired a day ago"
    assert house.done[1:] == ["checkpoint", "back up", "examine"]


def test_models_that_were_removed_are_seen_to_while_it_runs(
    keep: Callable[[House], Upkeep],
) -> None:
    house = House()
    keep(house)
    assert house.examined.wait(60)
    house.removed_cleared.clear()
    assert house.removed_cleared.wait(60), "also when nothing was written"


@pytest.mark.parametrize(
    ("newest", "due"),
    [
        (NOON - timedelta(hours=23), False),
        (NOON - timedelta(hours=25), True),
        (NOON + timedelta(days=400), True),
    ],
)
def test_a_backup_is_made_once_a_day_and_a_clock_set_back_delays_none(
    keep: Callable[[House], Upkeep], newest: datetime, *, due: bool
) -> None:
    house = House(newest=newest)
    keep(house)
    assert house.examined.wait(60)
    assert ("back up" in house.done) is due


def test_what_goes_wrong_is_told_and_tried_again_after_the_next_write(
    keep: Callable[[House], Upkeep],
) -> None:
    house = House(full=True)
    upkeep = keep(house)
    assert house.told.wait(60)
    [error] = house.failed
    assert isinstance(error, EnvironmentProblem)
    house.full = False
    upkeep.touch()
    assert house.examined.wait(60)
    assert "back up" in house.done


def test_pages_are_examined_once_a_week(keep: Callable[[House], Upkeep], tmp_path: Path) -> None:
    (tmp_path / "stamp").touch()
    house = House(full=True)
    upkeep = keep(house)
    assert house.told.wait(60)
    house.full = False
    house.told.clear()
    upkeep.touch()
    upkeep.stop()
    assert "examine" not in house.done


@pytest.mark.parametrize("set_back", [0, 400], ids=["a day later", "after a clock set back"])
def test_the_trash_is_seen_to_daily_although_nobody_writes(
    keep: Callable[[House], Upkeep], clock: MovingClock, tmp_path: Path, set_back: int
) -> None:
    house = House()
    keep(house)
    assert house.examined.wait(60)
    house.cleared.clear()
    if set_back:
        clock.moment -= timedelta(days=set_back)
        noted(tmp_path, clock.moment, house)
    clock.moment += timedelta(days=1)
    assert house.cleared.wait(60)
    assert house.done.count("forget 31") == 2


def noted(folder: Path, moment: datetime, house: House) -> None:
    """Until the trash was looked through at a moment, which is seen from the note alone."""
    while (folder / "last-clearing").read_text() != moment.isoformat():
        house.removed_cleared.clear()
        assert house.removed_cleared.wait(60)


def test_a_clock_that_leaps_ahead_empties_nothing(
    keep: Callable[[House], Upkeep], clock: MovingClock, tmp_path: Path
) -> None:
    house = House()
    keep(house)
    assert house.examined.wait(60)
    house.cleared.clear()
    clock.moment += timedelta(days=400)
    assert house.cleared.wait(60)
    # So long ago that what was deleted a minute before the leap has not expired.
    assert [each for each in house.done if "forget" in each] == ["forget 31", "forget 430"]
    clock.moment = NOON + timedelta(minutes=1)  # put right again
    noted(tmp_path, clock.moment, house)
    assert len([each for each in house.done if "forget" in each]) == 2


def test_who_keeps_nothing_is_obeyed_at_every_start(
    keep: Callable[[House], Upkeep], tmp_path: Path
) -> None:
    SettingsFile(tmp_path / "settings.json").update("chat", trash_days=0)
    (tmp_path / "last-clearing").write_text(NOON.isoformat())
    house = House()
    keep(house)
    assert house.examined.wait(60)
    assert house.done[0] == "forget 0"


@pytest.mark.parametrize("note", [None, "", "yesterday", "2026-03-01T12:00:00", "\xff"])
def test_without_a_note_that_can_be_read_nothing_is_emptied_at_once(
    keep: Callable[[House], Upkeep], tmp_path: Path, note: str | None
) -> None:
    (tmp_path / "last-clearing").write_bytes((note or "").encode("latin-1"))
    if note is None:
        (tmp_path / "last-clearing").unlink()
        (tmp_path / "last-clearing").mkdir()  # one that can neither be read nor written
    house = House()
    keep(house)
    assert house.examined.wait(60)
    assert house.done == ["checkpoint", "back up", "examine"]


def test_chores_that_wait_for_the_store_are_left_when_it_stops(
    keep: Callable[[House], Upkeep], workers: Workers
) -> None:
    busy = threading.Event()
    blocked = workers.on_store(lambda: busy.wait(60))
    house = House()
    keep(house).stop()
    busy.set()
    assert blocked.result(60)
    workers.close()
    assert (house.done, house.failed) == ([], [])


def test_nothing_is_begun_after_the_end(keep: Callable[[House], Upkeep], workers: Workers) -> None:
    house = House()
    upkeep = keep(house)
    upkeep.stop()
    workers.close()
    house.done.clear()
    upkeep.start()
    upkeep.stop()
    assert (house.done, house.failed) == ([], [])
