"""Zones of time by name."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from assistant.domain.zones import zone_name, zone_named
from assistant.planner.zones import local_zone


@pytest.mark.parametrize(
    "zone",
    [
        UTC,
        ZoneInfo("Europe/Berlin"),
        timezone(timedelta(hours=5, minutes=30)),
        timezone(-timedelta(hours=3, minutes=30)),
    ],
)
def test_a_zone_is_found_again_by_its_name(zone: timezone | ZoneInfo) -> None:
    assert zone_named(zone_name(zone)) == zone


@pytest.mark.parametrize("name", ["", "Nowhere/City", "../etc/passwd", "+25:00", "/etc", "a\x00"])
def test_what_names_no_zone_is_none(name: str) -> None:
    assert zone_named(name) is None


def test_the_zone_of_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert local_zone() == ZoneInfo("Asia/Tokyo")
    monkeypatch.setenv("TZ", "")
    folder = tmp_path / "zoneinfo" / "America"
    folder.mkdir(parents=True)
    (folder / "New_York").touch()
    (tmp_path / "localtime").symlink_to(folder / "New_York")
    assert local_zone(tmp_path / "localtime") == ZoneInfo("America/New_York")
    somewhere = local_zone(tmp_path / "missing")
    moment = datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert moment.astimezone(somewhere) == moment
    assert zone_name(somewhere) == ""
