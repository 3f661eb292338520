"""One answer while its prompt is read and its text is written."""

import time
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
)
from assistant.engine.backend import UNSOUND, Order
from assistant.engine.mlx.constraint import Constraint
from assistant.engine.mlx.model import MlxModel
from assistant.engine.mlx.sampling import Draw
from assistant.engine.mlx.tokenizer import Tokenizer
from assistant.engine.stop_strings import StopStrings
from assistant.engine.text_decoder import TextDecoder

_CHECK_EVERY_TOKENS = 32


@dataclass(slots=True)
class Upcoming:
    """The next token of an answer, which may still have to be computed.

    Args:
        token: Of shape (1,).
        score: Its log-probability, of shape (1,), where it is wanted.
        unsound: Whether the numbers are not sound, where that is looked at.
    """

    token: Any
    score: Any = None
    unsound: Any = None


@dataclass(slots=True, eq=False)
class Writing:
    """One answer in hand.

    All of its prompt but the last token is read first; that one is ``upcoming`` then, as each
    token of the answer is after it has been drawn.

    Args:
        model: Writes it.
        order: What is asked for.
        prompt: Its token ids.
        raw: The text of the prompt after its last control token.
        variant: The adapter that it is written under.
        draw: Draws its tokens.
        constraint: What its text has to satisfy.
    """

    model: MlxModel
    order: Order
    prompt: list[int]
    raw: str
    variant: str
    draw: Draw
    constraint: Constraint | None
    caches: list[Any] | None = None
    """Of each layer; None before it is placed and while it is written in a batch."""
    held: list[int] = field(default_factory=list[int])
    """The tokens in its caches, in order."""
    upcoming: Upcoming | None = None
    placed: bool = False
    kept: bool = True
    """Whether what was computed may be kept when it has ended."""
    ended: bool = False
    _cached: int = 0
    _drawn: int = 0
    _sampled: list[int] = field(default_factory=list[int])
    _written: list[str] = field(default_factory=list[str])
    _scores: list[float] = field(default_factory=list[float])
    _text_at: float = 0.0
    _first_at: float = 0.0
    _last_at: float = 0.0
    _stops: StopStrings = field(default_factory=lambda: StopStrings(()))
    _decoder: TextDecoder = field(default_factory=TextDecoder)

    def __post_init__(self) -> None:
        self._stops = StopStrings(self.order.request.stop)

    @property
    def room(self) -> int:
        """The most tokens that its answer may have."""
        limit = self.model.context_length - len(self.prompt)
        return min(max(1, self.order.request.sampling.max_tokens), limit)

    @property
    def to_read(self) -> int:
        """Tokens of its prompt that are to be read before anything is written."""
        whole = len(self.prompt) - (0 if self.order.request.read_only else 1)
        return max(0, whole - len(self.held)) if not self._drawn else 0

    @property
    def at_its_last(self) -> bool:
        """Whether the token to come is the last that it has room for."""
        return self._drawn > 0 and len(self._sampled) + 1 >= self.room

    @property
    def drawn_one_by_one(self) -> bool:
        """Whether a token must be known before the next one can be drawn."""
        return self.constraint is not None or self.draw.needs_history

    def place(self, caches: list[Any], held: list[int]) -> None:
        """These are its caches from now on."""
        self.caches, self.held, self.placed = caches, held, True
        self._cached = len(held)
        self._tell_progress()

    def read(self, count: int) -> None:
        """So many more tokens of its prompt are in the caches."""
        self.held.extend(self.prompt[len(self.held) : len(self.held) + count])
        self._tell_progress()

    def end_of_prompt(self) -> None:
        """All that has to be read is: ends, or goes on to write."""
        if self.order.request.read_only:
            self.finish(FinishReason.STOP)
            return
        core = self.model.mlx.core
        self.upcoming = Upcoming(core.array(self.prompt[-1:], dtype=core.uint32))
        turns = self.order.request.turns
        if turns and turns[-1].content and turns[-1].role is Role.ASSISTANT:
            begun = len(self.model.tokenizer.encode(turns[-1].content)[0])
            for token in self.prompt[-begun:]:
                self.draw.accept(token)
                self.draw.accept_array(core.array([token]))

    def pick(self, logits: Any) -> None:  # noqa: ANN401 - an array of MLX
        """Draws the token after the upcoming one, from logits of shape (1, vocabulary)."""
        core = self.model.mlx.core
        if self.constraint is not None:
            token = self.constraint.draw(logits, self.draw.draw)
        else:
            token = self.draw.draw(logits)
        self.take(logits, token)
        self.draw.accept_array(token)
        if self.order.request.scores and self.upcoming is not None:
            exact = logits.astype(core.float32)
            chosen = core.take_along_axis(exact, token[:, None], axis=-1)[:, 0]
            self.upcoming.score = chosen - core.logsumexp(exact, axis=-1)

    def take(self, logits: Any, token: Any) -> None:  # noqa: ANN401 - arrays of MLX
        """This token comes after the upcoming one."""
        self.upcoming = Upcoming(token)
        if self._drawn % _CHECK_EVERY_TOKENS == 0:
            self.upcoming.unsound = self.model.mlx.core.isnan(logits).any()
        self._drawn += 1

    def hear(self, token: int, heard: Upcoming) -> None:
        """The upcoming token is known: says it, unless it is the last of the prompt.

        Raises:
            UserFacingError: The numbers that it was drawn from are not sound.
        """
        if heard.unsound is not None and bool(heard.unsound.item()):
            raise UNSOUND
        if heard.score is not None:
            self._scores.append(float(heard.score.item()))
        piece = self.model.tokenizer.piece(token)
        if piece is Tokenizer.END:
            self.finish(FinishReason.STOP)
            return
        self.draw.accept(token)
        self._sampled.append(token)
        self._last_at = time.perf_counter()
        self._first_at = self._first_at or self._last_at
        self._say(self._stops.feed(self._decoder.feed(piece)))
        if self._stops.stopped:
            self.finish(FinishReason.STOP)
        elif len(self._sampled) >= self.room:
            self.finish(FinishReason.LENGTH)

    def finish(self, reason: FinishReason) -> None:
        """Tells the end."""
        if self.ended:
            return
        if reason is not FinishReason.CANCELLED or self._sampled:
            self._say(self._stops.flush())
            if self._sampled and not self._stops.stopped and not self._decoder.pending:
                written = "".join(self._written)
                self.model.tokenizer.remember(self.raw, written, self._sampled)
        self._end(GenerationDone(reason, self._numbers()))

    def fail(self, error: UserFacingError) -> None:
        """Tells the end of an answer that cannot go on; nothing of it is kept."""
        self.kept = False
        if not self.ended:
            self._end(GenerationFailed(error.message, error.hint, error.code))

    def tell_all_read(self) -> None:
        """The last token of the prompt is in the caches as well."""
        self.held.append(self.prompt[-1])
        self._tell_progress()

    def _end(self, event: GenerationEvent) -> None:
        self.ended = True
        self.order.emit(event)

    def _tell_progress(self) -> None:
        self.order.emit(PrefillProgress(len(self.held), len(self.prompt)))

    def _say(self, text: str) -> None:
        if not text:
            return
        self._text_at = self._text_at or time.perf_counter()
        self._written.append(text)
        scores, self._scores = tuple(self._scores), []
        self.order.emit(TextDelta(text, scores))

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
