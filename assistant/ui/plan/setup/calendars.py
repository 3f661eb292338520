"""The calendars: brought in with progress, shown or not, and what was refused, with its reason."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.domain.calendar import KeptCalendar
from assistant.services.planning.calendar_values import PLANNED, Imported
from assistant.ui.plan.rows import put_rows
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button, IconButton
from assistant.ui.widgets.card import Card, Divider
from assistant.ui.widgets.flow import FlowLayout
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel
from assistant.ui.widgets.meters import ProgressBar
from assistant.ui.widgets.switch import Switch

_FEW = 8


class CalendarRow(QWidget):
    """A calendar, whether it counts, and the way to take it away.

    Args:
        theme: The theme in force.
        kept: Which one.
    """

    shown_set = Signal(str, bool)
    """Its id, and whether it counts from now on."""

    def __init__(self, theme: Theme, kept: KeptCalendar) -> None:
        super().__init__()
        self.kept = kept
        self.switch = Switch(theme, f"{kept.name} takes time")
        self.remove = IconButton(theme, "trash-2", f"Remove {kept.name}")
        self._count = PlainLabel(theme, "", "small", "ink2")
        self.switch.toggled.connect(self._tell_shown)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        row.addWidget(ElidedLabel(theme, kept.name, "interface_medium"), 1)
        row.addWidget(self._count)
        row.addWidget(self.switch)
        row.addWidget(self.remove)
        self.show_kept(kept)

    def show_kept(self, kept: KeptCalendar) -> None:
        """Shows the same calendar as it is now; tells nobody."""
        self.kept = kept
        self._count.setText("1 entry" if kept.count == 1 else f"{kept.count} entries")
        with QSignalBlocker(self):
            self.switch.setChecked(kept.shown)

    def _tell_shown(self, shown: bool) -> None:  # noqa: FBT001 - a slot
        self.shown_set.emit(str(self.kept.id), shown)


class Refusals(QWidget):
    """What of the last import could not be read, a line each, until it is dismissed.

    Args:
        theme: The theme in force.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lines: tuple[str, ...] = ()
        self._title = PlainLabel(theme, "", "interface_medium", wrap=True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(3))
        self.more = Button(theme, "", "ghost", small=True)
        self.dismiss = IconButton(theme, "x", "Dismiss what could not be read")
        self.more.clicked.connect(self._show_all)
        self.dismiss.clicked.connect(self.hide)
        head, below = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.dismiss)
        below.addWidget(self.more)
        below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(8), 0, 0)
        column.setSpacing(theme.px(4))
        column.addLayout(head)
        column.addLayout(self._rows)
        column.addLayout(below)
        self.hide()

    @property
    def lines(self) -> tuple[str, ...]:
        """What was refused, and why."""
        return self._lines

    def show_refused(self, found: Sequence[Imported]) -> None:
        """Lists what was refused; nothing where all was read."""
        self._lines = tuple(_refused_words(found))
        count = len(self._lines)
        self._title.setText(f"{count} {'entry' if count == 1 else 'entries'} could not be read")
        self._fill(self._lines[:_FEW])
        self.setVisible(bool(self._lines))

    def _show_all(self) -> None:
        self._fill(self._lines)

    def _fill(self, lines: Sequence[str]) -> None:
        labels = [PlainLabel(self._theme, one, "small", "ink2", wrap=True) for one in lines]
        put_rows(self._rows, labels)
        hidden = len(self._lines) - len(lines)
        self.more.setVisible(hidden > 0)
        self.more.setText(f"Show {hidden} more")


