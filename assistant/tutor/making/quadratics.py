"""Products of brackets, factors, and quadratic equations that factor."""

from assistant.domain.exercise import AnswerKind, Form
from assistant.tutor.making.drafts import About, Claim, Draft, Draw, poly

_ALL = "Give all solutions."


def bracket(root: int, letter: str = "x", front: int = 1) -> str:
    """The factor that is zero there: ``(x - 3)`` for 3; with a front ``(2x - 3)`` for 3/2."""
    return f"({poly(front, -root, letter=letter)})"


def roots(*values: int | str) -> str:
    """Solutions as they are typed: ``x = 2 or x = -5``."""
    return " or ".join(f"x = {value}" for value in dict.fromkeys(map(str, values)))


def multiplying_brackets(draw: Draw) -> Draft:
    """Two brackets, squares of a bracket, sum times difference."""
    x = draw.pick("x", "x", "a", "y", "n")
    made = draw.by_level(
        (_plus,), (_signs, _square), (_square, _third), (_fronts,), (_fronts, _rest)
    )
    text, answer, wrong, part = draw.pick(*made)(draw)
    return Draft(
        kind=AnswerKind.MATH,
        prompt=draw.ask(
            f"${text.replace('x', x)}$",
            "Expand {}.",
            "Multiply out: {}.",
            "Write {} without brackets.",
        ),
        answer=answer.replace("x", x),
        form=Form.EXPANDED,
        claim=Claim(About.VALUE, (text.replace("x", x),)),
        nudge="How many products are there if every term meets every other?",
        idea="Each term of the first bracket times each of the second, with its sign.",
        part=part.replace("x", x) if x != "x" else part,
        solution=("Multiply each by each, and collect.", f"${answer.replace('x', x)}$."),
        wrong=tuple((wrong_one.replace("x", x), idea) for wrong_one, idea in wrong),
    )


_Product = tuple[str, str, tuple[tuple[str, str], ...], str]


def _two_brackets(a: int, b: int, c: int, d: int) -> _Product:
    """(ax + b)(cx + d)."""
    return (
        f"({poly(a, b)})({poly(c, d)})",
        poly(a * c, a * d + b * c, b * d),
        (
            (poly(a * c, 0, b * d), "strips-forgotten"),
            (poly(a * c, a * d - b * c, b * d), "sign-slip"),
            (poly(a * c, a * d + b * c, -b * d), "sign-slip"),
        ),
        f"The two products in the middle are ${poly(a * d, 0)}$ and ${poly(b * c, 0)}$.",
    )


def _plus(draw: Draw) -> _Product:
    return _two_brackets(1, draw.integer(1, 9), 1, draw.integer(1, 9))


def _signs(draw: Draw) -> _Product:
    return _two_brackets(1, draw.signed(1, 9), 1, -draw.integer(1, 9))


def _fronts(draw: Draw) -> _Product:
    return _two_brackets(
        draw.integer(2, 5), draw.signed(1, 9), draw.integer(1, 5), draw.signed(1, 9)
    )


def _square(draw: Draw) -> _Product:
    a = 1 if draw.level < 3 else draw.integer(2, 6)  # noqa: PLR2004 - with a front
    b = draw.signed(1, 12)
    wrong = [
        (poly(a * a, 0, b * b), "square-termwise"),
        (poly(a * a, a * b, b * b), "strips-forgotten"),
    ]
    if a > 1:
        wrong.append((poly(a, 2 * a * b, b * b), "coefficient-not-squared"))
    return (
        f"({poly(a, b)})^2",
        poly(a * a, 2 * a * b, b * b),
        tuple(wrong),
        f"It is the same as $({poly(a, b)})$ times itself; the middle holds two equal products.",
    )


def _third(draw: Draw) -> _Product:
    a, b = draw.integer(1, 7), draw.integer(2, 12)
    wrong = [(poly(a * a, 0, b * b), "sign-slip"), (poly(a * a, -2 * a * b, -b * b), "sign-slip")]
    if a > 1:
        wrong.append((poly(a, 0, -b * b), "coefficient-not-squared"))
    return (
        f"({poly(a, b)})({poly(a, -b)})",
        poly(a * a, 0, -b * b),
        tuple(wrong),
        f"The products in the middle are ${poly(a * b, 0)}$ and ${poly(-a * b, 0)}$.",
    )


