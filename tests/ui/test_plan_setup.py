"""What planning goes by, in the window: hours, calendars, words."""

from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from threading import Event
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from assistant.config.paths import profile_paths
from assistant.domain.clock import FixedClock
from assistant.domain.errors import UserFacingError
from assistant.engine.scripted import scripted_engine
from assistant.planner.calendar import Remark
from assistant.services.core import Core
from assistant.services.options import CoreOptions
from assistant.services.planning.calendar_values import PLANNED, Imported
from assistant.services.planning.services import PlanningServices
from assistant.services.planning.settings import WayOfWork
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.plan.setup.calendars import imported_words
from assistant.ui.plan.setup.controller import SetupController
from assistant.ui.plan.setup.hours import hours_words, read_hours, read_minutes
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.labels import ElidedLabel
from tests.helpers.profile import PASSPHRASE
from tests.helpers.signals import record

NOW = datetime(2025, 11, 19, 13, 10, tzinfo=ZoneInfo("Europe/Berlin"))
FILE = (
    "BEGIN:VCALENDAR\nX-WR-CALNAME:Home\nBEGIN:VEVENT\nUID:a\nSUMMARY:Lecture\n"
    "DTSTART:20251120T080000Z\nDURATION:PT1H\nEND:VEVENT\nBEGIN:VEVENT\nUID:b\nEND:VEVENT\n"
    "END:VCALENDAR\n"
)
Open = tuple[SetupController, PlanningServices]


def test_hours_are_read_as_they_are_written() -> None:
    spans = [(time(9), time(12, 30)), (time(13, 30), time(0))]
    assert read_hours("9-12:30, 13:30 to 24") == spans
    assert read_hours(hours_words(spans[:1])) == spans[:1]
    assert read_hours(" ") == []
    for wrong in ("nine", "25-26", "9-24:30", "9:70-10", "9"):
        with pytest.raises(UserFacingError, match="no span"):
            read_hours(wrong)


@pytest.fixture
def setup(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Open]:
    paths = profile_paths(tmp_path / "p")
    core = Core(CoreOptions(paths=paths, clock=FixedClock(NOW), keyring=False), scripted_engine())
    core.vault.open(PASSPHRASE).result(60)
    relay = JobRelay(theme)
    made = SetupController(theme, core.planning, relay, theme)
    qtbot.addWidget(made.page)
    made.page.resize(900, 1200)
    made.page.show()
    made.refresh()
    qtbot.waitUntil(lambda: bool(made.page.days[0].field.text()))
    yield made, core.planning
    relay.close()
    core.close()


def test_each_day_has_the_height_that_its_field_needs(setup: Open, qtbot: QtBot) -> None:
    page = setup[0].page

    def heights() -> list[bool]:
        return [row.height() >= row.minimumSizeHint().height() for row in page.days]

    for width in (700, 900, 1100):
        page.resize(width, 700)
        qtbot.waitUntil(lambda: page.body.width() > 0 and all(heights()))


def test_hours_and_words_are_changed(setup: Open, qtbot: QtBot) -> None:
    controller, planning = setup
    page = controller.page
    assert page.days[0].field.text() == "9:00\N{EN DASH}12:30, 13:30\N{EN DASH}18:00"
    assert page.days[6].field.text() == ""
    first = page.days[0].field.field
    first.setFocus()
    page.show_hours({})  # the keys are there, and nothing was written
    assert first.text() == ""
    QTest.keyClicks(first, "7")
    page.show_hours({0: [(time(9), time(10))]})
    assert first.text() == "7"
    controller.refresh()
    field = page.days[6].field.field
    field.setFocus()
    QTest.keyClicks(field, "10-14")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(planning.settings.hours().result(60)) == 6)
    field.selectAll()
    QTest.keyClicks(field, "14-10")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(page.days[6].field.error()))
    said = page.days[6].field.error().partition("Write them as ")[2].rstrip(".")
    assert read_hours(said) == [(time(9), time(12, 30)), (time(13, 30), time(18))]
    field.setText("later")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "no span" in page.days[6].field.error())


def test_a_refusal_stands_at_the_field_that_it_is_of(setup: Open, qtbot: QtBot) -> None:
    controller, planning = setup
    page, done = controller.page, record(controller.done)
    gate = Event()
    planning.workers.on_store(gate.wait)
    page.hours_set.emit(0, "14-10")
    page.hours_set.emit(6, "10-14")
    page.customs.length_set.emit("focus_min", "10 min")
    page.customs.length_set.emit("rest_min", "20 min")
    gate.set()
    qtbot.waitUntil(lambda: len(done) == 2)
    assert done[0] == ("The hours of Sunday were set.",)
    assert page.days[0].field.error()
    assert page.days[6].field.error() == ""
    focus, rest, _ = page.customs.lengths
    assert "15 to 480 minutes" in focus.field.error()
    assert rest.field.error() == ""
    page.hours_set.emit(0, "9-10")
    page.customs.length_set.emit("focus_min", "50 min")
    qtbot.waitUntil(lambda: len(done) == 4)
    assert (page.days[0].field.error(), focus.field.error()) == ("", "")
    qtbot.waitUntil(lambda: page.days[0].field.text() == "9:00\N{EN DASH}10:00")
    assert focus.field.text() == "50 min"


