"""A model may only choose a command and name words of the sentence."""

import json
from pathlib import Path

import pytest

from assistant.domain.errors import UserFacingError
from assistant.engine.scripted import Script, ScriptedAnswer, scripted_engine
from assistant.planner.commands.reading import CommandKind
from tests.helpers.study_stand import studying

SENTENCE = "let's rather do that maths sheet thing on friday"
WRONG = (
    ("move", "maths sheet", "on monday"),
    ("move", "history sheet", "on friday"),
    ("done", "", ""),
    ("estimate", "maths sheet", "on friday"),
    ("none", "", ""),
    ("plan_week", "maths", ""),
    ("add", "", ""),
)


def answer(action: str, task: str, words: str) -> ScriptedAnswer:
    return ScriptedAnswer(json.dumps({"action": action, "task": task, "words": words}))


def test_a_model_may_choose_only_from_the_sentence(tmp_path: Path, starter_model: Path) -> None:
    assert starter_model.is_file()
    no_json = ScriptedAnswer("I cannot do that.")
    moving = answer("move", "maths sheet", "on friday")
    answers = (moving, moving, *(answer(*one) for one in WRONG))
    engine = scripted_engine(Script((*answers, no_json, no_json)))
    with studying(tmp_path, engine) as core:
        acting = core.planning.acting
        core.planning.adding.add_line("maths sheet").result(60)
        assert not acting.is_command(SENTENCE)
        assert acting.is_command("move maths to friday")
        seen = acting.propose(SENTENCE).result(60)
        assert (seen.by_model, seen.command.kind) == (True, CommandKind.MOVE)
        assert seen.changes[-1].startswith("Due: none")
        in_chat = acting.propose(SENTENCE, certain=False).result(60)  # a model is loaded by now
        assert (in_chat.by_model, in_chat.command) == (True, seen.command)
        talk = "can you explain the maths sheet before friday?"
        with pytest.raises(UserFacingError) as refused:
            acting.propose(talk, certain=False).result(60)
        assert refused.value.code == "command_unclear"
        for _ in (*WRONG, no_json):
            with pytest.raises(UserFacingError) as refused:
                acting.propose(SENTENCE).result(60)
            assert refused.value.code == "command_unclear"
        assert acting.apply(seen).result(60).plan is None
        with pytest.raises(UserFacingError) as refused:
            acting.propose(SENTENCE, ask_model=False).result(60)
        assert refused.value.code == "command_unclear"


def test_a_task_is_named_by_what_is_being_done_or_was(tmp_path: Path) -> None:
    with studying(tmp_path, scripted_engine(Script(()))) as core:
        acting = core.planning.acting
        task = core.planning.adding.add_line("Clean the garage").result(60)
        for text in ("I cleaned the garage", "leave cleaning the garage for saturday"):
            assert acting.propose(text, ask_model=False).result(60).task == task.id
        with pytest.raises(UserFacingError) as refused:
            acting.propose("I cleaned the kitchen", ask_model=False).result(60)
        assert refused.value.code == "task_unknown"
