"""Formats of an answer's text, made once for a theme and shared by all messages."""

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetrics,
    QTextBlockFormat,
    QTextCharFormat,
    QTextFormat,
    QTextOption,
)

from assistant.render.blocks import Text
from assistant.ui.chat.transcript.flow import LineShape
from assistant.ui.theme.fonts import Role
from assistant.ui.theme.theme import Theme

SOURCE_PROPERTY = QTextFormat.Property.UserProperty + 3
"""What an inline object stands for, in words; it takes its place when text is copied."""
FORMULA_PROPERTY = QTextFormat.Property.UserProperty + 4
CHECKED_PROPERTY = QTextFormat.Property.UserProperty + 5

COLUMN = 640
READING = 600
GUTTER = 34
GAP = 12
INDENT = 26
QUOTE_INDENT = 16
_HEADINGS: dict[int, Role] = {1: "title", 2: "title", 3: "card_title"}
_HEADING_SIZES = {1: 22, 2: 19, 3: 17}
_HEADING_GAP = 22
_CODE_SHARE = 0.88


class TranscriptStyle:
    """Fonts, colours and text formats for one state of the theme.

    Args:
        theme: Read once; make a new style when it changes.
        role: What running text is; smaller where it stands in a card.
    """

    def __init__(self, theme: Theme, role: Role = "reading") -> None:
        self.theme = theme
        self.px = theme.px
        self.reading = theme.font(role)
        self.code = theme.font("code")
        self.line_height = theme.line(role)
        self.gap = theme.px(GAP)
        self.column = theme.px(COLUMN)
        self.reading_width = theme.px(READING)
        self.gutter = theme.px(GUTTER)
        metrics = QFontMetrics(self.reading)
        self.character_width = max(1.0, metrics.averageCharWidth() * 0.98)
        self._inline_code = QFont(self.code)
        self._inline_code.setPixelSize(max(8, round(self.reading.pixelSize() * _CODE_SHARE)))
        self._formats: dict[tuple[Text, int], QTextCharFormat] = {}
        self._blocks: dict[tuple[LineShape, bool, bool, bool], QTextBlockFormat] = {}

    def color(self, token: str) -> QColor:
        """The colour of a token."""
        return self.theme.color(token)

    def heading_font(self, level: int) -> QFont:
        """The font of a heading; small ones are bold prose."""
        role = _HEADINGS.get(level)
        if role is None:
            font = QFont(self.reading)
            font.setWeight(QFont.Weight.DemiBold)
            return font
        font = self.theme.font(role)
        font.setPixelSize(self.px(_HEADING_SIZES[level]))
        return font

    def char_format(self, span: Text, heading: int = 0) -> QTextCharFormat:
        """The format of a run of characters; runs of one style share it."""
        key = (Text("", span.bold, span.italic, span.strike, span.code, span.link), heading)
        made = self._formats.get(key)
        if made is None:
            made = self._make_format(span, heading)
            if not span.link:
                self._formats[key] = made
        return made

    def _make_format(self, span: Text, heading: int) -> QTextCharFormat:
        font = self.heading_font(heading) if heading else QFont(self.reading)
        if span.code:
            size = font.pixelSize()
            font = QFont(self._inline_code)
            font.setPixelSize(max(8, round(size * _CODE_SHARE)))
        if span.bold:
            font.setWeight(QFont.Weight.DemiBold)
        font.setItalic(span.italic)
        font.setStrikeOut(span.strike)
        made = QTextCharFormat()
        made.setFont(font)
        made.setForeground(QBrush(self.color("ink")))
        if span.code:
            made.setBackground(QBrush(self.color("well")))
        if span.link:
            made.setAnchor(True)
            made.setAnchorHref(span.link)
            made.setFontUnderline(True)
            made.setUnderlineColor(self.color("control"))
            made.setToolTip(span.link)
        return made

    def note_format(self) -> QTextCharFormat:
        """Markers of lists and whatever stands for a thing that is not shown."""
        made = QTextCharFormat(self.char_format(Text("")))
        made.setForeground(QBrush(self.color("ink3")))
        return made

    def quote_bars(self, shape: LineShape) -> tuple[int, ...]:
        """How far in the bars of a line's quotations stand, from the outermost."""
        indent, step = self.px(INDENT), self.px(QUOTE_INDENT)
        return tuple(lists * indent + level * step for level, lists in enumerate(shape.quotes))

    def block_format(
        self, shape: LineShape, *, first: bool, tall: bool, right_to_left: bool = False
    ) -> QTextBlockFormat:
        """How a line stands.

        Args:
            shape: Its place.
            first: Nothing stands above it in its document.
            tall: It holds a formula, so its lines may be higher than others.
            right_to_left: It begins at the right, and so is its indent there.
        """
        key = (shape, first, tall, right_to_left)
        made = self._blocks.get(key)
        if made is None:
            made = self._make_block(shape, first=first, tall=tall)
            if right_to_left:
                made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
                made.setRightMargin(made.leftMargin())
                made.setLeftMargin(0)
                if shape.marked:
                    made.setTabPositions([_tab(self.px(INDENT), right=True)])
            self._blocks[key] = made
        return made

    def _make_block(self, shape: LineShape, *, first: bool, tall: bool) -> QTextBlockFormat:
        made = QTextBlockFormat()
        if not first:
            gap = _HEADING_GAP if shape.heading else (4 if shape.close else GAP)
            made.setTopMargin(self.px(gap))
        indent = self.px(INDENT)
        left = shape.depth * indent + shape.quote * self.px(QUOTE_INDENT)
        made.setLeftMargin(left)
        if shape.marked:
            made.setTextIndent(-indent)
            made.setTabPositions([_tab(indent)])
        if shape.heading:
            made.setHeadingLevel(shape.heading)
        if not shape.heading:
            kinds = QTextBlockFormat.LineHeightTypes
            kind = kinds.MinimumHeight if tall else kinds.FixedHeight
            made.setLineHeight(self.line_height, kind.value)
        return made


def _tab(position: float, *, right: bool = False) -> QTextOption.Tab:
    kinds = QTextOption.TabType
    # Where text runs to the left Qt takes the one kind for the other.
    return QTextOption.Tab(position, kinds.RightTab if right else kinds.LeftTab)
