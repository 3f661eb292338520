"""Tasks on their way from one place to another, by the mouse."""

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QMimeData, QPoint, QRect, Qt
from PySide6.QtGui import QDrag, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from assistant.domain.ids import TaskId
from assistant.domain.task import Task
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.painting import box, draw_centred
from assistant.ui.widgets.shadow import SHADOW_MARGIN, draw_shadow

_TASKS = "application/x-lamplight-tasks"
_WIDEST, _HEIGHT, _RADIUS, _GAP, _ICON = 260, 36, 8, 10, 16


def carried(tasks: Sequence[TaskId]) -> QMimeData:
    """Tasks that were taken."""
    data = QMimeData()
    data.setData(_TASKS, QByteArray(" ".join(str(task) for task in tasks).encode()))
    return data


def are_tasks(data: QMimeData) -> bool:
    """Whether tasks were taken, and not something else."""
    return data.hasFormat(_TASKS)


def tasks_of(data: QMimeData) -> list[TaskId]:
    """The tasks that were taken."""
    words = bytes(data.data(_TASKS).data()).decode("ascii", "replace").split()
    return [TaskId(int(word)) for word in words if word.isdecimal()]


def drag_of(theme: Theme, source: QWidget, tasks: Sequence[Task]) -> QDrag:
    """Tasks that are taken, with a card of them below the pointer.

    Args:
        theme: The theme in force.
        source: Where they are taken.
        tasks: Which; one at least.
    """
    drag = QDrag(source)
    drag.setMimeData(carried([task.id for task in tasks]))
    drag.setPixmap(picture_of(theme, tasks, source.devicePixelRatioF()))
    inside = theme.px(SHADOW_MARGIN + _GAP + _ICON // 2)
    drag.setHotSpot(QPoint(inside, theme.px(SHADOW_MARGIN + _HEIGHT // 2)))
    return drag


def picture_of(theme: Theme, tasks: Sequence[Task], ratio: float) -> QPixmap:
    """A lifted card: the title of the first, and how many more there are.

    Args:
        theme: The theme in force.
        tasks: Which; one at least.
        ratio: Dots of the screen to a px.
    """
    px, margin = theme.px, theme.px(SHADOW_MARGIN)
    font = theme.font("interface")
    metrics = QFontMetrics(font)
    more = f"+{len(tasks) - 1}" if len(tasks) > 1 else ""
    count = metrics.horizontalAdvance(more) + px(_GAP) if more else 0
    left = px(_GAP + _ICON + 8)
    room = px(_WIDEST) - left - px(_GAP) - count
    title = metrics.elidedText(tasks[0].title, Qt.TextElideMode.ElideRight, room)
    wide = metrics.horizontalAdvance(title)
    card = QRect(margin, margin, left + wide + count + px(_GAP), px(_HEIGHT))
    whole = card.adjusted(-margin, -margin, margin, margin).size()
    picture = QPixmap(whole * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    draw_shadow(painter, theme, card, px(_RADIUS))
    box(painter, card, px(_RADIUS), theme.color("card"), theme.color("line2"))
    spot = QRect(card.left() + px(_GAP), card.top(), px(_ICON), card.height())
    draw_centred(painter, spot, theme.icons.pixmap("square-check", _ICON, "teal.text"))
    painter.setFont(font)
    painter.setPen(theme.color("ink"))
    words = QRect(card.left() + left, card.top(), wide + 1, card.height())
    painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), title)
    if more:
        painter.setPen(theme.color("ink2"))
        painter.drawText(
            card.adjusted(0, 0, -px(_GAP), 0),
            int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight),
            more,
        )
    painter.end()
    return picture
