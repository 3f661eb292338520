"""Small programs with loops: what do they print?"""

from itertools import groupby
from math import prod

from assistant.tutor.making.drafts import Draft, Draw
from assistant.tutor.making.programs import shows, word
from assistant.tutor.making.questions import Hints, Work, written


def while_loops(draw: Draw) -> Draft:
    """Loops that count and stop."""
    n, limit = draw.integer(1, 4), draw.integer(8, 10 + 8 * draw.level)
    step = draw.integer(2, 3 + draw.level)
    times = draw.from_level(3) and draw.coin()
    value, rounds = n, 0
    while value < limit:
        value, rounds = (value * 2 if times else value + step), rounds + 1
    before = value // 2 if times else value - step
    ask_rounds = draw.from_level(2) and draw.coin()
    lines = [f"n = {n}", *(["rounds = 0"] if ask_rounds else []), f"while n < {limit}:"]
    lines += [
        f"    n = n {'* 2' if times else f'+ {step}'}",
        *(["    rounds = rounds + 1"] if ask_rounds else []),
    ]
    key, slip = (rounds, rounds - 1) if ask_rounds else (value, before)
    return shows(
        draw,
        [*lines, f"print({'rounds' if ask_rounds else 'n'})"],
        key,
        [
            (slip, "condition-watched"),
            (key + (1 if ask_rounds else step), "off-by-one"),
            (limit, "condition-watched"),
            (n, ""),
        ],
        (
            "When is the condition asked?",
            "It is asked before each round, and never in the middle of one.",
            "Write the values round by round, until the condition is false.",
        ),
    )


