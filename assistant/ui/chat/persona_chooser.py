"""Choosing, making and changing personas."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from assistant.domain.conversation import Persona
from assistant.services.personas import PersonaService
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.chat.session import ChatSession
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.fields import LineField
from assistant.ui.widgets.focus_ring import FocusRing
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.menu import Menu


class PersonaDialog(QDialog):
    """A name and what the model is told.

    Args:
        theme: The theme in force.
        persona: The one to change; None for a new one.
        window: Where it is shown.
    """

    saved = Signal(object, str, str)
    """The persona that was changed or None, its name, and its words."""
    deleted = Signal(object)

    def __init__(self, theme: Theme, persona: Persona | None, window: QWidget) -> None:
        super().__init__(window)
        self._persona = persona
        title = "New persona" if persona is None else "Edit persona"
        self.setWindowTitle(title)
        self.setModal(True)
        px = theme.px
        self.name = LineField(theme, "Name", "Name, such as Patient tutor")
        self.words = QPlainTextEdit()
        self.words.setAccessibleName("What the model is told about its part")
        self.words.setPlaceholderText("You are a patient tutor who asks before telling…")
        self.words.setTabChangesFocus(True)
        self.words.setMinimumHeight(px(180))
        self.save = Button(theme, "Save", "primary")
        cancel = Button(theme, "Cancel")
        remove = Button(theme, "Delete", "destructive", icon="trash-2")
        remove.setVisible(persona is not None and not persona.builtin)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(20))
        column.setSpacing(px(10))
        column.addWidget(PlainLabel(theme, title, "card_title"))
        column.addWidget(self.name)
        column.addWidget(self.words, 1)
        line = QHBoxLayout()
        line.addWidget(remove)
        line.addStretch(1)
        line.addWidget(cancel)
        line.addWidget(self.save)
        column.addLayout(line)
        self.setMinimumWidth(px(480))
        if persona is not None:
            self.name.setText(persona.name)
            self.words.setPlainText(persona.system_prompt)
        self.name.textChanged.connect(self._fit)
        cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self._save)
        remove.clicked.connect(self._delete)
        self.finished.connect(self.deleteLater)
        FocusRing(theme, self)
        self._fit()

    def _fit(self) -> None:
        self.save.setEnabled(bool(self.name.text().strip()))

    def _save(self) -> None:
        self.saved.emit(self._persona, self.name.text().strip(), self.words.toPlainText())
        self.accept()

    def _delete(self) -> None:
        self.deleted.emit(self._persona)
        self.accept()


class PersonaChooser(QObject):
    """Knows the personas and opens their menu.

    Args:
        theme: The theme in force.
        personas: The service.
        relay: Brings outcomes here.
        session: The chat that is given a persona.
        window: Owns menus and dialogs.
    """

    changed = Signal()
    """The list was read again."""

    def __init__(
        self,
        theme: Theme,
        personas: PersonaService,
        relay: JobRelay,
        session: ChatSession,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._theme = theme
        self._service = personas
        self._relay = relay
        self._session = session
        self._window = window
        self.personas: list[Persona] = []

    def read(self) -> None:
        """Reads the list."""
        self._relay.watch(self._service.personas(), self._read)

    def menu(self) -> Menu:
        """Who can answer; the one who does is ticked."""
        menu = Menu(self._theme, "Personas", self._window)
        menu.aboutToHide.connect(menu.deleteLater)
        nobody = menu.add("No persona", self._choose_none)
        nobody.setCheckable(True)
        nobody.setChecked(not self._session.system_prompt.strip())
        menu.addSeparator()
        for persona in self.personas:
            action = menu.add(persona.name, lambda chosen=persona: self._choose(chosen))
            action.setCheckable(True)
            action.setChecked(persona.id == self._session.persona_id)
        menu.addSeparator()
        menu.add("New persona…", self.make, icon="plus")
        mine = self._mine()
        if mine is not None:
            menu.add(f"Edit “{mine.name}”…", lambda: self.edit(mine), icon="pencil")
        return menu

    def make(self) -> PersonaDialog:
        """Asks for a new persona."""
        return self._open(None)

    def edit(self, persona: Persona) -> PersonaDialog:
        """Changes one of the user's own."""
        return self._open(persona)

    def save(self, name: str, words: str) -> None:
        """Keeps words as a persona and gives it to the chat."""
        self._saved(None, name, words)

    def _mine(self) -> Persona | None:
        for persona in self.personas:
            if persona.id == self._session.persona_id and not persona.builtin:
                return persona
        return None

    def _open(self, persona: Persona | None) -> PersonaDialog:
        dialog = PersonaDialog(self._theme, persona, self._window)
        dialog.saved.connect(self._saved)
        dialog.deleted.connect(self._deleted)
        dialog.open()
        return dialog

    def _read(self, personas: list[Persona]) -> None:
        self.personas = personas
        self.changed.emit()

    def _choose_none(self) -> None:
        self._session.set_persona(None, "")

    def _choose(self, persona: Persona) -> None:
        self._session.set_persona(persona.id, persona.system_prompt)

    def _saved(self, old: Persona | None, name: str, words: str) -> None:
        job = self._service.save_persona(name, words, old.id if old is not None else None)
        self._relay.watch(job, self._after_save)

    def _after_save(self, persona: Persona) -> None:
        self._choose(persona)
        self.read()

    def _deleted(self, persona: Persona) -> None:
        self._relay.watch(self._service.delete_persona(persona.id), self._after_delete)

    def _after_delete(self, _: None) -> None:
        self.read()
