"""Lines become tasks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ProjectId, TaskId
from assistant.domain.task import Project, Task
from assistant.planner.quick_add.dependencies import may_name_tasks
from assistant.planner.quick_add.parts import QuickAdd
from assistant.planner.quick_add.vocabulary import Correction, Vocabulary, corrected
from assistant.planner.tasks.from_line import with_line
from assistant.planner.tasks.line_lengths import check_lengths
from assistant.planner.tasks.rules import check_task
from assistant.services.jobs import Job
from assistant.services.planning.desk import PlanningDesk
from assistant.services.planning.own_words import OwnWords
from assistant.services.planning.reading import LineReader
from assistant.services.planning.tasks import check_links, keep_edited, said
from assistant.store.task_writes import TaskWrites
from assistant.store.tasks import TaskRepository

LONGEST_PROJECT = 200


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line as it was read, with the user's own words."""

    text: str
    found: QuickAdd
    titles: tuple[str, ...]
    """Of the open tasks that “after …” can name; none where the line names none."""
    vocabulary: Vocabulary
    """The user's own words."""


class AddingService:
    """Reads lines with the user's own words, and makes tasks of them.

    Args:
        desk: Where planning is written.
        reader: Reads lines.
        words: The user's own words.
    """

    def __init__(self, desk: PlanningDesk, reader: LineReader, words: OwnWords) -> None:
        self._desk = desk
        self._reader = reader
        self._words = words

    def read(self, text: str, corrections: Sequence[Correction] = ()) -> Job[ReadLine]:
        """Reads a line as it will be understood when it is added; for chips while typing.

        Args:
            text: As it was typed.
            corrections: What words of the line really mean; nothing is learnt from them yet.

        Raises (from the job):
            UserFacingError: It says nothing (``line_empty``), is too long (``line_long``), or has
                a length that no task can have (``estimate_outside``).
        """
        return self._desk.work(lambda repository: self._read(repository, text, corrections))

    def add_line(
        self,
        text: str,
        *,
        project: ProjectId | None = None,
        parent: TaskId | None = None,
        corrections: Sequence[Correction] = (),
    ) -> Job[Task]:
        """Adds what a line says, as one step.

        Args:
            text: As it was typed.
            project: Where it goes if the line names none.
            parent: What it is a part of.
            corrections: What words of the line really mean; of the user's own words the
                vocabulary learns it.

        Raises (from the job):
            UserFacingError: The line cannot be read, or says what cannot be.
        """

        def work(repository: TaskRepository) -> Task:
            # What is learnt and what is added are undone as one.
            with self._desk.together(f"Add “{text.strip()[:60]}”"):
                if corrections:
                    self._words.learn_now(text, corrections)
                found = self._read(repository, text, corrections).found
                return self.add_now(found, text, project=project, parent=parent)

        return self._desk.work(work)

    def add(
        self,
        found: QuickAdd,
        written: str,
        *,
        project: ProjectId | None = None,
        parent: TaskId | None = None,
    ) -> Job[Task]:
        """Adds a line that was read, as its chips were left."""
        return self._desk.work(
            lambda _: self.add_now(found, written, project=project, parent=parent)
        )

    def change_by_line(self, tasks: Sequence[TaskId], text: str) -> Job[tuple[Task, ...]]:
        """Puts what a piece of a line says in place of what tasks had: “by fri !high ~2h”.

        All of them are changed as one step.

        Raises (from the job):
            UserFacingError: The line cannot be read, says what cannot be, or gives several tasks
                one title (``line_titled``); nothing was changed.
        """

        def work(repository: TaskRepository) -> tuple[Task, ...]:
            return self._change(tasks, self._read(repository, text).found)

        return self._desk.work(work)

    def read_plain(self, text: str) -> QuickAdd:
        """Reads a line without the user's own words; any thread."""
        return self._reader.read(text)

    # On the store thread

    def read_now(self, text: str) -> QuickAdd:
        """As ``read``."""
        return self._read(self._desk.repository, text).found

    def change_now(self, task: TaskId, found: QuickAdd) -> Task:
        """As ``change_by_line``, of a line that was read."""
        return self._change([task], found)[0]

    def _change(self, tasks: Sequence[TaskId], found: QuickAdd) -> tuple[Task, ...]:
        repository = self._desk.repository
        before = repository.several(tasks)
        if found.named_by_date:
            found = replace(found, title="")  # “by easter” tells when, and renames nothing
        if len(before) > 1 and found.title:
            raise UserFacingError(
                f"“{found.title[:60]}” says nothing that several tasks can have.",
                "Write a day, a length, !priority, #tag, +project or @place.",
                code="line_titled",
            )
        firsts = self._named(repository, found.after)
        pairs = [(old, _changed(old, found, firsts)) for old in before]
        for _, new in pairs:
            check_task(new)
        check_links(repository, pairs)
        there = None if found.project is None else repository.project_named(found.project)
        with self._desk.step(said("Change", before)) as writes:
            if found.project is not None:
                project = self._project(writes, found.project, there)
                pairs = [(old, replace(new, project=project)) for old, new in pairs]
            keep_edited(writes, pairs)
        return tuple(new for _, new in pairs)

    def add_now(
        self,
        found: QuickAdd,
        written: str,
        *,
        project: ProjectId | None = None,
        parent: TaskId | None = None,
    ) -> Task:
        """As ``add``."""
        repository = self._desk.repository
        now = self._desk.now()
        above = None if parent is None else repository.get(parent)
        task = with_line(Task(TaskId(0), "", now), found)
        task = replace(
            task,
            title=task.title or _untitled(found),
            written=written,
            parent=parent,
            project=project if above is None else above.project,
            waits_for=self._named(repository, found.after),
        )
        check_task(task)
        check_links(repository, [(None, task)])
        there = None if found.project is None else repository.project_named(found.project)
        with self._desk.step(said("Add", [task])) as writes:
            if found.project is not None:
                task = replace(task, project=self._project(writes, found.project, there))
            return writes.add(task)

    def _project(self, writes: TaskWrites, name: str, there: Project | None) -> ProjectId:
        """The project of a name, made where there is none and fetched out of the archive."""
        if there is None:
            return add_project(writes, name, self._desk).id
        if there.archived is not None:
            writes.keep_project(replace(there, archived=None))
        return there.id

    def _read(
        self, repository: TaskRepository, text: str, corrections: Sequence[Correction] = ()
    ) -> ReadLine:
        check_lengths(text)
        # Only a line that can name tasks needs to know what they are called.
        named = repository.titles(limit=None).values() if may_name_tasks(text) else ()
        titles = tuple(dict.fromkeys(named))
        vocabulary = corrected(self._words.vocabulary_now(), text, corrections)
        found = self._reader.read(text, vocabulary, tasks=titles)
        return ReadLine(text, found, titles, vocabulary)

    def _named(self, repository: TaskRepository, titles: Iterable[str]) -> tuple[TaskId, ...]:
        """Open tasks by their titles.

        Raises:
            UserFacingError: There is none of a title (``task_unknown``).
        """
        found: list[TaskId] = []
        for title in titles:
            named = repository.titled(title)
            if not named:
                raise UserFacingError(
                    f"There is no open task called “{title[:80]}”.",
                    "Name a task that is there after “after”, or add that one first.",
                    code="task_unknown",
                )
            found.append(named[0].id)
        return tuple(dict.fromkeys(found))


def add_project(writes: TaskWrites, name: str, desk: PlanningDesk, color: str = "") -> Project:
    """Adds a project.

    Raises:
        UserFacingError: It has no name, or one that is too long (``project_unnamed``).
    """
    return writes.add_project(Project(ProjectId(0), checked_name(name), desk.now(), color))


def checked_name(name: str) -> str:
    """A name that a project can have.

    Raises:
        UserFacingError: It is empty or too long (``project_unnamed``).
    """
    plain = " ".join(name.split())
    if not plain or len(plain) > LONGEST_PROJECT:
        raise UserFacingError(
            "A project needs a name of at most 200 characters.",
            "Give it a short one.",
            code="project_unnamed",
        )
    return plain


def _changed(task: Task, found: QuickAdd, firsts: Iterable[TaskId]) -> Task:
    """A task with what a line says; what it waits for stays, and more comes to it."""
    waits = tuple(dict.fromkeys((*task.waits_for, *firsts)))
    return replace(with_line(task, found), waits_for=waits)


def _untitled(found: QuickAdd) -> str:
    """What a task is called whose line names only its parts."""
    return next((part.value for part in found.parts if part.kind.value in {"tag", "person"}), "")
