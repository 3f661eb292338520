"""Challenges by level and topic, and programs to mend; each is proved in the sandbox first."""

import contextlib
import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from assistant.domain.cancel import CancelToken
from assistant.domain.course import Concept, Course
from assistant.domain.errors import UserFacingError
from assistant.domain.exercise import CodeTask, Exercise, RunReport
from assistant.sandbox.limits import Limits
from assistant.sandbox.sandbox import Sandbox
from assistant.services.jobs import Job, Workers
from assistant.services.study.code_values import Challenge, ChallengeKind
from assistant.services.study.course_library import CourseLibrary
from assistant.tutor.coding.mutations import Mutant, mutants_of
from assistant.tutor.coding.templates import MadeTask, made_tasks

LEVELS: Final = range(1, 6)
_SUBJECT: Final = "programming"
_MOST_TRIED: Final = 12
"""Variants that are run until one fails its tests as it should."""
_FOR_VARIANTS: Final = Limits(seconds=10.0, fuel=3_000_000_000)
_MEND: Final = (
    "This program does not do what it should. Find the mistake and mend it; it is in one place."
)


class ChallengeService:
    """Finds, makes and breaks programs for practice.

    Args:
        workers: The pool.
        library: The courses.
        sandbox: Proves them.
    """

    def __init__(self, workers: Workers, library: CourseLibrary, sandbox: Sandbox) -> None:
        self._workers = workers
        self._library = library
        self._sandbox = sandbox

    def challenges(
        self, level: int | None = None, topic: str = "", *, seed: int = 0
    ) -> Job[tuple[Challenge, ...]]:
        """The programs to write there are: from the courses, and made by chance.

        Args:
            level: From 1 to 5; None for all.
            topic: A concept such as ``recursion``, or a word of its title; "" for all.
            seed: Of those made by chance.

        Raises (from the job):
            UserFacingError: There is none of that level and topic.
        """
        return self._workers.in_pool(lambda _: self._fitting(level, topic, seed))

    def one(self, level: int | None = None, topic: str = "", *, seed: int = 0) -> Job[Challenge]:
        """One program to write, drawn by the seed and proved to be solvable.

        Raises (from the job):
            UserFacingError: There is none of that level and topic.
            EnvironmentProblem: Programs cannot be run here, and why.
        """

        def work(job: Job[Challenge]) -> Challenge:
            found = _drawn(self._fitting(level, topic, seed), seed)
            # Where a topic has nothing but programs to mend, one of those is better than none.
            for challenge in sorted(found, key=_is_to_mend):
                proof = self._proof(challenge.task, job.cancel_token)
                if proof:
                    return replace(challenge, proof=proof)
            raise _none(level, topic)

        return self._workers.in_pool(work)

    def debugging(
        self, level: int | None = None, topic: str = "", *, seed: int = 0
    ) -> Job[Challenge]:
        """One program to mend: right once, and broken by one slip that its tests do find.

        Raises (from the job):
            UserFacingError: There is none of that level and topic.
            EnvironmentProblem: Programs cannot be run here, and why.
        """

        def work(job: Job[Challenge]) -> Challenge:
            for challenge in _drawn(self._fitting(level, topic, seed), seed):
                broken = self._broken(challenge, seed, job)
                if broken is not None:
                    return broken
            raise _none(level, topic)

        return self._workers.in_pool(work)

    def _fitting(self, level: int | None, topic: str, seed: int) -> tuple[Challenge, ...]:
        every = [*self._of_courses(), *self._made(seed)]
        found = tuple(
            each
            for each in every
            if (level is None or each.level == level) and _about(each, topic.casefold().strip())
        )
        if not found:
            raise _none(level, topic)
        return found

    def _of_courses(self) -> Iterator[Challenge]:
        for course in self._courses():
            for concept in course.concepts:
                for exercise in concept.exercises:
                    if exercise.code is not None:
                        yield _of_exercise(concept, exercise, exercise.code)

    def _courses(self) -> Iterator[Course]:
        """Those that ship, and the learner's own where the vault is open."""
        ids = self._library.shipped()
        with contextlib.suppress(UserFacingError):  # it is locked; what ships is there all the same
            ids += self._library.own()
        for course_id in ids:
            course = self._library.course(course_id)
            if course.subject == _SUBJECT:
                yield course

    def _made(self, seed: int) -> Iterator[Challenge]:
        titles = {
            str(concept.id): concept.title
            for course in self._courses()
            for concept in course.concepts
        }
        for task in made_tasks(seed):
            yield _of_made(task, titles.get(task.topic, task.topic), seed)

    def _proof(self, task: CodeTask, cancel: CancelToken) -> str:
        """What shows that a task can be solved and is not yet; "" where it is not so."""
        right = self._run(task.reference, task, cancel)
        if not right.all_passed or self._run(task.starter, task, cancel).all_passed:
            return ""
        return f"A solution passes its {len(right.cases)} tests, and what it begins with does not."

    def _broken(self, challenge: Challenge, seed: int, job: Job[Challenge]) -> Challenge | None:
        task = challenge.task
        tried = _by_turns(list(mutants_of(task.reference)), random.Random(seed))  # noqa: S311 - exercises
        if not tried or not self._run(task.reference, task, job.cancel_token).all_passed:
            return None
        for mutant in tried[:_MOST_TRIED]:
            report = self._run(mutant.source, task, job.cancel_token)
            if report.failed and not report.trouble and report.killed is None:
                return _mended(challenge, mutant, report)
        return None

    def _run(self, source: str, task: CodeTask, cancel: CancelToken) -> RunReport:
        return self._sandbox.grade(
            source, task.tests, task.module, limits=_FOR_VARIANTS, cancel=cancel
        )


