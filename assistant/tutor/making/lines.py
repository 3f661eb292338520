"""Straight lines, and where two of them meet."""

from fractions import Fraction

from assistant.domain.exercise import AnswerKind
from assistant.tutor.making.drafts import About, Claim, Draft, Draw, inner, plain, poly, tex

_PAIR = "Write the pair like (1, 2)."


def slope(draw: Draw) -> Draft:
    """Slopes from two points, rates of change, and a coordinate from a slope."""
    made = draw.by_level((_whole_slope,), (_any_slope,), (_any_slope, _rate), (_missing,))
    return draw.pick(*made)(draw)


def _whole_slope(draw: Draw) -> Draft:
    m, run = draw.signed(2, 6) if draw.pick(0, 1) else draw.integer(2, 6), draw.integer(2, 5)
    x, y = draw.integer(0, 5), draw.integer(0, 9)
    return _slope_of(draw, (x, y), (x + run, y + m * run))


def _any_slope(draw: Draw) -> Draft:
    x, y = draw.signed(1, 9), draw.signed(1, 9)
    run, rise = draw.integer(2, 9), draw.signed(1, 9)
    return _slope_of(draw, (x, y), (x + run, y + rise))


def _slope_of(draw: Draw, one: tuple[int, int], other: tuple[int, int]) -> Draft:
    (x, y), (u, v) = one, other
    rise, run = v - y, u - x
    wrong = [(plain(-Fraction(rise, run)), "mixed-order")]
    if rise:
        wrong.append((plain(Fraction(run, rise)), "run-over-rise"))
    if x < 0 and u + x:
        wrong.insert(0, (plain(Fraction(rise, u + x)), "sign-slip"))
    if y < 0:
        wrong.insert(0, (plain(Fraction(v + y, run)), "sign-slip"))
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=draw.ask(
            f"$({x}, {y})$ and $({u}, {v})$",
            "Find the slope of the line through {}.",
            "What is the slope of the line through {}?",
            "A line passes through {}. What is its slope?",
        ),
        answer=plain(Fraction(rise, run)),
        claim=Claim(About.VALUE, (f"({v} - {inner(y)})/({u} - {inner(x)})",)),
        nudge="How far up or down, and how far to the right?",
        idea="Slope is rise over run, both counted from the same point.",
        part=f"The run is ${u} - {inner(x)}$. Find the rise in the same order.",
        solution=(
            f"The rise is ${v} - {inner(y)} = {rise}$, the run ${u} - {inner(x)} = {run}$.",
            f"The slope is ${tex(Fraction(rise, run))}$.",
        ),
        wrong=tuple(wrong),
    )


def _rate(draw: Draw) -> Draft:
    thing, unit, each = draw.pick(
        ("a bath tub holds", "litres", "minute"),
        ("a tank holds", "litres", "hour"),
        ("a candle is", "mm long", "minute"),
        ("a plant is", "mm tall", "day"),
        ("a cyclist has ridden", "km", "hour"),
        ("a battery shows", "percent", "hour"),
    )
    first, run, rate = draw.integer(1, 9), draw.integer(2, 9), draw.integer(2, 12)
    if thing in {"a candle is", "a battery shows"}:
        rate = -rate
    begin = draw.integer(10, 30) if rate > 0 else draw.integer(120, 200)
    one, other = begin + rate * first, begin + rate * (first + run)
    if rate < 0 and (other < 0 or (unit == "percent" and one > 100)):  # noqa: PLR2004 - per cent
        return _rate(draw)
    what = unit.split()[0]
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=f"After {first} {each}{'s' if first > 1 else ''} {thing} {one} {unit}, after "
        f"{first + run} {each}s {other} {unit}. By how many {what} does it "
        f"{'grow' if rate > 0 else 'shrink'} per {each}?"
        if "walked" not in thing
        else f"After {first} {each}{'s' if first > 1 else ''} {thing} {one} km, after "
        f"{first + run} {each}s {other} km. How many km is that per {each}?",
        answer=str(abs(rate)),
        claim=Claim(
            About.VALUE, (f"({max(one, other)} - {min(one, other)})/({first + run} - {first})",)
        ),
        nudge="Which quantity is the run here?",
        idea=f"The rate is the change in {what} over the change in {each}s.",
        part=f"It changes by {abs(rate * run)} {what}. In how many {each}s?",
        solution=(
            f"{abs(rate * run)} {what} in {run} {each}{'s' if run > 1 else ''}.",
            f"${abs(rate)}$ per {each}.",
        ),
        wrong=(
            (plain(Fraction(1, abs(rate))), "run-over-rise"),
            (plain(Fraction(other, first + run)), "mixed-order"),
        ),
    )


