"""Decimals, percentages, ratios, units."""

from fractions import Fraction
from math import gcd

from assistant.domain.exercise import AnswerKind
from assistant.tutor.making.drafts import About, Claim, Draft, Draw, decimal, plain, tex


def decimals(draw: Draw) -> Draft:
    """Sums, products and quotients of decimals, and the larger of two."""
    made = draw.by_level((_larger, _sum), (_sum,), (_product,), (_product, _divided), (_divided,))
    return draw.pick(*made)(draw)


def _larger(draw: Draw) -> Draft:
    tenths = draw.integer(3, 9)
    small = Fraction(draw.integer(11, tenths * 10 - 1), 100)
    big, whole = Fraction(tenths, 10), draw.integer(0, 9)
    rows = draw.shuffled([(decimal(whole + big), ""), (decimal(whole + small), "longer-is-larger")])
    statements = ((whole + big, whole + small), (whole + small, whole + big))
    return Draft(
        kind=AnswerKind.CHOICE,
        prompt=draw.ask(
            " or ".join(text for text, _ in rows), "Which is larger: {}?", "Which is more, {}?"
        ),
        answer=decimal(whole + big),
        claim=Claim(
            About.ONLY_TRUE,
            tuple(f"{decimal(a)}|{decimal(a)} > {decimal(b)}" for a, b in statements),
        ),
        nudge="Compare place by place, from the left.",
        idea="Fill up with zeros until both have as many places.",
        part="The tenths decide here; look at nothing behind them.",
        solution=("Write both with as many places.", f"{decimal(whole + big)} is larger."),
        choices=rows,
    )


def _sum(draw: Draw) -> Draft:
    a, b = Fraction(draw.integer(11, 99), 10), Fraction(draw.integer(101, 989), 100)
    one, other = draw.shuffled((a, b))
    left, right = int(a) + int(b), int((a % 1) * 10) + int((b % 1) * 100)
    answer = one + other
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=draw.ask(f"${decimal(one)} + {decimal(other)}$"),
        answer=decimal(answer),
        claim=Claim(About.VALUE, (f"{decimal(one)} + {decimal(other)}",)),
        nudge="Which digits belong under each other?",
        idea="Write the points under each other and fill up with zeros.",
        part=f"{decimal(a)} is the same as {decimal(a)}0.",
        solution=(
            f"${decimal(a)}0 + {decimal(b)}$, place by place.",
            f"${decimal(answer)}$.",
        ),
        wrong=((f"{left}.{right}", "point-ignored"),),
    )


def _product(draw: Draw) -> Draft:
    a, b = draw.integer(2, 9), draw.integer(2, draw.by_level(9, 9, 15, 39))
    one, other = Fraction(a, 10), Fraction(b, draw.pick(10, 100))
    answer = one * other
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=draw.ask(f"${decimal(one)} \\times {decimal(other)}$"),
        answer=decimal(answer),
        claim=Claim(About.VALUE, (f"{decimal(one)}*{decimal(other)}",)),
        nudge="Should the result be more or less than each factor?",
        idea="Multiply without the points; the result has as many places as both together.",
        part=f"Without points it is ${a} \\times {b}$.",
        solution=(
            f"${a} \\times {b} = {a * b}$, and the places of both factors are added.",
            f"${decimal(answer)}$.",
        ),
        wrong=(
            (decimal(answer * 10), "places-not-added"),
            (decimal(answer * 100), "places-not-added"),
        ),
    )


def _divided(draw: Draw) -> Draft:
    quotient, by = draw.integer(12, 90), draw.pick(2, 4, 5, 8)
    divisor = Fraction(by, draw.pick(10, 100))
    whole = quotient * divisor
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=draw.ask(f"${decimal(whole)} \\div {decimal(divisor)}$"),
        answer=str(quotient),
        claim=Claim(About.VALUE, (f"{decimal(whole)}/{decimal(divisor)}",)),
        nudge="How often does the divisor fit in? More or less often than the number itself?",
        idea="Move both points to the right alike, until the divisor is whole.",
        part=f"It is the same as dividing by {by}, once both points are moved.",
        solution=(
            f"${tex(whole * by / divisor)} \\div {by}$.",
            f"${quotient}$.",
        ),
        wrong=(
            (decimal(whole * divisor), "division-makes-smaller"),
            (decimal(Fraction(quotient, 100)), "division-makes-smaller"),
        ),
    )


