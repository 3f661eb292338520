"""Reads Markdown and plain text."""

import codecs
import re
from pathlib import Path

from assistant.domain.book import BookFormat
from assistant.domain.errors import UserFacingError
from assistant.tutor.books.fences import fence_after
from assistant.tutor.books.pages import Page, ReadBook, Report

_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t]*#*$")
_RULED = re.compile(r"^ {0,3}=+\s*$")
_MARKS = re.compile(r"(\*{1,3}|`+|~~)(?=\S)(.+?)(?<=\S)\1")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")


def read_markdown(path: Path, report: Report) -> ReadBook:
    """Reads Markdown, a section for each heading; the first heading is the title."""
    report(0.0)
    text = _decoded(path)
    pages: list[Page] = []
    section, lines, fence, first = "", list[str](), "", ""
    for line in text.splitlines():
        fence = fence_after(line, fence)
        heading = "" if fence else _heading_of(line, lines)
        if not heading:
            lines.append(line)
            continue
        pages.append(Page(_trimmed(lines), section=section))
        section, lines = heading, []
        first = first or section
    pages.append(Page(_trimmed(lines), section=section))
    pages = [page for page in pages if page.text]
    return ReadBook(first or path.stem, "", BookFormat.MARKDOWN, tuple(pages), len(pages))


def read_text(path: Path, report: Report) -> ReadBook:
    """Reads plain text; form feeds part its pages, where it has any."""
    report(0.0)
    parts = _decoded(path).split("\f")
    paged = len(parts) > 1
    pages = tuple(
        Page(part.strip(), number if paged else None)
        for number, part in enumerate(parts, start=1)
        if part.strip()
    )
    return ReadBook(path.stem, "", BookFormat.TEXT, pages, len(parts) if paged else len(pages))


def _heading_of(line: str, before: list[str]) -> str:
    """The words of a heading that ends with a line; "" where none does.

    One that is underlined with === is taken from the lines before; --- may be a rule, and stays.
    """
    marked = _HEADING.match(line)
    if marked is not None:
        return _words(marked[2])
    if _RULED.match(line) and before and before[-1].strip():
        return _words(before.pop().strip())
    return ""


def _words(heading: str) -> str:
    """A heading is cited in a line of plain words."""
    if "$" in heading:
        return heading  # a star may be a product
    words = _MARKS.sub(r"\2", _LINK.sub(r"\1", heading))
    return " ".join(words.split()) or heading


def _trimmed(lines: list[str]) -> str:
    return "\n".join(lines).strip("\n").rstrip()


def _decoded(path: Path) -> str:
    """The text of a file: UTF-8, UTF-16 with its mark, or Windows-1252.

    Raises:
        UserFacingError: It is no text.
    """
    data = path.read_bytes()
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    if "\0" in text:
        raise UserFacingError(
            f"{path.name} is not text.",
            "Choose a PDF, an EPUB, Markdown (.md) or text (.txt).",
            code="book_format_unknown",
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")
