"""``study books``: the learner's textbooks."""

import argparse
from pathlib import Path
from typing import Any, Final

from assistant.cli.opening import open_vault
from assistant.cli.output import Output
from assistant.cli.progress import Progress
from assistant.cli.waiting import outcome
from assistant.domain.book import Book, BookFormat
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import BookId
from assistant.services.core import Core
from assistant.services.study.books import BookHit

_LONGEST_NUMBER: Final = 19


def run(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Lists, adds, renames, removes or searches."""
    words = " ".join(arguments.words).strip()
    if (arguments.what == "list") == bool(words):
        raise UserFacingError(
            f"“study books {arguments.what}” takes {'nothing' if words else 'a word'} more.",
            "“study books add FILE”, “rename ID TITLE”, “remove ID”, “search WORDS”, or “list” "
            "alone.",
            code="usage",
        )
    open_vault(core, output)
    _DOES[arguments.what](core, words, output)


def _list(core: Core, _: str, output: Output) -> None:
    books = core.study.books.books().result()
    output.document(
        {"books": [_book(book) for book in books]},
        "\n".join(map(_line, books)) or "No books yet. “assistant study books add FILE” adds one.",
    )


def _add(core: Core, name: str, output: Output) -> None:
    job = core.study.books.add(Path(name))
    job.on_progress(Progress(output).part)
    book = outcome(job)
    output.document({"book": _book(book)}, _line(book))


def _remove(core: Core, name: str, output: Output) -> None:
    book = _number(name)
    core.study.books.remove(book).result()
    output.document({"removed": book}, f"Book {book} is gone.")


def _rename(core: Core, words: str, output: Output) -> None:
    name, _, title = words.partition(" ")
    book = core.study.books.rename(_number(name), title).result()
    output.document({"book": _book(book)}, _line(book))


def _number(name: str) -> BookId:
    if not name.isdecimal():
        raise UserFacingError(
            "A book is named by its number.",
            "“assistant study books list” shows the numbers.",
            code="usage",
        )
    # There is no book 0, and none whose number is longer than any number of a row.
    return BookId(int(name) if len(name) < _LONGEST_NUMBER else 0)


def _search(core: Core, words: str, output: Output) -> None:
    hits = outcome(core.study.books.search(words))
    found = "\n\n".join(f"{hit.passage.citation}\n  {hit.snippet}" for hit in hits)
    output.document({"passages": [_hit(hit) for hit in hits]}, found or "Nothing was found.")


_DOES: Final = {
    "list": _list,
    "add": _add,
    "rename": _rename,
    "remove": _remove,
    "search": _search,
}


def _line(book: Book) -> str:
    by = f" by {book.author}" if book.author else ""
    part = "" if book.by_meaning else ", found by words only"
    unit = "pages" if book.format is BookFormat.PDF else "sections"
    about = f"{book.format}, {book.pages} {unit}, {book.passages} passages"
    return f"{book.id:>4}  {book.title}{by}: {about}, added {book.added:%Y-%m-%d}{part}"


def _book(book: Book) -> dict[str, Any]:
    return {
        "id": book.id,
        "title": book.title,
        "author": book.author,
        "format": book.format,
        "pages": book.pages,
        "passages": book.passages,
        "by_meaning": book.by_meaning,
        "added": book.added.isoformat(),
    }


def _hit(hit: BookHit) -> dict[str, Any]:
    passage = hit.passage
    return {
        "book": passage.book,
        "title": passage.title,
        "page": passage.page,
        "label": passage.label,
        "section": passage.section,
        "citation": passage.citation,
        "snippet": hit.snippet,
        "text": passage.text,
        "by_words": hit.by_words,
        "by_meaning": hit.by_meaning,
    }
