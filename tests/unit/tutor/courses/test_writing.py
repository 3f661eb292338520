"""A course that is written and read again is the same course."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.course import Course, Lesson
from assistant.domain.errors import EnvironmentProblem
from assistant.tutor.courses.files import FolderReader
from assistant.tutor.courses.problems import CourseBroken
from assistant.tutor.courses.reading import read_course
from assistant.tutor.courses.schema import ConceptFile
from assistant.tutor.courses.writing import texts_of, write_course
from tests.unit.tutor.courses.conftest import SAMPLE


def with_explanation(text: str) -> Course:
    course = read_course(SAMPLE)
    first = replace(course.concepts[0], lesson=Lesson(text))
    return replace(course, concepts=(first, *course.concepts[1:]))


def test_round_trip(tmp_path: Path) -> None:
    course = read_course(SAMPLE)
    write_course(course, tmp_path / "below" / "copy")
    assert read_course(tmp_path / "below" / "copy") == course


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=60))
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    course = read_course(SAMPLE)
    task = course.concepts[2].exercises[0]
    assert task.code is not None
    task = replace(task, code=replace(task.code, starter=text))
    third = replace(course.concepts[2], exercises=(task,))
    texts = texts_of(replace(course, concepts=(*course.concepts[:2], third)))
    place = tmp_path_factory.getbasetemp() / "texts"
    (place / "concepts").mkdir(parents=True, exist_ok=True)
    name = "concepts/adding-by-program.toml"
    (place / name).write_text(texts[name], encoding="utf-8", newline="\n")
    reader = FolderReader(place)
    table = reader.table(name)
    assert reader.problems == []
    assert table is not None
    written = ConceptFile.model_validate(table).exercises[0].code
    assert written is not None
    assert written.starter == text


@pytest.mark.parametrize(
    "text",
    ["a\n'''b", "ends with\n'", 'one "quoted" \\line', "tab\tand\nbell\x07", "'''", "日本\n語"],
)
def test_awkward_text_comes_back(tmp_path: Path, text: str) -> None:
    write_course(with_explanation(text), tmp_path / "c")
    assert read_course(tmp_path / "c").concepts[0].lesson.explanation == text


def test_a_concept_without_a_lesson_comes_back(tmp_path: Path) -> None:
    course = with_explanation("")
    write_course(course, tmp_path / "c")
    assert read_course(tmp_path / "c") == course


def test_a_later_version_replaces_the_earlier_whole(tmp_path: Path) -> None:
    course = read_course(SAMPLE)
    write_course(course, tmp_path / "c")
    shorter = replace(course, version=4, units=course.units[:1], concepts=course.concepts[:2])
    write_course(shorter, tmp_path / "c")
    assert read_course(tmp_path / "c") == shorter
    assert [entry.name for entry in tmp_path.iterdir()] == ["c"]


def test_a_broken_course_is_not_written_and_the_old_one_stays(tmp_path: Path) -> None:
    course = read_course(SAMPLE)
    write_course(course, tmp_path / "c")
    with pytest.raises(CourseBroken):
        write_course(replace(course, title=" "), tmp_path / "c")
    assert read_course(tmp_path / "c") == course
    assert [entry.name for entry in tmp_path.iterdir()] == ["c"]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(EnvironmentProblem) as caught:
        write_course(read_course(SAMPLE), tmp_path / "file" / "c")
    assert caught.value.code == "course_not_saved"