def _of_exercise(concept: Concept, exercise: Exercise, task: CodeTask) -> Challenge:
    level = min(max(round(exercise.difficulty), LEVELS[0]), LEVELS[-1])
    return Challenge(
        str(exercise.id),
        ChallengeKind.WRITE,
        exercise.title or concept.title,
        str(concept.id),
        concept.title,
        level,
        exercise.prompt,
        task,
        exercise.nudge,
    )


def _of_made(made: MadeTask, topic: str, seed: int) -> Challenge:
    task = CodeTask(made.name, made.starter, made.tests, made.reference)
    return Challenge(
        f"made:{made.name}:{seed}",
        ChallengeKind.WRITE,
        made.title,
        made.topic,
        topic,
        made.level,
        made.prompt,
        task,
        made.hint,
    )


def _mended(challenge: Challenge, mutant: Mutant, report: RunReport) -> Challenge:
    task = challenge.task
    return Challenge(
        f"mend:{challenge.id}",
        ChallengeKind.MEND,
        _to_mend(challenge.title),
        challenge.topic,
        challenge.topic_title,
        challenge.level,
        f"{_MEND}\n\nWhat it should do:\n\n{challenge.prompt}",
        CodeTask(task.module, mutant.source, task.tests, task.reference),
        challenge.hint,
        f"{report.failed} of {len(report.cases)} tests fail; without the mistake all of them pass.",
        mutant.words,
        mutant.line,
    )


def _is_to_mend(challenge: Challenge) -> bool:
    """A debugging exercise of a course is called so."""
    return challenge.title.startswith("Mend")


def _to_mend(title: str) -> str:
    """A title that says what is to be done, once: that of a debugging exercise says it already."""
    return title if title.startswith("Mend") else f"Mend: {title}"


def _about(challenge: Challenge, topic: str) -> bool:
    if not topic:
        return True
    words = (challenge.topic, challenge.topic.replace("-", " "), challenge.topic_title.casefold())
    return any(topic in each for each in words)


def _drawn(found: tuple[Challenge, ...], seed: int) -> list[Challenge]:
    return random.Random(seed).sample(found, len(found))  # noqa: S311 - exercises


def _by_turns(mutants: list[Mutant], dice: random.Random) -> list[Mutant]:
    """Variants in an order by chance in which kinds take turns, so that none is rare."""
    kinds: dict[str, list[Mutant]] = {}
    for mutant in dice.sample(mutants, len(mutants)):
        kinds.setdefault(mutant.kind, []).append(mutant)
    turns: list[Mutant] = []
    order = dice.sample(list(kinds), len(kinds))
    while kinds:
        for kind in [each for each in order if each in kinds]:
            turns.append(kinds[kind].pop())
            if not kinds[kind]:
                del kinds[kind]
    return turns


def _none(level: int | None, topic: str) -> UserFacingError:
    words = f" of level {level}" if level is not None else ""
    words += f" about “{topic}”" if topic else ""
    return UserFacingError(
        f"There is no challenge{words}.",
        "Levels go from 1 to 5, and topics are concepts of “Python from zero”, such as recursion.",
        code="no_challenge",
    )
