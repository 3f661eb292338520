"""The review screen: a bar, a card, and the keys that answer it."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from assistant.domain.study import Card, Recall
from assistant.render.markdown import parse
from assistant.render.plain import to_plain
from assistant.services.study.reviewing import Shown
from assistant.ui.chat.transcript.source import Background
from assistant.ui.study.exercise.markdown_view import drawing
from assistant.ui.study.review.bar import ReviewBar
from assistant.ui.study.review.card_view import CardEditor, CardView
from assistant.ui.study.review.grades import Grades
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button, ButtonKind
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.notices import EmptyState, ErrorCard
from assistant.ui.widgets.scroll import ScrollArea

_WIDEST, _MARGIN, _ABOVE_ANSWER = 640, 24, 60
_GRADES = {Qt.Key.Key_1: Recall.AGAIN, Qt.Key.Key_2: Recall.HARD, Qt.Key.Key_3: Recall.GOOD,
           Qt.Key.Key_4: Recall.EASY}  # fmt: skip

_SCROLLS = {
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_Home: QAbstractSlider.SliderAction.SliderToMinimum,
    Qt.Key.Key_End: QAbstractSlider.SliderAction.SliderToMaximum,
}

_OTHER_KEYS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
"""With these a key is somebody else's; some keyboards have their digits on Shift."""


