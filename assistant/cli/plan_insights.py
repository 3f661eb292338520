"""``plan insights``: what can be seen in what was done."""

import argparse
from dataclasses import asdict
from typing import Any

from assistant.cli.opening import open_vault
from assistant.cli.output import Output
from assistant.planner.learning.insights import Insights
from assistant.services.core import Core

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PEAKS = 3


def run(core: Core, _: argparse.Namespace, output: Output) -> None:
    """Everything that the page of insights shows, as figures and in words."""
    open_vault(core, output)
    found = core.planning.learning.insights().result()
    value: dict[str, Any] = {
        "done": found.done,
        "on_time": None if found.on_time is None else round(found.on_time, 4),
        "spent": [asdict(one) for one in found.spent],
        "accuracy": [asdict(one) for one in found.accuracy],
        "patterns": [asdict(one) for one in found.patterns],
        "energy": [[round(one, 3) for one in day] for day in found.energy],
        "focus_min": round(found.focus.minutes, 1),
        "switching_min": round(found.switching_min, 1),
    }
    output.document(value, "\n".join(_lines(found)))


def _lines(found: Insights) -> list[str]:
    lines = [f"{found.done} tasks are done."]
    if found.on_time is not None:
        lines.append(f"{found.on_time:.0%} of those with a deadline were done in time.")
    lines += [
        f"  {one.name}: {one.spent:.1f} h, estimated {one.estimated:.1f} h ({one.tasks} tasks)"
        for one in found.spent
    ]
    lines += [one.text for one in found.patterns]
    if found.accuracy:
        last = found.accuracy[-1]
        lines.append(
            f"In {last.month} half of your estimates were within {last.user:.0%}, and half of the "
            f"corrected ones within {last.model:.0%}."
        )
    hours = [
        (level, day, hour) for day, row in enumerate(found.energy) for hour, level in enumerate(row)
    ]
    best = sorted(hours, key=lambda one: (-one[0], one[1], one[2]))[:_PEAKS]
    peaks = ", ".join(f"{_DAYS[day]} {hour}:00" for _, day, hour in best)
    lines.append(f"Work goes best: {peaks}.")
    lines.append(
        f"A stretch of focus lasts about {found.focus.minutes:.0f} minutes; taking up another "
        f"thing costs about {found.switching_min:.0f}."
    )
    return lines