def test_own_words_are_taught_changed_and_forgotten(setup: Open, qtbot: QtBot) -> None:
    controller, planning = setup
    card = controller.page.words
    card.phrase.setText("after class")
    card.meaning.setText("15:30")
    QTest.keyClick(card.meaning, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(card.words) == 1)
    assert card.words[0].entry.meaning == "15:30"
    assert card.phrase.text() == ""

    card.phrase.setText("one two three four five six seven")
    card.meaning.setText("7")
    card.teach.click()
    qtbot.waitUntil(lambda: "cannot be taught" in card.problem)
    assert card.meaning.text() == "7"  # nothing that was written is lost
    card.phrase.setText("the usual")
    card.meaning.setText("~45min #gym")
    card.teach.click()
    qtbot.waitUntil(lambda: len(card.words) == 2)

    assert card.words[1].entry.phrase == "after class"
    card.words[1].change.click()
    assert (card.phrase.text(), card.meaning.text()) == ("after class", "15:30")
    card.phrase.setText("after school")
    card.meaning.setText("14:00")
    card.teach.click()
    qtbot.waitUntil(lambda: "after school" in {one.entry.phrase for one in card.words})
    words = planning.words.vocabulary().result(60)
    assert {one.phrase: one.meaning for one in words.entries} == {
        "the usual": "~45min #gym",
        "after school": "14:00",
    }
    card.words[0].change.click()
    card.cancel.click()
    assert (card.phrase.text(), card.teach.text()) == ("", "Teach")
    planning.tasks.undo().result(60)
    words = planning.words.vocabulary().result(60)
    assert words.meaning("after class") == "15:30"
    assert words.meaning("after school") is None
    controller.refresh()
    qtbot.waitUntil(lambda: "after class" in {one.entry.phrase for one in card.words})


def test_many_own_words_are_listed_and_forgotten(setup: Open, qtbot: QtBot) -> None:
    controller, planning = setup
    card = controller.page.words
    for phrase in ("after class", "the usual"):
        planning.words.teach(phrase, "15:30").result(60)
    controller.refresh()
    qtbot.waitUntil(lambda: len(card.words) == 2)
    card.words[1].change.setFocus()
    planning.words.teach("today", "#gym").result(60)
    controller.refresh()
    qtbot.waitUntil(lambda: len(card.words) == 3)
    assert card.words[2].change.hasFocus()
    said = [one.text() for one in card.words[0].findChildren(ElidedLabel)]
    assert sorted(said) == ["#gym", "Hides a common word", "“today”"]
    planning.words.forget("today").result(60)
    controller.refresh()
    qtbot.waitUntil(lambda: len(card.words) == 2)
    for left in (1, 0):
        card.words[0].remove.click()
        qtbot.waitUntil(lambda left=left: len(card.words) == left)

    for number in range(14):
        planning.words.teach(f"word {'abcdefghijklmn'[number]}", "#x").result(60)
    controller.refresh()
    qtbot.waitUntil(lambda: len(card.words) == 12)
    card.more.click()
    assert len(card.words) == 14


def test_customs_are_set_and_reach_the_plan(setup: Open, qtbot: QtBot) -> None:
    controller, planning = setup
    card, done = controller.page.customs, record(controller.done)
    focus, rest, travel = card.lengths
    assert [one.field.text() for one in card.lengths] == ["", "", ""]
    for row, words in ((focus, "1h"), (rest, "20"), (travel, "0")):
        row.field.field.setFocus()
        QTest.keyClicks(row.field.field, words)
        QTest.keyClick(row.field.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(done) == 3)
    card.late.click()
    qtbot.waitUntil(lambda: len(done) == 4)
    assert planning.settings.customs().result(60) == WayOfWork(60, 20, 0, late=True)
    focus.field.field.setText("10 min")
    QTest.keyClick(focus.field.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "15 to 480 minutes" in focus.field.error())
    focus.field.field.setText("long")
    QTest.keyClick(focus.field.field, Qt.Key.Key_Return)
    assert "no length of time" in focus.field.error()
    rest.field.field.setText("")
    QTest.keyClick(rest.field.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: planning.settings.customs().result(60).rest_min is None)
    planning.tasks.undo().result(60)
    planning.tasks.undo().result(60)
    controller.refresh()
    qtbot.waitUntil(lambda: not card.late.isChecked())
    assert planning.settings.customs().result(60) == WayOfWork(60, 20, 0)


def test_lengths_are_read_as_they_are_written() -> None:
    found = [read_minutes(words) for words in ("90", "45 min", "1:30", "1 h 30", "1.5 h", "2h", "")]
    assert found == [90, 45, 90, 90, 90, 120, None]
    for wrong in ("soon", "1:75", "-5", "h"):
        with pytest.raises(UserFacingError, match="no length"):
            read_minutes(wrong)


