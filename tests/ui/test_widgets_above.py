"""What lies over the window: the focus ring, toasts, menus, panels, popovers, notices."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QCursor, QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from assistant.config.paths import resources
from assistant.ui.theme.theme import Theme
from assistant.ui.theme.tokens import LIGHT
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.fields import LineField
from assistant.ui.widgets.focus_ring import FocusRing
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.menu import Menu
from assistant.ui.widgets.notices import EmptyState, ErrorCard
from assistant.ui.widgets.popover import Popover
from assistant.ui.widgets.side_panel import SidePanel
from assistant.ui.widgets.switch import Switch
from assistant.ui.widgets.toast import Toast, ToastAction, ToastHost


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """An active window of 800 by 600."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def _button(theme: Theme, window: QWidget, text: str = "Start") -> Button:
    button = Button(theme, text, parent=window)
    button.move(100, 100)
    button.show()
    return button


def test_the_ring_surrounds_what_the_keyboard_reached(theme: Theme, window: QWidget) -> None:
    ring = FocusRing(theme, window)
    button = _button(theme, window)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.isVisible()
    assert ring.geometry() == button.geometry().adjusted(-4, -4, 4, 4)
    button.move(200, 300)
    QApplication.processEvents()
    assert ring.geometry() == button.geometry().adjusted(-4, -4, 4, 4)
    image = window.grab().toImage()
    left = button.geometry().left() - 3
    assert image.pixelColor(left, button.geometry().center().y()) == QColor(LIGHT.lampline)
    button.hide()
    assert not ring.isVisible()


def test_the_ring_stays_away_for_the_mouse_and_for_fields(
    qtbot: QtBot, theme: Theme, window: QWidget
) -> None:
    ring = FocusRing(theme, window)
    button = _button(theme, window)
    field = LineField(theme, "Title", parent=window)
    field.show()
    QTest.mouseMove(button)
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    assert button.hasFocus()
    assert not ring.isVisible()
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
    field.setFocus(Qt.FocusReason.TabFocusReason)
    assert field.hasFocus()
    assert ring.target is None


def test_the_ring_lets_clicks_through_and_takes_the_shape_of_a_switch(
    theme: Theme, window: QWidget
) -> None:
    ring = FocusRing(theme, window)
    switch = Switch(theme, "Work offline", window)
    switch.move(100, 100)
    switch.show()
    switch.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.height() == 22 + 8
    assert ring.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert window.childAt(ring.geometry().topLeft() + QPoint(10, 1)) is not ring


def test_the_ring_does_not_leave_a_scrolled_area(theme: Theme, window: QWidget) -> None:
    ring = FocusRing(theme, window)
    area = QScrollArea(window)
    area.setGeometry(0, 0, 300, 200)
    content = QWidget()
    content.resize(280, 1000)
    button = _button(theme, content)
    area.setWidget(content)
    area.show()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.isVisible()
    area.verticalScrollBar().setValue(500)
    assert not ring.isVisible()
    area.verticalScrollBar().setValue(0)
    assert ring.isVisible()


def test_the_ring_survives_its_target(theme: Theme, window: QWidget) -> None:
    ring = FocusRing(theme, window)
    button = _button(theme, window)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    button.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QApplication.processEvents()
    assert ring.target is None
    assert not ring.isVisible()


def test_a_toast_offers_a_way_back_and_goes(theme: Theme, window: QWidget) -> None:
    host = ToastHost(theme, window)
    undone: list[str] = []
    host.show_toast(
        "“Fractions” deleted", icon="trash-2", action="Undo", on_action=lambda: undone.append("x")
    )
    (toast,) = host.toasts()
    assert toast.accessibleName() == "“Fractions” deleted"
    undo = toast.findChild(QPushButton)
    assert undo is not None
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert undone == ["x"]
    assert host.toasts() == ()


def test_a_toast_can_lead_to_what_was_changed_besides(
    qtbot: QtBot, theme: Theme, window: QWidget
) -> None:
    host, heard = ToastHost(theme, window), list[str]()
    field = LineField(theme, "Task", parent=window)
    field.show()

    def shown() -> tuple[Toast, list[Button]]:
        toast = host.show_toast(
            "“Chemistry sheet, questions 1 to 14 of the second part” is on Thursday now",
            action="Undo",
            on_action=lambda: heard.append("undo"),
            also=ToastAction("Show the week", lambda: heard.append("show")),
        )
        return toast, toast.findChildren(Button)

    toast, buttons = shown()
    words = toast.findChild(PlainLabel)
    assert words is not None
    show, undo = sorted(buttons, key=lambda one: one.x())
    assert (show.text(), undo.text()) == ("Show the week", "Undo")
    for one in (show, undo):
        assert one.width() >= one.sizeHint().width()  # whole words
        assert _card(toast).contains(QRect(one.mapTo(window, QPoint(0, 0)), one.size()))
        assert words.geometry().bottom() < one.y()
    assert show.geometry().right() < undo.x()

    field.setFocus()
    show.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(show, Qt.Key.Key_Tab)
    assert undo.hasFocus()
    QTest.keyClick(undo, Qt.Key.Key_Backtab)
    QTest.keyClick(show, Qt.Key.Key_Return)
    assert (heard, host.toasts()) == (["show"], ())
    assert field.hasFocus()
    toast, buttons = shown()
    next(one for one in buttons if one.text() == "Undo").click()
    assert (heard, host.toasts()) == (["show", "undo"], ())


