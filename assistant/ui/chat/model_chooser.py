"""Choosing a model, ejecting it, and bringing a file in."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from assistant.domain.errors import UserFacingError
from assistant.domain.model import ModelInfo, ModelState
from assistant.domain.sizes import size_words
from assistant.services.installing import InstallingService
from assistant.services.models import ModelService
from assistant.ui.bridge.background import WindowPool
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.menu import Menu
from assistant.ui.widgets.toast import Toast, ToastHost


class ModelChooser(QObject):
    """Knows the installed models and opens their menu.

    Args:
        theme: The theme in force.
        models: The service.
        installing: Brings files in.
        relay: Brings outcomes here.
        pool: Where the folder of models is read.
        toasts: Where progress and outcomes are told.
        window: Owns menus and dialogs.
    """

    chosen = Signal(str)
    """The id of the model that is to answer."""
    all_wanted = Signal()
    """The place of the models."""
    changed = Signal()
    """The list was read again."""

    def __init__(
        self,
        theme: Theme,
        models: ModelService,
        installing: InstallingService,
        relay: JobRelay,
        pool: WindowPool,
        toasts: ToastHost,
    ) -> None:
        super().__init__(relay)
        self._theme = theme
        self._service = models
        self._installing = installing
        self._relay = relay
        self._pool = pool
        self._toasts = toasts
        self._progress: Toast | None = None
        self.installed: list[ModelInfo] = []

    def read(self) -> None:
        """Reads which models are installed."""
        self._relay.watch(self._pool.job(self._service.installed), self._read)

    def menu(self, window: QWidget) -> Menu:
        """The installed models; the loaded one is ticked."""
        menu = Menu(self._theme, "Models", window)
        menu.aboutToHide.connect(menu.deleteLater)
        status = self._service.status
        loaded = status.model.id if status.model is not None else ""
        up = status.state in (ModelState.READY, ModelState.LOADING)
        for model in self.installed:
            words = f"{model.name}, {model.quantization}, {size_words(model.size_bytes)}"
            action = menu.add(words, lambda chosen=model: self.use(chosen), icon="box")
            action.setCheckable(True)
            action.setChecked(up and model.id == loaded)
        if not self.installed:
            menu.add("No model is installed", self._nothing).setEnabled(False)
        menu.addSeparator()
        eject = menu.add("Eject", self._service.eject, icon="eject")
        eject.setEnabled(up)
        menu.add("Import a file…", lambda: self.ask_for_file(window), icon="file-input")
        menu.add("All models", self.all_wanted.emit, icon="library")
        return menu

    def use(self, model: ModelInfo) -> None:
        """Makes a model the one that answers, and loads it."""
        self._relay.watch(self._pool.job(lambda: self._service.use(model.id)))
        self.chosen.emit(str(model.id))

    def ask_for_file(self, window: QWidget) -> None:
        """Asks for a model file and brings it in."""
        path, _ = QFileDialog.getOpenFileName(
            window, "Import a model", str(Path.home()), "Models (*.gguf)"
        )
        if path:
            self.bring_in(Path(path))

    def bring_in(self, path: Path) -> None:
        """Checks, copies and tries a model file, then uses it."""
        self._relay.watch(
            self._installing.import_path(path), self._imported, self._not_imported, self._importing
        )

    def _importing(self, fraction: float, doing: str) -> None:
        words = f"{doing or 'Importing'}, {fraction:.0%}".replace("%", " %")
        if self._progress is not None:
            self._progress.close_now()
        self._progress = self._toasts.show_toast(words, icon="file-input")
        self._progress.closed.connect(self._progress_gone)

    def _progress_gone(self) -> None:
        self._progress = None

    def _imported(self, model: ModelInfo) -> None:
        self._end_progress()
        self._toasts.show_toast(f"{model.name} is here now.", icon="circle-check", tone="good")
        self.read()
        self.use(model)

    def _not_imported(self, error: UserFacingError) -> None:
        self._end_progress()
        self._toasts.show_toast(
            f"{error.message} {error.hint}".strip(), icon="circle-alert", tone="bad"
        )

    def _end_progress(self) -> None:
        if self._progress is not None:
            self._progress.close_now()

    def _nothing(self) -> None:
        """A line that only tells."""

    def _read(self, models: list[ModelInfo]) -> None:
        self.installed = models
        self.changed.emit()
