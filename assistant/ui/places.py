"""Places that are built when they are first asked for."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from assistant.config.paths import resources
from assistant.domain.machine import MemoryShares
from assistant.domain.model import ModelState, ModelStatus
from assistant.services.core import Core
from assistant.ui.main_window import MainWindow
from assistant.ui.shortcuts import Shortcuts
from assistant.ui.theme.theme import Theme

if TYPE_CHECKING:
    from assistant.ui.chat.plan_way import PlanWay
    from assistant.ui.library.room import ModelsRoom
    from assistant.ui.library.wires import Wires
    from assistant.ui.plan.room import PlanRoom
    from assistant.ui.settings.controller import SettingsController
    from assistant.ui.study.room import StudyRoom
    from assistant.ui.welcome.screen import WelcomeScreen


class LatePlaces(QObject):
    """Settings, study, plan, models and the welcome: nobody waits for them at the start.

    Args:
        theme: The theme in force.
        core: The services.
        window: Gets the places.
        wires: Bring outcomes, the model's state and the downloads to this thread.
        shortcuts: The keys in force.
    """

    said = Signal(str)
    """One line on what was done."""
    failed = Signal(object)
    """A ``UserFacingError``."""
    settings_changed = Signal(object)
    """The new ``Settings``."""
    models_changed = Signal()
    """A model came or went."""
    recovery_key_made = Signal(str)
    history_replaced = Signal()
    """A backup was restored: everything that is shown has to be read again."""
    welcomed = Signal()
    """The welcome is done with; something else has to be shown now."""

    def __init__(
        self,
        theme: Theme,
        core: Core,
        window: MainWindow,
        wires: "Wires",
        shortcuts: Shortcuts,
    ) -> None:
        super().__init__(window)
        self._theme = theme
        self._core = core
        self._window = window
        self._wires = wires
        self._relay = wires.relay
        self._model_status = wires.model_status
        self._shortcuts = shortcuts
        self._settings: SettingsController | None = None
        self._models: ModelsRoom | None = None
        self._study: StudyRoom | None = None
        self._plan: PlanRoom | None = None
        self._welcome: WelcomeScreen | None = None

    def make(self, name: str) -> None:
        """Builds a place by its name; other names are passed over."""
        if name == "settings":
            self._make_settings()
        elif name == "models":
            self._make_models()
        elif name == "study":
            self._make_study()
        elif name == "plan":
            self._make_plan()

    def refresh(self, name: str) -> None:
        """Reads again what a place shows, now that it is shown."""
        if name == "settings" and self._settings is not None:
            self._settings.refresh()
        elif name == "models" and self._models is not None:
            self._models.refresh()
        elif name == "study" and self._study is not None:
            self._study.refresh()
        elif name == "plan" and self._plan is not None:
            self._plan.refresh()

    def show_keys(self) -> None:
        """The list of keys."""
        from assistant.ui.keys import KeyList

        dialog = KeyList(self._theme, self._shortcuts, self._window)
        dialog.bindings_changed.connect(self._keep_keys)
        dialog.open()

    def _keep_keys(self, bindings: dict[str, str]) -> None:
        self._relay.watch(self._core.preferences.change("keys", "bindings", bindings))

    def show_welcome(self) -> None:
        """The first screen of the first run."""
        from assistant.ui.welcome.screen import WelcomeScreen

        screen = WelcomeScreen(self._theme)
        screen.started.connect(self.close_welcome)
        self._welcome = screen
        self._model_status.changed.connect(self._tell_welcome)
        self._tell_welcome(self._model_status.status)
        job = self._core.workers.in_pool(lambda _: self._core.fitting.shares())
        self._relay.watch(job, self._tell_memory)
        self._window.add_place("welcome", screen)
        self._window.show_place("welcome")

    def _tell_welcome(self, status: ModelStatus) -> None:
        if self._welcome is None:
            return
        name = status.model.name if status.model is not None else ""
        words = {
            ModelState.READY: f"{name} is on this machine, checked and loaded.",
            ModelState.LOADING: f"{name} is being loaded.",
            ModelState.NONE: "A model is being looked for.",
        }
        self._welcome.show_model(words.get(status.state, status.detail or "No model is here yet."))

    def _tell_memory(self, shares: MemoryShares | None) -> None:
        if self._welcome is not None and shares is not None:
            self._welcome.show_memory(shares.total_bytes)

    def close_welcome(self) -> None:
        """Start was pressed: the chat, from now on."""
        if self._welcome is None:
            return
        self._welcome = None
        self._model_status.changed.disconnect(self._tell_welcome)
        self._relay.watch(self._core.preferences.change("general", "first_run_done", value=True))
        self.welcomed.emit()
        self._window.remove_place("welcome")

    def _make_settings(self) -> None:
        from assistant.ui.settings.controller import SettingsController
        from assistant.ui.settings.place import SettingsPlace

        place = SettingsPlace(self._theme, self._core.settings.current, resources())
        place.back_wanted.connect(self._window.go_back)
        place.keys_wanted.connect(self.show_keys)
        made = SettingsController(self._core, place, self._theme, self._relay, self)
        made.said.connect(self.said)
        made.failed.connect(self.failed)
        made.changed.connect(self.settings_changed)
        made.recovery_key_made.connect(self.recovery_key_made)
        made.history_replaced.connect(self.history_replaced)
        self._settings = made
        self._window.add_place("settings", place)

    def _make_models(self) -> None:
        from assistant.ui.library.room import ModelsRoom

        made = ModelsRoom(self._theme, self._core, self._wires, self._window)
        made.failed.connect(self.failed)
        made.models_changed.connect(self.models_changed)
        self._models = made
        self._window.add_place("models", made.place, made.place.sections)

    def _make_study(self) -> None:
        from assistant.ui.study.room import StudyRoom

        made = StudyRoom(self._theme, self._core, self._relay, self._window)
        made.failed.connect(self.failed)
        made.said.connect(self.said)
        self._study = made
        self._window.add_place("study", made.place, made.place.sections)

    def _make_plan(self) -> None:
        from assistant.ui.plan.room import PlanRoom

        made = PlanRoom(self._theme, self._core, self._relay, self._window)
        made.failed.connect(self.failed)
        made.said.connect(self.said)
        self._plan = made
        self._window.add_place("plan", made.place, made.place.sections)

    def show_way(self, way: "PlanWay") -> None:
        """Shows what was changed in the plan."""
        self._window.show_place("plan")
        if self._plan is not None:
            self._plan.place.show_page(way.page)
            if way.page == "week" and self._plan.week is not None:
                self._plan.week.show_day(way.day)

    def end(self) -> None:
        """Nothing more is shown."""
        if self._plan is not None:
            self._plan.close()
        if self._study is not None:
            self._study.close()
        if self._models is not None:
            self._models.close()
