"""Textbooks over a real vault, with the real model for meaning."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.domain.book import Book, BookFormat
from assistant.domain.errors import Cancelled, EnvironmentProblem, UserFacingError
from assistant.domain.ids import BookId, ConceptId, CourseId
from assistant.services.core import Core
from assistant.services.jobs import Job
from assistant.services.study import book_clearing
from assistant.services.study import books as module
from assistant.services.study.lesson_values import Replied
from assistant.store.books import NewPassage
from tests.helpers.book_files import without_model, write_pdf

WAIT_S = 60
PYTHON, RECURSION = CourseId("python-from-zero"), ConceptId("recursion")
NOTES = """# Rivers

The Danube rises in the Black Forest.

# Kitchen

Stir the noodles during the first minute and use plenty of boiling water.

# Safety

Choose long passwords and switch on the second factor.
"""


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes.md"
    path.write_text(NOTES, encoding="utf-8")
    return path


def test_a_book_is_brought_in_found_with_its_page_and_removed(core: Core, tmp_path: Path) -> None:
    pages = [[f"This page is about {word}."] for word in ("nothing", "hysteresis", "little")]
    path = write_pdf(tmp_path / "physics.pdf", pages)
    books = core.study.books
    told: list[tuple[float, str]] = []

    def hear(part: float, words: str) -> None:
        told.append((part, words))

    book = books.add(path).on_progress(hear).result(WAIT_S)
    assert (book.title, book.format, book.pages, book.passages) == (
        *("A small book", BookFormat.PDF),
        *(3, 3),
    )
    assert told == sorted(told, key=lambda one: one[0])
    assert {"Reading physics.pdf", "Keeping its words"} <= {words for _, words in told}
    assert books.books().result(WAIT_S) == (book,)
    hit = books.search("What is hysteresis?").result(WAIT_S)[0]
    assert (hit.passage.page, hit.passage.citation) == (2, "A small book, p. 2")
    assert hit.by_words
    assert "hysteresis" in hit.snippet
    with pytest.raises(UserFacingError) as refused:
        books.add(path).result(WAIT_S)
    assert refused.value.code == "book_exists"
    books.remove(book.id).result(WAIT_S)
    assert books.search("hysteresis").result(WAIT_S) == ()
    with pytest.raises(UserFacingError) as refused:
        books.remove(BookId(99)).result(WAIT_S)
    assert refused.value.code == "book_unknown"


def test_what_was_said_in_other_words_is_found_where_there_is_a_model(
    core: Core, notes: Path, embedding_model_file: Path
) -> None:
    assert embedding_model_file.is_file()
    question = "How do I cook spaghetti?"
    by_words = without_model(core)
    book = by_words.add(notes).result(WAIT_S)
    assert (book.by_meaning, book.passages) == (0, 3)
    assert by_words.search(question).result(WAIT_S) == ()
    assert by_words.learn().result(WAIT_S) == 3
    books = core.study.books
    assert books.learn().result(WAIT_S) == 0
    [hit] = books.search(question).result(WAIT_S)
    assert (hit.by_words, hit.by_meaning) == (False, True)
    assert hit.passage.section == "Kitchen"
    both = books.search("boiling noodles").result(WAIT_S)[0]
    assert (both.by_words, both.by_meaning) == (True, True)
    assert books.search("  ").result(WAIT_S) == ()


def test_a_cancel_while_it_is_kept_leaves_nothing(
    core: Core, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    books = without_model(core)
    jobs: list[Job[Book]] = [Job()]
    begun = threading.Event()

    def rows(*_: object) -> Iterator[NewPassage]:
        begun.wait(WAIT_S)
        jobs[0].cancel()
        yield NewPassage(1, "", "", "half of it")

    monkeypatch.setattr(module, "islice", rows)
    jobs[0] = books.add(notes)
    begun.set()
    with pytest.raises(Cancelled):
        jobs[0].result(WAIT_S)
    assert books.books().result(WAIT_S) == ()
    left = core.workers.on_store(lambda: core.study.book_repository().count_waiting())
    assert left.result(WAIT_S) == 0


def test_a_file_that_cannot_be_read_is_the_disks_fault(
    core: Core, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", broken)
    with pytest.raises(EnvironmentProblem) as refused:
        without_model(core).add(notes).result(WAIT_S)
    assert refused.value.code == "file_unreadable"


def test_a_question_about_a_lesson_is_answered_from_books_as_well(core: Core, notes: Path) -> None:
    without_model(core).add(notes).result(WAIT_S)
    answer = core.study.lessons.ask(PYTHON, RECURSION, "Where does the Danube rise?")
    end = list(answer)[-1]
    assert isinstance(end, Replied)
    [source] = [one for one in end.reply.sources if one.book is not None]
    assert (source.where, source.section) == ("Rivers", "Rivers")
    assert end.reply.sources[0].where.startswith("Lesson: ")
    assert (source.markdown, end.reply.sources[0].markdown) == (True, True)


def test_what_is_quoted_from_a_pdf_stays_as_it_stands(core: Core, tmp_path: Path) -> None:
    says = "The *Danube* rises in the Black Forest."
    without_model(core).add(write_pdf(tmp_path / "a.pdf", [[says]])).result(WAIT_S)
    answer = core.study.lessons.ask(PYTHON, RECURSION, "Where does the Danube rise?")
    end = list(answer)[-1]
    assert isinstance(end, Replied)
    [source] = [one for one in end.reply.sources if one.book is not None]
    assert not source.markdown
    assert [(one.text, one.literal) for one in end.reply.sentences if "Danube" in one.text] == [
        (says, True)
    ]


def test_a_book_is_called_otherwise_and_cited_so(core: Core, tmp_path: Path) -> None:
    books = without_model(core)
    path = tmp_path / "n.md"
    path.write_text(f"# Re{'a' * 400}l\n\nThe Danube rises here.\n")
    book = books.add(path).result(WAIT_S)
    assert book.title == f"Re{'a' * 198}", "a title is a line, whatever the file says"
    renamed = books.rename(book.id, "  Rivers   of Europe ").result(WAIT_S)
    assert renamed == replace(book, title="Rivers of Europe")
    [hit] = books.search("Danube").result(WAIT_S)
    assert hit.passage.citation.startswith("Rivers of Europe, ")
    wrong = {"": "needs a title", " \n": "needs", "x" * 9000: "9,000 characters", "a\0b": "control"}
    for title, words in wrong.items():
        with pytest.raises(UserFacingError, match=words):
            books.rename(book.id, title).result(WAIT_S)
    with pytest.raises(UserFacingError) as refused:
        books.rename(BookId(99), "x").result(WAIT_S)
    assert refused.value.code == "book_unknown"


def test_a_text_without_a_heading_is_read_in_parts(core: Core, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("\n\n".join(f"Paragraph {at}. " + "word " * 120 for at in range(60)))
    books = without_model(core)
    book = books.add(path).result(WAIT_S)
    leaves = [books.leaf(book.id, number=at).result(WAIT_S) for at in (1, 2, 3)]
    assert [leaf.count for leaf in leaves] == [3, 3, 3]
    assert [len(leaf.passages) for leaf in leaves] == [24, 24, 12]
    inside = leaves[1].passages[5][0]
    assert books.leaf(book.id, passage=inside).result(WAIT_S) == leaves[1]


def test_a_book_is_read_page_by_page_from_where_a_passage_stands(
    core: Core, tmp_path: Path
) -> None:
    pages = [[f"This page is about {word}."] for word in ("nothing", "hysteresis", "little")]
    books = core.study.books
    book = books.add(write_pdf(tmp_path / "physics.pdf", pages)).result(WAIT_S)
    hit = books.search("hysteresis").result(WAIT_S)[0].passage
    leaf = books.leaf(book.id, passage=hit.id).result(WAIT_S)
    assert (leaf.citation, leaf.number, leaf.count) == ("A small book, p. 2", 2, 3)
    assert leaf.passages == ((hit.id, "This page is about hysteresis."),)
    assert books.leaf(book.id, number=99).result(WAIT_S).page == 3
    assert books.leaf(book.id, number=0).result(WAIT_S).page == 1
    for gone in (hit.id + 99, -1):
        with pytest.raises(UserFacingError) as refused:
            books.leaf(book.id, passage=gone).result(WAIT_S)
        assert refused.value.code == "book_unknown"
    with pytest.raises(UserFacingError):
        books.leaf(BookId(999)).result(WAIT_S)


def test_a_book_without_pages_is_read_by_its_sections(core: Core, tmp_path: Path) -> None:
    path = tmp_path / "twice.md"
    long = "\n\n".join(f"Sentence {at} says something of its own. " * 12 for at in range(6))
    path.write_text(f"# Terms\n\n{long}\n\n# Rules\n\nOne.\n\n# Terms\n\nLast.\n", encoding="utf-8")
    book = core.study.books.add(path).result(WAIT_S)
    leaves = [core.study.books.leaf(book.id, number=at).result(WAIT_S) for at in (1, 2, 3)]
    assert [leaf.section for leaf in leaves] == ["Terms", "Rules", "Terms"]
    assert [leaf.count for leaf in leaves] == [3, 3, 3]
    assert len(leaves[0].passages) > 1
    assert [leaf.citation for leaf in leaves] == ["Terms", "Terms, Rules", "Terms"]


def test_a_long_book_goes_in_pieces_between_which_others_are_heard(
    core: Core, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book_clearing, "_AT_ONCE", 1)
    books = without_model(core)
    pages = [[f"This page is about {word}."] for word in ("hysteresis", "torque", "drag")]
    book = books.add(write_pdf(tmp_path / "physics.pdf", pages)).result(WAIT_S)
    said: list[tuple[float, str]] = []
    job: Job[None] = Job()
    job.on_progress(lambda share, doing: said.append((round(share, 2), doing)))
    books._remove(job, book.id)  # pyright: ignore[reportPrivateUsage] - a job tells from when it is heard
    assert books.search("hysteresis").result(WAIT_S) == ()
    assert books.books().result(WAIT_S) == ()
    assert said == [(0.33, "Deleting its text"), (0.67, "Deleting its text")]


def test_a_snippet_shows_no_markup(core: Core, tmp_path: Path) -> None:
    path = tmp_path / "loops.md"
    path.write_text("# A\n\nA **loop** ends `so`:\n\n| a | b |\n|---|---|\n| 1 | $x^2$ |\n")
    text = tmp_path / "loops.txt"
    text.write_text("A **loop** too.")
    books = without_model(core)
    for one in (path, text):
        books.add(one).result(WAIT_S)
    said = {hit.snippet for hit in books.search("loop").result(WAIT_S)}
    assert said == {"A loop ends so: a b 1 x^2", "A **loop** too."}


def test_a_snippet_shows_as_many_of_the_words_as_it_can(core: Core, tmp_path: Path) -> None:
    filler = "Nothing of weight is said in this sentence about anything that matters here. " * 3
    path = tmp_path / "loops.txt"
    path.write_text(
        f"Both ends are included. {filler}This is a loop. It never ends.", encoding="utf-8"
    )
    books = without_model(core)
    books.add(path).result(WAIT_S)
    [hit] = books.search("loop ends").result(WAIT_S)
    assert hit.snippet == "… This is a loop. It never ends."
