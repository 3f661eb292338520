"""The row of icons under a message, and the line of words under an answer."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimerEvent, Signal, SignalInstance
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from assistant.domain.conversation import PLANNER, Feedback, Message, MessageOutline
from assistant.ui.chat.transcript.asks import Asks
from assistant.ui.chat.transcript.author import AuthorLabel
from assistant.ui.chat.transcript.style import TranscriptStyle
from assistant.ui.chat.transcript.words import (
    AGAIN,
    ASK_MODEL,
    PIN,
    SEPARATOR,
    UNPIN,
    Phrase,
    spoken,
)
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import IconButton
from assistant.ui.widgets.painting import box, draw_centred

_SIDE, _STEP, _DIVIDER = 28, 30, 15
_COPIED_FOR_MS = 1600
_UNBOUNDED = 1 << 20


class WordsLine(QWidget):
    """A quiet line of pieces divided by points; pieces that do not fit are left out.

    Args:
        style: Fonts and colours.
        parent: The owner.
    """

    def __init__(self, style: TranscriptStyle, parent: QWidget) -> None:
        super().__init__(parent)
        self._style = style
        self._phrases: tuple[Phrase, ...] = ()
        self.line = style.theme.line("small")

    def set_phrases(self, phrases: tuple[Phrase, ...]) -> None:
        """Says something else."""
        if phrases != self._phrases:
            self._phrases = phrases
            self.setAccessibleName(spoken(phrases))
            self.setToolTip(spoken(phrases) if len(phrases) > 3 else "")  # noqa: PLR2004 - short lines are never cut
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the pieces from the left."""
        theme = self._style.theme
        painter = QPainter(self)
        x = 0
        for index, phrase in enumerate(self._phrases):
            painter.setFont(theme.font("small_medium" if phrase.strong else "small"))
            text = phrase.text if index == 0 else SEPARATOR + phrase.text
            width = painter.fontMetrics().horizontalAdvance(text)
            if x + width > self.width() + 1:
                rest = painter.fontMetrics()
                text = rest.elidedText(text, Qt.TextElideMode.ElideRight, self.width() - x)
            painter.setPen(theme.color("ink2" if phrase.strong else "ink3"))
            area = QRect(x, 0, self.width() - x, self.height())
            painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), text)
            x += width


class NumbersToggle(QToolButton):
    """The word Numbers with an arrow; opens the line of numbers."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setText("Numbers")
        self.setAccessibleName("Numbers of this answer")
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFont(theme.font("small_medium"))

    def sizeHint(self) -> QSize:
        """As wide as the word and the arrow."""
        px = self._theme.px
        width = self.fontMetrics().horizontalAdvance(self.text()) + px(16 + 8 + 16)
        return QSize(width, px(_SIDE))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the word and the arrow."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        if self.underMouse():
            box(painter, self.rect(), px(7), theme.color("well"))
        painter.setPen(theme.color("ink2"))
        painter.setFont(self.font())
        inside = self.rect().adjusted(px(8), 0, 0, 0)
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), self.text())
        arrow = "chevron-up" if self.isChecked() else "chevron-down"
        spot = QRect(self.width() - px(24), 0, px(16), self.height())
        draw_centred(painter, spot, theme.icons.pixmap(arrow, 16, "ink2"))


class CopyButton(IconButton):
    """Copies a text and says so for a moment."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, "copy", "Copy", parent=parent)
        self.text_to_copy = ""
        self._timer = 0
        self.clicked.connect(self._copy)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.text_to_copy)
        self.set_icon_name("check")
        self.set_name("Copied")
        self._timer = self.startTimer(_COPIED_FOR_MS)

    def timerEvent(self, event: QTimerEvent) -> None:
        """Says Copy again."""
        if event.timerId() != self._timer:
            super().timerEvent(event)
            return
        self.killTimer(self._timer)
        self.set_icon_name("copy")
        self.set_name("Copy")


