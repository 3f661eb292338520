"""A section of the settings: made from the declarative model, or of rows of its own."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assistant.config.describe import SettingRow, SettingSection
from assistant.config.settings import Settings
from assistant.ui.settings.card import SEARCHED, RowCard
from assistant.ui.settings.controls import SettingControl
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.labels import PlainLabel


class _Binding(QObject):
    """Ties one control to its place in the settings."""

    changed = Signal(str, str, object)

    def __init__(self, row: SettingRow, control: SettingControl, parent: QObject) -> None:
        super().__init__(parent)
        self._row = row
        control.changed.connect(self._tell)

    @Slot(object)
    def _tell(self, value: object) -> None:
        self.changed.emit(self._row.section, self._row.field, value)


class RowsSection(QWidget):
    """A title and a card of rows that are not made from the model; the search finds each.

    Args:
        theme: The theme in force.
        title: Stands over the card; who searches for it is shown all rows.
        parent: The owner.
    """

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title.casefold()
        self.setAccessibleName(title)
        self.card = RowCard(theme, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px(28))
        column.setSpacing(theme.px(10))
        column.addWidget(PlainLabel(theme, title, "card_title"))
        column.addWidget(self.card)

    def show_only(self, words: str) -> None:
        """Hides every row that has not all ``words``; no words show all."""
        wanted = words.casefold().split()
        found = False
        for row in self.card.searched_rows():
            text = f"{self._title} {row.property(SEARCHED)}"
            hit = all(word in text for word in wanted)
            row.setVisible(hit)
            found = found or hit
        self.setVisible(found)


class SectionView(QWidget):
    """A title and a card of rows; rows can be filtered.

    Args:
        theme: The theme in force.
        section: What it shows.
        settings: The values to begin with.
        parent: The owner.
    """

    changed = Signal(str, str, object)
    """Section, field and the new value."""

    def __init__(
        self,
        theme: Theme,
        section: SettingSection,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.name = section.name
        self._rows: dict[str, tuple[QWidget, SettingControl]] = {}
        self._others: list[QWidget] = []
        self.card = RowCard(theme, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px(28))
        column.setSpacing(theme.px(10))
        column.addWidget(PlainLabel(theme, section.title, "card_title"))
        column.addWidget(self.card)
        values: object = getattr(settings, section.name)
        for row in section.rows:
            control = SettingControl(theme, row, getattr(values, row.field), self)
            binding = _Binding(row, control, self)
            binding.changed.connect(self.changed)
            shown = self.card.add_row(row.title, row.description, control.widget)
            self._rows[row.field] = (shown, control)

    def show_settings(self, settings: Settings) -> None:
        """Shows the values of ``settings``, after a change was refused or came from elsewhere."""
        values: object = getattr(settings, self.name)
        for field, (_, control) in self._rows.items():
            control.show_value(getattr(values, field))

    def offer(self, field: str, choices: list[tuple[str, str]]) -> None:
        """Offers values with their names for a field whose choices are known only now."""
        self._rows[field][1].offer(choices)

    def add_searched(self, *rows: QWidget) -> None:
        """Lets the search find rows that are not made from the model."""
        self._others.extend(rows)

    def show_only(self, fields: set[str] | None, words: str = "") -> None:
        """Hides every row that is neither in ``fields`` nor has all ``words``; None shows all."""
        for field, (row, _) in self._rows.items():
            row.setVisible(fields is None or field in fields)
        found = False
        for row in self._others:
            text = str(row.property(SEARCHED))
            hit = fields is None or all(word in text for word in words.casefold().split())
            row.setVisible(hit)
            found = found or hit
        self.setVisible(fields is None or bool(fields & set(self._rows)) or found)
