"""Answers in words, rearranged formulas, logarithms, units: what is the key, and what is not."""

import pytest

from assistant.domain.exercise import AnswerKind, Grade, Key
from assistant.tutor.maths import grade
from assistant.tutor.maths.worded import in_signs


def math(key: str, answer: str, tolerance: float = 0.0) -> Grade:
    return grade(answer, Key(key, tolerance=tolerance), AnswerKind.MATH)


def number(key: str, answer: str, unit: str = "") -> Grade:
    return grade(answer, Key(key, unit=unit), AnswerKind.NUMBER)


def choice(key: str, answer: str) -> Grade:
    return grade(answer, Key(key), AnswerKind.CHOICE)


@pytest.mark.parametrize(
    ("key", "right", "wrong"),
    [
        ("x != 2", "x can't be 2", "x can be 2"),
        ("x != 2", "x cannot equal 2", "x equals 2"),
        ("x != 2", "x is not equal to 2", "x is equal to 2"),
        ("x != 2", "all reals except 2", "all reals except 3"),
        ("x >= 5", "5 or more", "5 or less"),
        ("x >= 5", "x is not less than 5", "x is less than 5"),
        ("x <= 5", "x is no more than 5", "x is more than 5"),
        ("x > 5", "x exceeds 5", "at least 5"),
        ("x > 5", "greater than 5", "5 or more"),
        ("2 < x < 5", "x is between 2 and 5", "between 2 and 6"),
        ("(-inf,1) U (4,inf)", "R \\ [1,4]", "R \\ (1,4)"),
        ("no solution", "there's no solution", "infinite solutions"),
        ("no solution", "no solutions exist", "solutions exist"),
        ("infinitely many solutions", "infinite", "no solution"),
        ("all real numbers", "x can be anything", "x can be 3"),
        ("3/2", "three halves", "two thirds"),
        ("3/2", "one and a half", "two and a half"),
        ("x = 3", "x equals three", "x equals four"),
        ("x = 7", "x is seven", "x is eight"),
        ("-4", "minus four", "four"),
        ("x^2 + 1", "x squared plus one", "x squared minus one"),
        ("x^3", "x to the power of 3", "x squared"),
        ("2x + 3", "2 times x plus 3", "2 plus x times 3"),
        ("5/8", "5 over 8", "8 over 5"),
        ("sqrt(5)", "square root of 5", "cube root of 5"),
        ("x = 2 or x = -2", "plus or minus 2", "2"),
        (r"\begin{pmatrix}1&2\\3&4\end{pmatrix}", "[[1,2],[3,4]]", "[[1,3],[2,4]]"),
        (r"\begin{pmatrix}1&2\\3&4\end{pmatrix}", "[1 2; 3 4]", "[1 2; 4 3]"),
        ("0.5", ",5", "5"),
        ("x != 0", "x is nonzero", "x is zero"),
        ("x != 3 and x != -3", "x can't be 3 or -3", "x can't be 3"),
        ("x >= 2", "at least two", "up to two"),
        ("x >= 2", "greater than or equal to 2", "greater than 2"),
        ("x < 7", "under 7", "above 7"),
        ("3:2", "3 to 2", "2 to 3"),
    ],
)
def test_mathematics_in_words(key: str, right: str, wrong: str) -> None:
    assert math(key, right).correct is True
    assert math(key, wrong).correct is not True


@pytest.mark.parametrize(
    "text", ["speed", "not a real number", "12 cm squared", "the sum of x and y"]
)
def test_what_is_not_words_to_the_end_stays(text: str) -> None:
    assert in_signs(text) == text


@pytest.mark.parametrize(
    ("key", "right", "wrong"),
    [
        ("1500", "1.5k", "1.5M"),
        ("7/2", "3 and 1/2", "3 and 1/3"),
        ("1/6", "0.1(6)", "0.1(5)"),
        ("90 min", "an hour and a half", "2 hours and a half"),
        ("£3.20", "3 pounds 20", "3 pounds 02"),
        ("14:30", "2.30 pm", "2.30 am"),
        ("14:30", "14h30", "14h03"),
        ("1:2:3", "2:4:6", "1:3:2"),
        ("1:2:3", "1 : 2 : 3", "0:0:0"),
        ("25%", "25 pct", "2.5 pct"),
        ("10‰", "1%", "0.1%"),
        ("3 M", "3 mol/L", "3 mol"),
        ("3 mM", "0.003 mol/l", "3 mol/l"),
        ("5 mm", "5 MM", "5 M"),
        ("12 cm", "12 cms", "12 ms"),
        ("4 kΩ", "4 kohm", "4 ohm"),
        ("1.6e-19 C", "1.6*10^-19 coulombs", "1.6e-19 °C"),
        ("3 T", "3 tesla", "3 mT"),
        ("30°", "π/6 rad", "30 rad"),
        ("π/6 rad", "30 degrees", "60 degrees"),
    ],
)
def test_amounts_as_they_are_typed(key: str, right: str, wrong: str) -> None:
    assert number(key, right).correct is True
    assert number(key, wrong).correct is not True