class ReviewScreen(QWidget):
    """Shows; it asks by signals and changes nothing itself.

    Args:
        theme: The theme in force.
        background: Where formulas are drawn.
    """

    leave_wanted = Signal()
    shown = Signal()
    """The answer was looked at."""
    graded = Signal(object)
    """A ``Recall``."""
    undo_wanted = Signal()
    edit_wanted = Signal()
    suspend_wanted = Signal()
    rewritten = Signal(str, str)
    """Front and back of the card that was opened to be rewritten."""
    edit_dropped = Signal()
    """It stays as it was."""

    def __init__(self, theme: Theme, background: Background) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName("Review")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.drawing = drawing(theme, background, self)
        self.bar = ReviewBar(theme)
        self.card = CardView(theme, self.drawing)
        self.editor = CardEditor(theme)
        self.show_button = Button(theme, "Show the answer", "primary")
        self.grades = Grades(theme)
        self._notice: ErrorCard | None = None
        self._notice_keys: dict[Qt.Key, Button] = {}
        self._state: EmptyState | None = None
        self._message_buttons: list[Button] = []
        self._asked = False
        self._answer_seen = False
        self._build(theme)
        self._connect()

    def focus_shape(self) -> tuple[QRect, int]:
        """The keys are the whole screen's, which needs no ring: its card says what is asked."""
        return QRect(), 0

    def _build(self, theme: Theme) -> None:
        px = theme.px
        content = QWidget()
        content.setMaximumWidth(px(_WIDEST))
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, px(28), 0, px(20))
        self._column.setSpacing(px(16))
        for widget in (self.card, self.editor):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(px(_MARGIN), 0, px(_MARGIN), 0)
        row.addStretch(1)
        row.addWidget(content, 100)
        row.addStretch(1)
        self._middle = middle
        scroll = ScrollArea(middle)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll = scroll
        self._foot = self._foot_of(theme)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scroll, 1)
        column.addWidget(self._foot)
        self._page = page
        self._message = QWidget()
        self._message_row = QHBoxLayout(self._message)
        self._message_row.setContentsMargins(px(_MARGIN), px(28), px(_MARGIN), px(28))
        self._message_row.addStretch(1)
        self._message_row.addStretch(1)
        self._stack = QStackedWidget()
        for each in (QWidget(), page, self._message):
            self._stack.addWidget(each)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        whole.addWidget(self._stack, 1)

    def _foot_of(self, theme: Theme) -> QWidget:
        px = theme.px
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(px(_MARGIN), px(8), px(_MARGIN), px(20))
        row.addStretch(1)
        inner = QWidget()
        inner.setMaximumWidth(px(_WIDEST))
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        self.show_button.setMinimumHeight(px(40))
        column.addWidget(self.show_button)
        column.addWidget(self.grades)
        self._keys = PlainLabel(theme, "", "small", "ink3")
        self._keys.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._keys)
        row.addWidget(inner, 100)
        row.addStretch(1)
        return foot

    def _connect(self) -> None:
        self.bar.leave_wanted.connect(self.leave_wanted)
        self.bar.undo_wanted.connect(self.undo_wanted)
        self.bar.edit_wanted.connect(self.edit_wanted)
        self.bar.suspend_wanted.connect(self.suspend_wanted)
        self.show_button.clicked.connect(self.show_back)
        self.grades.given.connect(self._grade)
        self.editor.saved.connect(self.rewritten)
        self.editor.dropped.connect(self._drop_edit)

    @property
    def editing(self) -> bool:
        """Whether a card is being rewritten."""
        return self.editor.isVisibleTo(self)

    def show_waiting(self) -> None:
        """Nothing is there yet."""
        self._stack.setCurrentIndex(0)
        self._asked = False
        self.bar.allow(card=False)

    def show_card(self, shown: Shown, where: str) -> None:
        """Asks a card."""
        chance = shown.chance if shown.card.memory is not None else None
        self.card.show_card(shown.card, where, chance)
        self.grades.show_times(shown.times)
        self._asked, self._answer_seen = True, False
        self.show_button.show()
        self.grades.hide()
        self._keys.setText("Space shows the answer  ·  E rewrites  ·  S suspends  ·  U takes back")
        self.editor.hide()
        self.card.show()
        self._foot.show()
        self.bar.allow(card=True)
        self._stack.setCurrentWidget(self._page)
        self._scroll.verticalScrollBar().setValue(0)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_back(self) -> None:
        """Shows the answer of the card that is asked."""
        if not self._asked or self._answer_seen or self.editing:
            return
        self._answer_seen = True
        self.card.show_back()
        self.show_button.hide()
        self.grades.show()
        self._keys.setText("1 to 4 say how well it came back; Space is Good")
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._bring_answer_into_view()
        self.shown.emit()

    def _bring_answer_into_view(self) -> None:
        """Under a long question; its first line at the least, where all of it has no room."""
        content, bar = self._middle, self._scroll.verticalScrollBar()
        for layout in (self.layout(), self._page.layout(), self.card.layout(), content.layout()):
            if layout is not None:
                layout.activate()
        room, margin = self._scroll.viewport().height(), self._theme.px(_ABOVE_ANSWER)
        back = self.card.back
        top = back.mapTo(content, back.rect().topLeft()).y()
        content.resize(content.width(), max(room, content.minimumSizeHint().height()))
        bar.setRange(0, content.height() - room)
        lowest = top + back.height() + margin - room
        bar.setValue(max(bar.value(), min(lowest, top - margin)))

    def wait(self) -> None:
        """The answer is being taken; no key counts twice."""
        self._asked = False

    def go_on(self) -> None:
        """Nothing came of it: the same card stands as it stood."""
        self._asked = True

    def show_leech(self, card: Card, lesson: str) -> list[Button]:
        """Says that a card was failed often.

        Args:
            card: The card.
            lesson: The title of the lesson that explains it; "" where none does.

        Returns:
            The buttons that rewrite it, suspend it, and open its lesson where there is one.
        """
        self.hide_notice()
        front = " ".join(to_plain(parse(card.front)).split())
        named = f"{front[:60]}…" if len(front) > 60 else front  # noqa: PLR2004 - a line
        self._notice = ErrorCard(
            self._theme,
            "A card that does not stay",
            f"“{named}” was forgotten {card.lapses} times. "
            + (f"Read “{lesson}” again (O). " if lesson else "")
            + "It is asked too much at once, perhaps: "
            "rewrite it (R), split it, or lay it aside (L).",
            "caution",
        )
        self._column.insertWidget(0, self._notice)
        self._notice.show()
        rewrite = self._notice.add_button("Rewrite")
        aside = self._notice.add_button("Lay it aside", "ghost")
        self._notice_keys = {Qt.Key.Key_R: rewrite, Qt.Key.Key_L: aside}
        if not lesson:
            return [rewrite, aside]
        read = self._notice.add_button("Open its lesson", "ghost")
        self._notice_keys[Qt.Key.Key_O] = read
        return [rewrite, aside, read]

    def hide_notice(self) -> None:
        """The word about a card is done with."""
        self._notice_keys = {}
        if self._notice is not None:
            self._notice.hide()
            self._notice.deleteLater()
            self._notice = None

    def open_editor(self, card: Card) -> None:
        """Lets a card be rewritten."""
        self.card.hide()
        self._foot.hide()
        self._stack.setCurrentWidget(self._page)
        self.editor.open_with(card)

    def close_editor(self) -> None:
        """Goes back to the card that is asked."""
        self.editor.hide()
        self.card.show()
        self._foot.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_keys(self) -> None:
        """The keys are for the card that is asked, or for the first button of a message."""
        if self._message_buttons and self._stack.currentWidget() is self._message:
            self._message_buttons[0].setFocus()
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_message(
        self, title: str, text: str, buttons: Sequence[tuple[str, ButtonKind]]
    ) -> list[Button]:
        """Shows words in the place of a card; gives the buttons in their order."""
        self._asked = False
        self.bar.allow(card=False)
        if self._state is not None:
            self._state.hide()
            self._state.deleteLater()
        self._state = EmptyState(self._theme, title, text, icon="history")
        self._state.setMaximumWidth(self._theme.px(520))
        self._message_row.insertWidget(1, self._state, 2, Qt.AlignmentFlag.AlignVCenter)
        made = [self._state.add_button(name, kind) for name, kind in buttons]
        self._stack.setCurrentWidget(self._message)
        self._message_buttons = made
        self.take_keys()
        return made

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space shows, then is Good; 1 to 4 grade; U, E and S; arrows scroll; Esc leaves."""
        key = Qt.Key(event.key())
        if self.editing or event.modifiers() & _OTHER_KEYS:
            event.ignore()
        elif key in _SCROLLS:
            self._scroll.verticalScrollBar().triggerAction(_SCROLLS[key])
        elif key == Qt.Key.Key_Escape:
            self.leave_wanted.emit()
        elif key == Qt.Key.Key_U:
            self.undo_wanted.emit()
        elif not self._asked or not self._card_key(key):
            event.ignore()

    def _card_key(self, key: Qt.Key) -> bool:
        """What a key does to the card that is asked; False for nothing."""
        goes_on = key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if goes_on and not self._answer_seen:
            self.show_back()
        elif goes_on:
            self._grade(Recall.GOOD)
        elif key in _GRADES and self._answer_seen:
            self._grade(_GRADES[key])
        elif key in self._notice_keys:
            self._notice_keys[key].click()
        elif key == Qt.Key.Key_E:
            self.edit_wanted.emit()
        elif key == Qt.Key.Key_S:
            self.suspend_wanted.emit()
        else:
            return False
        return True

    def _drop_edit(self) -> None:
        self.close_editor()
        self.edit_dropped.emit()

    def _grade(self, recall: Recall) -> None:
        if self._asked and self._answer_seen:
            self.graded.emit(recall)
