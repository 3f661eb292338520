"""Fractions: their meaning, sums and products."""

from fractions import Fraction
from math import gcd, lcm

from assistant.domain.exercise import AnswerKind, Form
from assistant.tutor.making.drafts import About, Claim, Draft, Draw, plain, tex

_THINGS = ("a cake", "a tank", "a book", "a field", "the savings", "a ribbon")


def _over(top: int, bottom: int) -> str:
    return rf"\frac{{{top}}}{{{bottom}}}"


def _proper(draw: Draw, high: int) -> Fraction:
    bottom = draw.integer(3, high)
    top = draw.pick(*(n for n in range(1, bottom) if gcd(n, bottom) == 1))
    return Fraction(top, bottom)


def fractions_meaning(draw: Draw) -> Draft:
    """Lowest terms, comparing, the rest of a whole, mixed numbers."""
    made = draw.by_level((_rest,), (_lowest,), (_lowest, _larger), (_larger, _improper), (_lowest,))
    return draw.pick(*made)(draw)


def _rest(draw: Draw) -> Draft:
    part = _proper(draw, 12)
    rest = 1 - part
    thing = draw.pick(*_THINGS)
    top, bottom = part.numerator, part.denominator
    return Draft(
        kind=AnswerKind.MATH,
        prompt=f"${tex(part)}$ of {thing} is gone. "
        + draw.pick("Which fraction is left?", "What fraction of it is left?"),
        answer=plain(rest),
        claim=Claim(About.VALUE, (f"1 - {part}",)),
        nudge="Into how many equal pieces is the whole cut?",
        idea="The denominator says how many pieces make the whole.",
        part=f"The whole is ${_over(bottom, bottom)}$; count the pieces that are not gone.",
        solution=(
            (
                f"$1 = {_over(bottom, bottom)}$, and {top} of the {bottom} pieces "
                f"{'is' if top == 1 else 'are'} gone."
            ),
            f"${tex(rest)}$ is left.",
        ),
        wrong=(
            (plain(part), "other-part"),
            (f"{bottom - top}/{top}", "part-to-part"),
        ),
    )


def _lowest(draw: Draw) -> Draft:
    value = _proper(draw, draw.by_level(6, 9, 12, 15, 24))
    times = draw.pick(*draw.by_level((2, 3), (4, 6), (6, 8), (9, 12), (12, 18, 24, 30)))
    half = 2 if times % 2 == 0 else 3
    top, bottom = value.numerator * times, value.denominator * times
    return Draft(
        kind=AnswerKind.MATH,
        prompt=draw.ask(
            f"${_over(top, bottom)}$",
            "Bring {} to lowest terms.",
            "Reduce {} as far as possible.",
            "Write {} with the smallest possible numbers.",
        ),
        answer=plain(value),
        form=Form.LOWEST_TERMS,
        claim=Claim(About.VALUE, (f"{top}/{bottom}",)),
        nudge="Which numbers divide top and bottom alike?",
        idea="Divide top and bottom by their greatest common factor.",
        part=f"Both can be divided by {half}. Go on until nothing is left to divide by.",
        solution=(
            f"The greatest common factor is {times}.",
            f"${_over(top, bottom)} = {tex(value)}$.",
        ),
        wrong=((f"{top // half}/{bottom // half}", "half-reduced"),) if times != half else (),
    )


def _larger(draw: Draw) -> Draft:
    one = _proper(draw, 12)
    other = Fraction(one.numerator, one.denominator + draw.integer(1, 4))
    if draw.level > 3:  # noqa: PLR2004 - numerators differ as well
        other = _proper(draw, 15)
    one, other = (one, other) if one > other else (other, one + Fraction(one == other, 97))
    fake = "bigger-denominator-bigger" if other.denominator > one.denominator else ""
    rows = draw.shuffled([(f"${tex(one)}$", ""), (f"${tex(other)}$", fake), ("They are equal", "")])
    shown = " or ".join(text for text, _ in rows if text.startswith("$"))
    statement = [
        (f"${tex(one)}$", f"{one} > {other}"),
        (f"${tex(other)}$", f"{other} > {one}"),
        ("They are equal", f"{one} = {other}"),
    ]
    return Draft(
        kind=AnswerKind.CHOICE,
        prompt=draw.ask(shown, "Which is larger: {}?", "Which fraction is greater, {}?"),
        answer=f"${tex(one)}$",
        claim=Claim(About.ONLY_TRUE, tuple(f"{text}|{claim}" for text, claim in statement)),
        nudge="More pieces of a whole mean smaller pieces.",
        idea="Bring both to the same denominator, and compare the numerators.",
        part=f"Both can be written over {lcm(one.denominator, other.denominator)}.",
        solution=(
            f"Over {lcm(one.denominator, other.denominator)} the numerators can be compared.",
            f"So ${tex(one)}$ is larger.",
        ),
        choices=rows,
    )


