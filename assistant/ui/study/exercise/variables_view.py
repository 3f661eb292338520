"""The variables of a program at one step, function by function."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from assistant.domain.trace import Frame, Variable
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.painting import box

_ROW, _NAME, _NOTE, _MOST_FRAMES, _MOST_VARIABLES = 24, 0.32, 0.36, 8, 30
_MODULE = "<module>"
_HIDDEN = frozenset({"function", "module", "builtin_function_or_method"})
"""What a program has by its definitions is not what changes while it runs."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A function's title, or one of its variables.

    Args:
        title: Of a function; "" for a variable.
        variable: None for a function.
        changed: Whether the step before made it what it is.
        note: Which name above stands for the same object; "" where none does.
    """

    title: str
    variable: Variable | None = None
    changed: bool = False
    note: str = ""


class VariablesView(QWidget):
    """Painted, so that a slider can go through thousands of steps.

    Args:
        theme: The theme in force.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: list[_Row] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    @property
    def words(self) -> str:
        """All of it as text."""
        return "\n".join(_words(row) for row in self._rows)

    @property
    def changed(self) -> tuple[str, ...]:
        """The names that the step before has changed."""
        return tuple(row.variable.name for row in self._rows if row.variable and row.changed)

    def show_frames(
        self, frames: tuple[Frame, ...], before: tuple[Frame, ...] | None, lines: int
    ) -> None:
        """Shows the innermost functions, what has just changed marked.

        Args:
            frames: Outermost first.
            before: Those of the step before, wherever one came from; None at the first step.
            lines: How many lines the learner's program has; others are not named.
        """
        self._rows = list(_made(frames, frames if before is None else before, lines))
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
        for place, row in enumerate(self._rows):
            area = QRect(0, place * px(_ROW), self.width(), px(_ROW))
            if row.variable is None:
                painter.setFont(theme.font("small_medium"))
                painter.setPen(theme.color("ink2"))
                painter.drawText(area, flags, row.title)
            else:
                self._draw_variable(painter, area, row, row.variable)

    def _draw_variable(self, painter: QPainter, area: QRect, row: _Row, variable: Variable) -> None:
        theme, px = self._theme, self._theme.px
        if row.changed:
            box(painter, area.adjusted(0, 1, 0, -1), px(4), theme.color("lampsoft"))
        split = max(px(70), round(area.width() * _NAME))
        right = -px(6)
        if row.note:
            painter.setFont(theme.font("small"))
            wide = painter.fontMetrics().horizontalAdvance(row.note) + px(2)
            wide = min(wide, round(area.width() * _NOTE))
            self._draw(painter, area.adjusted(area.width() + right - wide, 0, right, 0), row.note)
            right -= wide + px(8)
        painter.setFont(theme.font("code"))
        self._draw(painter, area.adjusted(px(10), 0, split - area.width(), 0), variable.name)
        colour = "lampink" if row.changed else "ink"
        self._draw(painter, area.adjusted(split + px(8), 0, right, 0), variable.value, colour)

    def _draw(self, painter: QPainter, area: QRect, text: str, colour: str = "ink2") -> None:
        painter.setPen(self._theme.color(colour))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), shown)


def _words(row: _Row) -> str:
    if row.variable is None:
        return row.title
    return f"{row.variable.name} = {row.variable.value}" + (f" ({row.note})" if row.note else "")


def _made(frames: tuple[Frame, ...], before: tuple[Frame, ...], lines: int) -> Iterator[_Row]:
    old = _values(before)
    hidden = len(frames) - _MOST_FRAMES
    if hidden > 0:
        yield _Row(_further(frames, hidden))
    known: dict[int, tuple[int, str]] = {}
    for depth, frame in enumerate(frames):
        if depth < hidden:
            continue
        own = 0 < frame.line <= lines
        if len(frames) > 1 or frame.name != _MODULE:
            name = _title(frame)
            yield _Row(f"{name}, line {frame.line}" if own else name)
        seen = [each for each in frame.variables if each.kind not in _HIDDEN]
        for each in seen[:_MOST_VARIABLES]:
            changed = old.get((depth, frame.name, each.name)) != (each.value, each.object_id)
            yield _Row("", each, changed, _note(each, depth, frames, known))
            known.setdefault(each.object_id, (depth, each.name))


def _values(frames: tuple[Frame, ...]) -> dict[tuple[int, str, str], tuple[str, int]]:
    return {
        (depth, frame.name, each.name): (each.value, each.object_id)
        for depth, frame in enumerate(frames)
        for each in frame.variables
    }


def _further(frames: tuple[Frame, ...], hidden: int) -> str:
    if frames[0].name != _MODULE:  # a trace keeps the innermost calls alone
        return "More calls further out"
    return "1 call further out" if hidden == 1 else f"{hidden} calls further out"


def _title(frame: Frame) -> str:
    return "The program" if frame.name == _MODULE else f"{frame.name}()"


def _note(
    one: Variable, depth: int, frames: tuple[Frame, ...], known: dict[int, tuple[int, str]]
) -> str:
    """Two names for one list look like two lists: what one changes, the other shows."""
    if not one.object_id or one.object_id not in known:
        return ""
    where, name = known[one.object_id]
    if where == depth:
        return f"the same {one.kind} as {name}"
    outer = "the program" if frames[where].name == _MODULE else f"{frames[where].name}()"
    return f"the same as {name} in {outer}"
