"""What takes place where something else stands: told as soon as it is written."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from assistant.domain.clock_face import PLAIN_FACE, ClockFace
from assistant.domain.ids import TaskId
from assistant.domain.schedule import Block, Busy
from assistant.domain.task import Task
from assistant.domain.task_filter import TaskFilter
from assistant.planner.commands.consequences import named
from assistant.planner.schedule.asking import asked
from assistant.planner.schedule.clashing import lying_on
from assistant.planner.schedule.week import WeekAsk
from assistant.services.jobs import Job, Workers
from assistant.services.planning.desk import PlanningDesk
from assistant.services.planning.foreseeing import (
    Clash,
    clash_in_words,
    clash_of,
    days_until,
    time_of,
)
from assistant.services.planning.gathering import DAYS

if TYPE_CHECKING:
    from assistant.services.planning.scheduling import SchedulingService

_CALENDARS: Final = frozenset({"calendar", "calendarevent"})


@dataclass(frozen=True, slots=True)
class Collisions:
    """What a change laid where something else stands.

    Args:
        clashes: Appointments of the change that lie on what does not give way.
        in_way: Planned blocks that lie on what takes place, and would be planned elsewhere.
        under: What takes place there.
    """

    clashes: tuple[tuple[Task, Clash], ...] = ()
    in_way: tuple[Block, ...] = ()
    under: tuple[Busy, ...] = ()

    def clash_words(self, face: ClockFace = PLAIN_FACE) -> tuple[str, ...]:
        """A few sentences for each appointment."""
        return tuple(
            f"{named(task.title)}: {clash_in_words(clash, face)}." for task, clash in self.clashes
        )

    @property
    def way_words(self) -> str:
        """How many blocks are in whose way; empty for none."""
        if not self.in_way:
            return ""
        titles = list(dict.fromkeys(named(one.title) for one in self.under))
        more = f" and {len(titles) - 1} more" if len(titles) > 1 else ""
        one = len(self.in_way) == 1
        blocks = "A planned block is" if one else f"{len(self.in_way)} planned blocks are"
        return f"{blocks} in the way of {titles[0]}{more}."


class CollidingService:
    """Looks what a change laid on something else.

    Args:
        workers: The pool and the store thread.
        desk: Where planning is written.
        scheduling: Reads weeks.
    """

    def __init__(
        self,
        workers: Workers,
        desk: PlanningDesk,
        scheduling: "Callable[[], SchedulingService]",
    ) -> None:
        self._workers = workers
        self._desk = desk
        self._scheduling = scheduling

    def look(self, tables: Collection[str], tasks: Collection[TaskId]) -> Job[Collisions]:
        """What a change of these tables and tasks laid where something else stands.

        Args:
            tables: As ``PlanChanges`` names them.
            tasks: Which changed.
        """
        return self._workers.in_pool(lambda job: self._look(job, tables, tasks))

    def _look(
        self, job: Job[Any], tables: Collection[str], tasks: Collection[TaskId]
    ) -> Collisions:
        now = self._desk.now()

        def read() -> tuple[Task, ...]:
            found = self._desk.repository.find(TaskFilter(ids=frozenset(tasks)))
            return tuple(
                one
                for one in found
                if one.fixed_start is not None and (one.fixed_end or one.fixed_start) >= now
            )

        fixed = self._workers.on_store(read).result()
        plan = self._scheduling().current().result()
        if not fixed and (plan is None or not _CALENDARS & set(tables)):
            return Collisions()
        job.cancel_token.raise_if_cancelled()
        reader = self._scheduling().reader
        days = DAYS if plan is None else reader.days_left(plan)
        for one in fixed:
            days = days_until(one, now, days)
        week, _ = reader.week(days, plan)
        clashes = ((one, clash_of(week, time_of(week, one))) for one in fixed)
        in_way, under = _in_way(week)
        return Collisions(
            tuple((one, clash) for one, clash in clashes if clash is not None), in_way, under
        )


def _in_way(week: WeekAsk) -> tuple[tuple[Block, ...], tuple[Busy, ...]]:
    """Planned blocks to come that lie on what takes place, and that."""
    ask = asked(week)
    known = {one.key for one in ask.problem.items}
    found: list[Block] = []
    under: list[Busy] = []
    for block in week.blocks:
        key = ask.key_of(block.task, block.occurrence)
        if block.pinned or block.start < week.now or key not in known:
            continue
        there = lying_on(ask, week.busy, key, (block.start, block.end))
        if there:
            found.append(block)
            under += there
    return tuple(found), tuple(dict.fromkeys(under))
