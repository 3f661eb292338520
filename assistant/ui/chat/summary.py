"""What a long chat's summary says: shown, changed, switched off."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from assistant.domain.conversation import Summary
from assistant.domain.errors import UserFacingError
from assistant.services.history import Changes
from assistant.services.summing_up import SummingUp
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.chat.session import ChatSession
from assistant.ui.chat.summary_bar import SummaryBar, summed_up_words
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.focus_ring import FocusRing
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.switch import Switch

if TYPE_CHECKING:
    from assistant.domain.ids import ConversationId, MessageId

_WIDTH, _LEAST_LINES = 480, 4


class SummaryDialog(QDialog):
    """The words of a summary, and whether the model reads them.

    Args:
        theme: The theme in force.
        summary: As it is kept.
        messages: How many it stands for.
        window: Where it is shown.
    """

    use_requested = Signal(bool)
    """The switch was moved; it holds at once."""
    save_requested = Signal(str)

    def __init__(self, theme: Theme, summary: Summary, messages: int, window: QWidget) -> None:
        super().__init__(window)
        self._kept = ""
        self.setWindowTitle("Summary of earlier messages")
        self.setModal(True)
        self._note = PlainLabel(theme, "", "small", "ink2", wrap=True)
        self._newer = PlainLabel(theme, "", "small", "caution", wrap=True)
        self._newer.hide()
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("What the model is told of the earlier messages")
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(_LEAST_LINES * theme.line("interface") + theme.px(14))
        self.use = Switch(theme, "Use it")
        self.save = Button(theme, "Save", "primary")
        self.close_button = Button(theme, "Close")
        self._lay_out(theme)
        self.show_summary(summary, messages)
        self.text.textChanged.connect(self._fit)
        self.use.clicked.connect(self.use_requested)
        self.save.clicked.connect(self._save)
        self.close_button.clicked.connect(self.reject)
        self.finished.connect(self.deleteLater)
        FocusRing(theme, self)
        self.text.setFocus()

    def show_summary(self, summary: Summary, messages: int) -> None:
        """Shows it as it is kept now; words that are being changed are left alone."""
        counted = "first message" if messages == 1 else f"first {messages:,} messages"
        self._note.setText(_note_words(counted, in_use=summary.in_use))
        self.show_use(in_use=summary.in_use)
        changed = self.text.toPlainText() != self._kept
        if summary.content != self._kept and changed:
            self._newer.setText(
                f"A newer summary was made meanwhile. What you save here takes its place and "
                f"stands for the {counted}."
            )
            self._newer.show()
        elif summary.content != self._kept:
            self.text.setPlainText(summary.content)
        self._kept = summary.content
        self._fit()

    def show_use(self, *, in_use: bool) -> None:
        """Sets the switch without asking for anything."""
        self.use.setChecked(in_use)

    def go_on(self) -> None:
        """What was asked for could not be done: it can be tried again."""
        self._fit()

    def _save(self) -> None:
        self.save.setEnabled(False)
        self.save_requested.emit(self.text.toPlainText())

    def _fit(self) -> None:
        typed = self.text.toPlainText()
        self.save.setEnabled(bool(typed.strip()) and typed != self._kept)

    def _lay_out(self, theme: Theme) -> None:
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(20))
        column.setSpacing(px(12))
        column.addWidget(PlainLabel(theme, "Summary of earlier messages", "card_title"))
        column.addWidget(self._note)
        column.addWidget(self.text, 1)
        column.addWidget(self._newer)
        line = QHBoxLayout()
        line.setSpacing(px(8))
        line.addWidget(self.use)
        line.addWidget(PlainLabel(theme, "Use it"))
        line.addStretch(1)
        line.addWidget(self.close_button)
        line.addWidget(self.save)
        column.addLayout(line)
        self.setMinimumWidth(px(_WIDTH))


class SummaryKeeper(QObject):
    """Keeps the line under the top bar true, and stores what is changed behind it.

    Args:
        theme: The theme in force.
        bar: The line.
        summaries: Where summaries are kept.
        session: Which chat is shown.
        relay: Brings outcomes here.
        window: Where the dialog is shown.
    """

    changed = Signal()
    """The shown chat has a summary, another one, or none any more."""

    def __init__(
        self,
        theme: Theme,
        bar: SummaryBar,
        summaries: SummingUp,
        session: ChatSession,
        relay: JobRelay,
        window: QWidget,
    ) -> None:
        super().__init__(bar)
        self._theme = theme
        self._bar = bar
        self._summaries = summaries
        self._session = session
        self._relay = relay
        self._window = window
        self._summary: Summary | None = None
        self._reading: Watch | None = None
        self._dialog: SummaryDialog | None = None
        self._chat: ConversationId | None = None
        """Whose summary the dialog shows."""
        self._upto: MessageId | None = None
        """The last message that it stands for."""
        session.shown.connect(self._shown)
        session.outline_changed.connect(self._show)
        bar.clicked.connect(self._open)

    def heard(self, changes: Changes) -> None:
        """Reads the summary again when something was written to the shown chat."""
        if self._session.id in changes.conversations:
            self._read()

    def _shown(self) -> None:
        if self._dialog is not None and self._session.id != self._chat:
            self._dialog.reject()
        self._take(None)
        self._read()

    def _read(self) -> None:
        if self._reading is not None:
            self._reading.drop()
            self._reading = None
        chat = self._session.id
        if chat is not None:
            self._reading = self._relay.watch(self._summaries.of(chat), self._take)

    def _take(self, summary: Summary | None) -> None:
        if summary != self._summary:
            self._summary = summary
            self._show()
            self.changed.emit()

    def _show(self) -> None:
        summary, messages = self._summary, self._messages()
        if summary is None or not messages:
            self._bar.say("")
            return
        self._bar.say(summed_up_words(messages, in_use=summary.in_use))
        if self._dialog is not None:
            self._upto = summary.upto
            self._dialog.show_summary(summary, messages)

    def _messages(self) -> int:
        """How many it stands for; 0 where it is of another branch, and not read in this one."""
        if self._summary is None:
            return 0
        ids = [each.id for each in self._session.outline]
        upto = self._summary.upto
        return ids.index(upto) + 1 if upto in ids[:-1] else 0

    def _open(self) -> None:
        if self._summary is None or self._dialog is not None:
            return
        dialog = SummaryDialog(self._theme, self._summary, self._messages(), self._window)
        dialog.use_requested.connect(self._use)
        dialog.save_requested.connect(self._save)
        dialog.finished.connect(self._closed)
        self._dialog, self._chat = dialog, self._summary.conversation_id
        self._upto = self._summary.upto
        dialog.open()

    def _closed(self) -> None:
        self._dialog = None
        self._bar.setFocus()

    def _use(self, in_use: bool) -> None:  # noqa: FBT001 - the signal's own argument
        if self._chat is not None and self._upto is not None:
            job = self._summaries.change(self._chat, self._upto, in_use=in_use)
            self._relay.watch(job, self._take, self._not_used)

    def _save(self, words: str) -> None:
        if self._chat is not None and self._upto is not None and self._dialog is not None:
            in_use = self._dialog.use.isChecked()
            job = self._summaries.change(self._chat, self._upto, content=words, in_use=in_use)
            self._relay.watch(job, self._saved, self._not_saved)

    def _saved(self, summary: Summary) -> None:
        if self._dialog is not None:
            self._dialog.accept()
        self._take(summary)

    def _not_used(self, error: UserFacingError) -> None:
        if self._dialog is not None:
            self._dialog.show_use(in_use=self._summary is not None and self._summary.in_use)
        self._relay.failed.emit(error)

    def _not_saved(self, error: UserFacingError) -> None:
        if self._dialog is not None:
            self._dialog.go_on()
        self._relay.failed.emit(error)


def _note_words(counted: str, *, in_use: bool) -> str:
    if in_use:
        return (
            f"The model reads this instead of the {counted} of this chat. The messages stay as "
            "they are, and pinned ones are always read in full."
        )
    return (
        f"Switched off: the model reads the {counted} of this chat as far as there is room, and "
        "no new summary is made."
    )
