"""Problems in words, and formulas to be solved for a letter."""

from typing import Final

from assistant.domain.exercise import AnswerKind
from assistant.tutor.making.drafts import About, Claim, Draft, Draw


def word_problems(draw: Draw) -> Draft:
    """Stories that an equation solves: two shares, ages, numbers in a row, coins, fences."""
    made = draw.by_level(
        (_fewer,),
        (_fewer, _fence),
        (_row, _fence, _times_as_many),
        (_coins, _ages),
        (_ages, _three),
    )
    return draw.pick(*made)(draw)


def _story(prompt: str, answer: int, equation: str, *rest: str, slip: tuple[int, str]) -> Draft:
    """A story with a whole number as its answer; ``rest`` are the hints and the last line."""
    nudge, idea, part, line = rest
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=prompt,
        answer=str(answer),
        claim=Claim(About.SOLUTIONS, (equation, "x")),
        nudge=nudge,
        idea=idea,
        part=part,
        solution=(line, f"The answer is {answer}."),
        wrong=((str(slip[0]), slip[1]),),
    )


_PLACES: Final = (
    ("Two shelves hold", "books", "The upper shelf", "the lower one", "are on the upper shelf"),
    ("Two baskets hold", "apples", "The small basket", "the large one", "are in the small basket"),
    ("Two buses carry", "people", "The first bus", "the second one", "are on the first bus"),
    ("Two classes have", "pupils", "Class A", "class B", "are in class A"),
)


def _fewer(draw: Draw) -> Draft:
    begin, things, one, other, where = draw.pick(*_PLACES)
    less, small = draw.integer(2, 6 + 4 * draw.level), draw.integer(8, 20 * draw.level)
    total, verb = 2 * small + less, "has" if one == "Class A" else "holds"
    if draw.pick(0, 1):
        text, ask, key, slip = f"{verb} {less} fewer than", where, small, small + less
        equation, line = f"x + (x + {less}) = {total}", f"$2x + {less} = {total}$."
        part = f"If $x$ is the smaller number, the larger one is $x + {less}$."
    else:
        text, ask, key, slip = f"{verb} {less} more than", where, small + less, small
        equation, line = f"x + (x - {less}) = {total}", f"$2x - {less} = {total}$."
        part = f"If $x$ is the larger number, the smaller one is $x - {less}$."
    return _story(
        f"{begin} {total} {things} together. {one} {text} {other}. How many {things} {ask}?",
        key,
        equation,
        "Write a letter for one of the numbers. What is the other?",
        f"Both together make {total}.",
        part,
        line,
        slip=(slip, "answers-x"),
    )


def _fence(draw: Draw) -> Draft:
    times, width = draw.integer(2, 1 + draw.level), draw.integer(3, 25)
    around = 2 * width * (1 + times)
    thing = draw.pick("A garden", "A field", "A playground", "A yard", "A picture")
    word = ("twice", "three times", "four times", "five times")[times - 2]
    edge = "frame" if thing == "A picture" else "fence"
    return _story(
        f"{thing} is {word} as long as it is wide, and its {edge} is {around} "
        f"{'cm' if edge == 'frame' else 'm'} long all around. How long is the longer side?",
        width * times,
        f"2*x/{times} + 2x = {around}",
        "Call the width $w$. What is the length?",
        f"Two widths and two lengths make the {edge}.",
        f"$2w + 2 \\cdot {times}w = {around}$.",
        f"${2 * (1 + times)}w = {around}$, so the width is {width}.",
        slip=(width, "answers-x") if draw.pick(0, 1) else (2 * width * times, "each-counted-once"),
    )


def _row(draw: Draw) -> Draft:
    gap, kind = draw.pick((1, ""), (2, "even "), (2, "odd "))
    first = draw.integer(4, 40) * gap + (1 if kind == "odd " else 0)
    total = 3 * first + 3 * gap
    high = draw.pick(0, 1)
    answer, shift = (first + 2 * gap, -3 * gap) if high else (first, 3 * gap)
    return _story(
        f"The sum of three consecutive {kind or 'whole '}numbers is {total}. "
        f"Which is the {'largest' if high else 'smallest'} of them?",
        answer,
        f"3x + ({shift}) = {total}",
        f"How far apart are consecutive {kind or 'whole '}numbers?",
        f"Call them $n$, $n + {gap}$ and $n + {2 * gap}$.",
        f"$3n + {3 * gap} = {total}$, and $n$ is the smallest.",
        f"$n = {first}$.",
        slip=(first if high else first + 2 * gap, "answers-x"),
    )


