"""Fills the panel of a task, and does what is changed in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ProjectId, TaskId
from assistant.domain.task import Priority, Project, Task
from assistant.domain.task_filter import TaskFilter
from assistant.services.jobs import Job
from assistant.services.planning.editing import NONE, Edit
from assistant.services.planning.services import PlanningServices
from assistant.services.planning.task_values import TaskDetails
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.plan.details.facts import FactField
from assistant.ui.plan.details.lines import TaskLines
from assistant.ui.plan.details.panel import BESIDE_FROM, DetailsPanel, beside
from assistant.ui.plan.details.text import GrowingText
from assistant.ui.plan.details.unsaid import Unsaid, plain
from assistant.ui.plan.doing import Doing
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.page import TitledPage

_MOST_OFFERED = 5
_MOST_FOUND = 100
_DUE_WORDS = ("by ", "due ")
_LEFT_OUT = {"start": ("from ", "on ")}
_PARTS, _FIRSTS = "parts", "firsts"


@dataclass(frozen=True, slots=True)
class _Wrote:
    """A text of a task that shall be kept."""

    task: TaskId
    part: str
    text: str
    before: tuple[str, ...]
    """What may stand there still if it is not kept; other text is newer than this one."""


@dataclass(frozen=True, slots=True)
class _Told:
    """Words of a field of a task that shall be taken."""

    task: TaskId
    part: str
    words: str


@dataclass(frozen=True, slots=True)
class _Named:
    """What shall come before a task, as it was written."""

    task: TaskId
    text: str
    there: tuple[TaskId, ...]
    """What it waits for already."""

    def others(self, found: Sequence[Task]) -> list[Task]:
        """What the task could wait for as well."""
        return [one for one in found if one.id != self.task and one.id not in self.there]


class DetailsController(QObject):
    """One task of a page in its panel.

    Args:
        theme: The theme in force.
        planning: The services.
        relay: Brings outcomes here.
        page: Beside which the panel stands; it is made when a task is first opened.
        parent: The owner.
    """

    failed = Signal(object)
    """A ``UserFacingError``."""
    done = Signal(str)
    """Something was done that may be taken back, in words."""
    end_wanted = Signal(object)
    """The ids of tasks that shall be done, or opened again."""

    def __init__(
        self,
        theme: Theme,
        planning: PlanningServices,
        relay: JobRelay,
        page: TitledPage,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.beside_from = BESIDE_FROM
        """How wide the page has to be for the panel to stand beside it; 0: it lies over it."""
        self._theme = theme
        self._planning = planning
        self._relay = relay
        self._page = page
        self._line = beside(page)
        self._panel: DetailsPanel | None = None
        self._shown: TaskDetails | None = None
        self._task: TaskId | None = None
        self._projects: tuple[Project, ...] = ()
        self._reading: Watch | None = None
        self._offering: Watch | None = None
        self._not_kept: dict[tuple[TaskId, str], _Wrote] = {}
        """Text that could not be kept and whose task was left, to be shown there again."""
        self._unsaid: dict[tuple[TaskId, str], Unsaid] = {}
        """The same of words in a field."""
        self._doing = Doing(relay, self)
        self._doing.done.connect(self.done)
        self._doing.failed.connect(self.failed)
        self._doing.ended.connect(self.refresh)

    @property
    def panel(self) -> DetailsPanel | None:
        """The panel, once a task was opened."""
        return self._panel

    @property
    def task(self) -> TaskId | None:
        """The task that is open; None while none is."""
        is_open = self._panel is not None and self._panel.is_open()
        return self._task if is_open else None

    def show_projects(self, projects: Sequence[Project]) -> None:
        """Knows these projects from now on."""
        self._projects = tuple(projects)

    def open(self, task: TaskId) -> None:
        """Opens the panel on a task; the keys go to its title."""
        panel = self._panel or self._made()
        self._take(task)
        panel.set_open(True)
        panel.title.setFocus()

    def follow(self, task: TaskId) -> None:
        """Shows another task, if the panel is open."""
        if self.task is not None and self.task != task:
            self._take(task)

    def close(self) -> None:
        """Closes the panel."""
        if self._panel is not None:
            self._panel.set_open(False)

    def refresh(self) -> None:
        """Reads the task again."""
        if self.task is not None:
            self._read()

    def _made(self) -> DetailsPanel:
        panel = self._panel = DetailsPanel(self._theme, self._page, self._line, self.beside_from)
        panel.opened.connect(self._opened)
        panel.title.given.connect(self._retitle)
        panel.notes.given.connect(self._note)
        panel.facts.given.connect(self._change)
        panel.facts.taken.connect(self.refresh)
        panel.facts.priority_given.connect(self._rank)
        panel.facts.project_given.connect(self._file)
        panel.ticked.connect(self._end)
        panel.timed.connect(self._track)
        panel.delete_wanted.connect(self._delete)
        panel.above.opened.connect(self._go_to)
        for lines in (panel.parts, panel.firsts, panel.later):
            lines.opened.connect(self._go_to)
        panel.parts.ticked.connect(self._end_part)
        panel.parts.given.connect(self._add_part)
        panel.firsts.typed.connect(self._offer)
        panel.firsts.given.connect(self._find_first)
        panel.firsts.suggested.connect(self._wait_for)
        panel.firsts.removed.connect(self._wait_no_more)
        return panel

    # Reading

    def _take(self, task: TaskId) -> None:
        panel = self._panel
        if panel is None or task == self._task:
            self._task = task
        else:
            panel.give()
            self._keep_unsaid(panel)
            self._task = task
            self._shown = None
            if self._offering is not None:
                self._offering.drop()
            panel.forget()
        self._read()

    def _go_to(self, task: int) -> None:
        self._take(TaskId(task))
        if self._panel is not None:
            self._panel.title.setFocus()

    def _read(self) -> None:
        if self._reading is not None:
            self._reading.drop()
        if self._task is not None:
            job = self._planning.tasks.details(self._task)
            self._reading = self._relay.watch(job, self._show, self._gone)

    def _show(self, details: TaskDetails) -> None:
        self._shown = details
        if self._panel is not None:
            self._panel.show_details(details, self._projects, self._planning.now())
            self._bring_back(self._panel, details.task)

    def _bring_back(self, panel: DetailsPanel, task: Task) -> None:
        """Shows text again that could not be kept, unless other text was kept since."""
        kept = {"title": task.title, "notes": task.notes}
        for part, field in self._texts(panel).items():
            wrote = self._not_kept.pop((task.id, part), None)
            if wrote is not None and kept[part] in wrote.before:
                field.write_again(wrote.text)
        for part, shown in _fields(panel).items():
            unsaid = self._unsaid.get((task.id, part))
            if unsaid is not None and shown.offer_again(unsaid):
                del self._unsaid[task.id, part]

    def _keep_unsaid(self, panel: DetailsPanel) -> None:
        """What was written in fields and not told stays with the task that is left."""
        for part, field in _fields(panel).items():
            if self._task is not None and field.unsaid is not None:
                self._unsaid[self._task, part] = field.unsaid

    def _gone(self, error: UserFacingError) -> None:
        if error.code == "task_unknown":
            self._task = None
            self.close()
        else:
            self.failed.emit(error)

    def _opened(self, open_: bool) -> None:  # noqa: FBT001 - the signal's own argument
        if not open_ and self._panel is not None and self._task is not None:
            self._panel.give()

    # Changing

    def _edit(self, change: Callable[[Task], Task]) -> None:
        if self._task is not None:
            self._doing.do(self._planning.tasks.edit([self._task], change))

    def _retitle(self, text: str) -> None:
        self._write("title", text, lambda task: replace(task, title=text))

    def _note(self, text: str) -> None:
        self._write("notes", text, lambda task: replace(task, notes=text))

    def _write(self, part: str, text: str, change: Callable[[Task], Task]) -> None:
        if self._task is not None and self._panel is not None:
            job = self._planning.tasks.edit([self._task], change)
            wrote = _Wrote(self._task, part, text, self._texts(self._panel)[part].before)
            self._relay.watch_about(job, wrote, self._written, self._not_written)

    def _written(self, wrote: _Wrote, _: None) -> None:
        key = wrote.task, wrote.part
        if key in self._not_kept and wrote.text not in self._not_kept[key].before:
            del self._not_kept[key]
        self.refresh()

    def _not_written(self, wrote: _Wrote, error: UserFacingError) -> None:
        self.failed.emit(error)
        if self._panel is not None and wrote.task == self._task:
            self._texts(self._panel)[wrote.part].keep_writing()
        else:
            self._not_kept[wrote.task, wrote.part] = wrote

    def _texts(self, panel: DetailsPanel) -> dict[str, GrowingText]:
        return {"title": panel.title, "notes": panel.notes}

    def _rank(self, priority: Priority | None) -> None:
        self._edit(lambda task: replace(task, priority=priority))

    def _file(self, project: ProjectId | None) -> None:
        self._edit(lambda task: replace(task, project=project))

    def _change(self, key: str, words: str) -> None:
        if self._task is None:
            return
        job = self._wanted(self._task, key, words)
        told = _Told(self._task, key, words)
        self._relay.watch_about(job, told, self._accepted, self._refused)

    def _accepted(self, told: _Told, _: object) -> None:
        field = self._field(told)
        self._unsaid.pop((told.task, told.part), None)
        if isinstance(field, FactField):
            field.accept(told.words)

    def _refused(self, told: _Told, error: UserFacingError) -> None:
        """Says it at the field, or aloud where they are not there: they come back later."""
        field = self._field(told)
        if field is None or not field.refuse(told.words, error):
            self._unsaid[told.task, told.part] = Unsaid.refused(told.words, error)
            self.failed.emit(error)
            self.refresh()

    def _field(self, told: _Told) -> FactField | TaskLines | None:
        """Where words were written, while their task is shown."""
        if self._panel is None or told.task != self._task:
            return None
        return _fields(self._panel)[told.part]

    def _wanted(self, task: TaskId, key: str, words: str) -> Job[Any]:
        if key == "tags":
            named = (one.strip("#") for one in words.replace(",", " ").split())
            tags = tuple(dict.fromkeys(one for one in named if one))
            return self._planning.tasks.edit([task], lambda one: replace(one, tags=tags))
        if key == "place":
            place = words.lstrip("@ ")
            return self._planning.tasks.edit([task], lambda one: replace(one, place=place))
        wish = replace(Edit(), **{key: _bare(key, words) or NONE})
        return self._planning.editing.edit([task], wish)

    def _end(self) -> None:
        self._end_those(self._task)

    def _end_part(self, task: int) -> None:
        self._end_those(TaskId(task))

    def _end_those(self, task: TaskId | None) -> None:
        if task is not None:
            self.end_wanted.emit([task])

    def _delete(self) -> None:
        if self._task is not None and self._shown is not None:
            title = self._shown.task.title[:60]
            self._doing.do(self._planning.tasks.delete([self._task]), f"“{title}” is deleted.")

    def _track(self) -> None:
        if self._task is None or self._shown is None:
            return
        timing = self._planning.timing
        running = next((one.id for one in self._shown.work if one.end is None), None)
        self._doing.do(timing.start(self._task) if running is None else timing.stop(running))

    # Its parts

    def _add_part(self, text: str) -> None:
        if self._task is not None:
            job = self._planning.adding.add_line(text, parent=self._task)
            told = _Told(self._task, _PARTS, text)
            self._relay.watch_about(job, told, self._taken, self._refused)

    def _taken(self, told: _Told, _: object) -> None:
        field, key = self._field(told), (told.task, told.part)
        if isinstance(field, TaskLines):
            field.taken(told.words)
        elif key in self._unsaid and plain(self._unsaid[key].words) == plain(told.words):
            del self._unsaid[key]
        self.refresh()

    # What it waits for

    def _offer(self, text: str) -> None:
        if self._offering is not None:
            self._offering.drop()
        if text:
            self._offering = self._relay.watch(self._named(text), self._show_offers)
        else:
            self._show_offers(())

    def _named(self, text: str) -> Job[tuple[Task, ...]]:
        words = tuple(text.split())
        return self._planning.tasks.find(TaskFilter(words=words, limit=_MOST_FOUND))

    def _show_offers(self, found: Sequence[Task]) -> None:
        if self._panel is not None:
            firsts = self._panel.firsts
            there = () if self._shown is None else self._shown.task.waits_for
            left_out = {*there, *self._waiting(found)}
            others = [one for one in found if one.id not in left_out]
            firsts.offer(others[:_MOST_OFFERED])
            self._panel.keep_order()
            if firsts.offers:
                self._panel.reveal(firsts.offers[-1])

    def _waiting(self, found: Sequence[Task]) -> set[TaskId]:
        """The task and what is known to wait for it: to wait for that would be a circle."""
        waiting: set[TaskId] = set() if self._task is None else {self._task}
        if self._shown is not None:
            waiting.update(one.id for one in self._shown.later)
        while more := {one.id for one in found if not waiting.isdisjoint(one.waits_for)} - waiting:
            waiting |= more
        return waiting

    def _find_first(self, text: str) -> None:
        if self._task is None:
            return
        if self._offering is not None:
            self._offering.drop()
        there = () if self._shown is None else self._shown.task.waits_for
        about = _Named(self._task, " ".join(text.split()), there)
        self._relay.watch_about(self._named(text), about, self._take_first, self._not_found)

    def _take_first(self, named: _Named, found: tuple[Task, ...]) -> None:
        same = [one for one in found if one.title.casefold() == named.text.casefold()]
        others = same or named.others(found)
        if len(others) == 1 or same:
            self._wait(_Told(named.task, _FIRSTS, named.text), others[0].id)
            return
        if named.task == self._task:
            self._show_offers(found)
        self._not_found(named, _unclear(named.text, len(others)))

    def _not_found(self, named: _Named, error: UserFacingError) -> None:
        self._refused(_Told(named.task, _FIRSTS, named.text), error)

    def _wait_for(self, first: int) -> None:
        if self._task is not None and self._panel is not None:
            words = self._panel.firsts.field.text()
            self._wait(_Told(self._task, _FIRSTS, words), TaskId(first))

    def _wait(self, told: _Told, first: TaskId) -> None:
        job = self._planning.editing.edit([told.task], Edit(after=(first,)))
        self._relay.watch_about(job, told, self._waits, self._refused)

    def _waits(self, told: _Told, _: object) -> None:
        self._taken(told, _)
        field = self._field(told)
        if isinstance(field, TaskLines):
            field.field.setFocus()

    def _wait_no_more(self, first: int) -> None:
        if self._task is not None:
            job = self._planning.editing.edit([self._task], Edit(not_after=(TaskId(first),)))
            self._doing.do(job)


def _fields(panel: DetailsPanel) -> dict[str, FactField | TaskLines]:
    """Where words are written that have to be understood."""
    return {**panel.facts.fields, _PARTS: panel.parts, _FIRSTS: panel.firsts}


def _unclear(text: str, count: int) -> UserFacingError:
    """Why no task was meant by a text that as many have."""
    if count:
        return UserFacingError(
            f"{count} tasks are called like “{text[:60]}”.",
            "Choose one of them, or write more of its title.",
        )
    return UserFacingError(
        f"There is no open task called “{text[:60]}”.",
        "Add that one first, or write a word of its title.",
    )


def _bare(key: str, words: str) -> str:
    """What was written without the word that the field says already."""
    before = _DUE_WORDS if key == "due" else _LEFT_OUT.get(key, ())
    for word in before:
        if words.lower().startswith(word):
            return words[len(word) :]
    return words
