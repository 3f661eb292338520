"""The zone of time that this machine is in."""

import os
from datetime import tzinfo
from pathlib import Path
from typing import Final

from assistant.domain.zones import zone_named

_LINK: Final = Path("/etc/localtime")


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
