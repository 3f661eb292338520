"""Which tasks hide or show their parts, from one start to the next."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QObject

from assistant.domain.ids import TaskId
from assistant.services.preferences import PreferenceService
from assistant.ui.bridge.jobs import JobRelay

_MOST: Final = 500
"""So many are kept of each list; what was turned before is forgotten."""


class Folds(QObject):
    """What was turned by hand in each list, kept beside the place of the window.

    Args:
        kept: By the key of a list the ids of tasks that were turned, the last one last.
        preferences: Keeps it.
        relay: Brings outcomes here.
        parent: The owner.
    """

    def __init__(
        self,
        kept: Mapping[str, Sequence[int]],
        preferences: PreferenceService,
        relay: JobRelay,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._kept = {key: list(tasks) for key, tasks in kept.items()}
        self._preferences = preferences
        self._relay = relay

    def of(self, key: str) -> list[TaskId]:
        """The tasks of a list whose parts are hidden where those of others are seen, or seen."""
        return [TaskId(task) for task in self._kept.get(key, ())]

    def keep(self, key: str, tasks: Iterable[TaskId]) -> None:
        """Keeps what is turned in a list from now on."""
        turned = [int(task) for task in tasks][-_MOST:]
        if turned == self._kept.get(key, []):
            return
        self._kept[key] = turned
        kept = {name: ids for name, ids in self._kept.items() if ids}
        self._relay.watch(self._preferences.change("general", "turned_tasks", kept))
