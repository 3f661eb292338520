"""Draws the rows of a list of models: name, facts, size, speed, fit with its reason, a button."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from assistant.domain.download import DownloadState
from assistant.domain.model import FitVerdict, ModelState
from assistant.domain.sizes import size_words
from assistant.ui.library.columns import Columns, Third, columns, row_height
from assistant.ui.library.entries import (
    ICONS,
    PILLS,
    Action,
    Entry,
    doings,
    download_words,
    entry_facts,
    main_action,
    reason_words,
    speed_words,
    state_words,
    troubles,
)
from assistant.ui.library.words import percent
from assistant.ui.models.library import ENTRY_ROLE, Index
from assistant.ui.models.search_results import short_date
from assistant.ui.theme.fonts import Role
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.chip import draw_pill, pill_width
from assistant.ui.widgets.painting import box, draw_centred
from assistant.ui.widgets.state_button import draw_dot

if TYPE_CHECKING:
    from collections.abc import Callable

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_PAD, _ICON_GAP, _BUTTON, _PILL = 10, 7, 28, 22


class LibraryDelegate(QStyledItemDelegate):
    """Rows of models.

    Args:
        theme: The theme in force.
        third: What stands between the size and the fit.
        menus: Whether each row has a button with more to do.
        now: Tells the day, for the last use.
        parent: The list.
    """

    def __init__(
        self,
        theme: Theme,
        third: Third,
        *,
        menus: bool,
        now: "Callable[[], datetime]",
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._third = third
        self._menus = menus
        self._now = now
        self.pointer: QPoint | None = None
        """Where the mouse is, in the coordinates of the list."""
        self.pressed = False
        self.lit_row = -1
        """The row that the keys are on, while the list has the focus by them; -1 for none."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the list; higher where the fit stands below."""
        widget: QWidget = option.widget
        width = widget.width()
        return QSize(width, row_height(self._theme, width, menus=self._menus))

    def button_areas(self, entry: Entry, row: QRect) -> list[tuple[Action | None, QRect]]:
        """What can be pressed in a row: its button, and the dots (None)."""
        places = self._columns(row.width())
        areas: list[tuple[Action | None, QRect]] = []
        action = main_action(entry)
        if action is not None:
            width = min(self._button_width(action), places.action.width())
            height = self._theme.px(_BUTTON)
            left = places.action.right() + 1 - width
            top = (places.action.height() - height) // 2
            areas.append((action, QRect(left, top, width, height).translated(row.topLeft())))
        if self._menus:
            side = self._theme.px(_BUTTON)
            area = QRect(0, 0, side, side)
            area.moveCenter(places.menu.center())
            areas.append((None, area.translated(row.topLeft())))
        return areas

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws one row."""
        entry = index.data(ENTRY_ROLE)
        if not isinstance(entry, Entry):
            return
        row: QRect = option.rect
        places = self._columns(row.width())
        painter.save()
        painter.fillRect(row.left(), row.top(), row.width(), 1, self._theme.color("line"))
        painter.translate(row.topLeft())
        self._paint_name(painter, entry, places)
        self._paint_numbers(painter, entry, places)
        self._paint_fit(painter, entry, places)
        painter.translate(-row.topLeft())
        for action, area in self.button_areas(entry, row):
            self._paint_button(painter, action, area)
        if self.lit_row == index.row():
            width = self._theme.px(2)
            ring = row.adjusted(4, 4, -4, -3)
            box(painter, ring, self._theme.px(7), None, self._theme.color("lampline"), width)
        painter.restore()

    def _columns(self, width: int) -> Columns:
        return columns(self._theme, width, menus=self._menus)

    def _paint_name(self, painter: QPainter, entry: Entry, places: Columns) -> None:
        px = self._theme.px
        area = places.name
        self._words(
            painter,
            QRect(area.left(), px(7), area.width(), px(20)),
            entry.model.name,
            "interface_medium",
            "ink",
        )
        metrics = QFontMetrics(self._theme.font("small"))
        words = entry_facts(
            entry,
            size=places.disk.isEmpty(),
            fits=lambda line: metrics.horizontalAdvance(line) <= area.width(),
        )
        self._words(
            painter, QRect(area.left(), px(27), area.width(), px(16)), words, "small", "ink2"
        )

    def _paint_numbers(self, painter: QPainter, entry: Entry, places: Columns) -> None:
        if places.disk.isEmpty():
            return
        if self._third is Third.SPEED:
            third = speed_words(entry.fit)
        else:
            third = _when(entry.last_used, self._now())
        painter.setFont(self._theme.font("interface", tabular=True))
        painter.setPen(self._theme.color("ink2"))
        flags = int(_MIDDLE | Qt.AlignmentFlag.AlignRight)
        painter.drawText(places.disk, flags, size_words(entry.model.size_bytes))
        painter.drawText(places.third, flags, third)

    def _paint_fit(self, painter: QPainter, entry: Entry, places: Columns) -> None:
        px, area = self._theme.px, places.fit
        high = px(_PILL)
        top = area.top() + (0 if places.stacked else px(5))
        first = QRect(area.left(), top, area.width(), high)
        second = QRect(area.left(), top + high + px(2), area.width(), px(16))
        download = entry.download
        going = download is not None and download.state is not DownloadState.PAUSED
        if going and not entry.model.installed:
            self._paint_download(painter, entry, first, second, stacked=places.stacked)
            return
        used = self._paint_state(painter, entry, first)
        if places.stacked:
            second = first.adjusted(used + px(8), 0, 0, 0)
        words, colour = self._reason(entry)
        self._words(painter, second, words, "small", colour)

    def _reason(self, entry: Entry) -> tuple[str, str]:
        health = entry.health
        if health is not None and health.failures:
            return troubles(health), "bad"
        if entry.state is ModelState.FAILED and entry.detail:
            return entry.detail, "bad"
        if health is not None and health.requests and self._third is Third.LAST_USED:
            return doings(health), "ink2"
        return reason_words(entry), "ink2"

    def _paint_state(self, painter: QPainter, entry: Entry, area: QRect) -> int:
        """Draws what the engine does with it, or whether it fits; returns the width."""
        px = self._theme.px
        state = state_words(entry)
        if state:
            spot = QRect(area.left(), area.top(), px(10), area.height())
            ready = entry.state is ModelState.READY
            draw_dot(painter, self._theme, spot, "ready" if ready else "loading")
            inside = area.adjusted(px(16), 0, 0, 0)
            self._words(painter, inside, state, "small_medium", "ink")
            font = QFontMetrics(self._theme.font("small_medium"))
            return px(16) + font.horizontalAdvance(state)
        verdict = FitVerdict.UNKNOWN if entry.fit is None else entry.fit.verdict
        text, tone, icon = PILLS[verdict]
        width = pill_width(self._theme, text, icon)
        pill = QRect(area.left(), area.top(), width, area.height())
        draw_pill(painter, self._theme, pill, text, tone, icon)
        return width

    def _paint_download(
        self, painter: QPainter, entry: Entry, first: QRect, second: QRect, *, stacked: bool
    ) -> None:
        download = entry.download
        if download is None:
            return
        theme, px = self._theme, self._theme.px
        share = percent(download.fraction)
        painter.setFont(theme.font("small_medium", tabular=True))
        width = painter.fontMetrics().horizontalAdvance("100 %")
        track = QRect(first.left(), first.center().y() - px(2), 0, px(6))
        track.setWidth(min(first.width(), px(204)) - width - px(8))
        done = QRect(track)
        done.setWidth(max(track.height(), round(track.width() * download.fraction)))
        failed = download.state is DownloadState.FAILED
        colour = "bad" if failed else "lamp"
        box(painter, track, px(3), theme.color("press"))
        if download.done_bytes:
            box(painter, done, px(3), theme.color(colour))
        painter.setPen(theme.color("ink"))
        spot = QRect(track.right() + px(8), first.top(), width, first.height())
        painter.setFont(theme.font("small_medium", tabular=True))
        painter.drawText(spot, int(_MIDDLE), share)
        if stacked:
            second = first.adjusted(spot.right() - first.left() + px(8), 0, 0, 0)
        self._words(painter, second, download_words(download), "small", "bad" if failed else "ink2")

    def _paint_button(self, painter: QPainter, action: Action | None, area: QRect) -> None:
        theme, px = self._theme, self._theme.px
        over = self.pointer is not None and area.contains(self.pointer)
        bare = action in (None, Action.TRY_ANYWAY)
        fill = "press" if over and self.pressed else "well" if over else None
        if not bare:
            ground = theme.color(fill or "card")
            box(painter, area, px(7), ground, theme.color("line2"))
        elif fill is not None:
            box(painter, area, px(7), theme.color(fill))
        if action is None:
            draw_centred(painter, area, theme.icons.pixmap("ellipsis", 16, "ink2"))
            return
        left = area.left() + px(_PAD)
        if ICONS[action]:
            spot = QRect(left, area.top(), px(16), area.height())
            draw_centred(painter, spot, theme.icons.pixmap(ICONS[action], 16, "ink"))
            left += px(16 + _ICON_GAP)
        painter.setFont(theme.font("interface_medium"))
        painter.setPen(theme.color("ink2" if bare else "ink"))
        words = QRect(left, area.top(), area.right() - left, area.height())
        painter.drawText(words, int(_MIDDLE | Qt.TextFlag.TextDontClip), action.value)

    def _button_width(self, action: Action) -> int:
        px = self._theme.px
        metrics = QFontMetrics(self._theme.font("interface_medium"))
        icon = px(16 + _ICON_GAP) if ICONS[action] else 0
        return 2 * px(_PAD) + icon + metrics.horizontalAdvance(action.value)

    def _words(self, painter: QPainter, area: QRect, text: str, role: Role, colour: str) -> None:
        """One line that ends in an ellipsis where there is no room."""
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.color(colour))
        line = " ".join(text.split())
        elide = Qt.TextElideMode.ElideRight
        shown = painter.fontMetrics().elidedText(line, elide, area.width())
        painter.drawText(area, int(_MIDDLE), shown)


def _when(moment: datetime | None, now: datetime) -> str:
    if moment is None:
        return "Not yet"
    return short_date(moment, now.astimezone().date())
