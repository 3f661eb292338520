"""Fits the thresholds of the placement test on simulated learners, and judges them on others.

    python scripts/fit_placement.py [--learners 60] [--seed 1] [--only-judge]

A lesson that is skipped though it is not known costs three times one that is given though it is;
a question costs 0.4 % of the course. Fitted on two courses; judged on learners of another seed, on
these and on the third course. All of them are SIMULATED: it says how the test works if learners
are like that, and nothing of people.
"""

import argparse
import itertools
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import mean

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from learner.takers import EVERYBODY, Taker  # noqa: E402 - the path comes first

from assistant.config.paths import resources  # noqa: E402 - the path comes first
from assistant.domain.ids import ConceptId  # noqa: E402 - the path comes first
from assistant.tutor.courses.reading import read_course  # noqa: E402 - the path comes first
from assistant.tutor.learner.placement import (  # noqa: E402 - the path comes first
    MOST_QUESTIONS,
    TUNED,
    Places,
    Tuning,
    next_question,
)

FITTED_ON = ("algebra-and-arithmetic", "python-from-zero")
HELD_OUT = "music-theory"
KNOWN = (0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)
NARROW = (0.02, 0.03, 0.04, 0.05, 0.06)
SLIPS, LUCK = (0.03, 0.06, 0.1, 0.15), (0.08, 0.12, 0.18, 0.25)
_SKIPPED, _QUESTION = 3.0, 0.004
Requires = Mapping[ConceptId, Sequence[ConceptId]]


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one test: shares of the course."""

    skipped: float
    """Not known, and yet skipped."""
    missed: float
    """Known, and yet not skipped."""
    questions: int

    @property
    def cost(self) -> float:
        """What is to be as small as possible."""
        return _SKIPPED * self.skipped + self.missed + _QUESTION * self.questions


def main(words: Sequence[str]) -> int:
    """Prints the best thresholds on the learners they were fitted on, and all on others."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--learners", type=int, default=60, help="of each kind and course")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only-judge", action="store_true", help="what ships, and nothing else")
    given = parser.parse_args(words)
    tunings = {"as it ships": TUNED}
    if not given.only_judge:
        tunings["fitted"] = _fitted(given.learners, given.seed)
        print(f"fitted on {', '.join(FITTED_ON)}: {tunings['fitted']}")
    for name, tuning in tunings.items():
        for course in (*FITTED_ON, HELD_OUT):
            row = list(judged(course, tuning, given.learners, given.seed + 1000))
            print(
                f"{name:12} {course:24} skipped wrongly {mean(one.skipped for one in row):6.2%}  "
                f"missed {mean(one.missed for one in row):6.2%}  questions "
                f"{mean(one.questions for one in row):5.1f}  cost {mean(o.cost for o in row):.4f}"
            )
    return 0


def _requires(course: str) -> Requires:
    found = read_course(resources() / "courses" / course)
    return {concept.id: concept.requires for concept in found.concepts}


def _takers(course: str, learners: int, seed: int) -> Iterator[tuple[Requires, Taker]]:
    requires = _requires(course)
    for kind, number in itertools.product(EVERYBODY, range(learners)):
        draw = Random(f"{course}/{seed}/{kind.steep}/{number}")  # noqa: S311 - simulation
        yield requires, Taker(requires, kind, draw)


def _fitted(learners: int, seed: int) -> Tuning:
    """The cheapest tuning: a test is taken once to its end, and cut off at each narrowness."""
    costs: dict[Tuning, list[float]] = {}
    for slip, luck in itertools.product(SLIPS, LUCK):
        for course in FITTED_ON:
            for requires, taker in _takers(course, learners, seed):
                whole = Tuning(KNOWN[0], 0.0, slip, luck)
                rows = list(_taken(requires, taker, whole))
                for known, narrow in itertools.product(KNOWN, NARROW):
                    number, chances, _ = next((row for row in rows if row[2] <= narrow), rows[-1])
                    result = result_of(chances, taker, known, number)
                    costs.setdefault(Tuning(known, narrow, slip, luck), []).append(result.cost)
    return min(costs, key=lambda tuning: mean(costs[tuning]))


def judged(course: str, tuning: Tuning, learners: int, seed: int) -> Iterator[Result]:
    """What comes of the tests of so many learners of each kind."""
    for requires, taker in _takers(course, learners, seed):
        number, chances, _ = list(_taken(requires, taker, tuning))[-1]
        yield result_of(chances, taker, tuning.known, number)


def _taken(
    requires: Requires, taker: Taker, tuning: Tuning
) -> Iterator[tuple[int, Mapping[ConceptId, float], float]]:
    """After each question: its number, the chances, and how unsure it is still."""
    places, asked = Places(requires, tuning), Counter[ConceptId]()
    yield 0, places.chances(), places.unsure()
    while (question := next_question(places, asked, longest=MOST_QUESTIONS)) is not None:
        asked[question.concept] += 1
        places.learn(question.concept, right=taker.right(question.concept))
        yield question.number, places.chances(), places.unsure()


def result_of(
    chances: Mapping[ConceptId, float], taker: Taker, known: float, questions: int
) -> Result:
    """What a belief is worth that calls known what is at least so likely."""
    found = {one for one, chance in chances.items() if chance >= known}
    size = len(chances)
    return Result(len(found - taker.known) / size, len(taker.known - found) / size, questions)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
