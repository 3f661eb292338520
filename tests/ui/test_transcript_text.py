"""Text of an answer: flat lines, documents mended while they grow, nothing loaded."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from assistant.render.markdown import parse
from assistant.ui.chat.transcript.code_card import CodeCard, language_name
from assistant.ui.chat.transcript.flow import Island, Line, flatten, group
from assistant.ui.chat.transcript.live_text import LiveText
from assistant.ui.chat.transcript.math_view import MathView
from assistant.ui.chat.transcript.table_view import TableView, share_width
from assistant.ui.theme.theme import Theme
from tests.helpers.signals import record
from tests.helpers.transcript_stand import Stand, answer, outline, question

RICH = """# Title with `code`

Plain **bold** and *italic* 😀 text, a [link](https://example.org) and $x^2$ maths.
A second line
with a hard  
break.

1. one
   - nested **deep**
   - [x] done
2. two

   ```python
   print("inside")
   ```
3. three

> quoted *words*
>
> > twice

| a | b |
|---|--:|
| 1 | 🎈 |
| `x` | $y$ |

$$\\frac{a}{b}$$

---

![alt](file:///etc/passwd) end 🎉🎉 **unclosed
"""  # noqa: W291 - two blanks at the end of a line are a hard break

pieces = st.lists(st.integers(1, 40), min_size=1, max_size=60)
markdown = st.one_of(
    st.just(RICH),
    st.lists(
        st.sampled_from(
            [
                *("# h\n", "a **b** c\n", "\n", "- x\n", "  - y\n", "> q\n", "1. n\n"),
                *(
                    "| a | b |\n|---|---|\n",
                    "| 1 | 2 |\n",
                    "| 1<br>2 |\n",
                    "$z$ ",
                    "$$w$$\n",
                    "😀",
                    "`c` ",
                ),
                *("- عربي\n", "> עברית\n", "1. א 2\n"),
                *("```\ncode\n", "```\n"),
            ]
        ),
        max_size=40,
    ).map("".join),
)


def cut(text: str, sizes: list[int]) -> list[str]:
    parts: list[str] = []
    at = number = 0
    while at < len(text):
        size = sizes[number % len(sizes)]
        parts.append(text[at : at + size])
        at, number = at + size, number + 1
    return parts


@given(markdown, pieces)
def test_a_stream_ends_as_the_whole_text(text: str, sizes: list[int]) -> None:
    live = LiveText()
    shown: list[tuple[object, ...]] = []
    for part in cut(text, sizes):
        change = live.feed(part)
        assert change.start <= len(shown)
        shown[change.start :] = change.groups
    change = live.finish()
    shown[change.start :] = change.groups
    assert shown == group(flatten(parse(text)))
    assert live.text == text


def test_lists_and_quotes_become_indented_lines() -> None:
    flat = flatten(parse("1. one\n   - two\n\n> said\n\n- [x] done\n"))
    seen = [(each.marker, each.checked, each.shape.depth, each.shape.quote) for each in flat
            if isinstance(each, Line)]  # fmt: skip
    assert seen == [("1.", None, 1, 0), ("◦", None, 2, 0), ("", None, 0, 1), ("•", True, 1, 0)]


def test_code_in_a_list_is_an_island_at_its_depth() -> None:
    flat = flatten(parse("1. one\n   ```py\n   x\n   ```\n2. two\n"))
    assert [type(each) for each in flat] == [Line, Island, Line]
    assert isinstance(flat[1], Island)
    assert flat[1].depth == 1


def formats(document: QTextDocument) -> list[tuple[object, ...]]:
    """Everything that is seen of a document: texts, fonts, anchors, margins."""
    seen: list[tuple[object, ...]] = []
    block = document.begin()
    while block.isValid():
        form = block.blockFormat()
        seen.append(("block", form.leftMargin(), form.topMargin(), form.textIndent()))
        seen.append((form.rightMargin(), form.layoutDirection()))
        iterator = block.begin()
        while not iterator.atEnd():
            fragment = iterator.fragment()
            char = fragment.charFormat()
            font = char.font()
            seen.append(
                (fragment.text(), font.weight(), font.italic(), font.family(), char.anchorHref())
            )
            iterator += 1
        block = block.next()
    return seen


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=markdown, sizes=pieces)
def test_a_mended_document_equals_a_fresh_one(
    stands: list[Stand], text: str, sizes: list[int]
) -> None:
    stand = stands[0]
    live = stand.view
    live.set_messages([])
    both = [answer(1, text), answer(2, text)]
    stand.source.messages = {both[0].id: both[0]}
    live.begin_answer(both[1].id)
    live.set_messages(outline(both))
    for part in cut(text, sizes):
        live.append_text(both[1].id, part)
        live.flush()
    live.finish_answer(both[1])
    stand.settle()
    grown, fresh = stand.texts(2), stand.texts(1)
    assert [type(each) for each in grown] == [type(each) for each in fresh]
    for one, two in zip(grown, fresh, strict=True):
        assert formats(one.document()) == formats(two.document())
    rows = (stand.answer(1), stand.answer(2))
    assert [part.geometry() for part in rows[0].body.parts] == [
        part.geometry() for part in rows[1].body.parts
    ]


@pytest.fixture
def stands(qtbot: QtBot, theme: Theme) -> list[Stand]:
    return [Stand(qtbot, theme, [], (900, 4000))]


def test_every_block_has_its_place(qtbot: QtBot, theme: Theme) -> None:
    stand = Stand(qtbot, theme, [answer(1, RICH)], (1040, 2000))
    parts = stand.answer(1).body.parts
    tops = [part.y() for part in parts]
    assert tops == sorted(tops)
    for above, below in itertools.pairwise(parts):
        assert above.y() + above.height() < below.y()
    assert [type(part).__name__ for part in parts] == [
        "ProseView", "CodeCard", "ProseView", "TableView", "MathView", "ProseView"
    ]  # fmt: skip
    code = parts[1]
    assert isinstance(code, CodeCard)
    assert code.x() > 0
    assert code.width() + code.x() == stand.answer(1).column


def test_html_and_images_stay_words(qtbot: QtBot, theme: Theme) -> None:
    text = '<b onclick="x">bold</b> <img src="file:///dev/zero"> ![pic](//host/share/a.png)'
    stand = Stand(qtbot, theme, [answer(1, text), question(2, text)], (900, 600))
    assert '<b onclick="x">bold</b>' in stand.shown(1)
    assert "[image: pic]" in stand.shown(1)
    assert stand.shown(2) == text


@pytest.mark.parametrize(
    "address", ["file:///dev/zero", "//host/share/a.png", "/etc/passwd", "https://example.org/a"]
)
def test_documents_load_nothing(qtbot: QtBot, theme: Theme, address: str) -> None:
    stand = Stand(qtbot, theme, [answer(1, RICH), question(2)], (900, 900))
    for text in [*stand.texts(1), *stand.texts(2)]:
        for kind in QTextDocument.ResourceType:
            for loader in (text.loadResource, text.document().loadResource):
                loaded = loader(kind.value, QUrl(address))
                assert isinstance(loaded, QImage)
                assert (loaded.width(), loaded.height()) == (1, 1)


def test_a_link_is_told_and_not_opened(qtbot: QtBot, theme: Theme) -> None:
    stand = Stand(qtbot, theme, [answer(1, "[here](https://example.org/a)")], (900, 600))
    text = stand.texts(1)[0]
    assert not text.openLinks()
    spot = text.cursorRect().center() + QPoint(8, 0)
    told = record(stand.view.asks.link_activated)
    QTest.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert told == [("https://example.org/a",)]


def test_code_is_coloured_only_when_its_fence_has_closed(qtbot: QtBot, theme: Theme) -> None:
    stand = Stand(qtbot, theme, [], (900, 600))
    one = answer(1, "")
    stand.view.begin_answer(one.id)
    stand.view.set_messages(outline([one]))
    stand.view.append_text(one.id, "```python\nfor x in y:\n")
    stand.view.flush()
    card = stand.answer(1).body.parts[0]
    assert isinstance(card, CodeCard)
    block = card.text.document().begin()
    QApplication.processEvents()
    assert block.layout().formats() == []
    stand.view.append_text(one.id, "    pass\n```\n")
    stand.view.flush()
    qtbot.waitUntil(lambda: card.text.document().begin().layout().formats() != [])
    first = card.text.document().begin().layout().formats()[0]
    assert (first.start, first.length) == (0, 3)
    assert card.text.toPlainText() == "for x in y:\n    pass"


def test_long_code_is_folded_and_unfolds(qtbot: QtBot, theme: Theme) -> None:
    code = "\n".join(f"line {n}" for n in range(300))
    stand = Stand(qtbot, theme, [answer(1, f"```\n{code}\n```")], (900, 600))
    card = stand.answer(1).body.parts[0]
    assert isinstance(card, CodeCard)
    assert "line 200" not in card.text.toPlainText()
    height = stand.answer(1).height()
    QTest.mouseClick(card.copy_button, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == code
    QTest.mouseClick(card.fold_button, Qt.MouseButton.LeftButton)
    assert card.text.toPlainText() == code
    assert stand.answer(1).height() > height + 250 * 20
    qtbot.waitUntil(lambda: card.copy_button.text() == "Copy")


def test_formulas_are_drawn_and_copied_as_their_source(qtbot: QtBot, theme: Theme) -> None:
    stand = Stand(qtbot, theme, [answer(1, "so $x^2$ is\n\n$$\\frac{a}{b}$$")], (900, 600))
    qtbot.waitUntil(lambda: "\ufffc" in stand.shown(1))
    block = stand.answer(1).body.parts[1]
    assert isinstance(block, MathView)
    qtbot.waitUntil(lambda: block.toPlainText() == "\ufffc")
    assert block.toolTip() == "\\frac{a}{b}"
    assert "frac" in block.accessibleName()
    image = block.grab().toImage()
    ink = sum(
        image.pixelColor(x, y).lightness() < 100
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    )
    assert ink > 10
    stand.answer(1).body.selection.select_all()
    assert stand.answer(1).body.selection.text() == "so $x^2$ is\n\n$$\n\\frac{a}{b}\n$$"


def test_a_selection_goes_on_over_code_and_tables(qtbot: QtBot, theme: Theme) -> None:
    text = "first words\n\n```\ncode\n```\n\nlast words"
    stand = Stand(qtbot, theme, [answer(1, text)], (900, 700))
    first, _, last = stand.texts(1)
    start = first.cursorRect().center() + QPoint(1, 0)
    QTest.mousePress(first.viewport(), Qt.MouseButton.LeftButton, pos=start)
    target = last.viewport().mapToGlobal(QPoint(590, 14))
    QTest.mouseMove(first.viewport(), first.viewport().mapFromGlobal(target))
    QTest.mouseRelease(first.viewport(), Qt.MouseButton.LeftButton)
    QTest.keyClick(first, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "first words\n\ncode\n\nlast words"


def test_a_wide_table_scrolls_by_itself(qtbot: QtBot, theme: Theme) -> None:
    head = "|" + "|".join(f" a rather wide column {n} " for n in range(9)) + "|\n"
    text = head + "|" + "---|" * 9 + "\n" + head
    stand = Stand(qtbot, theme, [answer(1, text)], (900, 600))
    table = stand.answer(1).body.parts[0]
    assert isinstance(table, TableView)
    assert table.width() == stand.answer(1).column
    assert table.horizontalScrollBar().maximum() > 200
    assert table.horizontalScrollBar().value() == 0


def test_a_break_in_a_cell_makes_it_two_lines_high_and_no_wider(qtbot: QtBot, theme: Theme) -> None:
    tables: list[TableView] = []
    for cell in ("word", "word<br>word"):
        source = f"| a | b |\n|---|---|\n| {cell} | b |\n"
        (part,) = Stand(qtbot, theme, [answer(1, source)], (900, 600)).answer(1).body.parts
        assert isinstance(part, TableView)
        tables.append(part)
    one, two = tables
    assert "word\nword" in two.document().toPlainText()
    assert two.height() == one.height() + theme.line("reading")
    columns = [table.cursorRect(table.document().find("b")).left() for table in tables]
    assert columns[0] == columns[1]


@given(st.lists(st.floats(10, 400), min_size=1, max_size=12), st.integers(100, 1200))
def test_columns_fill_the_width_or_keep_their_own(wanted: list[float], width: int) -> None:
    shared = share_width(wanted, width)
    if sum(wanted) < width:
        assert sum(shared) == width
        assert all(each >= int(want) for each, want in zip(shared, wanted, strict=True))
    else:
        assert shared == [round(each) for each in wanted]


def test_languages_have_names() -> None:
    assert [language_name(each) for each in ("py", "cpp", "", "haskell")] == [
        "Python", "C++", "Code", "Haskell"
    ]  # fmt: skip
