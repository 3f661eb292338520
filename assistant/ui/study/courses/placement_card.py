"""The way into the placement test: first, once more, or on with one that was left."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from assistant.services.study.placement_values import PlacementOffer
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.flow import FlowLayout
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.question import Question

_AGAIN = (
    "Its questions are others, as far as there are any. Once it is ended, it takes the place of "
    "the test before; what you earned by practice stays."
)


class PlacementCard(Card):
    """Offers the test, to go on with it, or to take it again.

    Args:
        theme: The theme in force.
    """

    wanted = Signal()
    wanted_again = Signal()
    """From the first question, whatever was answered so far."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 16)
        self._offer: PlacementOffer | None = None
        self._title = PlainLabel(theme, "", "card_title")
        self.words = PlainLabel(theme, "", "interface", "ink2", wrap=True)
        self.button = Button(theme, "", icon="gauge")
        self.button.clicked.connect(self._press)
        self.anew = Button(theme, "Begin anew", "ghost", icon="refresh-cw")
        self.anew.clicked.connect(self._ask)
        self.body.addWidget(self._title)
        self.body.addWidget(self.words)
        self.body.addSpacing(theme.px(4))
        ways = QWidget()
        flow = FlowLayout(ways, theme.px(4))
        for button in (self.button, self.anew):
            flow.addWidget(button)
        self.body.addWidget(ways)
        self.hide()

    def show_offer(self, offer: PlacementOffer) -> None:
        """Shows it where there is anything to ask."""
        self._offer = offer
        again, going_on = _is_again(offer), _goes_on(offer)
        self._title.setText("Placement test" if again else "Know some of it already?")
        self.words.setText(_words(offer))
        self.button.setText(
            "Go on with it" if going_on else "Take it again" if again else "Find out where I stand"
        )
        self.anew.setVisible(going_on)
        self.setVisible(offer.possible)

    def _press(self) -> None:
        if self._offer is not None and _is_again(self._offer) and not _goes_on(self._offer):
            self.wanted_again.emit()
        else:
            self.wanted.emit()

    def _ask(self) -> None:
        answered = self._offer.answered if self._offer is not None else 0
        given = "The answer" if answered == 1 else f"The {answered} answers"
        question = Question(
            self._theme,
            "Begin the test anew?",
            f"{given} that you gave so far will not be gone on with. {_AGAIN}",
            "Begin anew",
            self,
            icon="refresh-cw",
        )
        question.agreed.connect(self._agreed, Qt.ConnectionType.QueuedConnection)
        question.open()

    def _agreed(self, _: object) -> None:
        self.wanted_again.emit()


def _goes_on(offer: PlacementOffer) -> bool:
    return offer.worthwhile and offer.answered > 0


def _is_again(offer: PlacementOffer) -> bool:
    return offer.before is not None or offer.answered > 0


def _words(offer: PlacementOffer) -> str:
    """What can be done, and what it does to what is known."""
    day = ""
    if offer.before is not None:
        before = offer.before.astimezone()
        day = f"{before.day} {before:%B}"
    if _goes_on(offer):
        said = f"You answered {offer.answered} of at most {offer.most} questions; go on any time."
        return f"{said} Until it is ended, the test of {day} counts." if offer.anew else said
    if day:
        return f"Taken on {day}. You can take it again any time. {_AGAIN}"
    return (
        f"At most {offer.most} short questions, then lessons that you don't need are left out. "
        "It can be taken again any time."
    )
