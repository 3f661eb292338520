"""A title says what the chat is about."""

import pytest

from assistant.services.titles import title_from


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("What does the standard deviation tell me?", "What does the standard deviation tell me?"),
        ("Hi, can you plan my week around the lab?", "Plan my week around the lab?"),
        ("please explain **recursion** to me. I am nine.", "Explain recursion to me"),
        ("\n\n  # Homework\nsecond line", "Homework"),
        ("hello", "Hello"),
        ("   \n ", "New chat"),
        ("???", "???"),
    ],
)
def test_courtesies_go_and_the_first_sentence_stays(question: str, title: str) -> None:
    assert title_from(question) == title


def test_a_long_question_is_cut_at_a_word() -> None:
    title = title_from("Why does " + "the very long sentence " * 10)
    assert len(title) <= 49
    assert title.endswith("…")
    assert not title[:-1].endswith(" ")


def test_a_word_without_spaces_is_cut_all_the_same() -> None:
    assert title_from("x" * 500) == "X" + "x" * 47 + "…"
