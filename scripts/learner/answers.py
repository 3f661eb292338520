"""Sequences of answers, learner by learner: from a table, from problem sets, or simulated."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np  # noqa: TID253 - nobody waits for a script to start

_BACK = 0.35
"""Share of answers on what came earlier in the course."""
_EPOCH = datetime(2024, 1, 1, tzinfo=UTC)
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "learner": ("learner", "user_id", "student_id", "Anon Student Id", "student"),
    "concept": ("concept", "skill_id", "skill", "skill_name", "KC", "place_asked"),
    "right": ("right", "correct", "outcome", "Correct First Attempt"),
    "order": ("order", "order_id", "when", "timestamp", "id", "Row"),
    "exercise": ("exercise", "problem_id", "question_id", "item_id", "Problem Name"),
    "difficulty": ("difficulty",),
}
_NEEDED = ("learner", "concept", "right")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: of whom nothing is kept but its place in the sequence."""

    concept: str
    right: bool
    when: datetime | None = None
    difficulty: float = 3.0


Sequences = Mapping[str, Sequence[Answer]]


def read(path: Path) -> tuple[Sequences, int]:
    """Sequences of a CSV with a header, and how many doubled rows were left out.

    A row is doubled where learner, order and exercise are those of a row before: data sets list an
    answer once for each skill of its problem, which makes every later prediction look better.

    Raises:
        SystemExit: A column that is needed is not there.
    """
    rows: dict[str, list[tuple[float, int, Answer]]] = {}
    seen: set[tuple[str, str, str]] = set()
    doubled = 0
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        table = csv.DictReader(file)
        named = {
            name: next((one for one in also if one in (table.fieldnames or ())), "")
            for name, also in _COLUMNS.items()
        }
        for name in _NEEDED:
            if not named[name]:
                raise SystemExit(f"{path} has no column for {name}: {', '.join(_COLUMNS[name])}.")
        for at, row in enumerate(table):
            field = {name: row[column] if column else "" for name, column in named.items()}
            if not field["concept"] or field["right"] not in ("0", "1", "0.0", "1.0"):
                continue
            key = (field["learner"], field["order"] or str(at), field["exercise"])
            if key in seen:
                doubled += 1
                continue
            seen.add(key)
            answer = Answer(
                field["concept"],
                field["right"].startswith("1"),
                difficulty=_figure(field["difficulty"], 3.0),
            )
            order = _figure(field["order"], float(at))
            rows.setdefault(field["learner"], []).append((order, at, answer))
    return {
        learner: [answer for _, _, answer in sorted(some, key=lambda one: one[:2])]
        for learner, some in rows.items()
    }, doubled


def _figure(text: str, otherwise: float) -> float:
    try:
        return float(text)
    except ValueError:
        return otherwise


