"""The speed that is shown is right soon, calm later, and forgets what was long ago."""

import pytest

from assistant.services.download_pace import Pace


def _run(pace: Pace, rates: list[float], begin_s: float = 0.0, done: float = 0.0) -> float:
    """Tells four times a second, at a rate for each second; the bytes in the end."""
    for second, rate in enumerate(rates):
        for quarter in range(1, 5):
            done += rate / 4
            pace.tell(begin_s + second + quarter / 4, round(done))
    return done


def test_a_steady_rate_is_said_exactly_from_the_first_moment() -> None:
    pace = Pace()
    pace.begin(0.0, 0)
    _run(pace, [1000.0])
    assert pace.bytes_per_s == pytest.approx(1000.0)
    assert pace.seconds_left(5000) is None
    _run(pace, [1000.0, 1000.0], 1.0, 1000.0)
    assert pace.seconds_left(5000) == pytest.approx(5.0)


def test_a_moment_without_bytes_does_not_throw_it_about() -> None:
    pace = Pace()
    pace.begin(0.0, 0)
    done = _run(pace, [1000.0] * 20)
    pace.tell(20.5, round(done))
    assert 800 < pace.bytes_per_s < 1000


def test_a_new_rate_is_the_one_that_counts_after_a_while() -> None:
    pace = Pace()
    pace.begin(0.0, 0)
    done = _run(pace, [1000.0] * 30)
    _run(pace, [100.0] * 30, 30.0, done)
    assert pace.bytes_per_s == pytest.approx(100.0, rel=0.1)


def test_after_a_pause_the_time_before_does_not_count() -> None:
    pace = Pace()
    pace.begin(0.0, 0)
    done = _run(pace, [1000.0] * 10)
    pace.begin(500.0, round(done))
    assert pace.bytes_per_s == 0.0
    assert pace.seconds_left(1) is None
    _run(pace, [10.0] * 3, 500.0, done)
    assert pace.bytes_per_s == pytest.approx(10.0, rel=0.1)
