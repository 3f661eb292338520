"""“Ask about this lesson”: a question, the answer as it comes, and where each sentence stands."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.render.literal import literal
from assistant.services.study.lesson_values import LessonReply, Source
from assistant.tutor.books.grounding import Sentence, Support
from assistant.ui.study.exercise.markdown_view import Drawing, MarkdownView
from assistant.ui.study.lesson.text import LessonText
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.fields import LineField
from assistant.ui.widgets.icon_label import IconLabel
from assistant.ui.widgets.labels import PlainLabel

_FOUND, _NOT_FOUND = "Found in the passages", "Not checked: the passages do not hold it"


class AskCard(Card):
    """The question's field and the last answer.

    Args:
        theme: The theme in force.
        drawn_with: Formulas and workers.
    """

    asked = Signal(str)
    stopped = Signal()
    book_wanted = Signal(object)
    """A ``Source`` whose page of a textbook is to be shown."""
    unfolded = Signal(object)
    """The row of a passage that is shown now, and may stand below what is seen."""

    def __init__(self, theme: Theme, drawn_with: Drawing) -> None:
        super().__init__(theme, 18)
        self._drawing = drawn_with
        self._text = ""
        self._busy = False
        self.body.addWidget(PlainLabel(theme, "Ask about this lesson", "card_title"))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.field = LineField(theme, "Your question", "What is not clear yet?")
        self.field.returnPressed.connect(self._press)
        self.button = Button(theme, "Ask", "plain")
        self.button.clicked.connect(self._press)
        row.addWidget(self.field, 1)
        row.addWidget(self.button)
        self.body.addLayout(row)
        self._note = PlainLabel(
            theme,
            "Answered from this lesson and your textbooks alone, with the passages it rests on.",
            "small",
            "ink3",
            wrap=True,
        )
        self.body.addWidget(self._note)
        self.live = PlainLabel(theme, "", "reading", "ink", wrap=True)
        self.live.hide()
        self.body.addWidget(self.live)
        self._answer = QVBoxLayout()
        self._answer.setSpacing(theme.px(8))
        self.body.addLayout(self._answer)
        self.parts: list[QWidget] = []

    @property
    def busy(self) -> bool:
        """Whether an answer is being written."""
        return self._busy

    def note(self) -> str:
        """The line below the field."""
        return self._note.text()

    def say(self, words: str) -> None:
        """Says what is waited for."""
        self._note.setText(words)
        self._note.show()

    def add_text(self, text: str) -> None:
        """Shows more of the answer that is being written."""
        self._text += text
        self.live.setText(self._text)
        self.live.show()
        self._note.hide()

    def show_reply(self, reply: LessonReply) -> None:
        """Shows the whole answer, each sentence with its mark, and the passages below."""
        self._settle()
        if reply.stopped:
            self.say("Stopped.")
            return
        places = {source.number: source.where for source in reply.sources}
        for sentence in reply.sentences:
            said = SentenceRow(self._theme, self._drawing, sentence, places)
            said.cited.connect(self._show_source)
            self._add(said)
        sources = reply.cited or (() if reply.sentences else reply.sources)
        if reply.missing:
            self._add(PlainLabel(self._theme, reply.missing, "small", "caution", wrap=True))
        if sources and not reply.sentences:
            words = "These passages are nearest to your question:"
            self._add(PlainLabel(self._theme, words, "small", "ink2", wrap=True))
        for source in sources:
            row = SourceRow(self._theme, self._drawing, source, opened=not reply.sentences)
            row.book_wanted.connect(self.book_wanted)
            row.unfolded.connect(self.unfolded)
            self._add(row)
        checked = sum(one.support is Support.SUPPORTED for one in reply.sentences)
        claims = sum(one.support is not Support.NO_CLAIM for one in reply.sentences)
        if claims and reply.model:
            sentences = "sentence" if claims == 1 else "sentences"
            found = f"Found in the passages: {checked} of {claims} {sentences}."
            self.say(f"{found} Written by {reply.model}.")
        elif claims:
            self.say("In the words of the passages.")

    def show_error(self, words: str) -> None:
        """Says why there is no answer."""
        self._settle()
        self._add(PlainLabel(self._theme, words, "small", "bad", wrap=True))

    def clear(self) -> None:
        """Forgets question and answer: another lesson is shown."""
        self._settle()
        self.field.clear()

    def _show_source(self, number: int) -> None:
        for part in self.parts:
            if isinstance(part, SourceRow) and part.source.number == number:
                part.show_passage()

    def _press(self) -> None:
        if self._busy:
            self.stopped.emit()
            return
        question = self.field.text().strip()
        if not question:
            self.field.setFocus()
            return
        self._settle()
        self._busy = True
        self.button.setText("Stop")
        self.say("Looking it up…")
        self.asked.emit(question)

    def _settle(self) -> None:
        self._busy = False
        self._text = ""
        self.button.setText("Ask")
        self.live.hide()
        self._note.hide()
        for part in self.parts:
            self._answer.removeWidget(part)
            part.hide()
            part.deleteLater()
        self.parts.clear()

    def _add(self, part: QWidget) -> None:
        self.parts.append(part)
        self._answer.addWidget(part)


class SentenceRow(QWidget):
    """A sentence of an answer and whether code found it in its passages.

    Args:
        theme: The theme in force.
        drawn_with: Formulas and workers.
        sentence: With its sources.
        places: Where each passage stands, by its number.
    """

    cited = Signal(int)
    """The number of a passage that is to be shown."""

    def __init__(
        self,
        theme: Theme,
        drawn_with: Drawing,
        sentence: Sentence,
        places: Mapping[int, str] | None = None,
    ) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        found = sentence.support is Support.SUPPORTED
        claim = sentence.support is not Support.NO_CLAIM
        self.says = (_FOUND if found else _NOT_FOUND) if claim else ""
        icon = "badge-check" if found else "circle-dashed"
        mark = IconLabel(theme, icon, 16, "good" if found else "ink2")
        mark.setToolTip(self.says)
        holder = QVBoxLayout()
        holder.setContentsMargins(0, theme.px(5), 0, 0)
        holder.addWidget(mark)
        holder.addStretch(1)
        policy = mark.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        mark.setSizePolicy(policy)
        mark.setVisible(claim)
        text = LessonText(theme, drawn_with)
        numbers = "".join(f" [{number}]" for number in sentence.sources)
        words = sentence.text
        text.show_text(words, blocks=literal(words) if sentence.literal else None)
        row.addLayout(holder)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(text)
        if claim and not found:
            column.addWidget(PlainLabel(theme, _NOT_FOUND, "small", "ink2", wrap=True))
        row.addLayout(column, 1)
        self.marks = [self._mark(theme, each, places or {}) for each in sentence.sources]
        for mark in self.marks:
            row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(f"{sentence.text}{numbers}. {self.says}")

    def _mark(self, theme: Theme, number: int, places: Mapping[int, str]) -> Button:
        """The number of a passage; pressed, it shows the passage."""
        mark = Button(theme, f"[{number}]", "ghost", small=True)
        where = places.get(number, "")
        mark.setToolTip(where)
        mark.setAccessibleName(f"Show passage {number}: {where}" if where else f"Passage {number}")
        mark.clicked.connect(lambda: self.cited.emit(number))
        return mark


class SourceRow(QWidget):
    """Where a passage stands; pressed, it shows the passage.

    Args:
        theme: The theme in force.
        drawn_with: Formulas and workers.
        source: The passage.
        opened: Whether it is shown from the start.
    """

    book_wanted = Signal(object)
    """Its ``Source``, which is of a textbook."""
    unfolded = Signal(object)
    """It shows its passage now."""

    def __init__(
        self, theme: Theme, drawn_with: Drawing, source: Source, *, opened: bool = False
    ) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        words = f"[{source.number}]  {source.where}".replace("&", "&&")
        self.button = Button(theme, words, "ghost", icon="book-open", small=True)
        self.button.setCheckable(True)
        self.button.setChecked(opened)
        self.passage = _passage_of(theme, drawn_with, source)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        holder = QVBoxLayout()
        holder.setContentsMargins(theme.px(33), 0, 0, theme.px(4))
        holder.addWidget(self.passage)
        column.addLayout(holder)
        self.source = source
        self.passage.setVisible(opened)
        self.button.toggled.connect(self.passage.setVisible)
        self.button.toggled.connect(self._toggled)
        self.page = Button(theme, "Open the book here", "ghost", icon="external-link", small=True)
        self.page.setAccessibleName(f"Open the book at {source.where}")
        self.page.clicked.connect(self._open)
        if source.book is not None:
            self.page.setVisible(opened)
            self.button.toggled.connect(self.page.setVisible)
            line = QHBoxLayout()
            line.setContentsMargins(theme.px(20), 0, 0, theme.px(4))
            line.addWidget(self.page)
            line.addStretch(1)
            column.addLayout(line)
        else:
            self.page.setParent(self)
            self.page.hide()

    def _open(self) -> None:
        self.book_wanted.emit(self.source)

    def show_passage(self) -> None:
        """Shows the passage and has the keys."""
        if self.button.isChecked():
            self.unfolded.emit(self)
        self.button.setChecked(True)
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggled(self, shown: bool) -> None:  # noqa: FBT001 - a slot
        if shown:
            self.unfolded.emit(self)


def _passage_of(theme: Theme, drawn_with: Drawing, source: Source) -> MarkdownView:
    view = MarkdownView(theme, drawn_with, "interface")
    (view.show_text if source.markdown else view.show_literal)(source.text)
    return view