def _times_as_many(draw: Draw) -> Draft:
    many, few, times = draw.pick(
        ("students", "teachers", 6),
        ("passengers", "stewards", 9),
        ("sheep", "dogs", 12),
        ("chairs", "tables", 5),
        ("apple trees", "pear trees", 3),
        ("cars", "lorries", 7),
    )
    times += draw.integer(0, 3)
    small = draw.integer(3, 30)
    total = small * (1 + times)
    return _story(
        f"There are {times} times as many {many} as {few}, {total} of both together. "
        f"How many {many} are there?",
        small * times,
        f"x + x/{times} = {total}",
        f"Imagine one of the {few}. How many {many} belong to it?",
        "The smaller number has to be multiplied to match the larger one.",
        f"With $x$ {few} there are ${times}x$ {many}.",
        f"${1 + times}x = {total}$, so there are {small} {few}.",
        slip=(small, draw.pick("reversal", "answers-x")),
    )


def _ages(draw: Draw) -> Draft:
    times, child, years = draw.integer(2, 4), draw.integer(2, 14), draw.integer(2, 15)
    parent = times * (child + years) - years
    if not 18 <= parent - child <= 45:  # noqa: PLR2004 - as with people
        return _ages(draw)
    adult, their, young = draw.pick(
        ("A mother", "her", "son"), ("A father", "his", "daughter"), ("An aunt", "her", "niece")
    )
    word = ("twice", "three times", "four times")[times - 2]
    return _story(
        f"{adult} is {parent}, {their} {young} is {child}. In how many years will the "
        f"{adult.split()[1]} be {word} as old as the {young}?",
        years,
        f"{parent} + x = {times}*({child} + x)",
        "How old are both in $x$ years?",
        "Both get older.",
        f"In $x$ years they are ${parent} + x$ and ${child} + x$.",
        f"${parent} + x = {times}({child} + x)$.",
        slip=(parent - times * child, "only-one-ages")
        if parent != times * child
        else (0, "only-one-ages"),
    )


def _coins(draw: Draw) -> Draft:
    low, high = draw.pick((1, 2), (2, 5), (5, 10), (10, 50), (1, 5), (2, 10), (10, 20))
    one, other = draw.integer(5, 30), draw.integer(5, 30)
    total, worth = one + other, low * one + high * other
    where = draw.pick("A box", "A purse", "A jar", "A till", "A drawer")
    return _story(
        f"{where} holds {total} coins, some worth {low} and the others worth {high}. Together they "
        f"are worth {worth}. How many coins are worth {high}?",
        other,
        f"{high}x + {low}*({total} - x) = {worth}",
        f"If $x$ coins are worth {high}, how many are worth {low}?",
        "Value is the number of coins times what each is worth.",
        f"The coins worth {high} make ${high}x$, the others ${low}({total} - x)$.",
        f"${high - low}x = {worth - low * total}$.",
        slip=(one, "answers-x"),
    )


def _three(draw: Draw) -> Draft:
    one, two, three = draw.some(("Ana", "Ben", "Cem", "Dora", "Eli", "Finn"), 3)
    times, more, share = draw.integer(2, 3), draw.integer(2, 20), draw.integer(5, 40)
    total = share + times * share + share + more
    word = ("twice", "three times")[times - 2]
    what = draw.pick("points", "stamps", "marbles", "votes")
    return _story(
        f"{one}, {two} and {three} have {total} {what} together. {two} has {word} as many as "
        f"{one}, and {three} has {more} more than {one}. How many {what} does {two} have?",
        times * share,
        f"x/{times} + x + (x/{times} + {more}) = {total}",
        f"Let $n$ be the number that {one} has. What do the others have?",
        f"All three together make {total}.",
        f"$n + {times}n + (n + {more}) = {total}$.",
        f"${2 + times}n = {total - more}$, so {one} has {share}.",
        slip=(share, "answers-x"),
    )


