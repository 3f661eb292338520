"""Reads and writes projects in the single-mode format of PSPLIB (``.sm``).

Source: R. Kolisch, A. Sprecher, "PSPLIB - a project scheduling problem library", European Journal
of Operational Research 96 (1997) 205-216.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.domain.errors import UserFacingError

MOST_BYTES = 4_000_000
_MOST_JOBS = 2_000
_HEADS = (
    ("precedence", "PRECEDENCE RELATIONS"),
    ("requests", "REQUESTS/DURATIONS"),
    ("available", "RESOURCEAVAILABILITIES"),
)


@dataclass(frozen=True, slots=True)
class Project:
    """Activities that share renewable resources.

    Activity 0 is the source and the last one the sink; both take no time and no resource.

    Args:
        durations: Of each activity, in whole periods.
        requests: Of each activity, what it takes of each resource while it runs.
        successors: Of each activity, those that begin after its end.
        capacities: Of each resource, what there is in each period.
    """

    durations: tuple[int, ...]
    requests: tuple[tuple[int, ...], ...]
    successors: tuple[tuple[int, ...], ...]
    capacities: tuple[int, ...]


def _refuse(why: str) -> UserFacingError:
    return UserFacingError(
        f"This is no project that can be read: {why}.",
        "Single-mode instances of PSPLIB (.sm) can be read.",
        code="psplib_format",
    )


def read_project(text: str) -> Project:
    """The project of a ``.sm`` file.

    Raises:
        UserFacingError: The text has not that format, asks for more than one mode or for resources
            that are not renewable, an activity asks for more than there is, or the precedence has
            a cycle.
    """
    sections = _sections(text)
    kinds = _resource_kinds(text)
    if kinds.get("nonrenewable", 0) or kinds.get("doubly constrained", 0):
        raise _refuse("it has resources that are not renewable")
    capacities = _capacities(sections["available"], kinds.get("renewable"))
    successors = _successors(sections["precedence"])
    durations, requests = _requests(sections["requests"], len(capacities), len(successors))
    project = Project(durations, requests, successors, capacities)
    _check(project)
    return project


def _sections(text: str) -> Mapping[str, list[tuple[int, str]]]:
    """The numbered lines below each headline; lines of stars and dashes are left out."""
    found: dict[str, list[tuple[int, str]]] = {}
    current: list[tuple[int, str]] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        for key, headline in _HEADS:
            if stripped.upper().startswith(headline):
                if key in found:
                    raise _refuse(f"line {number} begins “{headline}” for a second time")
                current = found[key] = []
                break
        else:
            if stripped.startswith("***"):
                current = None
            elif current is not None and stripped and not stripped.startswith("---"):
                current.append((number, stripped))
    for key, headline in _HEADS:
        if not found.get(key):
            raise _refuse(f"the part “{headline}” is missing or empty")
    return found


def _resource_kinds(text: str) -> dict[str, int]:
    pattern = r"^\s*-\s*(renewable|nonrenewable|doubly constrained)\s*:\s*(\d{1,6})\b"
    return {kind.lower(): int(count) for kind, count in re.findall(pattern, text, re.I | re.M)}


def _numbers(number: int, line: str) -> list[int]:
    words = line.split()
    if not all(re.fullmatch(r"\d{1,9}", word) for word in words):
        raise _refuse(f"line {number} holds something other than whole numbers")
    return [int(word) for word in words]


def _rows(section: Sequence[tuple[int, str]]) -> Iterator[tuple[int, list[int]]]:
    """The rows of a table below its line of titles."""
    if section[0][1][0].isdigit():
        raise _refuse(f"line {section[0][0]} should name the columns")
    for number, line in section[1:]:
        yield number, _numbers(number, line)


def _capacities(section: Sequence[tuple[int, str]], told: int | None) -> tuple[int, ...]:
    rows = list(_rows(section))
    if len(rows) != 1:
        raise _refuse("the availabilities should fill one line")
    values = tuple(rows[0][1])
    named = len(re.findall(r"\bR\s*\d+", section[0][1]))
    if not len(values) == named == (named if told is None else told):
        raise _refuse(f"line {rows[0][0]} gives {len(values)} availabilities")
    return values


def _successors(section: Sequence[tuple[int, str]]) -> tuple[tuple[int, ...], ...]:
    found: list[tuple[int, ...]] = []
    for number, row in _rows(section):
        job, modes, count, *after = row if len(row) > 2 else (0, 0, 0)  # noqa: PLR2004 - columns
        if job != len(found) + 1 or len(after) != count:
            raise _refuse(f"line {number} is no row of successors")
        if modes != 1:
            raise _refuse(f"line {number} has {modes} modes, and only one can be read")
        found.append(tuple(one - 1 for one in after))
        if len(found) > _MOST_JOBS:
            raise _refuse(f"it has more than {_MOST_JOBS} jobs")
    return tuple(found)


def _requests(
    section: Sequence[tuple[int, str]], resources: int, jobs: int
) -> tuple[tuple[int, ...], tuple[tuple[int, ...], ...]]:
    durations: list[int] = []
    requests: list[tuple[int, ...]] = []
    for number, row in _rows(section):
        if len(row) != resources + 3 or row[0] != len(durations) + 1 or row[1] != 1:
            raise _refuse(f"line {number} is no row of requests")
        durations.append(row[2])
        requests.append(tuple(row[3:]))
    if len(durations) != jobs:
        raise _refuse(f"{jobs} jobs have successors, but {len(durations)} have durations")
    return tuple(durations), tuple(requests)


def _check(project: Project) -> None:
    jobs = len(project.durations)
    if jobs < 2:  # noqa: PLR2004 - the source and the sink
        raise _refuse("it has no source and sink")
    for job, after in enumerate(project.successors):
        if any(not 0 <= one < jobs for one in after):
            raise _refuse(f"job {job + 1} has a successor that there is not")
    for job, takes in enumerate(project.requests):
        for place, (amount, there) in enumerate(zip(takes, project.capacities, strict=True)):
            if amount > there and project.durations[job]:
                raise _refuse(f"job {job + 1} needs {amount} of resource {place + 1}, of {there}")
    in_order(project)


def in_order(project: Project) -> tuple[int, ...]:
    """The activities, each after those that it waits for (Kahn 1962).

    Raises:
        UserFacingError: Some wait for one another in a ring.
    """
    waits = [0] * len(project.durations)
    for after in project.successors:
        for one in after:
            waits[one] += 1
    ready = [job for job, count in enumerate(waits) if not count]
    for job in ready:
        for one in project.successors[job]:
            waits[one] -= 1
            if not waits[one]:
                ready.append(one)
    if len(ready) < len(waits):
        stuck = ", ".join(str(job + 1) for job, count in enumerate(waits) if count)
        raise _refuse(f"the jobs {stuck} wait for one another")
    return tuple(ready)


def write_project(project: Project) -> str:
    """A project as a ``.sm`` file."""
    stars = "*" * 72
    names = "  ".join(f"R {place + 1}" for place in range(len(project.capacities)))
    jobs = range(len(project.durations))
    precedence = [
        f"{job + 1:4}        1 {len(project.successors[job]):10}        "
        + " ".join(f"{one + 1:4}" for one in project.successors[job])
        for job in jobs
    ]
    requests = [
        f"{job + 1:3}      1   {project.durations[job]:3}    "
        + " ".join(f"{amount:4}" for amount in project.requests[job])
        for job in jobs
    ]
    lines = [
        stars,
        "file with basedata            : written",
        stars,
        "projects                      :  1",
        f"jobs (incl. supersource/sink ):  {len(jobs)}",
        f"horizon                       :  {sum(project.durations)}",
        "RESOURCES",
        f"  - renewable                 :  {len(project.capacities)}   R",
        "  - nonrenewable              :  0   N",
        "  - doubly constrained        :  0   D",
        stars,
        "PRECEDENCE RELATIONS:",
        "jobnr.    #modes  #successors   successors",
        *(line.rstrip() for line in precedence),
        stars,
        "REQUESTS/DURATIONS:",
        f"jobnr. mode duration  {names}",
        "-" * 72,
        *requests,
        stars,
        "RESOURCEAVAILABILITIES:",
        f"  {names}",
        "  ".join(f"{amount:3}" for amount in project.capacities),
        stars,
        "",
    ]
    return "\n".join(lines)
