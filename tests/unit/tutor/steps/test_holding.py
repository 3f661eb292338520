"""Right sums are never said to be wrong, however they are written."""

import pytest

from assistant.tutor.steps.locating import first_wrong_sum, located
from assistant.tutor.steps.way import read_way

RIGHT = [
    "-2 + 5 = 3",
    "-8 / 2 = -4",
    "-3 - (-5) = 2",
    "-2 * 3 + 10 = 4",
    "\u22122 + 5 = 3",
    "- 24 * 6 = 144",
    "- 2 + 5 = 3",
    "2^3 + 1 = 9",
    "10^2 - 1 = 99",
    "10**2 - 1 = 99",
    "6^2 + 8^2 = 36 + 64 = 100",
    "6² + 8² = 36 + 64 = 100",
    "D = 3^2 - 4*2*(-2) = 9 + 16 = 25",
    "-3^2 + 10 = 1",
    "(-3)^2 + 1 = 10",
    "2^-1 + 1 = 1.5",
    "2^(1+2) + 1 = 9",
    "1000 * 1.05^2 = 1102.50",
    "3/4 ÷ 2/5 = 3/4 \u00d7 5/2 = 15/8",
    "3/4 / 2/5 = 15/8",
    "3/4 : 2/5 = 3/4 · 5/2 = 15/8",
    "7/2 ÷ 1/2 = 7",
    "1/2 ÷ 1/4 = 2",
    "12 ÷ 3/4 = 16",
    "12 / 3/4 = 1",
    "17 / 5 = 3 remainder 2",
    "17 ÷ 5 = 3 R 2",
    "17 ÷ 5 = 3 R2",
    "17 / 5 = 3, remainder 2",
    "17 / 5 = 3 with 2 left over",
    "50 + 20% = 60",
    "50 + 20% = 50.2",
    "50 - 20% = 40",
    "12 + 8 = 20 / 4 = 5",
    "√16 + √9 = 4 + 3 = 7",
    "3 squared + 1 = 10",
    "The average of 4 + 6 = 5",
    "half of 6 + 4 = 5",
    "2 hours + 30 minutes = 150 minutes",
    "2,5 + 1,5 = 4",
    "100 / 3 = 33.33",
    "0.33 = 1/3 + 0",
    "pi * 2^2 = 12.57",
    r"3 \times 4 = 12",
    r"\frac{1}{2} + \frac{1}{2} = 1",
    "3 + 4 < 8",
    "|-3| + 2 = 5",
    "2 + 2 1/2 = 4 1/2",
    "negative 3 + 5 = 2",
    "1 + 1 = 2 million",
    "3 + 4 = 7 and 7 + 2 = 9",
    "5 ± 2 = 7 or 3",
]

WRONG = [
    ("-2 + 5 = 7", "is 3, not 7"),
    ("2^3 + 1 = 7", "2 \u00d7 2 \u00d7 2 + 1 is 9, not 7"),
    ("2^3 = 6", "is 8, not 6"),
    ("10² - 1 = 19", "is 99, not 19"),
    ("3/4 ÷ 2/5 = 6/20", "is 1.875, not 0.3"),
    ("-3^2 + 10 = 19", "is 1, not 19"),
    ("50 + 20% = 70", "is 50.2, not 70"),
    ("Step 2: 3 + 4 = 8", "is 7, not 8"),
    ("He has 144 - 100 = 34 rolls left.", "is 44, not 34"),
    ("She pays $3 * 4 = $13", "is 12, not 13"),
    (r"3 \times 4 = 13", "is 12, not 13"),
]


@pytest.mark.parametrize("step", RIGHT)
def test_a_right_sum_is_not_called_wrong(step: str) -> None:
    assert first_wrong_sum(read_way("", [step])) is None


@pytest.mark.parametrize(("step", "words"), WRONG)
def test_a_wrong_sum_is_found_and_told_as_it_is(step: str, words: str) -> None:
    verdict = located("", [step]).verdict
    assert (verdict.step, verdict.checked) == (0, True)
    assert words in verdict.why