_GOODS = ("coat", "bicycle", "lamp", "desk", "phone", "tent", "guitar", "chair", "camera", "watch")
_GROUPS = ("pupils", "guests", "trees", "books", "tickets", "cars", "members", "seats", "eggs")


def percentages(draw: Draw) -> Draft:
    """A part of a whole, the percentage it is, and the whole of a part."""
    percent = draw.pick(*draw.by_level((10, 20, 25, 50), (5, 15, 30, 40, 60, 75, 80)))
    unit = 100 // gcd(100, percent)
    whole = unit * draw.integer(2, draw.by_level(12, 25, 40, 60, 90)) * draw.pick(1, 1, 5)
    part = whole * percent // 100
    return draw.pick(
        *draw.by_level((_part,), (_part,), (_part, _which), (_which, _whole), (_whole,))
    )(draw, percent, whole, part)


def _part(draw: Draw, percent: int, whole: int, part: int) -> Draft:
    group = draw.pick(*_GROUPS)
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=draw.pick(
            f"What is {percent} % of {whole}?",
            f"Work out {percent} % of {whole}.",
            f"There are {whole} {group}, and {percent} % of them are new. How many are new?",
        ),
        answer=str(part),
        claim=Claim(About.VALUE, (f"{percent}*{whole}/100",)),
        nudge="How much is one percent of it, or ten?",
        idea="Percent means hundredths: multiply the whole by so many hundredths.",
        part=f"One percent of {whole} is {decimal(Fraction(whole, 100))}.",
        solution=(f"${whole} \\times \\frac{{{percent}}}{{100}}$.", f"${part}$."),
        wrong=(
            (str(percent), "percent-as-number"),
            (plain(Fraction(whole, percent)), "divide-by-percent"),
        ),
    )


def _which(draw: Draw, percent: int, whole: int, part: int) -> Draft:
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=draw.pick(
            f"What percentage of {whole} is {part}?",
            f"{part} out of {whole} {draw.pick(*_GROUPS)}: how many percent is that?",
        ),
        answer=str(percent),
        unit="%",
        claim=Claim(About.VALUE, (f"{part}/{whole}*100",)),
        nudge="Which number is the whole?",
        idea="Divide the part by the whole, and read the result as hundredths.",
        part=f"Begin with the fraction $\\frac{{{part}}}{{{whole}}}$.",
        solution=(f"$\\frac{{{part}}}{{{whole}}}$ in hundredths.", f"{percent} %."),
        wrong=(
            (plain(Fraction(whole * 100, part)), "part-whole-swapped"),
            (str(part), "percent-as-number"),
        ),
    )


def _whole(draw: Draw, percent: int, whole: int, part: int) -> Draft:
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=draw.pick(
            f"{percent} % of a number is {part}. What is the number?",
            f"{part} {draw.pick(*_GROUPS)} are {percent} % of them all. How many are there in all?",
        ),
        answer=str(whole),
        claim=Claim(About.SOLUTIONS, (f"{percent}/100*x = {part}", "x")),
        nudge="Is the number that is given the whole, or a part of it?",
        idea="Find one percent first, then a hundred of them.",
        part=f"Divide {part} by {percent}: that is one percent.",
        solution=(f"${part} \\div {percent} \\times 100$.", f"${whole}$."),
        wrong=((plain(Fraction(part * percent, 100)), "percent-of-part"),),
    )


def percentage_change(draw: Draw) -> Draft:
    """New values, changes in percent, two changes in a row, and old values."""
    made = draw.by_level((_new,), (_new,), (_change,), (_twice, _change), (_old, _twice))
    return draw.pick(*made)(draw)


