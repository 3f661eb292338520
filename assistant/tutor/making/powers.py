"""Powers, roots and scientific notation."""

from fractions import Fraction
from typing import Final

from assistant.domain.exercise import AnswerKind, Form
from assistant.tutor.making.drafts import About, Claim, Draft, Draw, decimal, plain, tex

_POWERS: Final = (
    (2, 5), (3, 4), (5, 3), (4, 3), (2, 6), (2, 7), (10, 4), (6, 2), (7, 2), (9, 2), (12, 2),
    (3, 3), (6, 3), (8, 2), (11, 2), (13, 2), (15, 2), (8, 3), (2, 4), (20, 2),
)  # fmt: skip
_TRIPLES: Final = (
    (3, 4, 5), (6, 8, 10), (5, 12, 13), (8, 15, 17), (9, 12, 15), (12, 16, 20), (7, 24, 25),
    (15, 20, 25),
)  # fmt: skip


def powers(draw: Draw) -> Draft:
    """Values of powers and their laws."""
    made = draw.by_level(
        (_value,), (_product,), (_negative, _product), (_of_term, _negative), (_of_term, _law)
    )
    return draw.pick(*made)(draw)


def _value(draw: Draw) -> Draft:
    base, power = draw.pick(*_POWERS)
    text = f"{base}^{power}"
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=draw.ask(f"${text}$"),
        answer=str(base**power),
        claim=Claim(About.VALUE, (text,)),
        nudge="What does the small number count?",
        idea="The exponent says how many equal factors there are.",
        part=f"Write {base} so often as a factor, and multiply them one by one.",
        solution=(
            f"${' {} '.join([str(base)] * power).replace('{}', chr(92) + 'times')}$.",
            f"${base**power}$.",
        ),
        wrong=((str(base * power), "base-times-exponent"),),
    )


def _product(draw: Draw) -> Draft:
    letter = draw.pick("x", "y", "a", "b", "n")
    one, other = draw.some(range(2, 6 + draw.level), 2)
    text = f"{letter}^{one} * {letter}^{other}"
    return Draft(
        kind=AnswerKind.MATH,
        prompt=draw.ask(
            f"${text.replace('*', chr(92) + 'cdot')}$", "Simplify {}.", "Write {} as one power."
        ),
        answer=f"{letter}^{one + other}",
        form=Form.SIMPLIFIED,
        claim=Claim(About.VALUE, (text,)),
        nudge="Write out both powers. How many factors stand there?",
        idea="With equal bases, a product puts the factors in one row.",
        part=f"{one} factors are followed by {other} more.",
        solution=("The exponents are added.", f"${letter}^{{{one + other}}}$."),
        wrong=((f"{letter}^{one * other}", "multiplies-exponents"),),
    )


def _negative(draw: Draw) -> Draft:
    base, power = draw.integer(2, 12), draw.integer(0, 3)
    if power == 3 and base > 6:  # noqa: PLR2004 - numbers to be worked out by head
        power = 2
    value = Fraction(1, base**power)
    wrong = [(str(-(base**power)), "negative-exponent-negative-number")]
    wrong += (
        [("0", "zero-exponent-zero")]
        if not power
        else [(str(-base * power), "base-times-exponent")]
    )
    text = f"{base}^{{-{power}}}" if power else f"{base}^0"
    factor = draw.pick(1, 1, draw.integer(2, 9))
    shown = f"{factor} \\times {text}" if factor > 1 else text
    return Draft(
        kind=AnswerKind.MATH,
        prompt=draw.ask(f"${shown}$", "Write {} without a power.", "What is {}?", "Compute {}."),
        answer=plain(factor * value),
        claim=Claim(About.VALUE, (f"{factor}*{base}^(-{power})",)),
        nudge="Go down from one power to the next: what happens at each step?",
        idea="Each step down divides by the base, beyond the power zero too.",
        part="A negative exponent turns the power over: it stands below a fraction bar.",
        solution=("Turn the power over and work it out.", f"${tex(factor * value)}$."),
        wrong=tuple(wrong) if factor == 1 else (("0", "zero-exponent-zero"),),
    )


def _of_term(draw: Draw) -> Draft:
    factor, power, inside = draw.integer(2, 6), draw.pick(2, 3), draw.integer(1, 6)
    letter = draw.pick("x", "y", "a", "t")
    inner = letter if inside == 1 else f"{letter}^{inside}"
    text = f"({factor}{inner})^{power}"
    return Draft(
        kind=AnswerKind.MATH,
        prompt=draw.ask(f"${text}$", "Simplify {}.", "Write {} without brackets."),
        answer=f"{factor**power}{letter}^{inside * power}",
        form=Form.SIMPLIFIED,
        claim=Claim(About.VALUE, (text,)),
        nudge="Which factors stand in the bracket?",
        idea="Every factor in the bracket gets the power.",
        part="Raise the number and the letter each by itself.",
        solution=(
            f"${factor}^{power} = {factor**power}$, and the exponents are multiplied.",
            f"${factor**power}{letter}^{{{inside * power}}}$.",
        ),
        wrong=(
            (f"{factor}{letter}^{inside * power}", "factor-left-out"),
            (f"{factor * power}{letter}^{inside * power}", "base-times-exponent"),
        ),
    )


