"""The messages of a chat: shown, written, found, acted on."""

import time
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QWidget

from assistant.domain.conversation import Message, MessageOutline, Role
from assistant.domain.ids import MessageId
from assistant.render.formula import FormulaRenderer
from assistant.ui.chat.transcript.answer_row import AnswerRow
from assistant.ui.chat.transcript.asks import Asks
from assistant.ui.chat.transcript.find import Finding, Marks, mark
from assistant.ui.chat.transcript.find_bar import FindBar
from assistant.ui.chat.transcript.formulas import Formulas
from assistant.ui.chat.transcript.jump import JumpButton
from assistant.ui.chat.transcript.live import LiveAnswer, Pace
from assistant.ui.chat.transcript.live_text import GroupsFrom
from assistant.ui.chat.transcript.question_row import QuestionRow
from assistant.ui.chat.transcript.rendering import Rendering
from assistant.ui.chat.transcript.row import Row
from assistant.ui.chat.transcript.shelf import Shelf
from assistant.ui.chat.transcript.source import Background, MessageHits, TranscriptSource
from assistant.ui.chat.transcript.stage import Stage
from assistant.ui.chat.transcript.style import TranscriptStyle
from assistant.ui.chat.transcript.words import reading_line, writing_line
from assistant.ui.theme.theme import Theme


