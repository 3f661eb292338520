from fractions import Fraction

import pytest

from assistant.tutor.steps.formula import same_number, value_of
from assistant.tutor.steps.holding import wrong_sum
from assistant.tutor.steps.reading import read_sentence


@pytest.mark.parametrize(
    ("text", "results"),
    [
        ("3 x 4 = 12", [12]),
        ("Jina has 5 x 3 = 15 bunnies.", [15]),
        ("She has 42 cans of beans - 3 cans = 39 cans", [39]),
        ("so 15 minutes/specialist * 2 specialists = 30 minutes", [30]),
        ("30 minutes / 60 minutes/hour * $250/hour = $125", [125]),
        ("18 x $3 = $54", [54]),
        ("10% of 200 apartments = 20", [20]),
        ("3/4 x 200 = 150", [150]),
        ("10 * 1 1/2 = 15 candles", [15]),
        ("4 plus 5 equals 9", [9]),
        ("600 divided by 100 is 6", [6]),
        ("2,000 x 1,000 = 2,000,000 ml", [2_000_000]),
        ("7 + (8 - 2) x 2 = 19, so 19 x 2 = 38", [19, 38]),
        ("24-1-3 = 20", [20]),
        ("12 \u00d7 5 = 60 and 60 ÷ 4 = 15", [60, 15]),
        ("There were 12 of them, and 5 more came.", []),
        ("", []),
        ("她有三只猫", []),
    ],
)
def test_the_sums_of_a_sentence_are_read(text: str, results: list[int]) -> None:
    assert [chain.result for chain in read_sentence(text).chains] == results


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("three cats and twenty-one dogs", [3, 21]),
        ("half of them, two thirds, a quarter", [Fraction(1, 2), Fraction(2, 3), Fraction(1, 4)]),
        ("20 percent and 5%", [Fraction(1, 5), Fraction(1, 20)]),
        ("$1,250.50", [Fraction("1250.5")]),
        ("three hundred", [300]),
    ],
)
def test_numbers_outside_of_sums_are_read(text: str, numbers: list[Fraction]) -> None:
    assert [mention.number.value for mention in read_sentence(text).mentions] == numbers


def test_an_unknown_is_no_multiplication_sign() -> None:
    (chain,) = read_sentence("3x + 129 = 1077").chains
    assert value_of(chain.sides[0], {"x": Fraction(316)}) == 1077
    assert value_of(chain.sides[0]) is None


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("3 x 4 = 13", (13, 12)),
        ("41/2 = 19", (19, Fraction(41, 2))),
        ("41/2 = 20", None),
        ("41/2 = 20.3", (Fraction("20.3"), Fraction(41, 2))),
        ("70/24 = 2.92", None),
        ("3 x 4 = 12", None),
        ("4 x 50 = 2", None),
        ("100 pennies = $1", None),
        ("2 + 3 = 5 + 1 = 6", None),
        ("2 + 3 = 5 + 1 = 7", (7, 6)),
        ("2 + 3 = 6 + 1 = 7", (7, 5)),
    ],
)
def test_sums_that_do_not_hold_are_told(text: str, wrong: tuple[int, int] | None) -> None:
    (chain,) = read_sentence(text).chains
    found = wrong_sum(chain)
    assert (found and found[1:]) == wrong


def test_a_rounded_number_is_the_exact_one_and_a_wrong_one_is_not() -> None:
    assert same_number(Fraction("0.33"), Fraction(1, 3), 2)
    assert not same_number(Fraction("0.35"), Fraction(1, 3), 2)
    assert not same_number(Fraction(20), Fraction(41, 2))


@pytest.mark.parametrize(
    "text", ["9" * 10_000, "(" * 5_000, "1 + " * 5_000, "x" * 10_000, "1/0 = 3"]
)
def test_monstrous_sentences_end_at_once(text: str) -> None:
    read = read_sentence(text)
    assert all(chain.result is None or chain.result.denominator for chain in read.chains)
