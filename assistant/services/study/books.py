"""The learner's textbooks: brought in, found by words and by meaning, and taken away."""

import hashlib
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from assistant.domain.book import Book, BookFormat, BookLeaf, BookPassage
from assistant.domain.cancel import CancelToken
from assistant.domain.clock import Clock
from assistant.domain.errors import Cancelled, EnvironmentProblem, UserFacingError
from assistant.domain.generation import Priority
from assistant.domain.ids import BookId
from assistant.engine.embedding import Embedder, Embeddings
from assistant.services.jobs import Job, Workers
from assistant.services.passages import DIMENSIONS, to_bytes
from assistant.services.study.book_clearing import BookClearing
from assistant.store.books import BookRepository, NewPassage
from assistant.tutor.books.pages import Page

if TYPE_CHECKING:
    from concurrent.futures import Future

    import numpy as np
    from numpy.typing import NDArray

_FUSION: Final = 60
"""See ``services.meaning``: the constant of reciprocal rank fusion."""
_CANDIDATES: Final = 40
_AT_ONCE: Final = 200
"""Passages in one transaction: other work of the database is not kept waiting."""
_TEXTS_AT_ONCE: Final = 16
_LEAST_LIKE: Final = 0.3
"""Cosine; what is less alike has nothing to do with the question."""
_SNIPPET: Final = 240
_READ_SHARE, _KEPT_SHARE = 0.4, 0.5
"""How far a job is once a book was read, and once it was kept."""


@dataclass(frozen=True, slots=True)
class BookHit:
    """A passage that was found.

    Args:
        passage: All of it, with where it stands.
        snippet: Its part with the words that were asked for, on one line.
        by_words: Whether it shares words with the question.
        by_meaning: Whether it means something like it.
    """

    passage: BookPassage
    snippet: str
    by_words: bool
    by_meaning: bool


