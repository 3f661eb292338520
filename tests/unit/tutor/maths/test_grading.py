import pytest

from assistant.domain.exercise import AnswerKind, Form, Grade, Key, ProvedBy
from assistant.tutor.maths import grade


def math(key: str, answer: str, form: Form = Form.ANY) -> Grade:
    return grade(answer, Key(key, form=form), AnswerKind.MATH)


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("x^2-9", "(x-3)(x+3)"),
        ("x=3 or x=-2", "-2, 3"),
        ("{1,2}", "x=1, x=2"),
        ("2±√3", "2+√3, 2-√3"),
        ("x = 2±√3", "x = 2-√3 or x = 2+√3"),
        ("(-oo,2) U [5,oo)", "x<2 or x>=5"),
        ("[0,5)", "0 <= x < 5"),
        ("x>2", "2<x"),
        ("x≠2", "(-∞,2)∪(2,∞)"),  # noqa: RUF001 - the sign itself is meant
        ("ℝ", "(-∞,∞)"),  # noqa: RUF001 - the sign itself is meant
        ("no solution", "∅"),
        ("2x+3y=6", "y=2-2x/3"),
        ("2x+3y=6", "6 = 3y + 2x"),
        ("x=31", "31"),
        ("31", "x = 31"),
        ("y=2x", "f(x)=2x"),
        ("f(x)=2x", "2x = f(x)"),
        ("5", "2+3=5"),
        ("(2,3)", "x=2, y=3"),
        ("x=1, y=2", "y=2 and x=1"),
        ("(1,2),(3,4)", "(3,4) and (1,2)"),
        ("0.333", "1/3"),
        ("16.29", "16.2912"),
        ("2.2", "√5"),
        ("|x|", "√(x²)"),
        ("y^5 sqrt(y)", "y^(11/2)"),
        ("ln(x^2)", "2 ln x"),
        ("2 ln x", "2 log(x)"),
        ("e^x", "E**x"),
        ("4-6i", "-6i+4"),
        ("2.43p", "8.26(0.294188861985472p)"),
        ("1/3", "0.333333333333333"),
        ("√(-196)", "14i"),
        ("sin(x)^2", "1-cos^2 x"),
        ("log_3(16)", "ln(16)/ln(3)"),
        ("sin 30°", "1/2"),
        ("10^10^10", "10^10^10"),
        ("x/2", "1/2x"),
        ("y=15-8X", "y=15-8x"),
        ("36{ab}^2", "36ab^2"),
        ("36{ab}^2", "36(ab)^2"),
        ("\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}",
         "\\begin{pmatrix} 1 & 4/2 \\\\ 3 & 4 \\end{pmatrix}"),
        ("-1314 kJ", "-1.314e6 J"),
        ("1,2,4,8,16", "1, 2, 4, 8, 16"),
        ("-6, 6", "6 and -6"),
        ("Verified", "verified"),
    ],
)  # fmt: skip
def test_accepts_what_is_equal(key: str, answer: str) -> None:
    found = math(key, answer)
    assert (found.correct, found.credit) == (True, 1.0)


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("x^2-9", "(x-3)^2"),
        ("|x|", "x"),
        ("x", "-x"),
        ("x=3", "y=3"),
        ("g(x)=x-5, f(x)=x^3", "g(x)=x^3, f(x)=x-5"),
        ("x>2", "x<2"),
        ("1e-300", "2e-300"),
        ("0.00000000000039", "0.0000000000004"),
        ("(1,2)", "(2,1)"),
        ("[2, ∞)", "(-∞, 2]"),
        ("10^10^10", "10^10^11"),
        ("0.5", "0.54"),
        ("0.4", "9/24"),
        ("4 and -2", "2 and 3"),
        ("x=-1, x=-512", "x=7, x=-8"),
        ("0x = 15", "0x = 3"),
        ("A=3, B=6", "no solution"),
        ("(-∞,∞)", "(0,∞), (-∞,0)"),
        ("√((-4)^2)", "√(-4^2)"),
        ("(0,2)(3,0)", "(0,3)(2,0)"),
        ("log(x)", "ln(x)"),
        ("x-X", "X-x"),
        ("56.4°", "√77/9"),
        ("No solution", "5"),
        ("Verified", "x+1"),
    ],
)
def test_refuses_what_is_not(key: str, answer: str) -> None:
    assert math(key, answer).correct is False


@pytest.mark.parametrize(
    ("key", "answer", "share"),
    [
        ("x=3 or x=-2", "x=3", 1 / 2),
        ("x=3 or x=-2", "3, -2, 5", 2 / 3),
        ("[0,5)", "[0,5]", 1 / 2),
        ("x>3", "x≥3", 1 / 2),
        ("(2,3)", "(2,4)", 1 / 4),
        ("x=31", "2x=62", 1 / 2),
        ("1/3", "0.33", 1 / 2),
        ("(2,∞)", "(2,∞]", 1 / 2),
        ("1,2,4,8,16", "16,8,4,2,1", 1 / 2),
    ],
)
def test_gives_a_part_for_a_part(key: str, answer: str, share: float) -> None:
    found = math(key, answer)
    assert found.correct is False
    assert found.credit == pytest.approx(share)


