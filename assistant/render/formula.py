"""LaTeX to SVG with ziamath, which draws with the STIX Two font that it carries."""

import re
import threading
import warnings
from collections import OrderedDict
from collections.abc import Callable
from itertools import pairwise
from xml.etree import ElementTree as ET

from assistant.domain.errors import AssistantError
from assistant.render.blocks import FormulaImage
from assistant.render.latex import prepare

MAX_LATEX = 2_000
"""Longest formula, in characters."""

MAX_NESTING = 40
r"""Deepest nesting of braces, environments and ``\left``."""

MAX_STEPS = 5_000
"""Most boxes that are laid out for one formula, some 0.1 ms each; twenty times what long formulas
of textbooks take."""

MAX_SIDE_PX = 8_000
"""Largest width or height of a drawing."""

CACHED = 256
"""Drawings that one renderer remembers."""

_MARGIN_PX = 1.0
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_DEFINITION = re.compile(r"\\(?:(?:re)?newcommand|newenvironment|[gex]?def|let|DeclareMath)")
_OPENING = re.compile(r"(?<!\\)\{|\\begin(?![a-zA-Z])|\\left(?![a-zA-Z])")
_CLOSING = re.compile(r"(?<!\\)\}|\\end(?![a-zA-Z])|\\right(?![a-zA-Z])")

_Key = tuple[str, float, str, bool]


class FormulaProblem(AssistantError):  # noqa: N818 - a part of the text, not a fault of the program
    """A formula that cannot be drawn; its source is to be shown instead.

    Args:
        message: Why, in a few words, without any part of the formula.
    """


class FormulaRenderer:
    """Draws formulas and remembers the last ones. May be used from any thread."""

    def __init__(self) -> None:
        self._drawn: OrderedDict[_Key, FormulaImage] = OrderedDict()
        self._lock = threading.Lock()

    def draw(self, latex: str, *, size_px: float, colour: str, display: bool) -> FormulaImage:
        """Draw a formula.

        Args:
            latex: The source without its delimiters.
            size_px: Size of the font, in pixels at scale 1.
            colour: ``#rrggbb`` of all that the formula itself does not colour.
            display: Whether it stands on a line of its own: larger sums, limits above and below.

        Raises:
            FormulaProblem: It is empty, too long or too deep, or holds what is not known.
        """
        if _COLOUR.fullmatch(colour) is None or size_px <= 0:
            raise ValueError("a formula needs a size and a colour of the form #rrggbb")
        key = (latex, size_px, colour, display)
        with self._lock:
            image = self._drawn.get(key)
            if image is None:
                image = _draw(latex, size_px=size_px, colour=colour, display=display)
                self._drawn[key] = image
                if len(self._drawn) > CACHED:
                    self._drawn.popitem(last=False)
            self._drawn.move_to_end(key)
        return image


def _draw(latex: str, *, size_px: float, colour: str, display: bool) -> FormulaImage:
    _check(latex)
    svg, lowest = _drawn(prepare(latex, display=display), size_px, colour, inline=not display)
    width, height = float(svg.attrib["width"]), float(svg.attrib["height"])
    if lowest > 0:
        # All of it floats above the line, as an equals sign does: the line belongs to the image.
        height += lowest
        left, top, _, _ = svg.attrib["viewBox"].split()
        svg.set("height", f"{height:.3f}")
        svg.set("viewBox", f"{left} {top} {width:.3f} {height:.3f}")
        lowest = 0.0
    if max(width, height) > MAX_SIDE_PX:
        raise FormulaProblem("the formula is too large")
    if svg.find(".//path") is None:
        raise FormulaProblem("nothing of the formula is visible")
    return FormulaImage(
        svg=ET.tostring(svg, encoding="utf-8"),
        width=width,
        height=height,
        baseline=height - _MARGIN_PX + lowest,
        latex=latex,
    )


def _check(latex: str) -> None:
    """Refuse what would take unbounded time, stack or space."""
    if not latex.strip():
        raise FormulaProblem("the formula is empty")
    if len(latex) > MAX_LATEX:
        raise FormulaProblem("the formula is too long")
    if _DEFINITION.search(latex):
        raise FormulaProblem("the formula defines commands")
    marks = [(found.start(), 1) for found in _OPENING.finditer(latex)]
    marks += [(found.start(), -1) for found in _CLOSING.finditer(latex)]
    depth = 0
    for _, step in sorted(marks):
        depth += step
        if depth > MAX_NESTING:
            raise FormulaProblem("the formula is nested too deeply")


