"""All chats to a file, and chats from a file: what is chosen, how far it is, what came of it."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from assistant.services.exchange import ExportFormat
from assistant.ui.settings.section import RowsSection
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.meters import ProgressBar

_FORMATS = (
    ("JSON, everything, to import again (*.json)", "json", ExportFormat.JSON),
    ("Markdown, to read (*.md)", "md", ExportFormat.MARKDOWN),
    ("OpenAI style, a chat a line (*.jsonl)", "jsonl", ExportFormat.OPENAI),
)
_WAY_IN = "JSON files of Lamplight (*.json);;All files (*)"


class ChatsSection(RowsSection):
    """Asks to export and import; it does neither itself.

    Args:
        theme: The theme in force.
        parent: The owner.
    """

    export_wanted = Signal(object, object)
    """The path of the file and its ``ExportFormat``."""
    import_wanted = Signal(object)
    """The path of the file."""
    cancelled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Your chats", parent)
        self._export = Button(theme, "Export all chats…", icon="file-down")
        self._import = Button(theme, "Import chats…", icon="file-up")
        self._doing = PlainLabel(theme, "", "small", "ink2")
        self._bar = ProgressBar(theme, "Export or import of chats")
        self._cancel = Button(theme, "Cancel", "ghost", small=True)
        self.outcome = PlainLabel(theme, "", "small", "ink2", wrap=True)
        self.card.add_row(
            "Export",
            "Every chat that is not deleted, in one file. The file is not encrypted.",
            self._export,
        )
        self.card.add_row(
            "Import",
            "From a JSON file that Lamplight exported. Chats that are here already stay as "
            "they are.",
            self._import,
        )
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(12))
        line.addWidget(self._doing)
        line.addWidget(self._bar, 1)
        line.addWidget(self._cancel)
        self._progress_row = self.card.add_widget(holder)
        self._progress_row.hide()
        self._outcome_row = self.card.add_widget(self.outcome)
        self._outcome_row.hide()
        self._export.clicked.connect(self.choose_export)
        self._import.clicked.connect(self.choose_import)
        self._cancel.clicked.connect(self.cancelled)

    def choose_export(self) -> QFileDialog:
        """Asks for a file and a format."""
        dialog = QFileDialog(self, "Export all chats", str(Path.home() / "Lamplight chats.json"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([words for words, _, _ in _FORMATS])
        dialog.setDefaultSuffix(_FORMATS[0][1])
        dialog.filterSelected.connect(self._format_chosen)
        dialog.fileSelected.connect(self._file_named)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def choose_import(self) -> QFileDialog:
        """Asks for the file."""
        dialog = QFileDialog(self, "Import chats", str(Path.home()), _WAY_IN)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._file_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def show_progress(self, fraction: float, doing: str) -> None:
        """Says how far it is; meanwhile nothing else can be begun."""
        self._outcome_row.hide()
        self._progress_row.show()
        self._set_busy(busy=True)
        self._doing.setText(f"{doing} · {fraction:.0%}")
        self._bar.set_share(fraction)

    def show_outcome(self, words: str, *, good: bool) -> None:
        """Says what came of it."""
        self._progress_row.hide()
        self._set_busy(busy=False)
        self.outcome.setText(words)
        self.outcome.set_colour("good" if good else "bad")
        self._outcome_row.show()

    def _set_busy(self, *, busy: bool) -> None:
        self._export.setEnabled(not busy)
        self._import.setEnabled(not busy)

    def _format_chosen(self, words: str) -> None:
        dialog = self.sender()
        if isinstance(dialog, QFileDialog):
            dialog.setDefaultSuffix(next(end for named, end, _ in _FORMATS if named == words))

    def _file_named(self, path: str) -> None:
        dialog = self.sender()
        chosen = dialog.selectedNameFilter() if isinstance(dialog, QFileDialog) else ""
        self.export_wanted.emit(Path(path), _format_of(Path(path), chosen))

    def _file_chosen(self, path: str) -> None:
        self.import_wanted.emit(Path(path))


def _format_of(path: Path, chosen: str) -> ExportFormat:
    """What the ending of the file says; the chosen line of the dialog for other endings."""
    by_ending = {end: form for _, end, form in _FORMATS}
    by_line = {words: form for words, _, form in _FORMATS}
    ending = path.suffix.lower().removeprefix(".")
    return by_ending.get(ending) or by_line.get(chosen, ExportFormat.JSON)