def read_sets(folder: Path) -> tuple[Sequences, int]:
    """Sequences of a folder of problem sets, and how many doubled rows were left out.

    Each file ``*.txt`` is a problem set on one skill, worked within a day: a line for each learner,
    a name and then 0 or 1 for each answer in the order of time (the GLOPs of Pardos and Heffernan,
    UMAP 2010). In which order a learner worked several sets is not told, so each of them stands by
    itself: its key is the learner's name, a slash, and the set's.

    Raises:
        SystemExit: There is no such file, or a line is not of this form.
    """
    found: dict[str, list[Answer]] = {}
    doubled = 0
    for path in sorted(folder.glob("*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            learner, *answers = line.split() or [""]
            if not answers or not set(answers) <= {"0", "1"}:
                raise SystemExit(f"{path}, line {number}: a name and 0s and 1s have to stand here.")
            key = f"{learner}/{path.stem}"
            doubled += key in found
            found.setdefault(key, [Answer(path.stem, one == "1") for one in answers])
    if not found:
        raise SystemExit(f"{folder} has no problem sets: files *.txt.")
    return found, doubled


def halves(sequences: Sequences) -> tuple[Sequences, Sequences]:
    """Every second learner to learn from, and the others to be judged on, whole learners each."""
    people = sorted({name.partition("/")[0] for name in sequences})
    first = set(people[::2])
    parts: tuple[dict[str, Sequence[Answer]], dict[str, Sequence[Answer]]] = ({}, {})
    for name in sorted(sequences):
        parts[name.partition("/")[0] not in first][name] = sequences[name]
    return parts


def simulated(
    learners: int, seed: int, *, concepts: int = 24, answers: int = 120
) -> tuple[Sequences, Mapping[str, Sequence[str]]]:
    """Learners who follow other models than ours, and what each concept requires.

    Every second one learns by leaps and forgets by leaps (Bayesian knowledge tracing with
    forgetting between days), the others grow with the logarithm of practice and forget with a power
    of time (item response theory). Nobody's figures are those of the application.
    """
    draw = np.random.default_rng(seed)
    names = [f"k{at:02}" for at in range(concepts)]
    requires = {
        name: [names[one] for one in sorted({max(at - 1, 0), max(at - 5, 0)}) if one != at]
        for at, name in enumerate(names)
    }
    base = draw.normal(0.0, 0.8, concepts)
    found: dict[str, list[Answer]] = {}
    for learner in range(learners):
        walk = _walk(draw, concepts, answers)
        make = _by_leaps if learner % 2 else _by_growth
        found[f"l{learner:04}"] = list(make(draw, names, base, walk))
    return found, requires


Walk = Sequence[tuple[int, float, int]]
"""Concept, day and difficulty of each answer."""


def _walk(draw: np.random.Generator, concepts: int, answers: int) -> Walk:
    """Mostly onwards through the course, now and then back; some ten answers on a day."""
    steps: list[tuple[int, float, int]] = []
    day, front = 0.0, 0
    for at in range(answers):
        if at % 10 == 0:
            day += float(1 + draw.geometric(0.4))
        if draw.random() < concepts / answers * 1.2:
            front = min(front + 1, concepts - 1)
        back = draw.random() < _BACK
        concept = int(draw.integers(0, front + 1)) if back else front
        steps.append((concept, day + at % 10 / 300, int(draw.integers(1, 6))))
    return steps


def _by_leaps(
    draw: np.random.Generator, names: Sequence[str], base: np.ndarray, walk: Walk
) -> Iterator[Answer]:
    talent = draw.normal()
    known = draw.random(len(names)) < 1 / (1 + np.exp(1.5 - talent + base))
    learn = 1 / (1 + np.exp(1.4 - 0.7 * talent + 0.4 * base))
    last = np.zeros(len(names))
    for concept, day, difficulty in walk:
        away = day - last[concept]
        if known[concept] and last[concept] and draw.random() < 1 - np.exp(-away / 60):
            known[concept] = False
        slip, guess = 0.04 + 0.05 * (difficulty - 1), 0.3 - 0.05 * (difficulty - 1)
        right = bool(draw.random() < (1 - slip if known[concept] else guess))
        yield Answer(names[concept], right, _EPOCH + timedelta(days=float(day)), float(difficulty))
        known[concept] = known[concept] or draw.random() < learn[concept]
        last[concept] = day


def _by_growth(
    draw: np.random.Generator, names: Sequence[str], base: np.ndarray, walk: Walk
) -> Iterator[Answer]:
    talent = draw.normal(0.0, 1.0)
    special = draw.normal(0.0, 0.7, len(names))
    times: list[list[float]] = [[] for _ in names]
    for concept, day, difficulty in walk:
        practised = sum((1 + day - before) ** -0.3 for before in times[concept])
        odds = talent + special[concept] - base[concept] - 0.5 * (difficulty - 3)
        odds += 0.9 * float(np.log1p(practised)) - 0.4
        right = bool(draw.random() < 1 / (1 + np.exp(-odds)))
        yield Answer(names[concept], right, _EPOCH + timedelta(days=float(day)), float(difficulty))
        times[concept].append(day)
