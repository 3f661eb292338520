"""Zones of time by name, and the one that this machine is in."""

import os
import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

_LINK: Final = Path("/etc/localtime")
_OFFSET: Final = re.compile(r"([+-])(\d{2}):(\d{2})(?::(\d{2}))?")


def zone_named(name: str) -> tzinfo | None:
    """The zone of a name such as ``Europe/Berlin``, ``UTC`` or ``+05:30``; None for others."""
    if name == "UTC":
        return UTC
    offset = _OFFSET.fullmatch(name)
    if offset is not None:
        hours, minutes, seconds = (int(offset[place] or 0) for place in (2, 3, 4))
        length = timedelta(hours=hours, minutes=minutes, seconds=seconds)
        if length >= timedelta(1):
            return None
        return timezone(-length if offset[1] == "-" else length)
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return None


def zone_name(zone: tzinfo | None) -> str:
    """The name by which ``zone_named`` finds a zone again; empty where there is none."""
    if isinstance(zone, ZoneInfo):
        return zone.key or ""
    if zone is UTC:
        return "UTC"
    if isinstance(zone, timezone):
        return datetime(2000, 1, 1, tzinfo=zone).isoformat()[19:]
    return ""


def local_zone(link: Path = _LINK) -> tzinfo:
    """The zone of this machine, with its changes of the clock.

    By ``TZ``, else by where ``/etc/localtime`` leads; where neither names a zone, as on Windows,
    by what the system says of each moment.
    """
    named = zone_named(os.environ.get("TZ", "").removeprefix(":"))
    if named is not None:
        return named
    try:
        _, found, name = str(link.resolve()).partition("zoneinfo/")
    except OSError:
        found, name = "", ""
    named = zone_named(name) if found else None
    return named if named is not None else _of_system()


def _of_system() -> tzinfo:
    from dateutil import tz

    return tz.tzlocal()
