"""How well projects are planned: makespans against a longer run, or against known optima.

    python scripts/check_rcpsp.py [--jobs 30] [--each N] [--seconds 5] [--reference 60] [--hard]
    python scripts/check_rcpsp.py --folder FOLDER [--known FILE] [--seconds 5]

Without FOLDER the projects are made as ProGen makes them: N for each of the 48 parameters of
PSPLIB; --hard keeps the cells with the least resources (RS 0.2) that the solver finds hardest.
FILE holds lines of two numbers at the end: the makespan that is known, after the file's name.
Only what is not proved best in the time is run again for the reference.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from time import monotonic

from rcpsp.progen import CELLS, FACTOR, STRENGTH, make

from assistant.planner.schedule.project import plan_project
from assistant.planner.schedule.psplib import Project, read_project


def main(words: Sequence[str]) -> int:
    """Prints a line for each project that is not proved best, and figures over all."""
    arguments = _parser().parse_args(words)
    known = _known(arguments.known)
    gaps: list[float] = []
    slow: list[float] = []
    open_ones = 0
    for name, project in _projects(arguments):
        began = monotonic()
        plan = plan_project(project, arguments.seconds, workers=arguments.workers)
        slow.append(monotonic() - began)
        best = known.get(name, plan.makespan if plan.optimal else 0)
        bound = plan.bound
        if not best and arguments.reference:
            longer = plan_project(project, arguments.reference, workers=arguments.workers, seed=2)
            best, bound = min(longer.makespan, plan.makespan), max(bound, longer.bound)
        best = best or plan.makespan
        gaps.append(100 * (plan.makespan - best) / best)
        open_ones += not plan.optimal
        if not plan.optimal or gaps[-1] > 0:
            print(
                f"{name}: {plan.makespan} [{plan.bound}], best {best} [{bound}], {slow[-1]:.1f} s",
                flush=True,
            )
    figures = {
        "n": len(gaps),
        "at_best": sum(gap <= 0 for gap in gaps),
        "proved": len(gaps) - open_ones,
        "mean_gap_percent": round(sum(gaps) / max(1, len(gaps)), 3),
        "mean_s": round(sum(slow) / max(1, len(slow)), 3),
        "worst_s": round(max(slow, default=0), 2),
    }
    print(json.dumps(figures))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="How well projects are planned.")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--known", type=Path)
    parser.add_argument("--jobs", type=int, default=30)
    parser.add_argument("--each", type=int, default=1)
    parser.add_argument("--first", type=int, default=1, help="number of the first of each cell")
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--reference", type=float, default=0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--hard", action="store_true")
    return parser


def _projects(arguments: argparse.Namespace) -> Iterator[tuple[str, Project]]:
    if arguments.folder is not None:
        for path in sorted(arguments.folder.glob("*.sm")):
            yield path.stem, read_project(path.read_text("utf-8"))
        return
    for number, cell in enumerate(CELLS, start=1):
        _, factor, strength = cell
        if arguments.hard and (strength > min(STRENGTH) or factor == min(FACTOR)):
            continue
        for at in range(arguments.first, arguments.first + arguments.each):
            yield f"j{arguments.jobs}{number}_{at}", make(arguments.jobs, cell, at)


def _known(path: Path | None) -> Mapping[str, int]:
    if path is None:
        return {}
    rows = (line.split() for line in path.read_text("utf-8").splitlines())
    return {row[0]: int(row[1]) for row in rows if len(row) > 1 and row[1].isdigit()}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
