"""How full the context is, and what is left out of it, in words."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from assistant.ui.chat.panel.section import PanelSection
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.meters import ProgressBar


def usage_words(used_tokens: int, context_length: int) -> str:
    """How full, in a sentence; and what comes of it once it is full."""
    if used_tokens >= context_length:
        return (
            f"This chat takes {used_tokens:,} tokens and the model reads {context_length:,} at "
            "once: the next answer is written without the oldest messages. Pinned ones stay."
        )
    percent = f"{used_tokens / context_length:.0%}".replace("%", " %")
    return f"{used_tokens:,} of {context_length:,} tokens are used, {percent}."


def left_out_words(messages: int) -> str:
    """What is no longer read, in a sentence; empty when all of it is."""
    if messages <= 0:
        return ""
    which = "The oldest message is" if messages == 1 else f"The oldest {messages:,} messages are"
    return f"{which} not read any more. Pin a message to keep it in."


class ContextSection(QWidget):
    """A bar with words.

    Args:
        theme: The theme in force.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        note = (
            "What the model reads at once. When it is full, the oldest messages are summed up, "
            "or left out where the model is too small for that; pinned ones stay."
        )
        section = PanelSection(theme, "Context", note)
        self._bar = ProgressBar(theme, "Context used")
        self._words = PlainLabel(theme, "", "small", "ink2", wrap=True)
        self._left_out = PlainLabel(theme, "", "small", "caution", wrap=True)
        self._pinned = PlainLabel(theme, "", "small", "ink2", wrap=True)
        for widget in (self._bar, self._words, self._left_out, self._pinned):
            section.body.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(section)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No model is loaded, or nothing was said."""
        self._bar.set_share(0)
        self._words.setText("Nothing is read yet.")
        self._left_out.hide()
        self._pinned.hide()

    def show_usage(self, used_tokens: int, context_length: int, *, left_out: int) -> None:
        """Shows how full it is.

        Args:
            used_tokens: Of the prompt as it stands.
            context_length: Tokens that the model reads.
            left_out: How many of the oldest messages are not read.
        """
        self._bar.set_share(used_tokens / max(context_length, 1))
        self._words.setText(usage_words(used_tokens, context_length))
        self._left_out.setText(left_out_words(left_out))
        self._left_out.setVisible(left_out > 0)

    def show_pinned(self, pinned: int) -> None:
        """Shows how many messages always stay in."""
        counted = "1 pinned message stays" if pinned == 1 else f"{pinned} pinned messages stay"
        self._pinned.setText(f"{counted} in, whatever happens.")
        self._pinned.setVisible(pinned > 0)

    @property
    def words(self) -> str:
        """All that it says."""
        shown = (self._words, self._left_out, self._pinned)
        return " ".join(label.text() for label in shown if not label.isHidden())