def _new(draw: Draw) -> Draft:
    percent = draw.pick(5, 10, 15, 20, 25, 30, 40)
    old = draw.integer(2, 30) * 20
    up = draw.pick(1, -1)
    change = old * percent // 100
    new = old + up * change
    word = "rises" if up > 0 else "falls"
    thing = draw.pick(*_GOODS)
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=draw.pick(
            f"A price of €{old} {word} by {percent} %. What is the new price in euros?",
            f"A {thing} costs €{old} and {word} by {percent} %. How much is it then, in euros?",
        ),
        answer=str(new),
        claim=Claim(About.VALUE, (f"{old}*(1 {'+' if up > 0 else '-'} {percent}/100)",)),
        nudge="Which part of the old price is the new one?",
        idea="The old price is a hundred percent; add the change to it, or take it away.",
        part=f"The new price is {100 + up * percent} % of {old}.",
        solution=(f"${old} \\times {decimal(1 + Fraction(up * percent, 100))}$.", f"${new}$."),
        wrong=((str(change), "change-is-result"), (str(old + up * percent), "")),
    )


def _change(draw: Draw) -> Draft:
    percent = draw.pick(10, 20, 25, 30, 40, 50, 60)
    old = draw.integer(1, 20) * 20
    up = draw.pick(1, -1)
    new = old + up * old * percent // 100
    word = "rises" if up > 0 else "falls"
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=f"{draw.pick('A price', 'A rent', 'A reading', 'A membership')} {word} from "
        f"{old} to {new}. By how many percent?",
        answer=str(percent),
        unit="%",
        claim=Claim(About.VALUE, (f"{abs(new - old)}/{old}*100",)),
        nudge="What is the change, and what is it compared with?",
        idea="Divide the change by the old value.",
        part=f"The change is {abs(new - old)}; compare it with the value that was there first.",
        solution=(f"$\\frac{{{abs(new - old)}}}{{{old}}}$ in hundredths.", f"{percent} %."),
        wrong=(
            (plain(Fraction(abs(new - old) * 100, new)), "compares-with-new"),
            (str(abs(new - old)), "change-is-result"),
        ),
    )


def _twice(draw: Draw) -> Draft:
    first, second = draw.pick(10, 20, 30, 40, 50), draw.pick(10, 20, 25, 30, 50)
    value = (1 + Fraction(first, 100)) * (1 + Fraction(second, 100)) * 100 - 100
    thing = draw.pick("A price", "A population", "The value of a share", "A rent")
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=f"{thing} rises by {first} % and then by {second} %. "
        + draw.pick("By how many percent in all?", "What is the whole rise in percent?"),
        answer=decimal(value),
        unit="%",
        claim=Claim(About.VALUE, (f"((100 + {first})*(100 + {second}) - 10000)/100",)),
        nudge="Of what is the second percentage taken?",
        idea="Multiply the factors of both changes.",
        part=f"The factors are {decimal(1 + Fraction(first, 100))} and "
        f"{decimal(1 + Fraction(second, 100))}.",
        solution=(
            f"The product of the factors is {decimal(value / 100 + 1)}.",
            f"The rise is {decimal(value)} %.",
        ),
        wrong=((str(first + second), "adds-percents"),),
    )


def _old(draw: Draw) -> Draft:
    percent, up = draw.pick(10, 20, 25, 50), draw.pick(1, -1)
    old = draw.integer(2, 30) * 20
    new = old + up * old * percent // 100
    word = "risen" if up > 0 else "fallen"
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=draw.pick(
            f"A price has {word} by {percent} % and is €{new} now. What was it before, in euros?",
            f"After it has {word} by {percent} %, a rent is €{new}. How many euros was it before?",
        ),
        answer=str(old),
        claim=Claim(
            About.SOLUTIONS, (f"x*(100 {'+' if up > 0 else '-'} {percent})/100 = {new}", "x")
        ),
        nudge="The percentage was taken of the old price. Which part of it is the new one?",
        idea="Divide by the factor of the change.",
        part=f"The new price is {100 + up * percent} % of the old one.",
        solution=(f"${new} \\div {decimal(1 + Fraction(up * percent, 100))}$.", f"${old}$."),
        wrong=(
            (decimal(new * (1 - Fraction(up * percent, 100))), "undo-by-same-percent"),
            (str(abs(new - old)), "change-is-result"),
        ),
    )


