"""Programs as exercises: the editor's keys, the tests, and the way through a run."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from assistant.domain.errors import EnvironmentProblem
from assistant.domain.exercise import AnswerKind, CaseResult, Killed, RunReport
from assistant.domain.ids import ConceptId
from assistant.domain.trace import (
    Frame,
    ProgramError,
    ProgramRun,
    Step,
    StepKind,
    Trace,
    Variable,
)
from assistant.services.core import Core
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.study.exercise.code_editor import CodeEditor
from assistant.ui.study.exercise.code_keys import partner
from assistant.ui.study.exercise.code_pane import CodePane
from assistant.ui.study.exercise.controller import ExerciseController
from assistant.ui.study.exercise.tests_card import CaseRow, case_name, cut, told_apart
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel
from tests.helpers.practice import in_hand
from tests.helpers.signals import record
from tests.helpers.study_stand import PYTHON, all_threads, enrol, studying
from tests.helpers.transcript_stand import AtOnce

Key, Modifier = Qt.Key, Qt.KeyboardModifier
RECURSION = ConceptId("recursion")


@pytest.fixture
def editor(theme: Theme, qapp: QApplication) -> Iterator[CodeEditor]:
    made = CodeEditor(theme, AtOnce())
    made.resize(500, 300)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def typed(editor: CodeEditor, text: str) -> str:
    """What stands there after typing; a line break is Enter."""
    for number, line in enumerate(text.split("\n")):
        if number:
            QTest.keyClick(editor, Key.Key_Return)
        QTest.keyClicks(editor, line)
    return editor.program


def test_lines_are_indented_as_python_wants_it(editor: CodeEditor) -> None:
    program = typed(editor, "def f(n):  # a comment: yes\nif n:\nreturn 1\nreturn 2\ndone")
    assert program == (
        "def f(n):  # a comment: yes\n    if n:\n        return 1\n    return 2\ndone"
    )


def test_brackets_and_quotes_come_in_pairs(editor: CodeEditor) -> None:
    assert typed(editor, "f([x") == "f([x])"
    assert typed(editor, "])") == "f([x])", "what closes is stepped over"
    editor.load("")
    assert typed(editor, '"""') == '"""', "three quotes open a text of several lines"
    editor.load("")
    assert typed(editor, "don't") == "don't"
    editor.load("word")
    editor.selectAll()
    QTest.keyClicks(editor, "(")
    assert editor.program == "(word)"
    assert editor.textCursor().selectedText() == "word"
    editor.load("")
    typed(editor, "(")
    QTest.keyClick(editor, Key.Key_Backspace)
    assert editor.program == ""
    typed(editor, "{")
    QTest.keyClick(editor, Key.Key_Return)
    assert editor.program == "{\n    \n}"


def test_tab_indents_lines_and_backspace_takes_whole_steps(editor: CodeEditor) -> None:
    editor.load("a\nb\n\nc")
    editor.selectAll()
    QTest.keyClick(editor, Key.Key_Tab)
    assert editor.program == "    a\n    b\n\n    c"
    QTest.keyClick(editor, Key.Key_Backtab)
    assert editor.program == "a\nb\n\nc"
    QTest.keyClick(editor, Key.Key_Slash, Modifier.ControlModifier)
    assert editor.program == "# a\n# b\n\n# c"
    QTest.keyClick(editor, Key.Key_Slash, Modifier.ControlModifier)
    assert editor.program == "a\nb\n\nc"
    editor.load("      x")
    cursor = editor.textCursor()
    cursor.setPosition(6)
    editor.setTextCursor(cursor)
    QTest.keyClick(editor, Key.Key_Backspace)
    assert editor.program == "    x"
    QTest.keyClick(editor, Key.Key_Home)
    assert editor.textCursor().position() == 0
    QTest.keyClick(editor, Key.Key_Home)
    assert editor.textCursor().position() == 4, "to the first letter"
    QTest.keyClick(editor, Key.Key_Tab)
    assert editor.program == "        x"


def test_what_is_pasted_is_plain_text(editor: CodeEditor) -> None:
    data = QMimeData()
    data.setHtml("<b>no</b>")
    data.setText("if x:\r\n\treturn 1")
    editor.insertFromMimeData(data)
    assert editor.program == "if x:\n    return 1"
    editor.replace("new")
    editor.undo()
    assert editor.program == "if x:\n    return 1", "a program that was replaced comes back"


def test_it_is_coloured_and_a_text_of_several_lines_is_one(
    editor: CodeEditor, theme: Theme, qtbot: QtBot
) -> None:
    editor.load('x = """\nreturn\n"""\nreturn 5')

    def colour(line: int) -> str:
        formats = editor.document().findBlockByNumber(line).layout().formats()
        first = formats[0].format if formats else None  # pyright: ignore[reportAttributeAccessIssue] - Qt's members are untyped
        return first.foreground().color().name() if first is not None else ""

    qtbot.waitUntil(lambda: colour(1) == theme.color("code.string").name())
    assert colour(3) == theme.color("code.keyword").name()
    theme.set(mode="dark")
    assert colour(3) == theme.color("code.keyword").name()
    long = "\n".join(f"x{n} = {n}" for n in range(1_500))
    editor.load(long)
    qtbot.waitUntil(lambda: colour(1_400) == theme.color("code.number").name())


def test_escape_lets_the_keys_out_and_control_enter_runs(editor: CodeEditor) -> None:
    out, run = record(editor.left_by_key), record(editor.run_wanted)
    QTest.keyClick(editor, Key.Key_Escape)
    QTest.keyClick(editor, Key.Key_Return, Modifier.ControlModifier)
    assert (len(out), len(run)) == (1, 1)
    editor.setReadOnly(True)
    QTest.keyClicks(editor, "x")
    QTest.keyClick(editor, Key.Key_Slash, Modifier.ControlModifier)
    assert editor.program == ""


def test_the_line_that_is_run_is_lit_and_the_partner_of_a_bracket_is_found(
    editor: CodeEditor,
) -> None:
    editor.load("a\nb\nf((x), [1])")
    editor.light_line(2)
    lit = editor.lit_line()
    assert lit is not None
    assert (lit[0].text(), lit[1]) == ("b", "lampsoft")
    assert editor.mark_of(2) == "lampink"
    editor.light_line(0)
    editor.mark_bad_line(3)
    assert editor.mark_of(3) == "bad"
    text = "f((x), [1])"
    assert partner(text, 1) == 10
    assert partner(text, 10) == 1
    assert partner(text, 0) is None
    assert partner("(", 0) is None
    editor.moveCursor(QTextCursor.MoveOperation.End)
    editor.activateWindow()
    editor.setFocus()
    assert not editor.grab().isNull()


# The exercise


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Core]:
    with studying(tmp_path_factory.mktemp("profile")) as made:
        enrol(made, PYTHON)
        all_threads(made)
        yield made


class Runs:
    """The sandbox's place: it tells what it was handed, and answers as it is told to."""

    def __init__(self) -> None:
        self.programs: list[str] = []
        self.report: RunReport | Exception = RunReport(())
        self.steps = Trace((), ProgramRun(""))

    def grade(self, source: str, _tests: str, _module: str, **_: object) -> RunReport:
        self.programs.append(source)
        if isinstance(self.report, Exception):
            raise self.report
        return self.report

    def trace(self, source: str, _stdin: str = "", **_: object) -> Trace:
        self.programs.append(source)
        return self.steps

    def nothing(self, *_: object, **__: object) -> None:
        """It is warm."""


