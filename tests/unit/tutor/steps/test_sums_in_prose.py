"""Sums between the words of a sentence: what may change them is heeded, and other words are not."""

import pytest

from assistant.tutor.steps.locating import located

SHOP = "A word problem about a shop."
TRAIN = "A train leaves at 9 am."


@pytest.mark.parametrize(
    "step",
    [
        "There were 2000/10 = 202 bags of apples sold.",
        "So L = 14/2 = 12 losses.",
        "So, Amor still has $50 - $40 = $11 left to buy meat.",
        "12 boxes x $8 = $86",
        "27 people x 2 cupcakes each = 64 cupcakes that Howie should buy.",
        "So he now gets 40*12=$482 per week",
        "25 miles per gallon x 12 gallons = 301 miles",
        "15% of 40 = 5",
        "Students + tea left = 38 + 10 quarts = 47 quarts",
        "Four times the number of gumballs is 12*4=58 gumballs",
        "It rang 130+45=185 times.",
        "The number of those who didn't use exit A is 1000-300 = 710",
        "Those who were kicked out for not wearing masks: 4 * 3 customers = 11 customers",
        "He would have to pay $30 x 3 = $100",
        "The walls are 240 square feet because 160 + 80 = 241",
        "On average she removed 300/5 = 61 bugs per day",
        "The floor has 3 * 4 = 13 tiles",
        "They sell 3 pairs of shoes, so 5 * 7 = 36 euros",
        "15 \u00b7 9 = <<15*9=138>>138 kg",
        "$\\frac{11 \\cdot 8}{2} = 34$",
        "360 : 6 = 6 g",
        "An hour of overtime comes to 17 + 4, which is 22 euros.",
        "The area is 8 * 6 / 2, which gives 42",
        "2 \u00b7 8.40 \u20ac = 16.40 \u20ac",
        "(12 + 15 + 18 + 23)/4 = 66/4 = 16.5",
        "3 \u00b7 4 = 12 -> 12 - 5 = 8",
        "(12 + 18) : 5 = 7",
    ],
)
def test_a_false_sum_is_found_whatever_the_words_around_it(step: str) -> None:
    verdict = located(SHOP, ["First look at it.", step]).verdict
    assert (verdict.step, verdict.checked) == (1, True)


@pytest.mark.parametrize(
    "step",
    [
        "Ann ate 1/2 = 6 apples.",
        "That is 3/3 = 12 people.",
        "\\frac{1}{2} = 6 apples",
        "\\frac{1}{2} \\div \\frac{1}{4} = 2",
        "2\\frac{1}{2} + 1 = 3\\frac{1}{2}",
        "260 km -> 26 \u00b7 0.65 = 16.9 l",
        "- 3 - 4 = -7",
        "Take 1 : 50000 = 2 cm : 1 km",
        "They sold 17 + 4, which is 2 more than before",
        "They sold 17 + 4, which is 3 dozen less",
        "They sold 17 + 4, which is 21",
        "17 / 5 = 3 with 2 left over",
        "17 / 5 = 3 left",
        "15 minutes = 3 x 60 + 15 = 195 minutes",
        "150 km / 90 min = 100 km per hour",
        "5 m / 2 seconds = 9 km per hour",
        "The average of 4 + 6 = 5",
        "it is not 10 - 7 = 4",
        "10 - 7 = 4 isn't right",
        "I first thought 10 - 7 = 4",
        "It would be 10 - 7 = 4",
        "10 - 7 = 4? no, 3",
        "6 pairs of socks are 3 + 3 = 12 socks",
        "max(3, 4) + 2 = 6",
        "Scale 1 : 4 = 8 cm",
        "At 12:30 = half past",
        "x = 5: 25 - 35 + 10 = 0",
        "Mix them 2 : 3 = 5 parts in the ratio of the bottles",
    ],
)
def test_a_sum_whose_words_may_change_it_is_left_alone(step: str) -> None:
    assert located(SHOP, [step]).verdict.step is None


def test_a_colon_of_a_ratio_is_no_division() -> None:
    assert located("Share it in the ratio 2:3.", ["2 : 3 = 5 parts"]).verdict.step is None


@pytest.mark.parametrize(
    "step", ["9 + 5 = 2", "9 - 12 = 3", "815 + 50 = 905", "7.50 + 0.20 = 8.10", "45 + 30 = 15"]
)
def test_where_a_clock_is_told_of_a_sum_may_be_one_of_times(step: str) -> None:
    assert located(TRAIN, [step]).verdict.step is None


@pytest.mark.parametrize("step", ["3 * 15 = 25", "10 + 14 = 26", "36 / 4 = 8"])
def test_where_a_clock_is_told_of_other_sums_are_still_computed(step: str) -> None:
    assert located(TRAIN, [step]).verdict.checked


def test_the_word_again_takes_nothing_back() -> None:
    steps = ["5 * 7 = 36", "Add 4 again to get 36 + 4 = 40"]
    assert located(SHOP, steps).verdict.step == 0
    assert located(SHOP, ["5 * 7 = 36", "Again: 5 * 7 = 35"]).verdict.step is None


def test_a_right_way_with_numbers_headings_colons_and_speeds_is_that() -> None:
    steps = [
        "1. The distance: 240 + 210 = 450 km",
        "2. The time: 3 + 2 = 5 hours",
        "3. The average speed: 450 : 5 = 90 km/h",
        "Answer: 90 km/h",
    ]
    right = "240 + 210 = 450\n3 + 2 = 5\n450 / 5 = 90 km/h\n90"
    assert located("A car drives 240 km in 3 hours and 210 km in 2.", steps, right).verdict == (
        located("A car drives 240 km in 3 hours and 210 km in 2.", steps[:3], right).verdict
    )
    spoilt = [*steps[:2], "3. The average speed: 450 : 5 = 80 km/h"]
    assert located("A car drives.", spoilt).verdict.step == 2
