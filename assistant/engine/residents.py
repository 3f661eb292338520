"""The models that are loaded at once, and whose turn it is among their answers."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.domain.generation import GenerationFailed, Priority
from assistant.domain.model import LoadedModel, LoadOptions
from assistant.engine.backend import Backend, Work
from assistant.engine.queued import UNKNOWN_FAILURE, QueuedAnswer

_RESERVED = 4
"""One lane in so many is kept for answers that somebody waits for."""
NO_MODEL = UserFacingError("No model is loaded.", "Choose a model first.", code="no_model")

NO_MEMORY = EnvironmentProblem(
    "There is not enough memory to load this model.",
    "Close other programs, or choose a smaller model.",
    code="out_of_memory",
)


@dataclass(frozen=True, slots=True)
class Residency:
    """How many models may stay loaded.

    Args:
        budget_bytes: What all of them may need together; one alone may need more. 0 is no limit.
        idle_s: After how long without an answer one is freed; 0 is never.
    """

    budget_bytes: int = 0
    idle_s: float = 0.0


@dataclass(slots=True, eq=False)
class Resident:
    """One loaded model with its answers.

    Args:
        path: Its file.
        options: How it was loaded.
        loaded: What the load came to.
        backend: Runs it.
    """

    path: Path
    options: LoadOptions
    loaded: LoadedModel
    backend: Backend
    active: list[tuple[QueuedAnswer, Work]] = field(default_factory=list[tuple[QueuedAnswer, Work]])
    waiting: list[QueuedAnswer] = field(default_factory=list[QueuedAnswer])
    """Asked for and not begun, oldest first."""
    refused: list[QueuedAnswer] = field(default_factory=list[QueuedAnswer])
    """Ended by a failure before they began, and not swept yet."""
    leaving: bool = False
    """To be freed as soon as it is idle; takes no more answers."""
    used_at: float = field(default_factory=time.monotonic)

    @property
    def idle(self) -> bool:
        """Whether it has nothing to write."""
        return not self.active and not self.waiting

    def next_priority(self) -> Priority | None:
        """The most urgent of its answers."""
        urgencies = [answer.request.priority for answer, _ in self.active]
        urgencies += [answer.request.priority for answer in self.waiting]
        return min(urgencies, default=None)

    def begin_waiting(self, priority: Priority) -> None:
        """Begins the answers of this priority for which there is a lane.

        What nobody waits for leaves some lanes free, so that it is never in somebody's way.
        """
        lanes = self.backend.lanes
        if priority is not Priority.INTERACTIVE:
            lanes = max(1, lanes - lanes // _RESERVED)
        for answer in [each for each in self.waiting if each.request.priority is priority]:
            if len(self.active) >= lanes:
                return
            self.waiting.remove(answer)
            try:
                self.active.append((answer, self.backend.begin(answer.order)))
            except UserFacingError as error:
                self.refused.append(answer)
                answer.emit(GenerationFailed(error.message, error.hint, error.code))
            except Exception:
                self.refused.append(answer)
                answer.emit(UNKNOWN_FAILURE)
                raise

    def works(self, priority: Priority) -> list[Work]:
        """What takes part in the next step: those of a priority, and what is to be ended.

        Where others hold every lane, they do: one of them has to end first.
        """
        urgent = [
            work
            for answer, work in self.active
            if answer.request.priority is priority or answer.want.stop.cancelled
        ]
        return urgent or [work for _, work in self.active]

    def sweep(self) -> list[QueuedAnswer]:
        """Drops the answers that have ended, and those that are wanted no more before they began.

        Returns:
            Which they were.
        """
        gone, self.refused = self.refused, []
        for answer in [each for each in self.waiting if each.want.stop.cancelled]:
            self.waiting.remove(answer)
            answer.give_up()
            gone.append(answer)
        for pair in [each for each in self.active if each[0].ended]:
            self.active.remove(pair)
            self.backend.drop(pair[1])
            gone.append(pair[0])
        if gone:
            self.used_at = time.monotonic()
        return gone

    def fail_all(self, works: list[Work], failure: GenerationFailed) -> None:
        """Ends those answers whose step failed."""
        for answer, work in self.active:
            if work in works:
                answer.emit(failure)


class Residents:
    """All of them; used on the engine's thread only.

    Args:
        make_backend: Makes what runs one more model.
        residency: How many may stay.
    """

    def __init__(self, make_backend: Callable[[], Backend], residency: Residency) -> None:
        self._make_backend = make_backend
        self._residency = residency
        self.all: list[Resident] = []
        """In the order of their last load."""

    def find(self, model: LoadedModel | None) -> Resident | None:
        """Who answers for ``model``; for None the one that was loaded last."""
        for resident in reversed(self.all):
            if not resident.leaving and (model is None or resident.loaded is model):
                return resident
        return None

    def load(
        self,
        path: Path,
        options: LoadOptions,
        *,
        on_progress: Callable[[float], None],
        cancel: CancelToken,
    ) -> LoadedModel | None:
        """Loads a model, or finds it loaded; frees idle ones for it where memory is short.

        Returns:
            None when there is only room for it once others have ended their answers.

        Raises:
            UserFacingError: It cannot be loaded.
            EnvironmentProblem: It does not fit, and nothing is left that could be freed.
            Cancelled: It was asked for.
        """
        for resident in self.all:
            if resident.path == path and not resident.leaving:
                if resident.options == options:
                    self.all.remove(resident)
                    self.all.append(resident)
                    resident.used_at = time.monotonic()
                    on_progress(1.0)
                    cancel.raise_if_cancelled()
                    return resident.loaded
                resident.leaving = True  # the same weights under other settings
        self.free_leaving()
        while True:
            backend = self._make_backend()
            try:
                loaded = backend.load(path, options, on_progress=on_progress, cancel=cancel)
            except (EnvironmentProblem, MemoryError) as error:
                if self._free_oldest():
                    continue
                if any(not each.idle for each in self.all):
                    return None
                if isinstance(error, MemoryError):
                    raise NO_MEMORY from error
                raise
            self.all.append(Resident(path, options, loaded, backend))
            self._keep_to_budget()
            return loaded

    def free_leaving(self) -> bool:
        """Frees what is to leave and is idle; whether nothing that is to leave is left."""
        for resident in [each for each in self.all if each.leaving and each.idle]:
            self._free(resident)
        return not any(each.leaving for each in self.all)

    def free_unused(self) -> float | None:
        """Frees what was not used for long; seconds until the next may be, None for never."""
        if self._residency.idle_s <= 0:
            return None
        now = time.monotonic()
        waits: list[float] = []
        for resident in [each for each in self.all if each.idle]:
            left = resident.used_at + self._residency.idle_s - now
            if left <= 0:
                self._free(resident)
            else:
                waits.append(left)
        return min(waits, default=None)

    def close(self) -> None:
        """Frees all."""
        for resident in list(self.all):
            self._free(resident)

    def _keep_to_budget(self) -> None:
        budget = self._residency.budget_bytes
        while budget and sum(each.loaded.memory_bytes for each in self.all) > budget:
            if not self._free_oldest(keep=self.all[-1]):
                return

    def _free_oldest(self, keep: Resident | None = None) -> bool:
        idle = [each for each in self.all if each.idle and each is not keep]
        if not idle:
            return False
        self._free(min(idle, key=lambda each: each.used_at))
        return True

    def _free(self, resident: Resident) -> None:
        self.all.remove(resident)
        resident.backend.unload()
