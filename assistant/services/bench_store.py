"""How fast the vault is, beside the same database without encryption, in one run.

Both go through the same repositories, the same driver and the same pragmas. What is compared is
done in pairs, one after the other, the order changing each time, so that what else the machine
does falls on both. The text is made up.
"""

import itertools
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from assistant.domain.clock import SystemClock
from assistant.domain.conversation import MessageStatus, Role
from assistant.domain.health import BenchRow
from assistant.domain.ids import ConversationId, MessageId
from assistant.store.history import HistoryRepository
from assistant.store.reference import engines_to_compare
from assistant.store.search import SearchRepository
from assistant.store.transfer import ExportedConversation, ExportedMessage

Progress = Callable[[float, str], None]
"""Called with the part that is done (0 to 1) and what is being done."""

_RATIO_GOAL: Final = 1.3
_SEARCH_GOAL_MS: Final = 30.0
_OUTLINE_GOAL_MS: Final = 30.0
_FULL: Final = (100_000, 3_000)
"""Messages to search and messages to append."""
_QUICK: Final = (10_000, 400)
_LONG_CHAT: Final = 10_000
_CHAT: Final = 100
_PAGE: Final = 40
_REPEATS: Final = 15
_WARM_UP: Final = 20
_SEED: Final = 20240229
_START: Final = datetime(2024, 1, 1, tzinfo=UTC)
# Letters of English with their frequency in percent, so that beginnings of words are as uneven.
_LETTERS: Final = "etaoinshrdlcumwfgypbvkjxqz"
_FREQUENCIES: Final = (
    *(12.7, 9.1, 8.2, 7.5, 7.0, 6.7, 6.3, 6.1, 6.0, 4.3, 4.0, 2.8, 2.8),
    *(2.4, 2.4, 2.2, 2.0, 2.0, 1.9, 1.5, 1.0, 0.8, 0.15, 0.15, 0.1, 0.07),
)
_VOCABULARY: Final = 30_000


def measure(work_folder: Path, *, quick: bool, on_progress: Progress) -> list[BenchRow]:
    """Measures append, search and opening a long chat.

    Args:
        work_folder: On the disk to be measured; a folder of its own is made in it and removed.
        quick: A tenth of the messages, for a first look.
        on_progress: Told how far it is; may raise to cancel.
    """
    messages, appends = _QUICK if quick else _FULL
    with tempfile.TemporaryDirectory(
        prefix="bench-", dir=work_folder, ignore_cleanup_errors=True
    ) as folder:
        on_progress(0.0, "Making two databases")
        encrypted, plain = engines_to_compare(Path(folder))
        try:
            words = MadeUpWords(_SEED)
            histories = [HistoryRepository(e, SystemClock()) for e in (encrypted, plain)]
            _fill(histories, messages, words, on_progress)
            on_progress(0.7, "Appending")
            rows = [_append(histories, appends, words)]
            on_progress(0.85, "Searching")
            rows += _search([SearchRepository(e) for e in (encrypted, plain)], messages, words)
            on_progress(0.95, "Opening a long chat")
            rows += _open(histories[0], words)
        finally:
            encrypted.dispose()
            plain.dispose()
    on_progress(1.0, "Done")
    return rows


class MadeUpWords:
    """Text whose words are as unevenly spread as a language's (Zipf-Mandelbrot).

    Args:
        seed: The same seed gives the same text.
    """

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - made-up text, no secret
        drawn = (self._word(min(rank, 4000) / 700) for rank in range(_VOCABULARY))
        self.by_rank = list(dict.fromkeys(drawn))
        """The vocabulary, most frequent first."""
        weights = (1 / (rank + 2.7) for rank in range(len(self.by_rank)))
        self._weights = list(itertools.accumulate(weights))

    def text(self, words: int) -> str:
        """So many words."""
        return " ".join(self._random.choices(self.by_rank, cum_weights=self._weights, k=words))

    def message(self) -> str:
        """A message of some 36 words in the median, 600 at most."""
        return self.text(max(3, min(600, int(self._random.lognormvariate(3.6, 0.9)))))

    def queries(self, count: int) -> list[str]:
        """What users type: words from frequent to rare, pairs of words, beginnings of words."""
        made: list[str] = []
        for number in range(count):
            rank = int(len(self.by_rank) ** self._random.random()) - 1
            word = self.by_rank[rank]
            kinds = (f"{word} ", f"{word} ", f"{self.text(2)} ", word[:4], f"{self.text(1)} {word}")
            made.append(kinds[number % len(kinds)])
        return made

    def _word(self, length: float) -> str:
        letters = max(2, round(self._random.gauss(2 + length, 1.5)))
        return "".join(self._random.choices(_LETTERS, _FREQUENCIES, k=letters))


