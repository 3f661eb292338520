"""Two questions that ask the same, in other words or with other names."""

from dataclasses import replace

import pytest

from assistant.domain.exercise import AnswerKind, Choice, Exercise, Form, Key, Proof, ProvedBy
from assistant.domain.ids import ConceptId, ExerciseId
from assistant.tutor.making.sameness import asked_of


def question(prompt: str, answer: str = "5", *choices: str) -> Exercise:
    """A question of any kind."""
    return Exercise(
        id=ExerciseId("any:1:1"),
        concept=ConceptId("any"),
        kind=AnswerKind.CHOICE if choices else AnswerKind.NUMBER,
        prompt=prompt,
        key=Key(answer),
        proof=Proof(ProvedBy.TESTS, "It was run."),
        difficulty=1.0,
        nudge="Where?",
        idea="Look.",
        part="Half.",
        solution=("So.",),
        choices=tuple(Choice(text, "") for text in choices),
    )


def program(source: str, ask: str = "What does this program print?") -> Exercise:
    """A question about a program."""
    return question(f"{ask}\n\n```python\n{source}\n```")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (program("n = 3\nprint(n + 2)"), program("n = 3\nprint(n + 2)", "What will be printed?")),
        (program("n = 3\nprint(n + 2)"), program("size = 3\nprint(size + 2)")),
        (question("Work out $2 + 3$."), question("What is $2 + 3$?")),
        (question("What is the sum of 2 and 3?"), question("Find the sum of 2 and 3.")),
        (question("Which?", "4", "4", "5"), question("Which?", "4", "5", "4")),
    ],
)
def test_other_words_or_names_make_no_other_question(one: Exercise, other: Exercise) -> None:
    assert asked_of(one) == asked_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (program("n = 3\nprint(n + 2)"), program("n = 3\nm = n\nprint(m + 2)")),
        (program("print(len('tea'))"), program("print(str('tea'))")),
        (program("print(3, 'tea')"), program("print(3, 'jam')")),
        (question("Expand $(x + 1)^2$.", "x^2 + 2x + 1"), question("Take $(x + 1)^2$.", "x + 1")),
        (question("How many semitones has a major third?"),
         question("How many semitones has a perfect fourth?")),
        (question("Name the note a third above A."), question("Name the note a third above B.")),
        (question("Which?", "4", "4", "5"), question("Which?", "4", "4", "6")),
    ],
)  # fmt: skip
def test_another_program_formula_or_choice_does(one: Exercise, other: Exercise) -> None:
    assert asked_of(one) != asked_of(other)


def test_the_form_of_the_answer_tells_apart() -> None:
    one = question("Write $4/8$.")
    forms = list(Form)[:2]
    made = {asked_of(replace(one, key=replace(one.key, form=form))) for form in forms}
    assert len(made) == 2
