"""Formulas: drawn off the GUI thread, kept, and painted within a line or on one of their own."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QObject, QRect, QRectF, QSizeF, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPainter,
    QPyTextObject,
    QTextCharFormat,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtSvg import QSvgRenderer
from shiboken6 import isValid

from assistant.render.blocks import FormulaImage
from assistant.render.formula import FormulaProblem, FormulaRenderer
from assistant.ui.chat.transcript.source import Background
from assistant.ui.chat.transcript.style import (
    FORMULA_PROPERTY,
    SOURCE_PROPERTY,
    TranscriptStyle,
)

FORMULA_OBJECT = QTextFormat.ObjectTypes.UserObject + 1
_KEPT = 400


@dataclass(frozen=True, slots=True)
class FormulaKey:
    """One formula as it is to be seen."""

    latex: str
    display: bool
    size_px: int
    color: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing that is ready to be painted."""

    image: FormulaImage
    renderer: QSvgRenderer


class Formulas(QObject):
    """Keeps drawings and asks for those that are missing.

    Args:
        drawer: Draws one formula; used on another thread.
        background: Where it is called.
        parent: The owner.
    """

    drawn = Signal()
    """At least one formula that was asked for is ready (or cannot be drawn)."""

    def __init__(
        self, drawer: FormulaRenderer, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._drawer = drawer
        self._background = background
        self._kept: OrderedDict[FormulaKey, Drawn | None] = OrderedDict()
        self._asked: set[FormulaKey] = set()

    def key(
        self, latex: str, style: TranscriptStyle, *, display: bool, size_px: int = 0
    ) -> FormulaKey:
        """How a formula looks in ``style``; as large as prose unless ``size_px`` says otherwise."""
        size = size_px or style.reading.pixelSize()
        return FormulaKey(latex, display, size, style.theme.tokens.ink)

    def known(self, key: FormulaKey) -> bool:
        """Whether it is settled what ``get`` answers."""
        return key in self._kept

    def get(self, key: FormulaKey) -> Drawn | None:
        """The drawing; None while it is being made (``drawn`` follows) or where none can be."""
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if key not in self._asked:
            self._asked.add(key)
            self._background.submit(self._work(key), self._take)
        return None

    def _work(self, key: FormulaKey) -> Callable[[], tuple[FormulaKey, FormulaImage | None]]:
        drawer = self._drawer

        def work() -> tuple[FormulaKey, FormulaImage | None]:
            try:
                image = drawer.draw(
                    key.latex, size_px=key.size_px, colour=key.color, display=key.display
                )
            except FormulaProblem:
                return key, None
            return key, image

        return work

    def _take(self, result: tuple[FormulaKey, FormulaImage | None]) -> None:
        if not isValid(self):
            return
        key, image = result
        self._asked.discard(key)
        renderer = QSvgRenderer(QByteArray(image.svg)) if image is not None else None
        usable = image is not None and renderer is not None and renderer.isValid()
        self._kept[key] = Drawn(image, renderer) if usable and image and renderer else None
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        self.drawn.emit()


class InlineFormula(QPyTextObject):
    """Paints a formula within a line, its baseline on the line's.

    Qt sets an object's lower edge as far below the baseline as its font descends, so the format
    carries a font that is scaled until its descent covers the formula's depth.
    """

    def __init__(self, formulas: Formulas, parent: QObject) -> None:
        super().__init__(parent)
        self._formulas = formulas

    def intrinsicSize(
        self,
        doc: QTextDocument,
        posInDocument: int,  # noqa: N803 - Qt's name
        format: QTextFormat,  # noqa: A002 - Qt's names
    ) -> QSizeF:
        """Width of the drawing; its ascent and the descent of the format's font."""
        drawn = self._formulas.get(_key_of(format))
        if drawn is None:
            return QSizeF(1, 1)
        descent = QFontMetricsF(format.toCharFormat().font()).descent()
        return QSizeF(drawn.image.width, drawn.image.baseline + descent)

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        doc: QTextDocument,
        posInDocument: int,  # noqa: N803 - Qt's name
        format: QTextFormat,  # noqa: A002 - Qt's name
    ) -> None:
        """Paints the drawing."""
        drawn = self._formulas.get(_key_of(format))
        if drawn is not None:
            image = drawn.image
            drawn.renderer.render(
                painter, QRectF(rect.left(), rect.top(), image.width, image.height)
            )


def formula_format(base: QTextCharFormat, key: FormulaKey, drawn: Drawn) -> QTextCharFormat:
    """The format of the character that stands for a formula."""
    made = QTextCharFormat(base)
    made.setObjectType(FORMULA_OBJECT)
    made.setProperty(FORMULA_PROPERTY, [key.latex, key.display, key.size_px, key.color])
    made.setProperty(SOURCE_PROPERTY, f"${key.latex}$")
    made.setToolTip(key.latex)
    made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBaseline)
    depth = drawn.image.height - drawn.image.baseline
    font = QFont(base.font())
    descent = QFontMetricsF(font).descent()
    if depth > descent > 0:
        font.setPixelSize(max(1, -int(-font.pixelSize() * depth // descent) + 1))
        made.setFont(font)
    return made


def _key_of(form: QTextFormat) -> FormulaKey:
    latex, display, size, color = form.property(FORMULA_PROPERTY)
    return FormulaKey(str(latex), bool(display), int(size), str(color))
