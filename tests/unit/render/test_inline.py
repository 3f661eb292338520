import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.render.blocks import ImageChip, Inline, InlineMath, LineBreak, Paragraph, Text
from assistant.render.inline import PIECE, InlineParser
from assistant.render.markdown import parse
from assistant.render.plain import spans_to_plain


def spans(text: str) -> tuple[Inline, ...]:
    return InlineParser().parse(text)


def formulas(text: str) -> list[str]:
    return [span.latex for span in spans(text) if isinstance(span, InlineMath)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "a **b** *c* ~~d~~",
            [("a ", ""), ("b", "b"), (" ", ""), ("c", "i"), (" ", ""), ("d", "s")],
        ),
        ("***a***", [("a", "bi")]),
        ("`a*b*`", [("a*b*", "c")]),
        ("**`a`**", [("a", "bc")]),
        (r"\*a\* &lt;b&gt;", [("*a* <b>", "")]),
        ("<b onclick=x>a</b>", [("<b onclick=x>a</b>", "")]),
        ("snake_case_name", [("snake_case_name", "")]),
    ],
)
def test_styles(text: str, expected: list[tuple[str, str]]) -> None:
    found = [
        (x.text, "".join(n for n, on in zip("bisc", flags(x), strict=True) if on))
        for x in spans(text)
        if isinstance(x, Text)
    ]
    assert found == expected


def flags(span: Text) -> tuple[bool, bool, bool, bool]:
    return span.bold, span.italic, span.strike, span.code


def test_a_line_break_in_the_source_is_one_on_the_screen() -> None:
    expected = (Text("a"), LineBreak(), Text("b"), LineBreak(), Text("c"), LineBreak(), Text("d"))
    assert spans("a\nb  \nc\\\nd") == expected


@pytest.mark.parametrize("tag", ["<br>", "<br/>", "<BR />", "<br> "])
def test_a_break_in_a_cell_is_one_on_the_screen(tag: str) -> None:
    broken = InlineParser().parse(f"**a{tag}b** c", cell=True)
    assert broken == (Text("a", bold=True), LineBreak(), Text("b", bold=True), Text(" c"))
    assert spans(f"a{tag}b") == (Text(f"a{tag}b"),), "only there"


@pytest.mark.parametrize("text", ["`<br>`", r"\<br>", "<brand>", "<br", "<br x>", "<b>"])
def test_what_is_no_break_stays_words_in_a_cell(text: str) -> None:
    shown = InlineParser().parse(text, cell=True)
    assert spans_to_plain(shown) == text.strip("`").replace("\\", "")


@settings(max_examples=60)
@given(st.lists(st.sampled_from(["a", "**", "`", "<br>", "<", " ", "$x$", "[l](https://a.b)"])))
def test_a_cell_says_what_a_paragraph_says_but_for_its_breaks(parts: list[str]) -> None:
    source = "".join(parts)
    parser = InlineParser()
    as_text, as_cell = (spans_to_plain(parser.parse(source, cell=cell)) for cell in (False, True))
    blank = str.maketrans("", "", " \n")
    assert as_cell.translate(blank).replace("<br>", "") == as_text.translate(blank).replace(
        "<br>", ""
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$x^2$ is", ["x^2"]),
        (r"\(x\) and \[y\]", ["x", "y"]),
        ("$$x$$ here", ["x"]),
        ("$a_1 * b * c_2$", ["a_1 * b * c_2"]),
        (r"$\$5$", [r"\$5"]),
        (r"$\text{a and b}$", [r"\text{a and b}"]),
        ("$5, and $x$ is", ["x"]),
        ("costs $5 and $10", []),
        ("from US$5 to A$7.", []),
        ("$5 to US$", []),
        ("$5/month, $10/year", []),
        ("a $ b $ c", []),
        ("`$x$`", []),
        (r"\$x\$", []),
        (r"\[citation needed\]", []),
        ("$", []),
        ("$$", []),
        (r"\(", []),
    ],
)
def test_formulas_are_told_from_prices(text: str, expected: list[str]) -> None:
    assert formulas(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](https://b.c)", (Text("a", link="https://b.c"),)),
        ("<https://b.c>", (Text("https://b.c", link="https://b.c"),)),
        ("see https://b.c/d_(e).", ("see ", "https://b.c/d_(e)", ".")),
        ("(https://b.c)", ("(", "https://b.c", ")")),
        ("https://b.c/d_e_f", ("", "https://b.c/d_e_f", "")),
        ("[a](mailto:b@c.d)", (Text("a", link="mailto:b@c.d"),)),
        ("[a](file:///etc/passwd)", (Text("a"), Text(" (file:///etc/passwd)"))),
        ("[a](javascript:x)", (Text("a"), Text(" (javascript:x)"))),
        (r"[a](//host/share)", (Text("a"), Text(" (//host/share)"))),
        ("[](https://b.c)", (Text("https://b.c", link="https://b.c"),)),
        ("[a][b]", (Text("[a][b]"),)),
        ("`https://b.c`", (Text("https://b.c", code=True),)),
        ("http://", (Text("http://"),)),
    ],
)
def test_only_web_and_mail_addresses_are_links(text: str, expected: tuple[object, ...]) -> None:
    match expected:
        case (str(before), str(address), str(after)):
            wanted = [Text(before), Text(address, link=address), Text(after)]
            found = spans(text)
            assert found == tuple(span for span in wanted if span.text)
        case _:
            found = spans(text)
            # Neighbours of one style are one span.
            assert spans_to_plain(found) == spans_to_plain(
                [x for x in expected if isinstance(x, Text)]
            )
            assert {x.link for x in found if isinstance(x, Text)} == {
                x.link for x in expected if isinstance(x, Text)
            }


def test_an_image_is_a_chip_that_keeps_no_bytes() -> None:
    assert spans("![a **b**](c.png)") == (ImageChip("a b", "c.png"),)
    assert spans("![a](data:image/png;base64,AAAA)") == (ImageChip("a", ""),)


def test_a_long_paragraph_loses_no_letter_and_only_markup_over_a_seam() -> None:
    sentence = "Some **bold words** and `code` in a sentence. "
    text = sentence * (5 * PIECE // len(sentence))
    (paragraph,) = parse(text)
    assert isinstance(paragraph, Paragraph)
    assert spans_to_plain(paragraph.spans) == text.replace("*", "").replace("`", "").strip()
    assert sum(isinstance(x, Text) and x.bold for x in paragraph.spans) == text.count(" **")


def test_a_word_longer_than_a_piece_stays_whole() -> None:
    word = "a" * (3 * PIECE)
    assert spans(word) == (Text(word),)
