"""The way into the placement test, while a test would tell something."""

from PySide6.QtCore import Qt, Signal

from assistant.services.study.placing import PlacementOffer
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.labels import PlainLabel


class PlacementCard(Card):
    """Offers the test, or to go on with it.

    Args:
        theme: The theme in force.
    """

    wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 16)
        self.body.addWidget(PlainLabel(theme, "Know some of it already?", "card_title"))
        self._words = PlainLabel(theme, "", "interface", "ink2", wrap=True)
        self.button = Button(theme, "Find out where I stand", icon="gauge")
        self.button.clicked.connect(self.wanted)
        self.body.addWidget(self._words)
        self.body.addSpacing(theme.px(4))
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_offer(self, offer: PlacementOffer) -> None:
        """Shows it where a test would tell something."""
        self._words.setText(
            f"You answered {offer.answered} of at most {offer.most} questions; go on any time."
            if offer.answered
            else f"At most {offer.most} short questions, then lessons that you don't need are left "
            "out."
        )
        self.button.setText("Go on with it" if offer.answered else "Find out where I stand")
        self.setVisible(offer.worthwhile)
