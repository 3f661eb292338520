"""Personas, sampling presets and the sampling of each model, for the front ends."""

from collections.abc import Callable
from dataclasses import dataclass

from assistant.domain.conversation import Persona
from assistant.domain.errors import UserFacingError
from assistant.domain.generation import SamplingParams, Task
from assistant.domain.ids import ModelId, PersonaId, PresetId
from assistant.services.jobs import Job, Workers
from assistant.services.task_presets import preset_of
from assistant.store.personas import PersonaRepository


@dataclass(frozen=True, slots=True)
class Preset:
    """A named set of sampling settings."""

    id: PresetId
    name: str
    sampling: SamplingParams
    builtin: bool = False


class PersonaService:
    """Reads and writes what shapes an answer; every call is a job on the store thread.

    Args:
        workers: The store thread.
        repository: Gives the vault's repository; raises when the vault is not open.
    """

    def __init__(self, workers: Workers, repository: Callable[[], PersonaRepository]) -> None:
        self._workers = workers
        self._repository = repository

    def personas(self) -> Job[list[Persona]]:
        """Built-in ones first, then by name."""
        return self._workers.on_store(lambda: self._repository().list_personas())

    def save_persona(
        self, name: str, system_prompt: str, persona_id: PersonaId | None = None
    ) -> Job[Persona]:
        """Makes a persona, or changes one of the user's own.

        Raises (from the job):
            UserFacingError: The name is empty, or the persona is built in.
        """

        def work() -> Persona:
            if not name.strip():
                raise UserFacingError("A persona needs a name.", code="name_empty")
            return self._repository().save_persona(name.strip(), system_prompt, persona_id)

        return self._workers.on_store(work)

    def delete_persona(self, persona_id: PersonaId) -> Job[None]:
        """Removes one of the user's own; chats that use it keep its words."""
        return self._workers.on_store(lambda: self._repository().delete_persona(persona_id))

    def presets(self) -> Job[list[Preset]]:
        """Built-in ones first, then by name."""
        return self._workers.on_store(
            lambda: [
                Preset(p.id, p.name, p.sampling, p.builtin)
                for p in self._repository().list_presets()
            ]
        )

    def save_preset(self, name: str, sampling: SamplingParams) -> Job[None]:
        """Keeps the settings under a name; one of the user's own of that name is replaced."""

        def work() -> None:
            if not name.strip():
                raise UserFacingError("A preset needs a name.", code="name_empty")
            self._repository().save_preset(name.strip(), sampling)

        return self._workers.on_store(work)

    def delete_preset(self, preset_id: PresetId) -> Job[None]:
        """Removes one of the user's own presets."""
        return self._workers.on_store(lambda: self._repository().delete_preset(preset_id))

    def sampling(self, model_id: ModelId) -> Job[SamplingParams]:
        """The settings that answers of this model in chats are written with."""
        return self.sampling_for(model_id, Task.CHAT)

    def sampling_for(self, model_id: ModelId, task: Task) -> Job[SamplingParams]:
        """The settings of a model at a task: the user's, else those that the task ships with."""
        return self._workers.on_store(lambda: self.sampling_now(model_id, task))

    def sampling_now(self, model_id: str, task: Task = Task.CHAT) -> SamplingParams:
        """As ``sampling_for``, for callers that are on the store thread already."""
        return self._repository().sampling_of(ModelId(model_id), task) or preset_of(task)

    def samplings(self, model_id: ModelId) -> Job[dict[Task, SamplingParams | None]]:
        """What the user has chosen for each task; None where it is what the task ships with."""
        return self._workers.on_store(
            lambda: {task: self._repository().sampling_of(model_id, task) for task in Task}
        )

    def set_sampling(
        self, model_id: ModelId, sampling: SamplingParams, task: Task = Task.CHAT
    ) -> Job[None]:
        """Changes the settings of a model at a task."""
        return self._workers.on_store(
            lambda: self._repository().set_sampling(model_id, sampling, task)
        )

    def reset_sampling(self, model_id: ModelId, task: Task = Task.CHAT) -> Job[None]:
        """Back to what the task ships with."""
        return self._workers.on_store(lambda: self._repository().reset_sampling(model_id, task))