def _missing(draw: Draw) -> Draft:
    m, run = Fraction(draw.signed(1, 5), draw.pick(1, 1, 2)), draw.pick(2, 4, 6)
    x, y = draw.signed(1, 9), draw.signed(1, 9)
    answer = y + m * run
    turned = draw.level > 4 and draw.pick(0, 1)  # noqa: PLR2004 - the other coordinate
    if turned:
        second = f"(k, {plain(answer)})"
        claim = f"({plain(answer)} - {inner(y)}) = ({m})*(k - {inner(x)})"
        key, wrong = Fraction(x + run), [(plain(x + m * m * run), "run-over-rise")]
        part = f"The rise is ${plain(m * run)}$; divide it by the slope."
    else:
        second = f"({x + run}, k)"
        claim = f"(k - {inner(y)}) = ({m})*({x + run} - {inner(x)})"
        key, wrong = answer, [(plain(y + run / m), "run-over-rise")]
        part = f"The run is {run}. Multiply it by the slope."
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=f"The line through $({x}, {y})$ and ${second}$ has slope ${tex(m)}$. What is $k$?",
        answer=plain(key),
        claim=Claim(About.SOLUTIONS, (claim, "k")),
        nudge="How far is it from one point to the other?",
        idea="Slope times run is the rise.",
        part=part,
        solution=(
            f"The run is {run} and the rise ${plain(m * run)}$.",
            f"$k = {tex(key)}$.",
        ),
        wrong=(
            (plain(2 * (x if turned else y) - key), "mixed-order"),
            *wrong,
        ),
    )


def lines(draw: Draw) -> Draft:
    """Reading slopes off, crossing the axes, equations from points, parallel lines."""
    made = draw.by_level(
        (_read_slope,), (_on_axis, _through_one), (_through_one, _not_solved), (_through_two,)
    )
    return draw.pick(*made)(draw)


def _read_slope(draw: Draw) -> Draft:
    m, b = draw.signed(2, 9), draw.signed(1, 12)
    turned = draw.pick(0, 1)
    text = f"{b} {'+' if m > 0 else '-'} {abs(m)}x" if turned else poly(m, b)
    asked = draw.pick("slope", "slope", "number at which it crosses the $y$-axis")
    key, slip = (m, b) if asked == "slope" else (b, m)
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=draw.ask(
            f"$y = {text}$",
            f"What is the {asked} of the line {{}}?"
            if asked == "slope"
            else "At which $y$ does the line {} cross the $y$-axis?",
        ),
        answer=str(key),
        claim=Claim(
            About.VALUE,
            (f"({text.replace('x', '*(1)')}) - ({text.replace('x', '*(0)')})",)
            if asked == "slope"
            else (text.replace("x", "*(0)"),),
        ),
        nudge="Which number belongs to $x$, and which stands alone?",
        idea="In $y = mx + b$ the slope is $m$, and $b$ is the value at $x = 0$.",
        part=r"Write it in the usual order, $y = \ldots x + \ldots$, each number with its sign.",
        solution=(f"$m = {m}$ and $b = {b}$.", f"${key}$."),
        wrong=((str(slip), "m-b-swapped"), (str(-key), "sign-slip")),
    )


