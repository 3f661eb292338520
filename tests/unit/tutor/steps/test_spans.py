"""What only looks like a sum is not judged: spans, times, amounts in two units, place values."""

import pytest

from assistant.tutor.steps.locating import located

STORY = "Ann has some things and gets more. How many has she?"


@pytest.mark.parametrize(
    "step",
    [
        "6 ft - 8 in = 5 ft 4 in",
        "6 ft - 8 in = 64 in",
        "4 h - 45 min = 3 h 15 min",
        "3 tens + 4 ones = 34",
        "14 ones + 6 ones = 2 tens",
        "1-1/2 cups · 2 = 3 cups",
        "2-3/4 + 1/4 = 3",
        "200 + 5% + 5% = 220.5",
        "200 + 5% + 5% = 220",
        "50 + 20% - 5 = 55",
        "12/25 - 12/20 = 5 days",
        "2.30 + 1.45 = 4.15 h",
        "19.30 + 1.45 = 21.15",
        "8.30 - 10.00 = 1.5 hours",
        "Pages 12-15 = 4 pages",
        "Pages 12-15 = 4.",
        "9-5 = 8 hours",
    ],
)
def test_what_is_no_plain_sum_is_not_called_wrong(step: str) -> None:
    verdict = located(STORY, [step]).verdict
    assert (verdict.step, verdict.checked) == (None, False)


@pytest.mark.parametrize(
    "step",
    [
        "12 - 15 = 3",
        "12-15 = 5",
        "9-5 = 3 apples",
        "9 - 5 = 8 hours",
        "7.50 + 1.25 = 8.85",
        "200 + 5% + 5% = 230",
        "3 feet + 4 feet = 8 feet",
        "5 - 3/4 = 4",
    ],
)
def test_a_wrong_sum_is(step: str) -> None:
    verdict = located(STORY, [step]).verdict
    assert (verdict.step, verdict.checked) == (0, True)


@pytest.mark.parametrize(
    "problem",
    [
        "A pen costs $7.50 and a stamp $0.35. What do they cost together?",
        "Tom has 7.50 and gets 0.35 more. How much has he?",
    ],
)
def test_prices_and_plain_numbers_are_no_times(problem: str) -> None:
    verdict = located(problem, ["7.50 + 0.35 = 8.25"]).verdict
    assert (verdict.step, verdict.checked) == (0, True)
    assert verdict.why == "7.5 + 0.35 is 7.85, not 8.25."


@pytest.mark.parametrize(
    "problem",
    [
        "A film starts at 7.50 and lasts 35 minutes. When does it end?",
        "Ann works 7.50 and then 0.35 for $12 an hour. How long does she work?",
    ],
)
def test_where_time_is_told_of_a_clock_may_be_meant(problem: str) -> None:
    verdict = located(problem, ["7.50 + 0.35 = 8.25"]).verdict
    assert (verdict.step, verdict.checked) == (None, False)
