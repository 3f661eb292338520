import pytest

from assistant.render.latex import closing_brace, prepare


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("x^2", "x^2"),
        (r"\begin{align} a &= b \nonumber \end{align}", r"\begin{align*} a &= b   \end{align*}"),
        (r"a &= b \\ &= c", r"\begin{align*}a &= b \\ &= c\end{align*}"),
        (r"\begin{alignat}{2} a \end{alignat}", r"\begin{align*} a \end{align*}"),
        (r"\begin{aligned}[t] a \end{aligned}", r"\begin{align*} a \end{align*}"),
        (r"a \\[4pt] b", r"a \\  b"),
        (r"E = m \tag{1}", r"E = m \qquad\text{(1)}"),
        (
            r"\ce{2H2 + O2 -> 2H2O}",
            r"\mathrm{2H_{2}} + \mathrm{O_{2}} \rightarrow  \mathrm{2H_{2}O}",
        ),
        (r"\ce{Fe^3+}", r"\mathrm{Fe^{3+}}"),
        (r"\ce{Ca(OH)2}", r"\mathrm{Ca(OH)_{2}}"),
        (r"\text{50\% of $x$}", r"\text{50% of } x"),
        (r"\text{R\&D <}", r"\text{R&amp;D &lt;}"),
        ("1,000,000 (1,2)", "1{,}000{,}000 (1,2)"),
        (r"\color{red}{x} y", r"\textcolor{red}{x} y"),
        (r"\operatorname*{arg\,max}_x", r"\arg\max_x"),
        ("\u221a2", r"\sqrt{2}"),
        (r"\ce{H2", r"\ce{H2"),
    ],
)
def test_what_models_write_becomes_what_can_be_drawn(latex: str, expected: str) -> None:
    assert prepare(latex, display=True) == expected


def test_a_binomial_follows_the_size_of_its_place() -> None:
    assert prepare(r"\binom{n}{k}", display=True) == r"\dbinom{n}{k}"
    assert prepare(r"\binom{n}{k}", display=False) == r"\tbinom{n}{k}"


def test_braces_are_matched_and_escaped_ones_are_not() -> None:
    assert closing_brace(r"{a{b}\}c}d", 0) == 8
    assert closing_brace("{a", 0) == -1
