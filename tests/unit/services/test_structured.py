"""Values from models: valid, continued where they were cut, corrected once where they are wrong."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path

import pytest
from pydantic import BaseModel, Field, field_validator

from assistant.domain.conversation import Role
from assistant.domain.errors import Cancelled, UserFacingError
from assistant.domain.generation import SamplingParams, Turn
from assistant.engine.base import Engine
from assistant.engine.local import local_engine
from assistant.engine.scripted import Script, ScriptedAnswer, scripted_engine
from assistant.services.structured import StructuredService, Wish
from tests.helpers.model_stand import stand

ASK = (Turn(Role.USER, "Plan my evening as JSON."),)


class Mood(Enum):
    CALM = "calm"
    BUSY = "busy"


class Task(BaseModel):
    name: str = Field(max_length=24)
    minutes: int = Field(ge=5, le=120)


class Evening(BaseModel):
    day: date
    starts: datetime
    mood: Mood
    costs: Decimal = Field(ge=0, le=50, decimal_places=2)
    tasks: list[Task] = Field(min_length=1, max_length=3)
    note: str | None = None


class Small(BaseModel):
    colour: str
    number: int

    @field_validator("number")
    @classmethod
    def even(cls, number: int) -> int:
        if number % 2:
            raise ValueError("must be even")
        return number


Make = Callable[[Engine], StructuredService]


@pytest.fixture
def make(tmp_path: Path, starter_model: Path) -> Iterator[Make]:
    with ExitStack() as stack:

        def build(engine: Engine) -> StructuredService:
            opened = stand(engine, tmp_path, starter_model.parent, context_length=512)
            workers, _, completions = stack.enter_context(opened)
            return StructuredService(workers, completions)

        yield build


def scripted(*texts: str) -> Engine:
    return scripted_engine(Script(tuple(ScriptedAnswer(text) for text in texts)))


@pytest.fixture
def real(make: Make) -> StructuredService:
    return make(local_engine())


def hot(seed: int, max_tokens: int = 300) -> SamplingParams:
    return SamplingParams(temperature=1.5, repeat_penalty=1.0, max_tokens=max_tokens, seed=seed)


@pytest.mark.parametrize("seed", range(3))
def test_the_real_model_gives_an_instance(real: StructuredService, seed: int) -> None:
    evening = real.instance(Evening, Wish(ASK, hot(seed))).result(60)
    assert evening.costs == round(evening.costs, 2)
    assert evening.starts.tzinfo is None
    assert 1 <= len(evening.tasks) <= 3


@pytest.mark.parametrize("max_tokens", [1, 23])
def test_what_the_limit_cuts_is_continued(real: StructuredService, max_tokens: int) -> None:
    evening = real.instance(Evening, Wish(ASK, hot(1, max_tokens))).result(60)
    assert isinstance(evening, Evening)


def test_what_the_context_cuts_is_closed_when_it_is_sound(make: Make) -> None:
    service = make(scripted("[" + "17, " * 3000))
    long = {"type": "array", "items": {"const": 17}, "minItems": 40}
    values = service.value(long, Wish(ASK)).result(60)
    assert len(values) >= 40
    assert set(values) == {17}
    with pytest.raises(UserFacingError, match="at least 4000 items") as caught:
        service.value({**long, "minItems": 4000}, Wish(ASK)).result(60)
    assert caught.value.code == "answer_cut"


def test_what_the_context_cuts_is_reported_when_it_is_not(real: StructuredService) -> None:
    class Long(BaseModel):
        words: list[str] = Field(min_length=200)

    job = real.instance(Long, Wish(ASK, hot(2, 500)))
    with pytest.raises(UserFacingError) as caught:
        job.result(120)
    assert caught.value.code == "answer_cut"
    assert caught.value.hint


@pytest.mark.parametrize("seed", range(3))
def test_patterns_and_choices_hold(real: StructuredService, seed: int) -> None:
    wish = Wish((Turn(Role.USER, "Which one?"),), hot(seed))
    pattern = r"^[A-Z][a-z]{2,8} (\d{1,2}|\"ten\")$"
    assert re.fullmatch(pattern, real.matching(pattern, wish).result(60))
    assert real.choice(["left", 'the "right"\\'], wish).result(60) in ("left", 'the "right"\\')


def test_a_schema_without_a_grammar_is_asked_for_in_words(real: StructuredService) -> None:
    unspeakable = {"not": {"type": "null"}}
    job = real.value(unspeakable, Wish(ASK, SamplingParams(max_tokens=24, seed=1)))
    ended = threading.Event()
    job.on_done(lambda _: ended.set())
    assert ended.wait(60)
    # The model may or may not manage; it is asked, and nobody is told of grammars.
    if job.error is not None:
        assert isinstance(job.error, UserFacingError)
        assert job.error.code in ("answer_invalid", "answer_cut")


def test_json_in_prose_is_found(make: Make) -> None:
    service = make(scripted("Sure:\n```json\n{'colour': 'red', 'number': 4,}\n```"))
    assert service.instance(Small, Wish(ASK)).result(60) == Small(colour="red", number=4)


def test_one_wrong_answer_is_corrected_with_the_error_in_view(make: Make) -> None:
    wrong = json.dumps({"colour": "red", "number": 3})
    service = make(scripted(wrong, json.dumps({"colour": "red", "number": 4})))
    assert service.instance(Small, Wish(ASK)).result(60).number == 4


def test_two_wrong_answers_are_an_error_that_says_what_is_wrong(make: Make) -> None:
    service = make(scripted(json.dumps({"colour": "red", "number": 3})))
    job = service.instance(Small, Wish(ASK))
    with pytest.raises(UserFacingError) as caught:
        job.result(60)
    assert caught.value.code == "answer_invalid"
    assert "must be even" in caught.value.message


def test_a_failure_of_the_engine_is_the_failure_of_the_job(make: Make) -> None:
    said = UserFacingError("It broke.", "Mend it.", code="decode_failed")
    service = make(scripted_engine(Script((ScriptedAnswer("{", said),))))
    with pytest.raises(UserFacingError) as caught:
        service.instance(Small, Wish(ASK)).result(60)
    assert caught.value.code == "decode_failed"


def test_a_job_can_be_cancelled(make: Make) -> None:
    service = make(scripted_engine(Script((ScriptedAnswer("word " * 200),), tokens_per_second=20)))
    job = service.instance(Small, Wish(ASK))
    job.cancel()
    with pytest.raises(Cancelled):
        job.result(60)


def test_nothing_to_choose_from_is_refused_at_once(make: Make) -> None:
    service = make(scripted("x"))
    with pytest.raises(ValueError, match="nothing to choose"):
        service.choice([], Wish(ASK))
