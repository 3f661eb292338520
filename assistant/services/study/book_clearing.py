"""Deletes for good what is left of textbooks that were removed, or never came whole.

A removal, or an import, that the end of the program cuts short leaves text in the vault. Each
opening of the vault goes on with it, a few passages at a time, so that others are heard between.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from assistant.domain.cancel import CancelToken
from assistant.domain.ids import BookId
from assistant.services.jobs import Job, Workers

if TYPE_CHECKING:
    from assistant.store.book_remains import BookRemains

_AT_ONCE: Final = 50
"""Passages in one transaction; others wait for some 0.1 s, as each word is overwritten."""
_REST_S: Final = 0.05
"""Between two transactions that nobody waits for."""


class BookClearing:
    """Knows which books a job has in hand, and clears the others that are none.

    Args:
        workers: The pool and the store thread.
        remains: Gives the vault's repository, on the store thread.
    """

    def __init__(self, workers: Workers, remains: "Callable[[], BookRemains]") -> None:
        self._workers = workers
        self._remains = remains
        self._in_hand: set[BookId] = set()
        self._ended = CancelToken()

    def begin(self) -> Job[None]:
        """Clears what no job has in hand, in the background; what a cancel leaves waits.

        Raises (from the job):
            UserFacingError: The vault was closed meanwhile (``vault_closed``).
            EnvironmentProblem: The disk is full.
        """
        return self._workers.in_pool(self._clear_all)

    def close(self) -> None:
        """Ends all clearing after the piece in hand: the program ends, and the next goes on."""
        self._ended.cancel()

    @contextmanager
    def holding(self, take: Callable[[], BookId]) -> Generator[BookId]:
        """Has a book in hand: nobody else clears it. Should this fail, its rest is cleared.

        Args:
            take: Makes or hides the book, on the store thread; nobody sees it before it is held.
        """

        def taken() -> BookId:
            book = take()
            self._in_hand.add(book)
            return book

        book = self._workers.on_store(taken).result()
        try:
            yield book
        except BaseException:
            self._in_hand.discard(book)
            self.begin()
            raise
        self._in_hand.discard(book)

    def clear(self, book: BookId, hear: Callable[[float], None], rest_s: float = 0.0) -> None:
        """Clears one book.

        Args:
            book: What is no book any more.
            hear: Hears how much of it is gone, 0 to 1; what it raises ends the clearing.
            rest_s: Seconds between two pieces.

        Raises:
            Cancelled: The program ends.
        """
        total = 0
        while left := self._workers.on_store(
            lambda: self._remains().clear(book, _AT_ONCE)
        ).result():
            total = total or left + _AT_ONCE
            hear(1 - left / total)
            self._ended.wait(rest_s)
            self._ended.raise_if_cancelled()

    def _clear_all(self, job: Job[None]) -> None:
        def hear(_: float) -> None:
            job.cancel_token.raise_if_cancelled()

        while (book := self._workers.on_store(self._next).result()) is not None:
            hear(0.0)
            try:
                self.clear(book, hear, _REST_S)
            finally:
                self._in_hand.discard(book)

    def _next(self) -> BookId | None:
        """On the store thread, where books are taken in hand: none slips through between."""
        left = (book for book in self._remains().unready() if book not in self._in_hand)
        book = next(left, None)
        if book is not None:
            self._in_hand.add(book)
        return book
