"""Jobs settle once, report, and give way when cancelled."""

import threading
from collections.abc import Iterator

import pytest

from assistant.domain.errors import Cancelled, UserFacingError
from assistant.services.jobs import Job, JobState, Workers


@pytest.fixture
def workers() -> Iterator[Workers]:
    made = Workers()
    yield made
    made.close()


def test_the_outcome_reaches_whoever_waits_and_whoever_listens(workers: Workers) -> None:
    heard: list[int] = []
    job = workers.on_store(lambda: 42).on_done(lambda done: heard.append(done.result()))
    assert job.result(60) == 42
    workers.close()
    assert heard == [42]
    assert job.state is JobState.SUCCESS


def test_store_work_never_overlaps_and_keeps_its_order(workers: Workers) -> None:
    seen: list[tuple[int, str]] = []
    jobs = [
        workers.on_store(lambda n=n: seen.append((n, threading.current_thread().name)))
        for n in range(50)
    ]
    for job in jobs:
        job.result(60)
    assert [n for n, _ in seen] == list(range(50))
    assert len({name for _, name in seen}) == 1


def test_an_error_is_handed_over_not_swallowed(workers: Workers) -> None:
    def fail() -> None:
        raise UserFacingError("No.", "Yes.")

    job = workers.on_store(fail)
    with pytest.raises(UserFacingError, match="No"):
        job.result(60)
    assert job.state is JobState.ERROR


def test_a_cancelled_job_unwinds_at_its_next_report(workers: Workers) -> None:
    begun = threading.Event()

    def work(job: Job[str]) -> str:
        begun.set()
        while True:
            job.report(0.5, "Working")

    job = workers.in_pool(work)
    assert begun.wait(60)
    job.cancel()
    with pytest.raises(Cancelled):
        job.result(60)
    assert job.state is JobState.CANCELLED


def test_progress_is_told_with_its_words(workers: Workers) -> None:
    told: list[tuple[float, str]] = []
    gate = threading.Event()

    def work(job: Job[None]) -> None:
        assert gate.wait(60)
        job.report(0.25, "Copying")

    job = workers.in_pool(work).on_progress(lambda part, doing: told.append((part, doing)))
    gate.set()
    job.result(60)
    assert told == [(0.25, "Copying")]


def test_who_listens_late_is_told_where_the_work_is(workers: Workers) -> None:
    told: list[tuple[float, str]] = []
    copying, gate = threading.Event(), threading.Event()

    def work(job: Job[None]) -> None:
        job.report(0.25, "Copying")
        copying.set()
        assert gate.wait(60)
        job.report(0.5, "Trying it")

    job = workers.in_pool(work)
    assert copying.wait(60)
    job.on_progress(lambda part, doing: told.append((part, doing)))
    assert told == [(0.25, "Copying")]
    gate.set()
    job.result(60)
    assert told == [(0.25, "Copying"), (0.5, "Trying it")]
    job.on_progress(lambda _, doing: pytest.fail(f"{doing} is over"))


def test_closing_finishes_what_was_queued_for_the_store() -> None:
    workers = Workers()
    jobs = [workers.on_store(lambda n=n: n) for n in range(20)]
    workers.close()
    assert [job.result(0) for job in jobs] == list(range(20))


def test_what_the_end_of_a_job_queues_is_done_before_the_last() -> None:
    workers = Workers()
    begun, done = threading.Event(), list[str]()

    def next_one(name: str) -> None:
        workers.on_store(lambda: done.append(name))

    workers.on_store(lambda: begun.wait(60)).on_done(lambda _: next_one("second"))
    workers.on_store(lambda: next_one("third")).on_done(lambda _: next_one("fourth"))
    closing = threading.Thread(target=workers.close, args=(lambda: done.append("last"),))
    closing.start()
    begun.set()
    closing.join(60)
    assert done == ["second", "third", "fourth", "last"]


def test_closing_cancels_the_pool_and_settles_every_job() -> None:
    workers = Workers()
    begun = threading.Barrier(4)

    def work(job: Job[None]) -> None:
        begun.wait(60)
        while True:
            job.report(0.5)

    running = [workers.in_pool(work) for _ in range(3)]
    waiting = [workers.in_pool(lambda _: None) for _ in range(3)]
    begun.wait(60)
    workers.close()
    assert {job.state for job in running + waiting} == {JobState.CANCELLED}


def test_a_job_asked_for_after_the_end_is_cancelled_and_not_waited_for() -> None:
    workers = Workers()
    workers.close()
    for job in (
        workers.on_store(lambda: 1),
        workers.on_store_reporting(lambda _: 1),
        workers.in_pool(lambda _: 1),
    ):
        assert job.state is JobState.CANCELLED
