"""What the week shows of what stands where something speaks against it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from assistant.domain.ids import TaskId
from assistant.domain.schedule import Block, BlockKind
from assistant.domain.task import Task
from assistant.ui.plan.week.layout import Grid
from assistant.ui.plan.week.painting import hours_told
from assistant.ui.plan.week.values import Shown
from assistant.ui.plan.week.why import WhyPanel
from assistant.ui.theme.theme import Theme

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2025, 11, 19, 8, 20, tzinfo=BERLIN)
MONDAY = date(2025, 11, 17)


def test_an_appointment_cant_be_let_go(qtbot: QtBot, theme: Theme) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    panel = WhyPanel(theme, page)
    end = NOW + timedelta(hours=1)
    task = Task(TaskId(1), "Dentist", NOW)
    block = Block(task.id, task.title, NOW, end, pinned=True)
    pinned = Shown(BlockKind.TASK, task.title, NOW, end, task=task, block=block)
    panel.show_block(pinned, MONDAY)
    assert (panel.pin.isHidden(), panel.pin.text()) == (False, "Unpin")
    fixed = replace(task, fixed_start=NOW, fixed_end=end)
    panel.show_block(replace(pinned, task=fixed), MONDAY)
    assert panel.pin.isHidden()
    assert not panel.done.isHidden()


@pytest.mark.parametrize(
    ("minutes", "left_out"), [(0, [8]), (20, [8]), (30, []), (45, [9]), (60, [9])]
)
def test_no_hour_is_written_where_the_present_time_is(
    theme: Theme, minutes: int, left_out: list[int]
) -> None:
    grid = Grid(QRectF(50, 0, 700, 36 * 24), MONDAY, 7, 0, 24)
    told = hours_told(
        theme, grid, datetime(2025, 11, 19, 8, tzinfo=BERLIN) + timedelta(minutes=minutes)
    )
    assert [hour for hour in range(1, 24) if hour not in told] == left_out
    assert hours_told(theme, grid, NOW + timedelta(days=7)) == list(range(1, 24))
