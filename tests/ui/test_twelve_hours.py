"""The window where the locale counts the hours of a day to twelve: all that is read follows."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from assistant.domain.clock_face import ClockFace
from assistant.domain.connection import Connection, ConnectionOutcome, Purpose
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import BackupId, TaskId
from assistant.domain.schedule import Because, Overflow, Reason, Remedy
from assistant.domain.vault import BackupInfo, VaultState, VaultStatus
from assistant.planner.quick_add.reading import parse_line
from assistant.services.core import Core
from assistant.services.options import CoreOptions
from assistant.ui.app import Lamplight
from assistant.ui.library.connections.log_model import when_words
from assistant.ui.library.network_words import network_view
from assistant.ui.plan.insights.pictures import EnergyDrawing
from assistant.ui.plan.week.bars import OverflowBar
from assistant.ui.plan.week.proposing import begin_words
from assistant.ui.plan.week.why import WhyPanel
from assistant.ui.study.review.words import moment_words
from assistant.ui.theme.theme import Theme
from assistant.ui.unlock.screen import UnlockScreen
from tests.helpers.desk import Sat, leave, sit_down
from tests.helpers.plan_place import Plan
from tests.helpers.planning_stand import HandClock
from tests.helpers.profile import options_for
from tests.helpers.signals import record

FRIDAY = datetime(2026, 3, 6, 17, tzinfo=UTC)


@pytest.fixture(autouse=True)
def twelve() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def sat(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Sat]:
    made = sit_down(qtbot, theme, tmp_path / "p", None, HandClock())
    yield made
    leave(made)


def plain(words: str) -> str:
    return words.replace("\N{NO-BREAK SPACE}", " ")


def toasts(sat: Sat) -> list[str]:
    return [plain(one.accessibleName()) for one in sat.desk.window.toasts.toasts()]


def test_the_window_builds_its_services_with_the_form_of_the_locale(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    given: list[CoreOptions] = []

    def refuse(options: CoreOptions) -> Core:
        given.append(options)
        raise UserFacingError("No.", "")

    lamplight = Lamplight(qapp, options_for(tmp_path / "p"), refuse)
    failed = record(lamplight.failed)
    lamplight.show()
    qtbot.waitUntil(lambda: bool(failed))
    assert [one.face for one in given] == [ClockFace(twelve=True)]
    lamplight.window.close()
    lamplight.deleteLater()


def test_an_offer_in_the_chat(sat: Sat) -> None:
    room, planning = sat.desk.room, sat.desk.core.planning
    planning.adding.add_line("Chemistry sheet ~1h").result(60)
    planning.adding.add_line("Dentist tomorrow 15:00-16:00").result(60)
    planning.scheduling.plan(7, 0.3).result(60)
    offer = room.plan_offer
    sat.say("move chemistry to tomorrow 15:15")
    sat.bot.waitUntil(lambda: offer.line.words.startswith("Move"))
    words = plain(offer.line.words)
    assert "It lies on “Dentist”, Tue 03 Mar 3:00-4:00 PM. The nearest free room is" in words
    assert "-4:15 PM" in words
    (instead,) = offer.line.choices
    assert plain(instead.text()) == "Tue 03 Mar, 4:00 PM instead"
    instead.click()
    sat.bot.waitUntil(lambda: "It lies on" not in offer.line.words and bool(offer.line.words))
    offer.line.action.click()
    sat.bot.waitUntil(lambda: any(one.startswith("Done: Move") for one in toasts(sat)))


def test_what_was_done_is_named_again_where_it_is_undone(sat: Sat) -> None:
    planning, room = sat.desk.core.planning, Plan(sat).room
    sheet = planning.adding.add_line("Chemistry sheet ~1h").result(60)
    planning.scheduling.plan(7, 0.3).result(60)
    span = "2026-03-07T18:00:00+00:00/2026-03-07T20:00:00+00:00"
    remedy = Remedy("Use Saturday 7 March, 18:00 to 20:00", "extend_hours", span)
    planning.remedies.take(sheet.id, remedy).result(60)
    room.undo()
    sat.bot.waitUntil(lambda: bool(toasts(sat)))
    assert toasts(sat)[-1].startswith("Undone: Use Saturday 7 March, 6:00 PM to 8:00 PM.")


def test_reasons_and_remedies_of_a_plan(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    why = WhyPanel(theme, window)
    why.show_reasons(
        [
            Reason(Because.DEADLINE, "It is due Friday 6 March, 17:00", FRIDAY),
            Reason(Because.ORDER, "It waits for “Call, 6 March, 17:00”", None),
        ],
        date(2026, 3, 6),
    )
    assert [plain(one) for one in why.reasons()] == [
        "It is due Friday 6 March, 5:00 PM Without it: Today, 5:00 PM",
        "It waits for “Call, 6 March, 17:00” Without it: not planned",
    ]
    bar = OverflowBar(theme)
    qtbot.addWidget(bar)
    remedy = Remedy("Use Friday 6 March, 18:00 to 20:00", "extend_hours", "a/b")
    text = "2 h of it found no room before it is due, Friday 6 March, 17:00"
    bar.show_overflow((Overflow(TaskId(9), "Tax form", 120, text, (remedy,)),))
    assert plain(bar.words).endswith("before it is due, Friday 6 March, 5:00 PM.")
    assert plain(bar.buttons[0].text()) == "Use Friday 6 March, 6:00 PM to 8:00 PM"


def test_a_time_that_is_put_into_a_line_is_read_again() -> None:
    assert begin_words(FRIDAY) == " 6 mar 2026 at 5:00 PM"
    midnight = FRIDAY.replace(hour=0)
    for minutes in range(0, 24 * 60, 15):
        at = midnight + timedelta(minutes=minutes)
        found = parse_line(f"call mum{begin_words(at)}", midnight - timedelta(days=1))
        assert (found.title, found.start) == ("call mum", at)


def test_other_places(qtbot: QtBot, theme: Theme) -> None:
    noon = datetime.combine(datetime.now().astimezone().date(), time(12)).astimezone()
    later = noon + timedelta(hours=3)
    assert plain(moment_words(later, noon)) == "today at 3:00 PM"

    made = Connection(later, "hub", Purpose.SEARCH, "a search", 10, 100, ConnectionOutcome.OPEN)
    view = network_view([made], [], offline=True, sealed=False)
    assert plain(view.note) == "The last connection was to hub, at 3:00 PM."
    assert plain(when_words(later, later.date())) == "3:00:00 PM"

    backup = BackupInfo(BackupId("one"), later, 1000, 3, 40, verified=True)
    screen = UnlockScreen(theme)
    qtbot.addWidget(screen)
    screen.show_status(VaultStatus(VaultState.DAMAGED, "A page is broken.", backups=(backup,)))
    listed = screen.findChild(QListWidget)
    assert isinstance(listed, QListWidget)
    assert plain(listed.item(0).text()).startswith(f"{later:%d %B %Y}, 3:00 PM · 3 chats")


def test_the_best_hour_of_the_week() -> None:
    flat = tuple(0.5 for _ in range(24))
    best = tuple(0.9 if hour == 14 else 0.5 for hour in range(24))
    shown = EnergyDrawing((flat, best, *(flat for _ in range(5))), 20)
    assert plain(shown.summary()) == "Work goes best on Tuesday at 2 PM, by 20 tasks."


def test_days_and_months_are_named_in_english_whatever_the_system_speaks() -> None:
    program = (
        "import locale, os\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from assistant.ui.clock import keep_english\n"
        "app = QApplication([])\n"
        "spoken = [locale.setlocale(one) for one in (locale.LC_TIME, locale.LC_NUMERIC)]\n"
        "keep_english()\n"
        "kept = [locale.setlocale(one) for one in (locale.LC_TIME, locale.LC_NUMERIC)]\n"
        "print(*spoken, *kept)\n"
    )
    environment = os.environ | {"LC_ALL": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env=environment,
    )
    *spoken, time_, numbers = done.stdout.split()
    if sys.platform == "linux":
        assert spoken == ["C.UTF-8", "C.UTF-8"]  # so Qt did take the system's
    assert (time_, numbers) == ("C", "C")
