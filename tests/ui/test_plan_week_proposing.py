"""The line that is being written as a proposal in the week; blocks made longer; a task begun."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from assistant.config.paths import profile_paths
from assistant.domain.clock import FixedClock
from assistant.domain.schedule import Block
from assistant.engine.scripted import scripted_engine
from assistant.services.core import Core
from assistant.services.options import CoreOptions
from assistant.services.planning.proposing import Proposal
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.plan.adding.controller import AddingController
from assistant.ui.plan.week.controller import WeekController
from assistant.ui.theme.theme import Theme
from tests.helpers.profile import PASSPHRASE
from tests.helpers.signals import record

NOW = datetime(2025, 11, 19, 12, 10, tzinfo=UTC)
KEY = Qt.Key
Opened = tuple[WeekController, AddingController, Core]


@pytest.fixture
def opened(theme: Theme, qtbot: QtBot, tmp_path: Path) -> Iterator[Opened]:
    paths = profile_paths(tmp_path / "p")
    core = Core(CoreOptions(paths=paths, clock=FixedClock(NOW), keyring=False), scripted_engine())
    core.vault.open(PASSPHRASE).result(60)
    core.planning.settings.set_zone("UTC").result(60)
    core.planning.adding.add_line("essay by fri ~1h").result(60)
    core.planning.scheduling.plan().result(60)
    relay = JobRelay(theme)
    adding = AddingController(theme, core.planning, relay, theme)
    made = WeekController(theme, core.planning, relay, theme)
    made.proposing.hear(adding)
    qtbot.addWidget(made.page)
    made.page.lend(adding.bar)
    made.page.resize(1000, 800)
    made.page.show()
    made.refresh()
    qtbot.waitUntil(lambda: len(made.page.canvas.placed()) == 1)
    yield made, adding, core
    relay.close()
    core.close()


def blocks(core: Core) -> dict[str, Block]:
    plan = core.planning.scheduling.current().result(60)
    assert plan is not None
    return {one.title: one for one in plan.blocks}


def test_a_line_is_shown_where_it_would_go_and_put_there(opened: Opened, qtbot: QtBot) -> None:
    made, adding, core = opened
    canvas, field = made.page.canvas, adding.bar.field
    essay = blocks(core)["essay"]
    plain = canvas.grab().toImage()
    field.setText("call mum ~30m by fri")
    qtbot.waitUntil(lambda: len(canvas.proposed()) == 1)
    one = canvas.proposed()[0]
    assert (one.shown.title, one.shown.end - one.shown.start) == ("call mum", timedelta(minutes=30))
    assert one.shown.start >= essay.end or one.shown.end <= essay.start
    assert len(canvas.placed()) == 1
    assert canvas.grab().toImage() != plain
    field.setText("call")
    assert canvas.proposed() == []

    field.setText("call mum ~30m by fri")
    qtbot.waitUntil(lambda: len(canvas.proposed()) == 1)
    QTest.keyClick(field, KEY.Key_Return)
    qtbot.waitUntil(lambda: "call mum" in blocks(core))
    assert canvas.proposed() == []
    assert field.text() == ""
    put = blocks(core)["call mum"]
    assert (put.start, put.pinned) == (one.shown.start, False)
    assert put.reasons
    assert blocks(core)["essay"].start == essay.start

    core.planning.tasks.undo().result(60)
    assert list(blocks(core)) == ["essay"]
    assert core.planning.adding.read("x").result(60).titles == ()
    titles = [step.words for step in core.planning.desk.steps().result(60)]
    assert not any("call mum" in words for words in titles)


def test_a_line_with_a_time_of_its_own_is_shown_at_it(opened: Opened, qtbot: QtBot) -> None:
    made, adding, _ = opened
    canvas = made.page.canvas
    adding.bar.field.setText("dentist fri at 15:00 ~45m")
    qtbot.waitUntil(lambda: len(canvas.proposed()) == 1)
    shown = canvas.proposed()[0].shown
    assert shown.start == datetime(2025, 11, 21, 15, tzinfo=UTC)
    assert shown.end == datetime(2025, 11, 21, 15, 45, tzinfo=UTC)


def test_what_finds_no_room_is_not_shown(opened: Opened, qtbot: QtBot) -> None:
    made, adding, _ = opened
    told = record(made.proposing.shown)
    adding.bar.field.setText("everything ~200h by fri")
    qtbot.waitUntil(lambda: bool(told))
    assert [one[0] for one in told] == [Proposal("everything ~200h by fri")]
    assert made.page.canvas.proposed() == []


def test_a_click_on_an_empty_stretch_begins_a_task_there(opened: Opened, qtbot: QtBot) -> None:
    made, adding, _ = opened
    canvas, field = made.page.canvas, adding.bar.field
    grid = canvas.grid()
    assert grid is not None

    def click(day: int, hour: float) -> None:
        spot = QPointF(grid.day_area(day).center().x(), grid.y(hour * 60))
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=spot.toPoint())

    click(0, 10)
    assert field.text() == ""
    click(4, 16.25)
    assert field.text() == " 21 nov 2025 at 16:00"
    QTest.keyClicks(field, "call mum")
    click(4, 17.75)
    assert field.text() == "call mum 21 nov 2025 at 17:30"
    qtbot.waitUntil(lambda: bool(canvas.proposed()))
    assert canvas.proposed()[0].shown.start == datetime(2025, 11, 21, 17, 30, tzinfo=UTC)
    canvas.select(canvas.placed()[0].shown)
    click(5, 10)
    assert canvas.current() is None
    assert field.text().endswith("17:30")


def test_a_block_is_made_longer_and_shorter_by_keys(opened: Opened, qtbot: QtBot) -> None:
    made, _, core = opened
    canvas = made.page.canvas
    before = blocks(core)["essay"]
    both = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    canvas.select(canvas.placed()[0].shown)
    QTest.keyClick(canvas, KEY.Key_Left, both)
    QTest.keyClick(canvas, KEY.Key_Down, both)
    longer = before.end + timedelta(minutes=15)
    qtbot.waitUntil(lambda: canvas.placed()[0].shown.end == longer)
    kept = blocks(core)["essay"]
    assert (kept.start, kept.end, kept.pinned) == (before.start, longer, True)
    shown = canvas.placed()[0].shown
    canvas.resized.emit(shown, before.start, before.start + timedelta(minutes=30))

    def lengths() -> list[float]:
        plan = core.planning.scheduling.current().result(60)
        assert plan is not None
        return [(one.end - one.start).total_seconds() / 60 for one in plan.blocks]

    qtbot.waitUntil(lambda: sorted(lengths()) == [30, 30])
