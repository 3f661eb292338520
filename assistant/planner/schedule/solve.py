"""The ladder of ways to a plan: list scheduling, then CP-SAT, then local search.

Each step begins from the best of those before, and the best plan by the sum of costs is kept.
Efforts are counted in steps rather than by the clock, so that the same problem gives the same plan;
the clock only cuts off what takes longer than it was given.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Final

from assistant.planner.schedule import core, model
from assistant.planner.schedule.costs import total_cost
from assistant.planner.schedule.greedy import greedy
from assistant.planner.schedule.hopeless import marked
from assistant.planner.schedule.local import LocalSearch
from assistant.planner.schedule.nearest import narrowed
from assistant.planner.schedule.problem import Placing, Problem

if TYPE_CHECKING:
    from assistant.domain.cancel import CancelToken
    from assistant.planner.schedule.timeline import Timeline

SECONDS: Final = 3.0
_EFFORT = 0.04
"""Deterministic seconds of CP-SAT for each second given."""
_ROUNDS = 200
"""Rounds of local search for each second given."""
_SOLVER_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Request:
    """How to solve.

    Args:
        seconds: By the clock, at most.
        seed: Of what is left to chance.
        solver: Whether CP-SAT is asked; without it only rules and local search are.
    """

    seconds: float = SECONDS
    seed: int = 1
    solver: bool = True


def solve(
    problem: Problem, request: Request | None = None, cancel: CancelToken | None = None
) -> Placing:
    """A plan for a problem, the same for the same problem and request.

    Raises:
        Cancelled: It was asked to stop.
    """
    request = request or Request()
    ends_at = monotonic() + request.seconds
    near = narrowed(marked(problem))
    line = greedy(near)
    proved = by_clock = False
    if cancel is not None:
        cancel.raise_if_cancelled()
    clock = _Clock(ends_at, cancel)
    rounds = int(_ROUNDS * request.seconds)
    if request.solver and request.seconds > 0:
        LocalSearch(line, request.seed).improve(rounds, clock)
        line, proved, by_clock = _by_solver(line, request, ends_at, cancel)
    search = LocalSearch(line, request.seed + 1)
    search.improve(rounds, clock)
    search.settle(clock)
    if cancel is not None:
        cancel.raise_if_cancelled()
    return placing(line, problem, proved=proved, by_clock=by_clock or clock.struck)


def _by_solver(
    line: Timeline, request: Request, ends_at: float, cancel: CancelToken | None
) -> tuple[Timeline, bool, bool]:
    left = max(0.05, (ends_at - monotonic()) * _SOLVER_SHARE)
    limits = core.Limits(left, effort=_EFFORT * request.seconds, seed=request.seed, hasty=True)
    found = model.improved(line, limits, cancel)
    if found is None:
        return line, False, False
    other, answer = found
    better = total_cost(other) < total_cost(line)
    return (other if better else line), answer.proved, answer.by_clock


def placing(
    line: Timeline, problem: Problem, *, proved: bool = False, by_clock: bool = False
) -> Placing:
    """The values of a plan."""
    lacking = {item.key: line.missing(item) for item in line.problem.items}
    missing = {item.key: lacking.get(item.key, item.slots) for item in problem.items}
    return Placing(
        line.pieces(),
        {key: slots for key, slots in missing.items() if slots > 0},
        total_cost(line),
        proved=proved,
        by_clock=by_clock,
    )


class _Clock:
    """Tells that the time is over, or that somebody wants an end."""

    def __init__(self, ends_at: float, cancel: CancelToken | None) -> None:
        self._ends_at = ends_at
        self._cancel = cancel
        self.struck = False

    def __call__(self) -> bool:
        self.struck = self.struck or monotonic() > self._ends_at
        return self.struck or (self._cancel is not None and self._cancel.cancelled)
