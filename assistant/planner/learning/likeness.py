"""Earlier tasks whose words, or whose meaning, are like those of a task."""

import math
import re
from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_WORD: Final = re.compile(r"[^\W_]+")
_LONGEST: Final = 400
_MOST_WORDS: Final = 24
_KEPT: Final = 80
_NEAREST: Final = 12


class Likeness(Protocol):
    """Finds what is like a task among those that are known."""

    def near(self, task: int) -> list[tuple[int, float]]:
        """Known tasks by place and likeness (0 to 1), the likest first."""
        ...

    def add(self, task: int) -> None:
        """From now on a task is known."""
        ...


class WordLikeness:
    """By the words that two texts share, rare ones counting more (TF-IDF, cosine).

    Of each word the latest tasks that have it are looked at.

    Args:
        texts: Of all tasks, by place.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._words = [_words(text) for text in texts]
        self._tasks: dict[str, deque[int]] = defaultdict(lambda: deque(maxlen=_KEPT))
        self._counts: Counter[str] = Counter()
        self._known = 0

    def near(self, task: int) -> list[tuple[int, float]]:
        """See ``Likeness``."""
        scores: dict[int, float] = defaultdict(float)
        for word in self._words[task]:
            weight = self._weight(word) ** 2
            for other in self._tasks.get(word, ()):
                scores[other] += weight
        own = self._length(task)
        best = sorted(scores.items(), key=lambda one: (-one[1], -one[0]))[: 2 * _NEAREST]
        found = [(other, score / (own * self._length(other))) for other, score in best]
        return sorted(found, key=lambda one: -one[1])[:_NEAREST]

    def add(self, task: int) -> None:
        """See ``Likeness``."""
        self._known += 1
        for word in self._words[task]:
            self._counts[word] += 1
            self._tasks[word].append(task)

    def _weight(self, word: str) -> float:
        return math.log((1 + self._known) / (1 + self._counts[word])) + 1

    def _length(self, task: int) -> float:
        return math.sqrt(sum(self._weight(word) ** 2 for word in self._words[task])) or 1.0


class MeaningLikeness:
    """By vectors of meaning.

    Args:
        vectors: Shape ``(n, size)``, each of length 1; the texts of all tasks by place.
    """

    def __init__(self, vectors: "NDArray[np.float32]") -> None:
        import numpy as np

        self._vectors = vectors
        self._known: list[int] = []
        # Those that are known, in that order: picked out anew for each task they would be copied.
        self._rows = np.empty_like(vectors)

    def near(self, task: int) -> list[tuple[int, float]]:
        """See ``Likeness``."""
        if not self._known:
            return []
        scores = self._rows[: len(self._known)] @ self._vectors[task]
        best = (-scores).argsort(kind="stable")[:_NEAREST]
        return [(self._known[int(at)], max(0.0, float(scores[at]))) for at in best]

    def add(self, task: int) -> None:
        """See ``Likeness``."""
        self._rows[len(self._known)] = self._vectors[task]
        self._known.append(task)


def _words(text: str) -> list[str]:
    found = _WORD.findall(text[:_LONGEST].casefold())
    return sorted(dict.fromkeys(found))[:_MOST_WORDS]