def _law(draw: Draw) -> Draft:
    letter = draw.pick("x", "y", "a")
    one, other = draw.integer(2, 6), draw.integer(2, 4)
    less = draw.integer(1, one * other - 1)
    text = f"({letter}^{one})^{other}/{letter}^{less}"
    power = one * other - less
    return Draft(
        kind=AnswerKind.MATH,
        prompt=draw.ask(
            f"$\\frac{{({letter}^{one})^{other}}}{{{letter}^{{{less}}}}}$",
            "Simplify {}.",
            "Write {} as one power.",
        ),
        answer=letter if power == 1 else f"{letter}^{power}",
        form=Form.SIMPLIFIED,
        claim=Claim(About.VALUE, (text,)),
        nudge="Begin with the power of the power.",
        idea="A power of a power multiplies the exponents; a quotient takes them away.",
        part=f"The numerator is ${letter}^{{{one * other}}}$.",
        solution=(f"The exponents: {one} times {other}, less {less}.", f"${letter}^{{{power}}}$."),
        wrong=((f"{letter}^{abs(one + other - less)}", ""),),
    )


_SQUAREFREE = (2, 3, 5, 6, 7, 10, 11, 13)


def roots(draw: Draw) -> Draft:
    """Square roots, simplifying them, and equations with a square."""
    made = draw.by_level(
        (_root,),
        (_root_of_sum, _root),
        (_simplified,),
        (_squared, _simplified),
        (_squared, _simplified),
    )
    return draw.pick(*made)(draw)


def _root(draw: Draw) -> Draft:
    root, bottom = draw.integer(4, 20), draw.pick(1, 1, 3, 5, 7, 10)
    value = Fraction(root, bottom)
    return Draft(
        kind=AnswerKind.MATH,
        prompt=draw.ask(f"$\\sqrt{{{tex(value**2)}}}$"),
        answer=plain(value),
        claim=Claim(About.VALUE, (f"sqrt({value**2})",)),
        nudge="Which number times itself gives this?",
        idea="The root undoes the square; of a fraction, take it above and below.",
        part="Try the numbers near it, and look at the last digits of their squares.",
        solution=(f"${tex(value)}$ times itself is ${tex(value**2)}$.", f"${tex(value)}$."),
        wrong=((plain(value**2 / 2), "root-is-half"),),
    )


def _root_of_sum(draw: Draw) -> Draft:
    a, b, c = draw.pick(*_TRIPLES)
    a, b = draw.shuffled((a, b))
    text = f"sqrt({a * a} + {b * b})"
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=draw.ask(f"$\\sqrt{{{a * a} + {b * b}}}$"),
        answer=str(c),
        claim=Claim(About.VALUE, (text,)),
        nudge="The root sign holds all that stands below it, like a bracket.",
        idea="Add first, then take the root.",
        part=f"Below the root there is {c * c} in all.",
        solution=(f"$\\sqrt{{{c * c}}}$.", f"${c}$."),
        wrong=((str(a + b), "root-over-sum"), (plain(Fraction(c * c, 2)), "root-is-half")),
    )


def _simplified(draw: Draw) -> Draft:
    outer = draw.integer(2, draw.by_level(5, 5, 6, 8, 12))
    rest = draw.pick(*_SQUAREFREE)
    count = draw.integer(2, 5) if draw.level > 4 else 1  # noqa: PLR2004 - a factor before the root
    inside = outer * outer * rest
    front = str(count) if count > 1 else ""
    return Draft(
        kind=AnswerKind.MATH,
        prompt=draw.ask(
            f"${front}\\sqrt{{{inside}}}$",
            "Simplify {}.",
            "Write {} with the smallest number below the root.",
        ),
        answer=f"{outer * count} sqrt({rest})",
        form=Form.SIMPLIFIED,
        claim=Claim(About.VALUE, (f"{count}*sqrt({inside})",)),
        nudge="Which square number divides the number below the root?",
        idea="Split it into the largest square factor and a rest; the root of the first comes out.",
        part=f"{inside} is a square times {rest}.",
        solution=(f"${inside} = {outer}^2 \\times {rest}$.", f"${outer * count}\\sqrt{{{rest}}}$."),
        wrong=((f"{outer * outer * count} sqrt({rest})", "factor-out-whole-square"),),
    )


def _squared(draw: Draw) -> Draft:
    root, factor, plus = draw.integer(2, 15), draw.integer(1, draw.level), draw.integer(1, 20)
    front = str(factor) if factor > 1 else ""
    equation = f"{front}x^2 + {plus} = {factor * root * root + plus}"
    return Draft(
        kind=AnswerKind.MATH,
        prompt=draw.ask(
            f"${equation}$", "Find all solutions of {}.", "Solve {}. Give all solutions."
        ),
        answer=f"x = {root} or x = -{root}",
        claim=Claim(About.SOLUTIONS, (equation, "x")),
        nudge="Get the square alone on its side.",
        idea="Both a positive and a negative number have the same square.",
        part=f"Take {plus} away on both sides first.",
        solution=(f"$x^2 = {root * root}$.", f"$x = {root}$ or $x = -{root}$."),
        wrong=(
            (f"x = {root}", "forgets-negative"),
            (f"x = {plain(Fraction(root * root, 2))}", "root-is-half"),
        ),
    )


