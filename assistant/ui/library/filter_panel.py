"""Which models of a list are shown: by skill, size, licence, format and language."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from assistant.domain.model import ModelFormat, Skill
from assistant.ui.library.entries import Entry
from assistant.ui.library.ordering import Choosing
from assistant.ui.library.words import language_words, licence_words, skill_words
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.choice import Choice
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.popover import Popover

_SIZES = (1, 2, 4, 8, 16)
"""In GB."""


class FilterPanel(Popover):
    """Five choices, made of what is in the list; each holds at once.

    Args:
        theme: The theme in force.
        entries: All of the list.
        choosing: What holds now.
        parent: The owner.
    """

    chosen = Signal(object)
    """The new ``Choosing``."""

    def __init__(
        self, theme: Theme, entries: Sequence[Entry], choosing: Choosing, parent: QWidget
    ) -> None:
        content = QWidget()
        super().__init__(theme, "Filter", content, padding=14, parent=parent)
        self._choosing = choosing
        self._fields: dict[str, Choice] = {}
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.px(8))
        self._grid.setColumnStretch(1, 1)
        models = [entry.model for entry in entries]
        skills = sorted({skill for model in models for skill in model.skills})
        self._add("skill", "Good at", [(skill_words(each), each) for each in skills])
        largest = max((model.size_bytes for model in models), default=0)
        sizes = [(f"Up to {size} GB", size * 10**9) for size in _SIZES if size * 10**9 < largest]
        self._add("largest_bytes", "Size", sizes)
        licences = sorted({licence_words(model.licence) for model in models})
        self._add("licence", "Licence", [(each, each) for each in licences])
        formats = sorted({model.format for model in models})
        self._add("format", "Format", [(each.value.upper(), each) for each in formats])
        codes = {code for model in models for code in model.languages}
        named = sorted((language_words(code), code) for code in codes)
        self._add("language", "Language", list(named))
        all_of_them = Button(theme, "Show all", "ghost", small=True)
        all_of_them.clicked.connect(self._show_all)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(all_of_them)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._grid)
        column.addLayout(foot)
        content.setFixedWidth(theme.px(280))

    def _add(self, field: str, name: str, choices: Sequence[tuple[str, object]]) -> None:
        row = self._grid.rowCount()
        choice = Choice(self._theme, name)
        choice.addItem("Any", None)
        for words, value in choices:
            choice.addItem(words, value)
            if value == getattr(self._choosing, field):
                choice.setCurrentIndex(choice.count() - 1)
        choice.activated.connect(self._change)
        self._fields[field] = choice
        self._grid.addWidget(PlainLabel(self._theme, name, "interface", "ink2"), row, 0)
        self._grid.addWidget(choice, row, 1)

    def _change(self) -> None:
        found: dict[str, object] = {
            field: choice.currentData() for field, choice in self._fields.items()
        }
        skill, size, form = found["skill"], found["largest_bytes"], found["format"]
        self._choosing = replace(
            self._choosing,
            skill=Skill(skill) if isinstance(skill, str) else None,
            largest_bytes=size if isinstance(size, int) else 0,
            licence=str(found["licence"] or ""),
            format=ModelFormat(form) if isinstance(form, str) else None,
            language=str(found["language"] or ""),
        )
        self.chosen.emit(self._choosing)

    def _show_all(self) -> None:
        for choice in self._fields.values():
            choice.setCurrentIndex(0)
        self._change()
        self.close()
