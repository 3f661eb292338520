"""What every place with pages shares: the sidebar's list and the stack with its chooser."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.page import TitledPage
from assistant.ui.widgets.page_stack import PageStack
from assistant.ui.widgets.sections import Page, SectionList
from assistant.ui.widgets.side_row import SideRow
from tests.helpers.signals import record

_PAGES = (Page("week", "calendar-days", "Week"), Page("list", "layers", "Tasks"))


class Stand:
    """A list beside a stack of two titled pages and one that stands alone."""

    def __init__(self, qtbot: QtBot, theme: Theme) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.sections = SectionList(theme, "Plan")
        self.sections.add_head("Plan", 2)
        self.sections.add_pages(_PAGES)
        self.row = SideRow(theme, "Thesis", "name")
        self.row.show_words("Thesis", "40\u00a0%")
        self.sections.join(self.row)
        self.sections.add_rows().addWidget(self.row)
        self.stack = PageStack(theme, self.sections, "The other pages", frozenset({"day"}))
        for key in ("week", "list"):
            page = TitledPage(theme, key.title())
            page.column.addWidget(Button(theme, f"Into {key}"))
            self.stack.add(key, page)
        self.stack.add("day", QWidget())
        line = QHBoxLayout(self.window)
        line.addWidget(self.sections)
        line.addWidget(self.stack, 1)
        self.window.resize(900, 500)
        self.window.show()
        self.window.activateWindow()

    def checked(self) -> list[str]:
        """What is lit in the list."""
        return [button.text() for button in self.window.findChildren(QPushButton) if lit(button)]


def lit(button: QPushButton) -> bool:
    """Whether it is the current one."""
    return button.isCheckable() and button.isChecked()


@pytest.fixture
def stand(qtbot: QtBot, theme: Theme) -> Stand:
    """On the screen."""
    return Stand(qtbot, theme)


def test_one_page_or_one_row_is_lit(stand: Stand) -> None:
    stand.sections.light("week")
    assert stand.checked() == ["Week"]
    stand.sections.light("week", stand.row)
    assert stand.checked() == [stand.row.text()]
    assert stand.row.isChecked()
    stand.sections.light("")
    assert stand.checked() == []


def test_the_list_says_which_page_is_chosen_and_hides_the_others(stand: Stand) -> None:
    chosen = record(stand.sections.page_chosen)
    item = stand.sections.item("list")
    assert item is not None
    item.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(item, Qt.Key.Key_Space)
    assert chosen == [("list",)]
    stand.sections.show_pages(["week"])
    assert item.isHidden()
    assert stand.sections.item("day") is None
    stand.sections.set_count("list", 3)
    assert item.accessibleName() == "Tasks, 3"


def test_tab_goes_from_top_to_bottom_past_rows_that_came_later(stand: Stand, theme: Theme) -> None:
    later = SideRow(theme, "Garden", "name")
    stand.sections.add_rows().addWidget(later)
    QApplication.processEvents()
    stand.sections.keep_order()
    stand.row.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(stand.row, Qt.Key.Key_Tab)
    assert later.hasFocus()


def test_the_chooser_stands_in_the_page_where_the_list_is_not_seen(stand: Stand) -> None:
    stand.stack.show_page("week", "Week")
    assert not stand.stack.chooser.isVisible()
    stand.sections.hide()
    page = stand.stack.page("week")
    assert page is not None
    assert stand.stack.chooser.isVisible()
    assert page.isAncestorOf(stand.stack.chooser)
    assert stand.stack.chooser.accessibleName() == "Page: Week"
    stand.stack.show_page("day", "A day")
    assert not stand.stack.chooser.isVisible()
    assert stand.stack.current == "day"


def test_the_keys_follow_to_the_page_that_is_shown(stand: Stand) -> None:
    stand.stack.show_page("week", "Week")
    page = stand.stack.page("week")
    assert page is not None
    page.findChildren(Button)[0].setFocus()
    stand.stack.show_page("list", "Tasks")
    other = stand.stack.page("list")
    assert other is not None
    assert other.findChildren(Button)[0].hasFocus()