class BookService:
    """Keeps books, and finds what a question is about; every job is done in the pool.

    Args:
        workers: The pool and the store thread.
        clock: Tells when a book came.
        repository: Gives the vault's repository, on the store thread.
        embedder: Gives vectors; None where there is no model for them: then words alone count.
        model_sha256: Names that model.
        clearing: Deletes what is left of books.
    """

    def __init__(
        self,
        workers: Workers,
        clock: Clock,
        repository: Callable[[], BookRepository],
        embedder: Callable[[], Embedder | None],
        model_sha256: str,
        clearing: BookClearing,
    ) -> None:
        self._workers = workers
        self._clock = clock
        self._repository = repository
        self._embedder = embedder
        self._model = model_sha256
        self._clearing = clearing
        self._lock = threading.Lock()
        self._table: _Vectors | None = None

    def books(self) -> Job[tuple[Book, ...]]:
        """All books, by title."""
        return self._workers.on_store(lambda: self._repository().books())

    def add(self, path: Path) -> Job[Book]:
        """Reads a book and keeps it; its file is not needed any more.

        A cancel while it is read leaves nothing. Once its words can be found, a cancel ends the
        work on its meaning alone: ``learn`` goes on with it.

        Raises (from the job):
            UserFacingError: It is no book that can be read, and why; or it is here already.
            EnvironmentProblem: The file cannot be read.
        """
        return self._workers.in_pool(lambda job: self._add(job, path))

    def learn(self) -> Job[int]:
        """Makes the vectors that are missing; gives how many passages have none after that."""
        return self._workers.in_pool(lambda job: self._learn(job, 0.0))

    def remove(self, book: BookId) -> Job[None]:
        """Removes a book: it is found no more at once, and deleted piece by piece.

        Raises (from the job):
            UserFacingError: There is no such book.
        """
        return self._workers.in_pool(lambda job: self._remove(job, book))

    def rename(self, book: BookId, title: str) -> Job[Book]:
        """Calls a book otherwise; it is cited under the new title from now on.

        Raises (from the job):
            UserFacingError: There is no such book (``book_unknown``), or the title is empty, too
                long or more than a line of text (``book_title``).
        """
        from assistant.tutor.books.titles import checked_title

        def work() -> Book:
            renamed = self._repository().rename(book, checked_title(title))
            if renamed is None:
                raise _unknown()
            return renamed

        return self._workers.on_store(work)

    def search(self, question: str, limit: int = 8) -> Job[tuple[BookHit, ...]]:
        """The passages that a question is about, by words and by meaning, the best first."""
        return self._workers.in_pool(lambda job: self._search(question, limit, job.cancel_token))

    def leaf(self, book: BookId, *, passage: int = 0, number: int = 1) -> Job[BookLeaf]:
        """A page of a book; a section where it has no pages.

        Args:
            book: Of which book.
            passage: The page on which this passage stands; 0 for one by its number.
            number: Of the page, from 1; the nearest that there is.

        Raises (from the job):
            UserFacingError: The book, or the passage, is gone (``book_unknown``).
        """

        def work() -> BookLeaf:
            found = self._repository().leaf(book, passage=passage, number=number)
            if found is None:
                raise UserFacingError(
                    "This page is not here any more.",
                    "Bring the textbook in again to read it.",
                    code="book_unknown",
                )
            return found

        return self._workers.on_store(work)

    def find(self, question: str, limit: int, cancel: CancelToken) -> tuple[BookPassage, ...]:
        """As ``search``, for services that are in the pool already."""
        return tuple(hit.passage for hit in self._search(question, limit, cancel))

    # Bringing in

    def _add(self, job: Job[Book], path: Path) -> Book:
        from assistant.tutor.books.passages import passages_of
        from assistant.tutor.books.reading import read_book
        from assistant.tutor.books.titles import author_in_file, title_in_file

        job.report(0.0, f"Reading {path.name}")
        sha256 = _hash(path, job.cancel_token)
        self._workers.on_store(lambda: self._refuse_twin(sha256, path)).result()
        read = read_book(path, lambda part: job.report(part * _READ_SHARE, f"Reading {path.name}"))
        about = (title_in_file(read.title, path.stem), author_in_file(read.author), read.format)
        new = Book(BookId(0), *about, read.count, 0, self._clock.now())
        passages = list(passages_of(read.pages))

        def finish(book: BookId) -> None:
            self._refuse_twin(sha256, path)  # it may have come meanwhile, by another job
            self._repository().finish(book)

        with self._clearing.holding(lambda: self._repository().begin(new, sha256)) as book:
            try:
                self._keep(job, book, passages)
                self._workers.on_store(lambda: finish(book)).result()
            except BaseException:
                self._clearing.clear(book, lambda _: None)
                raise
        self._changed()
        self._learn_kindly(job)
        kept = self._workers.on_store(lambda: self._repository().books()).result()
        return next(one for one in kept if one.id == book)

    def _refuse_twin(self, sha256: str, path: Path) -> None:
        if self._repository().of_file(sha256) is not None:
            raise UserFacingError(
                f"{path.name} is among your books already.",
                "Remove it first if it is to be read anew.",
                code="book_exists",
            )

    def _keep(self, job: Job[Book], book: BookId, passages: Sequence[Page]) -> None:
        rows = (NewPassage(one.number, one.label, one.section, one.text) for one in passages)
        kept = 0
        while batch := list(islice(rows, _AT_ONCE)):
            self._workers.on_store(lambda batch=batch: self._repository().add(book, batch)).result()
            kept += len(batch)
            part = _READ_SHARE + (_KEPT_SHARE - _READ_SHARE) * kept / len(passages)
            job.report(part, "Keeping its words")

    def _learn_kindly(self, job: Job[Book]) -> None:
        """The book is there: what keeps its meaning from being learnt takes nothing from it."""
        try:
            self._learn(job, _KEPT_SHARE)
        except (Cancelled, UserFacingError):
            return

    def _learn(self, job: Job[Book] | Job[int], begun: float) -> int:
        def waiting() -> int:
            self._repository().use_model(self._model)
            return self._repository().count_waiting()

        embedder = self._embedder()
        left = total = self._workers.on_store(waiting).result()
        while embedder is not None and left:
            part = begun + (1 - begun) * (1 - left / total)
            job.report(part, "Learning what it means")
            if not self._learn_some(embedder, job.cancel_token):
                break
            left = self._workers.on_store(lambda: self._repository().count_waiting()).result()
        self._changed()
        return left

    def _learn_some(self, embedder: Embedder, cancel: CancelToken) -> bool:
        texts = self._workers.on_store(lambda: self._repository().waiting(_TEXTS_AT_ONCE)).result()
        if not texts:
            return False
        asked: Future[Embeddings] = embedder.embed([text for _, text in texts], cancel=cancel)
        vectors = asked.result().vectors
        made = [(one, to_bytes(vector)) for (one, _), vector in zip(texts, vectors, strict=True)]
        self._workers.on_store(lambda: self._repository().keep_vectors(made)).result()
        return True

    def _remove(self, job: Job[None], book: BookId) -> None:
        def hide() -> BookId:
            if not self._repository().remains.hide(book):
                raise _unknown()
            return book

        with self._clearing.holding(hide):
            self._changed()
            self._clearing.clear(book, lambda part: job.report(part, "Deleting its text"))

    # Finding

    def _search(self, question: str, limit: int, cancel: CancelToken) -> tuple[BookHit, ...]:
        by_words = self._workers.on_store(
            lambda: self._repository().by_words(question, _CANDIDATES)
        ).result()
        near = self._near(question, cancel)
        best = _fused(by_words, near)[:limit]
        found = self._workers.on_store(lambda: self._repository().passages(best)).result()
        return tuple(
            BookHit(one, _snippet(_words(one), question), one.id in by_words, one.id in near)
            for one in found
        )

    def _near(self, question: str, cancel: CancelToken) -> list[int]:
        """Passages that mean something like it; none where there is no model, or it fails."""
        embedder = self._embedder()
        table = self._vectors()
        if embedder is None or not table.ids or not question.strip():
            return []
        asked = embedder.embed([question], priority=Priority.INTERACTIVE, cancel=cancel)
        try:
            vector = asked.result().vectors[0]
        except UserFacingError:
            return []
        return table.nearest(vector, _CANDIDATES)

    def _vectors(self) -> "_Vectors":
        with self._lock:
            table = self._table
        if table is None:
            ids, data = self._workers.on_store(lambda: self._repository().vectors()).result()
            table = _Vectors(ids, data)
            with self._lock:
                self._table = table
        return table

    def _changed(self) -> None:
        with self._lock:
            self._table = None


