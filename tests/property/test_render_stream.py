"""Any split of any text into pieces gives, at every moment, the blocks of the text so far."""

import itertools

from hypothesis import example, given
from hypothesis import strategies as st

from assistant.render.markdown import parse
from assistant.render.plain import to_plain
from assistant.render.stream import MarkdownStream
from tests.property.test_render_blocks import PIECES

FORMULAS = [
    *("$$", "$$\n", "\n$$\nx\n$$\n", "\\[", "\\]", "\\(x\\)", "$x$", "$5 ", "\\"),
    *("\\begin{align}\n", "\\end{align}", "\r", "\r\n", "\0", "[a](https://b.c)", "&amp;"),
    *("- [ ] a", "- [x] ", "https://a.b ", "![a](b)", "\u2028", "\u00e9", "\U0001f600"),
]
PIECE = st.sampled_from(PIECES + FORMULAS) | st.text(max_size=6)
TEXT = st.lists(PIECE, max_size=20).map("".join)


@st.composite
def texts_in_pieces(draw: st.DrawFn) -> list[str]:
    text = draw(TEXT)
    cuts = draw(st.lists(st.integers(0, len(text)), max_size=12).map(sorted))
    return [text[a:b] for a, b in itertools.pairwise([0, *cuts, len(text)])]


@given(texts_in_pieces())
@example(["a\r", "\nb"])
@example(["a\r", "", "\n\nb"])
@example(["- a\n", "\n- b\n", "\n```\nx", "\n"])
@example(["a | b\n", "-|", "-\n1|2", "\n> c"])
@example(["$$\nx\n", "\n\n", "$", "$"])
def test_committed_blocks_and_tail_are_the_whole_parse(pieces: list[str]) -> None:
    stream = MarkdownStream()
    committed = stream.feed("").committed
    text = ""
    for piece in pieces:
        text += piece
        update = stream.feed(piece)
        committed += update.committed
        assert (*committed, *update.tail) == parse(text)
    last = stream.finish()
    assert last.tail == ()
    assert (*committed, *last.committed) == parse(text)


@given(TEXT)
def test_any_text_has_a_plain_form(text: str) -> None:
    assert isinstance(to_plain(parse(text)), str)
