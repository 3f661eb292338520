"""Equations and inequalities with one unknown."""

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from assistant.domain.exercise import AnswerKind
from assistant.tutor.making.drafts import SOLVE, About, Claim, Draft, Draw, plain, poly, tex

_LETTERS = ("x", "x", "y", "n", "t")
_STEPS_FROM = 2


@dataclass(frozen=True, slots=True)
class _Way:
    """An equation with its solution and the hints to it; ``text`` is in x and plain."""

    text: str
    answer: Fraction | int
    wrong: tuple[tuple[Fraction | int, str], ...]
    nudge: str
    idea: str
    part: str
    line: str
    """What stands before the last step."""
    shown: str = ""
    """As LaTeX, where it is not as plain."""


def _asked(draw: Draw, way: _Way) -> Draft:
    """The equation in any letter, for its solution or for all the steps to it."""
    x = draw.pick(*_LETTERS)

    def named(text: str) -> str:
        # No word of ours has an x alone in it but the unknown; those of LaTeX keep theirs.
        return text.replace(r"\text", r"\T").replace("x", x).replace(r"\T", r"\text")

    shown = named(way.shown or way.text)
    steps = draw.level >= _STEPS_FROM and draw.pick(0, 0, 1)
    more = "Solve {}. Write a line for every step."
    frames = (more,) if steps else tuple(frame.replace("{x}", f"${x}$") for frame in SOLVE)
    return Draft(
        kind=AnswerKind.STEPS if steps else AnswerKind.NUMBER,
        prompt=draw.ask(f"${shown}$", *frames),
        # The number alone: as an equation, each line on the way would be equal to the key.
        answer=plain(way.answer),
        claim=Claim(About.SOLUTIONS, (named(way.text), x)),
        nudge=_in_formulas(way.nudge, x),
        idea=_in_formulas(way.idea, x),
        part=_in_formulas(way.part, x),
        solution=(f"${named(way.line)}$.", f"${x} = {tex(way.answer)}$."),
        wrong=tuple((plain(value), idea) for value, idea in way.wrong),
        given=shown if steps else "",
    )


def _in_formulas(text: str, letter: str) -> str:
    """The letter in the place of x, but only between dollar signs."""
    pieces = text.split("$")
    return "$".join(p.replace("x", letter) if at % 2 else p for at, p in enumerate(pieces))


def linear_equations(draw: Draw) -> Draft:
    """Equations of one to three steps with the unknown in one place."""
    made = draw.by_level(
        (_one_step,), (_two_steps,), (_minus, _divided), (_bracket, _minus), (_long,)
    )
    return _asked(draw, draw.pick(*made)(draw))


def _one_step(draw: Draw) -> _Way:
    a, b = draw.integer(2, 20), draw.integer(2, 30)
    if draw.pick(0, 1):
        a = draw.integer(2, 12)
        return _Way(
            f"{a}x = {a * b}",
            b,
            ((a * b - a, "subtract-instead-of-divide"),),
            f"What does ${a}x$ mean?",
            "A product is undone by a division.",
            f"Divide both sides by {a}.",
            rf"x = {a * b} \div {a}",
        )
    sign, back = draw.pick(("+", -1), ("-", 1))
    answer = b + back * a
    return _Way(
        f"x {sign} {a} = {b}",
        answer,
        ((b - back * a, "moved-without-sign"), (-answer, "moved-without-sign")),
        "What is done to $x$?",
        f"Undo the {'addition' if sign == '+' else 'subtraction'} on both sides.",
        f"{'Subtract' if sign == '+' else 'Add'} {a} on both sides.",
        f"x = {b} {'-' if sign == '+' else '+'} {a}",
    )


def _two_steps(draw: Draw) -> _Way:
    a, answer, b = draw.integer(2, 9), draw.integer(2, 12), draw.signed(1, 20)
    right = a * answer + b
    return _Way(
        f"{poly(a, b)} = {right}",
        answer,
        (
            (Fraction(right + b, a), "moved-without-sign"),
            (right - b - a, "subtract-instead-of-divide"),
            (Fraction(right, a) - b, "wrong-order"),
        ),
        "What was done to $x$ last?",
        f"Undo the {'addition' if b > 0 else 'subtraction'} first, then the multiplication.",
        f"{'Subtract' if b > 0 else 'Add'} {abs(b)} on both sides: then ${a}x$ stands alone.",
        f"{a}x = {right - b}",
    )


def _minus(draw: Draw) -> _Way:
    a, b = draw.integer(2, 9), draw.integer(2, 25)
    answer = draw.signed(2, 9) if draw.level > 3 else draw.integer(2, 9)  # noqa: PLR2004 - signs later
    right = b - a * answer
    return _Way(
        f"{b} - {a}x = {right}",
        answer,
        (
            (-answer, "sign-of-coefficient"),
            (Fraction(-(right + b), a), "moved-without-sign"),
            (Fraction(right + b, a), "moved-without-sign"),
        ),
        "Which sign does the term with $x$ have?",
        f"Subtract {b} on both sides and keep the minus of the term with $x$.",
        f"You get $-{a}x = {right - b}$.",
        f"-{a}x = {right - b}",
    )


