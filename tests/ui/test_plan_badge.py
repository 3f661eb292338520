"""The number beside “Plan”, before and after the place was opened."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from assistant.ui.plan.room import PlanRoom
from assistant.ui.shell.sidebar import Sidebar
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.section_item import SectionItem
from tests.helpers.desk import leave, saying, sit_down
from tests.helpers.plan_place import MIDWEEK


def _named(sidebar: Sidebar) -> list[str]:
    return [one.accessibleName() for one in sidebar.findChildren(SectionItem)]


def test_tasks_of_today_are_counted_before_the_place_is_opened(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    sat = sit_down(qtbot, theme, tmp_path / "p", saying("An answer."), MIDWEEK)
    window, planning = sat.desk.window, sat.desk.core.planning
    try:
        planning.adding.add_line("call mum today").result(60)
        qtbot.waitUntil(lambda: "Plan, 1" in _named(window.sidebar))
        planning.adding.add_line("read a page today").result(60)
        qtbot.waitUntil(lambda: "Plan, 2" in _named(window.sidebar))
        assert not window.findChildren(PlanRoom)
    finally:
        leave(sat)
