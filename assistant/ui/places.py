"""Places that are built when they are first asked for."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from assistant.config.paths import resources
from assistant.domain.model import ModelState, ModelStatus
from assistant.ui.theme.theme import Theme

if TYPE_CHECKING:
    from assistant.ui.desk import Desk
    from assistant.ui.library.controller import ModelsController
    from assistant.ui.settings.controller import SettingsController
    from assistant.ui.welcome.screen import WelcomeScreen


class LatePlaces(QObject):
    """Settings, models and the welcome: nobody waits for them at the start.

    Args:
        theme: The theme in force.
        desk: Owns the window and the services.
    """

    def __init__(self, theme: Theme, desk: "Desk") -> None:
        super().__init__(desk)
        self._theme = theme
        self._desk = desk
        self._settings: SettingsController | None = None
        self._models: ModelsController | None = None
        self._welcome: WelcomeScreen | None = None

    def make(self, name: str) -> None:
        """Builds a place by its name; other names are passed over."""
        if name == "settings":
            self._make_settings()
        elif name == "models":
            self._make_models()

    def refresh(self, name: str) -> None:
        """Reads again what a place shows, now that it is shown."""
        if name == "settings" and self._settings is not None:
            self._settings.refresh()
        elif name == "models" and self._models is not None:
            self._models.refresh()

    def show_keys(self) -> None:
        """The list of keys."""
        from assistant.ui.keys import KeyList

        dialog = KeyList(self._theme, self._desk.shortcuts, self._desk.window)
        dialog.bindings_changed.connect(self._keep_keys)
        dialog.open()

    def _keep_keys(self, bindings: dict[str, str]) -> None:
        desk = self._desk
        desk.relay.watch(desk.core.preferences.change("keys", "bindings", bindings))

    def show_welcome(self) -> None:
        """The first screen of the first run."""
        from assistant.ui.welcome.screen import WelcomeScreen

        desk = self._desk
        screen = WelcomeScreen(self._theme)
        screen.started.connect(self.close_welcome)
        self._welcome = screen
        desk.model_status.changed.connect(self._tell_welcome)
        self._tell_welcome(desk.model_status.status)
        desk.window.add_place("welcome", screen)
        desk.window.show_place("welcome")

    def _tell_welcome(self, status: ModelStatus) -> None:
        if self._welcome is None:
            return
        name = status.model.name if status.model is not None else ""
        words = {
            ModelState.READY: f"{name} is ready to answer.",
            ModelState.LOADING: f"{name} is being loaded.",
            ModelState.NONE: "A model is being looked for.",
        }
        self._welcome.show_model(words.get(status.state, status.detail or "No model is here yet."))

    def close_welcome(self) -> None:
        """Start was pressed: the chat, from now on."""
        desk = self._desk
        if self._welcome is None:
            return
        self._welcome = None
        desk.model_status.changed.disconnect(self._tell_welcome)
        desk.relay.watch(desk.core.preferences.change("general", "first_run_done", value=True))
        desk.enter()
        desk.window.remove_place("welcome")

    def _make_settings(self) -> None:
        from assistant.ui.settings.controller import SettingsController
        from assistant.ui.settings.place import SettingsPlace

        desk = self._desk
        place = SettingsPlace(self._theme, desk.core.settings.current, resources())
        place.back_wanted.connect(desk.window.go_back)
        place.keys_wanted.connect(self.show_keys)
        made = SettingsController(desk.core, place, self._theme, desk.relay, self)
        made.said.connect(desk.say)
        made.failed.connect(desk.say_error)
        made.changed.connect(desk.apply)
        made.recovery_key_made.connect(desk.show_recovery_key)
        made.history_replaced.connect(desk.reread)
        self._settings = made
        desk.window.add_place("settings", place)

    def _make_models(self) -> None:
        from assistant.ui.library.controller import ModelsController
        from assistant.ui.library.place import ModelsPlace

        desk = self._desk
        place = ModelsPlace(self._theme)
        made = ModelsController(desk.core, place, desk.relay, desk.model_status, self)
        made.said.connect(desk.say)
        made.failed.connect(desk.say_error)
        made.changed.connect(desk.room.models.read)
        self._models = made
        desk.window.add_place("models", place)
