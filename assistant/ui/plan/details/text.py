"""Text over several lines that grows with what is written, and is kept without a button."""

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit

from assistant.ui.theme.fonts import Role
from assistant.ui.theme.theme import Theme

_PAUSE_MS = 2000


class GrowingText(QPlainTextEdit):
    """Kept when it is left, when Ctrl+Enter is pressed, and when writing pauses.

    Args:
        theme: The theme in force.
        name: What belongs here, for screen readers.
        placeholder: Shown while it is empty.
        role: Its font.
        lines: The least and the most lines that it shows.
        one_paragraph: Whether Enter keeps it in place of beginning a line.
    """

    given = Signal(str)
    """Other text than was shown."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        placeholder: str,
        role: Role,
        lines: tuple[int, int],
        *,
        one_paragraph: bool = False,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._role: Role = role
        self._lines = lines
        self._one_paragraph = one_paragraph
        self._kept = ""
        """What is kept, as far as it was shown."""
        self._shown = ""
        """The same, or what was told last and shall be kept."""
        self._told = ""
        """What stood in the field when it was shown or told last; the rest was not told yet."""
        self._since: list[str] = []
        """What was told since: it is not known yet which of it is kept."""
        self.before: tuple[str, ...] = ()
        """What may have been kept when something was told last."""
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.give)
        self.textChanged.connect(self._changed)
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_text(self, text: str) -> None:
        """Shows what is kept; what is just being written stays."""
        self._kept = text
        if text in self._since:
            del self._since[: self._since.index(text) + 1]
        writing = self.toPlainText() != self._told
        if not writing and text != self._shown:
            self._show(text)

    def keep_writing(self) -> None:
        """What was told could not be kept: it stays, to be told again."""
        self._shown = self._told = self._kept

    def write_again(self, text: str) -> None:
        """Shows what was written once and could not be kept, to be told when it is left.

        What is just being written stays.
        """
        if self.toPlainText() == self._kept:
            with QSignalBlocker(self):
                self.setPlainText(text)
            self._fit()

    def replace(self, text: str) -> None:
        """Shows this, whatever was written."""
        self._kept = text
        self._since.clear()
        self._show(text)

    def _show(self, text: str) -> None:
        self._shown = self._told = text
        with QSignalBlocker(self):
            self.setPlainText(text)
        self._pause.stop()
        self._fit()

    def give(self) -> None:
        """Tells what was written, if that is something else than was shown."""
        self._pause.stop()
        self._told = text = self.toPlainText()
        if self._one_paragraph:
            text = " ".join(text.split())
        if text != self._shown and (text or not self._one_paragraph):
            self.before = (self._kept, *self._since)
            self._since.append(text)
            self._shown = text
            self.given.emit(text)
        if self._one_paragraph and not self.hasFocus():
            self._show(self._shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See the class; Esc keeps it, too, and goes on to whatever holds it."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if enter and (held or self._one_paragraph):
            self.give()
        elif event.key() == Qt.Key.Key_Escape:
            self.give()
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keeps what was written."""
        super().focusOutEvent(event)
        self.give()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines break elsewhere."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """A style sheet takes the font away when the parent changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ParentChange:
            self._restyle()

    def _changed(self) -> None:
        self._pause.start()
        self._fit()

    def _fit(self) -> None:
        least, most = self._lines
        lines = min(max(round(self.document().size().height()), least), most)
        line = self.fontMetrics().lineSpacing()
        wanted = lines * line + self._theme.px(12) + 2 * round(self.document().documentMargin())
        if wanted != self.height():
            self.setFixedHeight(wanted)
        over = self.document().size().height() > most
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if over else policy.ScrollBarAlwaysOff
        )

    def _restyle(self) -> None:
        self.setFont(self._theme.font(self._role))
        self._fit()