def _chat(number: int, count: int, words: MadeUpWords) -> ExportedConversation:
    moments = [_START + timedelta(seconds=at) for at in range(count)]
    return ExportedConversation(
        uid=f"{number:032x}",
        title=words.text(4),
        title_is_automatic=True,
        created_at=_START,
        updated_at=moments[-1],
        messages=tuple(
            ExportedMessage(
                parent=at - 1 if at else None,
                role=Role.ASSISTANT if at % 2 else Role.USER,
                content=words.message(),
                status=MessageStatus.COMPLETE,
                created_at=moment,
            )
            for at, moment in enumerate(moments)
        ),
    )


def _fill(
    histories: Sequence[HistoryRepository], messages: int, words: MadeUpWords, tell: Progress
) -> None:
    chats = messages // _CHAT
    for number in range(chats):
        chat = _chat(number, _CHAT, words)
        for history in histories:
            history.import_conversation(chat)
        tell(0.7 * (number + 1) / chats, "Filling two databases")


def _append(histories: Sequence[HistoryRepository], appends: int, words: MadeUpWords) -> BenchRow:
    chats = [history.create_conversation().id for history in histories]
    parents: list[MessageId | None] = [None, None]
    times_ms: list[list[float]] = [[], []]
    for number in range(_WARM_UP + appends):
        text = words.message()
        for which in _order(number):
            begun = time.perf_counter()
            added = histories[which].add_message(
                chats[which], parents[which], Role.USER, text, MessageStatus.COMPLETE
            )
            times_ms[which].append((time.perf_counter() - begun) * 1e3)
            parents[which] = added.id
    encrypted, plain = (_percentile(some[_WARM_UP:], 0.99) for some in times_ms)
    median = _percentile(times_ms[0][_WARM_UP:], 0.5)
    return _row(
        "encrypted append p99", encrypted, plain, f"median {median:.2f} ms, {appends:,} appends"
    )


def _search(
    searches: Sequence[SearchRepository], messages: int, words: MadeUpWords
) -> list[BenchRow]:
    times_ms: list[list[float]] = [[], []]
    hits = 0
    queries = words.queries(200)
    for number, query in enumerate(queries):
        for which in _order(number):
            begun = time.perf_counter()
            found = searches[which].search(query)
            times_ms[which].append((time.perf_counter() - begun) * 1e3)
            hits += bool(found)
    encrypted, plain = (_percentile(some, 0.95) for some in times_ms)
    median = _percentile(times_ms[0], 0.5)
    note = f"median {median:.1f} ms, {len(queries)} queries, {hits // 2} of them with hits"
    name = f"search p95 of {messages:,} messages"
    return [
        _row(name, encrypted, plain, note),
        BenchRow(f"{name}, absolute", encrypted, "ms", goal=_SEARCH_GOAL_MS),
    ]


def _open(history: HistoryRepository, words: MadeUpWords) -> list[BenchRow]:
    chat = history.import_conversation(_chat(1 << 64, _LONG_CHAT, words)) or ConversationId(0)
    outline_ms: list[float] = []
    page_ms: list[float] = []
    for _ in range(_REPEATS):
        begun = time.perf_counter()
        outline = history.outline(chat)
        outline_ms.append((time.perf_counter() - begun) * 1e3)
        begun = time.perf_counter()
        history.messages([message.id for message in outline[-_PAGE:]])
        page_ms.append((time.perf_counter() - begun) * 1e3)
    worst = f"median of {_REPEATS}, worst {max(outline_ms):.1f} ms"
    name = f"open {_LONG_CHAT:,}-message outline"
    return [
        BenchRow(name, _percentile(outline_ms, 0.5), "ms", goal=_OUTLINE_GOAL_MS, note=worst),
        BenchRow(f"load its last {_PAGE} messages", _percentile(page_ms, 0.5), "ms"),
    ]


def _order(number: int) -> tuple[int, int]:
    return (0, 1) if number % 2 else (1, 0)


def _row(name: str, value: float, reference: float, note: str) -> BenchRow:
    return BenchRow(name, value, "ms", reference, value / reference, _RATIO_GOAL, note=note)


def _percentile(values: Sequence[float], part: float) -> float:
    """The smallest value that at least ``part`` of all are not above."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]
