"""Letters for numbers: putting in, collecting, opening brackets."""

from assistant.domain.exercise import AnswerKind, Form
from assistant.tutor.making.drafts import About, Claim, Draft, Draw, inner, poly


def expressions(draw: Draw) -> Draft:
    """Putting a number in, and writing words as an expression."""
    return draw.pick(*draw.by_level((_put_in, _words), (_put_in, _words), (_put_in,)))(draw)


def _put_in(draw: Draw) -> Draft:
    letter = draw.pick("x", "y", "n", "a", "t")
    a, c = draw.integer(2, 9), draw.integer(1, 15)
    at = draw.integer(2, 9) if draw.level < 3 else -draw.integer(2, 9)  # noqa: PLR2004 - negative then
    square = draw.level > 1 and draw.pick(0, 1, 1)
    power = 2 if square else 1
    c = -c if draw.level > 3 else c  # noqa: PLR2004 - two signs to mind
    text = poly(a, 0, c, letter=letter) if square else poly(a, c, letter=letter)
    answer = a * at**power + c
    wrong = [(str((a * at) ** power + c), "power-takes-factor")] if square else []
    if at > 0 and not square:
        wrong.append((str(int(f"{a}{at}") + c), "digits-side-by-side"))
    if at < 0:
        wrong.append((str(a * (-1 if square else 1) * (abs(at) ** power) + c), "sign-lost"))
        wrong.append((str(a * abs(at) ** power + c), "sign-lost"))
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=draw.pick(
            f"What is ${text}$ for ${letter} = {at}$?",
            f"Find the value of ${text}$ when ${letter} = {at}$.",
            f"Put ${letter} = {at}$ into ${text}$. What comes out?",
        ),
        answer=str(answer),
        claim=Claim(About.VALUE, (text.replace(letter, f"*({at})"),)),
        nudge="What stands between the number and the letter, though it is not written?",
        idea="Put the number in brackets where the letter was; then the usual order holds.",
        part=f"The power comes first: ${inner(at)}^2$."
        if square
        else f"The product comes first: ${a} \\times {inner(at)}$.",
        solution=(
            f"${text.replace(letter, chr(92) + 'times ' + inner(at))}$.",
            f"${answer}$.",
        ),
        wrong=tuple(wrong),
    )


def _words(draw: Draw) -> Draft:
    a, b = draw.integer(2, 12), draw.integer(2, 12)
    letter = draw.pick("n", "x", "k")
    phrase, answer, slip, idea = draw.pick(
        (
            f"{b} less than {a} times ${letter}$",
            f"{a}{letter} - {b}",
            f"{b} - {a}{letter}",
            "order-of-words",
        ),
        (
            f"{a} times the sum of ${letter}$ and {b}",
            f"{a}({letter} + {b})",
            f"{a}{letter} + {b}",
            "brackets-missing",
        ),
        (
            f"{a} times the difference of ${letter}$ and {b}",
            f"{a}({letter} - {b})",
            f"{a}{letter} - {b}",
            "brackets-missing",
        ),
        (f"{a} less than ${letter}$", f"{letter} - {a}", f"{a} - {letter}", "order-of-words"),
    )
    return Draft(
        kind=AnswerKind.MATH,
        prompt=draw.ask(
            phrase, "Write as an expression: {}.", "Write “{}” with mathematical signs."
        ),
        answer=answer,
        claim=Claim(About.VALUE, (answer,)),
        nudge="Take a number for the letter, and work it out. What did you do first?",
        idea="What is done first stands in brackets, or binds more strongly.",
        part="From what is something taken, or what is multiplied: the letter alone, or more?",
        solution=("Write it in the order in which it is worked out.", f"${answer}$."),
        wrong=((slip, idea),),
    )


