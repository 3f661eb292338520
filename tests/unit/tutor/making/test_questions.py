"""Questions about programs of every shape: proved by trying each choice."""

import re
from collections import Counter
from dataclasses import replace

import pytest

from assistant.domain.exercise import AnswerKind, CodeTask, ProvedBy
from assistant.domain.ids import ConceptId
from assistant.tutor.making import ExerciseMaker
from assistant.tutor.making.drafts import About, Draw
from assistant.tutor.making.maker import graded
from assistant.tutor.making.proving import prove
from assistant.tutor.making.proving_programs import Run, changed, with_tests
from assistant.tutor.making.questions import (
    Template,
    assertions_of,
    block,
    by_level,
    challenge,
    gap,
    mended,
    typed,
    which,
)
from assistant.tutor.making.registry import GENERATORS

HINTS = ("Where?", "Look at it.", "Half of it.")
SHAPED = [
    "accumulating",
    "aliasing",
    "boolean-logic",
    "classes",
    "comparisons",
    "complexity",
    "comprehensions",
    "conditions",
    "dataclasses",
    "debugging",
    "dictionaries",
    "docstrings-and-hints",
    "exceptions",
    "files",
    "first-functions",
    "for-loops",
    "functions-as-values",
    "generators",
    "indexing-and-slicing",
    "inheritance",
    "input-and-conversion",
    "json-and-dates",
    "list-methods",
    "lists",
    "merge-sort",
    "modules",
    "nested-data",
    "parameters-and-defaults",
    "raising",
    "range",
    "recursion",
    "regular-expressions",
    "return-vs-print",
    "scope",
    "searching",
    "sets",
    "sorting-with-key",
    "special-methods",
    "string-formatting",
    "string-methods",
    "strings",
    "testing",
    "tuples",
    "while-loops",
]


@pytest.fixture
def run(maker: ExerciseMaker) -> Run:
    runs = maker.run
    assert runs is not None
    return runs


def test_a_gap_needs_one_choice_alone_that_gives_the_output(run: Run) -> None:
    lines = ["n = 4", "print(n ___ 2)"]
    others = [("+", ""), ("-", ""), ("//", "")]
    draft = gap(Draw("any", 2), lines, "*", others, 8)
    assert prove(draft, run) == (
        ProvedBy.TESTS,
        "Each choice was put into the program and run: only one gives this output.",
    )
    assert prove(replace(draft, answer="`+`"), run) is None
    two = gap(Draw("any", 2), ["n = 2", "print(n ___ 2)"], "*", others, 4)
    assert prove(two, run) is None


def test_a_change_of_another_line_that_helps_as_well_is_no_question(run: Run) -> None:
    lines = [*block("def f(n):", "return n + 2"), "print(f(3))"]
    made = mended(Draw("any", 2), lines, (2, "return n + 3"), [(3, "print(f(5))", "")])
    assert prove(made(6, HINTS), run) is not None
    assert prove(made(7, HINTS), run) is None
    both = mended(Draw("any", 2), lines, (2, "return n + 3"), [(3, "print(f(4))", "")])
    assert prove(both(6, HINTS), run) is None


def test_a_change_names_a_line_that_is_there() -> None:
    assert changed("if n:\n    a = 1", "Line 2: `a = 2`") == "if n:\n    a = 2"
    for words in ("Line 3: `a`", "Line 0: `a`", "a = 2"):
        with pytest.raises(ValueError, match="changes no line"):
            changed("if n:\n    a = 1", words)


def test_one_expression_alone_is_true(run: Run) -> None:
    draft = which(Draw("any", 2), "Which?", ["n = 4"], "n == 4", [("n > 4", ""), ("m", "")], HINTS)
    assert prove(draft, run) is not None
    assert prove(replace(draft, answer="`n > 4`"), run) is None


def test_tests_have_to_refuse_what_is_wrong(run: Run) -> None:
    right = "def twice(n):\n    return 2 * n\n"
    tests = assertions_of("more", "twice", ("twice(2)", 4), ("twice(3)", 6))
    task = CodeTask("more", "def twice(n):\n    return n\n", tests, right)
    square = "def twice(n):\n    return n * n\n"
    draft = challenge("Twice", "Write it.", task, [square], HINTS)
    assert prove(draft, run) is not None
    weak = replace(task, tests=assertions_of("more", "twice", ("twice(2)", 4)))
    assert prove(replace(draft, code=weak), run) is None
    assert prove(replace(draft, code=replace(task, reference=square)), run) is None
    assert prove(replace(draft, code=replace(task, starter=right)), run) is None
    assert prove(replace(draft, code=None), run) is None
    assert run(with_tests(right, tests, "more")).strip() == "every test passed"


def test_an_output_that_is_a_number_is_typed_as_one(run: Run) -> None:
    draft = typed(Draw("any", 1), ["print(2 + 3)"], 5, [(6, "off-by-one"), (5, "")], HINTS)
    assert (draft.kind, draft.wrong) == (AnswerKind.NUMBER, (("6", "off-by-one"),))
    assert prove(draft, run) is not None
    words = typed(Draw("any", 1), ["print('a', 1)"], "a 1", [], HINTS)
    assert words.kind is AnswerKind.SHORT


def test_each_level_has_its_half_of_the_templates() -> None:
    found: dict[int, set[str]] = {}

    def template(at: int) -> Template:
        return lambda draw: typed(draw, [f"print({at})"], at, [], HINTS)

    templates = [template(at) for at in range(5)]
    for level in range(1, 6):
        drafts = [by_level(Draw(f"{seed}", level), *templates) for seed in range(40)]
        found[level] = {draft.answer for draft in drafts}
    assert found[1] == {"0", "1", "2"}
    assert found[5] == {"2", "3", "4"}


@pytest.mark.parametrize("name", SHAPED)
def test_concepts_have_questions_of_several_shapes(name: str) -> None:
    shapes = Counter(
        GENERATORS[name](Draw(f"{seed}", level)).claim.about
        for level in (1, 3, 5)
        for seed in range(20)
    )
    assert About.TESTS in shapes
    assert len(shapes) >= 3


def test_a_program_to_be_written_comes_with_what_grades_it(maker: ExerciseMaker) -> None:
    made = (maker.make("lists", ConceptId("lists"), 5, seed) for seed in range(40))
    exercise = next(one for one in made if one.code is not None)
    assert exercise.kind is AnswerKind.CODE
    assert exercise.title
    assert exercise.code is not None
    assert exercise.code.starter != exercise.code.reference
    assert maker.again(exercise.id, exercise.concept) == exercise


def test_choices_that_are_graded_alike_are_not_given_out(maker: ExerciseMaker) -> None:
    for seed in range(12):
        exercise = maker.make("regular-expressions", ConceptId("regular-expressions"), 3, seed)
        right = [one for one in exercise.choices if graded(exercise, one.text).correct]
        assert len(right) == bool(exercise.choices)


@pytest.mark.parametrize("name", [*SHAPED, "printing", "numbers", "variables"])
def test_each_level_has_programs_enough_that_differ_by_more_than_numbers(name: str) -> None:
    for level in range(1, 6):
        drafts = [GENERATORS[name](Draw(f"kinds:{seed}", level)) for seed in range(40)]
        kinds = {re.sub(r"\d+", "#", draft.prompt.split("\n", 1)[-1]) for draft in drafts}
        assert len({draft.prompt for draft in drafts}) >= 24
        assert len(kinds) >= 5
