"""Waiting for work that a Ctrl-C gives up, and telling truly whether it did."""

from typing import TypeVar

from assistant.services.jobs import Job

T = TypeVar("T")


def outcome(job: Job[T]) -> T:
    """Waits for a job; Ctrl-C cancels it, and one that is done all the same is no less done.

    Raises:
        Cancelled: It was given up; nothing of it is left.
        KeyboardInterrupt: A second Ctrl-C, which does not wait.
    """
    try:
        return job.result()
    except KeyboardInterrupt:
        job.cancel()
        return job.result()
