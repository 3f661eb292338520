"""Small programs with loops: what do they print?"""

from assistant.tutor.making.drafts import Draft, Draw
from assistant.tutor.making.programs import Wrongs, shows, word


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
    numbers_ = [draw.integer(1, 9 * draw.level) for _ in range(3 + draw.level // 2)]
    border = sorted(numbers_)[len(numbers_) // 2]
    if draw.coin():
        count = sum(n >= border for n in numbers_)
        lines = [
            "count = 0",
            f"for n in {numbers_}:",
            f"    if n >= {border}:",
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


def ranges(draw: Draw) -> Draft:
    """Where a range begins and ends."""
    start, stop, step = draw.integer(0, 4), draw.integer(5, 8 + 3 * draw.level), draw.integer(2, 3)
    rows = [
        (f"range({stop})", range(stop), range(1, stop + 1)),
        (f"range({start}, {stop})", range(start, stop), range(start, stop + 1)),
        (f"range({start}, {stop}, {step})", range(start, stop, step), range(start, stop + 1, step)),
        (
            f"range({stop}, {start}, -{step})",
            range(stop, start, -step),
            range(stop, start - 1, -step),
        ),
    ]
    text, right, other = draw.pick(*rows[: draw.by_level(2, 3, 3, 4, 4)])
    ask = draw.by_level("list", "list", "sum", "sum", "len")
    one = {"list": list(right), "sum": sum(right), "len": len(right)}[ask]
    slip = {"list": list(other), "sum": sum(other), "len": len(other)}[ask]
    late = range(right.start + right.step, right.stop, right.step)
    third = {"list": list(late), "sum": sum(late), "len": len(late)}[ask]
    if draw.from_level(5) and draw.coin():
        inner = draw.integer(2, 5)
        lines = [
            "count = 0",
            f"for a in {text}:",
            f"    for b in range({inner}):",
            "        count += 1",
            "print(count)",
        ]
        wrong: Wrongs = [
            (len(right) + inner, "nested-parallel"),
            (len(other) * (inner + 1), "stop-included"),
            (len(right) * (inner - 1), "starts-at-one"),
        ]
        one = len(right) * inner
    else:
        lines, wrong = (
            [f"print({ask}({text}))"],
            [(slip, "stop-included"), (third, "starts-at-one")],
        )
    extra: Wrongs = [(one + 1, "")] if isinstance(one, int) else [(one[:-1], ""), (one[1:-1], "")]
    return shows(
        draw,
        lines,
        one,
        [*wrong, *extra],
        (
            "Which is the first number, and which the last?",
            ("A range begins at its start, or at zero, and ends before its stop."),
            "Write out the numbers one by one, and leave out the stop.",
        ),
    )


def accumulating(draw: Draw) -> Draft:
    """Sums, products and the best so far."""
    values = [draw.signed(1, 5 + 4 * draw.level) for _ in range(3 + draw.level // 2)]
    if not draw.from_level(2):
        values = [abs(n) for n in values]
    kind = draw.pick(
        *draw.by_level(
            ("sum",), ("sum", "best"), ("best", "product"), ("best", "product"), ("best", "last")
        )
    )
    if kind == "best":
        values = [-abs(n) for n in values] if draw.coin() else values
        lines = [
            "best = 0",
            f"for n in {values}:",
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
            f"for n in {values[:3]}:",
            "    product = product * n",
            "print(product)",
        ]
        whole = values[0] * values[1] * values[2]
        key = 0 if lines[0].endswith("0") else whole
        wrong = [
            (whole, "product-starts-at-zero"),
            (0, "product-starts-at-zero"),
            (sum(values[:3]), ""),
            (values[2], "early-no"),
        ]
    else:
        skip = draw.from_level(2)
        lines = [
            "total = 0",
            f"for n in {values}:",
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
