"""What QtSvg makes of our formulas, by pixels: its own ``isValid`` is true of an empty picture."""

import pytest
from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from assistant.render.blocks import FormulaImage
from assistant.render.formula import FormulaRenderer
from tests.helpers.formulas import FORMULAS

pytestmark = pytest.mark.usefixtures("qapp")

COLOUR = "#c02040"
SCALE = 2
MARGIN = 12
"""Empty pixels around the picture, in which clipped or misplaced ink would show."""


@pytest.fixture(scope="module")
def renderer() -> FormulaRenderer:
    return FormulaRenderer()


def painted(formula: FormulaImage) -> QImage:
    """Draws a formula on white, at twice its size, with a margin."""
    width, height = formula.width * SCALE, formula.height * SCALE
    image = QImage(
        int(width) + 2 * MARGIN + 1, int(height) + 2 * MARGIN + 1, QImage.Format.Format_RGB32
    )
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(formula.svg)).render(painter, QRectF(MARGIN, MARGIN, width, height))
    painter.end()
    return image


def ink(image: QImage) -> QRectF:
    """Bounds of all that is not white, in pixels of the image."""
    columns: list[int] = []
    rows: list[int] = []
    for y in range(image.height()):
        for x in range(image.width()):
            if image.pixelColor(x, y).lightness() < 200:
                columns.append(x)
                rows.append(y)
    if not rows:
        return QRectF()
    return QRectF(
        min(columns), min(rows), max(columns) - min(columns) + 1, max(rows) - min(rows) + 1
    )


@pytest.mark.parametrize("latex", FORMULAS)
def test_ink_is_there_and_inside(renderer: FormulaRenderer, latex: str) -> None:
    formula = renderer.draw(latex, size_px=16, colour=COLOUR, display=True)
    bounds = ink(painted(formula))
    box = QRectF(MARGIN, MARGIN, formula.width * SCALE, formula.height * SCALE)
    assert bounds.width() > 2
    assert box.adjusted(-1, -1, 1, 1).contains(bounds)
    # Nothing but spaces is left of or right of the ink by more than half of the picture.
    assert bounds.width() > box.width() * 0.4


@pytest.mark.parametrize("latex", [r"\frac{\cancel{x}}{\sqrt{y}}", r"\boxed{\overline{a}}"])
def test_all_ink_has_the_colour_that_was_asked_for(renderer: FormulaRenderer, latex: str) -> None:
    image = painted(renderer.draw(latex, size_px=40, colour=COLOUR, display=True))
    wanted = QColor(COLOUR)
    solid = 0
    for y in range(image.height()):
        for x in range(image.width()):
            pixel = image.pixelColor(x, y)
            # Between white and the colour there are only mixtures of both.
            assert pixel.red() >= wanted.red()
            assert abs((255 - pixel.green()) - (255 - pixel.blue()) * 223 / 191) < 8
            solid += pixel == wanted
    assert solid > 50


@pytest.mark.parametrize("display", [True, False])
def test_letters_stand_on_the_baseline(renderer: FormulaRenderer, display: bool) -> None:
    formula = renderer.draw("x", size_px=20, colour=COLOUR, display=display)
    bounds = ink(painted(formula))
    assert bounds.bottom() - MARGIN == pytest.approx(formula.baseline * SCALE, abs=2)


@pytest.mark.parametrize(
    ("latex", "share"), [("y", 0.3), (r"\frac{a}{b}", 0.25), ("x^2", 0), ("=", 0)]
)
def test_what_hangs_below_the_baseline_is_below_it(
    renderer: FormulaRenderer, latex: str, share: float
) -> None:
    formula = renderer.draw(latex, size_px=20, colour=COLOUR, display=True)
    bounds = ink(painted(formula))
    below = (bounds.bottom() - MARGIN - formula.baseline * SCALE) / bounds.height()
    assert below <= share + 0.25
    assert below >= share - 0.25 if share else below <= 0.1
    assert formula.baseline <= formula.height


def test_a_formula_grows_with_its_size(renderer: FormulaRenderer) -> None:
    small = renderer.draw(r"\frac{a}{b}", size_px=12, colour=COLOUR, display=True)
    large = renderer.draw(r"\frac{a}{b}", size_px=24, colour=COLOUR, display=True)
    assert ink(painted(large)).height() == pytest.approx(2 * ink(painted(small)).height(), rel=0.1)


def test_limits_stand_under_the_sum_only_on_a_line_of_its_own(renderer: FormulaRenderer) -> None:
    block = renderer.draw(r"\sum_{i=1}^n i", size_px=16, colour=COLOUR, display=True)
    inline = renderer.draw(r"\sum_{i=1}^n i", size_px=16, colour=COLOUR, display=False)
    assert block.height > 1.3 * inline.height