def for_loops(draw: Draw) -> Draft:
    """Loops over the signs of a text and over numbers."""
    text, letter = word(draw), ""
    letter = draw.pick(*text)
    numbers_ = [draw.integer(1, 9) for _ in range(3 + draw.level)]
    border = sorted(numbers_)[len(numbers_) // 2]
    if draw.coin():
        count = sum(n >= border for n in numbers_)
        lines = [
            "count = 0",
            f'for digit in "{"".join(map(str, numbers_))}":',
            f"    if int(digit) >= {border}:",
            "        count += 1",
            "print(count)",
        ]
        wrong = [
            (sum(n > border for n in numbers_), ""),
            (1 if numbers_[-1] >= border else 0, "reset-in-loop"),
            (len(numbers_), "whole-each-time"),
        ]
        value: object = count
    elif draw.from_level(3):
        lines = ['made = ""', f'for sign in "{text}":', "    made = sign + made", "print(made)"]
        value, wrong = (
            text[::-1],
            [(text, ""), (text[-1], "reset-in-loop"), (text[0], "return-in-loop")],
        )
    else:
        lines = [
            "count = 0",
            f'for sign in "{text}":',
            f'    if sign != "{letter}":',
            "        count += 1",
            "print(count)",
        ]
        value = sum(sign != letter for sign in text)
        wrong = [(text.count(letter), ""), (len(text), "whole-each-time"), (1, "reset-in-loop")]
    return shows(
        draw,
        lines,
        value,
        [*wrong, (0, "return-in-loop")],
        (
            "What does the name of the loop stand for in each round?",
            ("The lines of the loop are done once for each element, one after the other."),
            "Make a table: one row for each round.",
        ),
    )


def accumulating(draw: Draw) -> Draft:
    """Sums, products and the best so far."""
    kind = draw.pick(
        *draw.by_level(
            ("sum",), ("sum", "best"), ("best", "product"), ("best", "product"), ("best", "sum")
        )
    )
    a, b = draw.integer(2, 5 + 4 * draw.level), draw.integer(2, 4)
    rounds = range(1, 4 + draw.level // 2)
    way, values = draw.pick(
        (f"i * {b}", [i * b for i in rounds]),
        (f"{a} - i * {b}", [a - i * b for i in rounds]),
        (f"i * i - {a}", [i * i - a for i in rounds]),
        (f"-{a} - i * {b}", [-a - i * b for i in rounds]),
    )
    head = [f"for i in range(1, {rounds.stop}):", f"    n = {way}"]
    if kind == "best":
        lines = [
            "best = 0",
            *head,
            "    if n > best:",
            "        best = n",
            "print(best)",
        ]
        key, wrong = (
            max([0, *values]),
            [(max(values), "best-starts-at-zero"), (values[-1], "early-no"), (min(values), "")],
        )
    elif kind == "product":
        lines = [
            f"product = {draw.pick(0, 1)}",
            *head,
            "    product = product * n",
            "print(product)",
        ]
        whole = prod(values)
        key = 0 if lines[0].endswith("0") else whole
        wrong = [
            (whole, "product-starts-at-zero"),
            (0, "product-starts-at-zero"),
            (sum(values), ""),
            (values[-1], "early-no"),
        ]
    else:
        skip = draw.from_level(2)
        lines = [
            "total = 0",
            *head,
            *(["    if n < 0:", "        continue"] if skip else []),
            "    total += n",
            "print(total)",
        ]
        key = sum(n for n in values if n >= 0 or not skip)
        wrong = [
            (sum(values), ""),
            (values[-1], "early-no"),
            (values[0], "early-no"),
            (sum(map(abs, values)), ""),
        ]
    return shows(
        draw,
        lines,
        key,
        [*wrong, (len(values), "")],
        (
            "What is the value before the first round?",
            ("The start value takes part; then each round changes it a little."),
            "Write the value after each round below the one before.",
        ),
    )


def grown_task(draw: Draw, hints: Hints) -> Draft:
    """A function to be written that keeps two things up to date while it goes round."""
    make = draw.pick(_multiples, _until, _best_place, _longest_run, _pairs)
    work, rows = make(draw)
    return written(work, rows, "growing", hints)


_Task = tuple[Work, list[object]]


def _multiples(draw: Draw) -> _Task:
    a, b = draw.pick((2, 3), (2, 5), (3, 4), (3, 5), (4, 6), (4, 7), (5, 6), (3, 7), (6, 9), (5, 8))
    k = draw.integer(1, 9)
    body = ("total = 0", "for i in range(1, n + 1):", f"    if i % {a} == 0 or i % {b} == 0:",
            f"        total += i + {k}", "return total")  # fmt: skip
    twice = (f"for i in range({a}, n + 1, {a}):", f"    total += i + {k}",
             f"for i in range({b}, n + 1, {b}):", f"    total += i + {k}")  # fmt: skip
    slip = (body[0], *twice, body[-1])
    ask = (
        f"the sum of all the numbers from 1 to `n` that {a} or {b} divides without a remainder, "
        f"each counted once and made greater by {k} before it is added"
    )

    def key(n: int) -> int:
        return sum(i + k for i in range(1, n + 1) if i % a == 0 or i % b == 0)

    return Work("sum_of_multiples(n)", ask, body, slip, key), [0, 1, a, b, a * b, 2 * a * b + 1]


def _until(draw: Draw) -> _Task:
    a, k = draw.integer(2, 9), draw.integer(2, 12)

    def key(n: int) -> int:
        total = rounds = 0
        while total <= n:
            total, rounds = total + a + k * rounds, rounds + 1
        return rounds

    body = ("total = 0", "rounds = 0", "while total <= n:", f"    total += {a} + {k} * rounds",
            "    rounds += 1", "return rounds")  # fmt: skip
    slip = (*body[:2], "while total < n:", *body[3:])
    ask = (
        f"how many of the numbers {a}, {a + k}, {a + 2 * k} and so on, each {k} more than the one "
        "before, have to be added up until their sum is above `n`"
    )
    return Work("rounds_until(n)", ask, body, slip, key), [0, a, a + 1, 2 * a + k, 50, 100]


def _best_place(draw: Draw) -> _Task:
    m = draw.integer(5, 13)
    k = draw.integer(2, m - 1)
    body = ("best = -1", "place = 0", "for i in range(1, n + 1):", f"    value = i * {k} % {m}",
            "    if value > best:", "        best = value", "        place = i",
            "return place")  # fmt: skip
    slip = (*body[:4], "    if value >= best:", *body[5:])
    ask = (
        f"the number from 1 to `n` whose product with {k} leaves the greatest remainder when it is "
        f"divided by {m}: the first of them where there are several, and 0 where `n` is 0"
    )
    work = Work("best_place(n)", ask, body, slip,
                lambda n: max(range(1, n + 1), key=lambda i: i * k % m, default=0))  # fmt: skip
    return work, [0, 1, 3, m, 2 * m, 40]


def _longest_run(draw: Draw) -> _Task:
    letter, k = draw.pick(*"aeioustnrl"), draw.integer(2, 9)
    body = ("best = 0", "run = 0", "for sign in text:", f'    if sign == "{letter}":',
            "        run += 1", "        if run > best:", "            best = run", "    else:",
            "        run = 0", f"return best * {k}")  # fmt: skip
    slip = (*body[:7], body[9])
    ask = f'{k} times the length of the longest piece of the text in which each sign is "{letter}"'
    work = Work("longest_run(text)", ask, body, slip,
                lambda text: k * max([len([*run]) for sign, run in groupby(text) if sign == letter],
                                     default=0))  # fmt: skip
    ones = [letter, 2 * letter, 3 * letter]
    return work, ["", "x", ones[0], f"{ones[1]}x{ones[2]}y{ones[0]}", f"{ones[0]}x{ones[0]}"]


def _pairs(draw: Draw) -> _Task:
    m = draw.integer(3, 9)
    rest = draw.integer(0, m - 1)
    body = ("count = 0", "for i in range(1, n + 1):", "    for j in range(i + 1, n + 1):",
            f"        if (i + j) % {m} == {rest}:", "            count += 1",
            "return count")  # fmt: skip
    slip = (*body[:2], "    for j in range(1, n + 1):", *body[3:])
    ask = (
        "in how many ways two different numbers from 1 to `n` can be chosen, in whatever order, so "
        f"that their sum leaves the remainder {rest} when it is divided by {m}"
    )
    work = Work("pairs(n)", ask, body, slip,
                lambda n: sum((i + j) % m == rest for i in range(1, n + 1)
                              for j in range(i + 1, n + 1)))  # fmt: skip
    return work, [0, 1, 2, m, m + 3, 2 * m]