def _on_axis(draw: Draw) -> Draft:
    x, m = draw.signed(1, 9), draw.signed(2, 9)
    b = -m * x
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=draw.ask(
            f"$y = {poly(m, b)}$",
            "At which $x$ does the line {} cross the $x$-axis?",
            "Where does {} meet the $x$-axis? Give $x$.",
        ),
        answer=str(x),
        claim=Claim(About.SOLUTIONS, (f"{poly(m, b)} = 0", "x")),
        nudge="What is $y$ on the $x$-axis?",
        idea="Put 0 for $y$ and solve.",
        part=f"$0 = {poly(m, b)}$.",
        solution=(f"${m}x = {-b}$.", f"$x = {x}$."),
        wrong=((str(b), "intercept-axes-swapped"), (str(-x), "sign-slip")),
    )


def _line(m: Fraction | int, b: Fraction | int) -> str:
    front = (
        ""
        if m == 1
        else "-"
        if m == -1
        else f"{plain(m)} "
        if Fraction(m).denominator > 1
        else str(m)
    )
    if not b:
        return f"y = {front}x"
    return f"y = {front}x {'+' if b > 0 else '-'} {plain(abs(b))}"


def _line_tex(m: Fraction | int, b: Fraction | int) -> str:
    front = "" if m == 1 else "-" if m == -1 else tex(m)
    return f"y = {front}x" + (f" {'+' if b > 0 else '-'} {tex(abs(b))}" if b else "")


def _through_one(draw: Draw) -> Draft:
    m, x, y = draw.signed(2, 6), draw.signed(1, 6), draw.signed(1, 9)
    b = y - m * x
    parallel = draw.level > 2 and draw.pick(0, 1)  # noqa: PLR2004 - a second idea
    given = (
        f"parallel to $y = {poly(m, draw.integer(1, 9, b))}$" if parallel else f"with slope ${m}$"
    )
    return Draft(
        kind=AnswerKind.MATH,
        prompt=f"Find the equation of the line {given} through $({x}, {y})$. Write $y = \\ldots$",
        answer=_line(m, b),
        claim=Claim(About.LINE, (str(m), str(x), str(y))),
        nudge="What do you know about $m$ already?"
        if not parallel
        else "What have parallel lines in common?",
        idea="Put the slope and the point into $y = mx + b$, and solve for $b$.",
        part=f"${y} = {m} \\cdot {inner(x)} + b$.",
        solution=(f"$b = {y} - {inner(m * x)} = {b}$.", f"${_line_tex(m, b)}$."),
        wrong=(
            (_line(m, y), "any-point-as-b"),
            (_line(m, y + m * x), "sign-slip"),
            (_line(b, m), "m-b-swapped"),
        ),
    )


def _not_solved(draw: Draw) -> Draft:
    a, b, c = draw.signed(1, 9), draw.integer(2, 9), draw.signed(1, 20)
    m = Fraction(-a, b)
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=draw.ask(
            f"${poly(a, 0)} + {b}y = {c}$",
            "What is the slope of the line {}?",
            "Find the slope of the line {}.",
        ),
        answer=plain(m),
        claim=Claim(About.VALUE, (f"({c} - ({a}))/{b} - {c}/{b}",)),
        nudge="Solve for $y$ first.",
        idea="Only in the form $y = mx + b$ can the slope be read off.",
        part=f"${b}y = {poly(-a, c)}$; divide everything by {b}.",
        solution=(f"${_line_tex(m, Fraction(c, b))}$.", f"${tex(m)}$."),
        wrong=(
            (str(a), "coefficient-as-slope"),
            (plain(-m), "sign-slip"),
            (plain(Fraction(c, b)), "m-b-swapped"),
        ),
    )


