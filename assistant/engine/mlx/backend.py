"""The backend over MLX: prompts read in short pieces, answers written together."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.domain.cancel import CancelToken
from assistant.domain.conversation import FinishReason, Role
from assistant.domain.errors import Bug
from assistant.domain.generation import Notice, Turn
from assistant.domain.model import LoadedModel, LoadOptions
from assistant.engine.backend import Order, Work
from assistant.engine.mlx.batch import Batch
from assistant.engine.mlx.constraint import Constraint
from assistant.engine.mlx.library import mlx
from assistant.engine.mlx.memory import need
from assistant.engine.mlx.model import MlxModel, check, compute_failure, open_model
from assistant.engine.mlx.pace import ReadingPace
from assistant.engine.mlx.prompt import prompt_of
from assistant.engine.mlx.prompt_caches import Kept, PromptCaches
from assistant.engine.mlx.sampling import Draw
from assistant.engine.mlx.writing import Writing
from assistant.engine.residents import NO_MODEL
from assistant.engine.state_shelf import StateShelf

_LEAST_SHARED = 64
"""Tokens: a common beginning with an answer in hand is copied only when it is this much longer
than what is kept."""


class MlxBackend:
    """See ``Backend``; all of it is called on the engine's thread.

    Args:
        kept_bytes: Memory for what was computed for conversations that are not being written.
        shelf: Takes what no longer fits there.
    """

    lanes = 16

    def __init__(self, kept_bytes: int = 0, shelf: StateShelf | None = None) -> None:
        self._kept_bytes = kept_bytes
        self._shelf = shelf
        self._model: MlxModel | None = None
        self._batch: Batch
        self._kept: PromptCaches
        self._writings: list[Writing] = []
        self._pace = ReadingPace()

    def load(
        self,
        path: Path,
        options: LoadOptions,
        *,
        on_progress: Callable[[float], None],
        cancel: CancelToken,
    ) -> LoadedModel:
        """See ``Backend.load``; the path is a folder."""
        began = time.perf_counter()
        library = mlx()
        checked = check(path, options, library)
        cancel.raise_if_cancelled()
        model = open_model(library, options, checked, on_progress=on_progress, cancel=cancel)
        self._model = model
        self._batch = Batch(model)
        self._kept = PromptCaches(model, self._kept_bytes, self._shelf)
        return LoadedModel(
            path=path,
            context_length=model.context_length,
            architecture=model.facts.kind,
            load_ms=(time.perf_counter() - began) * 1000,
            memory_bytes=need(model.facts, model.context_length, model.memory).total,
            memory=model.memory,
            notes=model.notes,
        )

    def unload(self) -> None:
        """See ``Backend.unload``; what can be kept goes to the shelf."""
        model = self._model
        if model is None:
            return
        for writing in tuple(self._writings):
            self.drop(writing)
        self._kept.put_all_away()
        self._model = None
        del self._batch, self._kept
        model.mlx.core.clear_cache()

    def count_tokens(self, turns: Sequence[Turn]) -> int:
        """See ``Backend.count_tokens``."""
        return len(self._loaded().encode(turns)[0])

    def interrupt(self) -> None:
        """See ``Backend.interrupt``; its steps are short, and MLX ends none of them early."""

    def forget(self, cache_key: str) -> None:
        """See ``Backend.forget``."""
        if self._model is None:
            return
        self._kept.forget(cache_key)
        for writing in self._writings:
            if writing.order.request.cache_key == cache_key:
                writing.kept = False

    def begin(self, order: Order) -> Work:
        """See ``Backend.begin``."""
        model = self._loaded()
        request = order.request
        prompt, raw = prompt_of(model, request)
        if notice := model.template.take_notice():
            order.emit(Notice(notice))
        variant = model.adapters.variant(request.adapter)
        constraint = None
        if request.json_schema:
            constraint = Constraint(model.mlx, model.grammar_tokens, request.json_schema)
            last = request.turns[-1] if request.turns else None
            if last is not None and last.role is Role.ASSISTANT:
                constraint.begin(model.tokenizer.encode(last.content)[0])
        draw = Draw(model.mlx, request.sampling, model.vocab_size, model.tokenizer.piece)
        writing = Writing(model, order, prompt, raw, variant, draw, constraint)
        self._writings.append(writing)
        return writing

    def drop(self, work: Work) -> None:
        """See ``Backend.drop``."""
        writing = _ours(work)
        if writing not in self._writings:
            return
        self._writings.remove(writing)
        self._batch.remove(writing)
        caches, writing.caches = writing.caches, None
        if caches is not None and writing.kept:
            request = writing.order.request
            self._kept.keep(
                Kept(request.cache_key, writing.variant, writing.held, caches, request.private)
            )

    def step(self, works: Sequence[Work]) -> None:
        """See ``Backend.step``."""
        model = self._loaded()
        writings = [_ours(work) for work in works]
        for writing in writings:
            if writing.order.cancel.cancelled:
                writing.finish(FinishReason.CANCELLED)
        ready = [each for each in writings if not each.ended]
        if not ready:
            return
        ready = [each for each in ready if each.variant == ready[0].variant]
        model.adapters.wear(ready[0].order.request.adapter)
        try:
            self._advance(model, ready)
        except BaseException as error:
            self._batch.reset()
            for writing in ready:
                writing.kept = False
            if isinstance(error, RuntimeError):
                raise compute_failure(error) from error
            raise

    def _advance(self, model: MlxModel, ready: list[Writing]) -> None:
        reading = next((each for each in ready if each.upcoming is None), None)
        if reading is not None:
            beside = any(each.upcoming is not None for each in ready)
            self._read(model, reading, beside_writing=beside)
        written = [each for each in ready if each.upcoming is not None and not each.ended]
        if written:
            self._batch.step(written)

    def _read(self, model: MlxModel, writing: Writing, *, beside_writing: bool) -> None:
        """Reads one piece of a prompt, the first of all that are to be read."""
        if not writing.placed:
            self._place(model, writing)
        count = min(writing.to_read, self._pace.tokens(beside_writing=beside_writing))
        if count:
            began = time.perf_counter()
            core, at = model.mlx.core, len(writing.held)
            tokens = core.array([writing.prompt[at : at + count]])
            caches = writing.caches or []
            # Its logits are not asked for, so they are never computed.
            model.module(tokens, cache=caches)
            core.eval([cache.state for cache in caches])
            core.clear_cache()
            writing.read(count)
            self._pace.note(count, time.perf_counter() - began)
        if not writing.to_read:
            writing.end_of_prompt()

    def _place(self, model: MlxModel, writing: Writing) -> None:
        """Finds what was computed of its beginning, for the same conversation or another."""
        prompt, key = writing.prompt, writing.order.request.cache_key
        kept, count = self._kept.best(prompt, key, writing.variant)
        live, shared = self._best_in_hand(writing)
        if live is not None and shared > count + _LEAST_SHARED:
            caches = self._batch.copy_of(live) or live.caches or []
            source = Kept("", writing.variant, live.held, caches)
            shared = self._kept.usable(source, prompt)
            if caches and shared > count:
                kept, count = source, shared
        fetched = self._kept.fetch(key, writing.variant) if count < len(prompt) // 2 else None
        if fetched is not None and (found := self._kept.usable(fetched, prompt)) > count:
            writing.place(self._kept.open(fetched, found, key, fetched=True), prompt[:found])
        elif kept is None:
            writing.place(model.new_caches(), [])
        else:
            writing.place(self._kept.open(kept, count, key), prompt[:count])

    def _best_in_hand(self, writing: Writing) -> tuple[Writing | None, int]:
        """Whose prompt, of those that are being written, begins as this one's."""
        best, most = None, 0
        for other in self._writings:
            if other is writing or not other.held or other.variant != writing.variant:
                continue
            source = Kept("", other.variant, other.held, other.caches or [])
            count = self._kept.usable(source, writing.prompt)
            if count > most:
                best, most = other, count
        return best, most

    def _loaded(self) -> MlxModel:
        if self._model is None:
            raise NO_MODEL
        return self._model


def _ours(work: Work) -> Writing:
    if not isinstance(work, Writing):
        raise Bug("an answer of another backend")
    return work
