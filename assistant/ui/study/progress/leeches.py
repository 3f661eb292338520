"""Cards that do not stick or were put aside: to be written anew, left alone, or asked again."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from assistant.domain.study import Card as ReviewCard
from assistant.ui.study.progress.words import lapses_words
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button, IconButton
from assistant.ui.widgets.card import Card, Divider
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel

MOST = 4
MORE = 20
_NONE = "No card has been forgotten so often that it should be written anew."
_SOME = "Forgotten again and again. Other words help more than more repeats."
_ASIDE = "These are asked no more; the arrow has them asked again."


@dataclass(frozen=True, slots=True)
class HardCard:
    """A card that does not stick, and what it belongs to in words."""

    card: ReviewCard
    words: str
    """Its front, without marks."""
    where: str
    explained: bool = False
    """Whether there is a lesson on it."""


class LeechCard(Card):
    """Lists the hardest cards, and those that were put aside.

    Args:
        theme: The theme in force.
    """

    rewritten = Signal(object, str, str)
    """A card's id, its new front and back."""
    asked_again = Signal(object)
    """A card's id: it is asked as others are."""
    put_aside = Signal(object)
    """A card's id: it is asked no more."""
    lesson_wanted = Signal(str, str)
    """Of a course's id and a concept's."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 16)
        self._rows: list[QWidget] = []
        self.body.addWidget(PlainLabel(theme, "Cards that do not stick", "card_title"))
        self._note = PlainLabel(theme, _NONE, "small", "ink2", wrap=True)
        self.body.addWidget(self._note)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.px(8))
        self.body.addLayout(self._list)
        self.more = Button(theme, "", "ghost", icon="chevron-down", small=True)
        self.more.clicked.connect(self._show_more)
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)
        self._cards: tuple[HardCard, ...] = ()
        self._most = MOST
        self.more.hide()

    def show_cards(self, cards: Sequence[HardCard]) -> None:
        """Shows some of them: the hardest first, then those that were put aside."""
        self._cards = tuple(
            sorted(cards, key=lambda one: (not one.card.leech, -one.card.lapses, one.card.id))
        )
        leeches = any(one.card.leech for one in cards)
        aside = any(one.card.suspended for one in cards)
        said = [words for words, there in ((_SOME, leeches), (_ASIDE, aside)) if there]
        self._note.setText(" ".join(said) or _NONE)
        self._fill()

    def _fill(self) -> None:
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows.clear()
        for hard in self._cards[: self._most]:
            row = LeechRow(self._theme, hard)
            row.rewritten.connect(self.rewritten)
            row.asked_again.connect(self.asked_again)
            row.put_aside.connect(self.put_aside)
            row.lesson_wanted.connect(self.lesson_wanted)
            self._rows.append(row)
            self._list.addWidget(row)
        left = len(self._cards) - self._most
        self.more.setText(f"Show {min(left, MORE):,} more of {left:,}")
        self.more.setVisible(left > 0)

    def _show_more(self) -> None:
        """The keys go on at the first of those that came."""
        first = len(self._rows)
        self._most += MORE
        self._fill()
        row = self._rows[first]
        if isinstance(row, LeechRow):
            row.rewrite.setFocus()

    @property
    def rows(self) -> list[QWidget]:
        """One for each card that is shown."""
        return list(self._rows)


class LeechRow(QWidget):
    """One card, with what can be done.

    Args:
        theme: The theme in force.
        hard: The card.
    """

    rewritten = Signal(object, str, str)
    asked_again = Signal(object)
    put_aside = Signal(object)
    lesson_wanted = Signal(str, str)

    def __init__(self, theme: Theme, hard: HardCard) -> None:
        super().__init__()
        self._theme = theme
        self._hard = hard
        card = hard.card
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(Divider(theme))
        row = QHBoxLayout()
        row.setSpacing(0)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(theme, hard.words, "interface_medium"))
        state = "put aside" if card.suspended else ""
        lapses = lapses_words(card.lapses) if card.lapses else ""
        told = " · ".join(filter(None, (lapses, state, hard.where)))
        words.addWidget(ElidedLabel(theme, told, "small", "ink2"))
        row.addLayout(words, 1)
        self.read = IconButton(theme, "book-open", "Read the lesson on it")
        self.read.clicked.connect(self._read)
        self.read.setVisible(hard.explained)
        self.rewrite = IconButton(theme, "pencil", "Rewrite the card")
        self.rewrite.clicked.connect(self._edit)
        icon, does = ("play", "Ask it again") if card.suspended else ("pause", "Put it aside")
        self.aside = IconButton(theme, icon, does)
        self.aside.clicked.connect(self._switch)
        for button in (self.read, self.rewrite, self.aside):
            button.setAccessibleDescription(hard.words)
            row.addWidget(button)
        column.addLayout(row)
        self.form: QWidget | None = None
        self._column = column

    def _read(self) -> None:
        self.lesson_wanted.emit(self._hard.card.course, self._hard.card.concept)

    def _switch(self) -> None:
        signal = self.asked_again if self._hard.card.suspended else self.put_aside
        signal.emit(self._hard.card.id)

    def _edit(self) -> None:
        """Opens two fields below; they go when it is saved or cancelled."""
        if self.form is not None:
            self.form.setVisible(not self.form.isVisible())
            return
        theme, card = self._theme, self._hard.card
        self.form = QWidget()
        form = QVBoxLayout(self.form)
        form.setContentsMargins(0, theme.px(4), 0, theme.px(4))
        form.setSpacing(theme.px(6))
        self.front = _side(theme, "Front of the card", card.front)
        self.back = _side(theme, "Back of the card", card.back)
        self.save = Button(theme, "Save", "plain", small=True)
        self.save.clicked.connect(self._save)
        for each in (self.front, self.back):
            form.addWidget(each)
        self.wrong = PlainLabel(theme, "A card needs both sides.", "small", "bad")
        self.wrong.hide()
        form.addWidget(self.wrong)
        form.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self.form)
        self.front.setFocus()

    def _save(self) -> None:
        front, back = self.front.toPlainText().strip(), self.back.toPlainText().strip()
        if front and back:
            self.rewritten.emit(self._hard.card.id, front, back)
        else:
            (self.back if front else self.front).setFocus()
            self.wrong.show()


def _side(theme: Theme, name: str, words: str) -> QPlainTextEdit:
    """A field that keeps line breaks, as cards have them."""
    field = QPlainTextEdit(words)
    field.setAccessibleName(name)
    field.setTabChangesFocus(True)
    field.setFont(theme.font("interface"))
    field.setFixedHeight(theme.px(64))
    return field
