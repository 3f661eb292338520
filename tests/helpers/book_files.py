"""Books made for tests: PDF with and without text or a lock, and EPUB."""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdf import PdfWriter

    from assistant.services.core import Core
    from assistant.services.study.books import BookService

CONTAINER = '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'


def pdf_writer(pages: Sequence[Sequence[str]]) -> "PdfWriter":
    """A PDF whose pages say these lines, one below the other."""
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    reference = writer._add_object(font)  # pyright: ignore[reportPrivateUsage] - the only way to make text with it
    for lines in pages:
        page = writer.add_blank_page(595, 842)
        fonts = DictionaryObject({NameObject("/F1"): reference})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        shown = " ".join(f"({line}) Tj T*" if line else "T*" for line in lines)
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 11 Tf 13 TL 60 780 Td {shown} ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(stream)  # pyright: ignore[reportPrivateUsage] - as above
    return writer


def write_pdf(path: Path, pages: Sequence[Sequence[str]], password: str = "") -> Path:
    """A PDF of these lines, locked where a password is given."""
    writer = pdf_writer(pages)
    writer.add_metadata({"/Title": "A small book", "/Author": "A. N. Other"})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    with path.open("wb") as stream:
        writer.write(stream)
    return path


def write_epub(path: Path, chapters: Mapping[str, str], extra: Mapping[str, str] = {}) -> Path:
    """An EPUB of these HTML files, and whatever else is to be in it."""
    items = "".join(
        f'<item id="c{at}" href="{name}" media-type="application/xhtml+xml"/>'
        for at, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="c{at}"/>' for at in range(len(chapters)))
    opf = (
        "<package><metadata><dc:title>Harmony</dc:title><dc:creator>A. N. Other</dc:creator>"
        f"</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("META-INF/container.xml", CONTAINER)
        package.writestr("OEBPS/book.opf", opf)
        for name, text in chapters.items():
            package.writestr(f"OEBPS/{name}", text)
        for name, text in extra.items():
            package.writestr(name, text)
    return path


def without_model(core: "Core") -> "BookService":
    """The textbooks of a core, found by their words alone."""
    from assistant.services.study.books import BookService

    return BookService(
        core.workers,
        core.options.clock,
        core.study.book_repository,
        lambda: None,
        "none",
        core.study.book_clearing,
    )