def formulas(draw: Draw) -> Draft:
    """Formulas solved for one of their letters."""
    a, b = draw.integer(2, 9), draw.integer(2, 15)
    made = draw.by_level(_products, _lines, _quotients, _roots, _gathered)
    formula, shown, letter, answer, slips, part = draw.pick(*made(draw, a, b))
    root = answer.startswith("sqrt(")
    last = (rf"\sqrt{{{answer[5:-1]}}}" if root else answer).replace("*", r" \cdot ")
    return Draft(
        kind=AnswerKind.MATH,
        prompt=f"Solve ${shown}$ for ${letter}${', which is not negative' if root else ''}. "
        f"What stands on the right of ${letter} = \\ldots$?",
        answer=answer,
        claim=Claim(About.POSITIVE if root else About.SOLUTIONS, (formula, letter)),
        nudge=f"What is done to ${letter}$, and what last?",
        idea="Undo it step by step, on both sides and with the whole side.",
        part=part,
        solution=(part, f"${letter} = {last}$."),
        wrong=slips,
    )


_Formula = tuple[str, str, str, str, tuple[tuple[str, str], ...], str]
"""Plain, as LaTeX, the letter, the answer, wrong answers, a step partly worked."""


def _products(draw: Draw, a: int, b: int) -> tuple[_Formula, ...]:
    left, one, other = draw.pick(
        ("U", "R", "I"), ("s", "v", "t"), ("F", "m", "a"), ("W", "F", "s"), ("P", "U", "I"),
        ("m", "d", "V"), ("p", "c", "n"), ("A", "g", "h"), ("Q", "n", "k"), ("V", "A", "h"),
    )  # fmt: skip
    one, other = draw.shuffled((one, other))
    up = "inverse-upside-down"
    return (
        (
            f"{left} = {one}*{other}", f"{left} = {one}{other}", one, f"{left}/{other}",
            ((f"{other}/{left}", up), (f"{left} - {other}", "moved-without-sign")),
            f"Divide both sides by ${other}$.",
        ),
        (
            f"{left} = {a}*{one}", f"{left} = {a}{one}", one, f"{left}/{a}",
            ((f"{a}/{left}", up), (f"{left} - {a}", "moved-without-sign")),
            f"Divide both sides by {a}.",
        ),
        (
            f"{left} = {one} + {b}", f"{left} = {one} + {b}", one, f"{left} - {b}",
            ((f"{left} + {b}", "moved-without-sign"),),
            f"Take {b} away on both sides.",
        ),
    )  # fmt: skip


def _lines(draw: Draw, a: int, b: int) -> tuple[_Formula, ...]:
    y, x = draw.pick(("y", "x"), ("K", "n"), ("T", "h"), ("c", "k"), ("s", "t"), ("P", "q"))
    sign, back = draw.pick(("+", "-"), ("-", "+"))
    verb = "Subtract" if sign == "+" else "Add"
    one_term, moved = "divides-one-term", "moved-without-sign"
    return (
        (
            f"{y} = {a}*{x} {sign} {b}", f"{y} = {a}{x} {sign} {b}", x, f"({y} {back} {b})/{a}",
            ((f"{y}/{a} {back} {b}", one_term), (f"({y} {sign} {b})/{a}", moved)),
            f"{verb} {b} on both sides. Then the whole of the left side is divided by {a}.",
        ),
        (
            f"{y} = {a}*({x} {sign} {b})", f"{y} = {a}({x} {sign} {b})", x, f"{y}/{a} {back} {b}",
            ((f"({y} {back} {b})/{a}", one_term), (f"{y}/{a} {sign} {b}", moved)),
            f"Divide both sides by {a}, so that the bracket stands alone.",
        ),
    )  # fmt: skip


