"""``study books``: the learner's textbooks."""

import argparse
from pathlib import Path
from typing import Any

from assistant.cli.opening import open_vault
from assistant.cli.output import Output
from assistant.cli.progress import Progress
from assistant.cli.waiting import outcome
from assistant.domain.book import Book
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import BookId
from assistant.services.core import Core
from assistant.services.study.books import BookHit


def run(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Lists, adds, removes or searches."""
    words = " ".join(arguments.words).strip()
    if (arguments.what == "list") == bool(words):
        raise UserFacingError(
            f"“study books {arguments.what}” takes {'nothing' if words else 'a word'} more.",
            "“study books add FILE”, “remove ID”, “search WORDS”, or “list” alone.",
            code="usage",
        )
    open_vault(core, output)
    {"list": _list, "add": _add, "remove": _remove, "search": _search}[arguments.what](
        core, words, output
    )


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
    if not name.isdecimal():
        raise UserFacingError(
            "A book is removed by its number.",
            "“assistant study books list” shows the numbers.",
            code="usage",
        )
    core.study.books.remove(BookId(int(name))).result()
    output.document({"removed": int(name)}, f"Book {name} is gone.")


def _search(core: Core, words: str, output: Output) -> None:
    hits = outcome(core.study.books.search(words))
    found = "\n\n".join(f"{hit.passage.citation}\n  {hit.snippet}" for hit in hits)
    output.document({"passages": [_hit(hit) for hit in hits]}, found or "Nothing was found.")


def _line(book: Book) -> str:
    by = f" by {book.author}" if book.author else ""
    part = "" if book.by_meaning else ", found by words only"
    return f"{book.id:>4}  {book.title}{by}: {book.pages} pages, {book.passages} passages{part}"


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
