"""Prefixes, several units in one amount, money, numbers in words, and letters that are no slips."""

import pytest

from assistant.domain.exercise import AnswerKind, Key
from assistant.tutor.maths import grade
from assistant.tutor.maths.number_words import in_figures

_NUMBER, _MATH, _CHOICE = AnswerKind.NUMBER, AnswerKind.MATH, AnswerKind.CHOICE


@pytest.mark.parametrize(
    ("kind", "key", "unit", "answer"),
    [
        (_NUMBER, "25 cm²", "", "0.0025 m²"),
        (_NUMBER, "25", "cm^2", "25 cm²"),
        (_NUMBER, "9.8", "m/s^2", "9.8 m/s²"),
        (_NUMBER, "10", "m/s", "10 m·s⁻¹"),
        (_NUMBER, "1000 N", "", "1 kN"),
        (_NUMBER, "2000000 Pa", "", "2 MPa"),
        (_NUMBER, "0.5 A", "", "500 mA"),
        (_NUMBER, "1000 MB", "", "1 GB"),
        (_NUMBER, "3600 kJ", "", "3.6 MJ"),
        (_NUMBER, "3.6 MJ", "", "1 kWh"),
        (_NUMBER, "2 kg", "", "2 Kg"),
        (_NUMBER, "90 min", "", "1 h 30 min"),
        (_NUMBER, "90 min", "", "1 hour and 30 minutes"),
        (_NUMBER, "66 in", "", "5 ft 6 in"),
        (_NUMBER, "$5", "", "5"),
        (_NUMBER, "5", "", "five"),
        (_NUMBER, "-25", "", "minus twenty-five"),
        (_NUMBER, "1000000", "", "1 million"),
        (_NUMBER, "6.02e23", "", "6.02x10^23"),
        (_MATH, "3 R 1", "", "3 remainder 1"),
        (_NUMBER, "3 R 4", "", "3r4"),
        (_NUMBER, "7 R 0", "", "7"),
        (_NUMBER, "10:20", "", "10:20"),
        (_NUMBER, "3:10 pm", "", "3:10 p.m."),
        (_MATH, "2:3", "", "4:6"),
        (_MATH, "(-2,5]", "", "]-2;5]"),
        (_MATH, "no solution", "", "DNE"),
        (_MATH, "10", "", "C(5,2)"),
        (_MATH, "10", "", "5C2"),
        (_MATH, "x=5", "", "x is 5"),
        (_MATH, "x=5", "", "X=5"),
        (_CHOICE, "B", "", "b)"),
        (_CHOICE, "A.", "", "a"),
        (_CHOICE, "all of the above.", "", "All of the above"),
    ],
)
def test_what_is_right_however_it_is_written(
    kind: AnswerKind, key: str, unit: str, answer: str
) -> None:
    assert grade(answer, Key(key, unit=unit), kind).correct is True


@pytest.mark.parametrize(
    ("kind", "key", "answer"),
    [
        (_NUMBER, "5 MW", "5 mW"),
        (_NUMBER, "5 mHz", "5 MHz"),
        (_NUMBER, "5 mg", "5 Mg"),
        (_NUMBER, "5 m", "5 M"),
        (_NUMBER, "5 s", "5 S"),
        (_NUMBER, "5 Nm", "5 nm"),
        (_NUMBER, "5 €", "$5"),
        (_NUMBER, "£5", "$5"),
        (_NUMBER, "12.50 €", "$12.50"),
        (_NUMBER, "5", "-five"),
        (_NUMBER, "3 R 4", "4 R 3"),
        (_MATH, "3 R 4", "2 R 6"),
        (_MATH, "3 R 4", "12 R"),
        (_NUMBER, "7 R 0", "0 R 7"),
        (_NUMBER, "10:20", "5:10"),
        (_NUMBER, "9:30 pm", "3:10 pm"),
        (_NUMBER, "9:30 pm", "9:30 am"),
        (_NUMBER, "5 mL", "5 ML"),
        (_NUMBER, "1 h 30 min", "1 min 30 h"),
        (_NUMBER, "12 m^2", "3 m 4 m"),
        (_NUMBER, "66 in", "5 ft 7 in"),
        (_NUMBER, "90 min", "1 h 30 s"),
        (_MATH, "2r", "2R"),
        (_MATH, "A", "a"),
        (_MATH, "640320^3+744", "e^(pi*sqrt(163))"),
        (_CHOICE, "B", "c)"),
        (_CHOICE, "2.", "2.5"),
    ],
)
def test_what_is_another_amount_or_another_letter(kind: AnswerKind, key: str, answer: str) -> None:
    assert grade(answer, Key(key), kind).correct is False


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("one hundred and five", "105"),
        ("two thousand three hundred twelve", "2312"),
        ("2.5 million", "2.5 * 1000000"),
        ("-five", "-5"),
        ("- twenty-two", "-22"),
        ("-2.5 million", "-2.5 * 1000000"),
        ("five six", "five six"),
        ("hundred", "hundred"),
        ("five apples", "5 apples"),
        ("12", "12"),
    ],
)
def test_numbers_in_words(text: str, figures: str) -> None:
    assert in_figures(text) == figures
