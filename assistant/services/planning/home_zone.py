"""The user's zone of time, and the present moment in it."""

from datetime import datetime, tzinfo
from functools import cached_property

from assistant.domain.clock import Clock, FixedClock


class HomeZone:
    """Tells the present moment in the user's zone; any thread.

    Args:
        clock: Tells the present moment.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._set: tzinfo | None = None

    @property
    def zone(self) -> tzinfo:
        """The zone that the user set, else that of the machine."""
        return self._set or self._of_machine

    def use(self, zone: tzinfo | None) -> None:
        """Takes the zone that the user set; None for that of the machine."""
        self._set = zone

    def now(self) -> datetime:
        """The present moment in the user's zone."""
        return self._clock.now().astimezone(self.zone)

    @cached_property
    def _of_machine(self) -> tzinfo:
        """The zone that the moment of ``--now`` names, else that of this machine."""
        from assistant.planner.zones import local_zone

        clock = self._clock
        named = clock.moment.tzinfo if isinstance(clock, FixedClock) else None
        return local_zone() if named is None else named
