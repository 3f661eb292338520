"""Answers in music: read in many notations, compared by spelling, order and octave."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.exercise import Key, ProvedBy
from assistant.tutor.music import grade_notes

_CONCEPTS = Path(__file__).parents[4] / "resources/courses/music-theory/concepts"


def _authored() -> list[tuple[str, Key]]:
    found: list[tuple[str, Key]] = []
    for path in sorted(_CONCEPTS.glob("*.toml")):
        for one in tomllib.loads(path.read_text(encoding="utf-8")).get("exercises", []):
            if one["kind"] == "notes":
                wrong = tuple((w["answer"], w["misconception"]) for w in one.get("wrong", []))
                key = Key(one["answer"], tuple(one.get("others", ())), wrong=wrong)
                found.append((f"{path.stem}/{one['id']}", key))
    return found


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        ("c e g", "C E G"),
        ("C - E - G", "C E G"),
        ("CEG", "C E G"),
        ("ceg", "C E G"),
        ("C, E♭, G", "C Eb G"),
        ("C4 Eb4 G4", "C Eb G"),
        ("E flat", "Eb"),
        ("f sharp, A", "F# A"),
        ("F♯4", "F#4"),
        ("bb", "Bb"),
        ("Fx", "Fx"),
        ("F##", "Fx"),
        ("minor third", "m3"),
        ("p5", "P5"),
        ("perfect 5th", "P5"),
        ("V7", "V7"),
        ("viio", "vii°"),
        ("ii 6/5".replace(" ", ""), "ii65"),
        ("I \u2013 V \u2013 vi \u2013 IV", "I V vi IV"),
        ("Cmin7", "Cm7"),
        ("C°7", "Cdim7"),
        ("Am/E", "Am/E"),
        ("Fis As H", "F# Ab B"),
        ("Es G B", "Eb G Bb"),
        ("ceses", "Cbb"),
        ("do mi♭ sol", "C Eb G"),
        ("Fa diesis, si bémol", "F# Bb"),
        ("re4", "D4"),
        ("FA", "F A"),
        ("C and E and G", "C E G"),
        ("\uff23 \uff25 \uff27", "C E G"),
        ("F𝄪 B𝄫", "Fx Bbb"),
        ("Maj. 3rd", "M3"),
        ("a major third", "M3"),
        ("MINOR THIRD", "m3"),
        ("M3rd", "M3"),
        ("3M", "M3"),
        ("octave", "P8"),
        ("b3", "m3"),
        ("°5", "d5"),
        ("große Terz", "M3"),
        ("compound minor second", "m9"),
        ("doubly augmented fourth", "AA4"),
        ("augmented fourth", "A4"),
        ("tritone", "A4"),
        ("C△7", "Cmaj7"),
        ("CΔ", "Cmaj7"),
        ("CM7", "Cmaj7"),
        ("C major seventh", "Cmaj7"),
        ("C half-diminished", "Cm7b5"),
        ("Cø", "Cm7b5"),
        ("Cm7(♭5)", "Cm7b5"),
        ("C-7", "Cm7"),
        ("c minor", "Cm"),
        ("C dominant seventh", "C7"),
        ("C major triad", "C"),
        ("Dm7 | G7 | C△", "Dm7 G7 Cmaj7"),
        ("V7 / V", "V7/V"),
        ("viidim7", "vii°7"),
        ("ii^6_5", "ii65"),
        ("V4/2", "V42"),
        ("vii half-dim 7", "viiø7"),
        ("N6", "bII6"),
        ("Ⅴ⁷", "V7"),
    ],
)
def test_notations_are_read(answer: str, key: str) -> None:
    grade = grade_notes(answer, Key(key))
    assert grade.correct is True
    assert grade.checked_by is ProvedBy.MUSIC


@pytest.mark.parametrize(
    ("answer", "key", "credit", "equal"),
    [
        ("D#", "Eb", 0.5, True),
        ("A4", "d5", 0.5, True),
        ("G E C", "C E G", 0.5, False),
        ("C E", "C E G", 2 / 3, False),
        ("C E G B", "C E G", 0.75, False),
        ("F#", "F#4", 0.5, False),
        ("F#5", "F#4", 0.5, False),
        ("M3", "m3", 0.0, False),
        ("major third", "m3", 0.0, False),
        ("CM7", "Cm7", 0.0, False),
        ("B", "Bb", 0.0, False),
        ("Cm", "C", 0.0, False),
        ("Es Ges B", "Eb G Bb", 2 / 3, False),
        ("ii", "II", 0.5, False),
    ],
)
def test_what_is_not_right_gets_its_share(
    answer: str, key: str, credit: float, *, equal: bool
) -> None:
    grade = grade_notes(answer, Key(key, wrong=(("P1", ""),) if key == "d5" else ()))
    assert grade.correct is False
    assert grade.credit == pytest.approx(credit)
    assert grade.equivalent_only is equal


@pytest.mark.parametrize(
    "answer", ["", "  ", "I don't know", "Q", "C" * 5000, "\U0001d11e", "9", "Cm"]
)
def test_what_cannot_be_read_is_not_judged(answer: str) -> None:
    assert grade_notes(answer, Key("C E G")).correct is None


def test_every_authored_key_is_right_and_every_wrong_answer_is_known() -> None:
    authored = _authored()
    assert len(authored) > 80
    for name, key in authored:
        for text in (key.answer, *key.others):
            assert grade_notes(text, key).correct is True, name
        for text, idea in key.wrong:
            found = grade_notes(text, key)
            assert found.correct is False, (name, text)
            assert found.misconception == idea, (name, text)


@given(st.text(max_size=60), st.sampled_from(["C E G", "A", "I", "m3", "A4", "V7/V", "Cm7", "F#4"]))
def test_no_text_breaks_it_and_no_words_hold_the_key(answer: str, key: str) -> None:
    grade = grade_notes(answer, Key(key))
    assert 0 <= grade.credit <= 1
    assert key not in grade.words.replace("“", " ").replace("”", " ").split()