def _divided(draw: Draw) -> _Way:
    a, b, whole = draw.integer(2, 9), draw.signed(2, 15), draw.integer(2, 10)
    right = whole + b
    sign = "+" if b > 0 else "-"
    return _Way(
        f"x/{a} {sign} {abs(b)} = {right}",
        whole * a,
        (
            (right * a - b, "wrong-order"),
            ((right + b) * a, "moved-without-sign"),
        ),
        f"Undo the {'addition' if b > 0 else 'subtraction'} first.",
        "A division is undone by a multiplication.",
        rf"After the first step it says $\frac{{x}}{{{a}}} = {whole}$.",
        rf"x = {a} \times {whole}",
        rf"\frac{{x}}{{{a}}} {sign} {abs(b)} = {right}",
    )


def _bracket(draw: Draw) -> _Way:
    a, b, answer = draw.integer(2, 9), draw.signed(1, 9), draw.signed(1, 12)
    right = a * (answer + b)
    return _Way(
        f"{a}({poly(1, b)}) = {right}",
        answer,
        (
            (Fraction(right - b, a), "wrong-order"),
            (Fraction(right, a) + b, "moved-without-sign"),
            (right - a - b, "subtract-instead-of-divide"),
        ),
        "You may open the bracket or divide first. Which is shorter?",
        f"Dividing both sides by {a} leaves the bracket alone.",
        f"It becomes ${poly(1, b)} = {answer + b}$.",
        f"{poly(1, b)} = {answer + b}",
    )


def _long(draw: Draw) -> _Way:
    a, b, c, d = draw.integer(2, 5), draw.integer(2, 6), draw.signed(1, 9), draw.signed(1, 20)
    answer = Fraction(draw.signed(1, 15), draw.pick(1, b))
    right = a * (b * answer + c) + d
    if right.denominator != 1:
        return _long(draw)
    sign = "+" if d > 0 else "-"
    return _Way(
        f"{a}({poly(b, c)}) {sign} {abs(d)} = {right}",
        answer,
        (
            ((right - d - c) / (a * b), "wrong-order"),
            ((right + d - a * c) / (a * b), "moved-without-sign"),
            (-answer, "sign-of-coefficient"),
        ),
        "What was done to the bracket last?",
        "Undo from the outside to the inside, or open the bracket and collect.",
        f"{'Subtract' if d > 0 else 'Add'} {abs(d)}: ${a}({poly(b, c)}) = {right - d}$.",
        f"{a * b}x = {right - d - a * c}",
    )


def equations_both_sides(draw: Draw) -> Draft:
    """The unknown on both sides, with brackets from level 3 on."""
    made = draw.by_level(
        (_no_number,), (_both,), (_both, _one_bracket), (_one_bracket,), (_two_brackets,)
    )
    return _asked(draw, draw.pick(*made)(draw))


def _no_number(draw: Draw) -> _Way:
    c, more, answer = draw.integer(2, 9), draw.integer(2, 8), draw.integer(2, 12)
    a, right = c + more, more * answer
    return _Way(
        f"{a}x = {c}x + {right}",
        answer,
        ((Fraction(right, a + c), "adds-x-terms"), (0, "zero-is-none")),
        f"How could you get rid of ${c}x$ on the right?",
        "Subtract it on both sides.",
        f"You get ${more}x = {right}$.",
        f"{more}x = {right}",
    )


def _both(draw: Draw) -> _Way:
    c = draw.signed(2, 9) if draw.level > 2 else draw.integer(2, 7)  # noqa: PLR2004 - signs later
    more, answer = draw.integer(2, 8), draw.signed(1, 9)
    a, b = c + more, draw.signed(1, 15)
    if a == 0:
        return _both(draw)
    d = more * answer + b
    return _Way(
        f"{poly(a, b)} = {poly(c, d)}",
        answer,
        (
            *(((Fraction(d - b, a + c), "adds-x-terms"),) if a + c else ()),
            (Fraction(d + b, more), "moved-without-sign"),
        ),
        "Which term with $x$ is smaller?",
        "Take it away on both sides, then deal with the numbers.",
        f"Without $x$ on the right it says ${poly(more, b)} = {d}$." if d else "Gather $x$ left.",
        f"{more}x = {d - b}",
    )


