"""Projects with limited resources, solved by the same solver as weeks: the shortest makespan.

Hints come from ``project_rules``; CP-SAT's cumulative constraint brings time-tables, edge finding
and energy (P. Vilim 2011), and what the rules found ends the search from above.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from time import monotonic
from typing import TYPE_CHECKING

from assistant.planner.schedule import core
from assistant.planner.schedule.project_rules import (
    Starts,
    good_schedule,
    heads,
    least_makespan,
    tails,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ortools.sat.python import cp_model

    from assistant.domain.cancel import CancelToken
    from assistant.planner.schedule.psplib import Project

_TRIES = 2_000
_SMALL = 45
_RULES_SHARE = 0.12
"""Of the time that the rules may take for a small project; for others it is ``_LARGE_SHARE``."""
_LARGE_SHARE = 0.35
_PROVING = ("no_lp", "quick_restart_no_lp")
"""What proves small projects soonest, of CP-SAT's ways to search (measured)."""


@dataclass(frozen=True, slots=True)
class ProjectPlan:
    """Starts of all activities, how long it takes, and what is known of better ones.

    Args:
        starts: Of each activity.
        makespan: When the last one ends.
        bound: No schedule is shorter.
    """

    starts: Starts
    makespan: int
    bound: int

    @property
    def optimal(self) -> bool:
        """Whether there is none that is shorter."""
        return self.makespan <= self.bound


def plan_project(
    project: Project,
    seconds: float,
    cancel: CancelToken | None = None,
    *,
    workers: int = 2,
    seed: int = 1,
) -> ProjectPlan:
    """The shortest schedule that is found in the time.

    Raises:
        Cancelled: It was asked to stop.
    """
    ends_at = monotonic() + seconds
    small = len(project.durations) <= _SMALL
    share = _RULES_SHARE if small else _LARGE_SHARE
    starts = good_schedule(project, _TRIES, share * seconds, seed)
    makespan = starts[-1] + project.durations[-1]
    bound = least_makespan(project)
    if makespan <= bound:
        return ProjectPlan(starts, makespan, makespan)
    model, variables = _model(project, starts, bound)
    limits = core.Limits(
        max(0.05, ends_at - monotonic()),
        workers=workers,
        seed=seed,
        subsolvers=_PROVING if small else (),
    )
    answer = core.run(model, limits, cancel)
    if not answer.found:
        return ProjectPlan(starts, makespan, max(bound, answer.bound))
    found = tuple(answer.value(one) for one in variables)
    return ProjectPlan(found, found[-1] + project.durations[-1], max(bound, answer.bound))


def _model(
    project: Project, starts: Starts, bound: int
) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    jobs = range(len(project.durations))
    makespan = starts[-1]
    earliest, rest = heads(project), tails(project)
    variables = [
        model.new_int_var(earliest[job], makespan - rest[job], f"s{job}") for job in jobs[:-1]
    ]
    variables.append(model.new_int_var(bound, makespan, "makespan"))
    intervals = [
        model.new_fixed_size_interval_var(variables[job], project.durations[job], f"i{job}")
        for job in jobs
    ]
    for job in jobs:
        for one in project.successors[job]:
            model.add(variables[one] >= variables[job] + project.durations[job])
    for place, there in enumerate(project.capacities):
        users = [job for job in jobs if project.requests[job][place] and project.durations[job]]
        if sum(project.requests[job][place] for job in users) > there:
            demands = [project.requests[job][place] for job in users]
            model.add_cumulative([intervals[job] for job in users], demands, there)
    for clique in _cliques(project):
        model.add_no_overlap([intervals[job] for job in clique])
    for job in jobs:
        model.add_hint(variables[job], starts[job])
    model.minimize(variables[-1])
    return model, variables


def _cliques(project: Project) -> Sequence[tuple[int, ...]]:
    """Sets of activities of which no two can run together, grown greedily from each pair."""
    jobs = [job for job, length in enumerate(project.durations) if length]
    apart = {
        frozenset(pair)
        for pair in combinations(jobs, 2)
        if any(
            one + other > there
            for one, other, there in zip(
                project.requests[pair[0]],
                project.requests[pair[1]],
                project.capacities,
                strict=True,
            )
        )
    }
    found: set[tuple[int, ...]] = set()
    for job in jobs:
        clique = [job]
        for other in jobs:
            if other != job and all(frozenset((other, one)) in apart for one in clique):
                clique.append(other)
        if len(clique) > 2:  # noqa: PLR2004 - a pair is seen by the cumulative constraint itself
            found.add(tuple(sorted(clique)))
    return sorted(found)
