"""What gives an answer away, and what does not."""

from dataclasses import replace

import pytest

from assistant.domain.exercise import (
    AnswerKind,
    Choice,
    CodeTask,
    Exercise,
    Key,
    Proof,
    ProvedBy,
)
from assistant.domain.ids import ConceptId, ExerciseId
from assistant.tutor.hints import Guard, HeldBack

_PROOF = Proof(ProvedBy.ALGEBRA, "")


def _exercise(kind: AnswerKind, prompt: str, answer: str, **more: object) -> Exercise:
    made = Exercise(ExerciseId("x"), ConceptId("k"), kind, prompt, Key(answer), _PROOF)
    return replace(made, **more)  # pyright: ignore[reportArgumentType] - fields of it


HALF = _exercise(AnswerKind.NUMBER, r"What is $\frac{3}{4} - \frac{1}{4}$?", "1/2")
ROOT = _exercise(AnswerKind.MATH, "Solve $3(x - 4) = 5x + 2$.", "x = -7")
FACTORED = _exercise(AnswerKind.MATH, "Factor $x^2 - 5x + 6$.", "(x-2)(x-3)")
CHOICE = _exercise(
    AnswerKind.CHOICE,
    "Which one is a list?",
    "[1, 2]",
    choices=(Choice("(1, 2)"), Choice("[1, 2]"), Choice("{1, 2}")),
)
SHORT = _exercise(AnswerKind.SHORT, "Which keyword leaves a loop?", "break")
NOTES = _exercise(AnswerKind.NOTES, "Spell the triad of D minor.", "D F A")
FLATTEN = _exercise(
    AnswerKind.CODE,
    "Write `flatten(items)`.",
    "",
    code=CodeTask(
        "flatten",
        "def flatten(items):\n    flat = []\n    return flat\n",
        "",
        "def flatten(items):\n    flat = []\n    for item in items:\n"
        "        if isinstance(item, list):\n            flat.extend(flatten(item))\n"
        "        else:\n            flat.append(item)\n    return flat\n",
    ),
)


@pytest.mark.parametrize(
    ("exercise", "text"),
    [
        (HALF, "So you get 1/2."),
        (HALF, r"The result is $\frac{2}{4}$."),
        (HALF, r"That leaves $\dfrac12$ of it."),
        (HALF, "In decimals it is 0.5, of course."),
        (HALF, "It is one half of the whole."),
        (HALF, "Half of it? Yes: ½"),
        (HALF, "It is 50%."),
        (ROOT, "The solution is x = -7."),
        (ROOT, "Then $x=-7$."),
        (ROOT, "Then $-7 = x$, as you see."),
        (ROOT, "x equals minus seven"),
        (ROOT, r"$-2x = 14 \Rightarrow x = \frac{14}{-2}$"),
        (FACTORED, r"It is $(x-3)(x-2)$."),
        (FACTORED, r"Write it as `(x - 2)*(x - 3)`."),
        (CHOICE, "The right one is [1, 2]."),
        (CHOICE, "It is option B."),
        (CHOICE, "Answer (b) is right."),
        (SHORT, "Use `break` for it."),
        (SHORT, "The word is BREAK!"),
        (NOTES, "They are D, F and A... I mean D F A."),
        (FLATTEN, "Add `flat.extend(flatten(item))` there."),
        (FLATTEN, "```python\nif isinstance(item, list):  # a list\n```"),
        (FLATTEN, "for item in items:\n  if isinstance( item,list ) :"),
    ],
)
def test_a_text_with_the_answer_is_caught(exercise: Exercise, text: str) -> None:
    assert Guard(exercise).leak(text) is not None


@pytest.mark.parametrize(
    ("exercise", "text"),
    [
        (HALF, r"Both have the denominator 4: what is $3 - 1$ of the quarters?"),
        (HALF, "Subtract the numerators; the denominator stays."),
        (ROOT, "Distribute the 3 over both terms: what do you get for $3 \\cdot 4$?"),
        (ROOT, "Bring the terms with x to one side. What is 3x - 5x?"),
        (FACTORED, "Which two numbers have the product 6 and the sum 5?"),
        (CHOICE, "Think of (1, 2), [1, 2] and {1, 2}: what do the brackets say?"),
        (SHORT, "It is what stops a machine as well."),
        (SHORT, "The loop is breakable."),
        (NOTES, "Begin on D and take every second note of the scale."),
        (FLATTEN, "After the second item, what does `flat` hold? Think of `isinstance`."),
        (FLATTEN, "Your line `flat = []` is right, and so is `return flat`."),
    ],
)
def test_a_hint_without_it_passes(exercise: Exercise, text: str) -> None:
    assert Guard(exercise).leak(text) is None


def test_what_the_learner_wrote_is_no_secret() -> None:
    assert Guard(HALF).leak("You wrote 1/2.") is not None
    assert Guard(HALF, said=["I think 1/2"]).leak("You wrote 1/2.") is None


def test_whatever_the_text_it_is_looked_at_in_bounded_time() -> None:
    for text in ("9^" * 5000 + "9", "$" * 9001, "1,2,3," * 20_000, "(" * 10_000, "٣٤ ½ 🤷" * 500):
        Guard(HALF).leak(text)


def _through(exercise: Exercise, text: str, size: int) -> tuple[str, bool]:
    held = HeldBack(Guard(exercise))
    shown = "".join(held.add(text[at : at + size]) for at in range(0, len(text), size))
    shown += held.close()
    assert shown == held.text
    return shown, held.leak is not None


@pytest.mark.parametrize("size", [1, 3, 7, 1000])
def test_a_stream_shows_whole_sentences_up_to_the_leak(size: int) -> None:
    clean = "Look at both sides. Which one has more of x?\nBring them together. "
    shown, leaked = _through(ROOT, clean + "You get $x = -7$. Easy!", size)
    assert leaked
    assert clean.startswith(shown)
    assert "7" not in shown
    assert _through(ROOT, clean, size) == (clean, False)


@pytest.mark.parametrize("size", [1, 5])
def test_no_formula_is_shown_before_it_is_whole(size: int) -> None:
    shown, leaked = _through(ROOT, "Now $x. = -7$ it is.", size)
    assert leaked
    assert shown == ""


def test_a_text_without_an_end_does_not_wait_for_ever() -> None:
    held = HeldBack(Guard(ROOT))
    assert held.add("word " * 200)
