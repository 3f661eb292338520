"""Which sentences of a model are shown, and what stands in their place where they are not."""

import pytest

from assistant.config.paths import resources
from assistant.domain.course import Concept, Lesson
from assistant.domain.ids import ConceptId, CourseId
from assistant.domain.trace import ProgramRun
from assistant.tutor.courses.reading import read_course
from assistant.tutor.lessons.checking import Aim, checked
from assistant.tutor.lessons.drafts import DraftStep, DraftTask, LessonDraft, shown_sentences
from assistant.tutor.lessons.telling import one_sentence, told_of, why_not
from assistant.tutor.lessons.twins import twin_of
from assistant.tutor.making import ExerciseMaker

TOPIC = "Adding fractions. Add two fractions with different denominators."
IDEA = "Fractions can be added once their denominators are equal."
WAY = "Write both over one denominator, then add the numerators."
SLIP = "Adding the denominators as well gives a smaller number than either fraction."


def _draft(idea: str = IDEA, way: str = WAY, slip: str = SLIP, answer: str = "1") -> LessonDraft:
    step = DraftStep(shown=f"1/2 + 1/2 = {answer}", why="")
    return LessonDraft(
        idea=idea,
        way=way,
        slip=slip,
        problem="Work out 1/2 + 1/2.",
        steps=[step],
        answer=answer,
        practice=[],
    )


def _never(_: str) -> ProgramRun:
    raise AssertionError("nothing is run here")


def test_three_sentences_are_put_together_by_code() -> None:
    told = told_of(_draft(), TOPIC)
    assert told.text == f"{IDEA}\n\n**How:** {WAY}\n\n**Watch out:** {SLIP}"
    assert told.dropped == ()
    assert told_of(_draft(slip=""), TOPIC).text == f"{IDEA}\n\n**How:** {WAY}"


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("Fractions are added.", "too short"),
        ("Fractions are added when the denominators", "breaks off"),
        ("Are fractions added by their equal denominators?", "breaks off"),
        ("This lesson teaches the learner how fractions work.", "speaks of the lesson"),
        ("Fraction and fraction and fraction and fraction and fraction.", "repeats itself"),
        ("Adding fractions is very simple once they are equal.", "praises"),
        ("Green leaves make sugar out of water and light.", "nothing to do"),
        ("Add two fractions with different denominators, adding.", "title again"),
        ("The fractions 1/2 + 1/3 = 2/5 are quickly added up.", "sum"),
        (sorted(shown_sentences())[2], "example"),
    ],
)
def test_a_sentence_that_is_worth_nothing_is_not_shown(sentence: str, why: str) -> None:
    topic = "Conditions" if "example" in why else TOPIC
    assert why in why_not(sentence, topic, ())


def test_a_sentence_has_to_be_new_and_in_what_was_written() -> None:
    assert "say the same" in why_not(IDEA, TOPIC, [IDEA])
    written = ["Two fractions can be added as soon as their denominators are equal."]
    assert why_not(IDEA, TOPIC, (), written) == ""
    more = f"{IDEA[:-1]}, as they are then."
    assert "say the same" in why_not(more, TOPIC, [IDEA])
    assert "not in what was written" in why_not(SLIP, TOPIC, (), written)
    assert one_sentence("  One  two. Three.") == "One two."
    assert one_sentence("no end") == "no end"


def test_without_an_idea_or_a_second_sentence_nothing_is_told() -> None:
    assert told_of(_draft(idea="Green leaves make sugar of water."), TOPIC).text == ""
    lone = told_of(_draft(way="x", slip="y"), TOPIC)
    assert lone.text == ""
    assert len(lone.dropped) == 2


def test_what_was_shown_to_the_model_is_not_given_back() -> None:
    draft = _draft()
    step = DraftStep(shown="1/2 + 1/2 = 1", why="Now the parts are of one size.")
    task = DraftTask(question="Work out 1/4 + 1/2.", answer="3/4")
    own = DraftTask(question="Work out 1/5 + 1/2.", answer="7/10")
    copied = draft.model_copy(update={"steps": [step], "practice": [task, own]})
    made = checked(copied, Aim(CourseId("own"), ConceptId("one"), TOPIC), _never)
    assert [one.prompt for one in made.practice] == ["Work out 1/5 + 1/2."]
    assert [one.why for one in made.worked[0].example.steps] == [""]


def test_a_concept_that_ships_lends_its_words_and_a_proved_example() -> None:
    course = read_course(resources() / "courses" / "algebra-and-arithmetic")
    own = Concept(ConceptId("one"), "Adding fractions", "Add two fractions.", Lesson(""))
    twin = twin_of(own, "mathematics", [course], ExerciseMaker())
    assert twin is not None
    assert twin.generator == "fractions-adding"
    assert None not in twin.examples
    aim = Aim(CourseId("own"), ConceptId("one"), TOPIC, twin=twin, computes=True)
    poor = _draft(idea="Fractions are green leaves of the summer.", answer="7")
    made = checked(poor, aim, _never)
    assert (made.explanation, made.explained) == (twin.words, True)
    assert "not good enough" in made.how
    assert "The lesson “Adding" in made.explanation
    assert [part.example for part in made.worked] == list(twin.examples)
    assert all(part.checked for part in made.worked)
    other = Concept(ConceptId("two"), "Photosynthesis", "What plants do.", Lesson(""))
    assert twin_of(other, "mathematics", [course], ExerciseMaker()) is None
    assert twin_of(own, "music", [course], ExerciseMaker()) is None


def test_an_example_of_a_program_is_not_made_where_nothing_can_be_run() -> None:
    course = read_course(resources() / "courses" / "python-from-zero")
    own = Concept(ConceptId("one"), "Recursion", "", Lesson(""))
    twin = twin_of(own, "programming", [course], ExerciseMaker())
    assert twin is not None
    assert twin.examples[0] is not None
    assert twin.examples[1] is None