def _drawn(latex: str, size_px: float, colour: str, *, inline: bool) -> tuple[ET.Element, float]:
    """The drawing, and the height of its lowest point over the baseline: negative as a rule."""
    with warnings.catch_warnings():
        # WORKAROUND: ziamath 0.13 reads its font by importlib.resources.path.
        warnings.simplefilter("ignore", DeprecationWarning)
        from ziamath.config import config
        from ziamath.tex import tex2mml
        from ziamath.zmath import Math
    # SVG 2 puts glyphs into <symbol>, of which QtSvg draws nothing and does not say so.
    config.svg2 = False
    try:
        mathml = _mathml(tex2mml(latex, inline=inline))
        mathml.set("mathcolor", colour)
        drawing = Math(mathml, size=size_px, margin=_MARGIN_PX)
        _check_letters(mathml, drawing.font.glyphindex)
        svg, lowest = drawing.svgxml(), float(drawing.getyofst())
    except FormulaProblem:
        raise
    # The errors of latex2mathml have no common class, and ill-formed input raises others as well.
    except Exception as problem:
        raise FormulaProblem("the formula is not well formed") from problem
    for element in svg.iter():
        for attribute in ("fill", "stroke"):
            # Strokes through and around are drawn in black whatever the colour is.
            if element.get(attribute) == "black":
                element.set(attribute, colour)
    return svg, lowest


def _mathml(source: str) -> ET.Element:
    """Read the MathML of a formula, made ready to be laid out in bounded time."""
    if "\\" in source:
        raise FormulaProblem("the formula holds an unknown command")
    mathml = ET.fromstring(source)  # noqa: S314 - made by latex2mathml, without entities
    for element in mathml.iter():
        element.tag = element.tag.rpartition("}")[2]
    _unwrap(mathml)
    _bind_signs(mathml)
    if _steps(mathml) > MAX_STEPS:
        raise FormulaProblem("the formula is nested too deeply")
    return mathml


def _check_letters(mathml: ET.Element, glyph_index: Callable[[str], int]) -> None:
    for letter in set("".join(mathml.itertext())):
        if letter.isprintable() and not letter.isspace() and glyph_index(letter) == 0:
            raise FormulaProblem("the font lacks a letter of the formula")


def _bind_signs(element: ET.Element) -> None:
    """Puts a sign close to its number, as in “x = -7”; ziamath does so at the start of a row only.

    TeX's rule: a sign behind another operator joins nothing (TeXbook, chapter 17).
    """
    for before, child in pairwise(element):
        behind = before.tag == "mo" and (before.text or "") not in _AFTER_A_NUMBER
        if behind and child.tag == "mo" and child.text in _SIGNS:
            child.set("form", "prefix")
    for child in element:
        _bind_signs(child)


def _unwrap(element: ET.Element) -> None:
    """Take out rows of one part, which change nothing but double the work for all within them."""
    for place, child in enumerate(element):
        inner = child
        while inner.tag == "mrow" and not inner.attrib and len(inner) == 1:
            inner = inner[0]
        lines = element.tag == "math" and inner.tag == "mrow"
        if not lines and inner.tag not in _KEPT:
            element[place] = inner
        _unwrap(element[place])


def _steps(element: ET.Element) -> int:
    """How many boxes ziamath lays out: it does the parts of every row twice, and so on within."""
    times = _TIMES.get(element.tag, 2)
    return 1 + times * sum(_steps(child) for child in element)


_ONCE = "mtable mtr mstyle mfrac msup msub msubsup munder mover munderover"
_TIMES = dict.fromkeys(_ONCE.split(), 1) | {"mfenced": 4}
_SIGNS = ("-", "\u2212", "+", "\u00b1", "\u2213")
_AFTER_A_NUMBER = (")", "]", "}", "|", "!", "\u2032", "%", "\u2016", "\u27e9")
"""Operators behind which a sign adds or takes away."""
_KEPT = ("mo", "mstyle")
"""Operators are spaced by their place in their row; ziamath puts the parts of a style in its place,
and what it takes for lines it sets by what they have around them."""
