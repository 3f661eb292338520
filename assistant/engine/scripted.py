"""An engine that answers what it is told to: for tests, pictures, and measuring the window.

It keeps the same promises as the real ones, and the same tests hold it to them.
"""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.domain.cancel import CancelToken
from assistant.domain.conversation import FinishReason, MessageNumbers, Role
from assistant.domain.errors import UserFacingError
from assistant.domain.generation import (
    GenerationDone,
    PrefillProgress,
    TextDelta,
    Turn,
)
from assistant.domain.model import LoadedModel, LoadOptions
from assistant.engine.backend import Order
from assistant.engine.in_turns import InTurns, Writer
from assistant.engine.stop_strings import StopStrings
from assistant.engine.thread import EngineThread

_TOKEN = re.compile(r"\s?\w{1,6}|\s+|[^\w\s]")
_DEFAULT_CONTEXT = 4096


@dataclass(frozen=True, slots=True)
class ScriptedAnswer:
    """One answer.

    Args:
        text: What is said.
        fails_with: Raised after the text instead of a good end.
    """

    text: str
    fails_with: UserFacingError | None = None


@dataclass(frozen=True, slots=True)
class Script:
    """How a scripted engine behaves.

    Args:
        answers: One after the other, then from the first again.
        tokens_per_second: How fast it writes; 0 is as fast as it can.
        prompt_tokens_per_second: How fast it reads; 0 is as fast as it can.
        chunk_tokens: Tokens of a prompt between two reports of progress.
        load_fails_with: Raised by every load.
    """

    answers: tuple[ScriptedAnswer, ...] = (ScriptedAnswer("This is a scripted answer."),)
    tokens_per_second: float = 0.0
    prompt_tokens_per_second: float = 0.0
    chunk_tokens: int = 256
    load_fails_with: UserFacingError | None = None


def scripted_engine(script: Script | None = None) -> EngineThread:
    """An ``Engine`` that follows a script; whoever makes it closes it."""
    return EngineThread(lambda: ScriptedBackend(script or Script()), name="scripted engine")


def tokens_of(text: str) -> list[str]:
    """The pieces that a scripted engine takes for tokens; together they are the text."""
    return _TOKEN.findall(text)


