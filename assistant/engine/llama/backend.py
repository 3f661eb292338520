"""The backend over libllama: one model, one sequence, a prompt cache of its own tokens."""

import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.domain.cancel import CancelToken
from assistant.domain.conversation import FinishReason, MessageNumbers
from assistant.domain.errors import UserFacingError
from assistant.domain.generation import (
    GenerationDone,
    GenerationEvent,
    PrefillProgress,
    TextDelta,
    Turn,
)
from assistant.domain.model import LoadedModel, LoadOptions
from assistant.engine.backend import Order
from assistant.engine.llama.grammar import grammar_sampler
from assistant.engine.llama.library import library
from assistant.engine.llama.model import LlamaModel, check, open_model
from assistant.engine.llama.pieces import PieceTable, TextDecoder
from assistant.engine.llama.sampling import sampler_chain
from assistant.engine.stop_strings import StopStrings

_CHECK_EVERY_TOKENS = 32
_MOST_BYTES_A_TOKEN = 512


class LlamaBackend:
    """See ``Backend``; all of it is called on the engine's thread."""

    def __init__(self) -> None:
        self._model: LlamaModel | None = None

    def load(
        self,
        path: Path,
        options: LoadOptions,
        *,
        on_progress: Callable[[float], None],
        cancel: CancelToken,
    ) -> LoadedModel:
        """See ``Backend.load``; a file that is not sound leaves the loaded model in place."""
        began = time.perf_counter()
        checked = check(path, options)
        cancel.raise_if_cancelled()
        native = library()
        self.unload()
        self._model = open_model(
            native, path, options, checked, on_progress=on_progress, cancel=cancel
        )
        return LoadedModel(
            path=path,
            context_length=self._model.context.length,
            architecture=self._model.facts.architecture,
            load_ms=(time.perf_counter() - began) * 1000,
        )

    def unload(self) -> None:
        """See ``Backend.unload``."""
        model, self._model = self._model, None
        if model is not None:
            model.close()

    def count_tokens(self, turns: Sequence[Turn]) -> int:
        """See ``Backend.count_tokens``."""
        return len(_encode(self._loaded(), turns)[0])

    def generate(self, order: Order) -> Generator[GenerationEvent | None, None, None]:
        """See ``Backend.generate``."""
        model = self._loaded()
        model.flag.lower_it()
        order.cancel.watch(model.flag.raise_it)
        try:
            yield from _Writer(model, order).run()
        finally:
            order.cancel.unwatch(model.flag.raise_it)

    def _loaded(self) -> LlamaModel:
        if self._model is None:
            raise UserFacingError("No model is loaded.", "Choose a model first.", code="no_model")
        return self._model


def _encode(model: LlamaModel, turns: Sequence[Turn]) -> tuple[list[int], str]:
    """Token ids of the turns as a prompt, and the text that the answer continues."""
    disarm = model.tokenizer.disarm
    return model.tokenizer.encode(
        model.template.render([Turn(turn.role, disarm(turn.content)) for turn in turns])
    )


