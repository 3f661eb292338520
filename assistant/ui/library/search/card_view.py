"""A model card as text: nothing in it is loaded, and no link opens before it was shown."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from assistant.render.formula import FormulaRenderer
from assistant.ui.chat.transcript.body import AnswerBody
from assistant.ui.chat.transcript.formulas import Formulas
from assistant.ui.chat.transcript.live_text import GroupsFrom, LiveText
from assistant.ui.chat.transcript.rendering import Rendering
from assistant.ui.chat.transcript.source import Background
from assistant.ui.chat.transcript.style import TranscriptStyle
from assistant.ui.theme.theme import Theme


def parsed_card(text: str) -> GroupsFrom:
    """Markdown as what is shown; slow for a long one, and free of Qt."""
    whole = LiveText()
    first = whole.feed(text)
    rest = whole.finish()
    return GroupsFrom(0, (*first.groups[: rest.start], *rest.groups))


class CardView(QWidget):
    """Shows what the makers of a model write about it.

    Args:
        theme: The theme in force.
        background: Where formulas are drawn and code is coloured.
    """

    link_activated = Signal(str)

    def __init__(self, theme: Theme, background: Background) -> None:
        super().__init__()
        self._theme = theme
        self._formulas = Formulas(FormulaRenderer(), background, self)
        self._background = background
        self._shown = GroupsFrom(0, ())
        self._body: AnswerBody | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._build)

    def show_groups(self, groups: GroupsFrom) -> None:
        """Shows a card that was parsed."""
        self._shown = groups
        self._build()

    def sizeHint(self) -> QSize:
        """As high as its text."""
        return QSize(self._theme.px(400), self._body.height() if self._body is not None else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lays the text out anew."""
        super().resizeEvent(event)
        self._lay_out()

    def _build(self) -> None:
        old = self._body
        rendering = Rendering(TranscriptStyle(self._theme), self._formulas, self._background)
        self._body = AnswerBody(rendering, self)
        self._body.link_activated.connect(self.link_activated)
        self._body.height_changed.connect(self._lay_out)
        self._body.show_groups(self._shown, live=False)
        self._body.show()
        if old is not None:
            old.hide()
            old.deleteLater()
        self._lay_out()

    def _lay_out(self) -> None:
        if self._body is not None and self.width() > 0:
            self.setFixedHeight(self._body.lay_out(self.width()))
