"""What the planner says is kept as Markdown that shows just what somebody typed."""

from collections.abc import Callable

import pytest
from markdown_it import MarkdownIt

from assistant.domain.errors import UserFacingError
from assistant.engine.scripted import Script, ScriptedAnswer
from assistant.services.answers import Refused
from assistant.services.noting import planner_words
from tests.unit.services.test_chat import Desk, desk_with, finished

__all__ = ["desk_with"]


@pytest.fixture
def desk(desk_with: Callable[[Script], Desk]) -> Desk:
    return desk_with(Script(answers=(ScriptedAnswer("An answer."), ScriptedAnswer("Another."))))


TITLES = (
    "Move “a*b*c [x](y) ![p](q) <b> _c_ snake_case `d`”",
    "# 1. no ~~head~~ &amp; 12) more",
    "1. first",
    "12) twelfth",
    "- line > of > quotes",
)


@pytest.mark.parametrize("title", TITLES)
def test_a_title_is_shown_as_it_was_typed(title: str) -> None:
    tokens = MarkdownIt("commonmark").enable("strikethrough").parse(planner_words(title, [title]))
    assert {token.type for token in tokens} <= {
        *("paragraph_open", "paragraph_close", "inline", "bullet_list_open", "bullet_list_close"),
        *("list_item_open", "list_item_close"),
    }
    for token in tokens:
        if token.type == "inline":
            assert {child.type for child in token.children or []} <= {"text", "text_special"}
            assert "".join(child.content for child in token.children or []) == title


def test_no_bracket_begins_a_formula() -> None:
    said = planner_words("The [second] part (of 2), $5 and 6$")
    assert said == "The [second] part (of 2), \\$5 and 6\\$"


def test_a_note_is_kept_and_read_by_the_model_that_answers_next(desk: Desk) -> None:
    chat = desk.new()
    note = desk.chat.notes.keep(chat.id, "plan my week", "Done: Plan the week").result(60)
    question, kept = desk.shown(chat)
    assert (kept, kept.model) == (note, "Planner")
    assert kept.parent_id == question.id
    answer = desk.ask(chat, "and now?")
    assert [one.id for one in desk.shown(chat)][:2] == [question.id, note.id]
    assert answer.model != "Planner"
    again = finished(desk.chat.regenerate(chat.id, note.id))
    assert again.parent_id == question.id


def test_the_planners_words_are_not_continued(desk: Desk) -> None:
    chat = desk.new()
    note = desk.chat.notes.keep(chat.id, "plan my week", "Done: Plan the week").result(60)
    (refused,) = list(desk.chat.continue_answer(chat.id, note.id))
    assert isinstance(refused, Refused)
    assert refused.error.code == "not_an_answer"


def test_a_draft_of_other_words_stays(desk: Desk) -> None:
    chat = desk.new()
    desk.history.set_draft(chat.id, "something else").result(60)
    desk.chat.notes.keep(chat.id, "plan my week", "Done").result(60)
    assert desk.history.open(chat.id).result(60).conversation.draft == "something else"
    with pytest.raises(UserFacingError):
        desk.chat.notes.keep(chat.id, "plan my week", " ").result(60)
