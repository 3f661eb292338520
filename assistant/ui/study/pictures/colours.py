"""Which colour means what in the pictures: courses and the four steps of light."""

from PySide6.QtGui import QColor

from assistant.domain.study import Standing
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.painting import mix

LIT = "lampline"
_KINDS = ("slate.graphic", "plum.graphic", "teal.graphic", "clay.graphic")
_EDGE_SHARES = (0.25, 0.3, 0.4, 0.75)

STANDING_WORDS: dict[Standing, str] = {
    Standing.NOT_STARTED: "Not started",
    Standing.BEGUN: "Begun",
    Standing.GROWING: "Growing",
    Standing.FIRM: "Firm",
    Standing.MASTERED: "Mastered",
}
"""The legend of the map, the weakest first."""

_STEPS: dict[Standing, int] = {
    Standing.BEGUN: 0,
    Standing.GROWING: 1,
    Standing.FIRM: 2,
    Standing.MASTERED: 3,
}


def course_colour(number: int, lit: int = 0) -> str:
    """The token of a course's line or bar: the lit one is amber, the others take the kinds in turn.

    Args:
        number: Of the course, from 0.
        lit: The number of the course that is lit.
    """
    if number == lit:
        return LIT
    return _KINDS[(number - (number > lit)) % len(_KINDS)]


def light_fill(theme: Theme, step: int) -> QColor:
    """The ground of a step of light, 0 to 3."""
    return QColor(theme.tokens.mastery[step])


def light_edge(theme: Theme, step: int) -> QColor:
    """The border of a step: a little darker than its ground, and seen in high contrast."""
    if theme.high_contrast:
        return theme.color("control")
    return mix(light_fill(theme, step), theme.color("lampedge"), _EDGE_SHARES[step])


def standing_step(standing: Standing) -> int | None:
    """The step of light; None for what was not begun."""
    return _STEPS.get(standing)


def standing_ink(theme: Theme, standing: Standing, *, quiet: bool = False) -> QColor:
    """The text on a standing's ground."""
    if standing is Standing.MASTERED:
        return theme.color("onmastery")
    if standing is Standing.NOT_STARTED:
        return theme.color("ink3" if quiet else "ink2")
    return theme.color("ink")
