"""Several answers of which one is right: rows that a click or a digit takes."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.services.study.practice import Given, Judged
from assistant.ui.study.exercise.markdown_view import Drawing, MarkdownView
from assistant.ui.study.exercise.pane import AnswerPane
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.icon_label import IconLabel
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.painting import box

_RADIO, _MOST_KEYS = 16, 9


class ChoiceRow(QWidget):
    """One answer: a digit, a circle, and its text."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, drawing: Drawing, place: int, text: str) -> None:
        super().__init__()
        self._theme = theme
        self._place = place
        self._on = False
        self._over = False
        self._verdict: bool | None = None
        self.text = text
        self._row = row = QHBoxLayout(self)
        self._view = MarkdownView(theme, drawing, "reading")
        self._view.show_text(text)
        self._view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row.addWidget(self._view, 1)
        self._sign = IconLabel(theme, "check", 16, "good")
        self._sign.hide()
        row.addWidget(self._sign)
        key = PlainLabel(theme, str(place + 1) if place < _MOST_KEYS else "", "small", "ink3")
        row.addWidget(key)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{place + 1}: {text}")
        theme.changed.connect(self._restyle)
        self._restyle()

    @property
    def on(self) -> bool:
        """Whether it is taken."""
        return self._on

    def set_on(self, on: bool) -> None:  # noqa: FBT001 - a setter of one value
        """Takes it, or another."""
        if on != self._on:
            self._on = on
            self._verdict = None
            self._sign.hide()
            self.update()

    def set_verdict(self, right: bool) -> None:  # noqa: FBT001 - a setter of one value
        """Says whether it was right."""
        self._verdict = right
        self._sign.set_icon("check" if right else "x", "good" if right else "bad")
        self._sign.show()
        self.update()

    def focus_shape(self) -> tuple[QRect, int]:
        """The row."""
        return self.rect(), self._theme.px(7)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes it."""
        if event.button() is Qt.MouseButton.LeftButton and self.isEnabled():
            self.chosen.emit(self._place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space takes it."""
        if event.key() == Qt.Key.Key_Space:
            self.chosen.emit(self._place)
        else:
            event.ignore()

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer is over it."""
        self._over = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer has left."""
        self._over = False
        self.update()

    def minimumSizeHint(self) -> QSize:
        """High enough for a finger."""
        return super().minimumSizeHint().expandedTo(QSize(0, self._theme.px(44)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the row and its circle."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        wrong, right = self._verdict is False, self._verdict is True
        ground = "badsoft" if wrong else "goodsoft" if right else "card"
        if ground == "card" and self._over and self.isEnabled() and not self._on:
            ground = "well"
        edge = "bad" if wrong else "good" if right else "lampline" if self._on else "line2"
        width = 1.5 if self._on else 1.0
        box(painter, self.rect(), px(7), theme.color(ground), theme.color(edge), width)
        side = px(_RADIO)
        circle = QRectF(px(15), (self.height() - side) / 2, side, side)
        painter.setPen(QPen(theme.color("lampline" if self._on else "control"), 1.5))
        painter.setBrush(theme.color("lamp") if self._on else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(circle.adjusted(1, 1, -1, -1))
        if self._on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("onlamp"))
            inner = side * 0.3
            painter.drawEllipse(circle.adjusted(inner, inner, -inner, -inner))

    def _restyle(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(44), px(10), px(14), px(10))
        self._row.setSpacing(px(10))
        self.update()


class ChoicePane(AnswerPane):
    """Rows and a button that checks.

    Args:
        theme: The theme in force.
        drawing: Formulas and workers.
    """

    def __init__(self, theme: Theme, drawing: Drawing) -> None:
        super().__init__()
        self._theme = theme
        self._drawing = drawing
        self.rows: list[ChoiceRow] = []
        self._ended = False
        self._card = Card(theme, 16)
        self._card.body.addWidget(PlainLabel(theme, "Choose one", "card_title"))
        self._card.body.addSpacing(theme.px(4))
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.px(8))
        self._card.body.addLayout(self._list)
        self._card.body.addSpacing(theme.px(4))
        foot = QHBoxLayout()
        self._note = PlainLabel(theme, "", "small", "ink2")
        self.check = Button(theme, "Check", "primary", icon="check")
        self.check.clicked.connect(self._give)
        foot.addWidget(self._note, 1)
        foot.addWidget(self.check)
        self._card.body.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)
        column.addStretch(1)

    @property
    def taken(self) -> int:
        """Which answer is taken, from 0; -1 for none."""
        return next((place for place, row in enumerate(self.rows) if row.on), -1)

    def show_exercise(self, given: Given) -> None:
        """Shows the choices; what was taken before is taken again."""
        for place, choice in enumerate(given.exercise.choices):
            row = ChoiceRow(self._theme, self._drawing, place, choice.text)
            row.chosen.connect(self.take)
            self.rows.append(row)
            self._list.addWidget(row)
            if choice.text == given.draft:
                row.set_on(True)
        count = min(len(self.rows), _MOST_KEYS)
        self._note.setText(f"Keys 1 to {count} choose, Enter checks" if count else "")
        self.check.setEnabled(self.taken >= 0)

    def take(self, place: int) -> None:
        """Takes one of them."""
        if self._ended or not 0 <= place < len(self.rows):
            return
        for at, row in enumerate(self.rows):
            row.set_on(at == place)
        self.rows[place].setFocus(Qt.FocusReason.OtherFocusReason)
        self.check.setEnabled(True)
        self.changed.emit(self.rows[place].text)

    def show_judged(self, judged: Judged) -> None:
        """Marks the one that was taken."""
        right = judged.grade.correct
        if right is not None and self.taken >= 0:
            self.rows[self.taken].set_verdict(right)

    def set_busy(self, busy: bool) -> None:  # noqa: FBT001 - a setter of one value
        """No second answer meanwhile."""
        self.check.setEnabled(not busy and self.taken >= 0 and not self._ended)

    def end(self) -> None:
        """The rows stay, and are no more taken."""
        self._ended = True
        self.check.hide()
        self._note.hide()
        for row in self.rows:
            row.setEnabled(False)

    def focus_answer(self) -> None:
        """To the row that is taken, else to the first."""
        if self.rows:
            self.rows[max(self.taken, 0)].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits take, arrows move, Enter checks."""
        key = event.key()
        digit = key - Qt.Key.Key_1.value
        if 0 <= digit < min(len(self.rows), _MOST_KEYS):
            self.take(digit)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.rows:
            step = 1 if key == Qt.Key.Key_Down else -1
            self.take((self.taken + step) % len(self.rows))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._give()
        else:
            event.ignore()

    def _give(self) -> None:
        if self.taken >= 0 and self.check.isEnabled() and not self._ended:
            self.answered.emit(self.rows[self.taken].text)
