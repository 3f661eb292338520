"""A time that ends a way is held against that of the right way, in whatever words."""

import pytest

from assistant.tutor.steps.locating import located

TRAIN = "A train leaves at 8:40 and arrives at 11:05. How long is the journey?"
FILM = "A film lasts 1 h 45 min and starts at 19:30. When does it end?"


@pytest.mark.parametrize(
    ("problem", "steps", "right"),
    [
        (TRAIN, ["20 min + 2 h 5 min = 2 h 25 min"], "11:05 - 8:40 = 2 hours 25 minutes\n145"),
        (TRAIN, ["11:05 - 8:40 = 2:25"], "The journey takes 145 minutes\n145"),
        (TRAIN, ["140 + 5 = 145 min"], "2 hours and 25 minutes"),
        (FILM, ["20:30 + 45 min = 21:15"], "19:30 + 1:45 = 21:15\n21:15"),
        (FILM, ["at 9:15 pm"], "19:30 + 1:45 = 21:15\n21:15"),
    ],
)
def test_the_right_time_is_that_of_the_right_way(
    problem: str, steps: list[str], right: str
) -> None:
    assert located(problem, steps, right).verdict.step is None


def test_another_time_is_not() -> None:
    assert located(TRAIN, ["20 min + 2 h 15 min = 2 h 35 min"], "145").verdict.step == 0
    assert located(FILM, ["20:30 + 45 min = 20:75"], "19:30 + 1:45 = 21:15").verdict.step == 0
    assert located(FILM, ["at 9:15 am", "so at 9:45"], "at 21:15").verdict.step is not None
