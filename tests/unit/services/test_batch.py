"""Many answers in the background: each once, in order, whatever happens to one; others go first."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from assistant.domain.cancel import CancelToken
from assistant.domain.conversation import FinishReason, Role
from assistant.domain.errors import UserFacingError
from assistant.domain.generation import GenerationDone, GenerationEvent, GenerationRequest, Turn
from assistant.engine.base import Engine
from assistant.engine.local import local_engine
from assistant.engine.scripted import Script, ScriptedAnswer, scripted_engine
from assistant.services.batch import CANCELLED, BatchAnswer, BatchService
from assistant.services.models import ModelService
from tests.helpers.engine_calls import greedy
from tests.helpers.model_stand import stand

Make = Callable[[Engine], tuple[BatchService, ModelService]]


@pytest.fixture
def make(tmp_path: Path, starter_model: Path) -> Iterator[Make]:
    with ExitStack() as stack:

        def build(engine: Engine) -> tuple[BatchService, ModelService]:
            opened = stand(engine, tmp_path, starter_model.parent)
            _, models, completions = stack.enter_context(opened)
            return BatchService(completions), models

        yield build


def request(text: str, max_tokens: int = 8) -> GenerationRequest:
    return GenerationRequest((Turn(Role.USER, text),), greedy(max_tokens))


def test_answers_come_in_order_and_equal_requests_are_answered_once(make: Make) -> None:
    batch, _ = make(scripted_engine(Script(tuple(ScriptedAnswer(f"answer {n}") for n in range(9)))))
    asked = [request("b"), request("a"), request("b"), request("c"), request("a")]
    progress: list[float] = []
    places: list[int] = []
    job = batch.run(asked, on_answer=lambda place, _: places.append(place))
    job.on_progress(lambda part, _: progress.append(part))
    answers = job.result(60)
    # In the order of the engine: those that begin alike follow one another.
    assert [answer.text for answer in answers] == [
        "answer 1",
        "answer 0",
        "answer 1",
        "answer 2",
        "answer 0",
    ]
    assert sorted(places) == [0, 1, 2, 3, 4]
    assert progress == sorted(progress)
    assert progress[-1:] in ([1.0], [])


def test_one_that_fails_stops_no_other(make: Make) -> None:
    bad = UserFacingError("No.", "Try.", code="decode_failed")
    script = Script((ScriptedAnswer("one"), ScriptedAnswer("", bad), ScriptedAnswer("three")))
    batch, _ = make(scripted_engine(script))
    answers = batch.run([request("1"), request("2"), request("3")]).result(60)
    assert [answer.text for answer in answers] == ["one", "", "three"]
    assert answers[1].finish_reason is FinishReason.ERROR
    assert answers[1].error is not None
    assert answers[1].error.code == "decode_failed"


def test_a_request_that_is_too_long_fails_alone_on_the_real_engine(make: Make) -> None:
    batch, _ = make(local_engine())
    answers = batch.run([request("Say one."), request("word " * 3000)]).result(60)
    assert answers[0].text
    assert answers[1].error is not None
    assert answers[1].error.code == "prompt_too_long"


def test_a_cancel_keeps_what_is_done(make: Make) -> None:
    batch, _ = make(scripted_engine(Script((ScriptedAnswer("word " * 8),), tokens_per_second=40)))
    asked = [request(f"question {n}", 64) for n in range(40)]
    job = batch.run(asked, on_answer=lambda _place, _answer: job.cancel())
    answers = job.result(60)
    assert len(answers) == 40
    done = [answer for answer in answers if answer.finish_reason is FinishReason.STOP]
    given_up = [answer for answer in answers if answer.error and answer.error.code == CANCELLED]
    assert done
    assert given_up
    assert len(done) + len(given_up) == 40


def test_no_requests_are_answered_at_once_and_a_closed_engine_answers_none(make: Make) -> None:
    engine = scripted_engine()
    batch, models = make(engine)
    assert batch.run([]).result(60) == []
    models.ensure().result(60)
    engine.close()
    answers = batch.run([request(f"{n}") for n in range(500)]).result(60)
    assert {answer.error.code for answer in answers if answer.error} == {"engine_closed"}
    assert len(answers) == 500


def test_a_common_beginning_is_read_once(make: Make) -> None:
    batch, _ = make(local_engine())
    preamble = "You are a patient teacher of arithmetic. " * 20
    asked = [request(f"{preamble} What is {n} and {n}?", 4) for n in range(6)]
    answers = batch.run(asked).result(120)
    numbers = [answer.numbers for answer in answers if answer.numbers is not None]
    assert len(numbers) == 6
    read = sum(each.prompt_tokens - each.cached_tokens for each in numbers)
    assert read < 2 * numbers[0].prompt_tokens


def test_somebody_who_waits_goes_first(make: Make) -> None:
    batch, models = make(local_engine())
    loaded = models.ensure().result(60)
    order: list[str] = []
    begun, answered = threading.Event(), threading.Event()

    def hear(event: GenerationEvent) -> None:
        if isinstance(event, GenerationDone):
            order.append("chat")
            answered.set()

    def noted(_place: int, _answer: BatchAnswer) -> None:
        order.append("batch")
        if not begun.is_set():
            begun.set()
            models.generate(request("Hello!", 24), hear, CancelToken(), loaded)

    asked = [request(f"Tell me about {n}.", 24 + 8 * n) for n in range(6)]
    job = batch.run(asked, on_answer=noted)
    assert len(job.result(120)) == 6
    assert answered.wait(60)
    # Asked at the first answer of the batch, done before its second.
    assert order.index("chat") == 1
