"""What a model wrote for a lesson is recomputed, run, or said to be unchecked."""

from collections.abc import Sequence

import pytest

from assistant.domain.exercise import ProvedBy
from assistant.domain.ids import ConceptId, CourseId
from assistant.domain.trace import ProgramError, ProgramRun
from assistant.tutor.lessons.checking import Aim, CheckedLesson, checked
from assistant.tutor.lessons.drafts import (
    Draft,
    DraftStep,
    DraftTask,
    LessonDraft,
    ProgramLessonDraft,
)
from assistant.tutor.lessons.text import from_text, to_text

PLACE = (CourseId("own"), ConceptId("sums"))
IDEA = "Fractions can be added once their denominators are equal."
WAY = "Write both over one denominator, then add the numerators."
EXPLANATION = f"{IDEA}\n\n**How:** {WAY}"
TOPIC = "Adding fractions. Add two fractions with different denominators."


def _never(_: str) -> ProgramRun:
    raise AssertionError("nothing is run here")


def _lesson(problem: str, steps: Sequence[str], answer: str, *tasks: tuple[str, str]) -> Draft:
    return LessonDraft(
        idea=IDEA,
        way=WAY,
        slip="",
        problem=problem,
        steps=[DraftStep(shown=step, why="") for step in steps],
        answer=answer,
        practice=[DraftTask(question=question, answer=given) for question, given in tasks],
    )


def _checked(draft: Draft, passages: Sequence[str] = ()) -> CheckedLesson:
    return checked(draft, Aim(*PLACE, TOPIC, tuple(passages)), _never)


@pytest.mark.parametrize(
    ("problem", "steps", "answer"),
    [
        ("Work out 3/4 + 1/8.", ["3/4 = 6/8", "6/8 + 1/8 = 7/8"], "7/8"),
        ("Solve 2x + 3 = 7.", ["2x = 4", "x = 2"], "x = 2"),
    ],
)
def test_an_example_that_was_recomputed_is_checked_and_fades(
    problem: str, steps: list[str], answer: str
) -> None:
    made = _checked(_lesson(problem, steps, answer))
    assert [part.checked for part in (*made.worked, *made.faded)] == [True, True]
    last = made.faded[0].example.steps[-1]
    assert "___" in last.shown
    assert last.blank == steps[-1].rpartition("= ")[2]
    assert from_text(to_text(made)) == made


@pytest.mark.parametrize(
    ("problem", "steps", "answer"),
    [
        ("Work out 3/4 + 1/8.", ["3/4 = 6/8", "6/8 + 1/8 = 7/9"], "7/9"),
        ("Work out 3/4 + 1/8.", ["6/8 + 1/8 = 7/8"], "7/9"),
        ("Solve 2x + 3 = 7.", ["2x = 5", "x = 2"], "x = 2"),
        ("Tom has 3 boxes of 4.", ["3 * 4 = 13"], "13"),
        ("Calculate 10% of 15.", ["10% = 1.01"], "1.11"),
    ],
)
def test_an_example_with_a_wrong_sum_is_not_shown(
    problem: str, steps: list[str], answer: str
) -> None:
    made = _checked(_lesson(problem, steps, answer))
    assert (made.worked, made.faded) == ((), ())
    assert len(made.left_out) == 1


def test_what_nothing_shows_to_be_right_says_so() -> None:
    story = _checked(_lesson("Tom has 3 boxes of 4. How many?", ["3 * 4 = 12"], "12"))
    assert [part.checked for part in story.worked] == [False]
    assert story.faded == ()
    assert "Its sums hold" in story.worked[0].how
    assert _checked(_lesson("Add fractions over one denominator.", ["Add."], "x")).worked == ()
    assert _checked(_lesson("Work out 1/2 + 1/3.", ["1/2 + 1/3 = 5/6"], "5/6")).worked == ()
    words = _checked(_lesson("Why do leaves fall?", ["Look at the tree."], "Cold"))
    leaves = _lesson("Why do leaves fall?", ["Look at the tree."], "Cold")
    assert checked(leaves, Aim(*PLACE, TOPIC, computes=True), _never).worked == ()
    assert words.worked == ()
    assert "nothing could be checked" in words.left_out[-1]
    told = _lesson("Why do leaves fall?", ["The tree saves its water in the winter."], "Cold")
    held = _checked(told, ["The tree drops leaves: it saves its water in the winter."])
    assert held.worked[0].how == "Its words stand in your books."


def test_only_exercises_whose_key_follows_from_the_question_are_kept() -> None:
    tasks = (
        ("Work out 2/3 + 1/6.", "5/6"),
        ("Work out 2/3 + 1/6.", "3/9"),
        ("Solve 3x + 5 = x + 11.", "x = 3"),
    )
    made = _checked(_lesson("Work out 1 + 1.", ["1 + 1 = 2"], "2", *tasks))
    assert [one.key.answer for one in made.practice] == ["5/6", "x = 3"]
    assert {one.proof.by for one in made.practice} == {ProvedBy.ALGEBRA}
    assert made.practice[0].id == "own/sums/written-1"
    assert len(made.left_out) == 1
    odd = (
        *(("Solve x^2 = 4.", "2"), ("Solve x = x.", "2"), ("Solve 2/x = 4.", "1/2")),
        *(("Tom has 3 apples.", "3"), ("Solve 2x = 4.", "two")),
    )
    for task in odd:
        assert _checked(_lesson("Work out 1 + 1.", ["1 + 1 = 2"], "2", task)).practice == ()


def test_an_explanation_is_looked_up_in_the_learners_books() -> None:
    draft = _lesson("Work out 1 + 1.", ["1 + 1 = 2"], "2")
    assert not _checked(draft).explained
    whole = _checked(draft, [f"{EXPLANATION} It is easy."])
    assert (whole.explained, whole.how) == (True, "2 of 2 sentences were found in your books.")
    part = _checked(draft, ["To add fractions, write both over one denominator."])
    assert (part.explained, part.how) == (False, "1 of 2 sentences were found in your books.")


def test_a_program_says_what_it_printed_when_it_was_run() -> None:
    draft = ProgramLessonDraft(idea=IDEA, way=WAY, slip="", problem="Count.", program="print(1)")
    made = checked(draft, Aim(*PLACE, TOPIC), lambda _: ProgramRun("1\n"))
    assert made.worked[0].checked
    assert made.worked[0].example.answer == "1"
    assert "```text\n1\n```" in made.worked[0].example.steps[1].shown
    assert made.faded == ()
    unrun = checked(draft, Aim(*PLACE, TOPIC), lambda _: None)
    assert (unrun.worked[0].checked, unrun.worked[0].example.answer) == (False, "")
    for run in (ProgramRun(""), ProgramRun("1", ProgramError("E", "", 1))):
        assert checked(draft, Aim(*PLACE, TOPIC), lambda _, run=run: run).worked == ()
