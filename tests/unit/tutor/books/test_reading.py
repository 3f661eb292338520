"""Books are read with their pages and sections, and what is no book says why."""

from pathlib import Path

import pytest

from assistant.domain.book import BookFormat
from assistant.domain.errors import Cancelled, EnvironmentProblem, UserFacingError
from assistant.tutor.books import pages as limits
from assistant.tutor.books import reading
from assistant.tutor.books.pages import Page, ReadBook
from assistant.tutor.books.passages import LONGEST, passages_of
from tests.helpers.book_files import pdf_writer, write_epub, write_pdf

FOOT = "A small book"
OUTCOMES = {
    *("pdf", "epub", "book_damaged", "book_empty", "book_scanned", "book_locked"),
    *("book_protected", "book_too_large"),
}


def _read(path: Path) -> ReadBook:
    return reading.read_book(path, lambda _: None)


def _code(path: Path) -> str:
    with pytest.raises(UserFacingError) as refused:
        _read(path)
    assert refused.value.hint
    return refused.value.code


def _outcome(path: Path) -> str:
    try:
        return _read(path).format
    except UserFacingError as error:
        return error.code


def test_a_pdf_is_read_by_pages_without_what_stands_on_all_of_them(tmp_path: Path) -> None:
    pages = [
        [
            FOOT,
            f"Chapter {number}",
            "",
            "A limit is what the val-",
            f"ues of {'abcdef'[number]} approach.",
            "",
            str(number),
        ]
        for number in range(1, 6)
    ]
    book = _read(write_pdf(tmp_path / "limits.pdf", pages))
    assert (book.title, book.author, book.format, book.count) == (
        *("A small book", "A. N. Other"),
        *(BookFormat.PDF, 5),
    )
    assert [page.number for page in book.pages] == [1, 2, 3, 4, 5]
    assert "A limit is what the values of d approach." in book.pages[2].text
    assert FOOT not in book.pages[2].text


def test_a_pdf_with_an_outline_and_roman_pages_says_so(tmp_path: Path) -> None:
    from pypdf.constants import PageLabelStyle

    writer = pdf_writer([["Preface of a long book"], ["The sum of two numbers"], ["More sums"]])
    writer.set_page_label(0, 0, style=PageLabelStyle.LOWERCASE_ROMAN)
    writer.set_page_label(1, 2, style=PageLabelStyle.DECIMAL)
    writer.add_outline_item(title="Sums", page_number=1)
    with (tmp_path / "a.pdf").open("wb") as stream:
        writer.write(stream)
    book = _read(tmp_path / "a.pdf")
    assert [(page.label, page.section) for page in book.pages] == [
        *(("i", ""), ("1", "Sums")),
        ("2", "Sums"),
    ]
    assert book.title == "a"


def test_a_pdf_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    text = [["Some words on this page."]]
    assert _code(write_pdf(tmp_path / "locked.pdf", text, "secret")) == "book_locked"
    assert _code(write_pdf(tmp_path / "scan.pdf", [[""]] * 3)) == "book_scanned"
    assert _code(write_pdf(tmp_path / "none.pdf", [])) == "book_empty"
    whole = write_pdf(tmp_path / "whole.pdf", text * 9).read_bytes()
    (tmp_path / "cut.pdf").write_bytes(b"%PDF-1.7\n" + b"\0" * 500)
    assert _code(tmp_path / "cut.pdf") == "book_damaged"
    for at in range(40, len(whole), 97):
        (tmp_path / "odd.pdf").write_bytes(whole[:at] + b"<<>>" + whole[at + 4 :])
        assert _outcome(tmp_path / "odd.pdf") in OUTCOMES


