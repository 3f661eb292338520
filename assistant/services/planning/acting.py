"""Acts on a sentence: “plan my week”, “move chemistry to Thursday”.

The grammar reads it first; a model is asked only where the grammar does not know it, and may only
choose from a closed set of commands and name words of the sentence. What it would do is computed
before it is shown, with the plan as it would be, and nothing is done before the user has seen it;
then just that is kept. All of it is undone as one step.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, Final

from assistant.domain.clock_face import ClockFace
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import StepId, TaskId
from assistant.domain.lengths import length
from assistant.domain.schedule import BlockKind, WeekPlan
from assistant.domain.task import TaskState
from assistant.domain.zones import zone_name
from assistant.planner.commands.about import may_be_planning
from assistant.planner.commands.consequences import clock_span
from assistant.planner.commands.phrases import ASKING
from assistant.planner.commands.reading import (
    Command,
    CommandKind,
    may_be_command,
    read_command,
)
from assistant.planner.schedule.solve import SECONDS
from assistant.services.jobs import Job, Workers
from assistant.services.planning.adding import AddingService
from assistant.services.planning.answering import Answerer
from assistant.services.planning.asking_commands import asked_command
from assistant.services.planning.blocks import Which
from assistant.services.planning.completing import CompletingService
from assistant.services.planning.desk import PlanningDesk
from assistant.services.planning.drafting import BLANK, Draft, Drafter, counted, line
from assistant.services.planning.foreseeing import (
    Clash,
    Foreseen,
    Foreseer,
    Landed,
    clash_in_words,
)
from assistant.services.planning.looking import Answers
from assistant.services.planning.naming import names_a_task
from assistant.services.planning.tasks import edit_now
from assistant.services.structured import StructuredService
from assistant.store.plans import keep_plan
from assistant.store.tasks import TaskRepository

if TYPE_CHECKING:
    from assistant.services.planning.learning import LearningService
    from assistant.services.planning.scheduling import SchedulingService

_UNCLEAR: Final = (
    "Say “plan my week”, “move chemistry to Thursday”, “essay takes 3 hours”, “cancel dentist”, "
    "“make essay high priority”, “done with essay”, “what is due this week?” or “add call Mum "
    "tomorrow”."
)
_DAY_BLOCKS: Final = 8
_GRACE: Final = timedelta(minutes=10)
"""A block may be shown for so long after its beginning and still be put there."""


@dataclass(frozen=True, slots=True)
class Means:
    """What commands are done with.

    Args:
        adding: Reads lines and adds tasks.
        completing: Ends tasks.
        scheduling: Makes and mends plans.
        learning: Foretells how long tasks take.
        structured: Asks a model for values of a schema.
        ready: Tells whether a model is loaded.
        zone: The user's.
        face: How times of day are written in what is proposed and answered.
    """

    adding: AddingService
    completing: CompletingService
    scheduling: "Callable[[], SchedulingService]"
    learning: "Callable[[], LearningService]"
    structured: Callable[[], StructuredService]
    ready: Callable[[], bool]
    zone: Callable[[], tzinfo]
    face: ClockFace


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would be done, for the user to confirm; or the answer to what was asked."""

    command: Command
    task: TaskId | None
    """The task that it is about."""
    title: str
    """What would be done: “Move “Chemistry””."""
    changes: tuple[str, ...]
    """What would change, a line each; or the answer."""
    warnings: tuple[str, ...] = ()
    """What is lost or broken by it: room, deadlines, appointments that it lies on."""
    by_model: bool = False
    """Whether a model read the sentence."""
    instead: Command | None = None
    """The nearest place that is free, where this one is not."""
    draft: Draft | None = None
    foreseen: Foreseen = field(default_factory=Foreseen)
    mark: StepId | None = None
    """The last step when it was computed: after another one it may not hold any more."""
    at: datetime | None = None
    """When it was computed: on another day, or once what it plans has begun, it does not hold."""

    @property
    def is_answer(self) -> bool:
        """Whether there is nothing to confirm."""
        return self.command.kind in ASKING


