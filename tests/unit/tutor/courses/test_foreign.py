"""Courses in the layouts of OATutor and Exercism become courses of ours."""

import json
import sys
from pathlib import Path

import pytest

from assistant.domain.errors import UserFacingError
from assistant.domain.exercise import AnswerKind
from assistant.domain.ids import ConceptId
from assistant.tutor.courses.exercism import import_exercism
from assistant.tutor.courses.oatutor import import_oatutor, oatutor_courses
from assistant.tutor.courses.problems import CourseBroken
from assistant.tutor.courses.reading import read_course
from assistant.tutor.courses.writing import write_course

Json = object


def put(folder: Path, name: str, value: Json) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")


def step(folder: Path, problem: str, name: str, hints: Json = (), **fields: Json) -> None:
    place = f"content-pool/{problem}"
    head = {
        "id": problem,
        "title": "Two trains",
        "body": "Two trains meet.<br>",
        "oer": "https://example.org/book <A Book of Trains>",
        "license": "https://creativecommons.org/licenses/by/4.0/ <CC BY 4.0>",
    }
    put(folder, f"{place}/{problem}.json", head)
    whole = {
        "id": name,
        "stepAnswer": ["$$12$$"],
        "problemType": "TextBox",
        "answerType": "arithmetic",
        "stepTitle": "After how many minutes?",
        "stepBody": "",
    }
    put(folder, f"{place}/steps/{name}/{name}.json", {**whole, **fields})
    put(folder, f"{place}/steps/{name}/tutoring/{name}DefaultPathway.json", hints)


@pytest.fixture
def oatutor(tmp_path: Path) -> Path:
    folder = tmp_path / "OATutor-Content"
    hints = [
        {"id": "h1", "type": "hint", "title": "Draw", "text": "Draw $$both$$ ways."},
        {
            "id": "h2",
            "type": "scaffold",
            "title": "Sum",
            "text": "How far do they go together?",
            "hintAnswer": ["$$3$$"],
        },
        {"id": "h3", "type": "hint", "title": "End", "text": "So it is 12."},
    ]
    step(folder, "trains1", "trains1a", hints)
    step(
        folder,
        "trains2",
        "trains2a",
        problemType="MultipleChoice",
        answerType="string",
        stepAnswer=["both"],
        choices=["the first", "both"],
    )
    step(
        folder,
        "trains3",
        "trains3a",
        stepAnswer=["$$@{sum}+x$$"],
        stepTitle="What of @{sum}?",
        variabilization={"sum": ["5", "6"]},
    )
    step(folder, "trains4", "trains4a", stepTitle="Look: ##train.png##")
    step(folder, "trains5", "trains5a", stepAnswer="no list")
    step(folder, "trains6", "trains6a", stepAnswer=["@{gone}"])
    put(folder, "content-pool/broken/broken.json", "{")
    skills = {f"trains{n}a": ["meeting_trains" if n < 3 else "sums"] for n in range(1, 7)}
    put(folder, "skillModel.json", skills)
    lesson = {"name": "Lesson 1", "topics": "Trains", "learningObjectives": {"meeting_trains": 0.9}}
    other = {"name": "Lesson 2", "learningObjectives": {"meeting_trains": 0.9, "sums": 0.9}}
    plans: list[Json] = [
        {"courseName": "Trains", "language": "en", "lessons": [lesson, other]},
        {"courseName": "Empty", "lessons": []},
    ]
    put(folder, "coursePlans.json", plans)
    return folder


def test_oatutor_content_becomes_a_course_with_credit(oatutor: Path, tmp_path: Path) -> None:
    assert oatutor_courses(oatutor) == ("Trains", "Empty")
    imported = import_oatutor(oatutor, "Trains")
    course = imported.course
    assert [(unit.title, unit.concepts) for unit in course.units] == [
        ("Lesson 1 Trains", ("meeting-trains",)),
        ("Lesson 2", ("sums",)),
    ]
    trains, both = course.concept(ConceptId("meeting-trains")).exercises
    assert trains.kind is AnswerKind.NUMBER
    assert trains.key.answer == "12"
    assert trains.prompt == "Two trains meet.\n\nAfter how many minutes?"
    assert (trains.nudge, trains.idea) == ("Draw $both$ ways.", "How far do they go together?")
    assert trains.part == ""  # the third hint holds the answer
    assert trains.solution[1:] == (
        "How far do they go together? → $3$",
        "So it is 12.",
        "The answer: $12$",
    )
    assert both.kind is AnswerKind.CHOICE
    assert [choice.text for choice in both.choices] == ["the first", "both"]
    (filled,) = course.concept(ConceptId("sums")).exercises
    assert (filled.key.answer, filled.kind) == ("5+x", AnswerKind.MATH)
    assert "What of 5?" in filled.prompt
    assert "A Book of Trains (https://example.org/book)" in course.source
    assert "CC BY 4.0" in course.licence
    told = {Path(one.file).name: one.words for one in imported.skipped}
    assert "figure" in told["trains4a.json"]
    assert "stepAnswer" in told["trains5a.json"]
    assert "variables" in told["trains6a.json"]
    assert "not valid JSON" in told["broken.json"]
    write_course(course, tmp_path / "written")
    assert read_course(tmp_path / "written") == course


