"""Projects with limited resources: their files, and their shortest schedules."""

from itertools import product

import pytest
from rcpsp.progen import CELLS, make

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Cancelled, UserFacingError
from assistant.planner.schedule.project import ProjectPlan, plan_project
from assistant.planner.schedule.project_rules import good_schedule, least_makespan
from assistant.planner.schedule.psplib import Project, read_project, write_project

FILE = """\
************************************************************************
file with basedata            : J30_.BAS
initial value random generator: 28123
************************************************************************
projects                      :  1
jobs (incl. supersource/sink ):  5
horizon                       :  9
RESOURCES
  - renewable                 :  2   R
  - nonrenewable              :  0   N
  - doubly constrained        :  0   D
************************************************************************
PROJECT INFORMATION:
pronr.  #jobs rel.date duedate tardcost  MPM-Time
    1      3      0       38       26       38
************************************************************************
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          2           2   3
   2        1          1           4
   3        1          1           5
   4        1          1           5
   5        1          0
************************************************************************
REQUESTS/DURATIONS:
jobnr. mode duration  R 1  R 2
------------------------------------------------------------------------
  1      1     0       0    0
  2      1     2       2    0
  3      1     4       2    1
  4      1     3       2    1
  5      1     0       0    0
************************************************************************
RESOURCEAVAILABILITIES:
  R 1  R 2
    4    1
************************************************************************
"""


def faults(project: Project, plan: ProjectPlan) -> list[str]:
    """What is wrong with a schedule, gone through period by period."""
    found: list[str] = []
    for job, after in enumerate(project.successors):
        end = plan.starts[job] + project.durations[job]
        found += [f"{one} before {job}" for one in after if plan.starts[one] < end]
    for at, place in product(range(plan.makespan), range(len(project.capacities))):
        used = sum(
            project.requests[job][place]
            for job, start in enumerate(plan.starts)
            if start <= at < start + project.durations[job]
        )
        if used > project.capacities[place]:
            found.append(f"resource {place} at {at}")
    return found


def test_a_file_is_read_as_the_library_writes_it():
    project = read_project(FILE)

    assert project.durations == (0, 2, 4, 3, 0)
    assert project.successors == ((1, 2), (3,), (4,), (4,), ())
    assert project.requests[2] == (2, 1)
    assert project.capacities == (4, 1)


def test_the_shortest_schedule_is_found_and_proved():
    """Activities 3 and 4 need the one unit of R 2 in turn: 4 + 3, or 2 + 3 + 4 the other way."""
    plan = plan_project(read_project(FILE), 5)

    assert (plan.makespan, plan.bound, plan.optimal) == (7, 7, True)
    assert faults(read_project(FILE), plan) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("   2        1          1           4", "   2        3          1           4", "modes"),
        ("nonrenewable              :  0", "nonrenewable              :  2", "renewable"),
        (
            "   4        1          1           5",
            "   4        1          1           2",
            "one anot",
        ),
        (
            "   4        1          1           5",
            "   4        1          1           9",
            "successor",
        ),
        ("   4        1          1           5", "   4        1          2           5", "line 22"),
        ("  3      1     4       2    1", "  3      1     4       5    1", "job 3 needs 5"),
        ("  3      1     4       2    1", "  3      1     x       2    1", "whole numbers"),
        ("  3      1     4       2    1", "  3      1     4       2", "line 30"),
        ("  5      1     0       0    0\n", "", "have durations"),
        ("    4    1\n", "    4\n", "availabilities"),
        ("RESOURCEAVAILABILITIES", "NOTHING", "missing"),
        ("RESOURCEAVAILABILITIES:", "REQUESTS/DURATIONS:", "second time"),
    ],
)
def test_what_is_no_project_is_refused_with_the_reason(old: str, new: str, says: str):
    assert old in FILE
    with pytest.raises(UserFacingError, match=says) as refused:
        read_project(FILE.replace(old, new))
    assert refused.value.code == "psplib_format"


@pytest.mark.parametrize("cell", [CELLS[0], CELLS[12], CELLS[33]])
def test_projects_made_by_chance_survive_writing_and_are_planned_soundly(
    cell: tuple[float, float, float],
):
    project = make(14, cell, 1)

    assert read_project(write_project(project)) == project
    plan = plan_project(project, 5)
    assert faults(project, plan) == []
    assert plan.optimal
    assert plan.makespan >= least_makespan(project)
    rules = good_schedule(project, 20, 5)
    assert faults(project, ProjectPlan(rules, rules[-1], 0)) == []
    assert rules[-1] >= plan.makespan


def test_a_project_has_the_complexity_that_was_asked_for():
    project = make(30, (1.8, 0.5, 0.2), 3)

    assert abs(sum(map(len, project.successors)) / 32 - 1.8) < 0.2
    used = sum(amount > 0 for row in project.requests for amount in row)
    assert used == round(0.5 * 30 * 4)


def test_planning_a_project_can_be_stopped():
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        plan_project(make(30, CELLS[12], 1), 5, token)
