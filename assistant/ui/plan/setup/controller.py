"""Reads and changes what planning goes by."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from assistant.domain.calendar import KeptCalendar
from assistant.domain.errors import UserFacingError
from assistant.domain.schedule import Hours
from assistant.planner.quick_add.vocabulary import Vocabulary
from assistant.services.planning.calendar_values import Imported
from assistant.services.planning.services import PlanningServices
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.plan.doing import Doing
from assistant.ui.plan.setup.hours import read_hours
from assistant.ui.plan.setup.page import SetupPage
from assistant.ui.theme.theme import Theme


class SetupController(QObject):
    """The page of hours and calendars.

    Args:
        theme: The theme in force.
        planning: The services.
        relay: Brings outcomes here.
        parent: The owner.
    """

    failed = Signal(object)
    done = Signal(str)
    """Something was done that may be taken back, in words."""
    said = Signal(str)

    def __init__(
        self, theme: Theme, planning: PlanningServices, relay: JobRelay, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._planning = planning
        self._relay = relay
        doing = Doing(relay, self)
        doing.done.connect(self.done)
        doing.failed.connect(self.failed)
        doing.ended.connect(self.refresh)
        self._do = doing.do
        self._writing = Doing(relay, self)
        self._writing.done.connect(self.said)
        self._writing.failed.connect(self.failed)
        self._weekday = 0
        self.page = SetupPage(theme)
        page = self.page
        page.hours_set.connect(self._set_hours)
        page.import_wanted.connect(self.choose_import)
        page.export_wanted.connect(self._choose_export)
        page.shown_set.connect(self._show_calendar)
        page.remove_wanted.connect(self._remove)
        page.forget_wanted.connect(self._forget)
        page.taught.connect(self._teach)

    def refresh(self) -> None:
        """Reads everything again."""
        planning = self._planning
        self._relay.watch(planning.settings.hours(), self._show_hours)
        self._relay.watch(planning.calendars.calendars(), self._show_calendars)
        self._relay.watch(planning.words.vocabulary(), self._show_words)

    def _show_hours(self, hours: tuple[Hours, ...]) -> None:
        self.page.show_hours({one.weekday: one.spans for one in hours})

    def _show_calendars(self, calendars: tuple[KeptCalendar, ...]) -> None:
        self.page.show_calendars(calendars)

    def _show_words(self, vocabulary: Vocabulary) -> None:
        self.page.show_words(vocabulary.entries)

    # Changing

    def _set_hours(self, weekday: int, text: str) -> None:
        self._weekday = weekday
        try:
            spans = read_hours(text)
        except UserFacingError as error:
            self._not_set(error)
            return
        self.page.show_problem(weekday, "")
        job = self._planning.settings.set_hours(weekday, spans)
        self._relay.watch(job, self._set, self._not_set)

    def _set(self, _: object) -> None:
        self._relay.watch(self._planning.settings.hours(), self._show_hours)

    def _not_set(self, error: UserFacingError) -> None:
        self.page.show_problem(self._weekday, f"{error.message} {error.hint}".strip())

    def _show_calendar(self, calendar: str, shown: bool) -> None:  # noqa: FBT001 - a slot
        self._do(self._planning.calendars.show(calendar, shown=shown))

    def _remove(self, calendar: str) -> None:
        self._relay.watch(self._planning.calendars.remove(calendar), self._removed, self._not_done)

    def _removed(self, calendar: KeptCalendar) -> None:
        self.done.emit(f"“{calendar.name}” was removed.")
        self.refresh()

    def _forget(self, phrase: str) -> None:
        self._do(self._planning.words.forget(phrase), f"“{phrase[:60]}” is forgotten.")

    def _teach(self, phrase: str, meaning: str) -> None:
        self.page.phrase.clear()
        self.page.meaning.clear()
        self._do(self._planning.words.teach(phrase, meaning))

    def _not_done(self, error: UserFacingError) -> None:
        self.failed.emit(error)
        self.refresh()

    # Files

    def choose_import(self) -> None:
        """Asks for a calendar file."""
        dialog = QFileDialog(self.page, "Import a calendar", "", "Calendars (*.ics *.ical *.ifb)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.bring)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def bring(self, path: str) -> None:
        """Brings a calendar in."""
        job = self._planning.calendars.bring(Path(path))
        self._relay.watch(job, self._brought, self._not_done)

    def _brought(self, found: tuple[Imported, ...]) -> None:
        self.done.emit(imported_words(found))
        self.refresh()

    def _choose_export(self) -> None:
        dialog = QFileDialog(self.page, "Export everything", "lamplight.ics", "Calendars (*.ics)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("ics")
        dialog.fileSelected.connect(self.write)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write(self, path: str) -> None:
        """Writes calendars, tasks and the plan to a file."""
        file = Path(path)
        self._writing.do(self._planning.calendars.write(file), f"Everything is in {file.name}.")


def imported_words(found: tuple[Imported, ...]) -> str:
    """What came of bringing a file in, with the first reason where something was refused."""
    brought = sum(one.added + one.updated for one in found)
    words = f"{brought} new or changed in {found[0].file}."
    refused = [remark for one in found for remark in one.refused]
    if refused:
        first = refused[0]
        words += f" {len(refused)} could not be read: line {first.line}: {first.text}"
    return words