@pytest.fixture
def runs(core: Core, monkeypatch: pytest.MonkeyPatch) -> Runs:
    made = Runs()
    sandbox = core.study.grading.sandbox
    monkeypatch.setattr(sandbox, "grade", made.grade)
    monkeypatch.setattr(sandbox, "trace", made.trace)
    monkeypatch.setattr(sandbox, "warm_up", made.nothing)
    return made


class Stand:
    """The screen with a program to be written."""

    def __init__(self, qtbot: QtBot, theme: Theme, core: Core) -> None:
        self.bot = qtbot
        self.window = QWidget()
        self.window.resize(1224, 800)
        self.relay = JobRelay(self.window)
        self.controller = ExerciseController(theme, core.study, self.relay, self.window)
        self.screen = self.controller.widget
        self.screen.setParent(self.window)
        self.screen.resize(1224, 800)
        self.failed = record(self.controller.failed)
        self.window.show()
        in_hand(core, PYTHON, "recursion", AnswerKind.CODE)
        self.controller.open(PYTHON, RECURSION)
        qtbot.waitUntil(lambda: self.controller.given is not None)

    @property
    def pane(self) -> CodePane:
        pane = self.screen.pane
        assert isinstance(pane, CodePane)
        return pane

    def run(self) -> None:
        self.pane.run.click()
        self.bot.waitUntil(lambda: not self.controller.waiting)

    def words(self) -> str:
        labels = self.screen.findChildren(PlainLabel)
        return "\n".join(label.text() for label in labels if label.isVisible())