def test_a_toast_stays_while_one_of_its_buttons_has_the_keys(
    qtbot: QtBot, theme: Theme, window: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.ui.widgets.toast.STAY_MS", 40)
    host, field = ToastHost(theme, window), LineField(theme, "Task", parent=window)
    field.show()
    toast = host.show_toast("Moved", action="Undo", also=ToastAction("Show", window.update))
    show, undo = toast.findChildren(Button)
    show.setFocus()
    qtbot.wait(120)
    undo.setFocus()
    qtbot.wait(120)
    assert host.toasts() == (toast,)
    with qtbot.waitSignal(toast.closed):
        field.setFocus()
    assert host.toasts() == ()


def test_toasts_stack_without_overlapping_and_stay_in_the_window(
    theme: Theme, window: QWidget
) -> None:
    host = ToastHost(theme, window)
    for number in range(6):
        host.show_toast(f"Number {number}")
    shown = host.toasts()
    assert [toast.accessibleName() for toast in shown] == [f"Number {n}" for n in range(2, 6)]
    cards = [toast.geometry().adjusted(20, 20, -20, -20) for toast in shown]
    assert all(window.rect().contains(card) for card in cards)
    assert all(a.bottom() < b.top() for a, b in pairwise(cards))
    window.resize(500, 400)
    QApplication.processEvents()
    assert cards[-1].right() > shown[-1].geometry().right() - 20
    for toast in host.toasts():
        toast.close_now()


def _card(toast: Toast) -> QRect:
    return toast.geometry().adjusted(20, 20, -20, -20)


def test_a_toast_stands_above_what_can_be_pressed(theme: Theme, window: QWidget) -> None:
    host = ToastHost(theme, window)
    foot, above = _button(theme, window, "Download"), _button(theme, window, "Not now")
    foot.move(600, 560)
    above.move(700, 500)
    toast = host.show_toast("Nothing was hidden", action="Undo")
    assert _card(toast).bottom() < above.geometry().top()
    second = host.show_toast("Nor by the next one")
    assert _card(second).bottom() < above.geometry().top()
    assert _card(toast).bottom() < _card(second).top()

    later = _button(theme, window, "Start")
    later.move(600, _card(second).top())
    host.make_way()
    assert not _card(second).intersects(later.geometry())
    for button in (foot, above, later):
        button.hide()
    host.make_way()
    assert window.height() - _card(second).bottom() - 1 == 20
    for one in host.toasts():
        one.close_now()


def _enter(toast: Toast) -> None:
    toast.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    spot = QPointF(QCursor.pos())
    QApplication.sendEvent(toast, QEnterEvent(spot, spot, spot))


def test_a_pointer_that_rests_where_a_toast_comes_does_not_hold_it(
    qtbot: QtBot, theme: Theme, window: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.ui.widgets.toast.STAY_MS", 2000)
    host = ToastHost(theme, window)
    toast = host.show_toast("Done", action="Undo")
    _enter(toast)  # as Qt does where the pointer is there already
    later = _button(theme, window, "Numbers")
    later.move(600, _card(toast).top())
    qtbot.waitUntil(lambda: not _card(toast).intersects(later.geometry()))
    qtbot.waitUntil(lambda: host.toasts() == ())

    later.hide()
    toast = host.show_toast("Done", action="Undo")
    QCursor.setPos(toast.mapToGlobal(QPoint(60, 30)))
    _enter(toast)  # now it is pointed at
    place = toast.geometry()
    later.move(600, _card(toast).top())
    later.show()
    qtbot.wait(2600)
    assert (host.toasts(), toast.geometry()) == ((toast,), place)
    toast.close_now()


def test_a_toast_that_slides_in_follows_the_window_and_the_next_toast(
    qapp: QApplication, window: QWidget, qtbot: QtBot
) -> None:
    moving = Theme(qapp, resources(), mode="light", reduced_motion=False)
    host = ToastHost(moving, window)
    first = host.show_toast("The first")
    second = host.show_toast("The second")
    window.resize(500, 400)
    QApplication.processEvents()
    where = first.geometry(), second.geometry()
    assert window.rect().contains(_card(first))
    assert not first.findChildren(QVariantAnimation) or all(
        slide.state() == QVariantAnimation.State.Stopped
        for slide in first.findChildren(QVariantAnimation)
    )
    host.make_way()
    assert (first.geometry(), second.geometry()) == where
    for one in host.toasts():
        one.close_now()
    moving.deleteLater()


def test_a_toast_stays_low_where_there_is_no_free_place(theme: Theme, window: QWidget) -> None:
    host = ToastHost(theme, window)
    for top in range(0, 600, 40):
        _button(theme, window, "Row").setGeometry(0, top, 800, 40)
    toast = host.show_toast("It hides one row, below")
    assert window.height() - _card(toast).bottom() - 1 == 20
    toast.close_now()


def test_a_toast_stands_beside_an_open_panel(theme: Theme, window: QWidget) -> None:
    host = ToastHost(theme, window)
    panel = SidePanel(theme, "Task", QWidget(), parent=window)
    panel.setGeometry(480, 0, 320, 600)
    panel.set_open(True)
    panel.setGeometry(480, 0, 320, 600)
    toast = host.show_toast("The message in the panel is seen")
    assert _card(toast).right() < 480
    window.resize(600, 600)
    panel.setGeometry(280, 0, 320, 600)
    host.make_way()
    assert window.rect().contains(_card(toast))
    toast.close_now()


def test_a_toast_leaves_by_itself_but_not_while_it_is_pointed_at(
    qtbot: QtBot, theme: Theme, window: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.ui.widgets.toast.STAY_MS", 30)
    host = ToastHost(theme, window)
    toast = host.show_toast("Saved")
    with qtbot.waitSignal(toast.closed):
        pass
    assert host.toasts() == ()
    kept = host.show_toast("Saved again")
    QApplication.sendEvent(kept, QEvent(QEvent.Type.Leave))
    with qtbot.waitSignal(kept.closed):
        pass


def test_a_menu_does_what_was_chosen_by_keyboard(
    qtbot: QtBot, theme: Theme, window: QWidget
) -> None:
    menu = Menu(theme, "Chat", window)
    chosen: list[str] = []
    menu.add("Rename", lambda: chosen.append("rename"), icon="pencil", shortcut="F2")
    menu.addSeparator()
    menu.add("Delete", lambda: chosen.append("delete"), icon="trash-2", destructive=True)
    menu.open_below(_button(theme, window))
    qtbot.waitUntil(menu.isVisible)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert chosen == ["delete"]


def test_the_card_of_a_menu_lies_under_its_button(
    qtbot: QtBot, theme: Theme, window: QWidget
) -> None:
    button = _button(theme, window)
    menu = Menu(theme, "Chat", window)
    menu.add("Rename", window.update)
    menu.open_below(button)
    qtbot.waitUntil(menu.isVisible)
    card = menu.geometry().adjusted(20, 20, -20, -20)
    assert card.topLeft() == button.mapToGlobal(QPoint(0, button.height() + 4))
    assert card.width() >= 200
    image = menu.grab().toImage()
    assert image.pixelColor(0, 0).alpha() == 0
    assert image.pixelColor(image.width() // 2, image.height() - 15).alpha() > 0
    menu.close()


@pytest.mark.parametrize("reduced", [True, False])
def test_a_panel_opens_and_closes(
    qtbot: QtBot, theme: Theme, window: QWidget, *, reduced: bool
) -> None:
    theme.set(reduced_motion=reduced)
    panel = SidePanel(theme, "Parameters", PlainLabel(theme, "Temperature"), parent=window)
    panel.toggle()
    qtbot.waitUntil(lambda: panel.isVisible() and panel.width() == 320)
    panel.setFocus()
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.is_open()
    qtbot.waitUntil(lambda: not panel.isVisible())


def test_a_popover_opens_where_there_is_room(qtbot: QtBot, theme: Theme, window: QWidget) -> None:
    button = _button(theme, window)
    popover = Popover(theme, "Models", Button(theme, "One"), parent=window)
    popover.open_at(button)
    assert popover.geometry().top() + 20 == button.mapToGlobal(QPoint(0, 32 + 6)).y()
    popover.close()
    bottom = button.screen().availableGeometry().bottom()
    window.move(0, bottom - 140)
    popover.open_at(button)
    assert popover.geometry().bottom() - 20 < button.mapToGlobal(QPoint(0, 0)).y()
    popover.close()


def test_an_error_says_what_and_offers_ways_out(
    qtbot: QtBot, theme: Theme, window: QWidget
) -> None:
    card = ErrorCard(theme, "The disk is full", "Free 200 MB, then try again.")
    QVBoxLayout(window).addWidget(card)
    again = card.add_button("Try again")
    card.show()
    assert card.accessibleName() == "The disk is full. Free 200 MB, then try again."
    with qtbot.waitSignal(again.clicked):
        QTest.mouseClick(again, Qt.MouseButton.LeftButton)


def test_an_empty_place_gives_things_to_try(qtbot: QtBot, theme: Theme) -> None:
    empty = EmptyState(theme, "No chats", "Ask something.", icon="sprout", tries=("Q & A", "B"))
    qtbot.addWidget(empty)
    empty.show()
    first = empty.findChildren(QPushButton)[0]
    heard: list[str] = []
    empty.tried.connect(heard.append)
    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    assert heard == ["Q & A"]
