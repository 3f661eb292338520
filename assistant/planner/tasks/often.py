"""How often a task comes, in words."""

from typing import Final

_UNITS: Final = {
    "HOURLY": "hour",
    "DAILY": "day",
    "WEEKLY": "week",
    "MONTHLY": "month",
    "YEARLY": "year",
}
_NUMBERS: Final = ("", "one", "two", "three", "four", "five", "six", "seven")


def often(rule: str) -> str:
    """What one time of a recurring task is: “It is one of your three times a week”.

    Args:
        rule: By RFC 5545, as in ``Repeat``.
    """
    parts = dict(part.split("=", 1) for part in rule.upper().split(";") if "=" in part)
    every, unit = parts.get("INTERVAL", "1"), _UNITS.get(parts.get("FREQ", ""), "")
    days = [day for day in parts.get("BYDAY", "").split(",") if day]
    if unit == "week" and every == "1" and 1 < len(days) < len(_NUMBERS):
        return f"It is one of your {_NUMBERS[len(days)]} times a week"
    if not unit:
        return "It comes several times"
    return f"It comes every {unit}" if every == "1" else f"It comes every {every} {unit}s"
