"""Sentences with code in them, as a label shows them."""

from html import escape

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QSizePolicy

from assistant.domain.code_review import CheckedBy
from assistant.services.study.code_values import Section
from assistant.ui.theme.fonts import Role
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.chip import Tone
from assistant.ui.widgets.labels import PlainLabel

_BY = {
    CheckedBy.AST: "Checked by its structure",
    CheckedBy.RUFF: "Checked by ruff",
    CheckedBy.RUN: "Checked by running it",
}
NOT_CHECKED = "Not checked"


class CodeWords(PlainLabel):
    """A sentence in which what stands between backticks is code; it can be selected.

    Args:
        theme: The theme in force.
        words: Markdown of backticks alone; nothing in it is taken for HTML.
        role: What it is.
        colour: Name of a colour token.
    """

    def __init__(
        self, theme: Theme, words: str, role: Role = "interface", colour: str = "ink"
    ) -> None:
        self._words = words
        self._heights: dict[int, int] = {}
        super().__init__(theme, "", role, colour, wrap=True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        narrow(self)
        self.show_words(words)

    def show_words(self, words: str) -> None:
        """Says something else."""
        self._words = words
        self._heights.clear()
        self.setText(_html(words, self._theme))
        self.setAccessibleName(words.replace("`", ""))

    @property
    def words(self) -> str:
        """What it says, as it was given."""
        return self._words

    def heightForWidth(self, width: int) -> int:
        """As Qt finds it, once for each width: layouts in layouts ask hundreds of times."""
        if width not in self._heights:
            self._heights[width] = super().heightForWidth(width)
        return self._heights[width]

    def changeEvent(self, event: QEvent) -> None:
        """Another font takes another height."""
        self._heights.clear()
        super().changeEvent(event)


def narrow(label: PlainLabel) -> None:
    """Lets no long word, such as a line that was printed, widen the page."""
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    label.setSizePolicy(policy)


def check_of(section: Section) -> tuple[str, Tone, str]:
    """What a section's pill says, its tone and its icon."""
    if section.estimate:
        return "An estimate", "neutral", "gauge"
    if not section.checked:
        return NOT_CHECKED, "neutral", "circle-dashed"
    return _BY[section.checked_by], "good", "badge-check"


def _html(words: str, theme: Theme) -> str:
    family = escape(theme.font("code").family(), quote=True)
    parts = words.split("`")
    if len(parts) % 2 == 0:  # one backtick without a partner is only a sign
        parts[-2:] = [f"{parts[-2]}`{parts[-1]}"]
    shown = [
        f"<span style=\"font-family:'{family}'\">{_kept(part)}</span>" if at % 2 else _kept(part)
        for at, part in enumerate(parts)
    ]
    return "".join(shown)


def _kept(text: str) -> str:
    return escape(text).replace("\n", "<br>").replace("  ", "&nbsp; ")
