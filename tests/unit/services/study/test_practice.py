"""Practice over a real vault and the courses that ship: given, answered, helped, recorded."""

from datetime import UTC, datetime, timedelta

import pytest

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import UserFacingError
from assistant.domain.exercise import (
    AnswerKind,
    CaseResult,
    CodeTask,
    Exercise,
    Key,
    Killed,
    Proof,
    ProvedBy,
    RunReport,
)
from assistant.domain.ids import ConceptId, CourseId, ExerciseId
from assistant.domain.study import Recall, Rung, Standing
from assistant.services.core import Core
from assistant.services.study.enrolments import EnrolmentService
from assistant.services.study.marking import Marker
from assistant.services.study.planning import PathWish
from assistant.services.study.practice import PracticeService
from assistant.services.study.progress import calibration
from assistant.tutor.hints.ladder import RungState

ALGEBRA, PYTHON = CourseId("algebra-and-arithmetic"), CourseId("python-from-zero")


class NoMaker:
    """Makes nothing: only what was authored is asked."""

    def make(self, generator: str, concept: ConceptId, difficulty: float, seed: int) -> Exercise:
        raise AssertionError(generator)

    def again(self, exercise: ExerciseId, concept: ConceptId) -> Exercise | None:
        return None


def _no_tests(*_: object) -> RunReport:
    raise AssertionError("no program is run here")


@pytest.fixture
def study(core: Core) -> EnrolmentService:
    return core.study.enrolments


@pytest.fixture
def practice(core: Core, study: EnrolmentService) -> PracticeService:
    made = PracticeService(
        core.workers,
        core.options.clock,
        study,
        core.study.study_repository,
        Marker(_no_tests),
        (Authored(), core.study.proposals),
    )
    study.enrol(ALGEBRA).result(60)
    return made


class Authored(NoMaker):
    """Stands for generators: what they make is too hard to be chosen before authored ones."""

    def make(self, generator: str, concept: ConceptId, difficulty: float, seed: int) -> Exercise:
        return Exercise(
            ExerciseId(f"{generator}:9:{seed}"),
            concept,
            AnswerKind.NUMBER,
            "1 + 1?",
            Key("2"),
            Proof(ProvedBy.ALGEBRA, ""),
            difficulty=99.0,
        )


def test_there_are_three_courses_worth_taking(core: Core) -> None:
    courses = core.study.enrolments.courses().result(60)
    assert {course.id for course in courses} == {ALGEBRA, PYTHON, "music-theory"}
    python = next(course for course in courses if course.id == PYTHON)
    assert len(python.concepts) >= 40
    assert all(concept.exercises for course in courses for concept in course.concepts)
    assert all(concept.lesson.explanation for course in courses for concept in course.concepts)


def test_a_course_has_to_be_taken_first(core: Core, study: EnrolmentService) -> None:
    made = PracticeService(
        core.workers,
        core.options.clock,
        study,
        core.study.study_repository,
        Marker(_no_tests),
        (NoMaker(), core.study.proposals),
    )
    with pytest.raises(UserFacingError) as caught:
        made.next(ALGEBRA).result(60)
    assert caught.value.code == "not_enrolled"
    with pytest.raises(UserFacingError) as caught:
        made.next(CourseId("nothing")).result(60)
    assert caught.value.code == "course_unknown"


def test_a_right_answer_raises_mastery_and_ends_the_exercise(practice: PracticeService) -> None:
    given = practice.next(ALGEBRA).result(60)
    assert given.reasons
    assert given.ladder.credit == 1.0
    again = practice.next(ALGEBRA).result(60)
    assert again.exercise == given.exercise
    judged = practice.answer(given.exercise.id, given.exercise.key.answer, 12.0).result(60)
    assert judged.grade.correct, judged.grade.words
    assert judged.attempt is not None
    assert judged.attempt.unaided
    assert judged.attempt.credit == 1.0
    assert judged.attempt.predicted == given.predicted
    assert judged.before.standing is Standing.NOT_STARTED
    assert judged.after.chance > judged.before.chance
    following = practice.next(ALGEBRA).result(60)
    assert following.exercise.id != given.exercise.id
    with pytest.raises(UserFacingError) as caught:
        practice.answer(given.exercise.id, "1", 1.0).result(60)
    assert caught.value.code == "exercise_unknown"


