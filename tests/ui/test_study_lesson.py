"""The page of a lesson: read, followed, filled in, run, asked about, and left for practice."""

import contextlib
import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from assistant.domain.course import Lesson
from assistant.domain.errors import UserFacingError
from assistant.domain.exercise import Killed
from assistant.domain.ids import ConceptId, CourseId
from assistant.domain.trace import ProgramError, ProgramRun
from assistant.engine.scripted import Script, ScriptedAnswer, scripted_engine
from assistant.render.blocks import CodeBlock
from assistant.render.markdown import parse
from assistant.services.core import Core
from assistant.services.jobs import Job
from assistant.services.study.lesson_values import (
    Check,
    LessonOrigin,
    LessonReply,
    LessonView,
    Source,
)
from assistant.tutor.books.grounding import Sentence, Support
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.study.lesson.ask import SentenceRow, SourceRow
from assistant.ui.study.lesson.blanks import filled, with_blank
from assistant.ui.study.lesson.controller import LessonController
from assistant.ui.study.lesson.open_lesson import OpenLesson
from assistant.ui.study.lesson.snippets import Snippet, entries, programs_of, runnable
from assistant.ui.theme.theme import Theme
from tests.helpers.pictures import near, picture_of, put
from tests.helpers.signals import record
from tests.helpers.study_stand import ALGEBRA, PYTHON, all_threads, answered, enrol, studying

LOOPS, RATIO = ConceptId("while-loops"), ConceptId("ratio-and-proportion")
ANSWER = "A ratio compares by multiplication. [1] Whales sing all night long in winter."


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Core]:
    engine = scripted_engine(Script((ScriptedAnswer(ANSWER),)))
    with studying(tmp_path_factory.mktemp("profile"), engine) as made:
        enrol(made, PYTHON)
        answered(made, PYTHON, 11, days=11)
        all_threads(made)
        for _ in made.study.lessons.ask(ALGEBRA, RATIO, "How does a ratio compare?"):
            pass
        yield made


@pytest.fixture
def lesson(theme: Theme, core: Core, qapp: QApplication) -> Iterator[LessonController]:
    owner = QObject()
    made = LessonController(theme, core.study, JobRelay(owner), owner)
    put([], made.widget, 1040, 800)
    yield made
    made.close()
    made.widget.close()
    made.widget.deleteLater()
    owner.deleteLater()


def opened(lesson: LessonController, qtbot: QtBot, course: CourseId, concept: ConceptId) -> None:
    with qtbot.waitSignal(lesson.opened):
        lesson.open(course, concept)
    QApplication.processEvents()


