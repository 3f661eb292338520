"""A vault in which somebody has studied: a real core, with answers and cards of past days."""

import random
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assistant.config.paths import profile_paths
from assistant.domain.ids import AttemptId, CourseId
from assistant.domain.study import Attempt, Enrolment, Recall, Rung
from assistant.engine.base import Engine
from assistant.engine.scripted import scripted_engine
from assistant.services.core import Core
from assistant.services.options import CoreOptions
from tests.helpers.profile import PASSPHRASE

NOW = datetime(2025, 11, 19, 12, 0, tzinfo=UTC)
PYTHON, ALGEBRA, MUSIC = (
    CourseId("python-from-zero"),
    CourseId("algebra-and-arithmetic"),
    CourseId("music-theory"),
)


class Noon:
    """It is always the same noon."""

    def now(self) -> datetime:
        return NOW

    def monotonic(self) -> float:
        return 0.0


@contextmanager
def studying(folder: Path, engine: Engine | None = None) -> Generator[Core]:
    """A core over a vault that was just made; closed at the end."""
    options = CoreOptions(paths=profile_paths(folder), clock=Noon(), keyring=False)
    core = Core(options, engine or scripted_engine())
    try:
        core.vault.open(PASSPHRASE).result(60)
        yield core
    finally:
        core.close()


def all_threads(core: Core) -> None:
    """Has the core start all its threads, for one that outlives the test that first needs them."""
    met = threading.Barrier(3)
    for job in [core.workers.in_pool(lambda _: met.wait(60)) for _ in range(3)]:
        job.result(60)


def enrol(
    core: Core, course: CourseId, hours: float | None = None, deadline: datetime | None = None
) -> None:
    """Takes a course, some weeks ago."""
    begun = Enrolment(course, 1, NOW - timedelta(days=80), deadline, hours_a_week=hours)
    core.workers.on_store(lambda: core.study.study_repository().enrol(begun)).result(60)


def answered(core: Core, course_id: CourseId, concepts: int, days: int = 80) -> None:
    """Puts in the answers of some weeks, most of them right; always the same."""
    rng = random.Random(f"{course_id}/{concepts}")  # noqa: S311 - no secret
    course = core.study.library.course(course_id)
    attempts: list[Attempt] = []
    for number, concept in enumerate(course.concepts[:concepts]):
        day = days - round(number * days / concepts)
        for at, exercise in enumerate(concept.exercises[:6]):
            if at % 3 == 0:
                day = max(0, day - 2)
            hour = timedelta(hours=rng.randint(0, 5), minutes=rng.randint(0, 59))
            attempts.append(
                Attempt(
                    id=AttemptId(0),
                    course=course_id,
                    concept=concept.id,
                    exercise=exercise.id,
                    kind=exercise.kind,
                    when=NOW - timedelta(days=day) - hour,
                    answer="1",
                    correct=rng.random() < 0.78,
                    credit=1.0,
                    rung=Rung.NONE,
                    try_number=1,
                    seconds=rng.uniform(30, 400),
                    difficulty=exercise.difficulty,
                    predicted=min(0.98, max(0.3, rng.gauss(0.76, 0.12))),
                )
            )
    attempts.sort(key=lambda one: one.when)

    def put() -> None:
        for attempt in attempts:
            core.study.study_repository().record(attempt)

    core.workers.on_store(put).result(60)


def reviewed(core: Core, course_id: CourseId, concepts: int, leeches: int = 0) -> None:
    """Takes the cards of some concepts into review and answers them on past days.

    Args:
        core: The core.
        course_id: Of which course.
        concepts: Of how many concepts.
        leeches: How many of the cards are marked as those that do not stick.
    """
    from assistant.tutor.learner.memory import Forgetting

    course = core.study.library.course(course_id)
    core.study.reviews.take_in(course, [one.id for one in course.concepts[:concepts]]).result(60)
    forgetting, rng = Forgetting(), random.Random(str(course_id))  # noqa: S311 - no secret

    def put() -> None:
        repository = core.study.card_repository()
        for number, first in enumerate(repository.all(course_id)):
            card = first
            now, left = NOW - timedelta(days=rng.randint(8, 40)), 4
            while now < NOW and left:
                good = rng.random() < 0.85
                done = forgetting.review(card, Recall.GOOD if good else Recall.AGAIN, now, 9.0)
                repository.keep(done.card, done.review)
                card, left = done.card, left - 1
                memory = card.memory
                assert memory is not None
                now = max(memory.due, now + timedelta(hours=1))
            if number < leeches:
                repository.keep(replace(card, lapses=9 - number, leech=True, suspended=number == 1))

    core.workers.on_store(put).result(60)
