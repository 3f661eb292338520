"""Reads Markdown and plain text."""

import codecs
import re
from pathlib import Path

from assistant.domain.book import BookFormat
from assistant.domain.errors import UserFacingError
from assistant.tutor.books.pages import Page, ReadBook, Report

_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t]*#*$")
_FENCE = re.compile(r"^[ \t]*(```|~~~)")
_RULED = re.compile(r"^(?:=+|-{3,})\s*$")


def read_markdown(path: Path, report: Report) -> ReadBook:
    """Reads Markdown, a section for each heading; the first heading is the title."""
    report(0.0)
    text = _decoded(path)
    pages: list[Page] = []
    section, lines, fenced = "", list[str](), False
    first = ""
    for line in _with_marked_headings(text.splitlines()):
        fenced ^= bool(_FENCE.match(line))
        heading = None if fenced else _HEADING.match(line)
        if heading is None:
            lines.append(line)
            continue
        pages.append(Page("\n".join(lines).strip(), section=section))
        section, lines = heading[2], []
        first = first or section
    pages.append(Page("\n".join(lines).strip(), section=section))
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


def _with_marked_headings(lines: list[str]) -> list[str]:
    """Headings that are underlined with === become # headings; --- may be a rule, and stays."""
    out: list[str] = []
    for line in lines:
        if _RULED.match(line) and line.startswith("=") and out and out[-1].strip():
            out[-1] = f"# {out[-1].strip()}"
        else:
            out.append(line)
    return out


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
