"""Exercises made by chance: proved, the same again, of the level asked for."""

import re
import tomllib
from dataclasses import replace
from fractions import Fraction
from functools import cache

import pytest

from assistant.config.paths import resources
from assistant.domain.errors import UserFacingError
from assistant.domain.exercise import ProvedBy
from assistant.domain.ids import ConceptId, ExerciseId
from assistant.tutor.hints.leaks import Guard
from assistant.tutor.making import ExerciseMaker
from assistant.tutor.making.drafts import About, Claim, Draft, Draw, decimal, plain, poly, tex
from assistant.tutor.making.maker import graded
from assistant.tutor.making.proving import forwards, prove
from assistant.tutor.making.registry import GENERATORS

MAKER = ExerciseMaker()


@cache
def _ideas(concept: str) -> frozenset[str]:
    path = next((resources() / "courses").glob(f"*/concepts/{concept}.toml"))
    file = tomllib.loads(path.read_text(encoding="utf-8"))
    return frozenset(each["id"] for each in file["misconceptions"])


@pytest.mark.parametrize("name", GENERATORS)
def test_each_generator_makes_sound_exercises_on_every_level(
    name: str, maker: ExerciseMaker
) -> None:
    prompts: set[str] = set()
    for level in (1, 3, 5):
        exercise = maker.make(name, ConceptId(name), level, 7)
        prompts.add(exercise.prompt + exercise.given)
        if exercise.proof.by is not ProvedBy.TESTS:  # of programs it is measured
            assert exercise.difficulty == level
        assert exercise.proof.by in {ProvedBy.ALGEBRA, ProvedBy.MUSIC, ProvedBy.TESTS}
        assert exercise.proof.how.endswith(".")
        assert exercise.code is not None or graded(exercise, exercise.key.answer).correct
        guard = Guard(exercise)
        hints = (exercise.nudge, exercise.idea, exercise.part)
        assert all(hints)
        assert not [text for text in hints if guard.leak(text)]
        for text, idea in exercise.key.wrong:
            grade = graded(exercise, text)
            assert grade.correct is False, text
            assert grade.misconception == idea
            assert idea in _ideas(name)
        for choice in exercise.choices:
            assert not choice.misconception or choice.misconception in _ideas(name)
        assert sum(choice.text == exercise.key.answer for choice in exercise.choices) == bool(
            exercise.choices
        )
    assert len(prompts) == 3


@pytest.mark.parametrize("name", ["systems", "voicings"])
def test_the_same_exercise_comes_again_by_its_id(name: str) -> None:
    exercise = MAKER.make(name, ConceptId(name), 3.217, 12345)
    assert exercise.id == f"{name}:3.22:12345"
    assert MAKER.again(exercise.id, exercise.concept) == exercise


@pytest.mark.parametrize(
    "name",
    ["course/concept/name", "no-such:3:1", "roots:9:1", "roots:x:1", "roots:3:x", "roots", ""],
)
def test_no_exercise_comes_of_a_foreign_id(name: str) -> None:
    assert MAKER.again(ExerciseId(name), ConceptId("roots")) is None


def test_an_unknown_generator_is_named() -> None:
    with pytest.raises(UserFacingError, match="no-such") as caught:
        MAKER.make("no-such", ConceptId("roots"), 3, 1)
    assert caught.value.code == "no_generator"


def test_difficulty_is_held_to_its_scale() -> None:
    assert MAKER.make("roots", ConceptId("roots"), 99, 1).difficulty == 5
    assert MAKER.make("roots", ConceptId("roots"), -1, 1).difficulty == 1


def test_a_wrong_key_is_not_proved() -> None:
    draft = GENERATORS["fractions-adding"](Draw("any", 3))
    assert prove(draft) is not None
    assert prove(replace(draft, answer="17/4711")) is None


def test_a_generator_without_a_right_key_gives_nothing_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def liar(draw: Draw) -> Draft:
        return replace(GENERATORS["decimals"](Draw("any", 2)), answer=str(draw.integer(900, 999)))

    monkeypatch.setattr("assistant.tutor.making.registry.GENERATORS", {"liar": liar})
    with pytest.raises(UserFacingError) as caught:
        MAKER.make("liar", ConceptId("decimals"), 2, 1)
    assert caught.value.code == "nothing_proved"


