"""Zones of time by name."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

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
