"""The numbers beside the places of the sidebar."""

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from assistant.ui.shell import badge
from assistant.ui.shell.badge import CountBadge
from assistant.ui.shell.sidebar import Place, Sidebar
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.section_item import SectionItem


def test_it_is_counted_again_and_again_until_it_is_closed(
    qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(badge, "_FIRST_MS", 1)
    monkeypatch.setattr(badge, "_EVERY_MS", 1)
    sidebar = Sidebar(theme, (Place("study", "graduation-cap", "Study"),))
    qtbot.addWidget(sidebar)
    owner, asked = QObject(sidebar), list[int]()

    def count() -> None:
        asked.append(len(asked))
        made.show(len(asked))

    made = CountBadge("study", count, sidebar, owner)
    made.begin()
    qtbot.waitUntil(lambda: len(asked) >= 3)
    made.close()
    names = [one.accessibleName() for one in sidebar.findChildren(SectionItem)]
    assert f"Study, {len(asked)}" in names
    assert not any(timer.isActive() for timer in made.findChildren(QTimer))
