"""``plan insights``: what can be seen in what was done."""

import argparse
from dataclasses import asdict
from typing import Any

from assistant.cli.opening import open_vault
from assistant.cli.output import Output
from assistant.planner.learning.insights import ENERGY_TOLD, Insights
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
        "focus_stretches": found.focus.stretches,
        "usual_focus_min": _rounded(found.usual_focus_min),
        "switching_min": round(found.switching_min, 1),
        "switching_tasks": found.resumed,
        "energy_tasks": found.energy_tasks,
    }
    output.document(value, "\n".join(_lines(found)))


def _lines(found: Insights) -> list[str]:
    lines = [f"{found.done} tasks are done."]
    if found.on_time is not None:
        lines.append(f"{found.on_time:.0%} of those with a deadline were done in time.")
    lines += [
        f"  {one.name}: {one.spent:.1f} h, estimated {one.estimated:.1f} h ({one.tasks} tasks"
        + (f", {one.unfinished} not done yet)" if one.unfinished else ")")
        for one in found.spent
    ]
    lines += [f"{one.text} ({one.tasks} tasks)" for one in found.patterns]
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
    told = found.energy_tasks >= ENERGY_TOLD
    known = f"by {found.energy_tasks} tasks" if told else "expected, not learnt yet"
    lines.append(f"Work goes best ({known}): {peaks}.")
    if found.usual_focus_min is not None:
        lines.append(
            f"A usual stretch of focus lasts {found.usual_focus_min:.0f} minutes "
            f"({found.focus.stretches} of them)."
        )
    if found.resumed:
        lines.append(
            f"Taking a task up again costs about {found.switching_min:.0f} minutes "
            f"({found.resumed} tasks)."
        )
    if found.usual_focus_min is None or not found.resumed:
        lines.append("How long focus holds and what switching costs is told once it is learnt.")
    return lines


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
