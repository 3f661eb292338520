"""Everything of planning, built together, and only once it is asked for."""

from collections.abc import Callable
from datetime import datetime, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.domain.clock import FixedClock
from assistant.services.completions import Completions
from assistant.services.jobs import Workers
from assistant.services.meaning import MeaningService
from assistant.services.options import CoreOptions
from assistant.services.study.services import StudyServices
from assistant.services.vault import VaultService

if TYPE_CHECKING:
    from assistant.services.planning.reading import LineReader


class PlanningServices:
    """The services of planning; what is heavy is imported with the first that needs it.

    Args:
        options: Has the clock.
        workers: The pool and the store thread.
        vault: Holds tasks, plans and calendars.
        completions: Where answers of models come from.
        study: Has the lessons and reviews that want room in a week.
        meaning: Has the model that finds tasks by their meaning; made after this.
    """

    def __init__(
        self,
        options: CoreOptions,
        workers: Workers,
        vault: VaultService,
        completions: Completions,
        study: StudyServices,
        meaning: Callable[[], MeaningService],
    ) -> None:
        self.workers = workers
        """Do what the planning rooms of the window draw off its thread."""
        self._options = options
        self._workers = workers
        self._clock = options.clock
        self._vault = vault
        self._completions = completions
        self._study = study
        self._meaning = meaning

    @cached_property
    def reading(self) -> "LineReader":
        """Lines in the user's own words, read as tasks."""
        from assistant.services.planning.reading import LineReader

        return LineReader(self.now)

    @cached_property
    def machine_zone(self) -> tzinfo:
        """The zone that ``--now`` names, else that of this machine."""
        from assistant.planner.zones import local_zone

        clock = self._clock
        if isinstance(clock, FixedClock) and clock.moment.utcoffset():
            named = clock.moment.tzinfo
            if named is not None:
                return named
        return local_zone()

    def now(self) -> datetime:
        """The present moment in the zone of this machine."""
        return self._clock.now().astimezone(self.machine_zone)