class TranscriptView(QWidget):
    """Shows the messages of one chat.

    Args:
        theme: The theme in force.
        formulas: Draws formulas; called on other threads.
        background: Where drawing and colouring is done.
        source: Is asked for contents and for the places where a text occurs.
        parent: The owner.
    """

    found = Signal(int)
    """How often the text that is looked for occurs in the chat."""

    def __init__(
        self,
        theme: Theme,
        formulas: FormulaRenderer,
        background: Background,
        source: TranscriptSource,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._source = source
        self.asks = Asks(self)
        self._rendering = Rendering(
            TranscriptStyle(theme), Formulas(formulas, background, self), background
        )
        self._shelf = Shelf()
        self._live: dict[MessageId, LiveAnswer] = {}
        self._requested: set[MessageId] = set()
        self._toggled_numbers: set[MessageId] = set()
        self.shows_numbers = False
        """Whether the numbers under answers are open unless somebody closes them."""
        self._unanswered: MessageId | None = None
        self._finding = Finding()
        self._target: MessageId | None = None
        self._marks = Marks()
        self._empty: QWidget | None = None
        self._pace = Pace(time.perf_counter)
        self._flush_timer = QTimer(self)
        self._flush_timer.setSingleShot(True)
        self._flush_timer.timeout.connect(self.flush)
        self.stage = Stage(self._rendering.style, self._make_row, self._want, self)
        self.stage.moved.connect(self._show_jump)
        self.stage.row_made.connect(self._mark_row)
        self.jump_button = JumpButton(theme, self)
        self.jump_button.clicked.connect(self.scroll_to_end)
        self.find_bar = FindBar(theme, self)
        self.find_bar.changed.connect(self.find_text)
        self.find_bar.next_wanted.connect(self.find_next)
        self.find_bar.previous_wanted.connect(self.find_previous)
        self.find_bar.closed.connect(self.close_find)
        theme.changed.connect(self._restyle)

    # What is shown

    @property
    def outline(self) -> tuple[MessageOutline, ...]:
        """The messages, oldest first."""
        return self.stage.reel.outlines

    def set_messages(self, outline: Sequence[MessageOutline]) -> None:
        """Shows a chat, or the same chat with other messages in it.

        Messages that stay keep their widgets, and the view keeps its place unless none stays.
        """
        ids = {each.id for each in outline}
        if not any(each.id in ids for each in self.outline):
            self._forget()
        for gone in [each for each in self._live if each not in ids]:
            del self._live[gone]
        self.stage.set_items(outline)
        for message_id, row in self.stage.rows.items():
            now = self.outline[self.stage.reel.place(message_id)]
            if row.outline != now:
                self._refresh(row, now)
        self.stage.fill()
        self._show_empty()

    def provide(self, messages: Iterable[Message]) -> None:
        """Contents that were asked for, or that have changed."""
        taken = tuple(messages)
        self._requested.difference_update(message.id for message in taken)
        self._shelf.put(taken)
        for message in taken:
            row = self.stage.rows.get(message.id)
            if row is not None and message.id not in self._live and row.message != message:
                self._refresh(row, row.outline)
        self.stage.fill()
        if self._target is not None and self._target in self.stage.rows:
            self._go_to_marked(self._target)

    def set_source(self, source: TranscriptSource) -> None:
        """Asks another source from now on; to be followed by ``set_messages``."""
        self._source = source
        self._requested.clear()

    def clear(self) -> None:
        """Shows no chat."""
        self.set_messages(())

    def set_empty_widget(self, widget: QWidget) -> None:
        """What fills the view while there are no messages."""
        self._empty = widget
        widget.setParent(self)
        self._show_empty()

    def message(self, message_id: MessageId) -> Message | None:
        """A message whose contents are at hand."""
        return self._shelf.get(message_id)

    def edit(self, message_id: MessageId) -> None:
        """Goes to a message and opens it to be changed."""
        self.scroll_to(message_id)
        row = self.stage.rows.get(message_id)
        if isinstance(row, AnswerRow | QuestionRow):
            row.begin_editing()

    def offer_answer(self, message_id: MessageId | None) -> None:
        """Offers an answer under the question that has none; None for no question."""
        self._unanswered = message_id
        for each, row in self.stage.rows.items():
            if isinstance(row, QuestionRow):
                row.offer_answer(offered=each == message_id)

    # An answer that is written

    def begin_answer(self, message_id: MessageId, text: str = "") -> None:
        """An answer that is among the messages begins to be written.

        Args:
            message_id: Which one.
            text: What it says already, when an earlier answer is continued.
        """
        live = self._live[message_id] = LiveAnswer()
        if text:
            live.pending.append(text)
        row = self.stage.rows.get(message_id)
        if isinstance(row, AnswerRow):
            self._show_live(row, live)
        self.stage.fill()

    def append_text(self, message_id: MessageId, text: str) -> None:
        """The answer goes on. Shown at once, or a little later when showing is dear."""
        live = self._live.get(message_id)
        if live is None or not text:
            return
        live.pending.append(text)
        if not self._flush_timer.isActive():
            wait = self._pace.wait_ms()
            if wait > 0:
                self._flush_timer.start(int(wait) + 1)
            else:
                self.flush()

    def flush(self) -> None:
        """Shows at once what came since the last time."""
        self._pace.measure(self._show_pending)

    def set_progress(
        self,
        message_id: MessageId,
        *,
        reading: float | None = None,
        tokens_per_second: float = 0.0,
        tokens: int = 0,
    ) -> None:
        """What the line under the growing answer says.

        Args:
            message_id: Which one.
            reading: How much of the prompt is read, 0 to 1; None once it writes.
            tokens_per_second: Pace of writing; 0 if not known yet.
            tokens: Written so far.
        """
        live = self._live.get(message_id)
        if live is None:
            return
        live.phrases = (
            reading_line(reading)
            if reading is not None
            else writing_line(tokens_per_second, tokens)
        )
        row = self.stage.rows.get(message_id)
        if isinstance(row, AnswerRow):
            row.show_writing(live.phrases)

    def finish_answer(self, message: Message) -> None:
        """The answer has ended, in whatever way ``message`` says."""
        live = self._live.pop(message.id, None)
        self._shelf.put((message,))
        if live is not None:
            change = live.finish()
            if live.text == message.content:
                self._shelf.put_groups(message, change.groups)
        row = self.stage.rows.get(message.id)
        if isinstance(row, AnswerRow):
            row.show_groups(GroupsFrom(0, self._shelf.groups(message)), live=True)
            self._refresh(row, row.outline, text=False)
        self.stage.fill()

    # Going places

    @property
    def at_end(self) -> bool:
        """Whether the end of the chat is in view."""
        return self.stage.reel.at_end

    def scroll_to_end(self) -> None:
        """Goes to the latest message and follows it."""
        self.stage.go_to_end()

    def scroll_to(self, message_id: MessageId, words: tuple[str, ...] = ()) -> None:
        """Goes to a message and marks words in it; does nothing if it is not in this chat."""
        index = self.stage.reel.place(message_id)
        if index < 0:
            return
        self._marks = Marks(words, message_id)
        self._finding.begin("")
        self._mark_rows()
        self._bring(message_id)

    def clear_marks(self) -> None:
        """Unmarks everything."""
        self._marks = Marks()
        self._mark_rows()

    # Finding

    def open_find(self) -> None:
        """Opens the bar, with what is selected in it."""
        self.find_bar.show()
        self.find_bar.raise_()
        self._share_height()
        self.find_bar.field.setFocus()
        self.find_bar.field.selectAll()
        if self.find_bar.field.text():
            self.find_text(self.find_bar.field.text())

    def close_find(self) -> None:
        """Closes the bar and unmarks what it found."""
        self.find_bar.hide()
        self._share_height()
        self._finding.begin("")
        self.clear_marks()
        self.stage.setFocus()

    def find_text(self, text: str) -> None:
        """Looks for a text in the whole chat; ``found`` tells how often it occurs."""
        self._finding.begin(text.strip())
        self._marks = Marks((self._finding.text,) if self._finding.text else ())
        self._mark_rows()
        self._say_found()
        if self._finding.text:
            self._source.request_hits(self._finding.text)

    def provide_hits(self, text: str, hits: Iterable[MessageHits]) -> None:
        """Where a text occurs, oldest message first; an answer to an older question is dropped."""
        if text != self._finding.text:
            return
        shown = tuple(hit for hit in hits if self.stage.reel.place(hit.message_id) >= 0)
        self._finding.take(shown)
        first = self.stage.reel.in_view()
        places = {hit.message_id: self.stage.reel.place(hit.message_id) for hit in shown}
        self._finding.first_from(places, first.start if len(first) else 0)
        self._go_to_current()
        self.found.emit(self._finding.count)

    def find_next(self) -> None:
        """Goes to the next occurrence."""
        self._finding.step(1)
        self._go_to_current()

    def find_previous(self) -> None:
        """Goes to the occurrence before."""
        self._finding.step(-1)
        self._go_to_current()

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The stage fills the view, but for the strip of the find bar."""
        super().resizeEvent(event)
        self._share_height()
        if self._empty is not None:
            self._empty.setGeometry(self.rect())
        self._show_jump()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+F looks for something; Esc unmarks."""
        if event.matches(QKeySequence.StandardKey.Find):
            self.open_find()
        elif event.key() == Qt.Key.Key_Escape and self._marks.words:
            self.clear_marks()
        else:
            super().keyPressEvent(event)

    # Rows

    def _make_row(self, outline: MessageOutline, parent: QWidget) -> Row | None:
        message, live = self._shelf.get(outline.id), self._live.get(outline.id)
        if outline.role is Role.USER:
            if message is None:
                return None
            question = QuestionRow(self._rendering.style, self.asks, outline, parent)
            question.show_message(message, outline)
            question.offer_answer(offered=outline.id == self._unanswered)
            return question
        if message is None and live is None:
            return None
        row = AnswerRow(self._rendering, self.asks, outline, parent)
        row.numbers_toggled.connect(self._numbers_toggled)
        if live is not None:
            self._show_live(row, live)
        elif message is not None:
            row.show_groups(GroupsFrom(0, self._shelf.groups(message)))
            row.show_message(message, outline)
            toggled = outline.id in self._toggled_numbers
            row.open_numbers(shown=toggled is not self.shows_numbers)
        return row

    def _show_live(self, row: AnswerRow, live: LiveAnswer) -> None:
        live.take_pending()
        row.show_groups(GroupsFrom(0, tuple(live.groups)), live=True)
        row.show_writing(live.phrases)
        self.stage.measure(row)

    def _refresh(self, row: Row, outline: MessageOutline, *, text: bool = True) -> None:
        """Shows a row's message anew."""
        message = self._shelf.get(outline.id)
        if message is None or outline.id in self._live:
            row.outline = outline
            return
        if text and isinstance(row, AnswerRow):
            row.show_groups(GroupsFrom(0, self._shelf.groups(message)))
        row.show_message(message, outline)
        self.stage.measure(row)
        self._mark_row(row)

    def _want(self, ids: tuple[MessageId, ...]) -> None:
        wanted = tuple(
            each
            for each in self._shelf.missing(ids)
            if each not in self._requested and each not in self._live
        )
        if wanted:
            self._requested.update(wanted)
            self._source.request_messages(wanted)

    def _numbers_toggled(self, message_id: MessageId, shown: bool) -> None:  # noqa: FBT001 - a signal's argument
        differs = shown is not self.shows_numbers
        change = self._toggled_numbers.add if differs else self._toggled_numbers.discard
        change(message_id)

    def _show_pending(self) -> None:
        grown = False
        for message_id, live in self._live.items():
            change = live.take_pending()
            row = self.stage.rows.get(message_id)
            if change is not None and isinstance(row, AnswerRow):
                row.show_groups(change, live=True)
                self.stage.measure(row)
                grown = True
        if grown:
            self.stage.fill()

    def _forget(self) -> None:
        """Another chat is to be shown."""
        self.stage.release_all()
        self._shelf.clear()
        self._requested.clear()
        self._toggled_numbers.clear()
        self._marks, self._target = Marks(), None
        if self.find_bar.isVisible():
            self.close_find()
        self.stage.reel.follow = True

    def _restyle(self) -> None:
        old = self._rendering
        self._rendering = Rendering(TranscriptStyle(self._theme), old.formulas, old.background)
        self.stage.set_style(self._rendering.style)
        self._show_jump()

    # Marks

    def _bring(self, message_id: MessageId) -> None:
        """Goes to a message, and to its current mark as soon as it is there."""
        self._target = message_id
        reel = self.stage.reel
        index = reel.place(message_id)
        if index < 0:
            return
        view = reel.in_view()
        if message_id not in self.stage.rows or index not in view:
            reel.follow = False
            self.stage.go_to(reel.offset(index) - self._theme.px(8))
        if message_id in self.stage.rows:
            self._go_to_marked(message_id)

    def _go_to_marked(self, message_id: MessageId) -> None:
        self._target = None
        place = self._mark_row(self.stage.rows[message_id])
        if place is not None:
            self.stage.show_stretch(message_id, place.x(), place.y())

    def _go_to_current(self) -> None:
        self._mark_rows()
        self._say_found()
        current = self._finding.current()
        if current is not None:
            self._bring(current[0])

    def _mark_rows(self) -> None:
        for row in self.stage.rows.values():
            self._mark_row(row)

    def _mark_row(self, row: Row) -> QPoint | None:
        current = self._finding.current()
        number = current[1] if current is not None and current[0] == row.outline.id else None
        if self._marks.words and self._marks.only_in == row.outline.id:
            number = 0
        return mark(row, self._marks, self._rendering.style, number)

    def _say_found(self) -> None:
        finding = self._finding
        self.find_bar.say(finding.number, finding.count, waiting=finding.waiting)

    def tab_stops(self) -> list[QWidget]:
        """The search, the messages, and the way to their end."""
        return [*self.find_bar.tab_stops(), *self.stage.tab_stops(), self.jump_button]

    # What stands beside the messages

    def _share_height(self) -> None:
        """Gives the find bar a strip of its own; what is read stays where it is on the screen."""
        self.find_bar.place(self.rect())
        strip = 0 if self.find_bar.isHidden() else self.find_bar.strip()
        moved = strip - self.stage.y()
        self.stage.setGeometry(self.rect().adjusted(0, strip, 0, 0))
        if moved and not self.stage.reel.follow:
            self.stage.go_to(self.stage.reel.top + moved)

    def _show_jump(self) -> None:
        reel = self.stage.reel
        away = reel.max_top - reel.top > max(80, reel.view // 4)
        if away:
            self.jump_button.place(self.stage.margin().translated(self.stage.pos()))
            self.jump_button.raise_()
        self.jump_button.setVisible(away and bool(reel.outlines))

    def _show_empty(self) -> None:
        empty = not self.outline
        if self._empty is not None:
            self._empty.setGeometry(self.rect())
            self._empty.setVisible(empty)
            self._empty.raise_()
        self.stage.setVisible(not empty)
        self._show_jump()
