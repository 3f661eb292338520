"""Completing the square, the quadratic formula, and parabolas."""

from fractions import Fraction
from math import isqrt

from assistant.domain.exercise import AnswerKind
from assistant.tutor.making.drafts import About, Claim, Draft, Draw, inner, plain, poly
from assistant.tutor.making.quadratics import roots

_ALL = "Give all solutions."


def completing_the_square(draw: Draw) -> Draft:
    """The number that completes, the form with a bracket, and equations."""
    made = draw.by_level(
        (_completes, _bracket_squared),
        (_form, _bracket_squared),
        (_form, _whole),
        (_with_roots, _least),
        (_with_roots, _least),
    )
    return draw.pick(*made)(draw)


def _completes(draw: Draw) -> Draft:
    half = draw.signed(2, 15)
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=draw.ask(
            f"${poly(1, 2 * half, 0)}$",
            "Which number has to be added to {} to make it a square of a bracket?",
            "Which number completes {} to a square?",
        ),
        answer=str(half * half),
        claim=Claim(About.DOUBLE, (f"{poly(1, 2 * half, 0)} + k", "k")),
        nudge="Think of a square with two equal strips at its sides.",
        idea="Halve the number before $x$, then square.",
        part=f"Half of ${2 * half}$ is ${half}$.",
        solution=(
            f"$(x {'+' if half > 0 else '-'} {abs(half)})^2$ needs ${inner(half)}^2$.",
            f"${half * half}$.",
        ),
        wrong=((str(4 * half * half), "not-halved"), (str(half), "one-side-only")),
    )


def _squared(p: int) -> str:
    return f"({poly(1, -p)})^2"


def _form(draw: Draw) -> Draft:
    p, q = draw.signed(1, 9), draw.signed(1, 20)
    text = poly(1, -2 * p, p * p + q)
    return Draft(
        kind=AnswerKind.MATH,
        prompt=f"${text}$ can be written as $(x - p)^2 + q$. Give $(p, q)$.",
        answer=f"({p}, {q})",
        claim=Claim(About.VERTEX, (text,)),
        nudge=f"Which square begins with ${poly(1, -2 * p, 0)}$?",
        idea="Halve the number before $x$, with its sign; its square is the number in the square.",
        part=f"${poly(1, -2 * p, p * p)}$ is the square of a bracket. How much is left over?",
        solution=(f"${_squared(p)} = {poly(1, -2 * p, p * p)}$.", f"$({p}, {q})$."),
        wrong=(
            (f"({-p}, {q})", "sign-in-bracket"),
            (f"({p}, {p * p + q})", "one-side-only"),
            (f"({2 * p}, {p * p + q - 4 * p * p})", "not-halved"),
        ),
    )


def _solve(
    draw: Draw, text: str, key: str, *rest: str, wrong: tuple[tuple[str, str], ...]
) -> Draft:
    nudge, idea, part, line = rest
    return Draft(
        kind=AnswerKind.MATH,
        prompt=draw.ask(f"${text}$", f"Solve {{}}. {_ALL}", "Find all solutions of {}.")
        + (" Give them exactly, with roots." if "sqrt" in key else ""),
        answer=key,
        claim=Claim(About.SOLUTIONS, (text, "x")),
        nudge=nudge,
        idea=idea,
        part=part,
        solution=(f"${line}$.", f"${_rooted(key)}$."),
        wrong=wrong,
    )


def _rooted(key: str) -> str:
    for inside in range(2, 400):
        key = key.replace(f"sqrt({inside})", rf"\sqrt{{{inside}}}")
    return key.replace(" or ", "$ or $").replace("*", "")


def _bracket_squared(draw: Draw) -> Draft:
    p, r = draw.signed(1, 9), draw.integer(1, 12)
    if abs(p) == r:
        return _bracket_squared(draw)
    return _solve(
        draw,
        f"{_squared(p)} = {r * r}",
        roots(p + r, p - r),
        f"Which numbers have the square {r * r}?",
        "There are two of them: take both roots.",
        f"One case is ${poly(1, -p)} = {r}$.",
        f"{poly(1, -p)} = \\pm {r}",
        wrong=(
            (f"x = {p + r}", "forgets-negative"),
            (roots(-p + r, -p - r), "sign-in-bracket"),
        ),
    )


