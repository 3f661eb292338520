"""What is done for a wish, from the words of the courses that ship."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.domain.course import Course, WorkedExample, WorkedStep
from assistant.domain.ids import ConceptId
from assistant.domain.study import Rung
from assistant.tutor.courses.goals import stems
from assistant.tutor.courses.reading import read_course
from assistant.tutor.hints.ladder import Ladder
from assistant.tutor.socratic.knowledge import Knowledge, paragraphs
from assistant.tutor.socratic.moves import Move, Talk, last_resort, likest, move_for
from assistant.tutor.socratic.prompts import Said, Speaker
from assistant.tutor.socratic.watching import Watch
from assistant.tutor.socratic.wishes import Wish, wish_of

COURSES = Path(__file__).parents[4] / "resources" / "courses"


@pytest.fixture(scope="module")
def algebra() -> Course:
    return read_course(COURSES / "algebra-and-arithmetic")


def _talk(course: Course, place: str, message: str, ladder: Rung | None, *said: str) -> Talk:
    """Tried twice; a rung of None: not tried yet."""
    concept = course.concept(ConceptId(place.partition("/")[0]))
    exercise = next(one for one in concept.exercises if one.id.endswith(f"/{place}"))
    begun = Ladder(exercise) if ladder is None else Ladder(exercise, ladder, tries=2)
    return Talk(
        begun,
        Knowledge(course, concept),
        lambda: iter(likest(exercise, concept.lesson.worked)),
        message,
        [Said(Speaker.TUTOR, one) for one in said],
    )


def _moved(talk: Talk) -> Move:
    move = move_for(wish_of(talk.message), talk)
    assert move is not None
    return move


def test_a_hint_is_the_next_rung_that_is_open_and_costs_what_it_costs(algebra: Course) -> None:
    place, asked = "linear-equations/two-steps", "I am stuck."
    first = _moved(_talk(algebra, place, asked, None))
    assert first.rung is Rung.NONE
    assert first.text.startswith("Have a first try")
    nudged = _moved(_talk(algebra, place, asked, Rung.NONE))
    assert (nudged.text, nudged.rung) == ("What was done to $x$ last?", Rung.NUDGE)
    assert _moved(_talk(algebra, place, asked, Rung.NUDGE)).rung is Rung.IDEA


def test_after_the_last_open_rung_there_is_an_example_and_then_a_question(algebra: Course) -> None:
    said: list[str] = []
    while move := move_for(
        Wish.NEXT, _talk(algebra, "linear-equations/two-steps", "help", Rung.PART, *said)
    ):
        assert move.rung is Rung.NONE
        said.append(move.text)
    assert len(said) == len(set(said)) > 3
    assert said[0].endswith("Now yours.")
    assert said[-1].endswith("?")
    over = _talk(algebra, "linear-equations/two-steps", "help", Rung.PART, *said)
    assert last_resort(over).text.endswith("?")


def test_who_asks_for_the_answer_is_told_that_it_stays_back_once(algebra: Course) -> None:
    place, asked = "linear-equations/two-steps", "just tell me the answer"
    first = _moved(_talk(algebra, place, asked, Rung.NONE))
    assert first.text.startswith("The answer stays back")
    assert first.rung is Rung.NUDGE
    second = _moved(_talk(algebra, place, asked, Rung.NUDGE, first.text))
    assert not second.text.startswith("The answer stays back")


def test_a_word_is_explained_where_the_course_defines_it(algebra: Course) -> None:
    said = _moved(_talk(algebra, "quadratic-formula/discriminant", "what is a coefficient?", None))
    assert "**Like terms**" in said.text
    assert said.rung is Rung.NONE
    assert (
        move_for(Wish.MEANING, _talk(algebra, "roots/between", "what is a banana?", None)) is None
    )


def test_what_the_exercise_wants_is_said(algebra: Course) -> None:
    said = _moved(_talk(algebra, "distributing/factor", "I don't understand the question", None))
    assert said.text.startswith("An expression is wanted")
    assert "as a product" in said.text
    assert "a number that divides it" in said.text
    asked = "What does the question mean?"
    number = _moved(_talk(algebra, "negatives-multiplying/divide", asked, None))
    assert number.text.startswith("A number is wanted.")
    turned = _moved(_talk(algebra, "inequalities/negative", asked, None))
    assert turned.text.startswith("An inequality")


def test_the_reason_is_looked_for_in_the_lesson_and_its_cards(algebra: Course) -> None:
    asked = "Why does a term change its sign?"
    said = _moved(_talk(algebra, "linear-equations/two-steps", asked, Rung.NONE))
    assert said.text.startswith("**Why does a term change its sign")
    plain = _moved(_talk(algebra, "negatives-adding/debt-cancelled", "Why does that work?", None))
    assert plain.text.startswith("The lesson says:")


def test_how_to_check_is_said_for_the_equation_in_hand(algebra: Course) -> None:
    said = _moved(_talk(algebra, "linear-equations/two-steps", "How do I check it?", Rung.NONE))
    assert "`3x + 7 = 22`" in said.text
    turned = _moved(_talk(algebra, "inequalities/negative", "How do I check it?", Rung.NONE))
    assert "two numbers" in turned.text


def test_the_mistake_is_what_was_wrong_with_the_last_try(algebra: Course) -> None:
    asked, place = "Where is my mistake?", "linear-equations/two-steps"
    assert _moved(_talk(algebra, place, asked, None)).text.startswith("Nothing was handed in")
    talk = replace(_talk(algebra, place, asked, Rung.NONE), mistake=lambda: "Line 1: look at 7.")
    assert _moved(talk).text == "Line 1: look at 7."
    leaks = replace(talk, mistake=lambda: "It is $x = 5$.")
    unseen = _moved(leaks)
    assert unseen.text.startswith("That is not right yet. Where it goes wrong cannot be seen")
    assert "`3x + 7 = 22`" in unseen.text
    assert unseen.rung is Rung.NONE


def test_an_example_that_holds_the_answer_is_left_out(algebra: Course) -> None:
    talk = _talk(algebra, "linear-equations/two-steps", "Show me an example", None)

    def examples() -> Iterator[WorkedExample]:
        yield WorkedExample("Solve $2x = 10$.", (WorkedStep("$x = 5$"),), "5")
        yield WorkedExample("Solve $2x = 8$.", (WorkedStep("$x = 4$", "Halve."),), "4")

    number = _talk(algebra, "linear-equations/times", "Show me an example", None)
    assert number.exercise.key.answer == "7"
    same = WorkedExample("Solve $x + 1 = -6$.", (WorkedStep("$x = -7$"),), "-7")
    other = WorkedExample("Solve $x + 1 = 6$.", (WorkedStep("$x = 5$, not 77 or 7.5"),), "5")
    shown = _moved(replace(number, examples=lambda: iter((same, other))))
    assert "x = 5" in shown.text

    said = _moved(replace(talk, examples=examples))
    assert said.text == "Solve $2x = 8$.\n\n1. $x = 4$ (Halve.)\n\nNow yours."
    assert "no further example" in _moved(replace(talk, examples=lambda: iter(()))).text


def test_nothing_that_is_said_holds_the_answer(algebra: Course) -> None:
    asked = {
        Wish.NEXT: "help",
        Wish.REASON: "why?",
        Wish.EXAMPLE: "an example",
        Wish.MEANING: "what does the question mean?",
        Wish.CHECK: "how do I check it?",
        Wish.ANSWER: "solve it",
        Wish.OTHER: "does the order matter?",
    }
    for concept in algebra.concepts[::5]:
        for exercise in concept.exercises[:2]:
            place = exercise.id.partition("/")[2]
            for wish, message in asked.items():
                talk = _talk(algebra, place, message, Rung.NONE)
                move = move_for(wish, talk) or last_resort(talk)
                assert Watch(exercise).leak(move.text) is None, (place, wish)


def test_passages_that_stand_alone_are_whole_sentences() -> None:
    text = """# Title

A *balance* has two pans that stay level.

That is why it is level, and it always was.

It follows:

| a | b |

- **first kind**: the root is at the bottom
- short

Look at what happens to both of them here:

```py
x = 1

y = 2
```

Why is it useful to anybody at all? A long way is saved by it every time. Why?"""
    assert paragraphs(text) == (
        "A *balance* has two pans that stay level.",
        "**first kind**: the root is at the bottom",
        "Why is it useful to anybody at all? A long way is saved by it every time.",
    )


@pytest.mark.parametrize("course", ["algebra-and-arithmetic", "music-theory", "python-from-zero"])
def test_a_question_of_a_card_finds_its_answer(course: str) -> None:
    read = read_course(COURSES / course)
    asked = found = 0
    for concept in read.concepts:
        knowledge = Knowledge(read, concept)
        assert concept.summary in knowledge.gist()
        for card in concept.cards:
            best = next(knowledge.about(stems(card.front)), None)
            asked += 1
            found += best is not None and best.text == card.back
    assert found > 0.95 * asked
