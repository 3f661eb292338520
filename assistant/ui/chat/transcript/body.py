"""The column of an answer: its parts one below the other."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QWidget

from assistant.render.blocks import CodeBlock, MathBlock, Table
from assistant.ui.chat.transcript.code_card import CodeCard
from assistant.ui.chat.transcript.flow import Island, Line, Piece
from assistant.ui.chat.transcript.live_text import GroupsFrom
from assistant.ui.chat.transcript.math_view import MathView
from assistant.ui.chat.transcript.prose import ProseView, TextView
from assistant.ui.chat.transcript.rendering import Rendering
from assistant.ui.chat.transcript.selection import Selection
from assistant.ui.chat.transcript.style import INDENT, QUOTE_INDENT
from assistant.ui.chat.transcript.table_view import TableView

Part = ProseView | CodeCard | MathView | TableView
_CLOSE_GAP, _HEADING_GAP, _TABLE_GAP = 4, 22, 4


class AnswerBody(QWidget):
    """Shows the groups of an answer and keeps the parts that did not change.

    Args:
        rendering: What it is drawn with.
        parent: The owner.
    """

    height_changed = Signal()
    """A part has another height: a formula came, code was unfolded."""
    link_activated = Signal(str)
    menu_wanted = Signal(QPoint)

    def __init__(self, rendering: Rendering, parent: QWidget) -> None:
        super().__init__(parent)
        self._rendering = rendering
        self._parts: list[Part] = []
        self._groups: list[tuple[Piece, ...]] = []
        self._bottoms: list[int] = []
        self._width = 0
        self._caret: ProseView | CodeCard | None = None
        self._caret_shown = False
        self.selection = Selection()

    @property
    def parts(self) -> tuple[Part, ...]:
        """From top to bottom."""
        return tuple(self._parts)

    def text_parts(self) -> list[TextView]:
        """The texts of all parts, from top to bottom."""
        return [part.text if isinstance(part, CodeCard) else part for part in self._parts]

    def show_groups(self, change: GroupsFrom, *, live: bool) -> None:
        """Puts groups in the place of all from ``change.start`` on.

        Args:
            change: What differs.
            live: The answer is being written, so nothing is folded away.
        """
        first = change.start
        count = first + len(change.groups)
        while first < min(count, len(self._groups)):
            if self._groups[first] != change.groups[first - change.start]:
                break
            first += 1
        groups = change.groups[first - change.start :]
        structure = count != len(self._parts)
        for offset, group in enumerate(groups):
            structure = self._show_group(first + offset, group, live=live) or structure
        while len(self._parts) > count:
            self._drop(self._parts.pop())
        self._groups[first:] = groups
        del self._bottoms[first:]
        if structure:
            self.selection.set_parts(self.text_parts())
        self._move_caret()
        if self._width:
            self.lay_out(self._width)

    def set_caret(self, *, shown: bool) -> None:
        """Shows the writing mark at the end of the last part."""
        self._caret_shown = shown
        self._move_caret()

    def lay_out(self, width: int) -> int:
        """Places the parts in a column ``width`` wide and returns its height.

        Parts above the first one that changed keep their places.
        """
        if width != self._width:
            self._width = width
            self._bottoms.clear()
        for index in range(len(self._bottoms), len(self._parts)):
            top = (self._bottoms[-1] if self._bottoms else 0) + self._gap(index)
            self._bottoms.append(top + self._place(index, top))
        height = self._bottoms[-1] if self._bottoms else 0
        if (width, height) != (self.width(), self.height()):
            self.resize(width, height)
        return height

    def _show_group(self, index: int, group: tuple[Piece, ...], *, live: bool) -> bool:
        part = self._parts[index] if index < len(self._parts) else None
        kind = _kind(group)
        if not isinstance(part, kind):
            new = self._make(kind)
            if part is None:
                self._parts.append(new)
            else:
                self._drop(part)
                self._parts[index] = new
            self._fill(new, group, live=live)
            new.show()
            return True
        self._fill(part, group, live=live)
        return False

    def _make(self, kind: type[Part]) -> Part:
        rendering, selection = self._rendering, self.selection
        part: Part
        if kind is ProseView:
            part = ProseView(rendering.style, rendering.formulas, selection, self)
        elif kind is CodeCard:
            part = CodeCard(rendering, selection, self)
        elif kind is MathView:
            part = MathView(rendering, selection, self)
        else:
            part = TableView(rendering, selection, self)
        part.changed.connect(self._part_changed)
        text = part.text if isinstance(part, CodeCard) else part
        text.link_activated.connect(self.link_activated)
        text.menu_wanted.connect(self.menu_wanted)
        return part

    def _fill(self, part: Part, group: tuple[Piece, ...], *, live: bool) -> None:
        if isinstance(part, ProseView):
            part.show_lines(tuple(piece for piece in group if isinstance(piece, Line)))
            return
        island = group[0]
        block = island.block if isinstance(island, Island) else None
        if isinstance(part, CodeCard) and isinstance(block, CodeBlock):
            part.show_block(block, may_fold=not live)
        elif isinstance(part, MathView) and isinstance(block, MathBlock):
            part.show_block(block)
        elif isinstance(part, TableView) and isinstance(block, Table):
            part.show_table(block)

    def _gap(self, index: int) -> int:
        """What stands above a part."""
        if index == 0:
            return 0
        style = self._rendering.style
        first = self._groups[index][0]
        if isinstance(first, Line):
            if first.shape.heading:
                return style.px(_HEADING_GAP)
            if isinstance(self._groups[index - 1][0], Island):
                return style.gap
            return style.px(_CLOSE_GAP) if first.shape.close else style.gap
        return style.px(_TABLE_GAP) if isinstance(first.block, Table) else style.gap

    def _place(self, index: int, top: int) -> int:
        part, first = self._parts[index], self._groups[index][0]
        style = self._rendering.style
        left, width = 0, self._width
        if isinstance(first, Line):
            width = min(width, style.reading_width)
        else:
            left = first.depth * style.px(INDENT) + first.quote * style.px(QUOTE_INDENT)
            width = max(style.px(INDENT), width - left)
        height = part.height_for(width)
        part.setGeometry(left, top, width, height)
        if isinstance(part, CodeCard):
            part.lay_out()
        return height

    def _part_changed(self) -> None:
        self._bottoms.clear()
        if self._width:
            self.lay_out(self._width)
        self.height_changed.emit()

    def _move_caret(self) -> None:
        last = self._parts[-1] if self._caret_shown and self._parts else None
        holder = last if isinstance(last, ProseView | CodeCard) else None
        if self._caret is not holder:
            if self._caret is not None and self._caret in self._parts:
                self._caret.set_caret(shown=False)
            self._caret = holder
            if holder is not None:
                holder.set_caret(shown=True)

    def _drop(self, part: Part) -> None:
        part.hide()
        part.deleteLater()


def _kind(group: Sequence[Piece]) -> type[Part]:
    first = group[0]
    if isinstance(first, Line):
        return ProseView
    kinds: dict[type, type[Part]] = {CodeBlock: CodeCard, MathBlock: MathView, Table: TableView}
    return kinds[type(first.block)]