@dataclass(frozen=True, slots=True)
class Acted:
    """What was done."""

    title: str
    tasks: tuple[TaskId, ...] = ()
    """That were added or changed."""
    plan: WeekPlan | None = None
    """As it is now, where it was made or mended."""


class ActingService:
    """Reads sentences as commands, shows what they would do, and does it.

    Args:
        workers: The pool and the store thread.
        desk: Where planning is written.
        means: What commands are done with.
    """

    def __init__(self, workers: Workers, desk: PlanningDesk, means: Means) -> None:
        self._workers = workers
        self._desk = desk
        self._means = means
        self._drafter = Drafter(means.adding, desk.now, means.face)
        self._foreseer = Foreseer(means.scheduling, means.face)
        self._answerer = Answerer(Answers(desk, means.learning, means.scheduling, means.face))

    def clash(self, which: Which, to: datetime) -> Job[Clash | None]:
        """What a block would lie on that does not give way, were it moved; None for nothing.

        Args:
            which: Which block; the first one to come where that may be several.
            to: When it would begin.
        """
        return self._workers.in_pool(lambda _: self._foreseer.clash(which, to))

    def move(self, which: Which, to: datetime, end: datetime | None = None) -> Job[Landed]:
        """Puts a block elsewhere, and gives what it lies on and what it breaks.

        Args:
            which: Which block; the first one to come where that may be several.
            to: When it begins.
            end: When it ends; it takes as long as before without that.

        Raises (from the job):
            UserFacingError: As ``SchedulingService.move``.
        """

        def work(job: Job[Landed]) -> Landed:
            clash = self._foreseer.clash(which, to, end)
            plan = self._means.scheduling().move_in(job, which, to, end)
            return Landed.of(clash, plan, which, to)

        return self._desk.change(lambda: self._means.scheduling().move_words(which, to, end), work)

    def is_command(self, text: str) -> bool:
        """Whether the grammar takes a sentence for a command; some milliseconds, on any thread."""
        return read_command(text, self._reads) is not None

    def concerns(self, text: str) -> bool:
        """Whether a message in a chat is to be looked at; some microseconds, on any thread.

        What is not is for the model that answers, as it was written.
        """
        return may_be_command(text) or (self._means.ready() and may_be_planning(text))

    def propose(self, text: str, *, ask_model: bool = True, certain: bool = True) -> Job[Proposal]:
        """What a sentence would do; nothing is done yet.

        Args:
            text: The sentence.
            ask_model: Whether a model is asked where the grammar does not know it.
            certain: Whether the planner is spoken to for certain. Of a message in a chat a model
                is asked only where it is loaded, and the message wishes something of a task that
                is there.

        Raises (from the job):
            UserFacingError: It is no command (``command_unclear``), no task is meant
                (``task_unknown``), or it would do what cannot be.
            AmbiguousTaskError: Several tasks may be meant (``task_ambiguous``).
        """

        def work(job: Job[Proposal]) -> Proposal:
            command, by_model = self._understood(job, text, ask_model=ask_model, certain=certain)
            return replace(self._proposed(job, command), by_model=by_model)

        return self._workers.in_pool(work)

    def understand(
        self, text: str, *, ask_model: bool = True, certain: bool = True
    ) -> Job[Command]:
        """As ``propose``, without looking what it would do.

        Raises (from the job):
            UserFacingError: It is no command (``command_unclear``).
        """
        return self._workers.in_pool(
            lambda job: self._understood(job, text, ask_model=ask_model, certain=certain)[0]
        )

    def propose_command(self, command: Command) -> Job[Proposal]:
        """As ``propose``, of a command that was read: with what is meant, or another place."""
        return self._workers.in_pool(lambda job: self._proposed(job, command))

    def apply(self, proposal: Proposal) -> Job[Acted]:
        """Does what was proposed, with the plan as it was shown, as one step.

        Raises (from the job):
            UserFacingError: Something else was done since, or its time has passed
                (``proposal_stale``), or it cannot be done any more; nothing was changed.
        """

        def work(job: Job[Acted]) -> Acted:
            if proposal.is_answer:
                return Acted(proposal.title)
            tasks, step = self._desk.work(lambda one: self._keep(one, proposal)).result()
            plan = proposal.foreseen.plan
            if plan is None and proposal.foreseen.before is not None:
                plan = self._means.scheduling().replan_in(job, step)
            return Acted(proposal.title, tasks, plan)

        return self._desk.change(proposal.title, work)

    # In the pool

    def _understood(
        self, job: Job[Any], text: str, *, ask_model: bool, certain: bool
    ) -> tuple[Command, bool]:
        """The command that a sentence gives, and whether a model said so."""
        command = read_command(text, self._reads, certain=certain)
        if command is not None:
            return command, False
        if ask_model and (certain or self._is_wish(text)):
            command = asked_command(job, self._means.structured, text, self._reads)
        if command is None:
            raise UserFacingError(
                "That is nothing the planner can do.", _UNCLEAR, code="command_unclear"
            )
        return command, True

    def _is_wish(self, text: str) -> bool:
        if not self._means.ready() or not may_be_planning(text):
            return False
        return self._desk.work(lambda repository: names_a_task(repository, text)).result()

    def _proposed(self, job: Job[Any], command: Command) -> Proposal:
        now, mark = self._desk.now(), self._desk.work(_mark).result()
        if command.kind in ASKING:
            task, title, lines = self._answerer.answer(job, command)
            return Proposal(command, task, title, lines)
        if command.kind in {CommandKind.PLAN_WEEK, CommandKind.PLAN_DAY}:
            return replace(self._planned(job, command), mark=mark, at=now)
        before = self._foreseer.current()
        until = None if before is None else before.end
        draft = self._desk.work(
            lambda repository: self._drafter.draft(repository, command, until)
        ).result()
        return replace(self._foretold(job, draft), mark=mark, at=now)

    def _foretold(self, job: Job[Any], draft: Draft) -> Proposal:
        """A draft with what it does to the plan."""
        task = draft.task
        about = None if task is None else task.id
        instead = None
        if draft.stretch is not None and task is not None:
            found = self._foreseer.placed(job, task, *draft.stretch)
            draft = replace(draft, new=found.task or task)
        elif draft.again:
            found = Foreseen(self._foreseer.current())
            if found.before is not None:
                draft = replace(draft, lines=(*draft.lines, "The plan is mended then"))
        else:
            is_move = draft.command.kind in {CommandKind.MOVE, CommandKind.SCHEDULE}
            found = self._foreseer.changed(job, draft.apply, about, free=is_move)
        if draft.new is not None and draft.new.fixed_start is not None:
            found = replace(found, clash=self._foreseer.at_its_time(draft.new))
        warnings = found.told.warnings
        if found.clash is not None:
            warnings = (clash_in_words(found.clash, self._means.face), *warnings)
            if found.clash.nearest is not None and task is not None:
                words = f"{found.clash.nearest:%Y-%m-%d %H:%M}"
                instead = replace(draft.command, words=words)
        lines = (*draft.lines, *found.told.lines)
        return Proposal(
            draft.command,
            about,
            draft.title,
            lines,
            warnings,
            instead=instead,
            draft=draft,
            foreseen=found,
        )

    def _planned(self, job: Job[Any], command: Command) -> Proposal:
        day = command.kind is CommandKind.PLAN_DAY
        found = self._foreseer.new(job, SECONDS, 1 if day else None)
        lines = _plan_words(found, self._means.face, day=day)
        return Proposal(
            command,
            None,
            "Plan the day" if day else "Plan the week",
            (*lines, *found.told.lines),
            _lacking(found),
            foreseen=found,
        )

    # On the store thread

    def _keep(
        self, repository: TaskRepository, proposal: Proposal
    ) -> tuple[tuple[TaskId, ...], StepId | None]:
        """Does it; gives the tasks and the step, None where nothing changed."""
        if _mark(repository) != proposal.mark:
            raise UserFacingError(
                "Something else was changed since that was proposed.",
                "Say it again to see what it would do now.",
                code="proposal_stale",
            )
        if _is_over(proposal, self._desk.now()):
            raise UserFacingError(
                "Some of the time that was shown has passed.",
                "Say it again to see what it would do now.",
                code="proposal_stale",
            )
        with self._desk.noting() as steps, self._desk.together(proposal.title):
            tasks = () if proposal.draft is None else self._do(proposal, proposal.draft)
            plan = proposal.foreseen.plan
            if plan is not None:
                plan = _of_task(plan, proposal.draft, tasks)
                with self._desk.step(proposal.title) as writes:
                    keep_plan(writes.writing, plan, zone_name(self._means.zone()))
        return tasks, steps[-1] if steps else None

    def _do(self, proposal: Proposal, draft: Draft) -> tuple[TaskId, ...]:
        kind, task, new = draft.command.kind, draft.task, draft.new
        if task is None:
            words = draft.command.words
            return (self._means.adding.add_now(self._means.adding.read_now(words), words).id,)
        if kind is CommandKind.DELETE:
            with self._desk.step(proposal.title) as writes:
                writes.delete([task.id])
            return (task.id,)
        if new is None:
            state = TaskState.DONE if kind is CommandKind.DONE else TaskState.DROPPED
            ended = self._means.completing.end_now([task.id], state, with_parts=True)
            return (*ended.done, *(one.id for one in ended.again))
        if new != task:
            edit_now(self._desk, [new.id], lambda _: new, proposal.title)
        return (new.id,)

    def _reads(self, kind: CommandKind, words: str) -> bool:
        """Whether words tell when, or how long; of a new task, whether it says when."""
        if kind is CommandKind.LIST and words.casefold() == "overdue":
            return True
        try:
            found = self._means.adding.read_plain(line(kind, words))
        except UserFacingError:
            return False
        dated = found.start is not None or found.due is not None
        if kind is CommandKind.ADD:
            return dated and found.title != BLANK
        if found.title != BLANK:
            return False
        return found.duration_min is not None if kind is CommandKind.ESTIMATE else dated


