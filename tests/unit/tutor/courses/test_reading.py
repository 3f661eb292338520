"""A course folder becomes a value, or a full list of what is wrong with it."""

import os
import sys
from pathlib import Path

import pytest

from assistant.domain.exercise import AnswerKind, Form, ProvedBy
from assistant.domain.ids import ConceptId
from assistant.tutor.courses import files
from assistant.tutor.courses.problems import CourseBroken
from assistant.tutor.courses.reading import check_course, read_course

ADDING = "concepts/adding.toml"
DOUBLING = "concepts/doubling.toml"
PROGRAM = "concepts/adding-by-program.toml"
COURSE = "course.toml"


def damage(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def problems(folder: Path) -> list[str]:
    return [str(problem) for problem in check_course(folder)]


def test_a_sound_course_is_read_whole(sample: Path) -> None:
    course = read_course(sample)
    assert (course.id, course.version, course.language) == ("small-sums", 3, "en")
    assert [unit.title for unit in course.units] == ["Adding", "By program"]
    assert [concept.id for concept in course.concepts] == [
        "adding",
        "doubling",
        "adding-by-program",
    ]
    adding = course.concept(ConceptId("adding"))
    assert "$\\frac{1}{2}$" in adding.lesson.explanation
    assert adding.lesson.faded[0].steps[0].blank == "50"
    seven = adding.exercises[0]
    assert seven.id == "small-sums/adding/seven-and-five"
    assert seven.kind is AnswerKind.NUMBER
    assert seven.key.wrong == (("75", "side-by-side"),)
    assert seven.proof.by is ProvedBy.AUTHOR
    undo = course.concept(ConceptId("doubling")).exercises[0]
    assert (undo.given, undo.key.form, undo.key.others) == (
        "2x + 4 = 10",
        Form.SIMPLIFIED,
        ("3",),
    )
    task = course.concept(ConceptId("adding-by-program")).exercises[0].code
    assert task is not None
    assert task.module == "sums"
    assert check_course(sample) == ()


@pytest.mark.parametrize(
    ("file", "old", "new", "field", "words"),
    [
        (ADDING, "nudge =", "nugde =", "exercises[seven-and-five].nugde", "did you mean “nudge”"),
        (ADDING, "minutes = 10", 'minutes = "ten"', "minutes", "whole number"),
        (ADDING, "minutes = 10", "minutes = 0", "minutes", "at least 1"),
        (ADDING, "difficulty = 1", "difficulty = 9", "exercises[seven-and-five].difficulty", "5"),
        (ADDING, "difficulty = 1", "difficulty = true", "exercises[seven-and-five].diff", "number"),
        (ADDING, "difficulty = 1", "tolerance = nan", "exercises[seven-and-five].tol", "number"),
        (ADDING, 'summary = "Add two whole numbers."', 'summary = "  "', "summary", "empty"),
        (ADDING, 'summary = "Add two whole numbers."', "", "summary", "missing"),
        (ADDING, "format = 1", "format = 2", "format", "reads format 1 only"),
        (ADDING, 'title = "Adding"', "title = [", "", "not valid TOML"),
        (ADDING, 'kind = "number"', 'kind = "sum"', "exercises[seven-and-five].kind", "one of"),
        (ADDING, 'id = "order"', 'id = "The Order"', "cards[The Order].id", "kebab-case"),
        (ADDING, 'answer = "12"', 'answer = ""', "exercises[seven-and-five].answer", "the key"),
        (ADDING, 'answer = "12"', 'answer = "many"', "exercises[seven-and-five].answer", "digits"),
        (ADDING, 'answer = "12"', 'answer = "75"', "exercises[seven-and-five].wrong", "as wrong"),
        (ADDING, 'answer = "$3 + 2$"', 'answer = "5"', "exercises[which-is-more].ch", "the answer"),
        (ADDING, '"$2 + 2$"', '"$3 + 2$"', "exercises[which-is-more].choices", "more than once"),
        (
            ADDING,
            "ten first.",
            "ten first: 12!",
            "exercises[seven-and-five].nudge",
            "holds the answer",
        ),
        (ADDING, 'blank = "50"', 'why = "so"', "lesson.faded[1].steps", "No step has a blank"),
        (ADDING, "= ___$", "= 50$", "lesson.faded[1].steps[1].shown", "Write ___"),
        (ADDING, "$30 + 4 = 34$", '$34$", blank = "x', "lesson.worked[1].steps[2]", "no blanks"),
        (ADDING, '"which-is-more"', '"seven-and-five"', "exercises[seven-and-five].id", "once"),
        (ADDING, 'misconception = "side-by-side" }]', 'misconception = "gone" }]', "", "“gone”"),
        (DOUBLING, 'given = "2x + 4 = 10"', "", "exercises[undo].given", "begin with"),
        (DOUBLING, 'title = "Doubling"', 'title = "adding"', "title", "same as that of adding"),
        (DOUBLING, '["adding"]', '["subtracting"]', "requires", "no concept of this course"),
        (DOUBLING, '["adding"]', '["adding", "adding"]', "requires", "more than once"),
        (DOUBLING, '["adding"]', '"adding"', "requires", "a list"),
        (PROGRAM, "import add", "import plus\nimport", "exercises[add].code.tests", "valid Python"),
        (PROGRAM, "from sums", "from sum", "exercises[add].code.tests", "“sums”"),
        (PROGRAM, "    pass", "    return a + b", "exercises[add].code.starter", "already"),
        (
            PROGRAM,
            'nudge = "What',
            'nudge = "def add(a, b): return a+b',
            "exercises[add].nu",
            "hol",
        ),
        (
            PROGRAM,
            'module = "sums"',
            'module = "../x"',
            "exercises[add].code.module",
            "underscores",
        ),
        (COURSE, '"doubling"', '"halving"', "units[1].concepts", "“halving” has no file"),
        (COURSE, '"doubling"', '"adding"', "units", "more than once"),
        (COURSE, 'language = "en"', 'language = "English"', "language", "“en” or “de”"),
        (COURSE, "version = 3", "", "version", "missing"),
    ],
)
def test_each_fault_is_named_with_its_place_and_what_to_do(
    sample: Path, file: str, old: str, new: str, field: str, words: str
) -> None:
    damage(sample, file, old, new)
    found = [problem for problem in check_course(sample) if problem.file == file]
    assert any(one.field.startswith(field) and words in one.words for one in found), found


def test_all_faults_are_told_at_once(sample: Path) -> None:
    damage(sample, ADDING, "minutes = 10", "minutes = -1\nsubtitle = 'x'")
    damage(sample, DOUBLING, 'answer = "x = 3"', "")
    (sample / PROGRAM).write_bytes(b"title = '\xff'\n")
    with pytest.raises(CourseBroken) as caught:
        read_course(sample)
    told = [str(problem) for problem in caught.value.problems]
    assert len(told) == 4
    assert caught.value.code == "course_broken"
    assert "4 problems" in caught.value.message
    assert any("Line 1 is not UTF-8" in one for one in told)


def test_a_wrong_type_hides_neither_a_cycle_nor_a_missing_file(sample: Path) -> None:
    damage(sample, COURSE, "version = 3", 'version = "three"')
    damage(sample, COURSE, "concepts = [", 'concepts = ["not-there", ')
    damage(sample, ADDING, "minutes = 10", 'requires = ["adding-by-program"]\nminutes = "ten"')
    told = "\n".join(problems(sample))
    assert "version" in told
    assert "minutes" in told
    assert "“not-there” has no file" in told
    assert "These concepts wait for each other" in told


def test_a_cycle_is_named(sample: Path) -> None:
    damage(sample, ADDING, "minutes = 10", 'requires = ["adding-by-program"]\nminutes = 10')
    assert any(
        "adding → adding-by-program → adding" in problem
        or "adding-by-program → adding → adding-by-program" in problem
        for problem in problems(sample)
    )


def test_a_concept_that_requires_itself_is_a_cycle(sample: Path) -> None:
    damage(sample, ADDING, "minutes = 10", 'requires = ["adding"]')
    assert any("adding → adding" in problem for problem in problems(sample))


def test_a_file_that_no_unit_names_is_told(sample: Path) -> None:
    text = (sample / ADDING).read_text(encoding="utf-8").replace('"Adding"', '"Lost"')
    (sample / "concepts/lost.toml").write_text(text, encoding="utf-8")
    assert problems(sample) == [
        "concepts/lost.toml: No unit names this concept; add “lost” to a unit in course.toml."
    ]


def test_missing_folder_and_missing_files(tmp_path: Path, sample: Path) -> None:
    assert "no such folder" in problems(tmp_path / "nothing")[0]
    (sample / COURSE).unlink()
    assert problems(sample) == ["course.toml: This file is missing; add it."]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own on Windows")
def test_links_out_of_the_folder_are_refused(sample: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.toml"
    outside.write_bytes((sample / ADDING).read_bytes())
    (sample / ADDING).unlink()
    (sample / ADDING).symlink_to(outside)
    assert any("This is a link" in problem for problem in problems(sample))


@pytest.mark.skipif(sys.platform == "win32", reason="has no named pipes in folders")
def test_a_pipe_is_refused_and_not_waited_for(sample: Path) -> None:
    (sample / ADDING).unlink()
    os.mkfifo(sample / ADDING)
    assert any("no plain file" in problem for problem in problems(sample))


def test_a_name_that_leaves_the_folder_is_refused(sample: Path) -> None:
    damage(sample, COURSE, '"doubling"', '"../doubling"')
    assert any("kebab-case" in problem for problem in problems(sample))


def test_a_name_that_windows_cannot_hold_is_refused(sample: Path) -> None:
    damage(sample, COURSE, '"doubling"', '"aux"')
    (sample / DOUBLING).rename(sample / "concepts/aux.toml")
    damage(sample, PROGRAM, '"doubling"', '"aux"')
    assert any("Windows" in problem for problem in problems(sample))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"#" * (files.MOST_FILE_BYTES + 1), "Larger than"),
        (b"a = " + b"[" * 200_000, "nested too deeply"),
        (b".".join([b"a"] * 200_000) + b" = 1", "more than 40 parts"),
        (b"a = " + b"9" * 10_000, "cannot be read"),
        (b"\x00\x01\x02", "not valid TOML"),
        (b"", "missing"),
    ],
)
def test_hostile_files_end_quickly_in_words(sample: Path, content: bytes, words: str) -> None:
    (sample / ADDING).write_bytes(content)
    assert any(words in problem for problem in problems(sample))


def test_a_course_may_not_be_endless_in_all(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_COURSE_BYTES", 1500)
    assert any("MiB in all" in problem for problem in problems(sample))


def test_a_byte_order_mark_does_no_harm(sample: Path) -> None:
    path = sample / COURSE
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert problems(sample) == []
