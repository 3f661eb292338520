"""A conversation about an exercise over a real vault, with an engine that follows a script."""

from collections.abc import Callable

import pytest

from assistant.domain.errors import UserFacingError
from assistant.domain.exercise import Exercise
from assistant.domain.ids import CourseId, ExerciseId
from assistant.domain.study import Rung
from assistant.engine.scripted import Script, ScriptedAnswer
from assistant.services.core import Core
from assistant.services.streams import Text
from assistant.services.study.practice import Given
from assistant.services.study.socratic import (
    HAND_IN,
    Guided,
    GuidedAnswer,
    GuidedReply,
    NotGuided,
    SocraticService,
)
from assistant.tutor.books.sentences import sentences
from assistant.tutor.socratic.watching import Watch, helps, shown
from tests.helpers.held_script import hold

WAIT_S = 60
ALGEBRA = CourseId("algebra-and-arithmetic")
PYTHON = CourseId("python-from-zero")
BROKEN = UserFacingError("It does not load.", "Choose another.", code="model_broken")
OPEN = "Would a cat do it in that way?"
"""A question that no passage of a lesson answers: it goes to the model."""
CoreThatSays = Callable[[Script], Core]


def _reply(answer: GuidedAnswer) -> tuple[GuidedReply, str]:
    events = list(answer)
    end = events[-1]
    assert isinstance(end, Guided)
    return end.reply, "".join(event.text for event in events if isinstance(event, Text))


def _begun(core: Core, *, tried: bool) -> tuple[SocraticService, Given]:
    core.study.enrolments.enrol(ALGEBRA).result(WAIT_S)
    given = core.study.practice.next(ALGEBRA).result(WAIT_S)
    if tried:
        core.study.practice.answer(given.exercise.id, "-987654", 1.0).result(WAIT_S)
    return core.study.socratic, core.study.practice.given(given.exercise.id).result(WAIT_S)


def _exercise_of(core: Core, course: CourseId, place: str) -> Exercise:
    concepts = core.study.library.course(course).concepts
    exercises = (one for concept in concepts for one in concept.exercises)
    return next(one for one in exercises if one.id == f"{course}/{place}")


def _in_two_steps(core: Core) -> Exercise:
    """An equation that is solved in two steps, taken and not tried."""
    core.study.enrolments.enrol(ALGEBRA).result(WAIT_S)
    exercise = _exercise_of(core, ALGEBRA, "linear-equations/two-steps")
    core.study.practice.take(ALGEBRA, exercise).result(WAIT_S)
    return exercise


def test_a_reply_that_helps_costs_like_a_hint_and_the_third_like_the_second_rung(
    core_that_says: CoreThatSays,
) -> None:
    _, given = _begun(core_that_says(Script()), tried=True)
    watch = Watch(given.exercise)
    told = [
        one
        for one in sentences(given.concept.lesson.explanation)
        if helps(one) and shown(one, ["", one]) and watch.leak(one) is None
    ][:3]
    said = (f"That's right! {one} The moon is made of cheese, by the way." for one in told)
    socratic = core_that_says(Script(tuple(map(ScriptedAnswer, said)))).study.socratic
    costs: list[float] = []
    for one in told:
        reply, streamed = _reply(socratic.ask(given.exercise.id, OPEN))
        assert reply.text == streamed == one
        assert not reply.replaced
        assert reply.model
        costs.append(reply.cost)
    assert costs == pytest.approx([0.05, 0.0, 0.10])
    assert len(socratic.said(given.exercise.id)) == 6


def test_a_reply_that_holds_the_answer_is_replaced_and_costs_what_its_rung_costs(
    core_that_says: CoreThatSays,
) -> None:
    core = core_that_says(Script((ScriptedAnswer("x"),)))
    _, given = _begun(core, tried=True)
    key = given.exercise.key.answer
    core = core_that_says(Script((ScriptedAnswer(f"The answer is {key}. Write it down."),)))
    socratic = core.study.socratic
    reply, streamed = _reply(socratic.ask(given.exercise.id, OPEN))
    assert (reply.held_back, reply.replaced, streamed) == (True, True, "")
    assert reply.text == given.exercise.nudge
    assert (reply.ladder.rung, reply.cost) == (Rung.NUDGE, pytest.approx(0.05))
    again, _ = _reply(socratic.ask(given.exercise.id, OPEN))
    assert (again.text, again.ladder.rung) == (given.exercise.idea, Rung.IDEA)


