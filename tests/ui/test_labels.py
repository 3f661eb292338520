"""Labels keep what they were made to be."""

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.labels import PlainLabel


def test_a_label_keeps_its_role_and_colour_in_another_parent(
    qtbot: QtBot, qapp: QApplication, theme: Theme
) -> None:
    first, second, box = QWidget(), QWidget(), QWidget()
    for widget in (first, second):
        qtbot.addWidget(widget)
        QVBoxLayout(widget)
    label = PlainLabel(theme, "Words", "interface_semibold")
    other = PlainLabel(theme, "Words", "small", "ink")
    inside = QVBoxLayout(box)
    for each in (label, other):
        inside.addWidget(each)
    for parent in (first, second):
        label.set_role("interface")
        other.set_colour("bad")
        layout = parent.layout()
        assert layout is not None
        layout.addWidget(box)
        parent.show()
        qapp.processEvents()
        assert label.font() == theme.font("interface")
        assert other.palette().color(other.foregroundRole()) == theme.color("bad")
    theme.set(mode="dark")
    assert other.palette().color(other.foregroundRole()) == theme.color("bad")