@pytest.fixture
def stand(qtbot: QtBot, theme: Theme, core: Core, runs: Runs) -> Iterator[Stand]:
    made = Stand(qtbot, theme, core)
    assert runs.programs == []
    yield made
    made.controller.close()
    made.relay.close()
    made.window.close()
    made.window.deleteLater()


FAILED = CaseResult("test_from_three", False, "", "[3, 2, 1]", "[1]", "countdown(3)")
PASSED = CaseResult("test_from_zero", True, call="countdown(0)")


def test_the_tests_are_a_list_with_what_was_wanted_and_what_came(stand: Stand, runs: Runs) -> None:
    runs.report = RunReport((PASSED, FAILED), seconds=0.038, output="hello\n")
    stand.pane.editor.load("def countdown(n):\n    return [1]\n")
    stand.run()
    rows = [row.accessibleName() for row in stand.pane.tests.findChildren(CaseRow)]
    assert rows == ["Passed: From zero.", "Failed: From three. wanted [3, 2, 1], got [1]"]
    words = stand.words()
    for part in ("Checked by running tests", "38 ms", "Printed", "hello", "Partly right", "try 2"):
        assert part in words
    assert runs.programs[-1].startswith("def countdown")
    assert stand.screen.outcome.worth.text() == "50\u00a0% credit"


def test_what_was_wanted_and_what_came_can_be_told_apart(theme: Theme, qtbot: QtBot) -> None:
    assert told_apart("[3, 2, 1]", "[1]") == ("[3, 2, 1]", "[1]")
    forbidden = CaseRow(theme, CaseResult("test_all", False, "", "None", "None"))
    assert forbidden.accessibleName() == "Failed: All. wanted something else than None"
    line = "'Welcome to the lighthouse on the hill\\nMind the stairs'"
    wanted, got = told_apart(line, line.replace("Mind", "mind"))
    assert wanted == "…" + line[line.index("Mind") - 12 :]
    assert got == "…" + line.replace("Mind", "mind")[line.index("Mind") - 12 :]
    row = CaseRow(theme, CaseResult("test_all", False, "", line, line.replace("Mind", "mind")))
    qtbot.addWidget(row)
    row.resize(520, row.sizeHint().height())
    row.show()
    codes = [each for each in row.findChildren(ElidedLabel) if each.text().startswith("…")]
    assert [each.text() for each in codes] == [wanted, got]
    assert codes[0].y() < codes[1].y(), "below each other"
    assert all(each.width() >= each.sizeHint().width() for each in codes)


def test_what_keeps_a_program_from_running_is_said_in_words(stand: Stand, runs: Runs) -> None:
    trouble = "NameError: name 'Print' is not defined (line 1 of countdown.py)"
    failed = CaseResult("test_from_three", False, trouble)
    runs.report = RunReport((failed,), trouble=trouble)
    stand.pane.editor.load("Print(3)\n")
    stand.run()
    assert "Is `print` meant?" in stand.screen.outcome.remedy.text
    stand.pane.editor.load("print(Mind the stairs)\n")
    stand.run()
    assert "put it between quotation marks" in stand.screen.outcome.remedy.text
    runs.report = RunReport((PASSED, FAILED))
    stand.pane.editor.load("Print(3)\n")
    stand.run()
    assert stand.screen.outcome.remedy.isHidden(), "what the tests say is for the learner to find"


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (RunReport((), Killed.TIME), "It did not end in time"),
        (RunReport((), Killed.MEMORY), "It took more memory than it may have"),
        (RunReport((), trouble="SyntaxError in line 2"), "It could not be run"),
        (RunReport((CaseResult("x", False, "E" * 5_000),) * 90), "And 30 more"),
    ],
)
def test_a_run_that_came_to_no_good_end_is_said_in_words(
    stand: Stand, runs: Runs, report: RunReport, said: str
) -> None:
    runs.report = report
    stand.run()
    assert said in stand.words()
    assert all(len(each) < 6_000 for each in stand.words().split("\n"))
    if report.trouble:
        assert stand.pane.editor.mark_of(2) == "bad"


