"""Textbooks in the vault."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assistant.domain.book import Book, BookFormat, BookPassage
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import BookId, CourseId
from assistant.store.books import BookRepository, NewPassage
from assistant.store.study import StudyRepository
from assistant.store.written_lessons import WrittenLessonRepository
from tests.helpers.store_engine import opened

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
CALCULUS = Book(BookId(0), "Calculus", "", BookFormat.PDF, 300, 0, NOW)
NOTES = Book(BookId(0), "Notizen", "Ich", BookFormat.MARKDOWN, 3, 0, NOW)


def _kept(books: BookRepository, book: Book, *passages: NewPassage) -> Book:
    made = books.begin(book, book.title)
    books.add(made, passages)
    books.finish(made)
    return next(one for one in books.books() if one.id == made)


def _texts(books: BookRepository, question: str) -> list[str]:
    return [one.text for one in books.passages(books.by_words(question, 9))]


def test_a_book_is_found_once_it_is_whole_and_gone_once_it_is_removed() -> None:
    passage = NewPassage(12, "xii", "Limits", "A limit is what values approach.")
    with opened() as engine:
        books = BookRepository(engine)
        half = books.begin(CALCULUS, "sha")
        books.add(half, [passage])
        assert (books.books(), books.by_words("limit", 9), books.of_file("sha")) == ((), [], None)
        books.finish(half)
        [found] = books.passages(books.by_words("limits?", 9))
        where = (12, "xii", "Limits")
        assert found == BookPassage(
            found.id, half, "Calculus", *where, passage.text, BookFormat.PDF
        )
        assert found.citation == "Calculus, p. xii"
        assert books.of_file("sha") == half
        assert books.books() == (replace(CALCULUS, id=half, passages=1),)
        assert books.remains.hide(half)
        assert not books.remains.hide(half)
        assert books.remains.clear(half, 9) == 0
        assert (books.books(), books.by_words("limit", 9)) == ((), [])
        with engine.begin() as connection:
            connection.exec_driver_sql(
                "INSERT INTO book_search (book_search, rank) VALUES ('integrity-check', 1)"
            )


def test_books_that_come_in_at_once_take_nothing_from_each_other() -> None:
    with opened() as engine:
        books = BookRepository(engine)
        half = books.begin(CALCULUS, "a")
        books.add(half, [NewPassage(1, "", "", "half of it")])
        _kept(books, NOTES, NewPassage(1, "", "", "whole"))
        assert _texts(books, "half whole") == ["whole"]
        books.add(half, [NewPassage(2, "", "", "the other half")])
        assert books.remains.unready() == (half,)
        books.finish(half)
        assert len(_texts(books, "half whole")) == 3
        with pytest.raises(UserFacingError) as lost:
            books.add(BookId(99), [NewPassage(1, "", "", "of a vault that was closed")])
        assert lost.value.code == "book_lost"


def test_words_are_found_by_their_stems_in_any_script_and_never_as_a_query_language() -> None:
    texts = ("A recursive call is smaller.", "Él fantasmas prüfen.", "極限に近づく値。", "loops")
    with opened() as engine:
        books = BookRepository(engine)
        _kept(books, NOTES, *(NewPassage(None, "", "Teil", text) for text in texts))
        assert _texts(books, "What are recursions?") == [texts[0]]
        assert _texts(books, "PRUFEN el") == [texts[1]]
        assert _texts(books, "極限とは何か") == [texts[2]]
        for odd in ('"', "NOT", "a AND (", "text:loops*", "what is the", "", "\0", "\ud800"):
            assert set(_texts(books, odd)) <= {texts[3]}
        assert books.passages(books.by_words("loop", 1))[0].citation == "Notizen, Teil"


def test_vectors_wait_are_kept_and_go_with_their_model_and_their_book() -> None:
    with opened() as engine:
        books = BookRepository(engine)
        books.use_model("one")
        first = _kept(books, CALCULUS, *(NewPassage(1, "", "", text) for text in "abc"))
        books.use_model("one")
        waiting = books.waiting(2)
        assert ([text for _, text in waiting], books.count_waiting()) == (["a", "b"], 3)
        books.keep_vectors([(one, bytes([at] * 4)) for at, (one, _) in enumerate(waiting)])
        books.keep_vectors([(9999, b"gone")])
        assert books.vectors() == ([one for one, _ in waiting], bytes([0] * 4 + [1] * 4))
        assert (books.books()[0].by_meaning, books.count_waiting()) == (2, 1)
        books.use_model("two")
        assert (books.vectors(), books.count_waiting()) == (([], b""), 3)
        books.keep_vectors([(waiting[0][0], b"1234")])
        second = _kept(books, NOTES, NewPassage(1, "", "", "waits"))
        books.remains.hide(first.id)
        assert books.count_waiting() == 1, "vectors of what goes are no other book's"
        assert books.remains.clear(first.id, 9) == 0
        assert (books.vectors(), books.books()) == (([], b""), (second,))


def test_a_written_lesson_is_kept_replaced_and_removed() -> None:
    with opened() as engine:
        lessons = WrittenLessonRepository(engine)
        lessons.keep("own", "limits", "{}", "small", NOW)
        lessons.keep("own", "limits", '{"a": 1}', "large", NOW)
        lessons.keep("own", "sums", "{}", "small", NOW)
        lessons.keep("gone", "sums", "{}", "small", NOW)
        StudyRepository(engine).remove_course(CourseId("gone"))
        assert lessons.get("gone", "sums") is None
        assert lessons.get("own", "limits") == ('{"a": 1}', "large", NOW)
        lessons.remove("own", "limits")
        assert lessons.get("own", "limits") is None
        lessons.remove("own")
        assert lessons.get("own", "sums") is None


def test_a_book_is_cleared_piece_by_piece_and_found_no_more_from_the_first_on() -> None:
    with opened() as engine:
        books = BookRepository(engine)
        _kept(books, NOTES, NewPassage(1, "", "", "value of another book"))
        book = _kept(books, CALCULUS, *(NewPassage(n, "", "", f"value {n}") for n in range(5)))
        assert books.remains.clear(book.id, 2) == 0
        assert len(_texts(books, "value")) == 6, "what is a book stays"
        assert books.remains.hide(book.id)
        assert _texts(books, "value") == ["value of another book"]
        assert [books.remains.clear(book.id, 2) for _ in range(3)] == [3, 1, 0]
        assert not books.remains.hide(book.id)
        with engine.begin() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM bookpassage").scalar() == 1
            connection.exec_driver_sql(
                "INSERT INTO book_search (book_search, rank) VALUES ('integrity-check', 1)"
            )
