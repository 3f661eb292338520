"""The week in the real window: planned, looked at, moved, pinned, explained, by keys and mouse."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from assistant.config.paths import profile_paths
from assistant.domain.clock import FixedClock
from assistant.domain.ids import TaskId
from assistant.domain.schedule import (
    Because,
    Block,
    BlockKind,
    Overflow,
    Reason,
    Remedy,
    WeekPlan,
)
from assistant.domain.task import Task, TaskState
from assistant.engine.scripted import scripted_engine
from assistant.planner.calendar.values import Occurrence
from assistant.services.core import Core
from assistant.services.options import CoreOptions
from assistant.services.planning.calendar_values import CalendarEvents
from assistant.services.planning.services import PlanningServices
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.plan.week.bars import OverflowBar
from assistant.ui.plan.week.canvas import WeekCanvas
from assistant.ui.plan.week.chances import DOTS
from assistant.ui.plan.week.controller import WeekController
from assistant.ui.plan.week.layout import Grid, hours_of, placed_in
from assistant.ui.plan.week.values import Gathered, Shown, Week, week_of
from assistant.ui.plan.week.why import WhyPanel
from assistant.ui.theme.theme import Theme
from tests.helpers.profile import PASSPHRASE
from tests.helpers.signals import record

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2025, 11, 19, 13, 10, tzinfo=BERLIN)
MONDAY = date(2025, 11, 17)
KEY = Qt.Key
OpenWeek = tuple[WeekController, PlanningServices]


def at(day: int, hour: float) -> datetime:
    return datetime(2025, 11, 17 + day, tzinfo=BERLIN) + timedelta(hours=hour)


def block(task: int, day: int, begin: float, end: float, **more: object) -> Block:
    reasons = (Reason(Because.DEADLINE, "Friday is near", at(6, 9)),)
    made = Block(TaskId(task), f"Task {task}", at(day, begin), at(day, end), reasons=reasons)
    return Block(**{name: getattr(made, name) for name in made.__slots__} | more)  # pyright: ignore[reportArgumentType] - parts by name


def week(days: int = 7) -> Week:
    tasks = {
        TaskId(1): Task(TaskId(1), "Lab report", NOW),
        TaskId(2): Task(TaskId(2), "Done thing", NOW, state=TaskState.DONE),
        TaskId(4): Task(TaskId(4), "Dentist", NOW, fixed_start=at(4, 11), fixed_end=at(4, 12)),
    }
    plan = WeekPlan(
        NOW,
        at(2, 0),
        at(7, 0),
        (
            block(1, 2, 14, 15.5, part=1, parts=2),
            block(1, 3, 10, 11.5, part=2, parts=2, pinned=True),
            block(2, 1, 9, 10),
            block(-3, 2, 16, 16.25, kind=BlockKind.STUDY, title="23 reviews"),
        ),
        (Overflow(TaskId(9), "Tax form", 120, "No room before Sunday"),),
    )
    events = CalendarEvents(
        "Home",
        (
            Occurrence("a", "Lecture", at(2, 14.5), at(2, 16), place="Hall"),
            Occurrence("b", "Party", at(5, 22), at(6, 2)),
            Occurrence("c", "Holiday", at(4, 0), at(5, 0), whole_day=True),
            Occurrence("d", "Gone", at(4, 9), at(4, 10), status="CANCELLED", busy=False),
            Occurrence("e", "Maybe", at(0, 9), at(0, 10), busy=False),
        ),
    )
    return week_of(MONDAY, days, NOW, Gathered(plan, (events,), tasks))


def test_a_week_is_put_together_from_plan_calendars_and_appointments() -> None:
    made = week()
    assert [one.title for one in made.blocks] == [
        "Maybe",
        "Task 2",
        "Task 1 1/2",
        "Lecture",
        "23 reviews",
        "Task 1 2/2",
        "Dentist",
        "Party",
    ]
    assert [one.done for one in made.blocks][1]
    assert [one.title for one in made.whole_days] == ["Holiday"]
    assert made.blocks[5].words == ("Task 1 2/2, Thursday 10:00 to 11:30, task, pinned")
    assert made.blocks[2].movable(NOW)
    assert not made.blocks[1].movable(NOW)


def test_a_later_time_of_a_recurring_task_is_not_ended_before_it_comes() -> None:
    task = Task(TaskId(1), "Gym", NOW, state=TaskState.DONE)
    blocks = tuple(block(1, day, 10, 11, occurrence=at(day, 0)) for day in (3, 4))
    plan = WeekPlan(NOW, NOW, at(7, 0), (block(1, 2, 10, 11), *blocks))
    first, *later = week_of(MONDAY, 7, NOW, Gathered(plan, (), {task.id: task})).blocks
    assert (first.task, first.done) == (task, True)
    assert [(one.task, one.done, one.movable(NOW)) for one in later] == [(None, False, True)] * 2
    assert len({first.key, *(one.key for one in later)}) == 3


def test_every_reason_that_there_is_can_be_told(qtbot: QtBot, theme: Theme) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    panel = WhyPanel(theme, page)
    panel.show_reasons([Reason(one, one.value) for one in Because], MONDAY)
    assert [words.split()[0] for words in panel.reasons()] == [one.value for one in Because]


def test_what_overlaps_lies_side_by_side_and_what_crosses_midnight_in_both_days() -> None:
    from PySide6.QtCore import QRectF

    made = week()
    assert hours_of(made) == (0, 24)
    wide = Grid(QRectF(50, 0, 1400, 2400), MONDAY, 7, 0, 24)
    placed = {(one.shown.title, one.day): one.area for one in placed_in(made, wide)}
    report = placed["Task 1 1/2", date(2025, 11, 19)]
    lecture = placed["Lecture", date(2025, 11, 19)]
    assert report.right() <= lecture.left()
    assert (round(report.top()), round(report.height())) == (1400, 149)
    assert placed["Party", date(2025, 11, 23)].top() < 1
    assert placed["23 reviews", date(2025, 11, 19)].height() >= 15
    grid = Grid(QRectF(50, 0, 700, 2400), MONDAY, 7, 0, 24)
    assert grid.moment(QPointF(260, 1033), NOW, 15) == at(2, 10.25)
    assert grid.moment(QPointF(9999, 99999), NOW, 15) == at(6, 23.75)


@pytest.fixture
def canvas(qtbot: QtBot, theme: Theme) -> WeekCanvas:
    made = WeekCanvas(theme, lambda: NOW)
    qtbot.addWidget(made)
    made.resize(900, 1000)
    made.show_week(week(), tuple(tuple(0.5 for _ in range(24)) for _ in range(7)))
    made.show()
    return made


def titles(heard: Sequence[Sequence[object]]) -> list[str]:
    """Titles of the blocks that were told."""
    return [one[0].title for one in heard if isinstance(one[0], Shown)]


def chosen(canvas: WeekCanvas) -> str:
    current = canvas.current()
    return "" if current is None else current.title


def test_keys_go_from_block_to_block_and_work_on_it(canvas: WeekCanvas, theme: Theme) -> None:
    why, pinned = record(canvas.why_wanted), record(canvas.pin_wanted)
    moved, done = record(canvas.moved), record(canvas.done_wanted)
    QTest.keyClick(canvas, KEY.Key_Down)
    assert chosen(canvas) == "Maybe"
    QTest.keyClick(canvas, KEY.Key_Right)
    QTest.keyClick(canvas, KEY.Key_Right)
    assert chosen(canvas) == "Task 1 1/2"
    assert canvas.accessibleDescription().startswith("Task 1 1/2, Wednesday 14:00 to 15:30, task")
    for key in (KEY.Key_Return, KEY.Key_P, KEY.Key_Space):
        QTest.keyClick(canvas, key)
    for key in (KEY.Key_Down, KEY.Key_Left):
        QTest.keyClick(canvas, key, Qt.KeyboardModifier.AltModifier)
    assert titles([*why, *pinned, *done]) == ["Task 1 1/2"] * 3
    assert [one[1] for one in moved] == [at(2, 14.25), at(1, 14)]
    QTest.keyClick(canvas, KEY.Key_Up)
    assert chosen(canvas) == "Task 2"
    QTest.keyClick(canvas, KEY.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert len(moved) == 2
    lit = canvas.grab().toImage()
    QTest.keyClick(canvas, KEY.Key_Escape)
    assert chosen(canvas) == ""
    area = next(one.area for one in canvas.placed() if one.shown.title == "Task 2")
    edge = QPointF(area.left(), area.center().y()).toPoint()
    assert lit.pixelColor(edge) == theme.color("lampline")
    assert canvas.grab().toImage().pixelColor(edge) != theme.color("lampline")

    QTest.keyClick(canvas, KEY.Key_T)
    table = canvas.table()
    assert table is not None
    assert table.rowCount() == 8
    QTest.keyClick(table, KEY.Key_Escape)
    assert table.isHidden()
    image = canvas.grab().toImage()
    theme.set(mode="dark", high_contrast=True)
    assert canvas.grab().toImage() != image


def test_a_block_is_drawn_elsewhere_and_an_event_is_not(canvas: WeekCanvas) -> None:
    moved, why = record(canvas.moved), record(canvas.why_wanted)
    grid = canvas.grid()
    assert grid is not None
    areas = {one.shown.title: one.area for one in canvas.placed()}
    begin = areas["Task 1 2/2"].center()
    end = QPointF(begin.x() + grid.column, begin.y() + 2 * grid.hour)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=begin.toPoint())
    QTest.mouseMove(canvas, ((begin + end) / 2).toPoint())
    canvas.grab()
    QTest.mouseMove(canvas, end.toPoint())
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=end.toPoint())
    assert titles(moved) == ["Task 1 2/2"]
    assert moved[0][1] == at(4, 12)

    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=areas["Lecture"].center().toPoint())
    assert titles(why) == ["Lecture"]
    canvas.hide_kinds(frozenset({"event", "energy"}))
    assert "Lecture" not in [one.shown.title for one in canvas.placed()]


def test_the_present_moment_goes_on_while_nothing_is_read(qtbot: QtBot, theme: Theme) -> None:
    clock = [NOW]
    made = WeekCanvas(theme, lambda: clock[0])
    qtbot.addWidget(made)
    made.resize(900, 1000)
    made.show_week(week())
    image = made.grab().toImage()
    clock[0] = at(2, 18)
    assert made.grab().toImage() != image
    moved = record(made.moved)
    made.select(next(one for one in week().blocks if one.title == "Task 1 1/2"))
    QTest.keyClick(made, KEY.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert moved == []


def test_what_does_not_fit_is_told_with_what_would_help(qtbot: QtBot, theme: Theme) -> None:
    bar = OverflowBar(theme)
    qtbot.addWidget(bar)
    taken = record(bar.remedied)
    remedy = Remedy("Use Sunday, 11:00 to 13:00", "extend_hours", "a/b")
    tax = Overflow(TaskId(9), "Tax form", 120, "No room before Sunday", (remedy,))
    bar.show_overflow((tax, Overflow(TaskId(8), "Other", 60, "Neither")))
    assert bar.words == (
        "“Tax form” does not fit: No room before Sunday. 1 more does not fit either."
    )
    bar.buttons[0].click()
    assert [tuple(one) for one in taken] == [(tax, remedy)]
    bar.grab()
    bar.show_overflow(())
    assert bar.isHidden()


def test_what_was_found_to_help_stays_while_the_week_is_read_again(
    qtbot: QtBot, theme: Theme
) -> None:
    bar = OverflowBar(theme)
    qtbot.addWidget(bar)
    asked = record(bar.looked_at)
    tax, other = (Overflow(TaskId(n), f"Task {n}", 60, "No room") for n in (9, 8))
    bar.show_overflow((tax, other))
    bar.next_button.click()
    remedy = Remedy("Use Sunday, 11:00 to 13:00", "extend_hours", "a/b")
    bar.show_remedies(other, replace(other, remedies=(remedy,)))
    buttons = bar.buttons
    assert [one.text() for one in buttons] == [remedy.text]
    bar.show_overflow((tax, other))
    assert bar.words.startswith("“Task 8”")
    assert bar.buttons == buttons
    assert [one for [one] in asked] == [tax, other]

    less = replace(other, missing_min=30)
    bar.show_overflow((replace(tax, title="Task 7", task=TaskId(7)), tax, less))
    assert bar.words.startswith("“Task 8”")
    assert (bar.buttons, asked[-1][0]) == ([], less)
    bar.show_overflow((tax,))
    assert bar.words.startswith("“Task 9”")


@pytest.fixture
def open_week(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[OpenWeek]:
    paths = profile_paths(tmp_path / "p")
    options = CoreOptions(paths=paths, clock=FixedClock(NOW), keyring=False)
    core = Core(options, scripted_engine())
    core.vault.open(PASSPHRASE).result(60)
    relay = JobRelay(theme)
    made = WeekController(theme, core.planning, relay, theme)
    qtbot.addWidget(made.page)
    made.page.resize(1000, 800)
    made.page.show()
    yield made, core.planning
    relay.close()
    core.close()


def shown(made: WeekController, title: str) -> Shown:
    return next(one.shown for one in made.page.canvas.placed() if one.shown.title == title)


def test_a_week_is_planned_mended_and_explained(
    open_week: OpenWeek, qtbot: QtBot, tmp_path: Path
) -> None:
    controller, planning = open_week
    page, told = controller.page, record(controller.done)
    controller.refresh()
    qtbot.waitUntil(lambda: not page.empty.isHidden())
    assert not page.plan.isEnabled()

    file = tmp_path / "home.ics"
    file.write_text(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nSUMMARY:Lecture\nDTSTART:20251120T080000Z\n"
        "DURATION:PT1H\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    planning.calendars.bring(file).result(60)
    planning.adding.add_line("lab report by fri ~1h").result(60)
    controller.refresh()
    qtbot.waitUntil(lambda: page.plan.isEnabled() and bool(page.canvas.placed()))
    assert page.plan.text() == "Plan the week"

    page.plan.click()
    page.show_empty(empty=False)  # as a refresh does meanwhile
    assert (page.plan.text(), page.plan.isEnabled()) == ("Planning", False)
    qtbot.waitUntil(lambda: bool(told))
    assert page.plan.isEnabled()
    qtbot.waitUntil(lambda: len(page.canvas.placed()) == 2)
    report = shown(controller, "lab report")
    page.canvas.why_wanted.emit(report)
    qtbot.waitUntil(lambda: bool(page.why.reasons()))
    assert page.why.isVisible()
    foresight = page.why.foresight
    qtbot.waitUntil(lambda: bool(foresight.bar.accessibleName()))
    qtbot.waitUntil(lambda: bool(foresight.dots.accessibleName()))
    assert foresight.words[0].endswith("%")
    assert 0 < foresight.dots.filled <= DOTS
    assert foresight.bar.accessibleName().startswith("Likely ")
    page.grab()
    page.why.pin.click()
    qtbot.waitUntil(lambda: shown(controller, "lab report").pinned)
    qtbot.waitUntil(lambda: bool(page.why.reasons()))
    page.canvas.moved.emit(shown(controller, "lab report"), at(3, 15))
    qtbot.waitUntil(lambda: shown(controller, "lab report").start == at(3, 15))
    page.why.start.click()
    qtbot.waitUntil(lambda: planning.timing.running().result(60) is not None)
    page.why.done.click()
    qtbot.waitUntil(lambda: shown(controller, "lab report").done)
    QTest.keyClick(page.why, KEY.Key_Escape)
    assert page.why.isHidden()


def test_a_block_that_is_put_on_an_appointment_says_so(open_week: OpenWeek, qtbot: QtBot) -> None:
    controller, planning = open_week
    told, clashed = record(controller.done), record(controller.clashed)
    planning.adding.add_line("lab report 1h by 21 november 2025").result(60)
    planning.adding.add_line("dentist 20 november 2025 15:00-16:00").result(60)
    controller.plan()
    qtbot.waitUntil(lambda: len(told) == 1)
    canvas = controller.page.canvas
    qtbot.waitUntil(lambda: any(one.shown.title == "lab report" for one in canvas.placed()))
    canvas.moved.emit(shown(controller, "lab report"), at(3, 15.5))
    qtbot.waitUntil(lambda: len(clashed) == 1)
    assert str(clashed[0][0]).startswith(
        "“lab report” was moved. It lies on “dentist”, Thu 20 Nov 15:00-16:00. The nearest free"
    )
    qtbot.waitUntil(lambda: shown(controller, "lab report").start == at(3, 15.5))
    canvas.moved.emit(shown(controller, "lab report"), at(3, 10))
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told[1][0] == "“lab report” was moved; the rest follows."


def test_a_block_that_is_drawn_over_an_appointment_says_so(
    open_week: OpenWeek, qtbot: QtBot
) -> None:
    controller, planning = open_week
    told, clashed = record(controller.done), record(controller.clashed)
    planning.adding.add_line("lab report 1h by 21 november 2025").result(60)
    planning.adding.add_line("dentist 20 november 2025 15:00-16:00").result(60)
    controller.plan()
    qtbot.waitUntil(lambda: len(told) == 1)
    canvas = controller.page.canvas
    qtbot.waitUntil(lambda: any(one.shown.title == "lab report" for one in canvas.placed()))
    canvas.resized.emit(shown(controller, "lab report"), at(3, 13), at(3, 15.5))
    qtbot.waitUntil(lambda: len(clashed) == 1)
    said = "“lab report” takes 2\xa0h\xa030 here."
    clash = "It lies on “dentist”, Thu 20 Nov 15:00-16:00. The nearest free room is"
    assert str(clashed[0][0]).startswith(f"{said} {clash}")
    qtbot.waitUntil(lambda: shown(controller, "lab report").end == at(3, 15.5))
    canvas.resized.emit(shown(controller, "lab report"), at(3, 13), at(3, 15))
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told[1][0] == "“lab report” takes 2\xa0h here."


def test_days_and_weeks_follow_each_other(open_week: OpenWeek, qtbot: QtBot) -> None:
    page = open_week[0].page
    page.spans.chosen.emit(0)
    qtbot.waitUntil(lambda: page.windowTitle() == "Wednesday 19 November")
    page.gone.emit(1)
    qtbot.waitUntil(lambda: page.windowTitle() == "Thursday 20 November")
    page.spans.chosen.emit(1)
    page.gone.emit(2)
    qtbot.waitUntil(lambda: page.windowTitle().endswith("December"))
    page.gone.emit(0)
    qtbot.waitUntil(lambda: page.windowTitle().endswith("23 November"))