class ActionRow(QWidget):
    """The icons under a message, from the left; the Numbers button, or the author, at the right.

    Args:
        style: Measures.
        asks: Where wishes go.
        parent: The owner.
    """

    edit_wanted = Signal()
    numbers_toggled = Signal(bool)

    def __init__(self, style: TranscriptStyle, asks: Asks, parent: QWidget) -> None:
        super().__init__(parent)
        self._style = style
        self._asks = asks
        self._message: Message | None = None
        self._versions: tuple[object, ...] = ()
        self._row: list[QWidget | None] = []
        self._dividers: list[QPoint] = []
        self.copy = CopyButton(style.theme, self)
        self.pin = self._button("pin", PIN, self._toggle_pin)
        self.pin.setCheckable(True)
        self._version = _Version(style.theme, self)
        self._earlier = self._button("chevron-left", "Earlier version", self._go_back)
        self._later = self._button("chevron-right", "Later version", self._go_on)
        self._thumbs: dict[Feedback, IconButton] = {}
        self.numbers: NumbersToggle | None = None
        self.author: AuthorLabel | None = None
        self._again: IconButton | None = None
        self._of_models: tuple[IconButton, ...] = ()

    def build_for_answer(self) -> None:
        """Everything that can be done with an answer."""
        asks = self._asks
        again = self._button("refresh-cw", AGAIN, lambda: self._ask(asks.regenerate_requested))
        go_on = self._button("step-forward", "Continue", lambda: self._ask(asks.continue_requested))
        up = self._thumb(Feedback.UP, "thumbs-up", "Good answer")
        down = self._thumb(Feedback.DOWN, "thumbs-down", "Bad answer")
        self._again, self._of_models = again, (go_on, up, down)
        branch = self._button(
            "git-branch", "Branch into a new chat", lambda: self._ask(asks.branch_requested)
        )
        self._row = [
            self.copy,
            self._button("pencil", "Edit", self.edit_wanted.emit),
            again,
            branch,
            go_on,
            self.pin,
            self._button("trash-2", "Delete", lambda: self._ask(asks.delete_requested)),
            None,
            up,
            down,
        ]
        self.numbers = NumbersToggle(self._style.theme, self)
        self.numbers.toggled.connect(self.numbers_toggled)
        self.author = AuthorLabel(self._style.theme, self)

    def build_for_question(self) -> None:
        """Everything that can be done with the user's own words."""
        self._row = [
            self.copy,
            self._button("pencil", "Edit", self.edit_wanted.emit),
            self.pin,
            self._button("trash-2", "Delete", lambda: self._ask(self._asks.delete_requested)),
        ]

    def show_message(self, message: Message, outline: MessageOutline) -> None:
        """Fits the buttons to a message."""
        self._message = message
        self._versions = outline.versions
        self.copy.text_to_copy = message.content
        several = len(outline.versions) > 1
        for widget in (self._earlier, self._version, self._later):
            widget.setVisible(several)
        if several:
            number = outline.versions.index(outline.id)
            self._version.set_words(f"{number + 1} / {len(outline.versions)}")
            self._earlier.setEnabled(number > 0)
            self._later.setEnabled(number + 1 < len(outline.versions))
        self._show_pinned(pinned=message.pinned)
        self._fit_to(message)
        for feedback, thumb in self._thumbs.items():
            thumb.setChecked(message.feedback is feedback)
        self.lay_out()

    def _fit_to(self, message: Message) -> None:
        """What the planner says from the plan is not gone on with, nor a model's good answer.

        Where a model has numbers, it has its name.
        """
        by_planner = message.model == PLANNER
        if self._again is not None:
            self._again.set_name(ASK_MODEL if by_planner else AGAIN)
        for button in self._of_models:
            button.setVisible(not by_planner)
        if self.numbers is not None and self.author is not None:
            said = message.numbers is not None or bool(message.model)
            self.numbers.setVisible(said and not by_planner)
            self.author.setVisible(by_planner)

    def needed_width(self) -> int:
        """As wide as the buttons from the left are when they stand in one line."""
        return self._place(_UNBOUNDED)[0]

    def lay_out(self) -> None:
        """Places the buttons; those that do not fit go on in another line."""
        self._place(self.width())

    def height_for(self, width: int) -> int:
        """The height of the buttons when they have ``width``."""
        return self._place(width)[1]

    def buttons(self) -> list[QWidget]:
        """From left to right, those that can be reached now."""
        row = [widget for widget in self._row if widget is not None]
        row += [self._earlier, self._later]
        if self.numbers is not None:
            row.append(self.numbers)
        return [each for each in row if each.isVisibleTo(self) and each.isEnabled()]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the dividers."""
        px = self._style.px
        painter = QPainter(self)
        colour = self._style.color("line2")
        for spot in self._dividers:
            painter.fillRect(spot.x(), spot.y() + px(6), 1, px(16), colour)

    def _place(self, width: int) -> tuple[int, int]:
        """Places everything within ``width``; returns the right edge and the height."""
        px = self._style.px
        x, y, right, self._dividers = 0, 0, 0, []
        several = self._version.isVisibleTo(self)
        row = [one for one in self._row if one not in self._of_models or one.isVisibleTo(self)]
        if row and row[-1] is None:
            row.pop()
        row += [*([None, self._earlier, self._version, self._later] if several else [])]
        for widget in row:
            if widget is None:
                self._dividers.append(QPoint(x + px(6), y))
                x += px(_DIVIDER)
                continue
            wide = widget.sizeHint().width()
            if x and x + wide > width:
                x, y = 0, y + px(_STEP)
            widget.setGeometry(x, y, wide, px(_SIDE))
            x += max(wide, px(_STEP)) if isinstance(widget, IconButton) else wide
            right = max(right, x)
        for widget in (self.numbers, self.author):
            if widget is not None and widget.isVisibleTo(self):
                size = widget.sizeHint()
                if x + size.width() > width:
                    y += px(_STEP)
                widget.setGeometry(width - size.width(), y, size.width(), size.height())
        return right, y + px(_SIDE)

    def _button(self, icon: str, name: str, pressed: Callable[[], object]) -> IconButton:
        button = IconButton(self._style.theme, icon, name, parent=self)

        def clicked() -> None:  # without the argument that Qt would hand on
            pressed()

        button.clicked.connect(clicked)
        return button

    def _thumb(self, feedback: Feedback, icon: str, name: str) -> IconButton:
        thumb = self._button(icon, name, lambda: self._judge(feedback))
        thumb.setCheckable(True)
        self._thumbs[feedback] = thumb
        return thumb

    def _toggle_pin(self) -> None:
        pinned = self.pin.isChecked()
        self._show_pinned(pinned=pinned)
        if self._message is not None:
            self._asks.pin_requested.emit(self._message.id, pinned)

    def _show_pinned(self, *, pinned: bool) -> None:
        self.pin.setChecked(pinned)
        self.pin.set_name(UNPIN if pinned else PIN)

    def _judge(self, feedback: Feedback) -> None:
        chosen = feedback if self._thumbs[feedback].isChecked() else Feedback.NONE
        for each, thumb in self._thumbs.items():
            thumb.setChecked(each is chosen)
        if self._message is not None:
            self._asks.feedback_changed.emit(self._message.id, chosen)

    def _ask(self, wish: SignalInstance) -> None:
        if self._message is not None:
            wish.emit(self._message.id)

    def _go_back(self) -> None:
        self._go(-1)

    def _go_on(self) -> None:
        self._go(1)

    def _go(self, step: int) -> None:
        if self._message is not None:
            number = self._versions.index(self._message.id) + step
            if 0 <= number < len(self._versions):
                self._asks.version_requested.emit(self._versions[number])


class _Version(QWidget):
    """Says which version is shown."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = ""
        self.setFont(theme.font("small"))

    def set_words(self, words: str) -> None:
        """``2 / 3``."""
        self._words = words
        self.setAccessibleName(f"Version {words}")
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the words."""
        width = self.fontMetrics().horizontalAdvance(self._words)
        return QSize(width + self._theme.px(8), self._theme.px(_SIDE))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the words."""
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self._theme.color("ink2"))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._words)
