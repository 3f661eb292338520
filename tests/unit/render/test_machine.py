import pytest

from assistant.render.blocks import (
    Alignment,
    Block,
    CodeBlock,
    Heading,
    ListBlock,
    ListItem,
    MathBlock,
    Paragraph,
    Quote,
    Rule,
    Table,
    Text,
)
from assistant.render.machine import MAX_DEPTH
from assistant.render.markdown import parse
from assistant.render.stream import MarkdownStream
from assistant.render.syntax import MAX_COLUMNS


def para(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def only(text: str) -> Block:
    (block,) = parse(text)
    return block


@pytest.mark.parametrize("text", ["", " \n\t\n", "\r\n\r"])
def test_blank_text_has_no_blocks(text: str) -> None:
    assert parse(text) == ()


def test_each_kind_of_block() -> None:
    text = "## H ##\n\np\n***\n> q\n\n```Py x\n\tc\n```\n\n    i\n"
    assert parse(text) == (
        Heading(2, (Text("H"),)),
        para("p"),
        Rule(),
        Quote((para("q"),)),
        CodeBlock("py", "\tc"),
        CodeBlock("", "i"),
    )


def test_a_line_of_dashes_under_a_paragraph_is_a_rule() -> None:
    assert parse("a\n---\nb") == (para("a"), Rule(), para("b"))


def test_html_is_text() -> None:
    assert parse("<script>\nx\n</script>")[0].__class__ is Paragraph
    assert only("<div># a</div>") == para("<div># a</div>")


def test_a_reference_definition_is_text() -> None:
    assert only("[a]: https-x") == para("[a]: https-x")


def test_lists() -> None:
    assert only("3. a\n4. b\n   - c") == ListBlock(
        (
            ListItem((para("a"),)),
            ListItem((para("b"), ListBlock((ListItem((para("c"),)),)))),
        ),
        start=3,
    )
    assert only("- a\n\n- b") == ListBlock(
        (ListItem((para("a"),)), ListItem((para("b"),))), tight=False
    )


def test_task_items() -> None:
    assert only("- [x] a\n- [ ] b\n- [c] d\n- [ ]") == ListBlock(
        (
            ListItem((para("a"),), checked=True),
            ListItem((para("b"),), checked=False),
            ListItem((para("[c] d"),)),
            ListItem((para("[ ]"),)),
        )
    )


def test_a_table_has_as_many_cells_in_each_row_as_in_its_header() -> None:
    assert only("| a | b |\n|:-:|--:|\n| 1 \\| 2 |\n| 3 | 4 | 5 |") == Table(
        ((Text("a"),), (Text("b"),)),
        (Alignment.CENTRE, Alignment.RIGHT),
        (((Text("1 | 2"),), ()), ((Text("3"),), (Text("4"),))),
    )


def test_a_table_too_wide_is_text() -> None:
    wide = "|".join("a" * (MAX_COLUMNS + 1)) + "\n" + "|".join("-" * (MAX_COLUMNS + 1))
    assert isinstance(only(wide), Paragraph)


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("$$\nx = 1\n$$", "x = 1"),
        ("$$x = 1$$", "x = 1"),
        ("$$ x\n= 1 $$", "x\n= 1"),
        (r"\[ x = 1 \]", "x = 1"),
        ("\\[\nx = 1\n\\].", "x = 1\n."),
        ("\\[\n\nx\n\n\\]", "x"),
        ("\\begin{align}\na &= b\n\\end{align}", "\\begin{align}\na &= b\n\\end{align}"),
        (r"\begin{cases} a \end{cases}", r"\begin{cases} a \end{cases}"),
    ],
)
def test_formulas_on_lines_of_their_own(text: str, latex: str) -> None:
    assert only(text) == MathBlock(latex)


def test_a_formula_that_is_never_closed_ends_at_a_blank_line() -> None:
    assert parse("$$\nx\n\nb") == (MathBlock("x", closed=False), para("b"))


def test_text_after_a_formula_is_a_paragraph() -> None:
    assert parse("$$\nx\n$$ where y") == (MathBlock("x"), para("where y"))
    assert isinstance(only("$$x$$ where y"), Paragraph)


@pytest.mark.parametrize("text", ["$$ is money in cash", "\\begin{document}", "$$$"])
def test_what_is_no_formula(text: str) -> None:
    assert isinstance(only(text), Paragraph)


def test_an_open_fence_says_so() -> None:
    assert only("```py\na\n") == CodeBlock("py", "a", closed=False)
    assert only("```py\na\n``") == CodeBlock("py", "a\n``", closed=False)
    assert only("~~~~\n~~~\n~~~~") == CodeBlock("", "~~~")


def test_deep_nesting_ends_as_text() -> None:
    block = only("> " * 10_000 + "a")
    depth = 0
    while isinstance(block, Quote):
        (block,) = block.blocks
        depth += 1
    assert depth == MAX_DEPTH - 1
    assert isinstance(block, Paragraph)


def test_finished_items_of_an_open_list_stay_the_same_objects() -> None:
    stream = MarkdownStream()
    stream.feed("- a\n- b\n- c\n- d\n")
    (before,) = stream.feed("- e").tail
    (after,) = stream.feed(" more\n- f\n").tail
    assert isinstance(before, ListBlock)
    assert isinstance(after, ListBlock)
    assert len(after.items) == 6
    assert all(old is new for old, new in zip(before.items[:3], after.items, strict=False))


def test_a_block_is_committed_when_the_next_one_begins() -> None:
    stream = MarkdownStream()
    assert stream.feed("a\n").committed == ()
    update = stream.feed("\n# b")
    assert update.committed == (para("a"),)
    assert update.tail == (Heading(1, (Text("b"),)),)
    assert stream.finish().committed == (Heading(1, (Text("b"),)),)
