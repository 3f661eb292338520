"""What is left of textbooks goes by itself, and never one that a job has in hand."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from assistant.config.paths import profile_paths
from assistant.domain.book import Book, BookFormat
from assistant.domain.errors import Cancelled, EnvironmentProblem, UserFacingError
from assistant.domain.ids import BookId
from assistant.engine.scripted import scripted_engine
from assistant.services.core import Core
from assistant.services.jobs import Job
from assistant.services.options import CoreOptions
from assistant.services.study import book_clearing
from assistant.services.study import books as books_module
from assistant.services.study.books import BookService
from assistant.store.book_remains import BookRemains
from assistant.store.books import NewPassage
from assistant.tutor.books.pages import Page
from tests.helpers.book_files import without_model
from tests.helpers.profile import PASSPHRASE

WAIT_S = 60


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book_clearing, "_AT_ONCE", 2)
    monkeypatch.setattr(books_module, "_AT_ONCE", 2)


def _core(folder: Path) -> Core:
    core = Core(CoreOptions(paths=profile_paths(folder), keyring=False), scripted_engine())
    core.vault.open(PASSPHRASE).result(WAIT_S)
    return core


@pytest.fixture
def core(tmp_path: Path) -> Iterator[Core]:
    made = _core(tmp_path / "profile")
    yield made
    made.close()


def _notes(folder: Path, name: str = "notes") -> Path:
    path = folder / f"{name}.md"
    texts = (f"# Part {n}\n\nThis is about {name} {n}." for n in range(5))
    path.write_text("\n\n".join(texts), encoding="utf-8")
    return path


def _left(core: Core) -> tuple[int, int]:
    def count() -> tuple[int, int]:
        with core.vault.opened().engine.connect() as connection:
            row = connection.exec_driver_sql(
                "SELECT (SELECT count(*) FROM book), (SELECT count(*) FROM bookpassage)"
            ).one()
        return row[0], row[1]

    return core.workers.on_store(count).result(WAIT_S)


def _half_a_book(core: Core) -> BookId:
    """As an import leaves it when the program dies."""

    def begin() -> BookId:
        books = core.study.book_repository()
        new = Book(BookId(0), "Half", "", BookFormat.PDF, 9, 0, core.options.clock.now())
        book = books.begin(new, "half")
        books.add(book, [NewPassage(n, "", "", f"secret {n}") for n in range(5)])
        return book

    return core.workers.on_store(begin).result(WAIT_S)


def _until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + WAIT_S
    while not done():
        assert time.monotonic() < end
        time.sleep(0.01)


class _Halved:
    """The first book that comes in stops after its first passages, until it may go on."""

    def __init__(self, books: BookService, monkeypatch: pytest.MonkeyPatch) -> None:
        self.half, self.may_go_on = threading.Event(), threading.Event()
        self.at_the_end: Callable[[], None] = lambda: None
        self._keep = books._keep  # pyright: ignore[reportPrivateUsage] - what is cut in two
        monkeypatch.setattr(books, "_keep", self._keep_halves)

    def _keep_halves(self, job: Job[Book], book: BookId, passages: Sequence[Page]) -> None:
        self._keep(job, book, passages[:2])
        if not self.half.is_set():
            self.half.set()
            assert self.may_go_on.wait(WAIT_S)
        self._keep(job, book, passages[2:])
        self.at_the_end()
        job.cancel_token.raise_if_cancelled()


def test_what_a_death_of_the_program_left_goes_when_the_vault_is_opened(tmp_path: Path) -> None:
    with_rest = _core(tmp_path)
    kept = without_model(with_rest).add(_notes(tmp_path)).result(WAIT_S)
    hidden = without_model(with_rest).add(_notes(tmp_path, "gone")).result(WAIT_S)
    with_rest.workers.on_store(
        lambda: with_rest.study.book_repository().remains.hide(hidden.id)
    ).result(WAIT_S)
    _half_a_book(with_rest)
    assert _left(with_rest) == (3, 15)
    with_rest.close()
    core = _core(tmp_path)
    try:
        _until(lambda: _left(core) == (1, 5))
        assert without_model(core).books().result(WAIT_S) == (kept,)
    finally:
        core.close()


def test_others_are_heard_while_it_is_cleared_and_the_end_of_the_program_ends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = _core(tmp_path)
    _half_a_book(first)
    first.close()
    monkeypatch.setattr(book_clearing, "_REST_S", WAIT_S)
    core = _core(tmp_path)
    _until(lambda: _left(core) == (1, 3))
    core.close()
    monkeypatch.setattr(book_clearing, "_REST_S", 0.0)
    again = _core(tmp_path)
    try:
        _until(lambda: _left(again) == (0, 0))
    finally:
        again.close()


def test_two_books_come_in_at_once_and_both_are_whole(
    core: Core, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    books = without_model(core)
    halved = _Halved(books, monkeypatch)
    one = books.add(_notes(tmp_path, "one"))
    assert halved.half.wait(WAIT_S)
    two = books.add(_notes(tmp_path, "two")).result(WAIT_S)
    core.study.book_clearing.begin().result(WAIT_S)
    halved.may_go_on.set()
    assert (one.result(WAIT_S).passages, two.passages) == (5, 5)
    assert _left(core) == (2, 10)


def test_one_file_that_comes_in_twice_at_once_is_one_book(
    core: Core, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    books = without_model(core)
    halved = _Halved(books, monkeypatch)
    late = books.add(_notes(tmp_path))
    assert halved.half.wait(WAIT_S)
    kept = books.add(_notes(tmp_path)).result(WAIT_S)
    halved.may_go_on.set()
    with pytest.raises(UserFacingError) as refused:
        late.result(WAIT_S)
    assert refused.value.code == "book_exists"
    assert books.books().result(WAIT_S) == (kept,)
    assert _left(core) == (1, 5)


def test_an_import_that_is_cancelled_is_cleared_in_pieces(
    core: Core, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces: list[int] = []
    real = BookRemains.clear

    def clear(self: BookRemains, book: BookId, most: int) -> int:
        pieces.append(real(self, book, most))
        return pieces[-1]

    monkeypatch.setattr(BookRemains, "clear", clear)
    books = without_model(core)
    halved = _Halved(books, monkeypatch)
    job = books.add(_notes(tmp_path))
    assert halved.half.wait(WAIT_S)
    halved.at_the_end = job.cancel
    halved.may_go_on.set()
    with pytest.raises(Cancelled):
        job.result(WAIT_S)
    assert pieces == [3, 1, 0]
    assert _left(core) == (0, 0)


def test_a_removal_that_is_cancelled_goes_on_behind(
    core: Core, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    books = without_model(core)
    book = books.add(_notes(tmp_path)).result(WAIT_S)
    monkeypatch.setattr(book_clearing, "_AT_ONCE", 1)
    job: Job[None] = Job()

    def hear(_: float, __: str) -> None:
        job.cancel()

    job.on_progress(hear)
    with pytest.raises(Cancelled):
        books._remove(job, book.id)  # pyright: ignore[reportPrivateUsage] - cancelled at its first piece
    assert books.books().result(WAIT_S) == ()
    _until(lambda: _left(core) == (0, 0))


def test_what_goes_wrong_behind_is_told_once(
    core: Core, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    told: list[UserFacingError] = []
    core.on_trouble(told.append)
    full = EnvironmentProblem("The disk is full.", "Make room.", code="disk_full")

    def clear(*_: object) -> int:
        raise full

    _half_a_book(core)
    monkeypatch.setattr(BookRemains, "clear", clear)
    core.workers.on_store(core.vault.close_now).result(WAIT_S)
    core.study.book_clearing.begin().on_done(core._cleared)  # pyright: ignore[reportPrivateUsage] - as the core does
    core.vault.open(PASSPHRASE).result(WAIT_S)
    _until(lambda: bool(told))
    assert told == [full], "that the vault was closed is no trouble"
