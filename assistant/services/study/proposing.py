"""Has a model propose an exercise, and keeps it where code has proved its key."""

import threading
import zlib
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Final

from assistant.domain.cancel import CancelToken
from assistant.domain.clock import Clock
from assistant.domain.course import Concept, Course
from assistant.domain.errors import UserFacingError
from assistant.domain.exercise import Exercise
from assistant.domain.generation import Priority, SamplingParams
from assistant.domain.ids import ConceptId, CourseId
from assistant.domain.making import Maker
from assistant.domain.model import LoadedModel
from assistant.domain.trace import ProgramRun
from assistant.services.jobs import Job, Workers
from assistant.services.structured import StructuredService, Wish
from assistant.services.study.course_library import CourseLibrary, concept_of
from assistant.store.proposals import ProposalRepository
from assistant.tutor.proposing.drafts import MOST_SHOWN, Draft, turns_for
from assistant.tutor.proposing.exercises import Dropped, Material, made_of
from assistant.tutor.proposing.keeping import from_text, to_text
from assistant.tutor.proposing.material import Known, draft_kind, gathered, material_for

MOST_TRIES: Final = 6
_SAMPLING: Final = SamplingParams(temperature=0.9, repeat_penalty=1.0, max_tokens=220)
_UNREADABLE: Final = frozenset({"answer_invalid", "answer_cut"})


@dataclass(frozen=True, slots=True)
class Proposer:
    """What proposing stands on.

    Args:
        structured: Asks the model for a value.
        ready: Has a model loaded, or fails with why none can answer.
        model_name: What the model that answers is called.
        run: Runs a program, sealed off.
        maker: Makes exercises, as patterns of what belongs to a concept.
        repository: Gives the vault's repository, on the store thread.
    """

    structured: StructuredService
    ready: Callable[[], Future[LoadedModel]]
    model_name: Callable[[], str]
    run: Callable[[str, CancelToken], ProgramRun]
    maker: Maker
    repository: Callable[[], ProposalRepository]


@dataclass(frozen=True, slots=True)
class Proposed:
    """What came of asking.

    Args:
        exercise: The first that was proved.
        tries: How many proposals it took, this one too.
        dropped: Why each of the others was dropped, in words.
    """

    exercise: Exercise
    tries: int
    dropped: tuple[str, ...]


class ProposalService:
    """Asks, proves and keeps; nothing that was not proved leaves it.

    Args:
        workers: The pool and the store thread.
        clock: Tells when an exercise was made.
        library: The courses.
        proposer: What proposing stands on.
    """

    def __init__(
        self, workers: Workers, clock: Clock, library: CourseLibrary, proposer: Proposer
    ) -> None:
        self._workers = workers
        self._clock = clock
        self._library = library
        self._with = proposer
        self._lock = threading.Lock()
        self._wanted: dict[tuple[CourseId, ConceptId], Job[Proposed]] = {}

    def kept(self, course: CourseId, concept: ConceptId) -> tuple[Exercise, ...]:
        """What was proposed and proved before; in the pool.

        A text that cannot be read any more is as good as none.
        """
        texts = self._workers.on_store(lambda: self._with.repository().of(course, concept)).result()
        found = map(from_text, texts)
        return tuple(one for one in found if one is not None)

    def propose(
        self,
        course: CourseId,
        concept: ConceptId,
        *,
        priority: Priority = Priority.INTERACTIVE,
        tries: int = MOST_TRIES,
    ) -> Job[Proposed]:
        """Asks until an exercise is proved, or often enough; never waits.

        Raises (from the job):
            UserFacingError: There is no such concept, no model can answer, nothing tells what
                belongs to the concept (``nothing_to_propose``), or none of the proposals could be
                proved (``nothing_proposed``): the hint says why each was dropped.
        """
        job: Job[Proposed] = Job()
        errand = _Errand(self, job, priority, tries)
        self._go_on(job, lambda: errand.begin(course, concept))
        return job

    def want(self, course: CourseId, concept: ConceptId) -> Job[Proposed]:
        """The same in the background, once at a time for each concept."""
        with self._lock:
            running = self._wanted.get((course, concept))
            if running is None or running.settled:
                running = self.propose(course, concept, priority=Priority.BACKGROUND)
                self._wanted[course, concept] = running
            return running

    def material(self, course: Course, concept: Concept) -> Material:
        """What proposals on a concept are held against; in the pool."""
        known, drafts = gathered(concept, self._with.maker)
        kept = self.kept(course.id, concept.id)
        return material_for(course, concept, Known((*concept.exercises, *known, *kept), drafts))

    def wanted(self, course: CourseId, concept: ConceptId) -> tuple[Course, Concept]:
        """A course and one of its concepts; in the pool.

        Raises:
            UserFacingError: There is none.
        """
        found = self._library.course(course)
        return found, concept_of(found, concept)

    def once_ready(self, job: Job[Proposed], work: Callable[[], None]) -> None:
        """Goes on in the pool once a model is loaded; the job fails where none can answer.

        Gathering takes seconds, and is for nothing without a model; nothing of the pool waits.
        """

        def ready(done: Future[LoadedModel]) -> None:
            error = done.exception()
            if error is None:
                self._go_on(job, work)
            else:
                job.fail(error)

        self._with.ready().add_done_callback(ready)

    def ask(
        self, material: Material, course: Course, turn: int, told: str, priority: Priority
    ) -> Job[Draft]:
        """One proposal; the examples that the model sees change from turn to turn."""
        shown = material.shown
        start = zlib.crc32(f"{material.concept.id}/{len(material.known)}/{turn}".encode())
        picked = [shown[(start + at) % len(shown)] for at in range(min(MOST_SHOWN, len(shown)))]
        kind = draft_kind(course)
        wish = Wish(
            turns_for(material.concept, picked, kind, told),
            _SAMPLING,
            cache_key="proposals",
            priority=priority,
        )
        return self._with.structured.instance(kind, wish)

    def prove(
        self, draft: Draft, material: Material, course: CourseId, cancel: CancelToken
    ) -> Exercise | Dropped:
        """The exercise that a proposal makes; in the pool."""

        def printed(source: str) -> str | None:
            ran = self._with.run(source, cancel)
            return ran.output if ran.ended_well else None

        return made_of(draft, material, course, printed)

    def keep(self, course: CourseId, exercise: Exercise) -> None:
        """Keeps one that was proved; in the pool."""
        model, now = self._with.model_name(), self._clock.now()
        key = (exercise.id, course, exercise.concept)
        self._workers.on_store(lambda: self._keep(key, exercise, model, now)).result()

    def _keep(
        self, key: tuple[str, str, str], exercise: Exercise, model: str, now: datetime
    ) -> None:
        self._with.repository().keep(key, to_text(exercise), model, now)

    def _go_on(self, job: Job[Proposed], work: Callable[[], None]) -> None:
        def settled(done: Job[None]) -> None:
            if done.error is not None and not job.settled:
                job.fail(done.error)

        self._workers.in_pool(lambda _: work()).on_done(settled)

    def go_on(self, job: Job[Proposed], work: Callable[[], None]) -> None:
        """Goes on in the pool; the job fails with whatever fails."""
        self._go_on(job, work)


