"""The chat place: bar, messages, composer and panel, put together."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.ui.chat.composer import Composer
from assistant.ui.chat.composer_notice import ComposerNotice
from assistant.ui.chat.empty import EmptyChat
from assistant.ui.chat.panel.panel import ChatPanel
from assistant.ui.chat.plan_card import PlanCard
from assistant.ui.chat.summary_bar import SummaryBar
from assistant.ui.chat.top_bar import TopBar
from assistant.ui.chat.transcript.view import TranscriptView
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.tab_order import put_in_order

_DRAFT_MS = 700
_NARROW = 900
"""In windows below this width, in px of the design, the panel lies over the chat."""


class ComposerLine(QWidget):
    """A line above the composer."""

    def tab_stops(self) -> list[QWidget]:
        """What Tab comes to in it, in order."""
        return []


class ChatPlace(QWidget):
    """Lays the parts out. What they do is the controller's.

    Args:
        theme: The theme in force.
        transcript: The messages.
        parent: The owner.
    """

    draft_due = Signal()
    """The typing paused, or the field lost the focus."""
    stop_requested = Signal()

    def __init__(
        self, theme: Theme, transcript: TranscriptView, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName("Chat")
        self.bar = TopBar(theme)
        self.summary = SummaryBar(theme)
        self.transcript = transcript
        self.empty = EmptyChat(theme)
        self.composer = Composer(theme)
        self.panel = ChatPanel(theme)
        transcript.set_empty_widget(self.empty)
        self._offer: ComposerLine | None = None
        self._lines: list[ComposerNotice | PlanCard] = []
        self._offer_line = QHBoxLayout()
        self._foot = QHBoxLayout()
        self._foot.addStretch(1)
        self._foot.addWidget(self.composer, 1000)
        self._foot.addStretch(1)
        work = QVBoxLayout()
        work.setSpacing(0)
        work.addWidget(self.bar)
        work.addWidget(self.summary)
        work.addWidget(transcript, 1)
        self._work = work
        work.addLayout(self._foot)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(0)
        self._line.addLayout(work, 1)
        self._line.addWidget(self.panel)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DRAFT_MS)
        self._timer.timeout.connect(self.draft_due)
        self.composer.text_changed.connect(self._typed)
        self.empty.tried.connect(self.try_words)
        self.bar.panel_requested.connect(self.panel.toggle)
        self.panel.opened.connect(self.bar.panel_button.setChecked)
        theme.changed.connect(self._restyle)
        self._restyle()

    def write(self) -> None:
        """Makes the composer ready for typing."""
        self.composer.field.setFocus()

    def try_words(self, words: str) -> None:
        """Puts words into the composer, to be changed and sent."""
        self.composer.set_text(words)
        self.write()

    def set_offer(self, line: "ComposerLine") -> None:
        """Puts a line above the composer, as wide as that."""
        line.setMaximumWidth(self.composer.maximumWidth())
        self._offer_line.addStretch(1)
        self._offer_line.addWidget(line, 1000)
        self._offer_line.addStretch(1)
        self._work.insertLayout(self._work.indexOf(self._foot), self._offer_line)
        self._offer = line
        self._restyle()

    def add_line(self, line: ComposerNotice | PlanCard) -> None:
        """Puts a line right above the field."""
        self._lines.append(line)
        self.composer.put_above(line)

    def keep_tab_order(self) -> None:
        """From the field to its lines and buttons, the bars and the messages; then the panel.

        The field stays where it is in the window's order: moved behind a line that is shown late,
        it would take all this with it, past the panel, which Tab then never reached.
        """
        field, *buttons = self.composer.tab_stops()
        lines = [line for line in self._lines if not line.isHidden()]
        above = [stop for line in lines for stop in (line.action, line.close_button)]
        if self._offer is not None and not self._offer.isHidden():
            above += self._offer.tab_stops()
        parts = (self.bar, self.summary, self.transcript)
        put_in_order([field, *above, *buttons, *(s for part in parts for s in part.tab_stops())])

    def reveal(self, stop: QWidget) -> None:
        """Scrolls to a message that Tab has reached."""
        self.transcript.stage.reveal(stop)

    def take_draft(self) -> str:
        """What stands in the composer, without waiting for a pause."""
        self._timer.stop()
        return self.composer.text

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the panel where it covers the chat, or stops the answer."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.panel.is_open() and self.panel.is_over():
            self.panel.set_open(False)
        else:
            self.stop_requested.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Puts the panel beside the chat or over it."""
        super().resizeEvent(event)
        self._fit_panel()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the page."""
        QPainter(self).fillRect(self.rect(), self._theme.color("page"))

    def _typed(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _fit_panel(self) -> None:
        over = self.window().width() < self._theme.px(_NARROW)
        if over == self.panel.is_over():
            self.panel.fit()
            return
        if over:
            self._line.removeWidget(self.panel)
        else:
            self._line.addWidget(self.panel)
        self.panel.set_over(over)
        self.panel.raise_()

    def _restyle(self) -> None:
        px = self._theme.px
        self._foot.setContentsMargins(px(20), px(8), px(20), px(18))
        self._offer_line.setContentsMargins(px(20), 0, px(20), 0)
        if self._offer is not None:
            self._offer.setMaximumWidth(self.composer.maximumWidth())
        self._fit_panel()
        self.update()
