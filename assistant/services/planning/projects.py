"""Projects for the front ends."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ProjectId
from assistant.domain.task import Project
from assistant.services.jobs import Job
from assistant.services.planning.adding import add_project, checked_name
from assistant.services.planning.desk import PlanningDesk
from assistant.store.tasks import TaskRepository


class ProjectService:
    """Adds and changes projects.

    Args:
        desk: Where planning is written.
    """

    def __init__(self, desk: PlanningDesk) -> None:
        self._desk = desk

    def all(self, *, archived: bool = False) -> Job[tuple[Project, ...]]:
        """The projects by hand's order; those in the archive only where they are asked for."""
        return self._desk.work(lambda repository: repository.projects(archived=archived))

    def named(self, name: str) -> Job[Project]:
        """The project of a name, but for case and accents.

        Raises (from the job):
            UserFacingError: There is none (``project_unknown``).
        """

        def work(repository: TaskRepository) -> Project:
            found = repository.project_named(name)
            if found is None:
                raise UserFacingError(
                    f"There is no project “{name[:80]}”.",
                    "“assistant plan projects” lists them.",
                    code="project_unknown",
                )
            return found

        return self._desk.work(work)

    def add(self, name: str, color: str = "") -> Job[Project]:
        """Adds a project.

        Raises (from the job):
            UserFacingError: It has no name (``project_unnamed``), or there is one of that name
                (``project_there``).
        """

        def work(repository: TaskRepository) -> Project:
            self._refuse_twin(repository, name, None)
            with self._desk.step(f"Add project “{name.strip()[:60]}”") as writes:
                return add_project(writes, name, self._desk, color)

        return self._desk.work(work)

    def rename(self, project: ProjectId, name: str) -> Job[Project]:
        """Gives a project another name."""

        def work(repository: TaskRepository) -> Project:
            found = _one(repository, project)
            self._refuse_twin(repository, name, project)
            return self._keep(
                replace(found, name=checked_name(name)), f"Rename “{found.name[:60]}”"
            )

        return self._desk.work(work)

    def recolor(self, project: ProjectId, color: str) -> Job[Project]:
        """Gives a project the hue of a name."""

        def work(repository: TaskRepository) -> Project:
            found = _one(repository, project)
            return self._keep(replace(found, color=color), f"Change “{found.name[:60]}”")

        return self._desk.work(work)

    def archive(self, project: ProjectId, *, archived: bool = True) -> Job[Project]:
        """Puts a project into the archive, or takes it out; its tasks stay as they are."""

        def work(repository: TaskRepository) -> Project:
            found = _one(repository, project)
            moment = self._desk.now() if archived else None
            verb = "Archive" if archived else "Bring back"
            return self._keep(replace(found, archived=moment), f"{verb} “{found.name[:60]}”")

        return self._desk.work(work)

    def delete(self, project: ProjectId) -> Job[None]:
        """Deletes a project; its tasks go to the inbox."""

        def work(repository: TaskRepository) -> None:
            found = _one(repository, project)
            with self._desk.step(f"Delete project “{found.name[:60]}”") as writes:
                writes.delete_project(project)

        return self._desk.work(work)

    def order(self, projects: Sequence[ProjectId]) -> Job[None]:
        """Puts projects into an order by hand."""

        def work(repository: TaskRepository) -> None:
            found = [_one(repository, project) for project in projects]
            with self._desk.step("Order the projects") as writes:
                for place, one in enumerate(found):
                    writes.keep_project(replace(one, position=float(place)))

        return self._desk.work(work)

    def _keep(self, project: Project, words: str) -> Project:
        with self._desk.step(words) as writes:
            writes.keep_project(project)
        return project

    def _refuse_twin(
        self, repository: TaskRepository, name: str, besides: ProjectId | None
    ) -> None:
        twin = repository.project_named(checked_name(name))
        if twin is not None and twin.id != besides:
            where = "in the archive" if twin.archived else "already"
            raise UserFacingError(
                f"There is a project “{twin.name[:80]}” {where}.",
                "Choose another name.",
                code="project_there",
            )


def _one(repository: TaskRepository, project: ProjectId) -> Project:
    for one in repository.projects(archived=True):
        if one.id == project:
            return one
    raise UserFacingError(
        f"There is no project {project}.",
        "“assistant plan projects” lists them.",
        code="project_unknown",
    )
