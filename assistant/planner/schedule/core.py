"""The solver that weeks and projects share: OR-Tools' CP-SAT within limits of time, with cancel.

Source: L. Perron, F. Didier, "CP-SAT", OR-Tools 9.15 (lazy clause generation with linear
relaxation and large neighbourhood search).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from ortools.sat.python import cp_model

    from assistant.domain.cancel import CancelToken


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how to search.

    Args:
        seconds: By the clock, at most.
        effort: In CP-SAT's deterministic seconds, at most; None for no such end. Where this ends
            the search and not the clock, the same model gives the same answer on any machine.
        workers: Searches that run beside each other.
        seed: Of what is left to chance.
        hasty: Whether little time is spent on making the model simpler first.
        subsolvers: Names of CP-SAT's ways to search; its own choice if empty.
    """

    seconds: float
    effort: float | None = None
    workers: int = 1
    seed: int = 1
    hasty: bool = False
    subsolvers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the solver came to.

    Args:
        found: Whether there is a solution; then ``value`` tells what it gives a variable.
        proved: Whether it is best, or it was proved that there is none.
        objective: Of the solution; 0 without.
        bound: Below which no solution lies.
        value: What the solution gives a variable or a sum of them.
        by_clock: Whether the clock ended the search.
    """

    found: bool
    proved: bool
    objective: int
    bound: int
    value: Callable[[cp_model.LinearExprT], int]
    by_clock: bool


def only_if(constraint: cp_model.Constraint, *literals: cp_model.LiteralT) -> None:
    """Has a constraint hold only where all literals do."""
    constraint.only_enforce_if(list(literals))  # pyright: ignore[reportUnknownMemberType] - untyped


def run(
    model: cp_model.CpModel,
    limits: Limits,
    cancel: CancelToken | None = None,
) -> Answer:
    """Solves a model.

    Raises:
        Cancelled: It was asked to stop.
    """
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.max_time_in_seconds = max(0.01, limits.seconds)
    parameters.num_workers = limits.workers
    parameters.random_seed = limits.seed
    if limits.hasty:
        parameters.cp_model_probing_level = 0
        parameters.symmetry_level = 0
        parameters.max_presolve_iterations = 1
    parameters.subsolvers.extend(limits.subsolvers)  # pyright: ignore[reportUnknownMemberType] - untyped
    if limits.effort is not None:
        parameters.max_deterministic_time = limits.effort
    if cancel is not None:
        cancel.raise_if_cancelled()
        cancel.watch(solver.stop_search)
    try:
        status = solver.solve(model)
    finally:
        if cancel is not None:
            cancel.unwatch(solver.stop_search)
    if cancel is not None:
        cancel.raise_if_cancelled()
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    proved = status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    return Answer(
        found=found,
        proved=proved,
        objective=round(solver.objective_value) if found else 0,
        bound=round(solver.best_objective_bound),
        value=solver.value,
        by_clock=not proved and solver.wall_time >= 0.95 * limits.seconds,
    )