def like_terms(draw: Draw) -> Draft:
    """Sums with terms of one or two kinds."""
    x, y = draw.pick(("x", "y"), ("a", "b"), ("m", "n"), ("s", "t"))
    a, c = draw.integer(2, 9), draw.integer(1, 9)
    b, d = draw.integer(2, 9), draw.integer(1, 9)
    made = draw.by_level(_one_kind, _with_number, _two_kinds, _two_kinds, _squares)
    text, answer, wrong = made((x, y), (a, b, c, d))
    return Draft(
        kind=AnswerKind.MATH,
        prompt=draw.ask(
            f"${text}$", "Simplify {}.", "Collect like terms: {}.", "Write {} as short as possible."
        ),
        answer=answer,
        form=Form.SIMPLIFIED,
        claim=Claim(About.VALUE, (text,)),
        nudge="Which terms are of the same kind?",
        idea="Only terms with the same letters and powers are counted together; the sign before a "
        "term belongs to it.",
        part="Put terms of the same kind side by side, each with its sign.",
        solution=("Count each kind by itself.", f"${answer}$."),
        wrong=wrong,
    )


_Terms = tuple[str, str, tuple[tuple[str, str], ...]]
_Four = tuple[int, int, int, int]


def _one_kind(letters: tuple[str, str], numbers: _Four) -> _Terms:
    x, (a, b, c, _) = letters[0], numbers
    if c % 2:
        return f"{a}{x} + {b}{x}", f"{a + b}{x}", ((f"{a + b}{x}^2", "adds-exponents"),)
    total = poly(a + b, 0, letter=x)
    return f"{a + b + 1}{x} - {x}", total, ((str(a + b + 1), "letter-vanishes"),)


def _with_number(letters: tuple[str, str], numbers: _Four) -> _Terms:
    x, (a, b, c, d) = letters[0], numbers
    text = f"{a}{x} + {c} + {b}{x} + {d}"
    wrong = ((f"{a + b + c + d}{x}", "joins-unlike"), (f"{a + b}{x}^2 + {c + d}", "adds-exponents"))
    return text, f"{a + b}{x} + {c + d}", wrong


def _two_kinds(letters: tuple[str, str], numbers: _Four) -> _Terms:
    (x, y), (a, b, c, d) = letters, numbers
    text = f"{a + c}{x} + {b}{y} - {c}{x} - {b + d}{y}"
    wrong = (
        (f"{a + 2 * c}{x} - {d}{y}", "sign-left-behind"),
        (f"{a}{x} + {2 * b + d}{y}", "sign-left-behind"),
        (f"{a - d}{x}{y}", "joins-unlike"),
    )
    return text, f"{a}{x} - {poly(d, 0, letter=y)}", wrong


def _squares(letters: tuple[str, str], numbers: _Four) -> _Terms:
    x, (a, b, c, d) = letters[0], numbers
    text = f"{a}{x}^2 - {b}{x} - {c}{x}^2 - {d}{x} + {b}"
    answer = poly(a - c, -(b + d), b, letter=x)
    wrong = (
        (poly(a + c, -(b + d), b, letter=x), "sign-left-behind"),
        (poly(a - c, d - b, b, letter=x), "sign-left-behind"),
        (f"{a - c}{x}^4 - {b + d}{x}^2 + {b}", "adds-exponents"),
    )
    return text, answer, wrong


def distributing(draw: Draw) -> Draft:
    """Opening brackets, and taking common factors out."""
    return draw.pick(
        *draw.by_level((_open,), (_open,), (_minus, _factor), (_factor, _minus), (_factor, _both))
    )(draw)


def _open(draw: Draw) -> Draft:
    x, factor = draw.pick("x", "y", "a", "n"), draw.integer(2, 9)
    a, b = draw.integer(1, draw.by_level(1, 9)), draw.signed(1, 9)
    text = f"{factor}({poly(a, b, letter=x)})"
    return Draft(
        kind=AnswerKind.MATH,
        prompt=draw.ask(
            f"${text}$", "Open the brackets: {}.", "Write {} without brackets.", "Expand {}."
        ),
        answer=poly(factor * a, factor * b, letter=x),
        form=Form.EXPANDED,
        claim=Claim(About.VALUE, (text,)),
        nudge="To how many terms does the factor belong?",
        idea="The factor multiplies every term in the bracket.",
        part=f"The first term becomes ${poly(factor * a, 0, letter=x)}$. The other is next.",
        solution=("Multiply each term.", f"${poly(factor * a, factor * b, letter=x)}$."),
        wrong=((poly(factor * a, b, letter=x), "first-term-only"),),
    )


