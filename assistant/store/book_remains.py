"""Textbooks in the vault that are no books: removed ones, and those that never came whole.

Apart from ``books`` because it is asked at every start: nothing here needs the tables' classes.
"""

from typing import TYPE_CHECKING

from assistant.domain.ids import BookId

if TYPE_CHECKING:
    from sqlalchemy import Engine


class BookRemains:
    """Called from the store thread.

    Args:
        engine: Of an open vault whose schema is current.
    """

    def __init__(self, engine: "Engine") -> None:
        self._engine = engine

    def hide(self, book: BookId) -> bool:
        """The book is found no more, and is cleared away next; whether it was there."""
        with self._engine.begin() as connection:
            done = connection.exec_driver_sql(
                "UPDATE book SET ready = 0 WHERE id = ? AND ready = 1", (book,)
            )
            return done.rowcount > 0

    def unready(self) -> tuple[BookId, ...]:
        """What is no book; whether somebody is bringing it in is not known here."""
        with self._engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT id FROM book WHERE ready = 0 ORDER BY id")
            return tuple(BookId(row[0]) for row in rows)

    def clear(self, book: BookId, most: int) -> int:
        """Deletes some passages for good, and the row of the book with the last.

        Args:
            book: What is no book; of one that can be found nothing is deleted.
            most: So many at once: each is overwritten in the index, which takes its time.

        Returns:
            How many passages are left to be deleted.
        """
        with self._engine.begin() as connection:
            connection.exec_driver_sql(
                "DELETE FROM bookpassage WHERE id IN (SELECT p.id FROM bookpassage p"
                " JOIN book b ON b.id = p.book_id WHERE b.id = ? AND b.ready = 0 LIMIT ?)",
                (book, most),
            )
            left = connection.exec_driver_sql(
                "SELECT count(*) FROM book b JOIN bookpassage p ON p.book_id = b.id"
                " WHERE b.id = ? AND b.ready = 0",
                (book,),
            ).scalar_one()
            if not left:
                connection.exec_driver_sql("DELETE FROM book WHERE id = ? AND ready = 0", (book,))
            return left
