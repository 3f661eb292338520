"""Reads an EPUB: a .zip with a list of HTML files in the order in which they are read."""

import posixpath
import urllib.parse
import zipfile
import zlib
from pathlib import Path
from typing import Final

from assistant.domain.book import BookFormat
from assistant.domain.errors import UserFacingError
from assistant.tutor.books.markup import Chapter, Package, chapter_of, package_of, root_file_of
from assistant.tutor.books.pages import (
    MOST_CHARACTERS,
    Page,
    ReadBook,
    Report,
    damaged,
    too_large,
)

_MOST_MEMBERS: Final = 50_000
_MOST_FILE_BYTES: Final = 32 << 20
_MOST_ALL_BYTES: Final = 256 << 20
_CONTAINER: Final = "META-INF/container.xml"
_ENCRYPTION: Final = "META-INF/encryption.xml"
_RIGHTS: Final = ("META-INF/rights.xml", "META-INF/sinf.xml", "META-INF/license.lcpl")


def read_epub(path: Path, report: Report) -> ReadBook:
    """Reads the text of an EPUB that nothing locks.

    Raises:
        UserFacingError: It is protected, damaged or too large.
    """
    try:
        with zipfile.ZipFile(path) as package:
            return _Reading(package, path).book(report)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        RuntimeError,
        LookupError,
        ValueError,
    ) as error:
        # A .zip that is locked itself is a RuntimeError; one with no such member a KeyError.
        raise damaged(path.name) from error


class _Reading:
    """One book; counts what is unpacked, whatever its sizes claim."""

    def __init__(self, package: zipfile.ZipFile, path: Path) -> None:
        self._package = package
        self._path = path
        self._left = _MOST_ALL_BYTES
        self._names = frozenset(package.namelist())

    def book(self, report: Report) -> ReadBook:
        if len(self._names) > _MOST_MEMBERS:
            raise too_large(self._path.name)
        self._refuse_protected()
        root = root_file_of(self._text(_CONTAINER))
        package = package_of(self._text(root))
        files = [
            posixpath.normpath(posixpath.join(posixpath.dirname(root), urllib.parse.unquote(one)))
            for one in package.spine
        ]
        pages: list[Page] = []
        characters = 0
        for at, name in enumerate(files):
            report(at / len(files))
            if name not in self._names:
                continue
            chapter = chapter_of(self._text(name), pages[-1].section if pages else "")
            pages += _pages_of(chapter)
            characters += chapter.characters
            if characters > MOST_CHARACTERS:
                raise too_large(self._path.name)
        return self._made(package, pages)

    def _made(self, package: Package, pages: list[Page]) -> ReadBook:
        numbers = [page.number for page in pages if page.number is not None]
        count = max(numbers, default=0) or len({page.section for page in pages})
        title = package.title or self._path.stem
        return ReadBook(title, package.author, BookFormat.EPUB, tuple(pages), count)

    def _refuse_protected(self) -> None:
        """Fonts are often encrypted, against copying; a book whose text is cannot be read."""
        locked = any(name in self._names for name in _RIGHTS)
        if _ENCRYPTION in self._names and not locked:
            words = self._text(_ENCRYPTION).lower()
            locked = any(ending in words for ending in (".xhtml", ".html", '.htm"', ".opf"))
        if locked:
            raise UserFacingError(
                f"{self._path.name} is copy-protected.",
                "Only books without copy protection (DRM) can be read; ask the shop for one.",
                code="book_protected",
            )

    def _text(self, name: str) -> str:
        with self._package.open(name) as stream:
            most = min(_MOST_FILE_BYTES, self._left)
            data = stream.read(most + 1)
        if len(data) > most:
            raise too_large(self._path.name)
        self._left -= len(data)
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16", "replace")
        return data.decode("utf-8-sig", "replace")


def _pages_of(chapter: Chapter) -> list[Page]:
    return [page for page in chapter.pages if page.text]
