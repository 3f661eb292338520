"""Labels keep what they were made to be."""

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.fields import LineField
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.section_item import SectionItem
from assistant.ui.widgets.side_row import SideRow


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


def test_buttons_and_fields_keep_the_size_of_text_in_another_parent(
    qtbot: QtBot, qapp: QApplication, theme: Theme
) -> None:
    first, second, box = QWidget(), QWidget(), QWidget()
    for widget in (first, second):
        qtbot.addWidget(widget)
        QVBoxLayout(widget)
    parts = [
        Button(theme, "Just tell me", "ghost"),
        LineField(theme, "A question"),
        PlainLabel(theme, "Answers"),
        SideRow(theme, "Algebra", "name"),
        SectionItem(theme, "sun", "Today"),
    ]
    inside = QVBoxLayout(box)
    for part in parts:
        inside.addWidget(part)
    for parent, size in ((first, 24), (second, 13), (first, 16)):
        layout = parent.layout()
        assert layout is not None
        theme.set(text_size=size)
        layout.addWidget(box)
        parent.show()
        qapp.processEvents()
        wanted = theme.font("interface").pixelSize()
        assert [part.font().pixelSize() for part in parts] == [wanted] * len(parts)