def _whole(draw: Draw) -> Draft:
    p, r = draw.signed(1, 7), draw.integer(2, 12)
    if abs(p) == r:
        return _whole(draw)
    return _solve(
        draw,
        f"{poly(1, -2 * p, 0)} = {r * r - p * p}",
        roots(p + r, p - r),
        "Halve the number before $x$.",
        "Add the square of the half on both sides, then take both roots.",
        f"${_squared(p)} = {r * r}$.",
        f"{poly(1, -p)} = \\pm {r}",
        wrong=(
            (f"x = {p + r}", "forgets-negative"),
            (roots(-p + r, -p - r), "sign-in-bracket"),
        ),
    )


def _with_roots(draw: Draw) -> Draft:
    p, inside = draw.signed(1, 8), draw.pick(2, 3, 5, 6, 7, 10, 11, 13, 14, 15, 17, 19)
    a = 1 if draw.level < 5 else draw.integer(2, 4)  # noqa: PLR2004 - with a front
    right = inside - p * p
    text = f"{poly(a, -2 * a * p, 0)} = {a * right}"
    if not right:
        return _with_roots(draw)
    key = f"x = {p} + sqrt({inside}) or x = {p} - sqrt({inside})"
    return _solve(
        draw,
        text,
        key,
        "Halve the number before $x$ and square it."
        if a == 1
        else f"Divide everything by {a} first.",
        "Add the square of the half on both sides, then take both roots.",
        f"${_squared(p)} = {inside}$.",
        f"{poly(1, -p)} = \\pm \\sqrt{{{inside}}}",
        wrong=(
            (f"x = {p} + sqrt({inside})", "forgets-negative"),
            (f"x = {-p} + sqrt({inside}) or x = {-p} - sqrt({inside})", "sign-in-bracket"),
            *(
                ((f"x = {p} + sqrt({right}) or x = {p} - sqrt({right})", "one-side-only"),)
                if right > 1
                else ()
            ),
        ),
    )


def _least(draw: Draw) -> Draft:
    p, q, a = draw.signed(1, 9), draw.signed(1, 30), draw.pick(1, 1, -1)
    text = poly(a, -2 * a * p, a * p * p + q)
    word = "smallest" if a > 0 else "largest"
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=draw.ask(
            f"${text}$",
            f"What is the {word} value that {{}} can take?",
            f"Find the {word} value of {{}}.",
        ),
        answer=str(q),
        claim=Claim(About.EXTREME, (text,)),
        nudge="Write it as a square and a number.",
        idea="A square is never negative; where is it zero?",
        part=f"The square is ${_squared(p)}$" + ("." if a > 0 else ", with a minus before it."),
        solution=(
            f"${'' if a > 0 else '-'}{_squared(p)} {'+' if q > 0 else '-'} {abs(q)}$.",
            f"${q}$.",
        ),
        wrong=(
            (str(a * p * p + q), "one-side-only"),
            (str(a * p * p + q - 4 * a * p * p), "not-halved"),
        ),
    )


def quadratic_formula(draw: Draw) -> Draft:
    """Discriminants, and solutions whole, broken and with roots."""
    made = draw.by_level(
        (_discriminant,),
        (_formula, _discriminant),
        (_formula,),
        (_formula_roots,),
        (_formula_roots, _one_solution),
    )
    return draw.pick(*made)(draw)


def _discriminant(draw: Draw) -> Draft:
    a, b, c = draw.integer(1, 5), draw.signed(1, 9), draw.signed(1, 6)
    value = b * b - 4 * a * c
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=draw.ask(
            f"${poly(a, b, c)} = 0$",
            "Work out the discriminant of {}.",
            "What is the discriminant of {}?",
        ),
        answer=str(value),
        claim=Claim(About.DISCRIMINANT, (poly(a, b, c),)),
        nudge="Read off $a$, $b$ and $c$ with their signs.",
        idea="$D = b^2 - 4ac$.",
        part=f"$b^2 = {b * b}$, and from it $4 \\cdot {a} \\cdot {inner(c)}$ is taken away.",
        solution=(f"${b * b} - 4 \\cdot {a} \\cdot {inner(c)}$.", f"${value}$."),
        wrong=(
            (str(b * b + 4 * a * c), "discriminant-sign"),
            (str(-b * b - 4 * a * c), "discriminant-sign"),
        ),
    )


