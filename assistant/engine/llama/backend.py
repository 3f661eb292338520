"""The backend over libllama: many answers at once in one context, computed together."""

import time
from array import array
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.domain.cancel import CancelToken
from assistant.domain.conversation import FinishReason, Role
from assistant.domain.errors import Bug, UserFacingError
from assistant.domain.generation import Notice, Turn
from assistant.domain.model import LoadedModel, LoadOptions
from assistant.engine.backend import Order, Work
from assistant.engine.llama.constraint import Constraint
from assistant.engine.llama.context import BATCH_TOKENS, FULL, Decoded, common_prefix
from assistant.engine.llama.kept import KeptStates
from assistant.engine.llama.lanes import Lanes
from assistant.engine.llama.library import library
from assistant.engine.llama.model import LANES, SPARE_SEQUENCES, LlamaModel, check, open_model
from assistant.engine.llama.pace import ReadingPace
from assistant.engine.llama.sampling import Chain
from assistant.engine.llama.writing import Writing, encode, prompt_of
from assistant.engine.memory_fit import needed_bytes
from assistant.engine.residents import NO_MODEL
from assistant.engine.state_shelf import StateShelf

_LEAST_AWAITED = 64
"""Tokens: less of a common beginning is not worth waiting for."""
_BESIDE_WRITING = 128
"""Tokens of a prompt that are read in one computation beside answers that are being written."""
_Fed = tuple[Writing, "array[int]", int]


