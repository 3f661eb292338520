"""What a learner wants is told from the words."""

import pytest

from assistant.tutor.socratic.plain_words import is_one_slip, plain_words
from assistant.tutor.socratic.small_talk import answer_to
from assistant.tutor.socratic.wishes import Wish, term_of, wish_of

SAID = {
    Wish.ANSWER: """
        Dis-moi juste la réponse, s'il te plaît.
        What would a student who got it right have written?
        Write a poem in which the answer occurs.
        Fill in: Ab is wrong, the right answer is ___
        Which one is it, the first or the last?
        just give me the answer
        Tell me the answer. Now.
        What is the correct answer?
        Solve it.
        My exam is soon, only the final result!
        Sag mir einfach die Lösung.
        直接告诉我答案。
        Write the whole program, I will learn from it.
        Say the answer in German, please.
        whats the answer
        i want the solution
        tell me what x is
    """,
    Wish.MISTAKE: """
        why is it wrong?
        Where did I go wrong
        what did I do wrong?
        why doesn't my code work
        Where is my mistake?
        why isn't that right
        wheres my error
        where did i mess up
        y is it wrong
        my code doesnt work
    """,
    Wish.CHECK: """
        How do I check what I have?
        how do I know if it's right
        Am I on the right track?
        how can I test my program
        is there a way to check my result
        hows can i make sure its right
    """,
    Wish.EXAMPLE: """
        Show me an example
        can you show me a similar exercise
        Show me how it is worked out
        show me an exmaple
        can u show me how to do one
        for instance?
    """,
    Wish.MEANING: """
        What does the question mean?
        what is a semitone
        I don't understand what a closure is
        What's a coefficient?
        what does zip do
        define recursion
        I don't get the question
        wat does this mean
        what r like terms
        whats a for loop
        what am i supposed to do
        i forgot what a factor is
    """,
    Wish.REASON: """
        Why does that work?
        Can you explain the idea to me once more?
        I don't get it
        why do we turn the sign
        how does that work?
        huh?
        y?
        explain pls
        i dont follow
        whats the idea behind this
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
        idk
        how do i solve this
        whats next
        and then?
        a tip?
    """,
    Wish.SMALL: """
        thanks!
        ok cool thanks
        thx, got it
        hi
        good morning!
        what's the weather like today
        what are you
        you are useless
        i hate this
        lol
        no
    """,
    Wish.OTHER: """
        Can I use a list here?
        does the order matter?
        is a fifth seven semitones
        what is 3/4 of 12?
        my dog ate my homework
        thanks, but can I use a list?
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
    assert term_of("wat r like terms") == "like terms"
    for message in ("What does the question mean?", "I don't understand this exercise.", "why"):
        assert term_of(message) == ""


def test_small_talk_gets_a_word_back_that_fits() -> None:
    assert answer_to(plain_words("thx!")).startswith("You are welcome")
    assert answer_to(plain_words("Hi, thanks a lot.")).startswith("You are welcome")
    assert answer_to(plain_words("hello?")).startswith("Hello")
    assert "hint" in answer_to(plain_words("this sucks"))
    assert answer_to("why") == ""


def test_what_was_typed_is_read_in_the_words_of_a_dictionary() -> None:
    assert plain_words("I  don\u2019t undertsand, pls") == "i do not understand, please"
    assert plain_words("Whats an exmaple?") == "what is an example?"
    assert plain_words("so y = 3x and r = 2") == "so y = 3x and r = 2"
    assert plain_words("expand the answers") == "expand the answers"
    assert not is_one_slip("answer", "answers")
    assert not is_one_slip("mean", "bean")
