"""Whole numbers and signs: factors, negative numbers."""

from math import lcm
from typing import Final

from assistant.domain.exercise import AnswerKind
from assistant.tutor.making.drafts import About, Claim, Draft, Draw, inner
from assistant.tutor.making.orders import shown

_PRIMES: Final = (2, 3, 5, 7, 11, 13)
_LARGER_PRIMES: Final = (17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97)
_ODD: Final = (21, 27, 33, 39, 49, 51, 57, 63, 69, 77, 81, 87, 91, 93, 99, 111, 117, 119, 121, 133)


def factors_and_primes(draw: Draw) -> Draft:
    """Greatest common factor, least common multiple, primes, and how often a prime occurs."""
    kind = draw.by_level(
        (_prime,), (_prime, _common_factor), (_common_factor, _times_in), (_common_multiple,)
    )
    return draw.pick(*kind)(draw)


def _prime(draw: Draw) -> Draft:
    prime = draw.pick(*_LARGER_PRIMES)
    odd = draw.some(_ODD, 2)
    even = 2 * draw.integer(8, 48)
    rows = [(str(prime), ""), *((str(n), "odd-means-prime") for n in odd)]
    rows.append(draw.pick(("1", "one-is-prime"), (str(even), "")))
    rows = list(draw.shuffled(rows))
    listed = ", ".join(text for text, _ in rows)
    return Draft(
        kind=AnswerKind.CHOICE,
        prompt=draw.ask(
            listed, "Which of {} is prime?", "Only one of {} is a prime number. Which?"
        ),
        answer=str(prime),
        claim=Claim(About.PRIME, tuple(text for text, _ in rows)),
        nudge="What makes a number prime?",
        idea="Prime numbers have exactly two divisors. Try the small primes on each number.",
        part="Add up the digits of each: where the sum is in the times table of three, so is the "
        "number.",
        solution=(
            "Try the primes in turn on each number.",
            f"Only {prime} has no divisor but 1 and itself.",
        ),
        choices=tuple(rows),
    )


def _common_factor(draw: Draw) -> Draft:
    shared = draw.integer(3, draw.by_level(9, 12, 15, 24, 36))
    a, b = draw.pick((2, 3), (3, 4), (2, 5), (3, 5), (4, 5), (5, 6), (4, 7), (5, 8), (3, 7))
    first, second = draw.shuffled((a * shared, b * shared))
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=draw.ask(
            f"{first} and {second}",
            "What is the greatest common factor of {}?",
            "Find the largest number that divides both {}.",
            "Give the greatest common divisor of {}.",
        ),
        answer=str(shared),
        claim=Claim(About.COMMON_FACTOR, (str(first), str(second))),
        nudge="Which numbers divide both?",
        idea="Split both numbers into primes, and take what they share.",
        part=f"The difference of the numbers, {abs(first - second)}, is divided by it as well.",
        solution=(
            f"Every common factor divides {first}, {second} and their difference.",
            f"The greatest is {shared}.",
        ),
        wrong=((str(lcm(first, second)), "gcf-lcm-swapped"),),
    )


def _common_multiple(draw: Draw) -> Draft:
    shared = draw.integer(2, draw.by_level(4, 5, 6, 8, 12))
    a, b = draw.pick((2, 3), (3, 4), (2, 5), (3, 5), (4, 5), (5, 6), (2, 7), (3, 8))
    first, second = draw.shuffled((a * shared, b * shared))
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=draw.ask(
            f"{first} and {second}",
            "What is the least common multiple of {}?",
            "Find the smallest positive number that is a multiple of both {}.",
            "Two lamps flash together now, and then every {} seconds. "
            "After how many seconds do they flash together again?",
        ),
        answer=str(a * b * shared),
        claim=Claim(About.COMMON_MULTIPLE, (str(first), str(second))),
        nudge="In which times tables must it be?",
        idea="Split both into primes, and take each prime as often as it occurs in either of them.",
        part=f"Walk through the multiples of {max(first, second)}, and try to divide each by "
        f"{min(first, second)}.",
        solution=(
            f"{first} and {second} share the factor {shared}, which is needed only once.",
            f"{first} times {second} divided by {shared} is {a * b * shared}.",
        ),
        wrong=(
            (str(first * second), "product-as-lcm"),
            (str(shared), "gcf-lcm-swapped"),
        ),
    )


def _times_in(draw: Draw) -> Draft:
    prime = draw.pick(2, 2, 3)
    times = draw.integer(3, 6 if prime == 2 else 4)  # noqa: PLR2004 - the even prime
    number = prime**times * draw.pick(5, 7, 11, 13)
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=draw.ask(
            str(number),
            f"How many times does the prime factor {prime} occur in {{}}?",
            f"Split {{}} into primes. How often is {prime} among them?",
        ),
        answer=str(times),
        claim=Claim(About.TIMES_IN, (str(prime), str(number))),
        nudge="Divide, and look at what is left: can it be divided again?",
        idea="Each prime is written as often as it divides, which its power says.",
        part=f"${number} = {prime} \\times {number // prime}$; go on with what is left.",
        solution=(
            f"${number} = {prime}^{{{times}}} \\times {number // prime**times}$.",
            f"So it occurs {times} times.",
        ),
        wrong=(("1", "counts-once"),),
    )