class _Vectors:
    """All vectors, as they lie in the vault."""

    def __init__(self, ids: list[int], data: bytes) -> None:
        self.ids = ids
        self._data = data

    def nearest(self, vector: "NDArray[np.float32]", most: int) -> list[int]:
        """Ids of the most alike, the nearest first."""
        import numpy as np

        rows = np.frombuffer(self._data, dtype=np.int8).reshape(-1, DIMENSIONS)
        wide = rows.astype(np.float32)
        likeness = wide @ vector / np.linalg.norm(wide, axis=1).clip(min=1.0)
        order = np.argsort(-likeness)[:most]
        return [self.ids[int(at)] for at in order if float(likeness[at]) >= _LEAST_LIKE]


def _unknown() -> UserFacingError:
    return UserFacingError(
        "There is no such book.",
        "“assistant study books list” names those there are.",
        code="book_unknown",
    )


def _fused(*rankings: Sequence[int]) -> list[int]:
    """One ranking of several, by reciprocal rank fusion."""
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, one in enumerate(ranking, start=1):
            scores[one] = scores.get(one, 0.0) + 1 / (_FUSION + rank)
    return sorted(scores, key=lambda one: -scores[one])


def _words(passage: BookPassage) -> str:
    """A line of a list shows no markup."""
    from assistant.render.markdown import parse
    from assistant.render.plain import to_plain

    is_markdown = passage.format is BookFormat.MARKDOWN
    return to_plain(parse(passage.text)) if is_markdown else passage.text


def _snippet(text: str, question: str) -> str:
    """The stretch that shares most words with the question, from a sentence's beginning on."""
    from assistant.tutor.books.sentences import sentences
    from assistant.tutor.courses.goals import stems

    wanted = stems(question)
    parts = sentences(text)

    def worth(at: int) -> tuple[int, int, int]:
        shown = len(wanted & stems(_line_from(parts, at)))
        return shown, len(wanted & stems(parts[at])), -at

    best = max(range(len(parts)), key=worth, default=0)
    return ("… " if best else "") + _line_from(parts, best)


def _line_from(parts: Sequence[str], first: int) -> str:
    line = " ".join(" ".join(parts[first:]).split())
    return line if len(line) <= _SNIPPET else line[: _SNIPPET - 1].rstrip() + "…"


def _hash(path: Path, cancel: CancelToken) -> str:
    digest = hashlib.sha256()
    for piece in _chunks(path):
        cancel.raise_if_cancelled()
        digest.update(piece)
    return digest.hexdigest()


def _chunks(path: Path) -> Iterator[bytes]:
    if not path.is_file():
        return  # the reader says what is wrong with it
    try:
        with path.open("rb") as stream:
            while piece := stream.read(1 << 20):
                yield piece
    except OSError as error:
        raise EnvironmentProblem(
            f"{path.name} cannot be read: {error.strerror}.",
            "Check the file and your right to read it.",
            code="file_unreadable",
        ) from error
