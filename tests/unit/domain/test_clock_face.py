"""Times of day over 24 hours, and twice over twelve."""

from datetime import UTC, datetime, time, timedelta

import pytest

from assistant.domain.clock_face import PLAIN_FACE, ClockFace

AMERICAN = ClockFace(twelve=True)
MORNING = datetime(2026, 3, 5, 9, 5, 7, tzinfo=UTC)
DASH, SPACE = "\N{EN DASH}", "\N{NO-BREAK SPACE}"


def plain(words: str) -> str:
    return words.replace(SPACE, " ").replace(DASH, "-")


@pytest.mark.parametrize(
    ("hour", "said"), [(0, "12:00 AM"), (1, "1:00 AM"), (12, "12:00 PM"), (23, "11:00 PM")]
)
def test_hours_are_counted_to_twelve(hour: int, said: str) -> None:
    assert plain(AMERICAN.time(time(hour))) == said
    assert plain(AMERICAN.hour(hour)) == said.replace(":00", "")
    assert PLAIN_FACE.time(time(hour)) == f"{hour:02}:00"


def test_the_half_of_the_day_is_said_once() -> None:
    later = MORNING + timedelta(hours=2)
    assert plain(AMERICAN.span(MORNING, later)) == "9:05-11:05 AM"
    assert plain(AMERICAN.span(later, later + timedelta(hours=2))) == "11:05 AM-1:05 PM"
    assert plain(AMERICAN.span(MORNING, MORNING + timedelta(1))) == "9:05 AM-9:05 AM"
    assert PLAIN_FACE.span(MORNING, later, dash="-") == "09:05-11:05"


def test_a_moment_with_its_day_and_to_the_second() -> None:
    assert PLAIN_FACE.on_day(MORNING) == "Thu 05 Mar 09:05"
    assert plain(AMERICAN.on_day(MORNING)) == "Thu 05 Mar 9:05 AM"
    assert PLAIN_FACE.seconds(MORNING) == "09:05:07"
    assert plain(AMERICAN.seconds(MORNING)) == "9:05:07 AM"


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("It is due Friday 6 March, 17:00", "It is due Friday 6 March, 5:00 PM"),
        ("Use Friday 6 March, 11:00 to 13:30", "Use Friday 6 March, 11:00 AM to 1:30 PM"),
        ("It was due 1 May, 00:05, and is late", "It was due 1 May, 12:05 AM, and is late"),
        ("2026-03-06 17:00 - 2026-03-07 08:15", "2026-03-06 5:00 PM - 2026-03-07 8:15 AM"),
        ("Leave out “Call on Friday 6 March, 17:00”", "Leave out “Call on Friday 6 March, 17:00”"),
        ("Add “Read “Dune” 2026-03-06 17:00”", "Add “Read “Dune” 2026-03-06 17:00”"),
        (
            "Leave out “Read “Dune” and “Emma””, 2026-03-06 17:00",
            "Leave out “Read “Dune” and “Emma””, 2026-03-06 5:00 PM",
        ),
        ("Add “2026-03-06 17:00 read “Du…”", "Add “2026-03-06 17:00 read “Du…”"),
        ("Add “Lies „Dune“ 2026-03-06 17:00”", "Add “Lies „Dune“ 2026-03-06 17:00”"),
        (
            "“Lies „Dune“” waits for “A”, 2026-03-06 17:00",
            "“Lies „Dune“” waits for “A”, 2026-03-06 5:00 PM",
        ),
        ("It is done at Room 17:00", "It is done at Room 17:00"),
        ("It is due by the end of Friday 6 March", "It is due by the end of Friday 6 March"),
    ],
)
def test_kept_words_are_told_in_either_form(kept: str, said: str) -> None:
    assert PLAIN_FACE.told(kept) == kept
    assert plain(AMERICAN.told(kept)) == said
