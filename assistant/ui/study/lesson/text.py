"""Markdown of a lesson: prose with formulas, and code that can be run, one below the other."""

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from assistant.render.blocks import Block, CodeBlock, Heading
from assistant.render.markdown import parse
from assistant.ui.chat.transcript.body import AnswerBody
from assistant.ui.chat.transcript.flow import flatten, group
from assistant.ui.chat.transcript.live_text import GroupsFrom
from assistant.ui.chat.transcript.rendering import Rendering
from assistant.ui.chat.transcript.style import TranscriptStyle
from assistant.ui.study.exercise.markdown_view import Drawing
from assistant.ui.study.lesson.code import LessonCode
from assistant.ui.study.lesson.snippets import Snippet, programs_of, runnable
from assistant.ui.theme.fonts import Role
from assistant.ui.theme.theme import Theme

_PROGRAMS = ("python", "py")
_HEADING_GAP = 10
_AT_ONCE = 4_000
"""Longer texts, in characters, are parsed off the window's thread."""


class LessonText(QWidget):
    """Shows a text; it can be selected, and loads nothing.

    Args:
        theme: The theme in force.
        drawn_with: Formulas and workers.
        role: What running text is.
    """

    run_wanted = Signal(object)
    """A ``LessonCode`` that is to be run."""
    stop_wanted = Signal(object)

    def __init__(self, theme: Theme, drawn_with: Drawing, role: Role = "reading") -> None:
        super().__init__()
        self._theme = theme
        self._drawing = drawn_with
        self._role: Role = role
        self._text = ""
        self._blocks: tuple[Block, ...] = ()
        self._earlier: tuple[str, ...] = ()
        self.parts: list[QWidget] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        theme.changed.connect(self._build)

    def show_text(
        self, text: str, earlier: Sequence[str] = (), blocks: tuple[Block, ...] | None = None
    ) -> None:
        """Shows a text.

        Args:
            text: Markdown.
            earlier: Programs that stand before it and that its own may build on.
            blocks: The same parsed; None where that is still to be done.
        """
        if text == self._text and tuple(earlier) == self._earlier:
            return
        self._text, self._earlier = text, tuple(earlier)
        self.setAccessibleName(text[:_AT_ONCE])
        if blocks is not None:
            self._take((text, blocks))
        elif len(text) <= _AT_ONCE:
            self._take((text, parse(text)))
        else:
            self._drawing.background.submit(lambda: (text, parse(text)), self._take)

    @property
    def codes(self) -> list[LessonCode]:
        """The blocks of code, from top to bottom."""
        return [each for each in self.parts if isinstance(each, LessonCode)]

    def _take(self, parsed: tuple[str, tuple[Block, ...]]) -> None:
        text, blocks = parsed
        if text == self._text:
            self._blocks = blocks
            self._build()

    def _build(self) -> None:
        for part in self.parts:
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()
        self.parts.clear()
        style = TranscriptStyle(self._theme, self._role)
        rendering = Rendering(style, self._drawing.formulas, self._drawing.background)
        self._column.setSpacing(self._theme.px(12))
        earlier = list(self._earlier)
        for is_code, run in groupby(self._blocks, lambda one: isinstance(one, CodeBlock)):
            if not is_code:
                prose = tuple(run)
                self._add_prose(_Prose(rendering, prose, self._drawing), prose)
                continue
            blocks = [block for block in run if isinstance(block, CodeBlock)]
            for at, block in enumerate(blocks):
                if at and _prints(blocks[at - 1], block):
                    continue
                snippet = Snippet(block.code, tuple(earlier)) if runnable(block) else None
                code = LessonCode(self._theme, rendering, block, snippet)
                if at + 1 < len(blocks) and _prints(block, blocks[at + 1]):
                    code.expect(blocks[at + 1].code)
                code.run_wanted.connect(self.run_wanted)
                code.stop_wanted.connect(self.stop_wanted)
                self._add(code)
                earlier += programs_of((block,))
        self._column.activate()

    def _add_prose(self, prose: "_Prose", blocks: tuple[Block, ...]) -> None:
        """A heading after code stands as far from it as from prose."""
        if self.parts and isinstance(blocks[0], Heading):
            prose.setContentsMargins(0, self._theme.px(_HEADING_GAP), 0, 0)
        self._add(prose)

    def _add(self, part: "_Prose | LessonCode") -> None:
        """A part knows its height at once, so that nothing is painted in a wrong place."""
        if self.width() > 0:
            part.fit(self.width())
        self.parts.append(part)
        self._column.addWidget(part)
        part.show()


def _prints(program: CodeBlock, output: CodeBlock) -> bool:
    """Whether the one block shows what the other prints."""
    return program.language in _PROGRAMS and output.language == "text"


class _Prose(QWidget):
    """Everything between two blocks of code."""

    def __init__(
        self, rendering: Rendering, blocks: tuple[Block, ...], drawn_with: Drawing
    ) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._body = AnswerBody(rendering, self)
        self._body.link_activated.connect(drawn_with.links.open)
        self._body.height_changed.connect(self._lay_out)
        self._body.show_groups(GroupsFrom(0, tuple(group(flatten(blocks)))), live=False)

    def sizeHint(self) -> QSize:
        return QSize(200, self._body.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def fit(self, width: int) -> None:
        """Takes the height that the text needs at a width, before it is ever laid out."""
        top = self.contentsMargins().top()
        self._body.move(0, top)
        self.setFixedHeight(self._body.lay_out(width) + top)

    def _lay_out(self) -> None:
        if self.width() > 0:
            self.fit(self.width())
