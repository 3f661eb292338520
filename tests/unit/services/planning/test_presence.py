"""Absences, by how long nothing was touched and by the machine's sleep."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from assistant.services.planning import presence
from assistant.services.planning.presence import AbsenceWatch, Away, elapsed_ms, quiet_s

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def told(watch: AbsenceWatch, *ticks: tuple[float, float | None]) -> list[Away]:
    """What is told at so many minutes past noon with so many seconds of quiet."""
    found: list[Away | None] = []
    for minutes, quiet in ticks:
        watch.look(NOON + minutes * MINUTE)
        found.append(watch.tell(NOON + minutes * MINUTE, quiet))
    return [one for one in found if one is not None]


def test_an_absence_is_told_once_it_is_over() -> None:
    watch = AbsenceWatch()
    assert told(watch, (0, 5), (5, 300), (9, 540), (10, 30)) == []
    assert told(watch, (15, 240), (21, 660), (25, 900)) == []
    assert told(watch, (25.5, 20)) == [
        Away(NOON + 10 * MINUTE, NOON + 25.5 * MINUTE - 20 / 60 * MINUTE)
    ]
    assert told(watch, (26, 50), (27, 3)) == []


def test_the_sleep_of_the_machine_is_an_absence() -> None:
    watch = AbsenceWatch()
    assert told(watch, (0, None), (0.5, None), (90, None)) == [
        Away(NOON + 0.5 * MINUTE, NOON + 90 * MINUTE)
    ]
    # The lid was closed after five quiet minutes; at first nobody is back.
    assert told(watch, (91, 1), (95, 240), (200, 240)) == []
    (away,) = told(watch, (201, 2))
    assert away.start == NOON + 95 * MINUTE
    watch.forget()
    assert told(watch, (500, 4)) == []


def test_a_late_answer_is_no_sleep() -> None:
    watch = AbsenceWatch()
    for minute in range(30):  # much else is done: no question is answered for half an hour
        watch.look(NOON + minute * MINUTE)
    assert watch.tell(NOON + 30 * MINUTE, 5) is None
    watch.look(NOON + 31 * MINUTE)
    watch.look(NOON + 91 * MINUTE)
    assert watch.tell(NOON + 31 * MINUTE, 5) is None  # asked before the lid was closed
    assert watch.tell(NOON + 92 * MINUTE, None) == Away(NOON + 31 * MINUTE, NOON + 91 * MINUTE)
    watch.look(NOON - 60 * MINUTE)  # the clock of the machine is set back
    assert told(watch, (-59, 3), (-40, 2)) == [
        Away(NOON - 59 * MINUTE, NOON - 40 * MINUTE - MINUTE / 30)
    ]


def test_an_input_ahead_of_the_count_is_one_of_now() -> None:
    assert elapsed_ms(1_000, 31_000) == 30_000
    assert elapsed_ms(2**32 - 1_000, 2_000) == 3_000  # the count began anew
    assert elapsed_ms(31_016, 31_000) == 0


def test_nobody_is_asked_where_nobody_can_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence.sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    assert quiet_s() is None
    monkeypatch.setenv("DISPLAY", ":4242")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert quiet_s() is None


@pytest.mark.skipif(not os.environ.get("DISPLAY"), reason="needs an X11 display")
def test_a_display_tells_how_long_it_was_quiet() -> None:
    quiet = quiet_s()
    assert quiet is None or 0 <= quiet < 7 * 24 * 3600
