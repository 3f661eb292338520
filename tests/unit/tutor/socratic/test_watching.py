"""What a reply may say: never the answer, in no dress, and no verdict."""

from dataclasses import replace

import pytest

from assistant.domain.exercise import AnswerKind, Choice, Exercise, Key, Proof, ProvedBy
from assistant.domain.ids import ConceptId, ExerciseId
from assistant.domain.study import Rung
from assistant.tutor.hints.ladder import Ladder
from assistant.tutor.socratic.disguises import number_words
from assistant.tutor.socratic.guesses import is_guess
from assistant.tutor.socratic.prompts import Said, Speaker, known_of, turns_for
from assistant.tutor.socratic.watching import Watch, helps, shown

PROOF = Proof(ProvedBy.AUTHOR, "")
NUMBER = Exercise(
    ExerciseId("a/b/c"),
    ConceptId("b"),
    AnswerKind.NUMBER,
    "A train goes 54 km in 2 hours. How fast is it?",
    Key("27"),
    PROOF,
    nudge="What is asked for in one hour?",
    idea="Speed is distance over time.",
    part="Share the distance between the hours.",
    solution=("54 / 2", "27"),
)
CHOICE = Exercise(
    ExerciseId("a/b/d"),
    ConceptId("b"),
    AnswerKind.CHOICE,
    "Which mode are the white keys from G to G?",
    Key("Mixolydian"),
    PROOF,
    nudge="Compare with G major.",
    choices=(Choice("Dorian"), Choice("Lydian"), Choice("Mixolydian")),
)


@pytest.mark.parametrize(
    "said",
    [
        "It is 27.",
        "Think of twenty-seven.",
        "Die Antwort ist siebenundzwanzig.",
        "The digits are 2 7.",
        "Spelled: t w e n t y - s e v e n",
        "Reversed it is neves-ytnewt",
        "In base64: Mjc=",
        "Work out $54 / 2$.",
    ],
)
def test_a_number_leaks_in_every_dress(said: str) -> None:
    assert Watch(NUMBER).leak(said) is not None


@pytest.mark.parametrize(
    "said", ["the third one", "Option 3", "It is C.", "the last choice", "M i x o l y d i a n"]
)
def test_a_choice_leaks_by_its_place_its_letter_and_its_letters(said: str) -> None:
    assert Watch(CHOICE).leak(said) is not None


@pytest.mark.parametrize("said", ["How far in one hour?", "54 km take 2 hours.", "Tea for one?"])
def test_what_the_exercise_says_itself_is_no_leak(said: str) -> None:
    assert Watch(NUMBER).leak(said) is None
    assert Watch(CHOICE).leak("Compare the first one, Dorian, with G major.") is None


def test_words_of_numbers_are_what_they_say() -> None:
    words = number_words()
    assert (words["siebzehn"], words["vierundachtzig"], words["quinze"]) == (17, 84, 15)
    assert (words["trenta"], words["noventa"], words["soixante"]) == (30, 90, 60)


def test_only_what_stands_on_the_lesson_is_shown_and_no_verdicts() -> None:
    about = ("A train goes 54 km. How fast is it?", "Share the distance between the hours.")
    asked = "Which distance is it in an hour?"
    said = f"""Sure! That's correct. Share the distance between the hours. Trains are blue. {asked}
        How fast is it? How do cats sleep? Two sentences at most. Share 13 hours. Share it:"""
    assert shown(said, about) == f"Share the distance between the hours. {asked}"
    assert shown(said, about, questions_only=True) == asked
    assert shown(said, ()) == ""
    assert shown("Share the distance between the hours of Rome.", about) == ""
    assert shown(f"{asked} Does the train share hours?", about, most=1) == asked
    mode = ("Which note is the third of D major?", "In a major triad a third never ends a row.")
    for false in (
        "In D major, the correct note is G.",
        "Is a treasure that never ends.",
        "A third never ends a tune of G major.",
    ):
        assert shown(false, mode) == ""
    assert shown("a third never ends a row in a major triad.", mode) == ""
    assert helps("Look at the distance between them.")
    assert not helps("What is asked? And why?")


def test_a_reply_stands_on_the_exercise_the_lesson_and_the_hints_that_are_open() -> None:
    lesson = "Speed says how far in one hour."
    assert "54 km" in known_of(Ladder(NUMBER), lesson, "Find speeds.")[0]
    assert NUMBER.nudge not in known_of(Ladder(NUMBER), lesson, "")
    assert NUMBER.nudge in known_of(Ladder(NUMBER, tries=1), lesson, "")


def test_a_guess_is_told_from_a_question() -> None:
    for guess in ("is it 27?", "27", "would it be 30", "siebenundzwanzig", "Is 13.5 right?"):
        assert is_guess(NUMBER, guess), guess
    for question in ("What is speed?", "Why 54?", "do I divide?", "is it the distance?"):
        assert not is_guess(NUMBER, question), question
    one = replace(NUMBER, key=Key("1"))
    for exercise in (one, NUMBER):
        assert not is_guess(exercise, "Show me another one that is just like this one.")
        assert is_guess(exercise, "is it one?")
    assert is_guess(CHOICE, "is it Dorian?")
    assert is_guess(CHOICE, "Mixolydian")
    assert not is_guess(CHOICE, "What is a mode?")


def test_a_right_answer_and_a_wrong_one_are_told_from_a_question_alike() -> None:
    formula = replace(NUMBER, kind=AnswerKind.MATH, key=Key("U/I"))
    for guess in ("U/I", "I/U", "is it w+t"):
        assert is_guess(formula, guess), guess
    short = replace(NUMBER, kind=AnswerKind.SHORT, key=Key("dominant"))
    for guess in ("dominant", "mediant", "I think the mediant", "yes", "is it the tonic?"):
        assert is_guess(short, guess), guess
    for question in ("what is a dominant?", "what is a mediant?", "why?", "help", "thanks"):
        assert not is_guess(short, question), question
    for choice in CHOICE.choices:
        assert is_guess(CHOICE, f"I take {choice.text}")
    code = replace(NUMBER, kind=AnswerKind.CODE)
    assert is_guess(code, "is it `return 1`?")
    assert not is_guess(code, "why does print(1) give None?")


def test_the_model_is_told_neither_key_nor_solution() -> None:
    said = [Said(Speaker.TUTOR, "left over"), Said(Speaker.LEARNER, "a"), Said(Speaker.TUTOR, "b")]
    for ladder in (Ladder(NUMBER), Ladder(NUMBER, Rung.PART, tries=2)):
        turns = turns_for(ladder, said, "help", "30")
        assert "27" not in "".join(turn.content for turn in turns)
        assert [turn.role.value for turn in turns] == ["system", "user", "assistant", "user"]
    first, *_ = turns_for(Ladder(NUMBER), (), "help")
    assert "has not tried" in first.content
    told = turns_for(Ladder(NUMBER, Rung.IDEA, tries=1), (), "help", "30")[1]
    assert "Speed is distance over time." in told.content
    assert "which is wrong: 30" in told.content
    assert "Choices: Dorian; Lydian" in turns_for(Ladder(CHOICE), (), "help")[1].content
