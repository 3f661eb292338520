"""Exercises that a model proposes in practice, over a real vault, solver and sandbox."""

import json
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace

import pytest

from assistant.domain.course import Concept, Course, Lesson, Unit
from assistant.domain.errors import UserFacingError
from assistant.domain.exercise import AnswerKind, Exercise, Key, Proof, ProvedBy
from assistant.domain.ids import ConceptId, CourseId, ExerciseId
from assistant.domain.making import Maker
from assistant.domain.model import LoadedModel
from assistant.engine.scripted import Script, ScriptedAnswer
from assistant.services.core import Core
from assistant.services.study.proposing import ProposalService
from assistant.tutor.proposing.exercises import TITLE

WAIT_S = 60
ALGEBRA, ADDING = CourseId("algebra-and-arithmetic"), ConceptId("fractions-adding")
OWN, SUMS = CourseId("own"), ConceptId("sums")
CoreThatSays = Callable[[Script], Core]


def _formula(text: str) -> str:
    return json.dumps({"formula": text})


def _core(core_that_says: CoreThatSays, *answers: str) -> Core:
    return core_that_says(Script(tuple(map(ScriptedAnswer, answers))))


def test_proposals_are_asked_for_until_one_is_proved_and_that_is_kept(
    core_that_says: CoreThatSays,
) -> None:
    core = _core(core_that_says, _formula("apples"), _formula("5 + 3"), _formula("5/7 + 3/14"))
    proposals = core.study.proposals
    made = proposals.propose(ALGEBRA, ADDING).result(WAIT_S)
    assert made.tries == 3
    assert len(made.dropped) == 2
    assert made.exercise.key.answer == "13/14"
    assert made.exercise.title == TITLE
    assert proposals.kept(ALGEBRA, ADDING) == (made.exercise,)

    core.study.enrolments.enrol(ALGEBRA).result(WAIT_S)
    practice = core.study.practice
    assert practice.up_next(ALGEBRA).result(WAIT_S)
    given = practice.take(ALGEBRA, made.exercise).result(WAIT_S)
    assert practice.given(made.exercise.id).result(WAIT_S).exercise == given.exercise
    assert practice.answer(made.exercise.id, "13/14", 5).result(WAIT_S).grade.correct


def test_what_cannot_be_proved_is_told_and_not_shown(core_that_says: CoreThatSays) -> None:
    core = _core(core_that_says, _formula("apples"), _formula("5 + 3"), "no JSON", "no JSON")
    with pytest.raises(UserFacingError) as told:
        core.study.proposals.propose(ALGEBRA, ADDING, tries=3).result(WAIT_S)
    assert told.value.code == "nothing_proposed"
    assert "None of the 3" in told.value.message
    assert "not like the exercises" in told.value.hint
    assert core.study.proposals.kept(ALGEBRA, ADDING) == ()


def _own(*exercises: Exercise) -> Course:
    concept = replace(Concept(SUMS, "Sums", "Add.", Lesson("")), exercises=exercises)
    return Course(OWN, 1, "Own", "Sums.", "en", "mathematics", (Unit("All", (SUMS,)),), (concept,))


def _written(number: int) -> Exercise:
    return Exercise(
        ExerciseId(f"own/sums/sum-{number}"),
        SUMS,
        AnswerKind.NUMBER,
        f"Work out ${number} + 4$.",
        Key(str(number + 4)),
        Proof(ProvedBy.AUTHOR, "Written."),
        title="A sum",
        solution=(f"{number + 4}",),
    )