def test_each_step_that_no_lesson_takes_is_told(oatutor: Path) -> None:
    step(oatutor, "boats1", "boats1a")
    step(oatutor, "boats2", "boats2a")
    (oatutor / "content-pool/hollow/steps").mkdir(parents=True)
    skills = {"trains1a": ["meeting_trains"], "boats1a": ["rowing"]}
    put(oatutor, "skillModel.json", skills)
    told = {Path(one.file).name: one.words for one in import_oatutor(oatutor, "Trains").skipped}
    assert told["boats1a.json"] == "No lesson teaches its skill (rowing)."
    assert told["boats2a.json"] == "It names no skill."
    assert told["hollow.json"] == "This file is missing or empty."

    lesson: Json = {"name": "Boats", "learningObjectives": {"rowing": 0.9}}
    plans = json.loads((oatutor / "coursePlans.json").read_text(encoding="utf-8"))
    put(oatutor, "coursePlans.json", [*plans, {"courseName": "Boats", "lessons": [lesson]}])
    told = {Path(one.file).name: one.words for one in import_oatutor(oatutor, "Trains").skipped}
    assert "boats1a.json" not in told
    assert told["coursePlans.json"] == "1 step belongs to other courses of these files."


def test_one_of_several_courses_is_asked_for(oatutor: Path) -> None:
    with pytest.raises(UserFacingError) as caught:
        import_oatutor(oatutor)
    assert caught.value.code == "course_choice"
    assert "Trains; Empty" in caught.value.hint
    with pytest.raises(CourseBroken):
        import_oatutor(oatutor, "Empty")


def test_a_pool_by_itself_is_a_course(oatutor: Path) -> None:
    course = import_oatutor(oatutor / "content-pool").course
    assert sum(len(concept.exercises) for concept in course.concepts) == 3


def test_a_folder_of_something_else_is_told(tmp_path: Path) -> None:
    with pytest.raises(CourseBroken) as caught:
        import_oatutor(tmp_path)
    assert "no problem in it" in caught.value.message


STUB = "def add(a, b):\n    pass\n"
TESTS = "import unittest\n\nfrom adding_up import add\n\n\nclass T(unittest.TestCase):\n    ...\n"
REFERENCE = "def add(a, b):\n    return a + b\n"


def exercise(folder: Path, kind: str, slug: str, **changes: str) -> None:
    place = f"exercises/{kind}/{slug}"
    module = slug.replace("-", "_")
    solved = "exemplar" if kind == "concept" else "example"
    files = {"solution": [f"{module}.py"], "test": [f"{module}_test.py"]}
    files[solved] = [f".meta/{solved}.py"]
    config = {"authors": ["ada"], "files": files, "blurb": "Add."}
    put(folder, f"{place}/.meta/config.json", config)
    put(folder, f"{place}/.docs/instructions.md", "# Instructions\n\nAdd two numbers.\n")
    put(folder, f"{place}/.docs/hints.md", "## General\n\n- Think of sums.\n- Return them.\n")
    put(folder, f"{place}/{module}.py", changes.get("stub", STUB))
    put(folder, f"{place}/{module}_test.py", TESTS.replace("adding_up", module))
    put(folder, f"{place}/.meta/{solved}.py", changes.get("reference", REFERENCE))


@pytest.fixture
def track(tmp_path: Path) -> Path:
    folder = tmp_path / "python"
    exercise(folder, "concept", "adding-up")
    exercise(folder, "concept", "looping")
    exercise(folder, "practice", "summing")
    exercise(folder, "practice", "old-one")
    exercise(folder, "practice", "done-already", stub=REFERENCE)
    concept = [
        {"slug": "looping", "concepts": ["loops"], "prerequisites": ["basics", "gone", "loops"]},
        {"slug": "adding-up", "concepts": ["basics"], "prerequisites": ["loops"]},
        {"slug": "../../etc", "concepts": ["basics"]},
    ]
    practice = [
        {"slug": "summing", "practices": ["sets"], "prerequisites": ["basics", "loops"]},
        {"slug": "old-one", "practices": ["loops"], "status": "deprecated"},
        {"slug": "done-already", "practices": ["loops"]},
        {"slug": "missing", "practices": ["loops"]},
    ]
    config = {
        "language": "Python",
        "slug": "python",
        "blurb": "A language.",
        "exercises": {"concept": concept, "practice": practice},
        "concepts": [{"slug": s, "name": "Basics"} for s in ("basics", "loops", "unused")],
    }
    put(folder, "config.json", config)
    put(folder, "concepts/basics/introduction.md", "# Basics\n\nNames and numbers.\n")
    put(folder, "concepts/basics/.meta/config.json", {"blurb": "Name things."})
    put(folder, "LICENSE", "MIT License\n\nCopyright (c) Exercism\n")
    return folder


