"""Text over a few lines, for what is drawn and not laid out."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption


def wrapped(text: str, font: QFont, width: float, most: int) -> tuple[tuple[str, ...], bool]:
    """The lines of a text, broken between words and within those that are too long for a line.

    Args:
        text: Without line breaks.
        font: In which it is drawn.
        width: Of the lines, in px.
        most: How many lines there may be; what the last one has no room for is left out.

    Returns:
        The lines, and whether something is left out.
    """
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    starts: list[int] = []
    layout.beginLayout()
    while len(starts) <= most:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(1.0, width))
        starts.append(line.textStart())
    layout.endLayout()
    ends = [*starts[1:], len(text)]
    lines = [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]
    if len(lines) <= most:
        return tuple(lines), False
    rest = text[starts[most - 1] :].strip()
    mode = Qt.TextElideMode.ElideRight
    return (*lines[: most - 1], QFontMetricsF(font).elidedText(rest, mode, width)), True