def test_a_concept_that_is_used_up_has_another_one_proposed(core_that_says: CoreThatSays) -> None:
    core = _core(core_that_says, _formula("9 + 8"))
    core.study.library.keep(_own(_written(3)), core.options.clock.now())
    core.study.enrolments.enrol(OWN).result(WAIT_S)
    practice = core.study.practice
    first = practice.next(OWN, SUMS).result(WAIT_S)
    assert first.exercise.title == "A sum"
    # Practice has asked for it already: this is the same errand, or finds it done.
    wanted = core.study.proposals.want(OWN, SUMS)
    assert wanted.result(WAIT_S).exercise.key.answer == "17"
    practice.answer(first.exercise.id, "7", 5).result(WAIT_S)
    second = practice.next(OWN, SUMS).result(WAIT_S)
    assert (second.exercise.title, second.exercise.key.answer) == (TITLE, "17")


def test_where_nothing_could_be_proved_the_model_is_not_asked(
    core_that_says: CoreThatSays,
) -> None:
    core = _core(core_that_says)
    core.study.library.keep(_own(), core.options.clock.now())
    for course, concept, code in (
        (OWN, SUMS, "nothing_to_propose"),
        (ALGEBRA, ConceptId("no-such"), "concept_unknown"),
    ):
        with pytest.raises(UserFacingError) as told:
            core.study.proposals.propose(course, concept).result(WAIT_S)
        assert told.value.code == code


def test_without_a_model_nothing_is_gathered_in_vain(core_that_says: CoreThatSays) -> None:
    core = _core(core_that_says, _formula("5/7 + 3/14"))
    gathered: list[ConceptId] = []

    class Patterns(Maker):
        def make(
            self, generator: str, concept: ConceptId, difficulty: float, seed: int
        ) -> Exercise:
            gathered.append(concept)
            return core.study.maker.make(generator, concept, difficulty, seed)

    def none_here() -> Future[LoadedModel]:
        gone: Future[LoadedModel] = Future()
        gone.set_exception(UserFacingError("There is no model.", "Get one.", code="no_model"))
        return gone

    given = replace(core.study.proposer, maker=Patterns())
    service = ProposalService(core.workers, core.options.clock, core.study.library, given)
    service.propose(ALGEBRA, ADDING).result(WAIT_S)
    assert gathered
    gathered.clear()
    given = replace(given, ready=none_here)
    service = ProposalService(core.workers, core.options.clock, core.study.library, given)
    with pytest.raises(UserFacingError) as told:
        service.propose(ALGEBRA, ADDING).result(WAIT_S)
    assert told.value.code == "no_model"
    assert gathered == []


def test_what_waits_for_a_model_holds_no_thread_of_the_pool(core_that_says: CoreThatSays) -> None:
    core = _core(core_that_says, _formula("5/7 + 3/14"))
    later: Future[LoadedModel] = Future()
    asked = threading.Semaphore(0)

    def being_loaded() -> Future[LoadedModel]:
        asked.release()
        return later

    given = replace(core.study.proposer, ready=being_loaded)
    service = ProposalService(core.workers, core.options.clock, core.study.library, given)
    waiting = [service.propose(ALGEBRA, ADDING) for _ in range(8)]
    for _ in waiting:
        assert asked.acquire(timeout=WAIT_S)
    assert core.workers.in_pool(lambda _: "free").result(WAIT_S) == "free"
    for job in waiting[1:]:
        job.cancel()
    later.set_result(core.study.proposer.ready().result(WAIT_S))
    assert waiting[0].result(WAIT_S).exercise.key.answer == "13/14"


def test_programs_are_run_and_kept_apart_from_what_runs_for_ever(
    core_that_says: CoreThatSays,
) -> None:
    course, loops = CourseId("python-from-zero"), ConceptId("while-loops")
    endless = "n = 1\nwhile n > 0:\n    n = n + 1\nprint(n)"
    right = "n = 3\nwhile n < 40:\n    n = n * 2\nprint(n)"
    answers = (json.dumps({"program": one}) for one in (endless, right))
    core = _core(core_that_says, *answers)
    made = core.study.proposals.propose(course, loops).result(WAIT_S)
    assert (made.tries, made.exercise.key.answer) == (2, "48")
    assert made.exercise.proof.by is ProvedBy.TESTS
