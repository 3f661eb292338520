"""Broken variants, challenges made by chance, ruff's findings, and steps in words."""

import ast
import json
from pathlib import Path

import pytest

from assistant.domain.code_review import CheckedBy, Weight
from assistant.domain.trace import Frame, ProgramRun, Step, StepKind, Trace, Variable
from assistant.tutor.coding.library import finding
from assistant.tutor.coding.mutations import mutants_of
from assistant.tutor.coding.reading import read_code
from assistant.tutor.coding.steps_words import step_words
from assistant.tutor.coding.style import findings_of
from assistant.tutor.coding.templates import made_tasks

PROGRAM = """\
def add(x, xs=None):  # é: columns count bytes
    if xs is None:
        xs = []
    xs.append(x)
    return xs


def total(xs, low):
    s = 0
    for i in range(1, len(xs)):
        if xs[i] > low and not xs[i] == 3:
            s += max(xs[i], low) * 2
    return s - 1


def cut(é, n):
    if ready(n):
        return é[n : n + 2]
    return pow(n, 2)


def show(name, age):
    names = [each for each in name if each.isalpha()]
    return f"{name}: {age} {names!r}"
"""


def test_each_kind_of_slip_is_made_and_changes_one_place_only() -> None:
    found = list(mutants_of(PROGRAM))
    assert {each.kind for each in found} == {
        "mutable-default", "off-by-one", "missing-return", "wrong-operator",
        "swapped-arguments", "wrong-start", "negated", "missing-line", "swapped-names",
    }  # fmt: skip
    assert len({each.source for each in found}) == len(found)
    for each in found:
        ast.parse(each.source)
        old, new = PROGRAM.splitlines(), each.source.splitlines()
        if each.kind == "missing-line":
            assert new == old[: each.line - 1] + old[each.line :]
        elif each.kind != "mutable-default":
            differing = [n for n, (a, b) in enumerate(zip(old, new, strict=True), 1) if a != b]
            assert differing == [each.line], each
        assert each.words.endswith((".", "`"))
    shown = [each.source for each in found]
    for piece in (
        "def add(x, xs=[]):\n    xs.append(x)", "range(1, len(xs) + 1)", "range(2, len(xs))",
        "xs[i] >= low", "(xs[i] > low or not xs[i] == 3)", "s -= max", "max(low, xs[i])",
        "    s - 1\n", "s = 1", "not ready(n)", "if not each.isalpha()",
        "{age}: {name}", "* 3", "        xs = []\n    return xs", "é[n + 1 : n + 2]", "pow(2, n)",
    ):  # fmt: skip
        assert any(piece in each or piece.strip("()") in each for each in shown), piece
    assert not list(mutants_of("print('hello')"))
    assert not [each for each in mutants_of("x = 'a' + name") if each.kind == "wrong-operator"]


@pytest.mark.parametrize("seed", range(4))
def test_challenges_that_are_made_are_right_by_their_own_tests(seed: int) -> None:
    tasks = made_tasks(seed)
    assert tasks == made_tasks(seed)
    assert {task.level for task in tasks} == {1, 2, 3, 4, 5}
    for task in tasks:
        space: dict[str, object] = {}
        exec(task.reference, space)  # noqa: S102 - our own
        body = task.tests.split("\n", 1)[1]
        tests = body.count("def test_")
        assert tests >= 5
        exec(body, space)  # noqa: S102 - our own
        for number in range(1, tests + 1):
            check = space[f"test_{number}"]
            assert callable(check)
            check()
        assert read_code(task.reference).findings == (), task.name
        assert f"`{task.name}(" in task.prompt
        assert task.starter.startswith(f"def {task.name}(")
    assert tasks != made_tasks(seed + 100)


def _row(code: str, line: int, message: str, fix: str | None = None) -> dict[str, object]:
    fixing = {"message": fix} if fix else None
    return {"code": code, "location": {"row": line}, "message": message, "fix": fixing}


def test_what_ruff_says_is_put_in_words_and_not_said_twice() -> None:
    rows = [
        _row("F401", 1, "`os` imported but unused", "Remove unused import: `os`"),
        _row("B006", 2, "Do not use mutable data structures"),
        _row("F841", 9, "Local variable `y` is assigned to but never used"),
        _row("FURB999", 4, "Something new", "Do it"),
        _row("F811", 5, "Redefinition of unused `f`"),
    ]
    known = [
        finding("mutable-default", 2, what="`[]`", name="x"),
        finding("never-used", 3, name="y"),
    ]
    found = findings_of(json.dumps(rows), known)
    assert [(one.kind, one.line) for one in found] == [("F401", 1), ("FURB999", 4), ("F811", 5)]
    assert found[0].title == "Something is imported and not used"
    assert (found[1].title, found[1].remedy) == ("Something new.", "Do it.")
    assert {one.checked_by for one in found} == {CheckedBy.RUFF}
    assert {one.weight for one in found} == {Weight.STYLE}
    assert len(findings_of(json.dumps(rows), [])) == 5


@pytest.mark.parametrize("told", ["", "{}", "[1]", '[{"code": "F401"}]', "no"])
def test_what_ruff_never_says_is_refused(told: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        findings_of(told, [])


def _step(kind: StepKind, line: int, name: str, value: str = "", **shown: str) -> Step:
    variables = tuple(Variable(each, words, "int", 7) for each, words in shown.items())
    frames = (Frame("<module>", 1, ()),) if name != "<module>" else ()
    return Step(kind, line, (*frames, Frame(name, line, variables)), 0, value)


def test_steps_say_what_changed() -> None:
    steps = (
        _step(StepKind.LINE, 1, "<module>"),
        _step(StepKind.LINE, 2, "<module>", a="1"),
        _step(StepKind.CALL, 5, "f", n="1"),
        _step(StepKind.LINE, 6, "f", n="1"),
        _step(StepKind.LINE, 7, "f", n="2", b="3", c="4", d="5", e="6"),
        _step(StepKind.RETURN, 7, "f", "6", n="2", b="3", c="4", d="5", e="6"),
        _step(StepKind.EXCEPTION, 2, "<module>", "KeyError", a="1"),
        _step(StepKind.RETURN, 2, "<module>", a="1"),
    )
    assert step_words(Trace(steps, ProgramRun(""))) == (
        "",
        "a is 1.",
        "f is called with n = 1.",
        "",
        "n has changed to 2. b is 3. c is 4. d is 5. 1 further names change.",
        "f gives back 6.",
        "a is 1. KeyError is raised.",
        "The program ends.",
    )


def test_nothing_of_a_program_is_run_by_reading_it(tmp_path: Path) -> None:
    target = tmp_path / "made"
    read_code(f"open({str(target)!r}, 'w')\nraise SystemExit")
    assert not target.exists()
