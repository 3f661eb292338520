"""Zones by the cities and lands that people name them by: “9am London time”."""

from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

_REGIONS: Final = ("Europe", "America", "Asia", "Australia", "Africa", "Pacific", "Atlantic")
_ALSO: Final = {
    "eastern": "America/New_York",
    "us eastern": "America/New_York",
    "boston": "America/New_York",
    "washington": "America/New_York",
    "central": "America/Chicago",
    "mountain": "America/Denver",
    "pacific": "America/Los_Angeles",
    "us pacific": "America/Los_Angeles",
    "san francisco": "America/Los_Angeles",
    "seattle": "America/Los_Angeles",
    "uk": "Europe/London",
    "british": "Europe/London",
    "german": "Europe/Berlin",
    "munich": "Europe/Berlin",
    "hamburg": "Europe/Berlin",
    "geneva": "Europe/Zurich",
    "milan": "Europe/Rome",
    "barcelona": "Europe/Madrid",
    "indian": "Asia/Kolkata",
    "mumbai": "Asia/Kolkata",
    "delhi": "Asia/Kolkata",
    "beijing": "Asia/Shanghai",
    "japanese": "Asia/Tokyo",
}
MOST_WORDS: Final = 3


@lru_cache(maxsize=1024)
def zone_named(name: str) -> str | None:
    """The key of the zone that a city or land gives its name; None where there is none.

    Args:
        name: One to three words in lower case.
    """
    if name in _ALSO:
        return _ALSO[name]
    city = "_".join(word.capitalize() for word in name.split())
    if not city.replace("_", "").isalpha() or not city.isascii():
        return None
    return next((key for region in _REGIONS if _is_zone(key := f"{region}/{city}")), None)


def _is_zone(key: str) -> bool:
    try:
        ZoneInfo(key)
    except (ValueError, OSError, LookupError):
        return False
    return True
