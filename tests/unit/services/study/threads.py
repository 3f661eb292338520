"""Threads of a core that several tests share: all are there before the first of them."""

import threading

from assistant.services.core import Core

_POOL = 3


def start_threads(core: Core) -> None:
    """Has every thread of a core run once."""
    together = threading.Barrier(_POOL)
    jobs = [core.workers.in_pool(lambda _: together.wait(60)) for _ in range(_POOL)]
    for job in jobs:
        job.result(60)
    core.workers.on_store(lambda: None).result(60)
    core.models.ensure("").result(60)
