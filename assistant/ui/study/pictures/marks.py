"""What a picture is made of: marks that can be pointed at, a drawing, and the same as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from assistant.ui.theme.theme import Theme

NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of a picture.

    Args:
        place: Where it lies, in px of the picture.
        words: What it says.
        key: What is activated by Enter or a click; None where nothing is.
        area: What it fills, where it is more than a point.
    """

    place: QPointF
    words: str
    key: object = None
    area: QRectF | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A picture as rows of words.

    Args:
        heads: Of the columns.
        rows: Each as long as ``heads``.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Drawing(Protocol):
    """One state of a picture: values in, strokes out. Knows nothing of keys and mice."""

    def marks(self, area: QRectF, theme: Theme) -> Sequence[Sequence[Mark]]:
        """The marks by series: Left and Right move within one, Up and Down between them."""
        ...

    def paint(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        """Draws it into ``area``; the painter is antialiased."""
        ...

    def table(self) -> Table:
        """The same in words."""
        ...

    def summary(self) -> str:
        """The whole in one sentence, for screen readers."""
        ...


def percent_words(share: float) -> str:
    """``58 %`` of a share from 0 to 1; the space does not break."""
    return f"{100 * share:.0f}{NO_BREAK}%"


def count_words(count: int, one: str, many: str = "") -> str:
    """``1 card``, ``2 cards``; ``many`` where it is not ``one`` with an s."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def checked_share(value: float, what: str) -> float:
    """``value``, if it is a share.

    Raises:
        ValueError: It is below 0, above 1 or not a number.
    """
    if not 0 <= value <= 1:
        raise ValueError(f"{what} must lie between 0 and 1, not {value}")
    return value
