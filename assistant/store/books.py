"""Textbooks in the vault: their passages, found by words, and the vectors of their meaning."""

import json
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from assistant.domain.book import Book, BookFormat, BookLeaf, BookPassage
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import BookId
from assistant.store import study_tables as tables
from assistant.store.book_remains import BookRemains
from assistant.store.grams import grams_of, has_unspaced, phrase_of, pieces
from assistant.store.rows import from_us, storable, to_us

_WORD: Final = re.compile(r"\w+")
_MOST_TERMS: Final = 24
_SMALL: Final = re.compile(
    r"an?|and|are|as|at|be|by|can|do|does|for|from|how|i[fnst]?|its?|me|my|o[fnr]|so|that|the|their"
    r"|then|there|this|to|was|we|what|when|where|which|who|why|will|with|you|your"
)
"""Words that tell passages apart by nothing; asked for alone they find nothing."""
_PASSAGE: Final = """
    SELECT p.id, p.book_id, b.title, p.page, p.label, p.section, p.text, b.format
    FROM bookpassage p JOIN book b ON b.id = p.book_id
    WHERE p.id IN (SELECT value FROM json_each(?1)) AND b.ready = 1
"""
_BY_WORDS: Final = """
    SELECT s.rowid FROM book_search s
    JOIN bookpassage p ON p.id = s.rowid JOIN book b ON b.id = p.book_id
    WHERE book_search MATCH ?1 AND b.ready = 1 ORDER BY s.rank LIMIT ?2
"""
_LEAVES: Final = """
    WITH told AS (
        SELECT id, page, section, lag(page, 1) OVER each AS page_before,
               lag(section, 1) OVER each AS section_before, row_number() OVER each AS place
        FROM bookpassage WHERE book_id = ? WINDOW each AS (ORDER BY id)
    ), cut AS (
        SELECT id, sum(place = 1 OR page IS NOT page_before
                       OR (page IS NULL AND section <> section_before)) OVER (ORDER BY id) AS leaf
        FROM told
    )
    SELECT min(id), max(id) FROM (
        SELECT id, leaf, (row_number() OVER (PARTITION BY leaf ORDER BY id) - 1) / ? AS part
        FROM cut
    ) GROUP BY leaf, part ORDER BY leaf, part
"""
"""The first and the last passage of each page; of what has no pages, of each section.

What is long is parted: a text without a heading is no single page.
"""
_MOST_ON_A_LEAF: Final = 24
_LEAF: Final = """
    SELECT p.id, p.book_id, b.title, p.page, p.label, p.section, p.text, b.format
    FROM bookpassage p JOIN book b ON b.id = p.book_id
    WHERE p.book_id = ? AND p.id BETWEEN ? AND ? ORDER BY p.id
"""
_WAITING: Final = """
    SELECT p.id, p.text FROM bookpassage p JOIN book b ON b.id = p.book_id
    LEFT JOIN bookvector v ON v.passage_id = p.id
    WHERE b.ready = 1 AND v.passage_id IS NULL ORDER BY p.id LIMIT ?
"""
_COUNT_WAITING: Final = """
    SELECT (SELECT count(*) FROM bookpassage p JOIN book b ON b.id = p.book_id WHERE b.ready = 1)
        - (SELECT count(*) FROM bookvector)
        + (SELECT count(*) FROM book b JOIN bookpassage p ON p.book_id = b.id
           JOIN bookvector v ON v.passage_id = p.id WHERE b.ready = 0)
"""
"""The vectors of what is being deleted are no book's; there is nothing to join where none is."""


@dataclass(frozen=True, slots=True)
class NewPassage:
    """A passage to be kept; see ``BookPassage``."""

    page: int | None
    label: str
    section: str
    text: str