def words_of(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


def test_it_says_where_it_stands_and_turns_to_its_neighbours(
    lesson: LessonController, qtbot: QtBot, theme: Theme
) -> None:
    opened(lesson, qtbot, PYTHON, LOOPS)
    page = lesson.widget
    assert (
        page.crumbs() == "Python from zero \u203a Doing things again \u203a while: again and again"
    )
    said = words_of(page)
    assert "Lesson 11 of 47 · about 18 min" in said
    assert "It came with the course." in said
    before = [link.accessibleName() for link in page.neighbours.links]
    assert before[0].startswith("Decisions: if, elif, else, ")
    assert before[1:] == [
        "Catching exceptions, Not started",
        "Searching: linear and binary, Not started",
    ]
    square = page.neighbours.links[1]
    assert near(picture_of(square), QPointF(80, square.height() / 2), theme.color("ink"), 12)
    turned = record(lesson.opened)

    def press_the_first() -> None:
        page.neighbours.links[0].click()

    for turn in (
        lambda: QTest.keyClick(page, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier),
        page.previous.click,
        press_the_first,
    ):
        with qtbot.waitSignal(lesson.opened):
            turn()
    assert [each[1] for each in turned[1:]] == [str(LOOPS), "conditions"]
    assert turned[0][1] not in {str(LOOPS), "conditions"}


def test_the_column_is_never_wider_than_reads_well_and_the_side_goes_below(
    lesson: LessonController, qtbot: QtBot, theme: Theme
) -> None:
    opened(lesson, qtbot, PYTHON, LOOPS)
    page = lesson.widget
    text = page.explanation
    assert text is not None
    assert text.width() == theme.px(600)
    assert page.neighbours.mapTo(page, page.neighbours.rect().topLeft()).x() > 600
    page.resize(640, 600)
    qtbot.waitUntil(lambda: text.width() < 600)
    assert page.scroller.horizontalScrollBar().maximum() == 0
    below = page.neighbours.mapTo(page, page.neighbours.rect().topLeft())
    assert below.x() < 100
    for mode in ("dark", "light"):
        theme.set(mode=mode)
        assert near(picture_of(page), QPointF(3, 300), theme.color("page"), 0)
    page.resize(1040, 800)


def test_another_theme_lays_nothing_over_another_even_for_a_moment(
    lesson: LessonController, qtbot: QtBot, theme: Theme
) -> None:
    opened(lesson, qtbot, PYTHON, LOOPS)
    text = lesson.widget.explanation
    assert text is not None
    for mode in ("dark", "light"):
        theme.set(mode=mode)
        for above, below in pairwise(text.parts):
            assert above.height() > 20
            assert above.geometry().bottom() < below.geometry().top()
    for code in text.codes:
        assert code.card.height() > 60


def test_the_first_and_the_last_lesson_have_one_neighbour(
    lesson: LessonController, qtbot: QtBot, core: Core
) -> None:
    course = core.study.library.course(ALGEBRA)
    opened(lesson, qtbot, ALGEBRA, course.concepts[0].id)
    assert not lesson.widget.previous.isEnabled()
    turned = record(lesson.widget.concept_wanted)
    QTest.keyClick(lesson.widget, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert turned == []
    opened(lesson, qtbot, ALGEBRA, course.concepts[-1].id)
    assert not lesson.widget.next.isEnabled()


def test_steps_of_a_worked_example_open_one_by_one(lesson: LessonController, qtbot: QtBot) -> None:
    opened(lesson, qtbot, ALGEBRA, RATIO)
    card = lesson.widget.worked[0]
    assert card.opened == []
    assert card.next.text() == "Show step 1 of 3"
    assert not card.answer.isVisible()
    QTest.keyClick(card.next, Qt.Key.Key_Return)
    assert len(card.opened) == 1
    why = card.opened[0].why
    assert why is not None
    assert why.accessibleName() == "*Why?* The whole is the sum of all parts."
    card.all.click()
    assert len(card.opened) == 3
    assert card.answer.isVisible()
    assert not card.next.isVisible()


def test_tab_goes_by_what_is_seen(lesson: LessonController, qtbot: QtBot) -> None:
    opened(lesson, qtbot, PYTHON, LOOPS)
    page = lesson.widget
    card = page.worked[0]
    card.next.click()
    qtbot.waitUntil(card.opened[0].text.codes[0].run.isVisible)
    QApplication.processEvents()
    card.next.setFocus()
    QTest.keyClick(card.next, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    focused = page.window().focusWidget()
    assert card.opened[0].isAncestorOf(focused)
    names = [stop.accessibleName() or getattr(stop, "text", str)() for stop in page.stops()]
    assert names[0] == "Back"
    assert names[-1] == page.neighbours.links[-1].accessibleName()
    assert all(names)
    assert names.index("Run this code") < names.index("Show step 2 of 4") < names.index("Ask")


def test_gaps_are_checked_at_once_and_open_what_follows(
    lesson: LessonController, qtbot: QtBot
) -> None:
    opened(lesson, qtbot, ALGEBRA, RATIO)
    card = lesson.widget.faded[0]
    done = record(card.done)
    (row,) = card.blanks
    row.field.setText("halves")
    row.check.click()
    qtbot.waitUntil(lambda: row.mark.words() == "That is not right yet.")
    assert not row.tell.isVisible()
    row.field.setText("doubles")
    QTest.keyClick(row.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(card.blanks) == 2)
    assert not row.field.isVisible()
    assert "**doubles**" in card.steps[0].text.accessibleName()
    assert row.mark.words() == "That is right."
    second = card.blanks[1]
    for _ in range(2):
        second.field.setText("7")
        second.check.click()
        qtbot.waitUntil(second.check.isEnabled)
    assert second.tell.isVisible()
    second.tell.click()
    assert "not worked out" in second.mark.words()
    third = card.blanks[2]
    third.field.setText(" 75.0 ")
    third.field.setFocus()
    QTest.keyClick(third.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(done))
    assert card.answer.isVisible()
    assert lesson.widget.practice is not None
    assert lesson.widget.practice.hasFocus(), "not the first button of the window"


def test_code_is_run_and_what_came_of_it_is_shown(
    lesson: LessonController, qtbot: QtBot, core: Core, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(lesson, qtbot, PYTHON, LOOPS)
    text = lesson.widget.explanation
    assert text is not None
    first, *_, last = text.codes
    assert (
        first.result.words()
        == "It prints\nCups left: 3\nCups left: 2\nCups left: 1\nThe pot is empty."
    )
    programs: list[str] = []
    outcomes = [
        ProgramRun("hello\n"),
        ProgramRun("", ProgramError("ZeroDivisionError", "division by zero", 3)),
        ProgramRun("x" * 9000, killed=Killed.TIME),
        ProgramRun(""),
    ]

    def run(program: str, _stdin: str, **_: object) -> ProgramRun:
        programs.append(program)
        return outcomes[len(programs) - 1]

    monkeypatch.setattr(core.study.grading.sandbox, "run", run)
    for words in (
        "Output\nhello",
        "ZeroDivisionError: division by zero (line 2)",
        "It did not end in time and was stopped.",
        "It printed nothing.",
    ):
        last.run.click()
        assert last.run.text() == "Stop"
        qtbot.waitUntil(lambda: last.run.text() == "Run")
        assert last.result.words().endswith(words)
        assert len(last.result.words()) < 5000
    assert "cups = 3" in programs[0]
    assert programs[0].endswith("print(n)\n")


def test_a_run_can_be_stopped_and_a_failure_is_told(
    lesson: LessonController, qtbot: QtBot, core: Core, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(lesson, qtbot, PYTHON, LOOPS)
    text = lesson.widget.explanation
    assert text is not None
    code = text.codes[0]
    waiting: Job[ProgramRun] = Job()
    failing: Job[ProgramRun] = Job()
    jobs = [waiting, failing]

    def run(_: str) -> Job[ProgramRun]:
        return jobs.pop(0)

    monkeypatch.setattr(core.study.grading, "run", run)
    code.run.click()
    waiting.report(0.0, "Preparing the sandbox")
    qtbot.waitUntil(lambda: code.result.words() == "Preparing the sandbox")
    code.run.click()
    assert code.run.text() == "Run"
    waiting.finish(ProgramRun("too late"))
    code.run.click()
    failing.fail(UserFacingError("Programs cannot be run here.", "Install it again.", code="x"))
    qtbot.waitUntil(lambda: "cannot be run here" in code.result.words())


def test_a_question_is_answered_with_its_passages(lesson: LessonController, qtbot: QtBot) -> None:
    opened(lesson, qtbot, ALGEBRA, RATIO)
    card = lesson.widget.ask
    assert card is not None
    card.button.click()
    assert not card.busy
    card.field.setText("How does a ratio compare?")
    QTest.keyClick(card.field, Qt.Key.Key_Return)
    assert card.button.text() == "Stop"
    qtbot.waitUntil(lambda: not card.busy)
    rows = [part for part in card.parts if isinstance(part, SentenceRow)]
    assert [row.says for row in rows] == [
        "Found in the passages",
        "Not checked: the passages do not hold it",
    ]
    assert card.note().startswith("Found in the passages: 1 of 2 sentences.")
    scroller = lesson.widget.scroller
    qtbot.waitUntil(lambda: card.isVisible() and card.visibleRegion().boundingRect() == card.rect())
    assert scroller.verticalScrollBar().value() > 0
    (source,) = [part for part in card.parts if isinstance(part, SourceRow)]
    assert not source.passage.isVisibleTo(source)
    source.button.click()
    assert source.passage.isVisibleTo(source)
    assert "ratio" in source.passage.accessibleName()


def test_without_a_model_the_passages_answer(lesson: LessonController, qtbot: QtBot) -> None:
    opened(lesson, qtbot, ALGEBRA, RATIO)
    card = lesson.widget.ask
    assert card is not None
    sources = (Source(1, "Lesson: Ratio & co", "A ratio compares."),)
    card.show_reply(LessonReply((), sources, missing="No model is here."))
    said = words_of(card)
    assert "No model is here." in said
    shown = next(part for part in card.parts if isinstance(part, SourceRow)).passage
    assert (shown.isVisibleTo(card), shown.accessibleName()) == (True, "A ratio compares.")
    card.show_reply(LessonReply((), sources, stopped=True))
    assert card.note() == "Stopped."
    quote = Sentence("A ratio compares.", (1,), Support.SUPPORTED)
    card.show_reply(LessonReply((quote,), sources, missing="1 of 2 is in no passage."))
    assert card.note() == "In the words of the passages."
    question = Sentence("Shall we go on?", (), Support.NO_CLAIM)
    card.show_reply(LessonReply((question,), sources))
    assert [type(part) for part in card.parts] == [SentenceRow]
    card.add_text("Half a")
    card.add_text(" sentence")
    assert card.live.text() == "Half a sentence"
    card.show_error("Nothing works. Try again.")
    assert "Nothing works" in words_of(card)
    assert not card.live.isVisible()


def test_practice_and_leaving(lesson: LessonController, qtbot: QtBot) -> None:
    opened(lesson, qtbot, PYTHON, LOOPS)
    wanted, left = record(lesson.practise), record(lesson.left)
    assert lesson.widget.practice is not None
    lesson.widget.practice.click()
    assert wanted == [(str(PYTHON), str(LOOPS))]
    QTest.keyClick(lesson.widget, Qt.Key.Key_Escape)
    lesson.widget.back.click()
    assert len(left) == 2


def test_a_lesson_that_is_not_there_says_so(
    lesson: LessonController, qtbot: QtBot, theme: Theme, core: Core
) -> None:
    failed = record(lesson.failed)
    opened(lesson, qtbot, PYTHON, LOOPS)
    lesson.open(PYTHON, ConceptId("nothing"))
    qtbot.waitUntil(lambda: bool(failed))
    said = words_of(lesson.widget)
    assert "has no concept" in said
    assert "assistant study" not in said, "a window is told of no command"
    assert lesson.widget.crumbs() == "", "nothing of the lesson before stays beside it"
    assert not lesson.widget.neighbours.isVisible()
    assert not lesson.widget.next.isEnabled()
    opened(lesson, qtbot, PYTHON, LOOPS)
    assert lesson.widget.neighbours.isVisible()
    course = core.study.library.course(PYTHON)
    concept = replace(course.concept(LOOPS), lesson=Lesson(""))
    none = Check(checked=False, how="There is nothing here yet.")
    view = LessonView(
        PYTHON, concept, Lesson(""), LessonOrigin.NONE, none, missing="No lesson yet."
    )
    drawing = lesson.widget.drawing
    assert drawing is not None
    with qtbot.waitSignal(lesson.widget.built):
        lesson.widget.show_lesson(OpenLesson(course, view, {}), drawing)
    assert "No lesson yet." in words_of(lesson.widget)
    assert lesson.widget.ask is None
    assert lesson.widget.practice is not None


def test_a_missing_lesson_is_written_and_then_shown(
    lesson: LessonController, qtbot: QtBot, core: Core, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(lesson, qtbot, PYTHON, LOOPS)
    course = core.study.library.course(PYTHON)
    none = Check(checked=False, how="")
    view = LessonView(
        PYTHON, course.concept(LOOPS), Lesson(""), LessonOrigin.NONE, none, missing="None yet."
    )
    drawing, page = lesson.widget.drawing, lesson.widget
    assert drawing is not None
    with qtbot.waitSignal(page.built):
        page.show_lesson(OpenLesson(course, view, {}), drawing)
    jobs: list[Job[LessonView]] = [Job(), Job(), Job()]
    left = list(jobs)

    def write(*_: object) -> Job[LessonView]:
        return left.pop(0)

    monkeypatch.setattr(core.study.lessons, "write", write)
    card = page.write
    assert card is not None
    card.button.click()
    jobs[0].report(0.5, "Writing")
    qtbot.waitUntil(lambda: card.note.words() == "Writing, 50\u00a0%")
    card.button.click()
    assert jobs[0].cancel_token.cancelled
    card.button.click()
    jobs[1].fail(UserFacingError("No model can answer.", "Choose one.", code="x"))
    qtbot.waitUntil(lambda: card.note.words() == "No model can answer. Choose one.")
    said = record(lesson.said)
    card.button.click()
    with qtbot.waitSignal(lesson.opened):
        jobs[2].finish(view)
    assert len(said) == 1


def test_only_the_last_lesson_that_was_asked_for_is_shown(
    lesson: LessonController, qtbot: QtBot
) -> None:
    shown = record(lesson.opened)
    lesson.open(ALGEBRA, RATIO)
    lesson.open(PYTHON, LOOPS)
    qtbot.waitUntil(lambda: bool(shown))
    opened(lesson, qtbot, ALGEBRA, RATIO)
    assert shown == [(str(PYTHON), str(LOOPS)), (str(ALGEBRA), str(RATIO))]


def test_very_long_texts_are_parsed_elsewhere_and_shown(
    lesson: LessonController, qtbot: QtBot
) -> None:
    opened(lesson, qtbot, PYTHON, LOOPS)
    text = lesson.widget.explanation
    assert text is not None
    text.show_text("Some words. " * 900 + "\n\n```python\nprint(1)\n```\n\n## More\n\n$x^2$")
    qtbot.waitUntil(lambda: len(text.parts) == 3)
    assert text.height() > 1000
    assert len(text.codes) == 1


class TestSnippets:
    @staticmethod
    def run(snippet: Snippet) -> str:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(snippet.program, "<test>", "exec"), {"__name__": "__main__"})  # noqa: S102 - our own text
        return out.getvalue()

    def test_a_snippet_builds_on_those_before_it_in_silence(self) -> None:
        earlier = ("word = 'lamp'\nprint(word)", "raise ValueError(1)", ">>> n = 2\n>>> n\n2")
        snippet = Snippet("print(word * n)", earlier)
        assert self.run(snippet) == "lamplamp\n"
        assert snippet.line(3) == 2
        assert Snippet("print(1)").program == "print(1)\n"
        assert Snippet("print(1)").line(3) == 3

    def test_a_talk_with_the_interpreter_is_had_again(self) -> None:
        talk = ">>> def f(n):\n...     return n + 1\n...\n>>> f(1), 'a'\n(0, 'old')\n>>> x = 1\n"
        assert entries(talk) == ["def f(n):\n    return n + 1\n\n", "f(1), 'a'", "x = 1"]
        said = self.run(Snippet(talk))
        assert said == ">>> def f(n):\n...     return n + 1\n>>> f(1), 'a'\n(2, 'a')\n>>> x = 1\n"
        assert Snippet(talk).line(4) == 0

    def test_fragments_are_not_run(self) -> None:
        blocks = parse("```py\nfor\n```\n```python\nprint(1)\n```\n```python\nx = ___\n```\nwords")
        assert programs_of(blocks) == ("print(1)",)
        assert not runnable(CodeBlock("python", "print(1)", closed=False))


class TestBlanks:
    @pytest.mark.parametrize(
        ("shown", "blank", "empty", "full"),
        [
            ("So ___ it is", "old", "So `\u2002?\u2002` it is", "So **old** it is"),
            ("It is ___", "4*sqrt(3)", "It is `\u2002?\u2002`", "It is `4*sqrt(3)`"),
            ("$2 = ___$", "4*sqrt(3)", r"$2 = \boxed{?}$", r"$2 = 4 \cdot \sqrt{3}$"),
            ("`27 ___ 6`", "//", "`27 ___ 6`", "`27 // 6`"),
            ("```py\nn ___ 0\n```", ">", "```py\nn ___ 0\n```", "```py\nn > 0\n```"),
        ],
    )
    def test_a_gap_is_seen_and_filled(self, shown: str, blank: str, empty: str, full: str) -> None:
        assert with_blank(shown) == empty
        assert filled(shown, blank) == full
