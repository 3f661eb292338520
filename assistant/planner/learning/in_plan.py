"""What the plan says of whether a task is done in time: its chance is drawn down where it is not.

A plan that puts a task wholly before its deadline says nothing: how often such plans hold is what
the chance was learnt from.
"""

import math
from datetime import datetime, timedelta
from typing import Final

from assistant.domain.lengths import length
from assistant.domain.schedule import WeekPlan
from assistant.domain.task import Task
from assistant.planner.learning.finishing import Cause, deadline

_ANY: Final = -1.5
_WHOLE: Final = -4.0
"""In logarithmic odds: that something of it is not planned in time, and more the more it is."""


def in_plan(task: Task, plan: WeekPlan | None, now: datetime) -> Cause | None:
    """What of a task the plan does not have in time; None where all of it is, or nothing tells.

    Args:
        task: An open task.
        plan: The plan that counts.
        now: The present moment.
    """
    end = deadline(task)
    if plan is None or end is None or not now < plan.end or end > plan.end:
        return None
    missing = sum(
        one.missing_min for one in plan.overflow if one.task == task.id and one.occurrence is None
    )
    mine = [one for one in plan.blocks if one.task == task.id and one.occurrence is None]
    coming = [one for one in mine if one.end > now]
    minute = timedelta(minutes=1)
    after = sum((one.end - max(one.start, end)) / minute for one in coming if one.end > end)
    whole = missing + sum((one.end - one.start) / minute for one in coming)
    if not missing and not after:
        return None
    share = (missing + after) / whole
    said = [
        f"{length(missing)} of it found no room in the plan" if missing else "",
        f"{length(after)} of it is planned after its deadline" if after else "",
    ]
    return Cause("plan", _ANY + _WHOLE * share, ", and ".join(one for one in said if one))


def by_plan(chances: tuple[float, float], planned: Cause) -> tuple[float, float]:
    """The chances of being on time, and of being put off, with what the plan says."""
    on_time, put_off = chances
    return _moved(on_time, planned.effect), _moved(put_off, -planned.effect)


def _moved(chance: float, odds: float) -> float:
    bounded = min(max(chance, 1e-6), 1 - 1e-6)
    return 1 / (1 + math.exp(-math.log(bounded / (1 - bounded)) - odds))
