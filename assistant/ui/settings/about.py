"""About and licences: what this is, what it stands on, and what it promises."""

import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from assistant import __version__
from assistant.ui.settings.card import SEARCHED
from assistant.ui.settings.section import RowsSection
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.choice import Choice
from assistant.ui.widgets.labels import PlainLabel

_DOCUMENTS = (("What's new", "docs/CHANGELOG.md"), ("How the history is kept", "docs/vault.md"))


class AboutView(RowsSection):
    """The version, the documents that ship, and the licence of every part.

    Args:
        theme: The theme in force.
        resources: Folder of the files that ship.
        parent: The owner.
    """

    diagnostics_wanted = Signal()

    def __init__(self, theme: Theme, resources: Path, parent: QWidget | None = None) -> None:
        super().__init__(theme, "About and licences", parent)
        self._theme = theme
        self._resources = resources
        self._filled = False
        self._texts: list[str] = []
        self._choice = Choice(theme, "Document or licence")
        self._choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._choice.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setFont(theme.font("small"))
        self._text.setMinimumHeight(theme.px(300))
        self._text.setAccessibleName("Text of the document or licence")
        self._choice.currentIndexChanged.connect(self._show)
        copy = Button(theme, "Copy diagnostics", icon="clipboard-copy")
        copy.clicked.connect(self.diagnostics_wanted)
        row = self.card.add_row(
            f"Lamplight {__version__}",
            "A tutor and planner that runs entirely on your own machine. Apache-2.0.",
            copy,
        )
        row.setProperty(SEARCHED, f"{row.property(SEARCHED)} version copy diagnostics")
        holder = QWidget()
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.px(10))
        line = QHBoxLayout()
        line.addWidget(PlainLabel(theme, "Read", "interface_medium"))
        line.addWidget(self._choice)
        inner.addLayout(line)
        inner.addWidget(self._text)
        self.card.add_widget(holder, "read documents licences what's new changes")

    def sizeHint(self) -> QSize:
        """Tall enough to read in."""
        return QSize(self._theme.px(600), self._theme.px(480))

    def showEvent(self, event: QShowEvent) -> None:
        """The texts are read when they are first looked at."""
        super().showEvent(event)
        if not self._filled:
            self._filled = True
            self._fill()

    def _fill(self) -> None:
        for title, name in _DOCUMENTS:
            path = self._resources / name
            if path.is_file():
                self._add(title, path.read_text(encoding="utf-8"))
        for path in sorted(self._resources.glob("*/LICENCE-*.txt")):
            self._add(path.stem.removeprefix("LICENCE-"), path.read_text(encoding="utf-8"))
        licences = self._resources / "licences.json"
        if licences.is_file():
            entries: list[dict[str, Any]] = json.loads(licences.read_text(encoding="utf-8"))
            for entry in entries:
                title = f"{entry['name']} {entry['version']} · {entry['licence']}"
                self._add(title, str(entry.get("text") or entry["licence"]))
        self._choice.setCurrentIndex(0)
        self._show(0)

    def _add(self, title: str, text: str) -> None:
        self._texts.append(text)
        self._choice.addItem(title)
        self._choice.setItemData(
            self._choice.count() - 1, title, Qt.ItemDataRole.AccessibleTextRole
        )

    def _show(self, index: int) -> None:
        if 0 <= index < len(self._texts):
            self._text.setPlainText(self._texts[index])
