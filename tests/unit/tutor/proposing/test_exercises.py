"""Proposals of a model: what becomes an exercise, and why the others do not."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.config.paths import resources
from assistant.domain.course import Course
from assistant.domain.exercise import AnswerKind, Exercise, ProvedBy
from assistant.domain.ids import ConceptId, CourseId
from assistant.tutor.courses.reading import read_course
from assistant.tutor.making import ExerciseMaker
from assistant.tutor.making.maker import graded
from assistant.tutor.proposing.drafts import (
    Draft,
    FormulaDraft,
    NotesDraft,
    ProgramDraft,
    turns_for,
)
from assistant.tutor.proposing.exercises import TITLE, Dropped, Material, Printed, made_of
from assistant.tutor.proposing.frames import belongs, claim_for, features, plain, solved
from assistant.tutor.proposing.keeping import from_text, to_text
from assistant.tutor.proposing.material import Known, draft_kind, gathered, material_for
from assistant.tutor.proposing.programs import gives_away, subject_of, why_not
from assistant.tutor.proposing.sizes import modest

ALGEBRA, MUSIC, PYTHON = (
    CourseId(one) for one in ("algebra-and-arithmetic", "music-theory", "python-from-zero")
)
MATHS_MAKER = ExerciseMaker()
Propose = Callable[[Draft], Exercise | Dropped]


def _course(course: CourseId) -> Course:
    return read_course(resources() / "courses" / course)


def _material(course: Course, concept: str, maker: ExerciseMaker = MATHS_MAKER) -> Material:
    about = course.concept(ConceptId(concept))
    made, drafts = gathered(about, maker)
    return material_for(course, about, Known((*about.exercises, *made), drafts))


def _nothing(_: str) -> str | None:
    """Where no program is to be run."""
    raise AssertionError


@pytest.fixture(scope="module")
def fractions() -> Propose:
    material = _material(_course(ALGEBRA), "fractions-adding")
    return lambda draft: made_of(draft, material, ALGEBRA, _nothing)


def test_a_formula_is_asked_as_its_concept_asks_and_solved(fractions: Propose) -> None:
    made = fractions(FormulaDraft(formula="5/7 + 3/14"))
    assert isinstance(made, Exercise)
    assert r"\frac{5}{7} + \frac{3}{14}" in made.prompt
    assert (made.key.answer, made.title) == ("13/14", TITLE)
    assert made.proof.by is ProvedBy.ALGEBRA
    assert made.id.startswith("proposed/algebra-and-arithmetic/fractions-adding/")
    assert graded(made, "13/14").correct
    assert not graded(made, "26/28").correct
    assert from_text(to_text(made)) == made
    assert from_text("{}") is None


@pytest.mark.parametrize(
    ("formula", "why"),
    [
        ("add two fractions", "formula|not like"),
        ("5 + 3", "not like"),
        ("1000000/7 + 3/14", "not like"),
        ("x/7 + 3/14 = 2", "not like"),
        ("((", "no formula"),
        ("1/0 + 1/2", "solver|formula"),
    ],
)
def test_formulas_that_are_no_exercise(fractions: Propose, formula: str, why: str) -> None:
    made = fractions(FormulaDraft(formula=formula))
    assert isinstance(made, Dropped)
    assert any(part in made.why for part in why.split("|"))


def test_equations_and_forms() -> None:
    course = _course(ALGEBRA)
    material = _material(course, "linear-equations")
    made = made_of(FormulaDraft(formula="7x + 4 = 25"), material, ALGEBRA, _nothing)
    assert isinstance(made, Exercise)
    assert made.key.answer in {"3", "x = 3"}
    again = replace(material, known=(*material.known, made))
    twice = made_of(FormulaDraft(formula="7 x + 4 = 25"), again, ALGEBRA, _nothing)
    assert isinstance(twice, Dropped)
    assert "before" in twice.why
    brackets = _material(course, "distributing")
    opened = made_of(FormulaDraft(formula="11(x + 9)"), brackets, ALGEBRA, _nothing)
    assert isinstance(opened, Exercise)
    assert graded(opened, "11x + 99").correct
    assert not graded(opened, "11(x + 9)").correct


def test_an_answer_of_another_kind_is_none_of_its_concept() -> None:
    material = _material(_course(ALGEBRA), "quadratics-by-factoring")
    odd = made_of(FormulaDraft(formula="x^2 + 24x + 38 = 0"), material, ALGEBRA, _nothing)
    assert isinstance(odd, Dropped)
    even = made_of(FormulaDraft(formula="x^2 + 5x + 6 = 0"), material, ALGEBRA, _nothing)
    assert isinstance(even, Exercise)
    assert graded(even, "-2 or -3").correct


def test_what_a_formula_is_made_of() -> None:
    assert features("2/9 + 1/3") == {"/", "+", "0 letters"}
    assert features("-3(x - 2)") == {"minus sign", "-", "bracket", "1 letters"}
    assert plain(r"\frac{2}{9} \times \sqrt{4}") == "((2)/(9)) * sqrt(4)"
    assert claim_for("x + y = 3") is None
    material = _material(_course(ALGEBRA), "powers")
    assert not any(belongs("2^3 + x", frame) for frame in material.frames)


@pytest.mark.parametrize("formula", ["9^9^9", "9^(9^9)", "((9^9)^9)^9", "9^9^9^9 = x", "((12!)!)!"])
def test_what_would_be_worked_out_for_ever_is_not_worked_out(formula: str) -> None:
    assert not modest(formula)
    material = _material(_course(ALGEBRA), "powers")
    claim = claim_for(formula)
    assert claim is not None
    assert solved(material.frames[0], claim) is None
    assert isinstance(made_of(FormulaDraft(formula=formula), material, ALGEBRA, _nothing), Dropped)


def test_what_exercises_are_made_of_is_worked_out() -> None:
    for formula in ("2^4", "(2^3)^2", "3^4 * 3^5", "x^7 * x^6", "(x + 2)^3", "sqrt(49)", "2^x = 8"):
        assert modest(formula), formula
    assert not modest("2^3 +")


def test_notes_are_put_into_the_words_of_the_concept() -> None:
    material = _material(_course(MUSIC), "major-scale")
    made = made_of(NotesDraft(matter="Eb"), material, MUSIC, _nothing)
    assert isinstance(made, Exercise)
    assert "Eb" in made.prompt
    assert made.proof.by is ProvedBy.MUSIC
    assert graded(made, made.key.answer).correct
    for matter in ("Eb, F, G", "do re mi", "Eb4"):
        assert isinstance(made_of(NotesDraft(matter=matter), material, MUSIC, _nothing), Dropped)
    far = made_of(NotesDraft(matter="G#"), material, MUSIC, _nothing)
    assert isinstance(far, Dropped) or "##" not in far.key.answer
    steps = _material(_course(MUSIC), "interval-quality")
    assert all("{1}" in frame.words for frame in steps.frames)
    down = made_of(NotesDraft(matter="F5, C3"), steps, MUSIC, _nothing)
    assert isinstance(down, Dropped)


@pytest.fixture(scope="module")
def loops(maker: ExerciseMaker) -> Material:
    return _material(_course(PYTHON), "while-loops", maker)


def test_a_program_is_run_and_its_output_asked_for(loops: Material, printed: Printed) -> None:
    source = "n = 3\nwhile n < 40:\n    n = n * 2\nprint(n)"
    made = made_of(ProgramDraft(program=source), loops, PYTHON, printed)
    assert isinstance(made, Exercise)
    assert (made.kind, made.key.answer) == (AnswerKind.NUMBER, "48")
    assert source in made.prompt


def test_several_lines_are_chosen_among_what_slips_would_print(
    maker: ExerciseMaker, printed: Printed
) -> None:
    rounds = _material(_course(PYTHON), "for-loops", maker)
    source = ProgramDraft(program='for sign in "358":\n    print(int(sign) * 2)')
    several = made_of(source, rounds, PYTHON, printed)
    assert isinstance(several, Exercise)
    assert several.kind is AnswerKind.CHOICE
    assert [one.text for one in several.choices].count("6\n10\n16") == 1
    assert len(several.choices) >= 3
    early = ProgramDraft(program="for n in [3, 5, 8]:\n    print(n * 2)")
    lists = made_of(early, rounds, PYTHON, printed)  # they come only after loops
    assert isinstance(lists, Dropped)
    assert "not learned yet" in lists.why


@pytest.fixture(scope="module")
def printed(maker: ExerciseMaker) -> Printed:
    """Runs in the sandbox; a program that never ends has not ended well."""
    run = maker.run
    assert run is not None

    def show(source: str) -> str | None:
        output = run(source)
        return None if output.endswith("Error") else output

    return show


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("while True print", "no program"),
        ("n = 3\nprint(n * 2)", "nothing of what"),
        ("n = 0\nwhile n < 2:\n    n += 1\nprint('done')", "as it is"),
        ("n = 0\nwhile n < 2:\n    n += 1\nprint(input())", "outside"),
        ("n = 0\nwhile n < 2:\n    n += 1", "prints nothing"),
        ("n = 0\nwhile n < 2:\n    n += 1 // 0\nprint(n)", "does not run"),
        ("n = 0\nwhile n < 20:\n    n += 1\n    print(n)", "too much"),
        ("n = 0\nwhile n < 2:\n    n += 1\nprint([n for _ in range(3)])", "not learned yet"),
        ("n = 0\n" * 20 + "while n < 2:\n    n += 1\nprint(n)", "too long"),
    ],
)
def test_programs_that_are_no_exercise(
    loops: Material, printed: Printed, source: str, why: str
) -> None:
    made = made_of(ProgramDraft.model_construct(program=source), loops, PYTHON, printed)
    assert isinstance(made, Dropped)
    assert why in made.why


def test_a_program_that_was_shown_or_changes_from_run_to_run(
    loops: Material, printed: Printed
) -> None:
    source = "n = 3\nwhile n < 40:\n    n = n * 2\nprint(n)"
    shown = replace(loops, shown=(ProgramDraft(program=f"{source}  # a note"),))
    made = made_of(ProgramDraft(program=source), shown, PYTHON, printed)
    assert made == Dropped("It was there before.")
    outputs = iter(("1\n", "2\n"))
    other = made_of(ProgramDraft(program=source), loops, PYTHON, lambda _: next(outputs))
    assert other == Dropped("It prints something else each time.")
    nothing = replace(loops, subject=None)
    assert isinstance(made_of(ProgramDraft(program=source), nothing, PYTHON, printed), Dropped)


def test_what_stands_out_in_programs() -> None:
    own = ["for n in [1]:\n    print(n)", "for a in 'ab':\n    print(a)"]
    subject = subject_of(own, ["n = 3\nprint(n + 1)"])
    assert subject.core == {"For", "List"} or "For" in subject.core
    assert "BinOp" in subject.allowed
    assert why_not("for n in [2]:\n    print(n + 1)", subject) == ""
    assert "nothing of what" in why_not("print(2 + 1)", subject)
    assert "Nothing tells" in why_not("print(1)", subject_of(["print(1)"], ["print(1)"]))
    assert gives_away("print('a')\nprint(3)", "a\n3")
    assert gives_away("b = [3, 4]\nprint(b)", "[3, 4]")
    assert not gives_away("print(3 + 4)", "7")


def test_a_model_is_shown_what_was_made_before(loops: Material) -> None:
    kind = draft_kind(_course(PYTHON))
    turns = turns_for(loops.concept, loops.shown, kind, "It was there before.")
    assert len(turns) == 2 + 2 * min(3, len(loops.shown))
    assert turns[-1].content.endswith("It was there before.")
    assert "Python" in turns[0].content
    assert draft_kind(_course(MUSIC)) is NotesDraft
