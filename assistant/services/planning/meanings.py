"""Likeness of tasks: by meaning where there is a model for it, else by words."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from assistant.domain.errors import UserFacingError
from assistant.domain.generation import Priority
from assistant.engine.embedding import Embedder
from assistant.planner.learning.likeness import Likeness, MeaningLikeness, WordLikeness
from assistant.services.jobs import Job

_MOST: Final = 3000
"""Beyond so many tasks likeness goes by words alone: reading them all would take too long."""


class Meanings:
    """Makes likenesses; what texts mean is kept in memory, and nowhere else.

    Args:
        embedder: Gives vectors of meaning; None where there is no model for it.
    """

    def __init__(self, embedder: Callable[[], Embedder | None]) -> None:
        self._embedder = embedder
        self._vectors: dict[str, Any] = {}

    def likeness(self, texts: Sequence[str], job: Job[Any]) -> Likeness:
        """Of some texts by place, of which none is known yet."""
        embedder = self._embedder()
        if embedder is None or len(texts) > _MOST:
            return WordLikeness(texts)
        missing = sorted({text for text in texts if text not in self._vectors})
        if missing:
            asked = embedder.embed(missing, priority=Priority.INTERACTIVE, cancel=job.cancel_token)
            try:
                vectors = asked.result().vectors
            except UserFacingError:
                return WordLikeness(texts)
            self._vectors.update(zip(missing, vectors, strict=True))
        import numpy as np

        return MeaningLikeness(np.array([self._vectors[text] for text in texts], dtype=np.float32))