def scientific_notation(draw: Draw) -> Draft:
    """Writing, reading, multiplying and adding in scientific notation."""
    made = draw.by_level((_written,), (_written,), (_small, _written), (_times,), (_plus, _times))
    return draw.pick(*made)(draw)


def _front(draw: Draw) -> Fraction:
    return Fraction(draw.integer(11, 99, 20, 30, 40, 50, 60, 70, 80, 90), 10)


def _written(draw: Draw) -> Draft:
    front, power = _front(draw), draw.integer(3, 9)
    number = int(front * 10**power)
    shown = f"{number:,}".replace(",", r"\,")
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=f"In scientific notation ${shown}$ is ${decimal(front)} \\times 10^n$. "
        + draw.pick("What is $n$?", "Which exponent $n$ is it?"),
        answer=str(power),
        claim=Claim(About.SOLUTIONS, (f"{decimal(front)}*10^n = {number}", "n")),
        nudge="How far does the point move?",
        idea="The exponent counts the places that the point moves to the left.",
        part="Start at the end of the number, and stop behind the first digit.",
        solution=("Count the places behind the first digit.", f"$n = {power}$."),
        wrong=(
            (str(power - 1), "counts-zeros"),
            (str(-power), "sign-of-exponent"),
        ),
    )


def _small(draw: Draw) -> Draft:
    front, power = _front(draw), draw.integer(2, 7)
    number = decimal(front / 10**power)
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=f"In scientific notation {number} is ${decimal(front)} \\times 10^n$. "
        + draw.pick("What is $n$?", "Which exponent $n$ is it?"),
        answer=str(-power),
        claim=Claim(About.SOLUTIONS, (f"{decimal(front)}*10^n = {number}", "n")),
        nudge="Is the number larger or smaller than its front?",
        idea="Moving the point to the right has to be undone by a negative exponent.",
        part="Count how many places the point moves until it is behind the first digit.",
        solution=("Count the places, with a minus.", f"$n = {-power}$."),
        wrong=((str(power), "sign-of-exponent"), (str(1 - power), "counts-zeros")),
    )


def _times(draw: Draw) -> Draft:
    a, b = draw.integer(2, 9), draw.integer(2, 9)
    one, other = draw.integer(3, 9), draw.signed(2, 6)
    value = a * b
    front, up = (Fraction(value, 10), 1) if value >= 10 else (Fraction(value), 0)  # noqa: PLR2004 - one digit
    total = one + other + up
    return Draft(
        kind=AnswerKind.MATH,
        prompt=draw.ask(
            f"$({a} \\times 10^{{{one}}}) \\times ({b} \\times 10^{{{other}}})$",
            "Work out {} in scientific notation.",
            "Compute {}, and give it in scientific notation.",
        ),
        answer=f"{decimal(front)} * 10^({total})",
        claim=Claim(About.VALUE, (f"{a}*10^({one})*{b}*10^({other})",)),
        nudge="Multiply the fronts and the powers of ten apart.",
        idea="The exponents are added; then the front has to be below ten again.",
        part=f"The product of the fronts is {a} times {b}.",
        solution=(
            f"${value} \\times 10^{{{one + other}}}$.",
            f"${decimal(front)} \\times 10^{{{total}}}$.",
        ),
        wrong=(
            (f"{value} * 10^({one * other})", "exponents-multiplied"),
            (f"{decimal(front)} * 10^({total - 2 * up})", "front-shifted-wrong"),
        ),
    )


def _plus(draw: Draw) -> Draft:
    power, a, b = draw.integer(3, 9), draw.integer(1, 7), draw.integer(1, 9)
    front = a + Fraction(b, 10)
    return Draft(
        kind=AnswerKind.MATH,
        prompt=draw.ask(
            f"${a} \\times 10^{{{power}}} + {b} \\times 10^{{{power - 1}}}$",
            "Work out {} in scientific notation.",
            "Add {}, and give it in scientific notation.",
        ),
        answer=f"{decimal(front)} * 10^{power}",
        claim=Claim(About.VALUE, (f"{a}*10^{power} + {b}*10^{power - 1}",)),
        nudge="Only like powers of ten can be added.",
        idea="Write both with the larger power, then add the fronts.",
        part=f"The second is ${decimal(Fraction(b, 10))} \\times 10^{{{power}}}$.",
        solution=("Add the fronts.", f"${decimal(front)} \\times 10^{{{power}}}$."),
        wrong=((f"{a + b} * 10^{2 * power - 1}", "adds-exponents-in-sum"),),
    )
