"""What the exercise screen shows of a placement test: the way past a question, and its result."""

from PySide6.QtCore import Qt, Signal

from assistant.services.study.placement_values import PlacementResult
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button, ButtonKind
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.labels import PlainLabel

_MOST_LISTED = 8
_ABOUT = (
    "A few questions, without hints. If you don't know one, say so: this is an answer like any "
    "other, and it shows where to begin."
)


class UnsureCard(Card):
    """“I don't know”, in the place of the hints.

    Args:
        theme: The theme in force.
    """

    not_known = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 16)
        self.body.addWidget(PlainLabel(theme, "Where do you stand?", "card_title"))
        self.body.addWidget(PlainLabel(theme, _ABOUT, "interface", "ink2", wrap=True))
        self.button = Button(theme, "I don't know", icon="circle-question-mark")
        self.button.clicked.connect(self.not_known)
        self.body.addSpacing(theme.px(4))
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.setAccessibleName("Placement")
        self.hide()


def known_lines(result: PlacementResult) -> tuple[str, ...]:
    """What is taken as known, with figures; of many the surest only, in the course's order."""
    surest = sorted(result.known, key=lambda one: one.chance, reverse=True)[:_MOST_LISTED]
    listed = [one for one in result.known if one in surest]
    lines = [f"{result.titles[one.concept]}: {round(one.chance * 100)} %" for one in listed]
    more = len(result.known) - len(listed)
    if more:
        lines.append(f"and {more} more, as the map of the course shows")
    return tuple(lines)


def result_buttons(result: PlacementResult) -> list[tuple[str, ButtonKind]]:
    """The way to where it says to begin, where there is one, and the way back, which is last."""
    done: tuple[str, ButtonKind] = ("Done", "plain")
    if result.begin is None:
        return [done]
    return [(f"Begin with “{result.titles[result.begin.concept]}”", "primary"), done]