@pytest.mark.parametrize(
    ("key", "answer", "form"),
    [
        ("1/2", "2/4", Form.LOWEST_TERMS),
        ("1/2", "0.5", Form.LOWEST_TERMS),
        ("2/3", "-2/-3", Form.LOWEST_TERMS),
        ("x^2-9", "(x-3)(x+3)", Form.EXPANDED),
        ("-x-1", "-(x+1)", Form.EXPANDED),
        ("(x-3)(x+3)", "x^2-9", Form.FACTORED),
        ("2(x+1)(x+2)", "(2x+2)(x+2)", Form.FACTORED),
        ("(x-1)(x+1)(x^2+1)", "(x^2-1)(x^2+1)", Form.FACTORED),
        ("(x-1)^2", "(x-1)(x-1)", Form.FACTORED),
        ("6(3x-4)", "3(6x-8)", Form.FACTORED),
        ("2^2*3*7", "84", Form.FACTORED),
        ("2^2*3*7", "4*21", Form.FACTORED),
        ("2^2*3*7", "1*2^2*3*7", Form.FACTORED),
        ("5x", "2x+3x", Form.SIMPLIFIED),
        ("5x-12", "3(x-4)+2x", Form.SIMPLIFIED),
        ("2sqrt(2)", "sqrt(8)", Form.SIMPLIFIED),
        ("(x+1)/(x+2)", "(x^2+x)/(x^2+2x)", Form.SIMPLIFIED),
        ("x^2", "x*x", Form.SIMPLIFIED),
        ("2x", "2x^1", Form.SIMPLIFIED),
        ("x", "1x", Form.SIMPLIFIED),
        ("8", "2^3", Form.SIMPLIFIED),
        ("2x/3", "4x/6", Form.SIMPLIFIED),
    ],
)
def test_says_what_is_missing_in_form(key: str, answer: str, form: Form) -> None:
    found = math(key, answer, form)
    assert (found.correct, found.credit, found.equivalent_only) == (False, 0.5, True)
    assert math(key, key, form).correct is True


@pytest.mark.parametrize(
    ("key", "answer", "form"),
    [
        ("(x-3)(x+3)", "(3+x)(x-3)", Form.FACTORED),
        ("x^2+1", "1+x^2", Form.FACTORED),
        ("3(x+2)^2", "3(2+x)²", Form.FACTORED),
        ("2^2*3*7", "7·3·2·2", Form.FACTORED),
        ("7", "7", Form.FACTORED),
        ("x^2-5x+6", "6 - 5x + x^2", Form.EXPANDED),
        ("3/2", "1 1/2", Form.LOWEST_TERMS),
        ("4", "4", Form.LOWEST_TERMS),
        ("6.02*10^23", "6.02e23", Form.SIMPLIFIED),
        ("3√2", "3\\sqrt{2}", Form.SIMPLIFIED),
    ],
)
def test_takes_every_right_form(key: str, answer: str, form: Form) -> None:
    assert math(key, answer, form).correct is True


def test_remarks_an_unfinished_form_where_none_was_asked_for() -> None:
    found = math("5x", "2x+3x")
    assert found.correct is True
    assert found.equivalent_only
    assert not math("2x+3x", "3x+2x").equivalent_only


def test_the_words_never_hold_the_key() -> None:
    for answer in ("41", "42.", "84/2", "x", "", "((", "41.9", "42 kg"):
        assert "42" not in grade(answer, Key("42"), AnswerKind.NUMBER).words


def test_names_the_misconception_that_leads_to_an_answer() -> None:
    key = Key("x^2+2x+1", wrong=(("x^2+1", "square-of-each"),))
    assert grade("1+x²", key, AnswerKind.MATH).misconception == "square-of-each"
    assert grade("x^2", key, AnswerKind.MATH).misconception == ""
    assert grade("(x+1)^2", key, AnswerKind.MATH).misconception == ""


def test_takes_further_answers() -> None:
    assert grade("0.67", Key("2/3", others=("0.67",)), AnswerKind.MATH).correct is True


def test_what_cannot_be_read_is_no_attempt() -> None:
    for answer in ("", "   ", "((", "😀", "9" * 5000):
        found = grade(answer, Key("3"), AnswerKind.MATH)
        assert (found.correct, found.checked_by) == (None, ProvedBy.NOTHING)


def test_tolerance_is_relative() -> None:
    key = Key("9.81", tolerance=0.01)
    assert grade("9.9", key, AnswerKind.NUMBER).correct is True
    assert grade("10", key, AnswerKind.NUMBER).correct is False


def test_other_kinds_are_graded_elsewhere() -> None:
    with pytest.raises(ValueError, match="elsewhere"):
        grade("x", Key("x"), AnswerKind.CODE)
