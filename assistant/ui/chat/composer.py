"""The composer: the field, the model picker, the context meter, Send and Stop."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.domain.model import ModelState, ModelStatus
from assistant.ui.chat.composer_buttons import SendButton, StopButton
from assistant.ui.chat.composer_notice import ComposerNotice
from assistant.ui.chat.composer_text import ComposerText
from assistant.ui.chat.panel.context import usage_words
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import IconButton
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.meters import RingMeter
from assistant.ui.widgets.painting import box
from assistant.ui.widgets.state_button import DotState, StateButton

WIDTH, RADIUS = 680, 14
_NARROW = 600
_DOTS: dict[ModelState, DotState] = {
    ModelState.NONE: "none",
    ModelState.LOADING: "loading",
    ModelState.READY: "ready",
    ModelState.NOT_FOUND: "missing",
    ModelState.FAILED: "missing",
}


def model_words(status: ModelStatus) -> str:
    """The state of the model as the picker says it."""
    name = status.model.name if status.model is not None else ""
    match status.state:
        case ModelState.LOADING:
            return f"Loading · {name} · {status.progress:.0%}".replace("%", " %")
        case ModelState.READY:
            return f"Ready · {name}"
        case ModelState.NOT_FOUND:
            return f"Not found · {name}" if name else "Not found"
        case ModelState.FAILED:
            return f"Cannot be loaded · {name}"
        case ModelState.NONE:
            return "Choose a model"


class Composer(QWidget):
    """Where a message is written.

    Args:
        theme: The theme in force.
        parent: The owner.
    """

    send_requested = Signal(str)
    stop_requested = Signal()
    text_changed = Signal()
    plus_requested = Signal()
    """The menu of things to add."""
    model_requested = Signal()
    """The menu of models."""
    context_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._writing = False
        self._usage_words = ("", "")
        self.notice = ComposerNotice(theme)
        self.field = ComposerText(theme)
        self.plus = IconButton(theme, "plus", "Add a file, or begin a temporary chat")
        self.model = StateButton(theme, framed=False)
        self._ring = RingMeter(theme, "Context used")
        self._usage = PlainLabel(theme, "", "small", "ink2")
        self.send = SendButton(theme)
        self.stop = StopButton(theme)
        self.setAccessibleName("Composer")
        self._column = QVBoxLayout(self)
        self._inset = QHBoxLayout()
        self._line = QHBoxLayout()
        self._build()
        theme.changed.connect(self._restyle)
        self._restyle()
        self.set_writing(writing=False)
        self.set_usage(None, 0)

    def _build(self) -> None:
        for widget in (self.plus, self.model):
            self._line.addWidget(widget)
        self._line.addStretch(1)
        for widget in (self._ring, self._usage, self.stop, self.send):
            self._line.addWidget(widget)
        self._line.insertSpacing(self._line.indexOf(self.stop), self._theme.px(6))
        self._column.addWidget(self.notice)
        self._inset.addWidget(self.field)
        self._column.addLayout(self._inset)
        self._column.addLayout(self._line)
        self._column.setSpacing(0)
        self.field.textChanged.connect(self._changed)
        self.field.send_requested.connect(self._send)
        self.send.clicked.connect(self._send)
        self.stop.clicked.connect(self.stop_requested)
        self.plus.clicked.connect(self.plus_requested)
        self.model.clicked.connect(self.model_requested)
        self.field.focus_changed.connect(self.update)
        self.setFocusProxy(self.field)

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self.field.toPlainText()

    @property
    def usage_words(self) -> str:
        """How full the context is, as it says it; empty while that is not known."""
        return "" if self._usage.isHidden() else self._usage_words[0]

    def tab_stops(self) -> list[QWidget]:
        """The field, what stands above it, and the buttons below."""
        notice = self.notice
        return [
            *(self.field, notice.action, notice.close_button),
            *(self.plus, self.model, self.stop, self.send),
        ]

    def put_above(self, line: QWidget) -> None:
        """Puts a line above the field, below the one that is always there."""
        self._column.insertWidget(self._column.indexOf(self._inset), line)

    def set_text(self, text: str) -> None:
        """Puts ``text`` into the field, the cursor at its end."""
        self.field.setPlainText(text)
        self.field.moveCursor(self.field.textCursor().MoveOperation.End)

    def set_writing(self, *, writing: bool) -> None:
        """Turns Send into Stop while an answer is written, and back."""
        had_focus = self.stop.hasFocus() or self.send.hasFocus()
        self._writing = writing
        self.stop.setVisible(writing)
        self.send.setVisible(not writing)
        self.field.setPlaceholderText(
            "Write the next question while this one is answered" if writing else "Ask anything"
        )
        self._changed_look()
        if had_focus:
            self.field.setFocus()

    def set_model(self, status: ModelStatus) -> None:
        """Shows the state of the model."""
        self.model.set_state(_DOTS[status.state], model_words(status))
        if status.detail and status.state in (ModelState.NOT_FOUND, ModelState.FAILED):
            self.model.setToolTip(status.detail)

    def set_usage(self, used_tokens: int | None, context_length: int) -> None:
        """Shows how full the context is; nothing while that is not known."""
        known = used_tokens is not None and context_length > 0
        self._ring.setVisible(known)
        self._usage.setVisible(known)
        if used_tokens is None or context_length <= 0:
            return
        share = used_tokens / context_length
        percent = f"{min(share, 1):.0%}".replace("%", " %")
        self._ring.set_share(share)
        self._usage_words = (f"Context {percent} of {context_length:,}", percent)
        tip = usage_words(used_tokens, context_length)
        for widget in (self._usage, self._ring):
            widget.setToolTip(tip)
            widget.setAccessibleDescription(tip)
        self._fit_words()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere in the box goes to the field; one on the meter opens its panel."""
        if (
            self._ring.geometry()
            .united(self._usage.geometry())
            .contains(event.position().toPoint())
        ):
            self.context_requested.emit()
        else:
            self.field.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the box."""
        theme = self._theme
        edge = "control" if self.field.hasFocus() else "line2"
        box(QPainter(self), self.rect(), theme.px(RADIUS), theme.color("card"), theme.color(edge))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the words beside the meter become a number."""
        super().resizeEvent(event)
        self._fit_words()

    def _send(self) -> None:
        if self.text.strip():
            self.send_requested.emit(self.text)

    def _changed(self) -> None:
        self._changed_look()
        self.text_changed.emit()

    def _changed_look(self) -> None:
        self.send.setEnabled(not self.field.document().isEmpty())

    def _fit_words(self) -> None:
        narrow = self._writing or self.width() < self._theme.px(_NARROW)
        self._usage.setText(self._usage_words[1 if narrow else 0])

    def _restyle(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(px(11), px(14), px(12), px(10))
        self._inset.setContentsMargins(px(6), 0, px(4), 0)
        self._line.setContentsMargins(0, px(5), 0, 0)
        self._line.setSpacing(px(5))
        self._line.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self.setMaximumWidth(px(WIDTH))
        self.update()