def _one_bracket(draw: Draw) -> _Way:
    p, a, answer = draw.integer(2, 6), draw.signed(1, 9), draw.signed(1, 9)
    c = draw.integer(1, 9, p)
    d = (p - c) * answer + p * a
    return _Way(
        f"{p}({poly(1, a)}) = {poly(c, d)}",
        answer,
        (
            (Fraction(d - a, p - c), "first-term-only"),
            (Fraction(d - p * a, p + c), "adds-x-terms"),
            (Fraction(d + p * a, p - c), "moved-without-sign"),
        ),
        "Open the bracket.",
        f"The {p} goes to both terms inside.",
        f"It says ${poly(p, p * a)} = {poly(c, d)}$.",
        f"{poly(p - c, 0)} = {d - p * a}",
    )


def _two_brackets(draw: Draw) -> _Way:
    p, q = draw.some(range(2, 7), 2)
    a, c, answer = draw.signed(1, 9), draw.signed(1, 9), draw.signed(1, 9)
    rest = p * (answer + a) - q * (answer + c)
    return _Way(
        f"{p}({poly(1, a)}) = {q}({poly(1, c)})" + (f" {_signed(rest)}" if rest else ""),
        answer,
        (
            (Fraction(c + rest - a, p - q), "first-term-only"),
            (Fraction(q * c + rest - p * a, p + q), "adds-x-terms"),
            (Fraction(q * c + rest + p * a, p - q), "moved-without-sign"),
        ),
        "Open both brackets.",
        "Each factor goes to both terms of its bracket.",
        f"The left side becomes ${poly(p, p * a)}$. Do the same on the right, and collect.",
        f"{poly(p - q, 0)} = {q * c + rest - p * a}",
    )


def _signed(number: Fraction | int) -> str:
    return f"{'+' if number > 0 else '-'} {abs(number)}"


def equations_with_fractions(draw: Draw) -> Draft:
    """Equations whose terms have denominators."""
    made = draw.by_level(
        (_times_over,), (_sum_of_parts,), (_part_less, _over_x), (_two_bars,), (_minus_bar,)
    )
    return _asked(draw, draw.pick(*made)(draw))


def _times_over(draw: Draw) -> _Way:
    a, b = draw.pick((2, 3), (2, 5), (3, 4), (3, 5), (4, 5), (2, 7), (3, 7), (5, 6), (4, 9))
    times = draw.integer(1, 9)
    return _Way(
        f"{a}x/{b} = {a * times}",
        b * times,
        ((Fraction(a * times, a * b), "divides-instead"),),
        f"How is a division by {b} undone?",
        f"Multiply both sides by {b}, then divide by {a}.",
        f"After the first step: ${a}x = {a * b * times}$.",
        f"{a}x = {a * b * times}",
        rf"\frac{{{a}x}}{{{b}}} = {a * times}",
    )


def _two_parts(draw: Draw) -> tuple[int, int, int]:
    a, b = draw.pick((2, 3), (3, 4), (2, 5), (3, 5), (4, 6), (2, 7), (4, 5), (3, 6), (6, 9))
    a, b = draw.shuffled((a, b))
    return a, b, lcm(a, b)


def _sum_of_parts(draw: Draw) -> _Way:
    a, b, common = _two_parts(draw)
    times = draw.integer(1, 6)
    one, other = common // a, common // b
    right = (one + other) * times
    return _Way(
        f"x/{a} + x/{b} = {right}",
        common * times,
        (
            (Fraction(right, one + other), "whole-term-not-multiplied"),
            (Fraction(right * (a + b), 2), "add-tops-and-bottoms"),
        ),
        f"Which number do both {a} and {b} divide?",
        "Multiply every term on both sides by it.",
        f"With the right factor the left side becomes ${poly(one, 0)} + {poly(other, 0)}$.",
        f"{one + other}x = {right * common}",
        rf"\frac{{x}}{{{a}}} + \frac{{x}}{{{b}}} = {right}",
    )


def _part_less(draw: Draw) -> _Way:
    a, b, common = _two_parts(draw)
    a, b = min(a, b), max(a, b)
    one, other, times = common // a, common // b, draw.integer(1, 5)
    c = (one - other) * times
    return _Way(
        f"x/{a} - {c} = x/{b}",
        common * times,
        (
            (Fraction(c, one - other), "whole-term-not-multiplied"),
            (Fraction(c, common * (one - other)), "divides-instead"),
        ),
        "By which number can you multiply so that both fractions go?",
        f"Multiply every term by the least common multiple of {a} and {b}, the {c} as well.",
        f"The first term becomes ${poly(one, 0)}$ and the right side ${poly(other, 0)}$. "
        f"What becomes of the {c}?",
        f"{poly(one - other, 0)} = {c * common}",
        rf"\frac{{x}}{{{a}}} - {c} = \frac{{x}}{{{b}}}",
    )


