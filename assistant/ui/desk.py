"""Everything in the window that needs the services: built once they are there, ended once."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from assistant.config.settings import Settings
from assistant.domain.conversation import Conversation
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ConversationId
from assistant.domain.model import ModelInfo
from assistant.domain.vault import VaultState, VaultStatus
from assistant.services.core import Core
from assistant.services.passphrase_file import read_passphrase
from assistant.ui.bridge.background import WindowPool
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.bridge.relays import ChangesRelay, ModelStatusRelay, TroubleRelay
from assistant.ui.chat.listing.deleted import DeletedChats
from assistant.ui.chat.room import ChatRoom
from assistant.ui.chat.session import Spot
from assistant.ui.crash import CrashWatch
from assistant.ui.library.offer import OfferKeeper, OfferLine
from assistant.ui.library.wires import Wires
from assistant.ui.links import open_url
from assistant.ui.main_window import MainWindow
from assistant.ui.models.chats import Shelf
from assistant.ui.places import LatePlaces
from assistant.ui.plan.badge import PlanBadge
from assistant.ui.search.palette import SearchPalette
from assistant.ui.shell.badge import CountBadge
from assistant.ui.shortcuts import Shortcuts
from assistant.ui.theme.theme import Theme
from assistant.ui.unlock.controller import UnlockController
from assistant.ui.unlock.recovery import RecoveryScreen
from assistant.ui.unlock.screen import UnlockScreen

_GATES = ("welcome", "unlock", "recovery")
_KEYS_OF_GATES = ("larger", "smaller", "normal_size", "quit")
_ASKS_PASSPHRASE = (VaultState.NEEDS_PASSPHRASE, VaultState.NEW_PASSPHRASE)


class Desk(QObject):
    """Puts the places into the window and opens the vault.

    Args:
        theme: The theme in force.
        window: The window, shown already.
        core: The services.
        crash: Notes what goes wrong.
    """

    ready = Signal()
    """The vault is open and the chat is shown."""
    quit_wanted = Signal()

    def __init__(self, theme: Theme, window: MainWindow, core: Core, crash: CrashWatch) -> None:
        super().__init__(window)
        self._theme = theme
        self.window = window
        self.core = core
        self._crash = crash
        self.relay = JobRelay(self)
        self.pool = WindowPool(self)
        self.changes = ChangesRelay(core.history, self)
        self.model_status = ModelStatusRelay(core.models, self)
        self._troubles = TroubleRelay(core, self)
        self.shortcuts = Shortcuts(core.settings.current.keys.bindings, self)
        self.room = ChatRoom(theme, core, self.relay, self.pool, window.toasts, window)
        self.search = SearchPalette(theme, core, self.relay, self.shortcuts, window)
        self.deleted = DeletedChats(theme, core, self.relay, window)
        self.wires = Wires(theme, core, self.relay, self.model_status, window)
        self.places = LatePlaces(theme, core, window, self.wires, self.shortcuts)
        screen = UnlockScreen(theme)
        window.add_place("chat", self.room.place, self.room.chats)
        window.add_place("unlock", screen)
        self._unlock = UnlockController(core.vault, screen, self.relay, self)
        self._passphrase_tried = False
        self._recovery_key = ""
        line = OfferLine(theme)
        self.room.place.set_offer(line)
        self._offer = OfferKeeper(core, line, self.wires)
        self._due = CountBadge("study", self._count_due, window.sidebar, self)
        self._today = PlanBadge(core.planning, self.relay, window.sidebar, self)
        self._connect()
        self._install_keys()

    def _connect(self) -> None:
        self.relay.failed.connect(self.say_error)
        self._troubles.happened.connect(self.say_error)
        self.relay.crashed.connect(self._crash.note)
        self.changes.changed.connect(self.room.changed)
        self.model_status.changed.connect(self.room.show_model)
        self.room.answering.finished.connect(self._offer.answered)
        self._unlock.opened.connect(self._opened)
        self._unlock.needed.connect(self._ask_to_unlock)
        self._connect_places()
        self.window.place_shown.connect(self._allow_keys)
        self.window.sidebar.search_requested.connect(self.search.open_over)
        self.window.sidebar.fold_changed.connect(self._keep_fold)
        self.search.theme_wanted.connect(self._other_theme)
        self.search.message_chosen.connect(self._go_to_hit)
        self.room.transcript.asks.link_activated.connect(self._open_link)
        self.room.models.all_wanted.connect(self._show_models)
        self.room.plan_offer.way_wanted.connect(self.places.show_way)
        self.room.chats.list.look_requested.connect(self.deleted.look_at)
        self.deleted.restore_requested.connect(self._bring_back)
        self.deleted.forget_requested.connect(self.room.actions.forget)
        self.shortcuts.changed.connect(self._show_keys)

    def _connect_places(self) -> None:
        places = self.places
        self.window.place_wanted.connect(places.make)
        self.window.place_shown.connect(places.refresh)
        places.said.connect(self.say)
        places.failed.connect(self.say_error)
        places.settings_changed.connect(self._apply_settings)
        places.models_changed.connect(self.room.models.read)
        self.wires.downloads.installed.connect(self._came)
        self.wires.fetching.failed.connect(self.say_error)
        self.wires.fetching.said.connect(self._say_quietly)
        places.recovery_key_made.connect(self._show_recovery_key)
        places.history_replaced.connect(self._reread)
        places.welcomed.connect(self.enter)

    def _install_keys(self) -> None:
        window, room = self.window, self.room
        self.shortcuts.install(
            window,
            {
                "new_chat": self._new_chat,
                "temporary_chat": self._new_temporary_chat,
                "search": self.search.open_over,
                "find": room.transcript.open_find,
                "model_picker": room.menus.open_models,
                "parameters": room.place.panel.toggle,
                "write": room.place.write,
                "place_chat": self._show_chat,
                "place_study": self._show_study,
                "place_plan": self._show_plan,
                "place_models": self._show_models,
                "sidebar": window.sidebar.toggle_fold,
                "settings": window.show_settings,
                "keys": self.places.show_keys,
                "larger": self._larger,
                "smaller": self._smaller,
                "normal_size": self._normal_size,
                "quit": self.quit_wanted.emit,
            },
        )
        self._show_keys()

    def _allow_keys(self, place: str) -> None:
        """Before the history is open, and before its key is kept, nothing leads past that."""
        self.shortcuts.allow_only(_KEYS_OF_GATES if place in _GATES else None)

    # The beginning

    def begin(self) -> None:
        """Opens the vault."""
        self._apply_settings(self.core.settings.current)
        self.room.show_model(self.core.models.status)
        self._unlock.open()

    def _ask_to_unlock(self) -> None:
        path = self.core.options.passphrase_file
        asks = self.core.vault.status.state in _ASKS_PASSPHRASE
        if path is not None and asks and not self._passphrase_tried:
            self._passphrase_tried = True
            job = self.pool.job(lambda: read_passphrase(path))
            self.relay.watch(job, self._unlock.open, self._passphrase_unreadable)
            return
        self.window.show_place("unlock")

    def _passphrase_unreadable(self, error: UserFacingError) -> None:
        self.window.show_place("unlock")
        self.say_error(error)

    def _opened(self, status: VaultStatus) -> None:
        settings = self.core.settings.current
        if settings.models.load_at_start:
            self.pool.job(self.core.safe_start.load)
        last = settings.general.last_conversation
        self.room.begin(ConversationId(last) if last > 0 else None)
        self.core.start_upkeep()
        self._recovery_key = status.recovery_key
        if settings.general.first_run_done:
            self._remind_of_key()
            self.enter()
        else:
            self.places.show_welcome()
        for note in (*status.notes, self.core.settings.problem):
            if note:
                self.window.toasts.show_toast(note)
        self._due.begin()
        self._today.begin()
        self.ready.emit()

    def _remind_of_key(self) -> None:
        """The window was closed before the recovery key was said to be written down."""
        if not self._recovery_key and not self.core.settings.current.general.recovery_key_kept:
            self.window.toasts.show_toast(
                "You have not confirmed that you wrote down your recovery key.",
                icon="key-round",
                action="Make a new one",
                on_action=self._make_recovery_key,
            )

    def _make_recovery_key(self) -> None:
        self.relay.watch(self.core.vault.new_recovery_key(), self._show_recovery_key)

    def enter(self) -> None:
        """Shows the chat; the recovery key of a new history comes before it, once."""
        key, self._recovery_key = self._recovery_key, ""
        if key:
            self._show_recovery_key(key)
        else:
            self._show_chat()

    def _show_recovery_key(self, key: str) -> None:
        """Shows a new recovery key until it is written down."""
        card = RecoveryScreen(self._theme, key)
        card.acknowledged.connect(self._recovery_key_kept)
        card.save_failed.connect(self.say)
        self.window.add_place("recovery", card)
        self.window.show_place("recovery")

    def _recovery_key_kept(self) -> None:
        self._keep("recovery_key_kept", value=True)
        self._show_chat()
        self.window.remove_place("recovery")

    def _count_due(self) -> None:
        self.relay.watch(self.core.study.today.due(), self._due.show)

    # The end

    def end(self) -> None:
        """Keeps what is unsaved and lets nothing more be delivered. The core is closed after."""
        self.room.end()
        self._keep("window_geometry", self.window.geometry_text())
        chat = self.room.session.conversation
        last = chat.id if chat is not None and not chat.temporary else 0
        self._keep("last_conversation", int(last))
        self.places.end()
        self._due.close()
        self._today.close()
        self.wires.close()
        self.changes.close()
        self.model_status.close()
        self._troubles.close()
        self.relay.close()
        self.pool.close()

    # What the window says

    def say(self, words: str) -> None:
        """One line on what was done."""
        self.window.toasts.show_toast(words, icon="circle-check", tone="good")

    def _say_quietly(self, words: str) -> None:
        self.window.toasts.show_toast(words)

    def _came(self, model: ModelInfo) -> None:
        """A download is ready: it can be used from here, wherever one is."""
        self.room.models.read()
        self.window.toasts.show_toast(
            f"{model.name} is here, checked and tried.",
            icon="circle-check",
            tone="good",
            action="Use it",
            on_action=lambda: self.room.models.use(model),
        )

    def say_error(self, error: UserFacingError) -> None:
        """What happened and what to do."""
        words = f"{error.message} {error.hint}".strip()
        self.window.toasts.show_toast(words, icon="circle-alert", tone="bad")

    def offer_diagnostics(self) -> None:
        """Something went wrong in the run before: offers what was noted of it."""
        if self._crash.notes.unseen():
            self.window.toasts.show_toast(
                "Lamplight ended unexpectedly last time. Your words are safe.",
                icon="bug",
                action="Copy diagnostics",
                on_action=self._copy_diagnostics,
            )

    def _reread(self) -> None:
        """The history was replaced by a backup: nothing that is shown holds any more."""
        self.room.session.new()
        self.room.chats.read()
        self.room.personas.read()

    def _copy_diagnostics(self) -> None:
        QGuiApplication.clipboard().setText(self._crash.diagnostics())
        self._crash.notes.mark_seen()
        self.say("Copied. It holds nothing of what you wrote.")

    def _apply_settings(self, settings: Settings) -> None:
        look = settings.appearance
        self._theme.set(
            mode=look.theme,
            text_size=look.text_size,
            high_contrast=look.high_contrast,
            reduced_motion=look.reduced_motion,
        )
        self.room.place.composer.field.enter_sends = settings.chat.enter_sends
        self.room.transcript.shows_numbers = settings.chat.show_numbers
        self.shortcuts.set_bindings(settings.keys.bindings)
        self.wires.network.say()

    def _show_keys(self) -> None:
        self.room.chats.button.set_keys(self.shortcuts.text("new_chat"))
        bar = self.room.place.bar
        bar.find_button.set_name("Find in this chat", self.shortcuts.text("find"))
        bar.panel_button.set_name(
            "Persona, sampling and context", self.shortcuts.text("parameters")
        )

    # Going places

    def _show_chat(self) -> None:
        self.window.show_place("chat")
        self.room.place.write()

    def _show_study(self) -> None:
        self.window.show_place("study")

    def _show_plan(self) -> None:
        self.window.show_place("plan")

    def _show_models(self) -> None:
        self.window.show_place("models")

    def _new_chat(self) -> None:
        self.window.show_place("chat")
        self.room.new_chat()

    def _new_temporary_chat(self) -> None:
        self.window.show_place("chat")
        self.room.new_temporary_chat()

    def _bring_back(self, chat: Conversation) -> None:
        """A deleted chat is among the others again, and shown."""
        self.room.actions.restore(chat)
        self.room.chats.show_shelf(Shelf.CHATS)
        self.window.show_place("chat")
        self.room.open(chat.id)

    def _go_to_hit(self, conversation_id: ConversationId, spot: Spot) -> None:
        self.window.show_place("chat")
        self.room.open_at(conversation_id, spot)

    def _open_link(self, text: str) -> None:
        try:
            open_url(self._theme, text, self.window)
        except UserFacingError as error:
            self.say_error(error)

    # Small settings

    def _other_theme(self) -> None:
        mode = "light" if self._theme.tokens.dark else "dark"
        self._theme.set(mode=mode)
        self.relay.watch(self.core.preferences.change("appearance", "theme", mode))

    def _larger(self) -> None:
        self._set_text_size(self._theme.text_size + 1)

    def _smaller(self) -> None:
        self._set_text_size(self._theme.text_size - 1)

    def _normal_size(self) -> None:
        self._set_text_size(16)

    def _set_text_size(self, size: int) -> None:
        self._theme.set(text_size=size)
        job = self.core.preferences.change("appearance", "text_size", self._theme.text_size)
        self.relay.watch(job)

    def _keep_fold(self, folded: bool) -> None:  # noqa: FBT001 - a signal's argument
        self._keep("sidebar_collapsed", folded)

    def _keep(self, field: str, value: object) -> None:
        self.relay.watch(self.core.preferences.change("general", field, value))
