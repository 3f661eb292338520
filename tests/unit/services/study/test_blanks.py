"""Blanks of faded examples: what belongs there is taken, what does not is not."""

from pathlib import Path

import pytest

from assistant.config.paths import resources
from assistant.domain.course import WorkedStep
from assistant.services.study.blanks import check_blank
from assistant.tutor.courses.reading import read_course

CODE = "```py\nwhile n ___ 0:\n```"


@pytest.mark.parametrize(
    ("subject", "shown", "blank", "right", "wrong"),
    [
        ("mathematics", "$2^3 =$ ___", "8", ["8", " 8.0 ", "eight"], ["9", "2^3", "nine", "8 8"]),
        ("mathematics", "___", "-7", ["-7", "\u22127"], ["7", "--7"]),
        ("mathematics", "___", "3/4", ["3/4", "0.75", "6/8"], ["4/3"]),
        ("mathematics", "___", "4*sqrt(3)", ["4sqrt(3)", "sqrt(3)*4"], ["sqrt(3)"]),
        ("mathematics", "___", "16 %", ["16 %", "16%"], ["61 %"]),
        ("mathematics", "$5 - 12$ ___ $3$", "+", ["+"], ["-", "plus"]),
        ("mathematics", "a common ___", "multiple", ["Multiple", "multiples"], ["divisor"]),
        ("programming", CODE, ">", [">", " > "], ["<", ">="]),
        ("programming", CODE, '" "', ["' '", '" "'], ['""', "b' '"]),
        ("programming", CODE, "2 * 7", ["2*7", "7 * 2"], ["14", "2 * 8", "'14'"]),
        ("programming", CODE, "return b", ["return  b"], ["return B", "b"]),
        ("music", "Raised from D it is ___", "D#", ["D#", "d\u266f"], ["Eb"]),
        ("music", "___", "m6", ["m6"], ["M6", "m3"]),
        ("music", "$4 + 5 =$ ___", "9", ["9"], ["8"]),
        ("music", "So it is an ___", "octave", ["Octave"], ["fifth"]),
    ],
)
def test_what_is_right_and_what_is_not(
    subject: str, shown: str, blank: str, right: list[str], wrong: list[str]
) -> None:
    step = WorkedStep(shown, blank=blank)
    for answer in right:
        assert check_blank(step, answer, subject).correct is True, answer
    for answer in wrong:
        assert not check_blank(step, answer, subject).correct, answer


@pytest.mark.parametrize("answer", ["", "   ", "x" * 501])
def test_what_cannot_be_read_is_not_judged(answer: str) -> None:
    grade = check_blank(WorkedStep("___", blank="8"), answer, "mathematics")
    assert grade.correct is None
    assert grade.words


def test_what_is_equal_but_not_worked_out_is_told_so() -> None:
    grade = check_blank(WorkedStep("$2^3 =$ ___", blank="8"), "2*4", "mathematics")
    assert grade.correct is False
    assert "worked out" in grade.words


def test_a_value_that_the_program_is_to_work_out_is_told_to_be_right() -> None:
    step = WorkedStep('```py\nprint("Days:", ___)\n```', blank="2 * 7")
    for answer in ("14", " 14 ", "(14)"):
        grade = check_blank(step, answer, "programming")
        assert grade.correct is False
        assert grade.words.startswith("The value is right."), answer
        assert "program" in grade.words
    for answer in ("15", "14.0", "True", "days", "'14'", "2 ** 4 - 2", "14 / 0", "-14"):
        grade = check_blank(step, answer, "programming")
        assert grade.correct is False
        assert grade.words == "That is not right yet.", answer
    plain = check_blank(WorkedStep("```py\nx = ___\n```", blank="1"), "2 - 1", "programming")
    assert plain.words == "That is not right yet.", "a figure is wanted, no sum"


@pytest.mark.parametrize("answer", ["(" * 400, "9**9**9**9", "\0", "\u202e", "\ud800", "]" * 300])
def test_hostile_answers_are_only_wrong(answer: str) -> None:
    for subject, shown in (("programming", CODE), ("mathematics", "___"), ("music", "___")):
        assert not check_blank(WorkedStep(shown, blank="D#"), answer, subject).correct


@pytest.mark.parametrize("name", ["python-from-zero", "algebra-and-arithmetic", "music-theory"])
def test_every_blank_of_a_course_takes_its_own_answer(name: str) -> None:
    course = read_course(Path(resources()) / "courses" / name)
    for concept in course.concepts:
        blanks = [one for faded in concept.lesson.faded for one in faded.steps if one.blank]
        for at, step in enumerate(blanks):
            grade = check_blank(step, f" {step.blank} ", course.subject)
            assert grade.correct is True, (concept.id, step)
            other = blanks[at - 1].blank
            if other.casefold().replace(" ", "") != step.blank.casefold().replace(" ", ""):
                assert not check_blank(step, other, course.subject).correct, (concept.id, step)
