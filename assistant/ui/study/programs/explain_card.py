"""A model's words about a program: as they come, then each sentence with what code found of it."""

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.services.study.code_values import CodeExplanation, CodeLevel
from assistant.tutor.books.grounding import Sentence, Support
from assistant.ui.study.programs.words import NOT_CHECKED, CodeWords
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.icon_label import IconLabel
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.segmented import Segmented

_LEVELS = (CodeLevel.BEGINNER, CodeLevel.INTERMEDIATE, CodeLevel.ADVANCED)
_NAMES = ("Beginner", "Some practice", "Advanced")
_FENCED = re.compile(r"^[ \t]*```.*?(?:^[ \t]*```[ \t]*$|\Z)", re.M | re.S)
"""Programs that it repeats are left out of what it says."""
_STANDS = "Stands in what code found."
_REST = "A model puts it into words. Code holds each sentence against what it found."


class ExplainCard(Card):
    """For whom it is explained, the words while they come, and what is known of each.

    Args:
        theme: The theme in force.
    """

    wanted = Signal(object)
    """A ``CodeLevel``."""
    stopped = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 16)
        self._busy = False
        self._text = ""
        self.said: list[SaidRow] = []
        head = QHBoxLayout()
        head.addWidget(PlainLabel(theme, "In words", "card_title"))
        head.addStretch(1)
        self.button = Button(theme, "Explain", "plain", icon="message-square", small=True)
        self.button.clicked.connect(self._press)
        head.addWidget(self.button)
        self.body.addLayout(head)
        self.level = Segmented(theme, "For whom", _NAMES)
        self.body.addWidget(self.level, 0, Qt.AlignmentFlag.AlignLeft)
        self.note = PlainLabel(theme, _REST, "small", "ink2", wrap=True)
        self.body.addWidget(self.note)
        self.live = PlainLabel(theme, "", "interface", "ink", wrap=True)
        self.live.hide()
        self.body.addWidget(self.live)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(8))
        self.body.addLayout(self._rows)

    @property
    def busy(self) -> bool:
        """Whether it is being written."""
        return self._busy

    def begin(self) -> None:
        """Words are on their way."""
        self.clear()
        self._busy = True
        self.button.setText("Stop")
        self.button.set_icon_name("square")
        self.say("Starting…")

    def say(self, words: str) -> None:
        """Says what is waited for."""
        self.note.setText(words)
        self.note.show()

    def add_text(self, text: str) -> None:
        """Shows more of what is being written."""
        self._text += text
        shown = _FENCED.sub("", self._text).strip()
        self.live.setText(shown)
        self.live.setVisible(bool(shown))
        self.say(f"{NOT_CHECKED} while it is being written.")

    def show_explained(self, explained: CodeExplanation) -> None:
        """Puts the sentences in the place of the text, each with its mark."""
        kept = self.live.text()
        self.clear()
        if explained.stopped and not explained.sentences:
            self.live.setText(kept)
            self.live.setVisible(bool(kept))
            self.say(f"Stopped. {NOT_CHECKED}." if kept else "Stopped.")
            return
        objections = explained.objections or ("",) * len(explained.sentences)
        for sentence, against in zip(explained.sentences, objections, strict=True):
            row = SaidRow(self._theme, sentence, against, explained.facts)
            self.said.append(row)
            self._rows.addWidget(row)
        self.say(_summary(explained))

    def show_error(self, words: str) -> None:
        """Says why there are no words."""
        self.clear()
        self.say(words)

    def clear(self) -> None:
        """Forgets what was said: it was about another program."""
        self._busy = False
        self._text = ""
        self.button.setText("Explain")
        self.button.set_icon_name("message-square")
        self.live.hide()
        self.say(_REST)
        for row in self.said:
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.said = []

    def _press(self) -> None:
        if self._busy:
            self.stopped.emit()
        else:
            self.wanted.emit(_LEVELS[self.level.current()])


class SaidRow(QWidget):
    """A sentence and what code found of it.

    Args:
        theme: The theme in force.
        sentence: What the model wrote.
        against: What in the program speaks against it; "" where nothing does.
        facts: What was found, by the numbers of the sentence's sources from 1.
    """

    def __init__(
        self, theme: Theme, sentence: Sentence, against: str, facts: tuple[str, ...]
    ) -> None:
        super().__init__()
        icon, colour, self.says = _mark(sentence, against, facts)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        top = Qt.AlignmentFlag.AlignTop
        mark = IconLabel(theme, icon, 16, colour)
        row.addWidget(mark, 0, top)
        if not self.says:  # it claims nothing; its words stand in line with the others
            policy = mark.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            mark.setSizePolicy(policy)
            mark.hide()
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(CodeWords(theme, sentence.text))
        if self.says:
            words.addWidget(CodeWords(theme, self.says, "small", colour))
        row.addLayout(words, 1)
        self.setAccessibleName(f"{sentence.text} {self.says}".strip())


def _mark(sentence: Sentence, against: str, facts: tuple[str, ...]) -> tuple[str, str, str]:
    if against:
        return "circle-x", "bad", f"The program says otherwise: {against}"
    if sentence.support is Support.SUPPORTED:
        stands = [facts[at - 1] for at in sentence.sources if 0 < at <= len(facts)]
        return "badge-check", "good", " ".join((_STANDS, *stands[:1]))
    if sentence.support is Support.NO_CLAIM:
        return "circle-dashed", "ink2", ""
    return "circle-dashed", "ink2", NOT_CHECKED


def _summary(explained: CodeExplanation) -> str:
    claims = [one for one in explained.sentences if one.support is not Support.NO_CLAIM]
    good = sum(one.support is Support.SUPPORTED for one in claims)
    parts = [
        f"{good} of {len(claims)} sentences stand in what code found." if claims else "",
        f"Written by {explained.model}." if explained.model else "",
        "Stopped." if explained.stopped else "",
        explained.missing,
    ]
    return " ".join(part for part in parts if part)
