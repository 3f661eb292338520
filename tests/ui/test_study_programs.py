"""The page of programs over the real sandbox and the real ruff; only the model is scripted."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from assistant.domain.code_review import CheckedBy
from assistant.domain.errors import EnvironmentProblem
from assistant.engine.scripted import Script, ScriptedAnswer, scripted_engine
from assistant.services.core import Core
from assistant.services.study.code_values import (
    CodeExplanation,
    CodeLevel,
    Line,
    Section,
    SectionKind,
)
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.study.programs.controller import ProgramsController
from assistant.ui.study.programs.page import EXAMPLE
from assistant.ui.study.programs.section_card import SectionCard
from assistant.ui.study.programs.words import CodeWords, check_of
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.labels import PlainLabel
from tests.helpers.signals import record
from tests.helpers.study_stand import all_threads, studying

Key, Modifier = Qt.Key, Qt.KeyboardModifier
SAYS = "It defines a function average that takes scores. [1] The moon is made of green cheese. \
The `sum` function adds the numbers."


class Stand:
    """The page in a window of its own, over a core that all tests share."""

    def __init__(self, theme: Theme, core: Core) -> None:
        self.core = core
        self.window = QWidget()
        self.window.resize(1000, 700)
        self.relay = JobRelay(self.window)
        self.controller = ProgramsController(theme, core.study, self.relay, self.window)
        self.page = self.controller.widget
        self.page.setParent(self.window)
        self.page.resize(1000, 700)
        self.failed = record(self.controller.failed)
        self.window.show()

    def settle(self, bot: QtBot) -> None:
        bot.waitUntil(lambda: not self.controller.busy)

    def look(self, bot: QtBot, program: str) -> None:
        self.page.editor.put("program.py", program)
        self.page.editor.look.click()
        self.settle(bot)

    def card(self, kind: SectionKind) -> SectionCard:
        return next(each for each in self.page.sections if each.section.kind is kind)

    def words(self) -> str:
        QApplication.sendPostedEvents()  # Qt shows in the next turn what was put into a layout
        labels = self.page.findChildren(PlainLabel)
        said = [each.words if isinstance(each, CodeWords) else each.text() for each in labels]
        there = [each.isVisibleTo(self.page) for each in labels]
        return "\n".join(words for shown, words in zip(there, said, strict=True) if shown)


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory, starter_model: Path) -> Iterator[Core]:
    assert starter_model.is_file()
    engine = scripted_engine(Script((ScriptedAnswer(SAYS),)))
    with studying(tmp_path_factory.mktemp("p"), engine) as made:
        all_threads(made)
        made.study.grading.warm_up().result(60)
        made.models.ensure("").result(60)
        yield made


@pytest.fixture
def stand(qapp: QApplication, theme: Theme, core: Core) -> Iterator[Stand]:
    made = Stand(theme, core)
    yield made
    made.controller.close()
    made.relay.close()
    made.window.close()
    made.window.deleteLater()


def test_the_empty_page_offers_an_example_and_each_part_says_what_it_was_checked_by(
    stand: Stand, qtbot: QtBot
) -> None:
    page = stand.page
    assert page.empty.isVisible()
    assert not page.editor.look.isEnabled()
    page.empty.tried.emit("A program with a mistake in it")
    assert page.editor.look.text() == "Stop"
    stand.settle(qtbot)
    assert page.editor.program == EXAMPLE
    assert not page.empty.isVisible()
    pills = {each.section.kind: each.pill.text() for each in page.sections}
    assert pills[SectionKind.DOES] == "Checked by its structure"
    assert pills[SectionKind.RUN] == "Checked by running it"
    assert pills[SectionKind.STYLE] == "Checked by ruff"
    assert pills[SectionKind.MEASURES] == "An estimate"
    for part in ("It printed", "Lowest: 4", "It ends with `IndexError`: list index out of range."):
        assert part in stand.words()
    assert page.editor.editor.mark_of(5) == "bad"
    wrong = stand.card(SectionKind.WRONG)
    assert page.sections[0] is wrong, "what one has come for stands first"
    row = next(each for each in wrong.rows if each.line.line == 4)
    row.button.click()
    assert page.editor.editor.mark_of(4) == "lampink"
    assert page.editor.editor.hasFocus()
    stops = [each for each in page.stops() if each.isVisible() and each.isEnabled()]
    page.editor.look.setFocus()
    QTest.keyClick(page.editor.look, Key.Key_Tab)
    here = stops.index(page.editor.look)
    assert stops[here + 1].hasFocus()
    assert stops.index(row.button) > stops.index(page.explain.button) > here


def test_what_was_found_says_when_it_is_about_another_program(stand: Stand, qtbot: QtBot) -> None:
    stand.look(qtbot, "print(1)\n")
    assert stand.page.explain.isVisible()
    QTest.keyClicks(stand.page.editor.editor, "x")
    assert "The program has changed" in stand.words()
    assert not stand.page.explain.isVisible()
    stand.page.editor.editor.undo()
    assert "The program has changed" not in stand.words()
    assert stand.page.explain.isVisible()


def test_what_is_typed_into_it_has_a_field_and_control_enter_looks(
    stand: Stand, qtbot: QtBot
) -> None:
    editor = stand.page.editor
    QApplication.clipboard().setText("print(2)\n")
    stand.page.challenge_button.setFocus()
    QTest.keyClick(stand.page.challenge_button, Key.Key_V, Modifier.ControlModifier)
    assert editor.program == "print(2)\n", "what is pasted anywhere goes into the editor"
    assert not editor.typed.isVisible()
    editor.put("a.py", "print('Good day, ' + input())\n")
    assert editor.typed.isVisible()
    editor.typed.setPlainText("Ada")
    QTest.keyClick(editor.editor, Key.Key_Return, Modifier.ControlModifier)
    assert stand.controller.busy
    stand.settle(qtbot)
    assert "Good day, Ada" in stand.words()
    QTest.keyClick(editor.editor, Key.Key_Escape)
    assert editor.look.hasFocus()


def test_what_is_no_program_is_said_in_words(stand: Stand, qtbot: QtBot) -> None:
    stand.look(qtbot, "x = 1\nprint(x\n")
    assert [each.section.kind for each in stand.page.sections] == [SectionKind.UNREADABLE]
    assert not stand.page.explain.isVisible()
    assert stand.page.editor.editor.mark_of(2) == "bad"
    stand.page.editor.editor.clear()
    assert not stand.page.editor.look.isEnabled()


def test_a_machine_that_cannot_run_programs_still_has_them_read(
    stand: Stand, qtbot: QtBot, core: Core, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise EnvironmentProblem("The sandbox is not there.", "Install it.", code="no_sandbox")

    monkeypatch.setattr(core.study.grading.sandbox, "run", refuse)
    monkeypatch.setattr(core.study.grading.sandbox, "trace", refuse)
    stand.look(qtbot, "print(1)\n")
    assert "It was not run. The sandbox is not there. Install it." in stand.words()
    assert SectionKind.DOES in {each.section.kind for each in stand.page.sections}
    stand.page.editor.trace.click()
    stand.settle(qtbot)
    (said,) = stand.failed[0]
    assert isinstance(said, EnvironmentProblem)
    assert said.code == "no_sandbox"
    assert not stand.page.trace.isVisible()


def test_a_run_is_gone_through_step_by_step_with_a_sentence_on_each(
    stand: Stand, qtbot: QtBot
) -> None:
    page = stand.page
    page.editor.put("a.py", "def f(n):\n    return n + 1\n\n\nx = f(2)\n")
    page.editor.trace.click()
    stand.settle(qtbot)
    assert page.trace.isVisible()
    last = page.trace.slider.maximum()
    said: list[str] = []
    for place in range(last + 1):
        page.trace.slider.setValue(place)
        said.append(page.step_words.words)
    assert any("x" in words and "3" in words for words in said)
    page.trace.run_wanted.emit("f(40)")
    stand.settle(qtbot)
    page.trace.slider.setValue(page.trace.slider.maximum())
    assert page.trace.slider.maximum() > last
    QTest.keyClicks(page.editor.editor, "#")
    assert not page.trace.slider.isVisible(), "it is of another program"
    page.trace.closed.emit()
    assert not page.trace.isVisible()


def test_a_model_explains_it_and_each_sentence_says_what_is_known_of_it(
    stand: Stand, qtbot: QtBot
) -> None:
    stand.look(qtbot, EXAMPLE)
    card = stand.page.explain
    card.level.set_current(2)
    levels = record(card.wanted)
    card.button.click()
    assert levels == [(CodeLevel.ADVANCED,)]
    assert card.button.text() == "Stop"
    qtbot.waitUntil(lambda: not card.busy)
    assert card.said[0].says.startswith("Stands in what code found. Line 1: Defines a")
    assert card.said[1].says == "Not checked"
    assert card.said[2].says.startswith("The program says otherwise: ")
    assert card.note.text().startswith("1 of 3 sentences stand in what code found. Written by ")


def test_words_about_another_program_are_not_shown(stand: Stand, qtbot: QtBot) -> None:
    stand.look(qtbot, EXAMPLE)
    card = stand.page.explain
    card.button.click()
    stand.look(qtbot, "print(1)\n")
    assert not card.busy
    stand.core.workers.in_pool(lambda _: None).result(60)
    QApplication.processEvents()
    assert (card.said, card.button.text()) == ([], "Explain")


def test_an_explanation_that_was_stopped_or_failed_says_so(stand: Stand) -> None:
    card = stand.page.explain
    card.begin()
    card.add_text("```python\nx = 1\n")
    assert not card.live.text(), "a program that it repeats is no word of its own"
    card.add_text("```\nIt adds")
    assert card.note.text() == "Not checked while it is being written."
    stopped = record(card.stopped)
    card.button.click()
    assert len(stopped) == 1
    card.show_explained(CodeExplanation((), (), stopped=True))
    assert (card.live.text(), card.note.text()) == ("It adds", "Stopped. Not checked.")
    card.show_error("There is no model. Get one.")
    assert card.note.text() == "There is no model. Get one."
    card.show_explained(CodeExplanation((), (), missing="No model could explain it."))
    assert card.note.text() == "No model could explain it."
    assert not card.busy


def test_how_it_ran_stands_first_where_it_ran_into_an_error(stand: Stand, qtbot: QtBot) -> None:
    stand.look(qtbot, "print('a')\nprint(1 / 0)\n")
    assert stand.page.sections[0].section.kind is SectionKind.RUN
    assert "What it divides by is 0 here. Ask for that case before this line." in stand.words()
    stand.look(qtbot, "print('a')\n")
    assert stand.page.sections[0].section.kind is SectionKind.DOES


def test_the_trace_of_another_program_is_put_away(stand: Stand, qtbot: QtBot) -> None:
    page = stand.page
    page.editor.put("mine.py", "print(1)\n")
    page.editor.trace.click()
    stand.settle(qtbot)
    assert page.trace.isVisible()
    page.challenge_button.click()
    page.picker.button.click()
    stand.settle(qtbot)
    assert page.challenge.challenge is not None
    assert not page.trace.isVisible()


def test_a_challenge_comes_with_tests_that_can_be_run(stand: Stand, qtbot: QtBot) -> None:
    page = stand.page
    page.challenge_button.click()
    qtbot.waitUntil(lambda: page.picker.topic.count() > 5)
    page.picker.kind.set_current(1)
    page.picker.level.set_current(2)
    page.picker.button.click()
    assert page.picker.button.text() == "Stop"
    stand.settle(qtbot)
    challenge = page.challenge.challenge
    assert challenge is not None
    assert (challenge.level, page.editor.program) == (2, challenge.task.starter)
    assert page.challenge.pill.text() == "Checked by running its tests"
    assert not page.picker.isVisible()
    QTest.keyClick(page.editor.editor, Key.Key_Return, Modifier.ControlModifier)
    stand.settle(qtbot)
    assert page.tests.isVisible()
    assert not page.challenge.result.isVisible()
    page.challenge.hint.click()
    assert challenge.hint in stand.words()
    said = record(stand.controller.said)
    page.challenge.solution.click()
    assert said == [("Undo in the editor brings back the program that stood there.",)]
    assert not page.tests.isVisible(), "what they said was about another program"
    page.editor.tests.click()
    stand.settle(qtbot)
    assert page.challenge.result.words.startswith("All its tests pass. The slip in line ")
    page.editor.editor.undo()
    assert page.editor.program == challenge.task.starter, "what was there comes back"
    assert not page.challenge.result.isVisible()
    page.challenge.closed.emit()
    assert page.empty.isVisible()
    assert not page.editor.tests.isVisible()


def test_where_there_is_no_such_challenge_it_says_so(stand: Stand, qtbot: QtBot) -> None:
    stand.page.open_picker()
    stand.page.picker.wanted.emit(None, 5, "nothing of the kind")
    stand.settle(qtbot)
    assert "There is no challenge of level 5 about “nothing of the kind”." in stand.words()
    stand.page.picker.button.click()
    stand.page.picker.button.click()
    assert not stand.controller.busy, "the second press stops it"
    stand.page.picker.closed.emit()
    assert stand.page.empty.isVisible()


def test_a_file_that_is_dropped_is_opened_and_looked_at(
    stand: Stand, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "greet.py"
    path.write_bytes(b"print('good day')\r\n")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    editor = stand.page.editor.editor
    assert editor.canInsertFromMimeData(data)
    editor.insertFromMimeData(data)
    stand.settle(qtbot)
    assert stand.page.editor.name.text() == "greet.py"
    assert editor.program == "print('good day')\n"
    assert "It printed" in stand.words()
    stand.page.editor.open_wanted.emit(str(tmp_path / "gone.py"))
    stand.settle(qtbot)
    assert "“gone.py” cannot be read: no such file or directory." in stand.words()
    assert "It printed" in stand.words(), "what was found before stays"
    assert editor.program == "print('good day')\n"


def test_a_narrow_window_has_one_column_and_long_parts_are_folded(
    stand: Stand, qtbot: QtBot
) -> None:
    stand.look(qtbot, "".join(f"x{n} = {n}\n" for n in range(30)) + EXAMPLE)
    card = stand.card(SectionKind.DOES)
    assert len(card.rows) == 10
    card.more.click()
    assert len(card.rows) == len(card.section.lines)
    assert not card.more.isVisible()
    beside = stand.page.explain.mapTo(stand.page, stand.page.explain.rect().topLeft()).x()
    stand.page.explain.button.setFocus()
    stand.page.resize(560, 700)
    assert stand.page.explain.button.hasFocus(), "the keys stay where they are"
    below = stand.page.explain.mapTo(stand.page, stand.page.explain.rect().topLeft()).x()
    assert beside > 400 > below
    stand.page.resize(690, 700)
    QApplication.processEvents()
    holder = stand.page.explain.parentWidget()
    assert holder is not None
    empty = holder.height() - stand.page.sections[-1].geometry().bottom()
    assert empty < 20, "nothing stands empty below the last part"


def test_words_are_never_taken_for_html_and_what_nothing_checked_says_so(theme: Theme) -> None:
    label = CodeWords(theme, "`a < b` <b>bold</b> and a lone ` sign")
    assert "&lt;b&gt;bold&lt;/b&gt; and a lone ` sign" in label.text()
    assert label.text().count("<span") == 1
    section = Section(SectionKind.DOES, "It", CheckedBy.NOTHING, "", (Line("words"),))
    assert check_of(section)[0] == "Not checked"
    label.deleteLater()