def negatives_adding(draw: Draw) -> Draft:
    """Sums and differences on both sides of zero."""
    high = draw.by_level(9, 12, 20, 40, 90)
    a, b, c = (draw.integer(2, high) for _ in range(3))
    rows = draw.by_level(
        ((f"-{a} + {b}", b - a), (f"{a} - {a + b}", -b)),
        ((f"-{a} - {b}", -a - b), (f"{a} + (-{b})", a - b)),
        ((f"{a} - (-{b})", a + b), (f"-{a} - (-{b})", b - a)),
        ((f"-{a} - {b} - (-{c})", c - a - b), (f"{a} - (-{b}) + (-{c})", a + b - c)),
        ((f"-{a} - (-{b}) - {c} + (-{a + c})", b - 2 * a - 2 * c),),
    )
    text, answer = draw.pick(*rows)
    flipped = {"two-minuses-anywhere": a + b, "minus-minus-is-minus": a - b}
    wrong = [(str(value), idea) for idea, value in flipped.items()] if draw.level < 4 else []  # noqa: PLR2004 - two terms
    if "(-" not in text or draw.level < 3:  # noqa: PLR2004 - no double signs before
        wrong = [(str(a + b), "two-minuses-anywhere")] if text.startswith("-") else []
    wrong.append((str(-answer), "sign-of-first"))
    if draw.level == 3 and text.startswith("-"):  # noqa: PLR2004 - the level with double signs
        wrong = [(str(-a - b), "minus-minus-is-minus"), (str(a + b), "two-minuses-anywhere")]
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=draw.ask(f"${text}$"),
        answer=str(answer),
        claim=Claim(About.VALUE, (text,)),
        nudge="Where on the number line do you start, and which way do you go?",
        idea="Adding goes right, subtracting goes left; to subtract a negative number is to add.",
        part=f"Start at ${text.split(' ', maxsplit=1)[0]}$"
        + (", and turn each double sign into one." if "(" in text else " on the number line."),
        solution=(
            f"Without double signs: ${_single(text)}$." if "(" in text else "Go from there.",
            f"That is ${answer}$.",
        ),
        wrong=tuple(wrong),
    )


def _single(text: str) -> str:
    for number in text.split("(-")[1:]:
        size = number.split(")")[0]
        text = text.replace(f"- (-{size})", f"+ {size}").replace(f"+ (-{size})", f"- {size}")
    return text


def negatives_multiplying(draw: Draw) -> Draft:
    """Products, quotients and powers of signed numbers."""
    text, answer, wrong = draw.by_level(_product, _quotient, _square, _mixed, _mixed)(draw)
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=draw.ask(f"${shown(text)}$"),
        answer=str(answer),
        claim=Claim(About.VALUE, (text,)),
        nudge="First the sign, then the size.",
        idea="Equal signs make a product positive, different signs negative. A power belongs only "
        "to what it stands at.",
        part="Count the minus signs that are really multiplied with each other.",
        solution=("Find the sign by counting the minus signs.", f"The result is ${answer}$."),
        wrong=tuple((str(value), idea) for value, idea in wrong),
    )


_Signed = tuple[str, int, list[tuple[int, str]]]


def _product(draw: Draw) -> _Signed:
    a, b = draw.signed(2, 12), -draw.integer(2, 12)
    idea = "minus-times-minus" if a < 0 else ""
    return f"{inner(a)}*{inner(b)}", a * b, [(-a * b, idea), (a + b, "")]


def _quotient(draw: Draw) -> _Signed:
    a, b = draw.signed(2, 12), -draw.integer(2, 12)
    return f"{inner(a * b)}/{inner(b)}", a, [(-a, "minus-times-minus" if a < 0 else "")]


def _square(draw: Draw) -> _Signed:
    a, power = draw.integer(2, 9), draw.pick(2, 2, 3)
    if draw.pick(0, 1) and power == 2:  # noqa: PLR2004 - squares
        return f"-{a}^2", -(a**2), [(a**2, "square-without-brackets"), (-2 * a, "power-as-times")]
    value = (-a) ** power
    wrong = [(-a * power, "power-as-times"), (-value, "minus-times-minus")]
    return f"(-{a})^{power}", value, wrong


def _mixed(draw: Draw) -> _Signed:
    a, b, c = draw.integer(2, 15), draw.integer(2, 9), draw.integer(2, 9)
    if draw.pick(0, 1):
        return f"-{a} - {b}*{c}", -a - b * c, [(a + b * c, "sign-rule-on-sums")]
    if draw.level > 4:  # noqa: PLR2004 - the highest
        text, value = f"-{b}^2 - {inner(-a)}*{inner(-c)}", -(b**2) - a * c
        return (
            text,
            value,
            [
                (b**2 - a * c, "square-without-brackets"),
                (-(b**2) + a * c, "minus-times-minus"),
            ],
        )
    text, value = f"-{a} + {inner(-b)}*{inner(-c)}", -a + b * c
    return text, value, [(-a - b * c, "minus-times-minus"), (a + b * c, "sign-rule-on-sums")]
