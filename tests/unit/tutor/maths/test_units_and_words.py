import pytest

from assistant.domain.exercise import AnswerKind, Key
from assistant.tutor.maths import grade
from assistant.tutor.maths.short_answers import one_slip
from assistant.tutor.maths.units import unit_of


@pytest.mark.parametrize(
    ("key", "unit", "answer"),
    [
        ("5 cm", "", "50 mm"),
        ("5", "cm", "5"),
        ("5", "cm", "0.05 m"),
        ("20 m/s", "", "72 km/h"),
        ("20 m/s", "", "72 km per hour"),
        ("5 square feet", "", "5 ft^2"),
        ("3", "m²", "3 m^2"),
        ("25 °C", "", "77 °F"),
        ("2 hours", "", "120 min"),
        ("12", "", "12 apples"),
        ("12", "", "5+7 apples"),
        ("12.50", "", "$12.50"),
        ("50%", "", "0.5"),
        ("0.5", "", "50%"),
        ("50", "", "50 %"),
        ("1000 m", "", r"1\text{ km}"),
        ("12 apples", "", "12"),
    ],
)
def test_converts_units(key: str, unit: str, answer: str) -> None:
    assert grade(answer, Key(key, unit=unit), AnswerKind.NUMBER).correct is True


@pytest.mark.parametrize(
    ("key", "unit", "answer"),
    [
        ("5", "cm", "5 kg"),
        ("5", "cm", "5 m"),
        ("5 cm", "", "6 cm"),
        ("20 m/s", "", "20 m"),
        ("12", "", "13 apples"),
        ("50%", "", "0.05"),
        ("0.5", "", "0.5%"),
    ],
)
def test_refuses_other_amounts(key: str, unit: str, answer: str) -> None:
    assert grade(answer, Key(key, unit=unit), AnswerKind.NUMBER).correct is False


def test_a_missing_unit_is_half_right() -> None:
    found = grade("5", Key("5 cm"), AnswerKind.NUMBER)
    assert (found.correct, found.credit, found.equivalent_only) == (False, 0.5, True)


def test_letters_after_a_number_are_unknowns_in_algebra() -> None:
    assert grade("m*5", Key("5m"), AnswerKind.MATH).correct is True
    assert grade("5", Key("5m"), AnswerKind.MATH).correct is False
    assert grade("x5", Key("5x"), AnswerKind.NUMBER).correct is True


def test_units_have_dimensions() -> None:
    speed, area = unit_of("km/h"), unit_of("square meters")
    assert speed is not None
    assert area is not None
    assert speed.dimension == (("length", 1), ("time", -1))
    assert area.dimension == (("length", 2),)
    assert unit_of("flibbets") is None


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("hypotenuse", "The Hypotenuse"),
        ("hypotenuse", "hypotenues"),
        ("commutative property", "comutative property"),
        ("three", "3"),
        ("Dur", "dur."),
        ("café", "cafe"),
        ("well-known", "well-known"),
        ("½", "1/2"),
    ],
)
def test_short_answers_forgive(key: str, answer: str) -> None:
    assert grade(answer, Key(key), AnswerKind.SHORT).correct is True


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("symmetric", "asymmetric"),
        ("mean", "median"),
        ("major", "minor"),
        ("mode", "node"),
        ("sine", "cosine"),
        ("increasing", "decreasing"),
    ],
)
def test_short_answers_are_not_another_word(key: str, answer: str) -> None:
    assert grade(answer, Key(key), AnswerKind.SHORT).correct is False


def test_a_slip_is_one_and_not_an_expected_mistake() -> None:
    assert one_slip("hypotenuse", "hyptoenuse")
    assert not one_slip("hypotenuse", "hyptoenues")
    key = Key("perfect fourth", wrong=(("perfect fourths", "plural"),))
    found = grade("perfect fourths", key, AnswerKind.SHORT)
    assert (found.correct, found.misconception) == (False, "plural")
    slipped = grade("prefect fourth", key, AnswerKind.SHORT)
    assert slipped.correct is True
    assert "spelling" in slipped.words


@pytest.mark.parametrize(
    ("key", "named"),
    [("[1, 2, 3]", "(1, 2, 3)"), ("Room 12", '"Room" 12'), ("False", '"False"')],
)
def test_a_wrong_answer_that_is_named_counts_sign_by_sign(key: str, named: str) -> None:
    wanted = Key(key, wrong=((named, "named"),))
    for answer in (named, f" {named} ", named.replace(", ", ",")):
        found = grade(answer, wanted, AnswerKind.SHORT)
        assert (found.correct, found.misconception) == (False, "named"), answer
    for answer in (key, key.casefold(), f"{key}."):
        assert grade(answer, wanted, AnswerKind.SHORT).correct is True, answer


def test_where_only_spaces_tell_a_wrong_answer_from_the_key_they_count() -> None:
    key = Key("42", wrong=(("4 2", "plus-adds-space"),))
    assert grade(" 42 ", key, AnswerKind.SHORT).correct is True
    assert grade("4  2", key, AnswerKind.SHORT).misconception == "plus-adds-space"


def test_a_choice_is_a_text_and_not_its_value() -> None:
    assert grade("1/2", Key(r"$$\frac{1}{2}$$"), AnswerKind.CHOICE).correct is True
    assert grade("0.5", Key("1/2"), AnswerKind.CHOICE).correct is False
    assert grade("yes", Key("Yes"), AnswerKind.CHOICE).correct is True
    assert grade("[0,4)", Key("(0,4)"), AnswerKind.CHOICE).correct is False
    key = Key("A", wrong=(("B", "mixed-up"),))
    assert grade("B", key, AnswerKind.CHOICE).misconception == "mixed-up"
