"""What the week shows, and what is done with its blocks."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from assistant.domain.clock_face import ClockFace
from assistant.domain.schedule import Because, Overflow, Remedy, WeekPlan
from assistant.domain.task_filter import TaskFilter
from assistant.services.planning.blocks import Which
from assistant.services.planning.learning_values import Habits, LengthAnswer, RiskAnswer
from assistant.services.planning.services import PlanningServices
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.clock import clock_face
from assistant.ui.plan.doing import Doing
from assistant.ui.plan.week.page import WeekPage
from assistant.ui.plan.week.proposing import Proposing
from assistant.ui.plan.week.values import DAYS_OF_WEEK, Gathered, Shown, midnight, week_of
from assistant.ui.plan.words import length_words, moment_words
from assistant.ui.theme.theme import Theme

if TYPE_CHECKING:
    from assistant.domain.task import Task
    from assistant.services.jobs import Job
    from assistant.services.planning.foreseeing import Landed


@dataclass(frozen=True, slots=True)
class _Moved:
    """A block that is being moved, how long it is to be, and what is said where that goes well."""

    shown: Shown
    lasts: timedelta
    said: str
    well: str


class WeekController(QObject):
    """The page of the week.

    Args:
        theme: The theme in force.
        planning: The services.
        relay: Brings outcomes here.
        parent: The owner.
    """

    failed = Signal(object)
    """A ``UserFacingError``."""
    done = Signal(str)
    """Something was done that may be taken back, in words."""
    clashed = Signal(str, object)
    """As ``done``, of a block that lies on something now; what puts it where there is room."""
    said = Signal(str)
    line_wanted = Signal()
    tried = Signal(str)
    """Words to be written into the line for adding."""

    def __init__(
        self, theme: Theme, planning: PlanningServices, relay: JobRelay, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._planning = planning
        self._relay = relay
        self._days = DAYS_OF_WEEK
        self._first = _monday(planning.now().date())
        self._watch: Watch | None = None
        self._running: Job[Any] | None = None
        self._outcome: Watch | None = None
        self._remedies: Watch | None = None
        self._lacking: Overflow | None = None
        doing = Doing(relay, self)
        doing.done.connect(self.done)
        doing.failed.connect(self.failed)
        doing.ended.connect(self.refresh)
        self._do = doing.do
        self._asked: list[Watch] = []
        self._energy_asked = False
        self._had_plan = False
        self.page = WeekPage(theme, planning.now)
        self.proposing = Proposing(self.page, planning, relay, doing, self)
        """The line that is being written, in the week."""
        page, canvas, why = self.page, self.page.canvas, self.page.why
        page.gone.connect(self._go)
        page.days_wanted.connect(self._show_days)
        page.plan_wanted.connect(self.plan)
        page.shown.turned.connect(self._hide)
        page.overflow.remedied.connect(self._remedy)
        page.overflow.looked_at.connect(self._ask_remedies)
        page.empty.add_wanted.connect(self.line_wanted)
        page.empty.tried.connect(self.tried)
        canvas.moved.connect(self._move)
        canvas.resized.connect(self._resize)
        canvas.pin_wanted.connect(self._pin)
        canvas.done_wanted.connect(self._end)
        canvas.why_wanted.connect(self._explain)
        why.pin_wanted.connect(self._pin)
        why.done_wanted.connect(self._end)
        why.start_wanted.connect(self._start)

    # What is shown

    def refresh(self) -> None:
        """Reads again what is shown."""
        if self._watch is not None:
            self._watch.drop()
        zone = self._planning.home.zone
        begin = midnight(self._first, zone)
        end = midnight(self._first + timedelta(days=self._days), zone)
        job = self._planning.workers.in_pool(lambda _: self._gather(begin, end))
        self._watch = self._relay.watch(job, self._show)
        if not self._energy_asked:
            self._energy_asked = True
            self._relay.watch(self._planning.learning.habits(), self._show_energy, self._keep_quiet)

    def forget_energy(self) -> None:
        """Answers were given: how the energy goes is read again with the next refresh."""
        self._energy_asked = False

    def _show_energy(self, habits: Habits) -> None:
        self.page.canvas.show_energy(habits.energy)

    def _gather(self, begin: datetime, end: datetime) -> Gathered:
        """In the pool."""
        planning = self._planning
        plan: WeekPlan | None = planning.scheduling.current().result()
        events = planning.calendars.events_now(begin, end)
        named: tuple[Task, ...] = ()
        if plan is not None:
            ids = frozenset(block.task for block in plan.blocks)
            named = planning.tasks.find(TaskFilter(states=None, ids=ids)).result()
        left = planning.tasks.find(TaskFilter()).result()
        calendars = planning.calendars.calendars().result()
        return Gathered(
            plan,
            events,
            {task.id: task for task in (*named, *left)},
            tuple(one.name for one in calendars if one.shown),
            planning.settings.hidden().result(),
        )

    def _show(self, gathered: Gathered) -> None:
        self._had_plan = gathered.plan is not None
        week = week_of(self._first, self._days, self._planning.now(), gathered)
        self.page.show_hidden(gathered.hidden, gathered.calendars)
        self.page.show_week(week)
        nothing = not week.blocks and not week.planned and not gathered.tasks
        self.page.show_empty(empty=nothing)
        shown = self.page.why.shown
        if shown is not None and self.page.why.isVisible():
            self._explain(shown)

    def show_day(self, day: date | None) -> None:
        """Shows the days with one among them; today without one."""
        wanted = day or self._planning.now().date()
        self._first = wanted if self._days == 1 else _monday(wanted)
        self.refresh()

    def _go(self, step: int) -> None:
        if step == 0:
            self.show_day(None)
            return
        self._first += timedelta(days=step * self._days)
        self.refresh()

    def _show_days(self, days: int) -> None:
        today = self._planning.now().date()
        inside = self._first <= today < self._first + timedelta(days=self._days)
        first = today if inside else self._first
        self._days = days
        self._first = first if days == 1 else _monday(first)
        self.refresh()

    # What is done

    def plan(self) -> None:
        """Plans the week, or mends the plan after changes."""
        if self._running is not None and not self._running.settled:
            return
        self._run(self._planning.scheduling.plan())

    def _planned(self, plan: WeekPlan) -> None:
        self._stopped()
        said = "The week is planned."
        if self._had_plan:
            moved = f"{plan.moved} moved." if plan.moved else "Nothing had to move."
            said = f"The week is planned again. {moved}"
        self.done.emit(f"{said} {_lying_words(plan, self._planning.now())}".strip())
        self.refresh()

    def _stopped(self) -> None:
        self.page.show_planning(planning=False)

    def _not_planned(self, error: object) -> None:
        self._stopped()
        self.failed.emit(error)
        self.refresh()

    def _move(self, shown: Shown, to: datetime) -> None:
        if shown.block is not None:
            said = f"{_named(shown)} was moved"
            about = _Moved(shown, shown.end - shown.start, said, "; the rest follows")
            job = self._planning.acting.move(Which.one(shown.block), to)
            self._relay.watch_about(job, about, self._landed, self._not_landed)

    def _resize(self, shown: Shown, start: datetime, end: datetime) -> None:
        if shown.block is not None:
            job = self._planning.acting.move(Which.one(shown.block), start, end)
            minutes = (end - start).total_seconds() / 60
            said = f"{_named(shown)} takes {length_words(minutes)} here"
            about = _Moved(shown, end - start, said, "")
            self._relay.watch_about(job, about, self._landed, self._not_landed)

    def put(self, shown: Shown, start: datetime, end: datetime) -> None:
        """Puts a block where there is free room, as long as it is."""
        if shown.block is not None:
            said = f"{_named(shown)} was moved there"
            about = _Moved(shown, end - start, said, "; the rest follows")
            job = self._planning.acting.move(Which.one(shown.block), start, end)
            self._relay.watch_about(job, about, self._landed, self._not_landed)

    def _landed(self, about: "_Moved", landed: "Landed") -> None:
        words = _moved_words(about.said, about.well, clock_face(), landed)
        to = None if landed.clash is None else landed.clash.nearest
        if to is None:
            self.done.emit(words)
        else:
            self.clashed.emit(words, partial(self.put, about.shown, to, to + about.lasts))
        self.refresh()

    def _not_landed(self, _: "_Moved", error: object) -> None:
        self.failed.emit(error)
        self.refresh()

    def _pin(self, shown: Shown) -> None:
        block = shown.block
        if block is not None:
            job = self._planning.scheduling.pin(Which.one(block), keep=not block.pinned)
            self._do(job)

    def _end(self, shown: Shown) -> None:
        task = shown.task
        if task is None:
            return
        if task.is_open:
            job: Job[Any] = self._planning.completing.complete([task.id])
            self._do(job, f"“{task.title[:60]}” is done.")
        else:
            self._do(self._planning.tasks.reopen([task.id]))

    def _start(self, shown: Shown) -> None:
        if shown.task is not None:
            job = self._planning.timing.start(shown.task.id)
            self._do(job, f"Time runs on “{shown.task.title[:60]}”.")

    def _explain(self, shown: Shown) -> None:
        """The reasons as things are now; those of the plan are shown meanwhile."""
        for before in self._asked:
            before.cancel()
            before.drop()
        block, task, watch = shown.block, shown.task, self._relay.watch
        self._asked = []
        if task is not None and task.is_open:
            learning = self._planning.learning
            self._asked += [
                watch(learning.risk(task.id), self._show_risk, self._keep_quiet),
                watch(learning.length_of(task.id), self._show_length, self._keep_quiet),
            ]
        if block is not None and shown.movable(self._planning.now()):
            job = self._planning.scheduling.explain(block.task)
            self._asked.append(watch(job, self._show_reasons, self._keep_quiet))

    def _show_reasons(self, blocks: tuple[Any, ...]) -> None:
        shown = self.page.why.shown
        if shown is None or shown.block is None:
            return
        for block in blocks:
            if Which.one(block) == Which.one(shown.block) and block.reasons:
                self.page.why.show_reasons(block.reasons, self._planning.now().date())

    def _show_risk(self, risk: RiskAnswer) -> None:
        shown = self.page.why.shown
        if shown is not None and shown.task is not None and shown.task.id == risk.task:
            self.page.why.foresight.show_risk(risk)

    def _show_length(self, length: LengthAnswer) -> None:
        shown = self.page.why.shown
        if shown is not None and shown.task is not None and shown.task.title == length.title:
            self.page.why.foresight.show_length(length)

    def _keep_quiet(self, _: object) -> None:
        """The plan changed meanwhile: what it said before stays."""

    def _hide(self, keys: frozenset[str]) -> None:
        self._do(self._planning.settings.set_hidden(keys))

    def _ask_remedies(self, overflow: Overflow) -> None:
        """What would help is tried only where it is looked at: each trial takes a while."""
        if self._remedies is not None:
            self._remedies.cancel()
            self._remedies.drop()
        job = self._planning.scheduling.remedies(overflow.task, overflow.occurrence)
        self._lacking = overflow
        self._remedies = self._relay.watch(job, self._show_remedies, self._keep_quiet)

    def _show_remedies(self, found: Overflow | None) -> None:
        if self._lacking is not None:
            self.page.overflow.show_remedies(self._lacking, found)

    def _remedy(self, overflow: Overflow, remedy: Remedy) -> None:
        """The one that is asked for last counts: mending for one before it is given up."""
        self._run(self._planning.remedies.take(overflow.task, remedy))

    def _run(self, job: "Job[WeekPlan]") -> None:
        if self._outcome is not None:
            self._outcome.cancel()
            self._outcome.drop()
        self._running = job
        self.page.show_planning(planning=True)
        self._outcome = self._relay.watch(
            job, self._planned, self._not_planned, on_cancelled=self._stopped
        )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _named(shown: Shown) -> str:
    return f"“{shown.title[:60]}”"


def _lying_words(plan: WeekPlan, now: datetime) -> str:
    """The first thing of a plan that lies on something else, and how many more do."""
    lying = [
        (one, why)
        for one in plan.blocks
        for why in one.reasons
        if why.because is Because.OVERLAPS and one.end > now
    ]
    if not lying:
        return ""
    one, why = lying[0]
    begins = moment_words(one.start, now.date())
    more = f" {len(lying) - 1} more like that." if len(lying) > 1 else ""
    under = clock_face().told(why.text).removeprefix("It ")
    return f"“{one.title[:60]}”, {begins}, {under}.{more}"


def _moved_words(said: str, well: str, face: ClockFace, landed: "Landed") -> str:
    """What is said of a block that was moved by hand, or made longer or shorter.

    Args:
        said: What was done.
        well: What is added where it lies on nothing that stays, and breaks nothing.
        face: How times of day are written.
        landed: What it lies on, and what it breaks.
    """
    told = landed.in_words(face)
    return f"{'. '.join((said, *told))}." if told else f"{said}{well}."
