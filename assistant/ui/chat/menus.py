"""The menus of the chat place: what can be added, which model, who answers, and more."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from assistant.ui.bridge.background import WindowPool
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.chat.attachments import read_quoted
from assistant.ui.chat.chat_actions import ChatActions
from assistant.ui.chat.model_chooser import ModelChooser
from assistant.ui.chat.persona_chooser import PersonaChooser
from assistant.ui.chat.place import ChatPlace
from assistant.ui.chat.session import ChatSession
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.menu import Menu


class PlusMenu(QObject):
    """Puts text files into the message, and begins temporary chats.

    Args:
        theme: The theme in force.
        place: Whose composer it is.
        pool: Where files are read.
        relay: Brings their text here.
    """

    temporary_requested = Signal()

    def __init__(self, theme: Theme, place: ChatPlace, pool: WindowPool, relay: JobRelay) -> None:
        super().__init__(place)
        self._theme = theme
        self._place = place
        self._pool = pool
        self._relay = relay
        place.composer.plus_requested.connect(self._open)
        place.composer.field.files_dropped.connect(self.attach)

    def menu(self) -> Menu:
        """What can be added."""
        menu = Menu(self._theme, "Add", self._place)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.add("Put a text file into the message…", self._choose, icon="file-up")
        menu.add("Temporary chat, kept nowhere", self.temporary_requested.emit, icon="hat-glasses")
        return menu

    def attach(self, paths: list[Path]) -> None:
        """Reads files and puts their text at the cursor, quoted."""
        for path in paths:
            self._relay.watch(
                self._pool.job(lambda path=path: read_quoted(path)),
                self._insert,
            )

    def _open(self) -> None:
        self.menu().open_below(self._place.composer.plus)

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(self._place, "Text files", str(Path.home()))
        self.attach([Path(each) for each in chosen])

    def _insert(self, text: str) -> None:
        self._place.composer.field.insert_block(text)
        self._place.write()


class ChatMenus(QObject):
    """Opens the menus of the bar and the model picker.

    Args:
        theme: The theme in force.
        place: Where the buttons are.
        session: The shown chat.
        personas: Who can answer.
        models: Which models there are.
        actions: What can be done with a chat.
    """

    def __init__(
        self,
        theme: Theme,
        place: ChatPlace,
        session: ChatSession,
        personas: PersonaChooser,
        models: ModelChooser,
        actions: ChatActions,
    ) -> None:
        super().__init__(place)
        self._theme = theme
        self._place = place
        self._session = session
        self._personas = personas
        self._models = models
        self._actions = actions
        place.composer.model_requested.connect(self.open_models)
        place.bar.persona_requested.connect(self.open_personas)
        place.bar.more_requested.connect(self._open_more)
        place.bar.title.renamed.connect(self._rename)

    def open_models(self) -> None:
        """The model picker."""
        self._models.menu(self._place).open_below(self._place.composer.model)

    def open_personas(self) -> None:
        """Who answers."""
        self._personas.menu().open_below(self._place.bar.persona)

    def more_menu(self) -> Menu:
        """What can be done with the shown chat."""
        menu = Menu(self._theme, "More", self._place)
        menu.aboutToHide.connect(menu.deleteLater)
        chat = self._session.conversation
        if chat is None:
            return menu
        menu.add("Rename", self._place.bar.title.edit, icon="pencil")
        if not chat.temporary:
            actions = self._actions
            pin = ("Unpin", "pin-off") if chat.pinned else ("Pin", "pin")
            menu.add(pin[0], lambda: actions.pin(chat), icon=pin[1])
            shelve = ("Bring back", "archive-restore") if chat.archived else ("Archive", "archive")
            menu.add(shelve[0], lambda: actions.archive(chat), icon=shelve[1])
            menu.add("Export as Markdown…", lambda: actions.export(chat, ".md"), icon="file-down")
            menu.add("Export as JSON…", lambda: actions.export(chat, ".json"), icon="file-down")
            menu.addSeparator()
            menu.add("Delete", lambda: actions.delete(chat), icon="trash-2", destructive=True)
        return menu

    def _open_more(self) -> None:
        self.more_menu().open_below(self._place.bar.more_button)

    def _rename(self, title: str) -> None:
        if self._session.id is not None:
            self._actions.rename(self._session.id, title)