def _through_two(draw: Draw) -> Draft:
    m = Fraction(draw.signed(1, 5), draw.pick(*draw.by_level((1,), (1,), (1,), (1, 2), (2, 3))))
    x, y = draw.signed(1, 6), draw.signed(1, 9)
    run = m.denominator * draw.integer(1, 4)
    u, v = x + run, int(y + m * run)
    b = y - m * x
    return Draft(
        kind=AnswerKind.MATH,
        prompt=f"Find the equation of the line through $({x}, {y})$ and $({u}, {v})$. "
        r"Write $y = \ldots$",
        answer=_line(m, b),
        claim=Claim(About.LINE, (f"({v} - {inner(y)})/({u} - {inner(x)})", str(x), str(y))),
        nudge="First the slope.",
        idea="Then put one of the points in to find $b$.",
        part=f"The rise is ${v} - {inner(y)}$ and the run ${u} - {inner(x)}$.",
        solution=(
            f"The slope is ${tex(m)}$, and $b = {y} - {inner(m)} \\cdot {inner(x)} = {tex(b)}$.",
            f"${_line_tex(m, b)}$.",
        ),
        wrong=(
            (_line(m, y), "any-point-as-b"),
            (_line(m, y + m * x), "sign-slip"),
            (_line(1 / m, y - x / m), "coefficient-as-slope"),
        ),
    )


def systems(draw: Draw) -> Draft:
    """Two equations with two unknowns, bare and in stories."""
    made = draw.by_level(
        (_sum_and_difference,),
        (_put_in,),
        (_put_in, _one_factor),
        (_two_factors, _prices),
        (_two_factors, _prices),
    )
    return draw.pick(*made)(draw)


def _system(
    draw: Draw,
    one: str,
    other: str,
    pair: tuple[int, int],
    *rest: str,
    wrong: tuple[tuple[str, str], ...] = (),
) -> Draft:
    idea, part, line = rest
    x, y = pair
    return Draft(
        kind=AnswerKind.MATH,
        prompt=draw.ask(
            f"${one}$ and ${other}$",
            f"Solve {{}}. {_PAIR}",
            f"Find the pair $(x, y)$ that solves {{}}. {_PAIR}",
            f"Where do the lines {{}} meet? {_PAIR}",
        ),
        answer=f"({x}, {y})",
        claim=Claim(About.SYSTEM, (one, other)),
        nudge="Which letter is easier to get rid of?",
        idea=idea,
        part=part,
        solution=(line, f"$({x}, {y})$."),
        wrong=((f"({y}, {x})", "stops-after-one"), *wrong),
    )


def _sum_and_difference(draw: Draw) -> Draft:
    x, y = draw.integer(1, 12), draw.integer(1, 12)
    one, other = draw.shuffled((f"x + y = {x + y}", f"x - y = {x - y}"))
    slip = ((f"({x}, {-y})", "signs-when-subtracting"),)
    return _system(
        draw,
        one,
        other,
        (x, y),
        "If you add both equations, $y$ and $-y$ cancel.",
        f"The sum of both equations is $2x = {2 * x}$.",
        f"$x = {x}$, put into the first.",
        wrong=slip,
    )


def _put_in(draw: Draw) -> Draft:
    x, y = draw.signed(1, 6), draw.signed(1, 9)
    m, a, b = draw.integer(2, 5), draw.integer(1, 5), draw.integer(1, 4)
    first = f"y = {poly(m, y - m * x)}"
    second = f"{poly(a, 0)} + {'' if b == 1 else b}y = {a * x + b * y}"
    c = y - m * x
    fake = Fraction(a * x + b * y - c, a + b * m)
    wrong = ((f"({plain(fake)}, {plain(m * fake + c)})", "no-brackets"),) if b > 1 else ()
    return _system(
        draw,
        first,
        second,
        (x, y),
        "One equation says already what $y$ is: put it into the other, in brackets.",
        f"${poly(a, 0)} + {'' if b == 1 else b}({poly(m, c)}) = {a * x + b * y}$.",
        f"${a + b * m}x = {a * x + b * y - b * c}$, so $x = {x}$.",
        wrong=wrong,
    )


def _two(a: int, b: int) -> str:
    return f"{poly(a, 0)} {'+' if b > 0 else '-'} {'' if abs(b) == 1 else abs(b)}y"