def ratio_and_proportion(draw: Draw) -> Draft:
    """Sharing, scaling up, and more hands for less time."""
    made = draw.by_level(
        (_scaled,), (_shared, _scaled), (_shared,), (_inverse, _shared), (_inverse,)
    )
    return draw.pick(*made)(draw)


def _scaled(draw: Draw) -> Draft:
    thing, unit = draw.pick(("apples", "kg"), ("cloth", "m"), ("juice", "l"), ("wire", "m"))
    amount, other = draw.some(range(2, 12 + 3 * draw.level), 2)
    price = draw.integer(2, 9)
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=f"{amount} {unit} of {thing} cost €{amount * price}. "
        + draw.pick(
            f"How many euros do {other} {unit} cost?", f"What do {other} {unit} cost, in euros?"
        ),
        answer=str(other * price),
        claim=Claim(About.VALUE, (f"{amount * price}/{amount}*{other}",)),
        nudge=f"What does a single {unit} cost?",
        idea="Twice as much costs twice as much: scale by multiplying.",
        part=f"Divide {amount * price} by {amount} first.",
        solution=(f"One {unit} costs €{price}.", f"{other} {unit} cost €{other * price}."),
        wrong=((str(amount * price + other - amount), "additive-scaling"),),
    )


def _shared(draw: Draw) -> Draft:
    a, b = draw.pick((2, 3), (1, 4), (3, 5), (2, 7), (3, 4), (5, 7), (1, 3), (4, 5))
    size = draw.integer(3, 8 * draw.level)
    a, b = draw.shuffled((a, b))
    one, other = draw.some(("Ana", "Ben", "Cem", "Dora", "Eli", "Finn"), 2)
    total = size * (a + b)
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=f"{one} and {other} share €{total} in the ratio {a} : {b}. "
        + draw.pick(f"How many euros does {one} get?", f"What is the share of {one} in euros?"),
        answer=str(size * a),
        claim=Claim(About.VALUE, (f"{total}*{a}/({a} + {b})",)),
        nudge="How many equal parts are there in all?",
        idea="Add up the parts of the ratio, and find what one part is worth.",
        part=f"There are {a + b} parts in all.",
        solution=(f"One part is €{size}.", f"{one} gets {a} of them: €{size * a}."),
        wrong=(
            (str(size * b), "order-swapped"),
            (plain(Fraction(total * a, b)), "part-to-part-as-fraction"),
        ),
    )


def _inverse(draw: Draw) -> Draft:
    (workers, others), days = draw.some(range(2, 13), 2), draw.integer(2, 15)
    days *= others // gcd(others, workers)
    answer = Fraction(workers * days, others)
    who = draw.pick("painters", "machines", "pumps", "gardeners", "printers")
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=f"{workers} {who} need {days} hours for a job. "
        f"How many hours do {others} {who} need for it, at the same pace?",
        answer=plain(answer),
        claim=Claim(About.SOLUTIONS, (f"{others}*x = {workers}*{days}", "x")),
        nudge="Do they need more time, or less?",
        idea="The work stays the same: number times hours does not change.",
        part=f"One alone would need ${workers} \\times {days}$ hours.",
        solution=(f"The job is {workers * days} hours of work.", f"{plain(answer)} hours."),
        wrong=(
            (plain(Fraction(days * others, workers)), "inverse-as-direct"),
            (str(days + workers - others), "additive-scaling"),
        ),
    )


def units_and_rates(draw: Draw) -> Draft:
    """Lengths, areas, hours and minutes, speeds and their mean."""
    made = draw.by_level((_length,), (_length, _hours), (_area, _hours), (_area, _mean), (_mean,))
    return draw.pick(*made)(draw)


_LENGTHS = (
    ("m", "cm", 100),
    ("km", "m", 1000),
    ("cm", "mm", 10),
    ("kg", "g", 1000),
    ("l", "ml", 1000),
)


