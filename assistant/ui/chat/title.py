"""The title of the chat, renamed by a double click."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.labels import ElidedLabel

_LONGEST = 200
_WIDEST = 420


class _TitleField(QLineEdit):
    """Enter keeps, Esc gives up, leaving keeps."""

    kept = Signal()
    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.kept.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.kept.emit()


class TitleLabel(QWidget):
    """Shows a title and lets it be changed in place.

    Args:
        theme: The theme in force.
        parent: The owner.
    """

    renamed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.editable = True
        self._label = ElidedLabel(theme, "", "card_title")
        self._label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._field = _TitleField()
        self._field.setAccessibleName("Title of the chat")
        self._field.setMaxLength(_LONGEST)
        self._field.hide()
        self._field.kept.connect(self._keep)
        self._field.given_up.connect(self._give_up)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._label)
        line.addWidget(self._field)
        theme.changed.connect(self._restyle)
        self._restyle()

    @property
    def title(self) -> str:
        """What it shows."""
        return self.accessibleName()

    def set_title(self, title: str) -> None:
        """Shows a title; one that is being edited is left alone."""
        self.setAccessibleName(title)
        self._label.setText(title)
        self._label.setMinimumWidth(0)

    def edit(self) -> None:
        """Begins to rename."""
        if not self.editable:
            return
        self._field.setText(self.title)
        self._label.hide()
        self._field.show()
        self._field.selectAll()
        self._field.setFocus()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Renames."""
        self.edit()

    def _keep(self) -> None:
        if self._field.isHidden():
            return
        title = " ".join(self._field.text().split())
        self._give_up()
        if title and title != self.title:
            self.renamed.emit(title)

    def _give_up(self) -> None:
        self._field.hide()
        self._label.show()

    def _restyle(self) -> None:
        px = self._theme.px
        self._label.setMaximumWidth(px(_WIDEST))
        self._field.setFixedWidth(px(300))
        self._field.setFont(self._theme.font("interface_medium"))
