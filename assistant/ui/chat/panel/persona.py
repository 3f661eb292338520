"""The words that the model is given before the chat begins."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from assistant.domain.conversation import Persona
from assistant.domain.ids import PersonaId
from assistant.ui.chat.panel.section import PanelSection
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.fields import LineField

_WAIT_MS = 600
_LINES = 7
OWN_WORDS = "Own words"
NO_PERSONA = "No persona"


def persona_name(persona_id: PersonaId | None, prompt: str, personas: list[Persona]) -> str:
    """What to call who answers: a persona, or words of the user's own."""
    for persona in personas:
        if persona.id == persona_id:
            same = prompt == persona.system_prompt
            return persona.name if same else f"{persona.name}, changed"
    return OWN_WORDS if prompt.strip() else NO_PERSONA


class PersonaSection(QWidget):
    """Shows and changes the system prompt of this chat.

    Args:
        theme: The theme in force.
    """

    prompt_changed = Signal(str)
    """The words, once the typing pauses."""
    save_requested = Signal(str, str)
    """A name and the words, to be kept as a persona."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        note = "Given to the model before this chat. Holds from the next answer on."
        self._section = PanelSection(theme, "Persona", note)
        self.field = QPlainTextEdit()
        self.field.setAccessibleName("What the model is told about its part")
        self.field.setPlaceholderText("You are a patient tutor who asks before telling…")
        self.field.setTabChangesFocus(True)
        self.field.setFixedHeight(_LINES * theme.line("interface") + theme.px(14))
        self._name = LineField(theme, "Name of the persona", "Name", height=32)
        self._save = Button(theme, "Save as persona", small=True)
        line = QHBoxLayout()
        line.addWidget(self._name, 1)
        line.addWidget(self._save)
        self._section.body.addWidget(self.field)
        self._section.body.addLayout(line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._section)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self.flush)
        self._shown = ""
        self.field.textChanged.connect(self._typed)
        self._name.textChanged.connect(self._fit)
        self._name.returnPressed.connect(self._ask_to_save)
        self._save.clicked.connect(self._ask_to_save)
        self._fit()

    def show_prompt(self, prompt: str) -> None:
        """Shows the words of a chat; what is being typed is not overwritten by itself."""
        if prompt != self._shown:
            self._timer.stop()
            self._shown = prompt
            self.field.setPlainText(prompt)
            self._timer.stop()
        self._fit()

    def flush(self) -> None:
        """Tells what was typed now, without waiting for a pause."""
        self._timer.stop()
        typed = self.field.toPlainText()
        if typed != self._shown:
            self._shown = typed
            self.prompt_changed.emit(typed)

    def _typed(self) -> None:
        self._timer.start()
        self._fit()

    def _fit(self) -> None:
        words = self.field.toPlainText().strip()
        self._save.setEnabled(bool(words and self._name.text().strip()))

    def _ask_to_save(self) -> None:
        if self._save.isEnabled():
            self.flush()
            self.save_requested.emit(self._name.text().strip(), self.field.toPlainText())
            self._name.clear()
