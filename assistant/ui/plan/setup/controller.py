"""Reads and changes what planning goes by."""

import calendar
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from assistant.domain.calendar import KeptCalendar
from assistant.domain.errors import UserFacingError
from assistant.domain.schedule import Hours
from assistant.planner.quick_add.vocabulary import Vocabulary
from assistant.services.planning.calendar_values import Imported
from assistant.services.planning.services import PlanningServices
from assistant.services.planning.settings import WayOfWork
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.plan.doing import Doing
from assistant.ui.plan.setup.calendars import imported_words
from assistant.ui.plan.setup.hours import read_hours, read_minutes, such_hours
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
        self._bringing: Watch | None = None
        self.page = SetupPage(theme)
        page = self.page
        page.hours_set.connect(self._set_hours)
        page.customs.length_set.connect(self._set_length)
        page.customs.late_set.connect(self._set_late)
        calendars, words = page.calendars, page.words
        calendars.import_wanted.connect(self.choose_import)
        calendars.folder_wanted.connect(self._choose_folder)
        calendars.export_wanted.connect(self._choose_export)
        calendars.cancel_wanted.connect(self._stop_bringing)
        calendars.shown_set.connect(self._show_calendar)
        calendars.remove_wanted.connect(self._remove)
        words.forget_wanted.connect(self._forget)
        words.taught.connect(self._teach)
        words.changed.connect(self._change_word)

    def refresh(self) -> None:
        """Reads everything again."""
        planning = self._planning
        self._relay.watch(planning.settings.hours(), self._show_hours)
        self._relay.watch(planning.settings.customs(), self.page.customs.show_customs)
        self._relay.watch(planning.calendars.calendars(), self._show_calendars)
        self._relay.watch(planning.words.vocabulary(), self._show_words)

    def _show_hours(self, hours: tuple[Hours, ...]) -> None:
        self.page.show_hours({one.weekday: one.spans for one in hours})

    def _show_calendars(self, calendars: tuple[KeptCalendar, ...]) -> None:
        self.page.calendars.show_calendars(calendars)

    def _show_words(self, vocabulary: Vocabulary) -> None:
        self.page.words.show_words(vocabulary.entries)

    # Changing

    def _set_hours(self, weekday: int, text: str) -> None:
        try:
            spans = read_hours(text)
        except UserFacingError as error:
            self._not_set(weekday, error)
            return
        self.page.show_problem(weekday, "")
        job = self._planning.settings.set_hours(weekday, spans)
        self._relay.watch_about(job, weekday, self._set, self._not_set)

    def _set(self, weekday: int, _: object) -> None:
        self.done.emit(f"The hours of {calendar.day_name[weekday]} were set.")
        self._relay.watch(self._planning.settings.hours(), self._show_hours)

    def _not_set(self, weekday: int, error: UserFacingError) -> None:
        hint = error.hint if error.code != "hours_outside" else f"Write them as {such_hours()}."
        self.page.show_problem(weekday, f"{error.message} {hint}".strip())

    def _set_length(self, name: str, text: str) -> None:
        try:
            minutes = read_minutes(text)
        except UserFacingError as error:
            self._length_refused(name, error)
            return
        job = self._planning.settings.set_custom(name, minutes)
        self._relay.watch_about(job, name, self._length_set, self._length_refused)

    def _length_set(self, name: str, way: WayOfWork) -> None:
        self.page.customs.show_problem(name, "")
        self._custom_set(way)

    def _length_refused(self, name: str, error: UserFacingError) -> None:
        self.page.customs.show_problem(name, f"{error.message} {error.hint}".strip())

    def _set_late(self, late: bool) -> None:  # noqa: FBT001 - a slot
        self._relay.watch(self._planning.settings.set_late(late=late), self._custom_set)

    def _custom_set(self, way: WayOfWork) -> None:
        self.page.customs.show_customs(way)
        self.done.emit("The next plan goes by it.")

    def _show_calendar(self, kept: str, shown: bool) -> None:  # noqa: FBT001 - a slot
        self._do(self._planning.calendars.show(kept, shown=shown))

    def _remove(self, kept: str) -> None:
        self._relay.watch(self._planning.calendars.remove(kept), self._removed, self._not_done)

    def _removed(self, removed: KeptCalendar) -> None:
        self.done.emit(f"“{removed.name}” was removed.")
        self.refresh()

    def _forget(self, phrase: str) -> None:
        self._do(self._planning.words.forget(phrase), f"“{phrase[:60]}” is forgotten.")

    def _teach(self, phrase: str, meaning: str) -> None:
        job = self._planning.words.teach(phrase, meaning)
        self._relay.watch(job, self._taught, self._not_taught)

    def _change_word(self, old: str, phrase: str, meaning: str) -> None:
        job = self._planning.words.change(old, phrase, meaning)
        self._relay.watch(job, self._taught, self._not_taught)

    def _taught(self, vocabulary: Vocabulary) -> None:
        self.page.words.rest()
        self._show_words(vocabulary)

    def _not_taught(self, error: UserFacingError) -> None:
        self.page.words.show_problem(f"{error.message} {error.hint}")

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

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self.page, "Import a folder of calendars")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.bring)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def bring(self, path: str) -> None:
        """Brings a calendar in, or those of a folder."""
        self.page.calendars.refusals.show_refused(())
        self.page.calendars.show_progress(0.0, "Reading")
        job = self._planning.calendars.bring(Path(path))
        self._bringing = self._relay.watch(job, self._brought, self._not_brought, self._tell_far)

    def _tell_far(self, share: float, doing: str) -> None:
        self.page.calendars.show_progress(share, doing)

    def _brought(self, found: tuple[Imported, ...]) -> None:
        self.page.calendars.show_progress(None)
        self.page.calendars.refusals.show_refused(found)
        tell = self.done if any(one.changed for one in found) else self.said
        tell.emit(imported_words(found))
        self.refresh()

    def _not_brought(self, error: UserFacingError) -> None:
        self.page.calendars.show_progress(None)
        self._not_done(error)

    def _stop_bringing(self) -> None:
        if self._bringing is not None:
            self._bringing.cancel()
            self._bringing.drop()
            self._bringing = None
        self.page.calendars.show_progress(None)
        self.said.emit("The import was stopped.")
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
