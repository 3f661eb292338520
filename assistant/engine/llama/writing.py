"""One answer while its prompt is read and its text is written."""

import math
import time
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.domain.conversation import FinishReason, MessageNumbers, Role
from assistant.domain.errors import UserFacingError
from assistant.domain.generation import (
    GenerationDone,
    GenerationEvent,
    GenerationFailed,
    PrefillProgress,
    TextDelta,
    Turn,
)
from assistant.engine.backend import Order
from assistant.engine.llama.constraint import Constraint
from assistant.engine.llama.kept import KeptState
from assistant.engine.llama.lanes import Lane
from assistant.engine.llama.model import LlamaModel
from assistant.engine.llama.pieces import PieceTable
from assistant.engine.llama.sampling import Chain
from assistant.engine.stop_strings import StopStrings
from assistant.engine.text_decoder import TextDecoder

_CHECK_EVERY_TOKENS = 32
_MOST_BYTES_A_TOKEN = 512


def encode(model: LlamaModel, turns: Sequence[Turn]) -> tuple[list[int], str]:
    """Token ids of the turns as a prompt, and the text that the answer continues."""
    disarm = model.tokenizer.disarm
    return model.tokenizer.encode(
        model.template.render([Turn(turn.role, disarm(turn.content)) for turn in turns])
    )


@dataclass(slots=True, eq=False)
class Writing:
    """One answer in hand. ``fed`` and ``take`` carry it on after each computation.

    Args:
        model: Writes it.
        order: What is asked for.
        prompt: Its token ids.
        raw: The text of the prompt after its last control token.
        lane: Where it lies in the cache; None while it is parked or waits for another's prompt.
        chain: Draws its tokens.
        constraint: What its text has to satisfy.
    """

    model: LlamaModel
    order: Order
    prompt: "array[int]"
    raw: str
    variant: str
    chain: Chain
    constraint: Constraint | None
    lane: Lane | None = None
    parked: KeptState | None = None
    waits_for: "Writing | None" = None
    """Its prompt begins as this one's, which is being read."""
    pending: "array[int]" = field(default_factory=lambda: array("i"))
    """Tokens that the cache does not hold yet."""
    ended: bool = False
    _cached: int = 0
    _sampled: list[int] = field(default_factory=list[int])
    _written: list[str] = field(default_factory=list[str])
    _scores: list[float] = field(default_factory=list[float])
    _text_at: float = 0.0
    _first_at: float = 0.0
    _last_at: float = 0.0
    _room: int = 0
    _stops: StopStrings = field(default_factory=lambda: StopStrings(()))
    _decoder: TextDecoder = field(default_factory=TextDecoder)

    def __post_init__(self) -> None:
        request = self.order.request
        self._stops = StopStrings(request.stop)
        length = self.model.context.length - len(self.prompt)
        self._room = min(max(1, request.sampling.max_tokens), length)
        self.pending = self.prompt

    @property
    def reading(self) -> bool:
        """Whether it still reads its prompt."""
        return not self._sampled

    def put_on(self, lane: Lane) -> None:
        """It lies in this lane from now on."""
        known = self.prompt + array("i", self._sampled)
        first = self.lane is None and self.parked is None and not self._sampled
        self.lane, self.parked, self.waits_for = lane, None, None
        self.pending = known[len(lane.held) :]
        if first:
            self._cached = len(lane.held)
            self._tell_progress()

    def fed(self, tokens: "array[int]") -> None:
        """These of its pending tokens are in the cache now."""
        if self.lane is not None:
            self.lane.held.extend(tokens)
        self.pending = self.pending[len(tokens) :]
        if self.reading:
            self._tell_progress()

    def take(self, place: int) -> None:
        """All that was pending is read, and its last logits lie at ``place``: goes on from there.

        Raises:
            UserFacingError: The numbers are not sound.
        """
        if self.order.request.read_only:
            self.finish(FinishReason.STOP)
            return
        if len(self._sampled) % _CHECK_EVERY_TOKENS == 0:
            self.model.context.check_logits(place)
            if not self._sampled:
                self._begin_inside()
        token = self._draw(place)
        piece = self.model.pieces.piece(token)
        if piece is PieceTable.END:
            self.finish(FinishReason.STOP)
            return
        self._sampled.append(token)
        self._last_at = time.perf_counter()
        if not self._first_at:
            self._first_at = self._last_at
        self._say(self._stops.feed(self._decoder.feed(piece)))
        if self._stops.stopped:
            self.finish(FinishReason.STOP)
        elif len(self._sampled) >= self._room:
            self.finish(FinishReason.LENGTH)
        else:
            self.pending = array("i", (token,))

    def finish(self, reason: FinishReason) -> None:
        """Tells the end."""
        if self.ended:
            return
        if reason is not FinishReason.CANCELLED or self._sampled:
            self._say(self._stops.flush())
            if not self._stops.stopped:
                self._remember()
        self._end(GenerationDone(reason, self._numbers()))

    def fail(self, error: UserFacingError) -> None:
        """Tells the end of an answer that cannot go on."""
        if not self.ended:
            self._end(GenerationFailed(error.message, error.hint, error.code))

    def close(self) -> None:
        """Frees what is native."""
        self.chain.close()
        if self.constraint is not None:
            self.constraint.close()

    def _end(self, event: GenerationEvent) -> None:
        self.ended = True
        self.order.emit(event)

    def _tell_progress(self) -> None:
        total = len(self.prompt)
        done = min(total - len(self.pending), total)
        self.order.emit(PrefillProgress(done, total))

    def _draw(self, place: int) -> int:
        context = self.model.context
        if self.constraint is not None:
            token = self.constraint.draw(self.chain.pointer, context.logits(place))
        else:
            token = self.chain.draw(context.pointer, place)
        if self.order.request.scores:
            self._scores.append(_score(context.logits(place), len(self.model.pieces), token))
        return token

    def _begin_inside(self) -> None:
        """Tells the penalties what an answer that is continued has already said."""
        turns = self.order.request.turns
        if turns and turns[-1].content and turns[-1].role is Role.ASSISTANT:
            begun = len(self.model.tokenizer.encode(turns[-1].content)[0])
            for token in self.prompt[-begun:]:
                self.chain.accept(token)

    def _say(self, text: str) -> None:
        if not text:
            return
        if not self._written:
            self._text_at = time.perf_counter()
        self._written.append(text)
        scores, self._scores = tuple(self._scores), []
        self.order.emit(TextDelta(text, scores))

    def _remember(self) -> None:
        """Keeps the answer's own ids for the next turn, unless it ends inside a character."""
        if self._sampled and not self._decoder.pending:
            self.model.tokenizer.remember(self.raw, "".join(self._written), self._sampled)

    def _numbers(self) -> MessageNumbers:
        count = len(self._sampled)
        took = self._last_at - self._first_at
        return MessageNumbers(
            prompt_tokens=len(self.prompt),
            completion_tokens=count,
            ttft_ms=(self._text_at - self.order.asked_at) * 1000 if self._written else 0.0,
            tokens_per_second=(count - 1) / took if count > 1 and took > 0 else 0.0,
            cached_tokens=self._cached,
        )


