"""Answers that are values: a pydantic model, a JSON Schema, a pattern or a choice.

The way of one: the engine keeps the text to the schema while it is written. Where that was cut
short by the limit of tokens, the same text is continued as far as the context reaches; what is
still cut is closed at its last sound place, and counts only if it is valid then. Where an engine
has no grammar for the schema, the model is told the schema in words, what it wrote is searched
for JSON, and it gets one chance to correct itself, with the error before its eyes.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from typing import Any, Final, Generic, TypeVar

from pydantic import BaseModel

from assistant.domain.conversation import FinishReason, Role
from assistant.domain.errors import UserFacingError
from assistant.domain.generation import GenerationRequest, Priority, SamplingParams, Turn
from assistant.domain.model import LoadedModel
from assistant.engine.repetition import RepetitionDetector
from assistant.services.completions import Completion, Completions
from assistant.services.jobs import Job, Workers
from assistant.services.json_reading import closed
from assistant.services.shapes import (
    InvalidAnswer,
    Shape,
    choice_shape,
    model_shape,
    pattern_shape,
    schema_shape,
)

T = TypeVar("T")
Model = TypeVar("Model", bound=BaseModel)

STEADY: Final = SamplingParams(temperature=0.3, repeat_penalty=1.0)
"""No penalty: JSON says its quotation marks and names again and again."""

_NO_GRAMMAR: Final = "schema_unusable"


@dataclass(frozen=True, slots=True)
class Wish:
    """How a structured answer is asked for.

    Args:
        turns: The prompt. It should say what the fields mean: the grammar sees to their form
            only.
        sampling: How tokens are picked.
        model: Its id; empty for the one in use, else the default.
        cache_key: Of what shares a beginning with it.
        priority: Whose turn it is.
        private: Nothing of it may be kept on the disk.
    """

    turns: tuple[Turn, ...]
    sampling: SamplingParams = STEADY
    model: str = ""
    cache_key: str = ""
    priority: Priority = Priority.INTERACTIVE
    private: bool = False


@dataclass(slots=True, eq=False)
class _Errand(Generic[T]):
    """One wish on its way."""

    wish: Wish
    shape: Shape[T]
    job: Job[T]
    loaded: LoadedModel
    turns: tuple[Turn, ...]
    grammar: bool = True
    corrected: bool = False
    continued: bool = False
    text: str = ""
    """Written so far."""
    loop: RepetitionDetector = field(default_factory=RepetitionDetector)

    def request(self) -> GenerationRequest:
        turns, sampling = self.turns, self.wish.sampling
        if self.text:
            turns = (*turns, Turn(Role.ASSISTANT, self.text))
            # As far as the context reaches: the engine takes no more than there is.
            sampling = replace(sampling, max_tokens=self.loaded.context_length)
        return GenerationRequest(
            turns=turns,
            sampling=sampling,
            cache_key=self.wish.cache_key,
            json_schema=json.dumps(self.shape.schema) if self.grammar else "",
            priority=self.wish.priority,
            private=self.wish.private,
        )


class StructuredService:
    """Asks models for values.

    Every job raises ``UserFacingError``: ``answer_cut`` where the context ended before the
    value was whole, ``answer_invalid`` where it was wrong twice, or whatever the engine said.

    Args:
        workers: Reads and judges what was written.
        completions: Where answers come from.
    """

    def __init__(self, workers: Workers, completions: Completions) -> None:
        self._workers = workers
        self._completions = completions

    def instance(self, model: type[Model], wish: Wish) -> Job[Model]:
        """A validated instance of a pydantic model."""
        return self.shaped(model_shape(model), wish)

    def value(self, schema: Mapping[str, Any], wish: Wish) -> Job[Any]:
        """A value of a JSON Schema."""
        return self.shaped(schema_shape(schema), wish)

    def matching(self, pattern: str, wish: Wish) -> Job[str]:
        """A text that matches a regular expression."""
        return self.shaped(pattern_shape(pattern), wish)

    def choice(self, options: Sequence[str], wish: Wish) -> Job[str]:
        """One of several texts.

        Raises:
            ValueError: There are none.
        """
        return self.shaped(choice_shape(options), wish)

    def shaped(self, shape: Shape[T], wish: Wish) -> Job[T]:
        """A value of a shape; never waits."""
        job: Job[T] = Job()

        def begin(loaded: LoadedModel) -> None:
            self._ask(_Errand(wish, shape, job, loaded, wish.turns))

        self._then(job, self._completions.model(wish.model), begin)
        return job

    def _then(self, job: Job[T], future: Future[Any], go_on: Callable[[Any], None]) -> None:
        """Goes on in the pool once a future is done; the job fails with whatever failed."""

        def settled(work: Job[None]) -> None:
            if work.error is not None:
                job.fail(work.error)

        future.add_done_callback(
            lambda done: self._workers.in_pool(lambda _: go_on(done.result())).on_done(settled)
        )

    def _ask(self, errand: _Errand[T]) -> None:
        asked = self._completions.ask(errand.request(), errand.job.cancel_token, errand.loaded)
        answer: Future[Completion] = Future()

        def heard(done: Future[Completion]) -> None:
            error = done.exception()
            no_grammar = isinstance(error, UserFacingError) and error.code == _NO_GRAMMAR
            if no_grammar and errand.grammar and not errand.text:
                self._workers.in_pool(lambda _: self._ask_in_words(errand)).on_done(lost)
            elif isinstance(error, UserFacingError) and errand.text and errand.continued:
                # It cannot be continued: what there is has to do.
                self._workers.in_pool(lambda _: self._close(errand)).on_done(lost)
            elif error is not None:
                errand.job.fail(error)
            else:
                answer.set_result(done.result())

        def lost(work: Job[None]) -> None:
            if work.error is not None:
                errand.job.fail(work.error)

        self._then(errand.job, answer, lambda completion: self._judge(errand, completion))
        asked.add_done_callback(heard)

    def _ask_in_words(self, errand: _Errand[T]) -> None:
        errand.grammar = False
        words = "Answer with JSON of this JSON Schema and with nothing else:\n"
        schema = json.dumps(errand.shape.schema, ensure_ascii=False)
        errand.turns = (*errand.turns[:-1], _with_words(errand.turns[-1:], words + schema))
        self._ask(errand)

    def _judge(self, errand: _Errand[T], completion: Completion) -> None:
        errand.text += completion.text
        errand.loaded = completion.model
        looping = errand.loop.feed(completion.text)
        if completion.finish_reason is FinishReason.LENGTH:
            used = completion.numbers.prompt_tokens + completion.numbers.completion_tokens
            if errand.continued or looping or used >= errand.loaded.context_length:
                self._close(errand)
            else:
                errand.continued = True
                self._ask(errand)
            return
        try:
            value = errand.shape.read(errand.text)
        except InvalidAnswer as problem:
            self._correct(errand, str(problem))
        else:
            errand.job.finish(value)

    def _close(self, errand: _Errand[T]) -> None:
        text = closed(errand.text)
        try:
            value = errand.shape.read(text)
        except InvalidAnswer as problem:
            raise UserFacingError(
                f"The answer was cut short before it was whole. {problem}",
                "Ask for less at once, or raise the context length of the model.",
                code="answer_cut",
            ) from problem
        errand.job.finish(value)

    def _correct(self, errand: _Errand[T], problem: str) -> None:
        """Once: the model sees what it wrote, and what is wrong with it."""
        if errand.corrected:
            raise UserFacingError(
                f"The model's answer is not what was asked for. {problem}",
                "Try again, or choose a larger model.",
                code="answer_invalid",
            )
        errand.corrected = True
        errand.turns = (
            *errand.turns,
            Turn(Role.ASSISTANT, errand.text),
            Turn(Role.USER, f"This is wrong: {problem} Answer again, with the JSON only."),
        )
        errand.text, errand.continued = "", False
        errand.loop = RepetitionDetector()
        self._ask(errand)


def _with_words(last: Sequence[Turn], words: str) -> Turn:
    """The last turn with an instruction behind it."""
    content = last[0].content if last else ""
    role = last[0].role if last else Role.USER
    return Turn(role, f"{content}\n\n{words}".strip())
