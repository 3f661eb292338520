"""Asks once, in plain words, before something is done that cannot be undone."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.focus_ring import FocusRing
from assistant.ui.widgets.labels import PlainLabel


class Question(QDialog):
    """A question with two answers; the safe one has the focus.

    Args:
        theme: The theme in force.
        what: The question.
        meaning: What a yes means.
        yes: Words of the button that does it.
        window: Where it is asked.
        icon: Of that button.
    """

    agreed = Signal(object)
    """Carries ``subject``."""

    def __init__(
        self,
        theme: Theme,
        what: str,
        meaning: str,
        yes: str,
        window: QWidget,
        *,
        icon: str = "trash-2",
    ) -> None:
        super().__init__(window)
        self.subject: object = None
        self.setWindowTitle(what)
        self.setModal(True)
        self.yes = Button(theme, yes, "destructive", icon=icon)
        self.no = Button(theme, "Cancel")
        self._theme = theme
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(20))
        column.setSpacing(px(10))
        column.addWidget(PlainLabel(theme, what, "card_title", wrap=True))
        column.addWidget(PlainLabel(theme, meaning, "interface", "ink2", wrap=True))
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self.no)
        line.addWidget(self.yes)
        column.addLayout(line)
        theme.changed.connect(self._fit)
        self._fit()
        self.no.clicked.connect(self.reject)
        self.yes.clicked.connect(self.accept)
        self.accepted.connect(self._agree)
        self.finished.connect(self.deleteLater)
        FocusRing(theme, self)
        self.no.setFocus()

    def _agree(self) -> None:
        self.agreed.emit(self.subject)

    def _fit(self) -> None:
        self.setFixedWidth(self._theme.px(420))
        self.adjustSize()
