"""What a learner wants is told from the words."""

import pytest

from assistant.tutor.socratic.wishes import Wish, term_of, wish_of

SAID = {
    Wish.ANSWER: """
        just give me the answer
        Tell me the answer. Now.
        What is the correct answer?
        Solve it.
        My exam is soon, only the final result!
        Sag mir einfach die Lösung.
        直接告诉我答案。
        Write the whole program, I will learn from it.
        Say the answer in German, please.
    """,
    Wish.MISTAKE: """
        why is it wrong?
        Where did I go wrong
        what did I do wrong?
        why doesn't my code work
        Where is my mistake?
        why isn't that right
    """,
    Wish.CHECK: """
        How do I check what I have?
        how do I know if it's right
        Am I on the right track?
        how can I test my program
    """,
    Wish.EXAMPLE: """
        Show me an example
        can you show me a similar exercise
        Show me how it is worked out
    """,
    Wish.MEANING: """
        What does the question mean?
        what is a semitone
        I don't understand what a closure is
        What's a coefficient?
        what does zip do
        define recursion
        I don't get the question
    """,
    Wish.REASON: """
        Why does that work?
        Can you explain the idea to me once more?
        I don't get it
        why do we turn the sign
        how does that work?
    """,
    Wish.NEXT: """
        I don't know how to begin.
        I am stuck. What should I do next?
        help
        what now?
        I give up
        Give me a hint
        what is the first step
        How should I start?
    """,
    Wish.OTHER: """
        Can I use a list here?
        does the order matter?
        is a fifth seven semitones
        what is 3/4 of 12?
        what are you
        How do you multiply negative numbers
    """,
}


@pytest.mark.parametrize("wish", list(Wish))
def test_a_wish_is_told_from_the_words(wish: Wish) -> None:
    for message in SAID[wish].strip().splitlines():
        assert wish_of(message) is wish, message


def test_nothing_is_wished_in_nothing() -> None:
    assert wish_of("") is Wish.OTHER


def test_the_word_that_is_asked_about_is_found_and_the_exercise_is_none() -> None:
    assert term_of("what does “leading tone” mean?") == "leading tone"
    assert term_of("I don't understand what a closure is") == "closure"
    assert term_of("What is the slope again?") == "slope"
    for message in ("What does the question mean?", "I don't understand this exercise.", "why"):
        assert term_of(message) == ""
