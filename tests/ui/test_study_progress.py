"""The page of progress over a real vault: what it says, what its keys do, and its empty state."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QPointF, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import CardId, ConceptId, CourseId
from assistant.domain.study import Card, Recall
from assistant.services.core import Core
from assistant.services.study.outlook import DayAhead, Outlook
from assistant.services.study.progress import (
    Calibration,
    CalibrationBin,
    Progress,
    StudyDay,
    calibration,
)
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.study.pictures.study_calendar import StudyCalendar
from assistant.ui.study.progress.calendar import CalendarController, CalendarPage
from assistant.ui.study.progress.concepts import HEADS
from assistant.ui.study.progress.controller import ProgressController
from assistant.ui.study.progress.leeches import HardCard, LeechRow
from assistant.ui.study.progress.words import (
    foretelling_words,
    plain_line,
    time_words,
    totals,
)
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from tests.helpers.pictures import near, picture_of, put
from tests.helpers.signals import record
from tests.helpers.study_stand import (
    ALGEBRA,
    MUSIC,
    NOW,
    PYTHON,
    Noon,
    all_threads,
    answered,
    enrol,
    reviewed,
    studying,
)

TODAY = NOW.astimezone().date()


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Core]:
    with studying(tmp_path_factory.mktemp("profile")) as made:
        enrol(made, PYTHON)
        enrol(made, ALGEBRA)
        answered(made, ALGEBRA, 5, days=30)
        answered(made, PYTHON, 3, days=20)
        reviewed(made, ALGEBRA, 2, leeches=5)
        all_threads(made)
        yield made


@pytest.fixture
def owner(qapp: QApplication) -> Iterator[QObject]:
    made = QObject()
    yield made
    made.deleteLater()


def controller(theme: Theme, core: Core, owner: QObject) -> ProgressController:
    return ProgressController(theme, core.study, JobRelay(owner), owner, Noon())


@pytest.fixture
def page(theme: Theme, core: Core, owner: QObject, qtbot: QtBot) -> Iterator[ProgressController]:
    made = controller(theme, core, owner)
    made.refresh()
    qtbot.waitUntil(lambda: made.widget.leeches.rows != [] and made.widget.course != "")
    put([], made.widget, 1000, 700)
    yield made
    made.widget.close()
    made.widget.deleteLater()


def test_it_shows_figures_pictures_and_the_concepts_of_a_course(page: ProgressController) -> None:
    widget = page.widget
    assert widget.empty.isHidden()
    words = widget.figures.words()
    assert words[2] == f"48 answers, and {words[2].split('and ')[1]}"
    assert words[3].endswith("of 80")
    widget.choose_course(str(ALGEBRA))
    assert "Algebra" in widget.mastery.picture.accessibleName()
    assert "days of study" in widget.calendar.picture.accessibleName()
    rows = widget.table.rows
    assert rows.rowCount() == 33
    first = [str(rows.index(0, at).data()) for at in range(len(HEADS))]
    assert first[0] == "Order of operations"
    assert first[2].endswith("%")
    assert first[4] == "6"
    last = [str(rows.index(32, at).data()) for at in range(len(HEADS))]
    assert last[1:] == ["Not started", "", "", "", ""]


def test_the_bar_of_mastery_is_as_long_as_the_chance(
    page: ProgressController, theme: Theme
) -> None:
    page.widget.choose_course(str(ALGEBRA))
    table = page.widget.table
    image = picture_of(table)
    area = table.visualRect(table.rows.index(0, 2))
    head = table.horizontalHeader().height()
    middle = head + area.center().y() - 2
    fills = [
        x
        for x in range(area.left(), area.right())
        if not near(image, QPointF(x, middle), theme.color("card"), 0)
        and not near(image, QPointF(x, middle), theme.color("press"), 0)
    ]
    unbegun = table.visualRect(table.rows.index(32, 2)).center().y() + head
    assert len(fills) > area.width() // 4
    assert near(image, QPointF(area.left() + 30, unbegun), theme.color("card"), 0)


def test_enter_opens_the_lesson_of_a_concept_and_escape_leaves(page: ProgressController) -> None:
    opened, left = record(page.lesson_wanted), record(page.left)
    page.widget.choose_course(str(ALGEBRA))
    table = page.widget.table
    table.setFocus(Qt.FocusReason.TabFocusReason)
    reached: list[QRect] = []
    table.reached.connect(reached.append)
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    second = str(page.widget.table.rows.row(1).concept)
    assert opened == [(str(ALGEBRA), second)]
    assert len(reached) == 1
    QTest.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(
            table.rows.index(2, 0)
        ).center()
    )  # fmt: skip
    assert len(opened) == 2
    QTest.keyClick(page.widget, Qt.Key.Key_Escape)
    assert len(left) == 1


def test_the_chooser_and_the_plot_choose_the_course(page: ProgressController) -> None:
    widget = page.widget
    widget.choose_course(str(ALGEBRA))
    other = 1 - widget.chooser.currentIndex()
    widget.chooser.setCurrentIndex(other)
    widget.chooser.activated.emit(other)
    assert widget.course == str(PYTHON)
    assert widget.table.rows.rowCount() == 47
    widget.mastery.picture.activated.emit(str(ALGEBRA))
    assert widget.course == str(ALGEBRA)


def test_a_button_turns_each_picture_into_a_table(page: ProgressController) -> None:
    card = page.widget.mastery
    assert "table" in card.toggle.accessibleName()
    card.toggle.click()
    table = card.picture.table()
    assert table is not None
    assert table.isVisible()
    assert "picture" in card.toggle.accessibleName()
    card.toggle.click()
    assert not table.isVisible()


def test_answers_and_reviews_are_foretold_apart(page: ProgressController) -> None:
    widget = page.widget
    before = widget.foretelling.text()
    widget.kind.set_current(1)
    widget.kind.chosen.emit(1)
    assert widget.foretelling.text() != before
    widget.kind.set_current(0)


def test_hard_cards_are_rewritten_put_aside_and_asked_again(
    page: ProgressController, core: Core, qtbot: QtBot
) -> None:
    said = record(page.said)
    rows = page.widget.leeches.rows
    assert len(rows) == 4
    row = rows[0]
    assert isinstance(row, LeechRow)
    row.rewrite.click()
    row.front.setPlainText("")
    row.save.click()
    assert not row.wrong.isHidden()
    row.front.setPlainText("What comes first?\nAnd then?")
    row.back.setPlainText("Brackets")
    row.save.click()
    qtbot.waitUntil(lambda: len(said) == 1)

    def fronts() -> set[str]:
        return {one.front for one in core.study.reviews.leeches().result(60)}

    assert "What comes first?\nAnd then?" in fronts()
    aside = rows[1]
    assert isinstance(aside, LeechRow)
    qtbot.waitUntil(lambda: page.widget.leeches.rows != rows)
    suspended = next(
        each
        for each in page.widget.leeches.rows
        if isinstance(each, LeechRow) and "Ask" in each.aside.accessibleName()
    )
    count = len(core.study.reviews.leeches().result(60))
    suspended.aside.click()
    qtbot.waitUntil(lambda: len(said) == 2)
    assert len(core.study.reviews.leeches().result(60)) == count - 1


def test_a_hard_card_leads_to_its_lesson_and_one_of_a_deck_to_none(
    page: ProgressController, theme: Theme, qtbot: QtBot
) -> None:
    wanted = record(page.lesson_wanted)
    row = page.widget.leeches.rows[0]
    assert isinstance(row, LeechRow)
    qtbot.waitUntil(lambda: isinstance(page.widget.leeches.rows[0], LeechRow))
    assert row.read.accessibleName() == "Read the lesson on it"
    row.read.click()
    assert len(wanted) == 1
    assert wanted[0][0] == ALGEBRA
    card = Card(CardId(1), CourseId("deck-of-mine"), ConceptId("d"), "?", "!", NOW, leech=True)
    of_deck = LeechRow(theme, HardCard(card, "?", ""))
    qtbot.addWidget(of_deck)
    assert of_deck.read.isHidden()


def test_it_opens_on_the_course_that_was_studied_last(
    theme: Theme, owner: QObject, qtbot: QtBot, tmp_path: Path
) -> None:
    with studying(tmp_path) as core:
        enrol(core, PYTHON)
        enrol(core, ALGEBRA)
        enrol(core, MUSIC)
        answered(core, PYTHON, 2, days=60)
        answered(core, MUSIC, 4, days=4)
        made = controller(theme, core, owner)
        made.refresh()
        qtbot.waitUntil(lambda: bool(made.widget.course))
        assert made.widget.course == MUSIC, "not one in which there is nothing to see"
        made.widget.deleteLater()


def test_without_a_course_reviews_are_looked_back_on_with_no_hole_between(
    theme: Theme, owner: QObject, qtbot: QtBot, tmp_path: Path
) -> None:
    with studying(tmp_path) as core:
        course = core.study.library.course(MUSIC)
        core.study.reviews.take_in(course, [course.concepts[0].id]).result(60)
        card = core.study.reviews.session().result(60).cards[0]
        core.study.reviews.answer(card.id, Recall.GOOD, 60.0).result(60)
        shown: list[QWidget] = []
        made = controller(theme, core, owner)
        put(shown, made.widget, 1000, 700)
        made.refresh()
        qtbot.waitUntil(made.widget.calibration.isVisible)
        QApplication.processEvents()
        assert not made.widget.mastery.isVisible()
        assert made.widget.calibration.x() < made.widget.calendar.x()
        assert made.widget.calibration.y() == made.widget.calendar.y()
        made.widget.close()
        made.widget.deleteLater()


def test_every_card_that_was_put_aside_can_be_reached_and_asked_again(
    theme: Theme, owner: QObject, qtbot: QtBot, tmp_path: Path
) -> None:
    with studying(tmp_path) as core:
        enrol(core, MUSIC)
        answered(core, MUSIC, 2)
        course = core.study.library.course(MUSIC)
        core.study.reviews.take_in(course, [one.id for one in course.concepts[:3]]).result(60)
        ids = [one.id for one in core.study.reviews.session().result(60).cards][:6]
        for card in ids:
            core.study.reviews.suspend(card).result(60)
        made = controller(theme, core, owner)
        made.refresh()
        card = made.widget.leeches
        qtbot.waitUntil(lambda: len(card.rows) == 4)
        assert card.more.text() == "Show 2 more of 2"
        card.more.click()
        assert len(card.rows) == 6
        assert card.more.isHidden()
        for row in card.rows:
            assert isinstance(row, LeechRow)
            assert row.aside.accessibleName() == "Ask it again"
            row.aside.click()
        qtbot.waitUntil(lambda: not card.rows)
        assert len(core.study.reviews.session().result(60).cards) >= len(ids)
        made.widget.deleteLater()


def test_tab_reaches_the_hard_cards_before_the_concepts(page: ProgressController) -> None:
    widget = page.widget
    row = widget.leeches.rows[-1]
    assert isinstance(row, LeechRow)
    row.aside.setFocus()
    QTest.keyClick(row.aside, Qt.Key.Key_Tab)
    reached = widget.window().focusWidget()
    assert reached in {widget.chooser, widget.table}


def test_one_column_where_there_is_little_room(
    page: ProgressController, theme: Theme, qtbot: QtBot
) -> None:
    widget = page.widget
    assert widget.mastery.y() == widget.calibration.y()
    widget.resize(600, 700)
    QApplication.processEvents()
    assert widget.calibration.y() > widget.mastery.y()
    assert widget.table.isColumnHidden(3)
    qtbot.waitUntil(lambda: widget.scroller.horizontalScrollBar().maximum() == 0)
    for mode in ("dark", "light"):
        theme.set(mode=mode)
        assert near(picture_of(widget), QPointF(4, 300), theme.color("page"), 0)
    widget.resize(1000, 700)


def test_with_nothing_done_it_says_what_to_do(
    theme: Theme, owner: QObject, qtbot: QtBot, tmp_path: Path
) -> None:
    with studying(tmp_path) as core:
        made = controller(theme, core, owner)
        wanted = record(made.courses_wanted)
        made.refresh()
        made.refresh()
        qtbot.waitUntil(lambda: not made.widget.empty.isHidden())
        (button,) = made.widget.empty.findChildren(Button)
        button.click()
        assert len(wanted) == 1
        failed = record(made.failed)
        made.widget.leeches.asked_again.emit(CardId(99))
        qtbot.waitUntil(lambda: len(failed) == 1)
        assert isinstance(failed[0][0], UserFacingError)
        made.widget.deleteLater()


def test_the_calendar_shows_what_was_and_what_will_be(
    theme: Theme, core: Core, owner: QObject, qtbot: QtBot
) -> None:
    core.study.enrolments.enrol(PYTHON, hours_a_week=3).result(60)
    made = CalendarController(theme, core.study, JobRelay(owner), owner, Noon())
    made.refresh()
    made.refresh()
    page = made.widget
    put([], page, 1000, 700)
    qtbot.waitUntil(lambda: bool(page.agenda.rows))
    assert "days of study" in page.past.accessibleName()
    assert "in 30 days" in page.ahead_card.note()
    opened, left = record(made.lesson_wanted), record(made.left)
    first = next(row for row in page.agenda.rows if row.findChildren(Button))
    assert first.accessibleName().startswith(("Today", "Tomorrow", "Fri", "Sat"))
    first.findChildren(Button)[0].click()
    assert opened[0][0] in {str(PYTHON), str(ALGEBRA)}
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert len(left) == 1
    page.close()
    page.deleteLater()


def test_an_empty_calendar_says_what_will_stand_there(theme: Theme) -> None:
    page = CalendarPage(theme)
    put([], page, 800, 600)
    none = Calibration((), 0.0, 0)
    nothing = Progress((), none, none, (), (False,) * 7)
    days = tuple(DayAhead(TODAY + timedelta(days=at), 0, 0.0) for at in range(30))
    page.show_calendar(nothing, Outlook(days, 0, planned=False), TODAY)
    assert page.empty.isVisible()
    assert not page.agenda.isVisible()
    wanted = record(page.courses_wanted)
    page.empty.findChildren(Button)[0].click()
    assert len(wanted) == 1
    page.agenda.show_days(days, planned=True)
    assert page.agenda.rows == []
    busy = DayAhead(TODAY + timedelta(days=1), 2, 0.4)
    page.show_calendar(nothing, Outlook((days[0], busy), 0, planned=False), TODAY)
    assert [row.accessibleName() for row in page.agenda.rows] == [
        "Tomorrow, 2 reviews, about 1 min"
    ]
    assert not page.empty.isVisible()
    page.close()
    page.deleteLater()


class TestWords:
    def test_times(self) -> None:
        assert [time_words(one) for one in (0, 0.4, 59.4, 60, 130, 840, 900_000)] == [
            "0 min",
            "0 min",
            "59 min",
            "1 h",
            "2 h 10 min",
            "14 h",
            "15,000 h",
        ]

    def test_what_was_foretold(self) -> None:
        hundred = Calibration(
            (CalibrationBin(0.8, 0.76, 100), CalibrationBin(0.9, 1, 3)), 0.04, 103
        )
        said = foretelling_words(hundred).replace("\u00a0", " ")
        assert said == "When I said 80 %, you were right 76 % of the time, in 100 answers."
        assert "still knew 76" in foretelling_words(hundred, reviews=True)
        assert foretelling_words(calibration([])) == (
            "It takes 20 more answers to tell (none so far)."
        )
        almost = calibration([(0.5, True)] * 19)
        assert foretelling_words(almost, reviews=True) == (
            "It takes 1 more review to tell (19 so far)."
        )

    def test_weeks(self) -> None:
        days = [StudyDay(TODAY - timedelta(days=ago), 2, 1, 10.0) for ago in (0, 6, 7, 13, 14)]
        found = totals(days, TODAY)
        assert (found.week_minutes, found.before_minutes, found.all_minutes) == (20, 20, 50)
        assert (found.answers, found.reviews, found.days) == (10, 5, 5)

    def test_a_side_of_a_card_in_one_line(self) -> None:
        assert plain_line("What does `print`\n\n- do **now**?") == "What does print • do now?"
        assert len(plain_line("x " * 9000)) < 500


def test_the_calendar_takes_days_of_any_year(theme: Theme) -> None:
    calendar = StudyCalendar(theme)
    calendar.show_days([StudyDay(date(1999, 1, 1), 1, 1, 1.0)], TODAY)
    assert "1 day of study" in calendar.accessibleName()
    calendar.deleteLater()
