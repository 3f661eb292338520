"""The chat template of a model: its own, a named one, or words of the user's."""

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit

from assistant.domain.parameters import TEMPLATE_FIELDS
from assistant.services.model_parameters import NAMED_FORMATS, TemplateView, format_of
from assistant.ui.library.parameters.rows import ParametersSection
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.choice import Choice
from assistant.ui.widgets.labels import PlainLabel

_WAIT_MS = 300
_LINES, _PREVIEW_LINES = 9, 7
_OWN, _MINE = "own", "mine"
_NONE = "This model brought no template. A built-in format that suits its tokens is used."


class TemplateSection(ParametersSection):
    """The template, what it makes of a sample, and a way to use another one.

    Args:
        theme: The theme in force.
    """

    preview_wanted = Signal(str)
    """The text of a template, once the typing pauses."""

    def __init__(self, theme: Theme) -> None:
        note = "The form in which a chat is given to the model. A wrong one spoils its answers."
        super().__init__(theme, "Chat template", note, TEMPLATE_FIELDS)
        self._own = ""
        self._used: str | None = None
        self._sound = False
        self.choice = Choice(theme, "Which chat template")
        self.choice.addItem("The model's own", _OWN)
        for named in NAMED_FORMATS:
            self.choice.addItem(named.title, named.name)
        self.choice.addItem("Own text", _MINE)
        self.editor = self._field("Text of the chat template")
        self.state = PlainLabel(theme, "", "small", "ink2", wrap=True)
        self.preview = self._field("What it makes of a sample conversation")
        self.preview.setReadOnly(True)
        self.use = Button(theme, "Use this template")
        self.body.addWidget(self.choice)
        self.body.addWidget(self.editor)
        self.body.addWidget(self.state)
        self.body.addWidget(PlainLabel(theme, "A sample conversation in it", "small_medium"))
        self.body.addWidget(self.preview)
        line = QHBoxLayout()
        line.addWidget(self.use)
        line.addStretch(1)
        self.body.addLayout(line)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._ask_for_preview)
        self.choice.currentIndexChanged.connect(self._choose)
        self.editor.textChanged.connect(self._typed)
        self.use.clicked.connect(self._use)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _field(self, name: str) -> QPlainTextEdit:
        field = QPlainTextEdit()
        field.setAccessibleName(name)
        field.setTabChangesFocus(True)
        field.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        return field

    def _restyle(self) -> None:
        for field, lines in ((self.editor, _LINES), (self.preview, _PREVIEW_LINES)):
            field.setFont(self._theme.font("code"))
            field.setFixedHeight(lines * self._theme.line("code") + self._theme.px(14))

    def show_template(self, view: TemplateView, used: str | None) -> None:
        """Shows the template that is used.

        Args:
            view: The model's own.
            used: What is used in its place; None for its own.
        """
        self._own, self._used = view.own, used
        named = format_of(used) if used is not None else None
        kind = _OWN if used is None else named.name if named is not None else _MINE
        with QSignalBlocker(self.choice):
            self.choice.setCurrentIndex(self.choice.findData(kind))
        self._fill(used if used is not None else view.own)
        self._ask_for_preview()

    def show_used(self, used: str | None) -> None:
        """It was taken; what stands in the fields stays."""
        self._used = used
        self._fit()

    def show_preview(self, prompt: str) -> None:
        """Shows what the template makes of the sample."""
        self._sound = True
        self.preview.setPlainText(prompt)
        self._fit()

    def show_problem(self, words: str) -> None:
        """Says why the template cannot be used."""
        self._sound = False
        self.preview.setPlainText("")
        self._fit()
        self._say(words, "bad")

    @property
    def text(self) -> str:
        """The template that stands in the field."""
        return self.editor.toPlainText()

    def _choose(self, _: int) -> None:
        kind = self.choice.currentData()
        named = next((each for each in NAMED_FORMATS if each.name == kind), None)
        if kind == _OWN:
            self._fill(self._own)
        elif named is not None:
            self._fill(named.source)
        self._ask_for_preview()

    def _fill(self, text: str) -> None:
        with QSignalBlocker(self.editor):
            self.editor.setPlainText(text)
        own = self.choice.currentData() == _OWN
        self.editor.setReadOnly(own)
        self.use.setEnabled(False)

    def _typed(self) -> None:
        with QSignalBlocker(self.choice):
            self.choice.setCurrentIndex(self.choice.findData(_MINE))
        self._sound = False
        self._fit()
        self._timer.start()

    def _ask_for_preview(self) -> None:
        self._timer.stop()
        self.editor.setReadOnly(self.choice.currentData() == _OWN)
        if self.text.strip():
            self.preview_wanted.emit(self.text)
        else:
            self._sound = self.choice.currentData() == _OWN
            self.preview.setPlainText("")
            self._fit()

    def _wanted(self) -> str | None:
        """What would be used; None is the model's own."""
        return None if self.choice.currentData() == _OWN else self.text

    def _fit(self) -> None:
        new = self._wanted() != self._used
        self.use.setEnabled(new and self._sound)
        if new:
            self._say("Not used yet." if self._sound else "", "ink2")
        elif self._used is None:
            self._say("Used as it came with the model." if self._own else _NONE, "ink2")
        else:
            self._say("Used in place of the model's own.", "ink2")

    def _say(self, words: str, colour: str) -> None:
        self.state.set_colour(colour)
        self.state.setText(words)
        self.state.setVisible(bool(words))

    def _use(self) -> None:
        self.edited.emit("chat_template", self._wanted())