class _Errand:
    """One exercise on its way: ask, prove, and ask again with what was wrong."""

    def __init__(
        self, service: ProposalService, job: Job[Proposed], priority: Priority, tries: int
    ) -> None:
        self._service = service
        self._job = job
        self._priority = priority
        self._tries = tries
        self._turns = count()
        self._dropped: list[str] = []

    def begin(self, course_id: CourseId, concept_id: ConceptId) -> None:
        """Waits for a model, gathers what there is, and asks for the first time."""
        course, concept = self._service.wanted(course_id, concept_id)
        self._service.once_ready(self._job, lambda: self._gather(course, concept))

    def _gather(self, course: Course, concept: Concept) -> None:
        material = self._service.material(course, concept)
        if not material.shown or not (material.frames or material.subject):
            raise UserFacingError(
                f"A model cannot propose exercises on “{concept.title}”: nothing tells which "
                "of them could be proved.",
                "Take another concept; those with formulas, notes or programs have them.",
                code="nothing_to_propose",
            )
        self._course, self._material = course, material
        self._ask()

    def _ask(self) -> None:
        turn = next(self._turns)
        self._job.report(turn / self._tries, f"Proposal {turn + 1} of at most {self._tries}")
        told = self._dropped[-1] if self._dropped else ""
        asked = self._service.ask(self._material, self._course, turn, told, self._priority)
        self._job.cancel_token.watch(asked.cancel)
        asked.on_done(
            lambda done: self._service.go_on(self._job, lambda: self._judge(done, turn + 1))
        )

    def _judge(self, done: Job[Draft], turn: int) -> None:
        found = self._found(done)
        if isinstance(found, Exercise):
            self._service.keep(self._course.id, found)
            self._job.finish(Proposed(found, turn, tuple(self._dropped)))
            return
        self._dropped.append(found.why)
        if turn < self._tries:
            self._ask()
            return
        reasons = " ".join(dict.fromkeys(self._dropped))
        raise UserFacingError(
            f"None of the {turn} exercises that the model proposed could be proved, and so none "
            "is shown.",
            f"Try again, or choose a larger model. What was wrong: {reasons}",
            code="nothing_proposed",
        )

    def _found(self, done: Job[Draft]) -> Exercise | Dropped:
        error = done.error
        if isinstance(error, UserFacingError) and error.code in _UNREADABLE:
            return Dropped("The answer was not what was asked for.")
        draft = done.result()
        return self._service.prove(draft, self._material, self._course.id, self._job.cancel_token)
