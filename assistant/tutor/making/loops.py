"""Small programs with loops: what do they print?"""

from math import prod

from assistant.tutor.making.drafts import Draft, Draw
from assistant.tutor.making.programs import shows, word


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
