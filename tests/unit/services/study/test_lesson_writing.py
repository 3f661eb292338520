"""Lessons that a model writes for a course of one's own, over a real vault and sandbox."""

import json
from collections.abc import Callable

import pytest

from assistant.domain.course import Concept, Course, Lesson, Unit
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ConceptId, CourseId
from assistant.engine.scripted import Script, ScriptedAnswer
from assistant.services.core import Core
from assistant.services.study.lesson_values import LessonOrigin, Replied

WAIT_S = 60
OWN, SUMS, MORE = CourseId("own"), ConceptId("sums"), ConceptId("more")
CoreThatSays = Callable[[Script], Core]
DRAFT = json.dumps(
    {
        "idea": "The sum of two fractions is found over one denominator.",
        "way": "Write both over one denominator first, then add the numerators.",
        "slip": "",
        "problem": "Work out 3/4 + 1/8.",
        "steps": [
            {"shown": "3/4 = 6/8", "why": "Eighths fit both."},
            {"shown": "6/8 + 1/8 = 7/8", "why": ""},
        ],
        "answer": "7/8",
        "practice": [{"question": "Work out 2/3 + 1/6.", "answer": "5/6"}],
    }
)
PROGRAM = json.dumps(
    {
        "idea": "The sums of a loop grow again and again, as often as it is told to.",
        "way": "A loop over a range does the lines below it once for each number.",
        "slip": "",
        "problem": "Show three numbers.",
        "program": "for n in range(3):\n    print(n)",
    }
)


def _course(subject: str = "mathematics") -> Course:
    concepts = tuple(
        Concept(one, str(one).title(), "Add them.", Lesson("")) for one in (SUMS, MORE)
    )
    units = (Unit("All", (SUMS, MORE)),)
    return Course(OWN, 1, "Own", "Sums.", "en", subject, units, concepts)


def _core(core_that_says: CoreThatSays, *answers: str, subject: str = "mathematics") -> Core:
    core = core_that_says(Script(tuple(map(ScriptedAnswer, answers))))
    core.study.library.keep(_course(subject), core.options.clock.now())
    return core


def test_a_lesson_is_written_checked_kept_and_practised(core_that_says: CoreThatSays) -> None:
    core = _core(core_that_says, DRAFT)
    lessons = core.study.lessons
    none = lessons.lesson(OWN, SUMS).result(WAIT_S)
    assert (none.origin, none.lesson.explanation) == (LessonOrigin.NONE, "")
    assert none.missing
    written = lessons.write(OWN, SUMS).result(WAIT_S)
    assert written.origin is LessonOrigin.WRITTEN
    assert [check.checked for check in (*written.worked, *written.faded)] == [True, True]
    assert not written.explanation.checked
    assert written.written_by
    assert lessons.lesson(OWN, SUMS).result(WAIT_S).lesson == written.lesson
    [exercise] = core.study.library.course(OWN).concept(SUMS).exercises
    assert exercise.key.answer == "5/6"
    assert lessons.write(OWN, SUMS).result(WAIT_S).practice == written.practice
    assert len(core.study.library.course(OWN).concept(SUMS).exercises) == 1
    end = list(lessons.ask(OWN, SUMS, "How do I add fractions?"))[-1]
    assert isinstance(end, Replied)
    assert "denominator" in end.reply.sources[0].text
    assert end.reply.sources[0].where == "Lesson that a model wrote: Sums"


def test_a_program_of_a_lesson_is_run(core_that_says: CoreThatSays) -> None:
    core = _core(core_that_says, PROGRAM, subject="programming")
    written = core.study.lessons.write(OWN, SUMS).result(WAIT_S)
    assert written.lesson.worked[0].answer == "0\n1\n2"
    assert written.worked[0].how == "The program was run."


def test_a_unit_is_written_one_after_the_other_and_says_what_failed(
    core_that_says: CoreThatSays,
) -> None:
    core = _core(core_that_says, DRAFT, "no JSON", "no JSON")
    told: list[str] = []

    def hear(_: float, words: str) -> None:
        told.append(words)

    job = core.study.lessons.write_unit(OWN, 0).on_progress(hear)
    outcome = job.result(WAIT_S)
    assert (outcome.written, outcome.had) == ((SUMS,), ())
    [(concept, why)] = outcome.failed
    assert (concept, bool(why)) == (MORE, True)
    assert "Writing “More”" in told
    again = core.study.lessons.write_unit(OWN, 0).result(WAIT_S)
    assert again.had == (SUMS,)
    with pytest.raises(UserFacingError) as refused:
        core.study.lessons.write_unit(OWN, 7).result(WAIT_S)
    assert refused.value.code == "unit_unknown"


def test_a_unit_that_is_given_up_tells_what_was_done(core_that_says: CoreThatSays) -> None:
    core = core_that_says(Script((ScriptedAnswer(DRAFT * 20),), tokens_per_second=20))
    core.study.library.keep(_course(), core.options.clock.now())
    job = core.study.lessons.write_unit(OWN, 0)
    job.cancel()
    outcome = job.result(WAIT_S)
    assert outcome.written == ()
    assert {concept for concept, _ in outcome.failed} == {SUMS, MORE}


def test_what_has_a_lesson_or_is_not_there_is_not_written(core: Core) -> None:
    for course, concept, code in (
        ("python-from-zero", "recursion", "lesson_exists"),
        ("python-from-zero", "no-such", "concept_unknown"),
    ):
        with pytest.raises(UserFacingError) as refused:
            core.study.lessons.write(CourseId(course), ConceptId(concept)).result(WAIT_S)
        assert refused.value.code == code


def test_a_kept_lesson_that_cannot_be_read_is_none(core_that_says: CoreThatSays) -> None:
    core = _core(core_that_says, DRAFT)
    now = core.options.clock.now()
    keep = core.workers.on_store(
        lambda: core.study.written_lessons().keep(OWN, SUMS, "{}", "small", now)
    )
    keep.result(WAIT_S)
    assert core.study.lessons.lesson(OWN, SUMS).result(WAIT_S).origin is LessonOrigin.NONE


def test_poor_words_are_not_shown_and_a_near_concept_lends_its_own(
    core_that_says: CoreThatSays,
) -> None:
    poor = json.loads(DRAFT) | {"idea": "Sure, this lesson is about it."}
    core = _core(core_that_says, json.dumps(poor))
    with pytest.raises(UserFacingError) as refused:
        core.study.lessons.write(OWN, SUMS).result(WAIT_S)
    assert refused.value.code == "lesson_poor"
    assert "speaks of the lesson" in refused.value.hint

    core = core_that_says(Script((ScriptedAnswer(json.dumps(poor)),)))
    adding = Concept(SUMS, "Adding fractions", "Add two fractions.", Lesson(""))
    units = (Unit("All", (SUMS,)),)
    course = Course(OWN, 1, "Own", "Sums.", "en", "mathematics", units, (adding,))
    core.study.library.keep(course, core.options.clock.now())
    written = core.study.lessons.write(OWN, SUMS).result(WAIT_S)
    assert written.explanation.checked
    assert written.worked[1].how == "It was made by the app, and its key was proved."
    assert core.study.library.course(OWN).concept(SUMS).generators == ("fractions-adding",)