def test_hints_come_after_a_try_and_cost_credit(practice: PracticeService) -> None:
    given = practice.next(ALGEBRA).result(60)
    exercise = given.exercise
    with pytest.raises(UserFacingError) as caught:
        practice.hint(exercise.id).result(60)
    assert caught.value.code == "hint_locked"
    wrong = practice.answer(exercise.id, "1234567", 5.0).result(60)
    assert wrong.grade.correct is False
    assert exercise.key.answer not in wrong.grade.words
    helped = practice.hint(exercise.id).result(60)
    assert helped.ladder.rungs[0].state is RungState.SHOWN
    right = practice.answer(exercise.id, exercise.key.answer, 5.0).result(60)
    assert right.attempt is not None
    assert right.attempt.credit == pytest.approx(0.95)
    assert (right.attempt.rung, right.attempt.try_number) == (Rung.NUDGE, 2)
    assert right.after.chance == pytest.approx(right.before.chance, abs=1e-6)


def test_just_tell_me_is_recorded_as_help_and_ends_the_exercise(practice: PracticeService) -> None:
    given = practice.next(ALGEBRA).result(60)
    told = practice.hint(given.exercise.id, told=True).result(60)
    assert told.ladder.rung is Rung.SOLUTION
    view = practice.enrolments.view(ALGEBRA)
    [attempt] = view.attempts
    assert (attempt.rung, attempt.correct, attempt.credit) == (Rung.SOLUTION, False, 0.0)
    assert practice.next(ALGEBRA).result(60).exercise.id != given.exercise.id


def test_what_cannot_be_read_is_no_attempt_and_stays_as_a_draft(
    practice: PracticeService,
) -> None:
    given = practice.next(ALGEBRA).result(60)
    judged = practice.answer(given.exercise.id, "  ", 5.0).result(60)
    assert judged.grade.correct is None
    assert judged.attempt is None
    practice.draft(given.exercise.id, "3 / ").result(60)
    assert practice.next(ALGEBRA).result(60).draft == "3 / "
    assert practice.enrolments.view(ALGEBRA).attempts == ()


def test_skipping_lays_aside_and_gives_another(practice: PracticeService) -> None:
    first = practice.next(ALGEBRA).result(60)
    second = practice.next(ALGEBRA, skip=True).result(60)
    assert second.exercise.id != first.exercise.id


def test_a_concept_can_be_chosen(practice: PracticeService) -> None:
    course = practice.library.course(ALGEBRA)
    last = course.concepts[-1]
    assert practice.next(ALGEBRA, last.id).result(60).concept == last
    with pytest.raises(UserFacingError) as caught:
        practice.next(ALGEBRA, ConceptId("nothing")).result(60)
    assert caught.value.code == "concept_unknown"


def test_every_authored_key_of_mathematics_is_graded_right(practice: PracticeService) -> None:
    marker = Marker(_no_tests)
    kinds = {AnswerKind.NUMBER, AnswerKind.MATH, AnswerKind.CHOICE, AnswerKind.SHORT}
    exercises = [
        exercise
        for concept in practice.library.course(ALGEBRA).concepts
        for exercise in concept.exercises
        if exercise.kind in kinds
    ]
    assert len(exercises) > 150
    refused = [
        exercise.id
        for exercise in exercises
        if not marker.grade(exercise, exercise.key.answer, CancelToken()).correct
    ]
    assert refused == []


def _program(report: RunReport) -> tuple[Marker, Exercise]:
    exercise = Exercise(
        ExerciseId("x"),
        ConceptId("k"),
        AnswerKind.CODE,
        "",
        Key(""),
        Proof(ProvedBy.TESTS, ""),
        code=CodeTask("m", "", "", ""),
    )

    def run_tests(source: str, tests: str, module: str, cancel: CancelToken) -> RunReport:
        return report

    return Marker(run_tests), exercise


def test_a_program_is_worth_its_tests() -> None:
    cases = (CaseResult("one", passed=True), CaseResult("two", passed=False))
    marker, exercise = _program(RunReport(cases))
    grade = marker.grade(exercise, "x = 1", CancelToken())
    assert (grade.correct, grade.credit, grade.words) == (False, 0.5, "1 of 2 tests pass.")
    marker, exercise = _program(RunReport(cases[:1]))
    assert marker.grade(exercise, "x = 1", CancelToken()).correct is True
    marker, exercise = _program(RunReport((), Killed.TIME))
    assert "loop" in marker.grade(exercise, "x = 1", CancelToken()).words
    marker, exercise = _program(RunReport((), trouble="Line 1: a colon is missing."))
    assert marker.grade(exercise, "x = 1", CancelToken()).words == "Line 1: a colon is missing."


