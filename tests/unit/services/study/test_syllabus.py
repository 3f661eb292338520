"""Courses of the learner's own over a real vault, proposed by an engine that follows a script."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ConceptId, CourseId
from assistant.engine.scripted import Script, ScriptedAnswer
from assistant.services.core import Core
from assistant.services.study.syllabus import Add, Remove, RenameUnit
from assistant.tutor.courses.problems import CourseBroken

Make = Callable[[Script], Core]
BROKEN = UserFacingError("It does not load.", "Choose another.", code="model_broken")
CHAPTERS = ["The hive", "Swarms", "Honey and wax", "Sick bees"]


def says(*answers: object) -> Script:
    return Script(tuple(ScriptedAnswer(json.dumps(one)) for one in answers))


def test_chapters_with_topics_of_their_own_become_units(core_that_says: Make) -> None:
    topics = [
        {"topics": [f"{name} {at}" for name in ("Frames", "Queens", "Tools")]}
        for at in ("old", "new", "wild", "tame")
    ]
    core = core_that_says(says({"chapters": CHAPTERS}, *topics))
    drafted = core.study.syllabus.draft("Beekeeping").result(60)
    assert [unit.title for unit in drafted.course.units] == CHAPTERS
    assert [one.title for one in drafted.course.concepts][:3] == [
        "Frames old",
        "Queens old",
        "Tools old",
    ]
    assert drafted.model
    assert drafted.model in drafted.course.source
    assert not drafted.missing


def test_a_model_that_repeats_itself_still_drafts_a_plain_course(core_that_says: Make) -> None:
    again = {"chapters": ["Bees", "The hive", "Bees", "Beekeeping", "Bees are insects", "Swarms"]}
    drafted = core_that_says(says(again)).study.syllabus.draft("Beekeeping").result(60)
    assert [one.title for one in drafted.course.concepts] == ["Bees", "The hive", "Swarms"]
    assert "27 of 30 titles" in drafted.repairs[0]
    assert "Expect to change much of this" in drafted.repairs[0]


@pytest.mark.parametrize("text", ["", "I am a lamp.", '{"chapters": 3}', '{"chapters": ["}"]}'])
def test_nothing_usable_is_an_outline_and_says_so(core_that_says: Make, text: str) -> None:
    core = core_that_says(Script((ScriptedAnswer(text),)))
    drafted = core.study.syllabus.draft("Beekeeping").result(60)
    assert len(drafted.course.concepts) == 5
    assert "nothing that could be used" in drafted.missing
    assert drafted.model == ""


def test_an_answer_that_is_cut_short_is_read_as_far_as_it_came(core_that_says: Make) -> None:
    cut = '{"chapters": ["The hive", "Swarms", "Honey", "Wa'
    core = core_that_says(Script((ScriptedAnswer(cut),)))
    drafted = core.study.syllabus.draft("Beekeeping").result(60)
    assert {"The hive", "Swarms", "Honey"} <= {one.title for one in drafted.course.concepts}


def test_without_a_model_an_outline_is_filled_in_edited_kept_and_taken(
    core_that_says: Make,
) -> None:
    core = core_that_says(Script(load_fails_with=BROKEN))
    syllabus = core.study.syllabus
    drafted = syllabus.draft("日本の歴史").result(60)
    assert "It does not load." in drafted.missing
    kept = syllabus.keep(drafted.course).result(60)
    first = kept.concepts[0].id
    changed = syllabus.edit(
        kept.id, Remove(first), Add(0, "The Jomon people"), RenameUnit(0, "Long ago")
    ).result(60)
    assert changed.version == 2
    assert changed.units[0].title == "Long ago"
    assert core.study.library.course(kept.id) == changed
    assert core.study.enrolments.enrol(kept.id).result(60).course == kept.id
    with pytest.raises(UserFacingError) as refused:
        syllabus.edit(kept.id, Remove(ConceptId("nothing"))).result(60)
    assert refused.value.code == "course_edit"
    assert core.study.library.course(kept.id) == changed
    again = syllabus.outline("日本の歴史", ["Jomon", "Heian", "Meiji", " "]).result(60)
    assert again.course.id != kept.id
    assert [one.title for one in again.course.concepts] == ["Jomon", "Heian", "Meiji"]
    syllabus.remove(kept.id).result(60)
    with pytest.raises(UserFacingError) as gone:
        syllabus.remove(kept.id).result(60)
    assert gone.value.code == "course_unknown"


@pytest.mark.parametrize(
    ("subject", "concepts", "code"),
    [
        ("\x00 ?!", 12, "syllabus_subject"),
        ("Bees", 2, "syllabus_size"),
        ("Bees", 81, "syllabus_size"),
    ],
)
def test_what_is_no_course_is_refused(core: Core, subject: str, concepts: int, code: str) -> None:
    with pytest.raises(UserFacingError) as refused:
        core.study.syllabus.draft(subject, concepts=concepts).result(60)
    assert refused.value.code == code


def test_an_outline_holds_whatever_the_subject_and_needs_three_titles(core: Core) -> None:
    syllabus = core.study.syllabus
    drafted = syllabus.outline("x" * 100_000).result(60)
    kept = syllabus.keep(drafted.course).result(60)
    assert len(kept.title) == 80
    for titles in (["A", "a"], ["A", "B"], ["", " "]):
        with pytest.raises(UserFacingError) as refused:
            syllabus.outline("Bees", titles).result(60)
        assert refused.value.code == "syllabus_size"
    for wrong in ("<>", "", "EN"):
        with pytest.raises(UserFacingError) as refused:
            syllabus.outline("Bees", language=wrong).result(60)
        assert refused.value.code == "syllabus_language"


def test_what_could_not_be_read_again_is_not_kept_and_does_not_hide_the_rest(core: Core) -> None:
    syllabus, library = core.study.syllabus, core.study.library
    course = syllabus.outline("Bees").result(60).course
    with pytest.raises(CourseBroken):
        syllabus.keep(replace(course, language="<>")).result(60)
    assert library.own() == ()
    now = core.options.clock.now()
    core.workers.on_store(
        lambda: core.study.study_repository().keep_course(
            CourseId("newer"), {"course.toml": "format = 9"}, now
        )
    ).result()
    assert len(library.all()) == len(library.shipped())
    with pytest.raises(CourseBroken):
        library.course(CourseId("newer"))


def test_courses_that_ship_are_not_changed(core: Core) -> None:
    with pytest.raises(UserFacingError) as refused:
        core.study.syllabus.edit(CourseId("music-theory"), RenameUnit(0, "Mine")).result(60)
    assert refused.value.code == "course_ships"
