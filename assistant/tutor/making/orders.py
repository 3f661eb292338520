"""Order of operations: sums to be worked out, in formulas and stories, and brackets to place."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from assistant.domain.exercise import AnswerKind
from assistant.tutor.making.drafts import About, Claim, Draft, Draw

_IDEA: Final = "Brackets, then powers, then products and quotients from the left, then sums."


@dataclass(frozen=True, slots=True)
class _Sum:
    """An expression.

    Args:
        text: As Python would compute it, but for ``^``.
        value: Its value.
        first: What has to be done first.
        wrong: Values that wrong ideas lead to, each with the idea.
        told: The same in a story; "" where there is none.
    """

    text: str
    value: int
    first: str
    wrong: tuple[tuple[int, str], ...] = ()
    told: str = ""


_Template = Callable[[int, int, int, int], _Sum]


def order_of_operations(draw: Draw) -> Draft:
    """Expressions of two to five operations, in formulas and stories; brackets from level 2 on."""
    if draw.from_level(2) and draw.integer(1, 5) == 1:
        return _placed(draw)
    numbers = [draw.integer(2, 9) for _ in range(4)]
    made = draw.pick(*_TEMPLATES[draw.level - 1])(*numbers)
    told = made.told if made.told and draw.coin() else ""
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=told or draw.ask(f"${shown(made.text)}$"),
        answer=str(made.value),
        claim=Claim(About.VALUE, (made.text,)),
        nudge="Which operation binds most strongly here?"
        if not told
        else "Which of the numbers belong together, and what is done with them?",
        idea=_IDEA,
        part=f"Begin with ${shown(made.first)}$ and write the rest as it stands.",
        solution=(f"First ${shown(made.first)}$.", f"Then the rest in order: ${made.value}$."),
        wrong=tuple((str(value), idea) for value, idea in made.wrong),
    )


def shown(text: str) -> str:
    """An expression as LaTeX."""
    return text.replace("*", r" \times ").replace("/", r" \div ")


def _placed(draw: Draw) -> Draft:
    """Which of the same four numbers with other brackets has a value."""
    a, b, c = (draw.integer(2, 9) for _ in range(3))
    d = draw.integer(2, 9)
    c += d  # the last difference is positive
    values = {
        f"{a} + {b}*{c} - {d}": a + b * c - d,
        f"({a} + {b})*{c} - {d}": (a + b) * c - d,
        f"{a} + {b}*({c} - {d})": a + b * (c - d),
        f"({a} + {b})*({c} - {d})": (a + b) * (c - d),
    }
    right = draw.pick(*values)
    value = values[right]
    plain, from_the_left, *_ = values
    slip = (plain, from_the_left)
    return Draft(
        kind=AnswerKind.CHOICE,
        prompt=draw.ask(str(value), "Which of these is {}?", "Which of these has the value {}?"),
        answer=f"${shown(right)}$",
        claim=Claim(About.ONLY_TRUE, tuple(f"${shown(text)}$|{text} = {value}" for text in values)),
        nudge="What is done first in each of them?",
        idea=_IDEA,
        part=f"Without brackets begin with ${shown(f'{b}*{c}')}$.",
        solution=("Work out each of them.", f"${shown(right)} = {value}$."),
        choices=draw.shuffled(
            [
                (f"${shown(text)}$", "left-to-right" if (text, right) == slip else "")
                for text in values
            ]
        ),
    )


def _plus_product(a: int, b: int, c: int, d: int) -> _Sum:
    del d
    told = (
        f"A taxi costs {a} euros at once and {b} euros for each of {c} kilometres. "
        "How many euros does the ride cost?"
    )
    wrong = (((a + b) * c, "left-to-right"),)
    return _Sum(f"{a} + {b}*{c}", a + b * c, f"{b}*{c}", wrong, told)


def _minus_product(a: int, b: int, c: int, d: int) -> _Sum:
    big = a + b * c + d
    told = f"Of {big} pencils {b} children take {c} each. How many pencils are left?"
    wrong = (((big - b) * c, "left-to-right"),)
    return _Sum(f"{big} - {b}*{c}", big - b * c, f"{b}*{c}", wrong, told)


def _product_plus(a: int, b: int, c: int, d: int) -> _Sum:
    del d
    told = f"{a} boxes hold {b} eggs each, and {c} eggs lie beside them. How many eggs are there?"
    return _Sum(f"{a}*{b} + {c}", a * b + c, f"{a}*{b}", ((a * (b + c), ""),), told)


def _plus_quotient(a: int, b: int, c: int, d: int) -> _Sum:
    a, whole = a * d, b * c
    told = (
        f"{whole} sweets are shared out evenly among {b} children, one of whom has {a} already. "
        "How many has that child then?"
    )
    wrong = (((a + whole) // b, "left-to-right"),) if (a + whole) % b == 0 else ()
    return _Sum(f"{a} + {whole}/{b}", a + c, f"{whole}/{b}", wrong, told)


def _minus_plus(a: int, b: int, c: int, d: int) -> _Sum:
    big = a + b + c * d
    told = (
        f"There are {big} people on a bus. At the next stop {b} get off and {c} get on. "
        "How many are on it now?"
    )
    wrong = ((big - (b + c), "add-before-subtract"),)
    return _Sum(f"{big} - {b} + {c}", big - b + c, f"{big} - {b}", wrong, told)


def _two_products(a: int, b: int, c: int, d: int) -> _Sum:
    told = (
        f"Somebody buys {a} tickets at {b} euros and {c} tickets at {d} euros. "
        "How many euros is that together?"
    )
    wrong = (((a * b + c) * d, "left-to-right"),)
    return _Sum(f"{a}*{b} + {c}*{d}", a * b + c * d, f"{a}*{b}", wrong, told)


def _around_product(a: int, b: int, c: int, d: int) -> _Sum:
    wrong = (((a + b) * c - d, "left-to-right"),)
    return _Sum(f"{a} + {b}*{c} - {d}", a + b * c - d, f"{b}*{c}", wrong)


def _minus_quotient(a: int, b: int, c: int, d: int) -> _Sum:
    big, whole = a + c + 10 * d, b * c
    told = (
        f"Somebody has {big} euros and pays one of {b} equal shares of a bill of {whole} euros. "
        "How many euros are left?"
    )
    wrong = (((big - whole) // b, "left-to-right"),) if (big - whole) % b == 0 else ()
    return _Sum(f"{big} - {whole}/{b}", big - c, f"{whole}/{b}", wrong, told)


def _plus_square(a: int, b: int, c: int, d: int) -> _Sum:
    del d
    wrong = ((c + (a * b) ** 2, "power-of-product"), ((c + a) * b**2, "left-to-right"))
    return _Sum(f"{c} + {a}*{b}^2", c + a * b**2, f"{b}^2", wrong)


def _quotient_times(a: int, b: int, c: int, d: int) -> _Sum:
    del d
    big = a * b * c
    wrong = ((a, "multiply-before-divide"),)
    return _Sum(f"{big}/{b}*{c}", a * c * c, f"{big}/{b}", wrong)


def _square_of_sum(a: int, b: int, c: int, d: int) -> _Sum:
    wrong = ((a + b**2 - c * d, ""), (a**2 + b**2 - c * d, ""))
    return _Sum(f"({a} + {b})^2 - {c}*{d}", (a + b) ** 2 - c * d, f"{a} + {b}", wrong)


def _times_sum(a: int, b: int, c: int, d: int) -> _Sum:
    told = (
        f"Each of {a} children gets {b} apples and {c} pears. Then {d} pieces of fruit are eaten. "
        "How many are left?"
    )
    wrong = ((a * b + c - d, ""), (a * (b + c - d), ""))
    return _Sum(f"{a}*({b} + {c}) - {d}", a * (b + c) - d, f"{b} + {c}", wrong, told)


def _square_of_difference(a: int, b: int, c: int, d: int) -> _Sum:
    high = c + d
    wrong = ((a + (b * c) ** 2, "power-of-product"), ((a + b) * c**2, "left-to-right"))
    return _Sum(f"{a} + {b}*({high} - {d})^2", a + b * c**2, f"{high} - {d}", wrong)


def _through_product(a: int, b: int, c: int, d: int) -> _Sum:
    big = a * b * c
    wrong = ((a * c * c + d, "left-to-right"),)
    return _Sum(f"{big}/({b}*{c}) + {d}", a + d, f"{b}*{c}", wrong)


def _two_squares(a: int, b: int, c: int, d: int) -> _Sum:
    value = a * b**2 - c * d**2
    wrong = (((a * b) ** 2 - (c * d) ** 2, "power-of-product"),)
    return _Sum(f"{a}*{b}^2 - {c}*{d}^2", value, f"{b}^2", wrong)


def _sum_times_difference(a: int, b: int, c: int, d: int) -> _Sum:
    high = c + d
    wrong = ((a + b * c + a * b, ""),)
    text = f"({a} + {b})*({high} - {d}) + {a}*{b}"
    return _Sum(text, (a + b) * c + a * b, f"{a} + {b}", wrong)


def _brackets_and_quotient(a: int, b: int, c: int, d: int) -> _Sum:
    high, big = a + b, c * d * a
    value = a * c - big // c * a
    wrong = ((a * c - d, "multiply-before-divide"), ((a * c - big) // c * a, "left-to-right"))
    return _Sum(f"({high} - {b})*{c} - {big}/{c}*{a}", value, f"{high} - {b}", wrong)


def _in_each_other(a: int, b: int, c: int, d: int) -> _Sum:
    high = d + 2
    wrong = (((a * b + c) * 2, "left-to-right"),)
    text = f"{a}*({b} + {c}*({high} - {d}))"
    return _Sum(text, a * (b + 2 * c), f"{high} - {d}", wrong)


def _all_of_them(a: int, b: int, c: int, d: int) -> _Sum:
    whole = c * (a + b)
    wrong = ((d**2 - c + a * b, "multiply-before-divide"),)
    text = f"{d}^2 - {whole}/({a} + {b})*{a} + {b}"
    return _Sum(text, d**2 - c * a + b, f"{a} + {b}", wrong)


def _square_of_brackets(a: int, b: int, c: int, d: int) -> _Sum:
    high = b * c + d
    wrong = ((a * d**2 - b * c, ""), ((a * d) ** 2 - b * c, "power-of-product"))
    text = f"{a}*({high} - {b}*{c})^2 - {b}*{c}"
    return _Sum(text, a * d**2 - b * c, f"{b}*{c}", wrong[1:])


_TEMPLATES: Final[tuple[tuple[_Template, ...], ...]] = (
    (_plus_product, _minus_product, _product_plus, _plus_quotient),
    (_minus_plus, _two_products, _around_product, _minus_quotient, _times_sum),
    (_plus_square, _quotient_times, _square_of_sum, _times_sum, _through_product),
    (_square_of_difference, _through_product, _two_squares, _sum_times_difference),
    (_brackets_and_quotient, _in_each_other, _all_of_them, _square_of_brackets),
)
"""For each level."""