def _formula(draw: Draw) -> Draft:
    a = 1 if draw.level < 3 else draw.pick(2, 3, 4)  # noqa: PLR2004 - with a front
    first, second = draw.signed(1, 6), Fraction(draw.signed(1, 7), a)
    b, c = int(-a * (first + second)), int(a * first * second)
    if not b or first == second:
        return _formula(draw)
    root = abs(int(a * (first - second)))
    low, high = sorted((Fraction(first), second))
    wrong = [
        (roots(plain(-low), plain(-high)), "minus-b-lost"),
        (f"x = {plain(high)}", "only-plus"),
    ]
    if a > 1:
        wrong.append((roots(plain(low * a), plain(high * a)), "forgets-factor-a"))
    wrong.append(
        (
            roots(*(plain(-b + Fraction(sign * root, 2 * a)) for sign in (1, -1))),
            "divides-root-only",
        )
    )
    return _solve(
        draw,
        f"{poly(a, b, c)} = 0",
        roots(plain(high), plain(low)),
        f"$a = {a}$, $b = {b}$, $c = {c}$.",
        "Work out the discriminant first, then put its root in with plus and with minus.",
        f"$D = {root * root}$, and its root is {root}; the denominator is $2 \\cdot {a}$.",
        f"x = \\frac{{{-b} \\pm {root}}}{{{2 * a}}}",
        wrong=tuple(wrong),
    )


def _formula_roots(draw: Draw) -> Draft:
    p, inside = draw.signed(1, 6), draw.pick(2, 3, 5, 6, 7, 10, 11, 13)
    b, c = -2 * p, p * p - inside
    if not c:
        return _formula_roots(draw)
    root = f"sqrt({inside})"
    return _solve(
        draw,
        f"{poly(1, b, c)} = 0",
        f"x = {p} + {root} or x = {p} - {root}",
        "Is the discriminant a square number?",
        "Simplify the root before you divide; every term of the numerator is divided.",
        f"$D = {4 * inside}$, and $\\sqrt{{{4 * inside}}} = 2\\sqrt{{{inside}}}$.",
        f"x = \\frac{{{2 * p} \\pm 2\\sqrt{{{inside}}}}}{{2}}",
        wrong=(
            (f"x = {2 * p} + {root} or x = {2 * p} - {root}", "divides-root-only"),
            (f"x = {-p} + {root} or x = {-p} - {root}", "minus-b-lost"),
            (f"x = {p} + {root}", "only-plus"),
        ),
    )


def _one_solution(draw: Draw) -> Draft:
    root, a = draw.integer(2, 12), draw.pick(1, 1, 4, 9)
    front, c = isqrt(a), root * root
    key = 2 * front * root
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=f"For which positive $k$ has ${poly(a, 0, 0)} + kx + {c} = 0$ exactly one solution?",
        answer=str(key),
        claim=Claim(About.DOUBLE, (f"{poly(a, 0, 0)} + k*x + {c}", "k")),
        nudge="What must be true of the discriminant?",
        idea=f"$k^2 - 4 \\cdot {a} \\cdot {c}$ has to be 0.",
        part=f"$k^2 = {key * key}$.",
        solution=(f"$k^2 = {key * key}$, and $k$ is positive.", f"${key}$."),
        wrong=((str(front * root), "forgets-factor-a"), (str(key * key), "only-plus")),
    )


def parabolas(draw: Draw) -> Draft:
    """Vertex, axis, direction, zeros, and best values."""
    made = draw.by_level(
        (_read_vertex, _direction),
        (_axis, _direction),
        (_vertex,),
        (_vertex, _best),
        (_best, _vertex),
    )
    return draw.pick(*made)(draw)


def _read_vertex(draw: Draw) -> Draft:
    p, q, a = draw.signed(1, 9), draw.signed(1, 12), draw.pick("", "", "2", "-", "3")
    text = f"{a}{_squared(p)} {'+' if q > 0 else '-'} {abs(q)}"
    return Draft(
        kind=AnswerKind.MATH,
        prompt=draw.ask(
            f"$y = {text}$", "What is the vertex of {}?", "Find the vertex of the parabola {}."
        )
        + " Write it like (1, 2).",
        answer=f"({p}, {q})",
        claim=Claim(About.VERTEX, (text,)),
        nudge="Which $x$ makes the bracket zero?",
        idea="The vertex of $a(x - p)^2 + q$ is at $(p, q)$.",
        part=f"${poly(1, -p)} = 0$ gives the first coordinate; the second stands at the end.",
        solution=(f"The bracket is zero at $x = {p}$; there $y = {q}$.", f"$({p}, {q})$."),
        wrong=((f"({-p}, {q})", "vertex-sign"), (f"({-p}, {-q})", "vertex-sign")),
    )


