"""A profile of somebody who has studied for some weeks, made through the services."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assistant.domain.ids import AttemptId, ConceptId, CourseId
from assistant.domain.study import Attempt, Recall, Rung
from assistant.engine.scripted import scripted_engine
from assistant.services.core import Core
from tests.helpers.profile import PASSPHRASE, options_for

ALGEBRA, MUSIC = CourseId("algebra-and-arithmetic"), CourseId("music-theory")
JOB_S = 60.0


@dataclass
class SetClock:
    """A clock that is set by hand."""

    moment: datetime = field(default_factory=lambda: datetime.now(UTC))

    def now(self) -> datetime:
        return self.moment


def note(core: Core, course: CourseId, number: int, *, right: bool = True) -> ConceptId:
    """Records an answer on a concept of a course, by its number, as practice would; no model or
    maker of exercises is needed for it.
    """
    found = core.study.library.course(course)
    concept = found.concepts[number]
    exercise = concept.exercises[0]
    attempt = Attempt(
        id=AttemptId(0),
        course=course,
        concept=concept.id,
        exercise=exercise.id,
        kind=exercise.kind,
        when=core.options.clock.now(),
        answer="",
        correct=right,
        credit=float(right),
        rung=Rung.NONE,
        try_number=1,
        seconds=60.0,
        difficulty=exercise.difficulty,
        predicted=0.6,
    )
    core.workers.on_store(lambda: core.study.study_repository().record(attempt)).result(JOB_S)
    core.study.enrolments.take_in(found, concept.id)
    return concept.id


def make_learner(profile: Path, *, sittings: int = 4) -> None:
    """Takes algebra and music, answers rights and wrongs, and reviews, until yesterday."""
    clock = SetClock()
    end = clock.moment - timedelta(days=1)
    core = Core(replace(options_for(profile), clock=clock), scripted_engine())
    core.vault.open(PASSPHRASE).result(JOB_S)
    study = core.study
    for sitting in range(sittings):
        clock.moment = end - timedelta(days=3 * (sittings - 1 - sitting))
        for course in (ALGEBRA, MUSIC):
            clock.moment += timedelta(minutes=1)
            if not sitting:
                study.enrolments.enrol(course).result(JOB_S)
            for number in range(sitting + 1):
                note(core, course, number, right=number < sitting)
                note(core, course, number)
        for card in study.reviews.session().result(JOB_S).cards[:4]:
            study.reviews.answer(card.id, Recall.EASY, 6.0).result(JOB_S)
    core.close()
