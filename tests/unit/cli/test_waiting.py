"""A Ctrl-C while a command waits: given up, or done and said to be done."""

import pytest

from assistant.cli.waiting import outcome
from assistant.domain.errors import Cancelled
from assistant.services.jobs import Job


class Interrupted(Job[int]):
    """A job whose first wait a Ctrl-C ends, as it does on the main thread."""

    def __init__(self, *, heeds_cancel: bool) -> None:
        super().__init__()
        self._heeds_cancel = heeds_cancel
        self._waits = 0

    def result(self, timeout_s: float | None = None) -> int:
        self._waits += 1
        if self._waits == 1:
            raise KeyboardInterrupt
        self.run(self._work) if self._heeds_cancel else self._future.set_result(7)
        return super().result(timeout_s)

    def _work(self, job: Job[int]) -> int:
        job.report(0.5)
        return 7


def test_work_that_heeds_it_is_given_up() -> None:
    with pytest.raises(Cancelled):
        outcome(Interrupted(heeds_cancel=True))


def test_work_that_was_done_all_the_same_is_said_to_be_done() -> None:
    assert outcome(Interrupted(heeds_cancel=False)) == 7