@dataclass(slots=True)
class _Writer:
    """One answer while it is written."""

    model: LlamaModel
    order: Order
    _sampled: list[int] = field(default_factory=list[int])
    _texts: list[str] = field(default_factory=list[str])
    _text_at: float = 0.0
    _first_at: float = 0.0
    _last_at: float = 0.0
    _prompt_tokens: int = 0
    _cached_tokens: int = 0
    _raw: str = ""

    def run(self) -> Generator[GenerationEvent | None, None, None]:
        """Reads the prompt, writes the answer, tells the end."""
        prompt = self._prompt()
        yield from self._read(prompt)
        if self.order.cancel.cancelled:
            yield self._done(FinishReason.CANCELLED)
            return
        stops = StopStrings(self.order.request.stop)
        decoder = TextDecoder()
        reason = yield from self._write(stops, decoder)
        text = stops.flush()
        if text:
            yield self._said(text)
        if not stops.stopped:
            self._remember(decoder)
        yield self._done(reason)

    def _prompt(self) -> list[int]:
        limit = self.model.context.length
        size = sum(len(turn.content) for turn in self.order.request.turns)
        if size > limit * _MOST_BYTES_A_TOKEN:
            raise _too_long(f"about {size // 4:,}", limit)
        prompt, self._raw = _encode(self.model, self.order.request.turns)
        self._prompt_tokens = len(prompt)
        if len(prompt) >= limit:
            raise _too_long(f"{len(prompt):,}", limit)
        if not prompt:
            raise UserFacingError(
                "There is nothing to answer.", "Write something first.", code="prompt_empty"
            )
        return prompt

    def _read(self, prompt: list[int]) -> Generator[GenerationEvent | None, None, None]:
        context = self.model.context
        self._cached_tokens = context.keep_prefix(prompt)
        total = len(prompt)
        yield PrefillProgress(self._cached_tokens, total)
        for done in context.read(prompt[self._cached_tokens :]):
            yield PrefillProgress(self._cached_tokens + done, total)
            if self.order.cancel.cancelled:
                return

    def _write(
        self, stops: StopStrings, decoder: TextDecoder
    ) -> Generator[GenerationEvent | None, None, FinishReason]:
        model, context = self.model, self.model.context
        params = self.order.request.sampling
        piece_of, append, end = model.pieces.piece, context.append, PieceTable.END
        sample: Any = model.library.functions.llama_sampler_sample
        sampled, cancel = self._sampled, self.order.cancel
        room = min(max(1, params.max_tokens), context.length - self._prompt_tokens)
        with sampler_chain(model.library, params, len(model.pieces), self._grammar()) as chain:
            self._begin_inside(chain)
            while True:
                if len(sampled) % _CHECK_EVERY_TOKENS == 0:
                    context.check_logits()
                token: int = sample(chain, context.pointer, -1)
                piece = piece_of(token)
                if piece is end:
                    return FinishReason.STOP
                sampled.append(token)
                self._last_at = time.perf_counter()
                if not self._first_at:
                    self._first_at = self._last_at
                text = stops.feed(decoder.feed(piece))
                yield self._said(text) if text else None
                if stops.stopped:
                    return FinishReason.STOP
                if len(sampled) >= room:
                    return FinishReason.LENGTH
                if cancel.cancelled or not append(token):
                    return FinishReason.CANCELLED

    def _grammar(self) -> Any:  # noqa: ANN401 - a native pointer
        schema = self.order.request.json_schema
        if not schema:
            return None
        return grammar_sampler(self.model.library, self.model.tokenizer.vocab, schema)

    def _begin_inside(self, chain: Any) -> None:  # noqa: ANN401 - a native pointer
        """Tells the penalties what an answer that is continued has already said."""
        turns = self.order.request.turns
        if turns and turns[-1].content and turns[-1].role == "assistant":
            accept: Any = self.model.library.functions.llama_sampler_accept
            begun = len(self.model.tokenizer.encode(turns[-1].content)[0])
            for token in self.model.context.held[-begun:]:
                accept(chain, token)

    def _said(self, text: str) -> TextDelta:
        if not self._texts:
            self._text_at = time.perf_counter()
        self._texts.append(text)
        return TextDelta(text)

    def _remember(self, decoder: TextDecoder) -> None:
        """Keeps the answer's own ids for the next turn, unless it ends inside a character."""
        if self._sampled and not decoder.pending:
            written = "".join(self._texts)
            self.model.tokenizer.remember(self._raw, written, self._sampled)

    def _done(self, reason: FinishReason) -> GenerationDone:
        count = len(self._sampled)
        took = self._last_at - self._first_at
        numbers = MessageNumbers(
            prompt_tokens=self._prompt_tokens,
            completion_tokens=count,
            ttft_ms=(self._text_at - self.order.asked_at) * 1000 if self._texts else 0.0,
            tokens_per_second=(count - 1) / took if count > 1 and took > 0 else 0.0,
            cached_tokens=self._cached_tokens,
        )
        return GenerationDone(reason, numbers)


def _too_long(tokens: str, limit: int) -> UserFacingError:
    return UserFacingError(
        f"This conversation takes {tokens} tokens, and the model reads {limit:,}.",
        "Shorten it, start a new chat, or set a larger context length for the model.",
        code="prompt_too_long",
    )
