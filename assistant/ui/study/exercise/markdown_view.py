"""Markdown with formulas and code, as high as what it says, for prompts, hints and cards."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from shiboken6 import isValid

from assistant.domain.errors import UserFacingError
from assistant.render.formula import FormulaRenderer
from assistant.render.literal import literal
from assistant.render.markdown import parse
from assistant.ui.chat.transcript.body import AnswerBody
from assistant.ui.chat.transcript.flow import ended, flatten, group
from assistant.ui.chat.transcript.formulas import Formulas
from assistant.ui.chat.transcript.live_text import GroupsFrom
from assistant.ui.chat.transcript.rendering import Rendering
from assistant.ui.chat.transcript.source import Background
from assistant.ui.chat.transcript.style import TranscriptStyle
from assistant.ui.links import open_url
from assistant.ui.theme.fonts import Role
from assistant.ui.theme.theme import Theme

_AT_ONCE = 6_000
"""Longer texts, in characters, are parsed off the window's thread."""


class Links(QObject):
    """Opens links of texts, once the reader has seen where they lead.

    Args:
        theme: The theme in force.
        owner: Within the window over which it asks.
    """

    failed = Signal(object)
    """A ``UserFacingError``: the address cannot be opened."""

    def __init__(self, theme: Theme, owner: QWidget) -> None:
        super().__init__(owner)
        self._theme = theme
        self._owner = owner

    def open(self, address: str) -> None:
        """Asks about one."""
        try:
            open_url(self._theme, address, self._owner.window())
        except UserFacingError as error:
            self.failed.emit(error)


@dataclass(frozen=True, slots=True)
class Drawing:
    """What all texts of a screen are drawn with.

    Args:
        formulas: Drawn formulas, shared by all.
        background: Where slow work is done.
        links: What becomes of a link that is pressed.
    """

    formulas: Formulas
    background: Background
    links: Links


def drawing(theme: Theme, background: Background, owner: QWidget) -> Drawing:
    """For one screen; all of it lives as long as ``owner``."""
    formulas = Formulas(FormulaRenderer(), background, owner)
    return Drawing(formulas, background, Links(theme, owner))


class MarkdownView(QWidget):
    """Shows a text; it can be selected, and loads nothing.

    Args:
        theme: The theme in force.
        drawn_with: Formulas and workers.
        role: What running text is.
        parent: The owner.
    """

    def __init__(
        self,
        theme: Theme,
        drawn_with: Drawing,
        role: Role = "reading",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._drawing = drawn_with
        self._role: Role = role
        self._text = ""
        self._groups = GroupsFrom(0, ())
        self._body: AnswerBody | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._build)

    @property
    def text(self) -> str:
        """What it shows, as Markdown."""
        return self._text

    def show_text(self, text: str) -> None:
        """Shows a text."""
        if text == self._text and self._body is not None:
            return
        self._text = text
        self.setAccessibleName(text[:_AT_ONCE])
        if len(text) <= _AT_ONCE:
            self._show_groups((text, _groups(text)))
        else:
            self._drawing.background.submit(lambda: (text, _groups(text)), self._show_groups)

    def show_literal(self, text: str) -> None:
        """Shows a text that holds no markup: every character as it stands."""
        self._text = text
        self.setAccessibleName(text[:_AT_ONCE])
        self._show_groups((text, GroupsFrom(0, ended(group(flatten(literal(text)))))))

    def sizeHint(self) -> QSize:
        """As high as its text."""
        height = self._body.height() if self._body is not None else 0
        return QSize(self._theme.px(240), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lays the text out anew."""
        super().resizeEvent(event)
        self._lay_out()

    def _show_groups(self, parsed: tuple[str, GroupsFrom]) -> None:
        text, groups = parsed
        if isValid(self) and text == self._text:
            self._groups = groups
            self._build()

    def _build(self) -> None:
        old = self._body
        style = TranscriptStyle(self._theme, self._role)
        self._body = AnswerBody(
            Rendering(style, self._drawing.formulas, self._drawing.background), self
        )
        self._body.link_activated.connect(self._drawing.links.open)
        self._body.height_changed.connect(self._lay_out)
        self._body.show_groups(self._groups, live=False)
        self._body.show()
        if old is not None:
            old.hide()
            old.deleteLater()
        self._lay_out()

    def _lay_out(self) -> None:
        if self._body is not None and self.width() > 0:
            self.setFixedHeight(self._body.lay_out(self.width()))


def _groups(text: str) -> GroupsFrom:
    return GroupsFrom(0, ended(group(flatten(parse(text)))))