def test_markdown_has_sections_and_text_may_have_pages(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text("Intro.\n\nLimits\n======\nNear.\n```\n# no heading\n```\n## Sums ##\nAll.\n")
    book = _read(path)
    assert (book.title, book.count) == ("Limits", 3)
    assert [(page.section, page.text) for page in book.pages] == [
        ("", "Intro."),
        ("Limits", "Near.\n```\n# no heading\n```"),
        ("Sums", "All."),
    ]
    text = tmp_path / "old.txt"
    text.write_bytes("Größe\fzwei".encode("cp1252"))
    assert [(page.number, page.text) for page in _read(text).pages] == [(1, "Größe"), (2, "zwei")]
    text.write_text("über", encoding="utf-16")
    assert _read(text).pages == (Page("über"),)


def test_a_heading_is_plain_words_and_code_holds_none(tmp_path: Path) -> None:
    path = tmp_path / "n.md"
    path.write_text(
        "# The *chain* [rule](http://x)\n\n```text\nSum\n===\n~~~\n# no\n```\n\n"
        "## `f` of $a*b*c$\n\n    kept\n\nSo.\n"
    )
    assert [(page.section, page.text) for page in _read(path).pages] == [
        ("The chain rule", "```text\nSum\n===\n~~~\n# no\n```"),
        ("`f` of $a*b*c$", "    kept\n\nSo."),
    ]


def test_an_epub_keeps_its_lists_tables_and_code(tmp_path: Path) -> None:
    chapter = """<h1>All</h1><ul><li>one</li><li><p>two</p>
        <ol start="3"><li>a</li><li>b</li></ol></li></ul>
        <table><tr><th>Name</th> <th>Age</th></tr><tr><td><p>Ann</p></td>
        <td>3</td></tr></table><pre>def f():\n    return  1</pre>"""
    [page] = _read(write_epub(tmp_path / "a.epub", {"a.xhtml": chapter})).pages
    assert page.text.split("\n\n") == [
        "\u2022 one\n\u2022 two\n  3. a\n  4. b",
        "Name | Age\nAnn | 3",
        "def f():\n    return  1",
    ]


def test_an_epub_is_read_in_its_order_with_headings_and_printed_pages(tmp_path: Path) -> None:
    one = """<html><head><title>x</title><style>p {}</style></head><body><h1>Chords</h1>
        <p>A triad&nbsp;has <b>three</b> notes: <math alttext="1, 3, 5"><mn>1</mn></math>.</p>
        <span epub:type="pagebreak" title="7"/><pre>C  E\n  G</pre><script>no()</script>"""
    two = "<p>It goes on.</p><h2>Scales</h2><p>Steps.<br/>Whole.</p>"
    book = _read(write_epub(tmp_path / "h.epub", {"a b.xhtml": one, "two.xhtml": two}))
    assert (book.title, book.author, book.count) == ("Harmony", "A. N. Other", 7)
    assert [(page.section, page.number, page.text) for page in book.pages] == [
        ("Chords", None, "A triad has three notes: $1, 3, 5$."),
        ("Chords", 7, "C  E\n  G"),
        ("Chords", None, "It goes on."),
        ("Scales", None, "Steps.\nWhole."),
    ]


def test_an_epub_that_cannot_be_read_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "book.epub"
    good = {"a.xhtml": "<p>Words.</p>"}
    drm = '<encryption><CipherReference URI="OEBPS/a.xhtml"/></encryption>'
    fonts = '<encryption><CipherReference URI="OEBPS/font.otf"/></encryption>'
    assert _code(write_epub(path, good, {"META-INF/encryption.xml": drm})) == "book_protected"
    assert _code(write_epub(path, good, {"META-INF/rights.xml": "<r/>"})) == "book_protected"
    assert _read(write_epub(path, good, {"META-INF/encryption.xml": fonts})).pages
    assert _code(write_epub(path, {})) == "book_damaged"
    assert _code(write_epub(path, {"a.xhtml": "<p></p>"})) == "book_empty"
    whole = write_epub(path, good).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert _code(path) == "book_damaged"
    for at in range(0, len(whole), 29):
        path.write_bytes(whole[:at] + b"\xff\xff" + whole[at + 2 :])
        assert _outcome(path) in OUTCOMES
    bomb = write_epub(path, {"a.xhtml": "<p>" + "0" * (40 << 20)})
    assert bomb.stat().st_size < 1 << 20
    assert _code(bomb) == "book_too_large"


def test_what_is_no_file_for_it_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "book.docx").write_text("x")
    assert _code(tmp_path / "book.docx") == "book_format_unknown"
    assert _code(tmp_path / "gone.pdf") == "file_not_found"
    (tmp_path / "folder.txt").mkdir()
    assert _code(tmp_path / "folder.txt") == "file_not_found"
    path = tmp_path / "a.txt"
    path.write_bytes(b"")
    assert _code(path) == "book_empty"
    path.write_bytes(b"\0\1\2")
    assert _code(path) == "book_format_unknown"
    path.write_text("--- ... ---")
    assert _code(path) == "book_empty"
    monkeypatch.setitem(reading.MOST_BYTES, BookFormat.TEXT, 5)
    assert _code(path) == "book_too_large"


def test_a_file_that_the_disk_does_not_give_and_a_reading_that_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_pdf(tmp_path / "a.pdf", [["Some words on this page."]])

    def give_up(_: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        reading.read_book(path, give_up)
    monkeypatch.setattr("assistant.tutor.books.pdf.MOST_CHARACTERS", 5)
    assert limits.MOST_CHARACTERS > 5
    assert _code(path) == "book_too_large"

    def broken(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", broken)
    with pytest.raises(EnvironmentProblem) as refused:
        _read(path)
    assert refused.value.code == "file_unreadable"


def test_passages_are_short_whole_and_stay_on_their_page() -> None:
    long = "word " * 1_000
    pages = [
        Page("One. " * 300 + "\n\nShort.\n\nEnd.", 3, "", "S"),
        Page(long, 4),
        Page("x" * 2_000, 5),
        Page("…", 6),
    ]
    passages = list(passages_of(pages))
    assert all(0 < len(passage.text) <= LONGEST + 1 for passage in passages)
    assert {passage.number for passage in passages} == {3, 4, 5}
    for page in pages[:3]:
        of_page = [one.text for one in passages if one.number == page.number]
        assert "".join("".join(of_page).split()) == "".join(page.text.split())
    assert passages[0].section == "S"


def test_code_and_tables_are_cut_between_lines_alone() -> None:
    row = "| " + " | ".join(["a. B"] * 9) + " |"
    table = "\n".join(["| h " * 9 + "|", "|---" * 9 + "|", *[row] * 40])
    code = "```python\n" + "\n\n".join(f"    x = {n}. + 1" for n in range(90)) + "\n```"
    page = Page(f"Before.\n\n{table}\n\n{code}\n\n  - nested", section="S")
    texts = [one.text for one in passages_of([page])]
    assert len(texts) > 3
    assert all(len(text) <= LONGEST for text in texts)
    lines = [line for text in texts for line in text.splitlines() if line.strip()]
    assert lines == [line for line in page.text.splitlines() if line.strip()]


def test_a_title_that_a_program_wrote_gives_way_to_the_files_name(tmp_path: Path) -> None:
    titles: list[str] = []
    for title in ("Microsoft Word - draft_final2.docx", "Untitled-1", "Salts  and acids", "A.tex"):
        writer = pdf_writer([["This page is about salts."]])
        writer.add_metadata({"/Title": title})
        path = tmp_path / "Chemistry.pdf"
        writer.write(path)
        titles.append(_read(path).title)
    assert titles == ["Chemistry", "Chemistry", "Salts and acids", "Chemistry"]
