"""One card: its question, its answer once it is shown, and both as text to be rewritten."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit

from assistant.domain.study import Card as StudyCard
from assistant.ui.study.exercise.markdown_view import Drawing, MarkdownView
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.card import Card, Divider
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel

_LEAST = 220


class CardView(Card):
    """The card as it is asked.

    Args:
        theme: The theme in force.
        drawing: Formulas and workers.
    """

    def __init__(self, theme: Theme, drawing: Drawing) -> None:
        super().__init__(theme, 24)
        px = theme.px
        self.body.setSpacing(px(14))
        head = QHBoxLayout()
        self._where = ElidedLabel(theme, "", "small", "ink3")
        self._chance = PlainLabel(theme, "", "small", "ink3")
        head.addWidget(self._where, 1)
        head.addWidget(self._chance)
        self.body.addLayout(head)
        self.front = MarkdownView(theme, drawing)
        self.body.addWidget(self.front)
        self._rule = Divider(theme)
        self.back = MarkdownView(theme, drawing)
        self.body.addWidget(self._rule)
        self.body.addWidget(self.back)
        self.body.addStretch(1)

    def minimumSizeHint(self) -> QSize:
        """All that it says: a fixed least height would have the layout cut long cards."""
        asked = super().minimumSizeHint()
        return asked.expandedTo(QSize(asked.width(), self._theme.px(_LEAST)))

    def show_card(self, card: StudyCard, where: str, chance: float | None) -> None:
        """Asks a card: its answer is hidden.

        Args:
            card: The card.
            where: Where it belongs, in words.
            chance: Chance that it comes back, 0 to 1; None for one that is new.
        """
        self._where.setText(where)
        self._chance.setText("new" if chance is None else f"{round(chance * 100)} % to recall")
        self.front.show_text(card.front)
        self.back.show_text(card.back)
        self._rule.hide()
        self.back.hide()
        self.setAccessibleName(f"Card: {card.front}")

    def show_back(self) -> None:
        """Shows the answer."""
        self._rule.show()
        self.back.show()
        self.setAccessibleName(f"Card: {self.front.text}. Answer: {self.back.text}")


class CardEditor(Card):
    """Both sides as text.

    Args:
        theme: The theme in force.
    """

    saved = Signal(str, str)
    """Front and back."""
    dropped = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 20)
        px = theme.px
        self.body.addWidget(PlainLabel(theme, "Rewrite this card", "card_title"))
        self.body.addWidget(
            PlainLabel(
                theme,
                "One fact a card is easiest to keep. What you remember of it stays counted.",
                "small",
                "ink2",
                wrap=True,
            )
        )
        self.front = self._side(theme, "Front")
        self.back = self._side(theme, "Back")
        row = QHBoxLayout()
        self.save = Button(theme, "Save", "primary")
        drop = Button(theme, "Cancel", "ghost")
        row.addWidget(PlainLabel(theme, "Ctrl+Enter saves, Esc cancels", "small", "ink3"), 1)
        row.addWidget(drop)
        row.addWidget(self.save)
        self.body.addSpacing(px(4))
        self.body.addLayout(row)
        self.save.clicked.connect(self._save)
        drop.clicked.connect(self.dropped)
        for side in (self.front, self.back):
            side.textChanged.connect(self._allow)
        self.hide()

    def open_with(self, card: StudyCard) -> None:
        """Begins to rewrite a card."""
        self.front.setPlainText(card.front)
        self.back.setPlainText(card.back)
        self.show()
        self.front.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves, Esc drops what was written."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()
        elif enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._save()
        else:
            super().keyPressEvent(event)

    def _side(self, theme: Theme, name: str) -> QPlainTextEdit:
        self.body.addWidget(PlainLabel(theme, name, "small_medium", "ink2"))
        field = _Side(theme, name)
        self.body.addWidget(field)
        return field

    def _allow(self) -> None:
        both = self.front.toPlainText().strip() and self.back.toPlainText().strip()
        self.save.setEnabled(bool(both))

    def _save(self) -> None:
        if self.save.isEnabled():
            self.saved.emit(self.front.toPlainText(), self.back.toPlainText())


class _Side(QPlainTextEdit):
    """A side of a card; Tab goes on to the next."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setFont(theme.font("reading"))
        self.setMinimumHeight(theme.px(84))

    def keyPressEvent(self, e: QKeyEvent) -> None:
        """Leaves Esc and Ctrl+Enter to the card."""
        control = bool(e.modifiers() & Qt.KeyboardModifier.ControlModifier)
        enter = e.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if e.key() == Qt.Key.Key_Escape or (control and enter):
            e.ignore()
        else:
            super().keyPressEvent(e)