@pytest.mark.parametrize(
    ("about", "data", "answer"),
    [
        (About.VALUE, ("3/4 - 0.5",), "1/4"),
        (About.SOLUTIONS, ("2x + 1 = 7", "x"), "x = 3"),
        (About.SOLUTIONS, ("a*x = b", "x"), "x = b/a"),
        (About.SOLUTIONS, ("x^2 = -1", "x"), None),
        (About.SYSTEM, ("x + y = 5", "x - y = 1"), "(3, 2)"),
        (About.SYSTEM, ("x + y = 5", "2x + 2y = 10"), None),
        (About.SECOND, ("x + y = 5", "x - y = 1"), "2"),
        (About.LINE, ("-1/2", "2", "3"), "y = 4 - x/2"),
        (About.POSITIVE, ("E = m*v^2/2", "v"), "v = sqrt(2)*sqrt(E)/sqrt(m)"),
        (About.DOUBLE, ("x^2 + k*x + 16", "k"), "8"),
        (About.DISCRIMINANT, ("2x^2 + 3x - 4",), "41"),
        (About.AXIS, ("x^2 - 10x + 16",), "5"),
        (About.VERTEX, ("2(x - 3)^2 + 4",), "(3, 4)"),
        (About.EXTREME, ("x(60 - 2x)",), "450"),
        (About.OPENS, (">", "3", "a|2x^2 + 3", "b|-2x^2 + 3", "c|x^2 - 3"), "a"),
        (About.INEQUALITY, ("-2x <= 6",), "x >= -3"),
        (About.INEQUALITY, ("-2x > 6",), "x < -3"),
        (About.INEQUALITY, ("x^2 > 4",), None),
        (About.ONLY_TRUE, ("a|1 = 2", "b|2 > 1"), "b"),
        (About.ONLY_TRUE, ("a|1 < 2", "b|2 > 1"), None),
        (About.COMMON_FACTOR, ("12", "18"), "6"),
        (About.COMMON_MULTIPLE, ("12", "18"), "36"),
        (About.PRIME, ("51", "53"), "53"),
        (About.TIMES_IN, ("2", "24"), "3"),
    ],
)
def test_what_comes_out_forwards(about: About, data: tuple[str, ...], answer: str | None) -> None:
    assert forwards(Claim(about, data)) == answer


def test_how_numbers_are_written() -> None:
    assert [plain(-2), tex(Fraction(-3, 4))] == ["-2", r"-\frac{3}{4}"]
    assert [poly(1, -1, 0, 5), poly(0, 0)] == ["x^3 - x^2 + 5", "0"]
    assert decimal(3) == "3"
    with pytest.raises(ValueError, match="does not end"):
        decimal(Fraction(1, 3))


def test_a_program_that_prints_something_else_is_not_given_out() -> None:
    draft = GENERATORS["while-loops"](Draw("any", 3))
    assert prove(draft) is None
    assert prove(draft, lambda _: "something else") is None
    assert prove(draft, lambda _: f"{draft.answer}\n") is not None


def test_a_program_that_no_test_can_import_is_not_given_out() -> None:
    drafts = (GENERATORS["dataclasses"](Draw(f"any/{seed}", 5)) for seed in range(40))
    draft, task = next((one, one.code) for one in drafts if one.code is not None)

    def run(source: str) -> str:
        return "every test passed" if source.startswith(task.reference) else ""

    assert prove(draft, run) is not None
    assert prove(replace(draft, code=replace(task, module="break")), run) is None


def test_notes_vibrate_as_often_as_they_do() -> None:
    asked = 0
    for seed in range(200):
        prompt = GENERATORS["pitch-names"](Draw(f"hz/{seed}", 1 + seed % 5)).prompt
        named = re.match(r"([A-G])(\d) vibrates about (\d+) times", prompt)
        if named is None:
            continue
        letter, octave, often = named[1], int(named[2]), int(named[3])
        above = "C D EF G A B".index(letter) - 9 + 12 * (octave - 4)
        assert often == pytest.approx(440 * 2 ** (above / 12), rel=0.02), prompt
        asked += 1
    assert asked >= 20


def test_without_a_sandbox_there_are_no_questions_about_programs() -> None:
    with pytest.raises(UserFacingError) as caught:
        MAKER.make("recursion", ConceptId("recursion"), 2, 1)
    assert caught.value.code == "nothing_proved"


@pytest.mark.parametrize("name", GENERATORS)
def test_drafts_are_whole_and_the_same_for_the_same_chance(name: str) -> None:
    for level in range(1, 6):
        seen: set[str] = set()
        for seed in range(24):
            draft = GENERATORS[name](Draw(f"{name}/{seed}", level))
            assert draft == GENERATORS[name](Draw(f"{name}/{seed}", level))
            assert all((draft.prompt, draft.nudge, draft.idea, draft.part))
            assert draft.answer or draft.code is not None
            assert draft.solution[-1].strip()
            texts = [text for text, _ in draft.choices]
            assert not texts or texts.count(draft.answer) == 1
            assert {idea for _, idea in (*draft.wrong, *draft.choices) if idea} <= _ideas(name)
            seen.add(draft.prompt)
        assert len(seen) >= 8