def test_a_program_that_passes_ends_the_exercise(stand: Stand, runs: Runs) -> None:
    runs.report = RunReport((PASSED,), seconds=0.01)
    stand.pane.editor.setFocus()
    QTest.keyClick(stand.pane.editor, Key.Key_Return, Modifier.ControlModifier)
    stand.bot.waitUntil(lambda: not stand.controller.waiting)
    assert stand.screen.outcome.head.text() == "Right"
    assert stand.pane.editor.isReadOnly()
    assert not stand.pane.run.isVisible()
    assert stand.window.focusWidget() is stand.screen.outcome.next


def test_reset_can_be_undone_and_what_is_typed_is_kept(stand: Stand) -> None:
    editor = stand.pane.editor
    given = stand.controller.given
    assert given is not None
    assert given.exercise.code is not None
    editor.load("mine")
    QTest.keyClicks(editor, "x")
    stand.bot.waitUntil(lambda: "saved" in stand.words())
    stand.pane.reset.click()
    assert editor.program == given.exercise.code.starter
    editor.undo()
    assert editor.program == "xmine"
    stand.controller.leave()
    stand.controller.open(PYTHON, RECURSION)
    stand.bot.waitUntil(lambda: stand.controller.given is not None)
    assert stand.pane.editor.program == "xmine"
    assert "as you left it" in stand.words()


def test_programs_that_cannot_be_run_are_said_to_be_so(stand: Stand, runs: Runs) -> None:
    runs.report = EnvironmentProblem("Programs cannot be run here.", "Install it again.")
    stand.run()
    assert stand.failed
    assert stand.pane.run.text() == "Run tests"
    assert stand.pane.run.isEnabled()


def moment(line: int, value: str, printed: int, kind: StepKind = StepKind.LINE) -> Step:
    inner = Frame("countdown", line, (Variable("n", value, "int", 0),))
    outer = Frame("<module>", 9, (Variable("countdown", "countdown(n)", "function", 1),))
    return Step(kind, line, (outer, inner), printed, "[3]" if kind is StepKind.RETURN else "")


def test_a_run_is_gone_through_step_by_step(stand: Stand, runs: Runs) -> None:
    steps = (moment(1, "3", 0, StepKind.CALL), moment(2, "3", 0), moment(2, "2", 4),
             moment(2, "2", 4, StepKind.RETURN))  # fmt: skip
    runs.steps = Trace(steps, ProgramRun("out\n"), cut=True)
    pane = stand.pane
    pane.editor.load("def countdown(n):\n    print('out')\n")
    pane.trace_button.click()
    stand.bot.waitUntil(lambda: "step 1 of 4" in stand.words())
    pane.trace.call.setText("countdown(3)")
    QTest.keyClick(pane.trace.call, Key.Key_Return)
    assert pane.trace.doing.text() == "Running …"
    stand.bot.waitUntil(lambda: "step 1 of 4" in stand.words())
    assert runs.programs[-1].endswith("\n\ncountdown(3)\n")
    assert pane.trace.doing.text() == "countdown() is called"
    slider = pane.trace.slider
    slider.setValue(2)
    assert pane.trace.doing.text() == "Next: line 2"
    assert pane.trace.variables.words == "The program\ncountdown(), line 2\nn = 2"
    assert pane.trace.printed.text() == "out"
    lit = pane.editor.lit_line()
    assert lit is not None
    assert lit[0].blockNumber() == 1
    slider.setValue(3)
    assert pane.trace.doing.text() == "countdown() gives back [3]"
    assert "and it went on" in stand.words()
    QTest.keyClicks(pane.editor, "#")
    assert pane.editor.lit_line() is None or pane.editor.lit_line()[1] == "well"  # pyright: ignore[reportOptionalSubscript] - asked before
    runs.steps = Trace((), ProgramRun("", ProgramError("NameError", "no x", 1)))
    QTest.keyClick(pane.trace.call, Key.Key_Return)
    stand.bot.waitUntil(lambda: pane.trace.doing.text() == "NameError in line 1: no x")
    QTest.keyClick(pane.trace.call, Key.Key_Escape)
    assert not pane.trace.isVisible()


def test_names_of_tests_are_words() -> None:
    assert case_name("test_from_three") == "From three"
    assert case_name("TestFlat.test_an_empty_list") == "An empty list"
    assert case_name("test") == "Test"
    assert cut("\n".join("x" * 900 for _ in range(40))).count("\n") == 12
