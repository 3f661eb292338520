"""The variables of a program at one step, function by function."""

from collections.abc import Iterator

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from assistant.domain.trace import Frame, Variable
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.painting import box

_ROW, _NAME, _MOST_FRAMES, _MOST_VARIABLES = 24, 0.32, 8, 30
_MODULE = "<module>"
_HIDDEN = frozenset({"function", "module", "builtin_function_or_method"})
"""What a program has by its definitions is not what changes while it runs."""


class VariablesView(QWidget):
    """Painted, so that a slider can go through thousands of steps.

    Args:
        theme: The theme in force.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: list[tuple[str, Variable | None, bool]] = []
        self._before: dict[tuple[str, str], str] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    @property
    def words(self) -> str:
        """All of it as text."""
        lines = [
            title if variable is None else f"{variable.name} = {variable.value}"
            for title, variable, _ in self._rows
        ]
        return "\n".join(lines)

    def show_frames(self, frames: tuple[Frame, ...], lines: int) -> None:
        """Shows the innermost functions, what has just changed marked.

        Args:
            frames: Outermost first.
            lines: How many lines the learner's program has; others are not named.
        """
        now = {(f"{depth}{frame.name}", each.name): each.value
               for depth, frame in enumerate(frames) for each in frame.variables}  # fmt: skip
        self._rows = list(self._made(frames, now, lines))
        self._before = now
        self.setAccessibleName(self.words or "No variables yet")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A row for each."""
        px = self._theme.px
        return QSize(px(200), max(1, len(self._rows)) * px(_ROW) + px(4))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws functions, names and values."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        flags = int(Qt.AlignmentFlag.AlignVCenter)
        if not self._rows:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("ink3"))
            painter.drawText(self.rect(), flags, "No variables yet")
        for place, (title, variable, changed) in enumerate(self._rows):
            area = QRect(0, place * px(_ROW), self.width(), px(_ROW))
            if variable is None:
                painter.setFont(theme.font("small_medium"))
                painter.setPen(theme.color("ink2"))
                painter.drawText(area, flags, title)
                continue
            if changed:
                box(painter, area.adjusted(0, 1, 0, -1), px(4), theme.color("lampsoft"))
            painter.setFont(theme.font("code"))
            split = max(px(70), round(self.width() * _NAME))
            self._draw(painter, area.adjusted(px(10), 0, split - self.width(), 0), variable.name)
            colour = "lampink" if changed else "ink"
            painter.setPen(theme.color(colour))
            self._draw(painter, area.adjusted(split + px(8), 0, -px(6), 0), variable.value, colour)

    def _draw(self, painter: QPainter, area: QRect, text: str, colour: str = "ink2") -> None:
        painter.setPen(self._theme.color(colour))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), shown)

    def _made(
        self, frames: tuple[Frame, ...], now: dict[tuple[str, str], str], lines: int
    ) -> Iterator[tuple[str, Variable | None, bool]]:
        hidden = len(frames) - _MOST_FRAMES
        if hidden > 0:
            yield f"{hidden} calls further out", None, False
        for depth, frame in enumerate(frames):
            if depth < hidden:
                continue
            name = "The program" if frame.name == _MODULE else f"{frame.name}()"
            if len(frames) > 1 or frame.name != _MODULE:
                own = 0 < frame.line <= lines
                yield f"{name}, line {frame.line}" if own else name, None, False
            seen = [each for each in frame.variables if each.kind not in _HIDDEN]
            for each in seen[:_MOST_VARIABLES]:
                key = (f"{depth}{frame.name}", each.name)
                yield "", each, bool(self._before) and self._before.get(key) != now[key]
