"""Will you still know it? The chance of one card, day by day, with the review and without it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import ceil, isfinite

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from assistant.ui.study.pictures.axes import (
    LINE_WIDTH,
    LIT_WIDTH,
    Frame,
    axis_room,
    dashed,
    day_words,
    paint_grid,
    paint_ticks,
    solid,
    thinned,
)
from assistant.ui.study.pictures.marks import Mark, Table, checked_share, percent_words
from assistant.ui.study.pictures.picture import Picture
from assistant.ui.theme.theme import Theme

DayChance = tuple[float, float]
"""Days since the last review, and the chance to know it then (0 to 1)."""

_STEP = 0.2
_DOT = 4.0
_CLEARANCE = 0.02
_MOST_POINTS = 120


@dataclass(frozen=True, slots=True)
class Forgetting:
    """A card's chance to be known.

    Args:
        since: The day of the last review.
        kept: From that review to the next one, the earliest first.
        now: Where it stands.
        after: From the next review on, if it is done and known; may be empty.
        left_alone: From the day of the next review on, if it is not done; may be empty.
        goal: The chance at which reviews are placed.
    """

    since: date
    kept: tuple[DayChance, ...]
    now: DayChance
    after: tuple[DayChance, ...]
    left_alone: tuple[DayChance, ...]
    goal: float


class ForgettingCurve(Picture):
    """The curve of one card.

    Args:
        theme: The theme in force.
    """

    def __init__(self, theme: Theme) -> None:
        empty = "Review a card once: then its curve appears here."
        super().__init__(theme, "Will you still know it?", empty, (288, 160))

    def show_card(self, card: Forgetting | None) -> None:
        """Shows a card, or that there is none yet.

        Raises:
            ValueError: A chance is no share, or days are not finite or run backwards.
        """
        if card is not None:
            _check(card)
        self.set_drawing(_ForgettingDrawing(card) if card is not None and card.kept else None)


def _check(card: Forgetting) -> None:
    checked_share(card.goal, "The goal")
    for line in (card.kept, card.after, card.left_alone, (card.now,)):
        for days, chance in line:
            checked_share(chance, "A chance")
            if not isfinite(days):
                raise ValueError("A day must be a number")
        if any(later[0] < before[0] for before, later in pairwise(line)):
            raise ValueError("The days of a curve run backwards")


@dataclass(frozen=True, slots=True)
class _ForgettingDrawing:
    card: Forgetting

    def marks(self, area: QRectF, theme: Theme) -> Sequence[Sequence[Mark]]:
        frame = self._frame(area, theme)
        named = ("", "after the review, ", "left alone, ")
        lines = (self.card.kept, self.card.after, self.card.left_alone)
        return [
            [
                Mark(frame.at(*point), f"{self._day(point[0])}: {name}{percent_words(point[1])}")
                for point in thinned(line, _MOST_POINTS)
            ]
            for name, line in zip(named, lines, strict=True)
        ]

    def table(self) -> Table:
        card = self.card
        rows = [("Now", self._day(card.now[0]), percent_words(card.now[1]))]
        named = ("Until the review", "After the review", "Left alone")
        for name, line in zip(named, (card.kept, card.after, card.left_alone), strict=True):
            rows += [
                (name, self._day(days), percent_words(chance)) for days, chance in thinned(line, 12)
            ]
        return Table(("", "Day", "Chance"), tuple(rows))

    def summary(self) -> str:
        card = self.card
        said = f"Now {percent_words(card.now[1])}, goal {percent_words(card.goal)}"
        review = f"; review on {self._day(card.kept[-1][0])}"
        if not card.left_alone:
            return f"{said}{review}."
        days, chance = card.left_alone[-1]
        return f"{said}{review}; left alone {percent_words(chance)} on {self._day(days)}."

    def paint(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        card, frame = self.card, self._frame(area, theme)
        middle = (frame.low + frame.high) / 2
        paint_grid(painter, frame, theme, (frame.high, middle, frame.low))
        ends = [(0.0, day_words(card.since)), (card.kept[-1][0], self._day(card.kept[-1][0]))]
        ends.append((frame.right, self._day(frame.right)))
        paint_ticks(painter, frame, theme, ends)
        painter.setPen(dashed(theme, "ink3", 1))
        level = round(frame.y(card.goal)) + 0.5
        painter.drawLine(QPointF(frame.inside.left(), level), QPointF(frame.inside.right(), level))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(dashed(theme, "control", 1.5))
        painter.drawPolyline(frame.line(card.left_alone))
        if card.after:
            painter.setPen(solid(theme, "teal.graphic", LINE_WIDTH))
            painter.drawPolyline(
                QPolygonF([frame.at(*card.kept[-1]), *frame.line(card.after).toList()])
            )
        painter.setPen(solid(theme, "lampline", LIT_WIDTH))
        painter.drawPolyline(frame.line(card.kept))
        painter.setPen(QPen(theme.color("card"), 1.5))
        painter.setBrush(theme.color("lamp"))
        radius = (_DOT + 0.75) * theme.scale
        painter.drawEllipse(frame.at(*card.now), radius, radius)
        self._paint_words(painter, frame, theme)

    def _paint_words(self, painter: QPainter, frame: Frame, theme: Theme) -> None:
        card = self.card
        font = theme.font("axis", tabular=True)
        level = ((frame.left, card.goal), (frame.right, card.goal))
        lines = [frame.line(line) for line in (card.kept, card.left_alone, card.after, level)]
        place = _WordPlaces(frame, QFontMetricsF(font), lines)
        painter.setFont(font)
        if card.after:
            painter.setPen(theme.color("teal.text"))
            place.beside_end(painter, "after the review", card.after, above=True)
        painter.setPen(theme.color("ink3"))
        goal = f"goal {percent_words(card.goal)}"
        place.beside_end(painter, goal, ((frame.right, card.goal),), above=False)
        if card.left_alone:
            place.beside_end(painter, "left alone", card.left_alone, above=False)
        bold = theme.font("small_medium", tabular=True)
        bold.setPixelSize(font.pixelSize())
        painter.setFont(bold)
        painter.setPen(theme.color("ink"))
        place.below_left(painter, f"now {percent_words(card.now[1])}", frame.at(*card.now), theme)

    def _day(self, days: float) -> str:
        return day_words(self.card.since + timedelta(days=round(days)))

    def _frame(self, area: QRectF, theme: Theme) -> Frame:
        card = self.card
        every = [*card.kept, *card.after, *card.left_alone, card.now, (0.0, card.goal)]
        least = min(chance for _, chance in every)
        span = min(1.0, _STEP * ceil((1 - least + _CLEARANCE) / _STEP))
        left, below = axis_room(theme)
        inside = area.adjusted(left, theme.px(8), -theme.px(4), -below)
        return Frame(inside, 0.0, max(days for days, _ in every), 1 - span, 1.0)


@dataclass(frozen=True, slots=True)
class _WordPlaces:
    """Puts words beside lines, where they cross none."""

    frame: Frame
    metrics: QFontMetricsF
    lines: list[QPolygonF]

    def beside_end(
        self, painter: QPainter, words: str, line: Sequence[DayChance], *, above: bool
    ) -> None:
        """At the right, above or below the end of ``line``: the nearest place that is free."""
        width, height = self.metrics.horizontalAdvance(words), self.metrics.height()
        end = self.frame.at(*line[-1])
        inside = self.frame.inside
        box = QRectF(inside.right() - width, end.y() - height / 2, width, height)
        step = -1.0 if above else 1.0
        box.translate(0, step * height * 0.75)
        for _ in range(int(inside.height())):
            if not self._crossed(box):
                break
            box.translate(0, step)
        top = min(inside.bottom() - height, max(inside.top() - height / 4, box.top()))
        box.moveTop(top)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def below_left(self, painter: QPainter, words: str, point: QPointF, theme: Theme) -> None:
        """Below and to the left of a point, inside the plot: the nearest place that is free."""
        width, height = self.metrics.horizontalAdvance(words) + theme.px(6), self.metrics.height()
        inside = self.frame.inside
        left = max(inside.left() + theme.px(4), point.x() - width - theme.px(2))
        box = QRectF(left, point.y() + theme.px(6), width, height)
        while box.bottom() < inside.bottom() and self._crossed(box):
            box.translate(0, 1)
        if box.bottom() > inside.bottom():
            box.moveBottom(point.y() - theme.px(6))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _crossed(self, box: QRectF) -> bool:
        room = box.adjusted(-2, -1, 2, 1)
        return any(
            room.intersects(QRectF(before, after).normalized().adjusted(-0.5, -0.5, 0.5, 0.5))
            for line in self.lines
            for before, after in pairwise(line.toList())
        )