def prompt_of(model: LlamaModel, order: Order) -> tuple[list[int], str]:
    """Token ids of what is asked for, within the context; for ``Writing``.

    Raises:
        UserFacingError: It is empty or too long.
    """
    limit = model.context.length
    turns = order.request.turns
    size = sum(len(turn.content) for turn in turns)
    if size > limit * _MOST_BYTES_A_TOKEN:
        raise _too_long(f"about {size // 4:,}", limit)
    prompt, raw = encode(model, turns)
    if order.request.read_only:
        prompt = _unchanging(model, turns, prompt)
    if len(prompt) >= limit:
        raise _too_long(f"{len(prompt):,}", limit)
    if not prompt:
        raise UserFacingError(
            "There is nothing to answer.", "Write something first.", code="prompt_empty"
        )
    return prompt, raw


def _unchanging(model: LlamaModel, turns: Sequence[Turn], prompt: list[int]) -> list[int]:
    """The part of a prompt that stays whatever is typed next at the end of the last turn."""
    if not turns:
        return prompt
    same = len(prompt)
    for more in (" a", "s", "."):
        last = Turn(turns[-1].role, turns[-1].content + more)
        other, _ = encode(model, [*turns[:-1], last])
        common = 0
        for mine, its in zip(prompt[:same], other, strict=False):
            if mine != its:
                break
            common += 1
        same = common
    return prompt[:same]


def _score(logits: Any, vocab_size: int, token: int) -> float:  # noqa: ANN401 - a native pointer
    """Natural log-probability of a token under the softmax of all logits."""
    import numpy as np

    values = np.ctypeslib.as_array(logits, shape=(vocab_size,)).astype(np.float64)
    peak = float(values.max())
    return float(values[token]) - peak - math.log(float(np.exp(values - peak).sum()))


def _too_long(tokens: str, limit: int) -> UserFacingError:
    return UserFacingError(
        f"This conversation takes {tokens} tokens, and the model reads {limit:,}.",
        "Shorten it, start a new chat, or set a larger context length for the model.",
        code="prompt_too_long",
    )