def _minus(draw: Draw) -> Draft:
    x = draw.pick("x", "y", "a", "n")
    c, a, b = draw.integer(5, 20), draw.integer(2, 9), draw.integer(1, 9)
    factor = draw.integer(1, 5)
    front = "" if factor == 1 else str(factor)
    text = f"{c} - {front}({poly(a, -b, letter=x)})"
    answer = poly(-factor * a, c + factor * b, letter=x)
    return Draft(
        kind=AnswerKind.MATH,
        prompt=draw.ask(f"${text}$", "Simplify {}.", "Open the bracket and simplify: {}."),
        answer=answer,
        form=Form.SIMPLIFIED,
        claim=Claim(About.VALUE, (text,)),
        nudge="What does the minus before the bracket do?",
        idea="A minus before a bracket turns every sign in it.",
        part=f"The first term of the bracket becomes ${poly(-factor * a, 0, letter=x)}$.",
        solution=("Turn both signs, then collect.", f"${answer}$."),
        wrong=(
            (poly(-factor * a, c - factor * b, letter=x), "minus-not-distributed"),
            (poly(-factor * a, c - b, letter=x), "first-term-only"),
        ),
    )


def _factor(draw: Draw) -> Draft:
    x = draw.pick("x", "y", "a", "n")
    factor = draw.pick(4, 6, 8, 9, 10, 12)
    a, b = draw.pick((1, 2), (2, 3), (3, 2), (3, 5), (5, 4), (1, 5), (2, 1), (4, 3), (3, 1))
    b *= draw.pick(1, -1)
    half = 2 if factor % 2 == 0 else 3
    text = poly(factor * a, factor * b, letter=x)
    right = f"{factor}({poly(a, b, letter=x)})"
    slip = f"{factor}({poly(a, -b, letter=x)})"
    whole = f"{factor}({poly(a, b * factor, letter=x)})"
    return Draft(
        kind=AnswerKind.CHOICE,
        prompt=draw.ask(
            f"${text}$",
            "Which is {} with the greatest common factor taken out?",
            "Factor out as much as possible from {}. What is the result?",
        ),
        answer=f"${right}$",
        claim=Claim(
            About.ONLY_TRUE,
            (
                f"${right}$|{right} = {text}",
                f"${slip}$|{slip} = {text}",
                f"${whole}$|{whole} = {text}",
            ),
        ),
        nudge="Which number divides both terms?",
        idea="Take out the greatest number that divides both; multiply back to check.",
        part=f"Both terms can be divided by {half}, and then by more.",
        solution=(f"The greatest common factor is {factor}.", f"${right}$."),
        choices=draw.shuffled(
            [
                (f"${right}$", ""),
                (f"${slip}$", "sign-slip"),
                (
                    f"${half}({poly(factor // half * a, factor // half * b, letter=x)})$",
                    "factor-not-greatest",
                ),
                (f"${whole}$", ""),
            ]
        ),
    )


def _both(draw: Draw) -> Draft:
    x = draw.pick("x", "y", "a")
    p, q = draw.some(range(2, 9), 2)
    a, b = draw.integer(1, 9), draw.integer(1, 9)
    text = f"{p}({x} + {a}) - {q}({x} - {b})"
    answer = poly(p - q, p * a + q * b, letter=x)
    return Draft(
        kind=AnswerKind.MATH,
        prompt=draw.ask(f"${text}$", "Simplify {}.", "Open the brackets and collect: {}."),
        answer=answer,
        form=Form.SIMPLIFIED,
        claim=Claim(About.VALUE, (text,)),
        nudge="Open one bracket after the other.",
        idea="Each factor belongs to both terms of its bracket, with its sign.",
        part=f"The first bracket becomes ${p}{x} + {p * a}$.",
        solution=(f"${p}{x} + {p * a} - {q}{x} + {q * b}$.", f"${answer}$."),
        wrong=(
            (poly(p - q, p * a - q * b, letter=x), "minus-not-distributed"),
            (poly(p - q, a + b, letter=x), "first-term-only"),
        ),
    )
