"""A profile of somebody who has studied for some weeks, made through the services."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assistant.domain.ids import ConceptId, CourseId
from assistant.domain.study import Recall
from assistant.engine.scripted import scripted_engine
from assistant.services.core import Core
from tests.helpers.desk import PASSPHRASE, options_for

ALGEBRA, MUSIC = CourseId("algebra-and-arithmetic"), CourseId("music-theory")
JOB_S = 60.0


@dataclass
class SetClock:
    """A clock that is set by hand."""

    moment: datetime = field(default_factory=lambda: datetime.now(UTC))

    def now(self) -> datetime:
        return self.moment


def solve(core: Core, course: CourseId, *, right: bool = True) -> ConceptId:
    """Answers the next exercise of a course; gives its concept."""
    given = core.study.practice.next(course, skip=True).result(JOB_S)
    answer = given.exercise.key.answer if right else "7654321"
    core.study.practice.answer(given.exercise.id, answer, 60.0).result(JOB_S)
    return given.concept.id


def make_learner(profile: Path, *, sittings: int = 4) -> None:
    """Takes algebra and music, and answers, rights and wrongs, until yesterday."""
    clock = SetClock()
    end = clock.moment - timedelta(days=1)
    core = Core(replace(options_for(profile), clock=clock), scripted_engine())
    core.vault.open(PASSPHRASE).result(JOB_S)
    study = core.study
    for sitting in range(sittings):
        clock.moment = end - timedelta(days=3 * (sittings - 1 - sitting))
        for course in (ALGEBRA, MUSIC):
            if not sitting:
                clock.moment += timedelta(minutes=1)
                study.enrolments.enrol(course).result(JOB_S)
            solve(core, course, right=course != MUSIC or sitting > 1)
            solve(core, course)
        for card in study.reviews.session().result(JOB_S).cards[:4]:
            study.reviews.answer(card.id, Recall.EASY, 6.0).result(JOB_S)
    core.close()
