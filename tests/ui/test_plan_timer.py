"""The clock of the Plan place: what runs, absences, and corrections."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from threading import Event
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from assistant.config.paths import profile_paths
from assistant.domain.errors import UserFacingError
from assistant.domain.task import Task
from assistant.engine.scripted import scripted_engine
from assistant.services.core import Core
from assistant.services.options import CoreOptions
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.main_window import MainWindow
from assistant.ui.plan.insights.logged import LoggedCard
from assistant.ui.plan.room import PlanRoom
from assistant.ui.plan.timer import controller as timer_module
from assistant.ui.plan.timer.correcting import Correcting, time_of
from assistant.ui.theme.theme import Theme
from tests.helpers.planning_stand import HandClock
from tests.helpers.profile import PASSPHRASE
from tests.helpers.signals import record

NOW = datetime(2025, 11, 19, 13, 10, tzinfo=ZoneInfo("Europe/Berlin"))


@dataclass
class Stand:
    """The Plan place in a window, its clock moved by hand."""

    core: Core
    clock: HandClock
    room: PlanRoom
    bot: QtBot

    def add(self, line: str) -> Task:
        return self.core.planning.adding.add_line(line).result(60)

    def start(self, line: str) -> Task:
        task = self.add(line)
        self.core.planning.timing.start(task.id).result(60)
        self.bot.waitUntil(self.room.timer.strip.isVisible)
        return task

    def let_pass(self, minutes: int, *, there: bool = True) -> None:
        """The clock goes on, and tells every minute whether something was touched."""
        for minute in range(1, minutes + 1):
            self.clock.forward(minutes=1)
            self.room.timer.notice((self.clock.moment, 0.0 if there else minute * 60.0))
        if not minutes:
            self.room.timer.notice((self.clock.moment, 0.0))

    def minutes(self, task: Task) -> list[float]:
        return [one.minutes for one in self.core.planning.timing.of(task.id).result(60)]


@pytest.fixture
def stand(
    qtbot: QtBot, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Stand]:
    monkeypatch.setattr(timer_module, "quiet_s", lambda: 0.0)
    # A tick that comes by itself would take what the clock is moved by for sleep.
    monkeypatch.setattr(timer_module, "_EVERY_MS", 3_600_000)
    clock = HandClock(NOW)
    paths = profile_paths(tmp_path / "p")
    core = Core(CoreOptions(paths=paths, clock=clock, keyring=False), scripted_engine())
    core.vault.open(PASSPHRASE).result(60)
    core.planning.settings.set_zone("Europe/Berlin").result(60)
    relay = JobRelay(theme)
    window = MainWindow(theme.tokens)
    window.furnish(theme)
    room = PlanRoom(theme, core, relay, window)
    window.add_place("plan", room.place, room.place.sections)
    window.show_place("plan")
    window.resize(1000, 700)
    window.show()
    yield Stand(core, clock, room, qtbot)
    room.close()
    relay.close()
    core.close()
    window.close()
    window.deleteLater()


def test_what_runs_is_seen_on_every_page_and_stopped(stand: Stand, qtbot: QtBot) -> None:
    strip = stand.room.timer.strip
    assert strip.isHidden()
    task = stand.start("lab report")
    assert strip.words.replace("\u00a0", " ") == "since 13:10 · 1 min"
    stand.room.place.show_page("week")
    assert strip.isVisible()
    stand.clock.forward(minutes=80)
    stand.room.timer.notice((stand.clock.moment, 0.0))
    assert strip.words.replace("\u00a0", " ") == "since 13:10 · 1 h 20"
    stand.clock.forward(days=1)
    stand.room.timer.notice((stand.clock.moment, 0.0))
    assert strip.words.startswith("since Yesterday, 13:10")
    stand.clock.moment = NOW + timedelta(minutes=80)
    done = record(stand.room.timer.done)
    strip.stop.click()
    qtbot.waitUntil(lambda: not strip.isVisible())
    assert str(done[0][0]).replace("\u00a0", " ") == "1 h 20 logged on “lab report”."
    assert stand.minutes(task) == [80]
    stand.room.undo()
    qtbot.waitUntil(strip.isVisible)


def test_an_absence_is_offered_and_taken_off(stand: Stand, qtbot: QtBot) -> None:
    strip, task = stand.room.timer.strip, stand.start("lab report")
    stand.let_pass(30, there=False)
    assert strip.absence == ""
    stand.let_pass(0)
    said = strip.absence.replace("\u00a0", " ")
    assert said.startswith("Nothing was touched from 13:10 to 13:40 (30 min).")
    strip.keep.click()
    assert strip.absence == ""

    stand.let_pass(20)  # 14:00
    stand.let_pass(30, there=False)
    stand.let_pass(0)
    stand.let_pass(10)
    assert strip.off.isVisible()
    strip.off.click()
    qtbot.waitUntil(lambda: strip.words.replace("\u00a0", " ") == "since 14:30 · 10 min")
    assert strip.absence == ""
    stand.let_pass(30, there=False)
    stand.let_pass(0)
    strip.off_and_stop.click()
    qtbot.waitUntil(lambda: not strip.isVisible())
    assert stand.minutes(task) == [50, 10]


def test_a_clock_that_was_forgotten_is_doubted(stand: Stand) -> None:
    stand.start("lab report")
    strip = stand.room.timer.strip
    stand.clock.forward(hours=20)  # Lamplight was closed meanwhile
    stand.room.timer.refresh()
    stand.bot.waitUntil(lambda: "for 20" in strip.absence)
    assert not strip.off.isVisible()
    strip.mend.click()
    card = _card(strip)
    card.window().close()
    strip.keep.click()
    assert strip.absence == ""
    stand.let_pass(30, there=False)
    stand.let_pass(0)
    assert strip.off.isVisible()


def test_a_busy_machine_is_no_absence(
    stand: Stand, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiet, asked = [0.0], list[float]()

    def quiet_s() -> float:
        asked.append(quiet[0])
        return asked[-1]

    monkeypatch.setattr(timer_module, "quiet_s", quiet_s)
    stand.start("lab report")
    strip, look = stand.room.timer.strip, stand.room.timer.findChild(QTimer)
    assert isinstance(look, QTimer)
    qtbot.waitUntil(lambda: asked == [0.0])
    held = Event()
    for _ in range(3):
        stand.core.planning.workers.in_pool(lambda _: held.wait(60))
    quiet[0] = 15 * 60.0
    for _ in range(30):
        stand.clock.forward(minutes=1)
        look.timeout.emit()
    assert strip.words.replace("\u00a0", " ") == "since 13:10 · 30 min"
    held.set()
    qtbot.waitUntil(lambda: len(asked) > 1)
    assert asked == [0.0, 15 * 60.0]  # once, however often there was nobody to ask
    quiet[0] = 0.0

    def is_offered() -> bool:
        look.timeout.emit()
        return bool(strip.absence)

    qtbot.waitUntil(is_offered)
    said = strip.absence.replace("\u00a0", " ")
    assert said.startswith("Nothing was touched from 13:25 to 13:40 (15 min).")


def test_a_question_of_the_clock_keeps_the_focus(stand: Stand) -> None:
    stand.start("lab report")
    strip = stand.room.timer.strip
    stand.let_pass(8 * 60)
    strip.mend.setFocus()
    assert strip.mend.hasFocus()
    stand.let_pass(1)
    assert strip.mend.hasFocus()


def test_what_runs_is_corrected(stand: Stand, qtbot: QtBot) -> None:
    task = stand.start("lab report")
    stand.clock.forward(minutes=50)  # 14:00
    strip = stand.room.timer.strip
    strip.correct.click()
    card = _card(strip)
    assert (card.start.text(), card.end.text()) == ("13:10", "")
    card.start.setText("12")
    QTest.keyClick(card.start, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: strip.words.replace("\u00a0", " ") == "since 12:00 · 2 h")
    strip.correct.click()
    card = _card(strip)
    card.end.setText("15:00")
    card.save.click()
    qtbot.waitUntil(lambda: "ends by now" in card.problem)
    card.end.setText("noon")
    card.save.click()
    assert "is no time of day" in card.problem
    card.end.setText("13:30")
    card.save.click()
    qtbot.waitUntil(lambda: not strip.isVisible())
    assert stand.minutes(task) == [90]


def test_what_was_logged_before_is_corrected_and_removed(stand: Stand, qtbot: QtBot) -> None:
    planning, task = stand.core.planning, stand.add("lab report")
    evening = NOW.replace(hour=22, minute=0) - timedelta(days=2)
    planning.timing.log(task.id, evening, evening + timedelta(hours=1)).result(60)
    for hour in range(5):
        begin = NOW - timedelta(hours=10 - hour)
        planning.timing.log(task.id, begin, begin + timedelta(minutes=30)).result(60)
    place = stand.room.place
    place.show_page("insights")
    page = place.page("insights")
    assert page is not None
    logged = page.findChild(LoggedCard)
    assert logged is not None
    qtbot.waitUntil(lambda: len(logged.rows) == 5)
    logged.more.click()
    assert len(logged.rows) == 6
    assert (
        logged.rows[5].accessibleName().startswith("lab report, Mon 17 Nov, 22:00\N{EN DASH}23:00")
    )
    logged.rows[5].correct.click()
    card = _card(logged)
    begin = NOW - timedelta(minutes=30)
    planning.timing.log(task.id, begin, begin + timedelta(minutes=10)).result(60)
    qtbot.waitUntil(lambda: logged.rows[0].timed.work.minutes == 10)
    assert card.isVisible()  # its line is no longer the sixth
    planning.tasks.undo().result(60)
    qtbot.waitUntil(lambda: len(logged.rows) == 6)
    logged.rows[5].correct.setFocus()
    card.after.click()
    card.end.setText("0:30")  # past midnight
    card.save.click()
    qtbot.waitUntil(lambda: 150 in stand.minutes(task))
    qtbot.waitUntil(
        lambda: any(
            "Yesterday, 22:00\N{EN DASH}00:30" in one.accessibleName() for one in logged.rows
        )
    )
    (corrected,) = [one for one in logged.rows if one.timed.work.minutes == 150]
    assert corrected.correct.hasFocus()
    logged.rows[0].correct.click()
    _card(logged).remove.click()
    qtbot.waitUntil(lambda: len(stand.minutes(task)) == 5)


def _card(owner: QWidget) -> Correcting:
    cards = [one for one in owner.window().findChildren(Correcting) if one.isVisible()]
    assert len(cards) == 1
    return cards[0]


def test_times_of_day_are_read() -> None:
    found = [time_of(text) for text in ("9", " 09:05 ", "905", "23.59")]
    assert found == [time(9), time(9, 5), time(9, 5), time(23, 59)]
    for wrong in ("", "24", "9:60", "nine", "-1"):
        with pytest.raises(UserFacingError, match="no time of day"):
            time_of(wrong)
