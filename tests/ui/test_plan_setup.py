"""What planning goes by, in the window: hours, calendars, words."""

from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
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
from assistant.services.core import Core
from assistant.services.options import CoreOptions
from assistant.services.planning.services import PlanningServices
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.plan.setup.controller import SetupController
from assistant.ui.plan.setup.hours import hours_words, read_hours
from assistant.ui.theme.theme import Theme
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
    qtbot.waitUntil(lambda: len(planning.settings.hours().result(10)) == 6)
    field.selectAll()
    QTest.keyClicks(field, "14-10")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(page.days[6].field.error()))
    field.setText("later")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "no span" in page.days[6].field.error())

    page.phrase.setText("after class")
    page.meaning.setText("15:30")
    QTest.keyClick(page.meaning, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(page.words) == 1)
    assert page.words[0].entry.meaning == "15:30"
    page.words[0].remove.click()
    qtbot.waitUntil(lambda: not page.words)


def test_calendars_come_count_and_go(setup: Open, qtbot: QtBot, tmp_path: Path) -> None:
    controller, planning = setup
    page, told, said = controller.page, record(controller.done), record(controller.said)
    failed = record(controller.failed)
    file = tmp_path / "home.ics"
    file.write_text(FILE)
    controller.bring(str(file))
    qtbot.waitUntil(lambda: len(page.calendars) == 1)
    assert told[0][0] == (
        "1 new or changed in home.ics. 1 could not be read: line 9: It has no DTSTART."
    )
    page.calendars[0].switch.click()
    qtbot.waitUntil(lambda: not planning.calendars.calendars().result(10)[0].shown)
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

    for want in (page.import_wanted, page.export_wanted):
        want.emit()
        dialog = page.findChild(QFileDialog)
        assert dialog is not None
        dialog.close()
        qtbot.waitUntil(lambda: page.findChild(QFileDialog) is None)
