"""Lessons over a real vault, answered by an engine that follows a script."""

from collections.abc import Callable

import pytest

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ConceptId, CourseId
from assistant.engine.scripted import Script, ScriptedAnswer
from assistant.services.core import Core
from assistant.services.study.lesson_values import (
    LessonAnswer,
    LessonOrigin,
    LessonReply,
    NotReplied,
    Replied,
)
from assistant.tutor.books.grounding import Support
from tests.unit.services.conftest import MakeCore

PYTHON, RECURSION = CourseId("python-from-zero"), ConceptId("recursion")
SAID = "A base case stops it all. [9] The moon is made of cheese."
BROKEN = UserFacingError("It does not load.", "Choose another.", code="model_broken")


def _reply(answer: LessonAnswer) -> LessonReply:
    end = list(answer)[-1]
    assert isinstance(end, Replied)
    return end.reply


def test_an_authored_lesson_is_given_as_it_is(core: Core) -> None:
    view = core.study.lessons.lesson(PYTHON, RECURSION).result(60)
    assert view.origin is LessonOrigin.AUTHORED
    assert view.lesson == core.study.library.course(PYTHON).concept(RECURSION).lesson
    assert len(view.worked) == len(view.lesson.worked) > 0
    assert view.explanation.checked
    with pytest.raises(UserFacingError) as refused:
        core.study.lessons.lesson(PYTHON, ConceptId("nothing")).result(60)
    assert refused.value.code == "concept_unknown"


def test_an_answer_is_looked_up_in_the_lesson_sentence_by_sentence(
    core_that_says: Callable[[Script], Core],
) -> None:
    script = Script((ScriptedAnswer(SAID),))
    lessons = core_that_says(script).study.lessons
    reply = _reply(lessons.ask(PYTHON, RECURSION, "What stops a recursion?"))
    first, second = reply.sentences
    assert first.support is Support.SUPPORTED
    assert set(first.sources) <= {source.number for source in reply.sources}
    assert second.support is Support.UNCHECKED
    assert "[9]" not in reply.text
    assert reply.cited[0].where.startswith("Lesson: ")
    assert reply.model


def test_what_a_model_makes_up_is_not_shown_and_the_lesson_speaks(
    core_that_says: Callable[[Script], Core],
) -> None:
    made_up = "The moon is made of cheese. Cats are green. Cats are green. Dogs can fly."
    lessons = core_that_says(Script((ScriptedAnswer(made_up),))).study.lessons
    reply = _reply(lessons.ask(PYTHON, RECURSION, "What is a base case?"))
    assert "base case" in reply.sentences[0].text
    assert {one.support for one in reply.sentences} == {Support.SUPPORTED}
    assert reply.missing.startswith("3 of 3 sentences that ")
    assert reply.missing.endswith(" wrote are in no passage; the passages answer instead.")
    assert reply.model == "", "none of the sentences shown is the model's"
    nothing = _reply(lessons.ask(PYTHON, RECURSION, "Napoleon?"))
    assert nothing.sentences == ()


def test_one_sentence_left_out_is_told_as_one(
    core_that_says: Callable[[Script], Core],
) -> None:
    lessons = core_that_says(Script((ScriptedAnswer("The moon is made of cheese."),))).study.lessons
    reply = _reply(lessons.ask(PYTHON, RECURSION, "What is a base case?"))
    assert reply.missing.startswith("What ")
    assert " is in no passage" in reply.missing


def test_without_a_model_the_passages_answer(core_that_says: Callable[[Script], Core]) -> None:
    lessons = core_that_says(Script(load_fails_with=BROKEN)).study.lessons
    reply = _reply(lessons.ask(PYTHON, RECURSION, "What is a base case?"))
    assert "base case" in reply.sentences[0].text
    assert reply.sentences[0].sources == (1,)
    assert reply.sentences[0].text in reply.sources[0].text
    assert "It does not load." in reply.missing
    assert reply.model == ""
    assert "in a few words" in _reply(lessons.ask(PYTHON, RECURSION, " ")).missing
    end = list(lessons.ask(PYTHON, ConceptId("nothing"), "What?"))[-1]
    assert isinstance(end, NotReplied)
    assert end.error.code == "concept_unknown"


def test_the_lesson_answers_while_the_vault_is_closed(make_core: MakeCore) -> None:
    reply = _reply(make_core().study.lessons.ask(PYTHON, RECURSION, "What is a base case?"))
    assert reply.sources
    assert all(source.book is None for source in reply.sources)


def test_an_answer_can_be_stopped(core_that_says: Callable[[Script], Core]) -> None:
    script = Script((ScriptedAnswer("word " * 300),), tokens_per_second=20)
    answer = core_that_says(script).study.lessons.ask(PYTHON, RECURSION, "What?")
    answer.cancel()
    assert _reply(answer).stopped