def _over_x(draw: Draw) -> _Way:
    answer, whole, b = draw.integer(2, 12), draw.integer(2, 9), draw.signed(1, 9)
    top, right = answer * whole, whole + b
    return _Way(
        f"{top}/x {_signed(b)} = {right}",
        answer,
        ((top * whole, "divides-instead"),),
        f"{'Take the' if b > 0 else 'Add'} {abs(b)}{' away' if b > 0 else ''} first.",
        "Multiply both sides by $x$, which may not be zero.",
        rf"Then $\frac{{{top}}}{{x}} = {whole}$; multiply by $x$.",
        f"{top} = {whole}x",
        rf"\frac{{{top}}}{{x}} {_signed(b)} = {right}",
    )


def _two_bars(draw: Draw) -> _Way:
    a, b, common = _two_parts(draw)
    one, other = common // a, common // b
    if one == other:
        return _two_bars(draw)
    d = draw.signed(1, 9)
    answer = Fraction(one * d, other - one)
    if answer.denominator != 1:
        return _two_bars(draw)
    bare = Fraction(d, other - one)
    return _Way(
        f"({poly(1, d)})/{a} = x/{b}",
        answer,
        ((bare, "bar-bracket-lost"),),
        "Multiply by a number that both denominators divide.",
        f"Put the numerator ${poly(1, d)}$ into a bracket.",
        f"Multiplied by {common}, the right side is ${poly(other, 0)}$.",
        f"{poly(one, one * d)} = {poly(other, 0)}",
        rf"\frac{{{poly(1, d)}}}{{{a}}} = \frac{{x}}{{{b}}}",
    )


def _minus_bar(draw: Draw) -> _Way:
    a, b, common = _two_parts(draw)
    a, b = min(a, b), max(a, b)
    one, other, d = common // a, common // b, draw.integer(1, 9)
    right = draw.integer(1, 6)
    answer = Fraction(right * common - other * d, one - other)
    if answer.denominator != 1:
        return _minus_bar(draw)
    return _Way(
        f"x/{a} - (x - {d})/{b} = {right}",
        answer,
        (
            (Fraction(right * common + other * d, one - other), "bar-bracket-lost"),
            (Fraction(right - other * d, one - other), "whole-term-not-multiplied"),
        ),
        f"Multiply by {common}. What happens to the second numerator?",
        "When the bar goes, its numerator needs a bracket.",
        f"The first term becomes ${poly(one, 0)}$, the right side {right * common}. The second "
        "numerator gets a bracket, with the minus before it.",
        f"{poly(one, 0)} - {other if other > 1 else ''}(x - {d}) = {right * common}",
        rf"\frac{{x}}{{{a}}} - \frac{{x - {d}}}{{{b}}} = {right}",
    )


_TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_OPENED = {"<": "<=", ">": ">=", "<=": "<", ">=": ">"}


def inequalities(draw: Draw) -> Draft:
    """Inequalities of one to three steps, with negative factors from level 3 on."""
    sign = draw.pick(*_TURNED)
    a = draw.by_level(1, draw.integer(2, 9), draw.signed(2, 9), -draw.integer(2, 9))
    b, end = draw.signed(1, 15), draw.signed(1, 9)
    c = 0 if draw.level < 5 else draw.integer(1, 9, a)  # noqa: PLR2004 - both sides
    right = (a - c) * end + b
    text = f"{poly(a, b)} {sign} {poly(c, right)}"
    turn = a - c < 0
    solved = _TURNED[sign] if turn else sign
    shown = text.replace("<=", r"\le").replace(">=", r"\ge")
    last = f"{poly(a - c, 0)} {sign} {right - b}".replace("<=", r"\le").replace(">=", r"\ge")
    idea = "sign-not-turned" if turn else "turned-for-nothing"
    return Draft(
        kind=AnswerKind.MATH,
        prompt=draw.ask(f"${shown}$", "Solve {}.", "For which $x$ is {}?", "Solve {} for $x$."),
        answer=f"x {solved} {end}",
        claim=Claim(About.INEQUALITY, (text,)),
        nudge="By what do you divide in the end?" if abs(a - c) > 1 else "What is done to $x$?",
        idea="Dividing by a negative number turns the sign; adding and subtracting never does.",
        part=f"{'Subtract' if b > 0 else 'Add'} {abs(b)} on both sides first"
        + ("." if not c else f", and take ${poly(c, 0)}$ away on both."),
        solution=(
            f"${last}$." if abs(a - c) > 1 else f"{'Subtract' if b > 0 else 'Add'} {abs(b)}.",
            f"$x {solved} {end}$.".replace("<=", r"\le").replace(">=", r"\ge"),
        ),
        wrong=(
            (f"x {_TURNED[solved]} {end}", idea),
            (f"x {_OPENED[solved]} {end}", "end-point"),
            (f"x {solved} {plain(Fraction(right + b, a - c))}", "moved-without-sign"),
        ),
    )
