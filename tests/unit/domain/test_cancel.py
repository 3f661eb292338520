"""A stop is asked for once, from any thread, and everyone who watches hears of it."""

import threading

import pytest

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Cancelled


def test_a_watcher_is_told_once_and_at_once_when_it_comes_late() -> None:
    token, told = CancelToken(), list[str]()
    token.watch(lambda: told.append("early"))
    token.cancel()
    token.cancel()
    token.watch(lambda: told.append("late"))
    assert told == ["early", "late"]
    with pytest.raises(Cancelled):
        token.raise_if_cancelled()


def test_one_who_no_longer_watches_is_not_told() -> None:
    token, told = CancelToken(), list[str]()

    def tell() -> None:
        told.append("told")

    token.watch(tell)
    token.unwatch(tell)
    token.cancel()
    assert told == []
    assert token.cancelled


def test_waiting_ends_with_the_cancel() -> None:
    token = CancelToken()
    assert not token.wait(0.0)
    thread = threading.Thread(target=token.cancel)
    thread.start()
    assert token.wait(10.0)
    thread.join()
