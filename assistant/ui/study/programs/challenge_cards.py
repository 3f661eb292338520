"""A challenge: which is wanted, and the one that is in hand."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from assistant.domain.errors import UserFacingError
from assistant.services.study.code_values import Challenge, ChallengeKind
from assistant.ui.study.exercise.markdown_view import Drawing, MarkdownView
from assistant.ui.study.programs.words import CodeWords
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button, IconButton
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.chip import Pill
from assistant.ui.widgets.choice import Choice
from assistant.ui.widgets.flow import FlowLayout
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.segmented import Segmented

_REST = "It comes with tests, and only after it was proved that it can be solved."
_WIDEST_CHOICE = 260


class ChallengePicker(Card):
    """What kind, which level, which topic.

    Args:
        theme: The theme in force.
    """

    wanted = Signal(object, object, str)
    """A ``ChallengeKind``, the level or None, and the topic or ""."""
    stopped = Signal()
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 16)
        self._busy = False
        head = QHBoxLayout()
        head.addWidget(PlainLabel(theme, "A challenge", "card_title"))
        head.addStretch(1)
        close = IconButton(theme, "x", "Close the choice of a challenge")
        close.clicked.connect(self.closed)
        head.addWidget(close)
        self.body.addLayout(head)
        self.kind = Segmented(theme, "What to do", ("To write", "To mend"))
        self.level = Segmented(theme, "Level", ("Any level", "1", "2", "3", "4", "5"))
        self.topic = Choice(theme, "Topic")
        self.topic.addItem("Any topic", "")
        self.topic.setMaximumWidth(theme.px(_WIDEST_CHOICE))
        self.button = Button(theme, "Get one", "plain", icon="dumbbell")
        self.button.clicked.connect(self._press)
        box = QWidget()
        flow = FlowLayout(box, theme.px(8))
        flow.setContentsMargins(0, 0, 0, 0)
        for widget in (self.kind, self.level, self.topic, self.button):
            flow.addWidget(widget)
        self.body.addWidget(box)
        self.note = PlainLabel(theme, _REST, "small", "ink2", wrap=True)
        self.body.addWidget(self.note)

    def show_topics(self, challenges: Sequence[Challenge]) -> None:
        """Offers the topics that there are challenges about, in the order of the course."""
        chosen = self.topic.currentData()
        self.topic.clear()
        self.topic.addItem("Any topic", "")
        for topic, title in dict.fromkeys((one.topic, one.topic_title) for one in challenges):
            self.topic.addItem(title, topic)
        self.topic.setCurrentIndex(max(0, self.topic.findData(chosen)))

    def set_busy(self, busy: bool) -> None:  # noqa: FBT001 - a setter of one value
        """One is being looked for, or no longer."""
        self._busy = busy
        self.button.setText("Stop" if busy else "Get one")
        self.button.set_icon_name("square" if busy else "dumbbell")
        self.say("Looking for one, and running its solution…" if busy else _REST)

    def say(self, words: str, colour: str = "ink2") -> None:
        """Says what is waited for."""
        self.note.set_colour(colour)
        self.note.setText(words)

    def show_trouble(self, error: UserFacingError) -> None:
        """Says why there is none."""
        self.set_busy(busy=False)
        self.say(f"{error.message} {error.hint}".strip(), "bad")

    def _press(self) -> None:
        if self._busy:
            self.stopped.emit()
            return
        kind = ChallengeKind.MEND if self.kind.current() else ChallengeKind.WRITE
        self.wanted.emit(kind, self.level.current() or None, self.topic.currentData() or "")


class ChallengeCard(Card):
    """The challenge in hand.

    Args:
        theme: The theme in force.
        drawn_with: What its text is drawn with.
    """

    solution_wanted = Signal()
    closed = Signal()
    another_wanted = Signal()

    def __init__(self, theme: Theme, drawn_with: Drawing) -> None:
        super().__init__(theme, 16)
        self.challenge: Challenge | None = None
        head = QHBoxLayout()
        self._title = PlainLabel(theme, "", "card_title", wrap=True)
        head.addWidget(self._title, 1)
        close = IconButton(theme, "x", "Put the challenge away")
        close.clicked.connect(self.closed)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self._about = PlainLabel(theme, "", "small", "ink2", wrap=True)
        self.body.addWidget(self._about)
        self.prompt = MarkdownView(theme, drawn_with, "interface")
        self.body.addWidget(self.prompt)
        marks = QWidget()
        flow = FlowLayout(marks, theme.px(8))
        flow.setContentsMargins(0, 0, 0, 0)
        self.pill = Pill(theme, "", "good", icon="badge-check")
        self.hint = Button(theme, "Hint", "ghost", icon="lightbulb", small=True)
        self.solution = Button(theme, "Show a solution", "ghost", icon="eye", small=True)
        self.another = Button(theme, "Another", "ghost", icon="refresh-cw", small=True)
        for widget in (self.pill, self.hint, self.solution, self.another):
            flow.addWidget(widget)
        self._proof = PlainLabel(theme, "", "small", "ink2", wrap=True)
        self.result = CodeWords(theme, "", "interface_medium", "good")
        self._said = CodeWords(theme, "", "interface")
        for widget in (marks, self._proof, self._said, self.result):
            self.body.addWidget(widget)
        self.hint.clicked.connect(self._tell)
        self.solution.clicked.connect(self.solution_wanted)
        self.another.clicked.connect(self.another_wanted)
        self.hide()

    def show_challenge(self, challenge: Challenge) -> None:
        """Sets one."""
        self.challenge = challenge
        self._title.setText(challenge.title)
        self._about.setText(f"{challenge.topic_title} · level {challenge.level} of 5")
        self.prompt.show_text(challenge.prompt)
        proved = bool(challenge.proof)
        words = "Checked by running its tests" if proved else "Not checked"
        icon = "badge-check" if proved else "circle-dashed"
        self.pill.set_state(words, "good" if proved else "neutral", icon)
        self._proof.setText(challenge.proof)
        self._proof.setVisible(proved)
        self.hint.setVisible(bool(challenge.hint))
        self._said.hide()
        self.result.hide()
        self.setAccessibleName(f"Challenge: {challenge.title}")
        self.show()

    def show_solved(self) -> None:
        """All its tests pass."""
        challenge = self.challenge
        if challenge is None:
            return
        words = "All its tests pass."
        if challenge.slip:
            where = f" in line {challenge.slip_line}" if challenge.slip_line else ""
            words += f" The slip{where} was: {challenge.slip}"
        self.result.show_words(words)
        self.result.show()

    def forget_result(self) -> None:
        """The last run of the tests was not one that passed."""
        self.result.hide()

    def _tell(self) -> None:
        if self.challenge is not None:
            self._said.show_words(self.challenge.hint)
            self._said.show()
