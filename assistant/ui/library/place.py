"""The models place."""

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from assistant.domain.model import Fit, ModelInfo, ModelState, ModelStatus
from assistant.services.engine_health import ModelHealth
from assistant.ui.library.row import ModelRow
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.card import Card, Divider
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.meters import ProgressBar
from assistant.ui.widgets.notices import EmptyState
from assistant.ui.widgets.question import Question
from assistant.ui.widgets.scroll import ScrollArea

_WIDEST = 980


class ModelsPlace(QWidget):
    """What is installed, with one way to bring more in. It asks; it changes nothing itself.

    Args:
        theme: The theme in force.
        parent: The owner.
    """

    use_wanted = Signal(str)
    load_anyway_wanted = Signal(object)
    """Id of a model that seems not to fit."""
    eject_wanted = Signal()
    remove_wanted = Signal(str)
    import_wanted = Signal(str)
    """Path of a file to be imported."""
    import_cancelled = Signal()
    looked_at = Signal(bool)
    """It came into view, or left it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: list[ModelRow] = []
        self._status = ModelStatus(ModelState.NONE)
        self._list = Card(theme, 0)
        self._list.body.setSpacing(0)
        self._import = Button(theme, "Import a file", icon="file-input")
        self._import.clicked.connect(self._choose_file)
        self._doing = PlainLabel(theme, "", "small", "ink2")
        self._bar = ProgressBar(theme, "Import of a model")
        self._cancel = Button(theme, "Cancel", "ghost", small=True)
        self._cancel.clicked.connect(self.import_cancelled)
        self._empty = EmptyState(
            theme,
            "No model is installed",
            "Import a .gguf file, or start Lamplight again with its starter model.",
            icon="box",
        )
        self.setAccessibleName("Models")
        self.setAcceptDrops(True)
        self._build()

    def _build(self) -> None:
        theme = self._theme
        body = QWidget()
        body.setMaximumWidth(theme.px(_WIDEST))
        column = QVBoxLayout(body)
        column.setContentsMargins(0, theme.px(20), 0, theme.px(28))
        column.setSpacing(theme.px(16))
        head = QHBoxLayout()
        head.addWidget(PlainLabel(theme, "On this machine", "title"))
        head.addStretch(1)
        head.addWidget(self._import)
        column.addLayout(head)
        self._progress = QWidget()
        line = QHBoxLayout(self._progress)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._doing)
        line.addWidget(self._bar, 1)
        line.addWidget(self._cancel)
        self._progress.hide()
        column.addWidget(self._progress)
        column.addWidget(self._empty)
        column.addWidget(self._list)
        column.addStretch(1)
        middle = QWidget()
        centre = QHBoxLayout(middle)
        centre.setContentsMargins(theme.px(28), 0, theme.px(28), 0)
        centre.addStretch(1)
        centre.addWidget(body, 100)
        centre.addStretch(1)
        scroll = ScrollArea(middle)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def show_models(self, models: list[tuple[ModelInfo, Fit]]) -> None:
        """Lists these models in this order."""
        while (item := self._list.body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._rows = []
        for number, (model, fit) in enumerate(models):
            if number:
                self._list.body.addWidget(Divider(self._theme))
            row = ModelRow(self._theme, model, fit)
            row.use_wanted.connect(self.use_wanted)
            row.eject_wanted.connect(self.eject_wanted)
            row.remove_wanted.connect(self.remove_wanted)
            row.show_status(self._status)
            self._rows.append(row)
            self._list.body.addWidget(row)
        self._list.setVisible(bool(models))
        self._empty.setVisible(not models)

    def show_health(self, models: list[ModelHealth]) -> None:
        """Says how the models that were used have done."""
        known = {each.id: each for each in models}
        for row in self._rows:
            health = known.get(row.model_id)
            if health is not None:
                row.show_health(health)

    def show_status(self, status: ModelStatus) -> None:
        """Says which model is loaded or loading."""
        self._status = status
        for row in self._rows:
            row.show_status(status)

    def ask_to_load(self, model_id: str, why: str) -> None:
        """Asks whether a model shall be loaded that seems not to fit.

        Args:
            model_id: Which one.
            why: What it needs and what there is, in words.
        """
        question = Question(
            self._theme,
            "Load it anyway?",
            f"{why} The machine may become very slow, or the system may end Lamplight.",
            "Load anyway",
            self,
            icon="gauge",
        )
        question.subject = model_id
        question.agreed.connect(self.load_anyway_wanted)
        question.open()

    def show_import(self, fraction: float, doing: str) -> None:
        """Shows how far an import is; 1 or more ends it."""
        self._progress.setVisible(fraction < 1)
        self._import.setEnabled(fraction >= 1)
        self._doing.setText(doing)
        self._bar.set_share(min(1.0, fraction))

    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, "Import a model", "", "Models (*.gguf);;All files (*)"
        )
        if path:
            self.import_wanted.emit(path)

    def showEvent(self, event: QShowEvent) -> None:
        """Tells that it is looked at."""
        super().showEvent(event)
        self.looked_at.emit(True)  # noqa: FBT003 - a signal has no names

    def hideEvent(self, event: QHideEvent) -> None:
        """Tells that it is not looked at."""
        super().hideEvent(event)
        self.looked_at.emit(False)  # noqa: FBT003 - a signal has no names

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file may be dropped here."""
        if _dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Asks to import the file."""
        path = _dropped(event.mimeData())
        if path:
            event.acceptProposedAction()
            self.import_wanted.emit(path)


def _dropped(data: QMimeData) -> str:
    """The path of the one local file that is dragged; empty for anything else."""
    urls = data.urls()
    return urls[0].toLocalFile() if len(urls) == 1 and urls[0].isLocalFile() else ""