def test_before_the_first_try_it_only_asks_and_costs_nothing(
    core_that_says: CoreThatSays,
) -> None:
    _, given = _begun(core_that_says(Script()), tried=False)
    asked = f"How do you {given.concept.summary.lower().rstrip('.')}?"
    script = Script((ScriptedAnswer(f"{given.concept.summary} {asked}"),))
    socratic = core_that_says(script).study.socratic
    reply, streamed = _reply(socratic.ask(given.exercise.id, OPEN))
    assert (reply.text, streamed, reply.cost) == (asked, asked, 0.0)
    assert reply.ladder.rung is Rung.NONE
    again, _ = _reply(socratic.ask(given.exercise.id, OPEN))
    assert again.replaced
    assert again.text.startswith("Have a first try")


def test_a_question_that_only_comes_back_is_not_shown(core_that_says: CoreThatSays) -> None:
    _, given = _begun(core_that_says(Script()), tried=True)
    asked = f"Would a cat {given.concept.summary.lower().rstrip('.')}?"
    socratic = core_that_says(Script((ScriptedAnswer(asked),))).study.socratic
    reply, streamed = _reply(socratic.ask(given.exercise.id, asked))
    assert reply.replaced
    assert asked not in streamed + reply.text


def test_a_guess_gets_no_verdict_right_or_wrong(core_that_says: CoreThatSays) -> None:
    socratic, given = _begun(core_that_says(Script()), tried=True)
    for guess in (f"is it {given.exercise.key.answer}?", given.exercise.key.answer):
        reply, _ = _reply(socratic.ask(given.exercise.id, guess))
        assert (reply.text, reply.cost, reply.model) == (HAND_IN, 0.0, "")
    empty, _ = _reply(socratic.ask(given.exercise.id, "  "))
    assert "stuck" in empty.text
    end = list(socratic.ask(ExerciseId("no/such/one"), "help"))[-1]
    assert isinstance(end, NotGuided)
    assert end.error.code == "exercise_unknown"


def test_without_a_model_the_rungs_speak(core_that_says: CoreThatSays) -> None:
    core = core_that_says(Script(load_fails_with=BROKEN))
    socratic, given = _begun(core, tried=True)
    reply, _ = _reply(socratic.ask(given.exercise.id, OPEN))
    assert reply.text == given.exercise.nudge
    assert "It does not load." in reply.missing


def test_what_is_asked_in_so_many_words_needs_no_model(core_that_says: CoreThatSays) -> None:
    core = core_that_says(Script(load_fails_with=BROKEN))
    socratic, given = _begun(core, tried=True)

    def said(message: str) -> GuidedReply:
        reply, _ = _reply(socratic.ask(given.exercise.id, message))
        assert (reply.model, reply.missing, reply.replaced) == ("", "", False)
        return reply

    assert said("I am stuck.").text == given.exercise.nudge
    told = said("just give me the answer")
    assert told.text.endswith(given.exercise.idea)
    assert told.cost == pytest.approx(0.10)
    wrong = said("Where is my mistake?")
    judged = core.study.practice.answer(given.exercise.id, "-987654", 1.0).result(WAIT_S)
    assert judged.grade.words in wrong.text
    examples = [said("Show me an example").text for _ in range(4)]
    assert len(set(examples)) == 4
    assert all(one.endswith("Now yours.") for one in examples)
    assert said("How do I check it?").cost == 0.0


def test_what_is_only_typed_gets_no_verdict(core_that_says: CoreThatSays) -> None:
    socratic, given = _begun(core_that_says(Script()), tried=True)
    wrong, _ = _reply(socratic.ask(given.exercise.id, "Where is my mistake?"))
    for typed in (given.exercise.key.answer, "77777", ""):
        core = core_that_says(Script())  # the conversation is forgotten with the program
        core.study.practice.draft(given.exercise.id, typed).result(WAIT_S)
        asked, _ = _reply(core.study.socratic.ask(given.exercise.id, "Where is my mistake?"))
        assert asked.text == wrong.text