def _mark(repository: TaskRepository) -> StepId | None:
    last = repository.journal.steps(1)
    return last[0].id if last else None


def _is_over(proposal: Proposal, now: datetime) -> bool:
    """Whether a proposal was made for another day, or plans what would have begun by now."""
    at, plan = proposal.at, proposal.foreseen.plan
    if at is None or at.date() != now.date():
        return at is not None
    return plan is not None and any(at <= one.start < now - _GRACE for one in plan.blocks)


def _of_task(plan: WeekPlan, draft: Draft | None, tasks: tuple[TaskId, ...]) -> WeekPlan:
    """A plan in which a new task goes by the id that it got."""
    if draft is None or draft.task is not None or draft.new is None or tasks[0] == draft.new.id:
        return plan
    was, now = draft.new.id, tasks[0]
    blocks = (replace(one, task=now) if one.task == was else one for one in plan.blocks)
    over = (replace(one, task=now) if one.task == was else one for one in plan.overflow)
    return replace(plan, blocks=tuple(blocks), overflow=tuple(over))


def _plan_words(found: Foreseen, face: ClockFace, *, day: bool) -> list[str]:
    plan = found.plan
    if plan is None:
        return []
    kinds = {BlockKind.TASK, BlockKind.STUDY}
    blocks = [one for one in plan.blocks if one.end > plan.start and one.kind in kinds]
    tasks = len({(one.task, one.occurrence) for one in blocks})
    today = [one for one in blocks if one.start.date() == plan.start.date()]
    shown = today[:_DAY_BLOCKS]
    lines = [f"{clock_span(one, face)} {one.title[:60]}" for one in shown]
    if len(today) > len(shown):
        lines.append(f"and {len(today) - len(shown)} more today")
    if day:
        return lines or ["Nothing is to be done today"]
    head = f"{counted(len(blocks), 'block')} for {counted(tasks, 'task')}"
    head += f", until {plan.end:%a %d %b}"
    return [head, f"Today: {', '.join(lines)}"] if lines else [head]


def _lacking(found: Foreseen) -> tuple[str, ...]:
    over = () if found.plan is None else found.plan.overflow
    return tuple(
        f"{length(one.missing_min)} of “{one.title[:60]}” is left without room" for one in over
    )
