import pytest

from assistant.render.formula import CACHED, MAX_LATEX, FormulaProblem, FormulaRenderer
from tests.helpers.formulas import FORMULAS


@pytest.fixture(scope="module")
def renderer() -> FormulaRenderer:
    return FormulaRenderer()


@pytest.mark.parametrize("latex", FORMULAS)
@pytest.mark.parametrize("display", [True, False])
def test_formulas_that_models_write_are_drawn(
    renderer: FormulaRenderer, latex: str, display: bool
) -> None:
    image = renderer.draw(latex, size_px=16, colour="#204060", display=display)
    assert image.latex == latex
    assert b"<symbol" not in image.svg
    assert b"black" not in image.svg
    assert b"currentColor" not in image.svg
    assert 0 < image.width < 1_000
    assert 0 < image.baseline <= image.height < 400


@pytest.mark.parametrize(
    ("latex", "reason"),
    [
        ("", "empty"),
        (" \n", "empty"),
        ("x" * (MAX_LATEX + 1), "too long"),
        ("{" * 100 + "x" + "}" * 100, "too deeply"),
        (r"\left(" * 20 + "x" + r"\right)" * 20, "too deeply"),
        (r"\begin{cases}" * 20 + "x" + r"\end{cases}" * 20, "too deeply"),
        (r"\sqrt{" * 30 + "x" + "}" * 30, "too deeply"),
        (r"\sqrt" * 300 + "x", "well formed|unknown command"),
        ("^" * 1_900, "well formed"),
        ("x" * 1_900, "too deeply"),
        (r"\frac{1}", "well formed"),
        (r"\begin{align} a", "well formed"),
        (r"\left( a", "well formed"),
        (r"\nosuchcommand{x}", "unknown command"),
        (r"\newcommand{\x}{\x\x} \x", "defines commands"),
        (r"\def\x{\x\x} \x", "defines commands"),
        (r"\rule{9999cm}{9999cm}", "too large"),
        (r"\phantom{x}", "visible"),
        ("\u65e5\u672c", "lacks a letter"),
    ],
)
def test_what_cannot_be_drawn_is_said_without_its_text(
    renderer: FormulaRenderer, latex: str, reason: str
) -> None:
    with pytest.raises(FormulaProblem, match=reason) as caught:
        renderer.draw(latex, size_px=16, colour="#000000", display=True)
    assert latex.strip() == "" or latex not in str(caught.value)


def test_a_drawing_is_made_once_for_each_size_colour_and_place() -> None:
    renderer = FormulaRenderer()
    first = renderer.draw("x", size_px=16, colour="#000000", display=True)
    assert renderer.draw("x", size_px=16, colour="#000000", display=True) is first
    others = [
        renderer.draw("x", size_px=17, colour="#000000", display=True),
        renderer.draw("x", size_px=16, colour="#ffffff", display=True),
        renderer.draw("x", size_px=16, colour="#000000", display=False),
    ]
    assert all(other is not first for other in others)


def test_the_oldest_drawings_are_forgotten() -> None:
    renderer = FormulaRenderer()
    first = renderer.draw("0", size_px=16, colour="#000000", display=False)
    for number in range(1, CACHED + 1):
        renderer.draw(str(number), size_px=16, colour="#000000", display=False)
    again = renderer.draw("0", size_px=16, colour="#000000", display=False)
    assert again == first
    assert again is not first


@pytest.mark.parametrize(("size_px", "colour"), [(0, "#000000"), (16, "red"), (16, "#00000")])
def test_sizes_and_colours_are_checked(size_px: float, colour: str) -> None:
    with pytest.raises(ValueError, match="size and a colour"):
        FormulaRenderer().draw("x", size_px=size_px, colour=colour, display=True)


@pytest.mark.parametrize(
    ("signed", "plain"),
    [("x=-7", "x=7"), ("(-3)", "(3)"), ("a,-b", "a,b"), (r"2\cdot-3", r"2\cdot3")],
)
def test_a_sign_stands_close_to_its_number(
    renderer: FormulaRenderer, signed: str, plain: str
) -> None:
    """Behind another operator it joins nothing, and has no room around it."""
    widths = [
        renderer.draw(latex, size_px=16, colour="#000000", display=False).width
        for latex in (signed, plain)
    ]
    sign = renderer.draw("-", size_px=16, colour="#000000", display=False).width
    assert widths[0] - widths[1] < sign + 2
    joined = renderer.draw("a-b", size_px=16, colour="#000000", display=False).width
    apart = renderer.draw("ab", size_px=16, colour="#000000", display=False).width
    assert joined - apart > sign + 4