class ScriptedBackend(InTurns):
    """See ``Backend``."""

    def __init__(self, script: Script) -> None:
        super().__init__(self._generate)
        self._script = script
        self._context_length = 0
        self._next = 0
        self._held: list[str] = []

    def load(
        self,
        path: Path,
        options: LoadOptions,
        *,
        on_progress: Callable[[float], None],
        cancel: CancelToken,
    ) -> LoadedModel:
        """See ``Backend.load``; the file must exist, its content does not matter."""
        began = time.perf_counter()
        if not path.is_file():
            raise UserFacingError(
                "The model's file is not where it was.",
                "Put it back, or choose another model.",
                code="model_missing",
            )
        if self._script.load_fails_with is not None:
            raise self._script.load_fails_with
        self.unload()
        for part in (0.0, 0.5, 1.0):
            on_progress(part)
            cancel.raise_if_cancelled()
        self._context_length = options.context_length or _DEFAULT_CONTEXT
        took = (time.perf_counter() - began) * 1000
        return LoadedModel(path, self._context_length, "scripted", took)

    def unload(self) -> None:
        """See ``Backend.unload``."""
        self._context_length = 0
        self._held = []

    def count_tokens(self, turns: Sequence[Turn]) -> int:
        """See ``Backend.count_tokens``."""
        self._check_loaded()
        return len(_prompt(turns))

    def interrupt(self) -> None:
        """See ``Backend.interrupt``; its steps are short."""

    def forget(self, cache_key: str) -> None:  # noqa: ARG002 - it has one cache for all
        """See ``Backend.forget``."""
        self._held = []

    def _generate(self, order: Order) -> Writer:
        self._check_loaded()
        prompt = _prompt(order.request.turns)
        if len(prompt) >= self._context_length:
            raise UserFacingError(
                f"This conversation takes {len(prompt):,} tokens, and the model reads "
                f"{self._context_length:,}.",
                "Shorten it, or start a new chat.",
                code="prompt_too_long",
            )
        cached = _common_prefix(self._held, prompt)
        held = self._held = prompt[:cached]
        yield PrefillProgress(cached, len(prompt))
        while len(held) < len(prompt) and not order.cancel.cancelled:
            chunk = prompt[len(held) : len(held) + self._script.chunk_tokens]
            if not _pause(order.cancel, len(chunk), self._script.prompt_tokens_per_second):
                break
            held += chunk
            yield PrefillProgress(len(held), len(prompt))
        writing = _Writing(order, len(prompt), cached)
        if order.cancel.cancelled:
            yield writing.done(FinishReason.CANCELLED)
        elif order.request.read_only:
            yield writing.done(FinishReason.STOP)
        else:
            yield from self._said(writing, held)

    def _said(self, writing: "_Writing", held: list[str]) -> Writer:
        answer = self._script.answers[self._next % len(self._script.answers)]
        self._next += 1
        request, cancel = writing.order.request, writing.order.cancel
        room = min(
            max(1, request.sampling.max_tokens), self._context_length - writing.prompt_tokens
        )
        stops = StopStrings(request.stop)
        reason = FinishReason.STOP
        for piece in tokens_of(answer.text):
            if writing.completion_tokens >= room:
                reason = FinishReason.LENGTH
                break
            if not _pause(cancel, 1, self._script.tokens_per_second):
                reason = FinishReason.CANCELLED
                break
            writing.completion_tokens += 1
            held.append(piece)
            yield writing.said(stops.feed(piece))
            if stops.stopped:
                break
        yield writing.said(stops.flush())
        if answer.fails_with is not None and reason is FinishReason.STOP:
            raise answer.fails_with
        yield writing.done(reason)

    def _check_loaded(self) -> None:
        if not self._context_length:
            raise UserFacingError("No model is loaded.", "Choose a model first.", code="no_model")


@dataclass(slots=True)
class _Writing:
    """The numbers of one answer."""

    order: Order
    prompt_tokens: int
    cached_tokens: int
    completion_tokens: int = 0
    _text_at: float = 0.0
    _began: float = field(default_factory=time.perf_counter)

    def said(self, text: str) -> TextDelta | None:
        if not text:
            return None
        if not self._text_at:
            self._text_at = time.perf_counter()
        return TextDelta(text)

    def done(self, reason: FinishReason) -> GenerationDone:
        took = time.perf_counter() - self._text_at
        rest = self.completion_tokens - 1
        numbers = MessageNumbers(
            prompt_tokens=self.prompt_tokens,
            completion_tokens=self.completion_tokens,
            ttft_ms=(self._text_at - self.order.asked_at) * 1000 if self._text_at else 0.0,
            tokens_per_second=rest / took if rest > 0 and self._text_at else 0.0,
            cached_tokens=self.cached_tokens,
        )
        return GenerationDone(reason, numbers)


def _prompt(turns: Sequence[Turn]) -> list[str]:
    """The turns as tokens: a mark for each speaker, then the words."""
    tokens: list[str] = []
    for turn in turns:
        tokens += [f"<{turn.role}>", *tokens_of(turn.content)]
    if not turns or turns[-1].role is not Role.ASSISTANT:
        tokens.append(f"<{Role.ASSISTANT}>")
    return tokens


def _common_prefix(held: Sequence[str], prompt: Sequence[str]) -> int:
    """Tokens that need not be read again; the last of the prompt always is."""
    common = 0
    for one, other in zip(held, prompt[:-1], strict=False):
        if one != other:
            break
        common += 1
    return common


def _pause(cancel: CancelToken, tokens: int, tokens_per_second: float) -> bool:
    """Takes the time that the tokens take; False when a stop was asked for."""
    if tokens_per_second > 0:
        cancel.wait(tokens / tokens_per_second)
    return not cancel.cancelled