def _quotients(draw: Draw, a: int, _: int) -> tuple[_Formula, ...]:
    left, top, low = draw.pick(
        ("p", "F", "A"), ("v", "s", "t"), ("d", "m", "V"), ("R", "U", "I"), ("P", "W", "t")
    )
    up = "inverse-upside-down"
    return (
        (
            f"{left} = {top}/{low}", rf"{left} = \frac{{{top}}}{{{low}}}", low, f"{top}/{left}",
            ((f"{top}*{left}", up), (f"{left}/{top}", up)),
            f"Multiply by ${low}$ first: $ {left} \\cdot {low} = {top}$.",
        ),
        (
            f"{left} = {top}*{low}/{a}", rf"{left} = \frac{{{top}{low}}}{{{a}}}", low,
            f"{a}*{left}/{top}",
            ((f"{left}/({a}*{top})", up), (f"{a}*{left} - {top}", "moved-without-sign")),
            f"Multiply by {a} first: ${a}{left} = {top}{low}$.",
        ),
        (
            f"{left} = ({top} + {low})/{a}", rf"{left} = \frac{{{top} + {low}}}{{{a}}}", low,
            f"{a}*{left} - {top}",
            ((f"{a}*{left} + {top}", "moved-without-sign"), (f"{left}/{a} - {top}", up)),
            f"Multiply by {a} first: ${a}{left} = {top} + {low}$.",
        ),
    )  # fmt: skip


def _roots(draw: Draw, a: int, b: int) -> tuple[_Formula, ...]:
    left, other, x = draw.pick(("E", "m", "v"), ("A", "k", "r"), ("s", "a", "t"), ("P", "R", "I"))
    gone = "root-forgotten"
    return (
        (
            f"{left} = {other}*{x}^2", f"{left} = {other}{x}^2", x, f"sqrt({left}/{other})",
            ((f"{left}/{other}", gone), (f"{left}/(2*{other})", gone)),
            f"Divide by ${other}$, so that ${x}^2$ stands alone.",
        ),
        (
            f"{left} = {other}*{x}^2/{a}", rf"{left} = \frac{{{other}}}{{{a}}}{x}^2", x,
            f"sqrt({a}*{left}/{other})",
            ((f"{a}*{left}/{other}", gone), (f"{a}*{left}/(2*{other})", gone)),
            f"Multiply by {a} first: ${a}{left} = {other}{x}^2$.",
        ),
        (
            f"{left} = {x}^2 + {b}", f"{left} = {x}^2 + {b}", x, f"sqrt({left} - {b})",
            ((f"{left} - {b}", gone), (f"sqrt({left} + {b})", "moved-without-sign")),
            f"Take {b} away, so that ${x}^2$ stands alone.",
        ),
    )  # fmt: skip


def _gathered(draw: Draw, a: int, b: int) -> tuple[_Formula, ...]:
    one, other = draw.pick(("a", "b"), ("p", "q"), ("m", "n"), ("k", "r"))
    x, c = draw.pick("x", "y", "t"), b + draw.integer(1, 9)
    both, moved = "letter-still-there", "moved-without-sign"
    return (
        (
            f"{one}*{x} + {b} = {other}*{x} + {c}", f"{one}{x} + {b} = {other}{x} + {c}", x,
            f"{c - b}/({one} - {other})",
            ((f"({other}*{x} + {c - b})/{one}", both), (f"{c - b}/({one} + {other})", moved)),
            f"Gather: ${one}{x} - {other}{x} = {c - b}$. Now take ${x}$ out of the left side.",
        ),
        (
            f"{one}*{x} = {other} - {a}*{x}", f"{one}{x} = {other} - {a}{x}", x,
            f"{other}/({one} + {a})",
            ((f"({other} - {a}*{x})/{one}", both), (f"{other}/({one} - {a})", moved)),
            f"Gather: ${one}{x} + {a}{x} = {other}$. Now take ${x}$ out of the left side.",
        ),
        (
            f"{x}/{a} = {one}*({x} - {other})", rf"\frac{{{x}}}{{{a}}} = {one}({x} - {other})", x,
            f"{a}*{one}*{other}/({a}*{one} - 1)",
            (
                (f"{a}*{one}*({x} - {other})", both),
                (f"{one}*{other}/({one} - 1)", "divides-one-term"),
            ),
            f"Open the bracket, and multiply everything by {a}.",
        ),
    )  # fmt: skip