def _direction(draw: Draw) -> Draft:
    a, b, c = draw.integer(2, 6), draw.signed(1, 9), draw.signed(1, 9)
    down = draw.pick(0, 1)
    front = -a if down else a
    rows = [
        (poly(front, b, c), ""),
        (poly(-front, b, c), "a-direction"),
        (poly(front, c, b if b != c else b + 1), "c-as-vertex"),
        (poly(-front, c, -c), "a-direction"),
    ]
    if abs(b) == abs(c):
        return _direction(draw)
    word = "downwards" if down else "upwards"
    sign = "<" if down else ">"
    return Draft(
        kind=AnswerKind.CHOICE,
        prompt=draw.pick(
            f"Which parabola opens {word} and crosses the $y$-axis at ${c}$?",
            f"One of these parabolas opens {word} and meets the $y$-axis at ${c}$. Which?",
        ),
        answer=f"$y = {rows[0][0]}$",
        claim=Claim(About.OPENS, (sign, str(c), *(f"$y = {text}$|{text}" for text, _ in rows))),
        nudge="Which number decides the direction, and what is left at $x = 0$?",
        idea="The sign before $x^2$ gives the direction, the last number the crossing.",
        part=f"You need a {'negative' if down else 'positive'} number before $x^2$.",
        solution=(
            f"The first number has to be {'negative' if down else 'positive'}, the last ${c}$.",
            f"$y = {rows[0][0]}$.",
        ),
        choices=draw.shuffled([(f"$y = {text}$", idea) for text, idea in rows]),
    )


def _axis(draw: Draw) -> Draft:
    a, p, c = draw.pick(1, 1, 2, 3, -1), draw.signed(1, 9), draw.signed(1, 20)
    text = poly(a, -2 * a * p, c)
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=f"About which line $x = \\ldots$ is $y = {text}$ symmetric? Give the number.",
        answer=str(p),
        claim=Claim(About.AXIS, (text,)),
        nudge="It lies halfway between two points of the same height.",
        idea=r"$x = -\frac{b}{2a}$.",
        part=f"$a = {a}$ and $b = {-2 * a * p}$; mind the minus of the formula.",
        solution=(f"$x = -\\frac{{{-2 * a * p}}}{{{2 * a}}}$.", f"${p}$."),
        wrong=((str(-p), "minus-lost-in-axis"), (str(c), "c-as-vertex")),
    )


def _vertex(draw: Draw) -> Draft:
    a = 1 if draw.level < 4 else draw.pick(2, 3, -1, -2)  # noqa: PLR2004 - with a front
    p, q = draw.signed(1, 7), draw.signed(1, 15)
    c = a * p * p + q
    text = poly(a, -2 * a * p, c)
    lost = a * p * p + 2 * a * p * p + c
    return Draft(
        kind=AnswerKind.MATH,
        prompt=draw.ask(
            f"$y = {text}$", "Find the vertex of {}.", "What is the vertex of the parabola {}?"
        )
        + " Write it like (1, 2).",
        answer=f"({p}, {q})",
        claim=Claim(About.VERTEX, (text,)),
        nudge="First the axis, then the height.",
        idea=r"$x = -\frac{b}{2a}$, then put it in.",
        part=f"The axis is at $x = {p}$; now put it in for $x$.",
        solution=(f"At $x = {p}$ it is $y = {q}$.", f"$({p}, {q})$."),
        wrong=(
            (f"({-p}, {lost})", "minus-lost-in-axis"),
            (f"({p}, {c})", "c-as-vertex"),
            (f"({-p}, {q})", "vertex-sign"),
        ),
    )


def _best(draw: Draw) -> Draft:
    half = draw.integer(4, 30)
    total = 4 * half
    river = draw.pick(0, 1)
    if river:
        where = draw.pick("river", "wall", "canal")
        prompt = (
            f"With {total} m of fence a rectangle is fenced off along a straight {where}; that "
            "side needs no fence. What is the greatest possible area, in square metres?"
        )
        text, key, at = f"x({total} - 2x)", 2 * half * half, half
        part = f"If the two equal sides are $x$ long, the area is ${text}$. Where are its zeros?"
    else:
        unit = draw.pick("cm", "m")
        prompt = (
            f"A rectangle is laid out with {total} {unit} of {draw.pick('wire', 'cord', 'rope')}. "
            "What is the greatest possible area inside it?"
        )
        text, key, at = f"x({total // 2} - x)", half * half, half
        part = f"If one side is $x$ long, the area is ${text}$. Where are its zeros?"
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=prompt,
        answer=str(key),
        claim=Claim(About.EXTREME, (text,)),
        nudge="Call one side $x$. How long is the other?",
        idea="The best value lies at the vertex, halfway between the zeros.",
        part=part,
        solution=(f"The vertex is at $x = {at}$.", f"${key}$."),
        wrong=((str(at), "axis-for-value"),),
    )
