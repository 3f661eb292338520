"""A formula on lines of its own."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QWidget

from assistant.render.blocks import MathBlock, Text
from assistant.ui.chat.transcript.formulas import formula_format
from assistant.ui.chat.transcript.prose import TextView, install_formulas
from assistant.ui.chat.transcript.rendering import Rendering
from assistant.ui.chat.transcript.selection import Selection
from assistant.ui.chat.transcript.style import SOURCE_PROPERTY


class MathView(TextView):
    """A centred formula; its source is its name, its tooltip and what is copied.

    Args:
        rendering: What it is drawn with.
        selection: Carries a selection on into the message's other parts.
        parent: The owner.
    """

    changed = Signal()

    def __init__(self, rendering: Rendering, selection: Selection, parent: QWidget) -> None:
        super().__init__(rendering.style, selection, parent)
        self._formulas = rendering.formulas
        self._block: MathBlock | None = None
        self._waits = False
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        install_formulas(self.document(), self._formulas, self)
        self._formulas.drawn.connect(self._formula_drawn)

    def show_block(self, block: MathBlock) -> None:
        """Shows a formula, or its source while it is open or not drawn."""
        if block == self._block:
            return
        self._block = block
        self.setAccessibleName(f"Formula: {block.latex}")
        self.setToolTip(block.latex)
        style = self.style_
        document = self.document()
        document.clear()
        cursor = QTextCursor(document)
        form = QTextBlockFormat()
        form.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        cursor.setBlockFormat(form)
        key = self._formulas.key(block.latex, style, display=True)
        drawn = self._formulas.get(key) if block.closed else None
        self._waits = drawn is None and block.closed and not self._formulas.known(key)
        if drawn is None:
            cursor.insertText(block.latex, style.char_format(Text("", code=True)))
            return
        base = formula_format(QTextCharFormat(style.char_format(Text(""))), key, drawn)
        base.setProperty(SOURCE_PROPERTY, f"$$\n{block.latex}\n$$")
        cursor.insertText("\ufffc", base)
        self.rest_cursor()

    def _formula_drawn(self) -> None:
        if self._waits and self._block is not None:
            block, self._block = self._block, None
            self.show_block(block)
            self.changed.emit()