class LlamaBackend:
    """See ``Backend``; all of it is called on the engine's thread.

    Args:
        kept_bytes: Memory for what was computed for conversations that are not in the cache.
        shelf: Takes what no longer fits there.
    """

    def __init__(self, kept_bytes: int = 0, shelf: StateShelf | None = None) -> None:
        self.lanes = LANES
        self._kept_bytes = kept_bytes
        self._shelf = shelf
        self._model: LlamaModel | None = None
        self._lanes: Lanes
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
        """See ``Backend.load``."""
        began = time.perf_counter()
        checked = check(path, options)
        cancel.raise_if_cancelled()
        model = open_model(
            library(), path, options, checked, on_progress=on_progress, cancel=cancel
        )
        self._model = model
        self.lanes = model.context.sequences - SPARE_SEQUENCES
        kept = KeptStates(model.identity, self._kept_bytes, self._shelf)
        self._lanes = Lanes(model.context, kept)
        return LoadedModel(
            path=path,
            context_length=model.context.length,
            architecture=model.facts.architecture,
            load_ms=(time.perf_counter() - began) * 1000,
            memory_bytes=needed_bytes(
                model.facts.shape, model.context.length, model.memory, model.memory.kv_type
            ),
            memory=model.memory,
            notes=model.notes,
        )

    def unload(self) -> None:
        """See ``Backend.unload``; what can be kept goes to the shelf."""
        if self._model is None:
            return
        for writing in tuple(self._writings):
            self.drop(writing)
        self._lanes.put_all_away()
        model, self._model = self._model, None
        model.close()

    def count_tokens(self, turns: Sequence[Turn]) -> int:
        """See ``Backend.count_tokens``."""
        return len(encode(self._loaded(), turns)[0])

    def interrupt(self) -> None:
        """See ``Backend.interrupt``."""
        model = self._model
        if model is not None:
            model.flag.raise_it()

    def forget(self, cache_key: str) -> None:
        """See ``Backend.forget``."""
        self._lanes.forget(cache_key)

    def begin(self, order: Order) -> Work:
        """See ``Backend.begin``."""
        model = self._loaded()
        request = order.request
        prompt, raw = prompt_of(model, order)
        if notice := model.template.take_notice():
            order.emit(Notice(notice))
        variant = model.adapters.variant(request.adapter)
        constraint = None
        vocab, vocab_size = model.tokenizer.vocab, len(model.pieces)
        if request.json_schema:
            constraint = Constraint(model.library, vocab, vocab_size, request.json_schema)
            last = request.turns[-1] if request.turns else None
            if last is not None and last.role is Role.ASSISTANT:
                try:
                    constraint.begin(model.tokenizer.plain(last.content))
                except UserFacingError:
                    constraint.close()
                    raise
        chain = Chain(model.library, vocab, vocab_size, request.sampling)
        writing = Writing(model, order, array("i", prompt), raw, variant, chain, constraint)
        self._writings.append(writing)
        order.cancel.watch(model.flag.raise_it)
        self._place(writing)
        return writing

    def drop(self, work: Work) -> None:
        """See ``Backend.drop``."""
        writing = _ours(work)
        if writing not in self._writings:
            return
        self._writings.remove(writing)
        writing.order.cancel.unwatch(self._loaded().flag.raise_it)
        writing.close()
        if writing.lane is not None:
            self._lanes.close(writing.lane)
        elif writing.parked is not None:
            self._lanes.kept.keep(writing.parked)
        self._unpark()

    def step(self, works: Sequence[Work]) -> None:
        """See ``Backend.step``."""
        model = self._loaded()
        model.flag.lower_it()
        writings = [_ours(work) for work in works]
        for writing in writings:
            if writing.order.cancel.cancelled:
                writing.finish(FinishReason.CANCELLED)
            elif writing.lane is None and writing.parked is None:
                self._place(writing)
        ready = [each for each in writings if each.lane is not None and not each.ended]
        if not ready:
            self._unpark()
            return
        ready = [each for each in ready if each.variant == ready[0].variant]
        model.adapters.wear(model.context.pointer, ready[0].order.request.adapter)
        self._compute(model, self._fill(model, ready))

    # One computation

    def _fill(self, model: LlamaModel, ready: list[Writing]) -> list[_Fed]:
        """Puts into the batch one token of each answer, then as much of the prompts as fits."""
        batch = model.context.batch
        batch.clear()
        fed: list[_Fed] = []
        for writing in ready:
            lane, pending = writing.lane, writing.pending
            if lane is not None and len(pending) == 1:
                fed.append(
                    (writing, pending, batch.add_one(pending[0], len(lane.held), lane.number))
                )
        limit = min(batch.left, self._pace.tokens, _BESIDE_WRITING if fed else BATCH_TOKENS)
        for writing in ready:
            lane, pending = writing.lane, writing.pending
            if lane is None or len(pending) == 1 or limit <= 0:
                continue
            tokens = pending[:limit]
            whole = len(tokens) == len(pending)
            place = batch.add(tokens, len(lane.held), lane.number, last=whole)
            fed.append((writing, tokens, place))
            limit -= len(tokens)
        return fed

    def _compute(self, model: LlamaModel, fed: list[_Fed]) -> None:
        began = time.perf_counter()
        try:
            outcome = model.context.compute()
        except UserFacingError:
            self._lanes.reset()
            raise
        if outcome is Decoded.NO_ROOM:
            self._find_room(fed)
            return
        if outcome is Decoded.STOPPED:
            self._reconcile(fed)
            return
        self._pace.note(model.context.batch.count, time.perf_counter() - began)
        for writing, tokens, place in fed:
            writing.fed(tokens)
            if not writing.pending:
                try:
                    writing.take(place)
                except UserFacingError as error:
                    self._discard(writing)
                    writing.fail(error)

    def _reconcile(self, fed: list[_Fed]) -> None:
        """After a stop: some of the tokens may be in the cache, and are not read again."""
        for writing, tokens, _ in fed:
            lane = writing.lane
            if lane is None:
                continue
            there = self._lanes.reconcile(lane, tokens)
            whole = there == len(tokens) == len(writing.pending)
            if there < 0 or whole:
                # Its logits were not computed to the end: at least its last token is read again.
                if whole:
                    self._lanes.shorten(lane)
                writing.put_on(lane)
            else:
                writing.pending = writing.pending[there:]

    def _discard(self, writing: Writing) -> None:
        """What a model that computes nonsense left in the cache is not kept."""
        if writing.lane is not None:
            self._lanes.empty(writing.lane)

    # Room

    def _place(self, writing: Writing) -> None:
        """Finds a lane, unless another answer is about to read the same beginning."""
        ahead = self._worth_waiting_for(writing)
        writing.waits_for = ahead
        if ahead is not None:
            return
        request = writing.order.request
        writing.put_on(
            self._lanes.open(
                writing.prompt, request.cache_key, writing.variant, private=request.private
            )
        )

    def _worth_waiting_for(self, writing: Writing) -> Writing | None:
        mine = writing.order.request.priority
        for other in self._writings:
            if other is writing:
                return None
            lane = other.lane
            if lane is None or other.ended or not other.reading or other.variant != writing.variant:
                continue
            common = common_prefix(other.prompt, writing.prompt)
            missing = common - len(lane.held)
            # Who waits already waits to the end: what is left would be read by each of them.
            least = 1 if writing.waits_for is other else _LEAST_AWAITED
            if missing >= least and other.order.request.priority <= mine:
                return other
        return None

    def _find_room(self, fed: list[_Fed]) -> None:
        """The cells are used up: idle lanes leave first, then the answer asked for last waits."""
        if self._lanes.make_room():
            return
        active = [each for each in self._writings if each.lane is not None and not each.ended]
        if len(active) <= 1:
            for writing, _, _ in fed:
                writing.fail(FULL)
            return
        last = max(active, key=lambda each: (each.order.request.priority, each.order.asked_at))
        if last.lane is not None:
            last.parked = self._lanes.park(last.lane)
            last.lane = None

    def _unpark(self) -> None:
        """Some room was given back: the parked answer that waits longest goes on."""
        parked = [each for each in self._writings if each.parked is not None and not each.ended]
        if not parked:
            return
        first = min(parked, key=lambda each: (each.order.request.priority, each.order.asked_at))
        if first.parked is not None:
            first.put_on(self._lanes.unpark(first.parked))

    def _loaded(self) -> LlamaModel:
        if self._model is None:
            raise NO_MODEL
        return self._model


def _ours(work: Work) -> Writing:
    if not isinstance(work, Writing):
        raise Bug("an answer of another backend")
    return work