def _length(draw: Draw) -> Draft:
    big, small, factor = draw.pick(*_LENGTHS)
    value = Fraction(draw.integer(12, 950), draw.pick(10, 100, 100))
    down = draw.pick(0, 1)
    given, answer = (value, value * factor) if down else (value * factor, value)
    here, there = (big, small) if down else (small, big)
    text = f"{decimal(given)} {here}"
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=draw.pick(f"How many {there} are {text}?", f"Change {text} to {there}."),
        answer=decimal(answer),
        unit=there,
        claim=Claim(About.VALUE, (f"{decimal(given)}{'*' if down else '/'}{factor}",)),
        nudge="Is the new unit larger or smaller? So will there be more or fewer of them?",
        idea="Multiply by a fraction that is worth one, so that the old unit cancels.",
        part=f"1 {big} is {factor} {small}.",
        solution=(
            f"{'Multiply' if down else 'Divide'} by {factor}.",
            f"{decimal(answer)} {there}.",
        ),
        wrong=((decimal(given / factor if down else given * factor), "wrong-direction"),),
    )


def _area(draw: Draw) -> Draft:
    big, small, factor, power = draw.pick(
        ("m", "cm", 100, 2), ("cm", "mm", 10, 2), ("km", "m", 1000, 2), ("m", "cm", 100, 3)
    )
    value = Fraction(draw.integer(2, 95), draw.pick(1, 10))
    sign = "²" if power == 2 else "³"  # noqa: PLR2004 - squares and cubes
    answer = value * factor**power
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=draw.pick(
            f"How many {small}{sign} are {decimal(value)} {big}{sign}?",
            f"Change {decimal(value)} {big}{sign} to {small}{sign}.",
        ),
        answer=decimal(answer),
        claim=Claim(About.VALUE, (f"{decimal(value)}*{factor}^{power}",)),
        nudge="Draw a square, or a cube: how many small ones fit along each edge?",
        idea="The factor of lengths counts once for every direction.",
        part=f"1 {big} is {factor} {small}; a square or cube has more than one edge.",
        solution=(f"The factor is ${factor}^{power}$.", f"{decimal(answer)} {small}{sign}."),
        wrong=((decimal(value * factor), "linear-factor-for-area"),),
    )


def _hours(draw: Draw) -> Draft:
    hours = draw.integer(1, 9) + Fraction(draw.integer(1, 19, 10), 20)
    text = decimal(hours)
    whole, places = text.split(".")
    minutes = hours * 60
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=draw.pick(f"How many minutes are {text} hours?", f"Change {text} hours to minutes."),
        answer=str(minutes),
        claim=Claim(About.VALUE, (f"{text}*60",)),
        nudge="How many minutes are a tenth of an hour?",
        idea="An hour has 60 minutes, not 100: multiply.",
        part=f"The whole hours alone are {int(whole) * 60} minutes.",
        solution=(f"${text} \\times 60$.", f"{minutes} minutes."),
        wrong=(
            (str(int(whole) * 60 + int(places)), "decimal-time"),
            (str(int(whole) * 100 + int(places)), "decimal-time"),
        ),
    )


def _mean(draw: Draw) -> Draft:
    one, other = draw.pick(
        (20, 30), (30, 60), (40, 60), (60, 90), (60, 120), (10, 15), (12, 24), (20, 60), (30, 90),
        (24, 48), (40, 120), (15, 30), (50, 75), (80, 120), (20, 80), (36, 72), (10, 40), (12, 60),
    )  # fmt: skip
    one, other = draw.shuffled((one, other))
    who = draw.pick("A van", "A bus", "A train", "A motorcyclist", "A boat", "A tram")
    answer = Fraction(2 * one * other, one + other)
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=f"{who} goes somewhere at {one} km/h and the same way back at {other} km/h. "
        + draw.pick("What is its average speed in km/h?", "What is the average speed over both?"),
        answer=plain(answer),
        unit="km/h",
        claim=Claim(About.VALUE, (f"2/(1/{one} + 1/{other})",)),
        nudge="On which of the ways does it spend more time?",
        idea="Average speed is the whole way over the whole time; choose any length of the way.",
        part=f"For a way of {one * other} km, one way takes {other} h and the other {one} h.",
        solution=(
            f"${2 * one * other}$ km in ${one + other}$ h.",
            f"{plain(answer)} km/h.",
        ),
        wrong=((plain(Fraction(one + other, 2)), "mean-of-speeds"),),
    )