def test_the_first_wrong_step_is_named() -> None:
    exercise = Exercise(
        ExerciseId("x"),
        ConceptId("k"),
        AnswerKind.STEPS,
        "",
        Key("x = -7"),
        Proof(ProvedBy.ALGEBRA, ""),
        given="3(x - 4) = 5x + 2",
    )
    marker = Marker(_no_tests)
    right = "3x - 12 = 5x + 2\n-2x = 14\nx = -7"
    assert marker.grade(exercise, right, CancelToken()).correct is True
    wrong = "3x - 12 = 5x + 2\n3x - 5x = 2 - 12\n-2x = -10\nx = 5"
    grade = marker.grade(exercise, wrong, CancelToken())
    assert grade.correct is False
    assert grade.first_wrong is not None
    assert (grade.first_wrong.step, grade.first_wrong.checked) == (1, True)
    assert 0 < grade.credit < 1


def test_cards_come_into_review_and_back_in_time(core: Core) -> None:
    course = core.study.library.course(ALGEBRA)
    first = course.concepts[0]
    assert core.study.reviews.take_in(course, [first.id]).result(60) == len(first.cards)
    assert core.study.reviews.take_in(course, [first.id]).result(60) == 0
    session = core.study.reviews.session().result(60)
    assert (session.due, session.new) == (0, len(first.cards))
    shown = core.study.reviews.show(session.cards[0].id).result(60)
    assert list(shown.times) == list(Recall)
    card = core.study.reviews.answer(shown.card.id, Recall.GOOD, 4.0).result(60)
    assert card.memory is not None
    assert timedelta() < card.memory.due - card.memory.last_review < timedelta(days=1)
    assert core.study.reviews.session().result(60).new == len(first.cards) - 1
    undone = core.study.reviews.undo().result(60)
    assert undone == shown.card
    assert core.study.reviews.session().result(60).new == len(first.cards)
    assert core.study.reviews.undo().result(60) is None
    with pytest.raises(UserFacingError):
        core.study.reviews.rewrite(card.id, "", "x").result(60)
    assert core.study.reviews.rewrite(card.id, "Q", "A").result(60).front == "Q"
    core.study.reviews.suspend(card.id).result(60)
    assert core.study.reviews.session().result(60).new == len(first.cards) - 1


def test_progress_is_what_was_done(practice: PracticeService, core: Core) -> None:
    for _ in range(3):
        given = practice.next(ALGEBRA).result(60)
        practice.answer(given.exercise.id, given.exercise.key.answer, 30.0).result(60)
    progress = core.study.progress.look().result(60)
    [course] = progress.courses
    assert course.course.id == ALGEBRA
    assert 0 < course.share < 1
    [point] = course.over_time
    assert 0 < point.low < point.chance < point.high
    [day] = progress.days
    assert (day.answers, day.minutes) == (3, 1.5)
    assert progress.last_seven == (False,) * 6 + (True,)
    assert progress.answers.count == 3


def test_calibration_is_exact_where_the_foretold_comes_true() -> None:
    told = [(0.75, True)] * 3 + [(0.75, False)] + [(0.25, False)] * 3 + [(0.25, True)]
    found = calibration(told)
    assert found.error == 0.0
    assert [(one.foretold, one.came, one.count) for one in found.bins] == [
        (0.25, 0.25, 4),
        (0.75, 0.75, 4),
    ]
    assert calibration([(1.0, False)]).error == 1.0
    assert calibration([]).bins == ()


def test_a_plan_leads_to_a_goal_in_ones_own_words(core: Core) -> None:
    wish = PathWish(ALGEBRA, words="quadratic equations", hours_a_week=2)
    today = datetime.now(UTC).astimezone().date()
    found = core.study.planning.plan(wish).result(60)
    assert found.goals
    assert found.plan.path[-1] in found.goals
    assert found.plan.reachable
    assert all(session.day >= today for session in found.plan.sessions)
    with pytest.raises(UserFacingError) as caught:
        core.study.planning.plan(PathWish(ALGEBRA, words="needlework")).result(60)
    assert caught.value.code == "study_goal"
