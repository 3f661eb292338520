"""Answers that are written together: one computation gives each of them its next token.

The computation after a token is begun before that token is known on this side, so that MLX never
waits for Python; only an answer whose next token depends on what the last one says is waited for.
"""

from collections.abc import Sequence
from typing import Any

from assistant.domain.errors import UserFacingError
from assistant.engine.mlx.model import MlxModel
from assistant.engine.mlx.writing import Upcoming, Writing

_CLEAR_EVERY = 256
"""Computations, as mlx-lm has it; MLX keeps the buffers that it has used."""


class Batch:
    """The answers that are being written.

    Of one alone the caches stay its own; those of several are merged, one array for all.

    Args:
        model: Writes them.
    """

    def __init__(self, model: MlxModel) -> None:
        self._model = model
        self._core = model.mlx.core
        self._members: list[Writing] = []
        self._merged: list[Any] | None = None
        self._computed = 0

    def step(self, writings: Sequence[Writing]) -> None:
        """Gives each of them one token more; those that were in it before and are not named rest.

        Raises:
            RuntimeError: MLX could not compute; nothing that they hold can be used any more.
        """
        if not self._model.together:
            for writing in writings:
                self._step_together([writing])
        else:
            self._step_together(list(writings))

    def remove(self, writing: Writing) -> None:
        """Takes one out; its caches are its own again."""
        if writing in self._members:
            self._arrange([each for each in self._members if each is not writing])

    def copy_of(self, writing: Writing) -> list[Any] | None:
        """Caches of one that stays, to begin another with."""
        if self._merged is None or writing not in self._members:
            return None
        at = self._members.index(writing)
        return [cache.extract(at) for cache in self._merged]

    def reset(self) -> None:
        """Nothing that its members hold can be used any more."""
        for writing in self._members:
            writing.caches = None
        self._members, self._merged = [], None

    def _step_together(self, writings: list[Writing]) -> None:
        self._arrange(writings)
        one_by_one = any(each.drawn_one_by_one for each in self._members)
        known = self._upcoming()
        inputs = self._core.concatenate([each.token for each in known])
        if one_by_one:
            self._hear(known, inputs.tolist())
            going_on = [at for at, each in enumerate(self._members) if not each.ended]
            self._arrange([self._members[at] for at in going_on])
            if going_on:
                self._compute(inputs[self._core.array(going_on)])
                for writing, at in zip(self._members, going_on, strict=True):
                    _note_read(writing, int(inputs[at].item()))
        elif all(each.at_its_last for each in self._members):
            self._hear(known, inputs.tolist())
        else:
            self._compute(inputs)
            members = tuple(self._members)
            tokens = inputs.tolist()
            first = [len(each.held) < len(each.prompt) for each in members]
            for writing, token in zip(members, tokens, strict=True):
                _note_read(writing, token)
            self._hear(known, tokens, silent=first)

    def _upcoming(self) -> list[Upcoming]:
        known = [each.upcoming for each in self._members]
        return [each for each in known if each is not None]

    def _hear(
        self, known: list[Upcoming], tokens: list[int], silent: Sequence[bool] | None = None
    ) -> None:
        """Tells each of its token; not where it is the last of the prompt."""
        for at, writing in enumerate(tuple(self._members)):
            of_the_prompt = (
                silent[at] if silent is not None else len(writing.held) < len(writing.prompt)
            )
            if of_the_prompt:
                continue
            try:
                writing.hear(tokens[at], known[at])
            except UserFacingError as error:
                writing.fail(error)

    def _compute(self, inputs: Any) -> None:  # noqa: ANN401 - an array of MLX
        caches = self._merged if self._merged is not None else self._members[0].caches
        logits = self._model.module(inputs[:, None], cache=caches)[:, -1, :]
        plain = [each.draw.plain and not each.drawn_one_by_one for each in self._members]
        best = self._core.argmax(logits, axis=-1) if any(plain) else None
        for at, writing in enumerate(self._members):
            own = logits[at : at + 1]
            if best is not None and plain[at] and not writing.order.request.scores:
                writing.take(own, best[at : at + 1])
            else:
                writing.pick(own)
        wanted = [
            each
            for upcoming in self._upcoming()
            for each in (upcoming.token, upcoming.score, upcoming.unsound)
            if each is not None
        ]
        self._core.async_eval(*wanted)
        self._computed += 1
        if self._computed % _CLEAR_EVERY == 0:
            self._core.clear_cache()

    def _arrange(self, wanted: list[Writing]) -> None:
        """Has these and no others in it, their caches merged where they are several."""
        if wanted == self._members:
            return
        if self._merged is not None:
            self._let_go(wanted)
        else:
            self._members = [each for each in self._members if each in wanted]
        coming = [each for each in wanted if each not in self._members]
        if len(self._members) + len(coming) > 1:
            self._merge(coming)
        self._members = [*self._members, *coming]

    def _let_go(self, wanted: list[Writing]) -> None:
        """Takes out of the merged caches who is not wanted, and who would be alone in them."""
        merged = self._merged or []
        members = self._members
        staying = [at for at, each in enumerate(members) if each in wanted]
        alone = len(wanted) == 1
        for at, writing in enumerate(members):
            if alone or at not in staying:
                writing.caches = [cache.extract(at) for cache in merged]
        self._members = [members[at] for at in staying]
        if alone or not staying:
            self._merged = None
        elif len(staying) < len(members):
            for cache in merged:
                cache.filter(staying)

    def _merge(self, coming: list[Writing]) -> None:
        if self._merged is None:
            coming = [*self._members, *coming]
        own = [each.caches for each in coming if each.caches is not None]
        if not own:
            return
        added = [caches[0].merge(list(caches)) for caches in zip(*own, strict=True)]
        if self._merged is None:
            self._merged = added
        else:
            for cache, more in zip(self._merged, added, strict=True):
                cache.extend(more)
        for writing in coming:
            writing.caches = None


def _note_read(writing: Writing, token: int) -> None:
    if len(writing.held) < len(writing.prompt):
        writing.tell_all_read()
    else:
        writing.held.append(token)
