"""Answers as LaTeX: what is shown as a formula is what was read."""

import pytest

from assistant.render.formula import FormulaRenderer
from assistant.tutor.maths import Reading, read
from assistant.tutor.maths.latex import latex_of


def shown(text: str) -> str:
    found = read(text)
    assert isinstance(found, Reading), text
    return latex_of(found.shape)


@pytest.mark.parametrize(
    "text",
    [
        *("3(x-4)=5x+2", "1 1/2", "0.50", "(x+1)^2/(x-1)", "x=2 or x=-3", "[1,3)", "{1,2,3}"),
        *("-1<x<=3", "no solution", "pi/2", "2sin(x)", "|x-3|", "(2,3)", "x_1+theta", "5%", "30°"),
        *(
            "n!",
            "2±sqrt(3)",
            "±4",
            "log_2(8)",
            "-(-2)",
            "2*3",
            "a/b*c",
            "(-3)^2",
            "(3/4)^2",
            "1,234",
        ),
        *("(-inf,3) U (4,inf)", "2*10^3", "f(x)=2x", "2/3*4/5", "3x*2y", "x != 3", "2(-3)", "-x^2"),
        *(
            "(x+1)(x-2)",
            "x^(1/2)",
            r"\binom{5}{2}",
            r"\begin{pmatrix}1&2\\3&4\end{pmatrix}",
            "arcsin(x)",
        ),
    ],
)
def test_what_is_shown_reads_as_what_was_typed_and_can_be_drawn(text: str) -> None:
    latex = shown(text)
    before, after = read(text), read(latex)
    assert isinstance(before, Reading)
    assert isinstance(after, Reading), latex
    assert after.shape == before.shape, latex
    image = FormulaRenderer().draw(latex, size_px=16, colour="#000000", display=True)
    assert image.width > 0


def test_digits_stay_as_they_were_typed() -> None:
    assert shown("0.50") == "0.50"
    assert shown("-3.05") == "-3.05"
    assert shown("1.5e10") == "15000000000"
    assert shown("cbrt(5)") == r"\sqrt[3]{5}"
