"""A draft is mended until it is a sound course, and the learner's edits keep it sound."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.course import Course
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ConceptId
from assistant.engine.gbnf.schema import gbnf_of
from assistant.tutor.courses.edits import Add, Edit, Link, Move, Remove, Rename, edited
from assistant.tutor.courses.graph import cycles, requirements_of
from assistant.tutor.courses.reading import read_course
from assistant.tutor.courses.syllabus import (
    DraftConcept,
    DraftUnit,
    SyllabusDraft,
    mended,
    same_title,
)
from assistant.tutor.courses.writing import write_course


def draft(*units: list[tuple[str, list[str]]]) -> SyllabusDraft:
    return SyllabusDraft(
        units=[
            DraftUnit(
                title=f"Part {at}",
                concepts=[DraftConcept(title=t, summary=f"Do {t}.", needs=n) for t, n in unit],
            )
            for at, unit in enumerate(units)
        ]
    )


BREAD = draft(
    [("Flour", []), ("Yeast", ["Flour"]), ("Kneading", ["Yeast", "Gluten"])],
    [("Kneading the dough", ["Flour"]), ("The flours", []), ("Proofing", ["Baking", "Kneading"])],
    [("Baking", ["Proofing"]), ("  ", []), ("Eating", ["Eating", "baking"])],
)


def test_a_draft_is_mended_and_every_repair_is_said() -> None:
    made = mended(BREAD, "Baking bread", "en", taken={"baking-bread"})
    course = made.course
    assert course.id == "baking-bread-2"
    titles = [concept.title for concept in course.concepts]
    assert titles == [
        "Flour",
        "Yeast",
        "Kneading",
        "Kneading the dough",
        "Proofing",
        "Baking",
        "Eating",
    ]
    assert course.concept(ConceptId("proofing")).requires == ("kneading",)
    assert course.concept(ConceptId("eating")).requires == ("baking",)
    assert made.repairs == (
        "“The flours” says the same as “Flour”: they are one now.",
        "A concept without a title was left out.",
        "“Kneading” asked for “Gluten”, which is not there.",
        "“Proofing” no longer waits for “Baking”: they waited for each other.",
    )


def test_a_draft_without_any_order_follows_its_list() -> None:
    made = mended(draft([("A1", []), ("B1", [])], [("C1", [])]), "X", "en")
    assert requirements_of(made.course) == {"a1": (), "b1": ("a1",), "c1": ("b1",)}
    assert "follows the one above" in made.repairs[0]


def test_a_need_that_names_a_part_of_one_title_is_understood() -> None:
    first: list[tuple[str, list[str]]] = [("Lists and tuples", []), ("Files", [])]
    made = mended(
        draft(first, [("Files and folders", []), ("Sums", ["tuples", "file"])]), "X", "en"
    )
    assert made.course.concept(ConceptId("sums")).requires == ("lists-and-tuples", "files")
    made = mended(draft(first, [("Tuples in sets", []), ("Sums", ["tuples", "Files"])]), "X", "en")
    assert made.course.concept(ConceptId("sums")).requires == ("files",)


def test_what_a_small_model_says_again_and_again_is_told_once() -> None:
    again: list[tuple[str, list[str]]] = [("Loops", ["{"])] * 4
    made = mended(draft([("Lists", []), ("Sums", ["Lists"])], again), "X", "en")
    assert [concept.title for concept in made.course.concepts] == ["Lists", "Sums", "Loops"]
    assert made.repairs == (
        "“Loops” was listed more than once.",
        "“Loops” asked for “{”, which is not there.",
    )


def test_too_little_is_told() -> None:
    with pytest.raises(UserFacingError) as caught:
        mended(draft([("One", [])], [("one", []), ("ONES", [])]), "X", "en")
    assert caught.value.code == "syllabus_empty"


def test_titles_that_say_the_same() -> None:
    assert same_title("Basics of lists", "List: basics")
    assert same_title("日本", "日本")
    assert not same_title("Major scales", "Minor scales")
    assert not same_title("Lists 1", "Lists 2")
    assert not same_title("", "")


def test_the_schema_can_be_kept_to_by_a_grammar() -> None:
    import json

    assert "root" in gbnf_of(json.dumps(SyllabusDraft.model_json_schema()))


TITLES = st.text(max_size=12) | st.sampled_from(["Lists", "The list", "Loops", "Files", "日本", ""])


@st.composite
def drafts(draw: st.DrawFn) -> SyllabusDraft:
    concept = st.builds(
        DraftConcept,
        title=TITLES,
        summary=st.text(max_size=10),
        needs=st.lists(TITLES, max_size=3),
    )
    unit = st.builds(DraftUnit, title=TITLES, concepts=st.lists(concept, min_size=1, max_size=5))
    return SyllabusDraft(units=draw(st.lists(unit, min_size=2, max_size=5)))


@settings(max_examples=40)
@given(drafts(), st.text(max_size=10))
def test_whatever_is_drafted_becomes_a_course_that_can_be_saved(
    tmp_path_factory: pytest.TempPathFactory, drafted: SyllabusDraft, subject: str
) -> None:
    extra = [DraftConcept(title=t, summary="", needs=[t]) for t in ("Salt", "Oil", "Water")]
    units = [*drafted.units, DraftUnit(title="", concepts=extra)]
    course = mended(SyllabusDraft(units=units), subject, "en").course
    assert cycles(requirements_of(course)) == ()
    folder = tmp_path_factory.getbasetemp() / "drafted"
    write_course(course, folder)
    assert read_course(folder) == course


@pytest.fixture
def bread() -> Course:
    return mended(BREAD, "Baking bread", "en").course


def names(course: Course) -> list[list[str]]:
    return [list(unit.concepts) for unit in course.units]


def test_edits(bread: Course) -> None:
    flour, baking = ConceptId("flour"), ConceptId("baking")
    renamed = edited(bread, Rename(flour, "  Rye \n flour "))
    assert renamed.concept(flour).title == "Rye flour"
    added = edited(bread, Add(9 - 6, "Selling", requires=(baking,), unit_title="Trade"))
    assert added.units[-1].title == "Trade"
    assert added.concept(ConceptId("selling")).requires == ("baking",)
    removed = edited(bread, Remove(ConceptId("kneading")))
    assert removed.concept(ConceptId("proofing")).requires == ("yeast",)
    moved = edited(bread, Move(baking, 0, 1))
    assert names(moved)[0] == ["flour", "baking", "yeast", "kneading"]
    order = [concept.id for concept in moved.concepts]
    assert order.index(ConceptId("proofing")) < order.index(baking)
    linked = edited(bread, Link(baking, (flour,)))
    assert linked.concept(baking).requires == ("flour",)
    alone = edited(edited(bread, Remove(ConceptId("eating"))), Move(baking, 0, 99))
    assert names(alone) == [["flour", "yeast", "kneading", "baking"], names(bread)[1]]


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (Rename(ConceptId("flour"), "yeasts"), "“Yeast” is in the course already"),
        (Rename(ConceptId("flour"), " "), "needs a title"),
        (Rename(ConceptId("nothing"), "Salt"), "has no concept “nothing”"),
        (Add(0, "Salt", requires=(ConceptId("sea"),)), "has no concept “sea”"),
        (Add(7, "Salt"), "no such unit"),
        (Add(3, "Salt"), "title of its own"),
        (Move(ConceptId("flour"), -1, 0), "no such unit"),
        (Link(ConceptId("flour"), (ConceptId("eating"),)), "wait for each other: “Flour” → "),
        (Link(ConceptId("flour"), (ConceptId("flour"),)), "“Flour” → “Flour”"),
    ],
)
def test_edits_that_would_break_the_course_are_refused(
    bread: Course, edit: Edit, words: str
) -> None:
    with pytest.raises(UserFacingError) as caught:
        edited(bread, edit)
    assert words in caught.value.message
    assert caught.value.code == "course_edit"


def test_the_last_concept_stays() -> None:
    course = mended(draft([("A1", []), ("B1", [])], [("C1", [])]), "X", "en").course
    course = edited(edited(course, Remove(ConceptId("a1"))), Remove(ConceptId("b1")))
    with pytest.raises(UserFacingError, match="last concept"):
        edited(course, Remove(ConceptId("c1")))
