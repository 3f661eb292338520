"""Where lists and quotations stand, in scripts of both directions."""

import pytest
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from assistant.render.markdown import parse
from assistant.ui.chat.transcript.flow import Line, flatten
from assistant.ui.chat.transcript.prose import ProseView
from assistant.ui.theme.theme import Theme
from tests.helpers.transcript_stand import Stand, answer

WORDS = {"left": "word " * 40, "right": "كلمة " * 40}


def prose(qtbot: QtBot, theme: Theme, text: str) -> ProseView:
    stand = Stand(qtbot, theme, [answer(1, text)], (900, 800))
    (part,) = stand.answer(1).body.parts
    assert isinstance(part, ProseView)
    return part


def x_of(view: ProseView, block: int, position: int) -> int:
    cursor = QTextCursor(view.document().findBlockByNumber(block))
    cursor.setPosition(cursor.position() + position)
    return view.cursorRect(cursor).left()


@pytest.mark.parametrize("marker", ["- ", "1. "])
def test_a_list_that_runs_to_the_left_mirrors_one_that_runs_to_the_right(
    qtbot: QtBot, theme: Theme, marker: str
) -> None:
    text = f"{marker}{{0}}\n{marker.replace('1', '2')}{{0}}\n   {marker}{{0}}\n"
    left, right = (prose(qtbot, theme, text.format(WORDS[side])) for side in ("left", "right"))
    assert right.horizontalScrollBar().maximum() == 0
    width = right.viewport().width()
    begins = len(marker.strip()) + 1  # the marker and a tab
    for block in range(3):
        # Figures run to the right everywhere, so before a number means at its other side.
        for position, within in ((0, 2 if marker == "- " else 12), (begins, 2)):
            mirrored = width - x_of(right, block, position)
            assert abs(mirrored - x_of(left, block, position)) <= within


def test_the_direction_of_a_line_is_that_of_its_first_letter() -> None:
    text = "1. 7 שלום and more\n\nand שלום\n\n123\n\n**عربي** $x$\n"
    lines = [piece for piece in flatten(parse(text)) if isinstance(piece, Line)]
    assert [line.right_to_left for line in lines] == [True, False, False, True]


@pytest.mark.parametrize(
    ("text", "block", "bars"),
    [
        ("> said", 0, [0]),
        ("- one\n  > said", 1, [26]),
        ("- one\n  - two\n    > said", 2, [52]),
        ("> - said", 0, [0]),
        ("> > said", 0, [0, 16]),
        ("- one\n  > > said", 1, [26, 42]),
        ("> - one\n>   > said", 1, [0, 42]),
    ],
)
def test_the_bar_of_a_quotation_stands_before_its_words(
    qtbot: QtBot, theme: Theme, text: str, block: int, bars: list[int]
) -> None:
    view = prose(qtbot, theme, text)
    begins = x_of(view, block, 0)
    cursor = QTextCursor(view.document().findBlockByNumber(block))
    y = view.cursorRect(cursor).bottom() - 1
    image = view.viewport().grab().toImage()
    colour = theme.color("line2")
    drawn = [x for x in range(begins) if image.pixelColor(x, y) == colour]
    assert drawn == [x for bar in bars for x in (bar, bar + 1)]