def _rest(draw: Draw) -> _Product:
    a, b, c = draw.integer(2, 9), draw.signed(1, 9), draw.signed(1, 9)
    if 2 * a == b + c:
        return _rest(draw)
    return (
        f"(x + {a})^2 - ({poly(1, b)})({poly(1, c)})",
        poly(2 * a - b - c, a * a - b * c),
        (
            (poly(-b - c, a * a - b * c), "square-termwise"),
            (poly(2 * a + b + c, a * a + b * c), "sign-slip"),
        ),
        f"The square is ${poly(1, 2 * a, a * a)}$; the other product is in brackets after a minus.",
    )


def factoring_quadratics(draw: Draw) -> Draft:
    """Quadratics as products."""
    made = draw.by_level(
        (_factors_plus,),
        (_factors,),
        (_factors, _squares),
        (_with_front, _squares),
        (_with_front, _split),
    )
    return draw.pick(*made)(draw)


def _factored(
    draw: Draw, text: str, answer: str, part: str, wrong: tuple[tuple[str, str], ...]
) -> Draft:
    return Draft(
        kind=AnswerKind.MATH,
        prompt=draw.ask(
            f"${text}$", "Factor {} completely.", "Write {} as a product.", "Factor {}."
        ),
        answer=answer,
        form=Form.FACTORED,
        claim=Claim(About.VALUE, (text,)),
        nudge="Do all terms share something? Which numbers multiply to the last one?",
        idea="The pair that you need has the last number as product and the middle one as sum; a "
        "difference of two squares is a sum times a difference.",
        part=part,
        solution=("Multiply back to check.", f"${answer}$."),
        wrong=wrong,
    )


def _pair(draw: Draw, p: int, q: int, front: int = 1) -> Draft:
    shown = str(front) if front > 1 else ""
    text = poly(front, front * (p + q), front * p * q)
    wrong = [(f"{shown}{bracket(p)}{bracket(q)}", "signs-wrong")]
    if p * q > 0 and front == 1:
        other = next(
            (n for n in range(1, abs(p * q)) if p * q % n == 0 and n not in {abs(p), abs(q)}), 0
        )
        if other:
            rest = p * q // other
            wrong.append((f"{bracket(-other)}{bracket(-rest)}", "sum-product-swapped"))
    if front > 1:
        wrong.append((f"{bracket(-p)}{bracket(-q)}", "common-factor-left"))
    part = f"You need two numbers with product ${p * q}$ and sum ${p + q}$."
    if front > 1:
        part = (
            f"All terms share {front}. Then find numbers with product ${p * q}$ and sum ${p + q}$."
        )
    return _factored(draw, text, f"{shown}{bracket(-p)}{bracket(-q)}", part, tuple(wrong))


def _factors_plus(draw: Draw) -> Draft:
    p, q = draw.some(range(1, 10), 2)
    return _pair(draw, p, q)


def _factors(draw: Draw) -> Draft:
    p, q = draw.signed(1, 11), draw.signed(1, 11)
    if p == -q or (p > 0 and q > 0):
        return _factors(draw)
    return _pair(draw, p, q)


def _with_front(draw: Draw) -> Draft:
    p, q = draw.signed(1, 8), draw.signed(1, 8)
    return _with_front(draw) if p + q == 0 else _pair(draw, p, q, draw.integer(2, 6))


def _squares(draw: Draw) -> Draft:
    a, b = draw.integer(1, 9), draw.integer(2, 12)
    if a > 1 and (a % 2 == b % 2 == 0 or a % 3 == b % 3 == 0 or a == b):
        return _squares(draw)
    plus, minus = poly(a, b), poly(a, -b)
    return _factored(
        draw,
        poly(a * a, 0, -b * b),
        f"({plus})({minus})",
        f"The first term is the square of ${poly(a, 0)}$; of what is the last one?",
        ((f"({minus})^2", "signs-wrong"), (f"({plus})^2", "sum-of-squares")),
    )


def _split(draw: Draw) -> Draft:
    a, b, c = draw.pick(2, 3, 5), draw.signed(1, 7), draw.signed(1, 7)
    if b % a == 0 or a * c + b == 0:
        return _split(draw)
    return _factored(
        draw,
        poly(a, a * c + b, b * c),
        f"({poly(a, b)})({poly(1, c)})",
        f"Split the middle term: two numbers with product ${a * b * c}$ and sum ${a * c + b}$.",
        (
            (f"({poly(a, -b)})({poly(1, -c)})", "signs-wrong"),
            (f"({poly(a, c)})({poly(1, b)})", "sum-product-swapped"),
        ),
    )


def quadratics_by_factoring(draw: Draw) -> Draft:
    """Quadratic equations with whole or simple solutions."""
    made = draw.by_level(
        (_product,), (_zero, _no_number), (_zero, _right), (_right, _front), (_front, _fraction)
    )
    return draw.pick(*made)(draw)