def test_an_angle_in_radians_where_a_number_is_the_key() -> None:
    assert math("π/6", "π/6 rad").words == "That is right."
    assert math("π/6", "30°").correct is True
    assert math("π/6", "π/6 deg").correct is False
    assert math("π/6", "30 rad").correct is False


def test_a_missing_unit_is_named_as_missing() -> None:
    told = number("5 km", "5")
    assert (told.correct, told.credit) == (False, 0.5)
    assert told.words == "The number is right; its unit is missing."
    assert number("5 km", "6").credit == 0


@pytest.mark.parametrize(
    ("key", "right", "wrong"),
    [
        ("F = m*a", "a = F/m", "a = m/F"),
        ("F = m*a", "F/a = m", "F/m = m"),
        ("v = u + a*t", "t = (v-u)/a", "t = v - u/a"),
        ("p*V = n*R*T", "p = nRT/V", "p = VnRT"),
        ("E = m*c^2", "m = E/c^2", "c = sqrt(E/m)"),
        ("s = u*t + a*t^2/2", "a = 2(s - ut)/t^2", "t = s/u"),
        ("A = pi*r^2", "A = r^2*pi", "r = sqrt(A/pi)"),
        ("y = x^2", "x^2 = y", "x = sqrt(y)"),
        ("a = F/m", "F/m = a", "F = m*a"),
        ("a = F/m", "a = F*m^-1", "m = F/a"),
    ],
)
def test_a_formula_is_the_same_solved_for_another_letter(key: str, right: str, wrong: str) -> None:
    assert math(key, right).correct is True
    assert math(key, wrong).correct is False


@pytest.mark.parametrize(
    ("key", "right", "wrong"),
    [
        ("ln(x)", "log x", "log_10 x"),
        ("(ln(2), 3)", "(log 2, 3)", "(log 3, 2)"),
        ("log(x)", "log10 x", "ln x"),
        ("log_2(x)", "ln(x)/ln(2)", "ln(x)"),
    ],
)
def test_which_logarithm_is_meant(key: str, right: str, wrong: str) -> None:
    assert math(key, right).correct is True
    assert math(key, wrong).correct is False


def test_it_is_said_that_another_logarithm_was_meant() -> None:
    assert "log is the logarithm to base 10" in math("3*log(x)", "3 ln x").words


@pytest.mark.parametrize(
    ("key", "answer"),
    [("pi", "3.14"), ("pi", "22/7"), ("2*pi*r", "6.28r"), ("2*pi*r + pi*r^2", "6.28r + 3.14r^2")],
)
def test_a_rounded_pi_is_close(key: str, answer: str) -> None:
    told = math(key, answer)
    assert (told.correct, told.credit) == (False, 0.5)
    assert told.words.startswith("It is close: give it exactly")
    assert math(key, answer, tolerance=0.01).correct is True
    assert (
        math(key, answer.replace("22/7", "3").replace(".14", ".2").replace(".28", ".4")).credit == 0
    )


@pytest.mark.parametrize(
    ("key", "right", "wrong"),
    [
        ("IV", " IV ", "iv"),
        ("ii–V–I", "ii-V-I", "II-V-I"),  # noqa: RUF001 - the sign itself is meant
        ("Cm7", "cm7", "CM7"),
        ("AaBb", "A aBb".replace(" ", ""), "aabb"),
        ("CO", "CO", "Co"),
        ("x²", "x^2", "x2"),
        ("CO2", "CO_2", "C2O"),
        ("2H2 + O2 -> 2H2O", "2H₂ + O₂ → 2H₂O", "H2 + O2 -> H2O"),
        ("SO4^2-", "SO₄²⁻", "SO4"),
        ("Bb", "B♭", "B"),
        ("V7", "V⁷", "V9"),
        ("Yes", "YES", "no"),
        ("x < 3", "X<3", "x > 3"),
    ],
)
def test_choices_whose_case_and_raised_signs_count(key: str, right: str, wrong: str) -> None:
    assert choice(key, right).correct is True
    assert choice(key, wrong).correct is False


def test_a_short_answer_whose_case_counts() -> None:
    assert grade("VI", Key("vi"), AnswerKind.SHORT).correct is False
    assert grade("Mitochondria", Key("mitochondria"), AnswerKind.SHORT).correct is True
