"""What workers say arrives on the window's thread, in order, once, and never too late."""

import threading
import time
from collections.abc import Iterator
from typing import Never

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, Signal
from pytestqt.qtbot import QtBot

from assistant.domain.errors import Bug, UserFacingError
from assistant.domain.ids import ConversationId
from assistant.services.answers import Answer, AnswerEvent, Refused, Text
from assistant.services.jobs import Job, Workers
from assistant.ui.bridge.answers import INTERVAL_MS, SLOWEST_MS, AnswerPump, Pace
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.bridge.mailbox import Mailbox


class Listener(QObject):
    """Notes what it is told, and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[object] = []
        self.threads: set[bool] = set()

    def hear(self, *values: object) -> None:
        self.threads.add(QThread.currentThread() is self.thread())
        self.told.append(values[0] if len(values) == 1 else values)


@pytest.fixture
def workers() -> Iterator[Workers]:
    made = Workers()
    yield made
    made.close()


@pytest.fixture
def owner(qapp: object) -> Iterator[QObject]:
    made = QObject()
    yield made
    made.deleteLater()


class Bell(QObject):
    rung = Signal(bool)


def test_five_thousand_emits_leave_the_process_alive(qtbot: QtBot) -> None:
    bell, listener = Bell(), Listener()
    bell.rung.connect(listener.hear)
    for number in range(5000):
        bell.rung.emit(number % 2 == 0)
    assert listener.told == [True, False] * 2500


def test_five_thousand_posts_from_another_thread_arrive_in_order(
    qtbot: QtBot, owner: QObject
) -> None:
    got: list[object] = []
    mailbox = Mailbox(got.extend, owner)
    thread = threading.Thread(target=lambda: [mailbox.post(n) for n in range(5000)])
    thread.start()
    qtbot.waitUntil(lambda: len(got) == 5000)
    thread.join()
    assert got == list(range(5000))


def test_a_result_is_delivered_on_the_windows_thread(
    qtbot: QtBot, owner: QObject, workers: Workers
) -> None:
    relay, listener = JobRelay(owner), Listener()
    relay.watch(workers.on_store(lambda: 41 + 1), listener.hear)
    qtbot.waitUntil(lambda: listener.told == [42])
    assert listener.threads == {True}


def test_a_job_that_is_done_already_is_delivered_later_all_the_same(
    qtbot: QtBot, owner: QObject
) -> None:
    relay, listener = JobRelay(owner), Listener()
    relay.watch(Job[str].done_with("here"), listener.hear)
    assert listener.told == []
    qtbot.waitUntil(lambda: listener.told == ["here"])


def test_progress_comes_before_the_result(qtbot: QtBot, owner: QObject, workers: Workers) -> None:
    relay, listener = JobRelay(owner), Listener()

    def work(job: Job[str]) -> str:
        job.report(0.25, "Copying")
        return "done"

    gate = threading.Event()

    def held(job: Job[str]) -> str:
        gate.wait(60)
        return work(job)

    relay.watch(workers.in_pool(held), listener.hear, on_progress=listener.hear)
    gate.set()
    qtbot.waitUntil(lambda: listener.told == [(0.25, "Copying"), "done"])
    assert listener.threads == {True}


def test_an_error_goes_to_whoever_asked_or_to_failed(
    qtbot: QtBot, owner: QObject, workers: Workers
) -> None:
    relay, asked, unasked = JobRelay(owner), Listener(), Listener()
    relay.failed.connect(unasked.hear)

    def fail() -> None:
        raise UserFacingError("The disk is full.", "Free some space.")

    relay.watch(workers.on_store(fail), on_error=asked.hear)
    relay.watch(workers.on_store(fail))
    qtbot.waitUntil(lambda: len(asked.told) == len(unasked.told) == 1)
    told = unasked.told[0]
    assert isinstance(told, UserFacingError)
    assert told.hint == "Free some space."


def test_our_own_mistake_is_told_in_words_that_hold_nothing_of_it(
    qtbot: QtBot, owner: QObject, workers: Workers
) -> None:
    relay, crashed, failed = JobRelay(owner), Listener(), Listener()
    relay.crashed.connect(crashed.hear)
    relay.failed.connect(failed.hear)

    def fail() -> None:
        raise KeyError("secret words")

    relay.watch(workers.on_store(fail))
    qtbot.waitUntil(lambda: bool(failed.told))
    assert isinstance(crashed.told[0], KeyError)
    assert "secret" not in str(failed.told[0])


def test_a_dropped_watch_and_a_deleted_receiver_hear_nothing(
    qtbot: QtBot, owner: QObject, workers: Workers
) -> None:
    relay, dropped, gone, last = JobRelay(owner), Listener(), Listener(), Listener()
    relay.watch(workers.on_store(lambda: 1), dropped.hear).drop()
    relay.watch(workers.on_store(lambda: 2), gone.hear)
    gone.deleteLater()
    QCoreApplication.sendPostedEvents(gone, QEvent.Type.DeferredDelete.value)
    relay.watch(workers.on_store(lambda: 3), last.hear)
    qtbot.waitUntil(lambda: last.told == [3])
    assert dropped.told == gone.told == []


def test_only_bound_methods_of_qobjects_may_receive(owner: QObject) -> None:
    relay, job, got = JobRelay(owner), Job[int].done_with(1), list[int]()
    with pytest.raises(Bug):
        relay.watch(job, got.append)
    with pytest.raises(Bug):
        relay.watch(job, on_error=print)


def test_nothing_is_delivered_after_closing(qtbot: QtBot, owner: QObject) -> None:
    got: list[object] = []
    mailbox = Mailbox(got.extend, owner)
    mailbox.post(1)
    mailbox.close()
    mailbox.post(2)
    QCoreApplication.processEvents()
    assert got == []


def _collect(pump: AnswerPump) -> tuple[list[str], list[int]]:
    """The words that come out, and how many events each drain had."""
    words: list[str] = []
    drains: list[int] = []

    def take(_: Answer, events: list[AnswerEvent]) -> None:
        drains.append(len(events))
        words.extend(event.text for event in events if isinstance(event, Text))

    pump.drained.connect(take)
    return words, drains


def test_the_pump_brings_every_word_and_then_rests(qtbot: QtBot, owner: QObject) -> None:
    pump, answer = AnswerPump(owner), Answer()
    words, drains = _collect(pump)
    pump.watch(answer)

    def write() -> None:
        for number in range(2000):
            answer.put(Text(f"{number} "))
        answer.put(Refused(UserFacingError("The end.")))

    thread = threading.Thread(target=write)
    thread.start()
    qtbot.waitUntil(lambda: not pump.busy)
    thread.join()
    assert "".join(words) == "".join(f"{number} " for number in range(2000))
    assert len(drains) < 200, "many tokens go in one drain"
    qtbot.waitUntil(lambda: pump.resting)


def test_the_pump_wakes_again_for_a_slow_answer(qtbot: QtBot, owner: QObject) -> None:
    pump, answer = AnswerPump(owner), Answer()
    words, _ = _collect(pump)
    pump.watch(answer)
    for word in ("one", "two", "three"):
        answer.put(Text(word))
        qtbot.waitUntil(lambda word=word: words[-1:] == [word])
        qtbot.waitUntil(lambda: pump.resting)
    assert pump.busy, "it has not ended"
    pump.close()


def test_changes_are_told_once_for_a_burst(qtbot: QtBot, owner: QObject) -> None:
    from assistant.services.history import Changes, HistoryService
    from assistant.ui.bridge.relays import ChangesRelay

    unused = Workers()
    unused.close()
    history = HistoryService(unused, _nothing, _nothing, _nothing)
    relay, listener = ChangesRelay(history, owner), Listener()
    relay.changed.connect(listener.hear)
    for number in (1, 2, 3):
        history.announce(Changes(frozenset({ConversationId(number)}), listing=number == 2))
    qtbot.waitUntil(lambda: bool(listener.told))
    assert listener.told == [Changes(frozenset({ConversationId(n) for n in (1, 2, 3)}), True)]


def _nothing() -> Never:
    raise AssertionError("nothing is read here")


def test_the_pace_slows_as_showing_costs_more_and_never_beyond_ten_a_second() -> None:
    pace = Pace()
    pace.begin()
    slow = quick = pace.interval_ms()
    assert slow == INTERVAL_MS
    for _ in range(12):
        until = time.thread_time() + 0.004
        while time.thread_time() < until:
            pass
        slow = pace.interval_ms()
    assert slow == SLOWEST_MS
    for _ in range(40):
        quick = pace.interval_ms()
    assert quick < SLOWEST_MS


def test_outcomes_come_with_what_their_jobs_are_about(
    qtbot: QtBot, workers: Workers, owner: QObject
) -> None:
    relay, listener, refused = JobRelay(owner), Listener(), Listener()
    error = UserFacingError("No.", "Try again.", code="no")

    def fail() -> None:
        raise error

    for number in (1, 2):
        relay.watch_about(workers.on_store(lambda: "yes"), number, listener.hear, refused.hear)
    relay.watch_about(workers.on_store(fail), 3, listener.hear, refused.hear)
    relay.watch_about(workers.on_store(lambda: "no"), 4, listener.hear, refused.hear).drop()
    qtbot.waitUntil(lambda: bool(refused.told))
    assert listener.told == [(1, "yes"), (2, "yes")]
    assert refused.told == [(3, error)]
    with pytest.raises(Bug, match="bound method"):
        relay.watch_about(workers.on_store(lambda: 1), 5, print, refused.hear)
    relay.close()