def _one_factor(draw: Draw) -> Draft:
    x, y = draw.signed(1, 6), draw.signed(1, 6)
    a, b, c, d = draw.integer(2, 5), draw.integer(2, 5), draw.integer(1, 5), draw.pick(1, -1)
    if a * d == b * c:
        return _one_factor(draw)
    verb = "add" if d < 0 else "subtract"
    return _system(
        draw,
        f"{_two(a, b)} = {a * x + b * y}",
        f"{_two(c, d)} = {c * x + d * y}",
        (x, y),
        f"Multiply the second equation by {b}, all of it.",
        f"${_two(c * b, d * b)} = {b * (c * x + d * y)}$; now {verb} both equations.",
        f"Without $y$ it gives $x = {x}$.",
        wrong=_half_multiplied((a, b, a * x + b * y), (c * b, d * b, c * x + d * y)),
    )


def _half_multiplied(
    one: tuple[int, int, int], other: tuple[int, int, int]
) -> tuple[tuple[str, str], ...]:
    """What comes out where the right side was not multiplied."""
    (a, b, c), (d, e, f) = one, other
    base = a * e - b * d
    if not base:
        return ()
    x, y = Fraction(c * e - b * f, base), Fraction(a * f - c * d, base)
    return ((f"({plain(x)}, {plain(y)})", "one-side-multiplied"),)


def _two_factors(draw: Draw) -> Draft:
    x, y = draw.signed(1, 7), draw.signed(1, 7)
    a, c = draw.some((2, 3, 4, 5, 6), 2)
    b, d = draw.signed(2, 5), draw.signed(2, 5)
    if a * d == b * c or abs(b) == abs(d):
        return _two_factors(draw)
    p, q = a * x + b * y, c * x + d * y
    return _system(
        draw,
        f"{_two(a, b)} = {p}",
        f"{_two(c, d)} = {q}",
        (x, y),
        "Multiply both equations, so that one letter has the same number in both.",
        f"Multiply the first by {c} and the second by {a}: both begin with ${a * c}x$.",
        f"The difference is ${poly(b * c - d * a, 0, letter='y')} = {p * c - q * a}$.",
        wrong=_half_multiplied((a * c, b * c, p), (c * a, d * a, q)),
    )


def _prices(draw: Draw) -> Draft:
    one, other = draw.pick(
        ("adult", "child"),
        ("coffee", "tea"),
        ("pen", "pencil"),
        ("apple", "pear"),
        ("rose", "tulip"),
        ("notebook", "folder"),
    )
    x, y = draw.integer(2, 15), draw.integer(2, 15)
    a, b = draw.some((2, 3, 4, 5), 2)
    c = draw.integer(1, 4, a)
    if a * b == b * c or x == y:
        return _prices(draw)
    d = draw.integer(1, 6, b)
    if a * d == b * c:
        return _prices(draw)

    def many(count: int, name: str) -> str:
        plural = {"child": "children"}.get(name, f"{name}s")
        return f"{count} {plural if count > 1 else name}"

    first, second = a * x + b * y, c * x + d * y
    verb = "pay" if one == "adult" else "cost"
    last = "pays" if one == "adult" else "costs"
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=f"{many(a, one).capitalize()} and {many(b, other)} {verb} €{first} together, "
        f"{many(c, one)} and {many(d, other)} {verb} €{second}. How many euros does "
        f"one {other} {last.removesuffix('s')}?",
        answer=str(y),
        claim=Claim(About.SECOND, (f"{_two(a, b)} = {first}", f"{_two(c, d)} = {second}")),
        nudge="Write an equation for each of the two sums.",
        idea=f"Multiply them so that both have as many {many(2, one).split()[1]}, then compare.",
        part=f"With {a * c} {many(2, one).split()[1]} in both: the first becomes €{first * c}, the "
        f"second €{second * a}. How many {many(2, other).split()[1]} make the difference?",
        solution=(
            f"€{abs(first * c - second * a)} for {many(abs(b * c - d * a), other)}.",
            f"€{y}.",
        ),
        wrong=((str(x), "stops-after-one"),),
    )