class BookRepository:
    """Called from the store thread.

    Args:
        engine: Of an open vault whose schema is current.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.remains = BookRemains(engine)
        """What is no book any more, or not yet."""

    def books(self) -> tuple[Book, ...]:
        """All books, by title; of one title those that came first before the others."""
        found = (
            select(tables.Book)
            .where(col(tables.Book.ready))
            .order_by(func.lower(tables.Book.title), col(tables.Book.title), col(tables.Book.id))
        )
        counted = (
            select(tables.BookPassage.book_id, func.count())
            .join(tables.BookVector, col(tables.BookVector.passage_id) == tables.BookPassage.id)
            .group_by(col(tables.BookPassage.book_id))
        )
        with Session(self._engine) as session:
            vectors = dict(session.exec(counted).all())
            return tuple(_book(row, vectors.get(row.id or 0, 0)) for row in session.exec(found))

    def of_file(self, sha256: str) -> BookId | None:
        """The book that came from a file; None where none did."""
        with Session(self._engine) as session:
            asked = select(tables.Book.id).where(
                tables.Book.sha256 == sha256, col(tables.Book.ready)
            )
            found = session.exec(asked).first()
            return None if found is None else BookId(found)

    def begin(self, book: Book, sha256: str) -> BookId:
        """Makes room for a book; it is not there until ``finish``."""
        row = tables.Book(
            sha256=sha256,
            title=storable(book.title),
            author=storable(book.author),
            format=book.format.value,
            pages=book.pages,
            passages=0,
            added_at_us=to_us(book.added),
            ready=False,
            embedded_by="",
        )
        with Session(self._engine) as session:
            session.add(row)
            session.commit()
            return BookId(row.id or 0)

    def add(self, book: BookId, passages: Sequence[NewPassage]) -> None:
        """Adds passages to a book that was begun, behind those it has.

        Raises:
            UserFacingError: There is none any more: another vault was opened (``book_lost``).
        """
        rows = [
            (book, one.page, storable(one.label), storable(one.section), text, grams_of(text))
            for one in passages
            if (text := storable(one.text))
        ]
        with self._engine.begin() as connection:
            begun = connection.exec_driver_sql(
                "UPDATE book SET passages = passages + ? WHERE id = ? AND ready = 0",
                (len(rows), book),
            )
            if not begun.rowcount:
                raise UserFacingError(
                    "The vault was changed while the textbook came in.",
                    "Bring it in again.",
                    code="book_lost",
                )
            connection.exec_driver_sql(
                "INSERT INTO bookpassage (book_id, page, label, section, text, grams)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                rows,
            )

    def finish(self, book: BookId) -> None:
        """The book is whole; from now on it is found."""
        with self._engine.begin() as connection:
            connection.exec_driver_sql("UPDATE book SET ready = 1 WHERE id = ?", (book,))

    def rename(self, book: BookId, title: str) -> Book | None:
        """Calls a book otherwise; the book as it is now, None where there is none."""
        with self._engine.begin() as connection:
            connection.exec_driver_sql(
                "UPDATE book SET title = ? WHERE id = ? AND ready = 1", (storable(title), book)
            )
        return next((one for one in self.books() if one.id == book), None)

    def by_words(self, question: str, limit: int) -> list[int]:
        """Ids of the passages that share words with a question, the best first (BM25).

        Args:
            question: What the learner typed; every text is valid.
            limit: Most ids to return.
        """
        match = _match(storable(question))
        if not match:
            return []
        with self._engine.connect() as connection:
            return [row[0] for row in connection.exec_driver_sql(_BY_WORDS, (match, limit))]

    def passages(self, ids: Sequence[int]) -> list[BookPassage]:
        """Passages by id, in this order; what is gone is left out."""
        with self._engine.connect() as connection:
            rows = connection.exec_driver_sql(_PASSAGE, (json.dumps(list(ids)),))
            found = {row[0]: _passage(row) for row in rows}
        return [found[one] for one in ids if one in found]

    def leaf(self, book: BookId, *, passage: int = 0, number: int = 1) -> BookLeaf | None:
        """A page of a book, or a section of one without pages; None where there is none.

        Args:
            book: Of which book.
            passage: The page on which this passage stands; 0 for one by its number.
            number: Of the page, from 1; the nearest that there is.
        """
        with self._engine.connect() as connection:
            leaves = connection.exec_driver_sql(_LEAVES, (book, _MOST_ON_A_LEAF)).all()
            if not leaves:
                return None
            at = min(max(number, 1), len(leaves)) - 1
            if passage:
                at = bisect_right([first for first, _ in leaves], passage) - 1
                if at < 0 or passage > leaves[at][1]:
                    return None
            rows = connection.exec_driver_sql(_LEAF, (book, *leaves[at])).all()
        first = _passage(rows[0])
        return BookLeaf(
            book,
            first.title,
            first.page,
            first.label,
            first.section,
            tuple((row[0], row[6]) for row in rows),
            at + 1,
            len(leaves),
            first.format,
        )

    # Meaning

    def use_model(self, sha256: str) -> None:
        """Drops the vectors of other models: they cannot be compared with this one's."""
        with self._engine.begin() as connection:
            connection.exec_driver_sql(
                "DELETE FROM bookvector WHERE passage_id IN (SELECT p.id FROM bookpassage p"
                " JOIN book b ON b.id = p.book_id WHERE b.embedded_by <> ?)",
                (sha256,),
            )
            connection.exec_driver_sql(
                "UPDATE book SET embedded_by = ?1 WHERE embedded_by <> ?1", (sha256,)
            )

    def waiting(self, limit: int) -> list[tuple[int, str]]:
        """Ids and texts of passages without a vector, those that came first before the others."""
        with self._engine.connect() as connection:
            return [(row[0], row[1]) for row in connection.exec_driver_sql(_WAITING, (limit,))]

    def count_waiting(self) -> int:
        """How many passages have no vector yet."""
        with self._engine.connect() as connection:
            return int(connection.exec_driver_sql(_COUNT_WAITING).scalar() or 0)

    def keep_vectors(self, vectors: Sequence[tuple[int, bytes]]) -> None:
        """Keeps the vectors of passages; of those that are gone meanwhile nothing is kept."""
        with self._engine.begin() as connection:
            for passage, vector in vectors:
                connection.exec_driver_sql(
                    "INSERT OR REPLACE INTO bookvector (passage_id, vector)"
                    " SELECT id, ?2 FROM bookpassage WHERE id = ?1",
                    (passage, vector),
                )

    def vectors(self) -> tuple[list[int], bytes]:
        """Ids of the passages with a vector, and their vectors one behind the other."""
        query = "SELECT passage_id, vector FROM bookvector ORDER BY passage_id"
        with self._engine.connect() as connection:
            rows = connection.exec_driver_sql(query).all()
        return [row[0] for row in rows], b"".join(row[1] for row in rows)


def _match(question: str) -> str:
    """Any of the words, quoted: nothing that was typed is read as FTS5's language."""
    terms: list[str] = []
    for word in dict.fromkeys(_WORD.findall(question.casefold())):
        if has_unspaced(word):
            terms += [phrase_of(pair) for pair in _pairs(word)]
        elif not _SMALL.fullmatch(word):
            terms.append(f'"{word}"')
    return " OR ".join(terms[:_MOST_TERMS])


def _pairs(word: str) -> list[str]:
    """A question in an unspaced script is no phrase of the book: its pairs count one by one."""
    runs = [piece for piece in pieces(word) if has_unspaced(piece)]
    return [run[at : at + 2] for run in runs for at in range(max(len(run) - 1, 1))]


def _book(row: tables.Book, by_meaning: int) -> Book:
    return Book(
        BookId(row.id or 0),
        row.title,
        row.author,
        BookFormat(row.format),
        row.pages,
        row.passages,
        from_us(row.added_at_us),
        by_meaning,
    )


def _passage(row: Sequence[Any]) -> BookPassage:
    number, book, title, page, label, section, text, made_of = row
    where = (title, page, label, section)
    return BookPassage(number, BookId(book), *where, text, BookFormat(made_of))