def test_a_folder_is_brought_in_with_what_was_refused(
    setup: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    controller, planning = setup
    card, done = controller.page.calendars, record(controller.done)
    said = record(controller.said)
    folder = tmp_path / "calendars" / "deep"
    folder.mkdir(parents=True)
    (folder / "home.ics").write_text(FILE)
    (tmp_path / "calendars" / "broken.ics").write_text("no calendar\n")
    controller.bring(str(tmp_path / "calendars"))
    assert card.progress.isVisible()
    assert not card.buttons.isVisible()
    qtbot.waitUntil(lambda: len(card.calendars) == 1)
    assert not card.progress.isVisible()
    assert done[-1][0] == "1 new or changed in 2 files. 2 could not be read."
    lines = card.refusals.lines
    assert any(one.startswith("broken.ics") for one in lines)
    assert "home.ics, line 9: It has no DTSTART." in lines
    assert card.refusals.isVisible()
    card.refusals.dismiss.click()
    assert not card.refusals.isVisible()

    many = "".join(
        f"BEGIN:VEVENT\nUID:n{number}\nSUMMARY:Nothing {number}\nEND:VEVENT\n"
        for number in range(10)
    )
    (tmp_path / "many.ics").write_text(f"BEGIN:VCALENDAR\n{many}END:VCALENDAR\n")
    controller.bring(str(tmp_path / "many.ics"))
    qtbot.waitUntil(card.refusals.isVisible)
    assert card.refusals.more.text() == "Show 2 more"
    card.refusals.more.click()
    assert not card.refusals.more.isVisible()
    assert said[-1][0] == "Nothing could be read in many.ics."
    assert len(done) == 1
    assert [one.name for one in planning.calendars.calendars().result(60)] == ["Home"]


def test_an_import_is_stopped(setup: Open, qtbot: QtBot, tmp_path: Path) -> None:
    controller, planning = setup
    card, said = controller.page.calendars, record(controller.said)
    for number in range(40):
        (tmp_path / f"c{number:02}.ics").write_text(FILE.replace("Home", f"Home {number}"))
    held = Event()
    planning.workers.on_store(held.wait)  # nothing is kept before the test goes on
    controller.bring(str(tmp_path))
    qtbot.waitUntil(lambda: card.bar.value() >= 0 and card.progress.isVisible())
    card.cancel.click()
    held.set()
    qtbot.waitUntil(lambda: bool(said))
    assert not card.progress.isVisible()
    assert card.buttons.isVisible()
    controller.refresh()
    planning.workers.in_pool(lambda _: None).result(60)
    assert len(planning.calendars.calendars().result(60)) <= 1


def test_calendars_come_count_and_go(setup: Open, qtbot: QtBot, tmp_path: Path) -> None:
    controller, planning = setup
    page, told, said = controller.page.calendars, record(controller.done), record(controller.said)
    failed = record(controller.failed)
    file = tmp_path / "home.ics"
    file.write_text(FILE)
    controller.bring(str(file))
    qtbot.waitUntil(lambda: len(page.calendars) == 1)
    assert told[0][0] == ("1 new or changed in home.ics. 1 could not be read.")
    switch = page.calendars[0].switch
    switch.setFocus()
    QTest.keyClick(switch, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not planning.calendars.calendars().result(60)[0].shown)
    planning.tasks.undo().result(60)
    controller.refresh()
    qtbot.waitUntil(page.calendars[0].switch.isChecked)
    assert page.calendars[0].switch.hasFocus()
    QTest.keyClick(switch, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not planning.calendars.calendars().result(60)[0].shown)
    qtbot.waitUntil(lambda: not page.calendars[0].switch.isChecked())
    out = tmp_path / "out.ics"
    controller.write(str(out))
    qtbot.waitUntil(lambda: bool(said))
    assert "SUMMARY:Lecture" in out.read_text()
    page.calendars[0].remove.click()
    qtbot.waitUntil(lambda: not page.calendars)
    assert told[-1][0] == "“Home” was removed."
    controller.write(str(tmp_path))
    controller.bring(str(tmp_path / "none.ics"))
    qtbot.waitUntil(lambda: len(failed) == 2)

    for want in (page.import_wanted, page.folder_wanted, page.export_wanted):
        want.emit()
        dialog = controller.page.findChild(QFileDialog)
        assert dialog is not None
        dialog.close()
        qtbot.waitUntil(lambda: controller.page.findChild(QFileDialog) is None)


def test_the_plan_that_came_with_a_file_is_told() -> None:
    remark = Remark(PLANNED, 0, "2 planned blocks were left out: why. What now.", refused=False)
    note = Remark("VEVENT", 3, "Its rule matches no day.", refused=False)
    assert imported_words(
        [Imported("a.ics", added=3, blocks=1, changed=True, remarks=(note,))]
    ) == ("3 new or changed in a.ics. 1 planned block is in the week.")
    left = Imported("a.ics", unchanged=3, blocks=4, blocks_left_out=2, remarks=(remark,))
    assert imported_words([left]) == (
        "Nothing new or changed in a.ics. 2 planned blocks were left out: why. What now."
    )
