"""Any text is read or refused in words; what is equal is right, and what is not is not."""

import random
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.exercise import AnswerKind, Form, Key
from assistant.tutor.maths import Reading, Trouble, grade, readings

_SIGNS = "0123456789.,xyzeiπ+-*/^()[]{}|=<>≤≥±∪√!%°_'\\ ½²−∞$"  # noqa: RUF001 - the signs are meant
_COMMANDS = (r"\frac", r"\sqrt", r"\left", r"\right", r"\pm", "sin", "log_", "or", "10", r"\\")
_WORDS = st.sampled_from([*"{}[]()^-x2,=<&U∞", *_COMMANDS])
_TEXTS = st.one_of(
    st.text(max_size=80),
    st.text(alphabet=_SIGNS, max_size=60),
    st.lists(_WORDS, max_size=40).map("".join),
    st.tuples(st.sampled_from(["(", "-", "√", "{", "\\frac", "2^", "|", "!", "x_", "sin ", "1/"]),
              st.integers(1, 900)).map(lambda pair: pair[0] * pair[1]),
)  # fmt: skip


@given(_TEXTS)
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    found = readings(text)
    if isinstance(found, Trouble):
        assert found.words
    else:
        assert all(isinstance(each, Reading) for each in found)


@given(_TEXTS, _TEXTS, st.sampled_from(list(Form)), st.sampled_from(["math", "number", "short"]))
def test_any_answer_is_graded(answer: str, key: str, form: Form, kind: str) -> None:
    found = grade(answer, Key(key or "1", form=form), AnswerKind(kind))
    assert 0 <= found.credit <= 1
    assert found.words
    assert (found.correct is True) == (found.credit == 1)


class Tree:
    """An expression that can be written in several ways and worked out by hand."""

    def __init__(self, draw: random.Random, depth: int) -> None:
        self.sign = draw.choice("+-*/^n" if depth else "nx")
        if self.sign == "n":
            self.number = draw.randint(1, 9)
        elif self.sign == "^":
            self.parts = [Tree(draw, depth - 1)]
            self.number = draw.randint(2, 3)
        elif self.sign != "x":
            self.parts = [Tree(draw, depth - 1), Tree(draw, depth - 1)]

    def value(self, place: Fraction) -> Fraction:  # noqa: PLR0911 - one return a sign
        if self.sign == "n":
            return Fraction(self.number)
        if self.sign == "x":
            return place
        values = [part.value(place) for part in self.parts]
        if self.sign == "^":
            return values[0] ** self.number
        if self.sign == "+":
            return values[0] + values[1]
        if self.sign == "-":
            return values[0] - values[1]
        return values[0] * values[1] if self.sign == "*" else values[0] / values[1]

    def typed(self, draw: random.Random) -> str:  # noqa: PLR0911 - one return a sign
        """With needless brackets here and there, and sides exchanged where that is the same."""
        if self.sign == "n":
            return str(self.number)
        if self.sign == "x":
            return "x"
        texts = [f"({part.typed(draw)})" for part in self.parts]
        if self.sign == "^":
            return draw.choice([f"{texts[0]}^{self.number}", f"{texts[0]}**({self.number})"])
        if self.sign in "+*" and draw.random() < 0.5:
            texts.reverse()
        gap = draw.choice(["", " "])
        if self.sign == "*":
            return f"{texts[0]}{draw.choice(['*', '·', '×', ''])}{texts[1]}"  # noqa: RUF001 - as above
        if self.sign == "-" and draw.random() < 0.5:
            return f"-{texts[1]}{gap}+{gap}{texts[0]}"
        return f"{texts[0]}{gap}{self.sign}{gap}{texts[1]}"

    def latex(self) -> str:
        if self.sign == "n":
            return str(self.number)
        if self.sign == "x":
            return "x"
        texts = [rf"\left({part.latex()}\right)" for part in self.parts]
        if self.sign == "^":
            return f"{texts[0]}^{{{self.number}}}"
        if self.sign == "/":
            return rf"\frac{{{self.parts[0].latex()}}}{{{self.parts[1].latex()}}}"
        sign = r"\cdot " if self.sign == "*" else self.sign
        return f"{texts[0]}{sign}{texts[1]}"


@given(st.integers(0, 10**9), st.integers(1, 3))
def test_rewrites_are_right_and_changed_ones_wrong(seed: int, depth: int) -> None:
    draw = random.Random(seed)  # noqa: S311 - expressions, not secrets
    tree = Tree(draw, depth)
    key = Key(tree.latex())
    try:
        values = [tree.value(Fraction(place, 7)) for place in (3, -5, 11)]
    except ZeroDivisionError:
        return
    assert grade(tree.typed(draw), key, AnswerKind.MATH).correct is True
    for changed in (f"({tree.typed(draw)})+1", f"2*({tree.typed(draw)})", f"-({tree.typed(draw)})"):
        same = changed[0] in "2-" and not any(values)
        if not same:
            assert grade(changed, key, AnswerKind.MATH).correct is False
