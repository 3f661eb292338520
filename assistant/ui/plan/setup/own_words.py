"""The user's own words: what they mean, taught, changed and forgotten."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.planner.quick_add.teaching import remark_on
from assistant.planner.quick_add.vocabulary import Entry
from assistant.ui.plan.rows import put_rows
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button, IconButton
from assistant.ui.widgets.card import Card, Divider
from assistant.ui.widgets.fields import LineField
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel

_FEW = 12
_NOTE = (
    "What they stand for in a line that adds a task: “after class” may be 15:30, “the usual” "
    "~45min #gym, and “chem” +Chemistry. A meaning left empty: they are only words."
)


class WordRow(QWidget):
    """A phrase, what it means, and the ways to change and to forget it.

    Args:
        theme: The theme in force.
        entry: Which one.
    """

    def __init__(self, theme: Theme, entry: Entry) -> None:
        super().__init__()
        self.change = IconButton(theme, "pencil", f"Change {entry.phrase}")
        self.remove = IconButton(theme, "x", f"Forget {entry.phrase}")
        self._meaning = ElidedLabel(theme, "", "interface", "ink2")
        self._remark = ElidedLabel(theme, "", "small", "bad")
        means = QVBoxLayout()
        means.setSpacing(0)
        means.addWidget(self._meaning)
        means.addWidget(self._remark)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(ElidedLabel(theme, f"“{entry.phrase}”", "interface_medium"), 1)
        row.addLayout(means, 1)
        row.addWidget(self.change)
        row.addWidget(self.remove)
        self.show_entry(entry)

    def show_entry(self, entry: Entry) -> None:
        """Shows the same phrase with what it means now."""
        self.entry = entry
        self._meaning.setText(entry.meaning or "only words")
        remark = remark_on(entry)
        self._remark.setText(remark.capitalize())
        self._remark.setVisible(bool(remark))


class WordsCard(Card):
    """Lists the words, the latest first, with a line that teaches or changes one.

    Args:
        theme: The theme in force.
    """

    taught = Signal(str, str)
    """A phrase and what it means."""
    changed = Signal(str, str, str)
    """A phrase that is known, what it is called from now on, and what that means."""
    forget_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.words: list[WordRow] = []
        self._entries: tuple[Entry, ...] = ()
        self._editing = ""
        self._all = False
        self.body.addWidget(PlainLabel(theme, "Your own words", "card_title"))
        self.body.addWidget(PlainLabel(theme, _NOTE, "small", "ink2", wrap=True))
        self._rows = QVBoxLayout()
        self.body.addLayout(self._rows)
        self.more = Button(theme, "", "ghost", small=True)
        self.more.clicked.connect(self._show_all)
        self.body.addWidget(self.more)
        self.body.addWidget(Divider(theme))
        self.phrase = LineField(theme, "Your words", "after class")
        self.meaning = LineField(theme, "What they mean", "15:30")
        self.teach = Button(theme, "Teach")
        self.cancel = IconButton(theme, "x", "Leave it as it was")
        self._problem = PlainLabel(theme, "", "small", "bad", wrap=True)
        self._build_line(theme)

    def _build_line(self, theme: Theme) -> None:
        self.teach.clicked.connect(self._tell)
        self.cancel.clicked.connect(self.rest)
        self.phrase.returnPressed.connect(self.meaning.setFocus)
        self.meaning.returnPressed.connect(self._tell)
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(self.phrase, 1)
        line.addWidget(self.meaning, 1)
        line.addWidget(self.teach)
        line.addWidget(self.cancel)
        self.body.addLayout(line)
        self.body.addWidget(self._problem)
        self.rest()

    @property
    def problem(self) -> str:
        """Why a phrase cannot be taught; empty where it can."""
        return self._problem.text()

    def show_words(self, entries: Sequence[Entry]) -> None:
        """Lists the words."""
        self._entries = tuple(reversed(entries))
        self._fill()

    def show_problem(self, words: str) -> None:
        """Says why a phrase cannot be taught."""
        self._problem.setText(words)
        self._problem.setVisible(bool(words))

    def rest(self) -> None:
        """Empties the line: what was written is taught, or not wanted."""
        self._editing = ""
        self.phrase.clear()
        self.meaning.clear()
        self.teach.setText("Teach")
        self.cancel.hide()
        self.show_problem("")

    def _fill(self) -> None:
        shown = self._entries if self._all else self._entries[:_FEW]
        known = {row.entry.phrase: row for row in self.words}
        self.words = [known.get(one.phrase) or self._row(one) for one in shown]
        for row, one in zip(self.words, shown, strict=True):
            row.show_entry(one)
        words = (
            "None yet. A chip that you correct below the line for adding teaches one; that of "
            "the title does for words that were not understood."
        )
        none = [] if self.words else [PlainLabel(self._theme, words, "small", "ink2", wrap=True)]
        put_rows(self._rows, [*self.words, *none])
        hidden = len(self._entries) - len(shown)
        self.more.setVisible(hidden > 0)
        self.more.setText(f"Show {hidden} more")

    def _row(self, entry: Entry) -> WordRow:
        row = WordRow(self._theme, entry)
        row.change.clicked.connect(self._begin_change)
        row.remove.clicked.connect(self._tell_forget)
        return row

    def _show_all(self) -> None:
        self._all = True
        self._fill()

    def _begin_change(self) -> None:
        for row in self.words:
            if row.change is self.sender():
                self.rest()
                self._editing = row.entry.phrase
                self.phrase.setText(row.entry.phrase)
                self.meaning.setText(row.entry.meaning)
                self.teach.setText("Change")
                self.cancel.show()
                self.meaning.setFocus()
                self.meaning.selectAll()

    def _tell_forget(self) -> None:
        for row in self.words:
            if row.remove is self.sender():
                self.forget_wanted.emit(row.entry.phrase)

    def _tell(self) -> None:
        phrase, meaning = self.phrase.text(), self.meaning.text()
        if not phrase.strip():
            self.phrase.setFocus()
        elif self._editing:
            self.changed.emit(self._editing, phrase, meaning)
        else:
            self.taught.emit(phrase, meaning)
