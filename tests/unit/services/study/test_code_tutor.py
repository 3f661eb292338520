"""Programs looked at, explained and traced by the real sandbox and the real ruff."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.config.paths import profile_paths
from assistant.domain.code_review import CheckedBy
from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.domain.exercise import Killed
from assistant.domain.trace import StepKind
from assistant.engine.scripted import Script, ScriptedAnswer, scripted_engine
from assistant.sandbox.sandbox import Sandbox
from assistant.services.completions import Completions
from assistant.services.core import Core, CoreOptions
from assistant.services.study.code_tutor import CodeTutor
from assistant.services.study.code_values import (
    CodeAnswer,
    CodeExplanation,
    CodeLevel,
    Explained,
    SectionKind,
)
from assistant.services.study.grading import GradingService
from assistant.services.study.ruff_runner import RuffMissing, ruff_binary, ruff_findings
from assistant.services.study.wording import Wording
from assistant.tutor.books.grounding import Support
from tests.unit.services.study.threads import start_threads

PROGRAM = """\
import os

def total(xs):
    sum = 0
    for i in range(len(xs) + 1):
        sum += xs[i]
    return sum

print("begin")
print(total([1, 2]))
"""
SAYS = "It defines a function total that takes xs. [1] The moon is made of green cheese. \
The `sum` function adds the numbers.\n\n```python\ndef total(xs): ...\n```\n"


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory, starter_model: Path) -> Iterator[Core]:
    """One for all: it opens no vault, and keeps its sandbox warm."""
    assert starter_model.is_file()
    options = CoreOptions(paths=profile_paths(tmp_path_factory.mktemp("p")), keyring=False)
    made = Core(options, scripted_engine(Script((ScriptedAnswer(SAYS),))))
    start_threads(made)
    yield made
    made.close()


def _end(answer: CodeAnswer) -> CodeExplanation:
    last = list(answer)[-1]
    assert isinstance(last, Explained)
    return last.explanation


def test_every_part_says_what_answers_for_it(core: Core) -> None:
    found = core.study.code_tutor.analyse(PROGRAM).result(60)
    assert [each.kind for each in found.sections] == [
        SectionKind.DOES,
        SectionKind.RUN,
        SectionKind.WRONG,
        SectionKind.STYLE,
        SectionKind.MEASURES,
        SectionKind.NAMES,
    ]
    assert all(each.checked and each.how for each in found.sections)
    ran, wrong = found.section(SectionKind.RUN), found.section(SectionKind.WRONG)
    style, measures = found.section(SectionKind.STYLE), found.section(SectionKind.MEASURES)
    assert ran is not None
    assert ran.checked_by is CheckedBy.RUN
    assert [(one.words, one.line) for one in ran.lines] == [
        ("It shows: `begin`", 0),
        ("It ends with `IndexError`: list index out of range.", 6),
    ]
    assert wrong is not None
    assert [one.line for one in wrong.lines] == [4, 5]
    assert style is not None
    assert style.checked_by is CheckedBy.RUFF
    assert [(one.line, one.remedy) for one in style.lines] == [(1, "Remove the import.")]
    assert measures is not None
    assert measures.estimate
    assert found.missing == ()
    assert "Line 3: Defines a function `total`" in "\n".join(found.facts)


def test_a_text_that_is_no_program_is_told_in_one_part(core: Core) -> None:
    found = core.study.code_tutor.analyse("print 'hello'").result(60)
    assert not found.readable
    assert [each.kind for each in found.sections] == [SectionKind.UNREADABLE]
    assert "Python 2" in found.sections[0].lines[0].words
    assert found.run is None
    end = _end(core.study.code_tutor.explain(found))
    assert end.sentences == ()
    assert "Python 2" in end.missing


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("x = input()", "It asks for something to be typed; give it lines to read."),
        ("x = 1", "It shows nothing, and ends without an error."),
        ("for i in range(30): print(i)", "It shows 30 lines in all."),
        ("x = 'a' * (1 << 29)", "It was stopped: it took too much memory."),
        ("xs = []\nprint(1 / len(xs))", "What it divides by is 0 here."),
        ("def f(n):\n    return f(n + 1)\nf(0)", "which call should be the last one?"),
        ("print([1, 2][2])", "the first has the index 0"),
    ],
)
def test_how_it_ran_is_put_in_words(core: Core, source: str, words: str) -> None:
    found = core.study.code_tutor.analyse(source).result(60)
    section = found.section(SectionKind.RUN)
    assert section is not None
    assert words in " ".join(f"{one.words} {one.remedy}" for one in section.lines)
    if "memory" in words:
        assert found.run is not None
        assert found.run.killed is Killed.MEMORY


def test_what_goes_wrong_does_not_deny_the_error_that_its_run_showed(core: Core) -> None:
    titles = [
        core.study.code_tutor.analyse(source).result(60).section(SectionKind.WRONG)
        for source in ("xs = []\nprint(1 / len(xs))", "print(1)")
    ]
    assert [each and each.title for each in titles] == ["What else goes wrong", "What goes wrong"]


def test_what_is_typed_is_read_and_nothing_is_run_where_it_is_not_wanted(core: Core) -> None:
    ran = core.study.code_tutor.analyse("print(input() * 2)", "ab\n").result(60).run
    assert ran is not None
    assert ran.output == "abab\n"
    left = core.study.code_tutor.analyse("print(1)", run=False).result(60)
    assert left.run is None
    assert left.section(SectionKind.RUN) is None
    assert left.missing == ()


def test_sentences_of_the_model_are_held_against_what_was_found(core: Core) -> None:
    tutor = core.study.code_tutor
    found = tutor.analyse(PROGRAM, run=False).result(60)
    end = _end(tutor.explain(found, CodeLevel.ADVANCED))
    first, second, third = end.sentences
    assert first.support is Support.SUPPORTED
    assert end.facts[first.sources[0] - 1].startswith("Line 3: Defines a function `total`")
    assert (second.support, second.sources) == (Support.UNCHECKED, ())
    assert (third.support, third.sources) == (Support.UNCHECKED, ())
    assert end.objections[:2] == ("", "")
    assert "`sum` is no function" in end.objections[2]
    assert end.model
    assert end.missing == ""


def test_without_a_model_a_sandbox_or_ruff_it_says_what_is_missing(
    tmp_path: Path, starter_model: Path
) -> None:
    assert starter_model.is_file()
    broken = UserFacingError("It does not load.", "Choose another.", code="model_broken")
    options = CoreOptions(paths=profile_paths(tmp_path / "profile"), keyring=False)
    core = Core(options, scripted_engine(Script(load_fails_with=broken)))

    def no_ruff(_source: str) -> str:
        raise RuffMissing

    try:
        bare = Sandbox(tmp_path, tmp_path / "cache", tmp_path / "notes")
        completions = Completions(core.models, core.workers)
        tutor = CodeTutor(
            core.workers,
            GradingService(core.workers, bare),
            Wording(completions, core.workers),
            no_ruff,
        )
        found = tutor.analyse(PROGRAM).result(60)
        assert found.run is None
        assert found.section(SectionKind.RUN) is None
        style = found.section(SectionKind.STYLE)
        assert style is not None
        assert style.checked_by is CheckedBy.AST
        assert [words.split(",")[0].split(".")[0] for words in found.missing] == [
            "ruff",
            "It was not run",
        ]
        end = _end(tutor.explain(found))
        assert end.sentences == ()
        assert "It does not load." in end.missing
        with pytest.raises(EnvironmentProblem) as refused:
            tutor.trace("x = 1").result(60)
        assert refused.value.code == "sandbox_missing"
        bare.close()
    finally:
        core.close()


def test_a_trace_has_a_sentence_for_each_step(core: Core) -> None:
    source = "def f(n):\n    return n if n < 1 else f(n - 1)\nx = f(1)\n"
    traced = core.study.code_tutor.trace(source).result(60)
    assert len(traced.words) == len(traced.trace.steps)
    assert "f is called with n = 1." in traced.words
    assert "f gives back 0." in traced.words
    assert traced.words[-1] == "x is 0. The program ends."
    assert traced.trace.steps[-1].kind is StepKind.RETURN
    broken = core.study.code_tutor.trace("x = (").result(60).trace
    assert broken.run.error is not None
    assert broken.run.error.kind == "SyntaxError"
    with pytest.raises(UserFacingError) as refused:
        core.study.code_tutor.trace("").result(60)
    assert refused.value.code == "not_a_program"


def test_a_cancelled_explanation_says_so(core: Core) -> None:
    tutor = core.study.code_tutor
    found = tutor.analyse(PROGRAM, run=False).result(60)
    answer = tutor.explain(found)
    answer.cancel()
    end = _end(answer)
    assert end.stopped or end.sentences


def test_ruff_is_found_beside_a_frozen_application_and_missed_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert '"F401"' in ruff_findings("import os\n")
    assert ruff_findings("x = 1\n").strip() == "[]"
    with pytest.raises(RuffMissing):
        ruff_findings("x = 1", tmp_path / "nowhere")

    def refuse(*_: object, **__: object) -> "subprocess.CompletedProcess[bytes]":
        return subprocess.CompletedProcess([], 2, b"", b"")

    monkeypatch.setattr(subprocess, "run", refuse)
    with pytest.raises(RuffMissing):
        ruff_findings("x = 1")
    name = "ruff.exe" if sys.platform == "win32" else "ruff"
    (tmp_path / name).write_bytes(b"")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert ruff_binary() == tmp_path / name
    (tmp_path / name).unlink()
    monkeypatch.setitem(sys.modules, "ruff", None)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "app"))
    with pytest.raises(RuffMissing):
        ruff_binary()