def _improper(draw: Draw) -> Draft:
    whole, part = draw.integer(2, 12), _proper(draw, 12)
    value = whole + part
    top, bottom = part.numerator, part.denominator
    return Draft(
        kind=AnswerKind.MATH,
        prompt=draw.ask(
            f"${whole}{tex(part)}$",
            "Write {} as a single fraction.",
            "Turn the mixed number {} into one fraction.",
        ),
        answer=plain(value),
        claim=Claim(About.VALUE, (f"{whole} + {part}",)),
        nudge="How many pieces are there in the wholes?",
        idea="Each whole is worth as many pieces as the denominator says.",
        part=f"The wholes alone are ${whole} \\times {bottom}$ pieces. Some more are there.",
        solution=(
            f"${whole} \\times {bottom} + {top} = {value.numerator}$ pieces.",
            f"${tex(value)}$.",
        ),
        wrong=(
            (f"{whole * bottom}/{bottom}", "wholes-only"),
            (f"{whole + top}/{bottom}", "whole-plus-numerator"),
        ),
    )


def fractions_adding(draw: Draw) -> Draft:
    """Sums and differences of two fractions."""
    one, other = _two_fractions(draw)
    minus = draw.pick(*draw.by_level((0,), (0, 1)))
    if minus and draw.level < 4 and one < other:  # noqa: PLR2004 - no negative results before
        one, other = other, one
    value = one - other if minus else one + other
    sign = "-" if minus else "+"
    a, b, c, d = one.numerator, one.denominator, other.numerator, other.denominator
    common = lcm(b, d)
    first, second = a * common // b, c * common // d
    wrong: list[tuple[str, str]] = []
    if not minus:
        wrong.append((f"{a + c}/{b + d}", "add-tops-and-bottoms"))
    elif b != d:
        wrong.append((f"{a - c}/{b - d}", "add-tops-and-bottoms"))
    if b != d:
        wrong.append((f"{a - c if minus else a + c}/{common}", "denominator-only"))
    if value < 0:
        wrong.append((plain(-value), "smaller-from-larger"))
    return Draft(
        kind=AnswerKind.MATH,
        prompt=draw.ask(f"${tex(one)} {sign} {tex(other)}$")
        + draw.pick("", " Give it in lowest terms."),
        answer=plain(value),
        form=Form.SIMPLIFIED,
        claim=Claim(About.VALUE, (f"{one} {sign} {other}",)),
        nudge="Are the pieces of the same kind?",
        idea="Find a common denominator; then only the numerators are added or subtracted.",
        part=f"${tex(one)} = {_over(first, common)}$. Stretch ${tex(other)}$ in the same way."
        if b != common
        else f"Write both with the denominator {common}; count the pieces of each.",
        solution=(
            f"${_over(first, common)} {sign} {_over(second, common)}$.",
            f"${tex(value)}$.",
        ),
        wrong=tuple(wrong),
    )


def _two_fractions(draw: Draw) -> tuple[Fraction, Fraction]:
    if draw.level == 1:
        bottom = draw.pick(5, 7, 9, 11, 13, 17, 19)
        top, other = draw.some(range(1, bottom), 2)
        one = Fraction(top, bottom)
        return (one, Fraction(other, bottom)) if one.denominator == bottom else (one, one)
    high = draw.by_level(6, 6, 9, 12, 20)
    one = _proper(draw, high)
    other = _proper(draw, high)
    while other.denominator == one.denominator:
        other = _proper(draw, high)
    return one, other


def fractions_multiplying(draw: Draw) -> Draft:
    """Products and quotients of fractions, and a part of a part."""
    high = draw.by_level(6, 8, 9, 12, 16)
    one, other = _proper(draw, high), _proper(draw, high)
    if draw.level > 3:  # noqa: PLR2004 - mixed numbers
        one += draw.integer(1, 3)
    if draw.level > 1 and draw.pick(0, 1, 1):
        return _quotient(draw, one, other)
    value = one * other
    bottom = lcm(one.denominator, other.denominator)
    stretched = [int(f * bottom) for f in (one, other)]
    return Draft(
        kind=AnswerKind.MATH,
        prompt=draw.ask(
            f"${tex(one)} \\times {tex(other)}$",
            "Work out {}.",
            "Compute {}, in lowest terms.",
            "What is {}?",
        ),
        answer=plain(value),
        form=Form.SIMPLIFIED,
        claim=Claim(About.VALUE, (f"({one})*({other})",)),
        nudge="It is some part of a part. Which pieces come out of that?",
        idea="Multiply top by top and bottom by bottom; reduce before, if you can.",
        part=f"The new bottom before reducing is ${one.denominator} \\times {other.denominator}$.",
        solution=(
            f"Multiply tops, {one.numerator} by {other.numerator}, and bottoms.",
            f"${tex(value)}$.",
        ),
        wrong=((f"{stretched[0] * stretched[1]}/{bottom}", "common-denominator-product"),),
    )


def _quotient(draw: Draw, one: Fraction, other: Fraction) -> Draft:
    value = one / other
    return Draft(
        kind=AnswerKind.MATH,
        prompt=draw.ask(f"${tex(one)} \\div {tex(other)}$"),
        answer=plain(value),
        form=Form.SIMPLIFIED,
        claim=Claim(About.VALUE, (f"({one})/({other})",)),
        nudge="How often does the second fit into the first?",
        idea="Divide by multiplying with the reciprocal of the divisor.",
        part=f"Turn the divisor over: ${tex(1 / other)}$.",
        solution=(f"${tex(one)} \\times {tex(1 / other)}$.", f"${tex(value)}$."),
        wrong=(
            (plain(one * other), "no-flip"),
            (plain(other / one), "flip-wrong-one"),
        ),
    )