class CalendarsCard(Card):
    """Everything of calendars.

    Args:
        theme: The theme in force.
    """

    import_wanted = Signal()
    folder_wanted = Signal()
    export_wanted = Signal()
    cancel_wanted = Signal()
    """What is being brought in shall stop."""
    shown_set = Signal(str, bool)
    """The id of a calendar, and whether it counts."""
    remove_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.calendars: list[CalendarRow] = []
        note = "Read from files (.ics); nothing that they link to is ever opened."
        self.body.addWidget(PlainLabel(theme, "Calendars", "card_title"))
        self.body.addWidget(PlainLabel(theme, note, "small", "ink2", wrap=True))
        self._rows = QVBoxLayout()
        self.body.addLayout(self._rows)
        self.refusals = Refusals(theme)
        self.body.addWidget(self.refusals)
        self.body.addWidget(Divider(theme))
        self.progress = QWidget()
        self.body.addWidget(self.progress)
        self._build_progress(theme)
        self._build_buttons(theme)

    def show_calendars(self, calendars: Sequence[KeptCalendar]) -> None:
        """Lists the calendars."""
        known = {(row.kept.id, row.kept.name): row for row in self.calendars}
        self.calendars = [known.get((one.id, one.name)) or self._row(one) for one in calendars]
        for row, one in zip(self.calendars, calendars, strict=True):
            row.show_kept(one)
        words = "No calendar yet. Its events keep their time free of tasks."
        none = (
            [] if self.calendars else [PlainLabel(self._theme, words, "small", "ink2", wrap=True)]
        )
        put_rows(self._rows, [*self.calendars, *none])

    def _row(self, kept: KeptCalendar) -> CalendarRow:
        row = CalendarRow(self._theme, kept)
        row.shown_set.connect(self.shown_set)
        row.remove.clicked.connect(self._tell_remove)
        return row

    def show_progress(self, share: float | None, words: str = "") -> None:
        """Shows how far bringing in is; None: nothing is brought in."""
        running = share is not None
        self.progress.setVisible(running)
        self.buttons.setVisible(not running)
        self.bar.set_share(share or 0.0)
        self._doing.setText(words)

    def _build_progress(self, theme: Theme) -> None:
        self._doing = ElidedLabel(theme, "", "small", "ink2")
        self.bar = ProgressBar(theme, "How far the import is")
        self.cancel = Button(theme, "Cancel", small=True)
        self.cancel.clicked.connect(self.cancel_wanted)
        words = QVBoxLayout()
        words.setSpacing(theme.px(6))
        words.addWidget(self._doing)
        words.addWidget(self.bar)
        row = QHBoxLayout(self.progress)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addLayout(words, 1)
        row.addWidget(self.cancel)
        self.progress.hide()

    def _build_buttons(self, theme: Theme) -> None:
        self.buttons = QWidget()
        flow = FlowLayout(self.buttons, theme.px(8))
        for words, icon, signal in (
            ("Import a calendar", "calendar-plus", self.import_wanted),
            ("Import a folder", "folder-open", self.folder_wanted),
            ("Export everything", "file-up", self.export_wanted),
        ):
            button = Button(theme, words, icon=icon)
            button.clicked.connect(signal)
            flow.addWidget(button)
        self.body.addWidget(self.buttons)

    def _tell_remove(self) -> None:
        for row in self.calendars:
            if row.remove is self.sender():
                self.remove_wanted.emit(str(row.kept.id))


def imported_words(found: Sequence[Imported]) -> str:
    """What came of bringing files in."""
    brought = sum(one.added + one.updated for one in found)
    where = found[0].file if len(found) == 1 else f"{len(found)} files"
    refused = sum(len(one.refused) for one in found)
    if all(one.nothing_read for one in found):
        return f"Nothing could be read in {where}."
    words = [f"{brought or 'Nothing'} new or changed in {where}."]
    blocks = sum(one.blocks for one in found if one.changed)
    if blocks:
        words.append(f"{blocks} planned {'block is' if blocks == 1 else 'blocks are'} in the week.")
    words += [one.text for file in found for one in file.remarks if one.component == PLANNED]
    words += [f"{refused} could not be read."] if refused else []
    return " ".join(words)


def _refused_words(found: Sequence[Imported]) -> list[str]:
    """A line each: where, what, why."""
    lines: list[str] = []
    for one in found:
        for remark in one.refused:
            where = f"{one.file}, line {remark.line}" if remark.line else one.file
            title = f" “{remark.title[:60]}”" if remark.title else ""
            lines.append(f"{where}{title}: {remark.text}")
    return lines
