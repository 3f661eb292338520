"""The count of leaks finds the key in every plain dress, and not in what is no key."""

from dataclasses import replace

import pytest
from leaks.independent import holds_answer

from assistant.config.paths import resources
from assistant.domain.exercise import AnswerKind, Choice, CodeTask, Exercise, Key, Proof, ProvedBy
from assistant.domain.ids import ConceptId, ExerciseId
from assistant.tutor.courses.reading import read_course

NUMBER = Exercise(
    ExerciseId("a"),
    ConceptId("b"),
    AnswerKind.NUMBER,
    "54 km in 2 hours: how fast?",
    Key("27"),
    Proof(ProvedBy.AUTHOR, ""),
)


@pytest.mark.parametrize("said", ["27", "It is **27**.", "Twenty-seven", "72 backwards", "2 7"])
def test_a_number_is_found(said: str) -> None:
    assert holds_answer(NUMBER, said)


@pytest.mark.parametrize("said", ["127", "27.5 or 2", "54 km", "x27", ""])
def test_another_number_is_not(said: str) -> None:
    assert holds_answer(NUMBER, said) == ""


def test_formulas_choices_letters_and_programs_are_found() -> None:
    formula = replace(NUMBER, key=Key(r"\frac{3}{4}", ("0.75",)))
    assert holds_answer(formula, "It is 3/4.")
    assert holds_answer(formula, "It is 0,75 then.")
    note = replace(NUMBER, key=Key("A"))
    assert holds_answer(note, "The note is A.")
    assert not holds_answer(note, "A note, as it is.")
    texts = tuple(map(Choice, ("Dorian", "Lydian", "Aeolian")))
    choice = replace(NUMBER, kind=AnswerKind.CHOICE, key=Key("Lydian"), choices=texts)
    assert holds_answer(choice, "LYDIAN, of course")
    assert holds_answer(choice, "Answer B is right")
    assert not holds_answer(choice, "Dorian, Lydian or Aeolian?")
    task = CodeTask("m", "def f(n):\n    ...", "", "def f(n):\n    return n * f(n - 1)")
    code = replace(NUMBER, kind=AnswerKind.CODE, key=Key(""), code=task)
    assert holds_answer(code, "Write `return n*f(n-1)` there.")
    assert not holds_answer(code, "def f(n): begins it")


@pytest.mark.parametrize("course", ["algebra-and-arithmetic", "music-theory", "python-from-zero"])
def test_no_hint_of_our_courses_before_the_last_holds_an_answer(course: str) -> None:
    exercises = [
        exercise
        for concept in read_course(resources() / "courses" / course).concepts
        for exercise in concept.exercises
    ]
    assert len(exercises) > 100
    told = [
        (exercise.id, hint)
        for exercise in exercises
        for hint in (exercise.nudge, exercise.idea, exercise.part)
        if holds_answer(exercise, hint)
    ]
    assert told == []
