"""Whether a hint gives the answer away is a matter of whole tokens."""

import pytest

from assistant.tutor.courses.revealing import reveals, reveals_program


@pytest.mark.parametrize(
    ("hint", "answer"),
    [
        ("It is 12.", "12"),
        ("so $x=12$", "12"),
        ("so $x = 12$, done", "x=12"),
        ("the result, \\frac{1}{2}, is", "$\\frac{1}{2}$"),
        ("think of A", "A"),
        ("think of a LIST here", "list"),
        ("-3 it is", "-3"),
    ],
)
def test_the_answer_as_a_token_is_found(hint: str, answer: str) -> None:
    assert reveals(hint, answer)


@pytest.mark.parametrize(
    ("hint", "answer"),
    [
        ("Look at 312 and 120.", "12"),
        ("1/12 of 12.5", "12"),
        ("a whole tone above", "A"),
        ("a listing", "list"),
        ("5x = 25", "5"),
        ("anything", ""),
        ("anything", "  "),
        ("\\frac", "frac"),
    ],
)
def test_parts_of_other_tokens_are_not(hint: str, answer: str) -> None:
    assert not reveals(hint, answer)


def test_a_program_is_found_whatever_its_spaces() -> None:
    assert reveals_program("write def f(x): return x+1 there", "def f(x):\n    return x + 1\n")
    assert not reveals_program("use return", "def f(x):\n    return x + 1\n")