def _equation(
    draw: Draw, text: str, key: str, part: str, line: str, wrong: tuple[tuple[str, str], ...]
) -> Draft:
    frames = (f"Solve {{}}. {_ALL}", "Find all solutions of {}.", f"For which $x$ is {{}}? {_ALL}")
    return Draft(
        kind=AnswerKind.MATH,
        prompt=draw.ask(f"${text}$", *frames),
        answer=key,
        claim=Claim(About.SOLUTIONS, (text, "x")),
        nudge="When is a product zero?",
        idea="Bring everything to one side and factor; then set each factor to zero.",
        part=part,
        solution=(f"${line}$.", f"${key.replace(' or ', '$ or $')}$."),
        wrong=wrong,
    )  # fmt: skip


def _wrong(p: int, q: int) -> tuple[tuple[str, str], ...]:
    return (
        (roots(-p, -q), "signs-of-solutions"),
        (f"x = {p}", "only-one"),
        (f"x = {q}", "only-one"),
    )


def _product(draw: Draw) -> Draft:
    p, q = draw.signed(1, 12), draw.signed(1, 12)
    if abs(p) == abs(q):
        return _product(draw)
    front = draw.pick("", "", str(draw.integer(2, 9)))
    text = f"{front}{bracket(p)}{bracket(q)} = 0"
    part = f"One of the two equations is ${bracket(p)[1:-1]} = 0$."
    return _equation(draw, text, roots(p, q), part, f"{bracket(p)[1:-1]} = 0", _wrong(p, q))


def _apart(draw: Draw, high: int) -> tuple[int, int]:
    p, q = draw.signed(1, high), draw.signed(1, high)
    return _apart(draw, high) if abs(p) == abs(q) else (p, q)


def _zero(draw: Draw) -> Draft:
    p, q = _apart(draw, 9)
    part = f"You need two numbers with product ${p * q}$ and sum ${-p - q}$."
    line = f"{bracket(p)}{bracket(q)} = 0"
    return _equation(draw, f"{poly(1, -p - q, p * q)} = 0", roots(p, q), part, line, _wrong(p, q))


def _no_number(draw: Draw) -> Draft:
    a, p = draw.pick(1, 1, 2, 3, 4), draw.signed(2, 12)
    text = f"{poly(a, 0, 0)} = {poly(a * p, 0)}"
    part = f"On one side it is ${poly(a, -a * p, 0)} = 0$; take $x$ out."
    wrong = (
        (f"x = {p}", "divides-by-x"),
        (roots(0, -p), "signs-of-solutions"),
        ("x = 0", "only-one"),
    )
    return _equation(draw, text, roots(0, p), part, f"x{bracket(p)} = 0", wrong)


def _right(draw: Draw) -> Draft:
    p, q = _apart(draw, 9)
    n = -p * q
    part = f"Bring the ${n}$ to the left: ${poly(1, -p - q, p * q)} = 0$."
    wrong = (*_wrong(p, q), (roots(n, n + p + q), "zero-needed"))
    return _equation(
        draw,
        f"{poly(1, -p - q, 0)} = {n}",
        roots(p, q),
        part,
        f"{bracket(p)}{bracket(q)} = 0",
        wrong,
    )


def _front(draw: Draw) -> Draft:
    (p, q), a = _apart(draw, 8), draw.integer(2, 6)
    part = f"Every term can be divided by {a}: ${poly(1, -p - q, p * q)} = 0$."
    line = f"{a}{bracket(p)}{bracket(q)} = 0"
    return _equation(
        draw, f"{poly(a, -a * (p + q), a * p * q)} = 0", roots(p, q), part, line, _wrong(p, q)
    )


def _fraction(draw: Draw) -> Draft:
    a, top, q = draw.pick(2, 3, 5), draw.signed(1, 7), draw.signed(1, 7)
    if top % a == 0:
        return _fraction(draw)
    first = f"{top}/{a}"
    wrong = (
        (roots(f"{-top}/{a}", -q), "signs-of-solutions"),
        (f"x = {q}", "only-one"),
        (f"x = {first}", "only-one"),
    )
    return _equation(
        draw,
        f"{poly(a, -a * q - top, top * q)} = 0",
        roots(first, q),
        f"Split the middle: two numbers with product ${a * top * q}$ and sum ${-a * q - top}$.",
        f"{bracket(top, front=a)}{bracket(q)} = 0",
        wrong,
    )
