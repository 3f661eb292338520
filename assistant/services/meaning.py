"""Search by meaning beside search by words: a result of both ranks above one of either.

The two lists are joined by reciprocal rank fusion, which needs no common measure of the two
(Cormack, Clarke and Buettcher, https://doi.org/10.1145/1571941.1572114). Without the model, or
where the user has switched it off, the words are searched alone.
"""

from collections.abc import Callable, Sequence
from typing import Final

from assistant.config.settings import SettingsFile
from assistant.domain.cancel import CancelToken
from assistant.domain.conversation import SearchHit
from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.domain.generation import Priority
from assistant.domain.ids import ConversationId, MessageId
from assistant.engine.embedding import Embedder
from assistant.services.jobs import Job, Workers
from assistant.services.passage_maker import MESSAGES_AT_ONCE, PassageMaker
from assistant.services.vault import VaultService
from assistant.services.vectors import VectorIndex
from assistant.store.meaning import MeaningRepository, Place

_FUSION: Final = 60
"""The constant of the method: how much less the second place counts than the first."""
_CANDIDATES: Final = 60
_FEWEST_LETTERS: Final = 3
_KEPT_S: Final = 60.0
"""How long the vectors stay in memory after a search."""
_Key = tuple[ConversationId, MessageId | None]


class MeaningService:
    """Finds what was said in other words.

    Args:
        workers: The store thread, and the pool in which vectors are compared.
        vault: The stored chats; temporary ones are never looked at.
        settings: Whether it is wanted.
        embedder: Gives vectors; None where the model is not installed.
        model_sha256: Names the model: vectors of another one cannot be compared.
        failed: Gets what goes wrong unasked.
    """

    def __init__(
        self,
        workers: Workers,
        vault: VaultService,
        settings: SettingsFile,
        embedder: Embedder | None,
        model_sha256: str,
        failed: Callable[[BaseException], None],
    ) -> None:
        self._workers = workers
        self._vault = vault
        self._settings = settings
        self._embedder = embedder
        self.model_sha256 = model_sha256
        self._failed = failed
        self._broken = False
        self._source: MeaningRepository | None = None
        self._index = VectorIndex(workers, self._repository)
        self._maker: PassageMaker | None = None
        if embedder is not None:
            self._maker = PassageMaker(
                workers, embedder, self._repository, lambda: self.wanted, self._give_up
            )
            self._maker.on_made(self._index.changed)
            self._maker.on_pause(lambda: self._index.drop_unused(_KEPT_S))

    @property
    def wanted(self) -> bool:
        """Whether messages are searched by meaning as well."""
        able = self._embedder is not None and not self._broken
        return able and self._settings.current.chat.search_by_meaning

    @property
    def embedder(self) -> Embedder | None:
        """For other searches than that of the chats; None where its model cannot be used."""
        return None if self._broken else self._embedder

    # The life of the whole

    def start(self) -> None:
        """Begins to make passages when nothing else is going on; a single command does not."""
        if self._maker is not None:
            self._maker.start()

    def on_read(self, listener: Callable[[], None]) -> None:
        """Calls ``listener``, on a thread of its own, after messages were read in passing."""
        if self._maker is not None:
            self._maker.on_made(listener)

    def touch(self) -> None:
        """Notes that messages were written or deleted."""
        self._index.changed()
        if self._maker is not None:
            self._maker.touch()

    def forgot(self) -> None:
        """Frees what is in memory of messages that were forgotten for good."""
        self._index.forget()

    def give_way(self, busy: bool) -> None:  # noqa: FBT001 - a listener of one flag
        """Stops at once what nobody waits for while answers are written."""
        if self._embedder is not None:
            self._embedder.hold(held=busy)

    def stop(self) -> None:
        """Ends its threads and frees the model; what is not made yet is made the next time."""
        if self._maker is not None:
            self._maker.stop()
        if self._embedder is not None:
            self._embedder.close()

    def make_up_to(self, messages: int) -> Job[int]:
        """Makes the passages of so many messages now; gives how many are left after that.

        They are left as well where the disk does not take them or the model cannot be used.
        """

        def work(job: Job[int]) -> int:
            made = 0
            try:
                while self.wanted and made < messages and self._maker and self._maker.make_some():
                    made += MESSAGES_AT_ONCE
                    job.report(min(made / messages, 1.0), "Reading messages")
            except EnvironmentProblem as problem:
                self._failed(problem)
            return self._workers.on_store(lambda: self._vault.meaning().count_waiting()).result()

        return self._workers.in_pool(work)

    # Searching

    def prepare(self) -> None:
        """Loads what a search needs, because one is about to be made."""
        if self.wanted:
            self._workers.in_pool(lambda job: self._near(job.cancel_token, "prepare"))

    def search(self, query: str, *, limit: int = 30) -> Job[list[SearchHit]]:
        """Titles and messages by words and by meaning, best first.

        What was found by meaning alone says so. A vault or a model that cannot be used for it
        leaves the results of the words.
        """
        if not self.wanted or sum(map(str.isalnum, query)) < _FEWEST_LETTERS:
            return self._workers.on_store(lambda: self._vault.search().search(query, limit=limit))
        return self._workers.in_pool(lambda job: self._search(job, query, limit))

    def _search(self, job: Job[list[SearchHit]], query: str, limit: int) -> list[SearchHit]:
        near = self._near(job.cancel_token, query)

        def work() -> list[SearchHit]:
            words = self._vault.search().search(query, limit=limit)
            by_meaning = self._repository().hits(near) if near else []
            return fused(words, by_meaning)[:limit]

        return self._workers.on_store(work).result()

    def _near(self, cancel: CancelToken, query: str) -> list[Place]:
        if self._embedder is None:
            return []
        asked = self._embedder.embed([query], priority=Priority.INTERACTIVE, cancel=cancel)
        try:
            vector = asked.result().vectors[0]
        except UserFacingError as error:
            self._give_up(error)
            return []
        try:
            return self._index.nearest(vector, _CANDIDATES)
        except EnvironmentProblem:
            return []  # the same vault is searched for the words next: they say what is wrong

    def _repository(self) -> MeaningRepository:
        """On the store thread; of the vault that is open now, with vectors of this model."""
        repository = self._vault.meaning()
        if repository is not self._source:
            repository.use_model(self.model_sha256)
            self._source = repository
        return repository

    def _give_up(self, error: BaseException) -> None:
        """The words go on being searched until the next start; why is told once."""
        if not self._broken:
            self._broken = True
            self._failed(error)


def fused(words: Sequence[SearchHit], by_meaning: Sequence[SearchHit]) -> list[SearchHit]:
    """One list of two; a hit that is in both is shown with its words marked."""
    scores: dict[_Key, float] = {}
    hits: dict[_Key, SearchHit] = {}
    for ranking in (words, by_meaning):
        for rank, hit in enumerate(ranking, start=1):
            key = (hit.conversation_id, hit.message_id)
            scores[key] = scores.get(key, 0.0) + 1 / (_FUSION + rank)
            hits.setdefault(key, hit)
    return sorted(hits.values(), key=lambda h: -scores[h.conversation_id, h.message_id])