def test_a_track_becomes_a_course_with_credit(track: Path, tmp_path: Path) -> None:
    imported = import_exercism(track)
    course = imported.course
    assert [(one.id, one.title, one.requires) for one in course.concepts] == [
        ("loops", "Basics", ()),
        ("basics", "Basics (2)", ("loops",)),
    ]
    basics = course.concept(ConceptId("basics"))
    assert basics.summary == "Name things."
    assert basics.lesson.explanation.endswith("Names and numbers.")
    (adding,) = basics.exercises
    assert adding.kind is AnswerKind.CODE
    assert adding.code is not None
    assert (adding.code.module, adding.code.starter) == ("adding_up", STUB)
    assert adding.code.reference == REFERENCE
    assert (adding.nudge, adding.idea) == ("Think of sums.", "Return them.")
    loops = course.concept(ConceptId("loops")).exercises
    assert [one.title for one in loops] == ["Looping", "Summing"]
    assert course.licence == "MIT License"
    assert "by ada" in course.source
    told = "\n".join(str(one) for one in imported.skipped)
    assert "exercises/practice/done-already: code.starter: The starter is the reference" in told
    assert "exercises/practice/missing: It has no .meta/config.json" in told
    assert "exercises/practice/old-one: The track has withdrawn it" in told
    assert "in a circle" in told
    assert "etc" in told
    write_course(course, tmp_path / "written")
    assert read_course(tmp_path / "written") == course


def _listing(folder: Path, practice: Json, concepts: Json) -> None:
    exercises: Json = {"concept": [], "practice": practice}
    config = {"language": "Python", "slug": "python", "exercises": exercises, "concepts": concepts}
    put(folder, "config.json", config)


def test_a_track_of_practice_exercises_only_is_a_course_of_these(tmp_path: Path) -> None:
    for slug in ("summing", "doubling", "thinking"):
        exercise(tmp_path, "practice", slug)
    practice: Json = [
        {"slug": "summing", "practices": ["loops"], "prerequisites": ["basics"]},
        {"slug": "doubling", "practices": [], "prerequisites": ["basics", "loops"]},
        {"slug": "thinking"},
    ]
    _listing(tmp_path, practice, [{"slug": s, "name": s.title()} for s in ("basics", "loops")])
    imported = import_exercism(tmp_path)
    found = {one.title: [e.title for e in one.exercises] for one in imported.course.concepts}
    assert found == {"Loops": ["Summing", "Doubling"], "Practice": ["Thinking"]}
    assert imported.skipped == ()


def test_a_track_without_a_usable_exercise_says_why_of_each(tmp_path: Path) -> None:
    _listing(tmp_path, [{"slug": "summing"}, {"slug": "old", "status": "deprecated"}], [])
    with pytest.raises(CourseBroken) as caught:
        import_exercism(tmp_path)
    told = [str(problem) for problem in caught.value.problems]
    assert "exercises/practice/summing: It has no .meta/config.json, which names its files." in told
    assert any(one.startswith("exercises/practice/old: The track has withdrawn") for one in told)


def test_another_language_and_another_folder_are_told(track: Path, tmp_path: Path) -> None:
    text = (track / "config.json").read_text(encoding="utf-8")
    (track / "config.json").write_text(text.replace('"Python"', '"Rust"'), encoding="utf-8")
    for folder in (track, tmp_path):
        with pytest.raises(CourseBroken, match="no Exercism track for Python"):
            import_exercism(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own on Windows")
def test_links_out_of_a_track_are_not_followed(track: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.py"
    secret.write_text("PASSWORD = 1\n", encoding="utf-8")
    stub = track / "exercises/concept/adding-up/adding_up.py"
    stub.unlink()
    stub.symlink_to(secret)
    imported = import_exercism(track)
    assert not imported.course.concept(ConceptId("basics")).exercises


@pytest.mark.parametrize("content", ["[" * 100_000, "\x00", '{"language": 3}', '"text"', ""])
def test_hostile_files_end_in_words(track: Path, oatutor: Path, content: str) -> None:
    put(track, "config.json", content)
    with pytest.raises(CourseBroken):
        import_exercism(track)
    put(oatutor, "coursePlans.json", content)
    put(oatutor, "skillModel.json", content)
    put(oatutor, "content-pool/trains1/trains1.json", content)
    assert import_oatutor(oatutor).course.concepts
