"""What an EPUB's files say, read as tags: nothing in them is expanded or fetched.

The tags of HTML and of XML are read with the same tolerant parser: books are made by many
programs, and few of their files are what the standard asks for.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from assistant.tutor.books.pages import Page

_BLOCKS: Final = re.compile(
    r"address|article|aside|blockquote|br|caption|dd|div|dl|dt|figcaption|figure|footer|header|hr"
    r"|main|nav|p|pre|section|table"
)
_KEPT_SPACE: Final = "\x1f"
"""Stands for a space at the beginning of a line of code, until the lines are trimmed."""
_MARK: Final = re.compile(r"\u2022 |\d+\. ")
_LONGEST_NUMBER: Final = 9
_LISTS: Final = frozenset({"ol", "ul"})
_CELLS: Final = frozenset({"td", "th"})
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SILENT: Final = frozenset({"script", "style", "head", "svg", "math", "template"})


@dataclass(slots=True)
class Package:
    """What the list of a book says.

    Args:
        title: "" where it has none.
        author: "" where none is named.
        spine: Files in the order in which they are read, as they are named in the list.
    """

    title: str = ""
    author: str = ""
    spine: list[str] = field(default_factory=list[str])


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file of a book: a page for each heading and each printed page."""

    pages: tuple[Page, ...]

    @property
    def characters(self) -> int:
        """Of all of it."""
        return sum(len(page.text) for page in self.pages)


def root_file_of(container: str) -> str:
    """Where a container says that the list of the book is.

    Raises:
        ValueError: It does not say.
    """
    reader = _Tags()
    reader.feed(container)
    for tag, attributes in reader.tags:
        if tag.endswith("rootfile") and attributes.get("full-path"):
            return attributes["full-path"]
    raise ValueError("no root file")


def package_of(text: str) -> Package:
    """Reads the list of a book.

    Raises:
        ValueError: It names no file to be read.
    """
    reader = _Tags()
    reader.feed(text)
    reader.close()
    files: dict[str, str] = {}
    package = Package(reader.words.get("dc:title", ""), reader.words.get("dc:creator", ""))
    for tag, attributes in reader.tags:
        if tag.endswith("itemref"):
            href = files.get(attributes.get("idref", ""))
            if href is not None:
                package.spine.append(href)
        elif tag.endswith("item") and "html" in attributes.get("media-type", ""):
            files[attributes.get("id", "")] = attributes.get("href", "")
    if not package.spine:
        raise ValueError("nothing to read")
    return package


def chapter_of(text: str, section: str = "") -> Chapter:
    """Reads one file of a book.

    Args:
        text: HTML.
        section: The heading that goes on from the file before.
    """
    reader = _Words(section)
    reader.feed(text)
    reader.close()
    return Chapter(reader.finish())


class _Tags(HTMLParser):
    """Tags with their attributes, and the words of a book's title and author."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: dict[str, str] = {}
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        words = " ".join(data.split())
        if words and self._inside in {"dc:title", "dc:creator"}:
            self.words.setdefault(self._inside, words)


class _Words(HTMLParser):
    """The words of a file, parted at headings and at the ends of printed pages."""

    def __init__(self, section: str) -> None:
        super().__init__()
        self._pages: list[Page] = []
        self._section = section
        self._number: int | None = None
        self._label = ""
        self._pieces: list[str] = []
        self._heading: list[str] | None = None
        self._silent = 0
        self._kept = 0
        self._lists: list[int] = []
        """Of each list that is open, how many items there were; -1 where they have no numbers."""
        self._cells = -1
        """How many the row has that is open; -1 outside of rows."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "math" and attributes.get("alttext"):
            self._add(f"${attributes['alttext']}$")
        if tag in _SILENT:
            self._silent += 1
        elif tag in _HEADINGS:
            self._turn()
            self._heading = []
        elif "pagebreak" in attributes.get("epub:type", "") + attributes.get("role", ""):
            self._turn()
            self._page(attributes.get("title") or attributes.get("aria-label") or "")
        elif tag in _LISTS:
            self._open_list(tag, attributes.get("start", ""))
        elif tag == "li":
            self._open_item()
        elif tag in _CELLS or tag == "tr":
            self._open_cell(tag)
        elif _BLOCKS.fullmatch(tag):
            self._part("\n" if tag == "br" else "\n\n")
        if tag == "pre":
            self._kept += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in {"br", "hr", "img"}:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        elif tag in _HEADINGS and self._heading is not None:
            self._section = " ".join("".join(self._heading).split()) or self._section
            self._heading = None
        elif tag in _LISTS:
            del self._lists[-1:]
            self._part("\n" if self._lists else "\n\n")
        elif tag == "tr":
            self._cells = -1
        elif _BLOCKS.fullmatch(tag):
            self._part("\n\n")
        if tag == "pre":
            self._kept = max(self._kept - 1, 0)

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if self._heading is not None:
            self._heading.append(data)
        else:
            kept = data.replace(" ", _KEPT_SPACE)
            self._add(kept if self._kept else re.sub(r"\s+", " ", data))

    def finish(self) -> tuple[Page, ...]:
        """All pages."""
        self._turn()
        return tuple(self._pages)

    def _open_list(self, tag: str, start: str) -> None:
        first = int(start) if start.isdecimal() and len(start) < _LONGEST_NUMBER else 1
        self._part("\n" if self._lists else "\n\n")
        self._lists.append(first - 1 if tag == "ol" else -1)

    def _open_item(self) -> None:
        mark = "\u2022 "
        if self._lists and self._lists[-1] >= 0:
            self._lists[-1] += 1
            mark = f"{self._lists[-1]}. "
        self._part("\n")
        self._add(2 * _KEPT_SPACE * (len(self._lists) - 1))
        self._add(mark)

    def _open_cell(self, tag: str) -> None:
        if tag == "tr":
            self._part("\n")
            self._cells = 0
            return
        self._add(" | " if self._cells > 0 else " ")
        self._cells += self._cells >= 0

    def _part(self, margin: str) -> None:
        """Begins a line or a paragraph; not behind the mark of an item, nor within a cell."""
        said = next((one for one in reversed(self._pieces) if one.strip(" ")), "\n")
        if self._cells > 0:
            self._add(" ")
        elif not _MARK.fullmatch(said) and not (margin == "\n" and said.endswith("\n")):
            self._add("\n" if margin == "\n\n" and self._lists else margin)

    def _add(self, text: str) -> None:
        if not self._silent:
            self._pieces.append(text)

    def _page(self, name: str) -> None:
        found = re.search(r"\d+|\b[ivxlc]+\b", name.lower())
        self._number = int(found[0]) if found and found[0].isdecimal() else self._number
        self._label = found[0] if found and not found[0].isdecimal() else ""

    def _turn(self) -> None:
        """What was read so far is one page."""
        lines = (
            re.sub(" {2,}", " ", line.strip(" ")) for line in "".join(self._pieces).split("\n")
        )
        text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
        text = text.replace(_KEPT_SPACE, " ").rstrip()
        if text:
            self._pages.append(Page(text, self._number, self._label, self._section))
        self._pieces.clear()
