"""Practice over a real vault: an exercise of each kind is answered as a learner would."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from assistant.domain.exercise import AnswerKind
from assistant.domain.ids import CourseId
from assistant.engine.scripted import Script, ScriptedAnswer, scripted_engine
from assistant.services.core import Core
from assistant.services.study.practice import Given
from assistant.tutor.learner.next_up import Doing
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.study.exercise.choice_pane import ChoicePane
from assistant.ui.study.exercise.controller import ExerciseController
from assistant.ui.study.exercise.markdown_view import MarkdownView
from assistant.ui.study.exercise.maths_pane import MathsPane
from assistant.ui.study.exercise.onward import SURE, end_buttons, onward
from assistant.ui.study.exercise.sitting import LENGTH, Came
from assistant.ui.study.exercise.steps_pane import StepsPane
from assistant.ui.study.exercise.words_pane import WordsPane
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.chip import Chip
from assistant.ui.widgets.labels import PlainLabel
from tests.helpers.practice import in_hand
from tests.helpers.signals import record
from tests.helpers.study_stand import ALGEBRA, MUSIC, PYTHON, all_threads, enrol, studying

Key = Qt.Key
OPEN = "Would a cat do it?"
"""Nothing in the course answers it: the model is asked."""
REPLY = "What undoes the addition of 9 on the left? The answer is -5."


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Core]:
    engine = scripted_engine(Script((ScriptedAnswer(REPLY),)))
    with studying(tmp_path_factory.mktemp("profile"), engine) as made:
        for course in (ALGEBRA, PYTHON, MUSIC):
            enrol(made, course)
        all_threads(made)
        given = made.study.practice.next(ALGEBRA).result(60)
        for _ in made.study.socratic.ask(given.exercise.id, OPEN):
            pass
        yield made


class Stand:
    """The screen in a window of its own."""

    def __init__(self, qtbot: QtBot, theme: Theme, core: Core) -> None:
        self.bot = qtbot
        self.core = core
        self.window = QWidget()
        self.relay = JobRelay(self.window)
        self.controller = ExerciseController(theme, core.study, self.relay, self.window)
        self.screen = self.controller.widget
        self.screen.setParent(self.window)
        self.resize(1224, 800)
        self.left = record(self.controller.left)
        self.failed = record(self.controller.failed)
        self.window.show()

    def resize(self, width: int, height: int) -> None:
        self.window.resize(width, height)
        self.screen.resize(width, height)

    def key(self, key: Qt.Key, widget: QWidget) -> None:
        QTest.keyClick(widget, key)

    def practise(self, course: CourseId, concept: str, kind: AnswerKind) -> Given:
        """Opens the first exercise of a kind on a concept."""
        exercise = in_hand(self.core, course, concept, kind)
        self.controller.open(course, exercise.concept)
        self.bot.waitUntil(lambda: self.given is not None and self.given.exercise.id == exercise.id)
        assert self.given is not None
        return self.given

    @property
    def given(self) -> Given | None:
        return self.controller.given

    def words(self) -> str:
        labels = self.screen.findChildren(PlainLabel)
        return "\n".join(label.text() for label in labels if label.isVisible())

    def squeezed(self) -> list[str]:
        """Words that are higher than the room that they have."""
        return [
            label.text()
            for label in self.screen.findChildren(PlainLabel)
            if label.isVisible()
            and label.wordWrap()
            and label.height() < label.heightForWidth(label.width())
        ]

    def until_said(self, head: str) -> None:
        outcome = self.screen.outcome
        self.bot.waitUntil(lambda: outcome.isVisible() and outcome.head.text() == head)

    def button(self, text: str) -> Button:
        found = [b for b in self.screen.findChildren(Button) if b.text() == text and b.isVisible()]
        assert len(found) == 1, (text, found)
        return found[0]


@pytest.fixture
def stand(qtbot: QtBot, theme: Theme, core: Core) -> Iterator[Stand]:
    made = Stand(qtbot, theme, core)
    yield made
    made.controller.close()
    made.relay.close()
    made.window.close()
    made.window.deleteLater()


def test_a_fraction_that_is_read_moves_nothing_below_it(stand: Stand) -> None:
    stand.practise(ALGEBRA, "linear-equations", AnswerKind.NUMBER)
    pane = stand.screen.pane
    assert isinstance(pane, MathsPane)
    QApplication.processEvents()
    check = pane.check.mapTo(stand.screen, pane.check.rect().topLeft())
    preview = pane.line.preview.formula
    QTest.keyClicks(pane.line.field, "26")
    stand.bot.waitUntil(lambda: preview.latex == "26")
    line = preview.height()
    QTest.keyClicks(pane.line.field, "/2")
    stand.bot.waitUntil(lambda: preview.height() > line)  # it was drawn
    QApplication.processEvents()
    assert pane.check.mapTo(stand.screen, pane.check.rect().topLeft()) == check


def test_a_number_is_read_while_it_is_typed_and_a_wrong_idea_is_named(stand: Stand) -> None:
    given = stand.practise(ALGEBRA, "linear-equations", AnswerKind.NUMBER)
    pane = stand.screen.pane
    assert isinstance(pane, MathsPane)
    assert stand.screen.head.prompt.text == given.exercise.prompt
    assert "Opens after a first try" in stand.words()
    QApplication.processEvents()
    check = pane.check.mapTo(stand.screen, pane.check.rect().topLeft())
    QTest.keyClicks(pane.line.field, "3")
    stand.bot.waitUntil(lambda: pane.line.preview.formula.latex == "3")
    QApplication.processEvents()
    assert pane.check.mapTo(stand.screen, pane.check.rect().topLeft()) == check, "it never jumps"
    QTest.keyClicks(pane.line.field, " +")
    stand.bot.waitUntil(lambda: "Not read yet" in stand.words())
    QApplication.processEvents()
    assert pane.check.mapTo(stand.screen, pane.check.rect().topLeft()) == check
    pane.line.set_text("26/2")
    preview = pane.line.preview.formula
    stand.bot.waitUntil(lambda: preview.latex == r"\frac{26}{2}")
    pane.line.set_text("13")
    stand.key(Key.Key_Return, pane.line.field)
    stand.until_said("Not right yet")
    concept = given.concept
    idea = next(each for each in concept.misconceptions if each.id == "moved-without-sign")
    assert stand.screen.outcome.remedy.text == idea.remedy
    assert "Checked by algebra" in stand.words()
    assert stand.screen.outcome.worth.text() == "", "the hints say what credit is left"
    assert "raises it" not in stand.screen.outcome.known.text()
    stand.button("Show the nudge").click()
    stand.bot.waitUntil(lambda: "Credit now 95 %" in stand.words())
    pane.line.set_text("-5")
    pane.check.click()
    stand.until_said("Right")
    assert stand.screen.outcome.worth.text() == "95\u00a0% credit, 1 hint"
    known = stand.screen.outcome.known.text()
    assert known.endswith("Only a first try without hints raises it.")
    assert stand.controller.sitting.came == [Came.HELPED]
    assert pane.line.field.isReadOnly()
    assert stand.screen.outcome.next.isVisible()


def test_signs_are_typed_by_a_palette(stand: Stand) -> None:
    stand.practise(ALGEBRA, "linear-equations", AnswerKind.NUMBER)
    pane = stand.screen.pane
    assert isinstance(pane, MathsPane)
    pane.line.set_text("x+1")
    pane.line.field.selectAll()
    stand.button("√").click()
    assert pane.line.text == "sqrt(x+1)"
    pane.line.set_text("")
    stand.button("a/b").click()
    QTest.keyClicks(pane.line.field, "7")
    assert pane.line.text == "(7)/()"


def test_each_line_of_a_way_is_checked_and_the_first_wrong_one_is_named(stand: Stand) -> None:
    stand.practise(ALGEBRA, "linear-equations", AnswerKind.STEPS)
    pane = stand.screen.pane
    assert isinstance(pane, StepsPane)
    field = pane.line.field
    for line in ("3x = 22 - 7", "3x = 29"):
        QTest.keyClicks(field, line)
        stand.key(Key.Key_Return, field)
    stand.until_said("Partly right")
    first, second = (row.accessibleName() for row in pane.rows)
    assert first == "Line 1: 3x = 22 - 7, follows from the line before"
    assert second.startswith("Line 2: 3x = 29, does not follow from the line before.")
    assert pane.rows[1].why in second
    assert "You may fix step 2." in stand.words()
    assert "First wrong step" in stand.words()
    fix = pane.rows[1].fix_field
    fix.setText("3x = 15")
    stand.key(Key.Key_Return, fix)
    stand.bot.waitUntil(lambda: "First wrong step" not in stand.words())
    QTest.keyClicks(field, "x = 6")
    stand.key(Key.Key_Return, field)
    stand.bot.waitUntil(
        lambda: len(pane.rows) == 3 and stand.window.focusWidget() is pane.rows[2].fix_field
    )
    stand.bot.waitUntil(lambda: not stand.controller.waiting)
    field.setFocus()
    stand.key(Key.Key_Backspace, field)
    assert pane.lines == ("3x = 22 - 7", "3x = 15")
    assert field.text() == "x = 6", "the last line comes back to be changed"
    field.setText("x = 5")
    stand.bot.waitUntil(pane.check.isEnabled)
    pane.check.click()
    stand.until_said("Right")
    assert not pane.line.isVisible()


def test_a_choice_is_made_by_a_digit(stand: Stand) -> None:
    given = stand.practise(MUSIC, "circle-of-fifths", AnswerKind.CHOICE)
    pane = stand.screen.pane
    assert isinstance(pane, ChoicePane)
    assert not pane.check.isEnabled()
    texts = [choice.text for choice in given.exercise.choices]
    right = texts.index(given.exercise.key.answer)
    wrong = (right + 1) % len(texts)
    stand.key(Qt.Key(Key.Key_1.value + wrong), pane.rows[0])
    assert pane.taken == wrong
    stand.key(Key.Key_Return, pane.rows[wrong])
    stand.until_said("Not right yet")
    stand.key(Qt.Key(Key.Key_1.value + right), pane.rows[wrong])
    stand.key(Key.Key_Return, pane.rows[right])
    stand.until_said("Right")
    assert not pane.rows[0].isEnabled()


def test_notes_are_shown_on_a_staff(stand: Stand) -> None:
    stand.practise(MUSIC, "major-scale", AnswerKind.NOTES)
    pane = stand.screen.pane
    assert isinstance(pane, WordsPane)
    QTest.keyClicks(pane.field, "G A B C D E F# G")
    stand.bot.waitUntil(lambda: "Read as G A B C D E F♯ G" in stand.words())
    assert pane.staff.isVisible()
    assert pane.staff.accessibleName() == "Staff: G A B C D E F♯ G"
    assert not pane.staff.bass
    pane.field.setText("G2 A2")
    stand.bot.waitUntil(lambda: pane.staff.bass)
    pane.field.setText("hello")
    stand.bot.waitUntil(lambda: "This cannot be read as notes yet." in stand.words())
    assert not pane.staff.isVisible()


def test_just_tell_me_asks_once_and_earns_nothing(stand: Stand) -> None:
    given = stand.practise(MUSIC, "cadences", AnswerKind.SHORT)
    pane = stand.screen.pane
    assert isinstance(pane, WordsPane)
    stand.button("Just tell me").click()
    assert "It earns no credit then." in stand.words()
    stand.button("Keep trying").click()
    assert stand.controller.sitting.came == []
    stand.button("Just tell me").click()
    stand.button("Show it").click()
    stand.until_said("The solution was shown")
    assert stand.controller.sitting.came == [Came.TOLD]
    whole = stand.screen.hints.shown
    assert whole is not None
    assert whole.accessibleName().startswith("Hint 4")
    stand.bot.waitUntil(lambda: whole.visibleRegion().boundingRect() == whole.rect())
    kept = stand.core.workers.on_store(
        lambda: stand.core.study.study_repository().attempts(given.course)
    ).result(60)
    assert kept[-1].credit == 0.0


def test_what_is_written_is_kept_and_comes_back(stand: Stand) -> None:
    given = stand.practise(ALGEBRA, "linear-equations", AnswerKind.NUMBER)
    pane = stand.screen.pane
    assert isinstance(pane, MathsPane)
    pane.line.set_text("4 - 9")
    stand.controller.leave()
    assert stand.left
    stand.controller.open(given.course, given.concept.id)
    stand.bot.waitUntil(lambda: stand.screen.pane is not pane and stand.given is not None)
    again = stand.screen.pane
    assert isinstance(again, MathsPane)
    assert again.line.text == "4 - 9"


def test_a_sitting_ends_with_what_came_of_it(stand: Stand) -> None:
    stand.practise(ALGEBRA, "linear-equations", AnswerKind.NUMBER)
    skipped = stand.given
    assert "1 of 6" in stand.words()
    stand.screen.bar.skip.click()
    assert "2 of 6" not in stand.words(), "while the first is still shown"
    stand.bot.waitUntil(lambda: stand.given is not None and stand.given is not skipped)
    assert "2 of 6" in stand.words()
    sitting = stand.controller.sitting
    assert sitting.came == [Came.SKIPPED]
    sitting.came.extend([Came.RIGHT] * (LENGTH - 2))
    stand.screen.bar.skip.click()
    stand.bot.waitUntil(lambda: f"{LENGTH} exercises done" in stand.words())
    assert "4 right at the first try, 2 skipped." in stand.words()
    stand.button(f"{LENGTH} more").click()
    stand.bot.waitUntil(lambda: stand.given is not None)
    assert stand.controller.sitting.came == []
    stand.key(Key.Key_Escape, stand.screen)
    assert stand.left


def test_practice_of_what_is_sure_leads_on_to_what_comes_next(stand: Stand) -> None:
    study, wanted = stand.core.study, record(stand.controller.lesson_wanted)
    first = study.library.course(MUSIC).concepts[0].id
    while study.enrolments.view(MUSIC).mastery(first).standing not in SURE:
        given = study.practice.next(MUSIC, first).result(60)
        study.practice.answer(given.exercise.id, given.exercise.key.answer, 5.0).result(60)
    after = onward(study.enrolments.view(MUSIC), first)
    assert after is not None
    stand.controller.open(MUSIC, first)
    stand.bot.waitUntil(lambda: stand.given is not None)
    stand.controller.sitting.came.extend([Came.RIGHT] * (LENGTH - 1))
    stand.screen.bar.skip.click()
    stand.bot.waitUntil(lambda: f"{LENGTH} exercises done" in stand.words())
    assert stand.button(f"{LENGTH} more").isVisible()
    stand.button(f"Go on with “{after.title}”").click()
    if after.next.doing is Doing.LEARN:
        assert wanted == [(MUSIC, after.next.concept)]
    else:  # it was begun by another test
        stand.bot.waitUntil(lambda: stand.given is not None)
        assert stand.given is not None
        assert stand.given.concept.id == after.next.concept


def test_practice_of_what_is_not_sure_offers_more_of_it(core: Core) -> None:
    view = core.study.enrolments.view(ALGEBRA)
    begun = next(one.concept for one in view.masteries if one.standing not in SURE)
    assert onward(view, begun) is None
    assert end_buttons(None) == [(f"{LENGTH} more", "primary"), ("Done", "plain")]


def test_what_cannot_be_given_is_said_in_the_place_of_an_exercise(stand: Stand) -> None:
    stand.controller.open(CourseId("nowhere"))
    stand.bot.waitUntil(lambda: "There is no course “nowhere”." in stand.words())
    assert "assistant study" not in stand.words(), "commands help nobody in a window"
    stand.button("Back").click()
    assert stand.left


def test_columns_stand_beside_each_other_while_there_is_room(stand: Stand) -> None:
    stand.practise(ALGEBRA, "linear-equations", AnswerKind.NUMBER)
    screen = stand.screen
    pane = screen.pane
    assert pane is not None

    def corner(widget: QWidget) -> tuple[int, int]:
        at = widget.mapTo(screen, widget.rect().topLeft())
        return at.x(), at.y()

    assert corner(screen.head)[0] < corner(pane)[0] < corner(screen.why)[0]
    stand.resize(844, 600)
    stand.bot.waitUntil(lambda: corner(screen.why)[0] == corner(screen.head)[0])
    assert corner(pane)[0] > corner(screen.head)[0]
    stand.resize(560, 600)
    stand.bot.waitUntil(lambda: corner(pane)[0] == corner(screen.head)[0])
    assert corner(pane)[1] > corner(screen.head)[1]
    assert screen.hints.isVisible()


def test_an_enormous_answer_is_said_to_be_one(stand: Stand) -> None:
    stand.practise(ALGEBRA, "linear-equations", AnswerKind.NUMBER)
    pane = stand.screen.pane
    assert isinstance(pane, MathsPane)
    pane.line.set_text("9" * 4_000)
    stand.bot.waitUntil(lambda: "The answer is too long to be read." in stand.words())
    pane.check.click()
    stand.until_said("Not counted")
    assert stand.controller.sitting.came == []


def test_a_question_is_answered_without_the_answer_and_what_it_took_is_said(stand: Stand) -> None:
    given = stand.practise(ALGEBRA, "linear-equations", AnswerKind.NUMBER)
    pane, ask = stand.screen.pane, stand.screen.ask
    assert isinstance(pane, MathsPane)
    assert "It helps, and keeps the answer back." in stand.words()
    pane.line.set_text("7")
    pane.check.click()
    stand.until_said("Not right yet")
    ask.field.setText(OPEN)
    stand.key(Key.Key_Return, ask.field)
    assert ask.busy
    assert ask.field.text() == ""
    stand.bot.waitUntil(lambda: not ask.busy)
    said = stand.core.study.socratic.said(given.exercise.id)
    assert said[0].text == OPEN
    assert said[1].text
    assert "-5" not in said[1].text
    assert "What the model wrote gave the answer away; it was not shown." in stand.words()
    shown = [view.text for view in ask.findChildren(MarkdownView) if not view.isHidden()]
    assert shown == [said[1].text]
    stand.controller.open(given.course, given.concept.id)
    stand.bot.waitUntil(lambda: stand.screen.pane is not pane and stand.given is not None)
    again = [view.text for view in ask.findChildren(MarkdownView) if not view.isHidden()]
    assert again == [said[1].text], "what was said is there when one comes back"


def test_what_is_often_asked_is_a_click_away_and_answered_without_a_model(stand: Stand) -> None:
    given = stand.practise(ALGEBRA, "percentages", AnswerKind.NUMBER)
    ask = stand.screen.ask
    asked: list[str] = []
    for chip in ask.findChildren(Chip):
        chip.click()
        stand.bot.waitUntil(lambda: not ask.busy)
        asked.append(chip.accessibleName())
    said = stand.core.study.socratic.said(given.exercise.id)
    assert [one.text for one in said[::2]] == asked
    assert "Show me an example." in asked
    shown = [view.text for view in ask.findChildren(MarkdownView) if not view.isHidden()]
    assert shown == [one.text for one in said[1::2]]
    assert stand.screen.hints.isVisibleTo(stand.window)
    assert "credit" not in " ".join(shown)


def test_tab_goes_from_the_bar_to_the_answer_and_on_to_the_help(stand: Stand) -> None:
    stand.practise(ALGEBRA, "linear-equations", AnswerKind.NUMBER)
    screen, pane = stand.screen, stand.screen.pane
    assert isinstance(pane, MathsPane)
    pane.line.set_text("13")
    pane.check.click()
    stand.until_said("Not right yet")
    stand.bot.waitUntil(lambda: not stand.controller.waiting)
    stand.window.activateWindow()
    screen.bar.close_button.setFocus()
    reached: list[str] = []
    for _ in range(13):
        focused = stand.window.focusWidget()
        assert focused is not None
        reached.append(focused.accessibleName() or getattr(focused, "text", str)())
        stand.key(Key.Key_Tab, focused)
    assert reached == [
        *(
            "Leave practice",
            "Another kind",
            "Read the lesson",
            "Skip",
            "Your answer",
            "Check",
            "Show the nudge",
        ),
        *("Ask about this exercise", "Ask", "Show me an example.", "Why does it work like that?"),
        *("How do I check what I have?", "Just tell me"),
    ]


def test_nothing_is_squeezed_when_one_exercise_follows_another(stand: Stand) -> None:
    stand.practise(ALGEBRA, "linear-equations", AnswerKind.STEPS)
    hints = stand.screen.hints
    for width in (1224, 844, 560):
        stand.resize(width, 700)
        stand.practise(ALGEBRA, "linear-equations", AnswerKind.NUMBER)
        pane = stand.screen.pane
        assert isinstance(pane, MathsPane)
        pane.line.set_text("13")
        pane.check.click()
        stand.until_said("Not right yet")
        stand.bot.waitUntil(lambda: hints.height() == hints.heightForWidth(hints.width()))
        button = stand.button("Show the nudge")
        stand.bot.waitUntil(lambda shown=button: shown.height() == shown.sizeHint().height())
        stand.bot.waitUntil(lambda: not stand.squeezed())
