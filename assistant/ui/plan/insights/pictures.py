"""The pictures of the insights: where time went, how good estimates are, when work goes well."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from assistant.planner.learning.insights import ENERGY_TOLD, Accuracy, Spent
from assistant.planner.learning.rhythm import Curve
from assistant.ui.clock import hour_words
from assistant.ui.plan.words import length_words
from assistant.ui.study.pictures.colours import light_fill
from assistant.ui.study.pictures.marks import Mark, Table, count_words, percent_words
from assistant.ui.theme.theme import Theme

_ROW, _NAME, _BAR = 30, 130, 9
_FIRST_HOUR, _LAST_HOUR = 6, 23
_STEPS = 4


@dataclass(frozen=True, slots=True)
class SpentDrawing:
    """Two bars for each project or tag: what was estimated, and what it took."""

    spent: tuple[Spent, ...]

    def _rows(self, area: QRectF, theme: Theme) -> list[QRectF]:
        height = min(float(theme.px(_ROW)), area.height() / max(1, len(self.spent)))
        return [
            QRectF(area.left(), area.top() + number * height, area.width(), height)
            for number in range(len(self.spent))
        ]

    def marks(self, area: QRectF, theme: Theme) -> Sequence[Sequence[Mark]]:
        """A row each."""
        rows = zip(self.spent, self._rows(area, theme), strict=True)
        return [[Mark(row.center(), _spent_words(one), None, row) for one, row in rows]]

    def paint(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        """Draws names, bars and figures."""
        px = theme.px
        most = max((max(one.estimated, one.spent) for one in self.spent), default=1.0) or 1.0
        for one, row in zip(self.spent, self._rows(area, theme), strict=True):
            name = QRectF(row.left(), row.top(), px(_NAME), row.height())
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("ink2"))
            elide = Qt.TextElideMode.ElideRight
            words = painter.fontMetrics().elidedText(one.name or "Others", elide, px(_NAME - 8))
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(name, int(middle), words)
            room = row.width() - px(_NAME) - px(64)
            top = row.center().y() - px(_BAR)
            painter.setPen(Qt.PenStyle.NoPen)
            for number, (hours, colour) in enumerate(
                ((one.estimated, "line2"), (one.spent, "teal.graphic"))
            ):
                painter.setBrush(theme.color(colour))
                if not hours:
                    continue
                width = max(1.0, hours / most * room)
                bar = QRectF(name.right(), top + number * px(_BAR), width, px(_BAR - 2))
                painter.drawRoundedRect(bar, px(2), px(2))
            painter.setFont(theme.font("axis", tabular=True))
            painter.setPen(theme.color("ink"))
            right = int(middle | Qt.AlignmentFlag.AlignRight)
            painter.drawText(row, right, length_words(one.spent * 60))

    def table(self) -> Table:
        """The same in words."""
        heads = ("Of", "Tasks", "Not done yet", "Estimated", "Took")
        rows = tuple(
            (
                one.name or "Others",
                str(one.tasks),
                str(one.unfinished),
                length_words(one.estimated * 60) if one.estimated else "not said",
                length_words(one.spent * 60),
            )
            for one in self.spent
        )
        return Table(heads, rows)

    def summary(self) -> str:
        """The whole in one sentence."""
        return " ".join(f"{_spent_words(one)}." for one in self.spent)


def _spent_words(one: Spent) -> str:
    """What it took, what it was thought to take, and what that leaves out."""
    said = [f"{one.name or 'Others'}: took {length_words(one.spent * 60)}"]
    if one.unfinished:
        said[0] += " so far"
    if one.estimated:
        of = f" for {one.guessed} of {one.tasks} tasks" if 0 < one.guessed < one.tasks else ""
        said.append(f"estimated {length_words(one.estimated * 60)}{of}")
    if one.unfinished:
        said.append(f"{one.unfinished} not done yet")
    return ", ".join(said)


@dataclass(frozen=True, slots=True)
class AccuracyDrawing:
    """By month, how far estimates were off: the user's and the corrected ones."""

    months: tuple[Accuracy, ...]

    def _inside(self, area: QRectF, theme: Theme) -> QRectF:
        px = theme.px
        return area.adjusted(px(36), px(6), -px(84), -px(20))

    def _points(self, area: QRectF, theme: Theme) -> list[list[QPointF]]:
        inside = self._inside(area, theme)
        most = max((max(one.user, one.model) for one in self.months), default=1.0) or 1.0
        span = max(1, len(self.months) - 1)

        def place(number: int, value: float) -> QPointF:
            x = inside.left() + inside.width() * (number / span if len(self.months) > 1 else 0.5)
            return QPointF(x, inside.bottom() - value / most * inside.height())

        return [
            [place(number, one.user) for number, one in enumerate(self.months)],
            [place(number, one.model) for number, one in enumerate(self.months)],
        ]

    def marks(self, area: QRectF, theme: Theme) -> Sequence[Sequence[Mark]]:
        """A point each, of both lines."""
        names = ("your estimates", "with correction")
        return [
            [
                Mark(point, f"{_month_words(one.month)}, {name}: off by {percent_words(value)}")
                for one, point, value in zip(
                    self.months,
                    points,
                    [one.model if number else one.user for one in self.months],
                    strict=True,
                )
            ]
            for number, (name, points) in enumerate(
                zip(names, self._points(area, theme), strict=True)
            )
        ]

    def paint(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        """Draws the grid, both lines and their names."""
        px, inside = theme.px, self._inside(area, theme)
        most = max((max(one.user, one.model) for one in self.months), default=1.0) or 1.0
        painter.setFont(theme.font("axis", tabular=True))
        for share in (0.0, 0.5, 1.0):
            y = inside.bottom() - share * inside.height()
            painter.setPen(theme.color("grid"))
            painter.drawLine(QPointF(inside.left(), y), QPointF(inside.right(), y))
            painter.setPen(theme.color("ink3"))
            label = QRectF(area.left(), y - px(8), px(32), px(16))
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(label, int(flags), percent_words(share * most))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        lines = self._points(area, theme)
        looks = (("control", 1.75), ("lampline", 2.5))
        for points, (colour, width) in zip(lines, looks, strict=True):
            painter.setPen(QPen(theme.color(colour), width))
            painter.drawPolyline(QPolygonF(points))
            for point in points:
                painter.drawEllipse(point, 1.5, 1.5)
        painter.setPen(theme.color("ink2"))
        for place, name in self._names(lines, px(14)):
            painter.drawText(place + QPointF(px(8), px(4)), name)
        painter.setPen(theme.color("ink3"))
        if self.months:
            ends = QRectF(inside.left(), inside.bottom() + px(4), inside.width(), px(16))
            flags = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
            for one, flag in zip((self.months[0], *self.months[1:][-1:]), flags, strict=False):
                painter.drawText(ends, int(flag), _month_words(one.month))

    def _names(self, lines: list[list[QPointF]], apart: float) -> list[tuple[QPointF, str]]:
        """What the lines are called, beside their ends and never over one another."""
        if not self.months:
            return []
        yours, corrected = lines[0][-1], lines[1][-1]
        if all(one.user == one.model for one in self.months):
            return [(yours, "both")]
        gap = corrected.y() - yours.y()
        if abs(gap) < apart:
            push = QPointF(0, (apart - abs(gap)) / 2 * (1 if gap >= 0 else -1))
            yours, corrected = yours - push, corrected + push
        return [(yours, "yours"), (corrected, "corrected")]

    def table(self) -> Table:
        """The same in words."""
        rows = tuple(
            (
                _month_words(one.month),
                str(one.tasks),
                percent_words(one.user),
                percent_words(one.model),
            )
            for one in self.months
        )
        return Table(("Month", "Tasks", "Your estimates off by", "Corrected ones off by"), rows)

    def summary(self) -> str:
        """The whole in one sentence."""
        if not self.months:
            return "No month yet."
        last = self.months[-1]
        if last.tasks == 1:
            return (
                f"In {_month_words(last.month)} your one estimate was off by "
                f"{percent_words(last.user)}, the corrected one by {percent_words(last.model)}."
            )
        estimates = count_words(last.tasks, "estimate")
        return (
            f"In {_month_words(last.month)} half of your {estimates} were off by at most "
            f"{percent_words(last.user)}, corrected ones by {percent_words(last.model)}."
        )


def _month_words(month: str) -> str:
    """“Sep 2025” of “2025-09”."""
    year, _, number = month.partition("-")
    return f"{calendar.month_abbr[int(number)]} {year}" if number.isdecimal() else month


@dataclass(frozen=True, slots=True)
class EnergyDrawing:
    """The week by hour: the lighter, the better work goes."""

    curve: Curve
    tasks: int = 0
    """How many measured tasks have changed what is expected of the hours."""

    def _cell(self, area: QRectF, theme: Theme, day: int, hour: int) -> QRectF:
        px = theme.px
        inside = area.adjusted(px(36), 0, 0, -px(18))
        width = inside.width() / (_LAST_HOUR - _FIRST_HOUR)
        height = min(inside.height() / 7, float(px(24)))
        left = inside.left() + (hour - _FIRST_HOUR) * width
        return QRectF(left, inside.top() + day * height, width, height).adjusted(1, 1, -1, -1)

    def marks(self, area: QRectF, theme: Theme) -> Sequence[Sequence[Mark]]:
        """A series a day."""
        return [
            [
                Mark(
                    self._cell(area, theme, day, hour).center(),
                    f"{calendar.day_name[day]} {hour_words(hour)}: {percent_words(values[hour])}",
                    None,
                    self._cell(area, theme, day, hour),
                )
                for hour in range(_FIRST_HOUR, _LAST_HOUR)
            ]
            for day, values in enumerate(self.curve)
        ]

    def paint(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        """Draws the cells in four steps of light."""
        px = theme.px
        painter.setFont(theme.font("axis"))
        for day, values in enumerate(self.curve):
            first = self._cell(area, theme, day, _FIRST_HOUR)
            painter.setPen(theme.color("ink3"))
            name = QRectF(area.left(), first.top(), px(34), first.height())
            painter.drawText(name, int(Qt.AlignmentFlag.AlignVCenter), calendar.day_abbr[day])
            for hour in range(_FIRST_HOUR, _LAST_HOUR):
                step = min(_STEPS - 1, int(values[hour] * _STEPS))
                painter.setPen(QPen(theme.color("line"), 1))
                painter.setBrush(light_fill(theme, step))
                painter.drawRoundedRect(self._cell(area, theme, day, hour), px(3), px(3))
        painter.setPen(theme.color("ink3"))
        last = self._cell(area, theme, 6, _FIRST_HOUR)
        for hour in (6, 9, 12, 15, 18, 21):
            cell = self._cell(area, theme, 6, hour)
            words = QRectF(cell.left(), last.bottom() + px(2), px(40), px(16))
            painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft), hour_words(hour))

    def table(self) -> Table:
        """The same in words."""
        hours = range(_FIRST_HOUR, _LAST_HOUR)
        rows = tuple(
            (calendar.day_name[day], *(percent_words(values[hour]) for hour in hours))
            for day, values in enumerate(self.curve)
        )
        return Table(("Day", *(hour_words(hour) for hour in hours)), rows)

    def summary(self) -> str:
        """The whole in one sentence."""
        best = max(
            ((day, hour) for day in range(len(self.curve)) for hour in range(24)),
            key=lambda at: self.curve[at[0]][at[1]],
        )
        words = f"work goes best on {calendar.day_name[best[0]]} at {hour_words(best[1])}"
        if self.tasks < ENERGY_TOLD:
            return f"Expected, not learnt yet: {words}."
        return f"W{words[1:]}, by {self.tasks} tasks."