def test_lines_are_looked_at_until_three_were_wrong_and_again_after_a_try(
    core_that_says: CoreThatSays,
) -> None:
    core = core_that_says(Script(load_fails_with=BROKEN))
    exercise = _in_two_steps(core)
    core.study.practice.answer(exercise.id, "x = -98", 1.0).result(WAIT_S)

    def said(message: str) -> GuidedReply:
        return _reply(core.study.socratic.ask(exercise.id, message))[0]

    first = said("3x = 29")
    assert "does not follow" in first.text
    assert first.cost == pytest.approx(0.05)
    assert said("3x = 15").cost == 0.0
    assert said("3x = 12").cost == 0.0
    assert said("3x = 11").cost == pytest.approx(0.10)
    enough = [said(line) for line in ("3x = 15", "3x = 10")]
    assert {one.text for one in enough} == {enough[0].text}
    assert "Hand in" in enough[0].text
    assert [one.cost for one in enough] == [0.0, 0.0]
    core.study.practice.answer(exercise.id, "x = -99", 1.0).result(WAIT_S)
    assert "is right" in said("3x = 15").text


def test_before_the_first_try_wrong_lines_cost_no_more_than_the_first_rung(
    core_that_says: CoreThatSays,
) -> None:
    core = core_that_says(Script(load_fails_with=BROKEN))
    exercise = _in_two_steps(core)
    replies = [
        _reply(core.study.socratic.ask(exercise.id, line))[0]
        for line in ("3x = 29", "3x = 12", "3x = 11")
    ]
    assert [one.cost for one in replies] == pytest.approx([0.05, 0.0, 0.0])
    assert replies[-1].ladder.rung is Rung.NUDGE


def test_an_exercise_that_is_given_once_more_is_talked_about_anew(
    core_that_says: CoreThatSays,
) -> None:
    core = core_that_says(Script(load_fails_with=BROKEN))
    socratic, given = _begun(core, tried=True)
    first, _ = _reply(socratic.ask(given.exercise.id, "a hint please"))
    assert first.text == given.exercise.nudge
    core.study.practice.next(ALGEBRA, skip=True).result(WAIT_S)
    core.study.practice.take(ALGEBRA, given.exercise).result(WAIT_S)
    core.study.practice.answer(given.exercise.id, "-987654", 1.0).result(WAIT_S)
    again, _ = _reply(socratic.ask(given.exercise.id, "a hint please"))
    assert (again.text, again.cost) == (first.text, first.cost)
    assert len(socratic.said(given.exercise.id)) == 2


def test_a_placement_test_has_no_talk_and_asks_no_model(core_that_says: CoreThatSays) -> None:
    core = core_that_says(Script((ScriptedAnswer("What is known? " * 20),)))
    core.study.enrolments.enrol(ALGEBRA).result(WAIT_S)
    asked = core.study.placing.begin(ALGEBRA).result(WAIT_S)
    assert asked.given is not None
    for message in ("a hint", "an example", "why?", "how do I check it?", OPEN, "3x = 15"):
        events = list(core.study.socratic.ask(asked.given.exercise.id, message))
        assert len(events) == 1
        assert isinstance(events[0], NotGuided)
        assert events[0].error.code == "placement_no_hints"


def test_the_first_test_that_fails_is_named_as_the_mistake(core_that_says: CoreThatSays) -> None:
    core = core_that_says(Script())
    core.study.enrolments.enrol(PYTHON).result(WAIT_S)
    exercise = _exercise_of(core, PYTHON, "comprehensions/squares")
    core.study.practice.take(PYTHON, exercise).result(WAIT_S)
    assert exercise.code is not None
    core.study.practice.answer(exercise.id, exercise.code.starter, 1.0).result(WAIT_S)
    reply, _ = _reply(core.study.socratic.ask(exercise.id, "What did I do wrong?"))
    assert "should give" in reply.text or "fails" in reply.text
    assert reply.cost == 0.0


def test_a_reply_can_be_stopped_and_costs_nothing_then(core_that_says: CoreThatSays) -> None:
    script = Script((ScriptedAnswer("word " * 300),), tokens_per_second=20)
    socratic, given = _begun(core_that_says(script), tried=True)
    answer = socratic.ask(given.exercise.id, OPEN)
    answer.cancel()
    reply, _ = _reply(answer)
    assert reply.stopped
    assert socratic.said(given.exercise.id) == ()


def test_a_reply_to_an_exercise_that_was_laid_aside_meanwhile_ends(
    core_that_says: CoreThatSays, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = hold(monkeypatch, 8)
    core = core_that_says(Script((ScriptedAnswer("What now? " * 40),), tokens_per_second=100))
    socratic, given = _begun(core, tried=True)
    answer = socratic.ask(given.exercise.id, OPEN)
    next(iter(answer))
    core.study.practice.next(ALGEBRA, skip=True).result(WAIT_S)
    go_on.set()
    end = list(answer)[-1]
    assert isinstance(end, NotGuided)
    assert end.error.code == "exercise_unknown"
