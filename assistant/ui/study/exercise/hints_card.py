"""The ladder of hints: what was shown, what can be, what it costs, and what credit is left."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from assistant.domain.study import Rung
from assistant.tutor.hints.ladder import Ladder, RungState, RungView
from assistant.ui.study.exercise.markdown_view import Drawing, MarkdownView
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.labels import PlainLabel

_MARK, _GAP = 26, 12
_BUTTONS = {
    Rung.NUDGE: "Show the nudge",
    Rung.IDEA: "Show the concept",
    Rung.PART: "Show a part of it",
    Rung.SOLUTION: "Show the solution",
}


class _Mark(QWidget):
    """The number of a rung in a circle, and the line down to the next."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rung, self._state = Rung.NUDGE, RungState.LOCKED
        self._lit, self._last = False, False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def show_rung(self, view: RungView, *, lit: bool, last: bool) -> None:
        self._rung, self._state, self._lit, self._last = view.rung, view.state, lit, last
        self.update()

    def sizeHint(self) -> QSize:
        side = self._theme.px(_MARK)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, side = self._theme, self._theme.px(_MARK)
        painter = QPainter(self)
        if not self._last:
            x = side // 2
            painter.fillRect(x, side, 1, self.height() - side, theme.color("line2"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = self._state is RungState.SHOWN
        edge = (
            "lampline" if self._lit else "line2" if self._state is RungState.LOCKED else "control"
        )
        painter.setPen(QPen(theme.color(edge), 1.25))
        painter.setBrush(theme.color("lampsoft" if self._lit else "well" if shown else "card"))
        half = side / 2
        painter.drawEllipse(QPointF(half, half), half - 1, half - 1)
        words = "lampink" if self._lit else "ink3" if self._state is RungState.LOCKED else "ink"
        painter.setPen(theme.color(words))
        painter.setFont(theme.font("small_medium"))
        painter.drawText(QRectF(0, 0, side, side), Qt.AlignmentFlag.AlignCenter, f"{self._rung:d}")


class _RungRow(QWidget):
    pressed = Signal()

    def __init__(self, theme: Theme, drawing: Drawing) -> None:
        super().__init__()
        px = theme.px
        self._mark = _Mark(theme)
        self._title = PlainLabel(theme, "", "interface_semibold")
        self._costs = PlainLabel(theme, "", "small", "ink2")
        self._text = MarkdownView(theme, drawing, "interface")
        self._opens = PlainLabel(theme, "", "small", "ink3", wrap=True)
        self.button = Button(theme, "", icon="lightbulb", small=True)
        self.button.clicked.connect(self.pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(_GAP))
        row.addWidget(self._mark)
        column = QVBoxLayout()
        column.setContentsMargins(0, px(3), 0, px(16))
        column.setSpacing(px(6))
        self._column = column
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._costs)
        column.addLayout(head)
        column.addWidget(self._text)
        column.addWidget(self._opens)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        row.addLayout(column, 1)
        self._theme = theme

    def show_rung(self, view: RungView, *, lit: bool, last: bool, ended: bool) -> None:
        self._mark.show_rung(view, lit=lit, last=last)
        locked = view.state is RungState.LOCKED
        self._title.setText(view.title)
        self._title.set_role("interface" if locked else "interface_semibold")
        self._title.set_colour("ink2" if locked else "ink")
        whole = view.rung is Rung.SOLUTION
        self._costs.setText("no credit" if whole else f"\u2212 {view.costs:.0%}".replace("%", " %"))
        self._text.setVisible(view.state is RungState.SHOWN)
        if view.state is RungState.SHOWN:
            self._text.show_text(view.text)
        self.button.setText(_BUTTONS[view.rung])
        self.button.setVisible(view.state is RungState.OPEN and not ended)
        self._column.setContentsMargins(0, self._theme.px(3), 0, 0 if last else self._theme.px(16))
        said = view.opens or view.text or ""
        self.setAccessibleName(f"Hint {view.rung:d}, {view.title}. {said}".strip())

    def say_what_opens(self, words: str) -> None:
        self._opens.setText(words)
        self._opens.setVisible(bool(words))


class HintsCard(Card):
    """The ladder of one exercise.

    Args:
        theme: The theme in force.
        drawing: Formulas and workers.
    """

    hint_wanted = Signal()

    def __init__(self, theme: Theme, drawing: Drawing) -> None:
        super().__init__(theme, 16)
        self._drawing = drawing
        self._credit = PlainLabel(theme, "", "small", "ink2")
        head = QHBoxLayout()
        head.addWidget(PlainLabel(theme, "Hints", "card_title"), 1)
        head.addWidget(self._credit)
        self.body.addLayout(head)
        self.body.addSpacing(theme.px(4))
        self._rows: list[_RungRow] = []
        self._shown: _RungRow | None = None
        self.setAccessibleName("Hints")

    @property
    def shown(self) -> QWidget | None:
        """The last of the rungs that are shown."""
        return self._shown

    def show_ladder(self, ladder: Ladder, *, ended: bool = False) -> None:
        """Shows where the learner stands.

        Args:
            ladder: The ladder.
            ended: The exercise is over, so nothing can be asked for any more.
        """
        views = ladder.rungs
        self._make_rows(len(views))
        self._shown = None
        said = ""
        for place, row in enumerate(self._rows):
            view = views[place]
            lit = view.rung == ladder.rung and not ended
            if view.state is RungState.SHOWN:
                self._shown = row
            row.show_rung(view, lit=lit, last=place == len(views) - 1, ended=ended)
            row.say_what_opens(view.opens if view.opens != said and not ended else "")
            said = view.opens
        self._credit.setText(f"Credit now {round(ladder.credit * 100)} %")
        self.setVisible(bool(views))

    def _make_rows(self, count: int) -> None:
        """New ones: rows that were used keep heights that they had."""
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = [_RungRow(self._theme, self._drawing) for _ in range(count)]
        for row in self._rows:
            row.pressed.connect(self.hint_wanted)
            self.body.addWidget(row)
            row.show()

    def allow(self, allowed: bool) -> None:  # noqa: FBT001 - a setter of one value
        """Whether a rung can be asked for just now."""
        for row in self._rows:
            row.button.setEnabled(allowed)
